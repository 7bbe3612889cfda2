"""The cast of an article: who is in it, under which names, in which roles, and where each is mentioned."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import Literal

from quotetrack.attribution.cast.names import Name, Parts
from quotetrack.model import Speaker, SpeakerKind

Sex = Literal["Masc", "Fem"]


@dataclass(frozen=True, slots=True)
class Role:
    """What the article says somebody is: the words, their content, the nouns that head it, where it stands.

    `listed` roles are headed by a known role noun; others are appositions that may say anything.
    """

    text: str
    content: frozenset[str]
    nouns: tuple[str, ...]
    offices: frozenset[int]
    index: int
    former: bool = False
    listed: bool = True


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that can speak. Two entities are never equal, only the same.

    `head` is the noun of a description ("source", "tribunal"), `content` the folded words of name or description.
    `introduced` says that the first mention came with a role; a title alone presumes that the reader knows him.
    """

    kind: SpeakerKind
    name: str
    first: int
    gender: str = ""
    plural: bool = False
    head: str = ""
    content: frozenset[str] = frozenset()
    parts: Parts = ()
    roles: list[Role] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    introduced: bool = False
    affiliation: str | None = None
    age: str = ""
    members: tuple[Entity, ...] = ()

    @property
    def human(self) -> bool:
        """Whether pronouns for people fit at first sight."""
        return self.kind in ("person", "unnamed")

    def role(self) -> str | None:
        """The fullest role: a known one, with the most words that mean something, held now, said first."""
        best = max(self.roles, key=lambda r: (r.listed, len(r.content), not r.former, -r.index), default=None)
        return best.text if best else self.affiliation

    def speaker(self) -> Speaker:
        """As the log knows a speaker."""
        gender = self.gender if self.gender in ("Masc", "Fem") and not self.plural else None
        others = tuple(sorted(self.forms - {self.name}))
        return Speaker(self.name, self.kind, self.role(), self.affiliation, gender, others)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """A place where an entity is mentioned: word index, whether as a subject, and how deep in somebody's words."""

    index: int
    entity: Entity = field(compare=False)
    subject: bool = field(compare=False, default=False)
    quoted: int = field(compare=False, default=0)
    named: bool = field(compare=False, default=False)


class Cast:
    """The entities of an article and the row of their occurrences, which grows as mentions are resolved."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.names: list[Name] = []
        self.people: dict[int, Entity] = {}  # by each word of a person's name, title included
        self.acronyms: dict[str, Entity] = {}
        self.occurrences: list[Occurrence] = []
        self.roles: dict[int, Entity] = {}  # by each word of a role that belongs to a person

    def add(self, entity: Entity) -> Entity:
        """Take somebody in."""
        self.entities.append(entity)
        return entity

    def mention(self, occurrence: Occurrence) -> None:
        """Note a mention; a second one at the same word replaces the first."""
        at = bisect_left(self.occurrences, occurrence)
        if at < len(self.occurrences) and self.occurrences[at].index == occurrence.index:
            self.occurrences[at] = occurrence
        else:
            insort(self.occurrences, occurrence)

    def before(self, index: int) -> list[Occurrence]:
        """Mentions left of a word, the nearest first."""
        at = bisect_left(self.occurrences, index, key=lambda o: o.index)
        return self.occurrences[:at][::-1]

    def persons(self) -> list[Entity]:
        """The named people."""
        return [e for e in self.entities if e.kind == "person"]
