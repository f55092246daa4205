"""Stage 11, lessons: what `make learn` took from people's reviews, found again in today's interviews with all that stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.coders.human import locate
from pipeline.coders.material import Material, gather
from pipeline.learning.features import bag
from pipeline.learning.training import SEPARATOR, SOME, known_but
from pipeline.lists import LEARNED, read_list
from pipeline.matchers.index import Index, load
from pipeline.tables import CODED_ROLES, frame

if TYPE_CHECKING:
    import pandas as pd


def whole(
    turns: pd.DataFrame, segments: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame, questions: pd.DataFrame,
    vectors: pd.DataFrame, scheme: pd.DataFrame, settings: SimpleNamespace, index_file: Path, learned_file: Path,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """All sentences and questions of interviews of which something was learnt; `known`: `all` codes, `all but` some, `some`, or empty.

    Codes bear today's ids. What was given under a code that became several says nothing of these. A row of `learned.csv` whose place is gone (its interview was taken away, or its turn changed) teaches nothing any more.
    """
    new = _heirs(scheme)
    told = [_renamed(row, new) for row in read_list(learned_file, LEARNED)]
    if not told:
        return {"lessons": []}
    index = load(index_file)
    material = gather(index, turns, questions, frame("cases", []), changes, replacements, {}, [], CODED_ROLES)
    known: dict[str, dict[str, Any]] = {}
    for row in told:
        for seg in sentences(material, row):
            _add(known.setdefault(seg, {"codes": {}, "rules": {}, "known": SOME}), row)
    docs = {material.turns[turn].doc for turn, seg in zip(index.seg_turn.tolist(), index.seg_ids, strict=True) if seg in known}
    docs &= set(vectors.loc[vectors["seg"] != "", "doc"])  # roles may have changed: nobody is coded there any more
    words = bags(index, docs)
    asked = {(t.doc, t.turn): t.question for t in material.turns}
    return {
        "lessons": [
            {
                "doc": v.doc, "turn": v.turn, "seg": v.seg, "vector": v.vector, "words": " ".join(words.get(v.seg, ())),
                "question": asked.get((v.doc, v.turn), ""), **_said(known.get(v.seg)),
            }
            for v in vectors[vectors["doc"].isin(docs)].itertuples()
        ]
    }  # fmt: skip


def _heirs(scheme: pd.DataFrame) -> dict[str, list[str]]:
    """Former id of a code -> those of today that it became; without ids that are still in use."""
    found: dict[str, list[str]] = {}
    for code, was in zip(scheme["code"], scheme["was"], strict=True):
        for old in filter(None, was.split(SEPARATOR)):
            found.setdefault(old, []).append(code)
    return {old: new for old, new in found.items() if old not in set(scheme["code"])}


def _renamed(row: dict[str, str], new: dict[str, list[str]]) -> dict[str, str]:
    """A row of `learned.csv` under today's ids; a code that became several is gone from it, and these are not known of it."""
    parts = {name: [part for part in row.get(name, "").split(SEPARATOR) if part] for name in ("codes", "rules", "unknown")}
    unsure = [code for old in parts["codes"] if len(new.get(old, ())) > 1 for code in new[old]]
    today = {name: [new[old][0] if old in new else old for old in old_ if len(new.get(old, ())) < 2] for name, old_ in parts.items()}
    today["unknown"] += [code for code in unsure if code not in today["codes"]]
    return {**row, **{name: SEPARATOR.join(dict.fromkeys(codes)) for name, codes in today.items()}}


def _add(found: dict[str, Any], row: dict[str, str]) -> None:
    for name in ("codes", "rules"):
        found[name] |= dict.fromkeys(part for part in row.get(name, "").split(SEPARATOR) if part)
    if row.get("full", "yes") != "no":
        found["known"] = known_but([part for part in row["unknown"].split(SEPARATOR) if part])


def _said(found: dict[str, Any] | None) -> dict[str, str]:
    if found is None:
        return {"codes": "", "rules": "", "known": ""}
    return {"codes": SEPARATOR.join(found["codes"]), "rules": SEPARATOR.join(found["rules"]), "known": found["known"]}


def sentences(material: Material, row: dict[str, str]) -> list[str]:
    """Ids of the sentences that a passage covers for the larger part, or that cover it; none where its place is gone."""
    return [seg for seg, shared, own, passage in touched(material, row) if shared > 0.5 * min(passage, own)]


def touched(material: Material, row: dict[str, str]) -> Iterator[tuple[str, int, int, int]]:
    """(id, code points shared, its length, the passage's length) of every sentence of the turn in which a passage lies; nothing
    where its place is gone. What is shared is negative where the two lie apart."""
    place = locate(material, row)
    if place is None:
        return
    turn, start, end = place
    index = material.index
    for n in range(*index.seg_turn.searchsorted([turn.number, turn.number + 1]).tolist()):
        low, high = int(index.seg_start[n]), int(index.seg_end[n])
        yield index.seg_ids[n], min(end, high) - max(start, low), high - low, end - start


def bags(index: Index, docs: set[str]) -> dict[str, list[str]]:
    """Sentence -> its words as the classifier sees them, for the sentences of some interviews."""
    lemmas, parts, pos = index.spelt["lemma"], index.spelt["parts"], index.vocabulary["pos"]
    wanted = {n for n, turn in enumerate(index.seg_turn.tolist()) if index.turn_keys[turn][0] in docs}
    found: dict[str, list[str]] = {}
    for segment, kind in zip(index.segment.tolist(), index.kind.tolist(), strict=True):
        if segment in wanted:
            words = bag([lemmas[kind]], [parts[kind]], [pos[kind].upper()])
            found.setdefault(index.seg_ids[segment], []).extend(w.replace(" ", "_") for w in words)
    return found
