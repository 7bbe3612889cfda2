"""The stable form that `extract --json` prints."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from quotetrack.jsonform import to_json
from quotetrack.model import Analysis, Article, Claim, Parse, Period, Quote, Span, Speaker

TEXT = "« Nous ouvrirons », a dit lundi la maire, « en juin »."


def analysis() -> Analysis:
    maire = Speaker("Solène Kerbrat", "person", role="maire", affiliation="Sarlé")
    quote = Quote("direct", (Span(2, 16), Span(44, 51)), Span(20, 25), Span(32, 40), maire, "a/b/c", 0.98765)
    claims = [
        Claim(quote, "promise", date(2024, 3, 11), "lundi", Span(26, 31), Period(None, date(2024, 6, 30), "en juin")),
        Claim(Quote("indirect", (Span(2, 16),), None, None, None, "x", 1.0), "fact", None),
    ]
    article = Article(TEXT, published=date(2024, 3, 12), published_from="option", source="a.txt", sha256="ab")
    return Analysis(article, Parse((), models="embedded"), claims)


def test_a_quote_with_everything() -> None:
    form = to_json(analysis())
    assert form["format"] == "quotetrack-extract/1"
    assert form["article"]["published"] == "2024-03-12"
    assert form["article"]["models"] == "embedded"
    assert form["quotes"][0] == {
        "kind": "direct",
        "spans": [[2, 16], [44, 51]],
        "text": "Nous ouvrirons […] en juin",
        "cue": "a dit",
        "cue_span": [20, 25],
        "mention": "la maire",
        "mention_span": [32, 40],
        "speaker": "Solène Kerbrat",
        "speaker_kind": "person",
        "role": "maire",
        "affiliation": "Sarlé",
        "rule": "a/b/c",
        "confidence": 0.988,
        "said_on": "2024-03-11",
        "said_on_text": "lundi",
        "claim": "promise",
        "due": {"start": None, "end": "2024-06-30", "text": "en juin"},
    }


def test_what_is_not_known_is_null() -> None:
    bare = to_json(analysis())["quotes"][1]
    unknown = ["cue", "cue_span", "mention", "mention_span", "speaker", "speaker_kind", "role", "said_on", "due"]
    assert [bare[key] for key in unknown] == [None] * len(unknown)


def test_it_is_json_and_every_key_is_documented() -> None:
    form = to_json(analysis())
    assert json.loads(json.dumps(form)) == form
    documented = set(re.findall(r"[`.](\w+)`", (Path(__file__).parents[1] / "docs" / "json.md").read_text("utf-8")))
    assert {*form, *form["article"], *form["quotes"][0]} <= documented
