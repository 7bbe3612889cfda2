"""Starting the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotetrack.errors import LogError
from quotetrack.site import serve


def test_serve_refuses_what_is_not_a_log(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="ingest something first"):
        serve.serve(tmp_path / "missing.db")
    (tmp_path / "text.db").write_text("not a database")
    with pytest.raises(LogError, match=r"text\.db"):
        serve.serve(tmp_path / "text.db")


def test_serve_says_when_the_port_is_taken(log_path: Path) -> None:
    import socket

    from quotetrack.errors import QuotetrackError

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(QuotetrackError, match=f"127.0.0.1:{port}: cannot serve there"):
            serve.serve(log_path, port=port)
