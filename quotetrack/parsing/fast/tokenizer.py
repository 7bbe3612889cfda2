"""Tokens and sentence ends: Stanza's tokenizer on all paragraphs of all texts at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from stanza.models.tokenization.data import PER_CHAR_FEAT_FUNCS
from stanza.models.tokenization.utils import MASK_RE
from torch import Tensor

from quotetrack.model import Span
from quotetrack.parsing.drafts import Token
from quotetrack.parsing.fast.recurrent import batches, layers

_CELLS = 30_000
# Stanza reads longer paragraphs in windows of so many characters, each from the last sentence end of the one before.
_WINDOW = 1000
# A paragraph that fits in one window is followed by one step of padding, there and so in training.
_PADDED = _WINDOW - 1
_SPACES = re.compile(r"[\s\u0080-\u009f]+")
# An address or a link has one of these; the expression that finds them is slow.
_ADDRESS = re.compile(r"@|://|www\.|\.(?:gov|org|edu|net|com|co)")
_POSITIONS = ("end_of_para", "start_of_para")
_WORD, _SENTENCE, _MULTI, _MULTI_SENTENCE = 1, 2, 3, 4

Labels = NDArray[np.int64]


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as the network reads it, any white space one space, and where each character stands in the text."""

    text: str
    at: NDArray[np.int64]
    first: int  # where it begins among the characters of all paragraphs


class Tokenizer:
    """Runs the network of a `stanza.models.tokenization.trainer.Trainer`."""

    def __init__(self, processor: Any) -> None:
        self.model = model = processor.trainer.model.eval()
        self.vocab = processor.trainer.vocab
        names = processor.trainer.args["feat_funcs"]
        self.features = [PER_CHAR_FEAT_FUNCS[n] for n in names if n not in _POSITIONS]
        self.positions = [n for n in _POSITIONS if n in names]
        self.layers = layers(model.rnn)
        self.device = model.tok_clf.weight.device
        heads = [model.tok_clf, model.sent_clf] + ([model.mwt_clf] if model.args["use_mwt"] else [])
        self.weight, self.bias = torch.cat([h.weight for h in heads]), torch.cat([h.bias for h in heads])

    @staticmethod
    def lacks(processor: Any) -> str:
        """Why this tokenizer cannot run here; empty where it can."""
        trainer = processor.trainer
        args = trainer.args
        unwanted = args.get("conv_res") or args.get("hierarchical") or args.get("charlm_forward_file")
        known = all(n in PER_CHAR_FEAT_FUNCS or n in _POSITIONS for n in args["feat_funcs"])
        if unwanted or trainer.dictionary is not None or not known or args.get("skip_newline"):
            return "a tokenizer of another make"
        return ""

    def tokenize(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[list[list[list[Token]]]]:
        """The tokens of each sentence of each paragraph of each text."""
        paragraphs: list[_Paragraph] = []
        first = 0
        for text, own in zip(texts, spans, strict=True):
            for span in own:
                paragraphs.append(_read(text, span, first))
                first += len(paragraphs[-1].text)
        labels = iter(self._labels(paragraphs) if paragraphs else [])
        read = iter(paragraphs)
        return [[list(_sentences(next(read), next(labels))) for _ in own] for own in spans]

    def _labels(self, paragraphs: Sequence[_Paragraph]) -> list[Labels]:
        """For each character: inside a token (0), or the end of a word, sentence, multi-word token, or both."""
        table, kinds = self._characters("".join(p.text for p in paragraphs))
        labels = [np.zeros(len(p.text), dtype=np.int64) for p in paragraphs]
        waiting = [(i, 0) for i in range(len(paragraphs))]
        while waiting:
            sizes = [min(_WINDOW, len(labels[i]) - start) for i, start in waiting]
            steps = [n + (len(labels[i]) <= _PADDED) for n, (i, _) in zip(sizes, waiting, strict=True)]
            further = []
            for batch in batches(steps, _CELLS, self.device):
                windows = [(*waiting[r], sizes[r]) for r in batch.rows]
                x = self._input(table, kinds, paragraphs, windows, batch.mask.shape[1])
                best: Labels = self._scores(x, batch.flip).argmax(2).cpu().numpy()
                for (i, start, size), found in zip(windows, best, strict=True):
                    labels[i][start : start + size] = found[:size]
                    end = _advanced(found[:size], start, len(labels[i]))
                    if end < len(labels[i]):
                        further.append((i, end))
            waiting = further
        for own, paragraph in zip(labels, paragraphs, strict=True):
            own[-1] = _MULTI_SENTENCE if own[-1] > _SENTENCE else _SENTENCE
            _keep_addresses(paragraph.text, own)
        return labels

    def _characters(self, text: str) -> tuple[Tensor, Tensor]:
        """What the network reads of each different character, padding last, and which one each character is."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        different, inverse = np.unique(codes, return_inverse=True)
        units = [chr(c) for c in different.tolist()]
        ids = torch.tensor([self.vocab.unit2id(u) for u in units], dtype=torch.long, device=self.device)
        features = torch.tensor([[float(f(u)) for f in self.features] for u in units], device=self.device)
        kinds = torch.from_numpy(inverse.reshape(-1)).to(self.device)
        table = torch.cat([self.model.embeddings(ids), features.view(len(units), -1)], 1)
        return torch.nn.functional.pad(table, (0, 0, 0, 1)), kinds

    def _input(
        self,
        table: Tensor,
        kinds: Tensor,
        paragraphs: Sequence[_Paragraph],
        windows: Sequence[tuple[int, int, int]],
        steps: int,
    ) -> Tensor:
        rows = len(windows)
        starts = torch.tensor([paragraphs[i].first + start for i, start, _ in windows], device=self.device)
        places = torch.arange(steps, device=self.device).unsqueeze(0)
        inside = places < torch.tensor([size for _, _, size in windows], device=self.device).unsqueeze(1)
        at = torch.where(inside, kinds[torch.where(inside, starts.unsqueeze(1) + places, 0)], len(table) - 1)
        marks = torch.zeros(rows, steps, len(self.positions), device=self.device)
        for row, (i, start, size) in enumerate(windows):
            for number, position in enumerate(self.positions):
                if position == "start_of_para" and start == 0:
                    marks[row, 0, number] = 1
                if position == "end_of_para" and start + size == len(paragraphs[i].text):
                    marks[row, size - 1, number] = 1
        return torch.cat([table[at], marks], 2)

    def _scores(self, x: Tensor, flip: Tensor | None) -> Tensor:
        """Log probabilities of the labels (rows x characters x labels)."""
        for layer in self.layers:
            x = layer.run(x, flip)
        scores = torch.nn.functional.linear(x, self.weight, self.bias)
        yes, no = torch.nn.functional.logsigmoid(scores), torch.nn.functional.logsigmoid(-scores)
        token, sentence, rest = yes[..., 0], yes[..., 1], no[..., 1]
        classes = [no[..., 0], token + rest, token + sentence]
        if scores.shape[2] == 3:
            single, multi = no[..., 2], yes[..., 2]
            classes = [classes[0], *(c + single for c in classes[1:]), token + rest + multi, token + sentence + multi]
        return torch.stack(classes, 2)


def _read(text: str, span: Span, first: int) -> _Paragraph:
    """The paragraph with each run of white space as one space."""
    raw = span.of(text)
    at = np.arange(span.start, span.end)
    runs = [m.span() for m in _SPACES.finditer(raw)]
    long = [(start, end) for start, end in runs if end - start > 1]
    if long:
        kept = np.ones(len(raw), dtype=bool)
        for start, end in long:
            kept[start + 1 : end] = False
        at = at[kept]
    return _Paragraph(_SPACES.sub(" ", raw), at, first)


def _advanced(found: Labels, start: int, length: int) -> int:
    """Where the next window of a long paragraph begins."""
    breaks = np.flatnonzero((found == _SENTENCE) | (found == _MULTI_SENTENCE))
    if not len(breaks) or start >= length - _WINDOW:
        return start + len(found)
    return start + int(breaks[-1]) + 1


def _keep_addresses(text: str, labels: Labels) -> None:
    """Keep links and mail addresses whole, as stanza.models.tokenization.utils.update_pred_regex does."""
    if not _ADDRESS.search(text):
        return
    for match in MASK_RE.finditer(text):
        labels[match.start() : match.end() - 1] = 0
        if labels[match.end() - 1] == 0:
            labels[match.end() - 1] = _WORD


def _sentences(paragraph: _Paragraph, labels: Labels) -> Iterator[list[Token]]:
    """Tokens by sentence. White space alone is no token; what ends there goes on."""
    ends = np.flatnonzero(labels)
    tokens: list[Token] = []
    start = 0
    text, at = paragraph.text, paragraph.at
    for end, label in zip(ends.tolist(), labels[ends].tolist(), strict=True):
        if text[start] == " ":
            start += 1
        last = end - 1 if text[end] == " " else end
        if start <= last:
            tokens.append(Token(int(at[start]), int(at[last]) + 1, label >= _MULTI))
            if label in (_SENTENCE, _MULTI_SENTENCE):
                yield tokens
                tokens = []
        start = end + 1
    if tokens:
        yield tokens
