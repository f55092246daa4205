"""Where anchored rows of any list stand in today's text: by the hash of their raw turn, else by their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.anchoring.refind import Found
from pipeline.anchoring.rows import Anchor, Now, Row, placed_again
from pipeline.offsets import forward, steps, through
from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, int]  # interview, turn
Place = tuple[int, int, int]  # turn, and offsets in its text
Steps = Mapping[Key, list[list[tuple[int, int, int, int]]]]


@dataclass(frozen=True)
class Ground:
    """The reading texts, turns by the hash of their raw text (of alike ones the first), the way from the raw text to the reading text, and
    where passages of turns that changed were found again."""

    texts: Mapping[Key, str]
    hashes: Mapping[tuple[str, str], list[int]]
    steps: Steps
    moved: Mapping[Anchor, Found] = field(default_factory=dict)

    def place(self, row: Row, sure: bool = True) -> Place | None:
        """Turn and offsets that a row's anchor means; None where they are not known, or (unless `sure` is false) only likely."""
        start, end = number(row.get("raw_start", "")), number(row.get("raw_end", ""))
        here = self.hashes.get((row["doc"], row["raw_sha256"]))
        if not here:
            found = self.moved.get((row["doc"], row["raw_sha256"], start, end))
            return (found.turn, found.start, found.end) if found and (found.sure or not sure) else None
        for made in self.steps.get((row["doc"], here[0]), []):
            start, end = forward(made, start, end)
        return (here[0], start, end) if 0 <= start < end <= len(self.texts[row["doc"], here[0]]) else None


def ground(turns: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame, anchored: Iterable[Row]) -> Ground:
    """`anchored`: rows of lists with `doc`, `raw_sha256`, `raw_start`, `raw_end`, `quote`, and `before` and `after` where they have them;
    those whose turn is gone are looked for."""
    texts = dict(zip(zip(turns["doc"], turns["turn"].astype(int), strict=True), turns["text"], strict=True))
    hashes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for doc, turn, sha in zip(turns["doc"], turns["turn"], turns["raw_sha256"], strict=True):
        hashes[doc, sha].append(int(turn))
    spoken = turns["role"].isin(CODED_ROLES)
    made = steps(changes, replacements)
    return Ground(texts, hashes, made, moved(texts, hashes, made, set(zip(turns["doc"][spoken], turns["turn"][spoken].astype(int), strict=True)), anchored))


def moved(
    texts: Mapping[Key, str], hashes: Mapping[tuple[str, str], list[int]], made: Steps, spoken: set[Key], rows: Iterable[Row]
) -> Mapping[Anchor, Found]:
    """Anchor -> where the passage stands or may stand today, of the rows whose turn is gone. `spoken`: turns whose words may be coded."""
    # A row without a category would be taken for a reading of a whole turn.
    lost = [{**row, "code": row.get("code") or "-"} for row in rows if row.get("raw_sha256") and (row["doc"], row["raw_sha256"]) not in hashes]
    if not lost:
        return {}
    now = {row["doc"]: Now({}, {}, {}, set()) for row in lost}
    for (doc, turn), text in texts.items():
        if doc in now:
            start, end = through(made.get((doc, turn), []), 0, len(text))
            now[doc].texts[turn], now[doc].lengths[turn] = text, end - start
            now[doc].spoken.update({turn} if (doc, turn) in spoken else ())
    for (doc, sha), here in hashes.items():
        if doc in now:
            now[doc].hashes[sha] = here
    return placed_again(lost, now)


def number(text: str) -> int:
    """An offset as a list has it; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() else 0
