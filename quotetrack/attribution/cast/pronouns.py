"""Pronouns: personal, relative, pointing, impersonal."""

from __future__ import annotations

from quotetrack.attribution.cast.entities import Entity
from quotetrack.attribution.cast.mention import Answer, Mention
from quotetrack.attribution.cast.officeholders import office_holder, running_holder
from quotetrack.attribution.cast.salience import agrees, rank
from quotetrack.attribution.cast.scan import described
from quotetrack.attribution.cast.scene import Scene


def impersonal(scene: Scene, mention: Mention) -> Answer | None:
    """ "à Bercy, on assure", "indique-t-on de même source": the place in the sentence, else the source before."""
    pronoun = scene.lexicon.pronoun(mention.low)
    if pronoun is None or pronoun.form.split("'")[-1] not in scene.lexicon.casting.impersonal:
        return None
    if same_source_near(scene, mention.first):
        return Answer(scene.last_source(), "impersonal.same-source")
    side = _side(scene, mention.first)
    if side is not None:
        return Answer(side, "impersonal.place")
    if scene.turns and scene.turns[-1].entity.kind != "person":
        near = scene.words[mention.first].paragraph - scene.words[scene.turns[-1].index].paragraph
        if near <= 2:
            return Answer(scene.turns[-1].entity, "impersonal.running")
    return Answer(None, "impersonal.nobody")


def same_source_near(scene: Scene, index: int) -> bool:
    """Whether "de même source" stands in the sentence."""
    words, lexicon = scene.words, scene.lexicon
    return any(
        words[k].low in lexicon.casting.same and lexicon.one_of(words[k + 1], lexicon.language.source_nouns)
        for k in range(index, min(index + 8, len(words) - 1))
        if words[k].sentence == words[index].sentence
    )


def _side(scene: Scene, index: int) -> Entity | None:
    """The institution behind a preposition in the same sentence, nearest first."""
    words, lexicon = scene.words, scene.lexicon
    around = [
        o
        for o in scene.cast.occurrences
        if abs(o.index - index) <= 14
        and words[o.index].sentence == words[index].sentence
        and o.entity.kind in ("organisation", "group", "unnamed")
        and not words.quoted[o.index]
    ]
    for occurrence in sorted(around, key=lambda o: abs(o.index - index)):
        k = occurrence.index - 1
        while k > 0 and words[k].upos in ("DET", "ADJ") and not words[k].contracted:
            k -= 1
        if k >= 0 and (words[k].low in lexicon.casting.joins or words[k].upos == "ADP"):
            return occurrence.entity
    return None


def relative(scene: Scene, mention: Mention) -> Answer | None:
    """ "X, qui a défendu": what the clause hangs on, else the nearest mention on the left."""
    if mention.low not in scene.lexicon.casting.relatives:
        return None
    words, first = scene.words, mention.first
    verb = words[first].head
    antecedent = _holder(scene, words[verb].head) if verb >= 0 and words[verb].deprel == "acl:relcl" else None
    if antecedent is not None and antecedent.kind == "unnamed":
        antecedent = _holder_of(scene, mention, words[verb].head) or antecedent
    if antecedent is not None and (antecedent.human or antecedent.plural):
        return Answer(antecedent, "relative.antecedent")
    pronoun = scene.lexicon.pronoun(mention.low)
    sex = pronoun.gender if pronoun and pronoun.gender != "Both" else ""
    for occurrence in scene.cast.before(first):
        if words[first].sentence - words[occurrence.index].sentence > 1:
            break
        entity = scene.cast.roles.get(occurrence.index) or scene.known_as(occurrence.entity)
        if occurrence.quoted < 2 and agrees(entity, sex, entity.plural):
            hangs = occurrence.index and words[occurrence.index - 1].low in scene.lexicon.casting.genitives
            if entity.kind == "organisation" and hangs and scene.cast.roles.get(occurrence.index) is None:
                continue  # "la députée du Lot, qui": the noun speaks, not its complement
            if entity.human or words[first].sentence == words[occurrence.index].sentence:
                if entity.kind == "unnamed":
                    entity = _holder_of(scene, mention, occurrence.index) or entity
                return Answer(entity, "relative.nearest")
    return Answer(antecedent, "relative.antecedent") if antecedent is not None else None


def _holder_of(scene: Scene, mention: Mention, head: int) -> Entity | None:
    """The person behind a description that has not been resolved, as though it were the mention."""
    phrase = described(scene.words, scene.lexicon, scene.cast, head)
    if phrase is None:
        return None
    standing = Mention(phrase.first, phrase.last, "", phrase, mention.number)
    answer = office_holder(scene, standing) or running_holder(scene, standing)
    return answer.entity if answer is not None else None


def _named_behind(scene: Scene, mention: Mention, entity: Entity) -> Entity:
    """The person behind a description that a pronoun takes up, where somebody is."""
    if entity.kind != "unnamed":
        return entity
    where = next((o.index for o in scene.cast.before(mention.first) if o.entity is entity), None)
    person = _holder_of(scene, mention, where) if where is not None else None
    if person is None:
        return entity
    scene.aliases[id(entity)] = person
    return person


def _holder(scene: Scene, index: int) -> Entity | None:
    """The entity of a word: of a name, of a role, of a description."""
    cast = scene.cast
    return cast.roles.get(index) or cast.people.get(index) or scene.described_at(index)


def nearest(scene: Scene, mention: Mention) -> Answer | None:
    """ "ce dernier", "celui-ci": the last one mentioned."""
    if mention.low not in scene.lexicon.casting.nearest:
        return None
    pronoun = scene.lexicon.pronoun(mention.low)
    sex = pronoun.gender if pronoun and pronoun.gender != "Both" else ""
    plural = bool(pronoun and pronoun.number == "Plur")
    for occurrence in scene.cast.before(mention.first):
        # "ces derniers" are people; one person or body is never "ces", nor a street or house named in the plural.
        fits = (occurrence.entity.kind != "organisation") if plural else (occurrence.entity.kind != "group")
        if occurrence.quoted < 2 and fits and agrees(occurrence.entity, sex, plural):
            return Answer(occurrence.entity, "nearest.last-mentioned")
    return None


def goes_on(scene: Scene, mention: Mention) -> bool:
    """Whether the cue says that the same speaker continues: "a-t-il ajouté", "poursuit-elle"."""
    cue = scene.drafts[mention.number].cue
    if cue is None:
        return False
    verbs = scene.lexicon.language.verbs
    return any(scene.words[k].lemma in verbs and verbs[scene.words[k].lemma].cls == "add" for k in scene.reach(cue))


def periphrase(scene: Scene, mention: Mention) -> Answer | None:
    """ "celui qui est aussi maire": whoever is in play."""
    if mention.last <= mention.first + 1 or scene.words[mention.first + 1].low not in scene.lexicon.casting.relatives:
        return None
    pronoun = scene.lexicon.pronoun(scene.words[mention.first].low)
    if pronoun is None or pronoun.kind != "demonstrative" or pronoun.number == "Plur":
        return None
    ranked = rank(scene, mention.first, pronoun.gender if pronoun.gender != "Both" else "", people=True)
    return Answer(ranked[0][1], "periphrase.in-play") if ranked else None


def personal(scene: Scene, mention: Mention) -> Answer | None:
    """ "il", "elle", "lui", "ils": by recency, agreement, subjecthood, and who spoke last."""
    pronoun = scene.lexicon.pronoun(mention.low)
    if pronoun is None or pronoun.kind not in ("personal", "demonstrative") or pronoun.person != 3:
        return None
    sex = pronoun.gender if pronoun.gender != "Both" else ""
    plural = pronoun.number == "Plur"
    ranked = rank(scene, mention.first, sex, plural, fresh=0.0 if goes_on(scene, mention) else 1.0)
    if ranked:
        sure = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 1.0
        meant = _named_behind(scene, mention, ranked[0][1])
        running = meant is scene.running()
        return Answer(meant, f"pronoun.{'running-speaker' if running else 'salient'}{'' if sure else '.close'}")
    later = [o.entity for o in scene.cast.occurrences if o.index > mention.first and not o.quoted]
    for entity in later:
        if entity.human and agrees(entity, sex, plural):
            return Answer(entity, "pronoun.cataphora")
    return Answer(None, "pronoun.nobody")
