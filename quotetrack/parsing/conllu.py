"""CoNLL-U to `Parse` and back: rules are tested on parses written by hand, and parses can be kept as files.

Spans come, in this order, from `start_char=`/`end_char=` in MISC, from aligning the forms with the text where one is
given, or from rebuilding the text out of FORM and `SpaceAfter=No` (`text_of` returns that text). The words of a
multi-word token (a line `3-4 du`) have the span of the token. Entities are `NER=B-PER`, `NER=I-PER` ... in MISC of the
token. The comment `# parsed = no` marks a sentence without dependencies, `# newpar` a new paragraph, `# models = ...`
the models that made the parse. Format: https://universaldependencies.org/format.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast, get_args

from quotetrack.errors import ConlluError
from quotetrack.model import Entity, EntityKind, Parse, Sentence, Span, Word

_ID = re.compile(r"(\d+)(?:([-.])(\d+))?\Z")
_KINDS: tuple[str, ...] = get_args(EntityKind)
# One character for one, so that offsets stay: what tokenizers and typists exchange for each other.
_FOLD = str.maketrans("’‘“”\u00a0\u202f\t\n\r", "''\"\"     ")


@dataclass(slots=True)
class _Token:
    """A surface token: one word, or the several of a multi-word token. `rows` are the columns of its words."""

    line: int
    form: str
    misc: Mapping[str, str]
    size: int
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    span: Span = field(default_factory=lambda: Span(0, 0))


@dataclass(slots=True)
class _Block:
    """A sentence as it stands in the file: the number of its first line, its comments and its tokens."""

    line: int
    comments: dict[str, str] = field(default_factory=dict)
    tokens: list[_Token] = field(default_factory=list)


def loads(conllu: str, text: str | None = None) -> Parse:
    """Read a parse.

    Args:
        conllu: sentences in CoNLL-U. A line without a tab may have its ten columns apart by spaces, and any line may be
            indented, so that a parse can be written by hand.
        text: the text that was parsed; without it, offsets count in `text_of(conllu)`.

    Raises:
        ConlluError: names the line that is not CoNLL-U, or whose form is not next in the text.
    """
    blocks = list(_blocks(conllu))
    if text is None:
        _build_text(blocks)
    else:
        _align(blocks, text)
    models = next((b.comments["models"] for b in blocks if "models" in b.comments), "")
    return Parse(tuple(_sentence(b) for b in blocks), models)


def text_of(conllu: str) -> str:
    """The text that the forms spell: `SpaceAfter=No` is obeyed, a new paragraph begins after an empty line."""
    return _build_text(list(_blocks(conllu)))


def dumps(parse: Parse, text: str | None = None) -> str:
    """Write a parse, with offsets in MISC. Given the text, multi-word tokens are spelt as they stand there.

    Without the text such a form is not known, and is written as `_`; spans survive all the same.
    """
    heading = [f"# models = {parse.models}"] if parse.models else []
    blocks = []
    for sentence in parse.sentences:
        comments = heading if sentence.parsed else [*heading, "# parsed = no"]
        blocks.append("\n".join([*comments, *_rows(sentence, text)]) + "\n")
        heading = []
    return "\n".join(blocks)


def _blocks(conllu: str) -> Iterator[_Block]:
    block = _Block(1)
    for number, line in enumerate(conllu.split("\n"), 1):
        line = line.lstrip(" ").rstrip("\r")
        if not line.strip():
            if block.tokens:
                yield _complete(block)
                block = _Block(number + 1)
        elif line.startswith("#"):
            key, _, value = line[1:].partition("=")
            block.comments[key.strip()] = value.strip()
        else:
            _add_row(block, number, line.split("\t") if "\t" in line else line.split())
    if block.tokens:
        yield _complete(block)


def _add_row(block: _Block, line: int, columns: list[str]) -> None:
    if len(columns) != 10:
        raise ConlluError(f"CoNLL-U line {line}: {len(columns)} columns instead of 10")
    match = _ID.match(columns[0])
    if not match or not columns[1]:
        raise ConlluError(f"CoNLL-U line {line}: {columns[0]!r} {columns[1]!r} is not a number and a form")
    first, kind, last = int(match[1]), match[2], int(match[3] or 0)
    if kind == ".":  # an empty node of the enhanced graph stands for no text
        return
    expected = sum(len(t.rows) for t in block.tokens) + 1
    if first != expected or (kind and (last < first or _is_open(block))):
        raise ConlluError(f"CoNLL-U line {line}: word {columns[0]} where {expected} was expected")
    if kind:
        block.tokens.append(_Token(line, columns[1], _pairs(columns[9]), last - first + 1))
    elif _is_open(block):
        block.tokens[-1].rows.append((line, columns))
    else:
        block.tokens.append(_Token(line, columns[1], _pairs(columns[9]), 1, [(line, columns)]))


def _is_open(block: _Block) -> bool:
    """Whether the last token still waits for words."""
    return bool(block.tokens) and len(block.tokens[-1].rows) < block.tokens[-1].size


def _complete(block: _Block) -> _Block:
    if _is_open(block):
        token = block.tokens[-1]
        missing = token.size - len(token.rows)
        raise ConlluError(f"CoNLL-U line {token.line}: {token.form!r} lacks {missing} of its words")
    return block


def _pairs(column: str) -> dict[str, str]:
    return dict(pair.partition("=")[::2] for pair in column.split("|")) if column != "_" else {}


def _given_span(token: _Token) -> Span | None:
    if "start_char" not in token.misc:
        return None
    try:
        span = Span(int(token.misc["start_char"]), int(token.misc["end_char"]))
    except (KeyError, ValueError):
        raise ConlluError(f"CoNLL-U line {token.line}: start_char and end_char are not two numbers") from None
    if not 0 <= span.start < span.end:
        raise ConlluError(f"CoNLL-U line {token.line}: {span.start} to {span.end} is not a range")
    return span


def _build_text(blocks: list[_Block]) -> str:
    """Give each token its span in the text that the tokens spell, and return that text."""
    parts: list[str] = []
    length = 0
    for block in blocks:
        new_paragraph = any(c == "newpar" or c.startswith("newpar ") for c in block.comments)
        glue = "" if not length else "\n\n" if new_paragraph else " "
        for token in block.tokens:
            start = length + len(glue)
            given = _given_span(token)
            if given and given.start < length:
                raise ConlluError(f"CoNLL-U line {token.line}: offset {given.start} is inside the token before it")
            if given:
                glue = glue.rjust(given.start - length) if given.start >= start else " " * (given.start - length)
                start = given.start
            token.span = given or Span(start, start + len(token.form))
            parts += [glue, token.form[: len(token.span)].ljust(len(token.span))]
            length = token.span.end
            glue = "" if token.misc.get("SpaceAfter") == "No" else " "
        glue = " "
    return "".join(parts)


def _align(blocks: list[_Block], text: str) -> None:
    folded = text.translate(_FOLD)
    at = 0
    for token in (t for b in blocks for t in b.tokens):
        while at < len(text) and text[at].isspace():
            at += 1
        span = _given_span(token) or Span(at, at + len(token.form))
        unspelt = "start_char" in token.misc and token.form == "_"
        spelt = folded[span.start : span.end].split() == token.form.translate(_FOLD).split()
        if span.end > len(text) or not (unspelt or spelt):
            raise ConlluError(f"CoNLL-U line {token.line}: {token.form!r} is not in the text at offset {span.start}")
        token.span = span
        at = span.end


def _sentence(block: _Block) -> Sentence:
    rows = [(token, line, columns) for token in block.tokens for line, columns in token.rows]
    parsed = block.comments.get("parsed") != "no" and any(columns[6] != "_" for _, _, columns in rows)
    words = tuple(_word(token, line, columns, parsed, len(rows)) for token, line, columns in rows)
    span = Span(block.tokens[0].span.start, block.tokens[-1].span.end)
    return Sentence(span, words, parsed, tuple(_entities(block.tokens)))


def _word(token: _Token, line: int, columns: list[str], parsed: bool, size: int) -> Word:
    head = columns[6] if parsed else "0"
    if not head.isdecimal() or int(head) > size or head == columns[0]:
        raise ConlluError(f"CoNLL-U line {line}: {head!r} is not the number of another word of the sentence, nor 0")
    form, lemma = columns[1], columns[2]
    lemma = "" if lemma == "_" != form else lemma
    upos = "" if columns[3] == "_" else columns[3]
    deprel = columns[7] if parsed and columns[7] != "_" else ""
    return Word(int(columns[0]), form, lemma, upos, _pairs(columns[5]), int(head), deprel, token.span)


def _entities(tokens: list[_Token]) -> Iterator[Entity]:
    """Entities from BIO or BIOES tags."""
    start, kind, end = 0, "", 0
    for token in tokens:
        tag, _, found = token.misc.get("NER", "O").partition("-")
        if found and found not in _KINDS:
            raise ConlluError(f"CoNLL-U line {token.line}: entity kind {found!r} is none of {', '.join(_KINDS)}")
        if kind and (tag in ("B", "S", "O") or found != kind):
            yield Entity(Span(start, end), cast(EntityKind, kind))
            kind = ""
        if found and not kind:
            start, kind = token.span.start, found
        end = token.span.end
    if kind:
        yield Entity(Span(start, end), cast(EntityKind, kind))


def _rows(sentence: Sentence, text: str | None) -> Iterator[str]:
    groups: list[list[Word]] = []
    for word in sentence.words:
        if groups and groups[-1][0].span == word.span:
            groups[-1].append(word)
        else:
            groups.append([word])
    for group, following in zip(groups, [*groups[1:], None], strict=True):
        span = group[0].span
        misc = _misc(sentence, span, following is not None and following[0].span.start == span.end)
        if len(group) > 1:
            form = _cell(span.of(text)) if text else "_"
            yield "\t".join([f"{group[0].id}-{group[-1].id}", form, *"_______", misc])
            misc = "_"
        for word in group:
            yield _row(word, sentence.parsed, misc)


def _row(word: Word, parsed: bool, misc: str) -> str:
    feats = "|".join(f"{key}={value}" for key, value in word.feats.items()) or "_"
    head, deprel = (str(word.head), word.deprel or "_") if parsed else ("_", "_")
    cells = [str(word.id), _cell(word.text), _cell(word.lemma), word.upos or "_", "_", feats, head, deprel, "_", misc]
    return "\t".join(cells)


def _cell(form: str) -> str:
    """A form or lemma in one cell: no tab or line break, never empty."""
    return form.translate({9: " ", 10: " ", 13: " "}) or "_"


def _misc(sentence: Sentence, span: Span, glued: bool) -> str:
    pairs = [f"start_char={span.start}", f"end_char={span.end}"]
    for entity in sentence.entities:
        if entity.span.contains(span):
            pairs.append(f"NER={'B' if entity.span.start == span.start else 'I'}-{entity.kind}")
            break
    if glued:
        pairs.append("SpaceAfter=No")
    return "|".join(pairs)
