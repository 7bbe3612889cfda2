"""Which sentences are worth a dependency parse: those that can hold a quote or settle who a speaker is."""

from __future__ import annotations

from collections.abc import Callable

from quotetrack.languages.types import Language
from quotetrack.model import Sentence, Word


def worth_parsing(language: Language) -> Callable[[Sentence], bool]:
    """A predicate over tagged sentences: True where a cue, a quotation mark or a person stands.

    Rules read dependencies around cues and ask who was the subject of the sentence before; any other sentence gives
    names and roles from its tags alone.
    """
    # Of a verbal expression ("faire valoir") the rest must stand there too, or every "faire" would count.
    alone = frozenset(v.words[0] for v in language.verbs.values() if len(v.words) == 1)
    rests: dict[str, set[str]] = {}
    for verb in language.verbs.values():
        if len(verb.words) > 1:
            rests.setdefault(verb.words[0], set()).add(verb.words[1])
    marks = (language.marks.symmetric | language.marks.opening | language.marks.closing) - language.marks.apostrophes
    ambiguous = frozenset(p.words[0] for p in language.prepositions if p.ambiguous)
    prepositions: dict[str, list[tuple[str, ...]]] = {}
    for preposition in language.prepositions:
        prepositions.setdefault(preposition.words[0], []).append(preposition.words)

    def attributes(words: tuple[Word, ...], index: int) -> bool:
        first = words[index].text.lower().replace("’", "'")
        return any(
            all(
                w.text.lower().replace("’", "'") == expected for w, expected in zip(words[index:], wanted, strict=False)
            )
            and (first not in ambiguous or index < 3)
            for wanted in prepositions.get(first, ())
        )

    def wants(sentence: Sentence) -> bool:
        if any(entity.kind == "PER" for entity in sentence.entities):
            return True  # whoever is its subject may be the "il" of the next quote
        words = sentence.words
        forms = {w.text.lower() for w in words}
        return any(
            (w.upos in ("VERB", "ADJ") and (w.lemma in alone or not forms.isdisjoint(rests.get(w.lemma, ()))))
            or not marks.isdisjoint(w.text)
            or attributes(words, i)
            for i, w in enumerate(words)
        )

    return wants
