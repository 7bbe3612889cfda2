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
from functools import cache
from typing import Any

from quotetrack.claims.calendar import OPERATIONS, Lean, Stretch, Viewpoint, add
from quotetrack.languages.times import SLOT, TimeAffix, TimeGrammar, TimePattern, load_times
from quotetrack.model import Period, Span

# slots that are written in digits rather than taken from a vocabulary
DIGITS = {
    "day": r"(?:1er|3[01]|[12]\d|0?[1-9])(?![\d]|[.,]\d)",
    "daynumber": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)",
    "monthnumber": r"(?:1[0-2]|0?[1-9])",
    "year": r"(?:19|20)\d\d(?![\d]|[.,]\d)",
    "shortyear": r"(?:(?:19|20)\d\d|\d\d)(?!\d)",
}
ALIASES = {"period": "unit", "division": "unit", "daynumber": "day"}  # slots whose values go by another name
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
    made = _compiled(code)
    return _join(text, list(_found(text, made)), made.joint)


# ---- finding ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Compiled:
    grammar: TimeGrammar
    cores: re.Pattern[str]
    slots: tuple[tuple[tuple[str, str, str], ...], ...]  # per pattern: group, slot, name of the value
    leads: tuple[tuple[re.Pattern[str], TimeAffix], ...]
    trails: tuple[tuple[re.Pattern[str], TimeAffix], ...]
    joint: re.Pattern[str]


def _regex(form: str) -> str:
    """A form of the data file as a regular expression: a space is any white space, ' is either apostrophe."""
    return re.sub(r" (\??)", lambda blank: r"\s?" if blank[1] else r"\s+", form).replace("'", "['’]")


def _alternatives(vocabulary: dict[str, Any] | Any) -> str:
    words = sorted(vocabulary, key=lambda w: (-len(w), w))
    return "|".join(_regex(re.escape(w).replace(r"\ ", " ").replace(r"\-", "-")) for w in words)


def _pattern(number: int, pattern: TimePattern, grammar: TimeGrammar) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """The pattern with one named group per slot: p7_month for {month} of the pattern number 7."""
    slots: list[tuple[str, str, str]] = []

    def group(match: re.Match[str]) -> str:
        slot, copy = match[1], match[2]
        body = DIGITS.get(slot) or _alternatives(grammar.vocabularies[slot])
        if slot == "number":
            body += r"|\d{1,3}(?![\d]|[.,]\d)"
        slots.append((f"p{number}_{slot}{copy}", slot, ALIASES.get(slot, slot) + copy))
        return f"(?P<p{number}_{slot}{copy}>{body})"

    pieces = re.split(r"(\{\w+\})", pattern.form)
    body = "".join(SLOT.sub(group, piece) if SLOT.fullmatch(piece) else _regex(piece) for piece in pieces)
    return rf"(?P<p{number}>{body})(?!\w)", tuple(slots)


@cache
def _compiled(code: str) -> _Compiled:
    grammar = load_times(code)
    made = [_pattern(number, pattern, grammar) for number, pattern in enumerate(grammar.patterns)]
    flags = re.IGNORECASE
    return _Compiled(
        grammar=grammar,
        cores=re.compile(r"(?<!\w)(?:" + "|".join(body for body, _ in made) + ")", flags),
        slots=tuple(slots for _, slots in made),
        leads=tuple(
            (re.compile(rf"(?<!\w)(?:{_regex(lead.form)})(?:(?<=['’-])\s?|\s+)$", flags), lead)
            for lead in grammar.leads
        ),
        trails=tuple((re.compile(rf"{_regex(trail.form)}(?!\w)", flags), trail) for trail in grammar.trails),
        joint=re.compile("|".join(_regex(joint) for joint in grammar.joints), flags),
    )


def _found(text: str, made: _Compiled) -> Iterator[Expression]:
    position = 0
    while match := made.cores.search(text, position):
        found = _expression(text, match, position, made)
        position = found.span.end if found else _after_first_word(match)
        if found:
            yield found


def _after_first_word(match: re.Match[str]) -> int:
    """Where to go on after a core that is none for want of a lead: another may begin within its words."""
    inner = re.compile(r"\w+").match(match.string, match.start())
    return inner.end() if inner else match.end()


def _expression(text: str, match: re.Match[str], floor: int, made: _Compiled) -> Expression | None:
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


def _leads(text: str, start: int, floor: int, made: _Compiled) -> tuple[list[TimeAffix], int]:
    """The leads before `start`, from the inside out, and where those begin that belong to the expression."""
    leads: list[TimeAffix] = []
    at = shown = start
    while True:
        left = max(floor, at - LEAD_REACH)
        hits = [(m.start(), lead) for regex, lead in made.leads if (m := regex.search(text[left:at]))]
        if not hits:
            return leads, shown
        begin, lead = min(hits, key=lambda hit: hit[0])
        at = left + begin
        leads.append(lead)
        if lead.shown:
            shown = at


def _trails(text: str, end: int, made: _Compiled) -> tuple[list[TimeAffix], int]:
    trails: list[TimeAffix] = []
    while hits := [(m.end(), trail) for regex, trail in made.trails if (m := regex.match(text, end)) and m.end() > end]:
        end, trail = max(hits, key=lambda hit: hit[0])
        trails.append(trail)
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
