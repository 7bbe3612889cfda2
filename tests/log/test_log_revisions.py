"""When two texts are one article, and what becomes of the older one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from log_samples import TEXT, analysis

from quotetrack.log import Log
from quotetrack.model import Analysis


def given(text: str = TEXT, **article: Any) -> Analysis:
    """The sample with other facts about the article."""
    made = analysis(text)
    return replace(made, article=replace(made.article, **article))


def statuses(path: Path, *analyses: Analysis) -> list[str]:
    """What the log says of each; `has` must have foretold it."""
    found: list[str] = []
    with Log(path) as log:
        for one in analyses:
            foretold = log.has(one.article)
            found.append(log.add(one).status)
            assert foretold == (found[-1] == "unchanged")
    return found


def test_the_same_article_twice_changes_nothing(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        first = log.add(analysis())
        again = log.add(analysis())
        assert log.has(analysis().article)
        counts = log.counts()
    assert again.status == "unchanged"
    assert again.article_id == first.article_id
    assert counts == {"articles": 1, "speakers": 1, "quotes": 1, "claims": 1}


@pytest.mark.parametrize("place", [{}, {"url": None}])
def test_a_changed_text_is_a_new_revision_and_the_old_one_stays(tmp_path: Path, place: dict[str, Any]) -> None:
    with Log(tmp_path / "a.db") as log:
        old = log.add(analysis(**place))
        new = log.add(analysis(TEXT + " Mise à jour.", **place))
        rows = list(log.claims())
        articles = list(log.articles())
        assert log.claim(1).row.article_id == old.article_id
    assert new.status == "revised"
    assert [a.revision for a in articles] == [1, 2]
    assert articles[1].supersedes == old.article_id
    assert [r.article_id for r in rows] == [new.article_id]


def test_other_articles_with_the_same_words_are_articles_of_their_own(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(analysis())
        assert log.add(analysis(url="https://courrier.exemple/ecluse")).status == "ingested"
        assert log.counts()["articles"] == 2


OLD = given(url=None)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (OLD, given(url=None, source="elsewhere/b.txt"), "unchanged"),
        (OLD, given(url=None, source="-"), "unchanged"),
        (OLD, given(url=None, source="b.txt", outlet="Courrier"), "ingested"),
        (OLD, given(TEXT + " Suite.", url=None, source="b.txt"), "ingested"),
        (OLD, given(TEXT + " Suite.", url=None, source="./a.txt"), "revised"),
        (OLD, given(TEXT + " Suite.", url=None, source="sub/a.txt"), "ingested"),
        (OLD, given(url="https://gazette.exemple/1"), "revised"),
        (given(url="https://gazette.exemple/1"), OLD, "unchanged"),
        (given(url="https://gazette.exemple/1"), given(url="https://gazette.exemple/2"), "ingested"),
        (given(url=None, source="-"), given(TEXT + " Suite.", url=None, source="-"), "ingested"),
        (given(url=None, source=None), given(TEXT + " Suite.", url=None, source=None), "ingested"),
        (OLD, given(url=None, published=date(2026, 5, 12)), "revised"),
        (OLD, given(url=None, published=date(2026, 5, 12), published_from="today"), "unchanged"),
        (OLD, given(url=None, title="Un autre titre"), "revised"),
        (OLD, given(url=None, title=None, author=None), "unchanged"),
    ],
)
def test_what_makes_an_article_the_same(tmp_path: Path, first: Analysis, second: Analysis, status: str) -> None:
    assert statuses(tmp_path / "a.db", first, second) == ["ingested", status]


def test_a_text_that_comes_back_is_a_third_revision(tmp_path: Path) -> None:
    again = [given(), given(TEXT + " Suite."), given(), given()]
    assert statuses(tmp_path / "a.db", *again) == ["ingested", "revised", "revised", "unchanged"]
    with Log(tmp_path / "a.db") as log:
        assert [(a.revision, a.supersedes, a.claims) for a in log.articles()] == [(1, None, 1), (2, 1, 1), (3, 2, 1)]
        assert [row.article_id for row in log.claims()] == [3]
        assert [log.claim(id).superseded_by for id in (1, 2, 3)] == [2, 3, None]


def test_files_of_one_name_in_two_folders_are_two_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        found = statuses(tmp_path / "a.db", given(f"{TEXT} {name}", url=None, source="article.txt"))
        assert found == ["ingested"]
    with Log(tmp_path / "a.db") as log:
        assert str(tmp_path) not in repr(list(log.db.query("select * from articles")))


def test_an_article_without_a_hash_gets_one(tmp_path: Path) -> None:
    with Log(tmp_path / "a.db") as log:
        log.add(given(sha256=""))
        assert next(log.articles()).sha256 == given().article.sha256
