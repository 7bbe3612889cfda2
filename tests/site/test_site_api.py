"""docs/api.md is true: each request in it is sent to the sample log and answers what stands there.

To write the answers anew: QUOTETRACK_WRITE_DOCS=1 pytest tests/site/test_site_api.py
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
EXAMPLE = re.compile(
    r"^```\n(?P<requests>(?:GET .*\n)+)```\n(?P<notes>(?:<!-- .* -->\n)*)"
    r"(?:```(?P<kind>json|csv)\n(?P<answer>[^`]*)```\n)?",
    re.MULTILINE,
)


def shown(body: str, kind: str, notes: dict[str, list[str]]) -> str:
    """The part of an answer that the document shows."""
    if kind == "csv":
        return body.replace("\r\n", "\n")
    answer = json.loads(body)
    if "shows" in notes:
        answer = {key.split(".")[0]: _only(answer, key.split(".")) for key in notes["shows"]}
    if "columns" in notes:
        answer = [{column: row[column] for column in notes["columns"]} for row in answer]
    text = json.dumps(answer, indent=2, ensure_ascii=False)
    # A small object goes on one line.
    return re.sub(r"\{[^{}\[\]]{,110}\}", lambda m: re.sub(r"\s*\n\s*", " ", m.group()), text) + "\n"


def _only(answer: Any, path: list[str]) -> Any:
    return {path[1]: answer[path[0]][path[1]]} if len(path) > 1 else answer[path[0]]


def answers(get: Callable[..., Any], log: Path, example: re.Match[str]) -> str:
    """The example as it should stand in the document."""
    found = re.findall(r"<!-- (\w+): (.*) -->", example["notes"])
    notes = {name: words.split() for name, words in found}
    given = ""
    for request in example["requests"].splitlines():
        response = get(log, request.removeprefix("GET "))
        assert response.status_code == int(notes.get("status", ["200"])[0]), request
        given = response.text
    block = f"```\n{example['requests']}```\n{example['notes']}"
    if not example["kind"]:
        return block
    return f"{block}```{example['kind']}\n{shown(given, example['kind'], notes)}```\n"


def test_every_answer_in_the_document_is_the_real_one(log_path: Path, get: Callable[..., Any]) -> None:
    written = DOCS.read_text("utf-8")
    real = EXAMPLE.sub(lambda example: answers(get, log_path, example), written)
    if os.environ.get("QUOTETRACK_WRITE_DOCS"):
        DOCS.write_text(real, "utf-8")
    assert real == written


def test_every_request_in_the_document_is_tried() -> None:
    written = DOCS.read_text("utf-8")
    tried = "".join(example["requests"] for example in EXAMPLE.finditer(written))
    assert len(re.findall(r"^GET ", written, re.MULTILINE)) == tried.count("GET ") >= 20


@pytest.mark.parametrize("word", ["_search", "_next", "_labels", "__gte", "__exact", "_facet", ".csv", "_shape"])
def test_the_document_tells_of_it(word: str) -> None:
    assert word in DOCS.read_text("utf-8")
