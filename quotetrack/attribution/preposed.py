"""Cues that stand before what they report: X dit que P, X promet de V, X déclare : « … », X dénonce une « … ».

Each strategy answers with the words of the content or None; `STRATEGIES` orders them, the most precise first.
"""

from __future__ import annotations

from collections.abc import Callable

from quotetrack.attribution.content import quotation_range, words_in
from quotetrack.attribution.cues import Cue
from quotetrack.attribution.document import Document, Token
from quotetrack.attribution.sayers import is_human

Strategy = Callable[[Document, Cue, int], "range | None"]

# A complement of a nominal cue is taken for speech without quotation marks only where the class says that words were
# uttered: announcing and promising. With asking, saying and warning it lost more than it found on the training
# articles.
_NOMINAL_CLASSES = frozenset(["announce", "promise"])


_WORDS_OF_SPEECH = 4  # guideline: shorter fragments are doubtful
_ARGUMENT_CASES = frozenset(
    ["de", "d'", "du", "des", "à", "au", "contre", "sur", "par", "en", "comme", "pour", "que", "qu'", "avec"]
)


def clause(doc: Document, cue: Cue, stop: int) -> range | None:
    """que P: all that follows the first complementizer the cue governs."""
    if not cue.takes("clause", "question", "order"):
        return None
    wanted = doc.language.complementizers if cue.takes("clause", "order") else frozenset[str]()
    for i in range(cue.last + 1, stop):
        token = doc.tokens[i]
        if token.low in wanted and token.upos in ("SCONJ", "PRON", "ADV"):
            if doc.tokens[i - 1].low == "ce" and i == cue.last + 3:
                return range(i + 1, stop)  # "appelle à ce que"
            if cue.takes("clause") and doc.tokens[i - 1].word.text != "," and _governed(doc, cue, i):
                return range(i + 1, stop)
        if cue.takes("question") and token.low in doc.language.interrogatives and _governs_question(doc, cue, token):
            return range(i, stop)
        if _blocks(doc, cue, token) or (token.feat("VerbForm") == "Inf" and cue.takes("infinitive", "order")):
            return None
    return None


def _governed(doc: Document, cue: Cue, index: int) -> bool:
    """Whether a complementizer marks a clause of the cue, not a relative clause, a comparison or another verb's
    clause.
    """
    token = doc.tokens[index]
    if token.head < 0:
        return index == cue.last + 1
    if token.upos == "SCONJ" and _only_adjuncts(doc, range(cue.last + 1, index)):
        return True  # whatever the parser hung it on: nothing stands between that it could belong to
    clause_head = doc.tokens[token.head]
    if clause_head.deprel.startswith("acl:relcl") or token.upos == "PRON":
        return index == cue.last + 1 and clause_head.head == cue.head
    if token.upos == "ADV":
        return False
    if clause_head.index < cue.head:
        return index == cue.last + 1
    return doc.within(clause_head.index, cue.head) or index <= cue.last + 2


def _only_adjuncts(doc: Document, between: range) -> bool:
    """Whether only adverbs, times and prepositional phrases stand there: "a dit lundi à l'agence que"."""
    led = False
    for i in between:
        token = doc.tokens[i]
        if token.upos == "ADP":
            led = True
        elif token.upos not in ("ADV", "NOUN", "NUM") and not (led and token.upos in ("DET", "PROPN", "PRON", "ADJ")):
            return False
    return True


def _governs_question(doc: Document, cue: Cue, token: Token) -> bool:
    clause_head = doc.tokens[token.head] if token.head >= 0 else None
    return token.index == cue.last + 1 or (
        clause_head is not None and clause_head.deprel.startswith("ccomp") and clause_head.head == cue.head
    )


def _blocks(doc: Document, cue: Cue, token: Token) -> bool:
    """Whether a word ends the search for a complement: another clause has begun."""
    if token.word.text in (";", ":"):
        return True
    if doc.quoted(token.index) and not doc.quoted(cue.head):
        return True
    finite = token.upos in ("VERB", "AUX") and (token.feat("VerbForm") == "Fin" or bool(token.feat("Mood")))
    return finite and not any(
        a.deprel.startswith("acl") for a in (token, *doc.ancestors(token.index)) if a.index > cue.last
    )


def as_said(doc: Document, cue: Cue, stop: int) -> range | None:
    """Comme le rappelle X, P: what follows the comma behind the subject."""
    before = {doc.tokens[i].low for i in range(max(0, cue.first - 2), cue.first + 1)}
    if not before & doc.language.comparers or not cue.inverted or cue.subject is None:
        return None
    for i in range(cue.subject + 1, min(stop, cue.subject + 20)):
        if doc.tokens[i].word.text == ",":
            return range(i + 1, stop)
    return None


def infinitive(doc: Document, cue: Cue, stop: int) -> range | None:
    """dit vouloir P, promet de P, appelle X à P: the infinitive with what follows it, without its marker."""
    if not cue.takes("infinitive", "order"):
        return _bare_infinitive(doc, cue, stop)
    for i in range(cue.last + 1, min(stop, cue.last + 25)):
        token = doc.tokens[i]
        if token.feat("VerbForm") == "Inf" and token.upos in ("VERB", "AUX"):
            head = token.head if token.deprel.startswith(("aux", "cop")) else token.index
            if not _infinitive_of(doc, cue, doc.tokens[head], i):
                return None
            return range(_infinitive_start(doc, cue, i), stop)
        if _blocks(doc, cue, token) or token.word.text == ".":
            return None
    return None


def _bare_infinitive(doc: Document, cue: Cue, stop: int) -> range | None:
    """souligne avoir P: right behind a verb that takes a clause, an infinitive without marker is that clause."""
    if not cue.takes("clause"):
        return None
    for i in range(cue.last + 1, min(stop, cue.last + 5)):
        token = doc.tokens[i]
        if token.feat("VerbForm") == "Inf":
            return range(_infinitive_start(doc, cue, i), stop) if _marker(doc, i) == "" else None
        if token.upos not in ("ADV", "PRON"):
            return None
    return None


def _infinitive_of(doc: Document, cue: Cue, verb: Token, first: int) -> bool:
    if verb.head == cue.head and verb.deprel.split(":")[0] in ("xcomp", "ccomp", "advcl", "obl", "obj"):
        return _marker(doc, first) not in ("pour", "afin", "avant", "après", "sans")
    if cue.takes("order") and _marker(doc, first) in doc.language.infinitive_markers and _addressed(doc, cue, first):
        return True
    return first <= cue.last + 3 and _marker(doc, first) in ("", *doc.language.infinitive_markers)


def _addressed(doc: Document, cue: Cue, first: int) -> bool:
    """Whether somebody is addressed between the cue and an infinitive: "demande au conseil de", "appelle les élus
    à".
    """
    between = [doc.tokens[i] for i in range(cue.last + 1, first)]
    to = any(t.low in doc.language.infinitive_markers and t.upos == "ADP" for t in between[:-1])
    return to or any(is_human(doc, t) or t.upos == "PROPN" for t in between)


def _marker(doc: Document, first: int) -> str:
    """The word before an infinitive and its clitics and negation, where it is a preposition."""
    i = first - 1
    while i > 0 and (doc.tokens[i].upos == "PRON" or doc.tokens[i].low in doc.language.negators or doc.is_mark(i)):
        i -= 1
    return doc.tokens[i].low if doc.tokens[i].upos in ("ADP", "SCONJ") else ""


def _infinitive_start(doc: Document, cue: Cue, first: int) -> int:
    start = first
    while start - 1 > cue.last and (
        doc.tokens[start - 1].upos == "PRON"
        or doc.tokens[start - 1].low in doc.language.negators
        or doc.is_mark(start - 1)
    ):
        start -= 1
    return start


def colon(doc: Document, cue: Cue, stop: int) -> range | None:
    """X déclare : « … »: the quotation after the first colon."""
    if not cue.takes("quote", "clause"):
        return None
    unit = doc.units[doc.unit_of[cue.head]]
    for i in range(cue.last + 1, unit.stop - 1):
        if doc.tokens[i].word.text == ":":
            quotation = doc.quotation_of[i + 1]
            return quotation_range(doc, quotation) if quotation is not None and doc.is_mark(i + 1) else None
        if doc.quoted(i) or doc.tokens[i].word.text in (".", ";"):
            return None
    return None


def complement(doc: Document, cue: Cue, stop: int) -> range | None:
    """dénonce une « … », juge la mesure « … », parle de « … »: the complement that holds quoted words."""
    if not cue.takes("quote", "about", "noun", "clause", "infinitive", "order"):
        return None
    for i in range(cue.last + 1, stop):
        if doc.is_mark(i) and doc.quotation_of[i] is not None and doc.quotation_of[i] is not doc.quotation_of[cue.head]:
            quotation = doc.quotation_of[i]
            quoted = quotation_range(doc, quotation) if quotation is not None else range(i, i + 1)
            if not _may_be_words(doc, cue, quoted):
                return None
            return range(
                _complement_start(doc, cue, quoted), max(quoted.stop, _complement_stop(doc, cue, quoted, stop))
            )
        if _blocks(doc, cue, doc.tokens[i]) or doc.tokens[i].word.text == ".":
            return None
    return None


def _may_be_words(doc: Document, cue: Cue, quoted: range) -> bool:
    """Whether a quotation can be words of the speaker: not a name, a title or a term, not in an adjunct of time or
    place.
    """
    words = words_in(doc, quoted)
    begins = doc.tokens[words[0]] if words else None
    if begins is not None and begins.word.text[:1].isupper() and begins.upos != "PROPN" and quoted.start > cue.last + 1:
        return False  # in the middle of a sentence only a title begins with a capital
    if len(words) < _WORDS_OF_SPEECH:
        text = doc.tokens[words[0]].word.text if words else ""
        if not words or text[:1].isupper() or doc.is_term(quoted):
            return False
        before = doc.tokens[quoted.start - 1]
        if before.lemma in doc.language.stop_quotes or before.low in doc.language.stop_quotes:
            return False
    for child in doc.children(cue.head):
        reach = doc.subtree(child.index)
        if child.index > cue.last and reach[0] <= quoted.start <= reach[-1]:
            return _argument(doc, child)
    return True


def _argument(doc: Document, child: Token) -> bool:
    relation = child.deprel.split(":")[0]
    case = doc.child(child.index, "case", "mark")
    if relation in ("obl", "advcl", "nmod") and case is not None:
        return case.low in _ARGUMENT_CASES
    return relation not in ("nsubj", "advmod")


def _complement_start(doc: Document, cue: Cue, quoted: range) -> int:
    """The left edge of the cue's dependent that reaches the quotation, without its preposition."""
    for child in doc.children(cue.head):
        reach = doc.subtree(child.index)
        if (
            child.index > cue.last
            and reach[-1] >= quoted.start + 1
            and child.deprel.split(":")[0] not in ("nsubj", "advmod")
        ):
            start = max(reach[0], cue.last + 1)
            while start < quoted.start and doc.tokens[start].upos == "ADP":
                start += 1
            return min(start, quoted.start)
    return quoted.start


def _complement_stop(doc: Document, cue: Cue, quoted: range, stop: int) -> int:
    for child in doc.children(cue.head):
        reach = doc.subtree(child.index)
        if reach[0] < quoted.stop <= reach[-1] + 1 and child.index > cue.last:
            return min(stop, reach[-1] + 1)
    return quoted.stop


def predicate(doc: Document, cue: Cue, stop: int) -> range | None:
    """se dit choqué par P, juge souhaitable que P: an adjective or participle right behind the cue."""
    if "predicate" not in cue.verb.takes:
        return None
    for i in range(cue.last + 1, min(stop, cue.last + 6)):
        token = doc.tokens[i]
        if token.upos == "ADJ" or token.feat("VerbForm") == "Part":
            return range(cue.last + 1 if not doc.is_mark(i - 1) else i - 1, stop)
        if token.upos not in ("ADV", "PRON") and not doc.is_mark(i):
            return None
    return None


def told_after_colon(doc: Document, cue: Cue, stop: int) -> range | None:
    """X l'a confirmé lundi : P. The clause after a colon, without marks, where the cue has no other complement."""
    if not cue.takes("clause") or cue.form != "finite" or cue.subject is None:
        return None
    for i in range(cue.last + 1, stop - 4):
        token = doc.tokens[i]
        if token.word.text == ":":
            return (
                range(i + 1, stop) if any(doc.tokens[j].feat("VerbForm") == "Fin" for j in range(i + 1, stop)) else None
            )
        if token.upos in ("VERB", "AUX", "SCONJ") or doc.is_punct(i):
            return None
    return None


def nominal(doc: Document, cue: Cue, stop: int) -> range | None:
    """annonce la suppression de P: a nominal object that is itself what was said, without marks."""
    if not cue.takes("noun") or cue.verb.cls not in _NOMINAL_CLASSES or cue.form == "past":
        return None
    thing = next((c for c in doc.children(cue.head, "obj") if c.index > cue.last and c.upos == "NOUN"), None)
    if thing is None:
        return None
    reach = doc.subtree(thing.index)
    found = range(max(cue.last + 1, reach[0]), stop)
    return found if len(words_in(doc, found)) >= 3 else None


STRATEGIES: tuple[tuple[str, float, Strategy], ...] = (
    ("as-said", 0.85, as_said),
    ("clause", 0.9, clause),  # a complementizer leaves no doubt about where content begins
    ("colon", 0.9, colon),  # before complements: the quotation stands after the colon, not in an object
    ("predicate", 0.75, predicate),
    ("infinitive", 0.75, infinitive),
    ("complement", 0.75, complement),  # after infinitives, whose content may itself hold quoted words
    ("told", 0.6, told_after_colon),
    ("nominal", 0.5, nominal),  # without marks or clause, the least sure
)
