"""Where quotation marks open and close.

Typed pairs (« », “ ”) nest. Straight marks look alike on both sides, so what stands beside a mark decides. A
quotation may
run over several paragraphs when each of them reopens it (the convention of French and English typography). A mark
without
a partner is survived locally: its quotation ends with its paragraph and is marked as not closed, or the mark is ignored
when another quotation opens before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quotetrack.languages.types import Marks
from quotetrack.model import Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two marks.

    `outer` includes the marks; `inner` holds one span per paragraph, without marks and outer blanks. `depth` is 0 for a
    quotation that stands in no other.
    """

    outer: Span
    inner: tuple[Span, ...]
    depth: int = 0
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Mark:
    position: int
    char: str
    opens: bool
    closes: bool
    partner: str


def paragraphs(text: str) -> list[Span]:
    """The stretches between line breaks that hold more than blanks."""
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            left = start + line.index(body[0])
            found.append(Span(left, left + len(line.strip())))
        start += len(line)
    return found


def quotations(text: str, marks: Marks) -> list[Quotation]:
    """All quotations of a text, in the order in which they open.

    A quotation left open goes on only in a paragraph that begins with a mark which reopens it.
    """
    found: dict[int, Quotation] = {}  # by opening mark: one that grows over a paragraph break replaces itself
    continued: Quotation | None = None
    for paragraph in paragraphs(text):
        inside, continued = _in_paragraph(text, paragraph, marks, continued)
        found.update((q.outer.start, q) for q in inside)
    return _nested(found.values())


def _in_paragraph(
    text: str, paragraph: Span, marks: Marks, continued: Quotation | None
) -> tuple[list[Quotation], Quotation | None]:
    """Quotations that close in this paragraph (or are cut by its end), and the one that may go on in the next."""
    found: list[Quotation] = []
    stack: list[_Mark] = []
    carried: Quotation | None = None
    position = paragraph.start
    if continued is not None:
        first = text[position]
        if first in _reopeners(text[continued.outer.start], marks):
            carried, position = continued, position + 1
        elif first in marks.dashes:
            carried = None
    lead = position
    for mark in _marks(text, Span(position, paragraph.end), marks):
        ends = carried is not None and not stack and mark.closes
        if carried is not None and ends and mark.char in _closers(text[carried.outer.start], marks):
            if mark.opens and not _odd_rest(text, mark, paragraph, marks):
                _step(text, mark, stack, found)
                continue
            inner = _trim(text, Span(lead, mark.position))
            outer = Span(carried.outer.start, mark.position + 1)
            found.append(Quotation(outer, (*carried.inner, *inner), closed=True))
            carried = None
            continue
        _step(text, mark, stack, found)
    if carried is not None:
        inner = _trim(text, Span(lead, paragraph.end))
        whole = Quotation(Span(carried.outer.start, paragraph.end), (*carried.inner, *inner), closed=False)
        found.append(whole)
        return found, whole
    return _cut(text, paragraph, stack, found)


def _step(text: str, mark: _Mark, stack: list[_Mark], found: list[Quotation]) -> None:
    """One mark: close the innermost quotation that it can close, else open one, else ignore it."""
    for depth in range(len(stack) - 1, -1, -1):
        if mark.closes and stack[depth].partner == mark.char:
            if mark.opens and depth != len(stack) - 1:
                break
            start = stack[depth].position
            inner = _trim(text, Span(start + 1, mark.position))
            if inner:
                found.append(Quotation(Span(start, mark.position + 1), inner))
            del stack[depth:]
            return
    if mark.opens:
        stack.append(mark)


def _cut(
    text: str, paragraph: Span, stack: list[_Mark], found: list[Quotation]
) -> tuple[list[Quotation], Quotation | None]:
    """What the end of a paragraph leaves open: the last mark without a partner opens a quotation up to here.

    An earlier one is ignored: between it and the last stands no end that could be known.
    """
    if not stack:
        return found, None
    mark = stack[0] if len(stack) == 1 or stack[0].position == paragraph.start else stack[-1]
    if any(q.outer.start > mark.position for q in found) and mark.position != paragraph.start:
        return found, None
    inner = _trim(text, Span(mark.position + 1, paragraph.end))
    if not inner:
        return found, None
    left_open = Quotation(Span(mark.position, paragraph.end), inner, closed=False)
    found.append(left_open)
    return found, left_open


def _marks(text: str, where: Span, marks: Marks) -> Iterator[_Mark]:
    opening, closing = marks.pairs, marks.closing
    for position in range(where.start, where.end):
        char = text[position]
        if char in marks.symmetric:
            opens, closes = _sides(text, position)
            yield _Mark(position, char, opens, closes, char)
        elif char in opening and not (char in marks.apostrophes and _in_word(text, position)):
            yield _Mark(position, char, True, char in closing, opening[char])
        elif char in closing and not (char in marks.apostrophes and _in_word(text, position)):
            yield _Mark(position, char, False, True, char)


def _sides(text: str, position: int) -> tuple[bool, bool]:
    """Whether a straight mark can open and can close, from its neighbours.

    A mark after a blank, an opening bracket or an apostrophe opens; one before a blank or punctuation closes.
    Where both
    or neither hold, it may do both and the stack decides.
    """
    before = text[position - 1] if position else " "
    after = text[position + 1] if position + 1 < len(text) else " "
    opens = before.isspace() or before in "([{'’«“—–-/"
    closes = after.isspace() or after in ".,;:!?…)]}»”—–-/"
    if opens == closes:
        return True, True
    return opens, closes


def _odd_rest(text: str, mark: _Mark, paragraph: Span, marks: Marks) -> bool:
    """Whether, after a mark that could open or close, the same marks that follow pair up among themselves."""
    rest = sum(1 for m in _marks(text, Span(mark.position + 1, paragraph.end), marks) if m.char == mark.char)
    return rest % 2 == 0


def _in_word(text: str, position: int) -> bool:
    """Whether letters stand on both sides: an apostrophe, not a mark."""
    return position > 0 and text[position - 1].isalnum() and (position + 1 < len(text) and text[position + 1].isalnum())


def _closers(opened: str, marks: Marks) -> set[str]:
    return {marks.pairs[opened]} if opened in marks.pairs else {opened}


def _reopeners(opened: str, marks: Marks) -> set[str]:
    """Marks that may reopen a quotation at the head of a paragraph: the opening one, or the closing one (« ... »
    style).
    """
    return {opened} | _closers(opened, marks)


def _trim(text: str, span: Span) -> tuple[Span, ...]:
    """The span without outer blanks, or nothing where it holds only blanks."""
    body = text[span.start : span.end]
    start = span.start + len(body) - len(body.lstrip())
    end = span.end - (len(body) - len(body.rstrip()))
    return (Span(start, end),) if start < end else ()


def _nested(found: Iterable[Quotation]) -> list[Quotation]:
    """The same quotations with their depth."""
    ordered = sorted(found, key=lambda q: (q.outer.start, -q.outer.end))
    ends: list[int] = []
    out = []
    for quotation in ordered:
        while ends and ends[-1] <= quotation.outer.start:
            ends.pop()
        out.append(replace(quotation, depth=len(ends)))
        ends.append(quotation.outer.end)
    return out


def outermost(found: Sequence[Quotation]) -> list[Quotation]:
    """The quotations that stand in no other, in order."""
    return [q for q in found if q.depth == 0]


class QuotationIndex:
    """Finds the outermost quotation around an offset in logarithmic time."""

    def __init__(self, found: Sequence[Quotation]) -> None:
        self.outer = outermost(found)
        self._starts = [q.outer.start for q in self.outer]

    def at(self, offset: int) -> Quotation | None:
        """The outermost quotation whose outer span covers `offset`, or None."""
        i = bisect_right(self._starts, offset) - 1
        if i >= 0 and offset < self.outer[i].outer.end:
            return self.outer[i]
        return None
