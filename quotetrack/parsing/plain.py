"""Any Stanza models, run the way Stanza runs them: slow, and right for whatever a model is made of.

The fast engine (`quotetrack.parsing.fast`) is compared with this one, and leaves to it what it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from quotetrack.errors import ModelsError
from quotetrack.model import Entity, Span
from quotetrack.parsing.boundaries import mend
from quotetrack.parsing.drafts import Draft, Token
from quotetrack.parsing.kinds import ENTITY_KINDS
from quotetrack.parsing.models import Models
from quotetrack.parsing.paragraphs import paragraphs


def load_pipeline(models: Models) -> Any:
    """A `stanza.Pipeline` on the models.

    Raises:
        ModelsError: the files are not what Stanza expects.
    """
    import stanza

    try:
        with _no_optimizers():
            return stanza.Pipeline(
                models.language,
                dir=str(models.folder),
                package=None,
                processors=dict(models.processors),
                download_method=None,
                logging_level="ERROR",
            )
    except Exception as error:  # Stanza and torch raise whatever a broken file makes them raise
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise ModelsError(f"the models in {models.folder} do not load ({reason}); install them again") from error


@contextmanager
def _no_optimizers() -> Iterator[None]:
    """Load without the optimizers that Stanza gives every model: making one imports torch's compiler, most of a second.

    Nothing is trained here, and nothing asks for them.
    """
    from stanza.models.common import utils

    made = utils.get_optimizer, utils.get_split_optimizer
    utils.get_optimizer = utils.get_split_optimizer = lambda *_, **__: {}
    try:
        yield
    finally:
        utils.get_optimizer, utils.get_split_optimizer = made


class PlainEngine:
    """Documents of Stanza in, drafts out."""

    def __init__(self, pipeline: Any) -> None:
        self.pipeline = pipeline

    def draft(self, texts: Sequence[str]) -> list[list[Draft]]:
        from stanza.models.common.doc import Document

        tokenized = [self._tokens(text) for text in texts]
        documents = [Document(_as_dicts(t, s), t) for t, s in zip(texts, tokenized, strict=True)]
        filled = [d for d in documents if d.sentences]
        stages = [name for name in ("mwt", "pos", "lemma", "ner") if name in self.pipeline.processors]
        if filled:
            self.pipeline.process(filled, processors=stages)
        return [[_draft(s) for s in document.sentences] for document in documents]

    def attach(self, drafts: Sequence[Draft]) -> None:
        from stanza.models.common.doc import Document

        if not drafts:
            return
        document = Document([])
        document.sentences = [d.source for d in drafts]
        document._count_words()
        self.pipeline.processors["depparse"].process(document)
        for draft in drafts:
            draft.heads = [int(w.head) for w in draft.source.words]
            draft.deprels = [w.deprel for w in draft.source.words]

    def _tokens(self, text: str) -> list[list[Token]]:
        """The sentences of the text, tokenized one paragraph at a time, so that offsets stay ours."""
        sentences = []
        for paragraph in paragraphs(text):
            document = self.pipeline.processors["tokenize"].process(paragraph.of(text))
            found = [[_token(t, paragraph.start) for t in s.tokens] for s in document.sentences]
            sentences += mend(text, found)
        return sentences


def _token(token: Any, offset: int) -> Token:
    multi_word = len(token.id) > 1 or "MWT=Yes" in (token.misc or "")
    return Token(token.start_char + offset, token.end_char + offset, multi_word)


def _as_dicts(text: str, sentences: Iterable[Sequence[Token]]) -> list[list[dict[str, Any]]]:
    """What `Document` is made of: one dictionary for each token."""
    return [
        [
            {"id": (i,), "text": t.form(text), "start_char": t.start, "end_char": t.end}
            | ({"misc": "MWT=Yes"} if t.multi_word else {})
            for i, t in enumerate(sentence, 1)
        ]
        for sentence in sentences
    ]


def _draft(sentence: Any) -> Draft:
    """The annotations of a sentence of Stanza's."""
    spans = [Span(t.start_char, t.end_char) for t in sentence.tokens for _ in t.words]
    words = sentence.words
    feats: list[Mapping[str, str]] = [
        dict(pair.split("=", 1) for pair in w.feats.split("|")) if w.feats else {} for w in words
    ]
    entities = [
        Entity(Span(e.start_char, e.end_char), ENTITY_KINDS[e.type]) for e in sentence.ents if e.type in ENTITY_KINDS
    ]
    return Draft(
        [w.text for w in words], spans, [w.upos or "X" for w in words], [_lemma(w) for w in words], feats,
        entities, source=sentence,
    )  # fmt: skip


def _lemma(word: Any) -> str:
    """Where Stanza has none, the form."""
    lemma: str = word.text if word.lemma in (None, "", "_") else word.lemma
    return lemma
