"""Models, evaluate, demo."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quotetrack import shipped

GOLD_DIR = Path(__file__).parents[3] / "shared" / "gold"


def test_models_list(run: Any) -> None:
    ran = run("models", "list")
    assert ran.code == 0
    assert "embedded fr/" in ran.out


def gold(folder: Path) -> Path:
    """One annotated article."""
    text = "« Le pont ouvrira en juin », a déclaré la maire Ana Roy."
    quote = {
        "kind": "direct",
        "spans": [[2, 25]],
        "speaker": "Ana Roy",
        "speaker_kind": "person",
        "claim": "prediction",
    }
    folder.mkdir()
    (folder / "a.txt").write_text(text, "utf-8")
    about = {"title": "x", "published": "2024-03-12", "language": "fr", "quotes": [quote]}
    (folder / "a.json").write_text(json.dumps(about), "utf-8")
    return folder


def test_evaluate(run: Any, tmp_path: Path) -> None:
    folder = gold(tmp_path / "gold")
    ran = run("evaluate", folder, "--by-article", "--write", tmp_path / "said")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "a            quotes F1 1.00  attributed F1 1.00  gold 1 predicted 1"
    assert lines[1] == "1 articles"
    assert json.loads((tmp_path / "said" / "a.json").read_text("utf-8"))["format"] == "quotetrack-extract/1"
    figures = json.loads(run("evaluate", folder, "--json").out)
    assert figures["attributed"]["F1"] == 1.0


def test_evaluate_nothing(run: Any, tmp_path: Path) -> None:
    ran = run("evaluate", tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "no annotated articles" in ran.err


@pytest.mark.skipif(not (GOLD_DIR / "score.py").exists(), reason="the gold set is not beside this checkout")
def test_evaluate_agrees_with_the_reference_scorer(run: Any, tmp_path: Path) -> None:
    dev = tmp_path / "dev"
    dev.mkdir()
    for path in sorted((GOLD_DIR / "dev").glob("*"))[:8]:
        (dev / path.name).write_bytes(path.read_bytes())
    ran = run("evaluate", dev, "--write", tmp_path / "said")
    command = [sys.executable, str(GOLD_DIR / "score.py"), str(dev), str(tmp_path / "said")]
    assert ran.out == subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_demo(run: Any) -> None:
    ran = run("demo")
    assert (ran.code, ran.err) == (0, "")
    n = len([p for p in shipped.examples().iterdir() if p.suffix in {".txt", ".html"}])
    assert n >= 6
    assert ran.out.startswith(f"{n} ingested, 0 unchanged, 0 revised, 0 failed; ")
    assert "Solène Kerbrat" in ran.out
    assert "quotetrack serve --db quotetrack-demo.db" in ran.out
    assert Path("quotetrack-demo.db").is_file()
    assert run("demo").out.startswith(f"0 ingested, {n} unchanged")
