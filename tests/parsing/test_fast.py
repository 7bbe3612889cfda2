"""The fast engine gives what the models give when they are run the way Stanza runs them."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from stanza.models.common import utils
from stanza.models.tokenization.data import SortedDataset, TokenizationDataset
from torch import Tensor

from quotetrack.parsing.drafts import Draft
from quotetrack.parsing.fast import FastEngine
from quotetrack.parsing.fast.trees import violates
from quotetrack.parsing.fast.words import simplified
from quotetrack.parsing.models import find
from quotetrack.parsing.paragraphs import paragraphs
from quotetrack.parsing.plain import PlainEngine, load_pipeline

TEXTS = [
    "« Le port sera agrandi d'ici à 2027 », a promis mardi le président de la région, Yann Le Guen, lors d'une visite "
    "à Lorient. Selon lui, le chantier, qui devait s'achever l'an dernier, a pris du retard à cause des tempêtes.\n\n"
    '"Nous n\'avons jamais dit le contraire", a répondu sur Twitter Mme Diallo. Qui a raison ?! Personne ne le sait.',
    "D'après un communiqué de la préfecture du Finistère, trois personnes ont été blessées. Contact : presse@exemple.fr"
    ", www.exemple.fr/communique.\n\nUn titre sans point\n\nLe maire – qu’on a vu aux côtés des pêcheurs – s’est tu.",
    "Les élus disent qu'ils ne veulent ni de la route ni du pont, " * 30 + "et le disent encore.",
    "Mot ?! Rien !!",
    "La maire a dit oui. Le préfet, lui, n'a rien dit du tout ! " * 25,
]


@pytest.fixture(scope="module")
def pipeline() -> Any:
    return load_pipeline(find("embedded", "fr"))


@pytest.fixture
def repairing(pipeline: Any) -> Iterator[Any]:
    """The pipeline, told to resolve two subjects of one verb, which the embedded parser is told not to."""
    config = pipeline.processors["depparse"].config
    before = config.get("resolve_head_constraints")
    config["resolve_head_constraints"] = True
    yield pipeline
    config["resolve_head_constraints"] = before


@pytest.fixture(scope="module")
def drafts(pipeline: Any) -> tuple[list[Draft], list[Draft]]:
    made = []
    for engine in (FastEngine(pipeline), PlainEngine(pipeline)):
        own = [d for article in engine.draft(TEXTS) for d in article]
        engine.attach(own)
        made.append(own)
    return made[0], made[1]


def test_the_embedded_models_run_fast(pipeline: Any) -> None:
    assert FastEngine.lacks(pipeline) == ""


@pytest.mark.parametrize("column", ["forms", "spans", "upos", "lemmas", "feats", "entities", "heads", "deprels"])
def test_every_column_is_the_same(drafts: tuple[list[Draft], list[Draft]], column: str) -> None:
    fast, plain = drafts
    assert [getattr(d, column) for d in fast] == [getattr(d, column) for d in plain]


def test_a_whole_stanza_pipeline_says_the_same(pipeline: Any) -> None:
    """Without the paragraphs and mended ends of ours: tokens, tags and trees of `stanza.Pipeline` itself."""
    text = "Le port sera agrandi. La ministre a salué une décision du conseil régional de Bretagne."
    drafts = FastEngine(pipeline).draft([text])[0]
    FastEngine(pipeline).attach(drafts)
    document = pipeline(text)
    for draft, sentence in zip(drafts, document.sentences, strict=True):
        assert draft.forms == [w.text for w in sentence.words]
        assert draft.upos == [w.upos for w in sentence.words]
        assert draft.lemmas == [w.lemma for w in sentence.words]
        assert draft.heads == [w.head for w in sentence.words]
        assert draft.deprels == [w.deprel for w in sentence.words]


def test_two_subjects_are_resolved_where_the_parser_is_told_to(repairing: Any) -> None:
    text = "Le maire la ministre parle. Le chat le chien le mange. Qui que quoi dit il. " * 3
    fast, plain = FastEngine(repairing), PlainEngine(repairing)
    drafts, wanted = fast.draft([text])[0], plain.draft([text])[0]
    fast.attach(drafts)
    plain.attach(wanted)
    assert [(d.heads, d.deprels) for d in drafts] == [(d.heads, d.deprels) for d in wanted]
    fast.parser.repairs = False
    fast.attach(drafts)
    assert any(violates(d.heads or [], d.deprels or []) for d in drafts)


def test_the_tokenizer_computes_what_stanza_does(pipeline: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = sorted([*TEXTS[0].split("\n\n"), "Qui ?", "M. Le Guen aux élus : « Non »"], key=len, reverse=True)
    tokenizer = FastEngine(pipeline).tokenizer
    made: list[Tensor] = []
    inner = tokenizer._scores

    def kept(x: Tensor, flip: Tensor | None) -> Tensor:
        made.append(inner(x, flip))
        return made[-1]

    monkeypatch.setattr(tokenizer, "_scores", kept)
    trainer = pipeline.processors["tokenize"].trainer
    with torch.inference_mode():
        tokenizer.tokenize(texts, [paragraphs(t) for t in texts])
        for text, row in zip(texts, made[0], strict=True):
            read = TokenizationDataset(trainer.args, input_text=text, vocab=trainer.vocab, evaluation=True)
            data = SortedDataset(read)
            wanted = trainer.predict(data.collate([data[0]]))[0, : len(text)]
            assert np.abs(row[: len(text)].numpy() - wanted).max() < 1e-3


@pytest.mark.parametrize(
    ("form", "read"), [("?!?", "?"), ("!!", "!"), ("?", "?"), ("?a", "?a"), ("pont", "pont"), ("x" * 1001, "<UNK>")]
)
def test_forms_are_shown_as_stanza_shows_them(form: str, read: str) -> None:
    assert simplified(form) == read


def test_training_finds_its_optimizers_again(pipeline: Any) -> None:
    weights = torch.nn.Linear(1, 1)
    assert isinstance(utils.get_optimizer("adam", weights, 0.1), torch.optim.Optimizer)


def test_models_of_another_make_run_the_plain_way(pipeline: Any) -> None:
    neural = SimpleNamespace(config={"dict_only": False})
    other = SimpleNamespace(processors={**pipeline.processors, "lemma": neural})
    assert FastEngine.lacks(other) == "a neural lemma"
