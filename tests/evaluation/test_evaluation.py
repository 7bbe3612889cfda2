"""The scorer: its definitions on small cases, and the same figures as the reference scorer where that is at hand."""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quotetrack.errors import ReadingError
from quotetrack.evaluation import Tally, lines, load, report, same_period, same_speaker, score

GOLD_DIR = Path(__file__).parents[3] / "shared" / "gold"


def quote(*spans: tuple[int, int], **more: Any) -> dict[str, Any]:
    return {"kind": "direct", "spans": [list(s) for s in spans], "speaker": "Ana Roy", "claim": "fact"} | more


TEXT = "un deux trois quatre cinq six sept huit neuf dix"


@pytest.mark.parametrize(
    ("gold", "predicted", "found", "strict", "precision"),
    [
        ([quote((0, 13))], [quote((0, 13))], 1.0, 1.0, 1.0),
        ([quote((0, 13))], [quote((0, 7))], 1.0, 0.0, 1.0),  # two of three tokens
        ([quote((0, 13))], [quote((0, 2))], 0.0, 0.0, 0.0),
        ([quote((0, 13))], [], 0.0, 0.0, math.nan),
        ([quote((0, 13)), quote((14, 25), optional=True)], [quote((0, 13)), quote((14, 25))], 1.0, 1.0, 1.0),
        ([quote((14, 25), optional=True)], [quote((14, 20)), quote((26, 29))], math.nan, math.nan, 0.0),
        ([quote((0, 7), (14, 20))], [quote((0, 20))], 1.0, 0.0, 1.0),  # three of four
    ],
)
def test_found_and_strict(gold: list[Any], predicted: list[Any], found: float, strict: float, precision: float) -> None:
    tally = Tally()
    score(TEXT, gold, predicted, tally)
    got = [tally.rate("R"), tally.rate("R strict"), tally.rate("P")]
    assert got == pytest.approx([found, strict, precision], nan_ok=True)


def test_one_prediction_matches_one_gold_quote_best_first() -> None:
    tally = Tally()
    score(TEXT, [quote((0, 7)), quote((8, 29))], [quote((0, 29)), quote((0, 7))], tally)
    assert (tally.right["R"], tally.right["P"], tally.of["P"]) == (2, 2, 2)


@pytest.mark.parametrize(
    ("gold", "predicted", "kind", "same"),
    [
        ("Ana Roy", "Roy", "person", True),
        ("Ana Roy", "Mme Roy", "person", True),
        ("Ana Roy", "Léa Roy", "person", False),
        ("Ana Roy", "Ana", "person", True),
        ("Élodie Roy", "elodie roy", "person", True),
        ("Ana Roy", None, "person", False),
        (None, None, None, True),
        (None, "Roy", None, False),
        ("le parquet de Valmer", "parquet de Valmer", "organisation", True),
        ("le parquet de Valmer", "le parquet de Louvières", "organisation", False),
        ("une source policière", "une source proche du dossier", "unnamed", False),
        ("le", "Le", "group", True),
    ],
)
def test_same_speaker(gold: str | None, predicted: str | None, kind: str | None, same: bool) -> None:
    assert same_speaker(gold, predicted, kind) is same


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        (("2024-01-01", "2024-01-31"), ("2024-01-01", "2024-01-31"), True),
        (("2024-01-01", "2024-01-31"), ("2024-01-10", "2024-01-31"), True),
        (("2024-01-01", "2024-01-31"), ("2024-01-20", "2024-01-31"), False),
        ((None, "2024-01-31"), ("2024-01-01", "2024-01-31"), True),
        ((None, "2024-01-31"), (None, "2024-02-01"), False),
        (("2024-01-01", None), ("2024-01-01", None), True),
        (("2024-01-01", None), ("2024-01-01", "2024-02-01"), False),
    ],
)
def test_same_period(gold: tuple[str, str], predicted: tuple[str, str], same: bool) -> None:
    forms = ({"start": s, "end": e} for s, e in (gold, predicted))
    assert same_period(*forms) is same


def test_a_report_without_quotes_is_no_crash() -> None:
    assert any("quotes" in line for line in lines(report(Tally())))


def test_folders_that_are_no_gold(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="no such folder"):
        load(tmp_path / "x")
    with pytest.raises(ReadingError, match="no annotated articles"):
        load(tmp_path)
    (tmp_path / "a.json").write_text("{]")
    with pytest.raises(ReadingError, match=r"a\.json: cannot be read"):
        load(tmp_path)


def _noise(gold: Any, rng: random.Random) -> dict[str, Any]:
    """A prediction near a gold quote: shifted, renamed, or as it is."""
    spans = [[s + rng.choice([0, 0, 9]), e - rng.choice([0, 0, 20])] for s, e in gold["spans"]]
    said, names = gold.get("said_on"), [gold["speaker"], (gold["speaker"] or "x").split()[-1], None, "Ana Roy"]
    return {
        "kind": rng.choice([gold["kind"], "direct"]),
        "spans": [[s, max(s, e)] for s, e in spans],
        "speaker": rng.choice(names),
        "said_on": said and said["date"],
        "claim": rng.choice([gold["claim"], "promise"]),
        "due": rng.choice([gold.get("due"), {"start": "2020-01-01", "end": None}, None]),
    }


@pytest.mark.skipif(not (GOLD_DIR / "score.py").exists(), reason="the gold set is not beside this checkout")
@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_the_reference_scorer(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    tally = Tally()
    for gold in load(GOLD_DIR / "dev"):
        kept = [q for q in gold.quotes if rng.random() < 0.85]
        predicted = [_noise(q, rng) for q in kept] + [quote((i, i + 90)) for i in range(5, 600, 180)]
        (tmp_path / f"{gold.id}.json").write_text(json.dumps({"quotes": predicted}))
        score(gold.article.text, gold.quotes, predicted, tally)
    command = [sys.executable, str(GOLD_DIR / "score.py"), str(GOLD_DIR / "dev"), str(tmp_path)]
    reference = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout
    assert json.dumps(json.loads(reference), sort_keys=True) == json.dumps(report(tally), sort_keys=True)
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[1:] == list(lines(report(tally)))
