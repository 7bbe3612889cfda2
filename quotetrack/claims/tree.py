"""All words of an article in one row, with the trees of its sentences, addressed by index (from 0)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from quotetrack.model import Parse, Span, Word


class Tree:
    """The words of a parse, read only. `head[i]` is the index of the head of word i, or -1 at a root."""

    def __init__(self, parse: Parse) -> None:
        self.words: list[Word] = []
        self.head: list[int] = []
        self.sentence: list[int] = []
        self.bounds: list[range] = []
        for number, sentence in enumerate(parse.sentences):
            first = len(self.words)
            self.words += sentence.words
            self.head += [first + w.head - 1 if w.head else -1 for w in sentence.words]
            self.sentence += [number] * len(sentence.words)
            self.bounds.append(range(first, len(self.words)))
        self._starts = [w.span.start for w in self.words]
        self._ends = [w.span.end for w in self.words]
        self._children: list[list[int]] = [[] for _ in self.words]
        for index, head in enumerate(self.head):
            if head >= 0:
                self._children[head].append(index)

    def inside(self, span: Span) -> range:
        """The words that touch a span."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def within(self, spans: Iterable[Span]) -> list[int]:
        """The words that touch any of the spans, in order."""
        return [index for span in spans for index in self.inside(span)]

    def reach(self, index: int) -> tuple[int, int]:
        """Where the sentence of a word begins and ends in the article."""
        words = self.bounds[self.sentence[index]]
        return self.words[words[0]].span.start, self.words[words[-1]].span.end

    def children(self, index: int, *deprels: str) -> Iterator[int]:
        """Dependents of a word, of the given relations (with or without subtype) if any are given."""
        for child in self._children[index]:
            if not deprels or self.words[child].deprel in deprels or self.words[child].deprel.split(":")[0] in deprels:
                yield child

    def ancestors(self, index: int) -> Iterator[int]:
        """The heads above a word, nearest first; a parser's loop ends the walk."""
        seen = {index}
        while (index := self.head[index]) >= 0 and index not in seen:
            seen.add(index)
            yield index

    def top(self, indices: Iterable[int]) -> int | None:
        """The first of the words whose head is none of them: the head of what they say."""
        inside = set(indices)
        tops = [i for i in sorted(inside) if self.head[i] not in inside and self.words[i].upos != "PUNCT"]
        return tops[0] if tops else None
