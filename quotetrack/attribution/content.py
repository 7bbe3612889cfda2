"""The extent of what was said: from word ranges to the spans of a draft.

Guideline: content stands without outer quotation marks, cue, speaker, leading "que", or final comma or full stop.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotetrack.attribution.document import Document
from quotetrack.attribution.marks import Quotation
from quotetrack.model import QuoteKind, Span

_TRAILING = frozenset(".,;:–—-")
_LEADING = frozenset(".,;:–—-)!?…")


def words_in(doc: Document, where: range) -> list[int]:
    """Indices of the words of a range that are not punctuation."""
    return [i for i in where if not doc.is_punct(i)]


def kind_of(doc: Document, pieces: Iterable[range]) -> QuoteKind:
    """Direct where all words stand between marks or in a line of dialogue, indirect where none does, else mixed."""
    words = [i for piece in pieces for i in words_in(doc, piece)]
    quoted = sum(doc.quoted(i) for i in words)
    if not quoted:
        return "direct" if words and doc.in_dialogue(words[0]) else "indirect"
    return "direct" if quoted == len(words) else "mixed"


def trim(doc: Document, where: range) -> range:
    """A range without punctuation at its edges, except marks of quotations that it does not wholly consist of."""
    start, end = where.start, where.stop
    while start < end and doc.is_punct(start) and not (doc.is_mark(start) and _opens(doc, start)):
        start += 1
    while end > start and doc.is_punct(end - 1) and not (doc.is_mark(end - 1) and not _opens(doc, end - 1)):
        end -= 1
    return range(start, end)


def _opens(doc: Document, index: int) -> bool:
    quotation = doc.quotation_of[index]
    return quotation is not None and doc.tokens[index].span.start == quotation.outer.start


def spans_of(doc: Document, pieces: Iterable[range]) -> tuple[Span, ...]:
    """Spans of word ranges: a piece that is one whole quotation gives what stands inside its marks, by paragraph."""
    found: list[Span] = []
    for piece in pieces:
        piece = trim(doc, piece)
        if piece:
            found.extend(_spans(doc, piece))
    return tuple(found)


def _spans(doc: Document, piece: range) -> Iterable[Span]:
    whole = doc.span(piece)
    first = doc.quotation_of[piece[0]]
    if first is not None and first is doc.quotation_of[piece[-1]]:
        low = max(whole.start, first.inner[0].start)
        high = min(whole.end, first.inner[-1].end)
        for inner in first.inner:
            start, end = max(low, inner.start), min(high, inner.end)
            body = doc.text[start:end].rstrip(" ,;\u00a0\u202f\n")
            if body:
                yield Span(start, start + len(body.removesuffix(".") if not body.endswith("..") else body))
        return
    yield from _by_paragraph(doc, whole)


def _by_paragraph(doc: Document, whole: Span) -> Iterable[Span]:
    """A span cut at line breaks, without outer blanks."""
    position = whole.start
    for line in doc.text[whole.start : whole.end].splitlines(keepends=True):
        body = line.strip()
        if body:
            start = position + line.index(body[0])
            yield Span(start, start + len(body))
        position += len(line)


def quotation_range(doc: Document, quotation: Quotation) -> range:
    """The words of a quotation, with its marks."""
    low = _first_at(doc, quotation.outer.start)
    high = low
    while high < len(doc.tokens) and doc.tokens[high].span.start < quotation.outer.end:
        high += 1
    return range(low, high)


def _first_at(doc: Document, offset: int) -> int:
    """The first word that ends after an offset, by bisection."""
    low, high = 0, len(doc.tokens)
    while low < high:
        middle = (low + high) // 2
        if doc.tokens[middle].span.end <= offset:
            low = middle + 1
        else:
            high = middle
    return low


def has_finite_verb(doc: Document, where: range) -> bool:
    return any(doc.tokens[i].feat("VerbForm") == "Fin" or doc.tokens[i].feat("Mood") for i in where)
