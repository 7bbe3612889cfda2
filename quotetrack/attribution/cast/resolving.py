"""Speakers for drafts, in the order of the text, so that each finds whoever spoke before."""

from __future__ import annotations

from collections.abc import Sequence

from quotetrack.attribution.cast.entities import Cast, Entity
from quotetrack.attribution.cast.lexicon import Lexicon
from quotetrack.attribution.cast.names import names_of
from quotetrack.attribution.cast.people import gather_people
from quotetrack.attribution.cast.resolution import Resolution
from quotetrack.attribution.cast.roles import gather_roles
from quotetrack.attribution.cast.scan import gather_acronyms, scan
from quotetrack.attribution.cast.sieves import SIEVES, Scene
from quotetrack.attribution.cast.words import Words
from quotetrack.attribution.draft import Draft
from quotetrack.languages.types import Language
from quotetrack.model import Article, Parse

_FLOATING = 0.85
_FOLLOWING = 0.95


def build_cast(words: Words, parse: Parse, lexicon: Lexicon) -> Cast:
    """Everybody of an article, with roles, acronyms and the places where each is mentioned."""
    cast = Cast()
    cast.names = names_of(words, parse, lexicon)
    gather_people(words, cast.names, lexicon, cast)
    gather_roles(words, lexicon, cast)
    gather_acronyms(words, lexicon, cast)
    scan(words, lexicon, cast)
    return cast


def resolve(drafts: Sequence[Draft], article: Article, parse: Parse, language: Language) -> list[Resolution]:
    """Who spoke, for each draft in order."""
    if not drafts:
        return []
    words, lexicon = Words(article.text, parse), Lexicon(language)
    for draft in drafts:
        words.quote(draft.spans, 2 if draft.kind == "direct" else 1)
    scene = Scene(words, lexicon, build_cast(words, parse, lexicon))
    found: dict[int, tuple[Entity | None, str, float]] = {}
    for n in sorted(range(len(drafts)), key=lambda n: _place(drafts[n])):
        found[n] = _who(scene, drafts[n], found)
    return [
        Resolution(entity.speaker() if entity else None, rule, confidence, draft.mention)
        for draft, (entity, rule, confidence) in ((d, found[n]) for n, d in enumerate(drafts))
    ]


def _place(draft: Draft) -> tuple[int, int]:
    """Where a draft is settled: at its mention, its cue, or its first word; what follows another comes after it."""
    at = draft.mention or draft.cue or draft.spans[0]
    return at.start, draft.spans[0].start if draft.follows is None else draft.spans[0].start + 1


def _who(
    scene: Scene, draft: Draft, found: dict[int, tuple[Entity | None, str, float]]
) -> tuple[Entity | None, str, float]:
    if draft.follows is not None and draft.follows in found and found[draft.follows][0] is not None:
        entity = found[draft.follows][0]
        scene.running = entity
        return entity, "follows", _FOLLOWING
    if draft.mention is None:
        return scene.running, "running" if scene.running else "none", _FLOATING if scene.running else 0.3
    where = scene.words.range(draft.mention)
    if not where:
        return scene.running, "running", _FLOATING
    for name, precision, sieve in SIEVES:
        entity = sieve(scene, where)
        if entity is not None:
            scene.remember(entity, where)
            return entity, name, precision
    return None, "none", 0.3
