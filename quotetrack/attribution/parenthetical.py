"""Reporting clauses set into or after what they report: « … », a déclaré X. / P, selon X. / « …, dit-il, … ».

French sets the subject after the verb there, and a comma or the end of a quotation before it: surface order is a surer
sign than the parser's choice of relation, so this strategy comes first.
"""

from __future__ import annotations

from quotetrack.attribution.content import has_finite_verb, quotation_range, trim, words_in
from quotetrack.attribution.cues import Cue
from quotetrack.attribution.document import Document
from quotetrack.attribution.marks import Quotation
from quotetrack.attribution.subjects import set_off

_STOPS = frozenset([",", ".", ";", ":", "!", "?", "…", "–", "—", "..."])


def is_parenthetical(doc: Document, cue: Cue) -> bool:
    """Whether a cue stands in a reporting clause behind what it reports."""
    if cue.form != "finite" or not cue.takes("quote", "clause"):
        return False
    return cue.inverted and set_off(doc, cue.first)


def reported_pieces(doc: Document, cue: Cue, after: int) -> tuple[list[range], int]:
    """What a reporting clause reports, as word ranges, and where the clause ends.

    Args:
        cue: a cue for which `is_parenthetical` holds.
        after: the first word that no earlier reporting clause of this unit has used.
    """
    unit = doc.units[doc.unit_of[cue.head]]
    end = clause_end(doc, cue, unit.stop)
    inside = doc.quotation_of[cue.head]
    if inside is not None and not doc.is_mark(cue.head):
        return _inside_quotation(doc, cue, inside, max(after, unit.start), end), end
    left = _left(doc, range(max(after, unit.start), cue.first))
    if not words_in(doc, left):
        return [], end
    right = _right(doc, cue, left, range(end, unit.stop))
    return [left, right] if right else [left], (right.stop if right else end)


def clause_end(doc: Document, cue: Cue, stop: int) -> int:
    """The index of the punctuation or mark that ends a reporting clause."""
    i = cue.last + 1
    if cue.subject is not None and cue.subject >= i:
        i = cue.subject + 1
    depth = 0
    while i < stop:
        text = doc.tokens[i].word.text
        depth += text.count("(") - text.count(")")
        if depth <= 0 and (text in _STOPS or doc.is_mark(i)):
            return i
        i += 1
    return stop


def _inside_quotation(doc: Document, cue: Cue, quotation: Quotation, start: int, end: int) -> list[range]:
    whole = quotation_range(doc, quotation)
    left = range(max(start, whole.start), cue.first)
    ended = end < len(doc.tokens) and doc.tokens[end].word.text in (".", "!", "?")
    pieces = [left] if words_in(doc, left) else []
    if not ended and words_in(doc, range(end, whole.stop)):
        pieces.append(range(end, whole.stop))
    return pieces


def _left(doc: Document, left: range) -> range:
    """What stands before the reporting clause, without a lead that only introduces a complete quoted sentence."""
    left = trim(doc, left)
    if not left:
        return left
    quotation = doc.quotation_of[left[-1]]
    if quotation is None:
        return _without_lead(doc, left)
    quoted = quotation_range(doc, quotation)
    lead = range(left.start, max(left.start, quoted.start))
    if not words_in(doc, lead):
        return range(max(left.start, quoted.start), left.stop)
    before = doc.tokens[quoted.start - 1].word.text
    closes_lead = before in (":", ";", ",") or not any(
        doc.tokens[i].upos in ("NOUN", "VERB", "PRON", "PROPN") for i in lead
    )
    if before == ":" or (closes_lead and _stands_alone(doc, quoted)):
        return range(quoted.start, left.stop)
    return left


def _stands_alone(doc: Document, quoted: range) -> bool:
    """Whether quoted words are a clause of their own: a finite verb with its subject among them."""
    if not has_finite_verb(doc, quoted):
        return False
    subjects = [i for i in quoted if doc.tokens[i].deprel.startswith(("nsubj", "expl:subj", "csubj"))]
    return bool(subjects)


def _without_lead(doc: Document, left: range) -> range:
    """Unquoted content starts after a colon, if there is one."""
    for i in reversed(left):
        if doc.tokens[i].word.text == ":" and len(words_in(doc, range(i, left.stop))) > 4:
            return range(i + 1, left.stop)
    return left


def _right(doc: Document, cue: Cue, left: range, rest: range) -> range | None:
    """The second half of a sentence that the reporting clause interrupts, if it goes on after it."""
    if not rest or doc.tokens[rest.start].word.text != "," or rest.start + 1 >= rest.stop:
        return None
    following = rest.start + 1
    opened = doc.quotation_of[following]
    ended = _ended(doc, left)
    if opened is not None and doc.is_mark(following) and not ended:
        return range(following, quotation_range(doc, opened).stop)
    if ended or all(doc.quoted(i) for i in words_in(doc, left)) or _participial(doc, range(following, rest.stop)):
        return None
    return _continuation(doc, cue, left, range(following, rest.stop))


def _participial(doc: Document, rest: range) -> bool:
    """Whether a participle begins there, which goes with the speaker: ", assure-t-elle, promettant de ..."."""
    for i in rest:
        token = doc.tokens[i]
        if token.low in ("tout", "en"):
            continue
        return token.feat("VerbForm") == "Part" and token.feat("Tense") == "Pres"
    return False


def _ended(doc: Document, left: range) -> bool:
    """Whether the left part ends like a sentence."""
    i = left.stop - 1
    while i > left.start and doc.is_mark(i):
        i -= 1
    return doc.tokens[i].word.text[-1:] in ".!?…"


def _continuation(doc: Document, cue: Cue, left: range, rest: range) -> range | None:
    """The words after the clause, where their head hangs on the left part and not on the cue or its subject."""
    for i in rest:
        token = doc.tokens[i]
        if token.head >= 0 and token.head not in rest:
            return trim(doc, rest) if token.head in left and token.index != cue.head else None
    return None
