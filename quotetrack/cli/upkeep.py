"""Commands about the tool itself: its models, its accuracy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotetrack.cli import options as opt

if TYPE_CHECKING:
    from quotetrack.evaluation import Gold

models = typer.Typer(help="The Stanza models that parse.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    app.add_typer(models, name="models")
    app.command()(evaluate)


@models.command("list")
def list_models() -> None:
    """List the models that are embedded and those that are installed."""
    from quotetrack import terminal
    from quotetrack.parsing.models import installed

    terminal.out.print(terminal.models_table(installed()))


@models.command()
def download(language: Annotated[str, typer.Argument(help="Code of the language, such as fr.")]) -> None:
    """Fetch Stanford's full models of a language; --models stanford then uses them."""
    from quotetrack.parsing import models as known

    fetched = known.download(language)
    typer.echo(f"{fetched.name}, {fetched.size / 1e6:.0f} MB, in {fetched.folder}")


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Annotated articles: ID.txt beside ID.json.")],
    by_article: Annotated[bool, typer.Option("--by-article", help="One line for each article first.")] = False,
    as_json: opt.Json = False,
    write: Annotated[Path | None, typer.Option(help="Folder to keep the predictions in, as ID.json.")] = None,
    models: opt.Models = "embedded",
) -> None:
    """Score quotes against annotated articles."""
    from quotetrack import evaluation

    gold = evaluation.load(folder)
    predictions = _predict(gold, models)
    if write:
        _write(write, gold, predictions)
    if by_article:
        typer.echo("\n".join(evaluation.by_article(gold, predictions)))
    figures = evaluation.report(evaluation.tally(gold, predictions))
    told = [f"{len(gold)} articles", *evaluation.lines(figures)]
    typer.echo(json.dumps(figures, indent=1) if as_json else "\n".join(told))


def _predict(gold: list[Gold], models: str) -> list[dict[str, Any]]:
    from quotetrack.jsonform import to_json
    from quotetrack.parsing import Parser
    from quotetrack.walk import analyse

    return [to_json(analysis) for analysis in analyse((g.article for g in gold), Parser(models))]


def _write(folder: Path, gold: list[Gold], predictions: list[dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for one, predicted in zip(gold, predictions, strict=True):
        (folder / f"{one.id}.json").write_text(json.dumps(predicted, ensure_ascii=False, indent=2), "utf-8")
