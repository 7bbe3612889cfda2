"""Roles that stand for a person: "la ministre", "le chef de l'État", "un porte-parole" who is named later."""

from __future__ import annotations

from quotetrack.attribution.cast.entities import Entity
from quotetrack.attribution.cast.mention import Answer, Mention
from quotetrack.attribution.cast.roles import GENERAL, NOUN, OTHER, fit
from quotetrack.attribution.cast.salience import rank
from quotetrack.attribution.cast.scan import known_person, speaks
from quotetrack.attribution.cast.scene import Scene

AHEAD = 3  # drafts in which the one described is to be named, for the description to be his


def office_holder(scene: Scene, mention: Mention) -> Answer | None:
    """A known role, singular, and the person who has it; the one in play where several do."""
    if not _human(scene, mention) or not mention.known:
        return None
    fits = {id(p): fit(scene.words, mention.phrase, p, scene.lexicon) for p in scene.cast.persons()}
    best = max(fits.values(), default=0.0)
    if best < GENERAL:
        return None
    able = [p for p in scene.cast.persons() if fits[id(p)] >= min(best, NOUN) - 0.01]
    if len(able) == 1:
        return Answer(able[0], "role.known" if best >= NOUN else "role.general")
    ranked = [e for _, e in rank(scene, mention.first, mention.phrase.gender, people=True) if e in able]
    if ranked:
        return Answer(ranked[0], "role.salient")
    person = known_person(scene.words, scene.lexicon, scene.cast, mention.phrase) or able[0]
    return Answer(person, "role.first")


def cataphoric(scene: Scene, mention: Mention) -> Answer | None:
    """A role before its name: the next who is named as a speaker, was not named before, and came without another role."""
    if not _human(scene, mention) or mention.phrase.opening not in ("definite", "indefinite", "bare"):
        return None
    indefinite = mention.phrase.opening == "indefinite"
    for person, index in _named_next(scene, mention):
        if person.first < mention.first or person.first > index + 1:
            continue
        if mention.phrase.gender and person.gender and mention.phrase.gender != person.gender:
            continue
        noun = scene.lexicon.noun(scene.words[mention.head])
        same = any(noun in role.nouns for role in person.roles)
        if same or not indefinite and not person.introduced:
            return Answer(person, "cataphora.role" if same else "cataphora.bare-name")
    return None


def _named_next(scene: Scene, mention: Mention) -> list[tuple[Entity, int]]:
    """The persons named by the mentions of the next drafts, with the word of the name."""
    found: list[tuple[Entity, int]] = []
    for draft in scene.drafts[mention.number + 1 :]:
        if draft.mention is None:
            continue
        where = scene.range(draft.mention)
        people = [(scene.cast.people[k], k) for k in where if k in scene.cast.people]
        found.extend(people[:1])
        if len(found) >= AHEAD:
            break
    return found


def running_holder(scene: Scene, mention: Mention) -> Answer | None:
    """A description nobody else fits takes up the person in play: "le Toulousain", "l'ancien animateur"."""
    if not _human(scene, mention) or mention.phrase.opening not in ("definite", "demonstrative"):
        return None
    ranked = rank(scene, mention.first, mention.phrase.gender, people=True)
    for _, person in ranked[:3]:
        if person.kind == "person" and fit(scene.words, mention.phrase, person, scene.lexicon) > OTHER:
            return Answer(person, "role.running" if person is scene.running() else "role.in-play")
    return None


def _human(scene: Scene, mention: Mention) -> bool:
    """Whether the phrase names one person by what he is."""
    return not mention.phrase.plural and speaks(scene.words, scene.lexicon, mention.head) == "unnamed"
