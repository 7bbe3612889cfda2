"""The words next to a cue that stand for the speaker, before anybody asks who that is."""

from __future__ import annotations

from quotetrack.attribution.cues import Cue, agents
from quotetrack.attribution.document import Document, Token
from quotetrack.attribution.sayers import can_speak
from quotetrack.model import Span

_NOT_OF_THE_PHRASE = (
    "acl",
    "appos",
    "parataxis",
    "cc",
    "conj",
    "punct",
    "ccomp",
    "advcl",
    "csubj",
    "nsubj",
    "cop",
    "obl",
)


def mention_of(doc: Document, cue: Cue) -> Span | None:
    """The expression for the speaker of a verb: agent of a passive, own subject, or the subject of what governs it."""
    if cue.passive or cue.form == "past":
        agent = next(iter(agents(doc, cue)), None)
        return phrase(doc, agent, skip_case=True) if agent is not None else None
    token = doc.tokens[cue.subject] if cue.subject is not None else governing_subject(doc, cue)
    if cue.form == "finite" and (token is None or not _may_speak(doc, cue, token) or _detached(doc, token)):
        token = surface_subject(doc, cue) or token
    if token is None or token.lemma in doc.language.time_nouns:
        return None
    return apposed_name(doc, token) or phrase(doc, token)


def _detached(doc: Document, token: Token) -> bool:
    """Whether a word stands alone before a comma at the head of its unit: "Agacé, Jean Martin rappelle que"."""
    first = doc.units[doc.unit_of[token.index]].start == token.index
    return first and token.index + 1 < len(doc.tokens) and doc.tokens[token.index + 1].word.text == ","


def apposed_name(doc: Document, token: Token) -> Span | None:
    """The name that follows a role after a comma: "le directeur adjoint de l'institut, Jean Martin, a dit"."""
    if token.lemma not in doc.language.roles and token.low not in doc.language.roles:
        return None
    for i in range(token.index + 1, min(token.index + 15, len(doc.tokens) - 1)):
        here = doc.tokens[i]
        if here.word.text == ",":
            last = i
            while last + 1 < len(doc.tokens) and doc.tokens[last + 1].upos == "PROPN":
                last += 1
            closed = last + 1 < len(doc.tokens) and doc.tokens[last + 1].word.text in (",", ".", "(")
            known = last > i + 1 and doc.language.gender_of_first_name(doc.tokens[i + 1].word.text) is not None
            return doc.span(range(i + 1, last + 1)) if known and closed else None
        if here.upos in ("VERB", "AUX", "PRON") or doc.is_mark(i):
            return None
    return None


def _may_speak(doc: Document, cue: Cue, token: Token) -> bool:
    if doc.unit_of[token.index] != doc.unit_of[cue.head] or (doc.quoted(token.index) and not doc.quoted(cue.head)):
        return False
    if token.upos == "PRON":
        return token.low not in ("c'", "ce", "ça", "cela", "ceci")
    return token.lemma not in doc.language.time_nouns and can_speak(doc, token)


def own_subject(doc: Document, cue: Cue) -> Token | None:
    """The subject of an absolute participle, which touches it: "X estime que P, Jeanne Martin relevant que"."""
    i = cue.first - 1
    if cue.form != "participle" or i < 0:
        return None
    if doc.tokens[i].word.text == ")":
        while i > 0 and doc.tokens[i].word.text != "(":
            i -= 1
        i -= 1
    last = i
    while i > 0 and doc.tokens[i].upos == "PROPN":
        i -= 1
    named = i < last and doc.tokens[i].word.text == ","
    return doc.tokens[i + 1] if named else None


def _in_relative(doc: Document, start: int, index: int) -> bool:
    """Whether a relative pronoun stands between a word and the last comma before it."""
    for i in range(index - 1, start - 1, -1):
        if doc.tokens[i].word.text == ",":
            return False
        if doc.tokens[i].feat("PronType") == "Rel" or doc.tokens[i].low in ("qui", "dont", "où"):
            return True
    return False


def is_thing(doc: Document, token: Token) -> bool:
    """Whether a word is the name of a thing, which says nothing: neither a name, nor human, nor a text."""
    return token.upos == "NOUN" and not can_speak(doc, token) and not token.word.text[:1].isupper()


def surface_subject(doc: Document, cue: Cue) -> Token | None:
    """The nearest noun phrase before a verb that can speak and that no preposition leads into.

    For sentences whose subject the parser missed: "Interrogé mardi, l'ancien maire Jean Martin, lui, a dit que".
    """
    unit = doc.units[doc.unit_of[cue.head]]
    found: Token | None = None
    for i in range(unit.start, cue.first):
        token = doc.tokens[i]
        if token.upos not in ("NOUN", "PROPN") or not _may_speak(doc, cue, token):
            continue
        first = i
        while first > unit.start and doc.tokens[first - 1].upos in ("DET", "ADJ", "NUM", "NOUN", "PROPN"):
            first -= 1
        if _in_relative(doc, unit.start, first):
            continue
        before = doc.tokens[first - 1].upos if first > unit.start else "PUNCT"
        if before in ("PUNCT", "CCONJ", "SCONJ", "VERB", "ADV"):
            found = doc.tokens[i] if found is None or before != "CCONJ" else found
    return found


def governing_subject(doc: Document, cue: Cue) -> Token | None:
    """The subject that a participle, gerund or infinitive shares with the verb above it, or the noun it modifies."""
    token = doc.tokens[cue.head]
    for ancestor in doc.ancestors(token.index):
        if token.deprel.startswith("acl") and not _inert(doc, ancestor):
            return ancestor
        subject = next(iter(doc.children(ancestor.index, "nsubj")), None)
        hidden = subject is not None and doc.quoted(subject.index) and not doc.quoted(cue.head)
        if subject is not None and subject.index != token.index and not hidden:
            return subject
        token = ancestor
    return None


def _inert(doc: Document, token: Token) -> bool:
    """Whether a noun, or the noun that "l'une de" counts, is a thing: what modifies it belongs to the subject above."""
    if token.upos == "PRON":
        counted = next(doc.children(token.index, "nmod"), None)
        return counted is not None and is_thing(doc, counted)
    return is_thing(doc, token)


def phrase(doc: Document, token: Token, skip_case: bool = False) -> Span:
    """The noun phrase of a word: determiner to last complement, up to a comma or a mark; a clitic without its
    hyphens.
    """
    if token.upos == "PRON" and next(doc.children(token.index, "nmod"), None) is None:
        return _pronoun(doc, token)
    low, high = token.index, token.index
    for child in doc.children(token.index):
        relation = child.deprel.split(":")[0]
        if relation in _NOT_OF_THE_PHRASE and not _close_name(doc, token, child):
            continue
        if relation == "case" and (skip_case or child.index < token.index):
            continue
        reach = doc.subtree(child.index)
        low = min(low, reach[0]) if child.index < token.index else low
        high = max(high, reach[-1]) if child.index > token.index else high
    high = _cut(doc, token.index, high)
    while high > token.index and _bare_time(doc, high):
        high -= 1  # "a indiqué la coalition lundi": the day belongs to the verb
    while low < token.index and doc.is_punct(low):
        low += 1
    return doc.span(range(low, high + 1))


def _close_name(doc: Document, token: Token, child: Token) -> bool:
    """A name set beside its role without a comma: "le ministre Jean Martin"."""
    return child.deprel.split(":")[0] == "appos" and not any(
        doc.is_punct(i) for i in range(token.index + 1, child.index)
    )


def _cut(doc: Document, head: int, high: int) -> int:
    for i in range(head + 1, high + 1):
        if doc.is_mark(i) or doc.tokens[i].word.text in (",", "(", ";", ":", "–", "—", "-", "."):
            return i - 1
        if doc.tokens[i].low in ("qui", "que", "qu'", "dont") or _adjunct(doc, i):
            return i - 1
    return high


def _bare_time(doc: Document, index: int) -> bool:
    """Whether a noun of time stands by itself: the "lundi" of "la coalition lundi", not the "ans" of "de 24 ans"."""
    before = doc.tokens[index - 1].upos
    return doc.tokens[index].lemma in doc.language.time_nouns and before not in ("NUM", "DET", "ADP", "ADJ")


def _adjunct(doc: Document, index: int) -> bool:
    """Whether a preposition leads away from the phrase: to a medium ("à l'AFP"), an occasion, a time."""
    token = doc.tokens[index]
    if token.upos != "ADP" or token.low in ("de", "d'", "en", "pour", "par", "chez"):
        return False
    if token.low != "à":
        return True
    return any(t.word.text[:1].isupper() for t in doc.tokens[index + 1 : index + 4] if t.upos in ("NOUN", "PROPN"))


def _pronoun(doc: Document, token: Token) -> Span:
    text = token.word.text
    start = token.span.start
    if text.startswith("-"):
        start = token.span.end - len(text.rsplit("-", 1)[-1])
    return Span(start, token.span.end)
