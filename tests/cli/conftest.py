"""Running commands in this process, so that the models load once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from quotetrack.cli import main

ARTICLE = """---
title: Une école à Sarlé
outlet: La Gazette du Littoral
published: 2024-03-12
url: https://gazette.example/ecole
---
La ville de Sarlé ouvrira une nouvelle école, a annoncé lundi la maire Solène Kerbrat.

« Nous l'ouvrirons avant la fin de l'année », a-t-elle promis. « Les enfants ont assez attendu. »
"""


@dataclass
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `quotetrack ARGUMENTS...` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUOTETRACK_DB", raising=False)
    monkeypatch.setenv("COLUMNS", "160")

    def ran(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return ran


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "ecole.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path
