"""Each error is one clear line on standard error and an exit code, on real files."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quotetrack.cli import main

ROOT = Path(__file__).parents[2]
QUOTETRACK = [sys.executable, "-c", "import sys; from quotetrack.cli import main; sys.exit(main())"]


def shell(*arguments: str | Path, cwd: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [*QUOTETRACK, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=120, check=False, **more)


def says(ran: Any, code: int, *words: str) -> None:
    assert ran.code == code
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1, ran.err
    for word in words:
        assert word in ran.err


@pytest.mark.parametrize("command", ["claims", "show", "serve"])
def test_no_database_yet(run: Any, command: str) -> None:
    says(run(command, *(["1"] if command == "show" else [])), 1, "db/quotetrack.db", "no database", "ingest")
    assert not Path("db").exists()


@pytest.mark.parametrize("command", ["claims", "ingest", "serve"])
def test_a_database_that_is_not_ours(run: Any, article: Path, command: str) -> None:
    with sqlite3.connect("other.db") as other:
        other.execute("create table music (id integer)")
    other.close()
    before = Path("other.db").read_bytes()
    says(run(command, *([article] if command == "ingest" else []), "--db", "other.db"), 1, "other.db", "not")
    assert Path("other.db").read_bytes() == before


@pytest.mark.parametrize("command", ["claims", "ingest", "serve"])
def test_a_file_that_is_no_database(run: Any, article: Path, command: str) -> None:
    says(run(command, *([article] if command == "ingest" else []), "--db", article), 1, "ecole.txt")


def test_a_locked_database(run: Any, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("ingest", article)
    article.write_text(article.read_text("utf-8") + "Fin.\n", "utf-8")
    monkeypatch.setattr("quotetrack.log.connecting.BUSY_SECONDS", 0.05)
    holder = sqlite3.connect("db/quotetrack.db", isolation_level=None)
    holder.execute("begin immediate")
    try:
        ran = run("ingest", article)
    finally:
        holder.close()
    assert ran.code == 1
    assert "locked" in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder(run: Any, article: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ro"
    folder.mkdir(mode=0o500)
    says(run("ingest", article, "--db", folder / "q.db"), 1, "q.db")


def test_a_disk_that_is_full(article: Path, tmp_path: Path) -> None:
    shell("ingest", article, cwd=tmp_path)
    database = tmp_path / "db" / "quotetrack.db"
    size = database.stat().st_size
    article.write_text(article.read_text("utf-8") + "Fin. " * 200_000, "utf-8")

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, size + 4096))

    ran = shell("ingest", article, cwd=tmp_path, preexec_fn=little_room)
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert ran.stdout.startswith("0 ingested, 0 unchanged, 0 revised, 1 failed")
    with sqlite3.connect(database) as log:
        assert log.execute("select count(*) from articles").fetchone() == (1,)
        assert log.execute("pragma integrity_check").fetchone() == ("ok",)
    log.close()


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_extract_of_what_cannot_be_read(run: Any, options: list[str]) -> None:
    says(run("extract", "missing.txt", *options), 1, "quotetrack: missing.txt: no such file")


def test_wrong_models(run: Any, article: Path) -> None:
    says(run("extract", article, "--models", "nowhere"), 1, "nowhere", "--models")


def test_wrong_dates_and_languages(run: Any, article: Path) -> None:
    says(run("claims", "--since", "hier"), 1, "--since: 'hier' is not a date")
    says(run("extract", article, "--published", "hier"), 1, "--published: 'hier' is not a date")
    says(run("extract", article, "--language", "xx"), 1, "'xx' is not supported", "fr")


@pytest.mark.parametrize("arguments", [["nonsense"], ["show"], ["show", "x"], ["claims", "--kind", "wish"], ["ingest"]])
def test_wrong_usage(run: Any, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err


def test_a_bug_is_one_line_and_debug_shows_it(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("quotetrack.reading.sources.load", broken)
    monkeypatch.setattr("quotetrack.reading.load", broken)
    says(run("extract", "x.txt"), 1, "internal error (RuntimeError: two lines)", "--debug")
    with pytest.raises(RuntimeError):
        main(["--debug", "extract", "x.txt"])


def test_a_reader_that_goes_away(tmp_path: Path, article: Path) -> None:
    shell("ingest", article, cwd=tmp_path)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*QUOTETRACK, "claims", "--json"], cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


HEAVY = "print([m for m in ('torch', 'stanza', 'trafilatura', 'datasette') if m in sys.modules], file=sys.stderr)"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["claims"], ["show", "1"], ["models", "list"]])
def test_light_commands_import_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    code = f"import sys; from quotetrack.cli import main; main({arguments!r}); {HEAVY}"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert ran.stderr.splitlines()[-1] == "[]"
