"""The walk of an article: parsed, attributed, dated. The one place that puts the stages in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from quotetrack import languages
from quotetrack.attribution import attribute, worth_parsing
from quotetrack.claims import claims_of
from quotetrack.model import Analysis, Article
from quotetrack.parsing import Parser

# Articles parsed in one batch: enough to fill the networks, few enough that memory stays flat and Ctrl-C loses little.
BATCH_CHARACTERS = 60_000


def analyse(articles: Iterable[Article], parser: Parser | None = None) -> Iterator[Analysis]:
    """Walk articles to their claims, in order, parsing them in batches.

    Raises:
        LanguageError: an article is in a language without data.
        ModelsError: the parser's models are missing.
    """
    parser = parser or Parser()
    for code, batch in _batches(articles):
        language = languages.load(code)
        parses = parser.parse(batch, wants=worth_parsing(language))
        for article, parse in zip(batch, parses, strict=True):
            quotes = attribute(article, parse, language)
            yield Analysis(article, parse, claims_of(article, parse, quotes, language))


def _batches(articles: Iterable[Article]) -> Iterator[tuple[str, list[Article]]]:
    """Neighbours of one language, up to `BATCH_CHARACTERS` together."""
    for code, group in groupby(articles, key=lambda a: a.language):
        batch: list[Article] = []
        size = 0
        for article in group:
            batch.append(article)
            size += len(article.text)
            if size >= BATCH_CHARACTERS:
                yield code, batch
                batch, size = [], 0
        if batch:
            yield code, batch
