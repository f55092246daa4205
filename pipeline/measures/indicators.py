"""The sheet of indicators: what could be watched, with a source that people name; what interviews say of it is context and no measurement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import identity
from pipeline.measures.wishes import both, entries

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
FAMILIES = ("needs", "wishes", "welcome", "unwelcome", "reasons")
OPEN = "offen"  # the source that nobody has named yet
BLANK: Row = {
    "order": 0, "family": "", "code": "", "label": "", "source": OPEN, "value": "", "date": "", "direction": "", "responsible": "", "note": "", "doubts": "", "gone": "",
    "n_mentions": 0, "n_cases": 0, "n_asked": 0, "n_cases_asked": 0, "n_proposed": 0, "n_cases_proposed": 0,
}  # fmt: skip
_COUNTED = ("n_mentions", "n_cases", "n_asked", "n_cases_asked", "n_proposed", "n_cases_proposed")
_WITHIN = ("interview", "nennung", "transkript", "codierung", "befragung dieser studie", "gespräche dieser studie")


def key(code: str) -> str:
    """The stable id of a code's row; what people wrote is kept under it."""
    return "i" + identity(code)


def told(codes: Iterable[str], mentions: pd.DataFrame, asked: Mapping[str, set[str]]) -> dict[str, Row]:
    """Code -> what the interviews say of it: figures of what is read, proposals apart."""
    of_code = dict(iter(mentions.groupby("code")))
    return {code: both(of_code.get(code, mentions.iloc[:0]), asked.get(code, set())) for code in codes}


def proposed(
    families: Mapping[str, set[str]], codes: pd.DataFrame, mentions: pd.DataFrame, asked: Mapping[str, set[str]], kept: Iterable[str]
) -> list[Row]:
    """Rows to start from, family by family, each in the codebook's order; a code stands in the first of its families.

    A code is proposed where at least two people say it, or one and the guide asks about it, as people read. As long as nothing of these
    families is read at all, proposals of at least two people take that place. Rows that people have written in (`kept`: their keys) stay.
    """
    label = dict(zip(codes["code"], codes["label"], strict=True))
    wanted = {family: entries(codes, families.get(family, ()), mentions) for family in FAMILIES}
    figures = told({code for found in wanted.values() for code in found}, mentions, asked)
    unread = not any(row["n_mentions"] for row in figures.values())
    keep, seen, rows = set(kept), set(), []
    for family, found in wanted.items():
        for code in found:
            if code not in seen and (_enough(figures[code], unread) or key(code) in keep):
                rows.append({**BLANK, "indicator": key(code), "family": family, "code": code, "label": f"Zu: {label[code]}"})
            seen.add(code)
    return rows


def _enough(row: Row, unread: bool) -> bool:
    if unread:
        return bool(row["n_cases_proposed"] >= 2)
    return bool(row["n_cases"] >= 2 or (row["n_cases"] and row["n_asked"]))


def finished(
    laid: Sequence[Mapping[str, Any]], codes: pd.DataFrame, mentions: pd.DataFrame, asked: Mapping[str, set[str]], nearest: Callable[[str], str]
) -> list[Row]:
    """Rows of `findings_indicators` after people's words are laid over: figures of the category that each row now names, and its doubts.

    `nearest`: a hint for a category that the codebook does not have; the row stays all the same.
    """
    known = set(codes["code"])
    figures = told({row["code"] for row in laid if row.get("code", "") in known}, mentions, asked)
    rows = []
    for order, given in enumerate(laid, 1):
        row = {**BLANK, **given, "order": order}
        if not row["source"] and "source" not in row["edited"].split("+"):
            row["source"] = OPEN
        row.update(figures.get(row["code"], dict.fromkeys(_COUNTED, 0)))
        rows.append({**row, "doubts": "\n".join(doubts(row, known, nearest))})
    return rows


def doubts(row: Mapping[str, Any], known: set[str], nearest: Callable[[str], str]) -> list[str]:
    """What keeps a row from being watched: an unknown category, a value that nobody can check, interviews as their own source.

    >>> doubts({"code": "", "source": "offen", "value": "12", "date": ""}, set(), lambda code: "")
    ['Ein Wert ohne Quelle lässt sich nicht prüfen.', 'Zum Wert fehlt der Stand (Datum).']
    >>> doubts({"code": "X", "source": "Schulstatistik", "value": "", "date": ""}, {"X"}, lambda code: "")
    []
    """
    found = []
    if row["code"] and row["code"] not in known:
        found.append(f"Die Kategorie »{row['code']}« steht nicht im Codebuch. {nearest(row['code'])}".strip())
    told = row["value"] not in ("", OPEN)
    if told and row["source"] in ("", OPEN):
        found.append("Ein Wert ohne Quelle lässt sich nicht prüfen.")
    if told and row["date"] in ("", OPEN):
        found.append("Zum Wert fehlt der Stand (Datum).")
    if any(word in row["source"].casefold() for word in _WITHIN):
        found.append("Als Quelle sind die Interviews genannt: Mehr Nennungen in einer anderen Auswahl wären keine Veränderung der Stadt.")
    return found
