"""What the stages of a parser fill in, one after the other, before a `Sentence` is made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from quotetrack.model import Entity, Sentence, Span, Word

# As Stanza has it: C1 controls are white space too.
_SPACES = re.compile(r"[\s\u0080-\u009f]+")


class Token(NamedTuple):
    """A surface token: where it stands in the text, and whether it is to be expanded into several words."""

    start: int
    end: int
    multi_word: bool = False

    def form(self, text: str) -> str:
        """The token as models read it: white space inside is one space."""
        form = text[self.start : self.end]
        return form if form.isalnum() else _SPACES.sub(" ", form)


@dataclass(slots=True)
class Draft:
    """A sentence in the making. The lists have one item for each word; `spans` are those of its token.

    `heads` and `deprels` stay None until dependencies were asked for. `source` is for the engine that made the draft.
    """

    forms: list[str]
    spans: list[Span]
    upos: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    feats: list[Mapping[str, str]] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    heads: list[int] | None = None
    deprels: list[str] | None = None
    source: Any = None

    def sentence(self) -> Sentence:
        size = len(self.forms)
        heads, deprels = self.heads or [0] * size, self.deprels or [""] * size
        rows = zip(
            range(1, size + 1), self.forms, self.lemmas, self.upos, self.feats, heads, deprels, self.spans, strict=True
        )
        words = tuple(Word(*row) for row in rows)
        span = Span(self.spans[0].start, self.spans[-1].end)
        return Sentence(span, words, self.heads is not None, tuple(self.entities))


class Engine(Protocol):
    """Runs a set of models. Neither method keeps anything of an article."""

    def draft(self, texts: Sequence[str]) -> list[list[Draft]]:
        """The sentences of each text, with everything but dependencies."""

    def attach(self, drafts: Sequence[Draft]) -> None:
        """Fill in the dependencies of the drafts."""
