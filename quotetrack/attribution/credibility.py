"""Whether a cue with its content is speech at all."""

from __future__ import annotations

from quotetrack.attribution.content import words_in
from quotetrack.attribution.cues import Cue
from quotetrack.attribution.document import Document
from quotetrack.attribution.mentions import is_thing, mention_of, surface_subject

# Plans, thoughts and feelings are speech only where somebody voiced them: with a proposition, or with this many of
# his words.
_INNER = frozenset(["intend", "think", "feel"])
_QUOTED_ENOUGH = 4


def speaks(doc: Document, cue: Cue) -> bool:
    """Whether somebody is reported to speak: no bare passive, nobody of the first or second person."""
    if cue.subject is not None:
        subject = doc.tokens[cue.subject]
        if subject.feat("Person") in ("1", "2"):
            return False
    token = doc.tokens[cue.head]
    if cue.form == "infinitive" and token.head >= 0 and doc.tokens[token.head].lemma == "faire":
        return False  # "fait craindre une crise": nobody is said to fear aloud
    if cue.form == "past" or cue.passive:
        return mention_of(doc, cue) is not None
    return True


def credible(doc: Document, cue: Cue, rule: str, content: range) -> bool:
    """Whether what a strategy found is reported speech: said by somebody, aloud, and not denied."""
    words = words_in(doc, content)
    quoted = any(doc.quoted(i) for i in words)
    if not words or (rule != "colon" and _said_by_thing(doc, cue)):
        return False
    if cue.verb.cls in _INNER and not sum(doc.quoted(i) for i in words) >= _QUOTED_ENOUGH and rule != "clause":
        return False
    if rule == "complement" and cue.verb.cls == "intend":
        return False
    if cue.negated and cue.verb.cls != "deny" and not quoted:
        return False
    if cue.form == "infinitive" and rule != "colon" and not quoted:
        return _narrative(doc, cue)
    return True


def _said_by_thing(doc: Document, cue: Cue) -> bool:
    """Whether the subject is a thing: "cette décision confirme que" reports nobody's words."""
    if cue.subject is None or cue.passive or surface_subject(doc, cue) is not None:
        return False
    return is_thing(doc, doc.tokens[cue.subject])


def _narrative(doc: Document, cue: Cue) -> bool:
    """An infinitive that reports all the same: "Et d'ajouter que", "avant de préciser que", "a tenu à dire que"."""
    before = doc.tokens[cue.first - 1].low if cue.first else ""
    two_before = doc.tokens[cue.first - 2].low if cue.first > 1 else ""
    if before in ("de", "d'") and two_before in ("et", "avant"):
        return True
    return doc.tokens[cue.head].deprel in ("xcomp", "root")
