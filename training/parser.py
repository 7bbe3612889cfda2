"""Train the dependency parser."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from stanza.models import parser as stanza_parser
from stanza.models.common import utils
from stanza.models.common.pretrain import Pretrain
from stanza.models.depparse.data import DataLoader, Dataset
from stanza.models.depparse.trainer import GraphTrainer
from stanza.models.depparse.utils import predict_dataset
from stanza.utils.conll import CoNLL
from training.loop import Schedule, batches_by_length, run, seed_all

SIZES = [
    "--hidden_dim", "200", "--num_layers", "2",
    "--word_emb_dim", "50", "--word_cutoff", "3", "--tag_emb_dim", "30",
    "--transformed_dim", "100",
    "--char_emb_dim", "32", "--char_hidden_dim", "64",
    "--deep_biaff_hidden_dim", "100",
    "--dropout", "0.4", "--word_dropout", "0.25",
    "--no_xpos", "--no_ufeats",
]  # fmt: skip
BATCH_WORDS = 1000


def endless(data: Dataset, seed: int, batch_words: int) -> Iterator[tuple[object, ...]]:
    """Training batches, reshuffled every time all were seen."""
    rng = random.Random(seed)
    while True:
        for batch in batches_by_length(data.lengths, batch_words, rng):
            yield DataLoader.collate([data[i] for i in batch])


def attachment(predicted: Sequence[Sequence[tuple[int, str]]], gold: object) -> float:
    """Labelled attachment score, over all words, subtypes counted."""
    right = total = 0
    for sentence, tree in zip(gold.sentences, predicted, strict=True):  # type: ignore[attr-defined]
        for word, (head, deprel) in zip(sentence.words, tree, strict=True):
            right += word.head == int(head) and word.deprel == deprel
            total += 1
    return right / total


def train(
    training: Path,
    development: Path,
    pretrain_file: Path,
    out: Path,
    schedule: Schedule,
    seed: int,
    start: Path | None = None,
) -> None:
    """Train on a CoNLL-U file and save to out; `start` is a model to begin from."""
    args = stanza_parser.parse_args(
        ["--lang", "fr", "--shorthand", "fr_press", "--cpu",
         "--optim", "adam", "--lr", str(schedule.rate), "--beta2", "0.95", "--no_second_optim",
         "--train_file", str(training), "--eval_file", str(development), *SIZES]
    )  # fmt: skip
    seed_all(seed)
    pretrain = Pretrain(str(pretrain_file))
    data = DataLoader(
        CoNLL.conll2doc(input_file=str(training)), BATCH_WORDS, args, pretrain, evaluation=False
    ).dataset
    gold = CoNLL.conll2doc(input_file=str(development))
    dev = DataLoader(
        gold, 3000, args, pretrain, vocab=data.vocab, evaluation=True, sort_during_eval=True
    )
    trainer = GraphTrainer(args=args, vocab=data.vocab, pretrain=pretrain, device="cpu")
    if start:
        weights = torch.load(start, weights_only=True)["model"]
        trainer.model.load_state_dict(weights, strict=False)

    def evaluate() -> float:
        with torch.no_grad(), utils.evaluating(trainer.model):
            return attachment(predict_dataset(trainer, dev), gold)

    run(
        trainer.model,
        list(trainer.optimizer.values()),
        endless(data, seed, BATCH_WORDS),
        lambda batch: float(trainer.update(batch)[0]),
        schedule,
        evaluate,
        lambda: trainer.save(str(out)),
    )
