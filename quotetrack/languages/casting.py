"""What a language knows of who stands behind an expression, from `languages/<code>/cast.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import get_args

from quotetrack.languages import schema
from quotetrack.languages.schema import Entry, Table
from quotetrack.languages.types import RoleClass, words_of

LISTS = (
    "documents", "laws", "relations", "anyone", "same", "other", "former", "nearest", "relatives", "impersonal",
    "definite", "demonstratives", "indefinite", "genitives", "joins", "links", "agents", "press", "members", "ranks",
    "exalted", "shared", "calendar", "together", "first", "second", "endings", "collectives",
)  # fmt: skip
TABLES = ("hypernyms", "offices", "takes_up", "contractions", "possession", "alone")
POSSESSION = ("Masc", "Fem", "Plur", "elided", "of", "of_elided")


@dataclass(frozen=True, slots=True)
class Hypernym:
    """What a general noun for a person may stand for: other nouns, or any role of these classes."""

    nouns: frozenset[str]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Casting:
    """Lemmas and expressions in lower case, by what they tell of a speaker.

    `documents` speak for their author, `laws` for themselves, `relations` need the person they stand near to be known,
    `anyone` fits every person. `offices` gives each name of an office the number of that office. `takes_up` says which
    sort of organisation a noun takes up (le quotidien: press). `genitives` hang a complement on a noun, `joins` also
    those that do so in an apposition only.
    """

    documents: frozenset[str]
    laws: frozenset[str]
    relations: frozenset[str]
    anyone: frozenset[str]
    same: frozenset[str]
    other: frozenset[str]
    former: frozenset[str]
    nearest: frozenset[str]
    relatives: frozenset[str]
    impersonal: frozenset[str]
    definite: frozenset[str]
    demonstratives: frozenset[str]
    indefinite: frozenset[str]
    genitives: frozenset[str]
    joins: frozenset[str]
    links: frozenset[str]
    agents: frozenset[str]
    press: frozenset[str]
    members: frozenset[str]
    ranks: frozenset[str]
    exalted: frozenset[str]
    shared: frozenset[str]
    calendar: frozenset[str]
    together: frozenset[str]
    first: frozenset[str]
    second: frozenset[str]
    endings: frozenset[str]
    collectives: frozenset[str]
    hypernyms: Mapping[str, Hypernym]
    offices: Mapping[tuple[str, ...], int]
    takes_up: Mapping[str, str]
    contractions: Mapping[str, str]
    possession: Mapping[str, str]
    alone: Mapping[str, int]


@cache
def casting(code: str) -> Casting:
    """The words of a language. Raises LanguageError where its file does not validate."""
    file = resources.files("quotetrack.languages") / code / "cast.yml"
    fields = schema.read(file).fields([*LISTS, *TABLES])
    words = {name: frozenset(fields[name].texts()) for name in LISTS}
    return Casting(
        **words,
        hypernyms=_hypernyms(fields["hypernyms"]),
        offices=_offices(fields["offices"]),
        takes_up=_takes_up(fields["takes_up"]),
        contractions=MappingProxyType({key.text(): value.text() for key, value in fields["contractions"].pairs()}),
        alone=_alone(fields["alone"], _offices(fields["offices"])),
        possession=MappingProxyType({k: v.text() for k, v in fields["possession"].fields(POSSESSION).items()}),
    )


def _hypernyms(root: Entry) -> Mapping[str, Hypernym]:
    table: Table[Hypernym] = Table()
    for group in root.items():
        keys = group.fields(["nouns"], ["stand_for", "classes"])
        nouns = frozenset(keys["stand_for"].texts()) if "stand_for" in keys else frozenset()
        classes = keys["classes"].choices(get_args(RoleClass)) if "classes" in keys else frozenset()
        for noun in keys["nouns"].items():
            table.add(noun, noun.text().lower(), Hypernym(nouns, classes))
    return table.frozen()


def _offices(root: Entry) -> Mapping[tuple[str, ...], int]:
    table: Table[int] = Table()
    for number, group in enumerate(root.items()):
        for name in group.items():
            table.add(name, name.text().lower(), number)
    return MappingProxyType({words_of(name): number for name, number in table.rows.items()})


def _alone(root: Entry, offices: Mapping[tuple[str, ...], int]) -> Mapping[str, int]:
    rows: dict[str, int] = {}
    for key, value in root.pairs():
        name = words_of(value.text().lower())
        if name not in offices:
            value.fail(f"{value.text()!r} is not among the offices")
        rows[key.text()] = offices[name]
    return MappingProxyType(rows)


def _takes_up(root: Entry) -> Mapping[str, str]:
    table: Table[str] = Table()
    for group in root.items():
        keys = group.fields(["nouns", "sort"])
        for noun in keys["nouns"].items():
            table.add(noun, noun.text().lower(), keys["sort"].text())
    return table.frozen()
