"""Pages: the article, what the page says of it, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quotetrack.errors import ReadingError
from quotetrack.reading import Overrides, read
from quotetrack.reading.page import is_html

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Le port de Sarlé rouvrira | La Gazette du Littoral</title>
<meta property="og:site_name" content="La Gazette du Littoral">
<meta property="og:title" content="Le port de Sarlé rouvrira">
<meta name="author" content="Jeanne Morvan"><meta property="article:published_time" content="2024-03-12T08:30:00+01:00">
<link rel="canonical" href="https://gazette.example/port"></head>
<body><nav><a href="/">Accueil</a> <a href="/sports">Sports</a></nav><article><h1>Le port de Sarlé rouvrira</h1>
<p>Le maire a annoncé mardi que le port rouvrirait : «&nbsp;Nous tiendrons les délais&nbsp;», a-t-il dit lors d’une
conférence de presse à l’hôtel de ville.</p>
<h2>Des travaux «\u00a0lourds\u00a0»</h2>
<p>«&#8239;C'est long&#8239;», a reconnu l'ingénieure Maëlle Tanguy, qui suit le chantier depuis deux ans avec
<b>son</b> équipe municipale.</p>
<p>Les pêcheurs, eux, attendent depuis deux hivers le retour des grues sur le quai nord, endommagé par la tempête.</p>
</article><footer>© 2019 La Gazette</footer></body></html>"""

TEXT = [
    "Le maire a annoncé mardi que le port rouvrirait : «\u00a0Nous tiendrons les délais\u00a0», a-t-il dit lors d’une "
    "conférence de presse à l’hôtel de ville.",
    "Des travaux «\u00a0lourds\u00a0»",
    "«\u202fC'est long\u202f», a reconnu l'ingénieure Maëlle Tanguy, qui suit le chantier depuis deux ans avec son "
    "équipe municipale.",
    "Les pêcheurs, eux, attendent depuis deux hivers le retour des grues sur le quai nord, endommagé par la tempête.",
]


@pytest.mark.parametrize(("name", "encoding"), [("p.html", "utf-8"), ("p.HTM", "utf-16"), ("saved", "utf-8")])
def test_a_page(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(PAGE.encode(encoding))
    article = read(path)
    assert article.text.split("\n") == TEXT
    assert article.title == "Le port de Sarlé rouvrira"
    assert article.outlet == "La Gazette du Littoral"
    assert article.author == "Jeanne Morvan"
    assert article.url == "https://gazette.example/port"
    assert (article.published, article.published_from) == (date(2024, 3, 12), "page")


def test_latin_1(tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    path.write_bytes(PAGE.replace("utf-8", "iso-8859-1").encode("cp1252"))
    assert read(path).text.split("\n") == TEXT


def test_options_win(tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    path.write_text(PAGE, encoding="utf-8")
    article = read(path, Overrides(outlet="Autre", url="https://b.example", published="1/2/2020"))
    assert (article.outlet, article.url, article.published) == ("Autre", "https://b.example", date(2020, 2, 1))
    assert article.published_from == "option"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>Connexion</p>",
        "<nav>" + "".join(f'<a href="/{i}">Rubrique {i}</a> ' for i in range(40)) + "</nav>",
        "".join(
            f'<li><a href="/{i}">Sarlé, ce que l’on sait du pont numéro {i} et de ses travaux</a></li>'
            for i in range(9)
        ),
    ],
)
def test_a_page_without_an_article(tmp_path: Path, body: str) -> None:
    path = tmp_path / "p.html"
    path.write_text(f"<html><head><title>Accueil</title></head><body>{body}</body></html>", encoding="utf-8")
    with pytest.raises(ReadingError, match="no article in this page"):
        read(path, Overrides(published="2024-01-01"))


def test_what_begins_like_a_page() -> None:
    assert is_html("\n<!-- x -->\n<!DOCTYPE html>\n<html>")
    assert is_html("<html lang=fr>")
    assert not is_html("< 3 % des voix, a dit la maire.")
    assert not is_html("<< Oui >>, a dit la maire.")


DATE = '<meta property="article:published_time" content="2024-03-12T08:30:00+01:00">'


@pytest.mark.parametrize(
    ("instead", "published"),
    [
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-12"}</script>', "page"),
        ("", "today"),  # the year in the footer is no date of publication
    ],
)
def test_a_date_is_found_or_not_made_up(tmp_path: Path, instead: str, published: str) -> None:
    path = tmp_path / "p.html"
    path.write_text(PAGE.replace(DATE, instead), encoding="utf-8")
    article = read(path)
    assert article.published_from == published
    assert article.published == (date(2024, 3, 12) if published == "page" else date.today())
