"""What the check of core statements looks things up in: a run's tables, prepared once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.measures.disclosure import UNKNOWN
from pipeline.tables import NEVER, pinned_at, quotable
from pipeline.wording import interview

if TYPE_CHECKING:
    import pandas as pd

REVIEWED = "reviewed"
READS = (
    "documents", "cases", "speakers", "turns", "codes", "quote_decisions", "findings_mentions", "findings_codes", "findings_groups", "findings_cases", "findings_quotes", "findings_evidence",
    "findings_against", "findings_common",
)  # fmt: skip
_OF_MENTIONS = ["mention", "doc", "turn", "start", "end", "code", "case", "basis", "about", "prompt"]
_WORD = re.compile(r"\w+")
Token = tuple[str, int, int]  # word in small letters, offsets in the turn's text


class Material:
    """The tables of `READS` with what is looked up in them again and again. Only what people read counts here."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], settings: SimpleNamespace) -> None:
        self.tables, self.settings = tables, settings
        self.variables: dict[str, Any] = settings.variables
        codes = tables["codes"]
        self.known = list(zip(codes["code"], codes["label"], codes["was"], strict=True))
        self.label = dict(zip(codes["code"], codes["label"], strict=True))
        self.figures = {r.code: r for r in tables["findings_codes"].itertuples()}
        self.evidence = {r.code: r for r in tables["findings_evidence"].itertuples()}
        self.banned = pinned_at(tables["quote_decisions"], NEVER)
        self._quotable = quotable(tables["speakers"])
        self._people = tables["cases"].groupby("doc")["case"].nunique().to_dict() if len(tables["cases"]) else {}

    @cached_property
    def turns(self) -> dict[tuple[str, int], Any]:
        return {(t.doc, t.turn): t for t in self.tables["turns"][["doc", "turn", "speaker", "role", "text"]].itertuples(index=False)}

    @cached_property
    def by_doc(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for turn in self.turns.values():
            found[turn.doc].append(turn)
        return found

    @cached_property
    def words(self) -> dict[tuple[str, int], str]:
        """Every turn's words in small letters with one blank around each, to look quotes up quickly."""
        return {key: f" {' '.join(_WORD.findall(turn.text.casefold()))} " for key, turn in self.turns.items()}

    @cached_property
    def mentions(self) -> dict[str, list[Any]]:
        """Code -> its mentions that people read."""
        found: dict[str, list[Any]] = defaultdict(list)
        rows = self.tables["findings_mentions"]
        for m in rows.loc[rows["basis"] == REVIEWED, _OF_MENTIONS].itertuples(index=False):
            found[m.code].append(m)
        return found

    @cached_property
    def by_id(self) -> dict[str, Any]:
        return {m.mention: m for m in self.tables["findings_mentions"][_OF_MENTIONS].itertuples(index=False)}

    @cached_property
    def at(self) -> dict[tuple[str, int], list[Any]]:
        """(interview, turn) -> mentions that people read there."""
        found: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for rows in self.mentions.values():
            for m in rows:
                found[m.doc, m.turn].append(m)
        return found

    @cached_property
    def asked(self) -> dict[str, set[str]]:
        """Code -> cases that were asked about it and spoke of it."""
        found: dict[str, set[str]] = defaultdict(set)
        rows = self.tables["findings_cases"]
        for code, case, n in zip(rows["code"], rows["case"], rows["n_asked"], strict=True):
            if n:
                found[code].add(case)
        return found

    @cached_property
    def cases(self) -> dict[str, dict[str, str]]:
        """Case -> its variables; a value that is not known is `unbekannt`."""
        found: dict[str, dict[str, str]] = {}
        for row in self.tables["cases"].to_dict("records"):
            known = found.setdefault(row["case"], dict.fromkeys(self.variables, UNKNOWN))
            known |= {name: row[name] for name in self.variables if row.get(name) and known[name] == UNKNOWN}
        return found

    @cached_property
    def wave(self) -> dict[str, str]:
        """Interview -> its wave; of those that were read."""
        rows = self.tables["documents"]
        rows = rows[rows["status"] == "ok"]
        return dict(zip(rows["doc"], rows["wave"], strict=True))

    @cached_property
    def groups(self) -> dict[tuple[str, str, str], Any]:
        """(variable, value, code) -> row of `findings_groups` of what people read."""
        rows = self.tables["findings_groups"]
        return {(r.variable, r.value, r.code): r for r in rows[rows["basis"] == REVIEWED].itertuples()}

    def against(self, code: str) -> pd.DataFrame:
        """Rows of `findings_against` of a category that people read, without those who were never in the situation, in order."""
        rows = self.tables["findings_against"]
        return rows[(rows["code"] == code) & (rows["basis"] == REVIEWED) & (rows["kind"] != "not_exposed")].sort_values("rank")

    def may_quote(self, doc: str, turn: int) -> bool:
        row = self.turns.get((doc, turn))
        return row is not None and (doc, row.speaker) in self._quotable

    def interview(self, doc: str) -> str:
        return interview(doc, self._people.get(doc, 1))
