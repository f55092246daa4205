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
                "n_leading": int((data["prompt"] == "leading").sum()), "n_reviewed": int((data["basis"] == "reviewed").sum()),
                "n_suggested": hinted[code], "largest_case_share": max(by_case.values()) / len(data) if len(data) else float("nan"),
            }
        )  # fmt: skip
    return rows


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
    for _, data in counting.groupby(["doc", "turn", "start", "end"]):
        segments.update(combinations(sorted(set(data["code"])), 2))
    for (_, _), data in counting.groupby(["doc", "turn"]):
        pairs = list(combinations(sorted(set(data["code"])), 2))
        turns.update(pairs)
        for pair in pairs:
            cases[pair].add(data["case"].iloc[0])
    return [
        {"code_a": a, "code_b": b, "n_segments": segments[a, b], "n_turns": n, "n_cases": len(cases[a, b])}
        for (a, b), n in turns.items()
    ]


def coverage(
    cases: pd.DataFrame, turns: pd.DataFrame, questions: pd.DataFrame, guide: Iterable[str]
) -> list[dict[str, Any]]:
    """Question x case: whether it was put, and how much the case then said."""
    docs: dict[str, set[str]] = defaultdict(set)
    for case, doc in zip(cases["case"], cases["doc"], strict=True):
        docs[case].add(doc)
    put = questions[questions["kind"].isin(["asked", "probe"])]
    asked = set(zip(put["doc"], put["question"], strict=True))
    answers = turns.merge(questions[["doc", "turn", "question"]], on=["doc", "turn"])
    answers = answers[answers["case"] != ""]
    words: Counter[tuple[str, str]] = Counter()
    number: Counter[tuple[str, str]] = Counter()
    for case, question, text in zip(answers["case"], answers["question"], answers["text"], strict=True):
        words[case, question] += len(text.split())
        number[case, question] += 1
    return [
        {
            "question": question, "case": case, "asked": int(any((doc, question) in asked for doc in docs[case])),
            "words": words[case, question], "turns": number[case, question],
        }
        for question in guide
        for case in sorted(docs)
    ]  # fmt: skip
