"""Whom a pronoun means: the mentions before it, ranked.

A hand-set linear score, each term a fact about how the press writes. Its weights were tried on the annotated training
articles; moving any of them by a third changes few decisions.
"""

from __future__ import annotations

from quotetrack.attribution.cast.entities import Entity, Occurrence
from quotetrack.attribution.cast.scene import Scene

WINDOW = 40  # mentions looked back; an article of 4,000 characters has about 60
SUBJECT = 1.5  # subjects are taken up as subjects
SPOKE = 1.5  # who was said to speak goes on speaking
RUNNING = 2.0  # the last speaker above all: "a-t-il ajouté"
PERSON, UNNAMED, ORGANISATION = 1.2, 0.3, -1.5  # people are pronouns more often than institutions
FRESH_SUBJECT, FRESH_NAME = 1.5, 1.5  # made a subject, or named for the first time, since anybody spoke
SENTENCE, PARAGRAPH = 0.5, 0.4  # per step back
QUOTED, REPORTED = -4.0, -1.2  # who is spoken of does not speak
VAGUE = -0.4  # gender unknown
FLOOR = -2.5  # below, nobody is meant


def rank(
    scene: Scene,
    index: int,
    gender: str = "",
    plural: bool = False,
    people: bool = False,
    running: float = RUNNING,
    fresh: float = 1.0,
) -> list[tuple[float, Entity]]:
    """Candidates for a pronoun at word `index`, best first.

    Args:
        gender: Masc or Fem; empty where the form does not tell.
        people: only persons and unnamed sources.
        running: the bonus of the last speaker.
        fresh: how much it counts to have been named since.
    """
    scores: dict[int, tuple[float, Entity]] = {}
    spoken = {(t.index, id(t.entity)) for t in scene.turns}
    last = scene.running()
    since = scene.turns[-1].index if scene.turns else -1
    for occurrence in scene.cast.before(index)[:WINDOW]:
        entity = occurrence.entity
        if not agrees(entity, gender, plural) or (people and not entity.human):
            continue
        score = _weigh(scene, index, occurrence, gender, (occurrence.index, id(entity)) in spoken)
        if entity is last:
            score += running
        elif occurrence.index > since and entity.kind == "person" and occurrence.quoted < 2:
            weight = fresh if not occurrence.quoted else fresh / 2
            score += weight * FRESH_SUBJECT if occurrence.subject else 0.0
            first = entity.first == occurrence.index and occurrence.named and not words_open(scene, occurrence.index)
            score += weight * FRESH_NAME if first else 0.0
        if id(entity) not in scores or scores[id(entity)][0] < score:
            scores[id(entity)] = score, entity
    return sorted((s for s in scores.values() if s[0] > FLOOR), key=lambda s: -s[0])


def words_open(scene: Scene, index: int) -> bool:
    """Whether a bracket opens right before a word."""
    return index > 0 and scene.words[index - 1].form == "("


def agrees(entity: Entity, gender: str, plural: bool) -> bool:
    """Number must agree, and gender where it is known."""
    if plural != entity.plural:
        return plural and entity.kind in ("organisation", "group") and not entity.gender
    return not (gender and entity.gender and gender != entity.gender and not plural)


def _weigh(scene: Scene, index: int, occurrence: Occurrence, gender: str, spoke: bool) -> float:
    words, entity = scene.words, occurrence.entity
    here, there = words[index], words[occurrence.index]
    score = {"person": PERSON, "unnamed": UNNAMED, "group": UNNAMED}.get(entity.kind, ORGANISATION)
    if entity.plural:
        score = UNNAMED
    score += SUBJECT if occurrence.subject else 0.0
    score += SPOKE if spoke else 0.0
    score += (0.0, REPORTED, QUOTED)[occurrence.quoted if words.quoted[index] < 2 else 0]
    score -= SENTENCE * min(here.sentence - there.sentence, 8) + PARAGRAPH * min(here.paragraph - there.paragraph, 6)
    if gender and not entity.gender:
        score += VAGUE
    return score
