"""People: all names of one person in the article are one entity, called by the fullest."""

from __future__ import annotations

from quotetrack.attribution.cast.entities import Cast, Entity
from quotetrack.attribution.cast.lexicon import Lexicon
from quotetrack.attribution.cast.names import Name, Parts
from quotetrack.attribution.cast.words import Words


def gather_people(words: Words, names: list[Name], lexicon: Lexicon, cast: Cast) -> None:
    """Make an entity of every person, longest names first so that a bare surname finds its owner."""
    people = [n for n in names if n.kind == "PER"]
    for name in sorted(people, key=lambda n: (-len(n.parts), n.first)):
        owner = _owner(name, cast.persons(), words)
        if owner is None:
            owner = cast.add(Entity("person", _spelling(words, name), name.first, parts=name.parts))
        _join(owner, words, name, lexicon)
        for k in range(name.begin, name.last + 1):
            cast.people[k] = owner
    for person in cast.persons():
        person.content = frozenset(person.parts)


def _owner(name: Name, persons: list[Entity], words: Words) -> Entity | None:
    """Whose name this is: same words first, then a surname, then a first name; the nearest of several before it."""
    for test in (_same, _surname, _first_name, _any_word):
        fitting = [p for p in persons if test(name, p.parts) and not _clash(name, p)]
        if fitting:
            earlier = [p for p in fitting if p.first <= name.first]
            return max(earlier, key=lambda p: p.first) if earlier else min(fitting, key=lambda p: p.first)
    return None


def _same(name: Name, parts: Parts) -> bool:
    if name.parts == parts or "-".join(name.parts) == "-".join(parts):
        return True
    ends = name.parts[0] == parts[0] and name.parts[-1] == parts[-1]  # "George W. Bush", "George Bush"
    return ends and len(name.parts) > 1 and (set(name.parts) < set(parts))


def _surname(name: Name, parts: Parts) -> bool:
    return len(name.parts) < len(parts) and parts[-len(name.parts) :] == name.parts


def _first_name(name: Name, parts: Parts) -> bool:
    return name.title < 0 and len(name.parts) < len(parts) and parts[: len(name.parts)] == name.parts


def _any_word(name: Name, parts: Parts) -> bool:
    """ "M. Ri" is Ri Son Gwon: where the family name comes first only a title tells."""
    return name.title >= 0 and set(name.parts) < set(parts)


def _clash(name: Name, person: Entity) -> bool:
    return bool(name.gender and person.gender and name.gender != person.gender)


def _spelling(words: Words, name: Name) -> str:
    """The name without its title, shouted surnames in lower case; the title stays where nothing else would."""
    form = words.string(name.first, name.last)
    if name.title >= 0 and len(name.parts) == 1:
        return words.string(name.begin, name.last)
    if len(name.parts) > 1:
        form = " ".join(w.capitalize() if w.isupper() and len(w) > 2 and "." not in w else w for w in form.split())
    return form


def _join(person: Entity, words: Words, name: Name, lexicon: Lexicon) -> None:
    person.forms.add(words.string(name.begin, name.last))
    if name.gender and (not person.gender or name.title >= 0):
        person.gender = name.gender
    if name.first <= person.first:
        person.first = name.first
        person.introduced = False
