"""The log: analyses into SQLite, and claims out of it. The only place that imports sqlite_utils or writes SQL.

One article is one transaction; a crash leaves all of it or none. Offsets are code points of the article's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from quotetrack.errors import LogError, NotFoundError
from quotetrack.log.connecting import connect, mapped, retried
from quotetrack.log.reading import ARTICLES, ArticleRow, ClaimRow, ClaimView, columns_of, conditions
from quotetrack.log.writing import Ingested, Writer

if TYPE_CHECKING:
    from datetime import date

    from quotetrack.model import Analysis, Article

__all__ = ["ArticleRow", "ClaimRow", "ClaimView", "Ingested", "Log"]


class Log:
    """A log of claims in a SQLite file.

    Args:
        path: the database; it and its folder are made where they are missing, unless `readonly`.
        readonly: open for reading only; nothing is created or migrated.

    Raises:
        LogError: the file is not a log, is newer than this program, or cannot be opened or written.
    """

    def __init__(self, path: str | Path, *, readonly: bool = False) -> None:
        self.path = Path(path)
        self.db = connect(self.path, readonly=readonly)

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. The log cannot be used afterwards."""
        self.db.close()

    def add(self, analysis: Analysis) -> Ingested:
        """Store an article with its claims, in one transaction.

        An article that is there already and says the same changes nothing ("unchanged"). Where its text, title, outlet,
        author, language or day of publication changed, it becomes a new revision ("revised"); the old one stays, and
        views leave it out. An article is known by its address; without one by its very text, or by its file.

        Raises:
            LogError: the database is locked for too long, read-only, full or damaged; nothing is stored then.
        """
        with mapped(self.path):
            return retried(lambda: Writer(self.db).add(analysis))

    def has(self, article: Article) -> bool:
        """Whether `add` would find this article unchanged: then there is no need to parse it.

        Raises:
            LogError: the database cannot be read.
        """
        with mapped(self.path):
            return Writer(self.db).unchanged(article) is not None

    def claims(
        self,
        *,
        speaker: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        kind: str | None = None,
        search: str | None = None,
        limit: int | None = None,
    ) -> Iterator[ClaimRow]:
        """Claims of the latest revisions, the newest first.

        Args:
            speaker: part of a name of the speaker; case and accents do not matter.
            since, until: first and last day on which it was said, a date or "YYYY-MM-DD".
            kind: promise, prediction, fact or opinion.
            search: words, or "phrases", that all stand in the quote, its sentence or the speaker's role; case and
                accents do not matter, and the last word may be a beginning.
        """
        where, given = conditions(speaker=speaker, since=since, until=until, kind=kind, search=search)
        sql = f"select {columns_of(ClaimRow)} from claim_log{where} order by id desc"
        if limit is not None:
            sql, given = f"{sql} limit :limit", {**given, "limit": limit}
        with mapped(self.path):
            for row in self.db.query(sql, given):
                yield ClaimRow(**row)

    def claim(self, id: int) -> ClaimView:
        """One claim with the passage it stands in, also of an older revision.

        Raises:
            NotFoundError: no claim has this id.
        """
        with mapped(self.path):
            found = ClaimView.load(self.db, id)
        if found is None:
            raise NotFoundError(f"{self.path}: there is no claim {id}: quotetrack claims lists them")
        return found

    def articles(self) -> Iterator[ArticleRow]:
        """All revisions of all articles without their texts, in the order in which they came."""
        with mapped(self.path):
            for row in self.db.query(ARTICLES):
                yield ArticleRow(**row)

    def counts(self) -> dict[str, int]:
        """How many rows the main tables hold, older revisions included."""
        tables = ("articles", "speakers", "quotes", "claims")
        with mapped(self.path):
            return {name: self.db.execute(f"select count(*) from {name}").fetchone()[0] for name in tables}

    def checkpoint(self) -> None:
        """Bring what the write-ahead log holds into the file itself, as a copy or an immutable server needs it.

        Raises:
            LogError: another program is at work on it.
        """
        with mapped(self.path):
            (busy, _, _) = self.db.execute("pragma wal_checkpoint(truncate)").fetchone()
        if busy:
            raise LogError(f"{self.path}: is being read or written by another program: close it and try again")
