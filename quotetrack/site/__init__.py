"""The Datasette plugin: pages for claims, speakers and articles in front of Datasette's own tables.

It adds to Datasette and hides nothing: every table, view, row and JSON address stays where it was. It acts on the first
attached database that holds a quotetrack log, and leaves all others alone. It only ever reads.

An entry point that names this package, and not a module in it, is what lets Datasette find templates/ and static/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from datasette import hookimpl

from quotetrack.site.highlight import web_address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from jinja2 import Environment


@hookimpl
def startup() -> None:
    """Keep Datasette 0.65 from handing its errors to rich, which comes with quotetrack.

    It would print all local variables of each 404 to the terminal, and crash on addresses that no page has.
    """
    from datasette import handle_exception

    handle_exception.rich = None


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    from quotetrack.site import pages

    # Two segments, the second a number: no database of that name loses a page to these.
    return [
        (r"^/claim/(?P<id>[0-9]{1,18})$", pages.claim),
        (r"^/speaker/(?P<id>[0-9]{1,18})$", pages.speaker),
        (r"^/article/(?P<id>[0-9]{1,18})$", pages.article),
    ]


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    env.filters["web_address"] = web_address
    # A kind as a class name: nothing but lower-case letters may reach the attribute.
    env.filters["css_word"] = lambda value: re.sub(r"[^a-z]", "", str(value or ""))


@hookimpl
def extra_template_vars(template: str, request: Request | None, datasette: Datasette) -> Any:
    if template != "index.html" or request is None:
        return {}
    from quotetrack.site import pages

    return pages.home(datasette, request)


@hookimpl
def extra_css_urls(database: str | None, table: str | None, datasette: Datasette) -> Any:
    """The marks in Datasette's own tables need our stylesheet; nothing in it but the marks applies there."""
    from quotetrack.site import pages

    return pages.table_stylesheet(datasette, database)


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str | None, datasette: Datasette
) -> Any:
    from quotetrack.site import cells

    return cells.render(datasette, database, table, column, value, row)
