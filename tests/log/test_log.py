"""The log on real files: what goes in comes out, all or nothing, and errors say what to do."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from log_samples import RUIZ, SAID, TEXT, analysis, spoken

from quotetrack.errors import LogError, NotFoundError
from quotetrack.log import Log
from quotetrack.model import Span, Speaker


def test_a_claim_comes_out_as_it_went_in(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        stored = log.add(analysis())
        row = next(log.claims())
        view = log.claim(row.id)
    assert (stored.status, stored.claims) == ("ingested", 1)
    assert (row.speaker, row.role, row.quote, row.kind) == ("Ana Ruiz", "ministre", SAID, "promise")
    assert (row.said_on, row.said_on_text, row.said_on_from) == ("2026-05-11", "lundi", "article")
    assert (row.due_start, row.due_end, row.due_text) == (None, "2026-06-30", "d’ici juin")
    assert row.status == ("overdue" if date.today() > date(2026, 6, 30) else "not due")
    assert [view.text[s:e] for s, e in view.spans] == [SAID]
    assert view.cue_span is not None
    assert view.text[slice(*view.cue_span)] == "a-t-elle ajouté"
    assert view.text[slice(*view.sentence_span)].startswith("« Nous")


def test_the_same_article_twice_changes_nothing(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        first = log.add(analysis())
        again = log.add(analysis())
        assert log.has(analysis().article)
        counts = log.counts()
    assert again.status == "unchanged"
    assert again.article_id == first.article_id
    assert counts == {"articles": 1, "speakers": 1, "quotes": 1, "claims": 1}


@pytest.mark.parametrize("place", [{}, {"url": None}])
def test_a_changed_text_is_a_new_revision_and_the_old_one_stays(tmp_path: Path, place: dict[str, None]) -> None:
    with Log(tmp_path / "a.db") as log:
        old = log.add(analysis(**place))
        new = log.add(analysis(TEXT + " Mise à jour.", **place))
        rows = list(log.claims())
        articles = list(log.articles())
        assert log.claim(1).row.article_id == old.article_id
    assert new.status == "revised"
    assert [a["revision"] for a in articles] == [1, 2]
    assert articles[1]["supersedes"] == old.article_id
    assert [r.article_id for r in rows] == [new.article_id]


def test_other_articles_with_the_same_words_are_articles_of_their_own(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(analysis())
        assert log.add(analysis(url="https://courrier.exemple/ecluse")).status == "ingested"
        assert log.counts()["articles"] == 2


def test_a_speaker_is_one_over_articles_and_gathers_names(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(analysis())
        log.add(analysis(TEXT + " Suite.", Speaker("ANA RUIZ", "person"), url="https://b.exemple"))
        log.add(analysis(TEXT + " Fin.", Speaker("Ana Ruiz", "group"), url="https://c.exemple"))
        assert log.counts()["speakers"] == 2
        names = {r["name"] for r in log.db.query("select name from speaker_names")}
    assert names == {"Mme Ruiz", "ANA RUIZ"}
    assert RUIZ.name not in names


def test_filters(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(analysis())
        assert len(list(log.claims(speaker="ruiz"))) == 1
        assert len(list(log.claims(speaker="Mme Ruiz"))) == 1
        assert not list(log.claims(speaker="Kirby"))
        assert len(list(log.claims(since="2026-05-11", until="2026-05-11"))) == 1
        assert not list(log.claims(since="2026-05-12"))
        assert not list(log.claims(kind="fact"))
        assert len(list(log.claims(search="ECLUSE rouv"))) == 1
        assert not list(log.claims(search="écluse fermée"))


@pytest.mark.parametrize("hostile", ['"', "(", "a AND", "NEAR(", "*", "col:x", "-", "'; drop table claims; --"])
def test_any_search_text_is_survived(tmp_path: Path, hostile: str) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(analysis())
        list(log.claims(search=hostile))
        assert log.counts()["claims"] == 1


def test_a_missing_claim_is_said(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log, pytest.raises(NotFoundError, match="there is no claim 7"):
        log.claim(7)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=2, max_size=60), data=st.data())
def test_spans_survive_the_round_trip(tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    with Log(tmp_path_factory.mktemp("h") / "a.db") as log:
        log.add(spoken(text, [Span(start, end)]))
        view = log.claim(1)
        sql = 'select substr(a.text, s.start + 1, s."end" - s.start) from articles a, quote_spans s'
        (in_sqlite,) = log.db.execute(sql).fetchone()
    assert [view.text[s:e] for s, e in view.spans] == [text[start:end]] == [in_sqlite]


def test_combining_marks_and_emoji_count_as_code_points(tmp_path: Path) -> None:
    text = "e\u0301te\u0301 🛶🏽 « oui »"
    with Log(tmp_path / "a.db") as log:
        log.add(spoken(text, [Span(text.index("oui"), text.index("oui") + 3)]))
        assert log.db.execute('select substr(text, start + 1, "end" - start) from articles, quote_spans').fetchone() == ("oui",)


def test_a_refused_claim_takes_the_whole_article_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from quotetrack.log import writing

    with Log(tmp_path / "a.db") as log:

        def fail(self: writing.Writer, *_: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        monkeypatch.setattr(writing.Writer, "_claim", fail)
        with pytest.raises(LogError, match="disk is full"):
            log.add(analysis())
        assert log.counts()["articles"] == 0


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
        log.db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('quotetrack', 'm999_future', '2030')"
        )
    refused(path, "newer quotetrack")


def test_readonly_refuses_to_write(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Log(path).close()
    with Log(path, readonly=True) as log, pytest.raises(LogError, match="read-only"):
        log.add(analysis())


def test_a_locked_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from quotetrack.log import connecting

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
    assert "free some space" in ended.stderr
    with Log(path) as log:
        counts = log.counts()
    assert counts["articles"] == counts["claims"] > 0


def test_constraints_hold(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(analysis())
        for statement in (
            "update claims set kind = 'guess'",
            "update quotes set confidence = 1.5",
            "update quotes set article_id = 99",
            "update claims set said_on = 'lundi'",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                log.db.execute(statement)


def test_write_ahead_log_and_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Log(path) as log:
        assert log.db.execute("pragma journal_mode").fetchone() == ("wal",)
        log.add(analysis())
        log.checkpoint()
        assert (tmp_path / "a.db-wal").stat().st_size == 0
