"""Words that tell kinds of statements apart, and the weights that were learnt for what they show.

`languages/<code>/statements.yml` is written by hand; `statement_weights.yml` beside it is made by
`training/statement_weights.py` and holds numbers only, like `word_leanings.tsv`: how words lean to opinion or
to fact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from quotetrack.languages import data_file
from quotetrack.languages.schema import Entry, Table


@dataclass(frozen=True, slots=True)
class StatementWords:
    """Lemmas by what they tell of a statement; the comments of the data file say more."""

    future_endings: frozenset[str]
    conditional_endings: frozenset[str]
    future_stems: Mapping[str, str]
    going_to: frozenset[str]
    intention: frozenset[str]
    outlook: frozenset[str]
    obligation: frozenset[str]
    possibility: frozenset[str]
    thinking: frozenset[str]
    act: frozenset[str]
    judging_adjectives: frozenset[str]
    judging_nouns: frozenset[str]
    judging_verbs: frozenset[str]
    judging_adverbs: frozenset[str]
    happening: frozenset[str]
    record: frozenset[str]
    acting_roles: frozenset[str]
    watching_roles: frozenset[str]
    telling: frozenset[str]

    def ahead(self, form: str, lemma: str) -> str | None:
        """ "future" or "conditional" where the form of a verb is its future stem and such an ending, else None."""
        for name, endings in (("conditional", self.conditional_endings), ("future", self.future_endings)):
            for ending in endings:
                if form.endswith(ending) and _plain(form) == _plain(self._future_stem(lemma) + ending):
                    return name
        return None

    def _future_stem(self, lemma: str) -> str:
        changing = [ending for ending in self.future_stems if lemma.endswith(ending)]
        if not changing:
            return lemma
        ending = max(changing, key=len)
        return lemma.removesuffix(ending) + self.future_stems[ending]


@lru_cache(maxsize=8192)
def _plain(form: str) -> str:
    """Without accents and doubled letters: "appellera" and "mènera" are built like "donnera"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))
    return re.sub(r"(.)\1", r"\1", bare)


@cache
def load_statements(code: str) -> StatementWords:
    """The words of the language `code`. Raises LanguageError with file and line where the data do not validate."""
    names = [field.name for field in fields(StatementWords)]
    found = data_file(code, "statements.yml").fields(names)
    stems = {key.text(): value.text() for key, value in found.pop("future_stems").pairs()}
    words = {name: frozenset(entry.texts()) for name, entry in found.items()}
    return StatementWords(future_stems=MappingProxyType(stems), **words)


@cache
def load_weights(code: str) -> Mapping[str, Mapping[str, float]]:
    """Weight of each feature for each kind of claim: {"future verb": {"promise": 0.9, ...}}."""
    table: Table[Mapping[str, float]] = Table()
    for key, row in data_file(code, "statement_weights.yml").pairs():
        table.add(key, key.text(), MappingProxyType({kind.text(): _number(value) for kind, value in row.pairs()}))
    return table.frozen()


@cache
def load_leanings(code: str) -> Mapping[str, float]:
    """How far each common word leans to opinion (above 0) or to fact (below); empty where a language has no file."""
    file = files("quotetrack.languages") / code / "word_leanings.tsv"
    if not file.is_file():
        return MappingProxyType({})
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines())
    return MappingProxyType({word: float(value) for word, value in rows})


def leaning(words: Sequence[str], leanings: Mapping[str, float]) -> float:
    """The mean leaning of the words that have one; 0.0 where none has."""
    known = [leanings[word] for word in words if word in leanings]
    return sum(known) / len(known) if known else 0.0


def _number(entry: Entry) -> float:
    try:
        return float(entry.text())
    except ValueError:
        entry.fail(f"{entry.text()!r} is not a number")
