"""Passages of a family of categories: several codes on the same sentences are one passage; read ones and proposals never join."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.measures.lens import PROPOSED, REVIEWED
from pipeline.measures.mentions import runs

if TYPE_CHECKING:
    import pandas as pd


class Spot(NamedTuple):
    """A run of sentences of one turn, with the mentions that touch it (rows of `findings_mentions`, in order)."""

    doc: str
    turn: int
    start: int
    end: int
    basis: str
    mentions: tuple[Any, ...]

    @property
    def case(self) -> str:
        return str(self.mentions[0].case)

    @property
    def codes(self) -> list[str]:
        return sorted({m.code for m in self.mentions})


def spots(mentions: pd.DataFrame, segments: pd.DataFrame) -> list[Spot]:
    """Passages in the order of the transcripts. Of a proposal only sentences count that no read mention of the family holds already."""
    turns: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for m in mentions.sort_values(["doc", "turn", "start", "end", "code"]).itertuples():
        turns[m.doc, m.turn].append(m)
    sentences: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for doc, turn, start, end in zip(*(segments[c] for c in ("doc", "turn", "start", "end")), strict=True):
        if (doc, turn) in turns:
            sentences[doc, turn].append((start, end))
    found: list[Spot] = []
    for (doc, turn), rows in turns.items():
        borders = sorted(sentences[doc, turn])
        held = {m.mention: {n for n, (a, b) in enumerate(borders) if m.start < b and a < m.end} for m in rows}
        read = {n for m in rows if m.basis == REVIEWED for n in held[m.mention]}
        for basis in (REVIEWED, PROPOSED):
            own = [(m, held[m.mention] - (read if basis == PROPOSED else set())) for m in rows if m.basis == basis]
            for numbers, touching in _joined(own):
                for run in runs(numbers):
                    here = tuple(m for m, place in touching if place & set(run))
                    found.append(Spot(doc, turn, borders[run[0]][0], borders[run[-1]][1], basis, here))
    return sorted(found, key=lambda s: (s.doc, s.turn, s.start, s.end, s.basis))


def _joined(own: Sequence[tuple[Any, set[int]]]) -> Iterable[tuple[set[int], list[tuple[Any, set[int]]]]]:
    """Mentions that share a sentence, together with all sentences they hold."""
    groups: list[tuple[set[int], list[tuple[Any, set[int]]]]] = []
    for m, place in own:
        if not place:
            continue
        touching = [group for group in groups if group[0] & place]
        numbers, members = set(place), [(m, place)]
        for group in touching:
            numbers |= group[0]
            members = [*group[1], *members]
            groups.remove(group)
        groups.append((numbers, members))
    return groups
