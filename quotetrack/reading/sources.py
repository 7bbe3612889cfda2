"""Where articles come from: files, folders, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from quotetrack.errors import ReadingError

STDIN = "-"
SUFFIXES = {".txt", ".md", ".html", ".htm"}
MAX_BYTES = 50_000_000


def expand(sources: Iterable[str | Path]) -> list[str]:
    """The sources one by one: a folder becomes its .txt, .md, .html and .htm files at any depth, sorted.

    Never fails: a folder without such files, or one that cannot be listed, stays itself, and `load` says what is wrong.
    """
    found: list[str] = []
    for source in sources:
        if str(source) != STDIN and Path(source).is_dir():
            found.extend(_inside(Path(source)) or [str(source)])
        else:
            found.append(str(source))
    # The same file may be named twice, as itself and in its folder.
    return list(dict.fromkeys(found))


def load(source: str) -> bytes:
    """What a file or standard input holds. Raises ReadingError with the reason when it cannot be had."""
    path = Path(source)
    try:
        if source == STDIN:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        elif path.is_dir():
            os.listdir(path)
            raise ReadingError(f"{source}: no .txt, .md, .html or .htm file in this folder")
        else:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadingError(f"{source}: {_reason(error)}") from None
    except ValueError:
        raise ReadingError(f"{source!r}: not a file name") from None
    if len(data) > MAX_BYTES:
        raise ReadingError(f"{source}: more than {MAX_BYTES // 1_000_000} MB, too long for one article; split it")
    return data


def _inside(folder: Path) -> list[str]:
    unreadable: list[str] = []
    files: list[str] = []
    for parent, folders, names in os.walk(folder, onerror=lambda e: unreadable.append(str(e.filename))):
        # Hidden folders hold tools' files, not articles.
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        files.extend(os.path.join(parent, n) for n in names if Path(n).suffix.lower() in SUFFIXES and n[0] != ".")
    return sorted(files) + sorted(unreadable)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "permission denied; make it readable"
    return (error.strerror or str(error)).lower()
