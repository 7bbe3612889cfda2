"""A detected quote before its speaker is known: what detection hands to the cast."""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.model import QuoteKind, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A quote with the words next to it, and nobody behind them yet.

    `spans`, `cue` and `mention` count in `Article.text`. `floating` marks a quote that has neither cue nor mention of
    its own and takes the running speaker. `follows` is the index, among the drafts of the article, of the one whose
    speaker it continues (a participle of the same sentence, the same quote resumed), where detection knows it.
    """

    kind: QuoteKind
    spans: tuple[Span, ...]
    cue: Span | None
    mention: Span | None
    rule: str
    confidence: float
    floating: bool = False
    follows: int | None = None
