"""Datasette's own tables and API on a log: described, marked, complete over all pages."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quotetrack.site import serve

Get = Callable[..., Any]


def test_every_table_view_and_column_is_described(log_path: Path) -> None:
    described = serve.metadata()["databases"]["quotetrack"]["tables"]
    connection = sqlite3.connect(log_path)
    names = {
        name
        for (name,) in connection.execute("select name from sqlite_master where type in ('table', 'view')")
        if "_fts" not in name
    }
    assert set(described) == names
    for name, entry in described.items():
        columns = [row[1] for row in connection.execute(f"pragma table_info({name})")]
        assert list(entry["columns"]) == columns, name
        assert entry["description"]
        assert entry.get("sort", entry.get("sort_desc", "id")) == "id"
        assert set(entry.get("facets", [])) <= set(columns)
    connection.close()


def test_metadata_at_the_top_is_the_one_in_the_package() -> None:
    top = Path(__file__).parents[2] / "metadata.yml"
    assert top.read_text("utf-8") == (Path(serve.__file__).parent / "metadata.yml").read_text("utf-8")


def test_internal_tables_are_hidden(log_path: Path, get: Get) -> None:
    tables = {t["name"]: t["hidden"] for t in get(log_path, "/quotetrack.json").json()["tables"]}
    assert {name for name, hidden in tables.items() if not hidden} == {
        "articles",
        "claims",
        "quote_spans",
        "quotes",
        "speaker_names",
        "speakers",
    }


def test_datasette_s_table_marks_the_quoted_part_and_links(log_path: Path, get: Get) -> None:
    page = get(log_path, "/quotetrack/claim_log?id=2").text
    assert (
        '<span class="qt-sentence" dir="auto">Elle a ajouté <mark class="said">que les travaux coûteraient «\u00a0184'
        " millions d’euros, pas un de plus\u00a0»</mark>.</span>"
    ) in page
    assert '<a href="/claim/2"><bdi>2</bdi></a>' in page
    assert '<a href="/speaker/1"><bdi>Hélène Marchetti</bdi></a>' in page
    assert "quotetrack.css" in page
    for address in ("/quotetrack/quotes", "/quotetrack/quotes/2", "/quotetrack/search?q=travaux"):
        assert '<mark class="said">que les travaux' in get(log_path, address).text


@pytest.mark.parametrize(
    "query", ["latest", "due_soon?days=10000", "claims_by_speaker?speaker=helene", "search?q=tramway rame"]
)
def test_canned_queries_answer(log_path: Path, get: Get, query: str) -> None:
    name, _, given = query.partition("?")
    answer = get(log_path, f"/quotetrack/{name}.json?_shape=objects&{given}").json()
    assert answer.get("error") is None
    assert answer["rows"] or name == "search"


def test_facets_are_there_and_none_are_suggested(log_path: Path, get: Get) -> None:
    answer = get(log_path, "/quotetrack/claim_log.json").json()
    assert set(answer["facet_results"]) == {"speaker", "outlet", "kind", "status", "month_said"}
    assert answer["suggested_facets"] == []


@pytest.fixture(scope="module")
def long_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """57 claims, most of them said on the same day by the same speaker."""
    from quotetrack.log import Log
    from quotetrack.model import Analysis, Article, Claim, Parse, Quote, Span, Speaker

    path = tmp_path_factory.mktemp("long") / "long.db"
    speaker = Speaker("Jeanne Morel", "person")
    with Log(path) as log:
        for n in range(19):
            text = f"Un {n}. Deux. Trois."
            spans = [Span(0, len(text) - 12), Span(len(text) - 12, len(text) - 7), Span(len(text) - 6, len(text))]
            quotes = [Quote("direct", (span,), None, None, speaker, "marks//", 0.5) for span in spans]
            day = date(2026, 1, 1 + n // 10)
            article = Article(text, url=f"https://x.exemple/{n}", sha256=f"{n:064x}", published=day)
            log.add(Analysis(article, Parse(()), [Claim(q, "fact", day) for q in quotes]))
    return path


@pytest.mark.parametrize(
    "address",
    [
        "claim_log.json?_size=10",
        "claim_log.json?_size=10&_sort=said_on",
        "claim_log.json?_size=10&_sort_desc=said_on",
        "claim_log.json?_size=7&_sort_desc=speaker",
        "claims.json?_size=10",
        "claims.json?_size=10&_sort=id",
        "quotes.json?_size=10",
        "due_claims.json?_size=10",
    ],
)
def test_no_row_is_lost_or_seen_twice_over_all_pages(long_log: Path, get: Get, address: str) -> None:
    seen: list[int] = []
    following = f"/quotetrack/{address}&_shape=objects"
    for _ in range(20):
        answer = get(long_log, following).json()
        seen += [row["id"] for row in answer["rows"]]
        if not answer["next_url"]:
            break
        following = answer["next_url"].replace("http://localhost", "")
    assert sorted(seen) == ([] if "due" in address else list(range(1, 58)))


def test_tables_refuse_the_sort_orders_that_lose_rows(long_log: Path, get: Get) -> None:
    assert get(long_log, "/quotetrack/claims.json?_sort_desc=said_on").status_code >= 400


@pytest.mark.parametrize("table", ["claim_log", "claims", "quotes"])
def test_streamed_csv_is_complete(long_log: Path, get: Get, table: str) -> None:
    rows = list(csv.DictReader(io.StringIO(get(long_log, f"/quotetrack/{table}.csv?_stream=on").text)))
    assert sorted(int(row["id"]) for row in rows) == list(range(1, 58))


@pytest.mark.parametrize("start", ["/", "/speaker/1", "/?q=morel"])
def test_our_own_lists_lose_nothing_either(long_log: Path, get: Get, start: str) -> None:
    seen: list[int] = []
    following: str | None = start
    while following:
        page = get(long_log, following).text
        seen += [int(id) for id in re.findall(r'class="said".*?href="/claim/(\d+)"', page)]
        link = re.search(r'rel="next" href="(.*?)"', page)
        following = link and link.group(1).replace("&amp;", "&")
    assert seen == list(range(57, 0, -1))


def test_metadata_yml_works_with_datasette_s_own_command(log_path: Path, tmp_path: Path) -> None:
    from click.testing import CliRunner
    from datasette.cli import cli

    db = tmp_path / "quotetrack.db"
    with sqlite3.connect(log_path) as source, sqlite3.connect(db) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    metadata = Path(serve.__file__).parent / "metadata.yml"
    result = CliRunner().invoke(cli, ["serve", str(db), "-m", str(metadata), "--get", "/quotetrack/claim_log.json"])
    answer = json.loads(result.output)
    assert [row[0] for row in answer["rows"]] == list(range(12, 0, -1))
    assert "speaker" in answer["facet_results"]
