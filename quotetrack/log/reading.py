"""Rows out of the log, as values that need no database."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from quotetrack.log.writing import folded

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A row of the view `claim_log`; dates are "YYYY-MM-DD"."""

    id: int
    said_on: str | None
    speaker: str | None
    role: str | None
    quote: str
    kind: str
    due_start: str | None
    due_end: str | None
    due_text: str | None
    status: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    sentence: str
    quote_kind: str
    cue: str | None
    mention: str | None
    said_on_text: str | None
    said_on_from: str
    rule: str
    confidence: float
    article_id: int
    speaker_id: int | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A revision of an article without its text, and how many claims it has."""

    id: int
    title: str | None
    outlet: str | None
    author: str | None
    language: str
    published: str | None
    published_from: str | None
    url: str | None
    source: str | None
    sha256: str
    models: str
    version: str
    ingested_at: str
    revision: int
    supersedes: int | None
    claims: int


def columns_of(row: type) -> str:
    """The columns of a row, for a select."""
    return ", ".join(field.name for field in fields(row))


ARTICLES = f"""
    select {columns_of(ArticleRow).replace(", claims", "")},
        (select count(*) from quotes q join claims c on c.quote_id = q.id where q.article_id = articles.id) as claims
    from articles order by id
"""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with the text it stands in.

    `text` is the whole article; `spans` (what was said), `cue_span`, `mention_span` and `sentence_span` are half-open
    code-point offsets into it. `superseded_by` is the newer revision of the article, where there is one.
    """

    row: ClaimRow
    text: str
    spans: tuple[tuple[int, int], ...]
    cue_span: tuple[int, int] | None
    mention_span: tuple[int, int] | None
    sentence_span: tuple[int, int]
    superseded_by: int | None

    @classmethod
    def load(cls, db: Database, id: int) -> ClaimView | None:
        """The claim with this id, also of an older revision, or None."""
        found = next(iter(db.query(_ONE, {"id": id})), None)
        if found is None:
            return None
        spans = db.execute('select start, "end" from quote_spans where quote_id = ? order by n', [found["quote_id"]])
        return cls(
            row=ClaimRow(**{field.name: found[field.name] for field in fields(ClaimRow)}),
            text=found["article_text"],
            spans=tuple((int(start), int(end)) for start, end in spans.fetchall()),
            cue_span=_pair(found, "cue"),
            mention_span=_pair(found, "mention"),
            sentence_span=(found["sentence_start"], found["sentence_end"]),
            superseded_by=found["superseded_by"],
        )


_ONE = """
    select h.*, a.text as article_text, q.cue_start, q.cue_end, q.mention_start, q.mention_end,
        q.sentence_start, q.sentence_end
    from claim_history h
    join quotes q on q.id = h.quote_id
    join articles a on a.id = h.article_id
    where h.id = :id
"""


def _pair(row: dict[str, Any], name: str) -> tuple[int, int] | None:
    start = row[f"{name}_start"]
    return None if start is None else (start, row[f"{name}_end"])


def conditions(
    *,
    speaker: str | None,
    since: date | str | None,
    until: date | str | None,
    kind: str | None,
    search: str | None,
) -> tuple[str, dict[str, Any]]:
    """A where clause on `claim_log` and its parameters."""
    wheres: list[str] = []
    given: dict[str, Any] = {}
    if speaker and speaker.strip():
        wheres.append(
            "speaker_id in (select id from speakers where instr(folded, :speaker)"
            " union select speaker_id from speaker_names where instr(folded, :speaker))"
        )
        given["speaker"] = folded(speaker)
    for name, sign, value in (("since", ">=", since), ("until", "<=", until)):
        if value:
            wheres.append(f"said_on {sign} :{name}")
            given[name] = str(value)
    if kind:
        wheres.append("kind = :kind")
        given["kind"] = kind
    if search is not None and search.strip():
        wheres.append("quote_id in (select rowid from quotes_fts where quotes_fts match :search)")
        given["search"] = match_of(search)
    return (f" where {' and '.join(wheres)}" if wheres else ""), given


def match_of(search: str) -> str:
    """An FTS5 query for a user's text: all its words, "phrases" as they stand, the last word also as a beginning.

    Whatever was typed, it is never a syntax error; without a word it finds nothing.
    """
    # Composed: an accent of its own would part the word here, while FTS5 keeps it in one.
    found = re.findall(r'"([^"]*\w[^"]*)"|(\w+)', unicodedata.normalize("NFC", search.replace("\0", " ")))
    terms = " ".join(f'"{phrase or word}"' for phrase, word in found)
    return f"{terms}*" if found and found[-1][1] else terms or '""'
