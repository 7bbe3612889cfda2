"""Who a mention is: an ordered list of small rules, the most certain first; each answers or passes."""

from __future__ import annotations

from collections.abc import Callable

from quotetrack.attribution.cast.descriptions import (
    described_speaker,
    document,
    members,
    ordinal,
    organisation_speaker,
    possessed,
    source,
)
from quotetrack.attribution.cast.mention import Answer, Mention
from quotetrack.attribution.cast.named import coordinated, institution, named
from quotetrack.attribution.cast.officeholders import cataphoric, holder_in_play, office_holder, running_holder
from quotetrack.attribution.cast.pronouns import impersonal, nearest, periphrase, personal, relative
from quotetrack.attribution.cast.scene import Scene

SIEVES: tuple[Callable[[Scene, Mention], Answer | None], ...] = (
    # Closed forms say by themselves how they refer.
    impersonal,
    relative,
    nearest,
    periphrase,
    personal,
    # A name is a name; two of them before one, or the first would take the quote.
    coordinated,
    # "un sondage IFOP" and "un rapport de X" hold a name that is not the mention's own head.
    document,
    named,
    institution,
    # "cette source" before roles, since "responsable" and the like are both.
    source,
    possessed,
    # "les ministres" after "les ministres X et Y".
    members,
    ordinal,
    # Roles: a person known to have it, a person named soon, the person in play.
    office_holder,
    holder_in_play,
    cataphoric,
    organisation_speaker,
    running_holder,
    # Always answers: everybody may speak under his description.
    described_speaker,
)


def sift(scene: Scene, mention: Mention) -> Answer:
    """The first answer."""
    for rule in SIEVES:
        answer = rule(scene, mention)
        if answer is not None:
            return answer
    return Answer(None, "none")
