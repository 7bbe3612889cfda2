"""How sure each rule is: the share of its answers that were right on the annotated training articles."""

from __future__ import annotations

OTHERWISE = 0.7

RIGHT: dict[str, float] = {}


def confidence_of(rule: str) -> float:
    """Between 0 and 1."""
    return RIGHT.get(rule, OTHERWISE)
