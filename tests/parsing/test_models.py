"""Finding, listing and fetching models."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from quotetrack.errors import ModelsError
from quotetrack.parsing import models

PROCESSORS = ("tokenize", "pos", "lemma", "depparse")


def make(folder: Path, without: str = "", **extra: object) -> Path:
    """A folder of empty models in Stanza's layout."""
    about = {name: {"tiny": {"dependencies": [{"model": "pretrain", "package": "tiny"}]}} for name in PROCESSORS}
    packages = {"default": dict.fromkeys(PROCESSORS, "tiny")}
    resources = {
        "fr": {"lang_name": "French", "packages": packages, **about, **extra},
        "xx": {"alias": "fr"},
        "url": "u",
    }
    (folder / "resources.json").write_text(json.dumps(resources))
    for name in (*PROCESSORS, "pretrain"):
        if name != without:
            (folder / "fr" / name).mkdir(parents=True)
            (folder / "fr" / name / "tiny.pt").write_bytes(name.encode())
    return folder


def test_the_embedded_models_are_complete() -> None:
    found = models.find("embedded", "fr")
    assert set(found.processors) >= {"tokenize", "mwt", "pos", "lemma", "depparse"}
    assert found.size == sum(f.stat().st_size for f in found.files) <= 60_000_000
    assert found in models.installed(stanford=False)


def test_a_folder_in_stanzas_layout_is_found(tmp_path: Path) -> None:
    found = models.find(str(make(tmp_path, version="2.1")), "fr")
    assert [f.relative_to(tmp_path).as_posix() for f in found.files] == [
        "fr/pretrain/tiny.pt", "fr/tokenize/tiny.pt", "fr/pos/tiny.pt", "fr/lemma/tiny.pt", "fr/depparse/tiny.pt",
    ]  # fmt: skip
    assert found.name == f"{tmp_path} fr/default 2.1 (sha {found.fingerprint})"


def test_the_fingerprint_changes_with_the_files(tmp_path: Path) -> None:
    first = models.find(str(make(tmp_path)), "fr").fingerprint
    (tmp_path / "fr" / "pos" / "tiny.pt").write_bytes(b"other")
    assert models.find(str(tmp_path), "fr").fingerprint != first


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ("stanford", "run: quotetrack models download fr"),
        ("embedded", "quotetrack models download fr, and choose --models stanford"),
        ("/nowhere/at/all", "no resources.json; choose --models embedded"),
    ],
)
def test_what_is_missing_names_what_mends_it(
    choice: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "stanford_folder", lambda: tmp_path)
    monkeypatch.setattr(models, "embedded_folder", lambda: tmp_path)
    with pytest.raises(ModelsError, match=says):
        models.find(choice, "fr")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelsError, match=r"lemma/tiny\.pt is missing"):
        models.find(str(make(tmp_path, without="lemma")), "fr")


def test_a_missing_processor_is_named(tmp_path: Path) -> None:
    make(tmp_path, packages={"default": {"tokenize": "tiny"}})
    with pytest.raises(ModelsError, match="lack pos, lemma, depparse"):
        models.find(str(tmp_path), "fr")


@pytest.mark.parametrize("content", ["{", "[]", "\udcff"])
def test_a_broken_list_is_one_line(content: str, tmp_path: Path) -> None:
    (tmp_path / "resources.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ModelsError) as error:
        models.find(str(tmp_path), "fr")
    assert "\n" not in str(error.value)


def test_models_that_do_not_load_are_one_line(tmp_path: Path) -> None:
    from quotetrack.parsing.plain import load_pipeline

    with pytest.raises(ModelsError, match="do not load") as error:
        load_pipeline(models.find(str(make(tmp_path)), "fr"))
    assert "\n" not in str(error.value)


class Requests(BaseHTTPRequestHandler):
    """Answers with a list of one language, whose models it does not have; remembers what was asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        url = f"http://{self.headers['Host']}/{{filename}}"
        offered = {"fr": {"lang_name": "French", "default_md5": "0", "packages": {}}, "url": url}
        body = json.dumps(offered).encode() if self.path.endswith(".json") else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(models, "stanford_folder", lambda: tmp_path)
    Requests.asked = []
    with HTTPServer(("127.0.0.1", 0), Requests) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()


def test_the_models_are_asked_for_where_the_list_says(server: str) -> None:
    with pytest.raises(ModelsError, match="'fr' could not be downloaded"):
        models.download("fr", resources_url=server)
    assert [path.split("/")[-1].split("_")[0] for path in Requests.asked] == ["resources", "default.zip"]


def test_a_language_that_is_not_offered(server: str) -> None:
    with pytest.raises(ModelsError, match="no models for language 'tlh'"):
        models.download("tlh", resources_url=server)


def test_no_network_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "stanford_folder", lambda: tmp_path)
    with pytest.raises(ModelsError, match="could not be downloaded") as error:
        models.download("fr", resources_url="http://127.0.0.1:9")
    assert "\n" not in str(error.value)


def test_stanzas_own_folder_is_known_without_importing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from stanza.resources.common import USER_CACHE_DIR

    monkeypatch.delenv("STANZA_RESOURCES_DIR", raising=False)
    assert models.stanford_folder() == Path(USER_CACHE_DIR) / "resources"
    monkeypatch.setenv("STANZA_RESOURCES_DIR", "/elsewhere")
    assert models.stanford_folder() == Path("/elsewhere")
