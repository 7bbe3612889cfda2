"""Reading: a file, a page, a stream -> Article.

`read` gives one article, `read_many` one outcome per source and never stops at a bad one. What is said of an article
comes, first found first taken, from the caller (`Overrides`), the front matter of a text file, the page itself. An
article without a date of publication gets today's, and the logger "quotetrack.reading" warns.

Raises ReadingError, DateError or LanguageError, each of one line that names the source.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quotetrack.errors import QuotetrackError, ReadingError
from quotetrack.model import Article, DateSource
from quotetrack.reading import frontmatter, language, page
from quotetrack.reading.dates import parse_day
from quotetrack.reading.decoding import clean, decode
from quotetrack.reading.sources import STDIN, expand, load

__all__ = ["Outcome", "Overrides", "expand", "parse_day", "read", "read_bytes", "read_many"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the caller knows better than the article. `published` is written as people do, see `parse_day`."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A source, and either the article it held or the error it met."""

    source: str
    article: Article | None = None
    error: QuotetrackError | None = None


NOTHING = Overrides()


def read(source: str | Path, overrides: Overrides = NOTHING, *, languages: Collection[str] | None = None) -> Article:
    """The article in a file, or in standard input for "-". `languages` are the accepted ones, None accepts all."""
    return read_bytes(load(str(source)), str(source), overrides, languages=languages)


def read_many(
    sources: Iterable[str | Path], overrides: Overrides = NOTHING, *, languages: Collection[str] | None = None
) -> Iterator[Outcome]:
    """Each source in turn, folders opened (see `expand`)."""
    for source in expand(sources):
        try:
            yield Outcome(source, article=read(source, overrides, languages=languages))
        except QuotetrackError as error:
            yield Outcome(source, error=error)


def read_bytes(
    data: bytes, source: str, overrides: Overrides = NOTHING, *, languages: Collection[str] | None = None
) -> Article:
    """The article in `data`; `source` is the name it goes by."""
    where = "standard input" if source == STDIN else source
    fields, text, origin = _split(data, where)
    published, published_from = _published(overrides, fields, origin, where)
    code = (overrides.language or fields.get("language") or language.detect(text, where)).casefold()
    return Article(
        text=text,
        title=overrides.title or fields.get("title"),
        outlet=overrides.outlet or fields.get("outlet"),
        author=overrides.author or fields.get("author"),
        language=language.check(code, languages, where),
        published=published,
        published_from=published_from,
        url=overrides.url or fields.get("url"),
        source=source,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        raw_sha256=hashlib.sha256(data).hexdigest(),
    )


def _split(data: bytes, where: str) -> tuple[dict[str, str], str, DateSource]:
    """The fields that the source gives, its text, and where the fields stood."""
    html = Path(where).suffix.lower() in {".html", ".htm"}
    raw = decode(data, where, html=html or data[:1000].lstrip().startswith(b"<"))
    if not raw.strip():
        raise ReadingError(f"{where}: is empty")
    if html or page.is_html(raw):
        fields, text = page.extract(raw, where)
        return fields, clean(text), "page"
    fields, text = frontmatter.split(raw, where)
    if not text.strip():
        raise ReadingError(f"{where}: has no text after the front matter")
    return fields, text, "front matter"


def _published(overrides: Overrides, fields: dict[str, str], origin: DateSource, where: str) -> tuple[date, DateSource]:
    told = overrides.published
    if told is not None:
        return (parse_day(told, "--published") if isinstance(told, str) else told), "option"
    if "published" in fields:
        return parse_day(fields["published"], f"{where}: {origin}"), origin
    today = date.today()
    log.warning("%s: no date of publication found, today (%s) stands in; give --published", where, today)
    return today, "today"
