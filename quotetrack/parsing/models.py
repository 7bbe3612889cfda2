"""Which Stanza models there are, where, and how to get more.

Models live in folders in Stanza's own layout: a `resources.json`, and `LANGUAGE/PROCESSOR/NAME.pt`. Three choices:
`embedded` (in this package, the default everywhere, so that results are the same for everybody), `stanford` (what
Stanza downloads, into Stanza's own folder), or the path of such a folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import runpy
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from quotetrack.errors import ModelsError

EMBEDDED = "embedded"
STANFORD = "stanford"
# In the order in which they run. Not every language has multi-word tokens; without ner a parse has no entities.
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
_OPTIONAL = frozenset({"mwt", "ner"})


@dataclass(frozen=True)
class Models:
    """A set of models for one language.

    `processors` maps each processor to the name of its model; `files` are all files it needs, word vectors included.
    """

    choice: str
    language: str
    package: str
    folder: Path
    version: str
    processors: Mapping[str, str]
    files: tuple[Path, ...]

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(f.stat().st_size for f in self.files)

    @cached_property
    def fingerprint(self) -> str:
        """The first digits of the SHA-256 of the files, as `Parse.models` records them."""
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(_hash(file, file.stat().st_mtime_ns))
        return digest.hexdigest()[:8]

    @cached_property
    def name(self) -> str:
        """What is recorded with a parse: `embedded fr/press 1.0 (sha 1a2b3c4d)`."""
        return f"{self.choice} {self.language}/{self.package} {self.version} (sha {self.fingerprint})"


@lru_cache(maxsize=64)
def _hash(file: Path, modified: int) -> bytes:
    return hashlib.sha256(file.read_bytes()).digest()


def embedded_folder() -> Path:
    """The folder of the models in this package."""
    return Path(str(files("quotetrack.parsing").joinpath("embedded")))


def stanford_folder() -> Path:
    """Stanza's own folder; STANZA_RESOURCES_DIR moves it.

    Worked out as `stanza.resources.common` does, without importing it: that would import torch to list two folders.
    """
    from platformdirs import user_cache_dir

    moved = os.environ.get("STANZA_RESOURCES_DIR")
    return Path(moved or Path(user_cache_dir("stanza", "StanfordNLP", _resources_version())) / "resources")


def _resources_version() -> str:
    stanza = find_spec("stanza")
    if stanza is None or stanza.origin is None:
        raise ModelsError("Stanza is not installed; run: pip install stanza")
    return str(runpy.run_path(str(Path(stanza.origin).parent / "_version.py"))["__resources_version__"])


def find(choice: str, language: str) -> Models:
    """The models of a language.

    Args:
        choice: `embedded`, `stanford`, or the path of a folder in Stanza's layout.
        language: a code such as `fr`.

    Raises:
        ModelsError: they are not there; the message names the command that mends it.
    """
    folder = _folder(choice)
    remedy = _remedy(choice, language)
    resources = _resources(folder, remedy)
    if language not in resources:
        raise ModelsError(f"no {choice} models for language {language!r} in {folder}; {remedy}")
    package, processors = _package(resources[language], choice, language, folder)
    paths = _paths(resources[language], folder / language, processors)
    missing = next((p for p in paths if not p.is_file()), None)
    if missing:
        raise ModelsError(f"the model {missing} is missing; {remedy}")
    version = str(resources[language].get("version", resources.get("version", "")) or "unversioned")
    return Models(choice, language, package, folder, version, processors, tuple(paths))


def installed(stanford: bool = True) -> list[Models]:
    """All models that could be chosen by name; Stanford's where wanted, for looking for them imports Stanza."""
    found = []
    for choice in [EMBEDDED, STANFORD] if stanford else [EMBEDDED]:
        try:
            languages = [k for k, v in _resources(_folder(choice), "").items() if "packages" in v]
        except ModelsError:
            continue
        for language in languages:
            try:
                found.append(find(choice, language))
            except ModelsError:  # listed in resources.json, but not downloaded
                continue
    return found


def download(language: str, resources_url: str | None = None) -> Models:
    """Fetch Stanford's models of a language into Stanza's own folder, with Stanza's downloader.

    Args:
        language: a code such as `fr`.
        resources_url: where `resources_VERSION.json` is, instead of Stanza's own address.

    Raises:
        ModelsError: the language is not offered, or the network failed.
    """
    import requests
    import stanza.resources.common as stanza_resources

    options = {} if resources_url is None else {"resources_url": resources_url}
    try:
        stanza_resources.download(language, model_dir=str(stanford_folder()), logging_level="ERROR", **options)
    except stanza_resources.UnknownLanguageError:
        raise ModelsError(f"Stanford offers no models for language {language!r}; try a code such as 'fr'") from None
    except (requests.RequestException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ModelsError(
            f"the models for {language!r} could not be downloaded ({reason}); try again online"
        ) from error
    return find(STANFORD, language)


def _folder(choice: str) -> Path:
    if choice == EMBEDDED:
        return embedded_folder()
    return stanford_folder() if choice == STANFORD else Path(choice).expanduser()


def _remedy(choice: str, language: str) -> str:
    if choice == STANFORD:
        return f"run: quotetrack models download {language}"
    if choice == EMBEDDED:
        return f"run: quotetrack models download {language}, and choose --models stanford"
    return f"choose --models {EMBEDDED}, --models {STANFORD}, or a folder in Stanza's layout"


def _resources(folder: Path, remedy: str) -> dict[str, Any]:
    """What `resources.json` says of each language."""
    file = folder / "resources.json"
    try:
        resources = json.loads(file.read_text(encoding="utf-8"))
        return {k: v for k, v in resources.items() if isinstance(v, dict) and "alias" not in v}
    except FileNotFoundError:
        raise ModelsError(f"no models in {folder}: it has no resources.json; {remedy}") from None
    except (OSError, ValueError, AttributeError) as error:
        raise ModelsError(f"{file} cannot be read ({error}); {remedy}") from error


def _package(about: Mapping[str, Any], choice: str, language: str, folder: Path) -> tuple[str, dict[str, str]]:
    """The package to use, `default` where there is one, and its processors."""
    packages = about.get("packages", {})
    package = next((name for name, content in packages.items() if name != "default"), "default")
    if choice != EMBEDDED and "default" in packages:
        package = "default"
    content = packages.get(package, {})
    offered = {**content.get("optional", {}), **content}
    processors = {p: str(offered[p]) for p in PROCESSORS if p in offered}
    lacking = [p for p in PROCESSORS if p not in processors and p not in _OPTIONAL]
    if lacking:
        raise ModelsError(f"the {choice} models for {language!r} in {folder} lack {', '.join(lacking)}")
    return package, processors


def _paths(about: Mapping[str, Any], folder: Path, processors: Mapping[str, str]) -> list[Path]:
    """The model files, each after what it depends on; a file that several need stands once."""
    paths: dict[Path, None] = {}
    for processor, name in processors.items():
        for needed in about.get(processor, {}).get(name, {}).get("dependencies", []):
            paths[folder / needed["model"] / f"{needed['package']}.pt"] = None
        if name != "identity":
            paths[folder / processor / f"{name}.pt"] = None
    return list(paths)
