"""Sheets on agreement and on how categories came about: sentences with their words, where these may be shown, codes by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.language import _
from pipeline.sections import agreement_words, cycle
from pipeline.sections.answers.desk import Desk
from pipeline.sections.disagreements import labels, resolved
from pipeline.sections.withheld import guard

if TYPE_CHECKING:
    import pandas as pd

NAMES = (
    "agreement", "disagreements", "confusions", "memos", "cycle_log", "cycle_versions", "review_open", "cycle_negative", "cycle_inductive", "cycle_sampling",
    "cycle_minutes",
)  # fmt: skip
_WRITTEN = {  # columns that people wrote in their own words
    "disagreements": ("memo_a", "memo_b", "resolved_memo"), "memos": ("text", "key"), "cycle_log": ("why", "alternative"), "cycle_negative": ("why", "consequence"),
    "cycle_inductive": ("paraphrase", "generalisation", "reduction", "note"), "cycle_sampling": ("whom", "contrast", "why", "note"), "cycle_minutes": ("agreed",),
}  # fmt: skip
_CODES = {"disagreements": ("codes_a", "codes_b", "only_a", "only_b"), "cycle_versions": ("added", "gone"), "cycle_log": ("code",)}  # several, joined by semicolons


def review_sheets(desk: Desk) -> dict[str, pd.DataFrame]:
    """Those of these tables that hold anything, as people read them."""
    made = {name: desk.tables[name].copy() for name in NAMES if len(desk.tables[name])}
    shown = guard(desk) if set(made) & set(_WRITTEN) else str
    for name, data in made.items():
        for column in _WRITTEN.get(name, ()):
            data[column] = [shown(text) for text in data[column].tolist()]
        for column in _CODES.get(name, ()):
            data[column] = [labels(desk, codes) for codes in data[column].tolist()]
    for name, sides in (("agreement", ("a", "b")), ("confusions", ("a", "b"))):
        if name in made:
            made[name] = made[name].assign(**{side: [agreement_words.who(value) for value in made[name][side].tolist()] for side in sides})
    if "agreement" in made:
        made["agreement"]["note"] = ["; ".join(agreement_words.noted(note)) for note in made["agreement"]["note"].tolist()]
    if "confusions" in made:
        for side in ("code_a", "code_b"):
            made["confusions"][side] = [desk.label.get(code, code) or _("nichts") for code in made["confusions"][side].tolist()]
    if "disagreements" in made:
        rows = desk.rows("disagreements")
        made["disagreements"]["resolved"] = [resolved(desk, row.resolved) for row in rows]
        made["disagreements"].insert(5, "quote", [desk.passage(row).shown for row in rows])
    for name in ("cycle_negative", "cycle_inductive"):
        if name in made:
            # The words as the page shows them, never what stands in the list: it may be copied from somebody who may not be quoted.
            made[name]["quote"] = [cycle.passage(desk, row).shown for row in desk.rows(name)]
    return made
