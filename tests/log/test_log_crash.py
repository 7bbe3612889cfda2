"""All of an article or none of it: killed, crowded or out of disk."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from log_samples import TEXT, analysis

from quotetrack.errors import LogError
from quotetrack.log import Log, writing

KILLED = textwrap.dedent(
    """
    import sys
    sys.path.insert(0, sys.argv[2])
    from log_samples import TEXT, analysis
    from quotetrack.log import Log
    with Log(sys.argv[1]) as log:
        print("ready", flush=True)
        for n in range(100000):
            log.add(analysis(f"{TEXT} {n}", url=f"https://x.exemple/{n}"))
    """
)


@pytest.mark.parametrize("wait", [0.02, 0.11, 0.23])
def test_killed_at_any_instant_whole_articles_remain(tmp_path: Path, wait: float) -> None:
    path = tmp_path / "a.db"
    command = [sys.executable, "-c", KILLED, str(path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
    with Log(path) as log:
        counts = log.counts()
        assert log.db.execute("pragma integrity_check").fetchone() == ("ok",)
    assert counts["articles"] == counts["quotes"] == counts["claims"]


def test_four_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    code = KILLED.replace("range(100000)", "range(int(sys.argv[3]), int(sys.argv[3]) + 25)")
    command = [sys.executable, "-c", code, str(path), str(Path(__file__).parent)]
    running = [subprocess.Popen([*command, str(n * 1000)], stdout=subprocess.DEVNULL) for n in range(4)]
    assert [p.wait() for p in running] == [0, 0, 0, 0]
    with Log(path) as log:
        assert log.counts()["claims"] == 100
        assert log.counts()["speakers"] == 1


DYING = textwrap.dedent(
    """
    import os, signal, sys
    sys.path.insert(0, sys.argv[2])
    from log_samples import TEXT, analysis
    from quotetrack.log import Log
    log = Log(sys.argv[1])
    log.add(analysis())
    left = int(sys.argv[3])
    def die(statement):
        global left
        left -= statement.split()[0].lower() in ("begin", "insert", "commit")
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    log.db.conn.set_trace_callback(die)
    log.add(analysis(TEXT + " Suite.", url="https://x.exemple/2"))
    """
)


# A few statements of one article: the beginning, the article, its search index, quote, span, claim, the commit.
@pytest.mark.parametrize("statement", [0, 1, 2, 3, 5, 7, 8, 9])
def test_killed_at_a_statement_the_article_is_not_there(tmp_path: Path, statement: int) -> None:
    path = tmp_path / "a.db"
    command = [sys.executable, "-c", DYING, str(path), str(Path(__file__).parent), str(statement)]
    ended = subprocess.run(command, check=False)
    assert ended.returncode in (-signal.SIGKILL, 0)
    stored = 2 if ended.returncode == 0 else 1
    with Log(path) as log:
        assert log.counts() == {"articles": stored, "speakers": 1, "quotes": stored, "claims": stored}


def test_killed_while_the_file_was_made_it_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    half = sqlite3.connect(path)
    half.execute("pragma journal_mode = wal")
    half.close()
    assert path.stat().st_size
    with Log(path) as log:
        assert log.counts()["claims"] == 0


def test_a_file_without_room_for_more_pages(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        (pages,) = log.db.execute("pragma page_count").fetchone()
        log.db.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(LogError, match="the disk is full: free some space"):
            log.add(analysis(TEXT * 1000))
        assert log.counts() == {"articles": 0, "speakers": 0, "quotes": 0, "claims": 0}


def test_a_refused_claim_takes_the_whole_article_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Log(tmp_path / "a.db") as log:

        def fail(self: writing.Writer, *_: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        monkeypatch.setattr(writing.Writer, "_claim", fail)
        with pytest.raises(LogError, match="disk is full"):
            log.add(analysis())
        assert log.counts()["articles"] == 0


def test_a_full_disk(tmp_path: Path) -> None:
    """A file-size limit stands in for a full disk: SQLite sees the same failed write."""
    path = tmp_path / "a.db"
    Log(path).close()
    code = KILLED.replace(
        "import sys\n", "import sys, resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n", 1
    ).replace("    print", "    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n    print")
    command = [sys.executable, "-c", code, str(path), str(Path(__file__).parent)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "LogError" in ended.stderr
    assert "full" in ended.stderr
    with Log(path) as log:
        counts = log.counts()
    assert counts["articles"] == counts["claims"] > 0
