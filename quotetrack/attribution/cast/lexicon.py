"""The words of a language as the cast asks for them: by surface word, prefixes and gender forgiven."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quotetrack.attribution.cast.words import Token, fold
from quotetrack.languages.casting import Casting, casting
from quotetrack.languages.types import Gender, Language, Pronoun, RoleNoun, Title, words_of


class Lexicon:
    """A language and its casting. Lookups are remembered for the life of the object (one article)."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.casting: Casting = casting(language.code)
        self.general = frozenset(self.casting.hypernyms)
        self.plain = frozenset(stem(word) for word in self.casting.ranks | self.casting.former)
        self._titles = {fold(t.form).rstrip("."): t for t in language.titles.values()}
        self._known: dict[str, Title | None] = {}
        self._roles: dict[str, RoleNoun | None] = {}
        self._expressions: dict[int, RoleNoun] = {}
        self.inside: set[int] = set()  # where the further words of such roles begin
        self._offices = {tuple(fold(w) for w in name): number for name, number in self.casting.offices.items()}

    def learn(self, tokens: Sequence[Token]) -> None:
        """Find the roles of several words in an article: "garde des Sceaux"."""
        several = _expressions(tuple(self.language.roles))
        for i, token in enumerate(tokens):
            for words, lemma in several.get(token.low, ()):
                if tuple(t.low for t in tokens[i : i + len(words)]) == words:
                    self._expressions[token.start] = self.language.roles[lemma]
                    self.inside.update(t.start for t in tokens[i + 1 : i + len(words)])

    def title(self, form: str) -> Title | None:
        """The title that a word is ("M.", "Mme"), capitals as the language writes them."""
        if form not in self._known:
            self._known[form] = self._title(form)
        return self._known[form]

    def _title(self, form: str) -> Title | None:
        row = self._titles.get(fold(form).rstrip("."))
        office = self.language.roles.get(form.lower())
        if row is None or row.form[0].isupper() != form[0].isupper() or (office and office.cls != "person"):
            return None  # "le ministre X" is read as a role, which the log keeps
        return row

    def pronoun(self, form: str) -> Pronoun | None:
        """The pronoun that an expression is, hyphens of an inversion forgiven: "-t-il" is "il"."""
        low = " ".join(form.lower().replace("’", "'").split())
        return self.language.pronouns.get(low) or self.language.pronouns.get(low.removeprefix("-t").lstrip("-"))

    def role(self, token: Token) -> RoleNoun | None:
        """The role noun that a word is: "ex-ministre", "vice-présidente" and plurals too."""
        if token.start in self._expressions:
            return self._expressions[token.start]
        low = token.low
        if low not in self._roles:
            self._roles[low] = self._role(low, token.lemma)
        return self._roles[low]

    def _role(self, low: str, lemma: str) -> RoleNoun | None:
        tried = [low, lemma]
        if "-" in low:
            tried += [low.split("-", 1)[1], low.rsplit("-", 1)[1]]
        tried += [form[:-1] for form in tried if form.endswith(("s", "x"))]
        return next((self.language.roles[form] for form in tried if form in self.language.roles), None)

    def one_of(self, token: Token, nouns: frozenset[str]) -> str | None:
        """The entry of a list of lemmas that a word is, plural or not."""
        for form in (token.lemma, token.low, token.low[:-1] if token.low[-1] in "sx" else token.low):
            if form in nouns:
                return form
        return None

    def noun(self, token: Token) -> str:
        """One key for a role noun in either gender: "directrice" is "directeur"."""
        role = self.role(token)
        if role is None:
            return stem(token.lemma)
        return role.other if role.gender == "Fem" and role.other else role.lemma

    def demonym(self, form: str) -> Gender | None:
        """The gender of a noun for somebody from somewhere, or of some movement; newspapers are none."""
        if form in self.casting.press:
            return None
        return "Both" if form in self.casting.members else self.language.demonym_gender(form)

    def offices(self, forms: list[str]) -> frozenset[int]:
        """The offices that a title names, by its first words: "chef du gouvernement italien", "ex-Premier ministre"."""
        alone = self.casting.alone.get(forms[0].lower()) if forms else None
        if alone is not None and all(self.language.demonym_gender(form.capitalize()) for form in forms[1:]):
            return frozenset({alone})
        folded = [fold(form) for form in forms]
        if folded and "-" in folded[0]:
            folded[0] = folded[0].split("-", 1)[1]
        return frozenset(n for name, n in self._offices.items() if tuple(folded[: len(name)]) == name)


@lru_cache(maxsize=8)
def _expressions(lemmas: tuple[str, ...]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The lemmas of several words, by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for lemma in lemmas:
        if " " in lemma:
            words = tuple(word.lower() for word in words_of(lemma))
            found.setdefault(words[0], []).append((words, lemma))
    return found


@lru_cache(maxsize=20_000)
def stem(form: str) -> str:
    """A folded word without the endings of gender and number: "élue" and "élus" are "elu"."""
    low = fold(form).split("'")[-1]
    for ending in ("es", "e", "s"):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            return low[: -len(ending)]
    return low
