"""Opening a log, and saying in one line what SQLite has against it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from quotetrack.errors import LogError

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")

# A writer waits this long for another one, and tries this often. One article takes milliseconds to store, so a longer
# wait means a program that holds the database on purpose.
BUSY_SECONDS = 10.0
TRIES = 3

# What SQLite says, and what that means to whoever gave the path. The first sign found in the message counts.
_MEANINGS = {
    "locked": "is locked by another program: close it, or try again when it is done",
    "readonly": "is read-only: make it writable, or choose another file with --db",
    "is full": "the disk is full: free some space and try again; what was stored before is safe",
    "disk I/O": "the disk cannot be read or written (full or failing): look after it and try again",
    "not a database": "is not a quotetrack log: choose another file with --db; nothing was changed",
    "malformed": "is damaged: restore it from a copy, or save what can be read with: sqlite3 FILE .recover",
    "unable to open": "cannot be opened: check that it may be read, and that its folder may be written",
    "no such ": "is not a whole quotetrack log ({error}): restore it from a copy, or choose another file with --db",
    "constraint": "refuses a value ({error}): nothing of the article was stored; please report this",
    "surrogates": "cannot hold text that is not Unicode ({error}): nothing of the article was stored",
    "closed database": "is closed already: open the log again",
}


def connect(path: Path, *, readonly: bool = False) -> Database:
    """Open a log; make and migrate it unless `readonly`.

    Raises:
        LogError: names the file, what is wrong with it and what to do.
    """
    with mapped(path):
        _check_place(path, readonly)
        connection = _open(path, readonly)
        try:
            return _ready(connection, path, readonly)
        except BaseException:
            connection.close()
            raise


def _check_place(path: Path, readonly: bool) -> None:
    if path.is_file():
        # SQLite would open it for reading instead, and refuse only once the first article has been parsed.
        if not readonly and not os.access(path, os.W_OK):
            raise LogError(f"{path}: {_MEANINGS['readonly']}")
        return
    if path.is_dir():
        raise LogError(f"{path}: is a folder: give the path of a database file, such as {path / 'quotetrack.db'}")
    # Asked again: another process may have made the file since the first line.
    if path.exists() and not path.is_file():
        raise LogError(f"{path}: is not a file: give the path of a database file")
    if readonly:
        raise LogError(f"{path}: there is no database: ingest something first (quotetrack ingest article.txt)")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = f"its folder cannot be made ({error.strerror})"
        raise LogError(f"{path}: {reason}: choose another place with --db") from error


def _open(path: Path, readonly: bool) -> sqlite3.Connection:
    if not readonly:
        return _connection(path, "mode=rwc")
    try:
        return _connection(path, "mode=ro")
    except sqlite3.OperationalError:
        # A write-ahead log wants files beside it even for reading. Where the folder takes none (a read-only medium)
        # and nothing waits in such a file, the database is whole without.
        wal = path.with_name(f"{path.name}-wal")
        if wal.exists() and wal.stat().st_size:
            raise
        return _connection(path, "mode=ro&immutable=1")


def _connection(path: Path, mode: str) -> sqlite3.Connection:
    """A connection that has read the file once, so that what is wrong with it comes out here."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("pragma foreign_keys = on")
        connection.execute("select count(*) from sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _ready(connection: sqlite3.Connection, path: Path, readonly: bool) -> Database:
    from sqlite_utils import Database

    from quotetrack.log import migrations as steps

    _check_ours(connection, path, steps.APPLICATION_ID)
    db = Database(connection, execute_plugins=False)
    # The functions of the module, not the set's own list: that one is private to sqlite-utils.
    unknown = [m.name for m in steps.migrations.applied(db) if not hasattr(steps, m.name)]
    if unknown:
        raise LogError(f"{path}: was made by a newer quotetrack ({max(unknown)}): update quotetrack to open it")
    if readonly:
        if steps.migrations.pending(db):
            raise LogError(f"{path}: was made by an older quotetrack: open it once for writing (quotetrack ingest)")
        return db
    retried(lambda: _write_ahead(connection))
    connection.execute("pragma synchronous = normal")
    if steps.migrations.pending(db):
        retried(lambda: _migrate(db))
    return db


def _check_ours(connection: sqlite3.Connection, path: Path, application_id: int) -> None:
    """Ours is what bears our mark, and what is still empty and bears no mark at all."""
    (mark,) = connection.execute("pragma application_id").fetchone()
    (tables,) = connection.execute("select count(*) from sqlite_master").fetchone()
    if mark != application_id and (mark or tables):
        raise LogError(f"{path}: is not a quotetrack log: choose another file with --db; nothing was changed")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers and a writer do not wait for each other. The file remembers it; a copy may have forgotten."""
    if connection.execute("pragma journal_mode").fetchone()[0] != "wal":
        connection.execute("pragma journal_mode = wal").fetchone()


def _migrate(db: Database) -> None:
    """Bring the schema up to date in one transaction; of several processes one does it, the others find it done."""
    from quotetrack.log.migrations import APPLICATION_ID, migrations

    with writing(db):
        db.execute(f"pragma application_id = {APPLICATION_ID}")
        migrations.apply(db)


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """A transaction that takes the write lock at once: all of it is stored, or nothing."""
    db.conn.execute("begin immediate")
    try:
        yield
        db.conn.execute("commit")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("rollback")
        raise


@contextmanager
def mapped(path: Path) -> Iterator[None]:
    """Turn what sqlite3 and the file system raise into a LogError of one line."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, OverflowError) as error:
        raise LogError(f"{path}: {_explained(error)}") from error


def retried(transaction: Callable[[], T]) -> T:
    """Run a transaction, again where another process held the database all the time."""
    for _ in range(TRIES - 1):
        try:
            return transaction()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
    return transaction()


def _explained(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"cannot be opened ({error.strerror}): choose another file with --db"
    told = " ".join(str(error).split())
    meaning = next((meaning for sign, meaning in _MEANINGS.items() if sign in told), "SQLite says: {error}")
    return meaning.replace("{error}", told)
