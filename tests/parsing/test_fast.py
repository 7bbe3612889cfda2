"""The fast engine gives what the models give when they are run the way Stanza runs them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from quotetrack.parsing.drafts import Draft
from quotetrack.parsing.fast import FastEngine
from quotetrack.parsing.models import find
from quotetrack.parsing.plain import PlainEngine, load_pipeline

TEXTS = [
    "« Le port sera agrandi d'ici à 2027 », a promis mardi le président de la région, Yann Le Guen, lors d'une visite "
    "à Lorient. Selon lui, le chantier, qui devait s'achever l'an dernier, a pris du retard à cause des tempêtes.\n\n"
    '"Nous n\'avons jamais dit le contraire", a répondu sur Twitter Mme Diallo. Qui a raison ?! Personne ne le sait.',
    "D'après un communiqué de la préfecture du Finistère, trois personnes ont été blessées. Contact : presse@exemple.fr"
    ", www.exemple.fr/communique.\n\nUn titre sans point\n\nLe maire – qu’on a vu aux côtés des pêcheurs – s’est tu.",
    "Les élus disent qu'ils ne veulent ni de la route ni du pont, " * 30 + "et le disent encore.",
    "Mot.",
]


@pytest.fixture(scope="module")
def pipeline() -> Any:
    return load_pipeline(find("embedded", "fr"))


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


def test_models_of_another_make_run_the_plain_way(pipeline: Any) -> None:
    neural = SimpleNamespace(config={"dict_only": False})
    other = SimpleNamespace(processors={**pipeline.processors, "lemma": neural})
    assert FastEngine.lacks(other) == "a neural lemma"
