"""Files, folders and streams become articles, or one clear line."""

from __future__ import annotations

import hashlib
import io
import logging
from datetime import date
from pathlib import Path

import pytest

from quotetrack import reading
from quotetrack.errors import DateError, LanguageError, QuotetrackError, ReadingError
from quotetrack.reading import Overrides, expand, read, read_many

TEXT = "Le maire de Sarlé a promis lundi une école neuve.\n\n« Nous l’ouvrirons en septembre », a-t-il dit.\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_plain_text_is_kept_as_it_stands(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", TEXT)
    article = read(path, Overrides(published="2024-03-12"))
    assert article.text == TEXT
    assert article.language == "fr"
    assert article.source == str(path)
    assert (article.published, article.published_from) == (date(2024, 3, 12), "option")
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.raw_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_without_a_date_today_stands_in_and_a_warning_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="quotetrack.reading"):
        article = read(write(tmp_path, "a.txt", TEXT))
    assert (article.published, article.published_from) == (date.today(), "today")
    assert "a.txt: no date of publication found" in caplog.text


def test_a_known_date_is_no_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    read(write(tmp_path, "a.txt", f"published: 2024-03-12\n\n{TEXT}"))
    assert not caplog.records


def test_front_matter_then_option(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", f"---\ntitle: Une école\npublished: 15 mai 2023\nlanguage: fr\n---\n\n{TEXT}")
    article = read(path)
    assert (article.title, article.published, article.published_from) == (
        "Une école",
        date(2023, 5, 15),
        "front matter",
    )
    assert article.text == TEXT
    article = read(path, Overrides(title="Autre", published=date(2024, 1, 2)))
    assert (article.title, article.published, article.published_from) == ("Autre", date(2024, 1, 2), "option")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(TEXT.encode())

    monkeypatch.setattr("sys.stdin", Stdin())
    article = read("-", Overrides(published="2024-03-12"))
    assert (article.text, article.source) == (TEXT, "-")


def test_a_folder_is_its_articles_at_any_depth_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.HTML", "a/deep/c.md", "notes.csv", ".hidden/x.txt", "a/.x.txt"):
        write(tmp_path, name, TEXT)
    wanted = [str(tmp_path / n) for n in ("a/deep/c.md", "a/z.HTML", "b.txt")]
    assert expand([tmp_path]) == wanted
    assert expand([tmp_path / "b.txt", tmp_path]) == [wanted[2], *wanted[:2]]


def test_a_batch_goes_on_past_bad_ones(tmp_path: Path) -> None:
    write(tmp_path, "1.txt", TEXT)
    write(tmp_path, "2.txt", "")
    write(tmp_path, "3.txt", TEXT)
    got = list(read_many([tmp_path, "missing.txt"], Overrides(published="2024-03-12")))
    assert [o.error is None for o in got] == [True, False, True, False]
    assert [o.article is None for o in got] == [False, True, False, True]
    assert isinstance(got[3].error, ReadingError)


@pytest.mark.parametrize(
    ("name", "content", "error", "says"),
    [
        ("empty.txt", b"", ReadingError, "is empty"),
        ("blank.txt", b"\xef\xbb\xbf \n\n", ReadingError, "is empty"),
        ("front.txt", b"---\ntitle: x\n---\n", ReadingError, "no text after the front matter"),
        ("x.pdf", b"%PDF-1.7 rest", ReadingError, "is a PDF"),
        ("x.docx", b"PK\x03\x04rest", ReadingError, "zip archive or an office document"),
        ("noise.txt", bytes(range(256)) * 20, ReadingError, "binary"),
        ("zeros.txt", bytes(4000), ReadingError, "binary"),
        ("en.txt", b"The minister said on Monday that the bridge would open in June.", LanguageError, "'en'"),
        ("digits.txt", b"12 345 678", LanguageError, "cannot be told"),
        ("bad.txt", b"published: demain\n\nLe maire a promis un pont.", DateError, "front matter: 'demain'"),
        ("bad2.txt", b"published: 2023-02-30\n\nLe maire a promis un pont.", DateError, "not a day of the calendar"),
        ("yaml.txt", b"---\n[: oops\n---\nLe maire a promis un pont.", ReadingError, "not YAML"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, content: bytes, error: type[Exception], says: str) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(error) as caught:
        read(path, languages=["fr"])
    message = str(caught.value)
    assert says in message
    assert name in message
    assert "\n" not in message


def test_missing_file_folder_and_odd_names(tmp_path: Path) -> None:
    for source, says in (
        (tmp_path / "no.txt", "no such file"),
        (tmp_path, "no .txt, .md, .html or .htm file in this folder"),
        (tmp_path / ("x" * 300), "file name too long"),
        ("a\0b", "not a file name"),
    ):
        with pytest.raises(ReadingError, match=says):
            read(source)


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.txt", TEXT)

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadingError, match=r"a\.txt: permission denied"):
        read(path)


def test_too_long(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(ReadingError, match="more than 50 MB"):
        read(path)


def test_the_language_option_wins(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "12 345")
    assert read(path, Overrides(language="FR", published="2024-01-01"), languages=["fr"]).language == "fr"
    with pytest.raises(LanguageError, match=r"'de' is not supported \(supported: en, fr\)"):
        read(path, Overrides(language="de", published="2024-01-01"), languages=["fr", "en"])


def test_a_bad_option_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(DateError, match="--published: 'hier' is not a date"):
        read(write(tmp_path, "a.txt", TEXT), Overrides(published="hier"))


def test_every_error_is_a_quotetrack_error() -> None:
    assert all(issubclass(e, QuotetrackError) for e in (ReadingError, LanguageError, DateError))
    assert set(reading.__all__) <= set(dir(reading))
