"""What stands before the text, and what only looks as if it did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.errors import ReadingError
from quotetrack.reading.frontmatter import split

BODY = "Le pont ouvrira en juin.\n"


@pytest.mark.parametrize(
    ("before", "fields"),
    [
        ("---\ntitle: Le pont\ndate: 2024-03-12\n---\n\n", {"title": "Le pont", "published": "2024-03-12"}),
        (
            "---\ntitle: Pont : le maire promet\nauthor: Ana\n---\n",
            {"title": "Pont : le maire promet", "author": "Ana"},
        ),
        ("---\nauthor: [Ana Roy, Léo Sy]\ntags: [a, b]\n---\n", {"author": "Ana Roy, Léo Sy"}),
        ("---\ntitle: 'L''été'\nurl: https://a.example/b\n...\n", {"title": "L'été", "url": "https://a.example/b"}),
        ("title: Le pont\npublished: 12 mars 2024\n\n", {"title": "Le pont", "published": "12 mars 2024"}),
        ("Titre : Le pont : suite\nMédia : La Gazette\n\n\n", {"title": "Le pont : suite", "outlet": "La Gazette"}),
        ("---\ntitle:\n---\n", {}),
    ],
)
def test_fields_and_text(before: str, fields: dict[str, str]) -> None:
    assert split(before + BODY, "x") == (fields, BODY)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "Paris : le pont ouvrira.\n\nSuite.\n",
        "Ministre : un métier\nSarlé : une ville\n\nSuite.\n",
        "--- Un tiret ouvre ce texte.\n",
        "---\nJamais refermé, c'est de la prose.\n",
        "---\nDe la prose entre deux traits\n---\nSuite.\n",
        "title: sans ligne vide, c'est le texte",
    ],
)
def test_text_that_is_only_text(text: str) -> None:
    assert split(text, "x") == ({}, text)


def test_a_block_that_is_not_yaml_names_its_line() -> None:
    with pytest.raises(ReadingError, match=r"^x: the block between dashes .* \(line 3\)$"):
        split("---\n[a]\n]: b\n---\nSuite.", "x")


@given(st.text(max_size=200))
def test_any_text_is_split_or_refused(text: str) -> None:
    try:
        _, rest = split(text, "x")
    except ReadingError:
        return
    assert text.endswith(rest)
