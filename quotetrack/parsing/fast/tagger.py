"""Parts of speech and morphological features: Stanza's tagger, each different form embedded once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from quotetrack.parsing.fast.recurrent import Highway, batches
from quotetrack.parsing.fast.words import Spelling, ids_of, numbered, simplified

_CELLS = 6_000
# Stanza's vocabularies begin with padding, unknown, empty and root.
_SPECIAL = 4


class Tagger:
    """Runs the network of a `stanza.models.pos.trainer.Trainer`."""

    def __init__(self, processor: Any) -> None:
        self.model = model = processor.trainer.model.eval()
        self.vocab = processor.trainer.vocab
        self.vectors = processor.pretrain.vocab
        self.spelling = Spelling(model.charmodel, self.vocab["char"])
        self.highway = Highway(model.taggerlstm, (model.taggerlstm_h_init, model.taggerlstm_c_init))
        self.device = model.upos_clf.weight.device
        self.features = list(self.vocab["feats"]._id2unit.items())
        heads = list(model.tag_clf["feats"])
        self.weight = torch.cat([model.upos_clf.weight, *(h.weight for h in heads)])
        self.bias = torch.cat([model.upos_clf.bias, *(h.bias for h in heads)])
        self.sizes = [model.upos_clf.out_features, *(h.out_features for h in heads)]
        self.known: dict[tuple[int, ...], Mapping[str, str]] = {}

    @staticmethod
    def lacks(processor: Any) -> str:
        """Why this tagger cannot run here; empty where it can."""
        args = processor.trainer.args
        wanted = args.get("share_hid") and args.get("pretrain") and args.get("char") and args["word_emb_dim"] > 0
        unwanted = args.get("charlm") or args.get("bert_model") or args.get("char_bidirectional")
        if not wanted or unwanted or args["rec_dropout"] or args["char_rec_dropout"]:
            return "a tagger of another make"
        return ""

    def tag(self, sentences: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[list[Mapping[str, str]]]]:
        """For each sentence the parts of speech and the features of its words."""
        forms, numbers = numbered([form for sentence in sentences for form in sentence])
        table = self._table([simplified(f) for f in forms])
        bypass = self.highway.bypass(table)
        flat = torch.tensor(numbers, device=self.device)
        lengths = [len(s) for s in sentences]
        starts = torch.tensor([0, *lengths]).cumsum(0)
        upos: list[list[str]] = [[] for _ in sentences]
        feats: list[list[Mapping[str, str]]] = [[] for _ in sentences]
        for batch in batches(lengths, _CELLS, self.device):
            at = starts[batch.rows].to(self.device).unsqueeze(1) + torch.arange(batch.mask.shape[1], device=self.device)
            ids = flat[torch.where(batch.mask, at, 0)]
            hidden = self.highway.run(table[ids], bypass[ids], batch.flip)[batch.mask]
            tags = self._best(hidden)
            self._spread(tags, batch.rows, lengths, upos, feats)
        return upos, feats

    def _table(self, forms: Sequence[str]) -> Tensor:
        """The input of the network for each form."""
        model = self.model
        word = model.word_emb(ids_of(self.vocab["word"], forms, self.device))
        vector = model.pretrained_emb(ids_of(self.vectors, [f.lower() for f in forms], self.device))
        return torch.cat([word, model.trans_pretrained(vector), model.trans_char(self.spelling.vectors(forms))], 1)

    def _best(self, hidden: Tensor) -> list[tuple[int, ...]]:
        """For each word the number of its part of speech, then of each feature's value."""
        scores = torch.nn.functional.linear(torch.relu(self.model.upos_hid(hidden)), self.weight, self.bias)
        best = torch.stack([part.argmax(1) for part in torch.split(scores, self.sizes, 1)], 1)
        return list(map(tuple, best.tolist()))

    def _spread(
        self,
        tags: Sequence[tuple[int, ...]],
        rows: Sequence[int],
        lengths: Sequence[int],
        upos: list[list[str]],
        feats: list[list[Mapping[str, str]]],
    ) -> None:
        """Hand the tags of a batch out to its sentences."""
        names = self.vocab["upos"]._id2unit
        known = self.known
        known.update({tag: self._named(tag[1:]) for tag in set(tags) if tag not in known})
        start = 0
        for row in rows:
            own = tags[start : start + lengths[row]]
            upos[row] = [names[tag[0]] for tag in own]
            feats[row] = [known[tag] for tag in own]
            start += lengths[row]

    def _named(self, values: Sequence[int]) -> Mapping[str, str]:
        pairs = zip(self.features, values, strict=True)
        return {name: units[value] for (name, units), value in pairs if value >= _SPECIAL}
