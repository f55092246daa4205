"""What speaks against the reasons: who sees no separation or lives well with it, and who denies a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.measures import evidence
from pipeline.measures.lens import REVIEWED, identity, single
from pipeline.measures.reason_codes import reason_families
from pipeline.measures.reasons import codes_of

if TYPE_CHECKING:
    import pandas as pd

NO_SEPARATION, DENIED = "no_separation", "denied"


def rows(
    mentions: pd.DataFrame, codes: pd.DataFrame, against: pd.DataFrame, statements: Iterable[Mapping[str, Any]], families: Mapping[str, set[str]]
) -> list[dict[str, Any]]:
    """Rows of `findings_counter`: mentions of no separation (`place` is the mention), denials and denied statements of a reason, each place once.

    `against`: rows of `findings_against`, of which denials count; not to have met with a thing oneself is none.
    """
    seen = [_seen(m) for m in single(mentions, families.get("no_separation", set()), codes).itertuples()]
    wanted = reason_families(families)
    found: dict[tuple[str, int, str], list[dict[str, Any]]] = defaultdict(list)
    for row in sorted((*_denied_statements(statements, wanted), *_denials(against, wanted)), key=lambda r: r["basis"] != REVIEWED):
        here = found[row["doc"], row["turn"], row["code"]]
        if not any(r["start"] < row["end"] and row["start"] < r["end"] for r in here):
            here.append(row)
    return sorted([*seen, *(row for here in found.values() for row in here)], key=lambda r: (r["doc"], r["turn"], r["start"], r["end"], r["kind"], r["code"]))


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


def _denials(against: pd.DataFrame, wanted: set[str]) -> list[dict[str, Any]]:
    denied = against[(against["kind"] == evidence.DENIED) & against["code"].isin(wanted)]
    return [_row("", DENIED, d.code, d.doc, d.turn, d.start, d.end, d.case, d.basis) for d in denied.itertuples()]


def _row(place: str, kind: str, code: str, doc: str, turn: int, start: int, end: int, case: str, basis: str) -> dict[str, Any]:
    return {
        "place": place or "p" + identity(doc, turn, start, end), "kind": kind, "code": code, "doc": doc, "turn": turn, "start": start, "end": end, "case": case, "basis": basis,
    }  # fmt: skip
