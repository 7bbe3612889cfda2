"""A small log to look at: articles about invented people, with quotes marked by hand, so that no model is needed."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from quotetrack.log import Log
from quotetrack.model import Analysis, Article, Claim, Parse, Period, Quote, Sentence, Span, Speaker

SAMPLES = Path(__file__).with_name("samples.yml")


def find(text: str, words: str | None, after: int = 0) -> Span | None:
    """Where `words` stand in `text`, from `after` on."""
    if words is None:
        return None
    start = text.index(words, after)
    return Span(start, start + len(words))


def claim_of(text: str, given: dict[str, Any], speakers: dict[str, Speaker], published: date | None) -> Claim:
    """A claim from a line of samples.yml."""
    spans = tuple(s for s in (find(text, words) for words in given["said"]) if s)
    around = max(0, spans[0].start - 150)
    quote = Quote(
        kind=given.get("form", "direct"),
        spans=spans,
        cue=find(text, given.get("cue"), around),
        mention=find(text, given.get("mention"), around),
        speaker=speakers[given["by"]] if given.get("by") else None,
        rule=given.get("rule", "marks/inversion/name"),
        confidence=given.get("confidence", 0.93),
    )
    due = given.get("due")
    return Claim(
        quote=quote,
        kind=given.get("kind", "fact"),
        said_on=given.get("day", published),
        said_on_text=given.get("day_words"),
        said_on_span=find(text, given.get("day_words")),
        due=Period(due.get("start"), due.get("end"), due["words"], find(text, due["words"])) if due else None,
        rule=given.get("claim_rule", "future"),
        confidence=0.8,
    )


def analysis_of(given: dict[str, Any], speakers: dict[str, Speaker]) -> Analysis:
    text = given["text"]
    digest = hashlib.sha256(text.encode()).hexdigest()
    named: dict[str, Any] = {key: given.get(key) for key in ("title", "outlet", "author", "url", "published")}
    article = Article(
        text=text,
        **named,
        published_from="front matter" if given.get("published") else None,
        source=given.get("source", "sample.txt"),
        sha256=digest,
        raw_sha256=digest,
    )
    claims = [claim_of(text, line, speakers, given.get("published")) for line in given["quotes"]]
    sentences = [Sentence(Span(*found.span()), ()) for found in re.finditer(r"[^\s.][^.\n]*[.\n][ \u00a0»]*", text)]
    return Analysis(article, Parse(tuple(sentences), models="hand"), claims)


def fill(path: Path, samples: dict[str, Any]) -> Path:
    """A log at `path` with these articles, through the project's own writer."""
    speakers = {key: Speaker(**fields) for key, fields in samples["speakers"].items()}
    speakers = {k: v if isinstance(v.other_names, tuple) else _tuple_names(v) for k, v in speakers.items()}
    with Log(path) as log:
        for given in samples["articles"]:
            log.add(analysis_of(given, speakers))
    return path


def _tuple_names(speaker: Speaker) -> Speaker:
    from dataclasses import replace

    return replace(speaker, other_names=tuple(speaker.other_names))


@pytest.fixture(scope="session")
def samples() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(SAMPLES.read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def log_path(tmp_path_factory: pytest.TempPathFactory, samples: dict[str, Any]) -> Path:
    """The sample log, under a name that metadata.yml does not know. Not to be changed by a test."""
    return fill(tmp_path_factory.mktemp("log") / "demo.db", samples)


@pytest.fixture
def make_log(tmp_path: Path) -> Callable[..., Path]:
    """Builds a log of a test's own from articles in the form of samples.yml."""

    def build(articles: list[dict[str, Any]], speakers: dict[str, Any] | None = None, name: str = "own.db") -> Path:
        return fill(tmp_path / name, {"speakers": speakers or {}, "articles": articles})

    return build


@pytest.fixture(scope="session")
def get() -> Callable[..., Any]:
    """Answers a request to the site of a log as `quotetrack serve` builds it: get(path, "/claim/1", headers=...)."""
    sites: dict[Path, Any] = {}

    def answer(db: Path, address: str, **options: Any) -> Any:
        from quotetrack.site.serve import application

        # One event loop per request is what Datasette's own test client does; its locks do not outlive a request.
        site = sites[db] = sites.get(db) or application(db)
        return asyncio.run(site.client.get(address, **options))

    return answer
