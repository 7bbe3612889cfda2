"""The form of the main clauses of a quote: tense, mood, the future by all the ways there are of saying it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotetrack.claims.tree import Tree
from quotetrack.languages import Language
from quotetrack.languages.statements import StatementWords
from quotetrack.model import Quote, Word

REACH = 5  # words from "aller" to its infinitive: ne vont pas tout de suite le faire


@dataclass(frozen=True, slots=True)
class Content:
    """A quote's words with what all features ask of them; `mains` are the heads of its main clauses, in order."""

    quote: Quote
    words: tuple[int, ...]
    mains: tuple[int, ...]
    tree: Tree
    lexicon: StatementWords
    language: Language

    def word(self, index: int) -> Word:
        return self.tree.words[index]

    def lemma(self, index: int) -> str:
        return self.tree.words[index].lemma.lower()

    def child(self, index: int, *deprels: str) -> int | None:
        return next(self.tree.children(index, *deprels), None)


def main_clauses(words: Sequence[int], tree: Tree) -> tuple[int, ...]:
    """The head of what the quote takes of each sentence, and the clauses that stand beside it."""
    heads: list[int] = []
    for number in dict.fromkeys(tree.sentence[i] for i in words):
        inside = [i for i in words if tree.sentence[i] == number]
        top = tree.top(inside)
        if top is None:
            continue
        beside = [i for i in tree.children(top, "conj", "parataxis") if i in inside and tree.words[i].upos == "VERB"]
        heads += [top, *beside]
    return tuple(heads)


def ahead(word: Word, lexicon: StatementWords) -> str | None:
    """ "future" or "conditional" where the form of a verb says so; a tag alone is believed of no other form."""
    if word.upos not in ("VERB", "AUX"):
        return None
    by_form = lexicon.ahead(word.text.lower(), word.lemma.lower())
    if by_form or word.feats.get("VerbForm") != "Fin":
        return by_form
    ending = word.text.lower()
    if word.feats.get("Mood") == "Cnd" and ending.endswith(tuple(f"r{e}" for e in lexicon.conditional_endings)):
        return "conditional"
    if word.feats.get("Tense") == "Fut" and ending.endswith(tuple(f"r{e}" for e in lexicon.future_endings)):
        return "future"
    return None


def going(content: Content, index: int) -> bool:
    """Whether a word is the auxiliary of a near future, its infinitive a few words on."""
    word = content.word(index)
    if word.lemma not in content.lexicon.going_to or word.feats.get("VerbForm") != "Fin":
        return False
    for other in content.tree.words[index + 1 : index + 1 + REACH]:
        if other.feats.get("VerbForm") == "Inf":
            return True
        if other.upos in ("NOUN", "PROPN", "ADP", "PUNCT") or other.feats.get("VerbForm") == "Fin":
            return False
    return False


def form(content: Content, head: int) -> str:
    """The form of the clause with this head: "future", "going to", "conditional", "hearsay", "past", "present" ..."""
    chain = [head, *content.tree.children(head, "aux", "cop")]
    words = [content.word(i) for i in chain]
    times = [a for w in words if (a := ahead(w, content.lexicon))]
    if times:
        return _unreal(content, head, words, times[0])
    if any(going(content, i) for i in chain):
        return "going to"
    finite = [w for w in words if w.feats.get("VerbForm") == "Fin"]
    if not finite:
        return _bare(content, head, words)
    if any(w.feats.get("Mood") == "Imp" for w in finite):
        return "imperative"
    participle = any(w.feats.get("VerbForm") == "Part" and w.feats.get("Tense") != "Pres" for w in words)
    if participle and any(w.lemma == "avoir" or w.deprel == "aux:tense" for w in finite):
        return "past"
    tenses = {w.feats.get("Tense", "") for w in finite}
    if "Imp" in tenses:
        due = content.lemma(head) in content.lexicon.obligation and _infinitive_below(content, head)
        return "was to" if due else "imperfect"
    return "past" if "Past" in tenses else "subjunctive" if finite[0].feats.get("Mood") == "Sub" else "present"


def _unreal(content: Content, head: int, words: Sequence[Word], time: str) -> str:
    """A future or conditional: a perfect one tells of the past (il aurait reçu), a modal one of what may be."""
    perfect = any(ahead(w, content.lexicon) and w.lemma == "avoir" and w.upos == "AUX" for w in words)
    perfect = perfect or any(ahead(w, content.lexicon) and w.deprel == "aux:tense" for w in words)
    if perfect:
        return "future perfect" if time == "future" else "hearsay"
    if time == "conditional" and content.lemma(head) in content.lexicon.possibility | content.lexicon.obligation:
        return "conditional of " + (
            "possibility" if content.lemma(head) in content.lexicon.possibility else "obligation"
        )
    return time


def _bare(content: Content, head: int, words: Sequence[Word]) -> str:
    """A clause without a finite verb: infinitive, past infinitive (avoir reçu), participle, noun, adjective."""
    shape = content.word(head).feats.get("VerbForm", "")
    auxiliary = any(w.feats.get("VerbForm") == "Inf" and w.lemma in ("avoir", "être") for w in words[1:])
    if shape == "Part" and auxiliary:
        passive = any(w.deprel == "aux:pass" for w in words)
        return "infinitive" if passive else "past infinitive"
    if shape == "Inf":
        return "infinitive"
    if shape == "Part":
        return "participle"
    upos = content.word(head).upos
    return {"NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "NUM": "number"}.get(upos, "nothing")


def _infinitive_below(content: Content, head: int) -> bool:
    return any(content.word(i).feats.get("VerbForm") == "Inf" for i in content.tree.children(head, "xcomp", "ccomp"))


def subject(content: Content, head: int) -> str:
    """Who does it: "I", "we", "you", "speaker", "he", "it", "name", "noun", "none"."""
    found = content.child(head, "nsubj", "expl:subj")
    if found is None:
        return "none"
    word = content.word(found)
    text = word.text.lower()
    if word.feats.get("Person") == "1":
        return "we" if word.feats.get("Number") == "Plur" else "I"
    if text in content.language.first_person or text == "on":
        return "we"
    if word.feats.get("Person") == "2":
        return "you"
    if content.quote.speaker and word.upos in ("PROPN", "NOUN") and _is_speaker(content, found):
        return "speaker"
    if word.upos == "PRON":
        own = text in ("il", "elle", "ils", "elles") and content.quote.kind != "direct"
        return "it" if not own or word.deprel.startswith("expl") else "he"
    return "name" if word.upos == "PROPN" else "noun"


def _is_speaker(content: Content, index: int) -> bool:
    """Whether a subject names the speaker, or the body that he speaks for (le gouvernement, said by its own)."""
    speaker = content.quote.speaker
    if speaker is None:
        return False
    named = set(f"{speaker.name} {speaker.role or ''}".lower().replace("’", " ").replace("'", " ").split())
    return content.word(index).text.lower() in named or content.lemma(index) in named


def infinitives(content: Content, head: int) -> Iterator[int]:
    """Infinitives and nouns that complete a head: compte faire, prêt à partir, l'intention de partir."""
    for child in content.tree.children(head, "xcomp", "ccomp", "advcl", "acl", "obl"):
        if content.word(child).feats.get("VerbForm") == "Inf":
            yield child
