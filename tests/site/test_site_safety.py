"""What must stay out of the pages: markup in texts, private tables, other people's databases."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

Get = Callable[..., Any]


def test_other_databases_are_left_alone(log_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "claim.db"
    with sqlite3.connect(other) as connection:
        connection.execute("create table claims (id integer primary key, sentence text, quote_id integer)")
        connection.execute("insert into claims values (1, 'une phrase', 1)")
        connection.execute("create view claim_log as select * from claims")
    connection.close()
    site = Datasette([str(other), str(log_path)])

    async def look() -> None:
        home = (await site.client.get("/")).text
        assert 'href="/claim"' in home
        assert 'href="/demo/claim_log"' in home
        page = (await site.client.get("/claim/claim_log")).text
        assert "une phrase" in page
        assert "qt-sentence" not in page
        assert "quotetrack.css" not in page
        assert (await site.client.get("/claim/claims/1.json?_shape=objects")).json()["rows"][0]["id"] == 1
        assert "Hélène Marchetti" in (await site.client.get("/claim/1")).text

    asyncio.run(look())


def test_without_a_log_datasette_is_as_ever(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("create table things (id integer primary key)").connection.close()
    site = Datasette([str(other)])

    async def look() -> None:
        home = await site.client.get("/")
        assert "<h1>Datasette</h1>" in home.text
        assert 'href="/other/things"' in home.text
        assert (await site.client.get("/claim/1")).status_code == 404

    asyncio.run(look())


@pytest.mark.parametrize(
    "private",
    [
        {"allow": False},
        {"databases": {"demo": {"allow": False}}},
        {"databases": {"demo": {"tables": {"articles": {"allow": False}}}}},
    ],
)
def test_what_datasette_keeps_private_our_pages_keep_private(log_path: Path, private: dict[str, Any]) -> None:
    site = Datasette([str(log_path)], metadata=private)

    async def look() -> None:
        for address in ("/", "/claim/1", "/speaker/1", "/article/1", "/?q=rame"):
            assert "rame circulera" not in (await site.client.get(address)).text
            assert "Marchetti" not in (await site.client.get(address)).text

    asyncio.run(look())


def test_the_site_works_under_a_path(log_path: Path) -> None:
    site = Datasette([str(log_path)], settings={"base_url": "/log/"})

    async def look() -> None:
        page = (await site.client.get("/claim/1")).text
        local = re.findall(r'(?:href|action)="(/[^"]*)"', page)
        assert local
        assert all(address.startswith("/log/") for address in local)

    asyncio.run(look())


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e\u2066{{ 6700417*3 }}'


class Suspicious(HTMLParser):
    """Notes elements and attributes that only a hostile text would bring."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        for name, value in attrs:
            if name.startswith("on") or re.match(r"\s*(javascript|data):", value or "", re.IGNORECASE):
                self.found.append(f"{tag} {name}={value}")
        if tag == "img":
            self.found.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.script = False

    def handle_data(self, data: str) -> None:
        if self.script and "alert(1)" in data:
            self.found.append(data)


@pytest.fixture
def hostile_log(make_log: Callable[..., Path]) -> Path:
    text = f"« {HOSTILE} » a dit {HOSTILE} lundi.\n\n{HOSTILE}"
    quote: dict[str, Any] = {
        "by": "x",
        "said": [HOSTILE],
        "cue": "a dit",
        "mention": "<script>",
        "day_words": "lundi",
        "kind": "promise",
    }
    quote |= {"due": {"end": date(2027, 1, 1), "words": "<img"}, "rule": HOSTILE, "claim_rule": HOSTILE}
    article: dict[str, Any] = {
        **dict.fromkeys(("title", "outlet", "author"), HOSTILE),
        "url": "javascript:alert(1)",
        "text": text,
        "quotes": [quote],
    }
    speaker = {"name": HOSTILE, "kind": "person", "role": HOSTILE, "other_names": [HOSTILE + "2"]}
    return make_log([article], {"x": speaker})


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?q=script",
        "/?q=" + "%3Cscript%3Ealert(1)%3C/script%3E%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "/?before=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/claim/1",
        "/speaker/1",
        "/article/1",
        "/quotetrack/claim_log",
        "/quotetrack/quotes",
        "/quotetrack/quotes/1",
        "/quotetrack/articles/1",
        "/quotetrack/speakers",
        "/quotetrack/latest",
    ],
)
def test_hostile_texts_stay_text(hostile_log: Path, get: Get, address: str) -> None:
    page = get(hostile_log, address)
    assert page.status_code == 200
    reader = Suspicious()
    reader.feed(page.text)
    assert reader.found == []
    assert "20101251" not in page.text, "the text was taken for a template"
    assert "javascript:" not in "".join(re.findall(r'(?:href|cite|action|src)="([^"]*)"', page.text))
