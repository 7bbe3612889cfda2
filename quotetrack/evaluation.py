"""Predicted quotes against gold quotes.

A gold folder holds ID.txt, an article, and ID.json: its title, outlet, published, language and annotated "quotes".
Predictions are dictionaries as `quotetrack.jsonform` makes them; only kind, spans, speaker, said_on, claim and due are
looked at. How it counts:

- A quote is the set of word tokens that its spans cover. A predicted quote may match one gold quote, the pairs with the
  highest intersection over union (IoU) first; it is found from IoU 0.5, strictly from 0.8.
- Gold quotes marked optional are neither asked for nor punished.
- A speaker is right if a person's surname is the same and no other name contradicts, or, for other kinds, if half of
  the content words are shared; where gold has no speaker, only null is right.
- "attributed" counts a quote only if it is found and its speaker is right: that is the headline.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import nan
from pathlib import Path
from typing import Any

from quotetrack.errors import ReadingError
from quotetrack.model import Article

QuoteForm = Mapping[str, Any]

FOUND = 0.5
STRICT = 0.8

WORD = re.compile(r"\w+")
PRONOUN = re.compile(
    r"(?:-t-|-)?(?:il|elle|ils|elles|lui|eux|ce dernier|cette dernière|he|she|they|who|qui)", re.IGNORECASE
)
# Words that say nothing about who somebody is.
EMPTY_WORDS = frozenset(
    WORD.findall(
        "le la les l un une des du de d au aux en à a the an of for to in on and et son sa ses leur leurs ce cet cette "
        "ces m mme mr mrs ms monsieur madame"
    )
)
FUTURE = ("promise", "prediction")


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated article."""

    id: str
    article: Article
    quotes: Sequence[QuoteForm]


class Tally:
    """How often each thing was right, of how many."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.of: Counter[str] = Counter()

    def add(self, key: str, right: bool) -> None:
        self.right[key] += right
        self.of[key] += 1

    def rate(self, key: str) -> float:
        return self.right[key] / self.of[key] if self.of[key] else nan


def load(folder: Path) -> list[Gold]:
    """The annotated articles of a folder, by name. Raises ReadingError when there are none, or one does not read."""
    if not folder.is_dir():
        raise ReadingError(f"{folder}: no such folder")
    found = [gold for path in sorted(folder.glob("*.json")) if (gold := _gold(path))]
    if not found:
        raise ReadingError(f"{folder}: holds no annotated articles (ID.txt beside ID.json with a list of quotes)")
    return found


def _gold(path: Path) -> Gold | None:
    try:
        about = json.loads(path.read_text("utf-8"))
        if not isinstance(about, dict) or "quotes" not in about:
            return None
        text = path.with_suffix(".txt").read_text("utf-8")
        published = date.fromisoformat(about["published"]) if about.get("published") else None
    except (OSError, ValueError, TypeError) as error:
        raise ReadingError(f"{path}: cannot be read as an annotated article ({error})") from None
    article = Article(
        text=text,
        title=about.get("title"),
        outlet=about.get("outlet"),
        language=about.get("language") or "fr",
        published=published,
        source=str(path.with_suffix(".txt")),
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )
    return Gold(path.stem, article, about["quotes"])


def score(text: str, gold: Sequence[QuoteForm], predicted: Sequence[QuoteForm], tally: Tally) -> None:
    """Count one article into `tally`."""
    tokens = [m.span() for m in WORD.finditer(text)]
    wanted = [_covered(tokens, q["spans"]) for q in gold]
    given = [_covered(tokens, q["spans"]) for q in predicted]
    pairs = dict(_match(wanted, given))
    _count_predicted(gold, predicted, wanted, given, pairs, tally)
    for i, quote in enumerate(gold):
        if not quote.get("optional"):
            j = pairs.get(i)
            overlap = 0.0 if j is None else _iou(wanted[i], given[j])
            _count_gold(quote, None if j is None else predicted[j], overlap, tally)


def tally(gold: Iterable[Gold], predictions: Iterable[Mapping[str, Any]]) -> Tally:
    """All articles in one tally; each prediction has its "quotes"."""
    counted = Tally()
    for one, predicted in zip(gold, predictions, strict=True):
        score(one.article.text, one.quotes, predicted["quotes"], counted)
    return counted


def _count_predicted(
    gold: Sequence[QuoteForm],
    predicted: Sequence[QuoteForm],
    wanted: Sequence[set[int]],
    given: Sequence[set[int]],
    pairs: Mapping[int, int],
    tally: Tally,
) -> None:
    """Precision: of what was predicted, how much is gold."""
    matched = {j: i for i, j in pairs.items()}
    optional = {token for tokens, quote in zip(wanted, gold, strict=True) if quote.get("optional") for token in tokens}
    for j, quote in enumerate(predicted):
        i = matched.get(j)
        if i is None:
            if given[j] and len(given[j] & optional) * 2 >= len(given[j]):
                continue
            strict = right = False
        elif gold[i].get("optional"):
            continue
        else:
            strict, right = _iou(wanted[i], given[j]) >= STRICT, _speaker_right(gold[i], quote)
        tally.add("P", i is not None)
        tally.add("P strict", strict)
        tally.add("P attributed", right)


def _count_gold(gold: QuoteForm, predicted: QuoteForm | None, overlap: float, tally: Tally) -> None:
    """Recall: of what is gold, how much was found, and what of it is right."""
    found = predicted is not None
    right = predicted is not None and _speaker_right(gold, predicted)
    tally.add("R", found)
    tally.add("R strict", overlap >= STRICT)
    tally.add("R attributed", right)
    tally.add("R " + gold["kind"], found)
    tally.add("R attributed " + gold["kind"], right)
    if predicted is None:
        return
    tally.add("speaker", right)
    tally.add("speaker " + (gold.get("speaker_kind") or "none"), right)
    if PRONOUN.fullmatch(gold.get("mention") or ""):
        tally.add("speaker by pronoun", right)
    tally.add("kind", gold["kind"] == predicted.get("kind"))
    _count_claim(gold, predicted, tally)


def _count_claim(gold: QuoteForm, predicted: QuoteForm, tally: Tally) -> None:
    tally.add("claim", gold["claim"] == predicted.get("claim"))
    is_future, said_future = gold["claim"] in FUTURE, predicted.get("claim") in FUTURE
    if said_future:
        tally.add("future P", is_future)
    if is_future:
        tally.add("future R", said_future)
    if gold.get("said_on"):
        tally.add("said_on", gold["said_on"]["date"] == (predicted.get("said_on") or "")[:10])
    if gold.get("due"):
        tally.add("due", same_period(gold["due"], predicted.get("due")))
    elif predicted.get("due"):
        tally.add("due spurious", True)


def _covered(tokens: Sequence[tuple[int, int]], spans: Iterable[Sequence[int]]) -> set[int]:
    spans = [(start, end) for start, end in spans]
    return {i for i, (a, b) in enumerate(tokens) if any(a < end and b > start for start, end in spans)}


def _iou(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def _match(gold: Sequence[set[int]], predicted: Sequence[set[int]]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes, one to one, highest overlap first, earlier ones first among equals."""
    overlaps = ((_iou(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted) if g & p)
    gold_left, predicted_left = set(range(len(gold))), set(range(len(predicted)))
    for overlap, i, j in sorted(overlaps, key=lambda o: (-o[0], o[1], o[2])):
        if overlap >= FOUND and i in gold_left and j in predicted_left:
            gold_left.remove(i)
            predicted_left.remove(j)
            yield i, j


def _speaker_right(gold: QuoteForm, predicted: QuoteForm) -> bool:
    return same_speaker(gold.get("speaker"), predicted.get("speaker"), gold.get("speaker_kind"))


def same_speaker(gold: str | None, predicted: str | None, kind: str | None) -> bool:
    """Whether two descriptions name the same speaker, who is of the kind `kind`."""
    if not gold or not predicted:
        return not gold and not predicted
    g, p = _names(gold), _names(predicted)
    if not g or not p:
        return _fold(gold) == _fold(predicted)
    if kind == "person":
        return _same_person(g, p)
    shared, either, larger = set(g) & set(p), set(g) | set(p), max(len(set(g)), len(set(p)))
    one_inside = set(g) <= set(p) or set(p) <= set(g)
    return len(shared) / len(either) >= 0.5 or (bool(shared) and one_inside and len(shared) / larger >= 1 / 3)


def _same_person(g: list[str], p: list[str]) -> bool:
    surname = g[-1] == p[-1]
    one_name_of_it = len(p) == 1 and p[0] in g
    if not surname and not one_name_of_it and set(g) != set(p):
        return False
    first_names_agree = len(g) == 1 or len(p) == 1 or g[0] == p[0]
    return set(p) <= set(g) or set(g) <= set(p) or (surname and first_names_agree)


def _names(text: str) -> list[str]:
    return [w for w in WORD.findall(_fold(text).replace("’", "'")) if w not in EMPTY_WORDS]


def _fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))


def same_period(gold: Mapping[str, Any] | None, predicted: Mapping[str, Any] | None) -> bool:
    """Bounds equal, or days shared over days in either at least a half; an open bound only equals an open bound."""
    if not gold or not predicted:
        return False
    gs, ge, ps, pe = (_day(p.get(bound)) for p in (gold, predicted) for bound in ("start", "end"))
    if (gs, ge) == (ps, pe):
        return True
    if gs is None or ge is None or ps is None or pe is None:
        return (ge is not None and ge == pe) or (ge is None and pe is None and gs == ps)
    shared = min(ge, pe) - max(gs, ps) + 1
    return shared > 0 and shared / (max(ge, pe) - min(gs, ps) + 1) >= 0.5


def _day(text: str | None) -> int | None:
    return date.fromisoformat(text[:10]).toordinal() if text else None


def report(tally: Tally) -> dict[str, dict[str, float]]:
    """The figures: P, R, F1 of quotes, quotes strict, attributed and future; right, of and rate of the rest."""
    figures = {}
    for name, suffix in (("quotes", ""), ("quotes strict", " strict"), ("attributed", " attributed")):
        counts = {"gold": tally.of["R" + suffix], "predicted": tally.of["P" + suffix]}
        figures[name] = {**_prf(tally.rate("P" + suffix), tally.rate("R" + suffix)), **counts}
    for key in sorted(tally.of):
        first = key.split()[0]
        if first in ("speaker", "kind", "claim", "said_on", "due") or (first == "R" and key[2:] in _BY_KIND):
            figures[key] = {"right": tally.right[key], "of": tally.of[key], "rate": tally.rate(key)}
    figures["future"] = _prf(tally.rate("future P"), tally.rate("future R"))
    return figures


_BY_KIND = {prefix + kind for prefix in ("", "attributed ") for kind in ("direct", "mixed", "indirect")}


def _prf(p: float, r: float) -> dict[str, float]:
    return {"P": p, "R": r, "F1": 2 * p * r / (p + r) if p + r else 0.0}


def by_article(gold: Sequence[Gold], predictions: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The headline figures of each article, one line each."""
    for one, predicted in zip(gold, predictions, strict=True):
        f = report(tally([one], [predicted]))
        yield (
            f"{one.id:12s} quotes F1 {f['quotes']['F1']:.2f}  attributed F1 {f['attributed']['F1']:.2f}"
            f"  gold {f['quotes']['gold']} predicted {f['quotes']['predicted']}"
        )


def lines(figures: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """The report as text, one line a figure."""
    for name, f in figures.items():
        if "F1" not in f:
            yield f"{name:24s} {f['rate']:.3f}  ({f['right']} of {f['of']})"
            continue
        counts = f"   ({f['gold']} gold, {f['predicted']} predicted)" if "gold" in f else ""
        yield f"{name:24s} P {f['P']:.3f}  R {f['R']:.3f}  F1 {f['F1']:.3f}{counts}"
