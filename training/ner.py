"""Train the tagger of names on silver sentences."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from stanza.models import ner_tagger
from stanza.models.common.doc import Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer
from stanza.models.ner.vocab import MultiVocab

from training.loop import Schedule, batches_by_length, run, seed_all

SIZES = [
    "--hidden_dim", "100", "--word_emb_dim", "100",
    "--char_emb_dim", "24", "--char_hidden_dim", "25",
    "--no_input_transform", "--no_emb_finetune",
    "--dropout", "0.4", "--word_dropout", "0.03",
]  # fmt: skip
BATCH_WORDS = 1200


def document(path: Path, every: int = 1) -> Document:
    """A Stanza document of the sentences in a file of `names.make`."""
    sentences = []
    for number, line in enumerate(path.open(encoding="utf-8")):
        if number % every == 0:
            sentences.append(
                [{"id": (i,), "text": token, "ner": tag} for i, (token, tag) in enumerate(json.loads(line), 1)]
            )
    return Document(sentences)


def endless(loader: DataLoader, seed: int) -> Iterator[Any]:
    """Training batches, reshuffled every time all were seen."""
    rng = random.Random(seed)
    examples = [example for batch in loader.data for example in batch]
    lengths = [len(example[0]) for example in examples]
    while True:
        for batch in batches_by_length(lengths, BATCH_WORDS, rng):
            loader.data = [[examples[i] for i in batch]]
            yield loader[0]


def chunks(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Names in a sequence of BIOES tags: first token, last token, label."""
    found, start = set(), 0
    for i, tag in enumerate(tags):
        if tag[0] in "BS":
            start = i
        if tag[0] in "ES":
            found.add((start, i, tag[2:]))
    return found


def f1(trainer: Trainer, batches: DataLoader, gold: Sequence[Sequence[str]]) -> dict[str, float]:
    """F1 of exact names with their label, all together and by label."""
    predicted: list[list[str]] = []
    with torch.no_grad():
        for batch in batches:
            predicted += trainer.predict(batch)
    scores = {}
    for wanted in ("all", "PER", "ORG", "LOC", "MISC"):
        right = said = real = 0
        for tags, truth in zip(predicted, gold, strict=True):
            a = {c for c in chunks(tags) if wanted in ("all", c[2])}
            b = {c for c in chunks(truth) if wanted in ("all", c[2])}
            right, said, real = right + len(a & b), said + len(a), real + len(b)
        scores[wanted] = 2 * right / max(1, said + real)
    return scores


def train(training: Path, held_back: Path, pretrain_file: Path, out: Path, schedule: Schedule, seed: int) -> None:
    """Train on silver sentences and save to out."""
    args = ner_tagger.parse_args(
        ["--shorthand", "fr_press", "--cpu", "--optim", "adam", "--lr", str(schedule.rate), *SIZES]
    )
    seed_all(seed)
    pretrain = Pretrain(str(pretrain_file))
    loader = DataLoader(document(training), 64, args, pretrain, evaluation=False)
    # Without a vocabulary of its own the model keeps to the shared vectors.
    vocab = MultiVocab({k: loader.vocab[k] for k in ("char", "tag", "word")})
    loader.vocab = vocab
    held = document(held_back)
    gold = [[token.ner for token in s.tokens] for s in held.sentences]
    dev = DataLoader(held, 64, args, pretrain, vocab=vocab, evaluation=True)
    trainer = Trainer(args=args, vocab=vocab, pretrain=pretrain, device="cpu")

    def evaluate() -> float:
        scores = f1(trainer, dev, gold)
        print(" ".join(f"{k} {v:.4f}" for k, v in scores.items()), flush=True)
        return scores["all"]

    run(
        trainer.model,
        [trainer.optimizer],
        endless(loader, seed),
        trainer.update,
        schedule,
        evaluate,
        lambda: trainer.save(str(out)),
    )
