"""Mentions: maximal runs of neighbouring sentences of one turn that bear the same code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.effective import REVIEWED, UNREVIEWED, by_question
from pipeline.measures.lens import identity
from pipeline.tables import rows_of

if TYPE_CHECKING:
    import pandas as pd


def ancestors(codes: pd.DataFrame) -> dict[str, list[str]]:
    """Code -> itself and every code above it: what is said of the child is said of the parent, where the parent lets it."""
    parent = dict(zip(codes["code"], codes["parent"], strict=True))
    closed = {code for code, through in zip(codes["code"], codes["through"], strict=True) if through == "no"}
    lines: dict[str, list[str]] = {}
    for code in parent:
        line, at = [], code
        while at and at not in line:
            line.append(at)
            at = parent.get(at, "")
            at = "" if at in closed else at
        lines[code] = line
    return lines


def mentions(counting: pd.DataFrame, segments: pd.DataFrame, codes: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of `findings_mentions` for every code, parents included, from codings that count.

    A coding that runs over several sentences touches all of them; a mention's span reaches from its first sentence's
    to its last sentence's border. What people decided and what is only proposed never join: where a sentence bears a code by both,
    the proposal drops out, so that every mention is either reviewed or proposed.
    """
    return joined(rows_of(counting), _sentences(segments), ancestors(codes))


def joined(counting: Iterable[Any], spans: Mapping[tuple[str, int], list[tuple[int, int]]], lines: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """As `mentions`, of rows with the columns as attributes; `spans`: borders of every turn's sentences; `lines`: codes that a code stands for."""
    touched: dict[tuple[str, int, str], dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in counting:
        for number, (start, end) in enumerate(spans.get((row.doc, row.turn), [])):
            if row.start < end and start < row.end:
                for code in lines.get(row.code, [row.code]):
                    touched[row.doc, row.turn, code][number].append(row)
    found = []
    for (doc, turn, code), by_number in touched.items():
        read = {n: own for n, rows in by_number.items() if (own := [r for r in rows if r.basis == REVIEWED])}
        place = spans[doc, turn]
        for part in (read, {n: rows for n, rows in by_number.items() if n not in read}):
            for run in runs(part):
                rows = list({r.coding: r for n in run for r in part[n]}.values())
                found.append(_mention(doc, turn, code, place[run[0]][0], place[run[-1]][1], rows))
    return found


def _sentences(segments: pd.DataFrame) -> dict[tuple[str, int], list[tuple[int, int]]]:
    spans: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    ordered = segments.sort_values(["doc", "turn", "start"])
    for doc, turn, start, end in zip(*(ordered[name].tolist() for name in ("doc", "turn", "start", "end")), strict=True):
        spans[doc, turn].append((start, end))
    return spans


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Maximal runs of neighbouring whole numbers.

    >>> runs([5, 1, 2, 7, 6])
    [[1, 2], [5, 6, 7]]
    """
    ordered = sorted(set(numbers))
    return [[n for _, n in group] for _, group in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])]


def _mention(doc: str, turn: int, code: str, start: int, end: int, rows: list[Any]) -> dict[str, Any]:
    rows = sorted(rows, key=lambda r: (not by_question(r.basis, r.coder, r.unasked), r.start, r.coder, r.coding))
    first = rows[0]
    sure = [r.score for r in rows if r.coder == "model" and r.score == r.score]
    return {
        "mention": "m" + identity(doc, turn, start, end, code), "doc": doc, "turn": turn, "start": start, "end": end, "code": code, "case": first.case,
        "question": first.question, "prompt": first.prompt, "stance": _joined(s for r in rows for s in r.stance.split("+")),
        "about": _joined(r.about for r in rows),
        "basis": REVIEWED if first.basis == REVIEWED else UNREVIEWED, "score": max(sure, default=float("nan")),
        "unasked": "yes" if by_question(first.basis, first.coder, first.unasked) else "no", "coder": _joined(r.coder for r in rows),
        "rule": "\n".join(sorted({r.rule for r in rows if r.rule})), "matched": " | ".join(sorted({r.matched for r in rows if r.matched})),
        "evidence": "\n".join(sorted({r.evidence for r in rows if r.evidence})), "cue": "\n".join(sorted({r.cue for r in rows if r.cue})),
        "codings": "+".join(sorted(r.coding for r in rows)),
    }  # fmt: skip


def _joined(words: Iterable[str]) -> str:
    return "+".join(sorted({w for w in words if w}))


def asked_about(
    cases: pd.DataFrame, questions: pd.DataFrame, expected: Mapping[str, set[str]], codes: pd.DataFrame
) -> dict[str, set[str]]:
    """Code -> cases that were asked a question of the guide that expects it (or one of its children).

    In a workshop all who took part count as asked.
    """
    present: dict[str, set[str]] = defaultdict(set)
    for doc, case in zip(cases["doc"], cases["case"], strict=True):
        present[doc].add(case)
    lines = ancestors(codes)
    result: dict[str, set[str]] = {code: set() for code in lines}
    asked = questions[questions["kind"].isin(["asked", "probe"]) & (questions["question"] != "")]
    for doc, question in sorted(set(zip(asked["doc"], asked["question"], strict=True))):
        for code in expected.get(question, set()):
            for name in lines.get(code, []):
                result[name] |= present[doc]
    return result
