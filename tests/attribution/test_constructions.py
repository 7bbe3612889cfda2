"""One sentence a construction, on fixed parses that models drafted: what is said, by which cue and mention.

`constructions.conllu` holds the parses. `# expect = kind | content | cue | mention | rule` gives one draft; a sentence
without it must give none. Fragments are apart by " // ", "-" is nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from quotetrack import languages
from quotetrack.attribution.detect import detect
from quotetrack.attribution.document import Document
from quotetrack.attribution.draft import Draft
from quotetrack.model import Article, Span
from quotetrack.parsing import conllu

FILE = Path(__file__).with_name("constructions.conllu")


def cases() -> list[tuple[str, str, str, list[str]]]:
    found = []
    for block in FILE.read_text("utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        about = [line.removeprefix("# ").split(" = ", 1) for line in lines if line.startswith("# ")]
        name = next(value for key, value in about if key == "case")
        text = next(value for key, value in about if key == "text")
        found.append((name, text, block, [value for key, value in about if key == "expect"]))
    return found


def told(draft: Draft, text: str) -> str:
    def words(span: Span | None) -> str:
        return span.of(text) if span else "-"

    content = " // ".join(s.of(text) for s in draft.spans)
    return f"{draft.kind} | {content} | {words(draft.cue)} | {words(draft.mention)} | {draft.rule}"


@pytest.mark.parametrize(
    ("name", "text", "block", "expected"), cases(), ids=lambda value: value if len(value) < 60 else ""
)
def test_construction(name: str, text: str, block: str, expected: list[str]) -> None:
    document = Document(Article(text), conllu.loads(block, text), languages.load("fr"))
    assert [told(d, text) for d in detect(document)] == expected, name


def test_there_are_enough_of_them() -> None:
    assert len(cases()) >= 35
