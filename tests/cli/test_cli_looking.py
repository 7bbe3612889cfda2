"""Extract, claims, show: what is found, as a table, JSON, CSV, and in context."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from quotetrack.model import Analysis, Article, Claim, Parse, Period, Quote, Sentence, Span, Speaker


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of two claims, stored without parsing; one begins like a spreadsheet's formula."""
    from datetime import date

    from quotetrack.log import Log

    text = "« =1+1 […] ouvrira », a dit Ana Roy. Selon Léo Sy, il pleuvra."
    sentences = (Sentence(Span(0, 36), ()), Sentence(Span(37, 62), ()))
    ana = Quote("direct", (Span(2, 18),), Span(22, 27), Span(28, 35), Speaker("Ana Roy", "person", "maire"), "a/b", 0.9)
    leo = Quote("indirect", (Span(51, 61),), Span(37, 42), Span(43, 49), Speaker("Léo Sy", "person"), "a/b", 0.9)
    claims = [
        Claim(ana, "promise", date(2024, 3, 11), "lundi", due=Period(None, date(2024, 6, 30), "en juin")),
        Claim(leo, "prediction", date(2024, 3, 12)),
    ]
    article = Article(text, "Un titre", "Un journal", published=date(2024, 3, 12), source="a.txt", sha256="a" * 64)
    path = tmp_path / "log.db"
    with Log(path) as opened:
        opened.add(Analysis(article, Parse(sentences, "none"), claims))
    return path


def test_claims_as_a_table(run: Any, log: Path) -> None:
    ran = run("claims", "--db", log)
    assert ran.code == 0
    header, first, second = ran.out.splitlines()
    assert header.split() == ["id", "said", "on", "speaker", "quote", "claim", "due"]
    assert first.split() == ["2", "2024-03-12", "Léo", "Sy", "il", "pleuvra", "prediction"]
    assert second.split() == ["1", "2024-03-11", "Ana", "Roy", "=1+1", "[…]", "ouvrira", "promise", "2024-06-30"]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], [2, 1]),
        (["--speaker", "leo"], [2]),
        (["--since", "12/03/2024"], [2]),
        (["--until", "11 mars 2024"], [1]),
        (["--kind", "promise"], [1]),
        (["--search", "pleuvra"], [2]),
        (["--limit", "1"], [2]),
        (["--speaker", "nobody"], []),
    ],
)
def test_filters(run: Any, log: Path, options: list[str], ids: list[int]) -> None:
    ran = run("claims", "--db", log, "--json", *options)
    assert [row["id"] for row in json.loads(ran.out)] == ids


def test_no_claims_found(run: Any, log: Path) -> None:
    assert run("claims", "--db", log, "--speaker", "nobody").out == "no claims found\n"


def test_csv_defuses_formulas(run: Any, log: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("claims", "--db", log, "--csv").out)))
    assert [row["quote"] for row in rows] == ["il pleuvra", "'=1+1 […] ouvrira"]
    assert rows[1]["due_end"] == "2024-06-30"


def test_the_database_may_come_from_the_environment(run: Any, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTETRACK_DB", str(log))
    assert len(json.loads(run("claims", "--json").out)) == 2


def test_show_one_claim(run: Any, log: Path) -> None:
    ran = run("show", "1", "--db", log)
    for words in ("promise", "Ana Roy, maire", "2024-03-11 (lundi)", "(en juin)", "Un titre, Un journal, 2024-03-12"):
        assert words in ran.out
    assert ran.out.endswith("\n« =1+1 […] ouvrira », a dit Ana Roy.\n")


def test_extract_as_json(run: Any, article: Path) -> None:
    ran = run("extract", article, "--json")
    assert (ran.code, ran.err) == (0, "")
    form = json.loads(ran.out)
    assert form["format"] == "quotetrack-extract/1"
    assert form["article"]["title"] == "Une école à Sarlé"
    text = form["article"]["text"]
    for quote in form["quotes"]:
        assert quote["text"] == " […] ".join(text[start:end] for start, end in quote["spans"])
    assert "Les enfants ont assez attendu" in {quote["text"] for quote in form["quotes"]}
    assert not Path("db").exists()


def test_extract_in_the_terminal(run: Any, article: Path) -> None:
    ran = run("extract", article)
    assert "Une école à Sarlé — La Gazette du Littoral, 2024-03-12" in ran.out
    assert "« Nous l'ouvrirons avant la fin de l'année », a-t-elle promis." in ran.out
    assert "said on" in ran.out


def test_quotes_cues_and_speakers_are_coloured() -> None:
    from quotetrack import terminal

    text = "Selon Ana, il pleut."
    quote = Quote("indirect", (Span(11, 19),), Span(0, 5), Span(6, 9), None, "x", 1.0)
    shown = terminal.article(Analysis(Article(text), Parse(()), [Claim(quote, "fact", None)]))
    styles = {str(span.style): shown.plain[span.start : span.end] for span in shown.spans}
    assert styles == {terminal.QUOTE: "il pleut", terminal.CUE: "Selon", terminal.MENTION: "Ana"}
