"""A mention as the sieves read it, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.attribution.cast.entities import Entity
from quotetrack.attribution.cast.phrases import Phrase, phrase_at
from quotetrack.attribution.cast.scene import Scene
from quotetrack.model import Span


@dataclass(frozen=True, slots=True)
class Answer:
    """An entity, or None for "nobody can tell", and the rule that said so."""

    entity: Entity | None
    rule: str


@dataclass(frozen=True, slots=True)
class Mention:
    """The words [first, last] of a mention. `number` is that of its draft; `low` is the expression in lower case."""

    first: int
    last: int
    low: str
    phrase: Phrase
    number: int

    @property
    def head(self) -> int:
        return self.phrase.head

    @property
    def range(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def known(self) -> bool:
        """Whether the phrase says that the reader knows whom it means."""
        return self.phrase.opening in ("definite", "demonstrative", "bare")


def read(scene: Scene, span: Span, number: int) -> Mention | None:
    """The mention of a span, or None where no word lies in it."""
    words = scene.reach(span)
    if not words:
        return None
    low = " ".join(span.of(scene.words.text).lower().replace("’", "'").split())
    return Mention(words[0], words[-1], low, phrase_at(scene.words, words[0], words[-1], scene.lexicon), number)
