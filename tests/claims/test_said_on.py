"""The occasion carries over to the speaker's next quotes; what was said before, or by others, is of another one."""

from __future__ import annotations

import re
from datetime import date

import pytest

from quotetrack import languages
from quotetrack.claims import claims_of
from quotetrack.model import Article, Claim, Parse, Quote, Sentence, Span, Speaker, Word

FRENCH = languages.load("fr")
AUXILIARY = {"a": {"VerbForm": "Fin", "Tense": "Pres"}, "avait": {"VerbForm": "Fin", "Tense": "Imp"}}
PARTICIPLES = ("dit", "ajouté")


def unparsed(text: str) -> Parse:
    """Sentences without trees: rules then go by what stands on the surface."""
    sentences = []
    for sentence in re.finditer(r"[^.]+\.", text):
        words = []
        for number, word in enumerate(re.finditer(r"\w+|[^\w\s]", sentence[0]), 1):
            low = word[0].lower()
            feats = AUXILIARY.get(low) or ({"VerbForm": "Part", "Tense": "Past"} if low in PARTICIPLES else {})
            upos = "AUX" if low in AUXILIARY else "VERB" if low in PARTICIPLES else "NOUN"
            where = Span(sentence.start() + word.start(), sentence.start() + word.end())
            words.append(Word(number, word[0], low, upos, feats, 0, "", where))
        sentences.append(Sentence(Span(*sentence.span()), tuple(words), parsed=False))
    return Parse(tuple(sentences))


def claims(text: str, *parts: tuple[str, str, str]) -> list[Claim]:
    """Claims of quotes given as (content, cue, speaker), each found after the one before it."""
    quotes, at = [], 0
    for content, cue, name in parts:
        start = text.index(content, at)
        at = text.index(cue, start)
        speaker = Speaker(name, "person")
        cue_span = Span(at, at + len(cue))
        quotes.append(Quote("direct", (Span(start, start + len(content)),), cue_span, None, speaker, "by hand", 1.0))
    return claims_of(Article(text, published=date(2024, 5, 15)), unparsed(text), quotes, FRENCH)


def days(found: list[Claim]) -> list[tuple[str | None, date | None]]:
    return [(c.said_on_text, c.said_on) for c in found]


MONDAY, PUBLISHED = ("lundi", date(2024, 5, 13)), (None, date(2024, 5, 15))


def test_it_carries_over_to_the_same_speaker_only() -> None:
    text = "« Oui », a dit lundi Marc Olier. « Non », a dit Jeanne Rey. « Encore », a ajouté Marc Olier."
    found = claims(text, ("Oui", "a dit", "Marc"), ("Non", "a dit", "Jeanne"), ("Encore", "a ajouté", "Marc"))
    assert days(found) == [MONDAY, PUBLISHED, MONDAY]
    assert found[2].said_on_span == found[0].said_on_span


def test_what_had_been_said_before_is_of_another_occasion() -> None:
    text = "« Oui », a dit lundi Marc Olier. « Non », avait dit Marc Olier. « Encore », a ajouté Marc Olier."
    found = claims(text, ("Oui", "a dit", "Marc"), ("Non", "avait dit", "Marc"), ("Encore", "a ajouté", "Marc"))
    assert days(found) == [MONDAY, PUBLISHED, MONDAY]


def test_a_day_long_past_stays_in_its_paragraph() -> None:
    text = "« Oui », a dit le 3 mars Marc Olier. « Si », a ajouté Marc Olier.\n« Encore », a ajouté Marc Olier."
    found = claims(text, ("Oui", "a dit", "Marc"), ("Si", "a ajouté", "Marc"), ("Encore", "a ajouté", "Marc"))
    march = ("le 3 mars", date(2024, 3, 3))
    assert days(found) == [march, march, PUBLISHED]


@pytest.mark.parametrize("inside", ["Je partirai lundi", "Lundi je pars"])
def test_a_day_inside_the_quote_is_not_when_it_was_said(inside: str) -> None:
    text = f"« {inside} », a dit Marc Olier."
    assert days(claims(text, (inside, "a dit", "Marc"))) == [PUBLISHED]


def test_the_eve_is_that_of_the_latest_day_told() -> None:
    text = "« Oui », a dit mardi Marc Olier. « Non », avait dit la veille Jeanne Rey."
    found = claims(text, ("Oui", "a dit", "Marc"), ("Non", "avait dit", "Jeanne"))
    assert days(found) == [("mardi", date(2024, 5, 14)), ("la veille", date(2024, 5, 13))]


def test_the_day_told_of_the_speaker_just_before_is_that_of_his_words() -> None:
    text = "Mardi, Marc Olier visitait le port. « Oui », a dit Marc Olier. « Non », a dit Jeanne Rey."
    found = claims(text, ("Oui", "a dit", "Marc Olier"), ("Non", "a dit", "Jeanne Rey"))
    assert days(found) == [("Mardi", date(2024, 5, 14)), PUBLISHED]


def test_a_day_to_come_is_no_scene() -> None:
    text = "Marc Olier est attendu samedi prochain au port. « Oui », a dit Marc Olier."
    assert days(claims(text, ("Oui", "a dit", "Marc Olier"))) == [PUBLISHED]
