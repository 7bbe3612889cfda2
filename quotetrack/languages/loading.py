"""From the data files of a language to a `Language`. Each function reads one file; the schema is what it asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast, get_args

from quotetrack.languages import schema
from quotetrack.languages.schema import Entry, Table
from quotetrack.languages.types import (
    CUE_CLASSES,
    TAKES,
    CueClass,
    CueNoun,
    CuePreposition,
    Demonyms,
    Gender,
    Language,
    Marks,
    Medium,
    MediumKind,
    Number,
    Place,
    PlaceKind,
    Pronoun,
    PronounKind,
    RoleClass,
    RoleNoun,
    SpeakerPlace,
    Takes,
    Title,
    Verb,
    words_of,
)

if TYPE_CHECKING:
    import sys

    if sys.version_info >= (3, 11):
        from importlib.resources.abc import Traversable
    else:
        from importlib.abc import Traversable

GENDERS: tuple[Gender, ...] = get_args(Gender)
NUMBERS: tuple[Number, ...] = get_args(Number)
WORD_LISTS = (
    "stop_quotes",
    "questioned",
    "complementizers",
    "interrogatives",
    "infinitive_markers",
    "negators",
    "first_person",
    "possessives",
    "articles",
    "particles",
    "time_nouns",
    "modals",
    "comparers",
)


def read_language(folder: Traversable, code: str) -> Language:
    """The language whose files lie in `folder`. Raises LanguageError with file and line where they do not validate."""
    about = schema.read(folder / "language.yml").fields(["name", "reflexives"])
    verbs = _verbs(schema.read(folder / "verbs.yml"), about["reflexives"].texts())
    parts = _cues(schema.read(folder / "cues.yml")) | _people(schema.read(folder / "people.yml"))
    words = schema.read(folder / "words.yml").fields(WORD_LISTS)
    parts |= {name: frozenset(entry.texts()) for name, entry in words.items()}
    return Language(
        code=code,
        name=about["name"].text(),
        verbs=verbs,
        verbs_by_head=_by_head(verbs),
        roles=_roles(schema.read(folder / "roles.yml")),
        places=_places(schema.read(folder / "places.yml")),
        first_names=_first_names(schema.read(folder / "first_names.yml")),
        marks=_marks(schema.read(folder / "marks.yml")),
        **parts,
    )


def _verbs(root: Entry, reflexives: tuple[str, ...]) -> Mapping[str, Verb]:
    table: Table[Verb] = Table()
    for group in root.items():
        fields = group.fields(["class", "takes", "lemmas"])
        cls = cast(CueClass, fields["class"].choice(CUE_CLASSES))
        takes = cast("frozenset[Takes]", fields["takes"].choices(TAKES))
        for item in fields["lemmas"].items():
            lemma = item.text()
            words = words_of(lemma)
            reflexive = words[0] in reflexives
            table.add(item, lemma, Verb(lemma, cls, takes, words[1:] if reflexive else words, reflexive))
    return table.frozen()


def _by_head(verbs: Mapping[str, Verb]) -> Mapping[str, tuple[Verb, ...]]:
    heads: defaultdict[str, list[Verb]] = defaultdict(list)
    for verb in verbs.values():
        heads[verb.words[0]].append(verb)
    # The longest expression wins ("faire valoir" before "faire"), then the one that asks for more (the pronoun).
    return MappingProxyType(
        {head: tuple(sorted(found, key=lambda v: (-len(v.words), not v.reflexive))) for head, found in heads.items()}
    )


def _cues(root: Entry) -> dict[str, Any]:
    fields = root.fields(["nouns", "prepositions", "media"])
    nouns: Table[CueNoun] = Table()
    for group in fields["nouns"].items():
        keys = group.fields(["class", "takes", "lemmas"])
        cls = cast(CueClass, keys["class"].choice(CUE_CLASSES))
        takes = cast("frozenset[Takes]", keys["takes"].choices(TAKES))
        for item in keys["lemmas"].items():
            nouns.add(item, item.text(), CueNoun(item.text(), cls, takes))
    return {
        "nouns": nouns.frozen(),
        "prepositions": _prepositions(fields["prepositions"]),
        "media": tuple(_medium(group) for group in fields["media"].items()),
    }


def _prepositions(root: Entry) -> tuple[CuePreposition, ...]:
    table: Table[CuePreposition] = Table()
    for group in root.items():
        keys = group.fields(["words"], ["speaker", "ambiguous"])
        speaker = keys["speaker"].choice(get_args(SpeakerPlace)) if "speaker" in keys else "after"
        ambiguous = "ambiguous" in keys and keys["ambiguous"].flag()
        for item in keys["words"].items():
            words = words_of(item.text())
            table.add(item, item.text(), CuePreposition(words, cast(SpeakerPlace, speaker), ambiguous))
    return tuple(sorted(table.rows.values(), key=lambda p: -len(p.words)))


def _medium(group: Entry) -> Medium:
    keys = group.fields(["kind", "prepositions", "nouns"])
    kind = cast(MediumKind, keys["kind"].choice(get_args(MediumKind)))
    return Medium(kind, frozenset(keys["prepositions"].texts()), frozenset(keys["nouns"].texts()))


def _people(root: Entry) -> dict[str, Any]:
    lists = ["source_nouns", "group_nouns", "organisation_nouns"]
    fields = root.fields(["pronouns", "titles", "demonyms", *lists])
    pronouns: Table[Pronoun] = Table()
    for group in fields["pronouns"].items():
        keys = group.fields(["kind", "gender", "number", "forms"], ["person"])
        kind = cast(PronounKind, keys["kind"].choice(get_args(PronounKind)))
        gender, number = keys["gender"].choice(GENDERS), keys["number"].choice(NUMBERS)
        person = keys["person"].number() if "person" in keys else 3
        for item in keys["forms"].items():
            row = Pronoun(item.text(), kind, cast(Gender, gender), cast(Number, number), person)
            pronouns.add(item, item.text(), row)
    titles: Table[Title] = Table()
    for group in fields["titles"].items():
        keys = group.fields(["gender", "forms"], ["number"])
        gender = keys["gender"].choice(GENDERS)
        number = keys["number"].choice(NUMBERS) if "number" in keys else "Sing"
        for item in keys["forms"].items():
            titles.add(item, item.text(), Title(item.text(), cast(Gender, gender), cast(Number, number)))
    return {
        "pronouns": pronouns.frozen(),
        "titles": titles.frozen(),
        "demonyms": _demonyms(fields["demonyms"]),
        **{name: frozenset(fields[name].texts()) for name in lists},
    }


def _genders(root: Entry) -> Mapping[str, Gender]:
    """Words listed under Masc, Fem and Both."""
    table: Table[Gender] = Table()
    for gender, entry in root.fields([], GENDERS).items():
        for item in entry.items():
            table.add(item, item.text(), cast(Gender, gender))
    return table.frozen()


def _demonyms(root: Entry) -> Demonyms:
    fields = root.fields(["endings", "plurals", "names"])
    endings = _genders(fields["endings"])
    longest_first = sorted(endings, key=lambda ending: (-len(ending), ending))
    by_ending = MappingProxyType({ending: endings[ending] for ending in longest_first})
    return Demonyms(by_ending, _genders(fields["names"]), fields["plurals"].texts())


def _roles(root: Entry) -> Mapping[str, RoleNoun]:
    table: Table[RoleNoun] = Table()
    for group in root.items():
        fields = group.fields(["class"], ["pairs", "masc", "fem", "both"])
        cls = cast(RoleClass, fields["class"].choice(get_args(RoleClass)))
        for item in fields["pairs"].items() if "pairs" in fields else ():
            masculine, slash, feminine = item.text().partition("/")
            if not (slash and masculine and feminine):
                item.fail(f"expected masculine/feminine, found {item.text()!r}")
            table.add(item, masculine, RoleNoun(masculine, "Masc", cls, feminine))
            table.add(item, feminine, RoleNoun(feminine, "Fem", cls, masculine))
        for gender in GENDERS:
            for item in fields[gender.lower()].items() if gender.lower() in fields else ():
                table.add(item, item.text(), RoleNoun(item.text(), gender, cls))
    return table.frozen()


def _places(root: Entry) -> Mapping[str, Place]:
    fields = root.fields(["capitals", "institutions", "countries", "regions"])
    table: Table[Place] = Table()
    for name, kind in (("capitals", "capital"), ("institutions", "institution")):
        for key, value in fields[name].pairs():
            table.add(key, key.text(), Place(key.text(), cast(PlaceKind, kind), value.text()))
    for name, kind in (("countries", "country"), ("regions", "region")):
        for item in fields[name].items():
            table.add(item, item.text(), Place(item.text(), cast(PlaceKind, kind), item.text()))
    for place in [p for p in table.rows.values() if p.kind == "capital"]:
        # A country is known by its capital; city-states are there already under the same name.
        table.rows.setdefault(place.stands_for, Place(place.stands_for, "country", place.stands_for))
    return table.frozen()


def _first_names(root: Entry) -> Mapping[str, Gender]:
    return MappingProxyType({name.lower(): gender for name, gender in _genders(root).items()})


def _marks(root: Entry) -> Marks:
    fields = root.fields(["pairs", "symmetric", "dashes", "apostrophes"])
    pairs: Table[str] = Table()
    for item in fields["pairs"].items():
        opening, _, closing = item.text().partition(" ")
        if not closing:
            item.fail(f"expected opening and closing mark with a space between them, found {item.text()!r}")
        pairs.add(item, opening, closing.strip())
    lists = (frozenset(fields[name].texts()) for name in ("symmetric", "dashes", "apostrophes"))
    return Marks(pairs.frozen(), *lists)
