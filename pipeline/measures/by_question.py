"""Question by question: who was asked, who answered and how long, which categories the answers hold, and the grid of questions and cases."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import BASES, PROPOSED, REVIEWED, below, single
from pipeline.tables import NEVER

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
NAN = float("nan")
TOP = 3  # categories named in a cell of the grid


def by_question(mentions: pd.DataFrame) -> pd.DataFrame:
    """Mentions that may be told by question: what people read, and proposals that do not rest on the question itself."""
    return mentions[(mentions["question"] != "") & ((mentions["basis"] == REVIEWED) | (mentions["unasked"] == "yes"))]


def answers(guide: Sequence[str], coverage: pd.DataFrame, questions: pd.DataFrame, turns: pd.DataFrame) -> list[Row]:
    """Rows of `findings_answers`. Words: quartiles over those who answered; `n_silent`: asked (all who took part in a round), and said nothing;
    `n_leading`: wordings that suggest an answer."""
    spoken = {(doc, turn) for doc, turn, role in zip(turns["doc"], turns["turn"], turns["role"], strict=True) if role == "interviewer"}
    put = questions[questions["kind"].isin(["asked", "probe"]) & (questions["leading"] == "yes")]
    leading: dict[str, int] = defaultdict(int)
    for doc, turn, question in zip(put["doc"], put["turn"], put["question"], strict=True):
        leading[question] += (doc, turn) in spoken
    found = []
    for order, question in enumerate(guide, 1):
        cells = [c for c in coverage.itertuples() if c.question == question]
        asked = [c for c in cells if c.asked]
        words = [int(c.words) for c in asked if c.status == "asked" and c.words]
        low, middle, high = quartiles(words)
        found.append(
            {
                "question": question, "order": order, "n_cases": len(cells), "n_asked": len(asked), "n_answered": len(words),
                "n_evaded": sum(c.status == "evaded" for c in asked), "n_refused": sum(c.status == "refused" for c in asked),
                "n_silent": sum(c.status == "asked" and not c.words for c in asked), "n_leading": leading[question],
                "words_low": low, "words": middle, "words_high": high,
            }
        )  # fmt: skip
    return found


def quartiles(values: Sequence[int]) -> tuple[float, float, float]:
    """
    >>> quartiles([10, 20, 30, 40, 50]), quartiles([7]), quartiles([])[0] != quartiles([])[0]
    ((20.0, 30.0, 40.0), (7.0, 7.0, 7.0), True)
    """
    if len(values) < 2:
        return (float(values[0]),) * 3 if values else (NAN, NAN, NAN)
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return float(low), float(middle), float(high)


def answer_codes(
    guide: Sequence[str], expected: Mapping[str, set[str]], coverage: pd.DataFrame, told: pd.DataFrame, codes: pd.DataFrame
) -> list[Row]:
    """Rows of `findings_answer_codes`, each category by itself; `told`: mentions that may be told by question. `n_asked`: who was asked this question."""
    asked = {question: int(n) for question, n in coverage.groupby("question")["asked"].sum().items()}
    coded = told[told["code"].isin(set(codes.loc[codes["coded"] == "yes", "code"]))]
    found = []
    for question in guide:
        wanted = below(codes, expected.get(question, set()))
        mine = coded[coded["question"] == question]
        for (code, basis), data in mine.groupby(["code", "basis"]):
            found.append(
                {
                    "question": question, "code": code, "basis": basis, "expected": "yes" if code in wanted else "no", "n_mentions": len(data),
                    "n_cases": data["case"].nunique(), "n_asked": asked.get(question, 0),
                }
            )  # fmt: skip
    return found


def grid(
    guide: Sequence[str], expected: Mapping[str, set[str]], coverage: pd.DataFrame, told: pd.DataFrame, quotes: pd.DataFrame, codes: pd.DataFrame
) -> list[Row]:
    """Rows of `findings_grid`: every question and case; the categories with most mentions first (none for what was said of one below it),
    and the best quote: a read one before others, then one that answers what the question asks about."""
    place = {code: n for n, code in enumerate(codes["code"])}
    kept = quotes[quotes["pinned"] != NEVER]
    rank = {mention: int(n) for mention, n in zip(kept["mention"], kept["rank"], strict=True)}
    cells: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for basis in BASES:
        for row in single(told[told["basis"] == basis], place, codes).itertuples():
            cells[row.question, row.case].append(row)
    wanted = {question: below(codes, expected.get(question, set())) for question in guide}
    found = []
    for cell in coverage.itertuples():
        if cell.question not in wanted:
            continue
        own = cells[cell.question, cell.case]
        fit = wanted[cell.question]
        order = sorted(own, key=lambda m: (m.basis != REVIEWED, m.code not in fit, rank.get(m.mention, 0), place.get(m.code, 0), m.mention))
        best = next((m for m in order if m.mention in rank), None)
        found.append(
            {
                "question": cell.question, "case": cell.case, "status": cell.status, "words": cell.words, "codes": _most(own, REVIEWED, place),
                "proposed": _most(own, PROPOSED, place), "mention": best.mention if best is not None else "",
            }
        )  # fmt: skip
    return found


def _most(rows: Iterable[Any], basis: str, place: Mapping[str, int]) -> str:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.basis == basis:
            counts[row.code] += 1
    return "+".join(sorted(counts, key=lambda code: (-counts[code], place.get(code, len(place)), code))[:TOP])
