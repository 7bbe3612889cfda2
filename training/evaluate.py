"""Measure a models directory from raw text: python -m training.evaluate MODELS SHARED."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import stanza
import torch
from stanza.models.common.utils import ud_scores

from training.corpora import DEVELOPMENT, TESTS, treebank, write
from training.press import articles

METRICS = ("Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS")
PROCESSORS = "tokenize,mwt,pos,lemma,depparse"


def pipeline(models: Path, processors: str = PROCESSORS, **options: object) -> stanza.Pipeline:
    """The embedded models, from disk only."""
    return stanza.Pipeline(
        "fr", dir=str(models), package="press", processors=processors,
        download_method=None, use_gpu=False, logging_level="ERROR", **options,
    )  # fmt: skip


def raw_text(models: Path, shared: Path, name: str) -> dict[str, float]:
    """F1 of every metric on a treebank, from its running text.

    Gold relations and features are reduced as for training; the scorer itself
    compares relations without their subtypes.
    """
    gold = treebank(shared, name)
    document = pipeline(models)(" ".join(s.text for s in gold))
    with tempfile.TemporaryDirectory() as folder:
        truth, answer = Path(folder, "gold.conllu"), Path(folder, "answer.conllu")
        write(truth, gold)
        answer.write_text(f"{document:C}\n\n", encoding="utf-8")
        scores = ud_scores(str(truth), str(answer))
    return {metric: scores[metric].f1 for metric in METRICS}


def speed(models: Path, shared: Path, number: int = 60) -> dict[str, float]:
    """Characters a second, one thread, stock Stanza, whole articles in bulk."""
    texts = []
    for paragraphs in articles(shared / "news" / "fr-press.txt.xz"):
        texts.append("\n\n".join(paragraphs))
        if len(texts) == number:
            break
    characters = sum(len(t) for t in texts)
    nlp = pipeline(models, PROCESSORS + ",ner")
    documents = [stanza.Document([], text=t) for t in texts]
    rates: dict[str, float] = {}
    total = 0.0
    for name, processor in nlp.processors.items():
        start = time.perf_counter()
        with torch.no_grad():
            documents = processor.bulk_process(documents)
        seconds = time.perf_counter() - start
        rates[name] = characters / seconds
        total += seconds
    return rates | {"all": characters / total}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    for label, name in {**TESTS, "sequoia-dev": DEVELOPMENT}.items():
        scores = raw_text(options.models, options.shared, name)
        print(label, json.dumps({k: round(v, 4) for k, v in scores.items()}), flush=True)
    if options.speed:
        rates = speed(options.models, options.shared)
        print("characters/s", json.dumps({k: round(v) for k, v in rates.items()}))


if __name__ == "__main__":
    main()
