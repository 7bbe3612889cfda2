"""The words of the interface."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from quotetrack.errors import LanguageError
from quotetrack.site import strings
from quotetrack.site.strings import choose, languages


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "fr"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,en;q=0.9", "en"),
        ("fr;q=0.2, en;q=0.9", "en"),
        ("de,en;q=0.3", "en"),
        ("de", "fr"),
        ("*", "fr"),
        ("en;q=0", "fr"),
        ("\x00;;q=,<script>", "fr"),
    ],
)
def test_the_reader_gets_the_language_asked_for(header: str, code: str) -> None:
    assert choose(header).code == code


def test_a_site_may_offer_one_language_only() -> None:
    assert choose("en", ["fr"]).code == "fr"
    assert choose("fr", ["en"]).code == "en"
    assert choose("fr", ["xx"]).code == "fr"


def test_dates_and_periods_in_words() -> None:
    fr, en = languages()["fr"], languages()["en"]
    assert fr.date("2026-05-01") == "vendredi 1er mai 2026"
    assert en.date("2026-05-01", short=True) == "1 May 2026"
    assert fr.date("bientôt") == "bientôt"
    assert fr.date(None) == ""
    assert fr.period("2026-05-03", "2026-06-30") == "du 3 mai 2026 au 30 juin 2026"
    assert fr.period("2026-05-03", "2026-05-03") == "le 3 mai 2026"
    assert en.period(None, "2026-05-03") == "by 3 May 2026"
    assert en.period("2026-05-03", None) == "from 3 May 2026 on"
    assert en.period(None, None) == ""


def test_counts_have_a_singular() -> None:
    fr = languages()["fr"]
    assert fr.count("claims_count", 1) == "Une déclaration"
    assert fr.count("claims_count", 12345) == "12\u202f345 déclarations"


def test_every_string_has_the_same_placeholders_in_every_language() -> None:
    french = languages()["fr"].words
    for other in languages().values():
        for key, text in other.words.items():
            assert set(re.findall(r"{(\w+)}", str(text))) == set(re.findall(r"{(\w+)}", str(french[key]))), key


def test_every_string_the_templates_use_exists() -> None:
    folder = files("quotetrack.site") / "templates"
    pages = [*(folder / "quotetrack").iterdir(), folder / "index.html"]
    used = {key for page in pages for key in re.findall(r"\bt(?:\.count)?\(\"(\w+)\"[,)]", page.read_text("utf-8"))}
    assert len(used) > 30
    assert used <= set(languages()["fr"].words)


def test_a_language_that_lacks_a_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yaml.safe_load", lambda text: {"fr": {"a": "x"}, "en": {}})
    strings.languages.cache_clear()
    with pytest.raises(LanguageError, match="en and fr differ in a"):
        languages()
    monkeypatch.undo()
    strings.languages.cache_clear()
