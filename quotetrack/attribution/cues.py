"""Cues: the verbs, prepositions and nouns that say that somebody said something.

A verb is a cue when language data knows it. What it governs is for the rules to find; here only its shape is read: the
words that belong to it (auxiliaries, clitics, the rest of a verbal expression), its form and its subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotetrack.attribution.document import Document, Token
from quotetrack.attribution.subjects import WORDS_OF_SPEECH, after_quotation, subject_of
from quotetrack.attribution.verb_groups import (
    Form,
    form_of,
    is_inverted,
    is_passive,
    modal_before,
    surface_auxiliaries,
    with_clitics,
)
from quotetrack.languages.types import Verb
from quotetrack.model import Span


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
        if not after_quotation(doc, token.index, WORDS_OF_SPEECH) or not doc.tokens[token.index - 1].word.text.endswith(
            ","
        ):
            return None
        behind = doc.tokens[token.index + 1] if token.index + 1 < len(doc.tokens) else None
        if behind is None or not (behind.upos == "PROPN" or behind.word.text.startswith("-") or behind.upos == "DET"):
            return None
        return _shape(doc, token, verb, token.index, finite=token)
    cue = _shape(doc, token, verb, token.index)
    return cue if cue.form == "finite" and cue.inverted and after_quotation(doc, cue.first, WORDS_OF_SPEECH) else None


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
        auxiliaries = surface_auxiliaries(doc, token)
    modal = modal_before(doc, token) if not auxiliaries else None
    first = min([token.index, *(a.index for a in auxiliaries), *([modal.index] if modal else [])])
    finite = modal or finite
    finite = finite or next((a for a in (*auxiliaries, token) if a.feat("VerbForm") == "Fin" or a.feat("Mood")), None)
    subject = subject_of(doc, token, first)
    inverted = subject is not None and is_inverted(subject, finite or token, token)
    if inverted and subject is not None and subject.word.text.startswith("-") and subject.index <= last + 2:
        last = max(last, subject.index)
    first, negated = with_clitics(doc, first, token)
    return Cue(
        verb, token.index, first, last, form_of(doc, token, finite, auxiliaries, first),
        is_passive(auxiliaries, verb), negated,
        subject.index if subject is not None else None, inverted,
    )  # fmt: skip


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
