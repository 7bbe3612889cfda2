"""How far content reaches: where a later cue, a main clause or the cue's own next clause ends it."""

from __future__ import annotations

from quotetrack.attribution.cues import Cue, agents
from quotetrack.attribution.document import Document, Token
from quotetrack.attribution.mentions import own_subject


class Extents:
    """The ends of contents in one article.

    Args:
        cues: all verbal cues in order.
        postposed: those that stand behind what they report.
    """

    def __init__(self, doc: Document, cues: list[Cue], postposed: list[Cue]) -> None:
        self.doc = doc
        self.cues = cues
        self.cuts: dict[int, list[int]] = {}
        self._note_cuts(postposed)

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
        shared = (
            cue.form == "finite" and cue.first == cue.last == cue.head and doc.tokens[cue.head].feat("Tense") == "Past"
        )
        joined = doc.tokens[i + 1].low in ("et", "mais", "puis") and (doc.tokens[cue.head].deprel == "conj" or shared)
        comma = i >= 0 and (doc.tokens[i].word.text == "," or doc.is_mark(i))
        if behind or (cue.form in ("participle", "gerund") and (comma or joined)):
            return i if comma else i + 1
        if cue.form == "finite" and joined:
            return i + 1
        return None

    def stop(self, cue: Cue) -> int:
        """The word at which content behind a cue ends at the latest."""
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
                # A trailing adverbial clause runs to the end of its unit, whatever the parser hangs elsewhere.
                ahead = relation == "acl" or token.head >= stop
                if ahead and cue.last + 2 < stop < unit.stop - 1 and token.head not in range(cue.first, stop):
                    return stop
            if relation in ("root", "parataxis", "conj"):
                break
        return unit.stop

    def _main_clause_start(self, cue: Cue, unit: range) -> int | None:
        """Where the main clause begins behind a cue that depends on it: "Disant que P, X a ...", "Si X pense que
        P, Y ...".
        """
        doc, token = self.doc, self.doc.tokens[cue.head]
        if token.head <= cue.last or token.deprel.split(":")[0] not in ("advcl", "acl", "dislocated", "nsubj", "obl"):
            return None
        main = token.head
        subject = next(iter(doc.children(main, "nsubj")), None)
        start = subject.index if subject is not None and cue.last < subject.index < main else main
        while start > cue.last + 1 and doc.tokens[start].word.text != ",":
            start -= 1
        return start if start > cue.last + 2 else None

    def before_own_clauses(self, cue: Cue, content: range) -> range:
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

    def before_agent(self, cue: Cue, piece: range) -> range:
        """A piece of content without the agent of a passive: "jugée « trop chère » par X"."""
        for agent in agents(self.doc, cue):
            start = self.doc.subtree(agent.index)[0]
            if start in piece and start > piece.start:
                return range(piece.start, start)
        return piece
