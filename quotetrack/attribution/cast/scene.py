"""What a sieve sees: the article, its cast, and who has spoken so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotetrack.attribution.cast.entities import Cast, Entity, Occurrence
from quotetrack.attribution.cast.lexicon import Lexicon
from quotetrack.attribution.cast.names import names_of
from quotetrack.attribution.cast.people import gather_people
from quotetrack.attribution.cast.roles import gather_roles
from quotetrack.attribution.cast.scan import gather_acronyms, scan
from quotetrack.attribution.cast.words import Words
from quotetrack.attribution.draft import Draft
from quotetrack.attribution.marks import quotations
from quotetrack.languages.types import Language
from quotetrack.model import Article, Parse, Span


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody has spoken: the word where the article says so."""

    index: int
    entity: Entity


@dataclass(slots=True)
class Scene:
    """The article as resolution walks through it. `turns` grow in the order of the text."""

    words: Words
    lexicon: Lexicon
    cast: Cast
    drafts: Sequence[Draft]
    turns: list[Turn] = field(default_factory=list)
    authors: dict[str, Entity] = field(default_factory=dict)
    aliases: dict[int, Entity] = field(default_factory=dict)

    def reach(self, mention: Span) -> range:
        return self.words.range(mention)

    def running(self) -> Entity | None:
        """Who spoke last."""
        return self.turns[-1].entity if self.turns else None

    def last_source(self) -> Entity | None:
        """The institution, source or group that spoke last; a person only where nothing else did."""
        other = next((t.entity for t in reversed(self.turns) if t.entity.kind != "person"), None)
        return other or self.running()

    def at(self, where: range) -> list[Occurrence]:
        """Mentions that lie in a range of words, in order."""
        return [o for o in self.cast.occurrences if o.index in where]

    def known_as(self, entity: Entity) -> Entity:
        """Who a description has turned out to be."""
        return self.aliases.get(id(entity), entity)

    def occurrence_at(self, index: int) -> Occurrence | None:
        """The mention that the walk over the article noted at a word."""
        at = bisect_left(self.cast.occurrences, index, key=lambda o: o.index)
        found = at < len(self.cast.occurrences) and self.cast.occurrences[at].index == index
        return self.cast.occurrences[at] if found else None

    def described_at(self, index: int, settled: bool = True) -> Entity | None:
        """Whoever is mentioned at a word; settled: who that has turned out to be."""
        there = self.occurrence_at(index)
        if there is None:
            return None
        return self.known_as(there.entity) if settled else there.entity

    def spoke(self, index: int, entity: Entity, mentioned: bool = True) -> None:
        """Note a turn; where the speaker is mentioned, he is a subject, and a description met there is his for good."""
        if self.words.quoted[index] < 2:  # somebody quoted inside a quote does not go on speaking after it
            self.turns.append(Turn(index, entity))
        if not mentioned:
            return
        there = self.occurrence_at(index)
        if there is not None and there.entity is not entity and there.entity.kind != "person" and not there.named:
            self.aliases[id(there.entity)] = entity
        self.cast.mention(
            Occurrence(index, entity, True, self.words.quoted[index], named=there is not None and there.named)
        )


def build(article: Article, parse: Parse, language: Language, drafts: Sequence[Draft] = ()) -> Scene:
    """Read the cast off an article. With drafts, words inside quotes are known as somebody's words."""
    words = Words(article.text, parse)
    for draft in drafts:
        words.report(draft.spans)
    for quotation in quotations(article.text, language.marks):
        words.deepen(quotation.inner)
    lexicon = Lexicon(language)
    lexicon.learn(words.tokens)
    cast = Cast()
    cast.names = names_of(words, parse, lexicon)
    gather_people(words, cast.names, lexicon, cast)
    gather_roles(words, lexicon, cast)
    gather_acronyms(words, lexicon, cast)
    scan(words, lexicon, cast)
    return Scene(words, lexicon, cast, drafts)
