"""Commands that look into the log: claims, show, serve."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotetrack.cli import options as opt
from quotetrack.model import ClaimKind

if TYPE_CHECKING:
    from quotetrack.log import ClaimRow


def register(app: typer.Typer) -> None:
    for command in (claims, show, serve):
        app.command()(command)


def claims(
    speaker: Annotated[
        str | None, typer.Option(help="Part of the speaker's name; case and accents do not matter.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First day on which it was said.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day on which it was said.")] = None,
    kind: Annotated[ClaimKind | None, typer.Option(help="Kind of claim.")] = None,
    search: Annotated[str | None, typer.Option(help="Words of the quote, its sentence or the speaker's role.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="How many at most.")] = None,
    as_json: opt.Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    db: opt.Db = opt.DEFAULT_DB,
) -> None:
    """List and search claims, newest first."""
    from quotetrack.log import Log

    first, last = opt.day(since, "--since"), opt.day(until, "--until")
    with Log(db, readonly=True) as log:
        rows = log.claims(speaker=speaker, since=first, until=last, kind=kind, search=search, limit=limit)
        if as_json:
            typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        elif as_csv:
            _csv(rows)
        else:
            _table(rows)


def show(id: Annotated[int, typer.Argument(help="Number of the claim.")], db: opt.Db = opt.DEFAULT_DB) -> None:
    """Show one claim in its sentence."""
    from quotetrack import terminal
    from quotetrack.log import Log

    with Log(db, readonly=True) as log:
        terminal.show_claim(log.claim(id))


def serve(
    db: opt.Db = opt.DEFAULT_DB,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 8001,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the site in a browser.")] = False,
) -> None:
    """Serve the site and print its address."""
    from quotetrack.site.serve import serve

    serve(db, host, port, open_browser, announce=lambda address: typer.echo(f"{address}  (Ctrl-C stops)"))


def _table(rows: Iterable[ClaimRow]) -> None:
    from quotetrack import terminal

    listed = terminal.rows_of_log(rows)
    terminal.out.print(terminal.claims_table(listed) if listed else "no claims found")


def _csv(rows: Iterable[ClaimRow]) -> None:
    from quotetrack.log import ClaimRow

    names = [field.name for field in fields(ClaimRow)]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_defused(getattr(row, name)) for name in names] for row in rows)


def _defused(value: Any) -> Any:
    """A cell that a spreadsheet takes for text, not for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
