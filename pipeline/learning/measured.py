"""The sentences on which the machine is measured: what people read for all codes, beside what a machine says that did not learn from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.learning.columns import from_column
from pipeline.learning.judgements import Judgement, given, unknown
from pipeline.learning.refit import matrix

if TYPE_CHECKING:
    import pandas as pd

DRAWN = "random"  # mode of a review: passages drawn at random
INSIDE = 0.8  # share of a sentence that a read passage must hold, as for learning
Place = tuple[str, int, int, int]  # interview, turn, start, end


class Sentences(NamedTuple):
    """All N sentences that may be coded, in the order of interview, turn and place.

    `doc`, `turn`, `case`: N each; `told` and `free` (N x k) chances with and without the question, those of `learnt` (N) sentences from a
    model that never saw their interview; `judged` (N) whether there are any; `read` (N) whether people read it for all codes, `drawn`
    (N) in a passage drawn at random; `given` (N) the codes that people gave it, where several read it at least half of them; `open` (N)
    the codes that came into the codebook after it was read, so that nobody looked for them.
    """

    doc: np.ndarray
    turn: np.ndarray
    case: np.ndarray
    told: np.ndarray
    free: np.ndarray
    judged: np.ndarray
    learnt: np.ndarray
    read: np.ndarray
    drawn: np.ndarray
    given: Sequence[tuple[str, ...]]
    open: Sequence[tuple[str, ...]]

    def rows(self, chosen: np.ndarray) -> Sentences:
        numbers = np.arange(len(self.given))[chosen].tolist()
        given, open_ = ([every[n] for n in numbers] for every in (self.given, self.open))
        return self._replace(given=given, open=open_, **{name: getattr(self, name)[chosen] for name in self._fields if name not in ("given", "open")})

    def truth(self, codes: Sequence[str], parents: Mapping[str, str]) -> np.ndarray:
        """(N x k) bool: codes given, those above them included."""
        return matrix(self.given, codes, parents)

    def known(self, codes: Sequence[str]) -> np.ndarray:
        """(N x k) bool: of which codes people's reading says whether a sentence bears them."""
        return ~matrix(self.open, codes, {})

    def turns(self) -> np.ndarray:
        """(N) a number for each turn, different in every interview."""
        return numbered(zip(self.doc.tolist(), self.turn.tolist(), strict=True))


def numbered(values: Iterable[object]) -> np.ndarray:
    """Numbers from 0 in the order in which values first come.

    >>> numbered("abac").tolist()
    [0, 1, 0, 2]
    """
    known: dict[object, int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values], dtype=int)


def sentences(
    turns: pd.DataFrame, segments: pd.DataFrame, chances: pd.DataFrame, outside: pd.DataFrame, reviewed: pd.DataFrame,
    codings: pd.DataFrame, decisions: pd.DataFrame, codes: int, roles: Collection[str], machines: Collection[str],
) -> Sentences:  # fmt: skip
    """Every sentence of people whose role is among `roles`; `codes`: how many the model has."""
    spoken = turns[turns["role"].isin(list(roles))]
    own = segments.merge(spoken[["doc", "turn", "case"]], on=["doc", "turn"]).sort_values(["doc", "turn", "start"], kind="stable")
    told, free, judged = _chances(own, chances, codes)
    told_outside, free_outside, learnt = _chances(own, outside, codes)
    told[learnt], free[learnt] = told_outside[learnt], free_outside[learnt]
    people = reviewed[~reviewed["coder"].isin(list(machines))]
    places = list(zip(own["doc"], own["turn"], own["start"], own["end"], strict=True))
    judged_by = _readers(places, people)
    readers, drawn = [one.readers for one in judged_by], [one.readers for one in _readers(places, people[people["mode"] == DRAWN])]
    doc, turn, case = own["doc"].to_numpy(dtype=object), own["turn"].to_numpy(), own["case"].to_numpy(dtype=object)
    read, random = (np.array([bool(one) for one in who], dtype=bool) for who in (readers, drawn))
    _hear(places, judged_by, codings, decisions, machines)
    given_, open_ = [tuple(given(one)) for one in judged_by], [tuple(unknown(one)) for one in judged_by]
    return Sentences(doc, turn, case, told, free, judged | learnt, learnt, read, random, given_, open_)


def _chances(own: pd.DataFrame, table: pd.DataFrame, codes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(chances, those without the question, whether the table has the sentence); 0 where it has not."""
    number = {seg: n for n, seg in enumerate(own["seg"])}
    rows = [(number[seg], n) for n, seg in enumerate(table["seg"]) if seg in number] if codes else []
    here, there = (np.array(part, dtype=int) for part in zip(*rows, strict=True)) if rows else (np.zeros(0, dtype=int),) * 2
    found = []
    for name in ("chances", "free"):
        data = np.zeros((len(own), codes))
        if rows:
            data[here] = from_column(list(table[name]), codes)[there]
        found.append(data)
    known = np.zeros(len(own), dtype=bool)
    known[here] = True
    return found[0], found[1], known


def _readers(places: Sequence[Place], rows: pd.DataFrame) -> list[Judgement]:
    """Who read each sentence, and for which codes: coders of passages that hold nearly all of it."""
    spans = defaultdict(list)
    for row in rows.to_dict("records"):
        spans[row["doc"], row["turn"]].append(row)
    found = []
    for doc, turn, start, end in places:
        one = Judgement()
        for row in spans.get((doc, turn), ()):
            if min(row["end"], end) - max(row["start"], start) >= INSIDE * (end - start):
                one.read(row)
        found.append(one)
    return found


def _hear(
    places: Sequence[Place], judged_by: Sequence[Judgement], codings: pd.DataFrame, decisions: pd.DataFrame, machines: Collection[str]
) -> None:  # fmt: skip
    """Enter the codes that people gave each sentence, by passages that overlap it by more than half of the shorter of the two.

    Of several decisions of one person about the same passage and code the last holds; several people agree as in `judgements`,
    so that what is measured is what would be learnt.
    """
    keys = ["doc", "turn", "start", "end", "code", "coder"]
    last = decisions.sort_values("order", kind="stable").drop_duplicates(keys, keep="last")
    people = codings[(codings["status"] != "rejected")].assign(action="add")
    by_turn = defaultdict(list)
    for data in (people, last):
        for doc, turn, *act in data.loc[~data["coder"].isin(list(machines)), [*keys, "action"]].itertuples(index=False, name=None):
            by_turn[doc, turn].append(act)
    for (doc, turn, start, end), one in zip(places, judged_by, strict=True):
        for a, b, code, coder, action in by_turn.get((doc, turn), ()):
            if min(b, end) - max(a, start) > 0.5 * min(b - a, end - start):
                one.say(code, coder, action)
