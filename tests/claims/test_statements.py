"""One sentence a case, on parses that models drafted: its kind, when it was said, when it falls due.

`statements.conllu` holds the parses. In `# text`, [ ] stand around what was said and { } around the cue; the article
was published on Wednesday 15 May 2024. `# expect = kind | words that date it, day | due words, first day, last day`;
"any" where the kind is not what the case is about.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quotetrack import languages
from quotetrack.claims import claims_of
from quotetrack.model import Article, Claim, Quote, Span, Speaker
from quotetrack.parsing import conllu

FILE = Path(__file__).with_name("statements.conllu")
FRENCH = languages.load("fr")
PUBLISHED = date(2024, 5, 15)


def blocks() -> dict[str, str]:
    found = FILE.read_text("utf-8").strip().split("\n\n")
    return {block.split("\n", 1)[0].removeprefix("# case = "): block for block in found}


def about(block: str, key: str) -> str:
    return next(line for line in block.split("\n") if line.startswith(f"# {key} = ")).split(" = ", 1)[1]


def span(marked: str, pair: str) -> Span:
    """Where the words between two brackets stand once all brackets are gone."""
    start, end = (sum(c not in "[]{}" for c in marked[: marked.index(mark)]) for mark in pair)
    return Span(start, end)


def claim(block: str, published: date | None = PUBLISHED) -> Claim:
    marked = about(block, "text")
    text = "".join(c for c in marked if c not in "[]{}")
    name, kind, role = about(block, "speaker").split(" | ")
    speaker = Speaker(name, kind, None if role == "-" else role)  # type: ignore[arg-type]
    quoted = about(block, "quote")
    quote = Quote(quoted, (span(marked, "[]"),), span(marked, "{}"), None, speaker, "by hand", 1.0)  # type: ignore[arg-type]
    return claims_of(Article(text, published=published), conllu.loads(block, text), [quote], FRENCH)[0]


def told(claim: Claim) -> str:
    due = f"{claim.due.text} {claim.due.start or '-'} {claim.due.end or '-'}" if claim.due else "-"
    return f"{claim.kind} | {claim.said_on_text or '-'} {claim.said_on} | {due}"


@pytest.mark.parametrize("name", blocks())
def test_statement(name: str) -> None:
    block = blocks()[name]
    found = claim(block)
    assert told(found) == about(block, "expect").replace("any", found.kind, 1)
    assert found.rule
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize("name", blocks())
def test_every_date_points_to_its_words(name: str) -> None:
    block = blocks()[name]
    found, text = claim(block), "".join(c for c in about(block, "text") if c not in "[]{}")
    if found.said_on_span:
        assert found.said_on_span.of(text) == found.said_on_text
    if found.due and found.due.span:
        assert found.due.span.of(text) == found.due.text


@pytest.mark.parametrize("name", blocks())
def test_only_what_is_to_come_falls_due(name: str) -> None:
    found = claim(blocks()[name])
    assert found.due is None or found.kind in ("promise", "prediction")


def test_without_a_publication_date_no_day_is_known() -> None:
    found = claim(blocks()["promise: future of the first person"], published=None)
    assert (found.said_on, found.said_on_text, found.due) == (None, None, None)
