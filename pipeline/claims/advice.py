"""What the check of core statements says on the screen: file and line, what it is, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.claims.table import BAD, BLANK, HINT, TEXT, TITLE
from pipeline.language import ngettext

SHOWN = 30


def lines(rows: Iterable[Mapping[str, Any]], file: str) -> list[str]:
    """One line for everything that is to be mended or looked at, the wrong figures first."""
    told = [row for row in rows if row["kind"] not in (TITLE, TEXT, BLANK) and row["reason"]]
    ordered = sorted(told, key=lambda row: (row["verdict"] not in BAD, row["kind"] == HINT, row["line"], row["part"]))
    found = [f"{file}:{row['line']}: {_claim(row)}{row['reason']}" for row in ordered]
    more = len(found) - SHOWN
    return [*found[:SHOWN], *([ngettext("… und ein weiterer Hinweis zu den Kernaussagen", "… und {n} weitere Hinweise zu den Kernaussagen", more).format(n=more)] if more > 0 else [])]


def _claim(row: Mapping[str, Any]) -> str:
    claim = row["claim"] if len(row["claim"]) <= 60 else f"{row['claim'][:57]}…"
    return f"[{claim}] " if claim else ""


def broken(rows: Iterable[Mapping[str, Any]]) -> str:
    """A sentence for the end of a run; empty where every figure and quote is right."""
    n = sum(row["kind"] not in (TITLE, TEXT, BLANK, HINT) and row["verdict"] in BAD for row in rows)
    if not n:
        return ""
    return ngettext(
        "In den Kernaussagen stimmt eine Angabe nicht mehr; der Bericht zeigt es, »make check« sagt, wo.",
        "In den Kernaussagen stimmen {n} Angaben nicht mehr; der Bericht zeigt es, »make check« sagt, wo.", n,
    ).format(n=n)  # fmt: skip
