"""Which sentence bears which category: as people gave it, as it is proposed, and how likely it is for what nobody has read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.covered import full
from pipeline.effective import REVIEWED, effective
from pipeline.evaluating.calibration import apply_platt, fit_platt
from pipeline.learning.columns import from_column
from pipeline.learning.measured import INSIDE
from pipeline.measures.mentions import ancestors
from pipeline.tables import MACHINES

if TYPE_CHECKING:
    import pandas as pd

MORE_THAN = 0.5  # share of the shorter of passage and sentence, as where the machine is measured (learning.measured)
READ_ENOUGH = 200  # sentences read for all categories, in two interviews or more, from which it is learnt how much people code
FLOOR = 1e-4

Spans = Mapping[tuple[str, int], Sequence[tuple[int, int, int]]]


class Bearing(NamedTuple):
    """All n sentences of respondents beside k categories (headings apart, children counted for those above them).

    `seg`, `doc`, `turn`, `start`, `end`, `case` (who is in no list of cases counts as one person an interview): n each; `read` (n) whether people read the sentence for all categories; `reviewed` and
    `proposed` (n x k bool), of which a sentence bears one at most for the same category; `likely` (n x k) what people gave where they read
    it, else the model's chance; `any` (n) the same for having any category at all.
    """

    codes: tuple[str, ...]
    seg: np.ndarray
    doc: np.ndarray
    turn: np.ndarray
    start: np.ndarray
    end: np.ndarray
    case: np.ndarray
    read: np.ndarray
    reviewed: np.ndarray
    proposed: np.ndarray
    likely: np.ndarray
    any: np.ndarray


def bearing(
    segment_themes: pd.DataFrame, segments: pd.DataFrame, codes: pd.DataFrame, codings: pd.DataFrame, reviewed: pd.DataFrame,
    chances: pd.DataFrame, served: Sequence[str], reviewed_only: bool,
) -> Bearing:  # fmt: skip
    """`served`: the model's categories in the order of the columns of `chances`; `reviewed_only`: proposals do not count (report.counts)."""
    own = segment_themes[["seg", "doc", "turn", "case"]].merge(segments[["seg", "start", "end"]], on="seg").sort_values(["doc", "turn", "start"])
    own["case"] = own["case"].where(own["case"] != "", own["doc"])
    places = list(zip(own["doc"], own["turn"], own["start"], own["end"], strict=True))
    spans: dict[tuple[str, int], list[tuple[int, int, int]]] = defaultdict(list)
    for n, (doc, turn, start, end) in enumerate(places):
        spans[doc, turn].append((n, start, end))
    kept = tuple(codes.loc[codes["coded"] == "yes", "code"])
    column = {code: k for k, code in enumerate(kept)}
    lines = {code: [column[c] for c in line if c in column] for code, line in ancestors(codes).items()}
    counting = effective(codings, reviewed_only)
    given, idea = (_borne(counting[counting["basis"].eq(REVIEWED) == yes], spans, lines, (len(own), len(kept))) for yes in (True, False))
    read = _read(reviewed, spans, len(own))
    table = _chances(chances, {seg: n for n, seg in enumerate(own["seg"])}, len(own), served)
    likely, some = _likely(table, given, idea & ~given, read, own["doc"].to_numpy(dtype=object), served, lines)
    refused = _borne(codings[codings["status"] == "rejected"], spans, {code: line[:1] for code, line in lines.items()}, given.shape)
    likely[refused & ~given] = 0
    values = {name: own[name].to_numpy(dtype=object) for name in ("seg", "doc", "turn", "start", "end", "case")}
    return Bearing(kept, **values, read=read, reviewed=given, proposed=idea & ~given, likely=likely, any=some)


def on_sentences(start: int, end: int, sentences: Sequence[tuple[int, int, int]]) -> list[int]:
    """Numbers of the sentences (number, start, end) that a passage counts for: more than half of the shorter of the two is common.

    >>> on_sentences(0, 30, [(0, 0, 20), (1, 21, 80)]), on_sentences(40, 50, [(0, 0, 20), (1, 21, 80)])
    ([0], [1])
    """
    return [n for n, a, b in sentences if min(b, end) - max(a, start) > MORE_THAN * min(b - a, end - start)]


def _borne(rows: pd.DataFrame, spans: Spans, lines: Mapping[str, Sequence[int]], shape: tuple[int, int]) -> np.ndarray:
    found = np.zeros(shape, dtype=bool)
    for doc, turn, start, end, code in rows[["doc", "turn", "start", "end", "code"]].itertuples(index=False, name=None):
        for n in on_sentences(start, end, spans.get((doc, turn), ())):
            found[n, lines.get(code, ())] = True
    return found


def _read(reviewed: pd.DataFrame, spans: Spans, n: int) -> np.ndarray:
    """Sentences that lie (nearly) whole in a passage that people read for all categories."""
    found = np.zeros(n, dtype=bool)
    people = full(reviewed[~reviewed["coder"].isin(list(MACHINES))])
    for doc, turn, start, end in people[["doc", "turn", "start", "end"]].itertuples(index=False, name=None):
        for number, a, b in spans.get((doc, turn), ()):
            found[number] |= min(b, end) - max(a, start) >= INSIDE * (b - a)
    return found


def _chances(chances: pd.DataFrame, number: Mapping[str, int], n: int, served: Sequence[str]) -> np.ndarray:
    """(n x served) chances as people are told them; 0 where the model did not look."""
    found = np.zeros((n, len(served)), dtype=np.float32)
    own = chances[chances["seg"].isin(list(number))] if len(served) else chances.iloc[:0]
    if len(own):
        found[[number[seg] for seg in own["seg"]]] = from_column(list(own["chances"]), len(served))
    return found


def _likely(
    table: np.ndarray, given: np.ndarray, idea: np.ndarray, read: np.ndarray, doc: np.ndarray, served: Sequence[str],
    lines: Mapping[str, Sequence[int]],
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """(n x k) chances of each category and (n) of any.

    The chance of any is put together as if categories did not depend on one another, and then set right by what people read: they
    may give far more sentences a category than the model expects (in the demo study .76 against .39), and a topic would look
    uncovered only because nobody has read its interviews yet.
    """
    likely = np.zeros(given.shape, dtype=np.float32)
    for code, values in zip(served, table.T, strict=True):
        for k in lines.get(code, ()):
            likely[:, k] = np.maximum(likely[:, k], values)
    unserved = np.ones(given.shape[1], dtype=bool)
    unserved[[k for code in served for k in lines.get(code, ())[:1]]] = False
    likely[:, unserved] = np.maximum(likely[:, unserved], idea[:, unserved])
    some = 1 - np.prod(1 - table.astype(float), axis=1) * ~(idea & unserved).any(axis=1)
    if len(served) and read.sum() >= READ_ENOUGH and len(set(doc[read].tolist())) > 1:
        score = np.log(np.clip(some, FLOOR, 1 - FLOOR)) - np.log1p(-np.clip(some, FLOOR, 1 - FLOOR))
        some = apply_platt(fit_platt(given[read].any(axis=1), score[read]), score)
    likely[read] = given[read]
    likely[given] = 1
    return likely, np.where(read | given.any(axis=1), given.any(axis=1), some)
