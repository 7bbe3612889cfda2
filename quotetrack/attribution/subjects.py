"""The subject of a verb of saying, and whether its clause reports what stands before it.

French inverts in reporting clauses; the order of words on the surface decides, before the parser's relations.
"""

from __future__ import annotations

from quotetrack.attribution.document import Document, Token
from quotetrack.attribution.sayers import can_speak

SET_OFF = frozenset(",!?…–—-")
# Shorter quotations before a verb are mostly names: le journal « Le Matin » tient ...
WORDS_OF_SPEECH = 4


def subject_of(doc: Document, token: Token, first: int) -> Token | None:
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
    """Whether a set-off verb followed by a noun phrase is a reporting clause: a clause or a quotation stands
    before it.
    """
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
    return (doc.is_mark(i) and doc.tokens[i].span.end == quotation.outer.end) or doc.tokens[
        i
    ].span.end >= quotation.inner[-1].end


def _before_clitics(doc: Document, first: int) -> int:
    i = first - 1
    while i > 0 and doc.tokens[i].low in (
        "comme",
        "ainsi",
        "l'",
        "le",
        "s'",
        "se",
        "n'",
        "ne",
        "en",
        "y",
        "nous",
        "m'",
    ):
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
    """Whether a mark closes a quotation that is a sentence; behind a name or term ("le « Matin » écrit") a verb
    goes on.
    """
    quotation = doc.quotation_of[index]
    if quotation is None or not doc.is_mark(index) or doc.tokens[index].span.end != quotation.outer.end:
        return False
    if doc.text[quotation.inner[-1].end - 1] in ".!?…":
        return True
    initial = doc.tokens[doc.units[doc.unit_of[index]].start].span.start >= quotation.outer.start
    return initial and len(quotation.outer.of(doc.text).split()) > WORDS_OF_SPEECH


def postverbal_phrase(doc: Document, start: int) -> Token | None:
    """The head of the first noun phrase without preposition after a verb, past adverbs, times and such phrases.

    "a annoncé mardi soir à l'agence le ministre" -> "ministre". A bare lower-case noun is a time ("mardi"), since
    French
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
            return (
                token if token.feat("PronType") in ("Ind", "Dem") or token.low in ("lui", "elle", "un", "une") else None
            )
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


def _begins_name(doc: Document, index: int) -> bool:
    """Whether a first name with a surname begins there: the speaker of "a dit sur Europe 1 Jeanne Martin"."""
    after = doc.tokens[index + 1] if index + 1 < len(doc.tokens) else None
    token = doc.tokens[index]
    if token.upos != "PROPN" or after is None or after.upos != "PROPN" or doc.tokens[index - 1].low in ("de", "d'"):
        return False
    return doc.language.gender_of_first_name(token.word.text) is not None


def _past_prepositional(doc: Document, i: int, stop: int) -> int:
    """The first word after a prepositional phrase: a determiner or name that no preposition or noun leads into."""
    named = False
    while i < stop:
        token = doc.tokens[i]
        if named and _begins_name(doc, i):
            return i
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
