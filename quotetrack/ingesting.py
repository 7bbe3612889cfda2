"""A batch of sources into the log: read, walked and stored, one transaction an article, past every bad one."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from quotetrack import languages
from quotetrack.errors import QuotetrackError
from quotetrack.model import Analysis, Article
from quotetrack.reading import NOTHING, Outcome, Overrides, read_many
from quotetrack.walk import BATCH_CHARACTERS, analyse

if TYPE_CHECKING:
    from quotetrack.log import Log
    from quotetrack.parsing import Parser

log = logging.getLogger(__name__)

Status = Literal["ingested", "unchanged", "revised", "failed"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a source; `claims` counts those now in the log, `error` is why it failed."""

    source: str
    status: Status
    claims: int = 0
    error: str = ""


def ingest(
    sources: Iterable[str | Path], into: Log, parser: Parser | None = None, overrides: Overrides = NOTHING
) -> Iterator[Result]:
    """Read, walk and store each source, in batches; yields as each is stored.

    Interrupted at any point, what was yielded is stored and nothing else is.
    """
    for batch in _batches(read_many(sources, overrides, languages=languages.available())):
        new = [o.article for o in batch if o.article and not into.has(o.article)]
        walked = _walk(new, parser)
        for outcome in batch:
            if outcome.error:
                yield _failed(outcome.source, outcome.error)
            elif outcome.article in new:
                yield _store(outcome.source, next(walked), into)
            else:
                # Known already: nothing to parse.
                yield Result(outcome.source, "unchanged")


def _batches(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """Sources up to about `BATCH_CHARACTERS` together: what the parser likes to get at once."""
    batch: list[Outcome] = []
    size = 0
    for outcome in outcomes:
        batch.append(outcome)
        size += len(outcome.article.text) if outcome.article else 0
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _walk(articles: Sequence[Article], parser: Parser | None) -> Iterator[Analysis | Exception]:
    """Each article's analysis, or what went wrong with it alone."""
    try:
        yield from list(analyse(articles, parser))
    except Exception as error:
        if len(articles) == 1:
            log.debug("%s failed", articles[0].source, exc_info=True)
            yield error
        else:
            # One of them is bad; alone, it cannot take the others along.
            for article in articles:
                yield from _walk([article], parser)


def _store(source: str, walked: Analysis | Exception, into: Log) -> Result:
    if isinstance(walked, Exception):
        return _failed(source, walked)
    try:
        stored = into.add(walked)
    except QuotetrackError as error:
        return _failed(source, error)
    return Result(source, stored.status, len(walked.claims))


def _failed(source: str, error: Exception) -> Result:
    if isinstance(error, QuotetrackError):
        return Result(source, "failed", error=str(error).removeprefix(f"{source}: "))
    return Result(source, "failed", error=f"internal error, please report it ({type(error).__name__}: {error})")
