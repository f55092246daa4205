"""What nobody has read, for reading: every such sentence with the model's best codes, as compact data that the page shows on demand."""

from __future__ import annotations

import json
from collections import defaultdict
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.sections.material import Names
from pipeline.tables import CODED_ROLES, MACHINES, QUEUE, quotable
from pipeline.wording import NOT_QUOTABLE, chance

if TYPE_CHECKING:
    import pandas as pd

PROPOSED = "vorgeschlagen"
TOLD = 0.02  # chance below which a category is not worth a line of the page


class _Shared:
    """Texts that come again and again, each kept once and called by its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


def unread(tables: dict[str, pd.DataFrame], names: Names, best: int) -> dict[str, Any]:
    """`unread`: an entry an interview with its number of sentences and its data; `unread_shared`: the texts that data refers to.

    A sentence is [turn, start, end, codes]; start and end count UTF-16 units of the turn's text, as browsers do, and are -1 where
    nothing may be quoted. Codes are [code, chance in per cent, reason, words of the evidence ...] as numbers of shared texts.
    """
    rows = _rows(tables, best)
    codes, texts = _Shared(), _Shared()
    labels = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    allowed = quotable(tables["speakers"])
    turns = {(t.doc, t.turn): t for t in tables["turns"].itertuples()}
    by_doc: dict[str, dict[tuple[int, int, int], list[list[int]]]] = defaultdict(dict)
    places: dict[tuple[str, int, int], tuple[int, int]] = {}
    for doc, turn, start, end, code, score, evidence, reason in rows:
        spoken = turns[doc, turn]
        free = (doc, spoken.speaker) in allowed
        parts = [p for p in evidence.split("; ") if p and (free or "»" not in p)]
        own = [codes(code), round(score * 100), texts(reason or PROPOSED), *(texts(p) for p in parts)]
        key = doc, turn, start
        if key not in places:
            places[key] = _units(spoken.text, start, end) if free else (-1 - start, -1)
        by_doc[doc].setdefault((turn, *places[key]), []).append(own)
    shared = {
        "codes": [[code, labels.get(code, code)] for code in codes.numbers], "texts": list(texts.numbers),
        "chances": [chance(n / 100) for n in range(101)], "hidden": NOT_QUOTABLE,
    }  # fmt: skip
    found = [
        SimpleNamespace(
            doc=doc, interview=names.interview(doc), n=len(sentences),
            data=packed([[turn, start, end, given] for (turn, start, end), given in sorted(sentences.items(), key=_order)]),
        )
        for doc, sentences in sorted(by_doc.items())
    ]  # fmt: skip
    return {"unread": found, "unread_shared": packed(shared), "unread_total": sum(one.n for one in found)}


def _order(item: tuple[tuple[int, int, int], Any]) -> tuple[int, int]:
    turn, start, _ = item[0]
    return turn, start if start >= 0 else -start


def _rows(tables: dict[str, pd.DataFrame], best: int) -> list[tuple[Any, ...]]:
    """(doc, turn, start, end, code, score, evidence, reason) of the best codes of every sentence that nobody read, surest first."""
    import pandas as pd

    keep = ["doc", "turn", "start", "end", "code", "score", "evidence", "reason"]
    codings, suggestions = tables["codings"], tables["suggestions"]
    likely = codings[(codings["coder"] == "model") & (codings["status"] == "proposed")].assign(reason="")
    rows = pd.concat([likely[keep], suggestions.loc[suggestions["coder"] == "model", keep]], ignore_index=True)
    rows = rows[rows["score"] >= TOLD]
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
    for data in (reviewed[reviewed["mode"] != QUEUE], codings[~codings["coder"].isin(MACHINES)]):
        for doc, turn, start, end in zip(data["doc"], data["turn"], data["start"], data["end"], strict=True):
            spans[doc, turn].append((start, end))
    return [
        any(a < end and start < b for a, b in spans.get((doc, turn), ()))
        for doc, turn, start, end in zip(places["doc"], places["turn"], places["start"], places["end"], strict=True)
    ]


def _units(text: str, start: int, end: int) -> tuple[int, int]:
    """Code points as UTF-16 units.

    >>> _units("😀 ja", 2, 4)
    (3, 5)
    """
    before = _width(text[:start])
    return before, before + _width(text[start:end])


def _width(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def packed(data: Any) -> str:
    """JSON that may stand between script tags; letters stay as they are, so that the search for names sees them."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
