"""Who a mention is: an ordered list of small answers, the most precise first.

Each sieve gets a mention (a range of words) and answers with an entity or None. CoreNLP's and BookNLP's two steps
(mention, then entity) and CoreNLP's sieves are the model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from quotetrack.attribution.cast.entities import Cast, Entity, Occurrence
from quotetrack.attribution.cast.lexicon import Lexicon
from quotetrack.attribution.cast.phrases import Phrase, content, gender_of, phrase_at
from quotetrack.attribution.cast.roles import FULL, GENERAL, NOUN, fit
from quotetrack.attribution.cast.scan import describe, known_person, note, organisation, speaks, spell
from quotetrack.attribution.cast.words import Words
from quotetrack.languages.types import Pronoun
from quotetrack.model import SpeakerKind


@dataclass(slots=True)
class Scene:
    """What is known at one point of the article: the running speaker is whoever was quoted last."""

    words: Words
    lexicon: Lexicon
    cast: Cast
    running: Entity | None = None
    last_unnamed: Entity | None = None
    resolved: dict[int, Entity] = field(default_factory=dict)

    def remember(self, entity: Entity, where: range) -> None:
        """Note who was found at a mention, so that later pronouns find him there."""
        self.running = entity
        if entity.kind == "unnamed":
            self.last_unnamed = entity
        if where:
            token = self.words[where[0]]
            self.cast.mention(Occurrence(where[0], entity, True, self.words.quoted[where[0]]))
            self.resolved[where[0]] = entity
            del token


Sieve = Callable[[Scene, range], "Entity | None"]


def head_of(scene: Scene, where: range) -> Phrase:
    return phrase_at(scene.words, where[0], where[-1], scene.lexicon)


def pronoun_of(scene: Scene, where: range) -> Pronoun | None:
    text = scene.words.string(where[0], where[-1])
    return scene.lexicon.pronoun(text)


def coordinated(scene: Scene, where: range) -> Entity | None:
    """X et Y: both together, called by both names."""
    people: list[Entity] = []
    joined = any(scene.words[k].upos == "CCONJ" or scene.words[k].form == "," for k in where)
    for k in where:
        person = scene.cast.people.get(k)
        if person is not None and person not in people and not _in_genitive(scene, where, k):
            people.append(person)
    if len(people) < 2 or not joined:
        return None
    name = " et ".join(p.name for p in people) if len(people) == 2 else ", ".join(p.name for p in people)
    found = next((e for e in scene.cast.entities if e.name == name), None)
    return found or scene.cast.add(Entity("group", name, where[0], plural=True, members=tuple(people)))


def named_person(scene: Scene, where: range) -> Entity | None:
    """A name, alone or with its title or role: "Mme Ruiz", "la ministre Ana Ruiz"."""
    relation = False
    for k in where:
        person = scene.cast.people.get(k)
        if person is not None:
            return None if _in_genitive(scene, where, k) else person
        if scene.words[k].form in (",", "("):
            relation = False
    del relation
    return None


def _in_genitive(scene: Scene, where: range, k: int) -> bool:
    """Whether a name only completes another noun: "l'entourage de X", but not "le maire de Lyon X"."""
    first = k
    person = scene.cast.people.get(k)
    while first > where[0] and (scene.cast.people.get(first - 1) is person or scene.cast.roles.get(first - 1) is person):
        first -= 1
    if first == where[0]:
        return False
    before = scene.words[first - 1]
    return before.low in scene.lexicon.casting.genitives or before.contracted or scene.words[first].contracted


def relative(scene: Scene, where: range) -> Entity | None:
    """qui, lequel: whoever the relative clause hangs on."""
    words = scene.words
    pronoun = pronoun_of(scene, where)
    if pronoun is None or pronoun.kind != "relative":
        return None
    verb = words[where[0]].head
    antecedent = words[verb].head if verb >= 0 else -1
    if 0 <= antecedent < where[0]:
        found = _at(scene, antecedent)
        if found is not None:
            return found
    near = [o for o in scene.cast.before(where[0])[:3] if words[o.index].sentence == words[where[0]].sentence]
    return near[0].entity if near else None


def _at(scene: Scene, index: int) -> Entity | None:
    """The entity of a word: a person's name or role, or a description headed there."""
    owner = scene.cast.people.get(index) or scene.cast.roles.get(index)
    if owner is not None:
        return owner
    return next((o.entity for o in scene.cast.before(index + 1)[:1] if o.index == index), None)


def nearest(scene: Scene, where: range) -> Entity | None:
    """celui-ci, ce dernier: the person or body named last, outside of anybody's words."""
    text = scene.words.string(where[0], where[-1]).lower().replace("’", "'")
    pronoun = pronoun_of(scene, where)
    if pronoun is None or text not in scene.lexicon.casting.nearest:
        return None
    for occurrence in scene.cast.before(where[0]):
        if agrees(occurrence.entity, pronoun) and occurrence.entity.human:
            return occurrence.entity
    return None


def agrees(entity: Entity, pronoun: Pronoun) -> bool:
    """Whether gender and number of an entity allow a pronoun; what is unknown allows everything."""
    plural = entity.plural or entity.kind == "group"
    if (pronoun.number == "Plur") != plural and not (entity.kind == "organisation" and pronoun.number == "Sing"):
        return False
    known = entity.gender in ("Masc", "Fem") and pronoun.gender in ("Masc", "Fem")
    return not known or entity.gender == pronoun.gender


# Weights of what makes an antecedent likely, found by trying on the training articles.
SUBJECT, RUNNING, HUMAN, SENTENCE, PARAGRAPH, QUOTED, KNOWN_SEX = 1.5, 2.5, 2.0, -0.8, -0.6, -2.5, 0.5
FAR = 12  # mentions looked back upon


def personal(scene: Scene, where: range) -> Entity | None:
    """il, elle: among those mentioned before, who agrees and is most in the reader's mind."""
    pronoun = pronoun_of(scene, where)
    if pronoun is None or pronoun.kind not in ("personal", "demonstrative") or pronoun.person != 3:
        return None
    here = scene.words[where[0]]
    best: tuple[float, Entity] | None = None
    seen: set[int] = set()
    for rank, occurrence in enumerate(scene.cast.before(where[0])):
        entity = occurrence.entity
        if id(entity) in seen or not agrees(entity, pronoun):
            continue
        seen.add(id(entity))
        there = scene.words[occurrence.index]
        score = SUBJECT * occurrence.subject + HUMAN * entity.human + RUNNING * (entity is scene.running)
        score += SENTENCE * min(here.sentence - there.sentence, 4) + PARAGRAPH * min(here.paragraph - there.paragraph, 3)
        score += QUOTED * (occurrence.quoted > 1) + KNOWN_SEX * (entity.gender == pronoun.gender)
        if best is None or score > best[0]:
            best = (score, entity)
        if len(seen) > FAR or rank > 60:
            break
    if scene.running is not None and best is None and agrees(scene.running, pronoun):
        return scene.running
    return best[1] if best else None


def impersonal(scene: Scene, where: range) -> Entity | None:
    """A Bercy, on assure: the place or body of the sentence; else whoever speaks already."""
    if scene.words.string(where[0], where[-1]).lower().removeprefix("l'").removeprefix("l’") not in scene.lexicon.casting.impersonal:
        return None
    sentence = scene.words[where[0]].sentence
    for occurrence in sorted(scene.cast.occurrences, key=lambda o: abs(o.index - where[0])):
        if scene.words[occurrence.index].sentence == sentence and occurrence.entity.kind == "organisation":
            if not occurrence.quoted and not occurrence.subject:
                return occurrence.entity
    return scene.running


def indefinite(scene: Scene, where: range) -> Entity | None:
    """certains, d'autres: nobody known, called by the words themselves."""
    pronoun = pronoun_of(scene, where)
    if pronoun is None or pronoun.kind != "indefinite":
        return None
    kind: SpeakerKind = "group" if pronoun.number == "Plur" else "unnamed"
    name = scene.words.string(where[0], where[-1])
    return scene.cast.add(Entity(kind, name[0].lower() + name[1:], where[0], plural=pronoun.number == "Plur"))


def same_source(scene: Scene, where: range) -> Entity | None:
    """cette source, la même source: the unnamed source last quoted."""
    phrase = head_of(scene, where)
    noun = scene.lexicon.one_of(scene.words[phrase.head], scene.lexicon.language.source_nouns)
    again = phrase.opening in ("demonstrative", "definite") or any(
        scene.words[k].low in scene.lexicon.casting.same for k in where
    )
    if noun != "source" or not again:
        return None
    return scene.last_unnamed or (scene.running if scene.running and scene.running.kind != "person" else None)


def document(scene: Scene, where: range) -> Entity | None:
    """le communiqué, ses déclarations: whoever is behind the text."""
    phrase = head_of(scene, where)
    token = scene.words[phrase.head]
    if not scene.lexicon.one_of(token, scene.lexicon.casting.documents):
        return None
    for k in range(phrase.head + 1, where[-1] + 1):
        if k in scene.cast.people:
            return scene.cast.people[k]
        if found := next((o.entity for o in scene.cast.occurrences if o.index == k), None):
            return found
    if phrase.opening in ("definite", "demonstrative", "possessive") and scene.running is not None:
        return scene.running
    return None


def role(scene: Scene, where: range) -> Entity | None:
    """le ministre, la députée de Paris: the person whose role this is."""
    phrase = head_of(scene, where)
    if phrase.opening == "indefinite" or phrase.plural:
        return None
    owner = scene.cast.roles.get(phrase.head)
    if owner is not None:
        return owner
    if speaks(scene.words, scene.lexicon, phrase.head) == "organisation":
        return None
    running = scene.running
    found = known_person(scene.words, scene.lexicon, scene.cast, phrase)
    if running is not None and running.kind == "person":
        score = fit(scene.words, phrase, running, scene.lexicon)
        if score >= (GENERAL if found is None else NOUN) or (found is None and score > 0):
            return running
    if found is None and running is not None and running.kind == "unnamed":
        same = scene.lexicon.noun(scene.words[phrase.head]) == running.head
        if same:
            return running
    return found


def cataphora(scene: Scene, where: range) -> Entity | None:
    """un porte-parole de X, who is named with that role soon after and goes on speaking."""
    phrase = head_of(scene, where)
    if phrase.plural or phrase.opening not in ("indefinite", "definite"):
        return None
    if not scene.lexicon.role(scene.words[phrase.head]):
        return None
    here = scene.words[phrase.head].paragraph
    noun = scene.lexicon.noun(scene.words[phrase.head])
    for person in sorted(scene.cast.persons(), key=lambda p: p.first):
        if person.first < where[0] or scene.words[person.first].paragraph - here > 2:
            continue
        same = any(noun in r.nouns and r.index > where[-1] for r in person.roles)
        clash = phrase.gender and person.gender and phrase.gender != person.gender
        strict = phrase.opening == "definite" and fit(scene.words, phrase, person, scene.lexicon) < FULL
        if same and not clash and not strict:
            return person
    return None


def possessive(scene: Scene, where: range) -> Entity | None:
    """son entourage: whose it is becomes part of the name."""
    words, lexicon = scene.words, scene.lexicon
    phrase = head_of(scene, where)
    if phrase.opening != "possessive":
        return None
    owner = next((o.entity for o in scene.cast.before(where[0]) if o.entity.kind == "person" and o.quoted < 2), None)
    if owner is None:
        return None
    kind = speaks(words, lexicon, phrase.head) or "unnamed"
    noun = words.string(phrase.first + 1, phrase.last)
    article = "l'" if noun[:1].lower() in "aeéèêiouyh" else ("les " if phrase.plural else "la " if phrase.gender == "Fem" else "le ")
    of = "d'" if owner.name[:1].lower() in "aeéèêiouyh" else "de "
    name = f"{article}{noun} {of}{owner.name}"
    known = next((e for e in scene.cast.entities if e.name == name), None)
    if known is not None:
        return known
    wanted = content(words, phrase.first + 1, phrase.last, lexicon)
    sex = gender_of(words, phrase.first, phrase.head, lexicon)
    return scene.cast.add(Entity(kind, name, where[0], sex, phrase.plural, lexicon.noun(words[phrase.head]), wanted))


def organisational(scene: Scene, where: range) -> Entity | None:
    """An institution, a place that speaks, a body known by an acronym."""
    words, lexicon = scene.words, scene.lexicon
    phrase = head_of(scene, where)
    for name in scene.cast.names:
        if name.first in where and name.kind != "PER" and name.first <= phrase.head + 1:
            found = next((o.entity for o in scene.cast.occurrences if o.index == name.first), None)
            if found is not None and (phrase.head in range(name.first, name.last + 1)):
                return found
    if speaks(words, lexicon, phrase.head) == "organisation" and not phrase.plural:
        return organisation(words, lexicon, scene.cast, where[0], phrase.head, where[-1])
    return None


def taken_up(scene: Scene, where: range) -> Entity | None:
    """le quotidien, l'organisation: the body of that sort that was named before."""
    phrase = head_of(scene, where)
    sort = scene.lexicon.casting.takes_up.get(scene.words[phrase.head].lemma)
    bare = phrase.last == phrase.head or phrase.opening == "demonstrative"
    if sort is None or not bare or phrase.opening not in ("definite", "demonstrative"):
        return None
    if scene.running is not None and scene.running.kind == "organisation":
        return scene.running
    return None


def described_again(scene: Scene, where: range) -> Entity | None:
    """Anybody else with a common noun: the same description before, or somebody new."""
    phrase = head_of(scene, where)
    if scene.words[phrase.head].upos not in ("NOUN", "PROPN", "ADJ", "X"):
        return None
    whole = Phrase(where[0], phrase.head, where[-1], phrase.opening, phrase.plural, phrase.gender)
    if speaks(scene.words, scene.lexicon, phrase.head):
        found = note(scene.words, scene.lexicon, scene.cast, whole)
        if found.kind in ("unnamed", "group") and found.first == whole.first:
            found.name = spell(scene.words, scene.lexicon, where[0], where[-1])
        return found
    kind: SpeakerKind = "group" if phrase.plural else "organisation" if scene.words[phrase.head].capital else "unnamed"
    return describe(scene.words, scene.lexicon, scene.cast, whole, kind)


# The order is that of precision on the training articles; the number is the share of right answers there.
SIEVES: tuple[tuple[str, float, Sieve], ...] = (
    ("coordinated", 0.9, coordinated),
    ("name", 0.98, named_person),  # a name beats everything that could be read into the words around it
    ("relative", 0.9, relative),
    ("nearest", 0.85, nearest),
    ("impersonal", 0.75, impersonal),
    ("pronoun", 0.9, personal),
    ("indefinite", 0.6, indefinite),
    ("possessive", 0.8, possessive),  # before roles: "son avocat" is not any avocat
    ("same-source", 0.9, same_source),
    ("document", 0.75, document),
    ("taken-up", 0.8, taken_up),
    ("role", 0.9, role),
    ("cataphora", 0.85, cataphora),  # after roles known already: a later name is the weaker evidence
    ("organisation", 0.9, organisational),
    ("description", 0.75, described_again),
)
