"""How the people asked were reached, in which language, how they were asked and by whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pipeline.measures.disclosure import UNKNOWN

if TYPE_CHECKING:
    import pandas as pd

PARTS = ("access", "language", "interviewer")
MODE = "mode"  # of conversations; a person in two of them counts in both


def short(value: str) -> str:
    """What stands in brackets tells more of a person than of a sample.

    >>> short("Deutsch (Zweitsprache, B1)"), short(" "), short("(Ehefrau dabei)")
    ('Deutsch', 'unbekannt', 'unbekannt')
    """
    return value.split("(")[0].strip(" ,;") or UNKNOWN


def rows(documents: pd.DataFrame, cases: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of `findings_access`: people and conversations by way of access, language, interviewer and kind of conversation."""
    mode = {doc: value for doc, value, status in zip(documents["doc"], documents["mode"], documents["status"], strict=True) if status == "ok"}
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    docs: dict[tuple[str, str], set[str]] = defaultdict(set)
    unknown: list[tuple[str, str, str]] = []
    for row in cases.to_dict("records"):
        told = {**{part: short(row[part]) for part in PARTS}, MODE: mode.get(row["doc"], "") or UNKNOWN}
        for part, value in told.items():
            people[part, value].add(row["case"])
            if value == UNKNOWN and part != MODE:
                unknown.append((part, row["case"], row["doc"]))
            else:
                docs[part, value].add(row["doc"])
    # Somebody of whom one row knows the way is not unknown because another row does not say it again.
    for part in PARTS:
        said = set().union(*(group for (p, value), group in people.items() if p == part and value != UNKNOWN))
        if (part, UNKNOWN) in people:
            people[part, UNKNOWN] -= said
    for part, case, doc in unknown:
        if case in people[part, UNKNOWN]:
            docs[part, UNKNOWN].add(doc)
    return [{"part": part, "value": value, "n_cases": len(group), "n_docs": len(docs[part, value])} for (part, value), group in people.items() if group]
