"""Stanza's networks, run without Stanza's data loaders: the same results, several times faster.

Loaded through a plain `stanza.Pipeline`, so whatever loads there loads here. What stands in the way of speed there is
Python: batches built word by word, documents built and taken apart between the stages, trees searched one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from quotetrack.model import Entity, Span
from quotetrack.parsing.boundaries import mend
from quotetrack.parsing.drafts import Draft, Token
from quotetrack.parsing.fast.dependencies import DependencyParser
from quotetrack.parsing.fast.entities import EntityTagger
from quotetrack.parsing.fast.tagger import Tagger
from quotetrack.parsing.fast.tokenizer import Tokenizer
from quotetrack.parsing.kinds import ENTITY_KINDS
from quotetrack.parsing.paragraphs import paragraphs


class FastEngine:
    """Runs the processors of a pipeline that `lacks` finds nothing wrong with."""

    def __init__(self, pipeline: Any) -> None:
        processors = pipeline.processors
        self.tokenizer = Tokenizer(processors["tokenize"])
        self.tagger = Tagger(processors["pos"])
        self.parser = DependencyParser(processors["depparse"])
        self.entities = EntityTagger(processors["ner"]) if "ner" in processors else None
        self.expand = processors["mwt"].trainer.dict_expansion if "mwt" in processors else None
        self.lemmatizer = processors["lemma"].trainer
        self.lemmas: dict[tuple[str, str], str] = {}

    @staticmethod
    def lacks(pipeline: Any) -> str:
        """Why the pipeline has to run the plain way; empty where it does not."""
        processors = pipeline.processors
        checks = {
            "tokenize": Tokenizer.lacks,
            "pos": Tagger.lacks,
            "depparse": DependencyParser.lacks,
            "ner": EntityTagger.lacks,
        }
        for name in ("mwt", "lemma"):
            if name in processors and not processors[name].config.get("dict_only"):
                return f"a neural {name}"
        reasons = [lacks(processors[name]) for name, lacks in checks.items() if name in processors]
        return next(filter(None, reasons), "")

    @torch.inference_mode()
    def draft(self, texts: Sequence[str]) -> list[list[Draft]]:
        spans = [paragraphs(text) for text in texts]
        tokenized = self.tokenizer.tokenize(texts, spans)
        sentences = [[s for p in own for s in mend(text, p)] for text, own in zip(texts, tokenized, strict=True)]
        numbered = [(text, s) for text, own in zip(texts, sentences, strict=True) for s in own]
        forms = [[t.form(text) for t in sentence] for text, sentence in numbered]
        drafts = [self._words(own, sentence) for own, (_, sentence) in zip(forms, numbered, strict=True)]
        if drafts:
            self._tag(drafts)
            self._name(drafts, forms, [sentence for _, sentence in numbered])
        made = iter(drafts)
        return [[next(made) for _ in own] for own in sentences]

    @torch.inference_mode()
    def attach(self, drafts: Sequence[Draft]) -> None:
        if not drafts:
            return
        trees = self.parser.parse([list(zip(d.forms, d.upos, d.lemmas, strict=True)) for d in drafts])
        for draft, (heads, deprels) in zip(drafts, trees, strict=True):
            draft.heads, draft.deprels = heads, deprels

    def _words(self, forms: Sequence[str], tokens: Sequence[Token]) -> Draft:
        """The words of a sentence; those of a multi-word token share its span."""
        draft = Draft([], [])
        for form, token in zip(forms, tokens, strict=True):
            words = (self.expand(form) or "").split() if token.multi_word and self.expand else []
            draft.forms += words if len(words) > 1 else [form]
            draft.spans += [Span(token.start, token.end)] * max(1, len(words))
        return draft

    def _tag(self, drafts: Sequence[Draft]) -> None:
        upos, feats = self.tagger.tag([d.forms for d in drafts])
        lemmas = self.lemmas
        for draft, own, features in zip(drafts, upos, feats, strict=True):
            draft.upos, draft.feats = own, features
            pairs = list(zip(draft.forms, own, strict=True))
            lemmas.update((p, self._lemma(p)) for p in pairs if p not in lemmas)
            draft.lemmas = [lemmas[p] for p in pairs]

    def _lemma(self, pair: tuple[str, str]) -> str:
        if len(self.lemmas) > 200_000:  # a long run over a corpus meets ever more names
            self.lemmas.clear()
        lemma: str = self.lemmatizer.predict_dict([pair])[0]
        return pair[0] if lemma in ("", "_") else lemma

    def _name(
        self, drafts: Sequence[Draft], forms: Sequence[Sequence[str]], sentences: Sequence[Sequence[Token]]
    ) -> None:
        if self.entities is None:
            return
        for draft, tokens, found in zip(drafts, sentences, self.entities.find(forms), strict=True):
            draft.entities = [
                Entity(Span(tokens[first].start, tokens[last].end), ENTITY_KINDS[kind])
                for first, last, kind in found
                if kind in ENTITY_KINDS
            ]
