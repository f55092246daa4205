"""Where somebody acts: their turn, what they may see and touch there, and the rows that are planned for the lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pipeline.covered import SEPARATOR
from pipeline.language import _
from pipeline.ledgers.ids import moment, new_id
from pipeline.reviewing import asked
from pipeline.reviewing.acting import Book
from pipeline.reviewing.files import Row
from pipeline.reviewing.proposals import Proposal
from pipeline.reviewing.standing import REJECT, Act
from pipeline.tables import BLIND, WITHDRAW

Given = Mapping[str, Any]


@dataclass
class Plan:
    """Rows to be written, by list."""

    decided: list[Row] = field(default_factory=list)
    read: list[Row] = field(default_factory=list)
    quotes: list[Row] = field(default_factory=list)
    unpinned: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    against: list[Row] = field(default_factory=list)


@dataclass
class Desk:
    """Where somebody acts: the reader, the turn and its first like (`home`), in which mode, what of others and machines they see."""

    book: Book
    coder: str
    doc: str
    turn: int
    mode: str
    sees: bool
    known: Mapping[str, bool]  # category -> whether it can be given
    now: datetime
    plan: Plan = field(default_factory=Plan)

    @property
    def key(self) -> tuple[str, int]:
        return self.doc, self.book.deck.same(self.doc, self.turn)

    @property
    def text(self) -> str:
        return self.book.deck.by_key[self.doc, self.turn].text

    @property
    def date(self) -> str:
        return self.now.date().isoformat()

    @property
    def time(self) -> str:
        return moment(self.now)

    def own(self) -> list[Act]:
        return [act for act in self.book.holding(self.key) if act.coder == self.coder]

    def coding(self, name: str) -> Act:
        """A coding of the reader. Raises `Stop` where it is somebody else's, or gone."""
        act = next((act for act in self.book.holding(self.key) if act.id == name), None)
        if act is None or (act.coder != self.coder and not self.sees):
            raise asked.refused(_("Diese Codierung gibt es nicht mehr."), _("Bitte noch einmal nachsehen; der Beitrag ist auf dem neuen Stand."))
        if act.coder != self.coder:
            raise asked.refused(_("Diese Codierung ist von {who}; ändern kann sie nur, wer sie vergab.").format(who=act.coder))
        return act

    def proposal(self, name: str) -> Proposal:
        """A proposal that the reader may see. Raises `Stop` where there is none."""
        found = next((one for one in self.book.deck.proposals.at(self.doc, self.turn) if one.id == name), None) if self.sees else None
        if found is None:
            raise asked.refused(_("Diesen Vorschlag gibt es hier nicht (mehr)."), _("Bitte noch einmal nachsehen; der Beitrag ist auf dem neuen Stand."))
        return found

    def row(self, action: str, code: str, start: int, end: int, memo: str = "", stance: str = "", about: str = "", aside: Sequence[Act] = ()) -> None:
        """A row of `decisions.csv` for a passage of the reading text, put on the plan."""
        place = self.book.deck.anchor(self.doc, self.turn, start, end)
        if self.book.deck.place(place) is None:
            raise asked.refused(_("Diese Stelle lässt sich im Rohtext nicht verankern."), _("Bitte ein Wort mehr auswählen."))
        self._planned({"action": action, "code": code, "memo": memo, "stance": stance, "about": about, **place}, aside)

    def again(self, act: Act, action: str = "", memo: str | None = None, aside: Sequence[Act] = ()) -> None:
        """A row on the very anchor of an earlier act, with its category as it was written."""
        kept = {name: act.row.get(name, "") for name in ("doc", "raw_sha256", "raw_start", "raw_end", "quote", "before", "after", "code", "stance", "about", "memo")}
        self._planned({**kept, "action": action or act.row["action"], **({} if memo is None else {"memo": memo})}, [act, *aside])

    def _planned(self, given: Row, aside: Sequence[Act]) -> None:
        here = [act for act in self.book.here[self.key].acts if _anchor(act.row) == _anchor(given) and act.coder == self.coder]
        if self.mode in BLIND:  # hand codings know neither: who reads without proposals cannot accept or reject one
            given = {**given, "action": {"accept": "add", REJECT: WITHDRAW}.get(given["action"], given["action"])}
        standing = [act for act in self.own() if act in here]
        if standing and all(standing[0].row.get(name, "") == given[name] for name in _SAID) and {act.id for act in aside} <= {standing[0].id}:
            return  # said already
        # What is written to hand codings counts before `decisions.csv`; so it names what there says something else of the same place.
        names = dict.fromkeys(act.id for act in (*aside, *(here if self.mode in BLIND else ())))
        made = {
            **given, "decision": new_id(self.coder, self.now), "date": self.date, "time": self.time, "coder": self.coder,
            "mode": self.mode, "codebook": self.book.today.version, "replaces": SEPARATOR.join(names),
        }  # fmt: skip
        self.plan.decided = [*(row for row in self.plan.decided if _anchor(row) != _anchor(made)), made]


_SAID = ("action", "memo", "stance", "about")


def _anchor(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in ("doc", "raw_sha256", "raw_start", "raw_end", "code"))


