"""A parse laid out for attribution: all words of the article in one row, with trees, quotations and units at hand.

Words are addressed by their index in the article (from 0). A *unit* is what a reader takes for one sentence: sentences
that a quotation runs across are one unit, since a tokenizer cuts inside quotations while a reporting clause that
follows
reaches back over them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quotetrack.attribution.marks import Quotation, QuotationIndex, quotations
from quotetrack.languages.types import Language
from quotetrack.model import Article, Parse, Span, Word

SENTENCE_END = frozenset(".!?…")
_DATELINE = 15  # words, its own dash included


@dataclass(frozen=True, slots=True)
class Token:
    """A word at its place in the article. `head` is an article-wide index, or -1 at a root and where nothing was
    parsed.
    """

    index: int
    word: Word
    sentence: int
    head: int

    @property
    def span(self) -> Span:
        return self.word.span

    @property
    def lemma(self) -> str:
        return self.word.lemma

    @property
    def upos(self) -> str:
        return self.word.upos

    @property
    def deprel(self) -> str:
        return self.word.deprel

    @property
    def low(self) -> str:
        return self.word.text.lower().replace("’", "'")

    def feat(self, name: str) -> str:
        return self.word.feats.get(name, "")


class Document:
    """An article, its parse and its quotations, read only."""

    def __init__(self, article: Article, parse: Parse, language: Language) -> None:
        self.article = article
        self.text = article.text
        self.language = language
        self.parse = parse
        self.tokens: list[Token] = []
        self.sentence_ranges: list[range] = []
        for number, sentence in enumerate(parse.sentences):
            base = len(self.tokens)
            for word in sentence.words:
                head = base + word.head - 1 if word.head else -1
                self.tokens.append(Token(len(self.tokens), word, number, head))
            self.sentence_ranges.append(range(base, len(self.tokens)))
        self._children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                self._children[token.head].append(token.index)
        self.quotations: list[Quotation] = quotations(self.text, language.marks)
        self._index = QuotationIndex(self.quotations)
        self.quotation_of: list[Quotation | None] = [self._index.at(t.span.start) for t in self.tokens]

    def children(self, index: int, *deprels: str) -> Iterator[Token]:
        """Dependents of a word in order; with `deprels`, those whose relation, or its part before the colon, is one."""
        for i in self._children[index]:
            relation = self.tokens[i].deprel
            if not deprels or relation in deprels or relation.split(":")[0] in deprels:
                yield self.tokens[i]

    def child(self, index: int, *deprels: str) -> Token | None:
        return next(self.children(index, *deprels), None)

    def subtree(self, index: int) -> range:
        """From the first to the last word below `index`, itself included."""
        low = high = index
        stack = list(self._children[index])
        while stack:
            i = stack.pop()
            low, high = min(low, i), max(high, i)
            stack.extend(self._children[i])
        return range(low, high + 1)

    def ancestors(self, index: int) -> Iterator[Token]:
        """Heads upwards, nearest first."""
        seen = 0
        while (index := self.tokens[index].head) >= 0 and seen < 200:
            seen += 1
            yield self.tokens[index]

    def within(self, index: int, ancestor: int) -> bool:
        return index == ancestor or any(a.index == ancestor for a in self.ancestors(index))

    def span(self, where: range) -> Span:
        """The text from the first to the last word of a range."""
        return Span(self.tokens[where[0]].span.start, max(self.tokens[i].span.end for i in where[-2:]))

    def is_mark(self, index: int) -> bool:
        """Whether a word is a quotation mark."""
        marks = self.language.marks
        text = self.tokens[index].word.text.strip()
        return bool(text) and all(c in marks.symmetric or c in marks.opening or c in marks.closing for c in text)

    def quoted(self, index: int) -> bool:
        """Whether a word stands between quotation marks (the marks themselves do not)."""
        quotation = self.quotation_of[index]
        return quotation is not None and not self.is_mark(index)

    @cached_property
    def _quoted_texts(self) -> Counter[str]:
        return Counter(q.outer.of(self.text)[1:-1].strip().casefold() for q in self.quotations)

    def is_term(self, quoted: range) -> bool:
        """Whether the same words stand between marks again in the article: an expression it uses, not somebody's
        words.
        """
        text = self.span(quoted).of(self.text).strip('«»“”"‘’ \u00a0\u202f').casefold()
        return self._quoted_texts[text] > 1

    def in_dialogue(self, index: int) -> bool:
        """Whether a word stands in a line of dialogue: a paragraph that opens with a dash."""
        start = self.text.rfind("\n", 0, self.tokens[index].span.start) + 1
        line = self.text[start : self.tokens[index].span.start].lstrip()
        return line[:1] in self.language.marks.dashes and line[1:2].isspace()

    def is_punct(self, index: int) -> bool:
        return self.tokens[index].upos == "PUNCT" or not any(c.isalnum() for c in self.tokens[index].word.text)

    @cached_property
    def units(self) -> list[range]:
        """Word ranges of the units, in order; together they are all words."""
        found: list[range] = []
        for words in self.sentence_ranges:
            if not words:
                continue
            for piece in self._split(words):
                if found and self._joined(found[-1][-1], piece[0]):
                    found[-1] = range(found[-1][0], piece[-1] + 1)
                else:
                    found.append(piece)
        return found

    @cached_property
    def unit_of(self) -> list[int]:
        """For every word, the number of its unit."""
        of = [0] * len(self.tokens)
        for number, unit in enumerate(self.units):
            for i in unit:
                of[i] = number
        return of

    def _split(self, words: range) -> Iterator[range]:
        """A sentence cut where the tokenizer failed to: at a line break, and after a quotation that ended a
        sentence.
        """
        start = words[0]
        for i in range(words[0] + 1, words[-1] + 1):
            if self._breaks(i - 1, i) or self._dateline(start, i):
                yield range(start, i)
                start = i
        yield range(start, words[-1] + 1)

    def _dateline(self, start: int, index: int) -> bool:
        """Whether an agency's dateline ends just before `index`: "GENÈVE, 7 nov. (Agence) - ", "Paris | "."""
        mark = self.tokens[index - 1].word.text
        if mark not in ("-", "–", "—", "|") or index - start > _DATELINE:
            return False
        first = self.tokens[start].word.text
        words = self.tokens[start:index]
        bracketed = self.tokens[start].upos == "NUM" and any(t.word.text == ")" for t in words)
        shouted = (first.isupper() and len(first) > 2) or bracketed  # "2025 (Agence) - ", cut off from its place
        return (shouted or (mark == "|" and first[:1].isupper())) and not any(
            t.upos in ("VERB", "AUX") or self.is_mark(t.index) for t in words
        )

    def _breaks(self, left: int, right: int) -> bool:
        before, after = self.tokens[left].span, self.tokens[right].span
        gap = self.text[before.end : after.start]
        if "\n" in gap:
            return True
        quotation = self.quotation_of[left]
        if quotation is None or before.end != quotation.outer.end or not quotation.closed or not gap:
            return False
        ended = self.text[quotation.inner[-1].end - 1] in SENTENCE_END
        return ended and (self.tokens[right].word.text[:1].isupper() or self.is_mark(right))

    def _joined(self, left: int, right: int) -> bool:
        """Whether two sentences are one unit: a quotation covers the seam, or the second has no beginning of its
        own.
        """
        a, b = self.tokens[left], self.tokens[right]
        gap = self.text[a.span.end : b.span.start]
        quotation = self.quotation_of[left]
        inside = quotation is not None and quotation.outer.start < b.span.start < quotation.outer.end
        if inside:
            return True
        if "\n" in gap:
            return False
        if self.is_mark(right) and self.quotation_of[right] is quotation is not None:
            return True
        if a.word.text in ("-", "–", "—", "|"):
            return False
        first = next((c for c in b.word.text if not c.isspace()), "")
        after_quotation = quotation is not None and a.span.end <= quotation.outer.end
        return first in ",;:)" or (after_quotation and (first in "-–—" or first.islower()))
