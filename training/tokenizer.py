"""Train the tokenizer on running text made from the treebanks."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from stanza.models import tokenizer

from training.corpora import (
    DEVELOPMENT,
    MARKS,
    QUESTIONS,
    TYPOGRAPHIES,
    WRITTEN,
    Sentence,
    Token,
    enclose,
    headline,
    mark,
    restyle,
    treebank,
    write,
)
from training.reporting import make, make_inverted, speakers

SPACES = ("\u00a0", "\u202f", " ")


def labelled(sentence: Sentence) -> tuple[str, str]:
    """Text of the sentence and, a digit for each character, the tokenizer's labels."""
    text: list[str] = []
    labels: list[str] = []
    for number, token in enumerate(sentence.tokens, 1):
        last = number == len(sentence.tokens)
        end = (1 + last) if token.last - token.first == 1 else (3 + last)
        text.append(token.form)
        labels.append("0" * (len(token.form) - 1) + str(end))
        if token.space_after and not last:
            text.append(" ")
            labels.append("0")
    return "".join(text), "".join(labels)


def running(sentences: Iterable[Sentence]) -> tuple[str, str]:
    """The sentences as one paragraph."""
    text = labels = ""
    for sentence in sentences:
        if text:
            text, labels = text + " ", labels + "0"
        more, marks = labelled(sentence)
        text, labels = text + more, labels + marks
    return text, labels


def paragraphs(sentences: Sequence[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """Neighbouring sentences in paragraphs such as an article has.

    Some are headlines, a sentence without full stop on its own; some are quotations
    that run over several sentences.
    """
    out: list[list[Sentence]] = []
    i = 0
    while i < len(sentences):
        size = rng.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8))
        part = list(sentences[i : i + size])
        i += size
        if len(part) == 1 and rng.random() < 0.5:
            part = [headline(part[0])]
            if len(part[0].words) < 12 and rng.random() < 0.3:
                part = [dashed(part[0])]
        elif rng.random() < 0.25:
            part = quotation(part, rng)
        if rng.random() < 0.7:
            style = rng.choice(TYPOGRAPHIES)
            part = [restyle(s, style) for s in part]
        if rng.random() < 0.25:
            part = [tightened(s) for s in part]
        out.append(part)
    return out


def tightened(sentence: Sentence) -> Sentence:
    """Without the space that French sets before `:`, `;`, `?` and `!`; the web often lacks it."""
    tokens = list(sentence.tokens)
    for i, token in enumerate(tokens[1:]):
        if token.form[0] in ":;?!":
            tokens[i] = replace(tokens[i], space_after=False)
    return replace(sentence, tokens=tuple(tokens))


def dashed(sentence: Sentence) -> Sentence:
    """`- Like this -`, as agencies set headings inside an article."""
    count = len(sentence.words)
    tokens = [replace(t, first=t.first + 1, last=t.last + 1) for t in sentence.tokens]
    tokens[-1] = replace(tokens[-1], space_after=True)
    dash = mark("-", 0)
    first, last = Token("-", 0, 1), Token("-", count + 1, count + 2)
    return Sentence((dash, *sentence.words, dash), (first, *tokens, last))


def quotation(part: list[Sentence], rng: random.Random) -> list[Sentence]:
    """Put a run of the sentences in quotation marks, if they have none."""
    if any(t.form in MARKS for s in part for t in s.tokens):
        return part
    first = rng.randrange(len(part))
    last = rng.randrange(first, len(part))
    return [enclose(s, n == first, n == last) if n in (first, last) else s for n, s in enumerate(part)]


def spaced(text: str, rng: random.Random) -> str:
    """Write the spaces inside guillemets as one of the spaces of typography."""
    space = rng.choice(SPACES)
    return text.replace("« ", "«" + space).replace(" »", space + "»")


def write_running(folder: Path, name: str, parts: Iterable[Sequence[Sentence]], rng: random.Random) -> None:
    text, labels = [], []
    for part in parts:
        more, marks = running(part)
        text.append(spaced(more, rng))
        labels.append(marks)
    (folder / f"{name}.txt").write_text("\n\n".join(text) + "\n\n", encoding="utf-8")
    (folder / f"{name}.labels").write_text("\n\n".join(labels) + "\n\n", encoding="utf-8")


def expansions(sentences: Iterable[Sentence]) -> dict[str, tuple[str, ...]]:
    """The most frequent expansion of every multi-word token, in lower case."""
    seen: dict[str, Counter[tuple[str, ...]]] = {}
    for sentence in sentences:
        for token in sentence.tokens:
            if token.last - token.first > 1:
                parts = tuple(w.form for w in sentence.words[token.first : token.last])
                seen.setdefault(token.form.lower(), Counter())[parts] += 1
    return {form: counts.most_common(1)[0][0] for form, counts in seen.items()}


def prepare(shared: Path, folder: Path, seed: int = 1) -> None:
    """Write the tokenizer's training and development files to folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    written = [s for name in WRITTEN for s in treebank(shared, name)]
    questions = [s for name in QUESTIONS for s in treebank(shared, name)]
    # Running text without paragraphs, as the tests are, then articles.
    plain = [written[i : i + 40] for i in range(0, len(written), 40)]
    articles = paragraphs(written, rng) + paragraphs(rng.sample(questions, 600), rng)
    people = speakers(shared / "news" / "fr-press.txt.xz")
    inverted = rng.sample(list(make_inverted(written, people, seed)), 700)
    reports = rng.sample(list(make(written, people, 0.5, seed)), 500)
    mixed = [*rng.sample(written, 800), *inverted, *reports]
    rng.shuffle(mixed)
    articles += paragraphs(mixed, rng)
    write_running(folder, "train", plain + articles, rng)
    development = treebank(shared, DEVELOPMENT)
    write_running(folder, "dev", [development], rng)
    write(folder / "dev.conllu", development)
    table = [[[form, list(parts)], 1] for form, parts in expansions(written + questions).items()]
    (folder / "mwt.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def train(folder: Path, out: Path, steps: int, options: Sequence[str] = ()) -> None:
    """Train on the files of `prepare`; the best model on the development text is kept."""
    tokenizer.main(
        [
            "--txt_file", str(folder / "train.txt"),
            "--label_file", str(folder / "train.labels"),
            "--dev_txt_file", str(folder / "dev.txt"),
            "--dev_label_file", str(folder / "dev.labels"),
            "--dev_conll_gold", str(folder / "dev.conllu"),
            "--mwt_json_file", str(folder / "mwt.json"),
            "--lang", "fr", "--shorthand", "fr_press", "--max_seqlen", "300",
            "--steps", str(steps), "--eval_steps", "250", "--anneal_after", "1500",
            "--anneal", "0.8", "--cpu",
            "--save_dir", str(out.parent), "--save_name", out.name,
            "--no-hierarchical", *options,
        ]
    )  # fmt: skip
