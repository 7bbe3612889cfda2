"""What a user may give for a database: one clear line each, and nothing of his is touched."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from log_samples import SAID, TEXT, analysis

from quotetrack.errors import LogError
from quotetrack.log import Log, connecting


def refused(path: Path, message: str, **options: bool) -> None:
    with pytest.raises(LogError, match=message) as caught:
        Log(path, **options)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("create table t (x)")
    other.close()
    before = path.read_bytes()
    refused(path, "is not a quotetrack log")
    assert path.read_bytes() == before


def test_what_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Ceci n’est pas une base.\n" * 100)
    refused(path, "is not a quotetrack log")
    assert path.read_text().startswith("Ceci")


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder")


def test_reading_what_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "none.db", "ingest something first", readonly=True)
    assert not (tmp_path / "none.db").exists()


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    with Log(tmp_path / "new" / "deep" / "a.db") as log:
        assert log.counts()["claims"] == 0


def test_a_newer_schema(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Log(path) as log:
        columns = "(migration_set, name, applied_at)"
        log.db.execute(f"insert into _sqlite_migrations {columns} values ('quotetrack', 'm999_future', '2030')")
    refused(path, "newer quotetrack")


def test_readonly_refuses_to_write(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Log(path).close()
    with Log(path, readonly=True) as log, pytest.raises(LogError, match="read-only"):
        log.add(analysis())


def test_a_locked_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    path = tmp_path / "a.db"
    with Log(path) as log:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("begin immediate")
        with pytest.raises(LogError, match="is locked by another program"):
            log.add(analysis())
        holder.execute("rollback")
        holder.close()
        assert log.add(analysis()).status == "ingested"


def test_not_a_file(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    refused(path, "is not a file")


def test_an_empty_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    other = sqlite3.connect(path)
    other.execute("pragma application_id = 7")
    other.close()
    refused(path, "is not a quotetrack log")


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused(tmp_path / "file" / "deep" / "a.db", "its folder cannot be made")


def test_an_impossible_name(tmp_path: Path) -> None:
    refused(tmp_path / ("a" * 300), "cannot be opened|unable")
    with pytest.raises(LogError):
        Log("a\0b")


def test_an_empty_file_is_no_log_to_read(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    refused(path, "open it once for writing", readonly=True)
    assert path.stat().st_size == 0


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Log(path) as log:
        for n in range(40):
            log.add(analysis(f"{TEXT} {n}", url=f"https://x.exemple/{n}"))
        log.checkpoint()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(LogError, match="is damaged") as caught, Log(path) as log:
        list(log.claims())
    assert "\n" not in str(caught.value)


def test_a_table_that_went_missing(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        log.db.execute("drop table quote_spans")
        with pytest.raises(LogError, match="is not a whole quotetrack log"):
            log.add(analysis())


def test_a_closed_log(tmp_path: Path) -> None:
    log = Log(tmp_path / "a.db")
    log.close()
    with pytest.raises(LogError, match="is closed"):
        log.add(analysis())


def test_text_that_is_not_unicode(tmp_path: Path) -> None:
    given = analysis()
    broken = analysis(TEXT + " Suite.")
    object.__setattr__(broken.article, "text", given.article.text + " \ud83d")
    with Log(tmp_path / "a.db") as log:
        with pytest.raises(LogError, match="not Unicode"):
            log.add(broken)
        assert log.counts()["articles"] == 0


def test_a_refused_value_names_itself(tmp_path: Path) -> None:
    given = analysis()
    object.__setattr__(given.claims[0].quote, "confidence", 7.0)
    with Log(tmp_path / "a.db") as log, pytest.raises(LogError, match=r"refuses a value .*confidence"):
        log.add(given)


@pytest.mark.parametrize(
    "error", [e for e in vars(sqlite3).values() if isinstance(e, type) and issubclass(e, sqlite3.Error)]
)
def test_every_error_of_sqlite_becomes_ours(tmp_path: Path, error: type[sqlite3.Error]) -> None:
    with pytest.raises(LogError, match="SQLite says: two lines"), connecting.mapped(tmp_path):
        raise error("two\nlines")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_folder_that_takes_no_files(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Log(path) as log:
        log.add(analysis())
    tmp_path.chmod(0o555)
    path.chmod(0o444)
    try:
        with Log(path, readonly=True) as log:
            assert [log.claim(1).text[s:e] for s, e in log.claim(1).spans] == [SAID]
        refused(path, "read-only")
        refused(tmp_path / "new.db", "cannot be opened")
        tmp_path.chmod(0o755)
        refused(path, "read-only")
        path.chmod(0)
        refused(path, "cannot be opened", readonly=True)
    finally:
        tmp_path.chmod(0o755)


def test_importing_the_log_loads_neither_sqlite_utils_nor_models() -> None:
    heavy = ("sqlite_utils", "torch", "stanza", "datasette", "numpy")
    code = f"import sys, quotetrack.log; print([m for m in {heavy} if m in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
