"""What the pages read from the log; nothing here writes.

Every function takes the Datasette database of the log; rows come as plain dictionaries. Lists have the newest first,
ordered by the id of the quote (unique, and growing with that of the claim), and go on `before` such an id, so that no
row is lost or seen twice between pages. By that id a speaker's claims and search results come sorted from an index.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from quotetrack.log.writing import folded

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

Row = dict[str, Any]

TABLES = ("articles", "speakers", "speaker_names", "quotes", "quote_spans", "claims", "claim_log", "claim_history")

# What the home page names first of the log's tables and views.
SHOWN = ("claim_log", "due_claims", "speaker_scorecard", "articles", "speakers", "quotes")

# Each term is a full-text lookup of its own.
MAX_TERMS = 8

_logs: WeakKeyDictionary[Datasette, str] = WeakKeyDictionary()

# One claim with everything about it; claim_history, unlike claim_log, keeps older revisions of articles.
_CLAIM = """
select h.*, q.cue_start, q.cue_end, q.mention_start, q.mention_end, a.text as article_text
from claim_history h join quotes q on q.id = h.quote_id join articles a on a.id = h.article_id
"""
# Quotes in which one numbered term is found. escape_fts comes with Datasette: it makes a full-text query of whatever
# was typed. One list of ids (and no "or" over the log) lets SQLite walk from the newest match down and stop after a
# page: 12 ms instead of 1,300 on 100,000 claims.
_FOUND = """quote_id in (
  select rowid from quotes_fts where quotes_fts match escape_fts(:term{n})
  union all select id from quotes where speaker_id in (
    select id from speakers where instr(folded, :folded{n})
    union select speaker_id from speaker_names where instr(folded, :folded{n})))"""


async def find_log(datasette: Datasette) -> Database | None:
    """The first attached database that holds our tables; remembered, since tables do not go away."""
    known = _logs.get(datasette)
    if known in datasette.databases:
        return datasette.databases[known]
    marks = ", ".join("?" * len(TABLES))
    for name, db in datasette.databases.items():
        if name == "_internal":
            continue
        found = await db.execute(f"select count(*) from sqlite_master where name in ({marks})", TABLES)
        if found.single_value() == len(TABLES):
            _logs[datasette] = name
            return db
    return None


async def claim(db: Database, id: int) -> Row | None:
    """One claim with its quote, speaker and article."""
    return await _one(db, f"{_CLAIM} where h.id = :id", {"id": id})


async def claims(db: Database, limit: int, before: int | None = None, speaker: int | None = None) -> list[Row]:
    """Rows of claim_log, the newest first."""
    where = ["quote_id < :before"] * (before is not None) + ["speaker_id = :speaker"] * (speaker is not None)
    return await _claim_log(db, where, {"limit": limit, "before": before, "speaker": speaker})


async def search(db: Database, words: str, limit: int, before: int | None = None) -> list[Row]:
    """Rows of claim_log in which every term is in the quote, its sentence, the role or a name of the speaker."""
    where, values = _terms(words)
    where += ["quote_id < :before"] * (before is not None)
    return await _claim_log(db, where, {"limit": limit, "before": before, **values})


async def count_of_search(db: Database, words: str, limit: int) -> int:
    """How many claims `search` would find, counted up to `limit`."""
    where, values = _terms(words)
    sql = f"select count(*) from (select 1 from claim_log where {' and '.join(where)} limit :limit)"
    return await _number(db, sql, {"limit": limit, **values})


async def due(db: Database, limit: int) -> list[Row]:
    """What to look at: claims that come due next, the nearest first, then those that came due last."""
    last, first = "due_end, id", "due_start, id"
    found: list[Row] = []
    for condition, order in (
        ("due_end >= date('now')", last),
        ("due_end is null and due_start is not null", first),
        ("due_end < date('now')", "due_end desc, id desc"),
    ):
        sql = f"select * from claim_log where {condition} order by {order} limit :limit"
        found += await _all(db, sql, {"limit": limit - len(found)})
    return found


async def figures(db: Database) -> dict[str, int]:
    """The numbers of the home page, under the names that strings.yml has for them."""
    row = await _one(
        db,
        "select (select count(*) from claims) as claims, (select count(*) from speakers) as speakers,"
        " (select count(*) from articles) as articles,"
        " (select count(*) from claims where due_start is not null or due_end is not null) as due",
        {},
    )
    return row or {}


async def speaker(db: Database, id: int) -> Row | None:
    return await _one(db, "select id, name, kind from speakers where id = :id", {"id": id})


async def names(db: Database, id: int, known: str) -> list[str]:
    """The other names of a speaker, without the one on the page's head."""
    sql = "select name from speaker_names where speaker_id = :id and name <> :known order by name limit 50"
    return [row["name"] for row in await _all(db, sql, {"id": id, "known": known})]


async def roles(db: Database, id: int) -> list[str]:
    """The roles a speaker was quoted in, the latest first."""
    sql = (
        "select role from quotes where speaker_id = :id and role is not null"
        " group by role order by max(id) desc limit 20"
    )
    return [row["role"] for row in await _all(db, sql, {"id": id})]


async def count_of_speaker(db: Database, id: int) -> int:
    return await _number(db, "select count(*) from claim_log where speaker_id = :id", {"id": id})


async def article(db: Database, id: int) -> Row | None:
    return await _one(db, "select * from articles where id = :id", {"id": id})


async def claims_of_article(db: Database, id: int) -> list[Row]:
    """The claims of an article in the order of its text."""
    start = "(select min(start) from quote_spans p where p.quote_id = h.quote_id)"
    sql = f"select h.* from claim_history h where article_id = :id order by {start}, id"
    return await _all(db, sql, {"id": id})


async def newer_revision(db: Database, id: int) -> int | None:
    """The article that took this one's place, if any."""
    row = await _one(db, "select id from articles where supersedes = :id", {"id": id})
    return row["id"] if row else None


async def spans(db: Database, quote_id: int) -> list[tuple[int, int]]:
    """Where a quote stands in its article, as half-open ranges of code points."""
    sql = 'select start, "end" from quote_spans where quote_id = :id order by n'
    return [(row["start"], row["end"]) for row in await _all(db, sql, {"id": quote_id})]


async def spans_of_article(db: Database, id: int) -> list[Row]:
    """Every stretch quoted in an article, with its claim and speaker, in the order of the text."""
    sql = """
    select p.start, p."end", c.id as claim_id, s.name as speaker
    from quotes q join quote_spans p on p.quote_id = q.id join claims c on c.quote_id = q.id
      left join speakers s on s.id = q.speaker_id
    where q.article_id = :id order by p.start, c.id"""
    return await _all(db, sql, {"id": id})


async def sentence(db: Database, quote_id: int) -> Row | None:
    """The sentence of a quote, and where it begins in the article."""
    return await _one(db, "select sentence, sentence_start from quotes where id = :id", {"id": quote_id})


def _terms(words: str) -> tuple[list[str], Row]:
    """The conditions of a search: a word or a phrase between quotation marks each; no term finds nothing."""
    found = [t for t in re.findall(r'"[^"]+"|«[^»]+»|“[^”]+”|\S+', words) if re.search(r"\w", t)][:MAX_TERMS]
    values: Row = {}
    for n, term in enumerate(found):
        plain = term.strip('"«»“” \u00a0\u202f')
        values[f"term{n}"] = f'"{plain}"' if plain != term else plain
        values[f"folded{n}"] = folded(plain)
    return [_FOUND.format(n=n) for n in range(len(found))] or ["0"], values


async def _claim_log(db: Database, where: list[str], values: Row) -> list[Row]:
    condition = f"where {' and '.join(where)}" if where else ""
    sql = f"select * from claim_log {condition} order by quote_id desc limit :limit"
    return await _all(db, sql, values)


async def _all(db: Database, sql: str, values: Row) -> list[Row]:
    return [dict(row) for row in await db.execute(sql, values)]


async def _one(db: Database, sql: str, values: Row) -> Row | None:
    row = (await db.execute(sql, values)).first()
    return dict(row) if row else None


async def _number(db: Database, sql: str, values: Row) -> int:
    return int((await db.execute(sql, values)).single_value())
