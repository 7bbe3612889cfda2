"""Text with stretches marked, as HTML in which nothing of the text is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch [start, end) of code points to be marked.

    `kind` becomes the class of the element; `href`, where given, must be an address made by this site.
    """

    start: int
    end: int
    kind: str
    href: str | None = None
    title: str | None = None


def marked(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> Markup:
    """`text[start:end]` escaped, with its marks.

    Marks may overlap or nest: the text is cut at every edge, and each piece is shown once, as what its shortest mark
    says. Marks outside the text are cut off at its edges.
    """
    stop = len(text) if end is None else min(end, len(text))
    inside = [m for m in marks if m.start < stop and m.end > start and m.start < m.end]
    edges = sorted({start, stop} | {min(max(e, start), stop) for m in inside for e in (m.start, m.end)})
    pieces = []
    for left, right in pairwise(edges):
        covering = [m for m in inside if m.start <= left and right <= m.end]
        best = min(covering, key=lambda m: (m.end - m.start, m.start), default=None)
        pieces.append((best, left, right))
    return Markup("").join(_piece(text[left:right], mark) for mark, left, right in _joined(pieces))


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs lie: stretches between line breaks, without those of white space only."""
    return [m.span() for m in re.finditer(r"[^\n\r\u2028\u2029]+", text) if not m.group().isspace()]


def around(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs that [start, end) touches."""
    return [(s, e) for s, e in paragraphs(text) if s < end and e > start]


def web_address(url: object) -> str | None:
    """`url` where it may become a link: http or https, no white space or control character; else None."""
    if isinstance(url, str) and re.fullmatch(r"https?://[^\s\x00-\x20\x7f\"'<>\\^`{|}]+", url, re.IGNORECASE):
        return url
    return None


def _joined(pieces: Sequence[tuple[Mark | None, int, int]]) -> Iterator[tuple[Mark | None, int, int]]:
    """Neighbouring pieces of the same mark, as one."""
    held: tuple[Mark | None, int, int] | None = None
    for mark, left, right in pieces:
        if held and held[0] is mark:
            held = (mark, held[1], right)
            continue
        if held:
            yield held
        held = (mark, left, right)
    if held:
        yield held


def _piece(text: str, mark: Mark | None) -> Markup:
    if mark is None:
        return escape(text)
    title = Markup(' title="{}"').format(mark.title) if mark.title else Markup("")
    inner = Markup('<mark class="{}"{}>{}</mark>').format(mark.kind, title, text)
    return Markup('<a href="{}">{}</a>').format(mark.href, inner) if mark.href else inner
