"""How an analysis becomes rows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from quotetrack.model import Analysis, Article, Claim, Parse, Quote, Span, Speaker

Status = Literal["ingested", "unchanged", "revised"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of an article: its row, and how many claims it has in the log."""

    status: Status
    article_id: int
    claims: int


def folded(name: str) -> str:
    """A name without case, accents, leading article and superfluous blanks: what two forms of it have in common."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.replace("’", "'")) if not unicodedata.combining(c))
    words = plain.casefold().replace("l'", "", 1).split() if plain.casefold().startswith("l'") else plain.casefold().split()
    if len(words) > 1 and words[0] in ("le", "la", "les", "the"):
        words = words[1:]
    return " ".join(words) or name.casefold()


class Writer:
    """Writes one article. Everything happens in one transaction that begins by taking the write lock."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def add(self, analysis: Analysis) -> Ingested:
        """Store an analysis; see `Log.add`."""
        self.db.execute("begin immediate")
        try:
            stored = self._store(analysis)
            self.db.execute("commit")
        except BaseException:
            if self.db.conn.in_transaction:
                self.db.execute("rollback")
            raise
        return stored

    def same(self, article: Article) -> int | None:
        """The id of the latest revision that holds this very text, if it comes from the same place."""
        sql = "select a.id from articles a where a.sha256 = ? and a.url is ? and (a.url is not null or a.source is ? or ? is null)"
        sql += " and not exists (select 1 from articles newer where newer.supersedes = a.id) order by a.id desc"
        row = self.db.execute(sql, [article.sha256, article.url, article.source, article.source]).fetchone()
        return int(row[0]) if row else None

    def _older(self, article: Article) -> tuple[int, int] | None:
        """Id and revision of the latest other text of the same address, or of the same file where there is none."""
        column, value = ("url", article.url) if article.url else ("source", article.source)
        if not value or value == "-":
            return None
        sql = f"select a.id, a.revision from articles a where a.{column} = ?"
        sql += " and not exists (select 1 from articles newer where newer.supersedes = a.id) order by a.id desc"
        row = self.db.execute(sql, [value]).fetchone()
        return (int(row[0]), int(row[1])) if row else None

    def _store(self, analysis: Analysis) -> Ingested:
        known = self.same(analysis.article)
        if known is not None:
            count = "select count(*) from quotes where article_id = ?"
            return Ingested("unchanged", known, int(self.db.execute(count, [known]).fetchone()[0]))
        older = self._older(analysis.article)
        article_id = self._article(analysis.article, analysis.parse, older)
        for claim in analysis.claims:
            self._claim(article_id, analysis, claim)
        return Ingested("revised" if older else "ingested", article_id, len(analysis.claims))

    def _insert(self, table: str, row: dict[str, Any]) -> int:
        columns = ", ".join(f'"{c}"' for c in row)
        sql = f"insert into {table} ({columns}) values ({', '.join('?' * len(row))})"
        return int(self.db.execute(sql, list(row.values())).lastrowid or 0)

    def _article(self, article: Article, parse: Parse, older: tuple[int, int] | None) -> int:
        from quotetrack import __version__

        row = {
            "url": article.url,
            "source": article.source,
            "title": article.title,
            "outlet": article.outlet,
            "author": article.author,
            "language": article.language,
            "published": article.published.isoformat() if article.published else None,
            "published_from": article.published_from,
            "text": article.text,
            "sha256": article.sha256,
            "raw_sha256": article.raw_sha256,
            "models": parse.models,
            "version": __version__,
            "ingested_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            "revision": older[1] + 1 if older else 1,
            "supersedes": older[0] if older else None,
        }
        return self._insert("articles", row)

    def _claim(self, article_id: int, analysis: Analysis, claim: Claim) -> None:
        quote = claim.quote
        due = claim.due
        text = analysis.article.text
        quote_id = self._quote(article_id, text, quote, sentence_of(text, analysis.parse, quote))
        for n, span in enumerate(quote.spans, 1):
            self._insert("quote_spans", {"quote_id": quote_id, "n": n, "start": span.start, "end": span.end})
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

    def _quote(self, article_id: int, text: str, quote: Quote, sentence: tuple[int, int]) -> int:
        row = {
            "article_id": article_id,
            "kind": quote.kind,
            "text": quote.text(text),
            **_words("cue", quote.cue, text),
            **_words("mention", quote.mention, text),
            "speaker_id": self._speaker(quote.speaker) if quote.speaker else None,
            "role": quote.speaker.role if quote.speaker else None,
            "affiliation": quote.speaker.affiliation if quote.speaker else None,
            "sentence": text[slice(*sentence)],
            "sentence_start": sentence[0],
            "sentence_end": sentence[1],
            "rule": quote.rule,
            "confidence": quote.confidence,
        }
        return self._insert("quotes", row)

    def _speaker(self, speaker: Speaker) -> int:
        key = [folded(speaker.name), speaker.kind]
        row = self.db.execute("select id, name from speakers where folded = ? and kind = ?", key).fetchone()
        if row:
            speaker_id, name = int(row[0]), str(row[1])
        else:
            speaker_id, name = self._insert("speakers", {"name": speaker.name, "kind": speaker.kind, "folded": key[0]}), ""
        for other in {speaker.name, *speaker.other_names} - {name, ""} if name else speaker.other_names:
            self.db.execute("insert or ignore into speaker_names (speaker_id, name) values (?, ?)", [speaker_id, other])
        return speaker_id


def _words(name: str, span: Span | None, text: str) -> dict[str, Any]:
    if span is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    return {name: span.of(text), f"{name}_start": span.start, f"{name}_end": span.end}


def sentence_of(text: str, parse: Parse, quote: Quote) -> tuple[int, int]:
    """Where the sentences begin and end that hold the quote, its cue and its mention; the quote itself without a parse."""
    spans: Sequence[Span] = [s for s in (*quote.spans, quote.cue) if s is not None]
    low, high = min(s.start for s in spans), max(s.end for s in spans)
    around = [s.span for s in parse.sentences if s.span.start < high and low < s.span.end]
    start = min([low, *(s.start for s in around)])
    end = max([high, *(s.end for s in around)])
    return start, end
