"""One measurement in one process: python -m benchmarks.workers walk|parse|naive_bulk|naive_single FOLDER CHARACTERS."""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quotetrack.model import Article

Work = Callable[[Sequence[Article]], object]


def files(folder: Path) -> list[Path]:
    """The articles of a folder."""
    found = sorted(folder.glob("*.txt"))
    if not found:
        raise SystemExit(f"no .txt files in {folder}")
    return found


def articles(folder: Path, least: int) -> list[Article]:
    """The articles of a folder, over and over until there is enough text."""
    from quotetrack.reading import read

    once = [read(file) for file in files(folder)]
    size = sum(len(a.text) for a in once)
    return once * max(1, -(-least // size))


class Clock:
    """Seconds spent in each stage; the stages do not nest."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def running(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started

    def watch(self, owner: Any, method: str, stage: str) -> None:
        """Count the time of a method of an object, or of a function of a module."""
        inner = getattr(owner, method)

        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.running(stage):
                return inner(*args, **kwargs)

        setattr(owner, method, timed)


def walk(clock: Clock) -> Work:
    """The whole walk, as `quotetrack ingest` and `extract` take it."""
    from quotetrack import walk as stages
    from quotetrack.parsing import Parser, _engine

    engine: Any = _engine("embedded", "fr")
    for owner, method, stage in [
        (engine.tokenizer, "tokenize", "tokenize"), (engine.tagger, "tag", "tag"), (engine.parser, "parse", "depend"),
        (engine.entities, "find", "name"), (stages, "attribute", "attribute"), (stages, "claims_of", "claims"),
    ]:  # fmt: skip
        if owner is not None:
            clock.watch(owner, method, stage)
    return lambda texts: list(stages.analyse(texts, Parser()))


def parse(clock: Clock) -> Work:
    """The parser alone, dependencies of every sentence."""
    from quotetrack.parsing import Parser, _engine

    _engine("embedded", "fr")
    return Parser().parse


def naive_bulk(clock: Clock) -> Work:
    """A `stanza.Pipeline` on the same models, all articles at once."""
    from stanza import Document

    pipeline = _naive()
    return lambda texts: pipeline([Document([], text=a.text) for a in texts])


def naive_single(clock: Clock) -> Work:
    """A `stanza.Pipeline` on the same models, one article at a time."""
    pipeline = _naive()
    return lambda texts: [pipeline(a.text) for a in texts]


def _naive() -> Any:
    import stanza

    from quotetrack.parsing.models import find

    models = find("embedded", "fr")
    return stanza.Pipeline(
        "fr", dir=str(models.folder), package=models.package, download_method=None, logging_level="ERROR"
    )


def report(worker: str, folder: Path, least: int) -> dict[str, Any]:
    logging.getLogger("quotetrack").setLevel(logging.ERROR)  # articles without a date are all the same here
    clock = Clock()
    started = time.perf_counter()
    work = {"walk": walk, "parse": parse, "naive_bulk": naive_bulk, "naive_single": naive_single}[worker](clock)
    loading = time.perf_counter() - started
    texts = articles(folder, least)
    work(texts[:1])  # what is built on first use
    clock.seconds.clear()
    started, used = time.perf_counter(), time.process_time()
    work(texts)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    characters = sum(len(a.text) for a in texts)
    if clock.seconds:
        clock.seconds["rest"] = seconds - sum(clock.seconds.values())
    return {
        "loading": loading,
        "characters_per_second": characters / seconds,
        "characters_per_cpu_second": characters / cpu,
        "articles_per_second": len(texts) / seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "stages": {stage: 1e6 * s / characters for stage, s in clock.seconds.items()},
    }


if __name__ == "__main__":
    print(json.dumps(report(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
