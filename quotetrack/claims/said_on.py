"""When each quote was said: the day that its reporting clause gives, or that of the occasion it belongs to."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quotetrack.claims.times import Expression
from quotetrack.claims.tree import Tree
from quotetrack.model import Article, Quote, Span

# How a time expression may hang on a noun or participle that itself hangs on the cue ("dans un communiqué publié
# vendredi"): not through a clause of its own ("le ministre, qui a démissionné lundi, a dit").
OWN_CLAUSE = frozenset({"acl:relcl", "ccomp", "parataxis", "advcl"})
RECENT = 7  # days before publication that are still the news of which the article tells
BESIDE = 3  # characters between a cue and an expression right beside it
SCENE = 450  # characters back to what was told of the speaker: two or three sentences
SHORT = 3  # letters: words of a name that tell nobody (de, la, des)
WORD = re.compile(r"\w+")
LOOSE = 40  # characters between a cue and a time expression that no tree connects


@dataclass(frozen=True, slots=True)
class Moment:
    """The day something was said, with the words that say so; `rule` tells how it was found."""

    day: date | None
    text: str | None
    span: Span | None
    rule: str


def moments(article: Article, tree: Tree, quotes: Sequence[Quote], expressions: Sequence[Expression]) -> list[Moment]:
    """The moment of each quote, in the order given.

    Args:
        article: gives the publication date, against which expressions are resolved; without one no day is known.
        tree: the words of the article.
        quotes: in the order of the text.
        expressions: the time expressions of the whole article, spans in its offsets.
    """
    if article.published is None:
        return [Moment(None, None, None, "unknown") for _ in quotes]
    days = _days(expressions, article.published)
    dated = [e for e in expressions if e.span in days]
    quoted = {e.span for e in dated if any(s.overlaps(e.span) for q in quotes for s in q.spans)}
    past = [e for e in dated if timedelta(0) <= article.published - days[e.span] <= timedelta(RECENT)]
    story = [e for e in past if e.span not in quoted]
    found: list[Moment] = []
    for quote in quotes:
        own = _own(quote, tree, dated, quoted, days, article.published)
        carried = own or _latest(
            _carried(quote, found, quotes, tree, article.text, article.published),
            _scene(quote, tree, story, days, article.text),
        )
        found.append(carried or Moment(article.published, None, None, "published"))
    return found


def _is_far(day: date, published: date) -> bool:
    return abs((published - day).days) > RECENT


def _latest(*moments: Moment | None) -> Moment | None:
    """The one whose words stand last in the text."""
    known = [(m.span.start, m) for m in moments if m and m.span]
    return max(known, key=lambda k: k[0])[1] if known else None


def _days(expressions: Sequence[Expression], published: date) -> dict[Span, date]:
    """The expressions that tell a single day, resolved as past; "la veille" counts from the latest day told so far."""
    days: dict[Span, date] = {}
    latest: date | None = None
    for expression in expressions:
        if not (expression.has_day or expression.pattern.op == "context"):
            continue
        found = expression.stretch(published, "past", latest)
        if found and found.start and found.start == found.end:
            days[expression.span] = found.start
            if found.start <= published:
                latest = max(latest or found.start, found.start)
    return days


def _own(
    quote: Quote,
    tree: Tree,
    expressions: Sequence[Expression],
    quoted: Container[Span],
    days: Mapping[Span, date],
    published: date,
) -> Moment | None:
    """The expression that the quote's own reporting clause gives: the one nearest to the cue that hangs on it.

    One inside another quote must stand right beside the cue. A day long past must hang on the cue or stand near it:
    elsewhere in the sentence it dates what is told.
    """
    if quote.cue is None:
        return None
    cue = _cue_words(tree, quote.cue)
    if not cue:
        return None
    sentences = {tree.sentence[i] for i in cue}
    ranked: list[tuple[int, int, Expression]] = []
    for expression in expressions:
        words = tree.inside(expression.span)
        if (
            not words
            or tree.sentence[words[0]] not in sentences
            or any(s.overlaps(expression.span) for s in quote.spans)
        ):
            continue
        gap = _gap(expression.span, quote.cue)
        rank = _attached(tree, words, cue)
        if rank is None and gap <= LOOSE and not _governed(tree, words, cue):
            rank = 2
        aside = gap > LOOSE and rank != 0 and _is_far(days[expression.span], published)
        if rank is None or aside or (gap > BESIDE and expression.span in quoted):
            continue
        ranked.append((rank, gap, expression))
    if not ranked:
        return None
    _, _, best = min(ranked, key=lambda r: r[:2])
    return Moment(days[best.span], best.text, best.span, "cue")


def _attached(tree: Tree, words: range, cue: Sequence[int]) -> int | None:
    """0 where the expression hangs on the cue, 1 where the cue hangs on what it hangs on, None where neither."""
    at = tree.top(words)
    if at is None:
        return None
    inside = set(cue)
    link = at
    for above in tree.ancestors(at):
        if above in inside:
            return 0
        if tree.words[link].deprel in OWN_CLAUSE:
            return None
        link = above
    top = tree.top(cue)
    above = tree.head[at]
    if top is None or above not in set(tree.ancestors(top)):
        return None
    return None if _is_present(tree, above) and not _is_present(tree, top) else 1


def _is_present(tree: Tree, index: int) -> bool:
    """Whether a verb is in the present: what it dates is another matter than what was said."""
    word = tree.words[index]
    return word.feats.get("Tense") == "Pres" and word.feats.get("VerbForm") == "Fin"


def _gap(a: Span, b: Span) -> int:
    return max(b.start - a.end, a.start - b.end, 0)


def _cue_words(tree: Tree, cue: Span) -> list[int]:
    """The words of a cue, and the noun that a preposition among them introduces ("selon un rapport")."""
    words = list(tree.inside(cue))
    return words + [tree.head[i] for i in words if tree.words[i].deprel == "case" and tree.head[i] >= 0]


def _governed(tree: Tree, words: range, cue: Sequence[int]) -> bool:
    """Whether another verb has the expression for its own, or stands between it and the cue."""
    at = tree.top(words)
    above = tree.head[at] if at is not None else -1
    if above >= 0 and above not in cue and _is_finite(tree, above):
        return True
    between = range(min(words[-1], cue[-1]) + 1, max(words[0], cue[0]))
    return any(tree.words[i].feats.get("VerbForm") == "Fin" for i in between)


def _is_finite(tree: Tree, index: int) -> bool:
    """Whether a verb is finite, by itself or by its auxiliary."""
    verbs = (index, *tree.children(index, "aux"))
    return any(tree.words[i].feats.get("VerbForm") == "Fin" for i in verbs)


def _carried(
    quote: Quote, found: Sequence[Moment], quotes: Sequence[Quote], tree: Tree, text: str, published: date
) -> Moment | None:
    """The moment of the speaker's quote before it, unless the cue looks back on an earlier occasion.

    A day long past is told as background: it does not reach beyond its paragraph.
    """
    if _looks_back(quote, tree):
        return None
    for moment, other in zip(reversed(found), reversed(quotes[: len(found)]), strict=True):
        if not _same(quote, other) or _looks_back(other, tree):
            continue
        if moment.day is None or moment.span is None or moment.text is None:
            return None
        if _is_far(moment.day, published) and "\n" in text[moment.span.end : quote.start]:
            return None
        return Moment(moment.day, moment.text, moment.span, "occasion")
    return None


def _scene(
    quote: Quote, tree: Tree, story: Sequence[Expression], days: Mapping[Span, date], text: str
) -> Moment | None:
    """The day of what was told of the speaker just before: he came on Monday, and says."""
    if quote.speaker is None or _looks_back(quote, tree):
        return None
    names = {w for w in WORD.findall(quote.speaker.name.lower()) if len(w) > SHORT}
    near = {tree.sentence[i] for i in tree.within((*quote.spans, *((quote.cue,) if quote.cue else ())))}
    for expression in reversed(story):
        words = tree.inside(expression.span)
        if expression.span.end > quote.start or not words or tree.sentence[words[0]] in near:
            continue
        if quote.start - expression.span.end > SCENE:
            return None
        told = text[slice(*tree.reach(words[0]))].lower()
        if names & set(WORD.findall(told)) and not _is_of_now(tree, words):
            return Moment(days[expression.span], expression.text, expression.span, "scene")
    return None


def _is_of_now(tree: Tree, words: range) -> bool:
    """Whether the expression hangs on a verb in the present or future: what it dates is still to come."""
    at = tree.top(words)
    above = tree.head[at] if at is not None else -1
    tense = tree.words[above].feats.get("Tense") if above >= 0 else None
    return tense == "Fut" or (tense == "Pres" and tree.words[above].feats.get("VerbForm") == "Fin")


def _same(a: Quote, b: Quote) -> bool:
    return a.speaker is not None and b.speaker is not None and a.speaker.name == b.speaker.name


def _looks_back(quote: Quote, tree: Tree) -> bool:
    """Whether the cue stands in the pluperfect: it tells of what had been said before."""
    if quote.cue is None:
        return False
    words = [tree.words[i] for i in tree.inside(quote.cue)]
    return any(w.upos == "AUX" and w.feats.get("Tense") == "Imp" for w in words) and any(
        w.feats.get("VerbForm") == "Part" for w in words
    )
