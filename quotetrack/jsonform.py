"""The JSON form of an analysis, as `quotetrack extract --json` prints it. docs/json.md describes every key."""

from __future__ import annotations

from typing import Any

from quotetrack.model import Analysis, Article, Claim, Period, Span

FORMAT = "quotetrack-extract/1"


def to_json(analysis: Analysis) -> dict[str, Any]:
    """`analysis` as a JSON-ready dictionary. Spans are [start, end), in code points of the article's text."""
    article = analysis.article
    return {
        "format": FORMAT,
        "article": _article(article, analysis.parse.models),
        "quotes": [_quote(claim, article.text) for claim in analysis.claims],
    }


def _article(article: Article, models: str) -> dict[str, Any]:
    return {
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from,
        "url": article.url,
        "source": article.source,
        "language": article.language,
        "sha256": article.sha256,
        "models": models,
        "text": article.text,
    }


def _quote(claim: Claim, text: str) -> dict[str, Any]:
    quote = claim.quote
    speaker = quote.speaker
    return {
        "kind": quote.kind,
        "spans": [[span.start, span.end] for span in quote.spans],
        "text": quote.text(text),
        "cue": _words(quote.cue, text),
        "cue_span": _bounds(quote.cue),
        "mention": _words(quote.mention, text),
        "mention_span": _bounds(quote.mention),
        "speaker": speaker.name if speaker else None,
        "speaker_kind": speaker.kind if speaker else None,
        "role": speaker.role if speaker else None,
        "affiliation": speaker.affiliation if speaker else None,
        "rule": quote.rule,
        "confidence": round(quote.confidence, 3),
        "said_on": claim.said_on.isoformat() if claim.said_on else None,
        "said_on_text": claim.said_on_text,
        "claim": claim.kind,
        "due": _due(claim.due),
    }


def _words(span: Span | None, text: str) -> str | None:
    return span.of(text) if span else None


def _bounds(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _due(due: Period | None) -> dict[str, str | None] | None:
    if due is None:
        return None
    return {
        "start": due.start.isoformat() if due.start else None,
        "end": due.end.isoformat() if due.end else None,
        "text": due.text,
    }
