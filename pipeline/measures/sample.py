"""Who is in the sample beside what the town counts, and which groups and districts nobody comes from. Never an extrapolation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.measures.disclosure import UNKNOWN
from pipeline.measures.lens import groups, known, members

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
NAN = float("nan")
# state: in the town's figures and in the sample; only in the town's; nobody, and no figure that says there is anybody;
# in the sample without a figure; in the file of figures, but neither declared in the study nor in the sample.
PRESENT, MISSING, ABSENT, NO_FIGURE, UNDECLARED = "present", "missing", "absent", "unknown", "undeclared"
TOTAL = ("*", "gesamt", "insgesamt")  # in the town's figures: the number of all, whatever their value


def rows(cases: pd.DataFrame, variables: Mapping[str, Sequence[str]], town: Iterable[Mapping[str, str]], crossed: tuple[str, str]) -> list[Row]:
    """Rows of `findings_sample`. `variables`: variable -> its declared values (none: any); `town`: rows of population.csv; `crossed`: the two
    variables of which every combination has a row (`beside` holds the second).

    `n_known`: the people whose value is known and belongs to the study or the town. `n_town` is NaN where the town gives no figure, `n_base` (the
    people of the town that shares are of) where its figures are not complete; then there is neither a share nor `expected`: how many of
    `n_known` there would be at the town's shares; a purposive sample is not meant to be like that. An `n_base` without shares contradicts the values.
    """
    figures: dict[str, dict[str, Mapping[str, str]]] = {}
    for row in town:
        figures.setdefault(row["variable"], {})[row["value"]] = row
    found = []
    for name, declared in variables.items():
        if name in cases.columns:
            found += _variable(name, declared, members(cases, name), figures.pop(name, {}))
    for name, told in sorted(figures.items()):
        found += [_row(name, value, 0, told[value], UNDECLARED) for value in told]
    found += _crossed(cases, variables, *crossed)
    return [{**row, "order": order} for order, row in enumerate(found, 1)]


def _variable(name: str, declared: Sequence[str], people: Mapping[str, set[str]], told: Mapping[str, Mapping[str, str]]) -> list[Row]:
    """Every value that is declared, in the sample or in the town's figures; those without a value at the end."""
    sizes = {value: len(group) for value, group in people.items()}
    nobody_knows = sizes.pop(UNKNOWN, 0)
    spelt = {value.casefold(): value for value in (*sizes, *declared)}
    totals = {value: int(row["n"]) for value, row in told.items() if value.casefold() in TOTAL and value.casefold() not in spelt}
    nobody_counts = told.get(UNKNOWN)  # people of whom the town does not know it; no part of its shares either
    town = {spelt.get(value.casefold(), value): row for value, row in told.items() if value != UNKNOWN and value not in totals}
    values = [v for v in dict.fromkeys((*declared, *(v for v in town if v in sizes or not declared), *sorted(sizes), *town)) if v != UNKNOWN]
    if not values:
        return []
    own = {v for v in values if v in town or v in declared or not declared}
    inside = sum(n for value, n in sizes.items() if value in own)
    base, fits = _base(town, set(totals.values()), [v for v in declared if v != UNKNOWN], int(nobody_counts["n"]) if nobody_counts else 0)
    found = []
    for value in values:
        n, row = sizes.get(value, 0), town.get(value)
        state = _state(n, row, bool(declared) and value not in declared)
        found.append(_row(name, value, n, row, state, inside if value in own else 0, base, fits))
    if nobody_knows or nobody_counts:
        found.append(_row(name, UNKNOWN, nobody_knows, nobody_counts, NO_FIGURE))
    return found


def _base(town: Mapping[str, Mapping[str, str]], totals: set[int], declared: Sequence[str], unknown: int) -> tuple[float, bool]:
    """Of how many people the town's shares are, and whether its rows agree with that.

    Known from a row for all, or where every declared value has a row. Without either nobody can tell whether the town has more values than are
    listed: NaN.
    """
    listed = sum(int(row["n"]) for row in town.values())
    if totals:
        base = max(totals) - unknown
        return float(base), len(totals) == 1 and listed <= base
    return (float(listed) if declared and all(value in town for value in declared) else NAN), True


def _state(n: int, row: Mapping[str, str] | None, unheard_of: bool) -> str:
    if n:
        return PRESENT if row else NO_FIGURE
    if row is None or not int(row["n"]):
        return ABSENT
    return UNDECLARED if unheard_of else MISSING


def _row(name: str, value: str, n: int, row: Mapping[str, str] | None, state: str, inside: int = 0, base: float = NAN, fits: bool = True) -> Row:
    n_town = float(row["n"]) if row else NAN
    share = n_town / base if row and fits and base > 0 else NAN
    return {
        "variable": name, "value": value, "beside": "", "beside_value": "", "n_cases": n, "n_known": inside, "n_town": n_town, "n_base": base,
        "share_town": share, "source": row["source"] if row else "", "expected": share * inside, "state": state,
    }  # fmt: skip


def _crossed(cases: pd.DataFrame, variables: Mapping[str, Sequence[str]], first: str, second: str) -> list[Row]:
    """Every combination of two variables: how many people come from it; empty where the study lacks one of them."""
    if first == second or not {first, second} <= set(variables) or not {first, second} <= set(cases.columns):
        return []
    of, at = groups(cases, first), groups(cases, second)
    rows, columns = (
        list(dict.fromkeys((*variables[name], *sorted(v for v in set(have.values()) if known(v))))) for name, have in ((first, of), (second, at))
    )
    found = []
    for value in rows:
        for place in columns:
            n = sum(1 for case in of if of[case] == value and at[case] == place)
            more = {"beside": second, "beside_value": place}
            found.append({**_row(first, value, n, None, PRESENT if n else ABSENT), **more})
    return found
