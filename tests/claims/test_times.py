"""French time expressions: a table of them, what is none, and what must hold of any."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.claims.calendar import Lean
from quotetrack.claims.times import find
from quotetrack.model import Span

Row = tuple[str, date, Lean, date | str, date | str]
TABLE: list[Row] = [
    tuple(row) for row in yaml.safe_load((Path(__file__).parent / "time_expressions_fr.yml").read_text())
]
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
LEANS = st.sampled_from(["past", "future", "near"])
WEDNESDAY = date(2024, 5, 15)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]} {row[2]} {row[1]}")
def test_table(row: Row) -> None:
    words, said, lean, start, end = row
    found = find(f"Il en parle {words} encore.", "fr")
    assert [e.text for e in found] == [words]
    stretch = found[0].stretch(said, lean)
    assert stretch is not None
    assert (stretch.start or "-", stretch.end or "-") == (start, end)


def test_the_table_is_large_enough() -> None:
    assert len(TABLE) >= 150


@pytest.mark.parametrize(
    "text",
    [
        "Il a été élu, mais Mars attend.",
        "Le chantier a duré dix jours et coûté 2024 euros.",
        "Elle a parlé pendant une heure de la semaine de quatre jours.",
        "Le second avait raison, le premier aussi.",
        "Il sera jugé à huis clos devant 1.500 personnes.",
        "Un après-midi ordinaire",
    ],
)
def test_what_is_no_time_expression(text: str) -> None:
    assert find(text, "fr") == []


def test_several_in_one_sentence_keep_their_words_and_spans() -> None:
    text = "Annoncé lundi, le plan sera voté d’ici la fin de l’année, puis appliqué dès janvier 2026."
    found = find(text, "fr")
    assert [e.text for e in found] == ["lundi", "d’ici la fin de l’année", "dès janvier 2026"]
    assert all(e.span.of(text) == e.text for e in found)


def test_a_period_points_into_the_article() -> None:
    text = "Le vote aura lieu mardi."
    period = find(text, "fr")[0].period(WEDNESDAY, "future", offset=100)
    assert period is not None
    assert (period.text, period.span) == ("mardi", Span(118, 123))


def test_the_eve_counts_from_the_day_spoken_of() -> None:
    eve, same, hour = find("La veille. Le même jour. Rendez-vous à 15 heures.", "fr")
    spoken_of = date(2024, 5, 10)
    assert eve.stretch(WEDNESDAY, "past", spoken_of) == eve.stretch(spoken_of, "past")
    on_the_day = same.stretch(WEDNESDAY, "past", spoken_of)
    assert on_the_day is not None
    assert on_the_day.start == on_the_day.end == spoken_of
    assert hour.stretch(WEDNESDAY, "past", spoken_of) == on_the_day


def test_what_completes_a_noun_is_known() -> None:
    assert find("le scrutin du 15 juin", "fr")[0].adnominal
    assert not find("il vote le 15 juin", "fr")[0].adnominal


def test_a_day_that_no_calendar_has_means_nothing() -> None:
    assert find("le 31 juin", "fr")[0].stretch(WEDNESDAY, "future") is None


@given(st.sampled_from(TABLE), DAYS, LEANS)
def test_the_first_day_is_never_after_the_last(row: Row, said: date, lean: Lean) -> None:
    for expression in find(row[0], "fr"):
        stretch = expression.stretch(said, lean)
        if stretch and stretch.start and stretch.end:
            assert stretch.start <= stretch.end


@given(st.lists(st.sampled_from(TABLE), min_size=1, max_size=4), DAYS, LEANS)
def test_resolution_is_stable(rows: list[Row], said: date, lean: Lean) -> None:
    text = " ; ".join(row[0] for row in rows)
    first, second = find(text, "fr"), find(text, "fr")
    assert [e.period(said, lean) for e in first] == [e.period(said, lean) for e in second]


@given(st.sampled_from(TABLE), DAYS, st.integers(0, 20_000), LEANS)
def test_a_later_day_never_moves_an_absolute_date(row: Row, said: date, days: int, lean: Lean) -> None:
    for expression in find(row[0], "fr"):
        if expression.absolute and not expression.changes:
            assert expression.stretch(said, lean) == expression.stretch(said + timedelta(days=days), lean)


@given(st.sampled_from(TABLE), DAYS)
def test_what_looks_ahead_is_not_over_and_what_looks_back_has_begun(row: Row, said: date) -> None:
    for expression in find(row[0], "fr"):
        if expression.changes or expression.other or expression.pattern.op not in ("date", "day", "weekday", "month"):
            continue
        if expression.absolute or expression.pattern.args:
            continue
        ahead, behind = expression.stretch(said, "future"), expression.stretch(said, "past")
        assert ahead is None or ahead.end is None or ahead.end >= said
        assert behind is None or behind.start is None or behind.start <= said


@given(st.text(alphabet=st.sampled_from("abdeilmnrsu '’0123456789-/.,éû\u00a0\n"), max_size=80))
def test_any_text_is_survived_and_spans_say_what_it_says(text: str) -> None:
    end = 0
    for expression in find(text, "fr"):
        assert expression.span.of(text) == expression.text
        assert expression.span.start >= end
        end = expression.span.end
        expression.stretch(WEDNESDAY, "near")
