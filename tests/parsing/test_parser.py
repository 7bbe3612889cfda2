"""Articles to parses, with the embedded models."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotetrack.errors import ModelsError
from quotetrack.model import Article, Parse, Sentence
from quotetrack.parsing import Parser, conllu
from quotetrack.parsing.models import find
from quotetrack.parsing.paragraphs import paragraphs

PRESS = """« Le pont sera rouvert au printemps », a déclaré lundi la maire de Brest, Anne Kermadec.

Selon elle, les travaux, qui ont coûté 12 000 euros aux habitants du quartier, sont terminés aujourd'hui. "Nous avons \
tenu parole", a-t-elle ajouté.

D'après l'adjoint aux transports, « personne n'y croyait ». Il n’a pas dit à quelle date le péage serait supprimé ; \
l’opposition, elle, demande des comptes."""
ODD = [
    "", " \n\u00a0", "\x00", "…", "« »", "Oui\x00non. Bon\x0bjour\x85!", "É\u0301té à l’ombre",
    "👩\u200d👩\u200d👧 a dit : « 🎉 » !", "10\u202f000\u00a0euros", "a  \u00a0 b", "La\ud800 fin.", "א ב ג. مرحبا",
    "x" * 1500, "http://exemple.fr/a?b=c, dit-il", "Le mot " * 400, "-" * 300, "\ufeffLe pont.", "fin\u2028Début",
    "Qu'est-ce?!?! Rien!!", "du\u00a0", "Voir lea@exemple.fr",
]  # fmt: skip


def is_space(character: str) -> bool:
    """Stanza takes C1 controls for white space."""
    return character.isspace() or "\x80" <= character <= "\x9f"


def check(article: Article, parse: Parse) -> None:
    """What must hold of any parse of any text."""
    text = article.text
    at = 0
    for sentence in parse.sentences:
        words = sentence.words
        assert (sentence.span.start, sentence.span.end) == (words[0].span.start, words[-1].span.end)
        assert any(p.contains(sentence.span) for p in paragraphs(text))
        for word, before in zip(words, [None, *words], strict=False):
            assert 0 <= word.span.start < word.span.end <= len(text)
            if before is not None and before.span == word.span:
                continue  # the next word of the same token
            assert all(is_space(c) for c in text[at : word.span.start])
            assert word.span.start >= at
            at = word.span.end
            alone = sum(w.span == word.span for w in words) == 1
            assert not alone or word.text == re.sub(r"[\s\u0080-\u009f]+", " ", word.span.of(text))
        assert [w.id for w in words] == list(range(1, len(words) + 1))
        assert all(0 <= w.head <= len(words) and w.head != w.id and w.upos and w.lemma for w in words)
        assert sum(w.head == 0 for w in words) == (1 if sentence.parsed else len(words))
        assert all(sentence.span.contains(e.span) for e in sentence.entities)
    assert all(is_space(c) for c in text[at:])


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="module")
def press(parser: Parser) -> Parse:
    return parser.parse([Article(PRESS)])[0]


def test_press_is_parsed(press: Parse) -> None:
    check(Article(PRESS), press)
    said = next(w for s in press.sentences for w in s.words if w.text == "déclaré")
    assert (said.lemma, said.upos, said.feats["VerbForm"]) == ("déclarer", "VERB", "Part")


def test_words_of_a_contraction_have_its_span(press: Parse) -> None:
    words = [w for s in press.sentences for w in s.words if w.span.of(PRESS) == "aux"]
    assert [(w.text, w.lemma) for w in words[:2]] == [("à", "à"), ("les", "le")]


def test_paragraphs_end_sentences(press: Parse) -> None:
    starts = [s.span.start for s in press.sentences]
    assert [p.start for p in paragraphs(PRESS)] == [s for s in starts if s == 0 or PRESS[s - 2 : s] == "\n\n"]


def test_the_models_are_named(press: Parse) -> None:
    assert press.models == find("embedded", "fr").name
    assert press.models.startswith("embedded fr/")


def test_a_parse_survives_as_conllu(press: Parse) -> None:
    assert conllu.loads(conllu.dumps(press, PRESS), PRESS) == press


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_keep_their_offsets(parser: Parser, text: str) -> None:
    article = Article(text)
    check(article, parser.parse([article])[0])


PIECES = [
    "Le maire", "a dit", "du pont", "« ", " »", "“", "”", '"', ".", ",", "l’", "n'", "\n", "\n\n", " ", "\u00a0",
    "\u202f", "\x00", "\x85", "e\u0301", "🎉", "M.", "10 000", "?!", "…", "-t-il", "aux", "ﬁ", "ß", "İ", "\u200b", "𝕏",
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=25).map("".join), max_size=3))
def test_any_texts_keep_their_offsets(texts: list[str]) -> None:
    articles = [Article(text) for text in texts]
    for article, parse in zip(articles, Parser().parse(articles), strict=True):
        check(article, parse)


def test_articles_parsed_together_come_out_as_alone(parser: Parser, press: Parse) -> None:
    texts = [*ODD[:12], PRESS, "Le pont est fini."]
    together = parser.parse([Article(t) for t in texts])
    assert together[12] == press
    assert [len(p.sentences) for p in together[:3]] == [0, 0, 1]
    assert together[-1] == parser.parse([Article(texts[-1])])[0]


def test_dependencies_are_parsed_where_they_are_wanted(parser: Parser, press: Parse) -> None:
    seen: list[Sentence] = []

    def wants(sentence: Sentence) -> bool:
        seen.append(sentence)
        return any(w.lemma == "déclarer" for w in sentence.words)

    parse = parser.parse([Article(PRESS)], wants)[0]
    assert [s.parsed for s in seen] == [False] * len(press.sentences)
    assert [s.parsed for s in parse.sentences] == [True] + [False] * (len(press.sentences) - 1)
    assert parse.sentences[0] == press.sentences[0]
    assert [w.upos for w in parse.sentences[1].words] == [w.upos for w in press.sentences[1].words]


def test_no_articles_are_no_work() -> None:
    assert Parser("/nowhere").parse([]) == []


def test_a_language_without_models_says_what_to_do() -> None:
    with pytest.raises(ModelsError, match=r"'tlh'.*quotetrack models download tlh"):
        Parser().parse([Article("nuqneH", language="tlh")])


def test_neither_torch_nor_stanza_is_imported_before_it_is_needed() -> None:
    code = "import sys, quotetrack.parsing, quotetrack.parsing.conllu; print({'torch', 'stanza'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
