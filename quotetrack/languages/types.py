"""What a language knows, as frozen dataclasses; the words themselves are data in `languages/<code>/*.yml`.

Lemmas are written as dictionaries write them. In an expression of several words ("tirer la sonnette d'alarme") the
first word is a lemma and the others are written as they stand in the text; `words` cuts them as a tokenizer does, after
apostrophes and at spaces. A reflexive verb is written with its pronoun ("se féliciter", "s'indigner").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Gender = Literal["Masc", "Fem", "Both"]
Number = Literal["Sing", "Plur"]
CueClass = Literal[
    "say",  # neutral: dire, déclarer, préciser
    "claim",  # commits the speaker to its truth: affirmer, assurer, soutenir
    "announce",  # makes public what will be: annoncer, prévoir, dévoiler
    "ask",  # wants an answer or an act: demander, réclamer, s'interroger
    "promise",  # commits to an act: promettre, s'engager, menacer, refuser
    "intend",  # an inner plan: vouloir, compter, entendre; speech only where some of its words are quoted
    "think",  # an inner state: penser, croire, espérer; speech only with a proposition or quoted words
    "judge",  # an evaluation: estimer, juger, considérer
    "feel",  # a feeling made public: se réjouir, s'inquiéter, regretter
    "praise",
    "criticise",
    "deny",
    "admit",
    "warn",
    "order",
    "write",
    "exclaim",  # manner of speaking: lancer, marteler, ironiser
    "add",  # goes on: ajouter, poursuivre
    "conclude",
    "reply",
    "report",  # passes on the words of others, or tells: rapporter, relayer, raconter
    "hear",  # the subject learns, the speaker is elsewhere: apprendre (de source policière), lire
]
Takes = Literal[
    "clause",  # que P, and the parenthetical inversion without marks (P, affirme X)
    "infinitive",  # dit vouloir, promet de: the subject of the infinitive is the speaker
    "quote",  # quoted words, also with inversion: « … », s'indigne X
    "question",  # demande si, où, pourquoi
    "order",  # appelle X à, demande à X de: the subject of the infinitive is the one addressed
    "predicate",  # an attribute: se dit prêt à, juge la mesure inutile
    "noun",  # a bare nominal complement that is itself what was said: annoncer la suppression de
    "about",  # quoted words inside a complement: qualifier de « … », dénoncer une « … »
]
PronounKind = Literal["personal", "demonstrative", "relative", "indefinite"]
SpeakerPlace = Literal["after", "inside", "before"]
MediumKind = Literal["text", "network", "press", "broadcast", "occasion"]
RoleClass = Literal[
    "state", "politics", "justice", "police", "military", "diplomacy", "business", "union", "association",
    "press", "science", "health", "education", "religion", "sport", "culture", "trade", "person", "kin",
]  # fmt: skip
PlaceKind = Literal["capital", "institution", "country", "region"]

CUE_CLASSES: frozenset[str] = frozenset(get_args(CueClass))
TAKES: frozenset[str] = frozenset(get_args(Takes))

_PIECE = re.compile(r"[^\s'’]+['’]?|['’]")


def words_of(expression: str) -> tuple[str, ...]:
    """The words of an expression, as a tokenizer cuts them: "s'en tenir à" -> ("s'", "en", "tenir", "à")."""
    return tuple(piece.replace("’", "'") for piece in _PIECE.findall(expression))


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb, or verbal expression, that reports speech.

    `words` leaves the reflexive pronoun out; `words[0]` is the lemma of the verb that governs the clause.
    """

    lemma: str
    cls: CueClass
    takes: frozenset[Takes]
    words: tuple[str, ...]
    reflexive: bool = False


@dataclass(frozen=True, slots=True)
class CueNoun:
    """A noun that stands for an act of speech: "la promesse de", "l'idée que", "ses propos"."""

    lemma: str
    cls: CueClass
    takes: frozenset[Takes]


@dataclass(frozen=True, slots=True)
class CuePreposition:
    """An expression that hands the proposition to a speaker: "selon", "aux yeux de", "de source".

    `speaker` says where the speaker is: "after" the expression (selon X), "inside" it together with what follows
    (de source policière: "source policière"), or "before" it, the one last named (de même source).
    `ambiguous` ones often mean something else (pour, d'après) and need evidence: a comma, a human complement.
    """

    words: tuple[str, ...]
    speaker: SpeakerPlace = "after"
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Medium:
    """Where things are said: one of `prepositions`, then one of `nouns` ("dans" + "communiqué", "sur" + "Twitter")."""

    kind: MediumKind
    prepositions: frozenset[str]
    nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A form, in lower case, that can stand for a speaker: "elle", "ce dernier"."""

    form: str
    kind: PronounKind
    gender: Gender
    number: Number
    person: int = 3


@dataclass(frozen=True, slots=True)
class Title:
    """A form of address that stands before a name: "M.", "Mme", "Dr"."""

    form: str
    gender: Gender
    number: Number = "Sing"


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun that says what somebody is; `other` is the lemma of the other gender, if it has one of its own."""

    lemma: str
    gender: Gender
    cls: RoleClass
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place that speaks, and for whom: Washington for "États-Unis", Bercy for "ministère de l'Économie"."""

    name: str
    kind: PlaceKind
    stands_for: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Typographic marks: pairs (opening to closing), marks that open and close alike, dashes of dialogue."""

    pairs: Mapping[str, str]
    symmetric: frozenset[str]
    dashes: frozenset[str]
    apostrophes: frozenset[str]

    @property
    def opening(self) -> frozenset[str]:
        return frozenset(self.pairs)

    @property
    def closing(self) -> frozenset[str]:
        return frozenset(self.pairs.values())


@dataclass(frozen=True, slots=True)
class Demonyms:
    """How inhabitants are named: endings by gender of capitalised nouns, and those no ending tells, in the singular.

    `plurals` are the endings that make a plural of either.
    """

    endings: Mapping[str, Gender]
    names: Mapping[str, Gender]
    plurals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """Everything special to a language. Keys are lemmas or forms as their values spell them; first names in lower case.

    `verbs_by_head` finds verbs by the lemma of their first word, longest expression first, reflexive before plain.
    `prepositions` are sorted longest first.
    """

    code: str
    name: str
    verbs: Mapping[str, Verb]
    verbs_by_head: Mapping[str, tuple[Verb, ...]]
    nouns: Mapping[str, CueNoun]
    prepositions: tuple[CuePreposition, ...]
    media: tuple[Medium, ...]
    pronouns: Mapping[str, Pronoun]
    titles: Mapping[str, Title]
    roles: Mapping[str, RoleNoun]
    source_nouns: frozenset[str]
    group_nouns: frozenset[str]
    organisation_nouns: frozenset[str]
    places: Mapping[str, Place]
    first_names: Mapping[str, Gender]
    demonyms: Demonyms
    marks: Marks
    stop_quotes: frozenset[str]
    questioned: frozenset[str]
    complementizers: frozenset[str]
    interrogatives: frozenset[str]
    infinitive_markers: frozenset[str]
    negators: frozenset[str]
    first_person: frozenset[str]
    possessives: frozenset[str]
    articles: frozenset[str]
    particles: frozenset[str]
    time_nouns: frozenset[str]
    modals: frozenset[str]
    comparers: frozenset[str]

    def gender_of_first_name(self, name: str) -> Gender | None:
        """Gender of the person whose name begins so; a compound follows its first part (Jean-Marie, Anne-Sophie)."""
        whole = name.split()[0].lower() if name.split() else ""
        return self.first_names.get(whole) or self.first_names.get(whole.split("-")[0])

    def demonym_gender(self, word: str) -> Gender | None:
        """Gender of a capitalised noun that names an inhabitant ("Français" Masc, "New-Yorkaises" Fem), else None."""
        if not word[:1].isupper():
            return None
        for form in (word, *(word.removesuffix(plural) for plural in self.demonyms.plurals)):
            if form in self.demonyms.names:
                return self.demonyms.names[form]
            for ending, gender in self.demonyms.endings.items():
                if form.endswith(ending) and len(form) > len(ending) + 2:
                    return gender
        return None
