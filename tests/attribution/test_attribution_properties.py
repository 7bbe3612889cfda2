"""Any text is survived, and every span says what the article says there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quotetrack import languages
from quotetrack.attribution import attribute
from quotetrack.model import Article, Parse, Sentence, Span, Word

FRENCH = languages.load("fr")
WORDS = st.sampled_from(
    [
        *["«", "»", '"', ",", ":", ".", "!", "(", ")", "-", "le", "la", "que", "qu'", "selon", "pour", "a", "de"],
        *["dit", "ajouté", "ajoutant", "déclaré", "annonce", "ministre", "Jean", "Martin", "il", "-t-il", "X"],
        *["\n\n", "e\u0301", "🛶"],
    ]
)
TAGS = st.sampled_from(["NOUN", "PROPN", "VERB", "AUX", "DET", "PRON", "ADP", "SCONJ", "PUNCT", "ADV", "ADJ", "CCONJ"])
RELATIONS = st.sampled_from(
    ["nsubj", "obj", "obl", "ccomp", "xcomp", "conj", "advcl", "acl:relcl", "parataxis", "aux", "punct", "mark", "root"]
)


@st.composite
def parses(draw: st.DrawFn) -> tuple[Article, Parse]:
    """A random row of words with a random tree: nothing a parser would do, anything it could."""
    forms = draw(st.lists(WORDS, min_size=1, max_size=25))
    text, words, sentences = "", [], []
    for form in forms:
        if form == "\n\n":
            text += form
            if words:
                sentences.append(_sentence(words))
                words = []
            continue
        start = len(text)
        text += form + " "
        head = draw(st.integers(0, len(words)))
        feats = draw(
            st.sampled_from([{}, {"VerbForm": "Fin"}, {"VerbForm": "Inf"}, {"VerbForm": "Part", "Tense": "Past"}])
        )
        span = Span(start, start + len(form))
        words.append(Word(len(words) + 1, form, form.lower(), draw(TAGS), feats, head, draw(RELATIONS), span))
    if words:
        sentences.append(_sentence(words))
    return Article(text), Parse(tuple(sentences))


def _sentence(words: list[Word]) -> Sentence:
    return Sentence(Span(words[0].span.start, words[-1].span.end), tuple(words))


@settings(max_examples=300, deadline=None)
@given(parses())
def test_any_parse_is_survived(made: tuple[Article, Parse]) -> None:
    article, parse = made
    for quote in attribute(article, parse, FRENCH):
        assert quote.spans
        assert 0 <= quote.confidence <= 1
        for span in (*quote.spans, quote.cue, quote.mention):
            if span is not None:
                assert 0 <= span.start < span.end <= len(article.text)
                assert span.of(article.text).strip()
        assert list(quote.spans) == sorted(quote.spans)
