"""What speaks against the reasons: who sees no separation or lives well with it, and who denies a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.measures.lens import PROPOSED, REVIEWED, identity, single
from pipeline.measures.reason_codes import reason_families
from pipeline.measures.reasons import codes_of
from pipeline.tables import CODED_ROLES

if TYPE_CHECKING:
    import pandas as pd

NO_SEPARATION, DENIED = "no_separation", "denied"
_NEGATED = "verneint"  # how the reason of a hit begins that does not count because the passage denies it


def rows(
    mentions: pd.DataFrame, turns: pd.DataFrame, codes: pd.DataFrame, suggestions: pd.DataFrame, statements: Iterable[Mapping[str, Any]],
    families: Mapping[str, set[str]],
) -> list[dict[str, Any]]:  # fmt: skip
    """Rows of `findings_counter`: mentions of no separation (`place` is the mention), denied hits and denied statements of a reason, each place once.

    What people read and did not give is no denial: they decided that the passage is about something else.
    """
    seen = [_seen(m) for m in single(mentions, families.get("no_separation", set()), codes).itertuples()]
    wanted = reason_families(families)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in (*_denied_statements(statements, wanted), *_denied_hits(suggestions, turns, wanted)):
        key = (row["place"], row["code"])
        if key not in found or (row["basis"] == REVIEWED and found[key]["basis"] != REVIEWED):
            found[key] = row
    return sorted([*seen, *found.values()], key=lambda r: (r["doc"], r["turn"], r["start"], r["end"], r["kind"], r["code"]))


def _seen(m: Any) -> dict[str, Any]:
    return _row(m.mention, NO_SEPARATION, m.code, m.doc, m.turn, m.start, m.end, m.case, m.basis)


def _denied_statements(statements: Iterable[Mapping[str, Any]], wanted: set[str]) -> list[dict[str, Any]]:
    """Statements that deny a connection speak against the category of the cause they deny."""
    return [
        _row("", DENIED, code, s["doc"], s["turn"], s["start"], s["end"], s["case"], s["basis"])
        for s in statements
        if "denied" in s["stance"].split("+")
        for code in sorted((codes_of(s, "cause_codes") or codes_of(s, "either_codes")) & wanted)
    ]


def _denied_hits(suggestions: pd.DataFrame, turns: pd.DataFrame, wanted: set[str]) -> list[dict[str, Any]]:
    spoken = {(t.doc, t.turn) for t in turns.itertuples() if t.role in CODED_ROLES}
    denied = suggestions[suggestions["reason"].str.startswith(_NEGATED) & suggestions["code"].isin(wanted)]
    return [_row("", DENIED, h.code, h.doc, h.turn, h.start, h.end, h.case, PROPOSED) for h in denied.itertuples() if (h.doc, h.turn) in spoken]


def _row(place: str, kind: str, code: str, doc: str, turn: int, start: int, end: int, case: str, basis: str) -> dict[str, Any]:
    return {
        "place": place or "p" + identity(doc, turn, start, end), "kind": kind, "code": code, "doc": doc, "turn": turn, "start": start, "end": end, "case": case, "basis": basis,
    }  # fmt: skip
