"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_DB = Path("db") / "quotetrack.db"

Db = Annotated[Path, typer.Option(help="The database.", envvar="QUOTETRACK_DB", show_default=str(DEFAULT_DB))]
Models = Annotated[str, typer.Option(help="The models that parse: embedded, stanford, or a folder.")]
Title = Annotated[str | None, typer.Option(help="Title of the article, where it is not in it or wrong.")]
Outlet = Annotated[str | None, typer.Option(help="Newspaper, agency or site.")]
Author = Annotated[str | None, typer.Option(help="Author of the article.")]
Url = Annotated[str | None, typer.Option(help="Address of the article.")]
Published = Annotated[
    str | None,
    typer.Option(help="Day of publication: 2023-05-15, 15/05/2023 or '15 mai 2023'. Else found, else today."),
]
Language = Annotated[str | None, typer.Option(help="Language of the article, such as fr. Else detected.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def day(text: str | None, where: str) -> str | None:
    """A day given to an option, as "YYYY-MM-DD". Raises DateError."""
    from quotetrack.reading.dates import parse_day

    return None if text is None else parse_day(text, where).isoformat()
