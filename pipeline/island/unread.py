"""What nobody has read, for reading: every such sentence with the model's best codes, as compact data that the page shows on demand."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.covered import full
from pipeline.island.packing import Shared, packed
from pipeline.island.pieces import Cuts, span
from pipeline.language import N_, _
from pipeline.language.told import told
from pipeline.sections.material import Names
from pipeline.tables import CODED_ROLES, MACHINES, quotable
from pipeline.wording import NOT_QUOTABLE, chance

if TYPE_CHECKING:
    import pandas as pd

PROPOSED = N_("vorgeschlagen")
TOLD = 0.02  # chance below which a category is not worth a line of the page


def unread(tables: dict[str, pd.DataFrame], names: Names, best: int, cut: Cuts) -> dict[str, Any]:
    """`unread`: an entry an interview with its number of sentences and its data; `unread_shared`: the texts that data refers to.

    A sentence is [turn, first piece, last piece, codes], with -1, -1 where nothing may be quoted. Codes are [code, chance in per cent,
    reason, words of the evidence ...] as numbers of shared texts.
    """
    codes, texts = Shared(), Shared()
    labels = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    allowed = quotable(tables["speakers"])
    speaker = {(doc, turn): who for doc, turn, who in zip(*(tables["turns"][c].tolist() for c in ("doc", "turn", "speaker")), strict=True)}

    @cache
    def why(evidence: str, reason: str, free: bool) -> list[int]:
        return [texts(told(reason) if reason else _(PROPOSED)), *(texts(told(p)) for p in evidence.split("; ") if p and (free or "»" not in p))]

    by_doc: dict[str, dict[tuple[int, int, int], list[list[int]]]] = defaultdict(dict)
    for doc, turn, start, end, code, score, evidence, reason in _rows(tables, best):
        free = (doc, speaker[doc, turn]) in allowed
        by_doc[doc].setdefault((turn, start, end if free else -1), []).append([codes(code), round(score * 100), *why(evidence, reason, free)])
    found = [
        SimpleNamespace(doc=doc, interview=names.interview(doc), n=len(sentences), data=packed([_sentence(doc, at, given, cut) for at, given in sorted(sentences.items())]))
        for doc, sentences in sorted(by_doc.items())
    ]
    shared = {
        "codes": [[code, labels.get(code, code)] for code in codes.all], "texts": texts.all,
        "chances": [chance(n / 100) for n in range(101)], "hidden": _(NOT_QUOTABLE),
    }  # fmt: skip
    return {"unread": found, "unread_shared": packed(shared), "unread_total": sum(one.n for one in found)}


def _sentence(doc: str, at: tuple[int, int, int], given: list[list[int]], cut: Cuts) -> list[Any]:
    turn, start, end = at
    return [turn, *(span(cut[doc, turn], start, end) if end >= 0 else (-1, -1)), given]


def _rows(tables: dict[str, pd.DataFrame], best: int) -> list[tuple[Any, ...]]:
    """(doc, turn, start, end, code, score, evidence, reason) of the best codes of every sentence that nobody read, surest first."""
    import pandas as pd

    keep = ["doc", "turn", "start", "end", "code", "score", "evidence", "reason"]
    codings, suggestions = tables["codings"], tables["suggestions"]
    likely = codings.loc[(codings["coder"] == "model") & (codings["status"] == "proposed") & (codings["score"] >= TOLD), keep[:-1]].assign(reason="")
    rows = pd.concat([likely, suggestions.loc[(suggestions["coder"] == "model") & (suggestions["score"] >= TOLD), keep]], ignore_index=True)
    spoken = tables["turns"].loc[tables["turns"]["role"].isin(CODED_ROLES), ["doc", "turn"]]
    rows = rows.merge(spoken, on=["doc", "turn"])
    places = rows[["doc", "turn", "start", "end"]].drop_duplicates()
    places = places[~pd.Series(_read(places, tables), index=places.index, dtype=bool)]
    rows = rows.merge(places, on=list(places.columns)).sort_values(
        ["doc", "turn", "start", "score", "code"], ascending=[True, True, True, False, True], kind="stable"
    )
    rows = rows[rows.groupby(["doc", "turn", "start", "end"]).cumcount() < best]
    return list(zip(*(rows[name].tolist() for name in keep), strict=True))


def _read(places: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> list[bool]:
    """Whether a person read a sentence for all codes, or coded it."""
    spans: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    reviewed, codings = tables["reviewed"], tables["codings"]
    for data in (full(reviewed), codings[~codings["coder"].isin(MACHINES)]):
        for doc, turn, start, end in zip(*(data[c].tolist() for c in ("doc", "turn", "start", "end")), strict=True):
            spans[doc, turn].append((start, end))
    return [
        any(a < end and start < b for a, b in spans.get((doc, turn), ()))
        for doc, turn, start, end in zip(*(places[c].tolist() for c in ("doc", "turn", "start", "end")), strict=True)
    ]
