"""How far coders agree, where they differ, and which categories are taken for one another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pipeline.agreeing import figures, groups, machines, readings, set_figures, span_figures, units
from pipeline.agreeing.confusions import Category, confusions
from pipeline.agreeing.disagreements import disagreements
from pipeline.agreeing.groups import Group
from pipeline.agreeing.lines import Draws, Row
from pipeline.agreeing.readings import Desk, Grid
from pipeline.agreeing.set_figures import labels
from pipeline.agreeing.spans import stretches
from pipeline.learning import frozen
from pipeline.learning.threads import one_thread
from pipeline.learning.thresholds import thresholds
from pipeline.lists import QUEUES, read_list
from pipeline.places import folder_files
from pipeline.study import SEED
from pipeline.tables import EVERYBODY

if TYPE_CHECKING:
    import pandas as pd


def whole(
    turns: pd.DataFrame, segments: pd.DataFrame, codes: pd.DataFrame, codings: pd.DataFrame, suggestions: pd.DataFrame, decisions: pd.DataFrame,
    reviewed: pd.DataFrame, outside: pd.DataFrame, model_codes: pd.DataFrame, settings: SimpleNamespace, queues_folder: Path, model_file: Path,
) -> dict[str, list[Row]]:  # fmt: skip
    """Tables of agreement, disagreements and confusions."""
    given = codes[codes["coded"] == "yes"].sort_values("order")["code"].tolist()
    desk = readings.desk(readings.sentences(turns, segments), given, decisions, reviewed)
    served = model_codes[model_codes["served"] == "yes"].sort_values("order")["code"].tolist()
    found = machines.machine(desk.every.sentences, given, codings, suggestions, outside, served, _least(settings, model_file))
    draws = Draws(settings.review.replicates, SEED)
    with one_thread():  # figures must be the same tomorrow
        rows = [*_people(desk, draws, settings.review.tolerance), *_settled(desk, draws)]
        for group in (*machines.beside_people(desk, found), *machines.rule_and_model(desk.every.sentences, given, found, served)):
            rows += _beside(group, draws)
    book = {c.code: Category(c.label, c.definition, c.parent) for c in codes.itertuples()}
    return {
        "agreement": [{"order": n, **row} for n, row in enumerate(rows)],
        "disagreements": list(disagreements(desk, _queues(queues_folder))),
        "confusions": list(confusions(desk, book)),
    }


class _Prepared:
    """What groups on the same readings share."""

    def __init__(self, grid: Grid, tolerance: float) -> None:
        self.sentences = units.by_sentence(grid)
        self.turns = units.by_turn(grid)
        self.sets = labels(self.sentences)
        self.marks = stretches(grid, tolerance)


def _people(desk: Desk, draws: Draws, tolerance: float) -> Iterator[Row]:
    prepared: dict[int, _Prepared] = {}
    compared = list(groups.people(desk))
    for group in compared:
        if id(group.grid) not in prepared:
            prepared[id(group.grid)] = _Prepared(group.grid, tolerance)
        told = prepared[id(group.grid)]
        # Single categories in single documents: of all coders together, or of the only two.
        by_code = group.a == EVERYBODY or len(compared) == 1
        coded = units.coded(told.sentences, group.columns)
        for unit, chosen in (("sentence", None), ("coded", coded)):
            counts = units.counted(told.sentences, group.columns, chosen)
            yield from figures.rows(group, unit, counts, draws, single=True, by_code=by_code and unit == "sentence")
            yield from set_figures.rows(group, unit, told.sentences, told.sets, draws, chosen, single=True)
        yield from figures.rows(group, "turn", units.counted(told.turns, group.columns), draws)
        yield from span_figures.rows(group, told.marks, draws, single=True)


def _settled(desk: Desk, draws: Draws) -> Iterator[Row]:
    """Sentences again, with what consensus settled in place of what single coders said."""
    if not desk.said.any():
        return
    told = {id(grid): units.by_sentence(readings.agreed(grid, desk.said)) for grid in (desk.every, desk.blind)}
    for group in groups.people(desk):
        data = told[id(group.grid)]
        yield from figures.rows(group._replace(grid=data.grid), "sentence", units.counted(data, group.columns), draws, state="after")


def _beside(group: Group, draws: Draws) -> Iterator[Row]:
    """Sentences, and those with any category, of two of whom one is a machine."""
    data = units.by_sentence(group.grid)
    yield from figures.rows(group, "sentence", units.counted(data, group.columns), draws)
    yield from figures.rows(group, "coded", units.counted(data, group.columns, units.coded(data, group.columns)), draws)


def _least(settings: SimpleNamespace, model_file: Path) -> float:
    """The least chance of a proposal."""
    model = frozen.read(model_file) if settings.model.use else None
    return thresholds(model.certainty, settings.model.threshold)[0] if model else 1.0


def _queues(folder: Path) -> dict[tuple[object, ...], str]:
    """(coder, mode, document, hash, start, end) of a drawn passage -> its queue."""
    found: dict[tuple[object, ...], str] = {}
    for path in folder_files(folder):
        for row in read_list(path, QUEUES):
            found[row["coder"], row["mode"], row["doc"], row["raw_sha256"], int(row["raw_start"]), int(row["raw_end"])] = row["queue"]
    return found
