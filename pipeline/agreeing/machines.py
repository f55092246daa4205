"""The machine beside people, and rules beside the model: what each would give a sentence.

Of sentences from which the model learnt, what a model says that never saw their interview (table `outside`) stands for the machine; others of
the same interview are left out, since the model knows it. Everywhere else its proposals do, those that people took away since included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.agreeing import notes
from pipeline.agreeing.groups import Group
from pipeline.agreeing.readings import Desk, Grid, Sentences
from pipeline.learning.columns import from_column
from pipeline.tables import MACHINE, MACHINES, PEOPLE

if TYPE_CHECKING:
    import pandas as pd

NOT_GIVEN, NOT_FOLLOWED = "gelesen und nicht vergeben", "das Modell folgt dem Treffer nicht"  # reasons of proposals that count no more
RULE, MODEL = "rule", "model"


class Machine(NamedTuple):
    """What machines say of N sentences and K categories: whether a rule or the model (or language model) gives it, and of which sentences
    the machine may be measured (N)."""

    rule: np.ndarray
    model: np.ndarray
    told: np.ndarray
    fair: np.ndarray


def machine(own: Sentences, codes: Sequence[str], codings: pd.DataFrame, suggestions: pd.DataFrame, outside: pd.DataFrame, served: Sequence[str], least: float) -> Machine:
    """`served`: the model's categories in their order; `least`: the chance from which on they are proposed."""
    number, at = {code: n for n, code in enumerate(codes)}, {seg: n for n, seg in enumerate(own.seg)}
    rule, model = (np.zeros((len(own.seg), len(codes)), dtype=bool) for _ in range(2))
    told = model.copy()
    for coder, code, place, counts in _hits(codings, suggestions):
        if code in number:
            for n in own.under(*place):
                (rule if coder == RULE else model)[n, number[code]] = True
                told[n, number[code]] |= counts
    known = [seg for seg in outside["seg"] if seg in at]
    taught = set(outside["doc"])
    fair = np.array([doc not in taught for doc in own.doc], dtype=bool)
    if known and served:
        rows = np.array([at[seg] for seg in known])
        chances = from_column(list(outside["chances"]), len(served))[outside["seg"].isin(known).to_numpy()]
        columns = [(k, number[code]) for k, code in enumerate(served) if code in number]
        for k, column in columns:
            told[rows, column] = model[rows, column] = chances[:, k] >= least
        fair[rows] = True
    return Machine(rule, model, told, fair)


def _hits(codings: pd.DataFrame, suggestions: pd.DataFrame) -> Iterator[tuple[str, str, tuple[str, int, int, int], bool]]:
    """(coder, code, place, whether it is what the machine says in the end) of all that rules and models proposed."""
    gone = suggestions["reason"].str.startswith(NOT_GIVEN) if len(suggestions) else suggestions["reason"] == ""
    doubted = (suggestions["coder"] == RULE) & (suggestions["reason"] == NOT_FOLLOWED)
    for data, counts in ((codings, True), (suggestions[gone], True), (suggestions[doubted], False)):
        data = data[data["coder"].isin(MACHINES)]
        for coder, code, *place in zip(*(data[name].tolist() for name in ("coder", "code", "doc", "turn", "start", "end")), strict=True):
            yield coder, code, (place[0], place[1], place[2], place[3]), counts


def beside_people(desk: Desk, found: Machine) -> Iterator[Group]:
    """Each person, and all of several together, with the machine; on readings without proposals in sight where there are any."""
    if not found.told.any():
        return  # no machine has a say
    number = len(desk.every.coders)
    grids: dict[str, Grid] = {}
    for g, name in enumerate([*desk.every.coders, *([PEOPLE] if number > 1 else [])]):
        for grid, note in ((desk.blind, ""), (desk.every, notes.DEPENDENT)):
            read = grid.read if name == PEOPLE else grid.read[:, [g]]
            if (read.any(axis=1) & found.fair[:, None]).any():
                if note not in grids:
                    grids[note] = _joined(grid, found)
                yield Group("machine", name, MACHINE, grids[note], (g, number + 1), note)
                break


def _joined(grid: Grid, found: Machine) -> Grid:
    """A grid with two more coders: what people gave together (at least half of who read it), and the machine."""
    fair = found.fair[:, None, None]
    read, readers = grid.read & fair, grid.read.sum(axis=1)
    together = 2 * grid.given.sum(axis=1) >= np.maximum(readers, 1)
    somebody = (readers > 0) & fair[:, :, 0]
    every = np.concatenate([read, somebody[:, None], somebody[:, None]], axis=1)
    given = np.concatenate([grid.given, together[:, None], found.told[:, None]], axis=1) & every
    latest = grid.month.max(axis=1, initial=0)
    return grid._replace(
        coders=(*grid.coders, PEOPLE, MACHINE), read=every, given=given, month=np.column_stack([grid.month, latest, np.zeros_like(latest)]), acts=()
    )


def rule_and_model(own: Sentences, codes: Sequence[str], found: Machine, served: Sequence[str]) -> Iterator[Group]:
    """Rules with the model, on all sentences and the categories that the model serves and for which there is a rule's hit."""
    both = np.isin(np.array(codes, dtype=str), list(served)) & found.rule.any(axis=0)
    if not both.any() or not found.model.any():
        return
    read = np.broadcast_to(both, (len(own.seg), 2, len(codes))).copy()
    given = np.stack([found.rule, found.model], axis=1) & read
    yield Group("rule_model", RULE, MODEL, Grid(own, (RULE, MODEL), tuple(codes), read, given, np.zeros((len(own.seg), 2), dtype=int), ()), (0, 1))
