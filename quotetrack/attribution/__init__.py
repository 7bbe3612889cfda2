"""From a parse to quotes with their speakers: detection finds what was said and the mention, the cast says who
that is.
"""

from __future__ import annotations

from quotetrack.attribution.cast import resolve
from quotetrack.attribution.detect import detect
from quotetrack.attribution.document import Document
from quotetrack.attribution.selection import worth_parsing
from quotetrack.languages.types import Language
from quotetrack.model import Article, Parse, Quote

__all__ = ["attribute", "worth_parsing"]


def attribute(article: Article, parse: Parse, language: Language) -> list[Quote]:
    """The quotes of an article in the order of the text.

    Args:
        article: the snapshot that was parsed; all spans are offsets into its text.
        parse: sentences without dependencies are allowed; quotes are then found by what stands on the surface.
        language: the data of the article's language.

    Returns:
        Quotes; one whose speaker cannot be known has `speaker` None. `rule` is "content/speaker".
    """
    drafts = detect(Document(article, parse, language))
    quotes = []
    for draft, resolution in zip(drafts, resolve(drafts, article, parse, language), strict=True):
        quotes.append(
            Quote(
                draft.kind,
                draft.spans,
                draft.cue,
                resolution.mention or draft.mention,
                resolution.speaker,
                f"{draft.rule}/{resolution.rule}",
                round(draft.confidence * resolution.confidence, 3),
            )
        )
    return quotes
