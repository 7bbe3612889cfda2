"""The log on real files: what goes in comes out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from log_samples import RUIZ, SAID, TEXT, analysis, spoken

from quotetrack.errors import LogError, NotFoundError
from quotetrack.log import Log
from quotetrack.model import Analysis, Claim, Period, Span, Speaker, SpeakerKind


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


def test_a_speaker_is_one_over_articles_and_gathers_names(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(analysis())
        log.add(analysis(TEXT + " Suite.", Speaker("ANA RUIZ", "person"), url="https://b.exemple"))
        log.add(analysis(TEXT + " Fin.", Speaker("Ana Ruiz", "group"), url="https://c.exemple"))
        assert log.counts()["speakers"] == 2
        names = {r["name"] for r in log.db.query("select name from speaker_names")}
    assert names == {"Mme Ruiz", "ANA RUIZ"}
    assert RUIZ.name not in names


def test_a_body_and_its_members_are_one_speaker(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        met: list[SpeakerKind] = ["organisation", "group", "organisation", "unnamed"]
        for n, kind in enumerate(met):
            log.add(analysis(f"{TEXT} {n}", Speaker("Le gouvernement", kind), url=f"https://{n}.exemple"))
        kinds = [row["kind"] for row in log.db.query("select kind from speakers order by id")]
    assert kinds == ["organisation", "unnamed"]


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
        assert len(list(log.claims(limit=0))) == 0
        assert len(list(log.claims(since=date(2026, 5, 11)))) == 1


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("rouvrirons l’écluse", True),
        ("écluse rouvrirons", True),
        ('"rouvrirons l’écluse"', True),
        ('"écluse rouvrirons"', False),
        ('"rouvr"', False),
        ("rouvr", True),
        ("rouvr écluse", False),
        ("e\u0301cluse", True),
        ("ministre", True),
        ("...", False),
    ],
)
def test_search(tmp_path: Path, search: str, found: bool) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(analysis())
        assert bool(list(log.claims(search=search))) is found


def test_a_text_with_decomposed_accents_is_found(tmp_path: Path) -> None:
    text = "L’e\u0301lue promet."
    with Log(tmp_path / "a.db") as log:
        log.add(spoken(text, [Span(0, len(text))]))
        assert len(list(log.claims(search="élue promet"))) == 1


def test_triggers_keep_the_search_in_step(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(analysis())
        log.db.execute("update quotes set text = 'Le pont tiendra', sentence = ''")
        assert not list(log.claims(search="écluse"))
        assert len(list(log.claims(search="pont"))) == 1
        for table in ("quotes", "articles"):
            log.db.execute(f"insert into {table}_fts ({table}_fts, rank) values ('integrity-check', 1)")
            log.db.execute(f"insert into {table}_fts ({table}_fts) values ('integrity-check')")


with closing(sqlite3.connect(":memory:")) as _clock:
    TODAY = date.fromisoformat(_clock.execute("select date('now')").fetchone()[0])
DAY = timedelta(1)


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [
        (None, TODAY - DAY, "overdue"),
        (TODAY - 9 * DAY, TODAY - DAY, "overdue"),
        (None, TODAY + DAY, "not due"),
        (TODAY + DAY, TODAY + 9 * DAY, "not due"),
        (TODAY + DAY, None, "not due"),
        (TODAY - DAY, TODAY + DAY, "due"),
        (TODAY - DAY, None, "due"),
        (None, None, "no due date"),
    ],
)
def test_status(tmp_path: Path, start: date | None, end: date | None, status: str) -> None:
    given = analysis()
    claim = Claim(given.claims[0].quote, "promise", TODAY, due=Period(start, end, "bientôt"))
    with Log(tmp_path / "a.db") as log:
        log.add(Analysis(given.article, given.parse, [claim]))
        assert next(log.claims()).status == status
        due = log.db.execute("select count(*) from due_claims").fetchone()[0]
        late = log.db.execute("select due from speaker_scorecard").fetchone()[0]
    assert due == (status != "no due date")
    assert late == (status in ("due", "overdue"))


HOSTILE = [
    '"',
    '""',
    '" "',
    "(",
    "a AND",
    "NEAR(",
    "*",
    "col:x",
    "-",
    "'; drop table claims; --",
    '"a\0b"',
    "\0",
    "🛶",
    "^a + b",
]


@pytest.mark.parametrize("hostile", HOSTILE)
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
        assert log.db.execute(
            'select substr(text, start + 1, "end" - start) from articles, quote_spans'
        ).fetchone() == ("oui",)


def test_constraints_hold(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(analysis())
        for statement in (
            "update claims set kind = 'guess'",
            "update quotes set confidence = 1.5",
            "update quotes set article_id = 99",
            "update claims set said_on = 'lundi'",
            "update claims set said_on = '2026-02-30'",
            "update claims set due_start = '2027-01-01'",
            "update claims set due_text = null",
            "update quotes set cue_end = null",
            "update quotes set mention_start = mention_end + 1",
            "update quote_spans set start = -1",
            'update quote_spans set "end" = start',
            "update articles set published = '11 mai'",
            "update speakers set kind = 'robot'",
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


def test_a_checkpoint_that_must_wait_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Log(path) as log:
        log.add(analysis())
        log.db.execute("pragma busy_timeout = 20")
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("begin")
        reader.execute("select count(*) from claims").fetchone()
        log.add(analysis(TEXT + " Suite."))
        with pytest.raises(LogError, match="another program"):
            log.checkpoint()
        reader.close()
