"""Word vectors of press French, stored as a Stanza pretrain file."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import torch
from gensim.models import Word2Vec  # type: ignore[import-untyped]
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

from training.press import CONTRACTED, articles, words

DIMENSIONS = 100
MIN_COUNT = 4
EPOCHS = 5


def train(press: Path, workers: int = 1) -> tuple[list[str], np.ndarray]:
    """Skip-gram vectors of the press text.

    Args:
        press: articles, one paragraph a line, an empty line between articles.
        workers: threads; only 1 gives the same vectors every time.
    Returns:
        The words, most frequent first, and their unit-length vectors.
    """
    sentences = [words(p) for paragraphs in articles(press) for p in paragraphs]
    model = Word2Vec(
        sentences,
        vector_size=DIMENSIONS,
        window=5,
        min_count=MIN_COUNT,
        sg=1,
        epochs=EPOCHS,
        workers=workers,
        seed=1,
    )
    vectors = model.wv.get_normed_vectors()
    return list(model.wv.index_to_key), vectors * np.sqrt(DIMENSIONS) * 0.3


def with_variants(vocabulary: list[str], vectors: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Give every word with a straight apostrophe a twin with a typographic one."""
    known = set(vocabulary)
    twins = [
        (word.replace("'", "’"), row)
        for row, word in enumerate(vocabulary)
        if "'" in word and word.replace("'", "’") not in known
    ]
    rows = [row for _, row in twins]
    return vocabulary + [word for word, _ in twins], np.vstack([vectors, vectors[rows]])


def with_contractions(vocabulary: list[str], vectors: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Give *du*, *aux* ... the mean of their parts: names are looked for in tokens."""
    row = {word: i for i, word in enumerate(vocabulary)}
    added = [form for form in CONTRACTED if form not in row]
    means = [vectors[[row[part] for part in CONTRACTED[form]]].mean(0) for form in added]
    return vocabulary + added, np.vstack([vectors, *means])


def save(vocabulary: list[str], vectors: np.ndarray, path: Path) -> None:
    """Write a Stanza pretrain file: the special units are zero vectors."""
    pretrain = Pretrain(save_to_file=False)
    pretrain._vocab = PretrainedWordVocab(vocabulary, lang="")
    special = np.zeros((len(VOCAB_PREFIX), vectors.shape[1]))
    matrix = np.vstack([special, vectors]).astype(np.float32)
    pretrain._emb = torch.from_numpy(matrix)
    pretrain.save(str(path))


def make(press: Path, path: Path, workers: int = 1) -> None:
    """Train the vectors and write them to path."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    save(*with_contractions(*with_variants(*train(press, workers))), path)
