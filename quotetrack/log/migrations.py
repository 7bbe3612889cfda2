"""The schema, step by step. Append only, and no live code: a migration must still run in five years.

Offsets count Unicode code points from 0, half open. SQLite's substr counts from 1:
`substr(text, start + 1, "end" - start)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("quotetrack")

# "QTrk": marks a database file as ours, so that no other one is ever written to by mistake.
APPLICATION_ID = 0x5154726B


@migrations()
def m001_create_tables(db: Database) -> None:
    """Articles, speakers, quotes and claims."""
    for statement in _TABLES:
        db.execute(statement)


@migrations()
def m002_full_text(db: Database) -> None:
    """Full-text search on quotes and articles, kept in step by triggers."""
    for table, columns in (("quotes", ["text", "sentence", "role"]), ("articles", ["title", "text"])):
        db.table(table).enable_fts(
            columns, fts_version="FTS5", create_triggers=True, tokenize="unicode61 remove_diacritics 2"
        )


@migrations()
def m003_views(db: Database) -> None:
    """What a reader looks at: a row a claim, those that come due, and each speaker's numbers."""
    for name, select in _VIEWS:
        db.execute(f"create view {name} as {select}")


# A day checks itself: `+0 days` makes SQLite reckon, so that 30 February comes back as another day.
_TABLES = (
    """
    create table articles (
        id integer primary key,
        url text,
        source text,
        place text,
        title text,
        outlet text,
        author text,
        language text not null,
        published text check (published is date(published, '+0 days')),
        published_from text check (published_from in ('page', 'front matter', 'option', 'today')),
        text text not null,
        sha256 text not null check (length(sha256) = 64),
        raw_sha256 text not null default '',
        models text not null,
        version text not null,
        ingested_at text not null,
        revision integer not null default 1 check (revision >= 1),
        supersedes integer references articles(id)
    )
    """,
    "create index articles_url on articles(url)",
    "create index articles_place on articles(place)",
    "create index articles_sha256 on articles(sha256)",
    "create unique index articles_supersedes on articles(supersedes)",
    """
    create table speakers (
        id integer primary key,
        name text not null check (name <> ''),
        kind text not null check (kind in ('person', 'organisation', 'group', 'unnamed')),
        folded text not null,
        unique (folded, kind)
    )
    """,
    """
    create table speaker_names (
        speaker_id integer not null references speakers(id),
        name text not null check (name <> ''),
        folded text not null,
        primary key (speaker_id, name)
    ) without rowid
    """,
    """
    create table quotes (
        id integer primary key,
        article_id integer not null references articles(id),
        kind text not null check (kind in ('direct', 'mixed', 'indirect')),
        text text not null check (text <> ''),
        cue text,
        cue_start integer,
        cue_end integer,
        mention text,
        mention_start integer,
        mention_end integer,
        speaker_id integer references speakers(id),
        role text,
        affiliation text,
        sentence text not null,
        sentence_start integer not null,
        sentence_end integer not null,
        rule text not null,
        confidence real not null check (confidence between 0 and 1),
        check ((cue is null) = (cue_start is null) and (cue is null) = (cue_end is null)),
        check ((mention is null) = (mention_start is null) and (mention is null) = (mention_end is null)),
        check (cue_start between 0 and cue_end),
        check (mention_start between 0 and mention_end),
        check (sentence_start between 0 and sentence_end)
    )
    """,
    "create index quotes_article_id on quotes(article_id)",
    "create index quotes_speaker_id on quotes(speaker_id)",
    """
    create table quote_spans (
        quote_id integer not null references quotes(id),
        n integer not null check (n >= 1),
        start integer not null check (start >= 0),
        "end" integer not null,
        primary key (quote_id, n),
        check ("end" > start)
    ) without rowid
    """,
    """
    create table claims (
        id integer primary key,
        quote_id integer not null unique references quotes(id),
        kind text not null check (kind in ('promise', 'prediction', 'fact', 'opinion')),
        said_on text check (said_on is date(said_on, '+0 days')),
        said_on_text text,
        said_on_from text not null check (said_on_from in ('article', 'publication')),
        due_start text check (due_start is date(due_start, '+0 days')),
        due_end text check (due_end is date(due_end, '+0 days')),
        due_text text,
        rule text not null,
        confidence real not null check (confidence between 0 and 1),
        check (due_start <= due_end),
        check ((due_start is null and due_end is null) or due_text is not null)
    )
    """,
    "create index claims_said_on on claims(said_on)",
    "create index claims_due_end on claims(due_end)",
)

_STATUS = """
    case
        when c.due_start is null and c.due_end is null then 'no due date'
        when c.due_end < date('now') then 'overdue'
        when coalesce(c.due_start, c.due_end) <= date('now') then 'due'
        else 'not due'
    end
"""

_CLAIM_LOG = """
    id, said_on, month_said, speaker, role, quote, kind, due_start, due_end, due_text,
    status, outlet, title, published, url, sentence, quote_kind, cue, mention, speaker_kind, said_on_text, said_on_from,
    rule, confidence, claim_rule, claim_confidence, quote_id, speaker_id, article_id
"""

_VIEWS = (
    (
        "claim_history",
        f"""
        select
            c.id,
            c.said_on,
            substr(c.said_on, 1, 7) as month_said,
            s.name as speaker,
            q.role,
            q.text as quote,
            c.kind,
            c.due_start,
            c.due_end,
            c.due_text,
            {_STATUS} as status,
            a.outlet,
            a.title,
            a.published,
            a.url,
            q.sentence,
            q.kind as quote_kind,
            q.cue,
            q.mention,
            s.kind as speaker_kind,
            c.said_on_text,
            c.said_on_from,
            q.rule,
            q.confidence,
            c.rule as claim_rule,
            c.confidence as claim_confidence,
            q.id as quote_id,
            q.speaker_id,
            q.article_id,
            a.revision,
            (select newer.id from articles newer where newer.supersedes = a.id) as superseded_by
        from claims c
        join quotes q on q.id = c.quote_id
        join articles a on a.id = q.article_id
        left join speakers s on s.id = q.speaker_id
        """,
    ),
    ("claim_log", f"select {_CLAIM_LOG} from claim_history where superseded_by is null"),
    ("due_claims", "select * from claim_log where due_start is not null or due_end is not null"),
    (
        "speaker_scorecard",
        """
        select
            s.id,
            s.name,
            s.kind,
            count(l.id) as claims,
            count(case when l.kind = 'promise' then 1 end) as promises,
            count(case when l.kind = 'prediction' then 1 end) as predictions,
            count(case when l.kind = 'fact' then 1 end) as facts,
            count(case when l.kind = 'opinion' then 1 end) as opinions,
            count(case when l.status in ('due', 'overdue') then 1 end) as due,
            min(l.said_on) as first_said_on,
            max(l.said_on) as last_said_on
        from speakers s
        left join claim_log l on l.speaker_id = s.id
        group by s.id
        """,
    ),
)
