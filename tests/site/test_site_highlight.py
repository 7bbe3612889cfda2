"""Marks in a text: nothing lost, nothing of the text taken for markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.site.highlight import Mark, around, marked, paragraphs, web_address

HOSTILE = st.text(alphabet=st.sampled_from("ab <>&\"'/=«»é\u202e\u2066\U0001f600\n"), max_size=60)
MARKS = st.lists(
    st.builds(
        lambda a, b, href: Mark(min(a, b), max(a, b), "said", "/claim/1" if href else None),
        st.integers(0, 70),
        st.integers(0, 70),
        st.booleans(),
    ),
    max_size=6,
)


class Reader(HTMLParser):
    """What a browser would read: the text, and the elements met."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.elements: set[str] = set()
        self.depth = 0

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)
        self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@given(HOSTILE, MARKS)
def test_the_text_comes_out_whole_and_without_elements_of_its_own(text: str, marks: list[Mark]) -> None:
    reader = read(str(marked(text, marks)))
    assert reader.text == text
    assert reader.elements <= {"mark", "a"}
    assert reader.depth == 0


@given(HOSTILE, MARKS, st.integers(0, 60), st.integers(0, 60))
def test_a_part_of_the_text_comes_out_whole(text: str, marks: list[Mark], a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert read(str(marked(text, marks, start, end))).text == text[start:end]


def test_offsets_are_code_points() -> None:
    text = "\U0001f600é « oui »"
    assert marked(text, [Mark(5, 8, "said")]) == '\U0001f600é « <mark class="said">oui</mark> »'


def test_the_shortest_of_nested_marks_wins_and_the_outer_goes_on() -> None:
    html = marked("abcdef", [Mark(0, 6, "said", "/claim/1"), Mark(2, 4, "cue")])
    outer = '<a href="/claim/1"><mark class="said">{}</mark></a>'
    assert html == outer.format("ab") + '<mark class="cue">cd</mark>' + outer.format("ef")


def test_a_title_is_escaped() -> None:
    assert 'title="&#34;&lt;b&gt;"' in marked("a", [Mark(0, 1, "said", title='"<b>')])


def test_paragraphs_are_the_lines_with_words() -> None:
    text = "Un.\n\n  \nDeux.\r\nTrois."
    assert [text[s:e] for s, e in paragraphs(text)] == ["Un.", "Deux.", "Trois."]
    assert [text[s:e] for s, e in around(text, 8, 12)] == ["Deux."]


@pytest.mark.parametrize("url", ["https://exemple.fr/a?b=c&d=%20", "http://exemple.fr", "HTTPS://exemple.fr/é"])
def test_web_addresses_become_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//exemple.fr",
        "https://",
        'https://exemple.fr/"onclick="alert(1)',
        "https://exemple.fr/ a",
        "https://exemple.fr\njavascript:alert(1)",
        "https://exemple.fr/\n",
        None,
        7,
    ],
)
def test_other_addresses_do_not(url: object) -> None:
    assert web_address(url) is None
