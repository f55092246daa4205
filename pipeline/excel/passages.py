"""Sheets whose rows are passages: with their words, except where their speaker may not be quoted, or people decided never to show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.language import _
from pipeline.tables import NEVER, pinned_at, quotable
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN

if TYPE_CHECKING:
    import pandas as pd

_REPEATING = ("matched", "evidence", "cue", "rule")  # columns that could repeat the words of a passage


def passages(shown: dict[str, pd.DataFrame], tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Of the sheets `shown`: mentions, codings, what does not count, stories, each with a column of words. `tables`: all of the run."""
    texts, free = _turns(tables)
    banned = pinned_at(tables["quote_decisions"], NEVER)
    pinned = set(tables["quote_decisions"]["doc"])
    found = {}
    for name in ("findings_mentions", "codings", "suggestions", "findings_stories"):
        data = shown[name]
        words, silent = [], []
        for doc, turn, start, end in zip(*(data[column].tolist() for column in ("doc", "turn", "start", "end")), strict=True):
            why = "" if (doc, turn) in free else _(NOT_QUOTABLE)
            if not why and doc in pinned and banned(doc, turn, start, end):
                why = _(NOT_SHOWN)
            silent.append(bool(why))
            words.append(why or texts.get((doc, turn), "")[start:end])
        found[name] = _with_words(data, words, silent)
    return found


def _turns(tables: dict[str, pd.DataFrame]) -> tuple[dict[tuple[str, int], str], set[tuple[str, int]]]:
    """(interview, turn) -> text; and those that may be quoted."""
    allowed = quotable(tables["speakers"])
    turns = tables["turns"]
    rows = list(zip(*(turns[column].tolist() for column in ("doc", "turn", "speaker", "text")), strict=True))
    return {(doc, turn): text for doc, turn, _speaker, text in rows}, {(doc, turn) for doc, turn, speaker, _text in rows if (doc, speaker) in allowed}


def _with_words(data: pd.DataFrame, words: list[str], silent: list[bool]) -> pd.DataFrame:
    """The table with its words beside the category; what could repeat them is empty where they are withheld."""
    data = data.copy()
    if any(silent):
        for column in (c for c in _REPEATING if c in data.columns):
            data[column] = ["" if quiet else value for value, quiet in zip(data[column].tolist(), silent, strict=True)]
    if "quote" in data.columns:
        data["quote"] = words
        return data
    at = list(data.columns).index("code") + 1 if "code" in data.columns else len(data.columns)
    data.insert(at, "quote", words)
    return data
