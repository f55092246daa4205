"""About whom something is said (placeholder until the rules are here)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.stances.words import Word


def about(sentences: Sequence[Sequence[Word]], before: Sequence[Sequence[Word]] = ()) -> list[int]:
    return [-1 for sentence in sentences for _ in sentence]
