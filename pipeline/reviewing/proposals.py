"""What machines proposed, by interview: of several machines for the same category at the same place the foremost, with everybody's reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.effective import NOT_GIVEN, counting
from pipeline.reviewing.columns import rows
from pipeline.sections.quotes import reason_parts
from pipeline.tables import MACHINES

_WANTED = "coding doc turn start end code coder rule stance about prompt score status evidence cue"
_NAMES = _WANTED.split()


class Proposal(NamedTuple):
    """One proposal. `chance`: how likely it holds (0 to 1), None where its coder gives no chances; `why`: columns of its rows that say the reason."""

    id: str
    turn: int
    start: int
    end: int
    code: str
    coder: str
    stance: str
    about: str
    chance: float | None
    why: tuple[tuple[str, str, str, str], ...]  # coder, rule, evidence, cue

    @property
    def unsure(self) -> float:
        """0 where the machine is sure either way, 1 where it cannot tell; without a chance one half."""
        return 0.5 if self.chance is None else 1 - abs(2 * self.chance - 1)

    def reason(self) -> str:
        """Why it is proposed, in words of the language that holds."""
        parts = [part for coder, rule, evidence, cue in self.why for part in reason_parts(coder, "proposed", rule, evidence, cue, free=True)]
        return "; ".join(dict.fromkeys(parts))


class Proposals(Mapping[str, list[Proposal]]):
    """Interview -> its proposals in the order of the text; made when first asked for."""

    def __init__(self, read: Any) -> None:
        self._rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._made: dict[str, list[Proposal]] = {}
        self._turns: dict[str, dict[int, list[Proposal]]] = {}
        for row in rows(read("codings", _WANTED)):
            self._keep(dict(zip(_NAMES, row, strict=True)))
        for row in rows(read("suggestions", f"{_WANTED} reason")):
            if row[-1].startswith(NOT_GIVEN):  # people read there and did not give it: a proposal that is decided
                self._keep(dict(zip(_NAMES, row[:-1], strict=True)))

    def _keep(self, row: dict[str, Any]) -> None:
        if row["coder"] in MACHINES:
            self._rows[row["doc"]].append({**row, "status": "proposed"})  # what people say of it now, the book knows

    def __getitem__(self, doc: str) -> list[Proposal]:
        if doc not in self._made:
            self._made[doc] = _foremost(self._rows.get(doc, []))
        return self._made[doc]

    def at(self, doc: str, turn: int) -> list[Proposal]:
        """The proposals of one turn."""
        if doc not in self._turns:
            found: defaultdict[int, list[Proposal]] = defaultdict(list)
            for one in self[doc]:
                found[one.turn].append(one)
            self._turns[doc] = dict(found)
        return self._turns[doc].get(turn, [])

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._rows))

    def __len__(self) -> int:
        return len(self._rows)


def _foremost(found: list[dict[str, Any]]) -> list[Proposal]:
    beside: defaultdict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        beside[row["turn"], row["code"]].append(row)
    made = []
    for row in counting(found):
        near = [one for one in beside[row["turn"], row["code"]] if one is not row and one["start"] < row["end"] and row["start"] < one["end"]]
        others = [one for one in near if one["coding"] != row["coding"]]
        why = tuple(dict.fromkeys((one["coder"], one["rule"], one["evidence"], one["cue"]) for one in (row, *others)))
        chance = None if row["coder"] != "model" or row["score"] is None or row["score"] != row["score"] else row["score"]
        made.append(Proposal(row["coding"], row["turn"], row["start"], row["end"], row["code"], row["coder"], row["stance"], row["about"], chance, why))
    return sorted(made, key=lambda one: (one.turn, one.start, one.end, one.code))
