"""Calendar operations: what the words of a time expression come to, seen from a day.

An operation takes the values of a pattern (slots and keys of `languages/<code>/time.yml`) and a `Viewpoint`, and
answers a `Stretch` of days with inclusive bounds (None: open), or None where no such day exists (30 February).
Arithmetic on months and years is dateutil's.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from dateutil.easter import easter
from dateutil.relativedelta import MO, relativedelta

Lean = Literal["past", "future", "near"]
Values = Mapping[str, Any]
ORDER = ("day", "weekend", "week", "fortnight", "month", "bimester", "quarter", "season", "semester", "year", "decade")
MONTHS = {"month": 1, "bimester": 2, "quarter": 3, "semester": 6, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where a time expression is read: the day it was said, and which way it looks.

    `day` is the day last spoken of, for expressions that refer to it (the next day, at 3 p.m.).
    `coming` and `recent` tell how long vague words last (days to the first and to the last), `seasons` when they begin.
    """

    said: date
    lean: Lean = "near"
    day: date | None = None
    coming: Mapping[str, tuple[int, ...]] | None = None
    recent: Mapping[str, tuple[int, ...]] | None = None
    seasons: Mapping[str, tuple[int, int]] | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `start` to `end`, both included; `unit` is the grain in which it was spoken of."""

    start: date | None
    end: date | None
    unit: str = "day"


def _days(n: int) -> timedelta:
    return timedelta(days=n)


def unit_around(day: date, unit: str) -> Stretch:
    """The week, month, quarter ... that holds `day`; a week begins on Monday."""
    if unit in ("week", "fortnight", "weekend"):
        monday = day + relativedelta(weekday=MO(-1))
        if unit == "weekend":
            return Stretch(monday + _days(5), monday + _days(6), unit)
        return Stretch(monday, monday + _days(13 if unit == "fortnight" else 6), unit)
    if unit in MONTHS:
        n = MONTHS[unit]
        year, month = divmod((day.year * 12 + day.month - 1) // n * n, 12)
        first = date(year, month + 1, 1)
        return Stretch(first, first + relativedelta(months=n) - _days(1), unit)
    return Stretch(day, day, "day")


def add(day: date, n: int, unit: str) -> date:
    """`day` moved by n units."""
    if unit == "hour":
        return day + _days(-(-n // 24) if n >= 0 else n // 24)
    if unit in MONTHS:
        return day + relativedelta(months=n * MONTHS[unit])
    return day + _days(n * {"week": 7, "weekend": 7, "fortnight": 14}.get(unit, 1))


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def choose(candidates: list[Stretch], view: Viewpoint, turn: int = 0) -> Stretch | None:
    """The stretch that the viewpoint means: the latest that has begun, the earliest not over, or the nearest.

    `turn` +1 or -1 (next, last) asks for one that begins after, or is over before, the day it was said.
    """
    said = view.said

    def first(c: Stretch) -> date:
        return c.start or said

    def last(c: Stretch) -> date:
        return c.end or said

    if turn > 0:
        candidates = [c for c in candidates if first(c) > said]
    elif turn < 0:
        candidates = [c for c in candidates if last(c) < said]
    lean = "future" if turn > 0 else "past" if turn < 0 else view.lean
    if lean == "past":
        return max((c for c in candidates if first(c) <= said), key=first, default=None)
    if lean == "future":
        return min((c for c in candidates if last(c) >= said), key=first, default=None)

    def distance(c: Stretch) -> int:
        return max((first(c) - said).days, (said - last(c)).days, 0)

    return min(candidates, key=lambda c: (distance(c), first(c)), default=None)


def _years(view: Viewpoint) -> range:
    return range(view.said.year - 1, view.said.year + 2)


def op_date(v: Values, view: Viewpoint) -> Stretch | None:
    """A day of a month; without a year, the one that the viewpoint means (`turn`: next, last)."""
    month = int(v.get("month") or v["monthnumber"])
    year = v.get("year", v.get("shortyear"))
    if year is not None:
        year = int(year)
        found = _day(year if year > 99 else 2000 + year, month, v["day"]) if 1 <= month <= 12 else None
        return Stretch(found, found) if found else None
    # 29 February comes every four years, or eight around 1900 and 2100
    days = [d for y in range(view.said.year - 8, view.said.year + 9) if (d := _day(y, month, v["day"]))]
    # a weekday helps to find the year, but the press gets weekdays wrong: it rules out no date
    right = [d for d in days if d.weekday() == v.get("weekday") and abs(d.year - view.said.year) <= 1]
    return choose([Stretch(d, d) for d in right or days], view, v.get("turn", 0))


def op_day(v: Values, view: Viewpoint) -> Stretch | None:
    """A day of an unnamed month, often with its weekday: Tuesday 25th."""
    firsts = [view.said.replace(day=1) + relativedelta(months=n) for n in range(-12, 13)]
    days = [d for f in firsts if (d := _day(f.year, f.month, v["day"]))]
    right = [d for d in days if d.weekday() == v.get("weekday", d.weekday())]
    return choose([Stretch(d, d) for d in right], view, v.get("turn", 0))


def op_days(v: Values, view: Viewpoint) -> Stretch | None:
    """From a day to a later day, of one month or two; the year, if any, is that of the second."""
    last = op_date({"day": v["day2"], "month": v.get("month2", v["month"]), "year": v.get("year")}, view)
    if not last or not last.end:
        return None
    first = _day(last.end.year, v["month"], v["day"])
    if first and first > last.end:
        first = _day(last.end.year - 1, v["month"], v["day"])
    return Stretch(first, last.end) if first else None


def op_weekday(v: Values, view: Viewpoint) -> Stretch | None:
    """A weekday: the nearest of its kind, `turn` +1 or -1 the next or last one; `weeks` are added.

    With turn 0 ("this Monday") the eve counts as that day for what is told as past: printed the evening before.
    """
    days = [view.said + _days(n) for n in range(-7, 8)]
    days = [d for d in days if d.weekday() == v["weekday"]]
    turn = v.get("turn")
    if turn == 0 and view.lean == "past" and view.said + _days(1) in days:
        return Stretch(view.said + _days(1), view.said + _days(1))
    found = choose([Stretch(d, d) for d in days], view, turn or 0)
    if not found or not found.start:
        return None
    day = found.start + _days(7 * int(v.get("weeks", 0)))
    return Stretch(day, day)


def op_weekdays(v: Values, view: Viewpoint) -> Stretch | None:
    """From a weekday to a later weekday."""
    first = op_weekday({"weekday": v["weekday"]}, view)
    if not first or not first.start:
        return None
    last = first.start + _days((v["weekday2"] - v["weekday"] - 1) % 7 + 1)
    return Stretch(first.start, last)


def op_weekday_of_week(v: Values, view: Viewpoint) -> Stretch | None:
    """A weekday of the week before or after (`by`)."""
    day = view.said + relativedelta(weekday=MO(-1)) + _days(7 * int(v["by"]) + int(v["weekday"]))
    return Stretch(day, day)


def op_shift(v: Values, view: Viewpoint) -> Stretch | None:
    """The unit that runs, moved by `by`: today, next week, last year."""
    unit, by = v["unit"], int(v["by"])
    if unit == "weekend":
        return _weekend(by, view)
    return unit_around(add(unit_around(view.said, unit).start or view.said, by, unit), unit)


def _weekend(by: int, view: Viewpoint) -> Stretch:
    """This weekend is the one that runs or comes, or, told as past, the one just over (Monday to Wednesday);
    the next one is the coming one from Monday to Thursday, and the one after from Friday on."""
    here = unit_around(view.said, "weekend")
    weekday = view.said.weekday()
    if by > 0 and weekday < 4:
        by -= 1
    elif by == 0 and view.lean == "past" and weekday < 3:
        by = -1
    start = (here.start or view.said) + _days(7 * by)
    return Stretch(start, start + _days(1), "weekend")


def op_in(v: Values, view: Viewpoint) -> Stretch | None:
    """So many units from now (`sign` -1: ago): the day, or the week, month, year that holds it."""
    numbers = sorted(int(v.get("sign", 1)) * int(v[name]) for name in ("number", "number2") if name in v)
    first, last = (unit_around(add(view.said, n, v["unit"]), v["unit"]) for n in (numbers[0], numbers[-1]))
    return Stretch(first.start, last.end, first.unit)


def op_within(v: Values, view: Viewpoint) -> Stretch | None:
    """From now until so many units from now (`sign` -1: since so many units ago)."""
    number = max(int(v[name]) for name in ("number", "number2") if name in v)
    other = add(view.said, number * int(v.get("sign", 1)), v["unit"])
    return Stretch(min(view.said, other), max(view.said, other), v["unit"])


def op_coming(v: Values, view: Viewpoint) -> Stretch | None:
    """The next few units: as long as the conventions of the language file say."""
    return _vague(view, v["unit"], view.coming)


def op_recent(v: Values, view: Viewpoint) -> Stretch | None:
    """The last few units: as long as the conventions of the language file say."""
    return _vague(view, v["unit"], view.recent)


def _vague(view: Viewpoint, unit: str, table: Mapping[str, tuple[int, ...]] | None) -> Stretch | None:
    bounds = (table or {}).get(unit)
    if bounds is None:
        return None
    return Stretch(view.said + _days(bounds[0]), view.said + _days(bounds[1]) if len(bounds) > 1 else None, unit)


def op_open(v: Values, view: Viewpoint) -> Stretch | None:
    """From now on, without an end."""
    return Stretch(view.said, None, "open")


def op_context(v: Values, view: Viewpoint) -> Stretch | None:
    """Counted from the day last spoken of (the eve, the next day); `days` more than one."""
    day = (view.day or view.said) + _days(int(v["by"]))
    return Stretch(day, day + _days(int(v.get("days", 1)) - 1))


def op_clock(v: Values, view: Viewpoint) -> Stretch | None:
    """An hour, or a part of the day, of the day last spoken of."""
    day = view.day or view.said
    return Stretch(day, day)


def op_month(v: Values, view: Viewpoint) -> Stretch | None:
    """A month; without a year, the one that the viewpoint means; `years` picks one by distance in years."""
    year = v.get("year")
    if year is None and "years" in v:
        year = view.said.year + int(v["years"])
    if year is not None:
        return unit_around(date(int(year), v["month"], 1), "month")
    return choose([unit_around(date(y, v["month"], 1), "month") for y in _years(view)], view, v.get("turn", 0))


def op_months(v: Values, view: Viewpoint) -> Stretch | None:
    """From a month to a later month; the year, if any, is that of the second."""
    last = op_month({"month": v["month2"], "year": v.get("year")}, view)
    if not last or not last.end:
        return None
    year = last.end.year - (v["month"] > v["month2"])
    return Stretch(date(year, v["month"], 1), last.end, "month")


def op_year(v: Values, view: Viewpoint) -> Stretch | None:
    """A calendar year."""
    return unit_around(date(int(v["year"]), 1, 1), "year")


def op_years(v: Values, view: Viewpoint) -> Stretch | None:
    """From a year to a later one."""
    first, last = int(v["year"]), int(v["year2"])
    return Stretch(date(first, 1, 1), date(last, 12, 31), "year") if first <= last else None


def op_part_of_month(v: Values, view: Viewpoint) -> Stretch | None:
    """The first, second ... last week or fortnight of a month: days 1 to 7, 8 to 14 ..."""
    month = op_month({"month": v["month"], "year": v.get("year")}, view)
    size = {"week": 7, "fortnight": 15, "day": 1}.get(v["unit"])
    if not month or not month.start or not month.end or not size:
        return None
    if v["ordinal"] < 0:
        return Stretch(month.end - _days(size - 1), month.end, v["unit"])
    start = month.start + _days(size * (v["ordinal"] - 1))
    end = min(start + _days(size - 1), month.end) if size != 15 or v["ordinal"] == 1 else month.end
    return Stretch(start, end, v["unit"]) if start <= end else None


def op_part_of_year(v: Values, view: Viewpoint) -> Stretch | None:
    """The first, second ... last quarter or semester of a year (`by`: next, last year)."""
    size = MONTHS.get(v["unit"], 0)
    if not 0 < size < 12:
        return None
    ordinal = v["ordinal"] if v["ordinal"] > 0 else 12 // size
    if ordinal * size > 12:
        return None
    parts = [unit_around(date(y, (ordinal - 1) * size + 1, 1), v["unit"]) for y in _years(view)]
    if "year" in v:
        return unit_around(date(int(v["year"]), (ordinal - 1) * size + 1, 1), v["unit"])
    return parts[1 + int(v["by"])] if "by" in v else choose(parts, view)


def _season(name: str, year: int, view: Viewpoint) -> Stretch:
    starts = sorted((tuple(md), n) for n, md in (view.seasons or {}).items())
    at = [n for _, n in starts].index(name)
    (month, day), following = starts[at][0], starts[(at + 1) % len(starts)][0]
    end = date(year + (at + 1 == len(starts)), *following) - _days(1)
    return Stretch(date(year, month, day), end, "season")


def op_season(v: Values, view: Viewpoint) -> Stretch | None:
    """A season; winter 2024 is the one that begins in 2024."""
    if "year" in v:
        return _season(v["season"], int(v["year"]), view)
    years = range(view.said.year - 2, view.said.year + 3)
    return choose([_season(v["season"], y, view) for y in years], view, v.get("turn", 0))


def op_feast(v: Values, view: Viewpoint) -> Stretch | None:
    """A feast: a day of the year, or so many days after Easter."""

    def on(year: int) -> date:
        feast = v["feast"]
        return easter(year) + _days(feast) if isinstance(feast, int) else date(year, *feast)

    if "year" in v:
        return Stretch(on(int(v["year"])), on(int(v["year"])))
    return choose([Stretch(on(y), on(y)) for y in _years(view)], view, v.get("turn", 0))


def op_week_of(v: Values, view: Viewpoint) -> Stretch | None:
    """The week that holds a date."""
    day = op_date(v, view)
    return unit_around(day.start, "week") if day and day.start else None


OPERATIONS: dict[str, Callable[[Values, Viewpoint], Stretch | None]] = {
    name[3:].replace("_", " "): function for name, function in list(globals().items()) if name.startswith("op_")
}
