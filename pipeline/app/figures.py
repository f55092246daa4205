"""Figures of categories as the page shows them: numbers by column of `findings_codes`, and the words that stand in their place."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from pipeline import wording
from pipeline.addresses import to_quotes
from pipeline.codebook import Codebook
from pipeline.language import _

_NUMBERS = ("n_cases", "n_mentions", "n_asked", "n_cases_asked", "n_spontaneous", "n_proposed", "n_cases_proposed", "n_spontaneous_proposed", "n_suggested")


def shown(book: Codebook, codes: Iterable[str], rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Code -> column -> number or words; `links` are addresses of the quotes behind columns that lead there."""
    known = book.by_id()
    return {code: _of(known[code].entry.label, rows[code]) for code in codes}


def _of(label: str, row: dict[str, Any]) -> dict[str, Any]:
    one = SimpleNamespace(**row)
    read, open_ = _("{what}, gelesen").format(what=label), _("{what}, Vorschläge").format(what=label)
    return {
        **{name: int(row[name]) for name in _NUMBERS},
        "spread": wording.capital(wording.spread(one)), "places": wording.places(one.n_mentions), "people": wording.people(one.n_cases),
        "proposals": wording.proposals(one.n_proposed, one.n_cases_proposed), "uncounted": wording.uncounted(one.n_suggested),
        "links": {
            "n_cases": to_quotes(read, code=one.code, basis="reviewed"), "n_mentions": to_quotes(read, code=one.code, basis="reviewed"),
            "n_spontaneous": to_quotes(_("{what}, gelesen, von sich aus").format(what=label), code=one.code, basis="reviewed", prompt="spontaneous"),
            "n_proposed": to_quotes(open_, code=one.code, basis="proposed"),
        },
    }  # fmt: skip
