"""Press text: read it and cut it into UD-like words.

The text itself is under press copyright. It is read from the shared folder to
train word vectors and to make silver annotation, and is never stored.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from pathlib import Path

ELIDED = r"(?:jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|entr|qu|[cdjlmnst])['’]"
CLITIC = (
    r"-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|moi|toi|lui|leur|leurs|le|la|les|y|en|ci|là)"
    r"(?![\w-])"
)
WORD = re.compile(
    rf"aujourd['’]hui|quelqu['’]un\w*|{ELIDED}|{CLITIC}"
    r"|\d+(?:[.,  ]\d{3})*(?:,\d+)?"
    r"|(?:\w(?!\w))\.(?:\w\.)+"  # initials: O.N.U.
    r"|(?:M|MM|Dr|Me|St|etc)\."
    rf"|\w+(?:-(?!(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)(?![\w-]))\w+)*"
    r"|\.{2,}|…|[^\w\s]",
    re.IGNORECASE,
)
CONTRACTED = {
    "du": ("de", "le"),
    "au": ("à", "le"),
    "aux": ("à", "les"),
    "duquel": ("de", "lequel"),
    "desquels": ("de", "lesquels"),
    "desquelles": ("de", "lesquelles"),
    "auquel": ("à", "lequel"),
    "auxquels": ("à", "lesquels"),
    "auxquelles": ("à", "lesquelles"),
}


def articles(path: Path) -> Iterator[list[str]]:
    """Articles, each the list of its paragraphs."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        paragraphs: list[str] = []
        for line in lines:
            if text := line.strip():
                paragraphs.append(text)
            elif paragraphs:
                yield paragraphs
                paragraphs = []
        if paragraphs:
            yield paragraphs


def words(text: str) -> list[str]:
    """Lower-case words of text, elisions and clitics apart, contractions expanded."""
    out: list[str] = []
    for form in WORD.findall(text.lower().replace("’", "'")):
        out.extend(CONTRACTED.get(form, (form,)))
    return out
