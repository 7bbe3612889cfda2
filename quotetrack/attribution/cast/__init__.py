"""Who a mention is: the people, institutions and sources of an article, and which of them said what."""

from quotetrack.attribution.cast.entities import Cast, Entity
from quotetrack.attribution.cast.resolution import Resolution
from quotetrack.attribution.cast.resolve import resolve
from quotetrack.attribution.cast.scene import build
from quotetrack.attribution.draft import Draft
from quotetrack.languages.types import Language
from quotetrack.model import Article, Parse

__all__ = ["Cast", "Draft", "Entity", "Resolution", "build_cast", "resolve"]


def build_cast(article: Article, parse: Parse, language: Language) -> Cast:
    """The entities of an article, with the places where each is mentioned."""
    return build(article, parse, language).cast
