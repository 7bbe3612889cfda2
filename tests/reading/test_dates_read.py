"""Dates as people write them on the command line and in front matter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.errors import DateError
from quotetrack.reading.dates import parse_day


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-15",
        " 2023-05-15 ",
        "2023-05-15T23:30:00+02:00",
        "15/05/2023",
        "15.05.2023",
        "15 mai 2023",
        "May 15, 2023",
        "lundi 15 mai 2023",
        "le 15 mai 2023 à 8h30",
    ],
)
def test_the_fifteenth_of_may(text: str) -> None:
    assert parse_day(text) == date(2023, 5, 15)


@pytest.mark.parametrize(
    "text", ["", "hier", "mai 2023", "2023", "31/02/2023", "2023-13-01", "bientôt", "12:30", "15 mai"]
)
def test_not_a_date(text: str) -> None:
    with pytest.raises(DateError):
        parse_day(text)


@given(st.dates())
def test_every_iso_day(day: date) -> None:
    assert parse_day(day.isoformat()) == day
