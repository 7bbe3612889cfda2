"""What the French data promise: they load, they are lemmas, and they say what a linguist would say."""

from __future__ import annotations

import re
from typing import get_args

import pytest
import simplemma

from quotetrack import languages
from quotetrack.errors import LanguageError
from quotetrack.languages import Language, types

REFLEXIVE = re.compile(r"^(se |s')")


@pytest.fixture(scope="module")
def french() -> Language:
    return languages.load("fr")


def test_french_is_available_and_read_once(french: Language) -> None:
    assert "fr" in languages.available()
    assert languages.load("fr") is french


def test_a_language_without_data_names_those_that_have_some() -> None:
    with pytest.raises(LanguageError, match=r"'xx' has no data; available: .*\bfr\b"):
        languages.load("xx")


@pytest.mark.parametrize("code", ["..", "fr/../fr", "", "__pycache__"])
def test_a_code_is_no_path(code: str) -> None:
    with pytest.raises(LanguageError):
        languages.load(code)


def test_there_is_enough_of_everything(french: Language) -> None:
    assert len(french.verbs) >= 350
    assert len(french.roles) >= 400
    assert len(french.first_names) >= 800
    assert len(french.places) >= 200
    assert {verb.cls for verb in french.verbs.values()} == types.CUE_CLASSES
    assert {takes for verb in french.verbs.values() for takes in verb.takes} == types.TAKES


def test_verbs_are_lemmas(french: Language) -> None:
    for verb in french.verbs.values():
        assert verb.words[0].endswith(("er", "ir", "re")), verb.lemma
        assert simplemma.lemmatize(verb.words[0], lang="fr") == verb.words[0], verb.lemma


def test_cue_nouns_are_lemmas(french: Language) -> None:
    # simplemma takes "crainte" for a participle of craindre
    nouns = [noun for noun in french.nouns if noun.isalpha() and noun != "crainte"]
    assert [noun for noun in nouns if simplemma.lemmatize(noun, lang="fr") != noun] == []


def test_reflexive_verbs_are_known_by_their_pronoun(french: Language) -> None:
    for verb in french.verbs.values():
        assert verb.reflexive == bool(REFLEXIVE.match(verb.lemma))
        assert verb.words[0] not in ("se", "s'")


def test_an_expression_is_cut_as_a_tokenizer_cuts_it(french: Language) -> None:
    assert french.verbs["tirer la sonnette d'alarme"].words == ("tirer", "la", "sonnette", "d'", "alarme")
    assert types.words_of("s’en tenir à") == ("s'", "en", "tenir", "à")


def test_the_longest_expression_of_a_verb_comes_first_and_the_reflexive_before_the_plain(french: Language) -> None:
    for head, verbs in french.verbs_by_head.items():
        assert [len(v.words) for v in verbs] == sorted((len(v.words) for v in verbs), reverse=True)
        assert all(v.words[0] == head for v in verbs)
    assert [v.lemma for v in french.verbs_by_head["dire"]] == ["se dire", "dire"]
    lengths = [len(p.words) for p in french.prepositions]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    ("lemma", "cls", "takes"),
    [
        ("affirmer", "claim", {"clause", "infinitive", "quote"}),
        ("demander", "ask", {"clause", "question", "order"}),
        ("appeler", "order", {"order", "noun"}),
        ("annoncer", "announce", {"clause", "noun"}),
        ("se dire", "say", {"predicate", "infinitive"}),
        ("juger", "judge", {"clause", "predicate"}),
        ("ajouter", "add", {"clause", "quote"}),
        ("mettre en garde", "warn", {"clause", "quote"}),
    ],
)
def test_what_verbs_take(french: Language, lemma: str, cls: str, takes: set[str]) -> None:
    assert french.verbs[lemma].cls == cls
    assert takes <= french.verbs[lemma].takes


@pytest.mark.parametrize("lemma", ["sourire", "soupirer", "enchaîner", "attaquer", "lancer", "botter en touche"])
def test_gestures_and_manners_speak_only_in_marks(french: Language, lemma: str) -> None:
    assert french.verbs[lemma].takes == {"quote"}


def test_no_inner_state_reports_a_bare_noun(french: Language) -> None:
    """ "Il veut une réforme" is no speech; "il promet une réforme" is."""
    inner = [v for v in french.verbs.values() if v.cls in ("think", "intend")]
    assert inner
    assert [v.lemma for v in inner if "noun" in v.takes] == []


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Jean-Marie", "Masc"),
        ("Anne-Sophie", "Fem"),
        ("Volodymyr Zelensky", "Masc"),
        ("Dominique", "Both"),
        ("AMINATA", "Fem"),
        ("Tartempion", None),
        ("", None),
    ],
)
def test_gender_of_first_names(french: Language, name: str, gender: str | None) -> None:
    assert french.gender_of_first_name(name) == gender


def test_first_names_are_no_function_words(french: Language) -> None:
    words = {*french.pronouns, *french.possessives, *french.negators, *french.interrogatives}
    assert words & french.first_names.keys() == set()


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("Français", "Masc"),
        ("New-Yorkaise", "Fem"),
        ("Canadien", "Masc"),
        ("Turque", "Fem"),
        ("Américains", "Masc"),
        ("Belges", "Both"),
        ("Martin", None),
        ("Kremlin", None),
        ("Russe", "Both"),
        ("français", None),
        ("", None),
    ],
)
def test_gender_of_inhabitants(french: Language, word: str, gender: str | None) -> None:
    assert french.demonym_gender(word) == gender


def test_roles_know_their_other_gender(french: Language) -> None:
    for role in french.roles.values():
        if role.other is not None:
            assert french.roles[role.other].other == role.lemma
            assert {role.gender, french.roles[role.other].gender} == {"Masc", "Fem"}
    assert french.roles["ministre"].gender == "Both"
    assert french.roles["députée"].other == "député"


def test_places_speak_for_somebody(french: Language) -> None:
    assert french.places["Washington"].stands_for == "États-Unis"
    assert french.places["États-Unis"].kind == "country"
    assert french.places["Bercy"].kind == "institution"


def test_marks_close_what_they_open(french: Language) -> None:
    assert french.marks.pairs["«"] == "»"
    assert "»" in french.marks.closing
    assert '"' in french.marks.symmetric
    assert not french.marks.symmetric & (french.marks.opening | french.marks.closing)


def test_nobody_can_change_a_language(french: Language) -> None:
    with pytest.raises(TypeError):
        french.verbs["dire"] = french.verbs["affirmer"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        french.code = "en"  # type: ignore[misc]


def test_every_class_of_role_is_used(french: Language) -> None:
    assert {role.cls for role in french.roles.values()} == set(get_args(types.RoleClass))
