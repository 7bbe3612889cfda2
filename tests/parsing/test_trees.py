"""The decoder finds what Stanza's finds."""

from __future__ import annotations

import numpy as np
import pytest
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from stanza.models.depparse.head_constraints import resolve_head_constraint_violations

from quotetrack.parsing.fast.trees import Repair, Scores, are_trees, best_tree, violates

DEPRELS = ["nsubj", "obj", "obl", "csubj", "nsubj:pass", "nsubj:outer", "det", "root", "iobj"]


class Vocabulary:
    """As much of Stanza's as the reference needs: numbers begin after four special ones."""

    def unmap(self, ids: list[int]) -> list[str]:
        return [DEPRELS[i - 4] for i in ids]


def scores_of(rng: np.random.Generator, spread: float) -> Scores:
    size = int(rng.integers(2, 30))
    scores = rng.normal(size=(size, size)) * spread
    np.fill_diagonal(scores, -np.inf)
    normalised: Scores = (scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)).astype(np.float32)
    return normalised


@pytest.mark.parametrize("spread", [0.3, 1.0, 5.0, 20.0])
def test_trees_are_those_of_stanza(spread: float) -> None:
    rng = np.random.default_rng(7)
    for _ in range(60):
        scores = scores_of(rng, spread)
        assert best_tree(scores)[1:].tolist() == chuliu_edmonds_one_root(scores)[1:].tolist()


def test_a_number_added_to_a_row_changes_no_tree() -> None:
    rng = np.random.default_rng(8)
    for _ in range(30):
        scores = scores_of(rng, 3.0)
        raised = scores + rng.normal(size=(len(scores), 1)) * 50
        assert best_tree(raised)[1:].tolist() == best_tree(scores)[1:].tolist()


def test_what_needs_no_search_is_told_from_what_does() -> None:
    rng = np.random.default_rng(9)
    seen = set()
    for _ in range(200):
        scores = scores_of(rng, 2.0)
        scores[0] = -np.inf
        heads = scores.argmax(1)
        heads[0] = 0
        is_tree = bool(are_trees(heads[None], np.array([len(heads)]))[0])
        assert is_tree == (heads[1:].tolist() == chuliu_edmonds_one_root(scores)[1:].tolist())
        seen.add(is_tree)
    assert seen == {True, False}


def test_nodes_past_the_end_of_a_row_are_no_roots() -> None:
    heads = np.array([[0, 2, 0, 0, 0], [0, 2, 1, 0, 3], [0, 0, 1, 2, 3]])
    assert are_trees(heads, np.array([3, 5, 5])).tolist() == [True, False, True]


@pytest.mark.parametrize("spread", [0.5, 3.0])
def test_two_subjects_are_resolved_as_stanza_does(spread: float) -> None:
    rng = np.random.default_rng(10)
    repaired = 0
    for _ in range(40):
        arcs = scores_of(rng, spread)
        raw = rng.normal(size=(*arcs.shape, len(DEPRELS))) * 2
        labels = (raw - np.logaddexp.reduce(raw, axis=2, keepdims=True)).astype(np.float32)
        tree = best_tree(arcs)
        wanted_tree, wanted_ids = resolve_head_constraint_violations(arcs, labels, tree, Vocabulary())
        found_tree, found_ids = Repair(arcs, labels, DEPRELS).run(tree)
        assert found_tree[1:].tolist() == wanted_tree[1:].tolist()
        assert found_ids == [int(i) for i in wanted_ids]
        repaired += found_tree.tolist() != tree.tolist()
    assert repaired > 3


def test_violations_are_seen() -> None:
    assert violates([2, 0, 2], ["nsubj", "root", "csubj"])
    assert violates([2, 0, 2], ["obj", "root", "obj"])
    assert not violates([2, 0, 2, 3], ["nsubj", "root", "obj", "nsubj"])
    assert not violates([2, 0, 2], ["nsubj:outer", "root", "nsubj"])
