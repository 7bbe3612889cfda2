"""Roles that stand for a person: "la ministre", "le chef de l'État", "un porte-parole" who is named later."""

from __future__ import annotations

from quotetrack.attribution.cast.entities import Entity, Role
from quotetrack.attribution.cast.mention import Answer, Mention
from quotetrack.attribution.cast.roles import GENERAL, NOUN, OTHER, SAME_CLASS, UNKNOWN, fit, role_of
from quotetrack.attribution.cast.salience import rank
from quotetrack.attribution.cast.scan import known_person, speaks
from quotetrack.attribution.cast.scene import Scene

AHEAD = 3  # new people among whom the one described is looked for
PARAGRAPHS_AHEAD = 4  # within which he is named


def office_holder(scene: Scene, mention: Mention) -> Answer | None:
    """A known role, singular, and the person who has it; the one in play where several do."""
    if not _human(scene, mention) or not mention.known or _near_somebody(scene, mention):
        return None
    fits = {id(p): fit(scene.words, mention.phrase, p, scene.lexicon) for p in scene.cast.persons()}
    best = max(fits.values(), default=0.0)
    if best < GENERAL:
        return None
    able = [p for p in scene.cast.persons() if fits[id(p)] >= min(best, NOUN) - 0.01]
    if len(able) == 1:
        _learn(scene, mention, able[0], best)
        return Answer(able[0], "role.known" if best >= NOUN else "role.general")
    ranked = [e for _, e in rank(scene, mention.first, mention.phrase.gender, people=True) if e in able]
    if ranked:
        return Answer(ranked[0], "role.salient")
    person = known_person(scene.words, scene.lexicon, scene.cast, mention.phrase) or able[0]
    return Answer(person, "role.first")


def cataphoric(scene: Scene, mention: Mention) -> Answer | None:
    """A role before its name: the next who is named as a speaker, not before, and without another role."""
    if not _human(scene, mention) or mention.phrase.opening not in ("definite", "indefinite", "bare"):
        return None
    if _near_somebody(scene, mention):
        return None
    indefinite = mention.phrase.opening == "indefinite"
    for person in _named_next(scene, mention):
        if mention.phrase.gender and person.gender and mention.phrase.gender != person.gender:
            continue
        noun = scene.lexicon.noun(scene.words[mention.head])
        same = any(noun in role.nouns for role in person.roles)
        if same and not indefinite and fit(scene.words, mention.phrase, person, scene.lexicon) <= OTHER:
            continue
        if same or (not indefinite and not person.introduced):
            if not same:
                person.roles.append(_role(scene, mention))
            return Answer(person, "cataphora.role" if same else "cataphora.bare-name")
    return None


def _named_next(scene: Scene, mention: Mention) -> list[Entity]:
    """The first persons who are named only in a later sentence than the mention, outside quotes."""
    found: list[Entity] = []
    speakers = _named_speakers(scene, mention)
    words, here = scene.words, scene.words[mention.head]
    for occurrence in scene.cast.occurrences:
        person = occurrence.entity
        able = id(person) in speakers or (person.kind == "person" and occurrence.subject)
        if occurrence.index <= mention.last or not able or person in found:
            continue
        there = words[person.first]
        presented = len(person.parts) > 1 or person.name.split()[0] != person.name  # "M. X" is known, "X" is not
        if there.sentence > here.sentence and not occurrence.quoted and presented:
            if there.paragraph - here.paragraph > PARAGRAPHS_AHEAD:
                break
            found.append(person)
            if len(found) == AHEAD:
                break
    return sorted(found, key=lambda p: id(p) not in speakers)  # stable: speakers first, then the order of the text


def _named_speakers(scene: Scene, mention: Mention) -> set[int]:
    """Those whom the mention of a later draft names."""
    found: set[int] = set()
    for draft in scene.drafts:
        if draft.mention is not None and draft.mention.start > scene.words[mention.last].start:
            found |= {id(scene.cast.people[k]) for k in scene.reach(draft.mention) if k in scene.cast.people}
    return found


def _learn(scene: Scene, mention: Mention, person: Entity, score: float) -> None:
    """Keep a fuller title that the mention gives to a person who is known to have it."""
    if score >= NOUN and mention.phrase.opening == "definite" and mention.last > mention.head:
        person.roles.append(_role(scene, mention))


def _role(scene: Scene, mention: Mention) -> Role:
    phrase = mention.phrase
    return role_of(scene.words, phrase.first, phrase.head, phrase.last, scene.lexicon)


def holder_in_play(scene: Scene, mention: Mention) -> Answer | None:
    """A description without a complement of its own takes up who is in play, before anybody to come."""
    anyone = scene.lexicon.one_of(scene.words[mention.head], scene.lexicon.casting.anyone)
    demonym = scene.lexicon.demonym(scene.words[mention.head].form)
    former = any(
        w.low.split("-")[0] in scene.lexicon.casting.former
        for w in scene.words.tokens[mention.first : mention.head + 1]
    )
    if mention.phrase.opening == "demonstrative" or anyone or demonym or former:
        return running_holder(scene, mention)
    return None


def running_holder(scene: Scene, mention: Mention) -> Answer | None:
    """A description nobody else fits takes up the person in play: "le Bordelais", "l'ancien ministre"."""
    pointing = mention.phrase.opening == "demonstrative"
    if not (_human(scene, mention) or (pointing and not mention.phrase.plural)) or mention.phrase.opening in NEW:
        return None
    anyone = scene.lexicon.one_of(scene.words[mention.head], scene.lexicon.casting.anyone)
    if _near_somebody(scene, mention) or (mention.phrase.opening != "definite" and not pointing and not anyone):
        return None
    # A stranger comes with his own complement ("la porte-parole de la préfecture"), unless he is of the same trade.
    least = UNKNOWN if pointing or anyone or _plain(scene, mention) else SAME_CLASS
    for _, person in rank(scene, mention.first, mention.phrase.gender, people=True)[:3]:
        wanted = UNKNOWN if not person.roles and person is scene.running() else least
        if person.kind == "person" and fit(scene.words, mention.phrase, person, scene.lexicon) >= wanted:
            if mention.phrase.opening == "definite" and not _plain(scene, mention):
                person.roles.append(_role(scene, mention))
            return Answer(person, "role.running" if person is scene.running() else "role.in-play")
    return None


def _near_somebody(scene: Scene, mention: Mention) -> bool:
    """Known by whom he is near, and never by an office: "l'entourage du ministre", "la femme de X"."""
    head = scene.words[mention.head]
    role = scene.lexicon.role(head)
    source = scene.lexicon.one_of(head, scene.lexicon.language.source_nouns)
    return mention.phrase.opening != "demonstrative" and (
        (role is not None and role.cls == "kin") or bool(source and not role)
    )


NEW = ("indefinite", "plural", "possessive")


def _plain(scene: Scene, mention: Mention) -> bool:
    """No complement of its own, or one that looks back: "le tueur", "l'ancien ministre du Budget"."""
    words, casting = scene.words, scene.lexicon.casting
    if any(words[k].low.split("-")[0] in casting.former for k in range(mention.first, mention.head + 1)):
        return True
    return not any(
        words[k].low in casting.genitives or words[k].contracted for k in range(mention.head + 1, mention.last)
    )


def _human(scene: Scene, mention: Mention) -> bool:
    """Whether the phrase names one person by what he is."""
    return not mention.phrase.plural and speaks(scene.words, scene.lexicon, mention.head) == "unnamed"
