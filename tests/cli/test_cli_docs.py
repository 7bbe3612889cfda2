"""docs/cli.md is what the commands say of themselves. To mend it:

python -m typer quotetrack.cli utils docs --name quotetrack --output docs/cli.md
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from quotetrack import __version__

ROOT = Path(__file__).parents[2]


def test_the_docs_are_generated() -> None:
    command = [sys.executable, "-m", "typer", "quotetrack.cli", "utils", "docs", "--name", "quotetrack"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert (ROOT / "docs" / "cli.md").read_text("utf-8").strip() == told.strip(), __doc__


def test_the_version(run) -> None:  # type: ignore[no-untyped-def]
    assert run("--version").out == f"quotetrack {__version__}\n"
