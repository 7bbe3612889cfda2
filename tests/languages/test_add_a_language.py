"""The guide's example is a language that loads, and the guide names all that the data may say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quotetrack.languages import Language, types
from quotetrack.languages.loading import read_language

GUIDE = (Path(__file__).parents[2] / "docs" / "add-a-language.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Language:
    folder = tmp_path_factory.mktemp("en")
    for name, text in re.findall(r"^### (\w+\.yml)$.*?^```yaml$\n(.*?)^```$", GUIDE, re.M | re.S):
        (folder / name).write_text(text, encoding="utf-8")
    return read_language(folder, "en")


def test_the_example_loads(english: Language) -> None:
    assert english.name == "English"
    assert english.verbs["point out"].words == ("point", "out")
    assert english.prepositions[0].words == ("in", "the", "words", "of")
    assert english.places["United Kingdom"].kind == "country"
    assert english.gender_of_first_name("Mary-Ann") == "Fem"
    assert english.demonym_gender("Italians") == "Both"


@pytest.mark.parametrize("word", sorted(types.CUE_CLASSES | types.TAKES))
def test_the_guide_explains_every_class_and_complement(word: str) -> None:
    assert f"`{word}`" in GUIDE
