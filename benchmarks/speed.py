"""Measure cold start, speed after loading, memory and the time of each stage.

    python -m benchmarks.speed [FOLDER] [--threads 1 2] [--repeat 3] [--json]

FOLDER holds articles as .txt (default: examples/). Every figure comes from a process of its own; of several runs the
best is taken, because what disturbs a run only ever makes it slower. A naive `stanza.Pipeline` on the same models runs
beside each, so that the ratio says something on any machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import workers

WORKERS = ("walk", "parse", "naive_bulk", "naive_single")


def cold_start(file: Path, threads: int) -> float:
    """Seconds from starting `quotetrack extract FILE` to its end."""
    command = [sys.executable, "-c", "from quotetrack.cli import main; main()", "extract", str(file), "--json"]
    started = time.perf_counter()
    subprocess.run(command, env=_environment(threads), check=True, capture_output=True)
    return time.perf_counter() - started


def measured(worker: str, folder: Path, threads: int, least: int) -> dict[str, Any]:
    """What a worker reports of one run in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.workers", worker, str(folder), str(least)]
    ran = subprocess.run(command, env=_environment(threads), check=True, capture_output=True, text=True)
    report: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return report


def _environment(threads: int) -> dict[str, str]:
    return os.environ | {name: str(threads) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS")}


def best(reports: list[dict[str, Any]]) -> dict[str, Any]:
    return max(reports, key=lambda r: r["characters_per_second"])


def run(folder: Path, threads: list[int], repeat: int, least: int) -> dict[str, Any]:
    first = workers.files(folder)[0]
    figures: dict[str, Any] = {"cold start": {n: min(cold_start(first, n) for _ in range(repeat)) for n in threads}}
    for worker in WORKERS:
        figures[worker] = {n: best([measured(worker, folder, n, least) for _ in range(repeat)]) for n in threads}
    return figures


def lines(figures: dict[str, Any]) -> list[str]:
    """The figures as text."""
    told = [f"cold start, {n} thread(s): {s:.2f} s" for n, s in figures["cold start"].items()]
    for worker in WORKERS:
        for threads, report in figures[worker].items():
            ratio = report["characters_per_second"] / figures["naive_bulk"][threads]["characters_per_second"]
            told.append(
                f"{worker:12}, {threads} thread(s): {report['characters_per_second']:8,.0f} characters/s, "
                f"{report['characters_per_cpu_second']:8,.0f} per CPU second, "
                f"{report['articles_per_second']:5.1f} articles/s, {ratio:4.1f} times naive, "
                f"{report['megabytes']:5,.0f} MB, loaded in {report['loading']:.1f} s"
            )
    stages = figures["walk"][min(figures["walk"])]["stages"]
    told.append("stages of the walk, microseconds a character: " + ", ".join(f"{k} {v:.1f}" for k, v in stages.items()))
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("examples"))
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--least", type=int, default=200_000, help="characters to walk; articles repeat up to that")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = run(options.folder, options.threads, options.repeat, options.least)
    print(json.dumps(figures, indent=1) if options.json else "\n".join(lines(figures)))


if __name__ == "__main__":
    main()
