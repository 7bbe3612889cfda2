"""Lay finished models out as Stanza wants them, without what only training needs."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch

PACKAGE = "press"
VERSION = "1.0"
NEEDS_VECTORS = ("pos", "depparse", "ner")
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
DROPPED = ("optimizer_state_dict", "scheduler_state_dict")
PATHS = ("_file", "_dir", "save_name")


def resources(directory: Path) -> dict[str, Any]:
    """What Stanza reads to find the models that lie in directory: resources.json."""
    models: dict[str, Any] = {}
    for name in (*PROCESSORS, "pretrain"):
        file = directory / "fr" / name / f"{PACKAGE}.pt"
        if not file.exists():
            continue
        entry: dict[str, Any] = {"md5": hashlib.md5(file.read_bytes()).hexdigest()}
        if name in NEEDS_VECTORS:
            entry["dependencies"] = [{"model": "pretrain", "package": PACKAGE}]
        models[name] = {PACKAGE: entry}
    processors = [name for name in PROCESSORS if name in models]
    models["version"] = VERSION
    models["packages"] = {
        PACKAGE: dict.fromkeys(processors, PACKAGE),
        "default": dict.fromkeys(processors, PACKAGE),
    }
    return {"fr": {"lang_name": "French", **models}, "url": ""}


def slim(model: Path, out: Path) -> None:
    """Copy a model without optimizer state and without paths of the training machine."""
    checkpoint = torch.load(model, map_location="cpu", weights_only=True)
    checkpoint = {key: value for key, value in checkpoint.items() if key not in DROPPED}
    config = checkpoint.get("config", {})
    for key, value in config.items():
        if isinstance(value, str) and (key.endswith(PATHS) or "/" in value):
            config[key] = None
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(checkpoint, out, _use_new_zipfile_serialization=False)


def install(models: dict[str, Path], directory: Path) -> None:
    """Write the models, processor name -> file, and resources.json to directory."""
    for name, path in models.items():
        target = directory / "fr" / name / f"{PACKAGE}.pt"
        if name == "pretrain":
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        else:
            slim(path, target)
    text = json.dumps(resources(directory), indent=2) + "\n"
    (directory / "resources.json").write_text(text, encoding="utf-8")
