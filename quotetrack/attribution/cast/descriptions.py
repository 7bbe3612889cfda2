"""Descriptions: documents and their authors, sources, what belongs to somebody, organisations taken up, groups."""

from __future__ import annotations

from quotetrack.attribution.cast.entities import Entity
from quotetrack.attribution.cast.lexicon import stem
from quotetrack.attribution.cast.mention import Answer, Mention
from quotetrack.attribution.cast.named import named_together
from quotetrack.attribution.cast.roles import role_of
from quotetrack.attribution.cast.salience import rank
from quotetrack.attribution.cast.scan import describe, known_person, speaks, spell
from quotetrack.attribution.cast.scene import Scene
from quotetrack.attribution.cast.words import fold
from quotetrack.model import SpeakerKind

UNLIKELY = "description.unlikely"  # "la réflexion": no speaker, so the quote is taken for one without a mention
TAKEN_UP = 12  # mentions among which an organisation is looked for that a general noun takes up
AGENT_REACH = 8  # words after a document in which its author may follow: "publiée lundi par l'institut"


def document(scene: Scene, mention: Mention) -> Answer | None:
    """ "un rapport de l'ONG", "un sondage IFOP", "le rapport": the author speaks."""
    words, lexicon = scene.words, scene.lexicon
    noun = lexicon.one_of(words[mention.head], lexicon.casting.documents)
    if noun is None:
        return None
    author = _author(scene, mention) if mention.phrase.opening != "possessive" else None
    if author is not None:
        scene.authors[noun] = author
        return Answer(author, "document.author")
    if mention.phrase.opening == "possessive":
        owner = rank(scene, mention.first, plural=words[mention.first].low in lexicon.casting.shared)
        return Answer(owner[0][1], "document.owner") if owner else None
    if mention.known and noun in scene.authors:
        return Answer(scene.authors[noun], "document.taken-up")
    if mention.known and mention.phrase.last == mention.head and scene.running() is not None:
        return Answer(scene.running(), "document.running")
    return Answer(literal(scene, mention, "unnamed"), "document.itself")


def _author(scene: Scene, mention: Mention) -> Entity | None:
    """Who is named in the phrase or as the agent behind it; places do not write."""
    words = scene.words
    reach = mention.last
    for k in range(mention.last + 1, min(mention.last + AGENT_REACH, len(words))):
        if words[k].upos == "PUNCT" or words[k].sentence != words[mention.head].sentence:
            break
        if words[k].low in scene.lexicon.casting.agents:
            reach = min(k + 8, len(words) - 1)
            break
    for occurrence in scene.at(range(mention.head + 1, reach + 1)):
        if words[occurrence.index].sentence == words[mention.head].sentence:
            return occurrence.entity
    return None


def source(scene: Scene, mention: Mention) -> Answer | None:
    """ "cette source", "de même source": the institution or source that spoke last."""
    words, lexicon = scene.words, scene.lexicon
    if not lexicon.one_of(words[mention.head], lexicon.language.source_nouns):
        return None
    same = any(words[k].low in lexicon.casting.same for k in mention.range)
    pointing = mention.phrase.opening == "demonstrative"
    if (same or (pointing and mention.last == mention.head)) and not scene.lexicon.role(words[mention.head]):
        entity = scene.last_source()
        return Answer(entity, "source.same") if entity is not None else None
    return None


def possessed(scene: Scene, mention: Mention) -> Answer | None:
    """ "son entourage": the person with that role near somebody, else "l'entourage de X"."""
    if mention.phrase.opening != "possessive":
        return None
    words, lexicon = scene.words, scene.lexicon
    person = known_person(words, lexicon, scene.cast, mention.phrase)
    if person is not None:
        return Answer(person, "possessed.role")
    plural = words[mention.first].low in lexicon.casting.shared
    owners = [
        e for _, e in rank(scene, mention.first, plural=plural, running=0.5, fresh=0.0) if e.kind == "person" or plural
    ]
    if not owners:
        return None
    kind = speaks(words, lexicon, mention.head) or "unnamed"
    name = _possession(scene, mention, owners[0])
    known = next((e for e in scene.cast.entities if e.name == name), None)
    entity = known or scene.cast.add(
        Entity(
            kind, name, mention.first, mention.phrase.gender, mention.phrase.plural, lexicon.noun(words[mention.head])
        )
    )
    return Answer(entity, "possessed.owner")


def _possession(scene: Scene, mention: Mention, owner: Entity) -> str:
    """The description with its owner spelt out."""
    forms = scene.lexicon.casting.possession
    noun = scene.words.string(mention.first + 1, mention.last)
    sex = "Plur" if mention.phrase.plural else mention.phrase.gender or "Masc"
    article = forms["elided"] if _vowel(noun) and sex != "Plur" else forms[sex] + " "
    of = forms["of_elided"] if _vowel(owner.name) else forms["of"] + " "
    return f"{article}{noun} {of}{owner.name}"


def _vowel(word: str) -> bool:
    return fold(word)[:1] in "aeiouh"


def organisation_speaker(scene: Scene, mention: Mention) -> Answer | None:
    """ "le tribunal" named before, "le quotidien" for the newspaper that spoke last."""
    words, lexicon = scene.words, scene.lexicon
    taken = lexicon.one_of(words[mention.head], frozenset(lexicon.casting.takes_up))
    if speaks(words, lexicon, mention.head) != "organisation" and not taken:
        return None
    entity = scene.described_at(mention.head, settled=False)
    fresh = entity is None or entity.first >= mention.first or len(entity.content) == 1
    bare = all(words[k].upos == "ADJ" for k in range(mention.head + 1, mention.last + 1))
    if taken and mention.known and fresh and bare and not mention.phrase.plural:
        before = _taken_up(scene, mention, entity)
        if before is not None:
            before.roles.append(role_of(words, mention.first, mention.head, mention.last, lexicon))
            return Answer(before, "organisation.taken-up")
    if entity is None:
        return None
    entity, fresh = scene.known_as(entity), entity.first >= mention.first
    if fresh and entity.kind == "organisation" and not entity.forms and entity.first >= mention.first:
        entity.name = spell(words, lexicon, mention.first, mention.last)
    return Answer(entity, "organisation.name" if fresh else "organisation.again")


def _taken_up(scene: Scene, mention: Mention, itself: Entity | None) -> Entity | None:
    spoke = [t.entity for t in reversed(scene.turns) if not t.entity.plural]
    near = scene.cast.before(mention.first)[:TAKEN_UP]
    subjects = [o.entity for o in near if o.subject and not o.quoted]
    for entity in [*spoke, *subjects]:
        if entity.kind == "organisation" and entity is not itself and _sort_fits(scene, mention, entity):
            return entity
    return None


def _sort_fits(scene: Scene, mention: Mention, entity: Entity) -> bool:
    """A name may be anything; a ministry is no association."""
    own = next((n for n in scene.lexicon.language.organisation_nouns if stem(n) == entity.head and n.islower()), None)
    takes_up = scene.lexicon.casting.takes_up
    noun = scene.lexicon.one_of(scene.words[mention.head], frozenset(takes_up))
    return own is None or (noun is not None and takes_up.get(own) == takes_up[noun])


def _comma(scene: Scene, last: int) -> bool:
    return last + 2 < len(scene.words) and scene.words[last + 1].form == "," and last + 2 in scene.cast.people


def ordinal(scene: Scene, mention: Mention) -> Answer | None:
    """ "le premier", "le second": of the two that were named together."""
    form, casting = scene.words[mention.last].low, scene.lexicon.casting
    if mention.last != mention.first + 1 or form not in casting.first | casting.second:
        return None
    pair = next((t.entity for t in reversed(scene.turns) if len(t.entity.members) == 2), None)
    if pair is None:
        return None
    return Answer(pair.members[0 if form in casting.first else 1], "group.ordinal")


def members(scene: Scene, mention: Mention) -> Answer | None:
    """A known plural after a coordination that spoke: "les ministres", "tous deux"."""
    if (
        not mention.phrase.plural
        or mention.phrase.opening not in ("definite", "demonstrative")
        or mention.last > mention.head
    ):
        return None
    last = next((t.entity for t in reversed(scene.turns) if t.entity.members), None)
    apposed = named_together(scene, range(mention.last + 2, mention.last + 30)) if _comma(scene, mention.last) else None
    if apposed is not None:
        return Answer(apposed, "group.apposition")
    if last is None or speaks(scene.words, scene.lexicon, mention.head) != "group":
        return None
    noun = scene.lexicon.noun(scene.words[mention.head])
    if any(noun in role.nouns for member in last.members for role in member.roles):
        return Answer(last, "group.members")
    return None


def described_speaker(scene: Scene, mention: Mention) -> Answer:
    """Whatever is left speaks under its own description; a known one under the fullest."""
    entity = scene.described_at(mention.head)
    if entity is not None and entity.first < mention.first:
        return Answer(entity, "description.again")
    kind = speaks(scene.words, scene.lexicon, mention.head)
    if entity is not None:
        if entity.kind in ("group", "unnamed") and entity.first >= mention.first:
            entity.name = spell(scene.words, scene.lexicon, mention.first, mention.last)
        return Answer(entity, f"description.{entity.kind}")
    if kind is None and not _may_speak(scene, mention):
        return Answer(None, UNLIKELY)
    if kind is None:
        kind = "group" if mention.phrase.plural else "organisation" if scene.words[mention.head].capital else "unnamed"
    return Answer(literal(scene, mention, kind), f"description.{kind}")


def _may_speak(scene: Scene, mention: Mention) -> bool:
    """Whether an unlisted word can be somebody: no plain noun, or one with an ending of people."""
    token, casting = scene.words[mention.head], scene.lexicon.casting
    if token.upos not in ("NOUN", "PROPN", "ADJ", "NUM", "X", "SYM"):
        return scene.lexicon.pronoun(mention.low) is not None
    if token.upos != "NOUN" or token.capital or any(scene.words[k].upos == "NUM" for k in mention.range):
        return True
    listed = scene.lexicon.one_of(token, casting.laws | casting.collectives)
    return listed is not None or token.low.endswith(tuple(casting.endings))


def literal(scene: Scene, mention: Mention, kind: SpeakerKind) -> Entity:
    """A new entity under the words of the mention."""
    entity = describe(scene.words, scene.lexicon, scene.cast, mention.phrase, kind)
    entity.name = spell(scene.words, scene.lexicon, mention.first, mention.last)
    entity.first = mention.first
    return entity
