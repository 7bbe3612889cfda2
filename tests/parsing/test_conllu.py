"""CoNLL-U in and out."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.errors import ConlluError
from quotetrack.model import Entity, Parse, Sentence, Span, Word
from quotetrack.parsing.conllu import dumps, loads, text_of

# Le maire du bourg, Léo Dupuis, a dit non.
BY_HAND = """
    # sent_id = 1
    1   Le     le     DET   _ Definite=Def|Gender=Masc 2 det   _ _
    2   maire  maire  NOUN  _ Gender=Masc 9 nsubj  _ _
    3-4 du     _      _     _ _ _ _      _ _
    3   de     de     ADP   _ _ 5 case   _ _
    4   le     le     DET   _ _ 5 det    _ _
    5   bourg  bourg  NOUN  _ _ 2 nmod   _ SpaceAfter=No
    6   ,      ,      PUNCT _ _ 7 punct  _ _
    7   Léo    Léo    PROPN _ _ 2 appos  _ NER=B-PER
    8   Dupuis Dupuis PROPN _ _ 7 flat   _ NER=I-PER
    9   parle  parler VERB  _ _ 0 root   _ SpaceAfter=No
    10  .      .      PUNCT _ _ 9 punct  _ _

    # newpar
    # parsed = no
    1   Rien   rien   PRON  _ _ _ _      _ SpaceAfter=No
    2   .      .      PUNCT _ _ _ _      _ _
"""
TEXT = "Le maire du bourg, Léo Dupuis parle.\n\nRien."


def test_the_text_is_rebuilt_from_the_forms() -> None:
    assert text_of(BY_HAND) == TEXT


def test_words_of_a_multi_word_token_have_its_span() -> None:
    first = loads(BY_HAND).sentences[0]
    assert [first.word(i).span.of(TEXT) for i in (2, 3, 4, 5)] == ["maire", "du", "du", "bourg"]
    assert [first.word(i).text for i in (3, 4)] == ["de", "le"]


def test_columns_are_read() -> None:
    word = loads(BY_HAND).sentences[0].word(1)
    assert word == Word(1, "Le", "le", "DET", {"Definite": "Def", "Gender": "Masc"}, 2, "det", Span(0, 2))


def test_entities_and_sentences_have_spans() -> None:
    first, second = loads(BY_HAND).sentences
    assert [(e.span.of(TEXT), e.kind) for e in first.entities] == [("Léo Dupuis", "PER")]
    assert (first.span.of(TEXT), second.span.of(TEXT)) == ("Le maire du bourg, Léo Dupuis parle.", "Rien.")


def test_a_sentence_without_dependencies_says_so() -> None:
    first, second = loads(BY_HAND).sentences
    assert (first.parsed, second.parsed) == (True, False)
    assert [(w.head, w.deprel) for w in second.words] == [(0, ""), (0, "")]


def test_forms_are_found_in_a_text_with_other_spaces_and_marks() -> None:
    text = "L’an\u00a0prochain,\n\n  on verra"
    rows = ["1 L' le DET _ _ 2 det _ _", "2 an an NOUN _ _ 0 root _ _", "3 prochain prochain ADJ _ _ 2 amod _ _"]
    rows += ["4 , , PUNCT _ _ 2 punct _ _", "", "1 on on PRON _ _ 2 nsubj _ _", "2 verra voir VERB _ _ 0 root _ _"]
    words = [w for s in loads("\n".join(rows), text).sentences for w in s.words]
    assert [w.span.of(text) for w in words] == ["L’", "an", "prochain", ",", "on", "verra"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1 un un DET _ _ 0 root _", "line 2: 9 columns instead of 10"),
        ("2 un un DET _ _ 0 root _ _", "line 2: word 2 where 1 was expected"),
        ("x un un DET _ _ 0 root _ _", "line 2: 'x' 'un'"),
        ("1 un un DET _ _ 1 root _ _", "line 2: '1' is not the number of another word"),
        ("1 un un DET _ _ 7 root _ _", "line 2: '7' is not the number of another word"),
        ("1-2 du _ _ _ _ _ _ _ _\n1 de de ADP _ _ 0 root _ _", "line 2: 'du' lacks 1 of its words"),
        ("1 un un DET _ _ 0 root _ NER=B-DOG", "line 2: entity kind 'DOG'"),
        ("1 un un DET _ _ 0 root _ start_char=4|end_char=x", "line 2: start_char"),
        ("1 un un DET _ _ 0 root _ start_char=4|end_char=4", "line 2: 4 to 4 is not a range"),
    ],
)
def test_a_broken_row_is_named_by_its_line(row: str, says: str) -> None:
    with pytest.raises(ConlluError, match=says):
        loads("# sent_id = 1\n" + row)


def test_a_form_that_is_not_next_in_the_text_is_named() -> None:
    with pytest.raises(ConlluError, match="line 1: 'un' is not in the text at offset 0"):
        loads("1 un un DET _ _ 0 root _ _", "deux")


def test_bioes_tags_are_read_too() -> None:
    tags = ["S-LOC", "S-LOC", "B-PER", "E-PER", "B-ORG", "B-ORG", "O"]
    rows = [f"{i} m m X _ _ {int(i > 1)} dep _ NER={tag}" for i, tag in enumerate(tags, 1)]
    found = loads("\n".join(rows)).sentences[0].entities
    assert [(e.kind, e.span.start, e.span.end) for e in found] == [
        ("LOC", 0, 1), ("LOC", 2, 3), ("PER", 4, 7), ("ORG", 8, 9), ("ORG", 10, 11),
    ]  # fmt: skip


CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"])
FORMS = st.text(CHARACTERS, min_size=1, max_size=6).filter(lambda f: not f.isspace())
NAMES = st.text("abcXYZ", min_size=1, max_size=4)


@st.composite
def sentences(draw: st.DrawFn, at: int) -> tuple[Sentence, str]:
    """A sentence of random tokens, some with two words, that starts at `at`; and its text."""
    text, groups = "", []
    for form in draw(st.lists(FORMS, min_size=1, max_size=6)):
        groups.append((form, Span(at + len(text), at + len(text) + len(form)), draw(st.booleans())))
        text += form + draw(st.sampled_from(["", " ", "\u202f", "\n"]))
    text = text[: groups[-1][1].end - at]
    spans = [(span, two) for _, span, two in groups for _ in range(1 + two)]
    parsed = draw(st.booleans())
    words = []
    for number, (span, two) in enumerate(spans, 1):
        head = draw(st.integers(0, number - 1)) if parsed else 0
        form = draw(FORMS) if two else span.of(" " * at + text)
        feats = draw(st.dictionaries(NAMES, NAMES, max_size=2))
        words.append(Word(number, form, draw(NAMES), draw(NAMES), feats, head, "x" if parsed else "", span))
    entities = [Entity(span, draw(st.sampled_from(["PER", "LOC"]))) for _, span, _ in groups if draw(st.booleans())]
    return Sentence(Span(at, at + len(text)), tuple(words), parsed, tuple(entities)), text


@st.composite
def parses(draw: st.DrawFn) -> tuple[Parse, str]:
    text, made = "", []
    for gap in draw(st.lists(st.sampled_from(["", " ", "\n\n"]), max_size=3)):
        text += gap
        sentence, said = draw(sentences(len(text)))
        made.append(sentence)
        text += said
    return Parse(tuple(made), draw(st.sampled_from(["", "some models 1.0"])) if made else ""), text


@given(parses())
def test_what_is_written_is_read_again(case: tuple[Parse, str]) -> None:
    parse, text = case
    assert loads(dumps(parse, text), text) == parse
    assert loads(dumps(parse, text)) == parse
    assert loads(dumps(parse), text) == parse
    assert loads(dumps(parse)) == parse


@given(st.lists(st.lists(FORMS.filter(lambda f: not any(c.isspace() for c in f)), min_size=1), min_size=1))
def test_offsets_fit_the_rebuilt_text(forms: list[list[str]]) -> None:
    blocks = ["".join(f"{i}\t{f}\t_\tX\t_\t_\t0\tx\t_\t_\n" for i, f in enumerate(s, 1)) for s in forms]
    text = text_of("\n".join(blocks))
    words = [w for s in loads("\n".join(blocks)).sentences for w in s.words]
    assert [w.span.of(text) for w in words] == [f for s in forms for f in s]


@given(st.text(max_size=60))
def test_arbitrary_text_never_raises_anything_else(text: str) -> None:
    with suppress(ConlluError):
        loads(text)
