"""Whatever the text and the parse, every draft gets one resolution, and the same one again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotetrack import languages
from quotetrack.attribution.cast import resolve
from quotetrack.attribution.draft import Draft
from quotetrack.model import Article, Parse, Sentence, Span, Word

FRENCH = languages.load("fr")
FORMS = st.sampled_from(
    [
        "M.",
        "Mme",
        "Paul",
        "Martin",
        ",",
        "(",
        ")",
        "«",
        "»",
        ".",
        ":",
        "le",
        "la",
        "l'",
        "un",
        "une",
        "du",
        "des",
        "et",
        "à",
        "de",
        "ministre",
        "porte-parole",
        "source",
        "tribunal",
        "ONU",
        "il",
        "elle",
        "on",
        "qui",
        "ce",
        "dernier",
        "dit",
        "ajouté",
        "premier",
        "Bretonne",
        "syndicats",
        "45",
        "ans",
        "-",
        "rapport",
        "son",
        "entourage",
    ]
)
UPOS = st.sampled_from(["NOUN", "PROPN", "ADJ", "DET", "ADP", "PRON", "VERB", "AUX", "CCONJ", "NUM", "PUNCT", "X"])
FEATS = st.sampled_from([{}, {"Gender": "Fem", "Number": "Sing"}, {"Gender": "Masc", "Number": "Plur"}])
GLUE = st.sampled_from([" ", "", "\n"])
WORD = st.tuples(FORMS, UPOS, FEATS, st.sampled_from(["nsubj", "acl:relcl", "dep"]), st.integers(0, 12), GLUE)


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, Parse]:
    text, sentences = "", []
    for drawn in draw(st.lists(st.lists(WORD, min_size=1, max_size=12), max_size=4)):
        words = []
        for number, (form, upos, feats, deprel, head, glue) in enumerate(drawn, 1):
            start = len(text)
            text += form + glue
            span = Span(start, start + len(form))
            words.append(Word(number, form, form, upos, feats, head % (len(drawn) + 1), deprel, span))
        sentences.append(Sentence(Span(words[0].span.start, words[-1].span.end), tuple(words)))
    return Article(text), Parse(tuple(sentences))


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Article, Parse, list[Draft]]:
    article, parse = draw(articles())
    spots = st.integers(0, len(article.text) + 1)
    spans = st.tuples(spots, spots).map(lambda pair: Span(min(pair), max(pair)))
    one = st.builds(
        Draft,
        kind=st.sampled_from(["direct", "mixed", "indirect"]),
        spans=st.lists(spans, min_size=1, max_size=2).map(tuple),
        cue=st.none() | spans,
        mention=st.none() | spans,
        rule=st.just("any"),
        confidence=st.just(1.0),
        floating=st.booleans(),
        follows=st.none() | st.integers(0, 3),
    )
    return article, parse, draw(st.lists(one, max_size=4))


@given(scenes())
def test_every_draft_gets_one_resolution(scene: tuple[Article, Parse, list[Draft]]):
    article, parse, drafts = scene
    found = resolve(drafts, article, parse, FRENCH)
    assert len(found) == len(drafts)
    assert all(0.0 <= r.confidence <= 1.0 and r.rule for r in found)
    assert all(r.speaker is None or r.speaker.name.strip() for r in found)
    assert resolve(drafts, article, parse, FRENCH) == found
