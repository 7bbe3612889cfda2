"""Cues: the verbs, prepositions and nouns that say that somebody said something.

A verb is a cue when language data knows it. What it governs is for the rules to find; here only its shape is read: the
words that belong to it (auxiliaries, clitics, the rest of a verbal expression), its form and its subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quotetrack.attribution.document import Document, Token
from quotetrack.attribution.sayers import can_speak
from quotetrack.languages.types import Verb
from quotetrack.model import Span

SET_OFF = frozenset(",!?…–—-")
_WORDS_OF_SPEECH = 4  # shorter quotations before an unlisted verb are mostly names: le journal « Le Matin » tient ...
_PARTICIPLE = ("é", "i", "u", "t", "s")
Form = Literal["finite", "infinitive", "participle", "gerund", "past"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying at its place.

    `first` and `last` are the outermost words of the verb group (with auxiliaries, clitics and inverted pronoun);
    `head` is the word that governs its complements. `form` is "past" for a participle without auxiliary.
    """

    verb: Verb
    head: int
    first: int
    last: int
    form: Form
    passive: bool
    negated: bool
    subject: int | None
    inverted: bool

    def takes(self, *kinds: str) -> bool:
        return any(k in self.verb.takes for k in kinds)


def verbal_cues(doc: Document) -> list[Cue]:
    """Every verb of saying of an article, in order."""
    found: list[Cue] = []
    taken: set[int] = set()
    for token in doc.tokens:
        if token.index in taken:
            continue
        cue = _verbal(doc, token) or _unlisted(doc, token)
        if cue is not None:
            found.append(cue)
            taken.update(range(token.index, cue.last + 1))
    return found


def _verbal(doc: Document, token: Token) -> Cue | None:
    if token.upos not in ("VERB", "AUX", "ADJ"):
        return None
    verbs = doc.language.verbs_by_head.get(token.lemma)
    if not verbs or (token.upos == "AUX" and token.deprel.startswith(("aux", "cop"))):
        return None
    if token.upos == "ADJ" and token.feat("VerbForm") != "Part":
        return None
    for verb in verbs:
        last = _expression_end(doc, token, verb)
        if last is not None and verb.reflexive == (_reflexive(doc, token) is not None):
            return _shape(doc, token, verb, last)
    return None


def _unlisted(doc: Document, token: Token) -> Cue | None:
    """A word that no list has, where only a verb of saying can stand: right behind a quotation and before its subject.

    "« … », élabore l'analyste." Taggers also take short forms for nouns there ("« … », note Jean Martin").
    """
    if token.upos not in ("VERB", "NOUN", "ADJ") or doc.quoted(token.index) or not token.word.text[:1].islower():
        return None
    verb = Verb(token.lemma, "exclaim", frozenset({"quote"}), (token.lemma,))
    if token.upos != "VERB":
        if not after_quotation(doc, token.index, _WORDS_OF_SPEECH) or not doc.tokens[token.index - 1].word.text.endswith(","):
            return None
        behind = doc.tokens[token.index + 1] if token.index + 1 < len(doc.tokens) else None
        if behind is None or not (behind.upos == "PROPN" or behind.word.text.startswith("-") or behind.upos == "DET"):
            return None
        return _shape(doc, token, verb, token.index, finite=token)
    cue = _shape(doc, token, verb, token.index)
    return cue if cue.form == "finite" and cue.inverted and after_quotation(doc, cue.first, _WORDS_OF_SPEECH) else None


def _expression_end(doc: Document, token: Token, verb: Verb) -> int | None:
    """The last word of the verb's expression, of whose words one adverb or pronoun each may stand apart."""
    index = token.index
    for word in verb.words[1:]:
        for step in (1, 2, 3):
            if index + step >= len(doc.tokens):
                return None
            after = doc.tokens[index + step]
            if after.low == word or after.lemma == word:
                index += step
                break
            if after.upos not in ("ADV", "PRON"):
                return None
        else:
            return None
    return index


def _reflexive(doc: Document, token: Token) -> Token | None:
    for child in doc.children(token.index):
        if child.lemma in ("se", "soi") and child.index < token.index:
            return child
    before = doc.tokens[token.index - 1] if token.index else None
    return before if before is not None and before.low in ("se", "s'") else None


def _shape(doc: Document, token: Token, verb: Verb, last: int, finite: Token | None = None) -> Cue:
    auxiliaries = [c for c in doc.children(token.index, "aux") if c.index < token.index or c.upos == "AUX"]
    if not auxiliaries:
        auxiliaries = _surface_auxiliaries(doc, token)
    modal = _modal(doc, token) if not auxiliaries else None
    first = min([token.index, *(a.index for a in auxiliaries), *([modal.index] if modal else [])])
    finite = modal or finite
    finite = finite or next((a for a in (*auxiliaries, token) if a.feat("VerbForm") == "Fin" or a.feat("Mood")), None)
    subject = _subject(doc, token, first)
    inverted = subject is not None and _is_inverted(subject, finite or token, token)
    if inverted and subject is not None and subject.word.text.startswith("-") and subject.index <= last + 2:
        last = max(last, subject.index)
    first, negated = _clitics(doc, first, token)
    return Cue(
        verb, token.index, first, last, _form(doc, token, finite, auxiliaries, first),
        _passive(auxiliaries, verb), negated,
        subject.index if subject is not None else None, inverted,
    )  # fmt: skip


def _passive(auxiliaries: list[Token], verb: Verb) -> bool:
    """Verbs of saying take avoir; with être they are reflexive or passive."""
    return not verb.reflexive and any(a.lemma == "être" or a.deprel == "aux:pass" for a in auxiliaries)


def _modal(doc: Document, token: Token) -> Token | None:
    """The finite modal just before an infinitive, with which it is one cue: "veut croire X", "tient à préciser X"."""
    if token.feat("VerbForm") != "Inf":
        return None
    for i in range(token.index - 1, max(-1, token.index - 4), -1):
        before = doc.tokens[i]
        if before.upos in ("VERB", "AUX"):
            return before if before.lemma in doc.language.modals and before.feat("VerbForm") == "Fin" else None
        if before.upos not in ("ADP", "ADV", "PRON"):
            return None
    return None


def _shares_auxiliary(doc: Document, token: Token) -> bool:
    """Whether a participle behind "et" goes on after one with an auxiliary: "a dit vouloir partir et accusé X"."""
    if token.feat("Tense") != "Past" or token.index < 2 or doc.tokens[token.index - 1].upos != "CCONJ":
        return False
    for i in range(token.index - 2, max(-1, token.index - 25), -1):
        before = doc.tokens[i]
        if before.feat("Tense") == "Past" and before.upos == "VERB" and before.feat("Gender") == token.feat("Gender"):
            return any(c.lemma == "avoir" for c in doc.children(i, "aux"))
        if before.feat("VerbForm") == "Fin" or doc.is_mark(i) or before.word.text in (";", ":"):
            return False
    return False


def _is_inverted(subject: Token, finite: Token, token: Token) -> bool:
    """Whether the subject follows the verb; a pronoun between auxiliary and participle only stresses it (il a, lui, dit)."""
    if subject.word.text.startswith("-"):
        return True
    return subject.index > finite.index and (finite is token or subject.index > token.index)


def _surface_auxiliaries(doc: Document, token: Token) -> list[Token]:
    """Auxiliaries just left of a participle that the parser did not attach to it."""
    if token.feat("VerbForm") != "Part" or token.feat("Tense") == "Pres":
        return []
    found = []
    for i in range(token.index - 1, max(-1, token.index - 6), -1):
        before = doc.tokens[i]
        if before.upos == "AUX":
            found.append(before)
        elif before.upos not in ("ADV", "PRON") and before.word.text not in ("-", "t"):
            break
    return found


def _form(doc: Document, token: Token, finite: Token | None, auxiliaries: list[Token], first: int) -> Form:
    if finite is not None:
        return "finite"
    if not auxiliaries and token.deprel == "conj" and token.head >= 0 and token.low.endswith(_PARTICIPLE):
        if doc.child(token.head, "aux") is not None:
            return "finite"  # "a concédé que ... et détaillé ...": the auxiliary is shared
    if not auxiliaries and _shares_auxiliary(doc, token):
        return "finite"
    form = (auxiliaries[0] if auxiliaries else token).feat("VerbForm")
    if form == "Inf":
        return "infinitive"
    if (auxiliaries[0] if auxiliaries else token).feat("Tense") == "Pres" or token.low.endswith("ant"):
        gerund = first > 0 and doc.tokens[first - 1].low == "en"
        return "gerund" if gerund else "participle"
    return "past"


def _subject(doc: Document, token: Token, first: int) -> Token | None:
    """The subject of a verb: an inverted clitic beside it, a phrase behind it in a reporting clause, or its own.

    Where a verb group is set off by a comma or the end of a quotation, the noun phrase that follows is the subject,
    whatever relation the parser chose: it often takes what stands before the comma for the subject and the speaker for
    an object.
    """
    for i in range(first, min(token.index + 3, len(doc.tokens))):
        if doc.tokens[i].word.text.startswith("-") and doc.tokens[i].low not in ("-t", "-t-", "-"):
            return doc.tokens[i]
    own = [*doc.children(token.index, "nsubj"), *doc.children(token.index, "expl:subj")]
    if not own and first != token.index:
        own = [*doc.children(first, "nsubj"), *doc.children(first, "expl:subj")]
    behind = postverbal_phrase(doc, token.index + 1) if set_off(doc, first) else None
    if behind is not None and _reports_what_precedes(doc, token, first, behind):
        return behind
    own = [c for c in own if c.index < first or c.index > token.index] or own
    near = [c for c in own if first - 3 < c.index < first and c.upos == "PRON"]
    if near:
        return near[-1]
    if own:
        return own[0]
    if token.deprel == "conj" and token.head >= 0:
        return next(iter(doc.children(token.head, "nsubj")), None)
    return None


def _reports_what_precedes(doc: Document, token: Token, first: int, behind: Token) -> bool:
    """Whether a set-off verb followed by a noun phrase is a reporting clause: a clause or a quotation stands before it."""
    if after_quotation(doc, first):
        return not any(doc.tokens[i].low in doc.language.complementizers for i in range(token.index + 1, behind.index))
    if not can_speak(doc, behind):
        return False
    unit = doc.units[doc.unit_of[first]]
    last = behind.index
    while last + 1 < unit.stop and doc.tokens[last + 1].upos == "PROPN":
        last += 1
    closes = behind.upos == "PROPN" and (last + 1 >= unit.stop or doc.tokens[last + 1].word.text in (".", "!", "?"))
    return closes or any(_main_verb(doc, i) for i in range(unit.start, first))


def _main_verb(doc: Document, index: int) -> bool:
    """Whether a finite verb heads a clause that is neither relative nor introduced by a conjunction."""
    token = doc.tokens[index]
    if token.feat("VerbForm") != "Fin" or token.upos not in ("VERB", "AUX"):
        return False
    head = doc.tokens[token.head] if token.deprel.startswith(("aux", "cop")) and token.head >= 0 else token
    if head.deprel.startswith("acl"):
        return False
    return not any(c.low in ("qui", "dont", "où", "si", "comme", "quand", "lorsque") for c in doc.children(head.index))


def after_quotation(doc: Document, first: int, words: int = 1) -> bool:
    """Whether a quotation of at least `words` words ends before a verb group, with at most a comma between."""
    i = _before_clitics(doc, first)
    if i > 0 and doc.tokens[i].word.text in (",", "–", "—", "-"):
        i -= 1
    elif i >= 0 and doc.is_mark(i) and not _ends_speech(doc, i):
        return False
    if i < 0:
        return False
    quotation = doc.quotation_of[i]
    if quotation is None or len(quotation.outer.of(doc.text).split()) < words:
        return False
    return (doc.is_mark(i) and doc.tokens[i].span.end == quotation.outer.end) or doc.tokens[i].span.end >= quotation.inner[-1].end


def _before_clitics(doc: Document, first: int) -> int:
    i = first - 1
    while i > 0 and doc.tokens[i].low in ("comme", "ainsi", "l'", "le", "s'", "se", "n'", "ne", "en", "y", "nous", "m'"):
        i -= 1
    return i


def set_off(doc: Document, first: int) -> bool:
    """Whether a comma or the end of a quotation stands just before a verb group."""
    i = _before_clitics(doc, first)
    if i < 0:
        return False
    before = doc.tokens[i]
    if before.word.text.strip()[-1:] in SET_OFF:
        return True
    return _ends_speech(doc, i)


def _ends_speech(doc: Document, index: int) -> bool:
    """Whether a mark closes a quotation that is a sentence; behind a name or term ("le « Matin » écrit") a verb goes on."""
    quotation = doc.quotation_of[index]
    if quotation is None or not doc.is_mark(index) or doc.tokens[index].span.end != quotation.outer.end:
        return False
    if doc.text[quotation.inner[-1].end - 1] in ".!?…":
        return True
    initial = doc.tokens[doc.units[doc.unit_of[index]].start].span.start >= quotation.outer.start
    return initial and len(quotation.outer.of(doc.text).split()) > _WORDS_OF_SPEECH


def postverbal_phrase(doc: Document, start: int) -> Token | None:
    """The head of the first noun phrase without preposition after a verb, past adverbs, times and prepositional phrases.

    "a annoncé mardi soir à l'agence le ministre" -> "ministre". A bare lower-case noun is a time ("mardi"), since French
    subjects have a determiner or are names.
    """
    i, stop = start, min(len(doc.tokens), start + 25)
    named: Token | None = None  # a name at the end of a prepositional phrase: "a expliqué aux enquêteurs Emma R."
    while i < stop:
        token = doc.tokens[i]
        if token.word.text in doc.language.titles:
            return next((t for t in doc.tokens[i + 1 : i + 4] if t.upos == "PROPN"), token)
        if token.upos == "DET" and i + 1 < stop and doc.tokens[i + 1].low == "peu":
            i += 2  # "un peu plus tard"
            continue
        if token.upos in ("DET", "PROPN", "NUM"):
            head = _phrase_head(doc, i, stop)
            if head is None or head.lemma not in doc.language.time_nouns:
                return head
            i = head.index
        if token.upos == "PRON":
            return token if token.feat("PronType") in ("Ind", "Dem") or token.low in ("lui", "elle", "un", "une") else None
        if token.upos == "NOUN" and token.word.text[:1].isupper():
            return _phrase_head(doc, i, stop)
        if token.upos in ("ADV", "ADJ", "NOUN") or (doc.is_mark(i) and i == start):
            i += 1
        elif token.upos == "ADP":
            behind = _past_prepositional(doc, i + 1, stop)
            named = named or _name_behind_noun(doc, range(i + 1, behind))
            i = behind
        else:
            return named
    return named


def _name_behind_noun(doc: Document, where: range) -> Token | None:
    for i in where[1:]:
        before = doc.tokens[i - 1]
        if doc.tokens[i].upos == "PROPN" and before.upos == "NOUN" and before.word.text[:1].islower():
            return doc.tokens[i]
    return None


def _phrase_head(doc: Document, start: int, stop: int) -> Token | None:
    for i in range(start, min(stop, start + 6)):
        token = doc.tokens[i]
        if token.upos in ("NOUN", "PROPN", "PRON"):
            return token
        if token.upos not in ("DET", "ADJ", "NUM", "ADV") and not doc.is_mark(i):
            return None
    return None


def _past_prepositional(doc: Document, i: int, stop: int) -> int:
    """The first word after a prepositional phrase: a determiner or name that no preposition or noun leads into."""
    named = False
    while i < stop:
        token = doc.tokens[i]
        if token.upos in ("NOUN", "PROPN", "PRON", "NUM"):
            named = True
        elif token.upos == "DET" and named:
            return i
        elif token.upos == "ADP":
            named = False
        elif token.upos not in ("DET", "ADJ", "ADV"):
            return i
        i += 1
    return i


def _clitics(doc: Document, first: int, token: Token) -> tuple[int, bool]:
    """The verb group widened to the clitics and negation left of it, and whether it is negated."""
    negators = doc.language.negators
    negated = any(
        doc.tokens[i].low in negators and doc.tokens[i].low not in ("que", "qu'")
        for i in range(max(0, first - 3), token.index + 1)
        if doc.tokens[i].head in (token.index, -1) or abs(i - token.index) <= 2
    )
    while first > 0:
        before = doc.tokens[first - 1]
        own = before.head == token.index and before.deprel.split(":")[0] in ("expl", "obj", "iobj", "advmod")
        if own and before.upos in ("PRON", "ADV") and len(before.word.text) <= 4 and before.low not in ("qui", "que", "dont"):
            first -= 1
        else:
            break
    return first, negated


def cue_span(doc: Document, cue: Cue) -> Span:
    """The words of a cue, with the "en" of a gerund."""
    first = cue.first - 1 if cue.form == "gerund" else cue.first
    return doc.span(range(first, cue.last + 1))


def agents(doc: Document, cue: Cue) -> Iterator[Token]:
    """Who speaks where the verb is passive: "jugé inutile par X"."""
    for child in doc.children(cue.head):
        if child.deprel == "obl:agent" or (child.deprel.startswith("obl") and _case(doc, child) == "par"):
            yield child


def _case(doc: Document, token: Token) -> str:
    case = doc.child(token.index, "case")
    return case.low if case is not None else ""
