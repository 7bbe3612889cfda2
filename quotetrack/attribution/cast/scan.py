"""One walk over the article: who is mentioned where, before anybody asks who spoke.

Descriptions are met in order, so that "le tribunal" finds the court named before it; a fuller description that comes
later gives an entity its name.
"""

from __future__ import annotations

from quotetrack.attribution.cast.entities import Cast, Entity, Occurrence
from quotetrack.attribution.cast.lexicon import Lexicon, stem
from quotetrack.attribution.cast.names import Name
from quotetrack.attribution.cast.phrases import Phrase, content, end_of, gender_of, opening_of
from quotetrack.attribution.cast.roles import NOUN, fit, role_of
from quotetrack.attribution.cast.words import Words, fold
from quotetrack.model import SpeakerKind


def scan(words: Words, lexicon: Lexicon, cast: Cast) -> None:
    """Fill the row of occurrences: people, descriptions of people, organisations, groups."""
    at = {name.first: name for name in cast.names}
    i = 0
    while i < len(words):
        name = at.get(i)
        if name is not None and name.kind == "PER":
            _note_person(words, cast, name)
            i = name.last + 1
        elif name is not None:
            _note_name(words, lexicon, cast, name)
            i = name.last + 1
        elif i not in cast.roles and (phrase := described(words, lexicon, cast, i)):
            note(words, lexicon, cast, phrase)
            i += 1
        else:
            i += 1


def _note_person(words: Words, cast: Cast, name: Name) -> None:
    person = cast.people[name.first]
    first = name.begin
    while first > 0 and (cast.roles.get(first - 1) is person or _comma_within(words, cast, first)):
        first -= 1
    subject = any(words[k].subject for k in range(first, name.last + 1))
    cast.mention(Occurrence(name.first, person, subject, words.quoted[name.first], named=True))


def _comma_within(words: Words, cast: Cast, index: int) -> bool:
    """Whether a comma before a name only sets it off from its role: "le maire, Jean Martin, s'est rendu"."""
    return index > 1 and words[index - 1].form == "," and cast.roles.get(index - 2) is cast.people.get(index)


def _note_name(words: Words, lexicon: Lexicon, cast: Cast, name: Name) -> None:
    """A name that is no person: an organisation or a place, with its article."""
    first = name.begin
    if first > 0 and words[first - 1].low in lexicon.casting.definite:
        first -= 1
    last = end_of(words, name.last, lexicon, cast.people) if first < name.begin else name.last
    entity = organisation(words, lexicon, cast, first, name.first, last)
    subject = any(words[k].subject for k in range(first, last + 1))
    cast.mention(Occurrence(name.first, entity, subject, words.quoted[name.first], named=True))


def described(words: Words, lexicon: Lexicon, cast: Cast, head: int) -> Phrase | None:
    """The phrase that a common noun for somebody who can speak opens, or None."""
    token = words[head]
    if token.upos not in ("NOUN", "ADJ", "PROPN", "X") or head in cast.people:
        return None
    if token.upos == "ADJ" and not (head and words[head - 1].upos == "DET"):
        return None
    if not speaks(words, lexicon, head):
        return None
    first = head
    while first > 0 and words[first - 1].upos in ("ADJ", "NUM") and words[first - 1].sentence == token.sentence:
        first -= 1
    if first > 0 and (words[first - 1].upos == "DET" or words[first - 1].contracted):
        first -= 1
    elif first == head:
        return None
    last = end_of(words, head, lexicon, cast.people)
    opening = opening_of(words, first, head, lexicon)
    plural = token.number == "Plur" or opening == "plural" or words[first].number == "Plur"
    return Phrase(first, head, last, opening, plural, gender_of(words, first, head, lexicon))


def speaks(words: Words, lexicon: Lexicon, head: int) -> SpeakerKind | None:
    """What kind of speaker a noun names, or None."""
    token, language = words[head], lexicon.language
    plural = token.number == "Plur" or (head > 0 and words[head - 1].number == "Plur" and words[head - 1].upos == "DET")
    if lexicon.one_of(token, language.organisation_nouns):
        return "organisation"
    if lexicon.one_of(token, language.group_nouns) and (plural or not lexicon.role(token)):
        return "group"
    if lexicon.role(token) or lexicon.one_of(token, language.source_nouns | lexicon.casting.relations):
        return "group" if plural else "unnamed"
    if lexicon.one_of(token, lexicon.casting.anyone) or lexicon.demonym(token.form):
        return "group" if plural else "unnamed"
    return None


def note(words: Words, lexicon: Lexicon, cast: Cast, phrase: Phrase) -> Entity:
    """The entity that a description means, found or made, with its occurrence."""
    kind = speaks(words, lexicon, phrase.head) or "unnamed"
    entity = None
    if kind == "unnamed" and phrase.opening in ("definite", "demonstrative", "possessive"):
        entity = known_person(words, lexicon, cast, phrase) or _just_named(words, lexicon, cast, phrase)
    if entity is None and kind in ("organisation",):
        entity = organisation(words, lexicon, cast, phrase.first, phrase.head, phrase.last)
    if entity is None:
        entity = _like(words, lexicon, cast, phrase, kind) or describe(words, lexicon, cast, phrase, kind)
    subject = any(words[k].subject for k in range(phrase.first, phrase.head + 1))
    cast.mention(Occurrence(phrase.head, entity, subject, words.quoted[phrase.head]))
    return entity


def known_person(words: Words, lexicon: Lexicon, cast: Cast, phrase: Phrase) -> Entity | None:
    """The person whose role this is: the best fit, then the one mentioned last before."""
    scored = [(fit(words, phrase, p, lexicon), p) for p in cast.persons() if p.roles]
    best = max((s for s, _ in scored), default=0.0)
    if best < NOUN - 0.5:
        return None
    fitting = {p for s, p in scored if s >= best - 0.01}
    if len(fitting) > 1:
        recent = next((o.entity for o in cast.before(phrase.head) if o.entity in fitting), None)
        if recent is not None:
            return recent
    return min(fitting, key=lambda p: p.first)


def _just_named(words: Words, lexicon: Lexicon, cast: Cast, phrase: Phrase) -> Entity | None:
    """ "X est arrivée. La ministre ...": a role right after a bare name is his, for the reader has nobody else."""
    role = lexicon.role(words[phrase.head])
    if role is None or role.cls in ("kin", "person") or phrase.opening != "definite" or words.quoted[phrase.head] > 1:
        return None
    for occurrence in cast.before(phrase.first):
        person = occurrence.entity
        if words[phrase.head].sentence - words[occurrence.index].sentence > 1:
            return None
        if person.kind != "person" or occurrence.quoted or occurrence.index in cast.roles:
            continue
        if words[occurrence.index].sentence == words[phrase.head].sentence:
            return None  # two in one sentence are two
        known = len(person.parts) > 1 or person.gender  # a lone capital may be anything
        if not known or person.roles or (phrase.gender and person.gender and phrase.gender != person.gender):
            return None
        person.roles.append(role_of(words, phrase.first, phrase.head, phrase.last, lexicon))
        return person
    return None


def _like(words: Words, lexicon: Lexicon, cast: Cast, phrase: Phrase, kind: SpeakerKind) -> Entity | None:
    """Somebody described before whom a known description takes up: "cette source" after "une source policière"."""
    if phrase.opening in ("indefinite", "plural", "bare"):
        return None
    head = lexicon.noun(words[phrase.head])
    wanted = content(words, phrase.first, phrase.last, lexicon)
    for occurrence in cast.before(phrase.first):
        entity = occurrence.entity
        agrees = entity.plural == phrase.plural and not {entity.gender, phrase.gender} >= {"Masc", "Fem"}
        same = entity.kind == kind and entity.head == head and agrees
        if same and wanted <= entity.content | {stem(words[phrase.head].form)}:
            return entity
    return None


def describe(words: Words, lexicon: Lexicon, cast: Cast, phrase: Phrase, kind: SpeakerKind) -> Entity:
    """A new entity that is known by a description only."""
    complement = lexicon.role(words[phrase.head]) and phrase.last > phrase.head and kind == "unnamed"
    entity = Entity(
        kind,
        spell(words, lexicon, phrase.first, phrase.last),
        phrase.first,
        phrase.gender,
        phrase.plural,
        lexicon.noun(words[phrase.head]),
        content(words, phrase.first, phrase.last, lexicon),
    )
    if complement:
        entity.roles.append(role_of(words, phrase.first, phrase.head, phrase.last, lexicon))
    return cast.add(entity)


def spell(words: Words, lexicon: Lexicon, first: int, last: int) -> str:
    """A description as it stands, with a plain article in lower case: "du parquet" is "le parquet"."""
    opening = words[first]
    article = lexicon.casting.contractions.get(opening.low)
    if article and opening.upos != "DET":
        return f"{article} {words.string(first + 1, last)}"
    form = words.string(first, last)
    return form[0].lower() + form[1:] if opening.upos in ("DET", "ADP", "NUM") else form


def organisation(words: Words, lexicon: Lexicon, cast: Cast, first: int, head: int, last: int) -> Entity:
    """The organisation of a phrase: by acronym, by its words, or a new one. The fullest name wins."""
    wanted = content(words, first, last, lexicon)
    acronym = cast.acronyms.get(words[head].form) if head == last else None
    if acronym is not None:
        return acronym
    noun = stem(words[head].form)
    plural = words[head].number == "Plur" or words[first].number == "Plur"
    known = words[first].low in lexicon.casting.definite or words[first].low in lexicon.casting.demonstratives
    for occurrence in cast.before(first) if known or head == first else ():
        entity = occurrence.entity
        same = entity.kind == "organisation" and entity.head == noun and entity.plural == plural
        if same and wanted <= entity.content:
            return entity
    whole = spell(words, lexicon, first, last)
    for entity in cast.entities:
        same = entity.kind == "organisation" and entity.head == noun and entity.plural == plural
        if same and entity.content <= wanted:
            if len(wanted) > len(entity.content):
                entity.forms.add(entity.name)
                entity.name, entity.content = whole, wanted
            return entity
    sex = gender_of(words, first, head, lexicon)
    return cast.add(Entity("organisation", whole, first, sex, plural, noun, wanted))


def gather_acronyms(words: Words, lexicon: Lexicon, cast: Cast) -> None:
    """ "la Fédération des transporteurs (FT)": the bracket names what stands before it, by its first letter."""
    for k in range(1, len(words) - 2):
        if words[k].form != "(" or words[k + 2].form != ")" or not _acronym(words[k + 1].form):
            continue
        head = _expanded(words, lexicon, cast, k)
        if head is None:
            continue
        first = head - 1 if head and (words[head - 1].upos == "DET" or words[head - 1].contracted) else head
        entity = organisation(words, lexicon, cast, first, head, k - 1)
        form = words[k + 1].form
        entity.forms.add(form)
        entity.content |= {stem(form)}
        if not entity.name.endswith(")"):
            entity.name = f"{entity.name} ({form})"
        cast.acronyms[form] = entity


def _acronym(form: str) -> bool:
    return 2 <= len(form) <= 10 and form[0].isupper() and form.isalnum()


def _expanded(words: Words, lexicon: Lexicon, cast: Cast, bracket: int) -> int | None:
    """The head of the phrase before a bracket whose first letter is the acronym's; nearest to its length."""
    letter = fold(words[bracket + 1].form[0])
    best = None
    for j in range(bracket - 1, max(bracket - 12, -1), -1):
        token = words[j]
        if (
            token.sentence != words[bracket].sentence
            or token.upos in ("PUNCT", "VERB", "AUX", "PRON")
            or j in cast.people
        ):
            break
        if token.upos in ("NOUN", "PROPN", "X", "ADJ") and fold(token.form[0]) == letter:
            best = j if token.upos != "ADJ" or token.capital else best
    return best
