"""Ingest: a batch goes on past what fails, says what happened, and stores nothing by halves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import quotetrack.ingesting as ingesting
from quotetrack.log import Log


def db_counts(path: Path) -> dict[str, int]:
    with Log(path, readonly=True) as log:
        return log.counts()


def test_one_article_and_the_same_again(run: Any, article: Path) -> None:
    first = run("ingest", article)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("1 ingested, 0 unchanged, 0 revised, 0 failed; ")
    before = db_counts(Path("db/quotetrack.db"))
    assert before["articles"] == 1
    assert before["claims"] >= 3
    again = run("ingest", article)
    assert (again.code, again.out) == (0, "0 ingested, 1 unchanged, 0 revised, 0 failed; 0 claims stored\n")
    assert db_counts(Path("db/quotetrack.db")) == before


def test_a_changed_text_is_a_revision(run: Any, article: Path) -> None:
    run("ingest", article)
    article.write_text(article.read_text("utf-8").replace("une nouvelle école", "deux nouvelles écoles"), "utf-8")
    assert run("ingest", article).out.startswith("0 ingested, 0 unchanged, 1 revised, 0 failed; ")


def test_an_unchanged_article_is_not_parsed(run: Any, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("ingest", article)

    def parse(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("quotetrack.parsing.Parser.parse", parse)
    assert "1 unchanged" in run("ingest", article).out


def test_a_batch_goes_on_past_bad_files(run: Any, article: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "c.txt").write_text("The minister said on Monday that the bridge would open in June.")
    (tmp_path / "z.txt").write_text("published: 12 mars 2024\n\nSelon Ana Roy, le pont ouvrira en juin.", "utf-8")
    ran = run("ingest", tmp_path, "missing.txt", "--db", "log.db")
    assert ran.code == 1
    assert ran.out.startswith("2 ingested, 0 unchanged, 0 revised, 4 failed; ")
    lines = ran.err.splitlines()
    assert [line.startswith("failed: ") for line in lines] == [False] + [True] * 4  # the first warns of a missing date
    assert "c.txt: no date of publication" in lines[0]
    assert lines[1] == f"failed: {tmp_path}/a.txt: is empty"
    assert lines[4] == "failed: missing.txt: no such file"
    assert db_counts(Path("log.db"))["articles"] == 2


def test_an_article_that_breaks_a_rule_does_not_take_the_others_along(
    run: Any, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "z.txt").write_text("published: 12 mars 2024\n\nLe pont ouvrira en juin, selon Ana Roy.", "utf-8")
    real = ingesting.analyse

    def analyse(articles: Any, parser: Any) -> Any:
        assert not any("pont" in a.text for a in articles), "a bug"
        return real(articles, parser)

    monkeypatch.setattr(ingesting, "analyse", analyse)
    ran = run("ingest", tmp_path)
    assert (ran.code, ran.out.split(";")[0]) == (1, "1 ingested, 0 unchanged, 0 revised, 1 failed")
    assert "z.txt: internal error, please report it (AssertionError: a bug" in ran.err


def test_ctrl_c_keeps_what_is_done_and_says_so(
    run: Any, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "z.txt").write_text("published: 12 mars 2024\n\nLe pont ouvrira en juin, selon Ana Roy.", "utf-8")
    monkeypatch.setattr(ingesting, "BATCH_CHARACTERS", 1)
    real = ingesting.analyse

    def analyse(articles: Any, parser: Any) -> Any:
        if "pont" in articles[0].text:
            raise KeyboardInterrupt
        return real(articles, parser)

    monkeypatch.setattr(ingesting, "analyse", analyse)
    ran = run("ingest", tmp_path)
    assert (ran.code, ran.out.split(";")[0]) == (130, "1 ingested, 0 unchanged, 0 revised, 0 failed, 1 not reached")
    assert "Traceback" not in ran.err
    assert db_counts(Path("db/quotetrack.db"))["articles"] == 1


def test_a_real_ctrl_c(tmp_path: Path) -> None:
    # Standard input that never ends: the signal comes while the command waits for it.
    command = [sys.executable, "-c", "import sys; from quotetrack.cli import main; sys.exit(main())", "ingest", "-"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        for _ in range(300):
            if (tmp_path / "db" / "quotetrack.db").exists():
                break
            time.sleep(0.1)
        # The database is made before anything is read; a moment later the command waits for its input.
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")
    assert out.startswith("0 ingested, 0 unchanged, 0 revised, 0 failed, 1 not reached")


def test_title_and_url_are_for_one_article(run: Any, article: Path) -> None:
    (article.parent / "b.txt").write_text("x")
    ran = run("ingest", article.parent, "--url", "https://a.example")
    assert ran.code == 2
    assert "--title and --url are for one article" in ran.err


def test_options_are_stored(run: Any, article: Path) -> None:
    run("ingest", article, "--outlet", "Autre", "--published", "14 mars 2024")
    listed = json.loads(run("claims", "--json").out)
    assert {(row["outlet"], row["published"]) for row in listed} == {("Autre", "2024-03-14")}
