"""The conversations as the page holds them: one script element an interview, each turn's text in pieces."""

from __future__ import annotations

import re
from collections import defaultdict
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.island.packing import packed
from pipeline.island.pieces import Cuts, joined
from pipeline.language import _
from pipeline.sections.material import Names, described

if TYPE_CHECKING:
    import pandas as pd

REPLACED = "pseudonym"
_LINE = re.compile(r"Z\. (\d+)")


def interviews(tables: dict[str, pd.DataFrame], names: Names, cut: Cuts) -> list[SimpleNamespace]:
    """Every readable conversation: doc, interview, description, `data` (see `pipeline.island`)."""
    asked = _questions(tables)
    marks = _marks(tables)
    by_doc: dict[str, list[list[Any]]] = defaultdict(list)
    columns = ("doc", "turn", "speaker", "role", "t_start", "source_ref", "text")
    for doc, turn, speaker, role, begins, ref, text in zip(*(tables["turns"][name].tolist() for name in columns), strict=True):
        row = [turn, speaker, role, seconds(begins), place(ref), asked.get((doc, turn), ""), joined(text, cut[doc, turn])]
        by_doc[doc].append([*row, marks[doc, turn]] if (doc, turn) in marks else row)
    return [
        SimpleNamespace(doc=d.doc, interview=names.interview(d.doc), description=described(d, names), data=packed({"turns": by_doc[d.doc]}))
        for d in tables["documents"].itertuples()
        if d.status == "ok"
    ]


def _questions(tables: dict[str, pd.DataFrame]) -> dict[tuple[str, int], str]:
    data = tables["questions"]
    return {(doc, turn): question for doc, turn, question in zip(*(data[c].tolist() for c in ("doc", "turn", "question")), strict=True) if question}


def _marks(tables: dict[str, pd.DataFrame]) -> dict[tuple[str, int], list[Any]]:
    """(interview, turn) -> [words that stand for something replaced, signs noted beside the words with how often]."""
    if "asides" not in tables:  # runs of earlier versions
        return {}
    texts = {(doc, turn): text for doc, turn, text in zip(*(tables["turns"][c].tolist() for c in ("doc", "turn", "text")), strict=True)}
    replaced: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    noted: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    data = tables["asides"]
    for doc, turn, start, end, kind in zip(*(data[name].tolist() for name in ("doc", "turn", "start", "end", "kind")), strict=True):
        if kind == REPLACED:
            replaced[doc, turn][texts[doc, turn][start:end]] = None
        else:
            noted[doc, turn][kind] = noted[doc, turn].get(kind, 0) + 1
    return {at: [list(replaced.get(at, ())), sorted(noted.get(at, {}).items())] for at in sorted({*replaced, *noted})}


def seconds(value: float) -> int:
    """Whole seconds; -1 where the time is not known.

    >>> seconds(845.9), seconds(float("nan"))
    (845, -1)
    """
    return -1 if value != value else int(value)


def place(ref: str) -> str:
    """Where a turn begins in its file, in the words of `turns.source_ref`; in the report's language.

    >>> place("Z. 27"), place("Abs. 4"), place("")
    ('Z. 27', 'Abs. 4', '')
    """
    line = _LINE.fullmatch(ref)
    return _("Z. {line}").format(line=line[1]) if line else ref
