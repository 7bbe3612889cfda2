"""What a network knows of a word by its form alone, worked out once for each form.

A text has four times as many words as different ones: vectors, spelling networks and all that depends on nothing but
the form are computed for each different form, and then looked up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from quotetrack.parsing.fast.recurrent import Recurrent, batches

_CELLS = 20_000
# As in stanza.models.common.utils.simplify_punct and stanza.pipeline.tokenize_processor.
_QUESTION = re.compile("^[?？︖﹖⁇][?？︖﹖⁇!！︕﹗‼]+$")
_EXCLAMATION = re.compile("^[!！︕﹗‼][?？︖﹖⁇!！︕﹗‼]+$")
_TOO_LONG = 1000


def simplified(form: str) -> str:
    """The form as Stanza shows it to tagger and parser."""
    if len(form) > _TOO_LONG:
        return "<UNK>"
    if form[0] in "?？︖﹖⁇!！︕﹗‼" and len(form) > 1:
        return _EXCLAMATION.sub("!", _QUESTION.sub("?", form))
    return form


class Spelling:
    """A character model: from the characters of each form to one vector."""

    def __init__(self, model: Any, vocabulary: Any, lower: bool = False) -> None:
        self.ids = vocabulary._unit2id
        self.unknown = self.ids["<UNK>"]
        self.lower = lower
        self.embedding = model.char_emb
        self.attention = model.char_attn if model.attn else None
        start = (model.charlstm_h_init, model.charlstm_c_init)
        self.lstm = Recurrent(model.charlstm.lstm, 0, start)
        self.device = model.char_emb.weight.device

    def vectors(self, forms: Sequence[str], before: Sequence[list[int]] = ()) -> Tensor:
        """One row for each of `before` (already numbers of characters), then one for each form."""
        get, unknown = self.ids.get, self.unknown
        cased = [f.lower() for f in forms] if self.lower else forms
        spelt = [*before, *([get(c, unknown) for c in form] for form in cased)]
        lengths = [len(s) for s in spelt]
        made: Tensor | None = None
        for batch in batches(lengths, _CELLS, self.device):
            ids = torch.zeros(batch.mask.shape, dtype=torch.long)
            ids[batch.mask.cpu()] = torch.tensor([c for r in batch.rows for c in spelt[r]])
            rows = self._run(self.embedding(ids.to(self.device)), batch)
            made = rows.new_empty(len(spelt), rows.shape[1]) if made is None else made
            made[torch.tensor(batch.rows, device=self.device)] = rows
        return torch.zeros(0, 0, device=self.device) if made is None else made

    def _run(self, x: Tensor, batch: Any) -> Tensor:
        if self.attention is None:
            return self.lstm.last(x, batch)
        outputs = self.lstm.run(x, batch.flip)
        weights = torch.sigmoid(self.attention(outputs)) * batch.mask.unsqueeze(2)
        summed: Tensor = (outputs * weights).sum(1)
        return summed


def numbered(values: Sequence[Any]) -> tuple[list[Any], list[int]]:
    """The different values in order of appearance, and for each value its number among them."""
    seen: dict[Any, int] = {}
    numbers = [seen.setdefault(v, len(seen)) for v in values]
    return list(seen), numbers


def ids_of(vocabulary: Any, units: Sequence[str], device: Any) -> Tensor:
    """What Stanza's vocabulary maps the units to."""
    return torch.tensor(vocabulary.map(units), dtype=torch.long, device=device)
