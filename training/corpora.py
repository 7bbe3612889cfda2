"""Read the treebanks, bring them to one set of conventions, and vary them.

The treebanks disagree on relation subtypes and on the annotation of reporting
clauses, all write straight apostrophes but for one, and nearly all
of their sentences are plain prose that ends in a full stop. Press text does not.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

WRITTEN = ("fr_sequoia-ud-train", "fr_gsd-ud-dev", "fr_pud-ud-test")
QUESTIONS = ("fr_fqb-ud-test",)
SPOKEN = (
    "fr_rhapsodie-ud-train",
    "fr_rhapsodie-ud-dev",
    "fr_rhapsodie-ud-test",
    "fr_parisstories-ud-train",
    "fr_parisstories-ud-dev",
)
DEVELOPMENT = "fr_sequoia-ud-dev"
TESTS = {"gsd": "fr_gsd-ud-test", "sequoia": "fr_sequoia-ud-test"}

SUBTYPES = frozenset(
    ["nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "flat:name", "acl:relcl", "parataxis:insert", "expl:subj"]
)
FEATURES = frozenset(["Gender", "Number", "Person", "Tense", "Mood", "VerbForm", "PronType", "Polarity", "Poss"])
REPORTING = frozenset(
    [
        "dire",
        "déclarer",
        "affirmer",
        "expliquer",
        "estimer",
        "souligner",
        "ajouter",
        "indiquer",
        "assurer",
        "préciser",
        "annoncer",
        "rappeler",
        "regretter",
        "dénoncer",
        "conclure",
        "lancer",
        "poursuivre",
        "répondre",
        "confier",
        "raconter",
        "demander",
        "juger",
        "insister",
        "reconnaître",
        "noter",
        "plaisanter",
        "écrire",
        "commenter",
    ]
)


@dataclass(frozen=True)
class Word:
    """A syntactic word of a tree; heads count from 1, 0 is the root."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str


@dataclass(frozen=True)
class Token:
    """A surface token: words[first:last] of its sentence, and what follows it."""

    form: str
    first: int
    last: int
    space_after: bool = True


@dataclass(frozen=True)
class Sentence:
    """A tree and the surface it was read from."""

    words: tuple[Word, ...]
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        return "".join(t.form + " " * t.space_after for t in self.tokens).strip()

    def conllu(self) -> str:
        """The sentence as a CoNLL-U block, with its closing empty line."""
        lines = [f"# text = {self.text}"]
        for token in self.tokens:
            misc = "_" if token.space_after else "SpaceAfter=No"
            span = token.last - token.first
            if span > 1:
                number = f"{token.first + 1}-{token.last}"
                lines.append("\t".join([number, token.form] + ["_"] * 7 + [misc]))
            for i in range(token.first, token.last):
                w = self.words[i]
                columns = [str(i + 1), w.form, w.lemma, w.upos, "_", w.feats, str(w.head)]
                lines.append("\t".join([*columns, w.deprel, "_", "_" if span > 1 else misc]))
        return "\n".join(lines) + "\n\n"


def relation(deprel: str) -> str:
    """Keep the relation subtypes that attribution needs, strip the others."""
    return deprel if deprel in SUBTYPES else deprel.split(":")[0]


def features(feats: str) -> str:
    """Keep the morphological features that attribution needs."""
    kept = [f for f in feats.split("|") if f.split("=")[0] in FEATURES]
    return "|".join(kept) or "_"


def parse(block: str) -> Sentence:
    """One CoNLL-U block, its relations and features reduced."""
    words: list[Word] = []
    tokens: list[Token] = []
    covered = 0
    for line in block.splitlines():
        columns = line.split("\t")
        if line.startswith("#") or "." in columns[0]:
            continue
        number, form, lemma, upos, _, feats, head, deprel, _, misc = columns
        space = "SpaceAfter=No" not in misc
        if "-" in number:
            first, last = (int(n) for n in number.split("-"))
            tokens.append(Token(form, first - 1, last, space))
            covered = last
            continue
        words.append(Word(form, lemma, upos, features(feats), int(head), relation(deprel)))
        if len(words) > covered:
            tokens.append(Token(form, len(words) - 1, len(words), space))
    return Sentence(tuple(words), tuple(tokens))


def read(path: Path) -> list[Sentence]:
    """The sentences of a CoNLL-U file, plain or xz."""
    opener: Callable[..., object] = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:  # type: ignore[attr-defined]
        return [parse(block) for block in file.read().strip().split("\n\n")]


def treebank(shared: Path, name: str) -> list[Sentence]:
    """The treebank of that name, brought to the common conventions."""
    sentences = read(shared / "ud" / f"{name}.conllu.xz")
    if name.startswith("fr_pud"):
        sentences = [agents(incises(s)) for s in sentences]
    return sentences


def incises(sentence: Sentence) -> Sentence:
    """PUD hangs a preceding quotation on its reporting verb; turn that round.

    GSD and Sequoia make the quotation the root and the reporting clause its
    `parataxis:insert`.
    """
    words = list(sentence.words)
    for i, verb in enumerate(words, 1):
        if verb.lemma not in REPORTING or verb.deprel != "root":
            continue
        for j, quoted in enumerate(words[: i - 1], 1):
            if quoted.head != i or quoted.deprel != "parataxis":
                continue
            words[j - 1] = replace(quoted, head=0, deprel="root")
            words[i - 1] = replace(verb, head=j, deprel="parataxis:insert")
            if words[-1].deprel == "punct":
                words[-1] = replace(words[-1], head=j)
            return replace(sentence, words=tuple(words))
    return sentence


def agents(sentence: Sentence) -> Sentence:
    """PUD leaves the agent of a passive a plain `obl`."""
    words = list(sentence.words)
    passive = {w.head for w in words if w.deprel == "aux:pass"}
    by = {w.head for w in words if w.deprel == "case" and w.lemma == "par"}
    for i, word in enumerate(words, 1):
        if word.deprel == "obl" and word.head in passive and i in by:
            words[i - 1] = replace(word, deprel="obl:agent")
    return replace(sentence, words=tuple(words))


def write(path: Path, sentences: Iterable[Sentence]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(s.conllu() for s in sentences), encoding="utf-8")


# Variation


@dataclass(frozen=True)
class Typography:
    """How a text writes apostrophes and quotation marks."""

    apostrophe: str
    opening: str
    closing: str
    inner_space: bool


TYPOGRAPHIES = (
    Typography("'", '"', '"', False),
    Typography("’", '"', '"', False),
    Typography("'", "«", "»", True),
    Typography("’", "«", "»", True),
    Typography("'", "«", "»", False),
    Typography("’", "“", "”", False),
    Typography("'", "“", "”", False),
)
MARKS = frozenset('"«»“”')


def restyle(sentence: Sentence, style: Typography) -> Sentence:
    """The same tree written with other apostrophes and quotation marks."""
    words = list(sentence.words)
    tokens = list(sentence.tokens)
    opened = False
    for t, token in enumerate(tokens):
        if token.form in MARKS:
            opening = token.form in "«“" or (token.form == '"' and not opened)
            opened = opening
            mark = style.opening if opening else style.closing
            word = words[token.first]
            words[token.first] = replace(word, form=mark, lemma=mark)
            if opening:
                tokens[t] = replace(token, form=mark, space_after=style.inner_space)
                if t and sentence.tokens[t - 1].form not in "(-–":
                    tokens[t - 1] = replace(tokens[t - 1], space_after=True)
            else:
                space = token.space_after and token.form != "«"
                tokens[t] = replace(token, form=mark, space_after=space)
                if t:
                    tokens[t - 1] = replace(tokens[t - 1], space_after=style.inner_space)
        elif "'" in token.form or "’" in token.form:
            tokens[t] = replace(token, form=apostrophes(token.form, style))
            for i in range(token.first, token.last):
                words[i] = replace(words[i], form=apostrophes(words[i].form, style))
    return Sentence(tuple(words), tuple(tokens))


def apostrophes(form: str, style: Typography) -> str:
    return form.replace("'", style.apostrophe).replace("’", style.apostrophe)


def mark(form: str, head: int) -> Word:
    return Word(form, form, "PUNCT", "_", head, "punct")


def enclose(sentence: Sentence, before: bool, after: bool) -> Sentence:
    """Put the sentence, or one end of it, in quotation marks."""
    shift = int(before)
    words = [replace(w, head=w.head + shift if w.head else 0) for w in sentence.words]
    tokens = [replace(t, first=t.first + shift, last=t.last + shift) for t in sentence.tokens]
    root = next(i for i, w in enumerate(words, 1) if w.head == 0) + shift
    if before:
        words.insert(0, mark("«", root))
        tokens.insert(0, Token("«", 0, 1, True))
    if after:
        tokens[-1] = replace(tokens[-1], space_after=True)
        words.append(mark("»", root))
        tokens.append(Token("»", len(words) - 1, len(words), True))
    return Sentence(tuple(words), tuple(tokens))


def headline(sentence: Sentence) -> Sentence:
    """The sentence without its full stop."""
    last = sentence.words[-1]
    if last.form != "." or len(sentence.words) < 3:
        return sentence
    return Sentence(sentence.words[:-1], sentence.tokens[:-1])


def vary(sentence: Sentence, rng: random.Random) -> Sentence:
    """One random variant of the sentence, as press text might print it."""
    if not any(t.form in MARKS for t in sentence.tokens):
        chance = rng.random()
        if chance < 0.08:
            sentence = enclose(sentence, True, True)
        elif chance < 0.12:
            sentence = enclose(sentence, True, False)
        elif chance < 0.16:
            sentence = enclose(sentence, False, True)
        elif chance < 0.24:
            sentence = headline(sentence)
    return restyle(sentence, rng.choice(TYPOGRAPHIES))


def variants(sentences: Sequence[Sentence], seed: int) -> Iterator[Sentence]:
    """Every sentence as it is and in one random variant."""
    rng = random.Random(seed)
    for sentence in sentences:
        yield sentence
        yield vary(sentence, rng)
