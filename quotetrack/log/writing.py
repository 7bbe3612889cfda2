"""How an analysis becomes rows."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Literal

from quotetrack.log.connecting import writing

if TYPE_CHECKING:
    from sqlite_utils import Database

    from quotetrack.model import Analysis, Article, Claim, Parse, Quote, Span, Speaker, SpeakerKind

Status = Literal["ingested", "unchanged", "revised"]
Row = dict[str, Any]

# Of these two one article says what another one does not: "le gouvernement" is a body and its members.
_COMPATIBLE: dict[SpeakerKind, tuple[SpeakerKind, SpeakerKind]] = {
    "organisation": ("organisation", "group"),
    "group": ("group", "organisation"),
}

# The latest revisions in which an article may be known, the surest sign first: its address; its very text, unless it
# is another outlet's (agencies are printed by many); its file. Two addresses are two articles, whatever else agrees.
_NO_OTHER_URL = "(url is null or :url is null)"
_KNOWN = (
    "url = :url",
    f"sha256 = :sha256 and {_NO_OTHER_URL} and (outlet is null or :outlet is null or outlet = :outlet)",
    f"place = :place and {_NO_OTHER_URL}",
)
_FACTS = ("sha256", "url", "title", "outlet", "author", "language", "published")


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of an article: its row, and how many claims it has in the log."""

    status: Status
    article_id: int
    claims: int


def folded(name: str) -> str:
    """A name without case, accents and superfluous blanks: what its spellings have in common."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


class Writer:
    """Writes one article."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def add(self, analysis: Analysis) -> Ingested:
        """Store an analysis in one transaction; see `Log.add`."""
        with writing(self.db):
            return self._store(analysis)

    def unchanged(self, article: Article) -> int | None:
        """The id of the latest revision of this article, where it says the same."""
        row = _row_of(article)
        known = self._known(row)
        return int(known["id"]) if known and not _changed(row, known) else None

    def _store(self, analysis: Analysis) -> Ingested:
        row = _row_of(analysis.article)
        known = self._known(row)
        if known and not _changed(row, known):
            (claims,) = self.db.execute("select count(*) from quotes where article_id = ?", [known["id"]]).fetchone()
            return Ingested("unchanged", int(known["id"]), int(claims))
        if known:
            row |= {"revision": known["revision"] + 1, "supersedes": known["id"]}
        article_id = self._insert("articles", row | _made_by(analysis.parse))
        for claim in analysis.claims:
            self._claim(article_id, analysis, claim)
        return Ingested("revised" if known else "ingested", article_id, len(analysis.claims))

    def _known(self, row: Row) -> Row | None:
        latest = "not exists (select 1 from articles newer where newer.supersedes = articles.id)"
        columns = f"id, revision, {', '.join(_FACTS)}"
        for sign in _KNOWN:
            sql = f"select {columns} from articles where {sign} and {latest} order by id desc limit 1"
            cursor = self.db.conn.execute(sql, row)
            found = cursor.fetchone()
            if found:
                return dict(zip((c[0] for c in cursor.description), found, strict=True))
        return None

    def _claim(self, article_id: int, analysis: Analysis, claim: Claim) -> None:
        quote_id = self._quote(article_id, analysis, claim.quote)
        due = claim.due
        row = {
            "quote_id": quote_id,
            "kind": claim.kind,
            "said_on": claim.said_on.isoformat() if claim.said_on else None,
            "said_on_text": claim.said_on_text,
            "said_on_from": "article" if claim.said_on_text else "publication",
            "due_start": due.start.isoformat() if due and due.start else None,
            "due_end": due.end.isoformat() if due and due.end else None,
            "due_text": due.text if due else None,
            "rule": claim.rule,
            "confidence": claim.confidence,
        }
        self._insert("claims", row)

    def _quote(self, article_id: int, analysis: Analysis, quote: Quote) -> int:
        text, speaker = analysis.article.text, quote.speaker
        start, end = sentence_of(analysis.parse, quote)
        row = {
            "article_id": article_id,
            "kind": quote.kind,
            "text": quote.text(text),
            **_words("cue", quote.cue, text),
            **_words("mention", quote.mention, text),
            "speaker_id": self._speaker(speaker) if speaker else None,
            "role": speaker.role if speaker else None,
            "affiliation": speaker.affiliation if speaker else None,
            "sentence": text[start:end],
            "sentence_start": start,
            "sentence_end": end,
            "rule": quote.rule,
            "confidence": quote.confidence,
        }
        quote_id = self._insert("quotes", row)
        for n, span in enumerate(quote.spans, 1):
            self._insert("quote_spans", {"quote_id": quote_id, "n": n, "start": span.start, "end": span.end})
        return quote_id

    def _speaker(self, speaker: Speaker) -> int:
        """The speaker of this name and a compatible kind, made where there is none; gathers the other names."""
        key = folded(speaker.name)
        kinds = _COMPATIBLE.get(speaker.kind, (speaker.kind, speaker.kind))
        sql = "select id, name from speakers where folded = ? and kind in (?, ?) order by kind <> ? limit 1"
        row = self.db.conn.execute(sql, [key, *kinds, speaker.kind]).fetchone()
        if row:
            id, name = int(row[0]), str(row[1])
        else:
            name = speaker.name
            id = self._insert("speakers", {"name": name, "kind": speaker.kind, "folded": key})
        for other in sorted({speaker.name, *speaker.other_names} - {name, ""}):
            sql = "insert or ignore into speaker_names (speaker_id, name, folded) values (?, ?, ?)"
            self.db.conn.execute(sql, [id, other, folded(other)])
        return id

    def _insert(self, table: str, row: Row) -> int:
        columns = ", ".join(f'"{c}"' for c in row)
        sql = f"insert into {table} ({columns}) values ({', '.join('?' * len(row))})"
        return int(self.db.conn.execute(sql, list(row.values())).lastrowid or 0)


def _row_of(article: Article) -> Row:
    """What an article says of itself."""
    return {
        "url": article.url,
        "source": article.source,
        "place": place_of(article.source),
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "language": article.language,
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from,
        "text": article.text,
        "sha256": article.sha256 or hashlib.sha256(article.text.encode()).hexdigest(),
        "raw_sha256": article.raw_sha256,
        "revision": 1,
        "supersedes": None,
    }


def _made_by(parse: Parse) -> Row:
    from quotetrack import __version__

    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    return {"models": parse.models, "version": __version__, "ingested_at": now}


def _changed(row: Row, known: Row) -> bool:
    """Whether an article says something else than it did; what it no longer says, and a guessed day, are no change."""
    facts = [f for f in _FACTS if f != "published" or row["published_from"] != "today"]
    return any(row[fact] is not None and row[fact] != known[fact] for fact in facts)


def place_of(source: str | None) -> str | None:
    """A file as a hash of its full path: recognised from any folder, and nobody is told where its owner keeps it.

    None for standard input and where the source is not known.
    """
    if not source or source == "-":
        return None
    full = source if "://" in source else os.path.abspath(source)
    return hashlib.sha256(os.fsencode(full)).hexdigest()


def _words(name: str, span: Span | None, text: str) -> Row:
    if span is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    return {name: span.of(text), f"{name}_start": span.start, f"{name}_end": span.end}


def sentence_of(parse: Parse, quote: Quote) -> tuple[int, int]:
    """Where the sentences that hold quote and cue begin and end; at least the two themselves."""
    parts = [*quote.spans, quote.cue] if quote.cue else list(quote.spans)
    low, high = min(s.start for s in parts), max(s.end for s in parts)
    around = [s.span for s in parse.sentences if s.span.start < high and low < s.span.end]
    return min([low, *(s.start for s in around)]), max([high, *(s.end for s in around)])
