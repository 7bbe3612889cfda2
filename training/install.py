"""Lay finished models out as Stanza wants them, without what only training needs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import torch

PACKAGE = "press"
NEEDS_VECTORS = ("pos", "depparse", "ner")
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
DROPPED = ("optimizer_state_dict", "scheduler_state_dict")
PATHS = ("_file", "_dir", "save_name")


def resources(processors: tuple[str, ...] = PROCESSORS) -> dict[str, Any]:
    """What Stanza reads to find the models: resources.json."""
    vectors = {"dependencies": [{"model": "pretrain", "package": PACKAGE}]}
    models: dict[str, Any] = {
        name: {PACKAGE: vectors if name in NEEDS_VECTORS else {}} for name in processors
    }
    models["pretrain"] = {PACKAGE: {}}
    models["packages"] = {
        PACKAGE: {name: PACKAGE for name in processors},
        "default": {name: PACKAGE for name in processors},
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
    present = tuple(n for n in PROCESSORS if (directory / "fr" / n / f"{PACKAGE}.pt").exists())
    text = json.dumps(resources(present), indent=2) + "\n"
    (directory / "resources.json").write_text(text, encoding="utf-8")
