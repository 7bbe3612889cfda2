"""Heads and relations: Stanza's graph parser, with labels scored only for the arcs that were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from quotetrack.parsing.fast.recurrent import Batch, Highway, batches
from quotetrack.parsing.fast.trees import Heads, Repair, are_trees, best_tree, violates
from quotetrack.parsing.fast.words import Spelling, ids_of, numbered, simplified

_CELLS = 5_000
_ROOT = 3  # its number in every vocabulary of Stanza's
_SPECIAL = 4
# Labels are scored for so many words at once: what lies in between stays in the cache.
_LABELLED = 512

Word = tuple[str, str, str]  # form, part of speech, lemma
Tree = tuple[list[int], list[str]]


class _Bilinear:
    """One of the parser's pairwise scorers, its hidden layers cut out of the joint ones."""

    def __init__(self, module: Any, part: slice) -> None:
        self.part = part
        self.weight = module.scorer.W_bilin.weight  # (word + 1) x (head + 1) x outputs
        self.bias = module.scorer.W_bilin.bias

    def pairs(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of all pairs (rows x words x heads) where there is one output."""
        left = _with_one(words[..., self.part]) @ self.weight[:, :, 0]
        scores: Tensor = left @ _with_one(heads[..., self.part]).transpose(1, 2) + self.bias
        return scores

    def chosen(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of one pair in each row (rows x outputs)."""
        size, across, outputs = self.weight.shape
        flat = self.weight.reshape(size, across * outputs)
        scored = []
        for at in range(0, len(words), _LABELLED):
            left = (_with_one(words[at : at + _LABELLED, self.part]) @ flat).view(-1, across, outputs)
            right = _with_one(heads[at : at + _LABELLED, self.part]).unsqueeze(1)
            scored.append(torch.bmm(right, left).squeeze(1))
        scores: Tensor = torch.cat(scored) + self.bias
        return scores

    def all(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of all pairs in one sentence (words x heads x outputs)."""
        left = torch.einsum("li,ijo->ljo", _with_one(words[:, self.part]), self.weight)
        scores: Tensor = torch.einsum("ljo,mj->lmo", left, _with_one(heads[:, self.part])) + self.bias
        return scores


def _with_one(x: Tensor) -> Tensor:
    return F.pad(x, (0, 1), value=1.0)


class DependencyParser:
    """Runs the network of a `stanza.models.depparse.trainer.GraphTrainer`."""

    def __init__(self, processor: Any) -> None:
        self.model = model = processor.trainer.model.eval()
        self.vocab = processor.trainer.vocab
        self.vectors = processor.pretrain.vocab
        self.spelling = Spelling(model.charmodel, self.vocab["char"])
        self.highway = Highway(model.parserlstm, (model.parserlstm_h_init, model.parserlstm_c_init))
        self.device = model.deprel.W1.weight.device
        self.repairs = bool(processor.config.get("resolve_head_constraints", True))
        self.deprels: list[str] = self.vocab["deprel"]._id2unit[_SPECIAL:]
        modules = {
            n: getattr(model, n) for n in ("unlabeled", "deprel", "linearization", "distance") if hasattr(model, n)
        }
        widths = [0, *np.cumsum([m.W1.out_features for m in modules.values()]).tolist()]
        self.scorers = {
            name: _Bilinear(module, slice(widths[i], widths[i + 1])) for i, (name, module) in enumerate(modules.items())
        }
        self.word_side, self.head_side = (_joined([getattr(m, w) for m in modules.values()]) for w in ("W1", "W2"))

    @staticmethod
    def lacks(processor: Any) -> str:
        """Why this parser cannot run here; empty where it can."""
        args = processor.trainer.args
        model = processor.trainer.model
        wanted = hasattr(model, "deprel") and args.get("pretrain") and args.get("char") and args.get("use_upos", True)
        unwanted = args.get("charlm") or args.get("bert_model") or args.get("use_xpos", True)
        other = args.get("use_ufeats", True) or args.get("reversed") or args.get("use_arc_embedding")
        sized = args["word_emb_dim"] > 0 and args["tag_emb_dim"] > 0 and args["char_emb_dim"] > 0
        if not wanted or unwanted or other or not sized or args["rec_dropout"] or args["char_rec_dropout"]:
            return "a parser of another make"
        return ""

    def parse(self, sentences: Sequence[Sequence[Word]]) -> list[Tree]:
        """For each sentence the head of each word, from 1, and its relation."""
        table, kinds = self._table(sentences)
        bypass = self.highway.bypass(table)
        flat = torch.tensor(kinds, device=self.device)
        lengths = [len(s) + 1 for s in sentences]  # the root comes first
        starts = torch.tensor([0, *lengths]).cumsum(0)
        trees: list[Tree] = [([], [])] * len(sentences)
        for batch in batches(lengths, _CELLS, self.device):
            at = starts[batch.rows].to(self.device).unsqueeze(1) + torch.arange(batch.mask.shape[1], device=self.device)
            ids = flat[torch.where(batch.mask, at, 0)]
            hidden = self.highway.run(table[ids], bypass[ids], batch.flip)
            for row, tree in zip(batch.rows, self._trees(hidden, batch), strict=True):
                trees[row] = tree
        return trees

    def _table(self, sentences: Sequence[Sequence[Word]]) -> tuple[Tensor, list[int]]:
        """The input of the network for each different word, the root first, and for each word which that is."""
        words: list[Word] = []
        for sentence in sentences:
            words += [("", "", ""), *sentence]
        different, kinds = numbered(words or [("", "", "")])
        forms, form_of = numbered([simplified(w[0]) for w in different[1:]])
        model = self.model
        vector = ids_of(self.vectors, [f.lower() for f in forms], self.device)
        pretrained = model.trans_pretrained(model.pretrained_emb(self._rooted(vector)))
        word = model.word_emb(self._rooted(ids_of(self.vocab["word"], forms, self.device)))
        spelt = model.trans_char(self.spelling.vectors(forms, [[_ROOT]]))
        lemma = model.lemma_emb(self._rooted(ids_of(self.vocab["lemma"], [w[2] for w in different[1:]], self.device)))
        upos = model.upos_emb(self._rooted(ids_of(self.vocab["upos"], [w[1] for w in different[1:]], self.device)))
        of = torch.tensor([0, *(f + 1 for f in form_of)], device=self.device)
        return torch.cat([pretrained[of], word[of], lemma, upos, spelt[of]], 1), kinds

    def _rooted(self, ids: Tensor) -> Tensor:
        return F.pad(ids, (1, 0), value=_ROOT)

    def _trees(self, hidden: Tensor, batch: Batch) -> list[Tree]:
        words, heads = torch.relu(self.word_side(hidden)), torch.relu(self.head_side(hidden))
        arcs = self._arcs(words, heads).masked_fill_(~batch.mask.unsqueeze(1), -torch.inf)
        best = self._heads(arcs, batch)
        at = torch.from_numpy(best).to(self.device)
        inside = batch.mask.clone()
        inside[:, 0] = False
        chosen = heads.gather(1, at.unsqueeze(2).expand(-1, -1, heads.shape[2]))
        labels = self.scorers["deprel"].chosen(words[inside], chosen[inside]).argmax(1).tolist()
        trees = []
        start = 0
        for i, length in enumerate(batch.lengths.tolist()):
            own: list[int] = best[i, 1:length].tolist()
            names = [self.deprels[n] for n in labels[start : start + length - 1]]
            start += length - 1
            if self.repairs and violates(own, names):
                own, names = self._repaired(
                    arcs[i, :length, :length], words[i, :length], heads[i, :length], best[i, :length]
                )
            trees.append((own, names))
        return trees

    def _arcs(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of all arcs (rows x words x heads), as `GraphParser.forward_scores` makes them."""
        scores = self.scorers["unlabeled"].pairs(words, heads)
        steps = torch.arange(scores.shape[1], device=self.device)
        offset = steps.unsqueeze(0) - steps.unsqueeze(1)
        if "linearization" in self.scorers:
            order = self.scorers["linearization"].pairs(words, heads)
            scores += F.logsigmoid(order * offset.sign().float())
        if "distance" in self.scorers:
            guessed = 1 + F.softplus(self.scorers["distance"].pairs(words, heads))
            scores -= torch.log((offset.abs().float() - guessed) ** 2 / 2 + 1)
        scores.diagonal(dim1=1, dim2=2).fill_(-torch.inf)
        return scores

    def _heads(self, arcs: Tensor, batch: Batch) -> Heads:
        """The best tree of each row; nodes that are no words are their own heads at 0."""
        inside = batch.mask.clone()
        inside[:, 0] = False
        best: Heads = torch.where(inside, arcs.argmax(2), 0).cpu().numpy()
        lengths = batch.lengths.cpu().numpy()
        for i in np.flatnonzero(~are_trees(best, lengths)):
            length = lengths[i]
            best[i, :length] = best_tree(arcs[i, :length, :length].cpu().numpy())
        return best

    def _repaired(self, arcs: Tensor, words: Tensor, heads: Tensor, tree: Heads) -> Tree:
        labels = F.log_softmax(self.scorers["deprel"].all(words, heads), 2).cpu().numpy()
        tree, ids = Repair(arcs.cpu().numpy(), labels, self.deprels).run(tree)
        return tree[1:].tolist(), [self.deprels[i] for i in ids]


def _joined(linears: Sequence[Any]) -> torch.nn.Linear:
    """Linear layers of the same input as one."""
    made = torch.nn.Linear(linears[0].in_features, sum(m.out_features for m in linears))
    made.weight = torch.nn.Parameter(torch.cat([m.weight for m in linears]), requires_grad=False)
    made.bias = torch.nn.Parameter(torch.cat([m.bias for m in linears]), requires_grad=False)
    return made
