"""The data of claims are read strictly: what is wrong is named with file and line."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from quotetrack.claims.calendar import OPERATIONS
from quotetrack.claims.kind import KINDS, judge, probabilities
from quotetrack.errors import LanguageError
from quotetrack.languages import available, schema
from quotetrack.languages import times as grammar
from quotetrack.languages.statements import leaning, load_leanings, load_statements, load_weights

TIME = (files("quotetrack.languages") / "fr" / "time.yml").read_text("utf-8")


def broken(folder: Path, old: str, new: str) -> str:
    """The complaint about the French grammar with one thing replaced."""
    assert old in TIME
    path = folder / "time.yml"
    path.write_text(TIME.replace(old, new, 1), "utf-8")
    with pytest.raises(LanguageError) as caught:
        grammar.read_times(schema.read(path))
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("op: weekdays}", "op: sometime}", "'sometime' is not known here; allowed: clock"),
        ("op: weekdays}", "op: weekdays, colour: red}", "'colour' is not known here"),
        ("name: iso date", "name: date", "'date' is already on line"),
        ("needs: [lead]", "needs: [nobody]", "'nobody' is not known here"),
        ("{weekday} en huit", "{weekdya} en huit", "no vocabulary is called 'weekdya'"),
        ("{weekday} en huit", "({weekday} en huit", "not a regular expression: missing )"),
        ("day: [1, 7]", "day: [7, 1]", "expected the first day and, where there is an end, the last one"),
        ("[[1, 10], [11, 20], [21, 31]]", "[[1, 10], [11, 20]]", "expected three parts"),
        ("    lundi: 0", "    mardi: 0", "'mardi' is already on line"),
    ],
)
def test_a_wrong_grammar_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    found = broken(tmp_path, old, new)
    assert complaint in found
    assert "time.yml:" in found


def test_every_operation_of_the_data_exists() -> None:
    assert set(grammar.OPERATIONS) == set(OPERATIONS)


@pytest.mark.parametrize("code", available())
def test_weights_are_numbers_for_known_kinds(code: str) -> None:
    weights = load_weights(code)
    assert "always" in weights
    assert {kind for row in weights.values() for kind in row} <= set(KINDS)


@pytest.mark.parametrize("code", available())
def test_words_lean_to_both_sides(code: str) -> None:
    leanings = load_leanings(code)
    assert min(leanings.values()) < 0 < max(leanings.values())
    assert all(word == word.lower() for word in leanings)
    assert leaning(["zzz"], leanings) == 0.0
    assert leaning(["honte", "inacceptable"], leanings) > leaning(["avait", "reçu"], leanings)


def test_the_words_speak_for_fact_or_opinion_only() -> None:
    chances = [probabilities(frozenset(), lean, load_weights("fr")) for lean in (-2.0, 0.0, 2.0)]
    assert chances[0]["fact"] > chances[1]["fact"] > chances[2]["fact"]
    assert chances[0]["opinion"] < chances[1]["opinion"] < chances[2]["opinion"]
    assert judge(frozenset(), 5.0, load_weights("fr"))[:2] == ("opinion", "its words")


@pytest.mark.parametrize(
    ("form", "lemma", "time"),
    [
        ("paierait", "payer", "conditional"),
        ("percevront", "percevoir", "future"),
        ("mènera", "mener", "future"),
        ("appellerons", "appeler", "future"),
        ("reviendra", "revenir", "future"),
        ("prendrait", "prendre", "conditional"),
        ("serions", "être", "conditional"),
        ("montrait", "montrer", None),
        ("tirait", "tirer", None),
        ("faiblit", "faiblir", None),
        ("entrait", "entrer", None),
    ],
)
def test_a_future_is_known_by_its_form(form: str, lemma: str, time: str | None) -> None:
    assert load_statements("fr").ahead(form, lemma) == time
