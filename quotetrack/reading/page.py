"""An HTML page to its text and what it says of itself, with trafilatura."""

from __future__ import annotations

import re

from quotetrack.errors import ReadingError

BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S
)

# trafilatura joins words with plain spaces. French typography needs its own (« oui »), so they travel in disguise: as
# word separators of Linear B, which are printable (others are dropped) and which no page of news holds.
SPACES = {"\u00a0": "\U00010100", "\u202f": "\U00010101", "\u2009": "\U00010102"}
DISGUISE = str.maketrans(SPACES)
UNVEIL = str.maketrans({hidden: space for space, hidden in SPACES.items()})
ENTITIES = re.compile(r"&(?:nbsp|#160|#xa0|thinsp|#8201|#x2009|#8239|#x202f);", re.IGNORECASE)

# A page of links has labels and headlines, an article has sentences.
SENTENCE = re.compile(r"(?:\S+\s+){7,}\S*[.!?…][\s»”\")]*$", re.MULTILINE)


def is_html(text: str) -> bool:
    """Whether `text` begins like an HTML page."""
    return BEGINS.match(text) is not None


def extract(html: str, where: str) -> tuple[dict[str, str], str]:
    """The fields a page gives (title, outlet, author, published, url), and the text of its article.

    Paragraphs are lines. The headline is not part of the text. Raises ReadingError, naming `where`, without an article.
    """
    import trafilatura
    from trafilatura.settings import Document, set_date_params

    document = trafilatura.bare_extraction(
        _disguise(html),
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # An extensive search makes "© 2019" in a footer the first of January: today with a warning is more honest.
        date_extraction_params=set_date_params(extensive=False),
    )
    text = (document.text or "").translate(UNVEIL) if isinstance(document, Document) else ""
    if not isinstance(document, Document) or not SENTENCE.search(text):
        raise ReadingError(f"{where}: no article in this page; save the text of the article itself and give that")
    found = {
        "title": document.title,
        "outlet": document.sitename,
        "author": document.author,
        "published": document.date,
        "url": document.url,
    }
    fields = {key: value.translate(UNVEIL).strip() for key, value in found.items() if value}
    return fields, _without_headline(text, fields.get("title", ""))


def _disguise(html: str) -> str:
    import html as entities

    return ENTITIES.sub(lambda m: entities.unescape(m[0]), html).translate(DISGUISE)


def _without_headline(text: str, title: str) -> str:
    """The text less a first line that repeats the title ("Title" or "Title - Outlet")."""
    first, _, rest = text.partition("\n")
    head, whole = " ".join(first.split()).casefold(), " ".join(title.split()).casefold()
    return rest.lstrip("\n") if head and rest and whole.startswith(head) else text
