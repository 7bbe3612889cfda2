"""What a text file says of itself before the text begins.

Either a YAML block between two lines of three dashes, as in Markdown files, or bare lines such as "title: ..." up
to the first empty line. Only the keys of `KEYS` are kept.
"""

from __future__ import annotations

import re

from quotetrack.errors import ReadingError

KEYS = {
    "title": "title",
    "titre": "title",
    "outlet": "outlet",
    "media": "outlet",
    "média": "outlet",
    "author": "author",
    "auteur": "author",
    "published": "published",
    "date": "published",
    "url": "url",
    "language": "language",
    "langue": "language",
}

BLOCK = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n\s*|\Z)", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"(\w+)[ \t]*:[ \t]*(.*)")
BARE = re.compile(r"((?:\w+[ \t]*:[^\n]*\n)+)[ \t]*(?:\n\s*|\Z)")


def split(text: str, where: str) -> tuple[dict[str, str], str]:
    """The fields before the text, and the text itself (as it stands when there are none).

    Raises ReadingError, naming `where`, when a block between dashes cannot be read.
    """
    block = BLOCK.match(text)
    if block:
        fields = _block(block[1], where)
        return (fields, text[block.end() :]) if fields is not None else ({}, text)
    bare = BARE.match(text)
    if bare:
        fields = _lines(bare[1])
        if fields and LINE.match(bare[1])[1].casefold() in KEYS:  # type: ignore[index]
            return fields, text[bare.end() :]
    return {}, text


def _block(inner: str, where: str) -> dict[str, str] | None:
    """The fields of a YAML block; None where it is no mapping, such as prose between two dinkuses."""
    import yaml

    try:
        # BaseLoader reads every value as it is written: dates have one reader of their own.
        values = yaml.load(inner, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        # A French headline often holds " : ", which YAML refuses.
        fields = _lines(inner)
        if fields:
            return fields
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 2})" if mark else ""
        raise ReadingError(f"{where}: the block between dashes before the text is not YAML{line}") from None
    if not isinstance(values, dict):
        return None
    return _known({key: _one(value) for key, value in values.items()})


def _lines(inner: str) -> dict[str, str]:
    pairs = (LINE.fullmatch(line) for line in inner.splitlines())
    return _known({p[1]: p[2].strip().strip("\"'") for p in pairs if p})


def _known(values: dict[str, str]) -> dict[str, str]:
    found = {KEYS.get(str(key).casefold()): value.strip() for key, value in values.items()}
    return {key: value for key, value in found.items() if key and value}


def _one(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
