"""Where the files that ship with the package lie."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def examples() -> Path:
    """The folder of sample articles: inside the installed package, or beside it in a checkout."""
    package = Path(str(files("quotetrack")))
    inside = package / "examples"
    return inside if inside.is_dir() else package.parent / "examples"
