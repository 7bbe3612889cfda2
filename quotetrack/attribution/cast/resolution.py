"""What resolution answers for a quote: who spoke, by which rule, how surely."""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.model import Span, Speaker


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speaker of a draft, or None where the article cannot tell.

    `rule` names the sieve that answered. `confidence` is the share of such answers that are right (0 to 1).
    `mention` is the expression that settled it: the draft's own, or the one found for a floating quote.
    """

    speaker: Speaker | None
    rule: str
    confidence: float
    mention: Span | None
