"""Content handed to a speaker by a preposition: selon X, P / P, selon X / P₁, selon X, P₂ / pour X, P."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotetrack.attribution.content import trim, words_in
from quotetrack.attribution.document import Document, Token
from quotetrack.attribution.mentions import phrase
from quotetrack.attribution.sayers import can_speak, is_human
from quotetrack.languages.types import CuePreposition
from quotetrack.model import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """A preposition, its speaker's phrase, and the words it hands over."""

    cue: Span
    mention: Span | None
    pieces: list[range]
    preposition: CuePreposition


def attributions(doc: Document) -> Iterator[Attribution]:
    """Every prepositional attribution of an article, in order."""
    by_first: dict[str, list[CuePreposition]] = {}
    for preposition in doc.language.prepositions:
        by_first.setdefault(preposition.words[0], []).append(preposition)
    position = 0
    for token in doc.tokens:
        if token.index < position:
            continue
        for preposition in by_first.get(token.low, ()):
            found = _attribution(doc, token.index, preposition)
            if found is not None:
                position = token.index + len(preposition.words)
                yield found
                break


def _attribution(doc: Document, start: int, preposition: CuePreposition) -> Attribution | None:
    stop = start + len(preposition.words)
    if stop >= len(doc.tokens) or any(doc.tokens[start + n].low != word for n, word in enumerate(preposition.words)):
        return None
    if doc.quoted(start):
        return None
    cue = doc.span(range(start, stop))
    if preposition.speaker == "before":
        return _with(doc, cue, None, range(start, stop), preposition)
    if preposition.speaker == "inside":
        last = stop - 1
        if doc.tokens[stop].upos in ("ADJ", "ADP", "NOUN", "PROPN"):
            last = doc.subtree(last)[-1] if doc.subtree(last)[-1] - last < 6 else stop
        return _with(doc, cue, doc.span(range(stop - 1, last + 1)), range(start, last + 1), preposition)
    if doc.tokens[stop].low in _RELATIVES and start > 0:
        return _relative(doc, range(start, stop + 1), cue, preposition)
    head = _speaker(doc, stop, preposition)
    if head is None:
        return None
    mention = phrase(doc, head, skip_case=True)
    last = max(
        i
        for i in range(head.index, min(len(doc.tokens), head.index + 60))
        if doc.tokens[i].span.end <= max(mention.end, head.span.end)
    )
    while last + 1 < len(doc.tokens) and doc.tokens[last + 1].upos == "PROPN" and doc.tokens[last].upos != "PUNCT":
        last += 1  # "d'après le conseiller Jean Martin": the name is often taken for the subject of what follows
        mention = Span(mention.start, doc.tokens[last].span.end)
    return _with(doc, cue, mention, range(start, last + 1), preposition)


_RELATIVES = frozenset(["qui", "lequel", "laquelle", "lesquels", "lesquelles"])


def _relative(doc: Document, own: range, cue: Span, preposition: CuePreposition) -> Attribution | None:
    """X, selon lequel P / X, pour qui P: what follows belongs to the noun before."""
    unit = doc.units[doc.unit_of[own.start]]
    after = trim(doc, range(own.stop, unit.stop))
    if not words_in(doc, after) or own.start == unit.start:
        return None
    return Attribution(cue, doc.tokens[own.stop - 1].span, [after], preposition)


def _speaker(doc: Document, stop: int, preposition: CuePreposition) -> Token | None:
    """The head of the phrase after the preposition, if it can speak: a name, a person, an institution, a document."""
    first = doc.tokens[stop]
    if first.low in ("que", "qu'", "quoi"):
        return None
    for i in range(stop, min(stop + 8, len(doc.tokens))):
        token = doc.tokens[i]
        if token.upos in ("NOUN", "PROPN", "PRON") and token.head not in range(stop, i):
            return token if _can_speak(doc, token, preposition) else None
        if token.upos not in ("DET", "ADJ", "ADV", "NUM", "ADP", "PUNCT"):
            return None
    return None


def _can_speak(doc: Document, token: Token, preposition: CuePreposition) -> bool:
    if token.upos == "PRON":
        pronoun = doc.language.pronouns.get(token.low)
        return pronoun is not None and pronoun.person == 3 and pronoun.kind in ("personal", "demonstrative")
    if token.upos == "PROPN" or (token.word.text[:1].isupper() and token.upos == "NOUN"):
        return not preposition.ambiguous or _person_like(doc, token)
    if preposition.ambiguous:
        return is_human(doc, token) and _followed_by_comma(doc, token)
    return can_speak(doc, token)


def _person_like(doc: Document, token: Token) -> bool:
    name = token.word.text
    known = doc.language.gender_of_first_name(name) is not None or name in doc.language.titles
    tagged = any(
        e.kind in ("PER", "ORG") and e.span.overlaps(token.span) for e in doc.parse.sentences[token.sentence].entities
    )
    return (known or tagged) and _followed_by_comma(doc, token)


def _followed_by_comma(doc: Document, token: Token) -> bool:
    end = phrase(doc, token, skip_case=True).end
    following = doc.text[end : end + 3].lstrip()[:1]
    marks = doc.language.marks
    return following != "" and (following in ",(" or following in marks.opening or following in marks.symmetric)


def _with(
    doc: Document, cue: Span, mention: Span | None, own: range, preposition: CuePreposition
) -> Attribution | None:
    unit = doc.units[doc.unit_of[own.start]]
    own = range(own.start, _apposition_end(doc, own, unit))
    before = trim(doc, range(unit.start, own.start))
    after = trim(doc, range(own.stop, unit.stop))
    leads = not any(doc.tokens[i].upos in ("VERB", "AUX", "NOUN", "PROPN", "PRON") for i in before)
    if preposition.ambiguous and not all(doc.tokens[i].upos in ("ADV", "CCONJ") for i in words_in(doc, before)):
        return None
    if leads and not words_in(doc, after):
        return None
    if leads:
        return Attribution(cue, mention, [trim(doc, _past_modifiers(doc, own, unit))], preposition)
    if words_in(doc, after) and _leads_in(doc, own.start):
        return Attribution(cue, mention, [after], preposition)
    at_end = not words_in(doc, after) or _is_relative(doc, after) or _tells_of_source(doc, own, after)
    if at_end:
        return Attribution(cue, mention, [_clause_before(doc, before)], preposition)
    return Attribution(cue, mention, [p for p in (_clause_before(doc, before), after) if words_in(doc, p)], preposition)


def _is_relative(doc: Document, after: range) -> bool:
    """Whether what follows the speaker tells more of him: "P, selon le chef des secours, qui a salué ses équipes"."""
    return doc.tokens[after.start].feat("PronType") == "Rel" or doc.tokens[after.start].low in _RELATIVES


def _tells_of_source(doc: Document, own: range, after: range) -> bool:
    """Whether what follows, without comma or finite verb, is about the source: "une étude parue mercredi"."""
    return own.stop == after.start and not _has_main_verb(doc, after)


def _past_modifiers(doc: Document, own: range, unit: range) -> range:
    """What follows a leading attribution, past what still describes the speaker.

    "Selon un élu ayant requis l'anonymat, P", "Selon Jean Martin, de l'université de Lyon, P": a stretch up to a comma
    without a finite verb of its own (but in a relative clause) is not yet the proposition.
    """
    start = own.stop
    for _ in range(2):
        comma = next((i for i in range(start, min(unit.stop, start + 25)) if _ends_modifier(doc, i, start)), None)
        if comma is None:
            break
        stretch = range(start, comma)
        rest = range(comma + 1, unit.stop)
        if not words_in(doc, stretch) or (_modifies(doc, stretch) and _has_main_verb(doc, rest)):
            start = comma + 1
        else:
            break
    return range(start, unit.stop)


def _ends_modifier(doc: Document, index: int, start: int) -> bool:
    return doc.tokens[index].word.text == "," and not doc.quoted(index)


def _modifies(doc: Document, stretch: range) -> bool:
    first = doc.tokens[words_in(doc, stretch)[0]]
    if first.low in ("qui", "dont", "que", "où"):
        return True
    if any(t.feat("VerbForm") == "Fin" for t in (doc.tokens[i] for i in stretch)) or any(
        doc.is_mark(i) for i in stretch
    ):
        return False
    return (
        first.low in ("de", "d'", "du", "des", "à", "au")
        or first.feat("VerbForm") == "Part"
        or first.upos == "NUM"
        or first.lemma in doc.language.time_nouns
        or first.lemma in doc.language.roles
    )


def _has_main_verb(doc: Document, where: range) -> bool:
    return any(doc.tokens[i].feat("VerbForm") == "Fin" for i in where)


def _leads_in(doc: Document, start: int) -> bool:
    """Whether a conjunction, relative pronoun or preposition before the attribution makes it concern what follows
    only.
    """
    i = start - 1
    while i >= 0 and doc.tokens[i].word.text == ",":
        i -= 1
    return i >= 0 and (
        doc.tokens[i].upos in ("SCONJ", "CCONJ", "ADP") or doc.tokens[i].low in ("qui", "que", "où", "dont")
    )


def _apposition_end(doc: Document, own: range, unit: range) -> int:
    """Past an apposition or a parenthesis after the speaker's name, up to the comma that closes the phrase."""
    i = own.stop
    if i < unit.stop and doc.tokens[i].word.text == "(":
        while i < unit.stop and doc.tokens[i].word.text != ")":
            i += 1
        return min(i + 1, unit.stop)
    if i + 1 < unit.stop and doc.tokens[i].word.text == ",":
        following = doc.tokens[i + 1]
        noun = next((doc.tokens[j] for j in range(i + 1, min(i + 4, unit.stop)) if doc.tokens[j].upos == "NOUN"), None)
        if noun is not None and noun.lemma in doc.language.roles and (following is noun or following.upos == "DET"):
            for j in range(noun.index + 1, min(noun.index + 25, unit.stop)):
                if doc.tokens[j].word.text == ",":
                    return j
    return own.stop


def _clause_before(doc: Document, before: range) -> range:
    """What stands before an attribution, from the last colon or semicolon on."""
    for i in reversed(before):
        if (
            doc.tokens[i].word.text in (":", ";")
            and not doc.quoted(i)
            and len(words_in(doc, range(i, before.stop))) > 3
        ):
            return trim(doc, range(i + 1, before.stop))
    return before
