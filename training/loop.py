"""One training loop for tagger and parser, around Stanza's own trainers.

Stanza's loops keep the best of single checkpoints. Here the learning rate falls
over the run and the weights that are kept are a running average of the last
steps, which is worth more on small treebanks and needs no patience.
"""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch

log = logging.getLogger("training")


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn.

    With `seconds` the run ends by the clock instead, and the learning rate follows
    the clock: for machines that others work on. `steps` is then only a bound.
    """

    steps: int
    seconds: float | None = None
    rate: float = 3e-3
    warmup: int = 50
    final: float = 0.02
    averaging: float = 0.995
    evaluate_every: int = 200

    def done(self, step: int, elapsed: float) -> float:
        """The part of the run that is over, from 0 to 1."""
        return min(1.0, elapsed / self.seconds if self.seconds else step / self.steps)

    def at(self, step: int, elapsed: float) -> float:
        """Learning rate: a short warm-up, then half a cosine down to `final` of the rate."""
        if step < self.warmup:
            return self.rate * (step + 1) / self.warmup
        done, floor = self.done(step, elapsed), self.final
        return self.rate * (floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * done)))


class Average:
    """Running average of the trainable weights of a model."""

    def __init__(self, model: torch.nn.Module, decay: float) -> None:
        self.decay = decay
        self.count = 0
        self.model = model
        self.weights = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def update(self) -> None:
        self.count += 1
        decay = min(self.decay, (1 + self.count) / (10 + self.count))
        for name, p in self.model.named_parameters():
            if p.requires_grad:
                self.weights[name].lerp_(p, 1 - decay)

    @contextmanager
    def swapped_in(self) -> Iterator[None]:
        """Put the averages in the model's place for a while."""
        current = {n: p.detach().clone() for n, p in self.model.named_parameters()}
        self._put(self.weights)
        try:
            yield
        finally:
            self._put(current)

    @torch.no_grad()
    def _put(self, weights: dict[str, torch.Tensor]) -> None:
        for name, p in self.model.named_parameters():
            if name in weights:
                p.copy_(weights[name])


def seed_all(seed: int) -> None:
    random.seed(seed)
    torch.manual_seed(seed)


def batches_by_length(lengths: Sequence[int], budget: int, rng: random.Random) -> list[list[int]]:
    """Indices in batches of about `budget` words, of sentences of like length."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 4)
    batches: list[list[int]] = []
    batch: list[int] = []
    words = 0
    for i in order:
        if batch and words + lengths[i] > budget:
            batches.append(batch)
            batch, words = [], 0
        batch.append(i)
        words += lengths[i]
    batches.append(batch)
    rng.shuffle(batches)
    return batches


def run(
    model: torch.nn.Module,
    optimizers: Sequence[torch.optim.Optimizer],
    batches: Iterator[Any],
    step: Callable[[Any], float],
    schedule: Schedule,
    evaluate: Callable[[], float],
    save: Callable[[], None],
) -> float:
    """Train; save the averaged weights after every evaluation.

    Returns:
        The development score of the weights saved last.
    """
    average = Average(model, schedule.averaging)
    started, loss, score = time.time(), 0.0, 0.0
    for number in range(schedule.steps):
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = schedule.at(number, time.time() - started)
        loss += step(next(batches))
        average.update()
        done = number + 1
        over = schedule.done(done, time.time() - started) >= 1
        if done % schedule.evaluate_every == 0 or over:
            with average.swapped_in():
                score = evaluate()
                save()
            seconds = time.time() - started
            mean = loss / schedule.evaluate_every
            log.info("step %d: loss %.3f, score %.4f, %.0f s", done, mean, score, seconds)
            loss = 0.0
        if over:
            break
    return score
