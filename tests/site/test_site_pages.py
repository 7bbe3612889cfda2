"""The pages and Datasette around them, on a real log, through datasette.client."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

Get = Callable[..., Any]


def words(html: str) -> str:
    """The text of a page as read aloud: without elements, runs of blanks as one."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<body")[2]).split())


def test_home_shows_the_latest_what_is_due_and_the_figures(log_path: Path, get: Get) -> None:
    page = get(log_path, "/").text
    assert page.index("Les deux lignes annoncées") < page.index("La première rame")
    assert "12 5 3 8" in " ".join(re.findall(r"<dd>(\d+)</dd>", page))
    assert 'href="/quotetrack"' in page
    assert 'href="/quotetrack/claim_log"' in page
    assert 'href="/quotetrack.json"' in page


def test_home_lists_what_comes_due_next_then_what_came_due_last(make_log: Callable[..., Path], get: Get) -> None:
    days: dict[str, tuple[str | None, str | None]] = {
        "un": (None, "2001-01-01"),
        "deux": (None, "2999-02-01"),
        "trois": ("2998-01-01", "2999-01-01"),
    }
    days |= {"quatre": ("2990-01-01", None), "cinq": (None, "2002-01-01")}
    periods = {
        name: {key: date.fromisoformat(day) for key, day in zip(("start", "end"), bounds, strict=True) if day}
        for name, bounds in days.items()
    }
    quotes = [{"said": [name], "due": {**period, "words": name}} for name, period in periods.items()]
    log = make_log([{"text": ". ".join(days), "quotes": quotes}])
    due = get(log, "/").text.partition('id="due"')[2].partition("</section>")[0]
    assert re.findall(r'class="when">(.*?)</p>', due) == [
        "du 1er janvier 2998 au 1er janvier 2999",
        "au plus tard le 1er février 2999",
        "à partir du 1er janvier 2990",
        "au plus tard le 1er janvier 2002&nbsp;·&nbsp;échue",
        "au plus tard le 1er janvier 2001&nbsp;·&nbsp;échue",
    ]


def test_many_results_are_not_counted_to_the_end(log_path: Path, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotetrack.site.pages.MANY", 2)
    assert "Plus de 2 résultats pour" in get(log_path, "/", params={"q": "marchetti"}).text
    assert "Un résultat pour" in get(log_path, "/", params={"q": "rame"}).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("rame", [1]),
        ("RAME", [1]),
        ("delorme lignes", [12]),
        ("Hélène", [1, 2, 5]),
        ("helene", [1, 2, 5]),
        ("l’UAR", [9, 10]),
        ('"deux des cinq lots"', [4]),
        ("« deux lots »", []),
        ("économiste printemps", [6]),
        ("rame AND NOT (", []),
        ("\"'; drop table claims --", []),
        ("!", []),
    ],
)
def test_search(log_path: Path, get: Get, query: str, found: list[int]) -> None:
    page = get(log_path, "/", params={"q": query})
    assert page.status_code == 200
    assert sorted({int(id) for id in re.findall(r'href="/claim/(\d+)"', page.text)}) == found


def test_a_claim_says_all_that_is_known(log_path: Path, get: Get) -> None:
    page = get(log_path, "/claim/1")
    said = words(page.text)
    assert "La première rame circulera" in said
    assert "Hélène Marchetti , maire de Valbrune" in said
    assert "lundi 12 octobre 2026 d’après «\u00a0lundi\u00a0»".replace("\u00a0", " ") in said
    assert "du 12 octobre 2026 au 31 décembre 2027" in said
    assert "marks/inversion/name" in said
    assert '<mark class="cue">a déclaré</mark>' in page.text
    assert '<mark class="mention">Mme Marchetti</mark>' in page.text
    assert 'href="https://gazette.exemple/tramway?ligne=1&amp;page=2"' in page.text
    assert page.headers["vary"].startswith("Accept-Language")


def test_a_claim_without_a_day_of_its_own_says_so(log_path: Path, get: Get) -> None:
    assert "mercredi 18 novembre 2026 date de publication" in words(get(log_path, "/claim/12").text)
    english = words(get(log_path, "/claim/12", headers={"Accept-Language": "en"}).text)
    assert "Wednesday 18 November 2026 date of publication" in english


def test_a_fragmented_quote_is_marked_in_all_its_parts(log_path: Path, get: Get) -> None:
    marks = re.findall(r'<mark class="said">(.*?)</mark>', get(log_path, "/claim/8").text)
    assert marks[:2] == [
        "Les ménages retrouveront du pouvoir d’achat dès janvier",
        "Mais la croissance, elle, restera faible.",
    ]


def test_a_speaker_has_names_roles_and_claims(log_path: Path, get: Get) -> None:
    said = words(get(log_path, "/speaker/1").text)
    assert "Hélène Marchetti personne 3 déclarations" in said
    assert "Fonctions relevées maire de Valbrune Aussi nommé Mme Marchetti" in said
    assert said.index("C’est le meilleur projet") < said.index("La première rame")


def test_an_article_is_whole_and_its_quotes_lead_to_claims(log_path: Path, get: Get, samples: dict[str, Any]) -> None:
    page = get(log_path, "/article/1").text
    prose = page.partition('<div class="prose">')[2].partition("</section>")[0]
    plain = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", prose).replace("&#39;", "'"))
    headline, _, body = samples["articles"][0]["text"].partition("\n")
    assert plain == re.sub(r"\s+", "", body)
    assert page.count(headline) == 2, "as title and as head, not once more in the text"
    assert [int(id) for id in re.findall(r'<a href="/claim/(\d+)"><mark', prose)] == [1, 2, 3, 4, 5]
    assert prose.index('id="claim-1"') < prose.index('href="/claim/1"')


@pytest.mark.parametrize(
    "address", ["/claim/99", "/speaker/99", "/article/99", "/claim/x", "/claim/9999999999999999999", "/nothing/here"]
)
def test_what_is_not_there_is_a_404(log_path: Path, get: Get, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert get(log_path, address).status_code == 404
    assert "Traceback" not in "".join(capsys.readouterr())


def test_an_empty_log_says_how_to_fill_it(make_log: Callable[..., Path], get: Get) -> None:
    assert "quotetrack ingest article.txt" in get(make_log([]), "/").text


def test_an_older_revision_keeps_its_claims_and_leads_to_the_newer(make_log: Callable[..., Path], get: Get) -> None:
    first = {
        "url": "https://x.exemple/a",
        "title": "A",
        "text": "Il pleut, dit-il.",
        "quotes": [{"said": ["Il pleut"]}],
    }
    second = first | {"text": "Il neige, dit-il.", "quotes": [{"said": ["Il neige"]}]}
    log = make_log([first, second])
    assert 'href="/article/2"' in get(log, "/article/1").text
    assert "Il pleut" in get(log, "/claim/1").text
    assert "Locuteur inconnu" in get(log, "/claim/1").text
    assert "Il pleut" not in get(log, "/").text
