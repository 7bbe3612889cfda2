"""The site on a local port: Datasette with the project's metadata, pages and settings."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotetrack.errors import QuotetrackError

if TYPE_CHECKING:
    from datasette.app import Datasette

# The key of the database in metadata.yml and the first part of its addresses, whatever the file is called.
NAME = "quotetrack"

# Measured on 100,000 claims: a table page takes eleven times as long when facets are suggested, JSON sixty times.
SETTINGS = {
    "suggest_facets": False,
    "default_page_size": 20,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 500,
    "truncate_cells_html": 400,
}


def metadata() -> dict[str, Any]:
    """What metadata.yml says."""
    import yaml

    found = yaml.safe_load(files("quotetrack.site").joinpath("metadata.yml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def application(db: Path) -> Datasette:
    """Datasette on the log `db`, which it only reads, under the name of metadata.yml.

    Raises:
        LogError: there is no such file, or it is not a quotetrack log.
    """
    from quotetrack.log import Log

    Log(db, readonly=True).close()
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.plugins import pm

    import quotetrack.site as plugin

    if not pm.is_registered(plugin):  # run from a source tree that is not installed: no entry point was found
        pm.register(plugin, name="quotetrack")
    datasette = Datasette(memory=True, metadata=metadata(), settings=dict(SETTINGS))
    datasette.remove_database("_memory")
    datasette.add_database(Database(datasette, path=str(db), is_mutable=True), name=NAME)
    return datasette


def serve(
    db: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    announce: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the log until interrupted.

    Args:
        port: 0 takes a free one.
        announce: is given the address once the port is bound, before the first request is answered.

    Raises:
        LogError: `db` is not a log.
        QuotetrackError: the address cannot be bound.
    """
    datasette = application(db)
    import uvicorn

    listener = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    announce(address)
    if open_browser:
        # The socket listens already, so the browser waits for the server instead of failing.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    server = uvicorn.Server(uvicorn.Config(datasette.app(), log_level="warning", lifespan="on"))
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        listener.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise QuotetrackError(
            f"{host}:{port}: cannot serve there ({reason}): choose another --port or --host"
        ) from error
