"""A real wheel in a clean environment: everything is in it, and the demo runs from any folder.

To be fast, the environment reads the installed dependencies of the running one through a .pth file; quotetrack itself
comes from the wheel, which the first assertion makes sure of.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

HOLDS = (
    "quotetrack/py.typed",
    "quotetrack/examples/01-pont-de-sarle.txt",
    "quotetrack/examples/05-glacier-du-grand-vallon.html",
    "quotetrack/languages/fr/language.yml",
    "quotetrack/parsing/embedded/resources.json",
    "quotetrack/parsing/embedded/fr/pos/press.pt",
    "quotetrack/parsing/embedded/fr/ner/press.pt",
    "quotetrack/site/metadata.yml",
    "quotetrack/site/templates/index.html",
    "quotetrack-0.1.0.dist-info/licenses/LICENSE",
    "quotetrack-0.1.0.dist-info/licenses/NOTICE",
)


def call(*command: str | Path, cwd: Path) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "QUOTETRACK", "STANZA", "VIRTUAL_ENV"))}
    ran = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    return next(folder.glob("quotetrack-*.whl"))


def test_the_wheel_holds_what_is_needed_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert not set(HOLDS) - set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"quotetrack"}
    assert not [name for name in names if name.endswith((".pyc", ".db", ".conllu"))]
    assert sum(name.startswith("quotetrack/site/static/") for name in names) >= 1


def test_the_demo_runs_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    env = tmp_path / "env"
    venv.create(env, with_pip=False)
    bin_ = env / ("Scripts" if os.name == "nt" else "bin")
    python = bin_ / "python"
    call(sys.executable, "-m", "pip", "-q", "--python", python, "install", "--no-deps", wheel, cwd=tmp_path)
    own = Path(call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    shared = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "dependencies.pth").write_text("\n".join(sorted(shared)) + "\n")

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    package = call(python, "-c", "import quotetrack; print(quotetrack.__file__)", cwd=elsewhere).strip()
    assert Path(package).is_relative_to(env)
    told = call(bin_ / "quotetrack", "demo", cwd=elsewhere)
    assert "7 ingested, 0 unchanged, 0 revised, 0 failed" in told
    assert "Solène Kerbrat" in told
    assert "embedded fr/" in call(bin_ / "quotetrack", "models", "list", cwd=elsewhere)
    assert (elsewhere / "quotetrack-demo.db").is_file()
