"""Who can speak: people, institutions, groups, sources, and the documents that speak for them."""

from __future__ import annotations

from quotetrack.attribution.document import Document, Token
from quotetrack.languages.casting import casting


def can_speak(doc: Document, token: Token) -> bool:
    """Whether the head of a noun phrase may be the subject of a verb of saying, as far as words tell."""
    language = doc.language
    if token.upos == "PRON":
        pronoun = language.pronouns.get(token.low.lstrip("-t") or token.low) or language.pronouns.get(token.low)
        return pronoun is not None or token.feat("PronType") in ("Prs", "Dem", "Ind", "Rel")
    if token.upos == "PROPN" or (
        token.word.text[:1].isupper() and token.index > doc.units[doc.unit_of[token.index]].start
    ):
        return True
    return is_human(doc, token) or token.lemma in documents(doc)


def is_human(doc: Document, token: Token) -> bool:
    """Whether a common noun names a person, a group, an institution or a source."""
    language = doc.language
    return any(
        token.lemma in known or token.low in known
        for known in (language.roles, language.group_nouns, language.organisation_nouns, language.source_nouns)
    )


def documents(doc: Document) -> frozenset[str]:
    """Nouns of texts that speak for who wrote them."""
    return casting(doc.language.code).documents
