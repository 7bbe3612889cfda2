"""The verb group of a cue: auxiliaries, modals and clitics around a verb, and the form they give it."""

from __future__ import annotations

from typing import Literal

from quotetrack.attribution.document import Document, Token
from quotetrack.languages.types import Verb

Form = Literal["finite", "infinitive", "participle", "gerund", "past"]

_PARTICIPLE = ("é", "i", "u", "t", "s")


def modal_before(doc: Document, token: Token) -> Token | None:
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


def shares_auxiliary(doc: Document, token: Token) -> bool:
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


def surface_auxiliaries(doc: Document, token: Token) -> list[Token]:
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


def form_of(doc: Document, token: Token, finite: Token | None, auxiliaries: list[Token], first: int) -> Form:
    if finite is not None:
        return "finite"
    joined = not auxiliaries and token.deprel == "conj" and token.head >= 0 and token.low.endswith(_PARTICIPLE)
    if joined and doc.child(token.head, "aux") is not None:
        return "finite"  # "a concédé que ... et détaillé ...": the auxiliary is shared
    if not auxiliaries and shares_auxiliary(doc, token):
        return "finite"
    form = (auxiliaries[0] if auxiliaries else token).feat("VerbForm")
    if form == "Inf":
        return "infinitive"
    if (auxiliaries[0] if auxiliaries else token).feat("Tense") == "Pres" or token.low.endswith("ant"):
        gerund = first > 0 and doc.tokens[first - 1].low == "en"
        return "gerund" if gerund else "participle"
    return "past"


def is_inverted(subject: Token, finite: Token, token: Token) -> bool:
    """Whether the subject follows the verb; a pronoun between auxiliary and participle only stresses it (il a,
    lui, dit).
    """
    if subject.word.text.startswith("-"):
        return True
    return subject.index > finite.index and (finite is token or subject.index > token.index)


def is_passive(auxiliaries: list[Token], verb: Verb) -> bool:
    """Verbs of saying take avoir; with être they are reflexive or passive."""
    return not verb.reflexive and any(a.lemma == "être" or a.deprel == "aux:pass" for a in auxiliaries)


def with_clitics(doc: Document, first: int, token: Token) -> tuple[int, bool]:
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
        if (
            own
            and before.upos in ("PRON", "ADV")
            and len(before.word.text) <= 4
            and before.low not in ("qui", "que", "dont")
        ):
            first -= 1
        else:
            break
    return first, negated
