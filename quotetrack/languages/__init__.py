"""What is special to a language, as data: `load("fr")` gives a frozen `Language` (see `types.py`).

A language is a folder beside this file; `docs/add-a-language.md` says what goes into it. Other stages keep data of
their own in the same folder and read it with `data_file`, in the same strict way.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from quotetrack.errors import LanguageError
from quotetrack.languages.loading import read_language
from quotetrack.languages.schema import Entry, read
from quotetrack.languages.types import (
    CueNoun,
    CuePreposition,
    Demonyms,
    Gender,
    Language,
    Marks,
    Medium,
    Place,
    Pronoun,
    RoleNoun,
    Title,
    Verb,
    words_of,
)

__all__ = [
    "CueNoun",
    "CuePreposition",
    "Demonyms",
    "Gender",
    "Language",
    "Marks",
    "Medium",
    "Place",
    "Pronoun",
    "RoleNoun",
    "Title",
    "Verb",
    "available",
    "data_file",
    "load",
    "words_of",
]


def available() -> list[str]:
    """Codes of the languages that have data, sorted."""
    return sorted(f.name for f in files(__name__).iterdir() if f.is_dir() and (f / "language.yml").is_file())


@cache
def load(code: str) -> Language:
    """The language of that code, read once per process. LanguageError where there is none or its data are faulty."""
    _check(code)
    return read_language(files(__name__) / code, code)


def data_file(code: str, name: str) -> Entry:
    """The root entry of one data file of a language, such as "time.yml", to be read with the methods of `Entry`."""
    _check(code)
    return read(files(__name__) / code / name)


def _check(code: str) -> None:
    if code not in available():
        raise LanguageError(f"language {code!r} has no data; available: {', '.join(available())}")
