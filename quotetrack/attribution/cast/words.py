"""The words of an article in one row, as the cast reads them: surface words, with what the parse says of each.

A contraction (*du* = de + le) is one word here, since names and roles are read off the surface. Trees are used only for
what survives a bad parse: which word is a subject, and of what. Words are addressed by their index in the row.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quotetrack.model import Parse, Span, Word

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


class Token(NamedTuple):
    """A surface word. `head` is an index in the row, -1 at a root; `paragraph` counts the paragraphs before."""

    form: str
    low: str
    lemma: str
    upos: str
    gender: str
    number: str
    start: int
    end: int
    sentence: int
    paragraph: int
    head: int
    deprel: str
    contracted: bool

    @property
    def subject(self) -> bool:
        return self.deprel in SUBJECTS

    @property
    def capital(self) -> bool:
        return self.form[0].isupper()


class Words:
    """The row of words, and where each begins."""

    def __init__(self, text: str, parse: Parse) -> None:
        self.text = text
        self.tokens: list[Token] = _tokens(text, parse)
        self.starts: list[int] = [t.start for t in self.tokens]
        self.quoted: list[int] = [0] * len(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def at(self, offset: int) -> int:
        """The first word that begins at or after an offset."""
        return bisect_left(self.starts, offset)

    def range(self, span: Span) -> range:
        """The words that a span touches."""
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        if self.tokens and self.tokens[first].end <= span.start:
            first += 1
        return range(first, bisect_left(self.starts, span.end))

    def span(self, first: int, last: int) -> Span:
        """The text from one word to another, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def string(self, first: int, last: int) -> str:
        """The same as a string, on one line."""
        return " ".join(self.text[self.tokens[first].start : self.tokens[last].end].split())

    def glued(self, index: int) -> bool:
        """Whether no blank stands between a word and the one before it."""
        return index > 0 and self.tokens[index - 1].end == self.tokens[index].start

    def first_of_sentence(self, index: int) -> bool:
        """Whether a capital says nothing: the word begins a sentence, a quotation or a line."""
        if index == 0:
            return True
        here, before = self.tokens[index], self.tokens[index - 1]
        return here.sentence != before.sentence or (
            not before.form[-1].isalnum() and before.form not in (",", "(", "'", "’")
        )

    def report(self, spans: Sequence[Span]) -> None:
        """Mark the words of spans as somebody's."""
        for span in spans:
            for i in self.range(span):
                self.quoted[i] = 1

    def deepen(self, spans: Sequence[Span]) -> None:
        """Mark those of somebody's words that stand between quotation marks."""
        for span in spans:
            for i in self.range(span):
                if self.quoted[i]:
                    self.quoted[i] = 2


def _tokens(text: str, parse: Parse) -> list[Token]:
    row: list[Token] = []
    paragraph = seen = 0
    for number, sentence in enumerate(parse.sentences):
        starts: list[int] = []
        place = [-1]  # by the number of a word, its index in the row
        groups: list[list[Word]] = []
        for word in sentence.words:
            if starts and starts[-1] == word.span.start:
                groups[-1].append(word)
            else:
                starts.append(word.span.start)
                groups.append([word])
            place.append(len(row) + len(groups) - 1)
        for start, group in zip(starts, groups, strict=True):
            if start > seen:
                paragraph += "\n" in text[seen:start]
                seen = start
            row.append(_token(text, group, place, number, paragraph))
    return row


def _token(text: str, group: list[Word], place: list[int], sentence: int, paragraph: int) -> Token:
    first = group[0]
    gender, number, outer = first.feats.get("Gender", ""), first.feats.get("Number", ""), first
    for word in group[1:]:
        gender, number = gender or word.feats.get("Gender", ""), number or word.feats.get("Number", "")
        if outer.head and place[outer.head] == place[first.id]:
            outer = word
    form = text[first.span.start : first.span.end]
    low = form.lower()
    return Token(
        form,
        low.replace("’", "'") if "’" in low else low,
        first.lemma.lower(),
        first.upos,
        gender,
        number,
        first.span.start,
        group[-1].span.end,
        sentence,
        paragraph,
        place[outer.head] if outer.head < len(place) else -1,
        outer.deprel,
        len(group) > 1,
    )


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Lower case without accents, so that "Élysée" is "Elysee" and "ORPHELIN" is "Orphelin"."""
    spread = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in spread if not unicodedata.combining(c)).replace("’", "'")
