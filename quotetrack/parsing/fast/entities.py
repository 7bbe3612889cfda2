"""Named entities: Stanza's tagger, decoded for whole batches at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from stanza.models.ner.trainer import fix_singleton_tags
from stanza.models.ner.utils import decode_from_bioes
from torch import Tensor

from quotetrack.parsing.fast.recurrent import Batch, batches, layers
from quotetrack.parsing.fast.words import Spelling, ids_of, numbered

_CELLS = 6_000
_SPECIAL = 4
_UNKNOWN, _PADDING = 1, 0

# first and last token of an entity, counted from 0, and its kind in the words of the model
Found = tuple[int, int, str]


class EntityTagger:
    """Runs the network of a `stanza.models.ner.trainer.Trainer`."""

    def __init__(self, processor: Any) -> None:
        trainer = processor.trainers[0]
        self.model = model = trainer.model.eval()
        self.vocab = trainer.vocab
        self.lower = bool(trainer.args.get("lowercase", True))
        self.spelling = Spelling(model.charmodel, self.vocab["char"], bool(trainer.args.get("char_lowercase", False)))
        self.layers = layers(model.taggerlstm.lstm, (model.taggerlstm_h_init, model.taggerlstm_c_init))
        self.device = model.tag_clfs[0].weight.device
        self.tags: list[str] = self.vocab["tag"].items(0)
        self.transitions = model.crits[0]._transitions.detach()

    @staticmethod
    def lacks(processor: Any) -> str:
        """Why this tagger cannot run here; empty where it can."""
        trainer = processor.trainers[0]
        args = trainer.args
        wanted = len(processor.trainers) == 1 and len(trainer.model.tag_clfs) == 1 and "word" in trainer.vocab
        unwanted = args.get("charlm") or args.get("bert_model") or not args.get("char") or not args["char_emb_dim"]
        if not wanted or unwanted or args["char_rec_dropout"] or not args["word_emb_dim"]:
            return "an entity tagger of another make"
        return ""

    def find(self, sentences: Sequence[Sequence[str]]) -> list[list[Found]]:
        """The entities of each sentence of tokens."""
        forms, numbers = numbered([form for sentence in sentences for form in sentence])
        table = self._table(forms)
        flat = torch.tensor(numbers, device=self.device)
        lengths = [len(s) for s in sentences]
        starts = torch.tensor([0, *lengths]).cumsum(0)
        found: list[list[Found]] = [[] for _ in sentences]
        for batch in batches(lengths, _CELLS, self.device):
            at = starts[batch.rows].to(self.device).unsqueeze(1) + torch.arange(batch.mask.shape[1], device=self.device)
            x = table[flat[torch.where(batch.mask, at, 0)]]
            for layer in self.layers:
                x = layer.run(x, batch.flip)
            best = self._best(self.model.tag_clfs[0](x), batch).tolist()
            for row, tags in zip(batch.rows, best, strict=True):
                found[row] = list(entities([self.tags[t] for t in tags[: lengths[row]]]))
        return found

    def _table(self, forms: Sequence[str]) -> Tensor:
        """The input of the network for each form."""
        cased = [f.lower() for f in forms] if self.lower else forms
        ids = ids_of(self.vocab["word"], cased, self.device)
        word = self.model.word_emb(ids)
        if self.model.delta_emb is not None:
            delta = ids_of(self.vocab["delta"], cased, self.device)
            # as there: a word that only the vectors know is not an unknown one
            delta[(delta == _UNKNOWN) & (ids != _UNKNOWN)] = _PADDING
            word = word + self.model.delta_emb(delta)
        x = torch.cat([word, self.spelling.vectors(forms)], 1)
        return x if self.model.input_transform is None else self.model.input_transform(x)

    def _best(self, scores: Tensor, batch: Batch) -> Tensor:
        """The best sequence of tags of each row (Viterbi)."""
        steps = scores.shape[1]
        trellis, pointers = [scores[:, 0]], []
        for step in range(1, steps):
            best, came_from = (trellis[-1].unsqueeze(2) + self.transitions).max(1)
            trellis.append(scores[:, step] + best)
            pointers.append(came_from)
        last = torch.stack(trellis, 1).argmax(2)
        tags = torch.empty(scores.shape[:2], dtype=torch.long, device=self.device)
        tag = tags[:, -1] = last[:, -1]
        ends = (batch.lengths - 1).unsqueeze(1) == torch.arange(steps, device=self.device)
        for step in range(steps - 2, -1, -1):
            followed = pointers[step].gather(1, tag.unsqueeze(1)).squeeze(1)
            tag = tags[:, step] = torch.where(ends[:, step], last[:, step], followed)
        return tags.clamp(min=_SPECIAL)


def entities(tags: Sequence[str]) -> Iterator[Found]:
    """The entities that BIOES tags mark, read as Stanza reads them."""
    if any(tag != "O" for tag in tags):
        for entity in decode_from_bioes(fix_singleton_tags(tags)):
            yield entity["start"], entity["end"], entity["type"]
