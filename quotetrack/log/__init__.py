"""The log: analyses into SQLite, and claims out of it. The only place that imports sqlite_utils or writes SQL.

One article is one transaction; a crash leaves all of it or none. Offsets are code points of the article's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from quotetrack.errors import NotFoundError
from quotetrack.log.connecting import connect, mapped, retried
from quotetrack.log.reading import CLAIM_COLUMNS, ClaimRow, ClaimView, conditions
from quotetrack.log.writing import Ingested, Writer

if TYPE_CHECKING:
    from quotetrack.model import Analysis, Article

__all__ = ["ClaimRow", "ClaimView", "Ingested", "Log"]


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

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. The log cannot be used afterwards."""
        self.db.close()

    def add(self, analysis: Analysis) -> Ingested:
        """Store an article with its claims, in one transaction.

        An article that is there already changes nothing ("unchanged"). A changed text of the same address (or, without
        one, of the same file) becomes a new revision ("revised"); the old one stays, and views leave it out.

        Raises:
            LogError: the database is locked for too long, read-only, full or damaged; nothing is stored then.
        """
        return retried(self.path, lambda: Writer(self.db).add(analysis))

    def has(self, article: Article) -> bool:
        """Whether this very text, from this address or file, is in the log: then there is nothing to parse."""
        with mapped(self.path):
            return Writer(self.db).same(article) is not None

    def claims(
        self,
        *,
        speaker: str | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: str | None = None,
        search: str | None = None,
        limit: int | None = None,
    ) -> Iterator[ClaimRow]:
        """Claims of the latest revisions, the newest first.

        Args:
            speaker: part of a name of the speaker; case and accents do not matter.
            since, until: first and last day on which it was said, "YYYY-MM-DD".
            kind: promise, prediction, fact or opinion.
            search: words that all stand in the quote, its sentence or the speaker's role; the last may be a beginning.
        """
        where, given = conditions(speaker=speaker, since=since, until=until, kind=kind, search=search)
        sql = f"select {', '.join(CLAIM_COLUMNS)} from claim_log{where} order by id desc"
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

    def articles(self) -> Iterator[dict[str, Any]]:
        """All revisions of all articles without their texts, in the order in which they came."""
        columns = "id, title, outlet, author, language, published, published_from, url, source, sha256, models, revision"
        with mapped(self.path):
            yield from self.db.query(f"select {columns}, ingested_at, supersedes from articles order by id")

    def counts(self) -> dict[str, int]:
        """How many rows the main tables hold."""
        tables = ("articles", "speakers", "quotes", "claims")
        with mapped(self.path):
            return {name: self.db.execute(f"select count(*) from {name}").fetchone()[0] for name in tables}

    def checkpoint(self) -> None:
        """Bring what the write-ahead log holds into the file itself, as a copy or an immutable server needs it."""
        with mapped(self.path):
            self.db.execute("pragma wal_checkpoint(truncate)").fetchall()
