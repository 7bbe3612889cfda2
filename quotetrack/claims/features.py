"""What the words of a quote show of its kind: named features, each of which a reader can check in the sentence.

The form of its main clauses, who their subject is, modality, words that judge or record, numbers and dates, the class
of the cue and the office of the speaker. `kind.py` weighs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotetrack.claims.clauses import Content, ahead, form, going, infinitives, main_clauses, subject
from quotetrack.claims.tree import Tree
from quotetrack.languages import Language
from quotetrack.languages.statements import load_statements
from quotetrack.model import Quote, Word

BRIEF, LONG = 5, 35  # words: fragments of up to 5 seldom hold a clause; beyond 35 most quotes hold several
AHEAD = ("future", "going to", "was to", "conditional", "conditional of possibility", "conditional of obligation")


def features(quote: Quote, tree: Tree, language: Language, coming: bool, past: bool) -> frozenset[str]:
    """The features of a quote; `coming`, `past`: a time expression inside it lies ahead, or behind."""
    words = tuple(i for i in tree.within(quote.spans) if tree.words[i].upos not in ("PUNCT", "SYM"))
    content = Content(quote, words, main_clauses(words, tree), tree, load_statements(language.code), language)
    found = {f"kind {quote.kind}"}
    found |= {f"time {name}" for name, there in (("ahead", coming), ("behind", past)) if there}
    for part in (_cue, _main, _others, _anywhere, _marks, _lexical, _speaker):
        found |= set(part(content))
    found |= set(_future(content, found))
    found |= set(_together(found))
    return frozenset(found)


def plain_words(quote: Quote, tree: Tree) -> list[str]:
    """The words of a quote, in small letters, but for names: what leans to fact or opinion by itself."""
    return [w.text.lower() for i in tree.within(quote.spans) if (w := tree.words[i]).upos != "PROPN"]


# ---- the cue ---------------------------------------------------------------------------------------------------------


def _cue(content: Content) -> Iterator[str]:
    if content.quote.cue is None:
        yield "cue none"
        return
    words = [content.word(i) for i in content.tree.inside(content.quote.cue)]
    yield f"cue {cue_class(words, content.language)}"
    for w in words:
        if w.lemma.lower() in content.language.verbs:
            yield f"cue verb {w.lemma.lower()}"


def cue_class(words: Sequence[Word], language: Language) -> str:
    """The class of the verb or noun of a cue, "source" for a preposition (selon), "other" for what no list has."""
    lemmas = [w.lemma.lower() for w in words]
    texts = [w.text.lower().replace("’", "'") for w in words]
    for at, lemma in enumerate(lemmas):
        for verb in language.verbs_by_head.get(lemma, ()):
            if list(verb.words[1:]) == texts[at + 1 : at + len(verb.words)] and words[at].upos != "NOUN":
                return verb.cls
    for lemma in lemmas:
        if lemma in language.nouns:
            return language.nouns[lemma].cls
    leading = [p for p in language.prepositions if texts and p.words[0] == texts[0]]
    if leading:
        return "source, ambiguous" if all(p.ambiguous for p in leading) else "source"
    return "other"


# ---- main clauses ----------------------------------------------------------------------------------------------------


def _main(content: Content) -> Iterator[str]:
    """Form, subject and modality of the first main clause."""
    if not content.mains:
        yield "main nothing"
        return
    head = content.mains[0]
    yield f"main {form(content, head)}"
    yield f"subject {subject(content, head)}"
    for name in ("obligation", "possibility", "intention", "outlook", "thinking", "happening", "act"):
        if content.lemma(head) in getattr(content.lexicon, name):
            yield f"main {name}"
    if content.child(head, "cop") is not None:
        yield f"main is {content.word(head).upos}"
    if any(content.lemma(i) == "ne" for i in content.tree.children(head, "advmod")):
        yield "main negated"
    if len(content.mains) > 1:
        yield "several clauses"


def _others(content: Content) -> Iterator[str]:
    """Forms of the other main clauses, and of the last one."""
    forms = [form(content, head) for head in content.mains[1:]]
    yield from {f"then {name}" for name in forms if name in AHEAD or name in ("past", "present", "imperative")}


def _future(content: Content, found: set[str]) -> Iterator[str]:
    """The ways of speaking of what is to come: by its form, by an intention, by an act that is announced."""
    cues = {f for f in found if f.startswith("cue ")}
    first = content.mains[0] if content.mains else None
    shapes = {f.removeprefix("main ") for f in found if f.startswith("main ")}
    reported = content.quote.kind != "direct" and "cue source" not in cues
    if shapes & {"future", "going to", "was to"} or ("conditional" in shapes and reported):
        yield "future by form"
    if shapes & {"conditional of possibility", "conditional of obligation"}:
        yield "future possible"
    if "cue announce" in cues and shapes & {"noun", "infinitive", "participle"} and content.quote.kind != "direct":
        yield "future announced"
    if "cue promise" in cues:
        yield "future promised"
    if first is not None and _intends(content, first):
        yield "future intended"
    if first is not None and any(form(content, i) in AHEAD for i in content.tree.children(first, "ccomp", "csubj")):
        yield "future below"
    if found & {f"then {name}" for name in AHEAD}:
        yield "future later"
    if "main obligation" in found and "time ahead" in found:
        yield "future set"
    if "time ahead" in found and shapes & {"noun", "present", "infinitive", "participle"}:
        yield "future dated"


def _intends(content: Content, head: int) -> bool:
    """Whether the head means to do what completes it (compte partir, prêt à partir), or its subject does."""
    lexicon, shape = content.lexicon, form(content, head)
    if content.lemma(head) in lexicon.intention:
        within_reach = ("present", "infinitive", "adjective", "imperfect", "past", "nothing")
        return shape == "infinitive" or (shape in within_reach and next(infinitives(content, head), None) is not None)
    aim = content.child(head, "nsubj")
    infinitive = content.word(head).feats.get("VerbForm") == "Inf"
    return infinitive and aim is not None and content.lemma(aim) in lexicon.intention


def _together(found: set[str]) -> Iterator[str]:
    """Pairs that say more than either."""
    whose = ("subject we", "subject I", "subject speaker", "subject he", "role acting", "role watching", "kind direct")
    for first in sorted(f for f in found if f.startswith("future ") or f == "time ahead"):
        yield from (f"{first} + {second}" for second in (*whose, "time ahead") if second in found and second != first)
    judged = any(name.startswith("judging") for name in found)
    for shape in ("past", "present", "imperfect", "noun", "infinitive"):
        if f"main {shape}" in found:
            yield f"main {shape} + {'judging' if judged else 'neutral'}"
            yield from (f"main {shape} + {f}" for f in ("kind direct", "kind indirect") if f in found)


# ---- anywhere in the quote -------------------------------------------------------------------------------------------


def _anywhere(content: Content) -> Iterator[str]:
    lexicon = content.lexicon
    words = [content.word(i) for i in content.words]
    lemmas = [w.lemma.lower() for w in words]
    for upos, name in (("ADJ", "adjectives"), ("NOUN", "nouns"), ("VERB", "verbs"), ("ADV", "adverbs")):
        listed: frozenset[str] = getattr(lexicon, f"judging_{name}")
        hits = {lemma for w, lemma in zip(words, lemmas, strict=True) if w.upos == upos and lemma in listed}
        if hits:
            yield f"judging {name}"
        if len(hits) > 1:
            yield f"judging {name}, several"
    for name in ("obligation", "possibility", "intention", "outlook", "thinking", "record", "act", "happening"):
        if set(lemmas) & getattr(lexicon, name):
            yield f"some {name}"
    for name in sorted({a for w in words if (a := ahead(w, lexicon))}):
        yield f"some {name}"
    if any(going(content, i) for i in content.words):
        yield "some going to"
    if any(w.feats.get("Tense") == "Imp" for w in words):
        yield "some imperfect"


def _marks(content: Content) -> Iterator[str]:
    words = [content.word(i) for i in content.words]
    numbers = [w for w in words if w.upos == "NUM"]
    if numbers:
        yield "number"
    if len(numbers) > 1:
        yield "numbers"
    if any(w.upos == "PROPN" for w in words[1:]):
        yield "name"
    if any(w.feats.get("Person") == "1" and w.feats.get("Number") != "Plur" for w in words):
        yield "some I"
    if any(w.feats.get("Person") == "1" and w.feats.get("Number") == "Plur" for w in words):
        yield "some we"
    signs = {content.word(i).text for i in content.tree.within(content.quote.spans)}
    if "!" in signs:
        yield "exclaims"
    if "?" in signs:
        yield "asks"
    if signs & {"«", "»", '"', "“", "”"}:
        yield "words in marks"
    yield "brief" if len(words) <= BRIEF else "long" if len(words) > LONG else "of middle length"


def _lexical(content: Content) -> Iterator[str]:
    listed = content.lexicon.telling
    yield from {f"word {content.lemma(i)}" for i in content.words if content.lemma(i) in listed}


# ---- the speaker -----------------------------------------------------------------------------------------------------


def _speaker(content: Content) -> Iterator[str]:
    speaker = content.quote.speaker
    if speaker is None:
        yield "speaker none"
        return
    yield f"speaker {speaker.kind}"
    role = set(f"{speaker.role or ''} {speaker.name}".lower().replace("’", "'").replace("'", "' ").split())
    if role & content.lexicon.acting_roles:
        yield "role acting"
    if role & content.lexicon.watching_roles:
        yield "role watching"
    for word in role:
        if word in content.language.roles:
            yield f"role {content.language.roles[word].cls}"
