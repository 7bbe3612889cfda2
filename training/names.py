"""Silver names: keep the sentences of press text on which the evidence agrees.

Two spaCy models mark names (`silver_entities`). How a name is labelled all over
the corpus, and by whom its bearer is mentioned elsewhere in the article, settles
most of their differences; sentences with an unsettled one are dropped.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import stanza

LABELS = ("PER", "ORG", "LOC", "MISC")
HELD_BACK = 12  # every 12th article used is held back
KNOWN = 6  # votes that make a name known in the corpus (two models, so three mentions)
SHARE = 0.8  # share of its votes that a label must have
ARTICLE_VOTES = 4
PLACE_TEXTS = 8  # paragraphs (counted for two models) that must mention a one-word place
LEADING = re.compile(r"^(?:[\W_]+|(?:les?|la|des?|du|MM?\.|Mmes?|Mgr|l['’]|d['’])(?=[\s\w])\s*)+")
# A capital article belongs to the name (`Le Monde`) unless a sentence starts with it.
CAPITAL_ARTICLE = re.compile(r"(?:Les? |La |L['’])$")
STARTS_WITH_ARTICLE = re.compile(r"^(?:Les? |La |L['’])")
SENTENCE_START = re.compile(r"(?:^|[.!?:…\"«“”»-]\s*)$")
# Written with a capital, but no names, and what ministers are in charge of.
NO_NAMES = frozenset(("état", "etat", "république", "premier ministre", "pdg", "pib", "rtt", "smic", "etat-major"))
PORTFOLIO = re.compile(
    r"(?:[Mm]inistres?|[Ss]ecrétaires? d['’][EÉ]tat|[Mm]inistère|déléguée?|chargée?|portefeuille)"
    r" (?:\w+ )?(?:de l['’]|de la |du |des |d['’]|à l['’]|à la |aux? )$"
)
TRAILING = re.compile(r"[\s\W_]+$")
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Tagged:
    """A tokenised sentence and its BIOES tags."""

    tokens: tuple[str, ...]
    tags: tuple[str, ...]


def key(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'"))


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without article, title and punctuation at its ends; None if nothing is left."""
    name = text[start:end]
    if match := LEADING.match(name):
        rest = name[match.end() :]
        if rest[:1].isupper() or rest[:1].isdigit():
            start, name = start + match.end(), rest
    before = text[:start]
    if match := STARTS_WITH_ARTICLE.match(name):
        if SENTENCE_START.search(before) and name[match.end() :][:1].isupper():
            start, name = start + match.end(), name[match.end() :]
    elif (match := CAPITAL_ARTICLE.search(before)) and not SENTENCE_START.search(before[: match.start()]):
        start = match.start()
        name = text[start:end]
    keep = ")" if "(" in name else ""
    if (match := TRAILING.search(name)) and match.group() != keep and not name.endswith("."):
        end -= len(match.group())
    if start >= end or not any(c.isupper() for c in text[start:end]):
        return None
    if key(text[start:end]).lower() in NO_NAMES or PORTFOLIO.search(text[:start]):
        return None
    return start, end


def spans(text: str, names: Iterable[Sequence[Any]]) -> list[Span]:
    """Cleaned spans of one model."""
    out = []
    for start, end, label in names:
        if place := trimmed(text, start, end):
            out.append((*place, label))
    return out


class Votes:
    """What every name was called in a set of texts."""

    def __init__(self) -> None:
        self.labels: dict[str, Counter[str]] = defaultdict(Counter)
        self.texts: Counter[str] = Counter()

    def add(self, text: str, found: Iterable[Span]) -> None:
        names = set()
        for start, end, label in found:
            name = key(text[start:end])
            self.labels[name][label] += 1
            names.add(name)
        self.texts.update(names)

    def verdict(self, name: str, votes: int) -> str | None:
        """The label that nearly all of at least `votes` votes give, or None."""
        counts = self.labels.get(name)
        if not counts or counts.total() < votes:
            return None
        label, count = counts.most_common(1)[0]
        return label if count >= SHARE * counts.total() else None


class Judge:
    """Settles the label of a name in one article."""

    def __init__(self, corpus: Votes, article: Votes) -> None:
        self.corpus = corpus
        self.article = article
        self.surnames: dict[str, str] = {}
        for name in article.labels:
            if " " in name and self._known(name) == "PER":
                self.surnames[name.rsplit(" ", 1)[1]] = "PER"

    def _known(self, name: str) -> str | None:
        return self.corpus.verdict(name, KNOWN) or self.article.verdict(name, ARTICLE_VOTES)

    def label(self, name: str, votes: Sequence[str]) -> str | None:
        """Label of a name, given what the models call it here."""
        if name in self.surnames:
            return self.surnames[name]
        found = self._known(name) or (votes[0] if votes[0] == votes[1] else None)
        # Both models call an unknown word a place when they know nothing better.
        if found == "LOC" and " " not in name and self.corpus.texts[name] < PLACE_TEXTS:
            return None
        return found

    def certain(self, name: str) -> str | None:
        """Label of a name that only one model, or none, has marked."""
        return self.surnames.get(name) or self.corpus.verdict(name, 3 * KNOWN)


def settle(text: str, first: list[Span], second: list[Span], judge: Judge) -> tuple[list[Span], list[tuple[int, int]]]:
    """Agreed spans, and the stretches on which there is no agreement."""
    agreed: list[Span] = []
    doubtful: list[tuple[int, int]] = []
    labels: dict[tuple[int, int], list[str]] = defaultdict(list)
    for start, end, label in [*first, *second]:
        labels[start, end].append(label)
    for (start, end), votes in sorted(labels.items()):
        overlaps = any(s < end and start < e and (s, e) != (start, end) for s, e in labels)
        name = key(text[start:end])
        settled = judge.label(name, votes) if len(votes) == 2 else judge.certain(name)
        if settled and not overlaps and not name[0].islower():
            agreed.append((start, end, settled))
        else:
            doubtful.append((start, end))
    return agreed, doubtful


def bioes(tokens: Sequence[tuple[int, int]], found: Sequence[Span]) -> list[str] | None:
    """Tags of the tokens; None where a name does not start and end with tokens."""
    tags = ["O"] * len(tokens)
    starts = {start: i for i, (start, _) in enumerate(tokens)}
    ends = {end: i for i, (_, end) in enumerate(tokens)}
    for start, end, label in found:
        if start not in starts or end not in ends:
            return None
        first, last = starts[start], ends[end]
        if first == last:
            tags[first] = f"S-{label}"
        else:
            tags[first : last + 1] = [f"I-{label}"] * (last - first + 1)
            tags[first], tags[last] = f"B-{label}", f"E-{label}"
    return tags


def missed(tokens: Sequence[str], tags: Sequence[str], judge: Judge) -> bool:
    """Whether an untagged word, not first in its sentence, is certainly a name."""
    return any(
        tag == "O" and i and token[:1].isupper() and judge.certain(key(token)) is not None
        for i, (token, tag) in enumerate(zip(tokens, tags, strict=True))
    )


def sentences(record: dict[str, Any], corpus: Votes, nlp: stanza.Pipeline) -> Iterator[Tagged]:
    """The sentences of an article on which there is agreement."""
    texts = record["paragraphs"]
    models = [
        [spans(text, names) for text, names in zip(texts, column, strict=True)]
        for column in zip(*record["names"], strict=True)
    ]
    article = Votes()
    for column in models:
        for text, found in zip(texts, column, strict=True):
            article.add(text, found)
    judge = Judge(corpus, article)
    documents = nlp.bulk_process([stanza.Document([], text=t) for t in texts])
    for text, first, second, document in zip(texts, *models, documents, strict=True):
        agreed, doubtful = settle(text, first, second, judge)
        for sentence in document.sentences:
            places = [(t.start_char, t.end_char) for t in sentence.tokens]
            begin, end = places[0][0], places[-1][1]
            if any(begin < e and s < end for s, e in doubtful):
                continue
            inside = [span for span in agreed if begin <= span[0] < end]
            tags = bioes(places, inside)
            tokens = [t.text for t in sentence.tokens]
            if tags and not missed(tokens, tags, judge):
                yield Tagged(tuple(tokens), tuple(tags))


def corpus_votes(records: Iterable[dict[str, Any]]) -> Votes:
    votes = Votes()
    for record in records:
        for text, models in zip(record["paragraphs"], record["names"], strict=True):
            for names in models:
                votes.add(text, spans(text, names))
    return votes


def make(silver: Path, nlp: stanza.Pipeline, training: Path, held_back: Path) -> None:
    """Write the agreed sentences, one JSON list of [token, tag] a line."""
    records = [json.loads(line) for line in silver.open(encoding="utf-8")]
    corpus = corpus_votes(records)
    with training.open("w", encoding="utf-8") as train, held_back.open("w", encoding="utf-8") as held:
        for number, record in enumerate(records):
            file = train if number % HELD_BACK else held
            for tagged in sentences(record, corpus, nlp):
                pairs = list(zip(tagged.tokens, tagged.tags, strict=True))
                file.write(json.dumps(pairs, ensure_ascii=False) + "\n")
