"""Mark names in press text with spaCy's French model; run in an environment with spaCy.

    python -m training.silver_entities PRESS.txt.xz OUT.jsonl [EVERY]

Writes one JSON object per article: its paragraphs and, for every paragraph and
either of two models, the names as [start, end, label] in characters. Takes every
EVERY-th article.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import spacy  # type: ignore[import-not-found]

from training.press import articles

MODELS = ("fr_core_news_md", "fr_core_news_sm")
UNUSED = ["morphologizer", "parser", "attribute_ruler", "lemmatizer"]


def annotate(press: Path, out: Path, every: int) -> None:
    """Write the silver names of every `every`-th article."""
    taggers = [spacy.load(name, exclude=UNUSED) for name in MODELS]
    with out.open("w", encoding="utf-8") as file:
        for number, paragraphs in enumerate(articles(press)):
            if number % every:
                continue
            names = [
                [[[e.start_char, e.end_char, e.label_] for e in doc.ents] for doc in docs]
                for docs in zip(*(tagger.pipe(paragraphs) for tagger in taggers), strict=True)
            ]
            record = {"article": number, "paragraphs": paragraphs, "names": names}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    annotate(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else 9)
