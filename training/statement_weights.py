"""Learns what tells kinds of statements apart: weights of named features, and how words lean. Numbers only.

usage: python training/statement_weights.py GOLD_DIR PARSES_DIR VECTORS [--strength 5.0] [--language fr]

GOLD_DIR holds ID.txt and ID.json with annotated quotes ("spans", "cue_span", "kind", "speaker", "claim" ...),
PARSES_DIR holds ID.conllu, VECTORS are word vectors as Stanza keeps them (the pretrain/*.pt of the embedded models).

One log-linear model of two parts, with an L2 penalty, fitted to the end, so that the result is the same each time:
each feature of `claims/features.py` has a weight for each kind (`statement_weights.yml`), and a direction in the space
of the vectors speaks for opinion and against fact. What remains of the vectors is one number for each common word, how
far it lies in that direction (`word_leanings.tsv`).
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
import simplemma
import torch

from quotetrack import languages
from quotetrack.claims import evidence
from quotetrack.claims.features import plain_words
from quotetrack.claims.kind import ALWAYS, KINDS
from quotetrack.claims.tree import Tree
from quotetrack.model import Article, Quote, Span, Speaker
from quotetrack.parsing.conllu import loads

SEEN = 4  # a feature must have been seen so often to be given a weight
SMALL = 0.02  # weights below are left out
COMMON = 12_000  # words of the vectors, the most frequent first, that are given a leaning
SCALE = 6.0  # of a mean of unit vectors against features that are 0 or 1: best of 4, 6, 10 in cross-validation

Row = tuple[frozenset[str], Any, str]


def quote_of(gold: dict[str, Any]) -> Quote:
    """A Quote from its annotation."""

    def span(bounds: list[int] | None) -> Span | None:
        return Span(*bounds) if bounds else None

    speaker = Speaker(gold["speaker"], gold["speaker_kind"] or "person", gold["role"]) if gold["speaker"] else None
    spans = tuple(Span(*bounds) for bounds in gold["spans"])
    return Quote(gold["kind"], spans, span(gold["cue_span"]), span(gold["mention_span"]), speaker, "gold", 1.0)


def read_vectors(path: Path, code: str) -> dict[str, Any]:
    """Unit vectors of the commonest words of the language that are written in small letters."""
    saved = torch.load(path, weights_only=True)
    ids = saved["vocab"]["_unit2id"]
    table = np.asarray(saved["emb"])
    table = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    words = [w for w in sorted(ids, key=ids.__getitem__) if w.isalpha() and w.islower() and simplemma.is_known(w, code)]
    return {word: table[ids[word]] for word in words[:COMMON]}


def rows(gold: Path, parses: Path, code: str, vectors: dict[str, Any]) -> Iterator[Row]:
    """Features, mean vector and kind of every annotated quote."""
    language = languages.load(code)
    nothing = np.zeros_like(next(iter(vectors.values())))
    for path in sorted(gold.glob("*.json")):
        data = json.loads(path.read_text())
        text = path.with_suffix(".txt").read_text()
        published = date.fromisoformat(data["published"][:10]) if data["published"] else None
        parse = loads((parses / f"{path.stem}.conllu").read_text(), text)
        quotes = [quote_of(quote) for quote in data["quotes"]]
        tree = Tree(parse)
        found = evidence(Article(text, published=published, language=code), parse, quotes, language)
        for seen, quote in zip(found, data["quotes"], strict=True):
            known = [vectors[word] for word in plain_words(seen.quote, tree) if word in vectors]
            yield seen.features, np.mean(known, axis=0) if known else nothing, quote["claim"]


def fit(data: list[Row], strength: float) -> tuple[dict[str, dict[str, float]], Any]:
    """Weights by feature and kind, and the direction that speaks for opinion; `strength` is the L2 penalty."""
    counts = Counter(feature for features, _, _ in data for feature in features)
    names = [ALWAYS, *sorted(feature for feature, n in counts.items() if n >= SEEN)]
    index = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(data), len(names) + len(data[0][1])))
    x[:, 0] = 1
    for i, (features, vector, _) in enumerate(data):
        x[i, [index[f] for f in features if f in index]] = 1
        x[i, len(names) :] = SCALE * vector
    y = np.array([[kind == claim for kind in KINDS] for _, _, claim in data], dtype=float)
    w = descend(x, y, strength, len(names))
    weights: dict[str, dict[str, float]] = {
        name: {kind: float(w[i, k]) for k, kind in enumerate(KINDS)} for name, i in index.items()
    }
    return weights, SCALE * w[len(names) :, KINDS.index("opinion")]


def descend(x: Any, y: Any, strength: float, named: int) -> Any:
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
        new[named:] = opposed(new[named:])
        ahead = new + n / (n + 3) * (new - w)
        w = new
    return w


def opposed(w: Any) -> Any:
    """Vectors speak of opinion and, as much against it, of fact; of nothing else."""
    out = np.zeros_like(w)
    fact, opinion = KINDS.index("fact"), KINDS.index("opinion")
    out[:, opinion] = (w[:, opinion] - w[:, fact]) / 2
    out[:, fact] = -out[:, opinion]
    return out


def dump(weights: dict[str, dict[str, float]]) -> str:
    """The data file of the weights."""
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
    parser.add_argument("vectors", type=Path)
    parser.add_argument("--strength", type=float, default=5.0)
    parser.add_argument("--language", default="fr")
    options = parser.parse_args()
    vectors = read_vectors(options.vectors, options.language)
    data = list(rows(options.gold, options.parses, options.language, vectors))
    weights, direction = fit(data, options.strength)
    folder = Path("quotetrack/languages") / options.language
    (folder / "statement_weights.yml").write_text(dump(weights))
    leanings = {word: round(float(vector @ direction), 2) for word, vector in vectors.items()}
    kept = sorted((word, value) for word, value in leanings.items() if value)
    (folder / "word_leanings.tsv").write_text("".join(f"{word}\t{value}\n" for word, value in kept))


if __name__ == "__main__":
    main()
