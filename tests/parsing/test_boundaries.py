"""Quotation marks and sentence ends, put right after the tokenizer."""

from __future__ import annotations

import re

import pytest

from quotetrack.parsing.boundaries import mend
from quotetrack.parsing.drafts import Token


def mended(marked: str) -> list[str]:
    """What becomes of sentences cut where | stands, of tokens at white space and punctuation, or as joined by +."""
    text = marked.replace("|", "").replace("+", "")
    sentences = []
    at = 0
    for part in marked.split("|"):
        tokens = []
        for match in re.finditer(r"[\w'’-]+(?:\+\S)*|\S(?:\+\S+)*", part):
            form = match[0].replace("+", "")
            start = text.index(form, at)
            tokens.append(Token(start, start + len(form), "+" not in match[0] and form == "du"))
            at = start + len(form)
        sentences.append(tokens)
    return [" ".join(text[t.start : t.end] for t in s) for s in mend(text, sentences)]


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        # marks at the wrong end
        ("Il est parti. « | Je reviens », dit-il.", ["Il est parti .", "« Je reviens » , dit-il ."]),
        ('Il est parti. " | Je reviens.', ['Il est parti . "', 'Je reviens .']),  # stands free: could be either
        ('Il est parti. "| Je reviens", dit-il.', ['Il est parti . "', 'Je reviens " , dit-il .']),  # closes
        ('Il est parti. "|Je reviens", dit-il.', ["Il est parti .", '" Je reviens " , dit-il .']),
        ("« Je pars.| » Il est parti.", ["« Je pars . »", "Il est parti ."]),
        ('"Je pars.|" Il est parti.', ['" Je pars . "', "Il est parti ."]),
        ('Il part.| "Je reviens", dit-il.', ["Il part .", '" Je reviens " , dit-il .']),
        # marks stuck to a word
        ("Il est parti.+« Je reviens », dit-il.", ["Il est parti . « Je reviens » , dit-il ."]),
        ("Il est parti.+«|Je reviens.", ["Il est parti .", "« Je reviens ."]),
        ("Il a bu+». Rien.", ["Il a bu » . Rien ."]),
        ('Il a répondu+: "Quoi+?"', ['Il a répondu : " Quoi ? "']),
        # sentences cut in two
        ("Selon une enquête publiée jeudi par le quotidien| La Dépêche, il pleut.",
         ["Selon une enquête publiée jeudi par le quotidien La Dépêche , il pleut ."]),
        ("Le parquet annonce dans un communiqué :| « Rien. »", ["Le parquet annonce dans un communiqué : « Rien . »"]),
        ("Bien des députés| - ceux du centre - partent.", ["Bien des députés - ceux du centre - partent ."]),
        # and those that are not
        ("(Lyon)| Le maire parle.", ["( Lyon )", "Le maire parle ."]),
        ("Un pont neuf| Le maire parle.", ["Un pont neuf", "Le maire parle ."]),
        ("LIRE AUSSI ICI| - Le maire parle.", ["LIRE AUSSI ICI", "- Le maire parle ."]),
        ("Voici la liste :| Le pont.", ["Voici la liste :", "Le pont ."]),
        ("Il part ce soir pour la ville voisine.| Elle reste.",
         ["Il part ce soir pour la ville voisine .", "Elle reste ."]),
        ("Il part ce soir pour la ville voisine !»| Elle reste.",
         ["Il part ce soir pour la ville voisine ! »", "Elle reste ."]),
    ],
)  # fmt: skip
def test_ends(marked: str, wanted: list[str]) -> None:
    assert mended(marked) == wanted


def test_a_word_that_a_mark_was_taken_off_may_still_be_expanded() -> None:
    text = "du»"
    assert mend(text, [[Token(0, 3, True)]]) == [[Token(0, 2, True), Token(2, 3, False)]]


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "M. Dupuis parle"
    sentences = [[Token(0, 2)], [Token(3, 9), Token(10, 15)]]
    assert mend(text, sentences) == [[Token(0, 2), Token(3, 9), Token(10, 15)]]


def test_what_has_no_end_is_cut() -> None:
    tokens = [Token(2 * i, 2 * i + 1) for i in range(1000)]
    cut = mend("a " * 1000, [tokens])
    assert [t for s in cut for t in s] == tokens
    assert max(map(len, cut)) <= 400


def test_nothing_is_left_of_nothing() -> None:
    assert mend("", []) == []
