"""Train the part-of-speech and morphology tagger."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from stanza.models import tagger as stanza_tagger
from stanza.models.common.pretrain import Pretrain
from stanza.models.pos.data import Dataset
from stanza.models.pos.trainer import Trainer
from stanza.utils.conll import CoNLL

from training.loop import Schedule, batches_by_length, run, seed_all

SIZES = [
    "--hidden_dim", "150", "--num_layers", "1",
    "--word_emb_dim", "50", "--word_cutoff", "3",
    "--transformed_dim", "100",
    "--char_emb_dim", "32", "--char_hidden_dim", "64",
    "--deep_biaff_hidden_dim", "150", "--share_hid",
    "--dropout", "0.4", "--word_dropout", "0.25",
]  # fmt: skip
BATCH_WORDS = 1500


def endless(data: Dataset, seed: int) -> Iterator[Any]:
    """Training batches, reshuffled every time all were seen."""
    rng = random.Random(seed)
    lengths = [len(sample.word[0]) for sample in data.data]
    while True:
        for batch in batches_by_length(lengths, BATCH_WORDS, rng):
            yield data.collate_fn([data[i] for i in batch])


def accuracy(trainer: Trainer, batches: Sequence[Any]) -> tuple[float, float]:
    """Share of words with the right part of speech, and with all features right."""
    words = upos = feats = 0
    with torch.no_grad():
        trainer.model.eval()
        for batch in batches:
            _, predicted = trainer.model(
                batch.words, batch.words_mask, batch.wordchars, batch.wordchars_mask,
                batch.tags, batch.pretrained, batch.word_orig_idx, batch.lens,
                batch.word_lens, batch.text,
            )  # fmt: skip
            real = ~batch.words_mask
            words += int(real.sum())
            upos += int(((predicted[0] == batch.tags[0]) & real).sum())
            same = (predicted[-1] == batch.tags[-1]).all(-1)
            feats += int((same & real).sum())
    return upos / words, feats / words


def train(training: Path, development: Path, pretrain_file: Path, out: Path, schedule: Schedule, seed: int) -> None:
    """Train on a CoNLL-U file and save to out."""
    args = stanza_tagger.parse_args(
        ["--lang", "fr", "--shorthand", "fr_press", "--lr", str(schedule.rate), "--cpu",
         "--train_file", str(training), "--eval_file", str(development), *SIZES]
    )  # fmt: skip
    seed_all(seed)
    pretrain = Pretrain(str(pretrain_file))
    vocab, (data,), _ = stanza_tagger.load_training_data(args, pretrain)
    gold = CoNLL.conll2doc(input_file=str(development))
    dev = Dataset(gold, args, pretrain, vocab=vocab, evaluation=True)
    order = sorted(range(len(dev)), key=lambda i: len(dev.data[i].word[0]))
    dev_batches = [dev.collate_fn([dev[i] for i in order[n : n + 50]]) for n in range(0, len(order), 50)]
    trainer = Trainer(args=args, vocab=vocab, pretrain=pretrain, device="cpu")

    def evaluate() -> float:
        upos, feats = accuracy(trainer, dev_batches)
        print(f"UPOS {upos:.4f} feats {feats:.4f}", flush=True)
        return upos

    run(
        trainer.model,
        list(trainer.optimizers.values()),
        endless(data, seed),
        trainer.update,
        schedule,
        evaluate,
        lambda: trainer.save(str(out)),
    )
