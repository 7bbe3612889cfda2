"""The words of the pages, in the languages of strings.yml, and how those languages write dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from quotetrack.errors import LanguageError

DEFAULT = "fr"


@dataclass(frozen=True)
class Strings:
    """One language of the interface. `words["key"]` is the text; labels of kinds are mappings in it."""

    code: str
    words: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with its {placeholders} filled in."""
        text = self.words[key]
        assert isinstance(text, str), f"strings.yml: {self.code}.{key} is not a text"
        return text.format(**values) if values else text

    def label(self, family: str, value: str | None) -> str:
        """The name of a kind, a status ...; a value this file does not know is shown as it is."""
        return str(self.words[family].get(value, value or ""))

    def count(self, key: str, number: int, **values: object) -> str:
        """The text of `key`, or of `key`_one for exactly one."""
        return self(f"{key}_one" if number == 1 else key, count=self.number(number), **values)

    def number(self, number: int) -> str:
        """An integer with the separator of thousands of the language."""
        return f"{number:,}".replace(",", self("thousands"))

    def percent(self, share: float) -> str:
        return self("percent", value=round(share * 100))

    def date(self, iso: str | None, short: bool = False) -> str:
        """A day written out; what is not an ISO date comes back as it is."""
        try:
            day = date.fromisoformat(iso or "")
        except ValueError:
            return iso or ""
        number = self("first_day") if day.day == 1 else str(day.day)
        month, weekday = self.words["months"][day.month - 1], self.words["weekdays"][day.weekday()]
        return self("date_short" if short else "date", weekday=weekday, day=number, month=month, year=day.year)

    def period(self, start: str | None, end: str | None) -> str:
        """A due period in words; either bound may be open, both open is the empty string."""
        if start and end and start != end:
            return self("due_between", start=self.date(start, short=True), end=self.date(end, short=True))
        if start and end:
            return self("due_on", end=self.date(end, short=True))
        if end:
            return self("due_by", end=self.date(end, short=True))
        return self("due_from", start=self.date(start, short=True)) if start else ""


@cache
def languages() -> Mapping[str, Strings]:
    """The interface languages by code.

    Raises:
        LanguageError: a language of strings.yml lacks a key that another one has, or has one too many.
    """
    import yaml

    blocks = yaml.safe_load(files("quotetrack.site").joinpath("strings.yml").read_text("utf-8"))
    for code, words in blocks.items():
        odd = sorted(set(words) ^ set(blocks[DEFAULT]))
        if odd:
            raise LanguageError(
                f"strings.yml: {code} and {DEFAULT} differ in {', '.join(odd)}: give both the same keys"
            )
    return {code: Strings(code, words) for code, words in blocks.items()}


def choose(accept_language: str, offered: Sequence[str] | None = None) -> Strings:
    """The language for a reader.

    Args:
        accept_language: the HTTP header, e.g. "en-GB,en;q=0.8,fr;q=0.5".
        offered: codes the site offers, the first one for readers who ask for none of them; None offers all, French
            first. Codes without strings are passed over.
    """
    known = languages()
    codes = [code for code in offered or () if code in known] or [DEFAULT, *(c for c in known if c != DEFAULT)]
    wanted = sorted(_preferences(accept_language), key=lambda pair: -pair[1])
    return known[next((code for code, _ in wanted if code in codes), codes[0])]


def _preferences(header: str) -> list[tuple[str, float]]:
    """Primary language subtags and their weights; ranges of weight 0 are refusals and left out."""
    found = re.findall(r"([A-Za-z]{1,8})(?:-[\w-]+)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*(?:,|$)", header)
    pairs = [(code.lower(), float(weight or 1)) for code, weight in found]
    return [(code, weight) for code, weight in pairs if weight > 0]
