"""Mentions that hold the name itself."""

from __future__ import annotations

from quotetrack.attribution.cast.entities import Entity
from quotetrack.attribution.cast.mention import Answer, Mention
from quotetrack.attribution.cast.names import Name
from quotetrack.attribution.cast.scene import Scene
from quotetrack.attribution.cast.words import fold


def names_in(scene: Scene, mention: Mention) -> list[Name]:
    """The names that a mention holds, or a part of which it is."""
    return [n for n in scene.cast.names if n.begin <= mention.last and n.last >= mention.first]


def is_complement(scene: Scene, mention: Mention, name: Name) -> bool:
    """Whether a name only says whose somebody is: "l'entourage de X", "un proche de X"."""
    words, cast = scene.words, scene.cast
    first = name.begin
    person = cast.people.get(name.first)
    while first > mention.first and person is not None and cast.roles.get(first - 1) is person:
        first -= 1
    if first <= mention.first:
        return False
    return any(
        words[k].upos == "ADP" or words[k].contracted or words[k].low in scene.lexicon.casting.genitives
        for k in range(mention.first + 1, first + 1)
    )


def coordinated(scene: Scene, mention: Mention) -> Answer | None:
    """ "X et Y": a group of two, each by his fullest name."""
    casting = scene.lexicon.casting
    if scene.lexicon.one_of(scene.words[mention.head], casting.relations | casting.documents):
        return None
    group = named_together(scene, mention.range)
    return Answer(group, "name.coordinated") if group is not None else None


def named_together(scene: Scene, where: range) -> Entity | None:
    """The group of the people named in a range of one sentence, the last joined by a conjunction."""
    words, people, conjunction = scene.words, list[Entity](), ""
    for k in where:
        if k >= len(words) or words[k].sentence != words[where[0]].sentence:
            break
        if words[k].upos in ("VERB", "AUX") and len(people) > 1:
            break
        if words[k].upos == "CCONJ":
            conjunction = words[k].form
        person = scene.cast.people.get(k)
        if person is not None and person not in people:
            people.append(person)
    if len(people) < 2 or not conjunction:
        return None
    members = tuple(people)
    known = next((e for e in scene.cast.entities if e.members == members), None)
    spelt = ", ".join(p.name for p in people[:-1]) + f" {conjunction} {people[-1].name}"
    return known or scene.cast.add(Entity("group", spelt, where[0], plural=True, members=members))


def named(scene: Scene, mention: Mention) -> Answer | None:
    """A person by name, with or without his role; or a role to which the article sets the name."""
    cast = scene.cast
    for name in names_in(scene, mention):
        person = cast.people.get(name.first)
        if person is None:
            break
        if is_complement(scene, mention, name):
            break
        full = len(name.parts) == len(person.parts)
        return Answer(person, "name.full" if full else "name.part")
    holder = cast.roles.get(mention.head)
    if holder is not None and not scene.lexicon.one_of(scene.words[mention.head], scene.lexicon.casting.documents):
        return Answer(holder, "role.apposition")
    return None


def institution(scene: Scene, mention: Mention) -> Answer | None:
    """An organisation or a place by name: "Tsahal", "le Hamas", "l'Élysée"."""
    for name in names_in(scene, mention):
        first = name.begin
        if name.kind == "PER" or first - mention.first > 1:
            return None
        if first > mention.first and scene.words[mention.first].low not in scene.lexicon.casting.definite:
            return None
        entity = scene.described_at(name.first)
        return Answer(_canonical(scene, entity), "name.organisation") if entity is not None else None
    return None


def _canonical(scene: Scene, entity: Entity) -> Entity:
    """The institution a place stands for, where the article names that too: the Quai d'Orsay is its ministry."""
    name = entity.name.replace("’", "'")
    article = next(
        (a for a in scene.lexicon.casting.definite if name.lower().startswith(a if a[-1] == "'" else a + " ")), ""
    )
    bare = name[len(article) :].lstrip()
    places = scene.lexicon.language.places
    place = places.get(name) or places.get(bare)
    if place is None or place.kind != "institution":
        return entity
    wanted = frozenset(fold(w) for w in place.stands_for.replace("'", " ").replace("’", " ").split() if len(w) > 3)
    for other in scene.cast.entities:
        if (
            other.kind == "organisation"
            and wanted
            and wanted <= frozenset(fold(w) for w in other.name.replace("'", " ").replace("’", " ").split())
        ):
            return other
    return entity
