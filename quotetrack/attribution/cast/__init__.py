"""Who a mention is: the people, institutions and sources of an article, and which of them said what."""

from __future__ import annotations

from collections.abc import Sequence

from quotetrack.attribution.cast.resolution import Resolution
from quotetrack.attribution.draft import Draft
from quotetrack.languages.types import Language
from quotetrack.model import Article, Parse

__all__ = ["Draft", "Resolution", "resolve"]


def resolve(drafts: Sequence[Draft], article: Article, parse: Parse, language: Language) -> list[Resolution]:
    """Who spoke, for each draft in order."""
    return [Resolution(None, "none", 0.0, d.mention) for d in drafts]
