"""How Datasette's own tables show cells of the log: sentences with the quoted part marked, and links to our pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from quotetrack.site import queries
from quotetrack.site.highlight import Mark, marked

if TYPE_CHECKING:
    from datasette.app import Datasette

_VIEWS = ("claim_log", "claim_history", "due_claims")
# (table or view, column shown) -> (page, column that holds the id); a canned query counts as its columns allow.
_LINKS = {
    **{(view, "id"): ("claim", "id") for view in _VIEWS},
    **{(view, "speaker"): ("speaker", "speaker_id") for view in _VIEWS},
    **{(view, "title"): ("article", "article_id") for view in _VIEWS},
    ("speaker_scorecard", "name"): ("speaker", "id"),
    ("speakers", "name"): ("speaker", "id"),
    ("articles", "title"): ("article", "id"),
}
_SENTENCES = {**dict.fromkeys(_VIEWS, "quote_id"), "quotes": "id"}


async def render(
    datasette: Datasette, database: str | None, table: str | None, column: str, value: Any, row: Any
) -> Markup | None:
    """The cell as HTML, or None to leave it to Datasette.

    Results of SQL (no table) are treated as claim_log where they have its columns, as the canned queries do.
    """
    place = table or "claim_log"
    link = _LINKS.get((place, column))
    sentence = column == "sentence" and place in _SENTENCES
    if value is None or not (link or sentence):
        return None
    log = await queries.find_log(datasette)
    if log is None or log.name != database:
        return None
    if sentence:
        return await _sentence(log, value, _get(row, _SENTENCES[place]))
    assert link is not None
    page, key = link
    if table is None and not {"id", "quote_id", "speaker_id", "article_id"} <= set(row.keys()):
        return None
    id = _get(row, key)
    if not isinstance(id, int):
        return None
    return Markup('<a href="{}"><bdi>{}</bdi></a>').format(datasette.urls.path(f"{page}/{id}"), value)


async def _sentence(log: Any, value: str, quote_id: Any) -> Markup | None:
    """The sentence with what was quoted in it; as it is where the row is not that of the quote."""
    if not isinstance(quote_id, int):
        return None
    found = await queries.sentence(log, quote_id)
    if found is None or found["sentence"] != value:
        return None
    start = found["sentence_start"]
    spans = await queries.spans(log, quote_id)
    marks = [Mark(s - start, e - start, "said") for s, e in spans]
    inner = marked(value, marks) if marks else escape(value)
    return Markup('<span class="qt-sentence" dir="auto">{}</span>').format(inner)


def _get(row: Any, key: str) -> Any:
    """A field of a row; of a foreign key that Datasette has expanded, its value."""
    value = row[key] if key in row.keys() else None  # noqa: SIM118 (sqlite3.Row has no `in` for keys)
    return value["value"] if isinstance(value, dict) else value
