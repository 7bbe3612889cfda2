"""Train the dependency parser."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from stanza.models import parser as stanza_parser
from stanza.models.common import utils
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.data import DataLoader, Dataset
from stanza.models.depparse.model import GraphParser
from stanza.models.depparse.trainer import GraphTrainer
from stanza.models.depparse.utils import predict_dataset
from stanza.models.pos.vocab import MultiVocab
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


class ArcParser(GraphParser):  # type: ignore[misc]
    """Stanza's parser with a loss that labels the right arcs only.

    Stanza scores the labels of all pairs of words while it trains, and uses those of
    the right pairs; the loss is the same, a step takes two thirds of the time.
    """

    def loss(self, *batch: Any) -> tuple[torch.Tensor, None]:
        mask, head, deprel, words = batch[1], batch[9], batch[10], batch[2].size(0)
        states = self.drop(self.embed(*batch))
        gold = head.unsqueeze(2)
        offset = self._offsets(states.size(1))
        order = self.linearization(states, states).squeeze(3)
        scores = self.unlabeled(states, states).squeeze(3)
        scores = scores + F.logsigmoid(order * torch.sign(offset)).detach()
        distance = 1 + F.softplus(self.distance(states, states).squeeze(3))
        closeness = -torch.log((offset.abs() - distance) ** 2 / 2 + 1)
        scores = scores + closeness.detach()
        diagonal = torch.eye(states.size(1), dtype=torch.bool).unsqueeze(0)
        scores = scores.masked_fill(diagonal | mask.unsqueeze(1), -float("inf"))[:, 1:]
        target = head.masked_fill(mask[:, 1:], -1)
        loss = self.crit(scores.reshape(-1, scores.size(2)), target.view(-1))

        labels = self._labels(states, head)
        wanted = (deprel - VOCAB_PREFIX_SIZE).masked_fill(mask[:, 1:], -1)
        loss = loss + self.crit(labels, wanted.view(-1))

        side = torch.gather(order[:, 1:], 2, gold).view(-1, 1) / 2
        after = torch.gather((offset > 0).long().expand_as(order)[:, 1:], 2, gold)
        loss = loss + self.crit(torch.cat([-side, side], 1), after.view(-1))
        loss = loss - torch.gather(closeness[:, 1:], 2, gold).sum()
        return loss / words, None

    @staticmethod
    def _offsets(length: int) -> torch.Tensor:
        places = torch.arange(length, dtype=torch.float)
        return (places.view(1, 1, -1) - places.view(1, -1, 1)).detach()

    def _labels(self, states: torch.Tensor, head: torch.Tensor) -> torch.Tensor:
        """Label scores of every word and its right head: words x labels."""
        scorer = self.deprel
        words = scorer.dropout(scorer.hidden_func(scorer.W1(states)))[:, 1:]
        heads = scorer.dropout(scorer.hidden_func(scorer.W2(states)))
        heads = torch.gather(heads, 1, head.unsqueeze(2).expand(-1, -1, heads.size(2)))
        words, heads = (F.pad(x.flatten(0, 1), (0, 1), value=1.0) for x in (words, heads))
        weight = scorer.scorer.W_bilin.weight
        between = (words @ weight.flatten(1)).view(-1, *weight.shape[1:])
        labels: torch.Tensor = torch.einsum("njo,nj->no", between, heads) + scorer.scorer.W_bilin.bias
        return labels


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
    begun = torch.load(start, weights_only=True) if start else None
    vocab = MultiVocab.load_state_dict(begun["vocab"]) if begun else None
    trees = CoNLL.conll2doc(input_file=str(training))
    data = DataLoader(trees, BATCH_WORDS, args, pretrain, vocab=vocab, evaluation=False).dataset
    gold = CoNLL.conll2doc(input_file=str(development))
    dev = DataLoader(gold, 3000, args, pretrain, vocab=data.vocab, evaluation=True, sort_during_eval=True)
    trainer = GraphTrainer(args=args, vocab=data.vocab, pretrain=pretrain, device="cpu")
    trainer.model.__class__ = ArcParser
    if begun:
        trainer.model.load_state_dict(begun["model"], strict=False)

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
