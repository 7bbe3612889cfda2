"""No mojibake, in any of the encodings French text comes in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.errors import ReadingError
from quotetrack.reading.decoding import clean, decode

FRENCH = "«\u00a0L’été dernier, à Évreux, 3\u202f000 € : c’était « prévu »…\u00a0», a dit Maëlle Tœuf — lundi.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding), "x") == FRENCH


@pytest.mark.parametrize("text", ["été", "« Oui »", "L’œuvre à 3 €", "Noël à Nîmes…", "Ça va\u00a0?"])
def test_windows_1252_of_short_texts(text: str) -> None:
    assert decode(text.encode("cp1252"), "x") == text


@pytest.mark.parametrize("text", ["été", "« Oui »", "Noël à Nîmes", "Ça va\u00a0?"])
def test_latin_1_of_short_texts(text: str) -> None:
    assert decode(text.encode("latin-1"), "x") == text


def test_a_page_says_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body>Łódź žije</body></html>'
    assert decode(page.encode("iso-8859-2"), "x", html=True) == page
    latin = page.replace("iso-8859-2", "iso-8859-1").replace("Łódź žije", "L’été")
    assert decode(latin.encode("cp1252"), "x", html=True) == latin
    lying = latin.replace("iso-8859-1", "klingon")
    assert decode(lying.encode("utf-8"), "x", html=True) == lying


def test_one_broken_byte_does_not_turn_utf8_into_mojibake() -> None:
    assert decode("été à Évreux".encode()[:-3] + b"\xff", "x") == "été à Évr\ufffd"


def test_newlines_accents_and_control_characters() -> None:
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert clean("e\u0301te\u0301") == "été"
    assert clean("o\x00ui\x1b [\ud83d]\t\u00ad") == "oui [\ufffd]\t\u00ad"


def test_a_stray_nul_is_no_binary() -> None:
    assert decode(b"Le maire\x00 a promis.", "x") == "Le maire a promis."


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_reading_error(data: bytes) -> None:
    try:
        text = decode(data, "x")
    except ReadingError:
        return
    text.encode("utf-8")
    assert "\r" not in text
    assert "\x00" not in text


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200).filter(lambda t: t[:1] != "\ufeff")
)
def test_utf8_text_survives(text: str) -> None:
    wanted = unicodedata.normalize("NFC", text.replace("\u2028", "\n").replace("\u2029", "\n"))
    if not text.startswith(("%PDF-", "{\\rtf")):
        assert decode(text.encode("utf-8"), "x") == wanted
