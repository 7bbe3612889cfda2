"""From quotes to claims: when each was said, what kind of statement it is, and when it falls due."""

from __future__ import annotations

from collections.abc import Sequence

from quotetrack.claims.said_on import moments
from quotetrack.claims.times import find
from quotetrack.claims.tree import Tree
from quotetrack.languages import Language
from quotetrack.model import Article, Claim, Parse, Quote


def claims_of(article: Article, parse: Parse, quotes: Sequence[Quote], language: Language) -> list[Claim]:
    """One claim per quote, in the order given.

    Args:
        article: the snapshot that was parsed; its publication date is what "lundi" is read against.
        parse: sentences without dependencies are allowed; what hangs on what is then told by distance.
        quotes: of this article, in the order of the text.
        language: the data of the article's language.
    """
    tree = Tree(parse)
    expressions = find(article.text, language.code)
    said = moments(article, tree, quotes, expressions)
    return [
        Claim(quote, "opinion", moment.day, moment.text, moment.span)
        for quote, moment in zip(quotes, said, strict=True)
    ]
