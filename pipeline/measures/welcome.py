"""Welcome and living together, person by person: what they report of themselves, what they tell of others, what they were not asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import BASES, OTHERS, asked_any, single

if TYPE_CHECKING:
    import pandas as pd

# Theme -> (families of what is good, of what is not).
THEMES = {"welcome": (("welcome",), ("unwelcome",)), "together": (("together",), ("conflict",))}
OWN_ONLY = ("welcome",)  # whether somebody is welcome, only they themselves can say; how people live together, everybody sees
EXPERIENCED, DENIED, MIXED, TOLD, NONE, NOT_ASKED = "experienced", "denied", "mixed", "told", "none", "not asked"
_FIRST = re.compile(r"\b(?:ich|isch|ick|mich|mir|wir|uns|mein\w{0,2}|unser\w{0,2})\b", re.IGNORECASE)


def families_of(theme: str, families: Mapping[str, set[str]]) -> tuple[set[str], set[str]]:
    """Codes of what is good and of what is not, in a theme."""
    good, bad = (set[str]().union(*(families.get(name, set()) for name in side)) for side in THEMES[theme])
    return good, bad


def rows(
    mentions: pd.DataFrame, turns: pd.DataFrame, cases: pd.DataFrame, codes: pd.DataFrame, families: Mapping[str, set[str]], asked: Mapping[str, set[str]],
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_welcome`: theme x case x basis. `good_others`, `bad_others`: those of `good`, `bad` that are told of others."""
    people = sorted(set(cases["case"]) - {""})
    official = {(doc, case) for doc, case, voice in zip(cases["doc"], cases["case"], cases["voice"], strict=True) if voice == "official"}
    text = dict(zip(zip(turns["doc"], turns["turn"], strict=True), turns["text"], strict=True))
    found = []
    for theme in THEMES:
        sides = families_of(theme, families)
        if not any(sides):
            continue
        put = asked_any(asked, set().union(*sides))
        counts = [_counts(single(mentions, side, codes), text, official) for side in sides]
        for case in people:
            for basis in BASES:
                (good, good_others), (bad, bad_others) = (side.get((case, basis), (0, 0)) for side in counts)
                own = (good - good_others, bad - bad_others) if theme in OWN_ONLY else (good, bad)
                found.append(
                    {
                        "theme": theme, "case": case, "basis": basis, "good": good, "bad": bad, "good_others": good_others, "bad_others": bad_others,
                        "asked": int(case in put), "experience": experience(*own, good + bad, case in put),
                    }
                )  # fmt: skip
    return found


def experience(good: int, bad: int, told: int, asked: bool) -> str:
    """
    >>> experience(1, 0, 1, True), experience(2, 1, 3, True), experience(0, 0, 1, False), experience(0, 0, 0, True), experience(0, 0, 0, False)
    ('experienced', 'mixed', 'told', 'none', 'not asked')
    """
    if good or bad:
        return MIXED if good and bad else EXPERIENCED if good else DENIED
    return TOLD if told else NONE if asked else NOT_ASKED


def _counts(rows: pd.DataFrame, text: Mapping[tuple[str, int], str], official: set[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int]]:
    """(case, basis) -> mentions, and those of them that are told of others."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for m in rows.itertuples():
        n, others = found.get((m.case, m.basis), (0, 0))
        words = text.get((m.doc, m.turn), "")[m.start : m.end]
        found[m.case, m.basis] = n + 1, others + of_others(m.about, words, (m.doc, m.case) in official)
    return found


def of_others(about: str, words: str, official: bool) -> bool:
    """Whether a passage tells of others alone. Who says »ich« or »mir« has a part in it, unless they speak for an office: then it is what
    the office did or saw.

    >>> of_others("other group", "Da fragt die Frau mich, ob ich etwas gelernt habe.", False)
    False
    >>> of_others("other group", "Das fand ich hart, wir hatten sie um Tee gebeten.", True), of_others("", "Man grüßt.", False)
    (True, False)
    """
    named = set(about.split("+")) - {""}
    return bool(named) and named <= OTHERS and (official or not _FIRST.search(words))
