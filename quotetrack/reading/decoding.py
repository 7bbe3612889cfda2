"""Bytes to text: which encoding, and which characters never enter an article.

The order is fixed, so the same bytes always give the same text (statistical guessers waver on short French texts):
byte-order mark, an encoding that an HTML page declares, UTF-16 without a mark, UTF-8, UTF-8 with a few broken bytes,
and Windows-1252, of which Latin-1 is in practice a part (the WHATWG reads it so too).
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from quotetrack.errors import ReadingError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What people feed by mistake, by its first bytes.
NOT_TEXT = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"SQLite format 3\x00", "a database"),
)

DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
NEWLINES = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
SURROGATES = re.compile(r"[\ud800-\udfff]")

# Bytes read as text hold 10% and more of control characters; a text with stray ones, far below 1%.
BINARY_SHARE = 0.02


def decode(data: bytes, where: str, *, html: bool = False) -> str:
    """The text in `data`, clean (see `clean`).

    Raises ReadingError, naming `where`, when the bytes are no text.
    """
    for magic, what in NOT_TEXT:
        if data.startswith(magic):
            raise ReadingError(f"{where}: is {what}, not a text or an HTML page; save its text and give that")
    text = _decode(data, html)
    if len(CONTROLS.findall(text)) > max(2, BINARY_SHARE * len(text)):
        raise ReadingError(f"{where}: is a binary file, not a text or an HTML page")
    return clean(text)


def clean(text: str) -> str:
    """Newlines as \\n, accents composed (NFC), no control characters, no lone surrogates. All else survives."""
    text = NEWLINES.sub("\n", text)
    text = SURROGATES.sub("\ufffd", CONTROLS.sub("", text))
    return unicodedata.normalize("NFC", text)


def _decode(data: bytes, html: bool) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _declared(data) if html else None
    if declared:
        return data.decode(declared, errors="replace")
    damaged = data.decode("utf-8", errors="replace")
    broken = damaged.count("\ufffd")
    if sum(c > "\x7f" for c in damaged) - broken > broken:
        return damaged
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a Western text is then zero."""
    head = data[:1000]
    pairs = len(head) // 2
    if pairs == 0:
        return None
    if head[1::2].count(0) > 0.7 * pairs > 7 * head[0::2].count(0):
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * pairs > 7 * head[1::2].count(0):
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    found = DECLARED.search(data[:2048])
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    # A page that says Latin-1 or ASCII means Windows-1252, one that says UTF-8 has just been found not to be it.
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-8": None}.get(name, name)
