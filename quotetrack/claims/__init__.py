"""From quotes to claims: when each was said, what kind of statement it is, and when it falls due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotetrack.claims.due import due
from quotetrack.claims.features import features, plain_words
from quotetrack.claims.kind import judge
from quotetrack.claims.said_on import Moment, moments
from quotetrack.claims.times import Expression, find
from quotetrack.claims.tree import Tree
from quotetrack.languages import Language
from quotetrack.languages.statements import leaning, load_leanings, load_weights
from quotetrack.model import Article, Claim, ClaimKind, Parse, Quote

FUTURE = frozenset({"promise", "prediction"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a quote before its kind is judged."""

    quote: Quote
    moment: Moment
    inside: tuple[Expression, ...]
    features: frozenset[str]
    leaning: float


def claims_of(article: Article, parse: Parse, quotes: Sequence[Quote], language: Language) -> list[Claim]:
    """One claim per quote, in the order given.

    Args:
        article: the snapshot that was parsed; its publication date is what "lundi" is read against.
        parse: sentences without dependencies are allowed; what hangs on what is then told by distance.
        quotes: of this article, in the order of the text.
        language: the data of the article's language.
    """
    tree = Tree(parse)
    weights = load_weights(language.code)
    return [
        _claim(seen, tree, *judge(seen.features, seen.leaning, weights))
        for seen in _evidence(article, tree, quotes, language)
    ]


def evidence(article: Article, parse: Parse, quotes: Sequence[Quote], language: Language) -> list[Evidence]:
    """What `claims_of` goes by, for each quote; also what its weights are learnt from."""
    return _evidence(article, Tree(parse), quotes, language)


def _evidence(article: Article, tree: Tree, quotes: Sequence[Quote], language: Language) -> list[Evidence]:
    expressions = find(article.text, language.code)
    found = []
    for quote, moment in zip(quotes, moments(article, tree, quotes, expressions), strict=True):
        inside = tuple(e for e in expressions if any(s.contains(e.span) for s in quote.spans))
        ahead, behind = _directions(inside, moment)
        leans = leaning(plain_words(quote, tree), load_leanings(language.code))
        found.append(Evidence(quote, moment, inside, features(quote, tree, language, ahead, behind), leans))
    return found


def _directions(inside: Sequence[Expression], moment: Moment) -> tuple[bool, bool]:
    """Whether any of the expressions lies ahead of the moment, and whether any lies behind."""
    if moment.day is None:
        return False, False
    stretches = [s for e in inside if (s := e.stretch(moment.day, "near"))]
    ahead = any(s.end is None or s.end > moment.day for s in stretches)
    return ahead, any(s.end is not None and s.end < moment.day for s in stretches)


def _claim(seen: Evidence, tree: Tree, kind: ClaimKind, rule: str, confidence: float) -> Claim:
    moment = seen.moment
    when = due(seen.quote, seen.inside, moment, tree) if kind in FUTURE else None
    return Claim(seen.quote, kind, moment.day, moment.text, moment.span, when, rule, confidence)
