"""Trees of the constructions that press text is full of and treebanks are not.

`« S », a déclaré jeudi à l'AFP Jeanne Martin, maire de Lyon.`: a treebank
sentence becomes the quotation, a reporting clause is built after it, hung on the
quotation's root as `parataxis:insert`, its subject inverted. Likewise `Le maire,
Jean Martin, a déclaré que S.` and `Selon Jean Martin, S.`
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from training.corpora import MARKS, REPORTING, Sentence, Token, Word, mark
from training.press import articles

IRREGULAR = {
    "dire": ("dit", "dit"),
    "admettre": ("admis", "admet"),
    "conclure": ("conclu", "conclut"),
    "écrire": ("écrit", "écrit"),
    "poursuivre": ("poursuivi", "poursuit"),
    "prévenir": ("prévenu", "prévient"),
    "reconnaître": ("reconnu", "reconnaît"),
    "répondre": ("répondu", "répond"),
    "soutenir": ("soutenu", "soutient"),
    "promettre": ("promis", "promet"),
    "avertir": ("averti", "avertit"),
    "renchérir": ("renchéri", "renchérit"),
    "rappeler": ("rappelé", "rappelle"),
    "préciser": ("précisé", "précise"),
    "espérer": ("espéré", "espère"),
    "répéter": ("répété", "répète"),
    "suggérer": ("suggéré", "suggère"),
    "marteler": ("martelé", "martèle"),
    "défendre": ("défendu", "défend"),
    "craindre": ("craint", "craint"),
    "apprendre": ("appris", "apprend"),
    "prétendre": ("prétendu", "prétend"),
    "convenir": ("convenu", "convient"),
    "lire": ("lu", "lit"),
    "sourire": ("souri", "sourit"),
}
REGULAR = [
    "déclarer",
    "affirmer",
    "expliquer",
    "estimer",
    "souligner",
    "ajouter",
    "indiquer",
    "assurer",
    "annoncer",
    "regretter",
    "dénoncer",
    "lancer",
    "confier",
    "raconter",
    "demander",
    "juger",
    "insister",
    "noter",
    "plaisanter",
    "commenter",
    "observer",
    "confirmer",
    "analyser",
    "déplorer",
    "critiquer",
    "fustiger",
    "tweeter",
    "témoigner",
    "résumer",
    "ironiser",
    "constater",
    "détailler",
    "argumenter",
    "avancer",
    "marteler",
    "alerter",
    "nuancer",
    "relever",
    "évoquer",
    "clamer",
    "marmonner",
    "murmurer",
    "s'interroger",
]
REFLEXIVE = {
    "féliciter": ("félicité", "félicite"),
    "réjouir": ("réjoui", "réjouit"),
    "indigner": ("indigné", "indigne"),
    "inquiéter": ("inquiété", "inquiète"),
    "insurger": ("insurgé", "insurge"),
    "interroger": ("interrogé", "interroge"),
    "justifier": ("justifié", "justifie"),
    "agacer": ("agacé", "agace"),
    "étonner": ("étonné", "étonne"),
}
FINITE = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
PARTICIPLE = "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part"
# Noun phrases as `form/lemma/UPOS/head/relation`, heads counted from 1, 0 the noun
# that the verb takes; features are left to the gender given.
TITLES = (
    "le/le/DET/2/det président/président/NOUN/0/- de/de/ADP/5/case le/le/DET/5/det groupe/groupe/NOUN/2/nmod",
    "la/le/DET/2/det ministre/ministre/NOUN/0/- de/de/ADP/5/case la/le/DET/5/det Santé/santé/NOUN/2/nmod",
    "le/le/DET/2/det ministre/ministre/NOUN/0/- de/de/ADP/5/case l'/le/DET/5/det Intérieur/intérieur/NOUN/2/nmod",
    "le/le/DET/2/det porte-parole/porte-parole/NOUN/0/- de/de/ADP/5/case le/le/DET/5/det"
    " gouvernement/gouvernement/NOUN/2/nmod",
    "la/le/DET/2/det maire/maire/NOUN/0/- de/de/ADP/4/case Paris/Paris/PROPN/2/nmod",
    "le/le/DET/2/det directeur/directeur/NOUN/0/- général/général/ADJ/2/amod",
    "un/un/DET/2/det responsable/responsable/NOUN/0/- syndical/syndical/ADJ/2/amod",
    "une/un/DET/2/det source/source/NOUN/0/- proche/proche/ADJ/2/amod de/de/ADP/6/case"
    " le/le/DET/6/det dossier/dossier/NOUN/3/obl",
    "la/le/DET/2/det préfecture/préfecture/NOUN/0/-",
    "l'/le/DET/2/det avocat/avocat/NOUN/0/- de/de/ADP/5/case la/le/DET/5/det famille/famille/NOUN/2/nmod",
    "le/le/DET/2/det chef/chef/NOUN/0/- de/de/ADP/5/case l'/le/DET/5/det État/état/NOUN/2/nmod",
    "le/le/DET/2/det Premier/premier/ADJ/3/amod ministre/ministre/NOUN/0/-",
    "la/le/DET/2/det députée/député/NOUN/0/- LREM/LREM/PROPN/2/nmod",
    "le/le/DET/2/det secrétaire/secrétaire/NOUN/0/- d'/de/ADP/4/case État/état/NOUN/2/nmod",
    "un/un/DET/2/det habitant/habitant/NOUN/0/-",
    "le/le/DET/2/det procureur/procureur/NOUN/0/- de/de/ADP/5/case la/le/DET/5/det République/république/NOUN/2/nmod",
)
COMPLEMENTS = (
    "jeudi/jeudi/NOUN/0/obl",
    "lundi/lundi/NOUN/0/obl",
    "mardi/mardi/NOUN/0/obl soir/soir/NOUN/1/nmod",
    "à/à/ADP/3/case l'/le/DET/3/det AFP/AFP/PROPN/0/obl",
    "dans/dans/ADP/3/case un/un/DET/3/det communiqué/communiqué/NOUN/0/obl",
    "devant/devant/ADP/3/case la/le/DET/3/det presse/presse/NOUN/0/obl",
    "sur/sur/ADP/2/case Twitter/Twitter/PROPN/0/obl",
    "sur/sur/ADP/2/case France/France/PROPN/0/obl Inter/Inter/PROPN/2/flat:name",
    "hier/hier/ADV/0/advmod",
    "lors/lors/ADV/4/case d'/de/ADP/1/fixed une/un/DET/4/det conférence/conférence/NOUN/0/obl"
    " de/de/ADP/6/case presse/presse/NOUN/4/nmod",
    "devant/devant/ADP/3/case les/le/DET/3/det députés/député/NOUN/0/obl",
)
SPEAKER = re.compile(
    r"\ba (?:déclaré|affirmé|expliqué|estimé|indiqué|ajouté|souligné|assuré)"
    r" (?:\w+ à l['’]AFP )?([A-ZÉ][\w-]+) ([A-ZÉ][\w'’-]+)"
)
TELLING = [
    "déclarer",
    "affirmer",
    "expliquer",
    "estimer",
    "souligner",
    "ajouter",
    "indiquer",
    "assurer",
    "annoncer",
    "dire",
    "rappeler",
    "préciser",
    "reconnaître",
    "juger",
    "noter",
    "soutenir",
    "confirmer",
    "promettre",
    "admettre",
]
VOWELS = frozenset("aeiouyàâéèêîïôûœh")
CONTRACTIONS = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
Phrase = list[Word]


def speakers(press: Path) -> list[tuple[str, str]]:
    """First and last names that press text gives as a speaker's, read at training time."""
    found = {
        match for paragraphs in articles(press) for paragraph in paragraphs for match in SPEAKER.findall(paragraph)
    }
    return sorted(found)


def phrase(spec: str) -> Phrase:
    """Read a phrase; its head word keeps head 0."""
    words = []
    for entry in spec.split():
        form, lemma, upos, head, deprel = entry.rsplit("/", 4)
        words.append(Word(form, lemma, upos, "_", int(head), deprel))
    return words


def attach(words: Phrase, more: Phrase, head: int, deprel: str) -> None:
    """Append a phrase; its head word hangs on the word numbered head."""
    shift = len(words)
    for word in more:
        if word.head:
            words.append(replace(word, head=word.head + shift))
        else:
            relation = deprel if word.deprel in ("-", "root") else word.deprel
            words.append(replace(word, head=head, deprel=relation))


def name(people: Sequence[tuple[str, str]], rng: random.Random) -> Phrase:
    first, last = rng.choice(people)
    words = [Word(first, first, "PROPN", "_", 0, "-")]
    return [*words, Word(last, last, "PROPN", "_", 1, "flat:name")]


def subject(people: Sequence[tuple[str, str]], rng: random.Random) -> Phrase:
    """A person, a title, both, or `M.` and a name."""
    kind = rng.random()
    if kind < 0.3:
        return name(people, rng)
    words: Phrase = []
    if kind < 0.5:
        words = name(people, rng)
        words.append(mark(",", 0))
        title = phrase(rng.choice(TITLES))[1:]  # without its article
        title = [replace(w, head=w.head - 1 if w.head else 0) for w in title]
        attach(words, title, 1, "appos")
        noun = next(i for i, w in enumerate(words, 1) if w.deprel == "appos")
        words[2] = replace(words[2], head=noun)
        return words
    if kind < 0.65:
        short = rng.choice((("M.", "monsieur"), ("Mme", "madame")))
        link = rng.choice(("nmod", "flat:name"))
        words = [Word(*short, "NOUN", "_", 0, "-")]
        last = rng.choice(people)[1]
        return [*words, Word(last, last, "PROPN", "_", 1, link)]
    words = phrase(rng.choice(TITLES))
    if kind < 0.85:
        noun = next(i for i, w in enumerate(words, 1) if not w.head)
        attach(words, name(people, rng), noun, rng.choice(("nmod", "appos")))
    return words


def apposed(people: Sequence[tuple[str, str]], rng: random.Random) -> Phrase:
    """A subject before its verb: as any other, or a title with a name between commas."""
    if rng.random() < 0.5:
        words = subject(people, rng)
        comma = any(w.form == "," for w in words)
        return [*words, mark(",", 1)] if comma else words
    words = phrase(rng.choice(TITLES))
    noun = next(i for i, w in enumerate(words, 1) if not w.head)
    person = len(words) + 2
    words.append(mark(",", person))
    attach(words, name(people, rng), noun, "appos")
    return [*words, mark(",", person)]


def lowered(word: Word) -> Word:
    """A word that no longer starts its sentence."""
    keep = word.upos == "PROPN" or (len(word.form) > 1 and word.form.isupper())
    return word if keep else replace(word, form=word.form[:1].lower() + word.form[1:])


def told(sentence: Sentence, people: Sequence[tuple[str, str]], rng: random.Random) -> Sentence:
    """`X a déclaré que S.`, the sentence perhaps in quotation marks."""
    words = apposed(people, rng)
    words[0] = replace(words[0], form=words[0].form[:1].upper() + words[0].form[1:])
    verb = len(words) + 2
    head = next(i for i, w in enumerate(words, 1) if not w.head)
    words[head - 1] = replace(words[head - 1], head=verb, deprel="nsubj")
    lemma = rng.choice(TELLING)
    participle = IRREGULAR.get(lemma, (lemma[:-2] + "é", ""))[0]
    words.append(Word("a", "avoir", "AUX", FINITE, verb, "aux"))
    words.append(Word(participle, lemma, "VERB", PARTICIPLE, 0, "root"))
    for complement in rng.sample(COMPLEMENTS, rng.choice((0, 0, 1))):
        attach(words, phrase(complement), verb, "obl")
    body = list(sentence.words[: -(sentence.words[-1].form in ".!?") or None])
    body[0] = lowered(body[0])
    root = next(i for i, w in enumerate(body, 1) if not w.head)
    marked = rng.random() < 0.4
    elided = not marked and body[0].form[:1].lower() in VOWELS
    start = len(words) + 1 + marked
    words.append(Word("qu'" if elided else "que", "que", "SCONJ", "_", start + root, "mark"))
    if marked:
        words.append(mark("«", start + root))
    attach(words, body, verb, "ccomp")
    if marked:
        words.append(mark("»", start + root))
    words.append(mark(".", verb))
    return finished(words, sentence, start)


def according(sentence: Sentence, people: Sequence[tuple[str, str]], rng: random.Random) -> Sentence:
    """`Selon X, S.`"""
    person = subject(people, rng)
    body = [lowered(sentence.words[0]), *sentence.words[1:]]
    head = next(i for i, w in enumerate(person, 1) if not w.head) + 1
    root = next(i for i, w in enumerate(body, 1) if not w.head) + len(person) + 2
    words = [Word(rng.choice(("Selon", "Pour")), "selon", "ADP", "_", head, "case")]
    words[0] = replace(words[0], lemma=words[0].form.lower())
    attach(words, person, root, "obl")
    words.append(mark(",", head))
    start = len(words)
    attach(words, body, 0, "root")
    return finished(words, sentence, start)


def finished(words: Phrase, sentence: Sentence, start: int) -> Sentence:
    """Tokens for built words, those of the sentence's own words, from start, kept."""
    stopped = sentence.words[-1].form in ".!?"
    own = [
        replace(
            t,
            form=words[start + t.first].form if t.last - t.first == 1 else t.form,
            first=t.first + start,
            last=t.last + start,
        )
        for t in (sentence.tokens[:-1] if stopped else sentence.tokens)
    ]
    following = words[own[-1].last].form if own[-1].last < len(words) else ""
    own[-1] = replace(own[-1], space_after=following == "»")
    before = surface(words[:start])
    last = before[-1]
    glued = last.form.endswith("'")
    before[-1] = replace(last, space_after=not glued)
    tail = surface(words[own[-1].last :])
    after = [replace(t, first=t.first + own[-1].last, last=t.last + own[-1].last) for t in tail]
    return Sentence(tuple(words), (*before, *own, *after))


def pronoun(after: str, rng: random.Random) -> Phrase:
    """`-t-il` after a vowel, `-il` after a consonant; `-ils` after a plural verb."""
    plural = after.endswith("nt") and after not in ("craint", "prévient", "soutient", "convient")
    person = rng.choice(("ils", "elles") if plural else ("il", "elle", "il", "elle", "on"))
    gender = "Gender=Fem" if person.startswith("elle") else "Gender=Masc"
    number = "Plur" if plural else "Sing"
    link = "-t-" if after[-1] in "aeé" else "-"
    feats = f"{gender}|Number={number}|Person=3|PronType=Prs"
    lemma = "on" if person == "on" else "eux" if plural else "lui"
    return [Word(link + person, lemma, "PRON", feats, 0, "-")]


def clause(people: Sequence[tuple[str, str]], rng: random.Random, inverted: bool = False) -> Phrase:
    """A reporting clause; its verb has head 0. `inverted`: with a pronoun for certain."""
    words: Phrase = []
    past = rng.random() < (0.2 if inverted else 0.6)
    reflexive = rng.random() < 0.15
    if reflexive:
        lemma = rng.choice(sorted(REFLEXIVE))
        participle, present = REFLEXIVE[lemma]
    else:
        lemma = rng.choice([*REGULAR, *IRREGULAR, *sorted(REPORTING)])
        lemma = "déclarer" if "'" in lemma else lemma
        participle, present = IRREGULAR.get(lemma, (lemma[:-1].replace("er", "e"), lemma[:-1]))
        if lemma not in IRREGULAR:
            participle = lemma[:-2] + "é" if lemma.endswith("er") else participle
            if not lemma.endswith("er"):
                lemma, (participle, present) = "dire", IRREGULAR["dire"]
    auxiliary = "est" if reflexive else "a"
    if inverted and rng.random() < 0.5 and not reflexive:
        lemma = rng.choice(sorted(IRREGULAR))
        participle, present = IRREGULAR[lemma]
    elif lemma in REGULAR and rng.random() < 0.15:
        present = lemma[:-1] + "nt" if inverted else present
    inverted = inverted or rng.random() < 0.25
    finite = auxiliary if past else present
    verb = int(reflexive) + past + (past and inverted) + 1
    if reflexive:
        elided = finite[0] in "aeéi"
        feats = "Person=3|PronType=Prs"
        words.append(Word("s'" if elided else "se", "se", "PRON", feats, verb, "expl"))
    if past:
        words.append(Word(finite, "être" if reflexive else "avoir", "AUX", FINITE, verb, "aux"))
    if inverted and past:
        attach(words, pronoun(finite, rng), verb, "nsubj")
    form, feats = (participle, PARTICIPLE) if past else (present, FINITE)
    words.append(Word(form, lemma, "VERB", feats, 0, "root"))
    if inverted and not past:
        attach(words, pronoun(finite, rng), verb, "nsubj")
    complements = [phrase(c) for c in rng.sample(COMPLEMENTS, rng.choice((0, 0, 1, 1, 2)))]
    cut = rng.randint(0, len(complements))
    for complement in complements[:cut]:
        attach(words, complement, verb, "obl")
    if not inverted:
        attach(words, subject(people, rng), verb, "nsubj")
    for complement in complements[cut:]:
        attach(words, complement, verb, "obl")
    return words


def surface(words: Sequence[Word]) -> list[Token]:
    """Tokens of built words: contractions joined, spaces where French has them."""
    tokens: list[Token] = []
    i = 0
    while i < len(words):
        pair = (words[i].form, words[i + 1].form) if i + 1 < len(words) else ("", "")
        form = CONTRACTIONS.get(pair)
        last = i + (2 if form else 1)
        following = words[last].form if last < len(words) else ""
        glued = words[i].form.endswith("'") or following[:1] in tuple("-,.")
        tokens.append(Token(form or words[i].form, i, last, not (glued and following)))
        i = last
    return tokens


def quoted(sentence: Sentence, report: Phrase, rng: random.Random) -> Sentence:
    """The sentence as quotation, the clause after it."""
    stopped = sentence.words[-1].form in ".!?"
    keep = sentence.words[-1].form in "!?"
    body = list(sentence.words if keep or not stopped else sentence.words[:-1])
    tokens = list(sentence.tokens if keep or not stopped else sentence.tokens[:-1])
    kind = rng.random()  # in marks, only their end, none
    opening, closing = kind < 0.65, kind < 0.85
    shift = int(opening)
    words = [replace(w, head=w.head + shift if w.head else 0) for w in body]
    tokens = [replace(t, first=t.first + shift, last=t.last + shift) for t in tokens]
    root = next(i for i, w in enumerate(words, 1) if w.head == 0) + shift
    if opening:
        words.insert(0, mark("«", root))
        tokens.insert(0, Token("«", 0, 1, True))
    tokens[-1] = replace(tokens[-1], space_after=closing)
    if closing:
        words.append(mark("»", root))
        tokens.append(Token("»", len(words) - 1, len(words), False))
    comma = len(words)
    words.append(mark(",", root))
    tokens.append(Token(",", comma, comma + 1, True))
    start = len(words)
    attach(words, report, root, "parataxis:insert")
    verb = next(i for i, w in enumerate(words[start:], start + 1) if w.head == root)
    words[comma] = replace(words[comma], head=verb)
    more = surface(words[start:])
    tokens += [replace(t, first=t.first + start, last=t.last + start) for t in more]
    tokens[-1] = replace(tokens[-1], space_after=False)
    words.append(mark(".", root))
    tokens.append(Token(".", len(words) - 1, len(words), True))
    return Sentence(tuple(words), tuple(tokens))


def make_inverted(sentences: Sequence[Sentence], people: Sequence[tuple[str, str]], seed: int) -> Iterator[Sentence]:
    """Quotations followed by `répond-il` and the like: hard for a tokenizer."""
    rng = random.Random(seed)
    for sentence in sentences:
        if 4 <= len(sentence.words) <= 20 and not any(t.form in MARKS for t in sentence.tokens):
            yield quoted(sentence, clause(people, rng, inverted=True), rng)


def make(
    sentences: Sequence[Sentence], people: Sequence[tuple[str, str]], share: float, seed: int
) -> Iterator[Sentence]:
    """Reporting trees made from a share of the sentences that can be quoted."""
    rng = random.Random(seed)
    for sentence in sentences:
        fits = 4 <= len(sentence.words) <= 28
        plain = not any(t.form in MARKS for t in sentence.tokens)
        reports = any(w.lemma in REPORTING for w in sentence.words)
        verbal = any(w.upos == "VERB" for w in sentence.words)
        if fits and plain and verbal and not reports and rng.random() < share:
            kind = rng.random()
            if kind < 0.65:
                yield quoted(sentence, clause(people, rng), rng)
            elif kind < 0.85:
                yield told(sentence, people, rng)
            else:
                yield according(sentence, people, rng)
