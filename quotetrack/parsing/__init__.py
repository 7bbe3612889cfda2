"""Articles to parses: the only place that imports Stanza and torch, and only when a `Parser` is first used.

`Parser("embedded").parse(articles)` parses several articles in one batch. Offsets are into each article's own text.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quotetrack.model import Article, Parse, Sentence
from quotetrack.parsing.models import EMBEDDED, find

if TYPE_CHECKING:
    from quotetrack.parsing.drafts import Draft, Engine
    from quotetrack.parsing.models import Models

__all__ = ["Parser"]

# What is parsed in one go: enough for full batches, little enough for a small machine.
_BLOCK_CHARACTERS = 250_000

# Read once by the libraries below torch, before the first layer runs; what the user has set stays.
_ENVIRONMENT = {
    # oneDNN keeps what it compiles for the last 1,024 shapes of a layer, and shapes hardly recur here: 91 articles, one
    # by one, took 775 MB that way, and 450 MB with 16, at the same speed.
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "16",
    # Threads that wait for each other spin. On two cores with three other jobs, two threads walk 5,300 characters a
    # second that way, and 13,000 where they spin for a moment only; on an idle machine both 55,000 to 60,000.
    "GOMP_SPINCOUNT": "1000",
}


class Parser:
    """Parses with one choice of models, for as many languages as it has.

    Args:
        models: `embedded`, `stanford`, or the path of a folder in Stanza's layout.
    """

    def __init__(self, models: str = EMBEDDED) -> None:
        self.models = models

    def parse(self, texts: Sequence[Article], wants: Callable[[Sentence], bool] | None = None) -> list[Parse]:
        """Parse articles, in batches across articles.

        Args:
            texts: articles of any languages that there are models for; a text may be empty.
            wants: is shown each sentence with its words tagged and its entities, and says whether its dependencies are
                to be parsed; without it, all are. Where they were not, `Sentence.parsed` is False.

        Returns:
            A parse for each article, in order.

        Raises:
            ModelsError: there are no such models for the language of an article, or they do not load.
        """
        found = {language: find(self.models, language) for language in dict.fromkeys(a.language for a in texts)}
        parses: dict[int, Parse] = {}
        for language, models in found.items():
            numbers = [i for i, a in enumerate(texts) if a.language == language]
            for block in _blocks(numbers, [len(texts[i].text) for i in numbers]):
                parsed = _parse_block(models, [texts[i].text for i in block], wants)
                parses.update(zip(block, parsed, strict=True))
        return [parses[i] for i in range(len(texts))]


def _blocks(numbers: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    block: list[int] = []
    size = 0
    for number, length in zip(numbers, lengths, strict=True):
        if block and size + length > _BLOCK_CHARACTERS:
            yield block
            block, size = [], 0
        block.append(number)
        size += length
    if block:
        yield block


def _parse_block(models: Models, texts: Sequence[str], wants: Callable[[Sentence], bool] | None) -> list[Parse]:
    engine = _engine(models.choice, models.language)
    drafts = engine.draft(texts)
    engine.attach([d for article in drafts for d in article if wants is None or wants(d.sentence())])
    return [_parse(article, models.name) for article in drafts]


def _parse(drafts: Sequence[Draft], models: str) -> Parse:
    return Parse(tuple(d.sentence() for d in drafts), models)


@lru_cache(maxsize=4)
def _engine(choice: str, language: str) -> Engine:
    """The engine for a set of models, loaded once per process."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    from quotetrack.parsing.fast import FastEngine
    from quotetrack.parsing.plain import PlainEngine, load_pipeline

    pipeline = load_pipeline(find(choice, language))
    engine = PlainEngine(pipeline) if FastEngine.lacks(pipeline) else FastEngine(pipeline)
    # Models stay to the end: the collector need not walk their vocabularies again and again, nor on the way out.
    gc.freeze()
    return engine
