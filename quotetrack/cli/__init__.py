"""The command line: each command opens, calls, prints.

Errors are one line on standard error and exit code 1, wrong usage is 2, Ctrl-C is 130. Heavy libraries are imported by
the commands that need them, so that --help, claims and show answer at once.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from quotetrack import __version__
from quotetrack.cli import articles, looking, upkeep
from quotetrack.errors import QuotetrackError

app = typer.Typer(
    help="Who said what, when, and when to check it: attributed quotes of news articles, kept as a claim log.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (articles, looking, upkeep):
    module.register(app)

log = logging.getLogger("quotetrack")


class _OneLine(logging.Handler):
    """Warnings of the libraries as lines on standard error, above a progress bar where there is one."""

    def emit(self, record: logging.LogRecord) -> None:
        from quotetrack.terminal import err

        err.print(f"{record.levelname.lower()}: {self.format(record)}", markup=False, soft_wrap=True)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quotetrack {__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show what goes on, and where an error comes from.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    log.setLevel(logging.DEBUG if debug else logging.WARNING)
    if not any(isinstance(handler, _OneLine) for handler in log.handlers):
        log.addHandler(_OneLine())
    # trafilatura reports on its own what our errors say better.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a character shows a question mark, and the rest.
            stream.reconfigure(errors="replace")
    try:
        app(args=None if arguments is None else list(arguments), prog_name="quotetrack")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    except QuotetrackError as error:
        if log.isEnabledFor(logging.DEBUG):
            raise
        typer.echo(f"quotetrack: {error}", err=True)
    except Exception as error:
        if log.isEnabledFor(logging.DEBUG):
            raise
        told = " ".join(f"{type(error).__name__}: {error}".split())
        typer.echo(f"quotetrack: internal error ({told}); run it again with --debug and report it", err=True)
    return 1
