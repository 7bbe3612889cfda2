"""Strict reading of the YAML data of a language: every complaint names file and line.

YAML is read as nodes, not as values, for two reasons: a node knows its line, and a scalar keeps its spelling, so that
French "on" is a word and not YAML 1.1's true. Nothing is guessed: an unknown or repeated key, a repeated word, an empty
or ill-typed value raise LanguageError with what was allowed.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from quotetrack.errors import LanguageError

if TYPE_CHECKING:
    import sys

    if sys.version_info >= (3, 11):
        from importlib.resources.abc import Traversable
    else:
        from importlib.abc import Traversable

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Entry:
    """A node of a data file, with the means to read it strictly and to complain about it."""

    file: str
    node: Any  # yaml.Node: PyYAML comes without types

    @property
    def line(self) -> int:
        """The line of the file where the entry begins, from 1."""
        return int(self.node.start_mark.line) + 1

    def fail(self, problem: str, allowed: Collection[str] = ()) -> NoReturn:
        """Refuse the entry: "file:line: problem; allowed: a, b"."""
        hint = f"; allowed: {', '.join(sorted(allowed))}" if allowed else ""
        raise LanguageError(f"{self.file}:{self.line}: {problem}{hint}")

    def text(self) -> str:
        """A word or expression, without blanks around it."""
        if self.node.id != "scalar":
            self.fail(f"expected a word, found a {self.node.id}")
        value = str(self.node.value).strip()
        if not value:
            self.fail("expected a word, found nothing")
        return value

    def choice(self, allowed: Collection[str]) -> str:
        """One of the allowed words."""
        value = self.text()
        if value not in allowed:
            self.fail(f"{value!r} is not known here", allowed)
        return value

    def flag(self) -> bool:
        """true or false, so spelt."""
        return self.choice(("true", "false")) == "true"

    def number(self) -> int:
        """A whole number."""
        value = self.text()
        try:
            return int(value)
        except ValueError:
            self.fail(f"{value!r} is not a whole number")

    def items(self) -> list[Entry]:
        """The entries of a list that is not empty."""
        if self.node.id != "sequence":
            self.fail(f"expected a list, found a {self.node.id}")
        if not self.node.value:
            self.fail("the list is empty")
        return [Entry(self.file, node) for node in self.node.value]

    def texts(self) -> tuple[str, ...]:
        """A list of words, none of them twice."""
        table: Table[str] = Table()
        for item in self.items():
            table.add(item, item.text(), "")
        return tuple(table.rows)

    def choices(self, allowed: Collection[str]) -> frozenset[str]:
        """A list of some of the allowed words, none of them twice."""
        table: Table[str] = Table()
        for item in self.items():
            table.add(item, item.choice(allowed), "")
        return frozenset(table.rows)

    def pairs(self) -> Iterator[tuple[Entry, Entry]]:
        """Keys and values of a mapping whose keys are data, none of them twice."""
        if self.node.id != "mapping":
            self.fail(f"expected a mapping, found a {self.node.id}")
        table: Table[str] = Table()
        for key, value in self.node.value:
            entry = Entry(self.file, key)
            table.add(entry, entry.text(), "")
            yield entry, Entry(self.file, value)

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Entry]:
        """The values of a mapping by key: all the required keys, perhaps the optional ones, no others."""
        known = {*required, *optional}
        found: dict[str, Entry] = {}
        for key, value in self.pairs():
            found[key.choice(known)] = value
        missing = [name for name in required if name not in found]
        if missing:
            self.fail(f"{missing[0]!r} is missing", known)
        return found


@dataclass(slots=True)
class Table(Generic[V]):
    """Rows by key, across lists and groups, where a key that comes again is refused with the line of the first."""

    rows: dict[str, V] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, entry: Entry, key: str, row: V) -> None:
        """Add a row, or raise LanguageError where the key is there already."""
        if key in self.rows:
            entry.fail(f"{key!r} is already on line {self.lines[key]}")
        self.rows[key] = row
        self.lines[key] = entry.line

    def frozen(self) -> Mapping[str, V]:
        """A view of the rows that nobody can change."""
        return MappingProxyType(self.rows)


def read(file: Traversable) -> Entry:
    """The root of a YAML file. Raises LanguageError where the file is missing, empty or not YAML in UTF-8."""
    yaml = importlib.import_module("yaml")  # when first needed: `--help` does not wait for it
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=loader)
    except FileNotFoundError:
        raise LanguageError(f"{file}: the file is missing; every language needs it") from None
    except UnicodeDecodeError as error:
        raise LanguageError(f"{file}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LanguageError(f"{file}:{line}: not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise LanguageError(f"{file}: not valid YAML: {' '.join(str(error).split())}") from None
    if node is None:
        raise LanguageError(f"{file}: the file is empty")
    return Entry(str(file), node)
