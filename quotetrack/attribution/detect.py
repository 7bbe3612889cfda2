"""From a document to drafts: which words were said, next to which cue and mention.

Strategies run in the order of their precision, each over the whole article; what an earlier one has taken, a later one
leaves alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quotetrack.attribution.content import kind_of, quotation_range, spans_of, trim, words_in
from quotetrack.attribution.cues import Cue, cue_span, verbal_cues
from quotetrack.attribution.document import Document
from quotetrack.attribution.draft import Draft
from quotetrack.attribution.mentions import mention_of
from quotetrack.attribution.parenthetical import is_parenthetical, reported_pieces
from quotetrack.attribution.preposed import STRATEGIES
from quotetrack.attribution.prepositional import attributions
from quotetrack.model import Span

_SAME_WORDS = 0.5  # the scorer's own bar: two contents that share half of their words are one quote


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft with the words it covers and the word its cue hangs on."""

    draft: Draft
    words: frozenset[int]
    head: int | None


class Detection:
    """One article's drafts in the making."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.found: list[_Found] = []
        self.cues = verbal_cues(doc)
        self.cuts: dict[int, list[int]] = {}

    def run(self) -> list[Draft]:
        postposed = [c for c in self.cues if is_parenthetical(self.doc, c)]
        self._note_cuts(postposed)
        self._postposed(postposed)
        taken = {c.head for c in postposed}
        self._preposed([c for c in self.cues if c.head not in taken])
        self._prepositional()
        self._floating()
        return self._ordered()

    # Reporting clauses behind what they report

    def _postposed(self, cues: list[Cue]) -> None:
        unit, after = -1, 0
        for cue in cues:
            number = self.doc.unit_of[cue.head]
            if number != unit:
                unit, after = number, 0
            pieces, after = reported_pieces(self.doc, cue, after)
            self._add(pieces, "parenthetical", 0.9, cue)

    def _note_cuts(self, postposed: list[Cue]) -> None:
        """Where the content of an earlier cue must end because a later one begins: by unit, in order."""
        behind = {c.head for c in postposed}
        for cue in self.cues:
            start = self._zone(cue, cue.head in behind)
            if start is not None:
                self.cuts.setdefault(self.doc.unit_of[cue.head], []).append(start)

    def _zone(self, cue: Cue, behind: bool) -> int | None:
        """The first word of a later reporting structure: its comma or conjunction, or None where it is embedded."""
        doc, i = self.doc, cue.first - 1
        if doc.quoted(cue.head) and not behind:
            return None
        while i > 0 and doc.tokens[i].low in ("en", "tout", "et", "mais", "puis", "avant", "de", "d'"):
            i -= 1
        joined = doc.tokens[i + 1].low in ("et", "mais", "puis") and doc.tokens[cue.head].deprel == "conj"
        comma = i >= 0 and (doc.tokens[i].word.text == "," or doc.is_mark(i))
        if behind or (cue.form in ("participle", "gerund") and (comma or joined)):
            return i if comma else i + 1
        if cue.form == "finite" and joined:
            return i + 1
        return None

    # Cues before what they report

    def _preposed(self, cues: list[Cue]) -> None:
        for cue in cues:
            if self.doc.quoted(cue.head) or not self._speaks(cue):
                continue
            stop = self._stop(cue)
            for rule, confidence, strategy in STRATEGIES:
                content = strategy(self.doc, cue, stop)
                if content is not None and self._credible(cue, rule, content):
                    self._add([content], rule, confidence, cue)
                    break

    def _stop(self, cue: Cue) -> int:
        unit = self.doc.unit_of[cue.head]
        later = [c for c in self.cuts.get(unit, ()) if c > cue.last]
        return min([self.doc.units[unit].stop, *later])

    def _speaks(self, cue: Cue) -> bool:
        """Whether somebody is reported to speak: no bare passive, nobody of the first or second person."""
        if cue.subject is not None:
            subject = self.doc.tokens[cue.subject]
            if subject.feat("Person") in ("1", "2"):
                return False
        if cue.form == "past" or cue.passive:
            return mention_of(self.doc, cue) is not None
        return True

    def _credible(self, cue: Cue, rule: str, content: range) -> bool:
        words = words_in(self.doc, content)
        quoted = any(self.doc.quoted(i) for i in words)
        if not words:
            return False
        if cue.negated and cue.verb.cls != "deny" and not quoted:
            return False
        if cue.form == "infinitive" and rule != "colon" and not quoted:
            return self._narrative(cue)
        return True

    def _narrative(self, cue: Cue) -> bool:
        """An infinitive that reports all the same: "Et d'ajouter que", "avant de préciser que", "a tenu à dire que"."""
        before = self.doc.tokens[cue.first - 1].low if cue.first else ""
        two_before = self.doc.tokens[cue.first - 2].low if cue.first > 1 else ""
        if before in ("de", "d'") and two_before in ("et", "avant"):
            return True
        return self.doc.tokens[cue.head].deprel in ("xcomp", "root")

    # Prepositions

    def _prepositional(self) -> None:
        for found in attributions(self.doc):
            draft = self._draft(found.pieces, "prepositional", 0.7 if found.preposition.ambiguous else 0.85, found.cue, found.mention)
            if draft is not None:
                self._keep(draft, found.pieces, None)

    # Quotations with nothing beside them

    def _floating(self) -> None:
        for unit in self.doc.units:
            content = trim(self.doc, unit)
            words = words_in(self.doc, content)
            if len(words) < 3 or not all(self.doc.quoted(i) for i in words):
                continue
            draft = self._draft([content], "floating", 0.7, None, None)
            if draft is not None:
                self._keep(replace(draft, floating=True), [content], None)

    # Keeping

    def _add(self, pieces: list[range], rule: str, confidence: float, cue: Cue) -> None:
        draft = self._draft(pieces, rule, confidence, cue_span(self.doc, cue), mention_of(self.doc, cue))
        if draft is not None:
            self._keep(draft, pieces, cue.head)

    def _draft(self, pieces: list[range], rule: str, confidence: float, cue: Span | None, mention: Span | None) -> Draft | None:
        pieces = [p for p in (trim(self.doc, p) for p in pieces) if words_in(self.doc, p)]
        spans = spans_of(self.doc, pieces)
        if not spans:
            return None
        return Draft(kind_of(self.doc, pieces), spans, cue, mention, rule, confidence)

    def _keep(self, draft: Draft, pieces: list[range], head: int | None) -> None:
        words = frozenset(i for p in pieces for i in words_in(self.doc, p))
        for other in self.found:
            shared = len(words & other.words)
            if shared and shared / len(words | other.words) >= _SAME_WORDS:
                return
            if shared == len(words) and other.draft.kind == "direct":
                return
        self.found.append(_Found(draft, words, head))

    def _ordered(self) -> list[Draft]:
        return sorted((f.draft for f in self.found), key=lambda d: (d.spans[0].start, -d.spans[-1].end))


def detect(doc: Document) -> list[Draft]:
    """The drafts of an article in the order of the text."""
    return Detection(doc).run()


__all__ = ["Detection", "detect", "quotation_range"]
