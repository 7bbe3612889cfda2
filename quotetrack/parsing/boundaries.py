"""Mend what a tokenizer does to the ends of sentences and to quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from quotetrack.parsing.drafts import Token


def mend(text: str, sentences: Sequence[list[Token]]) -> list[list[Token]]:
    return list(sentences)
