"""Faulty data are refused, with file and line and what was allowed."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from quotetrack.errors import LanguageError
from quotetrack.languages import data_file, schema
from quotetrack.languages.loading import read_language


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the French data, to be spoilt."""
    with as_file(files("quotetrack.languages") / "fr") as french:
        shutil.copytree(french, tmp_path / "fr")
    return tmp_path / "fr"


def refused(folder: Path) -> str:
    with pytest.raises(LanguageError) as caught:
        read_language(folder, "fr")
    message = str(caught.value)
    assert "\n" not in message
    return message


def entry(tmp_path: Path, text: str) -> schema.Entry:
    file = tmp_path / "data.yml"
    file.write_text(text, encoding="utf-8")
    return schema.read(file)


GOOD = "- class: say\n  takes: [clause]\n  lemmas: [dire]\n"


def test_a_copy_loads(folder: Path) -> None:
    (folder / "verbs.yml").write_text(GOOD, encoding="utf-8")
    assert list(read_language(folder, "fr").verbs) == ["dire"]


@pytest.mark.parametrize(
    ("spoilt", "line", "told"),
    [
        (GOOD + "  colour: red\n", 4, "'colour' is not known here; allowed: class, lemmas, takes"),
        (GOOD + "  class: ask\n", 4, "'class' is already on line 1"),
        (GOOD.replace("[dire]", "[dire, nier, dire]"), 3, "'dire' is already on line 3"),
        (GOOD + GOOD, 6, "'dire' is already on line 3"),
        (GOOD.replace("say", "sing"), 1, "'sing' is not known here; allowed: add, admit, announce"),
        (GOOD.replace("[clause]", "[clause, song]"), 2, "'song' is not known here; allowed: about, clause"),
        (GOOD.replace("[clause]", "[clause, clause]"), 2, "'clause' is already on line 2"),
        (GOOD.replace("[clause]", "clause"), 2, "expected a list, found a scalar"),
        (GOOD.replace("[dire]", "[]"), 3, "the list is empty"),
        (GOOD.replace("[dire]", "[dire, ]\n  more: [x"), 4, "not valid YAML"),
        (GOOD.replace("[dire]", "[[dire]]"), 3, "expected a word, found a sequence"),
        (GOOD.replace("[dire]", "['']"), 3, "expected a word, found nothing"),
        ("- class: say\n  takes: [clause]\n", 1, "'lemmas' is missing"),
        ("class: say\n", 1, "expected a list, found a mapping"),
    ],
)
def test_faulty_verbs_are_refused(folder: Path, spoilt: str, line: int, told: str) -> None:
    (folder / "verbs.yml").write_text(spoilt, encoding="utf-8")
    message = refused(folder)
    assert message.startswith(f"{folder / 'verbs.yml'}:")
    assert told in message
    if "YAML" not in told:
        assert message.startswith(f"{folder / 'verbs.yml'}:{line}: ")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("cues.yml", "ambiguous: true", "ambiguous: yes", "'yes' is not known here; allowed: false, true"),
        ("cues.yml", "speaker: inside", "speaker: under", "'under' is not known here; allowed: after, before, inside"),
        ("people.yml", "person: 1", "person: first", "'first' is not a whole number"),
        ("people.yml", "gender: Masc", "gender: masc", "'masc' is not known here; allowed: Both, Fem, Masc"),
        ("roles.yml", "président/présidente", "président", "expected masculine/feminine, found 'président'"),
        ("marks.yml", "« »", "«»", "expected opening and closing mark with a space between them"),
        ("places.yml", "regions:", "provinces:", "'provinces' is not known here; allowed: capitals"),
        ("words.yml", "negators:", "negations:", "'negations' is not known here"),
        ("language.yml", "name:", "nom:", "'nom' is not known here; allowed: name, reflexives"),
        ("first_names.yml", "Fem: [", "Fem: [Jean, ", "'Jean' is already on line"),
    ],
)
def test_every_file_is_read_strictly(folder: Path, file: str, old: str, new: str, told: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    message = refused(folder)
    assert message.startswith(f"{folder / file}:")
    assert told in message


def test_the_line_is_that_of_the_fault(folder: Path) -> None:
    text = (folder / "places.yml").read_text(encoding="utf-8")
    lines = text.splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("  Berlin:"))
    lines.insert(number, lines[number - 1])
    (folder / "places.yml").write_text("\n".join(lines), encoding="utf-8")
    assert refused(folder) == f"{folder / 'places.yml'}:{number + 1}: 'Berlin' is already on line {number}"


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "marks.yml").unlink()
    assert refused(folder) == f"{folder / 'marks.yml'}: the file is missing; every language needs it"


def test_an_empty_file_is_refused(folder: Path) -> None:
    (folder / "marks.yml").write_text("# nothing\n", encoding="utf-8")
    assert refused(folder) == f"{folder / 'marks.yml'}: the file is empty"


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / "marks.yml").write_bytes("pairs: ['« »']".encode("latin-1"))
    assert refused(folder).startswith(f"{folder / 'marks.yml'}: not UTF-8 at byte 9")


def test_words_keep_their_spelling(tmp_path: Path) -> None:
    """YAML 1.1 would read these as booleans, nothing and a number."""
    assert entry(tmp_path, "[on, no, y, ~, 007]").texts() == ("on", "no", "y", "~", "007")


def test_a_list_of_words_without_repeats(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match=r"data\.yml:2: 'a' is already on line 1"):
        entry(tmp_path, "[a, b,\n a]").texts()


def test_other_stages_read_their_data_in_the_same_way() -> None:
    assert data_file("fr", "language.yml").fields(["name", "reflexives"])["name"].text() == "français"
    with pytest.raises(LanguageError, match=r"nothing\.yml: the file is missing"):
        data_file("fr", "nothing.yml")
    with pytest.raises(LanguageError, match="no data"):
        data_file("xx", "language.yml")
