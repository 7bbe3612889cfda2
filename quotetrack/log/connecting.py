"""Opening a log, and saying in one line what SQLite has against it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from quotetrack.errors import LogError

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")

# A writer waits this long for another one. One article takes milliseconds to store, so a longer wait means a program
# that holds the database on purpose.
BUSY_SECONDS = 10.0
_TRIES = 3


def connect(path: Path, *, readonly: bool = False) -> Database:
    """Open a log; make and migrate it unless `readonly`.

    Raises:
        LogError: names the file, what is wrong with it and what to do.
    """
    _check_place(path, readonly)
    new = not path.exists() or path.stat().st_size == 0
    with mapped(path):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={'ro' if readonly else 'rwc'}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("pragma foreign_keys = on")
        try:
            return _ready(connection, path, new, readonly)
        except BaseException:
            connection.close()
            raise


def _check_place(path: Path, readonly: bool) -> None:
    if path.is_dir():
        raise LogError(f"{path}: is a folder: give the path of a database file, such as {path / 'quotetrack.db'}")
    if path.exists():
        return
    if readonly:
        raise LogError(f"{path}: there is no database: ingest something first (quotetrack ingest article.txt)")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LogError(f"{path.parent}: cannot be made ({error.strerror}): choose another place with --db") from error


def _ready(connection: sqlite3.Connection, path: Path, new: bool, readonly: bool) -> Database:
    from sqlite_utils import Database

    from quotetrack.log.migrations import APPLICATION_ID, migrations

    marked = connection.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
    if not new and not marked:
        raise LogError(f"{path}: is not a quotetrack log: choose another file with --db; nothing was changed")
    db = Database(connection)
    unknown = {m.name for m in migrations.applied(db)} - {m.name for m in migrations._migrations}
    if unknown:
        raise LogError(f"{path}: was made by a newer quotetrack ({max(unknown)}): update quotetrack to open it")
    if readonly:
        if new or migrations.pending(db):
            raise LogError(f"{path}: was made by an older quotetrack: open it once for writing (quotetrack ingest)")
        return db
    if new or migrations.pending(db):
        connection.execute("pragma journal_mode = wal").fetchone()
        _migrate(connection, db)
    connection.execute("pragma synchronous = normal")
    return db


def _migrate(connection: sqlite3.Connection, db: Database) -> None:
    """Bring the schema up to date; of several processes that try at once, one does it and the others find it done."""
    from quotetrack.log.migrations import APPLICATION_ID, migrations

    for attempt in range(_TRIES):
        try:
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            migrations.apply(db)
            return
        except sqlite3.Error:
            if connection.in_transaction:
                connection.rollback()
            if not migrations.pending(db):
                return
            if attempt == _TRIES - 1:
                raise
            time.sleep(0.2 * (attempt + 1))


@contextmanager
def mapped(path: Path) -> Iterator[None]:
    """Turn what sqlite3 raises into a LogError of one line."""
    try:
        yield
    except sqlite3.Error as error:
        raise LogError(f"{path}: {_explained(error)}") from error


def retried(path: Path, action: Callable[[], T]) -> T:
    """Run a transaction, again where another process got in between.

    Raises:
        LogError: after the last try.
    """
    for attempt in range(_TRIES):
        try:
            return action()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == _TRIES - 1:
                raise LogError(f"{path}: {_explained(error)}") from error
        except sqlite3.Error as error:
            raise LogError(f"{path}: {_explained(error)}") from error
    raise AssertionError("unreachable")


def _explained(error: sqlite3.Error) -> str:
    text = str(error)
    known = {
        "locked": "is locked by another program: close it, or try again when it is done",
        "readonly": "is read-only: make it writable, or choose another file with --db",
        "read-only": "is read-only: make it writable, or choose another file with --db",
        "full": "the disk is full: free some space and try again; what was stored before is safe",
        "disk I/O": "the disk cannot be written (full or failing): free some space and try again",
        "not a database": "is not a quotetrack log: choose another file with --db; nothing was changed",
        "malformed": "is damaged: restore it from a copy, or save what can be read with sqlite3 .recover",
        "unable to open": "cannot be opened: check that its folder exists and may be written",
        "no such table": "is not a quotetrack log (tables are missing): choose another file with --db",
        "CHECK constraint": f"refuses a value ({text}): please report this",
    }
    return next((told for sign, told in known.items() if sign in text), f"SQLite says: {text}")
