"""Names: rows of capitalised words, and whether a row names a person.

The entity tagger is one voice among several: a title, a known first name, an apposition ("X, 45 ans") or an article in
front of it ("le Hamas") say as much, and they are true of every article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from quotetrack.attribution.cast.lexicon import Lexicon
from quotetrack.attribution.cast.words import Words, fold
from quotetrack.languages.types import Gender
from quotetrack.model import EntityKind, Parse

NameKind = Literal["PER", "ORG", "LOC"]
Parts = tuple[str, ...]

# Weights of the evidence that a row of capitals is a person; a person from THRESHOLD on. A title, or a first name with
# a surname, is enough alone; two capitals need the tagger or an apposition; an article in front of a name outweighs the
# tagger, which often takes "le Parisien" for a person.
TITLE, FIRST_NAME, TAGGED, AGE, ROLE, PAIR = 5.0, 2.5, 2.0, 3.0, 2.0, 1.0
ARTICLE, PLACE, ACRONYM, OTHER_TAG, INSTITUTION, WHERE = -3.5, -4.0, -2.0, -1.0, -3.0, -1.5
THRESHOLD = 1.5

CLOSED = frozenset({"ADP", "DET", "PRON", "AUX", "CCONJ", "SCONJ", "ADV", "NUM", "PUNCT", "INTJ", "SYM"})
OPEN = frozenset({"NOUN", "VERB", "ADJ"})


@dataclass(slots=True)
class Name:
    """A row of words [first, last], without its title (whose index is `title`, or -1). `parts` are folded."""

    first: int
    last: int
    title: int
    gender: Gender | None
    parts: Parts
    kind: NameKind = "ORG"

    @property
    def begin(self) -> int:
        """The first word, the title included."""
        return self.title if self.title >= 0 else self.first


def names_of(words: Words, parse: Parse, lexicon: Lexicon) -> list[Name]:
    """The names of the article in order, each with its kind."""
    tags = _tags(words, parse)
    found = list(_rows(words, lexicon, tags))
    scores: defaultdict[Parts, list[float]] = defaultdict(list)
    for name in found:
        scores[name.parts].append(_person_score(words, name, lexicon, tags))
    for name in found:
        same = scores[name.parts]
        if sum(same) / len(same) >= THRESHOLD:
            name.kind = "PER"
        elif words.string(name.first, name.last) in lexicon.language.places or tags.get(name.first) == "LOC":
            name.kind = "LOC"
    _spread(words, found, lexicon)
    return found


def _tags(words: Words, parse: Parse) -> dict[int, EntityKind]:
    """The tagger's kind, by word."""
    return {i: e.kind for sentence in parse.sentences for e in sentence.entities for i in words.range(e.span)}


def _rows(words: Words, lexicon: Lexicon, tags: Mapping[int, EntityKind]) -> Iterator[Name]:
    i, size = 0, len(words)
    while i < size:
        title, begin = _title(words, i, lexicon)
        if begin >= size or not (title >= 0 or _may_begin(words, begin, lexicon, tags)):
            i += 1
            continue
        last = _end(words, begin, lexicon, tags)
        row = lexicon.title(words[title].form) if title >= 0 else None
        gender = row.gender if row else lexicon.language.gender_of_first_name(words[begin].form)
        yield Name(begin, last, title, gender if gender != "Both" else None, _parts(words, begin, last))
        i = last + 1


def _title(words: Words, index: int, lexicon: Lexicon) -> tuple[int, int]:
    """Where a title stands and where the name after it begins; (-1, index) without a title."""
    if lexicon.title(words[index].form) is None:
        return -1, index
    after = index + 1
    if after < len(words) and words[after].form == "." and words.glued(after):
        after += 1
    if (after < len(words) and words[after].capital) or _particles(words, after, lexicon) > after:
        return index, after
    return -1, index


def _may_begin(words: Words, index: int, lexicon: Lexicon, tags: Mapping[int, EntityKind]) -> bool:
    token = words[index]
    if token.low in lexicon.casting.calendar or token.start in lexicon.inside:
        return False
    if (
        not token.capital
        or "/" in token.form
        or (not token.form[-1].isalnum() and not token.form.endswith((".", "'", "’")))
    ):
        return False
    first_name = lexicon.language.gender_of_first_name(token.form) is not None
    if not first_name and _describes(words, index, lexicon):
        return False
    if tags.get(index) == "PER" or first_name:
        return token.upos not in CLOSED or not words.first_of_sentence(index)
    if token.upos in CLOSED or lexicon.role(token) or token.low in lexicon.casting.former:
        return token.form.isupper() and token.form.isalpha() and len(token.form) > 1
    if words.first_of_sentence(index):
        return token.upos == "PROPN" or (token.upos in OPEN and index in tags)
    return True


def _describes(words: Words, index: int, lexicon: Lexicon) -> bool:
    """A capital that is no name: "le Premier ministre", "la Bretonne"."""
    token = words[index]
    if token.low in lexicon.casting.ranks and words.first_of_sentence(index):
        return True
    if token.upos == "ADJ" and index + 1 < len(words) and lexicon.role(words[index + 1]):
        return True
    determined = index > 0 and words[index - 1].upos in ("DET", "ADJ", "NUM")
    alone = index + 1 >= len(words) or not words[index + 1].capital
    # ", Bretonne de 30 ans": a surname after a comma has no complement.
    apposed = index > 0 and words[index - 1].form == "," and index + 1 < len(words) and words[index + 1].upos == "ADP"
    return (determined or apposed) and alone and lexicon.demonym(token.form) is not None


def _particles(words: Words, index: int, lexicon: Lexicon) -> int:
    """The index after a run of at most three particles that a capital follows, else `index` itself."""
    k = index
    while (
        k < len(words) and k < index + 3 and words[k].form[0].islower() and words[k].low in lexicon.language.particles
    ):
        k += 1
    return k if index < k < len(words) and words[k].capital else index


def _end(words: Words, first: int, lexicon: Lexicon, tags: Mapping[int, EntityKind]) -> int:
    """The last word of a name: capitals, initials and particles, within a sentence and a line."""
    last, size = first, len(words)
    named = lexicon.language.gender_of_first_name(words[first].form) is not None
    known = named or tags.get(first) == "PER"
    while last + 1 < size:
        k = last + 1
        if words[k].sentence != words[first].sentence or words[k].paragraph != words[first].paragraph:
            break
        if words[k].form == "-" and words.glued(k) and k + 1 < size and words.glued(k + 1) and words[k + 1].capital:
            last = k + 1
        elif words[k].form == "." and words.glued(k) and len(words[last].form) == 1:
            last = k
        elif words[k].capital and words[k].form[0].isalpha():
            if not named and lexicon.language.gender_of_first_name(words[k].form) and _hangs(words, first, lexicon):
                break  # "le secrétaire au Trésor | Paul Martin"
            last = k
        elif (after := _particles(words, k, lexicon)) > k and (
            _foreign(words, k, after, lexicon) or (known and last == first) or tags.get(k) == tags.get(after) == "PER"
        ):
            last = after
        else:
            break
    return last


def _hangs(words: Words, first: int, lexicon: Lexicon) -> bool:
    """Whether a name is the complement of something, so that a first name inside it begins another."""
    before = words[first - 1] if first else None
    return before is not None and (before.contracted or before.upos in ("ADP", "DET"))


def _foreign(words: Words, first: int, after: int, lexicon: Lexicon) -> bool:
    """Particles that are no words of the language: "von der", "ben", "al"."""
    native = lexicon.casting.definite | lexicon.casting.genitives
    return not any(words[k].low in native for k in range(first, after))


def _parts(words: Words, first: int, last: int) -> Parts:
    spelt = "".join((" " if k > first and not words.glued(k) else "") + words[k].form for k in range(first, last + 1))
    return tuple(part for part in fold(spelt).replace(".", " ").split() if part)


def _person_score(words: Words, name: Name, lexicon: Lexicon, tags: Mapping[int, EntityKind]) -> float:
    form = words.string(name.first, name.last)
    several = name.last > name.first
    score = TITLE if name.title >= 0 else 0.0
    place = any(form in lexicon.language.places for form in (words[name.first].form, words[name.last].form))
    if place and name.title < 0:
        score += PLACE / 2 if several else 0.0
    elif lexicon.language.gender_of_first_name(words[name.first].form):
        score += FIRST_NAME if several or tags.get(name.first) == "PER" else FIRST_NAME - 0.5
    tag = tags.get(name.last) or tags.get(name.first)
    score += TAGGED if tag == "PER" else OTHER_TAG if tag else 0.0
    score += PAIR if several else 0.0
    if form in lexicon.language.places and name.title < 0:
        score += PLACE
    if not several and form.isupper() and 1 < len(form) <= 6:
        score += ACRONYM
    if any(lexicon.one_of(words[k], lexicon.language.organisation_nouns) for k in range(name.first, name.last + 1)):
        score += INSTITUTION
    describes = several and name.title < 0 and words[name.first].upos in ("ADJ", "NUM")
    if describes and not lexicon.language.gender_of_first_name(words[name.first].form):
        score += INSTITUTION  # "Premier Afro-Américain", "Deux Nantais": capitals that describe
    return score + _before(words, name, lexicon) + _after(words, name, lexicon)


def _before(words: Words, name: Name, lexicon: Lexicon) -> float:
    k = name.begin - 1
    if k < 0 or words[k].sentence != words[name.first].sentence:
        return 0.0
    before = words[k]
    if before.low in lexicon.casting.definite or before.low in lexicon.casting.demonstratives:
        return ARTICLE
    if before.low in ("à", "en"):
        return WHERE if name.last == name.first else 0.0
    role = lexicon.role(before)
    return ROLE if role and before.number != "Plur" and role.cls != "kin" else 0.0


def _after(words: Words, name: Name, lexicon: Lexicon) -> float:
    """What an apposition says: ", 45 ans" or ", porte-parole de"."""
    k = name.last + 1
    if k + 2 >= len(words) or words[k].form != ",":
        return 0.0
    if words[k + 1].form.isdigit() and words[k + 2].low == "ans":
        return AGE
    first = k + 2 if words[k + 1].upos == "DET" or words[k + 1].low in lexicon.casting.former else k + 1
    return ROLE if lexicon.role(words[first]) else 0.0


def _spread(words: Words, found: list[Name], lexicon: Lexicon) -> None:
    """A surname alone is a person where a person of that name was found."""
    surnames = {name.parts[-1] for name in found if name.kind == "PER" and name.parts}
    whole = {name.parts for name in found if name.kind == "PER"}
    for name in found:
        if name.kind != "PER" and name.parts and (name.parts in whole or name.parts[-1] in surnames):
            before = words[name.begin - 1] if name.begin else None
            if before is None or before.low not in lexicon.casting.definite or len(name.parts) > 1:
                name.kind = "PER"
