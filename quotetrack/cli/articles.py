"""Commands that read articles: ingest, extract, demo."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotetrack.cli import options as opt

if TYPE_CHECKING:
    from quotetrack.ingesting import Result
    from quotetrack.log import Log
    from quotetrack.reading import Overrides


def register(app: typer.Typer) -> None:
    for command in (ingest, extract, demo):
        app.command()(command)


def ingest(
    paths: Annotated[list[str], typer.Argument(help="Files, folders (.txt .md .html .htm), or - for standard input.")],
    db: opt.Db = opt.DEFAULT_DB,
    title: opt.Title = None,
    outlet: opt.Outlet = None,
    author: opt.Author = None,
    url: opt.Url = None,
    published: opt.Published = None,
    language: opt.Language = None,
    models: opt.Models = "embedded",
) -> None:
    """Read articles and keep their quotes."""
    from quotetrack.log import Log
    from quotetrack.reading import Overrides, expand

    sources = expand(paths)
    if len(sources) > 1 and (title or url):
        raise typer.BadParameter("--title and --url are for one article")
    with Log(db) as log:
        raise typer.Exit(_ingest(sources, log, Overrides(title, outlet, author, url, published, language), models))


def extract(
    file: Annotated[str, typer.Argument(help="A file, or - for standard input.")],
    as_json: opt.Json = False,
    title: opt.Title = None,
    outlet: opt.Outlet = None,
    author: opt.Author = None,
    url: opt.Url = None,
    published: opt.Published = None,
    language: opt.Language = None,
    models: opt.Models = "embedded",
) -> None:
    """Show the quotes of one article."""
    from quotetrack import languages, terminal
    from quotetrack.jsonform import to_json
    from quotetrack.parsing import Parser
    from quotetrack.reading import Overrides, read
    from quotetrack.walk import analyse

    overrides = Overrides(title, outlet, author, url, published, language)
    article = read(file, overrides, languages=languages.available())
    analysis = next(iter(analyse([article], Parser(models))))
    if as_json:
        typer.echo(json.dumps(to_json(analysis), ensure_ascii=False, indent=2))
    else:
        terminal.show_article(analysis)


def demo(
    db: Annotated[Path, typer.Option(help="The database to make.")] = Path("quotetrack-demo.db"),
) -> None:
    """See it work on the sample articles."""
    from quotetrack import shipped, terminal
    from quotetrack.log import Log
    from quotetrack.reading import Overrides, expand

    with Log(db) as log:
        code = _ingest(expand([shipped.examples()]), log, Overrides(), "embedded")
        terminal.out.print(terminal.claims_table(terminal.rows_of_log(log.claims())))
    typer.echo(f"\nThe database is {db}. To open the site:  quotetrack serve --db {db}")
    raise typer.Exit(code)


def _ingest(sources: list[str], log: Log, overrides: Overrides, models: str) -> int:
    """Ingest with a progress bar and a summary; the exit code."""
    from quotetrack.ingesting import ingest
    from quotetrack.parsing import Parser

    results: list[Result] = []
    code = 0
    try:
        for result in _progress(ingest(sources, log, Parser(models), overrides), len(sources)):
            results.append(result)
    except KeyboardInterrupt:
        code = 130
    failed = _summary(results, len(sources))
    return code or failed


def _progress(results: Iterable[Result], total: int) -> Iterator[Result]:
    """The results, with a bar on the terminal when there are several; silent when piped."""
    from rich.progress import Progress

    from quotetrack.terminal import err

    with Progress(console=err, transient=True, disable=total < 2 or not err.is_terminal) as bar:
        yield from bar.track(results, total=total, description="Ingesting")


def _summary(results: list[Result], total: int) -> int:
    counts = Counter(result.status for result in results)
    claims = sum(result.claims for result in results if result.status in ("ingested", "revised"))
    told = [f"{counts['ingested']} ingested", f"{counts['unchanged']} unchanged", f"{counts['revised']} revised"]
    told += [f"{counts['failed']} failed"] + [f"{total - len(results)} not reached"] * (len(results) < total)
    typer.echo(f"{', '.join(told)}; {claims} claims stored")
    for result in results:
        if result.status == "failed":
            typer.echo(f"failed: {result.source}: {result.error}", err=True)
    return 1 if counts["failed"] else 0
