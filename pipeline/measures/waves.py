"""Waves side by side as purposive samples: what was said in each, and how the samples differ. No difference is computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.measures.disclosure import UNKNOWN
from pipeline.measures.lens import BASES, PROPOSED, members
from pipeline.measures.wishes import counted

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
CASE, ALL, REPEATED = "case", "all", "repeated"
HOW = ("access", "language")  # of people
MODE = "mode"  # of conversations


def known(documents: pd.DataFrame, cases: pd.DataFrame) -> dict[str, set[str]]:
    """Wave -> its conversations that were read and in which respondents speak, in natural order; empty where there are fewer than two."""
    held = set(cases["doc"])
    found: dict[str, set[str]] = defaultdict(set)
    for doc, wave, status in zip(documents["doc"], documents["wave"], documents["status"], strict=True):
        if status == "ok" and doc in held:
            found[wave or UNKNOWN].add(doc)
    ordered = {wave: found[wave] for wave in sorted(found, key=natural)}
    return ordered if len(set(ordered) - {UNKNOWN}) > 1 else {}


def natural(wave: str) -> tuple[bool, int, str]:
    """Numbers by size, then words, then what is not known.

    >>> sorted(["10", "2", "unbekannt", "Herbst"], key=natural)
    ['2', '10', 'Herbst', 'unbekannt']
    """
    number = int(wave) if wave.isascii() and wave.isdecimal() and len(wave) < 10 else 10**9
    return wave == UNKNOWN, number, wave


def side_by_side(
    waves: Mapping[str, set[str]], codes: Iterable[str], mentions: pd.DataFrame, cases: pd.DataFrame,
    asked_in: Callable[[set[str]], Mapping[str, set[str]]],
) -> list[Row]:  # fmt: skip
    """Rows of `findings_waves`: every code that was said in any wave, in each; somebody in both waves counts in both.

    `asked_in`: conversations -> code -> cases asked about it there.
    """
    said = dict(iter(mentions.groupby("code")))
    rows = []
    for order, (wave, docs) in enumerate(waves.items(), 1):
        people = set(cases.loc[cases["doc"].isin(docs), "case"])
        asked = asked_in(docs)
        for code in codes:
            if code not in said:
                continue
            here = said[code][said[code]["doc"].isin(docs)]
            for basis in BASES:
                if basis != PROPOSED or (said[code]["basis"] == PROPOSED).any():
                    told = counted(here[here["basis"] == basis], asked.get(code, set()), people)
                    rows.append({"code": code, "wave": wave, "basis": basis, "order": order, **told})
    return rows


def samples(waves: Mapping[str, set[str]], documents: pd.DataFrame, cases: pd.DataFrame, variables: Iterable[str]) -> list[Row]:
    """Rows of `findings_wave_samples`: whom each wave asked and how; every value in every wave, also where nobody has it.

    variable `case`: everybody (`all`), and those who are in another wave too (`repeated`). `mode` counts people by their conversation's mode.
    """
    inside = {wave: cases[cases["doc"].isin(docs)] for wave, docs in waves.items()}
    people = {wave: set(data["case"]) for wave, data in inside.items()}
    found: dict[str, dict[tuple[str, str], set[str]]] = {CASE: {}}
    for wave, own in people.items():
        others = set().union(*(more for name, more in people.items() if name != wave))
        found[CASE][ALL, wave], found[CASE][REPEATED, wave] = own, own & others
    mode = dict(zip(documents["doc"], documents["mode"], strict=True))
    for wave, data in inside.items():
        for name in dict.fromkeys((*variables, *HOW)):
            for value, group in members(data, name).items():
                short = value.split("(")[0].strip(" ,;") or UNKNOWN  # what stands in brackets tells more of a person than of a sample
                found.setdefault(name, {}).setdefault((short if name in HOW else value, wave), set()).update(group)
        for doc, case in zip(data["doc"], data["case"], strict=True):
            found.setdefault(MODE, {}).setdefault((mode.get(doc, "") or UNKNOWN, wave), set()).add(case)
    return list(_every(found, waves, cases))


def _every(found: Mapping[str, Mapping[tuple[str, str], set[str]]], waves: Mapping[str, set[str]], cases: pd.DataFrame) -> Iterable[Row]:
    for variable, cells in found.items():
        values = {value for value, _ in cells}
        if variable != CASE and values <= {UNKNOWN}:
            continue
        for value in sorted(values):
            for order, (wave, docs) in enumerate(waves.items(), 1):
                own = cells.get((value, wave), set())
                held = cases[cases["doc"].isin(docs) & cases["case"].isin(own)]
                yield {"variable": variable, "value": value, "wave": wave, "order": order, "n_cases": len(own), "n_docs": held["doc"].nunique()}
