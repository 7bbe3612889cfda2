"""The grammar of time expressions, compiled: forms of the language file become regular expressions.

Trying every form at every word would cost more than all the rest of dating. So words of which no expression is without
one are looked up first (`triggers`: weekdays, months, years ...), and cores are tried at the few words before each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from quotetrack.languages.times import SLOT, TimeAffix, TimeGrammar, TimePattern, Value, load_times

# slots that are written in digits rather than taken from a vocabulary
DIGITS = {
    "day": r"(?:1er|3[01]|[12]\d|0?[1-9])(?![\d]|[.,]\d)",
    "daynumber": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)",
    "monthnumber": r"(?:1[0-2]|0?[1-9])",
    "year": r"(?:19|20)\d\d(?![\d]|[.,]\d)",
    "shortyear": r"(?:(?:19|20)\d\d|\d\d)(?!\d)",
}
ALIASES = {"period": "unit", "division": "unit", "daynumber": "day"}  # slots whose values go by another name
COMMON = frozenset({"number", "ordinal"})  # vocabularies whose words are everywhere
BEFORE = 9  # words from the first of a core to its trigger: "dans un délai maximal de deux à trois mois"
WORD = re.compile(r"\w+")
DIGIT_TRIGGER = re.compile(r"(?:19|20)\d\d|\d{1,2}(?=[/.]\d)|\d\d?h")


@dataclass(frozen=True, slots=True)
class Compiled:
    """One alternation of all cores, one of all leads, one of all trails; groups are numbered as in the grammar."""

    grammar: TimeGrammar
    cores: re.Pattern[str]
    slots: tuple[tuple[tuple[str, str, str], ...], ...]  # per pattern: group, slot, name of the value
    leads: re.Pattern[str]
    trails: re.Pattern[str]
    joint: re.Pattern[str]
    triggers: frozenset[str]

    def starts(self, text: str) -> Iterator[int]:
        """Where cores are worth trying: at trigger words and the few words before each."""
        words = [(m.start(), m[0].lower()) for m in WORD.finditer(text)]
        last = -1
        for number, (start, word) in enumerate(words):
            if word in self.triggers or (word[0].isdigit() and DIGIT_TRIGGER.match(text, start)):
                for index in range(max(last + 1, number - BEFORE), number + 1):
                    yield words[index][0]
                last = number


def lead_of(match: re.Match[str], affixes: tuple[TimeAffix, ...]) -> TimeAffix:
    """The affix of which a match of `leads` or `trails` is."""
    return affixes[int((match.lastgroup or "a0")[1:])]


def _regex(form: str) -> str:
    """A form of the data file as a regular expression: a space is any white space, ' is either apostrophe."""
    return re.sub(r" (\??)", lambda blank: r"\s?" if blank[1] else r"\s+", form).replace("'", "['’]")


def _alternatives(vocabulary: Mapping[str, Value]) -> str:
    words = sorted(vocabulary, key=lambda w: (-len(w), w))
    return "|".join(_regex(re.escape(w).replace(r"\ ", " ").replace(r"\-", "-")) for w in words)


def _pattern(number: int, pattern: TimePattern, grammar: TimeGrammar) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """The pattern with one named group per slot: p7_month for {month} of the pattern number 7."""
    slots: list[tuple[str, str, str]] = []

    def group(match: re.Match[str]) -> str:
        slot, copy = match[1], match[2]
        body = DIGITS.get(slot) or _alternatives(grammar.vocabularies[slot])
        if slot == "number":
            body += r"|\d{1,3}(?![\d]|[.,]\d)"
        slots.append((f"p{number}_{slot}{copy}", slot, ALIASES.get(slot, slot) + copy))
        return f"(?P<p{number}_{slot}{copy}>{body})"

    pieces = re.split(r"(\{\w+\})", pattern.form)
    body = "".join(SLOT.sub(group, piece) if SLOT.fullmatch(piece) else _regex(piece) for piece in pieces)
    return rf"(?P<p{number}>{body})(?!\w)", tuple(slots)


def _triggers(grammar: TimeGrammar) -> frozenset[str]:
    """Words one of which is in every core: those that the data name, and the last ones of vocabulary entries."""
    entries = (entry for name, words in grammar.vocabularies.items() if name not in COMMON for entry in words)
    named = {WORD.findall(entry)[-1] for entry in entries}
    return grammar.triggers | frozenset(named)


@cache
def compiled(code: str) -> Compiled:
    """The grammar of a language, compiled once."""
    grammar = load_times(code)
    made = [_pattern(number, pattern, grammar) for number, pattern in enumerate(grammar.patterns)]
    leads = "|".join(f"(?P<a{i}>{_regex(lead.form)})" for i, lead in enumerate(grammar.leads))
    trails = "|".join(f"(?P<a{i}>{_regex(trail.form)})" for i, trail in enumerate(grammar.trails))
    flags = re.IGNORECASE
    return Compiled(
        grammar=grammar,
        cores=re.compile(r"(?<!\w)(?:" + "|".join(body for body, _ in made) + ")", flags),
        slots=tuple(slots for _, slots in made),
        leads=re.compile(rf"(?<!\w)(?:{leads})(?:(?<=['’-])\s?|\s+)$", flags),
        trails=re.compile(rf"(?:{trails})(?!\w)", flags),
        joint=re.compile("|".join(_regex(joint) for joint in grammar.joints), flags),
        triggers=_triggers(grammar),
    )
