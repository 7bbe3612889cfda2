"""When a promise or prediction should come true: the time expression in the quote that dates what is to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quotetrack.claims.said_on import Moment
from quotetrack.claims.times import Expression
from quotetrack.claims.tree import Tree
from quotetrack.model import Period, Quote

# An expression without a year that, looking ahead, lies this many days off, and just behind if one looks back, is past.
FAR, NEAR = 270, 60
YEARLESS = frozenset({"date", "day", "days", "month", "months", "season", "feast"})


def due(quote: Quote, inside: Sequence[Expression], moment: Moment, tree: Tree) -> Period | None:
    """The period of the best of the expressions inside a quote, or None.

    The nearest to the head of the quote's main clause wins, those on a verb in a past tense or in a relative clause
    last. What completes a noun ("le scrutin du 3 juin") dates the noun. Periods are read from the day it was said.
    """
    if moment.day is None:
        return None
    ranked: list[tuple[bool, int, int, Period]] = []
    day = moment.day
    for number, expression in enumerate(inside):
        period = expression.period(moment.day, "future", day)
        if period is None or _is_past(expression, period, moment.day):
            continue
        if expression.has_day and period.start:
            day = period.start
        verb = _verb(tree, tree.inside(expression.span))
        if expression.adnominal:
            continue
        aside = verb is not None and (_is_past_tense(tree, verb) or _in_relative(tree, verb))
        if _is_now(expression, period, moment.day) and (verb is None or aside or _is_present(tree, verb)):
            continue
        ranked.append((aside, _depth(tree, expression), number, period))
    best = min(ranked, key=lambda r: r[:3], default=None)
    return best[3] if best else None


def _is_past(expression: Expression, period: Period, said: date) -> bool:
    """Whether the expression tells of what was over when it was said."""
    if any(change.op == "since" for change in expression.changes) or expression.pattern.op == "recent":
        return True
    if period.end is not None and period.end < said:
        return True
    if expression.pattern.op not in YEARLESS or not period.start or (period.start - said).days < FAR:
        return False
    before = expression.stretch(said, "past")
    return bool(before and before.end and (said - before.end).days < NEAR)


def _is_now(expression: Expression, period: Period, said: date) -> bool:
    """Whether it begins with the day it was said: then the verb must tell that it is of what is to come."""
    return expression.pattern.op == "open" or period.start == period.end == said


def _depth(tree: Tree, expression: Expression) -> int:
    top = tree.top(tree.inside(expression.span))
    return 0 if top is None else sum(1 for _ in tree.ancestors(top))


def _verb(tree: Tree, words: range) -> int | None:
    """The verb that an expression hangs on, at whatever distance."""
    top = tree.top(words)
    if top is None:
        return None
    return next((above for above in tree.ancestors(top) if tree.words[above].upos in ("VERB", "AUX")), None)


def _is_present(tree: Tree, verb: int) -> bool:
    word = tree.words[verb]
    return word.feats.get("Tense") == "Pres" and word.feats.get("VerbForm") == "Fin"


def _is_past_tense(tree: Tree, verb: int) -> bool:
    """Whether a verb is a past participle with a present or imperfect auxiliary of having."""
    helped = any(tree.words[i].lemma == "avoir" for i in tree.children(verb, "aux"))
    return helped and tree.words[verb].feats.get("VerbForm") == "Part"


def _in_relative(tree: Tree, verb: int) -> bool:
    return any(tree.words[i].deprel == "acl:relcl" for i in (verb, *tree.ancestors(verb)))
