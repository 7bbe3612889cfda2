"""Finds the time expressions of a text and says which days they mean.

`find` cuts expressions out of a text by the grammar of the language (`languages/<code>/time.yml`): a core ("le 15
juin", "lundi", "la semaine prochaine"), words that lead it ("d'ici", "avant", "fin"), words that trail it ("matin",
"au plus tard"), and joints that make one stretch of two. `Expression.stretch` resolves one against the day it was
said. Offsets are code points of the text that was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from quotetrack.claims.calendar import OPERATIONS, Lean, Stretch, Viewpoint, add
from quotetrack.claims.patterns import Compiled, compiled, lead_of
from quotetrack.languages.times import TimeAffix, TimeGrammar, TimePattern
from quotetrack.model import Period, Span

LEAD_REACH = 90  # characters before a core in which its leads are looked for: longer than any of them
ABSOLUTE = frozenset({"year", "shortyear"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression: its words, and how to resolve them.

    `changes` are the affixes around the core, from the inside out. `adnominal`: it depends on a noun ("le scrutin du
    15 juin"). `other`: the expression joined to it. `absolute`: it names its year, whenever it is said.
    """

    span: Span
    text: str
    pattern: TimePattern
    values: tuple[tuple[str, Any], ...]
    changes: tuple[TimeAffix, ...]
    grammar: TimeGrammar
    adnominal: bool = False
    other: Expression | None = None

    @property
    def absolute(self) -> bool:
        return any(name in ABSOLUTE for name, _ in self.values)

    @property
    def has_day(self) -> bool:
        """Whether it tells a single day by itself, not by what was said before."""
        return self.pattern.op in ("date", "day", "weekday", "weekday of week", "feast") or (
            self.pattern.op == "shift" and self.pattern.args.get("unit") == "day"
        )

    def stretch(self, said: date, lean: Lean = "near", day: date | None = None) -> Stretch | None:
        """The days meant, or None where there are none (31 June).

        Args:
            said: the day on which it was said.
            lean: "past" in an account of what happened, "future" in what is to come, "near" where nothing tells.
            day: the day last spoken of, for "la veille" or "à 15 heures"; the day it was said if None.
        """
        if any(affix.op == "since" for affix in self.changes):
            lean = "past"
        found = self._alone(said, lean, day, {})
        runs = self.pattern.op == "shift" and self.pattern.args["by"] == 0
        if runs and lean == "future" and found and found.end and found.end < said:
            found = self._alone(said, lean, day, {"by": 1})  # "en début de semaine", said on a Friday: of the next week
        if found and self.other:
            then = self.other.stretch(found.start or said, "future" if found.start else lean)
            if then and then.end and found.start and found.start <= then.end:
                found = Stretch(found.start, then.end, found.unit)
        return found

    def _alone(self, said: date, lean: Lean, day: date | None, values: dict[str, Any]) -> Stretch | None:
        g = self.grammar
        view = Viewpoint(said, lean, day, g.coming, g.recent, g.seasons)
        found = OPERATIONS[self.pattern.op](dict(self.values) | dict(self.pattern.args) | values, view)
        for affix in self.changes:
            found = found and _change(found, affix, said, g)
        return found

    def period(self, said: date, lean: Lean = "near", day: date | None = None, offset: int = 0) -> Period | None:
        """The same as a Period, its span moved by `offset` (where the text began in the article)."""
        found = self.stretch(said, lean, day)
        span = Span(self.span.start + offset, self.span.end + offset)
        return Period(found.start, found.end, self.text, span) if found else None


def find(text: str, code: str) -> list[Expression]:
    """The time expressions of a text, in order, none overlapping another."""
    made = compiled(code)
    return _join(text, list(_found(text, made)), made.joint)


# ---- finding ---------------------------------------------------------------------------------------------------------


def _found(text: str, made: Compiled) -> Iterator[Expression]:
    end = 0
    for start in made.starts(text):
        match = made.cores.match(text, start) if start >= end else None
        found = _expression(text, match, end, made) if match else None
        if found:
            end = found.span.end
            yield found


def _expression(text: str, match: re.Match[str], floor: int, made: Compiled) -> Expression | None:
    number = int((match.lastgroup or "p0")[1:].split("_")[0])
    pattern = made.grammar.patterns[number]
    leads, shown = _leads(text, match.start(), floor, made)
    names = {lead.name for lead in leads}
    if any(lead.counts for lead in leads):
        names.add("lead")
    if pattern.needs and not pattern.needs & names:
        return None
    values = tuple(
        (name, _value(slot, match[group], made.grammar)) for group, slot, name in made.slots[number] if match[group]
    )
    trails, end = _trails(text, match.end(), made)
    changes = tuple(affix for affix in (*leads, *trails) if affix.op != "same")
    adnominal = bool(leads) and not leads[-1].shown
    return Expression(Span(shown, end), text[shown:end], pattern, values, changes, made.grammar, adnominal)


def _value(slot: str, words: str, grammar: TimeGrammar) -> Any:
    key = re.sub(r"\s+", " ", words.casefold().replace("’", "'"))
    vocabulary = grammar.vocabularies.get(slot, {})
    if key in vocabulary:
        return vocabulary[key]
    return int(re.match(r"\d+", key)[0])  # type: ignore[index]  # slots without the word hold digits


def _leads(text: str, start: int, floor: int, made: Compiled) -> tuple[list[TimeAffix], int]:
    """The leads before `start`, from the inside out, and where those begin that belong to the expression."""
    leads: list[TimeAffix] = []
    at = shown = start
    while True:
        left = max(floor, at - LEAD_REACH)
        match = made.leads.search(text, left, at)  # the leftmost is the longest, since all end at `at`
        if match is None:
            return leads, shown
        at = match.start()
        leads.append(lead_of(match, made.grammar.leads))
        if leads[-1].shown:
            shown = at


def _trails(text: str, end: int, made: Compiled) -> tuple[list[TimeAffix], int]:
    trails: list[TimeAffix] = []
    while match := made.trails.match(text, end):
        end = match.end()
        trails.append(lead_of(match, made.grammar.trails))
    return trails, end


def _join(text: str, found: list[Expression], joint: re.Pattern[str]) -> list[Expression]:
    """Two of the same kind with only a joint between them become one expression."""
    out: list[Expression] = []
    for expression in found:
        last = out[-1] if out else None
        if last and _joinable(last, expression, text[last.span.end : expression.span.start].rstrip(), joint):
            span = Span(last.span.start, expression.span.end)
            out[-1] = replace(last, span=span, text=text[span.start : span.end], other=expression)
        else:
            out.append(expression)
    return out


def _joinable(first: Expression, second: Expression, between: str, joint: re.Pattern[str]) -> bool:
    alike = (first.has_day and second.has_day) or first.pattern.op == second.pattern.op
    return alike and first.other is None and joint.fullmatch(between) is not None


# ---- what leads and trails do ----------------------------------------------------------------------------------------


def _change(found: Stretch, affix: TimeAffix, said: date, grammar: TimeGrammar) -> Stretch | None:
    """The stretch that remains when an affix (from, until, beginning of) is applied to one."""
    one = timedelta(days=1)
    if affix.op == "part":
        return _part(found, affix.part, grammar)
    if affix.op == "from":
        return Stretch(found.start, None, found.unit)
    if affix.op == "as early as":
        # a year is where something begins to hold; a day, a month, a quarter is when it happens
        return Stretch(found.start, None, found.unit) if found.unit == "year" else found
    if affix.op == "after":
        return Stretch(found.end and found.end + one, None, found.unit)
    if affix.op == "since":
        return Stretch(found.start, said, found.unit) if found.start and found.start <= said else None
    end = found.end
    if affix.op == "before" and found.unit != "end" and found.start:
        end = found.start - one
    if affix.op == "by" and found.unit == "season":
        end = found.start  # by summer: before it has gone by
    return Stretch(said if end is None or said <= end else None, end, found.unit)


def _part(found: Stretch, part: int, grammar: TimeGrammar) -> Stretch:
    """The beginning, middle or end of a stretch, as the language file divides its unit; the whole where it does not."""
    division = grammar.parts.get(found.unit)
    if not division or not found.start or not found.end:
        return found
    first, last = division.parts[part - 1]
    start = add(found.start, first - 1, division.unit)
    end = add(found.start, last, division.unit) - timedelta(days=1)
    return Stretch(start, min(end, found.end), "end" if part == 3 else "part")
