"""The codebook as a chapter: every category with its search rules, those without hits apart."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.language import N_, _

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.codebook import Codebook

_KIND_WORDS = {
    "term": N_("Wort"), "lemma": N_("Grundform"), "phrase": N_("Wortfolge"), "compound": N_("Wortteil"), "near": N_("nah beieinander"), "regex": N_("Ausdruck"),
    "pattern": N_("Muster"), "all": N_("alle von"), "any": N_("eines von"),
}  # fmt: skip


def entries(book: Codebook, rules: pd.DataFrame) -> list[SimpleNamespace]:
    by_code: dict[str, list[Any]] = {}
    for r in rules.sort_values(["line", "rule"]).itertuples():
        by_code.setdefault(r.code, []).append(
            SimpleNamespace(kind_words=_(_KIND_WORDS[r.kind]), pattern=r.pattern, hits=r.hits, counted=r.counted)
        )
    return [
        SimpleNamespace(
            id=c.id,
            level=c.level,
            coded=c.coded,
            entry=c.entry,
            rules=[r for r in by_code.get(c.id, []) if r.hits],
            idle=[r for r in by_code.get(c.id, []) if not r.hits],
        )
        for c in book.codes
    ]
