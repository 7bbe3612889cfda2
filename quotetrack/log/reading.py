"""Rows out of the log, as values that need no database."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
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


CLAIM_COLUMNS = tuple(f.name for f in fields(ClaimRow))


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with the text it stands in.

    `text` is the whole article; `spans` (what was said), `cue_span`, `mention_span` and `sentence_span` are half-open
    code-point offsets into it.
    """

    row: ClaimRow
    text: str
    spans: tuple[tuple[int, int], ...]
    cue_span: tuple[int, int] | None
    mention_span: tuple[int, int] | None
    sentence_span: tuple[int, int]

    @classmethod
    def load(cls, db: Database, id: int) -> ClaimView | None:
        """The claim with this id, also of an older revision, or None."""
        found = next(iter(db.query(_ONE, {"id": id})), None)
        if found is None:
            return None
        spans = db.execute('select start, "end" from quote_spans where quote_id = ? order by n', [found["quote_id"]])
        return cls(
            row=ClaimRow(**{name: found[name] for name in CLAIM_COLUMNS}),
            text=found["text"],
            spans=tuple((int(start), int(end)) for start, end in spans.fetchall()),
            cue_span=_pair(found, "cue"),
            mention_span=_pair(found, "mention"),
            sentence_span=(found["sentence_start"], found["sentence_end"]),
        )


_ONE = """
    select
        c.id, c.said_on, s.name as speaker, q.role, q.text as quote, c.kind, c.due_start, c.due_end, c.due_text,
        case
            when c.due_text is null then 'no due date'
            when c.due_end is not null and c.due_end < date('now') then 'overdue'
            when coalesce(c.due_start, c.due_end) <= date('now') then 'due'
            else 'not due'
        end as status,
        a.outlet, a.title, a.published, a.url, q.sentence, q.kind as quote_kind, q.cue, q.mention, c.said_on_text,
        c.said_on_from, q.rule, q.confidence, q.article_id, q.speaker_id, q.id as quote_id, a.text,
        q.cue_start, q.cue_end, q.mention_start, q.mention_end, q.sentence_start, q.sentence_end
    from claims c
    join quotes q on q.id = c.quote_id
    join articles a on a.id = q.article_id
    left join speakers s on s.id = q.speaker_id
    where c.id = :id
"""


def _pair(row: dict[str, Any], name: str) -> tuple[int, int] | None:
    start = row[f"{name}_start"]
    return None if start is None else (start, row[f"{name}_end"])


def conditions(
    *, speaker: str | None, since: str | None, until: str | None, kind: str | None, search: str | None
) -> tuple[str, dict[str, Any]]:
    """A where clause on `claim_log` and its parameters."""
    wheres: list[str] = []
    given: dict[str, Any] = {}
    if speaker:
        wheres.append(
            "speaker_id in (select id from speakers where instr(folded, :speaker)"
            " union select speaker_id from speaker_names where instr(lower(name), lower(:spoken)))"
        )
        given |= {"speaker": folded(speaker), "spoken": speaker}
    for name, sign, value in (("since", ">=", since), ("until", "<=", until)):
        if value:
            wheres.append(f"said_on {sign} :{name}")
            given[name] = value
    if kind:
        wheres.append("kind = :kind")
        given["kind"] = kind
    if search is not None and search.strip():
        wheres.append("quote_id in (select rowid from quotes_fts where quotes_fts match :search)")
        given["search"] = match_of(search)
    return (f" where {' and '.join(wheres)}" if wheres else ""), given


def match_of(search: str) -> str:
    """An FTS5 query that finds all the words of a user's text, the last also as a beginning; never a syntax error."""
    words = re.findall(r"\w+", search)
    if not words:
        return '""'
    quoted = [f'"{word}"' for word in words]
    return " ".join([*quoted[:-1], f"{quoted[-1]}*"])
