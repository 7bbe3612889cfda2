"""Quotation marks: pairs, nesting, straight marks, several paragraphs, and marks without a partner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.attribution.marks import QuotationIndex, outermost, paragraphs, quotations
from quotetrack.languages.types import Marks

MARKS = Marks(
    {"«": "»", "“": "”", "‘": "’", "„": "“"}, frozenset('"'), frozenset("—–"), frozenset("'’")
)  # fmt: skip


def inner(text: str) -> list[list[str]]:
    return [[s.of(text) for s in q.inner] for q in quotations(text, MARKS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Nous irons », a dit le maire.", [["Nous irons"]]),
        ("«\u00a0Nous irons\u00a0», a dit le maire.", [["Nous irons"]]),
        ("“Nous irons”, a dit le maire.", [["Nous irons"]]),
        ('"Nous irons", a dit le maire.', [["Nous irons"]]),
        ('Il parle d\'"abandon" et d\'"oubli".', [["abandon"], ["oubli"]]),
        ("« Le mot “fin” me plaît », dit-elle.", [["Le mot “fin” me plaît"], ["fin"]]),
        ("« Le mot « fin » me plaît », dit-elle.", [["Le mot « fin » me plaît"], ["fin"]]),
        ("L’élu l’a dit : ‘Assez !’ Puis il s’est tu.", [["Assez !"]]),
        ("Aucune marque ici, qu’on le veuille ou non.", []),
        ("«»", []),
    ],
)
def test_pairs(text: str, expected: list[list[str]]) -> None:
    assert inner(text) == expected


def test_paragraphs_reopened_by_a_mark_are_one_quotation() -> None:
    text = "« Un pas a été fait.\n\n« Un autre suivra.\n\n« Le dernier sera pour demain », a-t-il dit."
    assert inner(text) == [["Un pas a été fait.", "Un autre suivra.", "Le dernier sera pour demain"]]


def test_straight_marks_reopen_too() -> None:
    text = '"Un pas a été fait.\n\n"Un autre suivra", a-t-il dit.'
    assert inner(text) == [["Un pas a été fait.", "Un autre suivra"]]


def test_a_mark_without_partner_ends_with_its_paragraph() -> None:
    text = "« Rien ne va plus, dit-il.\n\nLe maire « attend »."
    found = quotations(text, MARKS)
    assert [(s.of(text), q.closed) for q in found for s in q.inner] == [
        ("Rien ne va plus, dit-il.", False),
        ("attend", True),
    ]


def test_an_odd_straight_mark_does_not_eat_the_next_paragraph() -> None:
    text = 'Un écran de 5" a été vu.\n\n"Oui", a dit la ministre.'
    assert ["Oui"] in inner(text)


def test_depth_counts_the_quotations_around() -> None:
    text = "« a “b « c » d” e »"
    assert [q.depth for q in quotations(text, MARKS)] == [0, 1, 2]
    assert len(outermost(quotations(text, MARKS))) == 1


def test_the_index_finds_the_outermost_quotation() -> None:
    text = "x « a “b” c » y"
    index = QuotationIndex(quotations(text, MARKS))
    found = index.at(text.index("b"))
    assert found is not None
    assert found.outer.of(text) == "« a “b” c »"
    assert index.at(0) is None
    assert index.at(len(text) - 1) is None


@given(st.text(alphabet="ab .,\n«»“”\"'’—!", max_size=80))
def test_any_text_is_survived_and_spans_hold(text: str) -> None:
    for quotation in quotations(text, MARKS):
        assert 0 <= quotation.outer.start < quotation.outer.end <= len(text)
        assert quotation.inner
        for span in quotation.inner:
            assert quotation.outer.contains(span)
            assert span.of(text).strip() == span.of(text) != ""


@given(st.text(max_size=200))
def test_paragraphs_hold_all_that_is_not_blank(text: str) -> None:
    kept = "".join("".join(s.of(text).split()) for s in paragraphs(text))
    assert kept == "".join(text.split())
