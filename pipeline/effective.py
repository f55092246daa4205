"""The one place that says which codings count. Measures, report, exports and agreement ask only here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.tables import MACHINES

if TYPE_CHECKING:
    import pandas as pd

REVIEWED, UNREVIEWED = "reviewed", "proposed"
NOT_GIVEN = "gelesen und nicht vergeben"  # how the reason of a proposal begins that people read and did not give
_ORDER = {"model": 0, "llm": 1, "rule": 2}  # of machines' rows for the same code on the same passage the first stays


def effective(codings: pd.DataFrame, reviewed_only: bool = False) -> pd.DataFrame:
    """Codings that count, with the column `basis`: `reviewed` where a person decided, else `proposed`.

    `reviewed_only`: only what people coded or accepted (the study's setting report.counts). Human over model over language model
    over rule, and accepted over proposed: of rows for the same code that overlap, the lower ones are evidence and drop out.
    Rejected rows never count, nor does a machine's row in mere assent to a leading question.
    """
    agreed = (codings["prompt"] == "assent") & (codings["status"] == "proposed") & codings["coder"].isin(MACHINES)
    rows = codings[(codings["status"] != "rejected") & ~agreed].copy()
    if reviewed_only:
        rows = rows[rows["status"] != "proposed"]
    ranks = [_rank(coder, status) for coder, status in zip(rows["coder"], rows["status"], strict=True)]
    places = list(zip(rows["doc"], rows["turn"], rows["code"], rows["start"], rows["end"], strict=True))
    rows = rows.iloc[_foremost(places, ranks)].copy()
    rows["basis"] = [UNREVIEWED if status == "proposed" else REVIEWED for status in rows["status"]]
    return rows.reset_index(drop=True)


def counting(rows: Iterable[Mapping[str, Any]], reviewed_only: bool = False) -> list[dict[str, Any]]:
    """As `effective`, of rows that are no frame yet."""
    found = [
        row for row in rows
        if row["status"] != "rejected" and not (row["status"] == "proposed" and (reviewed_only or (row["prompt"] == "assent" and row["coder"] in MACHINES)))
    ]  # fmt: skip
    keep = _foremost([(r["doc"], r["turn"], r["code"], r["start"], r["end"]) for r in found], [_rank(r["coder"], r["status"]) for r in found])
    return [{**found[n], "basis": UNREVIEWED if found[n]["status"] == "proposed" else REVIEWED} for n in keep]


def _foremost(places: Sequence[tuple[str, int, str, int, int]], ranks: Sequence[int]) -> list[int]:
    """Numbers of the rows (interview, turn, code, start, end) that no overlapping row of a lower rank for the same code puts aside."""
    taken: dict[tuple[str, int, str], list[tuple[int, int, int]]] = {}
    keep = []
    for number in sorted(range(len(places)), key=lambda n: ranks[n]):
        doc, turn, code, start, end = places[number]
        own = taken.setdefault((doc, turn, code), [])
        if not any(rank < ranks[number] and a < end and start < b for rank, a, b in own):
            own.append((ranks[number], start, end))
            keep.append(number)
    return sorted(keep)


def _rank(coder: str, status: str) -> int:
    """0 for people, then accepted rows of machines, then proposed ones.

    >>> _rank("mk", "accepted"), _rank("rule", "accepted") < _rank("model", "proposed") < _rank("rule", "proposed")
    (0, True)
    """
    if coder not in MACHINES:
        return 0
    return 1 + _ORDER[coder] + (len(_ORDER) if status == "proposed" else 0)


def by_question(basis: str, coder: str, unasked: str) -> bool:
    """Whether a coding may count where figures are told by question, as "von sich aus" or "auf Nachfrage".

    The model reads the question as well; what it proposes only because of the question says nothing of questions.

    >>> by_question("reviewed", "model", "no"), by_question("proposed", "model", "no"), by_question("proposed", "rule", "")
    (True, False, True)
    """
    return basis == REVIEWED or coder == "rule" or unasked == "yes"


def uncounted(suggestions: pd.DataFrame) -> pd.DataFrame:
    """Hits that do not count: a rule's, and what people read and did not give; not the model's next best codes of every sentence."""
    return suggestions[(suggestions["coder"] != "model") | suggestions["reason"].str.startswith(NOT_GIVEN)]
