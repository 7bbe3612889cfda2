"""How things look in a terminal, with rich: colours where there are any, plain text where not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotetrack.model import Analysis, Span

if TYPE_CHECKING:
    from quotetrack.log import ClaimRow, ClaimView
    from quotetrack.parsing.models import Models

QUOTE, CUE, MENTION = "yellow", "cyan", "bold magenta"

# Where there is no terminal whose width could be asked, rows are kept short but not as short as rich's 80 columns.
PIPED_WIDTH = 160
# Most names fit; longer descriptions wrap, so that the quote has room.
SPEAKER_WIDTH = 28


def _console(stderr: bool = False) -> Console:
    console = Console(highlight=False, stderr=stderr)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED_WIDTH
    return console


out = _console()
err = _console(stderr=True)


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in a table. `id` is None for one that is not in a log."""

    said_on: date | str | None
    speaker: str | None
    quote: str
    kind: str
    due: str | None
    id: int | str | None = None


def claims_table(rows: Sequence[Row]) -> Table:
    """Claims as a table: said on, speaker, quote, kind, due."""
    with_ids = any(row.id is not None for row in rows)
    table = Table(show_lines=False, pad_edge=False, box=None, header_style="bold", collapse_padding=True)
    if with_ids:
        table.add_column("id", style="dim")
    table.add_column("said on", no_wrap=True)
    table.add_column("speaker", style=MENTION, max_width=SPEAKER_WIDTH)
    table.add_column("quote", style=QUOTE)
    table.add_column("claim", no_wrap=True)
    table.add_column("due", no_wrap=True)
    for row in rows:
        cells = [str(row.said_on or ""), row.speaker or "(not known)", row.quote, row.kind, row.due or ""]
        # Text, not str: brackets in a quote are not rich's markup.
        table.add_row(*(Text(cell) for cell in ([str(row.id or "")] if with_ids else []) + cells))
    return table


def rows_of(analysis: Analysis) -> list[Row]:
    """The rows of an article that was walked."""
    text = analysis.article.text
    return [
        Row(
            claim.said_on,
            claim.quote.speaker.name if claim.quote.speaker else None,
            " ".join(claim.quote.text(text).split()),
            claim.kind,
            due_words(claim.due.start, claim.due.end) if claim.due else None,
        )
        for claim in analysis.claims
    ]


def due_words(start: date | str | None, end: date | str | None) -> str:
    """The day by which to look: the last of the period, or where that is open, the first."""
    return str(end) if end else f"from {start}" if start else ""


def article(analysis: Analysis) -> Text:
    """The article with quotes, cues and speakers coloured."""
    text = Text(analysis.article.text)
    quotes = [claim.quote for claim in analysis.claims]
    for spans, style in (
        ([s for q in quotes for s in q.spans], QUOTE),
        ([q.cue for q in quotes if q.cue], CUE),
        ([q.mention for q in quotes if q.mention], MENTION),
    ):
        _colour(text, spans, style)
    return text


def heading(analysis: Analysis) -> Text:
    """Title, outlet and date of the article, as far as they are known."""
    read = analysis.article
    line = Text(read.title or "", style="bold")
    where = ", ".join(str(part) for part in (read.outlet, read.published) if part)
    if where:
        line.append(f"{' — ' if read.title else ''}{where}", style="dim")
    return line


def show_article(analysis: Analysis) -> None:
    """Print an article that was walked, and its claims."""
    out.print(heading(analysis), soft_wrap=True)
    out.print(legend() if out.is_terminal else "", end="\n" if out.is_terminal else "")
    out.print(article(analysis))
    out.print(claims_table(rows_of(analysis)))


def models_table(models: Iterable[Models]) -> Table:
    """Sets of models: how to choose them, what they are, their size and folder."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("--models", "name", "MB", "folder"):
        table.add_column(column, overflow="fold")
    for found in models:
        table.add_row(found.choice, found.name, f"{found.size / 1e6:.1f}", str(found.folder))
    return table


def legend() -> Text:
    return Text.assemble(("quote", QUOTE), "  ", ("cue", CUE), "  ", ("speaker", MENTION))


def rows_of_log(claims: Iterable[ClaimRow]) -> list[Row]:
    """The rows of claims in a log."""
    return [
        Row(c.said_on, c.speaker, " ".join(c.quote.split()), c.kind, due_words(c.due_start, c.due_end), c.id)
        for c in claims
    ]


def show_claim(claim: ClaimView) -> None:
    """Print a claim, what is known of it, and its passage with the quoted parts coloured."""
    row = claim.row
    start, end = claim.sentence_span
    passage = Text(claim.text[start:end])
    for spans, style in ((claim.spans, QUOTE), ([claim.cue_span], CUE), ([claim.mention_span], MENTION)):
        _colour(passage, (Span(max(s[0] - start, 0), s[1] - start) for s in spans if s), style)
    said = f"{row.said_on or '(not known)'} ({row.said_on_text or 'day of publication'})"
    facts = {
        "claim": f"{row.id}, {row.kind}, {row.status}",
        "speaker": ", ".join(filter(None, (row.speaker or "(not known)", row.role))),
        "said on": said,
        "due": f"{row.due_start or '…'} to {row.due_end or '…'} ({row.due_text})" if row.due_text else None,
        "article": ", ".join(filter(None, (row.title, row.outlet, row.published, row.url))),
        "found by": f"{row.rule}, confidence {row.confidence:.2f}",
    }
    for name, value in facts.items():
        if value:
            out.print(Text.assemble((f"{name:9}", "dim"), value), soft_wrap=True)
    out.print()
    out.print(passage)


def _colour(text: Text, spans: Iterable[Span], style: str) -> None:
    for span in spans:
        text.stylize(style, span.start, span.end)
