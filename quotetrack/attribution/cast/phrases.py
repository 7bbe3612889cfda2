"""Noun phrases read off the surface: where one ends, what its head is, what kind of determiner opens it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from quotetrack.attribution.cast.lexicon import Lexicon, stem
from quotetrack.attribution.cast.words import Words

Opening = Literal["definite", "demonstrative", "indefinite", "possessive", "plural", "bare"]

LONGEST = 18  # words; a longer run of complements is a sentence whose verb was not seen
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: words [first, last], its head, and how it opens. `plural` and `gender` are those of the whole."""

    first: int
    head: int
    last: int
    opening: Opening
    plural: bool
    gender: str


def end_of(words: Words, head: int, lexicon: Lexicon, people: Collection[int] = (), apposition: bool = False) -> int:
    """The last word of the phrase that `head` governs.

    Args:
        people: words that begin the name of a person; such a name ends the phrase unless a genitive holds it.
        apposition: the phrase stands between commas, so that other prepositions, brackets and "et" belong to it.
    """
    last, k, limit = head, head + 1, min(len(words), head + LONGEST)
    while k < limit and words[k].sentence == words[head].sentence:
        token = words[k]
        if token.upos in NOMINAL and not (k in people and last == k - 1):
            if token.upos == "NOUN" and not _noun_may_follow(words, k, head):
                break
            last, k = k, k + 1
        elif token.low in lexicon.casting.genitives or (apposition and token.low in lexicon.casting.joins):
            after = _complement(words, k + 1, lexicon)
            if after < 0:
                break
            last = k = after
            k += 1
            while after in people and k < limit and k in people:
                last, k = k, k + 1
        elif (after := _bridge(words, k, lexicon, apposition)) > 0:
            last, k = after, after + 1
        else:
            break
    return last


def _noun_may_follow(words: Words, k: int, head: int) -> bool:
    """A noun right after a noun belongs to it only where the head is a compound or something stands between."""
    return words[k - 1].upos in ("ADP", "DET", "NUM", "ADJ") or words[k - 1].contracted or words[k].capital


def _complement(words: Words, k: int, lexicon: Lexicon) -> int:
    """The head of the complement that begins at `k`, or -1 where none does."""
    for j in range(k, min(k + 4, len(words))):
        token = words[j]
        if token.upos in ("NOUN", "PROPN", "X") or (token.capital and token.upos not in ("DET", "ADP", "PRON")):
            return j
        if token.upos not in ("DET", "ADJ", "NUM", "ADP") and lexicon.title(token.form) is None:
            return -1
    return -1


def _bridge(words: Words, k: int, lexicon: Lexicon, apposition: bool) -> int:
    """Past what joins two parts of one title: "et" before a genitive, a participle, a bracket; -1 for nothing."""
    token = words[k]
    following = words[k + 1] if k + 1 < len(words) else None
    if token.upos == "CCONJ" and following:
        if following.low in lexicon.casting.genitives:
            return _complement(words, k + 2, lexicon)
        role = lexicon.role(following) or following.low in lexicon.casting.former
        return k + 1 if apposition and role else -1
    if token.low in lexicon.casting.links and following and following.upos in ("ADP", "DET"):
        return _clause_end(words, k) if apposition else k if following.low in lexicon.casting.joins else -1
    if token.form == "(" and apposition:
        close = next((j for j in range(k + 1, min(k + 6, len(words))) if words[j].form == ")"), -1)
        return close
    return -1


def _clause_end(words: Words, k: int) -> int:
    """The last word before punctuation: "médiateur chargé de rapprocher les deux parties"."""
    last = k
    while last + 1 < len(words) and last < k + LONGEST and words[last + 1].sentence == words[k].sentence:
        if words[last + 1].upos in ("PUNCT", "AUX") or not words[last + 1].form[0].isalnum():
            break
        last += 1
    return last


def opening_of(words: Words, first: int, head: int, lexicon: Lexicon) -> Opening:
    """What the words before the head say: known, pointed at, new, somebody's, several."""
    token = words[first]
    low = token.low
    if first == head and low not in lexicon.language.possessives:
        return "bare"
    if low in lexicon.casting.demonstratives:
        return "demonstrative"
    if low in lexicon.language.possessives:
        return "possessive"
    if low in lexicon.casting.indefinite:
        return "indefinite"
    if low in lexicon.casting.definite:
        return "definite"
    return "plural" if words[head].number == "Plur" or token.upos == "NUM" else "bare"


def phrase_at(words: Words, first: int, last: int, lexicon: Lexicon) -> Phrase:
    """The phrase of a mention whose words are known: its head is the first noun, or the first role noun."""
    head = first
    for k in range(first, last + 1):
        token = words[k]
        if token.upos in ("NOUN", "PROPN") or (lexicon.role(token) and token.upos not in ("ADP", "DET")):
            head = k
            break
    else:
        head = next((k for k in range(first, last + 1) if words[k].upos not in ("DET", "ADP", "PUNCT")), first)
    # "premier ministre", "haut responsable": an adjective tagged as a noun does not hide the office behind it.
    qualifies = words[head].low in lexicon.casting.former or words[head].low in lexicon.casting.ranks
    if head < last and lexicon.role(words[head + 1]) and (qualifies or not lexicon.role(words[head])):
        head += 1
    opening = opening_of(words, first, head, lexicon)
    plural = words[head].number == "Plur" or opening == "plural" or words[first].number == "Plur"
    return Phrase(first, head, last, opening, plural, gender_of(words, first, head, lexicon))


def gender_of(words: Words, first: int, head: int, lexicon: Lexicon) -> str:
    """Masc or Fem: the determiner decides ("la ministre"), then the noun, then what the parse says."""
    for k in range(first, head):
        article = words[k].upos == "DET" or words[k].contracted
        if words[k].gender and article and words[k].low not in lexicon.language.possessives:
            return words[k].gender
    role = lexicon.role(words[head])
    if role and role.gender != "Both" and (role.other or words[first].low not in lexicon.language.possessives):
        return role.gender
    demonym = lexicon.demonym(words[head].form)
    if demonym:
        return demonym if demonym != "Both" else ""
    return words[head].gender if words[first].low not in lexicon.language.possessives else ""


def content(words: Words, first: int, last: int, lexicon: Lexicon) -> frozenset[str]:
    """The folded words of a phrase that carry meaning; inflection is cut off roughly, so that genders meet."""
    return frozenset(
        stem(words[k].form)
        for k in range(first, last + 1)
        if words[k].form[0].isalnum() and words[k].upos not in ("DET", "ADP", "CCONJ", "PUNCT")
        and words[k].low not in lexicon.casting.definite and words[k].low not in lexicon.casting.joins
    )  # fmt: skip
