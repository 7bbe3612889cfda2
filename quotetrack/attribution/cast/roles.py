"""Roles: what the article says its people are, and which person a role can mean."""

from __future__ import annotations

from quotetrack.attribution.cast.entities import Cast, Entity, Role
from quotetrack.attribution.cast.lexicon import Lexicon, stem
from quotetrack.attribution.cast.names import Name
from quotetrack.attribution.cast.phrases import NOMINAL, Phrase, content, end_of, gender_of
from quotetrack.attribution.cast.words import Words
from quotetrack.languages.types import words_of

EXALTED = "1 "  # before the key of a noun that a rank makes another office of
REACH = 18  # words to the left of a name in which its role may begin


def gather_roles(words: Words, lexicon: Lexicon, cast: Cast) -> None:
    """Give the people of the cast their roles: those that touch the name first, so that a comma cannot steal one."""
    people = [name for name in cast.names if name.kind == "PER"]
    for name in people:
        _take(words, lexicon, cast, name, _touching(words, lexicon, cast, name))
    for name in people:
        _take(words, lexicon, cast, name, _across_comma(words, lexicon, cast, name))
        _take(words, lexicon, cast, name, _after(words, lexicon, cast, name))


def _take(words: Words, lexicon: Lexicon, cast: Cast, name: Name, found: tuple[int, int, int] | None) -> None:
    """Note the role [first, last] headed by `head`, and claim its words for the person."""
    if found is None:
        return
    first, head, last = found
    person = cast.people[name.first]
    person.roles.append(role_of(words, first, head, last, lexicon))
    if name.first == person.first:
        person.introduced = True
    sex = gender_of(words, first, head, lexicon)
    if not person.gender and sex:
        person.gender = sex
    _claim(cast, person, first, last)


def role_of(words: Words, first: int, head: int, last: int, lexicon: Lexicon) -> Role:
    """A role as the log keeps it: without its determiner."""
    begin = first
    while (begin < head and words[begin].upos in ("DET", "ADP")) or words[begin].low in lexicon.casting.other:
        begin += 1
    nouns = [_noun(words, begin, head, lexicon)]
    for k in range(head + 1, last):
        if (words[k].form == "," or words[k].upos == "CCONJ") and lexicon.role(words[k + 1]):
            nouns.append(lexicon.noun(words[k + 1]))
    former = any(words[k].low in lexicon.casting.former for k in range(begin, head)) or _prefixed(words, head, lexicon)
    forms = [words[k].form for k in range(begin, last + 1)]
    offices = lexicon.offices(forms) | lexicon.offices(forms[head - begin :])
    meant = (content(words, begin, last, lexicon) | _places(words, begin, last, lexicon)) - lexicon.plain
    listed = lexicon.role(words[head]) is not None
    return Role(words.string(begin, last), meant, tuple(nouns), offices, head, former, listed)


def _noun(words: Words, first: int, head: int, lexicon: Lexicon) -> str:
    """The key of a role noun; a rank makes another office of it: no Premier ministre is called "le ministre"."""
    exalted = head > first and words[head - 1].low in lexicon.casting.exalted
    return (EXALTED if exalted else "") + lexicon.noun(words[head])


def _places(words: Words, first: int, last: int, lexicon: Lexicon) -> frozenset[str]:
    """What the places in a role stand for: "du Quai d'Orsay" is of the ministry of foreign affairs."""
    found: set[str] = set()
    for k in range(first, last + 1):
        if words[k].capital:
            for end in range(k, min(k + 3, last + 1)):
                place = lexicon.language.places.get(words.string(k, end).replace("’", "'"))
                if place is not None and place.kind == "institution":
                    found |= {stem(word) for word in words_of(place.stands_for) if len(word) > 3}
    return frozenset(found)


def _prefixed(words: Words, head: int, lexicon: Lexicon) -> bool:
    return words[head].low.split("-")[0] in lexicon.casting.former


def _touching(words: Words, lexicon: Lexicon, cast: Cast, name: Name) -> tuple[int, int, int] | None:
    """ "le ministre de l'Intérieur X": the noun that touches the name, else the first role noun of the phrase."""
    k = name.begin - 1
    if k >= 0 and lexicon.one_of(words[k], lexicon.language.organisation_nouns):
        return None  # "un responsable de l'administration X"
    found = _leftwards(words, lexicon, cast, k, touching=True)
    sure = len(name.parts) > 1 or name.gender or name.title >= 0  # else "le patron de l'usine X" is no X
    return found if found is None or sure or found[1] == k else None


def _across_comma(words: Words, lexicon: Lexicon, cast: Cast, name: Name) -> tuple[int, int, int] | None:
    """ "le ministre de l'Intérieur, X,": the phrase must be a known one, and nobody else's."""
    k = name.begin - 1
    if k < 1 or words[k].form != "," or words[k].sentence != words[name.first].sentence:
        return None
    found = _leftwards(words, lexicon, cast, k - 1)
    if found is None or any(i in cast.roles for i in range(found[0], found[1] + 1)):
        return None
    known = lexicon.casting.definite | lexicon.language.possessives
    if name.last + 1 < len(words) and words[name.last + 1].form == ",":  # "une députée, X, a dit"
        known = known | lexicon.casting.indefinite
    closes = words[name.last + 1].upos in ("PUNCT", "VERB", "AUX", "ADP") if name.last + 1 < len(words) else True
    return found if closes and (words[found[0]].low in known or words.first_of_sentence(found[0])) else None


def _leftwards(
    words: Words, lexicon: Lexicon, cast: Cast, k: int, touching: bool = False
) -> tuple[int, int, int] | None:
    """The role that ends at word `k`: its first word (determiner included), its head and `k`."""
    if k < 0 or (words[k].upos not in NOMINAL and words[k].form != ")"):
        return None
    heads: list[int] = []
    first = i = k
    while i >= max(0, k - REACH) and words[i].sentence == words[k].sentence:
        token = words[i]
        if token.upos == "DET":
            first = i
            if (i == 0 or words[i - 1].upos != "ADP") and not (token.capital and not words.first_of_sentence(i)):
                break
        elif token.contracted or token.upos == "ADP":
            if not (token.contracted or token.low in lexicon.casting.joins):
                break
            first = i if token.contracted else first
        elif (
            token.upos in NOMINAL
            or token.low in lexicon.casting.links
            or _participle(words, i)
            or token.upos == "CCONJ"
            or token.form in "()"
        ):
            first = i
            noun = token.upos != "ADJ" or words[i - 1].upos == "DET"
            if noun and lexicon.role(token) and token.number != "Plur" and i not in cast.people:
                heads.append(i)
        else:
            break
        i -= 1
    head = k if touching and k in heads else _head(words, lexicon, heads)
    if head is None:
        return None
    start = _start(words, lexicon, head, first)
    new = touching and words[start].low in lexicon.casting.indefinite
    return None if new and head < k else (start, head, k)


def _participle(words: Words, i: int) -> bool:
    """A participle that qualifies the noun before it: "directeur général associé"."""
    return (
        words[i].upos == "VERB" and bool(words[i].number and words[i].gender) and words[i - 1].upos in ("NOUN", "ADJ")
    )


def _head(words: Words, lexicon: Lexicon, heads: list[int]) -> int | None:
    """The leftmost role noun: what stands to its right are complements."""
    return min(heads, default=None)


def _start(words: Words, lexicon: Lexicon, head: int, bound: int) -> int:
    """Left of the head: adjectives ("ancien", "premier"), then one determiner."""
    first = head
    while first > bound and (words[first - 1].upos == "ADJ" or words[first - 1].low in lexicon.casting.former):
        first -= 1
    while first > bound and words[first - 1].upos in ("NUM",):
        first -= 1
    if first > bound and (words[first - 1].upos == "DET" or words[first - 1].contracted):
        first -= 1
    return first


def _after(words: Words, lexicon: Lexicon, cast: Cast, name: Name) -> tuple[int, int, int] | None:
    """ "X (PS), 45 ans, porte-parole de Y,": party and house are kept as the affiliation."""
    person, k, size = cast.people[name.first], name.last + 1, len(words)
    if k < size and words[k].form == "(":
        close = next((j for j in range(k + 1, min(k + 8, size)) if words[j].form == ")"), -1)
        if close < 0:
            return None
        if words[k + 1].form[0].isupper() or words[k + 1].form[0].islower():
            person.affiliation = person.affiliation or words.string(k + 1, close - 1)
            _claim(cast, person, k, close)
        k = close + 1
    if k >= size or words[k].form != "," or words[k].sentence != words[name.first].sentence:
        return None
    k += 1
    if k + 2 < size and words[k].form.isdigit():  # ", 45 ans,"
        person.age = words[k].form
        if words[k + 2].form != ",":
            return None
        k += 3
    return _apposition(words, lexicon, cast, person, k)


def _apposition(words: Words, lexicon: Lexicon, cast: Cast, person: Entity, k: int) -> tuple[int, int, int] | None:
    first, size = k, len(words)
    if k < size and words[k].low in lexicon.casting.genitives and k + 1 < size:  # ", de l'Union syndicale,"
        last = end_of(words, k - 1, lexicon, (), True) if words[k - 1].form == "," else k
        if last > k and not person.affiliation:
            person.affiliation = words.string(k, last)
            _claim(cast, person, k, last)
            person.introduced = person.introduced or k <= person.first + 8
        return None
    while k < size and k < first + 4 and (words[k].upos in ("DET", "ADJ", "NUM") or _prefix(words, k, lexicon)):
        if lexicon.role(words[k]) and words[k].upos != "DET":
            break
        k += 1
    if k >= size or words[k].number == "Plur" or k in cast.people:
        return None
    one = _one_of_many(words, lexicon, first)
    if one is not None:
        return first, *one
    bare = k == first and (words[k].upos == "NOUN" or lexicon.demonym(words[k].form))
    known = lexicon.role(words[k]) or lexicon.one_of(words[k], lexicon.general)
    if not (known or (bare and words[k].form.isalpha())):
        return None
    last = end_of(words, k, lexicon, cast.people, apposition=True)
    while last + 2 < size and words[last + 1].form == "," and _goes_on(words, lexicon, last + 2):
        last = end_of(words, last + 2, lexicon, cast.people, apposition=True)
    return first, k, last


def _one_of_many(words: Words, lexicon: Lexicon, k: int) -> tuple[int, int] | None:
    """ "l'une des voix du parti": the head and the last word, from the word after the comma."""
    if k + 1 < len(words) and words[k].upos == "DET" and words[k + 1].low in lexicon.casting.indefinite:
        k += 1  # "l'une"
    if k + 2 >= len(words) or words[k].low not in lexicon.casting.indefinite or not words[k + 1].contracted:
        return None
    head = next((j for j in range(k + 2, min(k + 5, len(words))) if words[j].upos == "NOUN"), None)
    if head is None or words[head].number != "Plur":
        return None
    return head, end_of(words, head, lexicon, (), apposition=True)


def _claim(cast: Cast, person: Entity, first: int, last: int) -> None:
    """These words say who somebody is; they mention nobody else."""
    for k in range(first, last + 1):
        cast.roles.setdefault(k, person)


def _prefix(words: Words, k: int, lexicon: Lexicon) -> bool:
    return words[k].low in lexicon.casting.former or words[k].low in lexicon.casting.other


def _goes_on(words: Words, lexicon: Lexicon, k: int) -> bool:
    """A second bare role after a comma: ", ministre de l'Intérieur, patron du parti"."""
    return words[k].upos == "NOUN" and words[k].number != "Plur" and lexicon.role(words[k]) is not None


# How well a description fits a person: the same office or the same noun and complement, the same noun alone, a noun of
# the same field with a shared complement, a general noun of the field, a noun that fits everybody; below 0 it does not.
OFFICE, FULL, NOUN, SHARED, GENERAL, ANYONE, SAME_CLASS, UNKNOWN, OTHER = 3.0, 3.0, 2.0, 1.8, 1.0, 0.5, 0.4, 0.0, -1.0


def fit(words: Words, phrase: Phrase, person: Entity, lexicon: Lexicon) -> float:
    """How well a phrase describes a person."""
    if phrase.plural or (phrase.gender and person.gender and phrase.gender != person.gender):
        return OTHER
    ages = {words[k].form for k in range(phrase.head + 1, phrase.last) if words[k].form.isdigit()}
    if person.age and ages:
        return FULL if person.age in ages else OTHER
    if lexicon.one_of(words[phrase.head], lexicon.casting.anyone):
        return ANYONE
    wanted = role_of(words, phrase.first, phrase.head, phrase.last, lexicon)
    return max((_fit_role(words, phrase, wanted, role, lexicon) for role in person.roles), default=UNKNOWN)


def _fit_role(words: Words, phrase: Phrase, wanted: Role, role: Role, lexicon: Lexicon) -> float:
    if wanted.offices & role.offices:
        return OFFICE
    extra = wanted.content - {stem(words[phrase.head].form)} - _demonyms(words, phrase, lexicon)
    if wanted.nouns[0] in role.nouns:
        if not extra:
            return NOUN
        if extra & role.content:
            return FULL if extra <= role.content else SHARED
        if role.offices:
            return OTHER
        complement = len(role.content) > 1
        return (UNKNOWN if wanted.former else OTHER) if complement else GENERAL
    if any(noun.removeprefix(EXALTED) == wanted.nouns[0].removeprefix(EXALTED) for noun in role.nouns):
        return UNKNOWN if wanted.former else OTHER  # "le ministre" is no "Premier ministre", who may have been one
    general = lexicon.one_of(words[phrase.head], lexicon.general)
    rule = lexicon.casting.hypernyms[general] if general else None
    same_field = rule is not None and (
        any(noun in rule.nouns for noun in role.nouns) or _cls(role.nouns[0], lexicon) in rule.classes
    )
    if same_field:
        return SHARED if extra & role.content else SAME_CLASS if extra else GENERAL
    one, two = _cls(wanted.nouns[0], lexicon), _cls(role.nouns[0], lexicon)
    if one and (one == two or {one, two} <= lexicon.casting.together):
        return SHARED if extra & role.content else SAME_CLASS
    return UNKNOWN


def _cls(noun: str, lexicon: Lexicon) -> str | None:
    row = lexicon.language.roles.get(noun.removeprefix(EXALTED))
    return row.cls if row else None


def _demonyms(words: Words, phrase: Phrase, lexicon: Lexicon) -> frozenset[str]:
    """Adjectives of place say nothing against a role: "le Premier ministre français"."""
    return frozenset(
        stem(words[k].form)
        for k in range(phrase.head, phrase.last + 1)
        if words[k].upos == "ADJ" and lexicon.language.demonym_gender(words[k].form.capitalize())
    )
