"""Training trees for the parser, tagged the way the shipped tagger would tag them.

Each half of the treebanks is tagged by a tagger that has seen the other half
only, so that the parser learns from tags with realistic mistakes in them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from stanza.models.common.doc import FEATS, LEMMA, TEXT, UPOS
from stanza.models.common.pretrain import Pretrain
from stanza.models.lemma.trainer import Trainer as LemmaTrainer
from stanza.models.pos.data import Dataset
from stanza.models.pos.trainer import Trainer as TaggerTrainer
from stanza.utils.conll import CoNLL

from training.corpora import (
    QUESTIONS,
    SPOKEN,
    WRITTEN,
    Sentence,
    treebank,
    variants,
    vary,
    write,
)
from training.reporting import make as make_reports
from training.reporting import speakers

REPORT_SHARE = 0.6


@dataclass(frozen=True)
class Corpus:
    """Sentences to learn from."""

    written: list[Sentence]
    spoken: list[Sentence]

    def half(self, number: int) -> Corpus:
        return Corpus(self.written[number::2], self.spoken[number::2])

    def for_tagger(self, seed: int) -> list[Sentence]:
        return [*variants(self.written, seed), *self.spoken]

    def for_parser(self, people: Sequence[tuple[str, str]], seed: int) -> list[Sentence]:
        rng = random.Random(seed)
        reports = [vary(s, rng) for s in make_reports(self.written, people, REPORT_SHARE, seed)]
        return self.for_tagger(seed) + reports


def load(shared: Path) -> Corpus:
    """All training sentences."""
    written = [s for name in WRITTEN + QUESTIONS for s in treebank(shared, name)]
    spoken = [s for name in SPOKEN for s in treebank(shared, name)]
    return Corpus(written, spoken)


def retag(gold: Path, tagger: Path, lemmas: Path, pretrain: Pretrain, out: Path) -> None:
    """Copy a CoNLL-U file with the tagger's tags and the dictionary's lemmas."""
    document = CoNLL.conll2doc(input_file=str(gold))
    trainer = TaggerTrainer(pretrain=pretrain, model_file=str(tagger), device="cpu")
    data = Dataset(document, trainer.args, pretrain, vocab=trainer.vocab, evaluation=True)
    order = sorted(range(len(data)), key=lambda i: len(data.data[i].word[0]))
    tags: dict[int, list[list[str]]] = {}
    with torch.no_grad():
        for start in range(0, len(order), 60):
            indices = order[start : start + 60]
            batch = data.collate_fn([data[i] for i in indices])
            tags.update(zip(indices, trainer.predict(batch), strict=True))
    flat = [word for i in range(len(data)) for word in tags[i]]
    document.set([UPOS, FEATS], [(word[0], word[-1]) for word in flat])
    table = LemmaTrainer(model_file=str(lemmas))
    document.set([LEMMA], table.predict_dict(document.get([TEXT, UPOS])))
    CoNLL.write_doc2conll(document, str(out))


def join(parts: Sequence[Path], out: Path) -> None:
    """Concatenate CoNLL-U files."""
    text = "".join(part.read_text(encoding="utf-8").rstrip("\n") + "\n\n" for part in parts)
    out.write_text(text, encoding="utf-8")


def write_halves(shared: Path, folder: Path, seed: int = 1) -> None:
    """Write, for each half, the tagger's and the parser's gold trees."""
    people = speakers(shared / "news" / "fr-press.txt.xz")
    corpus = load(shared)
    for number in (0, 1):
        half = corpus.half(number)
        write(folder / f"tagger{number}.conllu", half.for_tagger(seed))
        write(folder / f"parser{number}.conllu", half.for_parser(people, seed))
