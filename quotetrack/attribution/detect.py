"""From a document to drafts: which words were said, next to which cue and mention.

Strategies run in the order of their precision, each over the whole article; what an earlier one has taken, a later one
leaves alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quotetrack.attribution.content import has_finite_verb, kind_of, quotation_range, spans_of, trim, words_in
from quotetrack.attribution.cues import Cue, agents, cue_span, verbal_cues
from quotetrack.attribution.document import Document, Token
from quotetrack.attribution.draft import Draft
from quotetrack.attribution.mentions import is_thing, mention_of, own_subject, phrase, surface_subject
from quotetrack.attribution.parenthetical import is_parenthetical, reported_pieces
from quotetrack.attribution.preposed import STRATEGIES
from quotetrack.attribution.prepositional import attributions
from quotetrack.attribution.sayers import is_human
from quotetrack.model import Span

# Plans, thoughts and feelings are speech only where somebody voiced them: with a proposition, or with this many of his words.
_INNER = frozenset(["intend", "think", "feel"])
_QUOTED_ENOUGH = 4

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
        self.cuts: dict[int, list[int]] = {}

    def run(self) -> list[Draft]:
        postposed = [c for c in self.cues if is_parenthetical(self.doc, c)]
        self._note_cuts(postposed)
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
        own = own_subject(doc, cue)
        if own is not None:
            i = own.index - 1  # "X estime que P, Y relevant que": the cut is before Y
        if doc.quoted(cue.head) and not behind:
            return None
        while i > 0 and doc.tokens[i].low in ("en", "tout", "et", "mais", "puis", "avant", "de", "d'"):
            i -= 1
        shared = cue.form == "finite" and cue.first == cue.last == cue.head and doc.tokens[cue.head].feat("Tense") == "Past"
        joined = doc.tokens[i + 1].low in ("et", "mais", "puis") and (doc.tokens[cue.head].deprel == "conj" or shared)
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
                if content is not None:
                    content = self._before_own_clauses(cue, content)
                if content is not None and self._credible(cue, rule, content):
                    self._add([content], rule, confidence, cue)
                    break

    def _stop(self, cue: Cue) -> int:
        unit = self.doc.unit_of[cue.head]
        later = [c for c in self.cuts.get(unit, ()) if c > cue.last]
        stop = min([self.doc.units[unit].stop, self._clause_stop(cue), *later])
        return self._before_announced(cue, stop)

    def _before_announced(self, cue: Cue, stop: int) -> int:
        """Up to a colon that announces a quotation: "a admis que P : « … »" are two quotes."""
        for i in range(cue.last + 3, stop - 1):
            if self.doc.tokens[i].word.text == ":" and self.doc.is_mark(i + 1) and not self.doc.quoted(i):
                return i
        return stop

    def _clause_stop(self, cue: Cue) -> int:
        """The end of the clause of a cue that stands in a relative or adverbial clause before the main verb."""
        doc, unit = self.doc, self.doc.units[self.doc.unit_of[cue.head]]
        main = self._main_clause_start(cue, unit)
        if main is not None:
            return main
        for token in (doc.tokens[cue.head], *doc.ancestors(cue.head)):
            relation = token.deprel.split(":")[0]
            if relation in ("acl", "advcl") and token.index >= cue.head:
                stop = doc.subtree(token.index)[-1] + 1
                if cue.last + 2 < stop < unit.stop - 1 and token.head not in range(cue.first, stop):
                    return stop
            if relation in ("root", "parataxis", "conj"):
                break
        return unit.stop

    def _parallel(self, cue: Cue, child: Token) -> bool:
        """Whether a dependent of the cue is a clause of its own: finite, or a participle with the cue's auxiliary."""
        if child.deprel.startswith(("advcl", "parataxis")) and child.feat("VerbForm") != "Inf":
            return True
        finite = child.feat("VerbForm") == "Fin" or self.doc.child(child.index, "aux", "cop") is not None
        shared = child.feat("Tense") == "Past" and cue.first != cue.head
        return finite or shared

    def _goes_on(self, start: int) -> bool:
        """Whether "et que", "et de" begins there: more of the same content."""
        if self.doc.tokens[start].upos != "CCONJ" or start + 1 >= len(self.doc.tokens):
            return False
        after = self.doc.tokens[start + 1].low
        return after in self.doc.language.complementizers or after in self.doc.language.infinitive_markers

    def _main_clause_start(self, cue: Cue, unit: range) -> int | None:
        """Where the main clause begins behind a cue that depends on it: "Disant que P, X a ...", "Si X pense que P, Y ..."."""
        doc, token = self.doc, self.doc.tokens[cue.head]
        if token.head <= cue.last or token.deprel.split(":")[0] not in ("advcl", "acl", "dislocated", "nsubj", "obl"):
            return None
        main = token.head
        subject = next(iter(doc.children(main, "nsubj")), None)
        start = subject.index if subject is not None and cue.last < subject.index < main else main
        while start > cue.last + 1 and doc.tokens[start].word.text != ",":
            start -= 1
        return start if start > cue.last + 2 else None

    def _before_own_clauses(self, cue: Cue, content: range) -> range:
        """Content cut where another clause hangs on the cue itself: "a dit que P et a quitté la salle"."""
        stop = content.stop
        for child in self.doc.children(cue.head, "conj", "advcl", "parataxis"):
            start = self.doc.subtree(child.index)[0]
            edge = self.doc.tokens[start].upos == "CCONJ" or self.doc.tokens[start - 1].word.text == ","
            if self.doc.quoted(child.index) or self._goes_on(start) or not self._parallel(cue, child):
                continue
            if start > content.start + 2 and edge and not self.doc.quoted(start):
                stop = min(stop, start)
        return range(content.start, stop)

    def _speaks(self, cue: Cue) -> bool:
        """Whether somebody is reported to speak: no bare passive, nobody of the first or second person."""
        if cue.subject is not None:
            subject = self.doc.tokens[cue.subject]
            if subject.feat("Person") in ("1", "2"):
                return False
        token = self.doc.tokens[cue.head]
        if cue.form == "infinitive" and token.head >= 0 and self.doc.tokens[token.head].lemma == "faire":
            return False  # "fait craindre une crise": nobody is said to fear aloud
        if cue.form == "past" or cue.passive:
            return mention_of(self.doc, cue) is not None
        return True

    def _credible(self, cue: Cue, rule: str, content: range) -> bool:
        words = words_in(self.doc, content)
        quoted = any(self.doc.quoted(i) for i in words)
        if not words or (rule != "colon" and self._said_by_thing(cue)):
            return False
        if cue.verb.cls in _INNER and not sum(self.doc.quoted(i) for i in words) >= _QUOTED_ENOUGH and rule != "clause":
            return False
        if rule == "complement" and cue.verb.cls in _INNER and cue.verb.cls == "intend":
            return False
        if cue.negated and cue.verb.cls != "deny" and not quoted:
            return False
        if cue.form == "infinitive" and rule != "colon" and not quoted:
            return self._narrative(cue)
        return True

    def _said_by_thing(self, cue: Cue) -> bool:
        """Whether the subject is a thing: "cette décision confirme que" reports nobody's words."""
        if cue.subject is None or cue.passive or surface_subject(self.doc, cue) is not None:
            return False
        return is_thing(self.doc, self.doc.tokens[cue.subject])

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
        """Quoted words of a unit that no cue has: the whole unit, a clause of its own in it, or what follows a colon."""
        words = words_in(self.doc, content)
        quoted = [i for i in words if self.doc.quoted(i)]
        if len(quoted) < 3 or not covered.isdisjoint(quoted):
            return None
        if len(quoted) == len(words):
            return content if self._is_body(content, unit) else None
        first = self.doc.quotation_of[quoted[0]]
        if first is None or len(quoted) < _CLAUSE_WORDS or not has_finite_verb(self.doc, quotation_range(self.doc, first)):
            return None
        start = quotation_range(self.doc, first).start
        if len(quoted) * 2 > len(words):
            lead = words_in(self.doc, range(content.start, start))
            only_lead = all(self.doc.tokens[i].upos in ("ADV", "CCONJ", "ADP", "SCONJ") for i in lead)
            return range(start, content.stop) if only_lead else content
        return None

    def _is_body(self, content: range, unit: range) -> bool:
        """Whether a unit that is all quotation is running text, not a heading of a few words between marks."""
        text = self.doc.span(unit).of(self.doc.text)
        return len(words_in(self.doc, content)) >= _CLAUSE_WORDS or any(c in text[-4:] for c in ".!?…")

    # Keeping

    def _add(self, pieces: list[range], rule: str, confidence: float, cue: Cue) -> None:
        own = own_subject(self.doc, cue)
        leader = self._leader(cue) if own is None else None
        mention = phrase(self.doc, own) if own is not None else mention_of(self.doc, leader or cue)
        if mention is not None and cue.passive or cue.form == "past":
            pieces = [self._before_agent(cue, piece) for piece in pieces]
        if rule == "colon" and cue.subject is not None and self._another_speaks(self.doc.tokens[cue.subject], pieces):
            self._keep_bare(pieces, None)
            return
        draft = self._draft(pieces, rule, confidence, cue_span(self.doc, cue), mention)
        if draft is not None:
            self._keep(draft, pieces, cue.head, leader.head if leader else None)

    def _another_speaks(self, subject: Token, pieces: list[range]) -> bool:
        """Whether words of the first person singular follow a subject that is none: "La banque refuse : « On m'a dit »"."""
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

    def _before_agent(self, cue: Cue, piece: range) -> range:
        """A piece of content without the agent of a passive: "jugée « trop chère » par X"."""
        for agent in agents(self.doc, cue):
            start = self.doc.subtree(agent.index)[0]
            if start in piece and start > piece.start:
                return range(piece.start, start)
        return piece

    def _leader(self, cue: Cue) -> Cue | None:
        """The finite cue before a participle or gerund of the same unit, whose speaker goes on: "a dit X, ajoutant que"."""
        if cue.form not in ("participle", "gerund") or cue.subject is not None and cue.subject < cue.first:
            return None
        doc, unit = self.doc, self.doc.unit_of[cue.head]
        if doc.tokens[cue.head].deprel.startswith("acl") and doc.tokens[cue.first - 1].word.text != ",":
            return None
        before = [
            c for c in self.cues
            if c.head < cue.first and doc.unit_of[c.head] == unit and c.form == "finite" and not doc.quoted(c.head)
        ]  # fmt: skip
        return before[-1] if before else None

    def _draft(self, pieces: list[range], rule: str, confidence: float, cue: Span | None, mention: Span | None) -> Draft | None:
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


__all__ = ["Detection", "detect", "quotation_range"]
