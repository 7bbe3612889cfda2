"""Recurrent layers on padded batches, the way a CPU likes them.

Stanza packs its sequences, which on a CPU means one small product for every step whose batch differs from the last.
Padded batches go to oneDNN's LSTM as they are, and take half the time. Padding would spoil the backward direction, so
each sequence is reversed in place for it; everything else is what `nn.LSTM` computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

# A row this much shorter than the longest of its batch wastes more than it saves ...
_SHORTEST = 0.8
# ... unless the batch would be left so thin that the cost of a step no longer depends on its rows.
_THIN = 12


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of like length, longest first: their numbers, their lengths, and what turns each around."""

    rows: list[int]
    lengths: Tensor
    mask: Tensor
    flip: Tensor | None


def batches(lengths: Sequence[int], budget: int, device: Any = "cpu") -> list[Batch]:
    """Rows in batches of like length, of at most `budget` cells each (or of one row)."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True)
    made = []
    start = 0
    while start < len(order):
        longest = max(1, lengths[order[start]])
        width = max(1, budget // longest)
        end = start + 1
        while end < len(order) and end - start < width:
            if lengths[order[end]] < _SHORTEST * longest and end - start >= _THIN:
                break
            end += 1
        made.append(_batch(order[start:end], lengths, device))
        start = end
    return made


def _batch(rows: list[int], lengths: Sequence[int], device: Any) -> Batch:
    sizes = torch.tensor([lengths[r] for r in rows], device=device).unsqueeze(1)
    steps = torch.arange(int(sizes[0]), device=device).unsqueeze(0)
    mask = steps < sizes
    if bool(mask.all()):
        return Batch(rows, sizes.squeeze(1), mask, None)
    return Batch(rows, sizes.squeeze(1), mask, torch.where(mask, sizes - 1 - steps, steps))


def turned(x: Tensor, flip: Tensor | None) -> Tensor:
    """Each row reversed, its padding left where it is."""
    if flip is None:
        return x.flip(1)
    return x.gather(1, flip.unsqueeze(2).expand(-1, -1, x.shape[2]))


class Recurrent:
    """One layer of an `nn.LSTM`, in one direction or in both.

    Args:
        lstm: the trained layers; only the one numbered `layer` is used.
        start: the trained initial states (directions of all layers x 1 x size); zeros where None.
    """

    def __init__(self, lstm: nn.LSTM, layer: int = 0, start: tuple[Tensor, Tensor] | None = None) -> None:
        self.both = lstm.bidirectional
        directions = 2 if self.both else 1
        suffixes = [f"_l{layer}", f"_l{layer}_reverse"][:directions]
        self.parts = [_one_way(lstm, suffix) for suffix in suffixes]
        first = layer * directions
        self.starts = [None if start is None else (start[0][first + d], start[1][first + d]) for d in range(directions)]

    def run(self, x: Tensor, flip: Tensor | None) -> Tensor:
        """Outputs (rows x steps x directions * size)."""
        forward = self._part(0, x)
        if not self.both:
            return forward
        return torch.cat([forward, turned(self._part(1, turned(x, flip)), flip)], 2)

    def last(self, x: Tensor, batch: Batch) -> Tensor:
        """The state each direction ends in (rows x directions * size)."""
        ways = [x] if not self.both else [x, turned(x, batch.flip)]
        at = (batch.lengths - 1).view(-1, 1, 1)
        outputs = [self._part(d, way) for d, way in enumerate(ways)]
        return torch.cat([o.gather(1, at.expand(-1, 1, o.shape[2])).squeeze(1) for o in outputs], 1)

    def _part(self, direction: int, x: Tensor) -> Tensor:
        start = self.starts[direction]
        if start is None:
            output: Tensor = self.parts[direction](x)[0]
            return output
        state = tuple(s.unsqueeze(0).expand(1, x.shape[0], -1).contiguous() for s in start)
        output = self.parts[direction](x, state)[0]
        return output


def layers(lstm: nn.LSTM, start: tuple[Tensor, Tensor] | None = None) -> list[Recurrent]:
    """All layers of an `nn.LSTM`."""
    return [Recurrent(lstm, layer, start) for layer in range(lstm.num_layers)]


def _one_way(lstm: nn.LSTM, suffix: str) -> nn.LSTM:
    weight = getattr(lstm, f"weight_ih{suffix}")
    made = nn.LSTM(weight.shape[1], lstm.hidden_size, batch_first=True, bias=lstm.bias)
    names = ["weight_ih", "weight_hh"] + (["bias_ih", "bias_hh"] if lstm.bias else [])
    made.load_state_dict({f"{name}_l0": getattr(lstm, name + suffix) for name in names})
    return made.to(weight.device).eval().requires_grad_(False)


class Highway:
    """Stanza's highway layers over bidirectional LSTMs."""

    def __init__(self, module: Any, start: tuple[Tensor, Tensor]) -> None:
        self.layers = []
        for number, packed in enumerate(module.lstm):
            own = (start[0][2 * number : 2 * number + 2], start[1][2 * number : 2 * number + 2])
            self.layers.append((Recurrent(packed.lstm, 0, own), module.highway[number], module.gate[number]))

    def bypass(self, x: Tensor, layer: int = 0) -> Tensor:
        """What goes past the LSTM of a layer; of the first layer it can be had for each kind of word once."""
        _, highway, gate = self.layers[layer]
        return torch.sigmoid(gate(x)) * torch.tanh(highway(x))

    def run(self, x: Tensor, bypass: Tensor, flip: Tensor | None) -> Tensor:
        for number, (lstm, _, _) in enumerate(self.layers):
            x = lstm.run(x, flip) + (bypass if number == 0 else self.bypass(x, number))
        return x
