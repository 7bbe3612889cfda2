"""The time expressions of a language: the grammar in `languages/<code>/time.yml`, read strictly.

`quotetrack.claims.times` finds and resolves them, `quotetrack.claims.calendar` says what the operations do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from quotetrack.languages import data_file
from quotetrack.languages.schema import Entry, Table

Value = int | str | tuple[int, ...]
KEYS_OF_FILE = (
    "vocabularies", "triggers", "patterns", "leads", "trails", "joints", "coming", "recent", "seasons", "parts",
)  # fmt: skip
KEYS = ("unit", "by", "turn", "weeks", "days", "years", "sign", "month")
OPERATIONS = (
    "clock", "coming", "context", "date", "day", "days", "feast", "in", "month", "months", "open", "part of month",
    "part of year", "recent", "season", "shift", "week of", "weekday", "weekday of week", "weekdays", "within", "year",
    "years",
)  # fmt: skip
DIGITS = ("day", "daynumber", "monthnumber", "year", "shortyear")  # slots that are written in digits
SLOT = re.compile(r"\{([a-z]+)(\d*)\}")
CHANGES = ("same", "by", "before", "until", "from", "as early as", "after", "since", "part")


@dataclass(frozen=True, slots=True)
class TimePattern:
    """The core of an expression: its form, what it means, the leads of which it needs one ("lead": any that counts)."""

    name: str
    form: str
    op: str
    args: Mapping[str, Value]
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TimeAffix:
    """Words before or after a core that change what it means: from, until, beginning of.

    `counts`: satisfies a core that needs a lead. `shown`: belongs to the expression even where nothing leads it.
    """

    name: str
    form: str
    op: str
    part: int = 0
    counts: bool = True
    shown: bool = True


@dataclass(frozen=True, slots=True)
class UnitParts:
    """Where beginning, middle and end of a unit lie: first and last, counted from 1 in a smaller unit."""

    unit: str
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TimeGrammar:
    """Everything a language file says about time expressions; `patterns` in order of precedence."""

    vocabularies: Mapping[str, Mapping[str, Value]]
    patterns: tuple[TimePattern, ...]
    leads: tuple[TimeAffix, ...]
    trails: tuple[TimeAffix, ...]
    joints: tuple[str, ...]
    coming: Mapping[str, tuple[int, ...]]
    recent: Mapping[str, tuple[int, ...]]
    seasons: Mapping[str, tuple[int, int]]
    parts: Mapping[str, UnitParts]
    triggers: frozenset[str]


@cache
def load_times(code: str) -> TimeGrammar:
    """The grammar of the language `code`. Raises LanguageError with file and line where the data do not validate."""
    return read_times(data_file(code, "time.yml"))


def read_times(root: Entry) -> TimeGrammar:
    """The grammar in an open data file."""
    top = root.fields(KEYS_OF_FILE)
    leads = _affixes(top["leads"])
    vocabularies = MappingProxyType({key.text(): _values(value) for key, value in top["vocabularies"].pairs()})
    slots = {*vocabularies, *DIGITS}
    return TimeGrammar(
        vocabularies=vocabularies,
        patterns=_patterns(top["patterns"], slots, {lead.name for lead in leads} | {"lead"}),
        leads=leads,
        trails=_affixes(top["trails"]),
        joints=tuple(str(item.node.value) for item in top["joints"].items()),
        coming=_bounds(top["coming"]),
        recent=_bounds(top["recent"]),
        seasons=MappingProxyType({key.text(): _pair(value) for key, value in top["seasons"].pairs()}),
        triggers=frozenset(top["triggers"].texts()),
        parts=MappingProxyType({key.text(): _parts(value) for key, value in top["parts"].pairs()}),
    )


def _value(entry: Entry) -> Value:
    if entry.node.id == "sequence":
        return tuple(item.number() for item in entry.items())
    text = entry.text()
    return int(text) if text.lstrip("-").isdigit() else text


def _values(entry: Entry) -> Mapping[str, Value]:
    table: Table[Value] = Table()
    for key, value in entry.pairs():
        table.add(key, key.text().casefold(), _value(value))
    return table.frozen()


def _form(entry: Entry, slots: Collection[str]) -> str:
    """A form, of which every slot is known and the rest is a regular expression."""
    form = str(entry.node.value)
    for slot, _ in SLOT.findall(form):
        if slot not in slots:
            entry.fail(f"no vocabulary is called {slot!r}", slots)
    try:
        re.compile(SLOT.sub("x", form))
    except re.error as error:
        entry.fail(f"not a regular expression: {error}")
    return form


def _patterns(entry: Entry, slots: Collection[str], leads: set[str]) -> tuple[TimePattern, ...]:
    table: Table[TimePattern] = Table()
    for item in entry.items():
        row = item.fields(["name", "form", "op"], [*KEYS, "needs"])
        name, op = row["name"].text(), row["op"].choice(OPERATIONS)
        args = MappingProxyType({key: _value(row[key]) for key in KEYS if key in row})
        needs = row["needs"].choices(leads) if "needs" in row else frozenset[str]()
        table.add(item, name, TimePattern(name, _form(row["form"], slots), op, args, needs))
    return tuple(table.rows.values())


def _affixes(entry: Entry) -> tuple[TimeAffix, ...]:
    table: Table[TimeAffix] = Table()
    for item in entry.items():
        row = item.fields(["name", "form", "op"], ["part", "counts", "shown"])
        affix = TimeAffix(
            name=row["name"].text(),
            form=_form(row["form"], ()),
            op=row["op"].choice(CHANGES),
            part=row["part"].number() if "part" in row else 0,
            counts=row["counts"].flag() if "counts" in row else True,
            shown=row["shown"].flag() if "shown" in row else True,
        )
        table.add(item, affix.name, affix)
    return tuple(table.rows.values())


def _bounds(entry: Entry) -> Mapping[str, tuple[int, ...]]:
    table: Table[tuple[int, ...]] = Table()
    for key, value in entry.pairs():
        days = tuple(item.number() for item in value.items())
        if len(days) > 2 or list(days) != sorted(days):
            value.fail("expected the first day and, where there is an end, the last one")
        table.add(key, key.text(), days)
    return table.frozen()


def _pair(entry: Entry) -> tuple[int, int]:
    numbers = tuple(item.number() for item in entry.items())
    if len(numbers) != 2:
        entry.fail("expected two numbers")
    return numbers[0], numbers[1]


def _parts(entry: Entry) -> UnitParts:
    row = entry.fields(["in", "parts"])
    parts = tuple(_pair(item) for item in row["parts"].items())
    if len(parts) != 3:
        entry.fail("expected three parts: beginning, middle, end")
    return UnitParts(row["in"].choice(("day", "month", "year")), parts)
