"""The pages: home and search, a claim, a speaker, an article."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Response

from quotetrack.site import queries
from quotetrack.site.highlight import Mark, around, marked, paragraphs, web_address
from quotetrack.site.queries import Row
from quotetrack.site.strings import Strings, choose

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

LATEST = 12
DUE = 6
PAGE = 30
# Search results are counted up to here; "more than" says enough beyond, and costs no more.
MANY = 1000


async def claim(request: Request, datasette: Datasette) -> Response:
    """/claim/ID: what was said, by whom, when, when to check it, and where it stands in its article."""
    log = await _readable_log(request, datasette)
    found = await queries.claim(log, _id(request))
    if found is None:
        raise NotFound(f"/claim/{_id(request)}: there is no such claim in the log")
    spans = await queries.spans(log, found["quote_id"])
    text = found["article_text"]
    marks = [Mark(start, end, "said") for start, end in spans]
    marks += [
        Mark(found[f"{kind}_start"], found[f"{kind}_end"], kind) for kind in ("cue", "mention") if found[f"{kind}_end"]
    ]
    edges = [*spans, *((m.start, m.end) for m in marks if m.kind != "said")]
    passage = around(text, min(start for start, _ in edges), max(end for _, end in edges))
    return await _page(
        request,
        datasette,
        log,
        "claim",
        claim=found,
        passage=[marked(text, marks, start, end) for start, end in passage],
        web_url=web_address(found["url"]),
    )


async def speaker(request: Request, datasette: Datasette) -> Response:
    """/speaker/ID: the speaker's names, roles and claims, the newest first."""
    log = await _readable_log(request, datasette)
    found = await queries.speaker(log, _id(request))
    if found is None:
        raise NotFound(f"/speaker/{_id(request)}: there is no such speaker in the log")
    before = _before(request)
    claims = await queries.claims(log, PAGE + 1, before=before, speaker=found["id"])
    return await _page(
        request,
        datasette,
        log,
        "speaker",
        speaker=found,
        names=await queries.names(log, found["id"], found["name"]),
        roles=await queries.roles(log, found["id"]),
        total=await queries.count_of_speaker(log, found["id"]),
        before=before,
        **_split(claims, PAGE),
    )


async def article(request: Request, datasette: Datasette) -> Response:
    """/article/ID: the whole text, each quote highlighted and leading to its claim."""
    log = await _readable_log(request, datasette)
    found = await queries.article(log, _id(request))
    if found is None:
        raise NotFound(f"/article/{_id(request)}: there is no such article in the log")
    text = found["text"]
    spans = await queries.spans_of_article(log, found["id"])
    marks = [
        Mark(s["start"], s["end"], "said", datasette.urls.path(f"claim/{s['claim_id']}"), s["speaker"]) for s in spans
    ]
    first: dict[int, int] = {}
    for span in spans:
        first.setdefault(span["claim_id"], span["start"])
    body = [
        {"html": marked(text, marks, start, end), "ids": [id for id, at in first.items() if start <= at < end]}
        for start, end in paragraphs(text)
    ]
    if body and not body[0]["ids"] and text.lstrip().startswith(f"{found['title']}\n"):
        del body[0]  # the headline, which stands above already
    return await _page(
        request,
        datasette,
        log,
        "article",
        article=found,
        paragraphs=body,
        claims=await queries.claims_of_article(log, found["id"]),
        newer=await queries.newer_revision(log, found["id"]),
    )


async def home(datasette: Datasette, request: Request) -> dict[str, Any]:
    """What the home page shows; empty where no log may be read, and Datasette's own index is shown."""
    log = await _log(request, datasette)
    if log is None:
        return {}
    query = (request.args.get("q") or "").strip()[:200]
    before = _before(request)
    shown: dict[str, Any] = {"query": query, "before": before, "tables": queries.SHOWN}
    shown["figures"] = await queries.figures(log)
    if query:
        found = await queries.search(log, query, PAGE + 1, before=before)
        shown |= _split(found, PAGE) | {"found": await queries.count_of_search(log, query, MANY + 1)}
        shown["many"] = MANY if shown["found"] > MANY else None
    else:
        shown |= _split(await queries.claims(log, LATEST + 1, before=before), LATEST)
        shown["due"] = await queries.due(log, DUE)
    return {"quotetrack": True, "home": shown, **_frame(request, datasette, log)}


async def table_stylesheet(datasette: Datasette, database: str | None) -> list[str]:
    """The stylesheet on Datasette's pages about the log."""
    log = await queries.find_log(datasette)
    return [stylesheet(datasette)] if log is not None and log.name == database else []


def stylesheet(datasette: Datasette) -> str:
    """The address of our stylesheet; it changes with the content, so that browsers may keep it."""
    return str(datasette.urls.static_plugins(_plugin_name(), "quotetrack.css")) + "?" + _stylesheet_hash()


@cache
def _plugin_name() -> str:
    """What Datasette calls this plugin in addresses: the distribution, or the package where that is not installed."""
    from datasette.plugins import get_plugins, pm

    import quotetrack.site as plugin

    places = {p["static_path"]: p["name"] for p in get_plugins() if p["static_path"]}
    assert pm.is_registered(plugin)
    return str(places[str(files("quotetrack.site") / "static")])


@cache
def _stylesheet_hash() -> str:
    return hashlib.sha256((files("quotetrack.site") / "static" / "quotetrack.css").read_bytes()).hexdigest()[:8]


def _language(request: Request, datasette: Datasette) -> Strings:
    offered = (datasette.plugin_config("quotetrack") or {}).get("languages")
    return choose(request.headers.get("accept-language", ""), offered)


def _frame(request: Request, datasette: Datasette, log: Database) -> dict[str, Any]:
    """What every page of ours needs."""
    site = datasette.metadata()
    t = _language(request, datasette)
    return {
        "t": t,
        "log": log.name,
        "site": site,
        "site_title": site.get("title") or "quotetrack",
        "site_tagline": ((datasette.plugin_config("quotetrack") or {}).get("tagline") or t("tagline")),
        "stylesheet": stylesheet(datasette),
    }


async def _page(request: Request, datasette: Datasette, log: Database, name: str, **context: object) -> Response:
    html = await datasette.render_template(
        f"quotetrack/{name}.html",
        {**_frame(request, datasette, log), **context},
        request=request,
        view_name=f"quotetrack-{name}",
    )
    return Response.html(html, headers={"Vary": "Accept-Language"})


async def _log(request: Request, datasette: Datasette) -> Database | None:
    """The log, where there is one and this reader may see it."""
    log = await queries.find_log(datasette)
    if log is None:
        return None
    # Our pages show rows of several tables at once, so whoever is kept out of one of them is kept out of all.
    for action, resource in [("view-database", log.name), *(("view-table", (log.name, t)) for t in queries.TABLES)]:
        visible, _ = await datasette.check_visibility(request.actor, action, resource)
        if not visible:
            return None
    return log


async def _readable_log(request: Request, datasette: Datasette) -> Database:
    log = await _log(request, datasette)
    if log is None:
        raise NotFound(f"{request.path}: there is no quote log here")
    return log


def _id(request: Request) -> int:
    return int(request.url_vars["id"])


def _before(request: Request) -> int | None:
    """?before=ID, the quote below which a list goes on; what is not a number is passed over."""
    given = request.args.get("before") or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


def _split(claims: list[Row], size: int) -> dict[str, Any]:
    """A page of claims, and what to go on before where there are more."""
    return {"claims": claims[:size], "older": claims[size - 1]["quote_id"] if len(claims) > size else None}
