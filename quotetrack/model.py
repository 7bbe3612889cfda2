"""The words of the trade, as frozen dataclasses.

Offsets are half-open ranges of Unicode code points into `Article.text`: `text[span.start:span.end]` is what a span
says, everywhere and always. Words inside a multi-word token (French *du* = de + le) carry the span of the token.
Labels follow Universal Dependencies v2 (upos, feats, deprel).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

QuoteKind = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["person", "organisation", "group", "unnamed"]
ClaimKind = Literal["promise", "prediction", "fact", "opinion"]
EntityKind = Literal["PER", "ORG", "LOC", "MISC"]
DateSource = Literal["page", "front matter", "option", "today"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range [start, end) of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """A snapshot of what was read; claims point into `text` for good.

    `sha256` is the hash of `text` encoded as UTF-8; `raw_sha256` that of the bytes that were read.
    `published` is the day against which "lundi" is read; `published_from` says where it was found.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str = "fr"
    published: date | None = None
    published_from: DateSource | None = None
    url: str | None = None
    source: str | None = None
    sha256: str = ""
    raw_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word. `id` and `head` count from 1 within the sentence; head 0 is the root (or not parsed)."""

    id: int
    text: str
    lemma: str
    upos: str
    feats: Mapping[str, str]
    head: int
    deprel: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity found by the tagger."""

    span: Span
    kind: EntityKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in order. `parsed` is False where dependencies were not asked for: heads are then 0 and deprels empty."""

    span: Span
    words: tuple[Word, ...]
    parsed: bool = True
    entities: tuple[Entity, ...] = ()

    def word(self, id: int) -> Word:
        """The word numbered `id` (from 1)."""
        return self.words[id - 1]

    def children(self, id: int) -> Iterator[Word]:
        """Dependents of the word `id`, in order."""
        return (w for w in self.words if w.head == id)


@dataclass(frozen=True, slots=True)
class Parse:
    """A parsed article: sentences in order, and the name of the models that made it."""

    sentences: tuple[Sentence, ...]
    models: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive bounds, either may be open, and the words that said so."""

    start: date | None
    end: date | None
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke, as this article names him: the fullest name, and what else it says of him."""

    name: str
    kind: SpeakerKind
    role: str | None = None
    affiliation: str | None = None
    gender: Literal["Masc", "Fem"] | None = None
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of attributed speech.

    `spans` hold what was said, without outer quotation marks, cue or speaker, in the order of the text.
    `mention` is the expression next to the cue that stands for the speaker.
    `rule` names the strategies that found the content, the mention and the speaker, as "content/mention/speaker".
    """

    kind: QuoteKind
    spans: tuple[Span, ...]
    cue: Span | None
    mention: Span | None
    speaker: Speaker | None
    rule: str
    confidence: float

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end

    def text(self, article_text: str) -> str:
        """The fragments, joined as the press joins them."""
        return " […] ".join(s.of(article_text) for s in self.spans)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a speaker put on record with a quote.

    `said_on` is the day it was said; `said_on_text` the words that gave it, None where the publication date stands in.
    """

    quote: Quote
    kind: ClaimKind
    said_on: date | None
    said_on_text: str | None = None
    said_on_span: Span | None = None
    due: Period | None = None
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Analysis:
    """An article walked to its end."""

    article: Article
    parse: Parse = field(repr=False)
    claims: Sequence[Claim]
