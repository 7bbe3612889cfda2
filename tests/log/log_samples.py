"""Analyses made by hand for the tests of the log; no model is needed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from quotetrack.model import Analysis, Article, Claim, Parse, Period, Quote, Sentence, Span, Speaker, Word

TEXT = "La ministre Ana Ruiz a promis lundi une réponse. « Nous rouvrirons l’écluse d’ici juin », a-t-elle ajouté. 🛶"
SAID = "Nous rouvrirons l’écluse d’ici juin"
RUIZ = Speaker("Ana Ruiz", "person", "ministre", "gouvernement", "Fem", ("Mme Ruiz",))


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def article(
    text: str = TEXT, url: str | None = "https://gazette.exemple/ecluse", source: str | None = "a.txt"
) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        text, "L’écluse", "Gazette", None, "fr", date(2026, 5, 11), "front matter", url, source, digest, digest
    )


def parse_of(text: str) -> Parse:
    """Sentences cut at full stops, a word each: enough for the log, which reads only their spans."""
    found, start = [], 0
    for piece in text.split(". "):
        span = Span(start, start + len(piece))
        word = Word(1, piece[:1] or ".", piece[:1] or ".", "X", {}, 0, "root", Span(start, start + 1))
        found.append(Sentence(span, (word,)))
        start = span.end + 2
    return Parse(tuple(found), "by hand")


def analysis(text: str = TEXT, speaker: Speaker | None = RUIZ, **given: Any) -> Analysis:
    said = span_of(text, SAID)
    quote = Quote("direct", (said,), span_of(text, "a-t-elle ajouté"), span_of(text, "elle"), speaker, "r/s", 0.9)
    due = Period(None, date(2026, 6, 30), "d’ici juin", span_of(text, "d’ici juin"))
    claim = Claim(quote, "promise", date(2026, 5, 11), "lundi", span_of(text, "lundi"), due, "future", 0.8)
    return Analysis(article(text, **given), parse_of(text), [claim])


def spoken(text: str, spans: list[Span]) -> Analysis:
    """An article one quote of which has these spans."""
    quote = Quote("mixed", tuple(spans), None, None, None, "r/none", 0.5)
    return Analysis(replace(article(text)), parse_of(text), [Claim(quote, "fact", None)])
