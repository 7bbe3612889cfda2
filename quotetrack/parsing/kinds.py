"""Kinds of entities: tag sets differ in what they call the same thing."""

from __future__ import annotations

from quotetrack.model import EntityKind

ENTITY_KINDS: dict[str, EntityKind] = {
    "PER": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "MISC": "MISC",
    "NORP": "MISC",
    "EVENT": "MISC",
    "PRODUCT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
}
