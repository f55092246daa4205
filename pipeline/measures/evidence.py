"""What speaks for a category and what against it: denials, and mentions of what the study calls its opposite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.effective import REVIEWED, UNREVIEWED
from pipeline.measures.lens import OWN, below, identity, largest, single
from pipeline.measures.quotes import readability
from pipeline.tables import MACHINES, rows_of

if TYPE_CHECKING:
    import pandas as pd

DENIED, OPPOSITE, NOT_EXPOSED = "denied", "opposite", "not_exposed"
AGAINST = (DENIED, OPPOSITE)  # kinds that are dissent; not to have met with a thing oneself is none
_NEGATED = "verneint"  # reason of a hit whose words are denied, of a category that does not count denials
Row = dict[str, Any]


def opposites(codes: pd.DataFrame, given: Mapping[str, Iterable[str]], affected: set[str]) -> dict[str, set[str]]:
    """Code -> codes that speak against it, in the direction in which the study names them; both sides stand for all below them.

    A code never speaks against itself, what is above or below it. Of what only those can report whom it happens to (`affected`), only
    opposites count that name that very code: that others met with something else is no dissent.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for code, others in given.items():
        against = below(codes, others)
        for own in below(codes, [code]):
            if own == code or own not in affected:
                found[own] |= against
    line = {code: below(codes, [code]) for code in found}
    return {
        code: kept for code, others in found.items() if (kept := {o for o in others if o not in line[code] and code not in below(codes, [o])})
    }


def against(
    codes: pd.DataFrame, mentions: pd.DataFrame, denials: pd.DataFrame, suggestions: pd.DataFrame, opposite: Mapping[str, set[str]], affected: set[str],
) -> list[Row]:
    """Rows of `findings_against`: places where somebody denies a category or says its opposite, the read ones first, one of each person first.

    Not against it: what people read and did not give, what the model was not sure of. Of a category in `affected` a denial about oneself or
    the own group is `not_exposed`: who did not meet with a thing does not contradict those who did. `denials`: rows of `findings_denials`.
    """
    places = _read_denials(denials, affected) + _denials(mentions, denials, suggestions, affected) + _opposites(codes, mentions, opposite)
    by_code: dict[str, list[Row]] = defaultdict(list)
    for place in places:
        by_code[place["code"]].append(place)
    return [{**row, "rank": rank} for code in sorted(by_code) for rank, row in enumerate(_in_turn(by_code[code]), 1)]


def _read_denials(rows: pd.DataFrame, affected: set[str]) -> list[Row]:
    return [
        {
            "code": m.code, "kind": _kind(m.code, m.about, affected), "other": "", "place": m.mention, "doc": m.doc, "turn": m.turn, "start": m.start, "end": m.end,
            "case": m.case, "basis": m.basis, "about": m.about,
        }
        for m in rows_of(rows[rows["case"] != ""])
    ]  # fmt: skip


def _kind(code: str, about: str, affected: set[str]) -> str:
    return NOT_EXPOSED if code in affected and about and set(about.split("+")) <= OWN else DENIED


def _denials(mentions: pd.DataFrame, denials: pd.DataFrame, suggestions: pd.DataFrame, affected: set[str]) -> list[Row]:
    rows = suggestions[(suggestions["reason"] == _NEGATED) & (suggestions["case"] != "") & (suggestions["prompt"] != "assent")]
    taken: dict[tuple[str, int, str], list[tuple[int, int]]] = defaultdict(list)
    for told in (mentions, denials):
        counted = told[told["code"].isin(set(rows["code"]))]
        for doc, turn, code, start, end in zip(*(counted[c] for c in ("doc", "turn", "code", "start", "end")), strict=True):
            taken[doc, turn, code].append((start, end))
    found = []
    # A rule and the model may hit the same words; what a person wrote comes before both, and a rule saw who is spoken of.
    for r in sorted(rows_of(rows), key=lambda r: (r.coder in MACHINES, r.coder != "rule", r.doc, r.turn, r.start, r.code)):
        if any(a < r.end and r.start < b for a, b in taken[r.doc, r.turn, r.code]):
            continue
        taken[r.doc, r.turn, r.code].append((r.start, r.end))
        found.append({
            "code": r.code, "kind": _kind(r.code, r.about, affected), "other": "", "place": "s" + identity(r.code, r.doc, r.turn, r.start, r.end), "doc": r.doc,
            "turn": r.turn, "start": r.start, "end": r.end, "case": r.case, "basis": UNREVIEWED if r.coder in MACHINES else REVIEWED, "about": r.about,
        })  # fmt: skip
    return found


def _opposites(codes: pd.DataFrame, mentions: pd.DataFrame, opposite: Mapping[str, set[str]]) -> list[Row]:
    found = []
    said: dict[frozenset[str], list[Any]] = {}  # codes that share their opposites, as all below one parent do, look them up once
    for code, others in opposite.items():
        key = frozenset(others)
        if key not in said:
            rows = single(mentions, others, codes)
            said[key] = rows_of(rows[rows["case"] != ""])
        found += [
            {
                "code": code, "kind": OPPOSITE, "other": m.code, "place": m.mention, "doc": m.doc, "turn": m.turn, "start": m.start, "end": m.end,
                "case": m.case, "basis": m.basis, "about": m.about,
            }
            for m in said[key]
        ]  # fmt: skip
    return found


def _in_turn(places: list[Row]) -> list[Row]:
    """Read ones first, in each part dissent first, a denial in so many words before an opposite; the best of each person, then second ones."""
    order = {DENIED: 0, OPPOSITE: 1, NOT_EXPOSED: 2}
    ranked = sorted(places, key=lambda p: (p["basis"] == UNREVIEWED, order[p["kind"]], -readability(p["end"] - p["start"]), p["doc"], p["turn"], p["start"], p["place"]))
    seen: dict[tuple[str, bool, str], int] = defaultdict(int)
    keyed = []
    for n, place in enumerate(ranked):
        part = (place["case"], place["basis"] == UNREVIEWED, place["kind"] if place["kind"] == NOT_EXPOSED else "")
        keyed.append((part[1], bool(part[2]), seen[part], n, place))
        seen[part] += 1
    return [place for *_, place in sorted(keyed, key=lambda k: k[:4])]


def evidence(figures: pd.DataFrame, mentions: pd.DataFrame, places: pd.DataFrame) -> list[Row]:
    """Rows of `findings_evidence`, one a category: what is read for and against it, what is proposed, and who contributes most of what is read."""
    read = mentions[mentions["basis"] != UNREVIEWED]
    cases = {code: list(data) for code, data in read.groupby("code")["case"]}
    proposed = mentions.loc[mentions["basis"] == UNREVIEWED, "code"].value_counts().to_dict()
    dissent: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for code, kind, basis, case in zip(*(places[c] for c in ("code", "kind", "basis", "case")), strict=True):
        if kind in AGAINST:
            dissent[code, basis == UNREVIEWED].append(case)
    rows = []
    for f in figures.itertuples():
        own = cases.get(f.code, [])
        most, share = largest(own)
        rows.append({
            "code": f.code, "n_mentions": len(own), "n_cases": len(set(own)), "n_asked": f.n_asked, "n_against": len(dissent[f.code, False]),
            "n_cases_against": len(set(dissent[f.code, False])), "n_proposed": int(proposed.get(f.code, 0)), "n_against_proposed": len(dissent[f.code, True]),
            "largest_case": most, "largest_case_share": share,
        })  # fmt: skip
    return rows
