"""From a document to drafts: which words were said, next to which cue and mention.

Strategies run in the order of their precision, each over the whole article; what an earlier one has taken, a later one
leaves alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quotetrack.attribution.content import has_finite_verb, kind_of, quotation_range, spans_of, trim, words_in
from quotetrack.attribution.credibility import credible, speaks
from quotetrack.attribution.cues import Cue, cue_span, verbal_cues
from quotetrack.attribution.document import Document, Token
from quotetrack.attribution.draft import Draft
from quotetrack.attribution.extents import Extents
from quotetrack.attribution.mentions import mention_of, own_subject, phrase
from quotetrack.attribution.parenthetical import is_parenthetical, reported_pieces
from quotetrack.attribution.preposed import STRATEGIES
from quotetrack.attribution.prepositional import attributions
from quotetrack.attribution.sayers import is_human
from quotetrack.model import Span

# Inside what somebody else is reported to say, these are his words and not another quote.
_NEVER_NESTED = frozenset(["complement", "nominal", "predicate"])

# A quotation of fewer words than this is taken for a term or a heading unless it is punctuated like a sentence.
_CLAUSE_WORDS = 6

_SAME_WORDS = 0.5  # the scorer's own bar: two contents that share half of their words are one quote


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft with the words it covers and the word its cue hangs on."""

    draft: Draft
    words: frozenset[int]
    head: int | None
    leader: int | None = None


class Detection:
    """One article's drafts in the making."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.found: list[_Found] = []
        self.cues = verbal_cues(doc)

    def run(self) -> list[Draft]:
        postposed = [c for c in self.cues if is_parenthetical(self.doc, c)]
        self.extents = Extents(self.doc, self.cues, postposed)
        self._postposed(postposed)
        taken = {c.head for c in postposed}
        self._preposed([c for c in self.cues if c.head not in taken])
        self._prepositional()
        self._announced()
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

    # Cues before what they report

    def _preposed(self, cues: list[Cue]) -> None:
        for cue in cues:
            if self.doc.quoted(cue.head) or not speaks(self.doc, cue):
                continue
            stop = self.extents.stop(cue)
            inside = any(cue.head in f.words for f in self.found)
            for rule, confidence, strategy in STRATEGIES:
                if inside and rule in _NEVER_NESTED:
                    continue
                content = strategy(self.doc, cue, stop)
                if content is not None:
                    content = self.extents.before_own_clauses(cue, content)
                if content is not None and credible(self.doc, cue, rule, content):
                    self._add([content], rule, confidence, cue)
                    break

    # Prepositions

    def _prepositional(self) -> None:
        for found in attributions(self.doc):
            draft = self._draft(
                found.pieces, "prepositional", 0.7 if found.preposition.ambiguous else 0.85, found.cue, found.mention
            )
            if draft is not None:
                self._keep(draft, found.pieces, None)

    # Quotations with nothing beside them

    def _announced(self) -> None:
        """Quotations behind a colon whose clause has no verb of saying: "Le maire hausse les épaules : « … »"."""
        covered = frozenset(i for f in self.found for i in f.words)
        for quotation in self.doc.quotations:
            where = quotation_range(self.doc, quotation)
            words = words_in(self.doc, where)
            if quotation.depth or len(words) < 3 or where.start == 0 or not covered.isdisjoint(words):
                continue
            if self.doc.tokens[where.start - 1].word.text != ":":
                continue
            subject = self._announcer(where.start - 1)
            known = subject is not None and not self._another_speaks(subject, [where])
            self._keep_bare([where], phrase(self.doc, subject) if subject is not None and known else None)

    def _announcer(self, colon: int) -> Token | None:
        """The subject of the clause before a colon, if it is somebody."""
        doc, unit = self.doc, self.doc.units[self.doc.unit_of[colon]]
        for i in range(colon - 1, unit.start - 1, -1):
            token = doc.tokens[i]
            if doc.quoted(i) or token.word.text == ";":
                return None
            speaks = token.upos in ("PROPN", "PRON") or is_human(doc, token)
            if token.deprel.startswith("nsubj") and speaks and token.feat("PronType") != "Rel":
                return token if token.low not in ("ce", "c'", "cela", "ça", "on") else None
        return None

    def _floating(self) -> None:
        covered = frozenset(i for f in self.found for i in f.words)
        for unit in self.doc.units:
            content = self._unattributed(trim(self.doc, unit), covered, unit)
            if content is None:
                continue
            draft = self._draft([content], "floating", 0.7, None, None)
            if draft is not None:
                self._keep(replace(draft, floating=True), [content], None)

    def _unattributed(self, content: range, covered: frozenset[int], unit: range) -> range | None:
        """Quoted words of a unit that no cue has: the whole unit, a clause of its own in it, or what follows a
        colon.
        """
        words = words_in(self.doc, content)
        quoted = [i for i in words if self.doc.quoted(i)]
        if words and not quoted and covered.isdisjoint(words) and self._goes_on_in_dialogue(content):
            asks = "?" in self.doc.span(unit).of(self.doc.text)[-3:]
            return None if asks else content  # questions are the interviewer's
        if len(quoted) < 3 or not covered.isdisjoint(quoted):
            return None
        if len(quoted) == len(words):
            return content if self._is_body(content, unit) else None
        first = self.doc.quotation_of[quoted[0]]
        if (
            first is None
            or len(quoted) < _CLAUSE_WORDS
            or not has_finite_verb(self.doc, quotation_range(self.doc, first))
        ):
            return None
        start = quotation_range(self.doc, first).start
        if len(quoted) * 2 > len(words):
            lead = words_in(self.doc, range(content.start, start))
            only_lead = all(self.doc.tokens[i].upos in ("ADV", "CCONJ", "ADP", "SCONJ") for i in lead)
            return range(start, content.stop) if only_lead else content
        return None

    def _goes_on_in_dialogue(self, content: range) -> bool:
        """Whether a unit is a whole line of dialogue beside another one; a single dash may open a list."""
        doc, text = self.doc, self.doc.text
        if not doc.in_dialogue(content.start):
            return False
        start = text.rfind("\n", 0, doc.tokens[content.start].span.start)
        end = text.find("\n", doc.tokens[content.stop - 1].span.end)
        before = text[: max(start, 0)].rstrip().rsplit("\n", 1)[-1].lstrip()[:1]
        after = text[end:].lstrip()[:1] if end >= 0 else ""
        return before in doc.language.marks.dashes or after in doc.language.marks.dashes

    def _is_body(self, content: range, unit: range) -> bool:
        """Whether a unit that is all quotation is running text, not a heading of a few words between marks."""
        text = self.doc.span(unit).of(self.doc.text)
        return len(words_in(self.doc, content)) >= _CLAUSE_WORDS or any(c in text[-4:] for c in ".!?…")

    # Keeping

    def _add(self, pieces: list[range], rule: str, confidence: float, cue: Cue) -> None:
        own = own_subject(self.doc, cue)
        leader = self._leader(cue) if own is None else None
        mention = phrase(self.doc, own) if own is not None else mention_of(self.doc, leader or cue)
        if (mention is not None and cue.passive) or cue.form == "past":
            pieces = [self.extents.before_agent(cue, piece) for piece in pieces]
        if rule == "colon" and cue.subject is not None and self._another_speaks(self.doc.tokens[cue.subject], pieces):
            self._keep_bare(pieces, None)
            return
        draft = self._draft(pieces, rule, confidence, cue_span(self.doc, cue), mention)
        if draft is not None:
            self._keep(draft, pieces, cue.head, leader.head if leader else None)

    def _another_speaks(self, subject: Token, pieces: list[range]) -> bool:
        """Whether words of the first person singular follow a subject that is none: "La banque refuse : « On m'a
        dit »".
        """
        me = any(
            t.feat("Number") == "Sing" and t.low in self.doc.language.first_person
            for piece in pieces for t in self.doc.tokens[piece.start : piece.stop]
        )  # fmt: skip
        if not me or subject.upos == "PRON":
            return False
        tagged = self.doc.parse.sentences[subject.sentence].entities
        body = any(e.kind in ("ORG", "LOC") and e.span.overlaps(subject.span) for e in tagged)
        return body or subject.lemma in self.doc.language.organisation_nouns or subject.feat("Number") == "Plur"

    def _keep_bare(self, pieces: list[range], mention: Span | None) -> None:
        draft = self._draft(pieces, "colon.bare", 0.7, None, mention)
        if draft is not None:
            self._keep(replace(draft, floating=mention is None), pieces, None)

    def _leader(self, cue: Cue) -> Cue | None:
        """The finite cue before a participle or gerund of the same unit, whose speaker goes on: "a dit X, ajoutant
        que".
        """
        if cue.form not in ("participle", "gerund") or (cue.subject is not None and cue.subject < cue.first):
            return None
        doc, unit = self.doc, self.doc.unit_of[cue.head]
        if doc.tokens[cue.head].deprel.startswith("acl") and doc.tokens[cue.first - 1].word.text != ",":
            return None
        before = [
            c for c in self.cues
            if c.head < cue.first and doc.unit_of[c.head] == unit and c.form == "finite" and not doc.quoted(c.head)
        ]  # fmt: skip
        return before[-1] if before else None

    def _draft(
        self, pieces: list[range], rule: str, confidence: float, cue: Span | None, mention: Span | None
    ) -> Draft | None:
        pieces = [p for p in (trim(self.doc, p) for p in pieces) if words_in(self.doc, p)]
        spans = spans_of(self.doc, pieces)
        if not spans:
            return None
        return Draft(kind_of(self.doc, pieces), spans, cue, mention, rule, confidence)

    def _keep(self, draft: Draft, pieces: list[range], head: int | None, leader: int | None = None) -> None:
        words = frozenset(i for p in pieces for i in words_in(self.doc, p))
        for other in self.found:
            shared = len(words & other.words)
            if shared and shared / len(words | other.words) >= _SAME_WORDS:
                return
            if shared == len(words) and other.draft.kind == "direct":
                return
        self.found.append(_Found(draft, words, head, leader))

    def _ordered(self) -> list[Draft]:
        ordered = sorted(self.found, key=lambda f: (f.draft.spans[0].start, -f.draft.spans[-1].end))
        place = {f.head: n for n, f in enumerate(ordered) if f.head is not None}
        return [replace(f.draft, follows=place.get(f.leader)) if f.leader is not None else f.draft for f in ordered]


def detect(doc: Document) -> list[Draft]:
    """The drafts of an article in the order of the text."""
    return Detection(doc).run()
