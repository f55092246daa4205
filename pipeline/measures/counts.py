"""Counts by code, by group, by case; always mentions and cases together, beside those who were asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def by_code(
    codes: pd.DataFrame, mentions: pd.DataFrame, asked: Mapping[str, set[str]], suggestions: pd.DataFrame
) -> list[dict[str, Any]]:
    """One row a code, in the codebook's order, codes without any mention included."""
    grouped = dict(iter(mentions.groupby("code")))
    hinted = Counter(suggestions["code"])
    rows = []
    for order, code in zip(codes["order"], codes["code"], strict=True):
        data = grouped.get(code, mentions.iloc[:0])
        by_case = Counter(data["case"])
        n_asked = asked.get(code, set())
        rows.append(
            {
                "order": order, "code": code, "n_mentions": len(data), "n_cases": len(by_case), "n_asked": len(n_asked),
                "n_cases_asked": len(set(by_case) & n_asked), "n_spontaneous": int((data["prompt"] == "spontaneous").sum()),
                "n_leading": int((data["prompt"] == "leading").sum()), "n_about_self": _about(data, "self", "own group"),
                "n_about_others": _about(data, "other group", "institution"), "n_reviewed": int((data["basis"] == "reviewed").sum()),
                "n_suggested": hinted[code], "largest_case_share": max(by_case.values()) / len(data) if len(data) else float("nan"),
            }
        )  # fmt: skip
    return rows


def _about(mentions: pd.DataFrame, *wanted: str) -> int:
    """Mentions that speak of one of these (a mention of several sentences may speak of more than one)."""
    return sum(not set(value.split("+")).isdisjoint(wanted) for value in mentions["about"])


def by_group(
    cases: pd.DataFrame, mentions: pd.DataFrame, asked: Mapping[str, set[str]], variables: Iterable[str]
) -> list[dict[str, Any]]:
    """Code x value of every grouping variable; a person who appears twice counts once; values nobody has do not appear."""
    rows = []
    for variable in variables:
        if variable not in cases.columns:
            continue
        people: dict[str, set[str]] = defaultdict(set)
        for case, value in zip(cases["case"], cases[variable], strict=True):
            people[value or "unbekannt"].add(case)
        for value, group in sorted(people.items()):
            said = mentions[mentions["case"].isin(group)]
            for code, data in said.groupby("code"):
                rows.append(
                    {
                        "variable": variable, "value": value, "code": code, "n_mentions": len(data), "n_cases": data["case"].nunique(),
                        "n_asked": len(asked.get(str(code), set()) & group), "n_group": len(group),
                    }
                )  # fmt: skip
    return rows


def by_case(mentions: pd.DataFrame, asked: Mapping[str, set[str]]) -> list[dict[str, Any]]:
    return [
        {"case": case, "code": code, "n_mentions": len(data), "n_asked": int(case in asked.get(str(code), set()))}
        for (case, code), data in mentions.groupby(["case", "code"])
    ]


def together(counting: pd.DataFrame) -> list[dict[str, Any]]:
    """Pairs of codes on the same sentence, in the same turn, and in how many cases; pairs in alphabetical order."""
    segments: Counter[tuple[str, str]] = Counter()
    turns: Counter[tuple[str, str]] = Counter()
    cases: dict[tuple[str, str], set[str]] = defaultdict(set)
    by_passage: dict[tuple[str, int, int, int], set[str]] = defaultdict(set)
    by_turn: dict[tuple[str, int], set[str]] = defaultdict(set)
    case_of: dict[tuple[str, int], str] = {}
    columns = (counting[name] for name in ("doc", "turn", "start", "end", "code", "case"))
    for doc, turn, start, end, code, case in zip(*columns, strict=True):
        by_passage[doc, turn, start, end].add(code)
        by_turn[doc, turn].add(code)
        case_of.setdefault((doc, turn), case)
    for codes in by_passage.values():
        segments.update(combinations(sorted(codes), 2))
    for key, codes in by_turn.items():
        pairs = list(combinations(sorted(codes), 2))
        turns.update(pairs)
        for pair in pairs:
            cases[pair].add(case_of[key])
    return [
        {"code_a": a, "code_b": b, "n_segments": segments[a, b], "n_turns": n, "n_cases": len(cases[a, b])}
        for (a, b), n in turns.items()
    ]


# Words of an answer from which on it makes up for a question that was evaded or refused before: a question back is
# soon made good, while a few words to a later probe do not mend a refusal.
_AFTER_EVASION, _AFTER_REFUSAL = 3, 12


def coverage(
    cases: pd.DataFrame, turns: pd.DataFrame, questions: pd.DataFrame, guide: Iterable[str]
) -> list[dict[str, Any]]:
    """Question x case: whether it was put, how much the case then said, and whether that was an answer.

    `status`: asked, not asked, evaded, refused. In a workshop all who took part count as asked.
    """
    docs: dict[str, set[str]] = defaultdict(set)
    for case, doc in zip(cases["case"], cases["doc"], strict=True):
        docs[case].add(doc)
    posed = questions[questions["kind"].isin(["asked", "probe"])]
    asked = set(zip(posed["doc"], posed["question"], strict=True))
    answers = turns.merge(questions[["doc", "turn", "question", "answer"]], on=["doc", "turn"])
    answers = answers[answers["case"] != ""]
    words: Counter[tuple[str, str]] = Counter()
    number: Counter[tuple[str, str]] = Counter()
    told: Counter[tuple[str, str]] = Counter()
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    columns = (answers[name] for name in ("case", "question", "text", "answer"))
    for case, question, text, kind in zip(*columns, strict=True):
        length = len(text.split())
        words[case, question] += length
        number[case, question] += 1
        told[case, question] += length if kind == "answered" else 0
        kinds[case, question].add(kind)
    return [
        {
            "question": question, "case": case, "status": _status(put, kinds[case, question], told[case, question]),
            "asked": int(put), "words": words[case, question], "turns": number[case, question],
        }
        for question in guide
        for case in sorted(docs)
        for put in [any((doc, question) in asked for doc in docs[case])]
    ]  # fmt: skip


def _status(put: bool, kinds: set[str], told: int) -> str:
    if not put:
        return "not asked"
    if "refused" in kinds and told < _AFTER_REFUSAL:
        return "refused"
    return "evaded" if "evaded" in kinds and told < _AFTER_EVASION else "asked"
