"""Where paragraphs are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.parsing.paragraphs import paragraphs

WRAPPED = (
    "Le maire a dit que le pont\nserait fini avant la fin de\nl'année, et que rien ne pouvait\n"
    "l'empêcher.\n\nIl a tort."
)


def parts(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text)]


@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n", "\r\n\r\n", "\n \t\u00a0\n", "\u2029", "\n\n\n\n", " \n", "\f"])
def test_a_line_end_or_more_parts_paragraphs(gap: str) -> None:
    assert parts(f"Le pont est fini.{gap}Il est beau.") == ["Le pont est fini.", "Il est beau."]


def test_a_heading_is_a_paragraph_of_its_own() -> None:
    assert parts("Un pont\nLe maire parle.\nIl se tait.") == ["Un pont", "Le maire parle.", "Il se tait."]


def test_line_ends_inside_wrapped_text_part_nothing() -> None:
    assert parts(WRAPPED) == WRAPPED.split("\n\n")


def test_one_line_that_begins_small_does_not_make_a_text_wrapped() -> None:
    lines = ["Premier point."] * 8 + ["deuxième", "Troisième point."]
    assert parts("\n".join(lines)) == lines


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0\u202f\u0085"])
def test_white_space_has_no_paragraph(text: str) -> None:
    assert paragraphs(text) == []


@given(st.text(st.sampled_from("aB.\n\r \u00a0\u2028\u2029\u0085\x00«"), max_size=40))
def test_paragraphs_hold_every_character_that_is_not_white_space(text: str) -> None:
    spans = paragraphs(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = {i for s in spans for i in range(s.start, s.end)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered
    assert all(s.of(text).strip() == s.of(text) != "" for s in spans)
