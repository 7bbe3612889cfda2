"""From drafts to speakers: mentions in the order of the text, then the quotes that have none."""

from __future__ import annotations

from collections.abc import Sequence

from quotetrack.attribution.cast.confidence import confidence_of
from quotetrack.attribution.cast.descriptions import UNLIKELY
from quotetrack.attribution.cast.entities import Entity
from quotetrack.attribution.cast.mention import Answer, Mention, read
from quotetrack.attribution.cast.resolution import Resolution
from quotetrack.attribution.cast.salience import RUNNING, rank
from quotetrack.attribution.cast.scene import Scene, build
from quotetrack.attribution.cast.sieve import sift
from quotetrack.attribution.draft import Draft
from quotetrack.languages.types import Language
from quotetrack.model import Article, Parse

SURE = 0.9  # from which confidence on an answer may teach something about a person
LEAD = 40  # words before a quote among which its lead may begin
FLOATING_RUNNING = 4.0  # a quote without a cue belongs to whoever spoke last, unless somebody new was made a subject


def resolve(drafts: Sequence[Draft], article: Article, parse: Parse, language: Language) -> list[Resolution]:
    """Who spoke, for each draft in order.

    Args:
        drafts: all detected quotes: resolution needs to know what is somebody's words, and who spoke last.

    Returns:
        As many resolutions; a speaker of None where the article cannot tell.
    """
    scene = build(article, parse, language, drafts)
    answers: dict[int, Answer] = {}
    for number in sorted(range(len(drafts)), key=lambda n: _anchor(drafts[n])):
        _settle(scene, answers, number)
    _look_ahead(scene, answers)
    return [_resolution(drafts[n], answers[n]) for n in range(len(drafts))]


def _anchor(draft: Draft) -> int:
    """Where the article says who spoke."""
    if draft.mention is not None:
        return draft.mention.start
    return draft.cue.start if draft.cue is not None else draft.spans[0].start


def _settle(scene: Scene, answers: dict[int, Answer], number: int) -> None:
    draft = scene.drafts[number]
    mention = read(scene, draft.mention, number) if draft.mention is not None else None
    if mention is not None:
        answer = sift(scene, mention)
        if answer.rule == UNLIKELY:
            answer = Answer(_float(scene, draft).entity, UNLIKELY)
    elif draft.follows is not None and draft.follows in answers:
        answer = Answer(answers[draft.follows].entity, "follows")
    else:
        answer = _float(scene, draft)
    if mention is not None and answer.entity is not None and confidence_of(answer.rule) >= SURE:
        _learn_gender(scene, mention, answer.entity)
    answers[number] = answer
    if answer.entity is not None and len(scene.words):
        index = mention.head if mention is not None else min(scene.words.at(_anchor(draft)), len(scene.words) - 1)
        scene.spoke(index, answer.entity, mention is not None)


def _learn_gender(scene: Scene, mention: Mention, person: Entity) -> None:
    """A pronoun or a determiner tells the gender of a person whose name does not."""
    pronoun = scene.lexicon.pronoun(mention.low)
    gender = pronoun.gender if pronoun is not None else mention.phrase.gender
    named = any(k in scene.cast.people for k in mention.range)
    if person.kind == "person" and not person.gender and not named and gender in ("Masc", "Fem"):
        person.gender = gender


def _float(scene: Scene, draft: Draft) -> Answer:
    """The running speaker, or somebody whom the text has made its subject since."""
    if not len(scene.words):
        return Answer(None, "none")
    index = min(scene.words.at(_anchor(draft)), len(scene.words) - 1)
    last = scene.running()
    pronoun = _subject_pronoun(scene, index)
    if pronoun is not None:
        return pronoun
    ranked = rank(scene, index, people=True, running=RUNNING if _narrated(scene, index) else FLOATING_RUNNING)
    if last is not None and (not ranked or ranked[0][1] is last or last.plural or not last.human):
        return Answer(last, "floating.running-speaker")
    if ranked and ranked[0][0] > 0:
        return Answer(ranked[0][1], "floating.subject")
    return Answer(last, "floating.running-speaker") if last is not None else Answer(None, "floating.nobody")


def _subject_pronoun(scene: Scene, index: int) -> Answer | None:
    """ "Elle a pris la parole hier. «...»": the subject of the sentence that leads to the quote."""
    since = scene.turns[-1].index if scene.turns else -1
    for k in range(index - 1, max(since, index - LEAD), -1):
        token = scene.words[k]
        if scene.words[index].sentence - token.sentence > 1 or scene.words.quoted[k]:
            return None
        row = scene.lexicon.pronoun(token.form) if token.subject and token.upos == "PRON" else None
        if row is not None and row.kind == "personal" and row.person == 3 and row.gender != "Both":
            ranked = rank(scene, k, row.gender, row.number == "Plur", people=True)
            return Answer(ranked[0][1], "floating.pronoun") if ranked else None
        if any(o.index == k and o.subject and o.entity.human for o in scene.cast.before(k + 1)[:1]):
            return None
    return None


def _narrated(scene: Scene, index: int) -> bool:
    """Whether the sentence before makes somebody its subject who has not spoken: it leads over to him."""
    since = scene.turns[-1].index if scene.turns else -1
    sentence = scene.words[index].sentence
    return any(
        o.subject and not o.quoted and o.entity.human and sentence - scene.words[o.index].sentence <= 1
        for o in scene.cast.before(index)[:4]
        if o.index > since
    )


def _look_ahead(scene: Scene, answers: dict[int, Answer]) -> None:
    """A quote that opens an article belongs to the first who speaks after it."""
    for number in sorted(answers):
        if answers[number].rule == "floating.nobody":
            later = next((answers[n].entity for n in range(number + 1, len(answers)) if answers[n].entity), None)
            if later is not None:
                answers[number] = Answer(later, "floating.next-speaker")


def _resolution(draft: Draft, answer: Answer) -> Resolution:
    speaker = answer.entity.speaker() if answer.entity is not None else None
    return Resolution(speaker, answer.rule, confidence_of(answer.rule), draft.mention)
