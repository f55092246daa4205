"""Counts by code, by group, by case; always mentions and cases together, beside those who were asked; proposals always apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.effective import UNREVIEWED, uncounted
from pipeline.measures.lens import members

if TYPE_CHECKING:
    import pandas as pd


def by_code(
    codes: pd.DataFrame, mentions: pd.DataFrame, asked: Mapping[str, set[str]], suggestions: pd.DataFrame
) -> list[dict[str, Any]]:
    """One row a code, in the codebook's order, codes without any mention included.

    Only columns with `proposed` count what nobody has read; all others count what people coded or accepted.
    """
    grouped: dict[str, list[Said]] = defaultdict(list)
    for code, *said in zip(mentions["code"], *(mentions[name] for name in Said._fields), strict=True):
        grouped[code].append(Said(*said))
    hinted = Counter(uncounted(suggestions)["code"])
    return [
        of_code(order, code, grouped.get(code, []), asked.get(code, set()), hinted[code])
        for order, code in zip(codes["order"], codes["code"], strict=True)
    ]  # fmt: skip


class Said(NamedTuple):
    """What figures of a category look at in a mention."""

    case: str
    prompt: str
    about: str
    basis: str
    unasked: str


def of_code(order: int, code: str, said: Sequence[Said], n_asked: Set[str], hinted: int) -> dict[str, Any]:
    """The row of one code: of all its mentions, the cases that were asked for it, and how many hits do not count."""
    data, more = [m for m in said if m.basis != UNREVIEWED], [m for m in said if m.basis == UNREVIEWED]
    by_case = Counter(m.case for m in data)
    return {
        "order": order, "code": code, "n_mentions": len(data), "n_cases": len(by_case), "n_asked": len(n_asked),
        "n_cases_asked": len(set(by_case) & n_asked), "n_spontaneous": sum(m.prompt == "spontaneous" for m in data),
        "n_leading": sum(m.prompt == "leading" for m in data), "n_about_self": _about(data, "self", "own group"),
        "n_about_others": _about(data, "other group", "institution"), "n_proposed": len(more),
        "n_cases_proposed": len({m.case for m in more}),
        "n_spontaneous_proposed": sum(m.prompt == "spontaneous" and m.unasked == "yes" for m in more),
        "n_about_self_proposed": _about(more, "self", "own group"), "n_about_others_proposed": _about(more, "other group", "institution"),
        "n_suggested": hinted, "largest_case_share": max(by_case.values()) / len(data) if data else float("nan"),
    }  # fmt: skip


def _about(said: Iterable[Said], *wanted: str) -> int:
    """Mentions that speak of one of these (a mention of several sentences may speak of more than one)."""
    number = Counter(m.about for m in said)
    return sum(n for value, n in number.items() if not set(value.split("+")).isdisjoint(wanted))


def by_group(
    cases: pd.DataFrame, mentions: pd.DataFrame, asked: Mapping[str, set[str]], variables: Iterable[str]
) -> list[dict[str, Any]]:
    """Code x value of every grouping variable x basis; a person who appears twice counts once; values nobody has do not appear."""
    rows = []
    for variable in variables:
        if variable not in cases.columns:
            continue
        for value, group in members(cases, variable).items():
            said = mentions[mentions["case"].isin(group)]
            for (code, basis), data in said.groupby(["code", "basis"]):
                rows.append(
                    {
                        "variable": variable, "value": value, "code": code, "basis": basis, "n_mentions": len(data), "n_cases": data["case"].nunique(),
                        "n_asked": len(asked.get(str(code), set()) & group), "n_group": len(group),
                    }
                )  # fmt: skip
    return rows


def by_case(mentions: pd.DataFrame, asked: Mapping[str, set[str]]) -> list[dict[str, Any]]:
    return [
        {"case": case, "code": code, "basis": basis, "n_mentions": len(data), "n_asked": int(case in asked.get(str(code), set()))}
        for (case, code, basis), data in mentions.groupby(["case", "code", "basis"])
    ]


def together(counting: pd.DataFrame) -> list[dict[str, Any]]:
    """Pairs of codes on the same sentence, in the same turn, and in how many cases, as people coded them; pairs in alphabetical order.

    `n_proposed`: further turns that hold the pair only with the help of proposals.
    """
    read = _pairs(counting[counting["basis"] != UNREVIEWED])
    every = _pairs(counting)
    return [
        {
            "code_a": a, "code_b": b, "n_segments": read.segments[a, b], "n_turns": read.turns[a, b], "n_cases": len(read.cases[a, b]),
            "n_proposed": n - read.turns[a, b],
        }
        for (a, b), n in every.turns.items()
    ]  # fmt: skip


class _Pairs(NamedTuple):
    segments: Counter[tuple[str, str]]
    turns: Counter[tuple[str, str]]
    cases: dict[tuple[str, str], set[str]]


def _pairs(counting: pd.DataFrame) -> _Pairs:
    found = _Pairs(Counter(), Counter(), defaultdict(set))
    by_passage: dict[tuple[str, int, int, int], set[str]] = defaultdict(set)
    by_turn: dict[tuple[str, int], set[str]] = defaultdict(set)
    case_of: dict[tuple[str, int], str] = {}
    columns = (counting[name] for name in ("doc", "turn", "start", "end", "code", "case"))
    for doc, turn, start, end, code, case in zip(*columns, strict=True):
        by_passage[doc, turn, start, end].add(code)
        by_turn[doc, turn].add(code)
        case_of.setdefault((doc, turn), case)
    for codes in by_passage.values():
        found.segments.update(combinations(sorted(codes), 2))
    for key, codes in by_turn.items():
        pairs = list(combinations(sorted(codes), 2))
        found.turns.update(pairs)
        for pair in pairs:
            found.cases[pair].add(case_of[key])
    return found


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
