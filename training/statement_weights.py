"""Learns `quotetrack/languages/<code>/statement_weights.yml`: numbers for named features, no words of a text.

usage: python training/statement_weights.py GOLD_DIR PARSES_DIR [--strength 5.0] [--out FILE]

GOLD_DIR holds ID.txt and ID.json with annotated quotes ("spans", "cue_span", "kind", "speaker", "claim" ...),
PARSES_DIR holds ID.conllu. Multinomial logistic regression with an L2 penalty, fitted to the end: the same each time.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from quotetrack import languages
from quotetrack.claims import evidence
from quotetrack.claims.kind import ALWAYS, KINDS
from quotetrack.model import Article, Quote, Span, Speaker
from quotetrack.parsing.conllu import loads

SEEN = 4  # a feature must have been seen so often to be given a weight
SMALL = 0.02  # weights below are left out of the file

Row = tuple[frozenset[str], str]


def quote_of(gold: dict[str, Any]) -> Quote:
    """A Quote from its annotation."""

    def span(bounds: list[int] | None) -> Span | None:
        return Span(*bounds) if bounds else None

    speaker = Speaker(gold["speaker"], gold["speaker_kind"] or "person", gold["role"]) if gold["speaker"] else None
    spans = tuple(Span(*bounds) for bounds in gold["spans"])
    return Quote(gold["kind"], spans, span(gold["cue_span"]), span(gold["mention_span"]), speaker, "gold", 1.0)


def rows(gold: Path, parses: Path, code: str) -> Iterator[Row]:
    """Features and kind of every annotated quote."""
    language = languages.load(code)
    for path in sorted(gold.glob("*.json")):
        data = json.loads(path.read_text())
        text = path.with_suffix(".txt").read_text()
        published = date.fromisoformat(data["published"][:10]) if data["published"] else None
        article = Article(text, published=published, language=code)
        parse = loads((parses / f"{path.stem}.conllu").read_text(), text)
        quotes = [quote_of(quote) for quote in data["quotes"]]
        for seen, quote in zip(evidence(article, parse, quotes, language), data["quotes"], strict=True):
            yield seen.features, quote["claim"]


def fit(data: list[Row], strength: float) -> dict[str, dict[str, float]]:
    """Weights by feature and kind; `strength` is the L2 penalty (ALWAYS is not penalised)."""
    counts = Counter(feature for features, _ in data for feature in features)
    names = [ALWAYS, *sorted(feature for feature, n in counts.items() if n >= SEEN)]
    index = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(data), len(names)))
    x[:, 0] = 1
    for i, (features, _) in enumerate(data):
        x[i, [index[f] for f in features if f in index]] = 1
    y = np.array([[kind == claim for kind in KINDS] for _, claim in data], dtype=float)
    w = descend(x, y, strength)
    return {name: dict(zip(KINDS, map(float, w[i]), strict=True)) for name, i in index.items()}


def descend(x: Any, y: Any, strength: float) -> Any:
    """Nesterov's accelerated gradient with the step that the largest curvature allows."""
    penalty = np.full((x.shape[1], 1), strength)
    penalty[0] = 0.01
    step = 1 / (0.5 * np.linalg.norm(x, 2) ** 2 + strength)
    w = ahead = np.zeros((x.shape[1], y.shape[1]))
    for n in range(3000):
        z = x @ ahead
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        new = ahead - step * (x.T @ (p - y) + penalty * ahead)
        ahead = new + n / (n + 3) * (new - w)
        w = new
    return w


def dump(weights: dict[str, dict[str, float]]) -> str:
    """The data file."""
    lines = ["# Made by training/statement_weights.py: what each feature of claims/features.py says for each kind."]
    for name, row in sorted(weights.items()):
        kept = {kind: value for kind, value in row.items() if abs(value) >= SMALL}
        if kept:
            lines.append(f'"{name}": {{' + ", ".join(f"{kind}: {value:.2f}" for kind, value in kept.items()) + "}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("parses", type=Path)
    parser.add_argument("--strength", type=float, default=5.0)
    parser.add_argument("--language", default="fr")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    data = list(rows(options.gold, options.parses, options.language))
    out = options.out or Path(f"quotetrack/languages/{options.language}/statement_weights.yml")
    out.write_text(dump(fit(data, options.strength)))


if __name__ == "__main__":
    main()
