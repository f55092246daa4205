"""The quotes of categories that an edit touched, packed as the page's script takes them in place of the old ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.island import pieces, quotes
from pipeline.island.held import asked
from pipeline.measures.quotes import may_quote
from pipeline.sections.material import Names

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.guide import Guide
    from pipeline.run import Run
    from pipeline.study import Study

_TABLES = (
    "documents", "codes", "moments", "turns", "speakers", "topics", "segment_topics", "segments", "findings_mentions", "findings_quotes", "findings_release",
    "suggestions", "cases",
)  # fmt: skip


class Shown(NamedTuple):
    """Tables as the page was made of them, hits that do not count brought up to date by `merge`; `cut` are the page's pieces of text."""

    tables: dict[str, pd.DataFrame]
    names: Names
    cut: pieces.Cuts
    questions: dict[str, str]


def shown(study: Study, guide: Guide, run: Run) -> Shown:
    """What the page of the last run showed."""
    from pipeline.effective import uncounted

    tables = {name: run.table(name) for name in _TABLES}
    cut = pieces.cuts(tables)
    names = Names(study, tables["cases"], tables["documents"])  # type: ignore[arg-type]
    tables["suggestions"] = uncounted(tables["suggestions"]).reset_index(drop=True)
    # Sentences are asked for their topics alone.
    tables["segments"] = tables["segments"][tables["segments"]["seg"].isin(set(tables["segment_topics"]["seg"]))]
    return Shown(tables, names, cut, asked(guide))


def merge(page: Shown, keys: set[tuple[str, int]], made: Sequence[tuple[pd.DataFrame, pd.DataFrame]]) -> None:
    """Put parts of (mentions, hits that do not count) of some turns (interview, number) in place of the old ones."""
    import pandas as pd

    for name, fresh in zip(("findings_mentions", "suggestions"), zip(*made, strict=True), strict=False):
        old = page.tables[name]
        stays = [key not in keys for key in zip(old["doc"].tolist(), old["turn"].tolist(), strict=True)]
        page.tables[name] = pd.concat([old[stays], *fresh], ignore_index=True)


def packed(page: Shown, codes: list[str]) -> dict[str, Any]:
    """All quotes of these categories. The order of new ones is worked out by the whole run; until then they stand last."""
    below = set(codes) | set(page.tables["codes"].loc[page.tables["codes"]["parent"].isin(codes), "code"])
    found = page.tables["findings_mentions"]
    found = found[found["code"].isin(below)].reset_index(drop=True)
    hinted = page.tables["suggestions"]
    free = may_quote(page.tables["turns"], page.tables["speakers"])
    tables = {
        **page.tables, "findings_mentions": found, "findings_quotes": _ranked(page.tables["findings_quotes"], found),
        "findings_release": _released(found, free), "suggestions": hinted[hinted["code"].isin(codes)].reset_index(drop=True),
    }  # fmt: skip
    return quotes.pack(tables, page.names, page.cut, page.questions, set(codes))


def _ranked(known: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    ranks = known[known["mention"].isin(set(found["mention"]))]
    new = found[~found["mention"].isin(set(ranks["mention"]))]
    last = int(known["rank"].max()) if len(known) else 0
    more = pd.DataFrame({"mention": new["mention"], "code": new["code"], "rank": range(last + 1, last + 1 + len(new)), "typical": float("nan"), "pinned": ""})
    return pd.concat([ranks, more], ignore_index=True)


def _released(found: pd.DataFrame, free: Any) -> pd.DataFrame:
    import pandas as pd

    consent = ["yes" if free(doc, turn) else "" for doc, turn in zip(found["doc"], found["turn"], strict=True)]
    return pd.DataFrame({"mention": found["mention"], "consent": consent})
