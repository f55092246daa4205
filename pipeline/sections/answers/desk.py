"""What every chapter on a question of the council needs: names, labels, figures in words, and passages as they are quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import islice
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.language import _
from pipeline.sections.answers.words import NOT_APPLYING
from pipeline.sections.material import Names
from pipeline.sections.proposals import Proposals
from pipeline.sections.quotes import moments, reasons, view
from pipeline.tables import NEVER, pinned_at, quotable, rows_of
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN, clock, second

if TYPE_CHECKING:
    import pandas as pd


class Desk:
    """All tables of a run with what makes them readable. Chapters only read it."""

    def __init__(self, tables: dict[str, pd.DataFrame], settings: SimpleNamespace, names: Names, questions: Any) -> None:
        self.tables, self.settings, self.names, self.guide = tables, settings, names, questions
        self.label = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
        self.order = {code: n for n, code in enumerate(tables["codes"]["code"])}
        self._rows: dict[str, tuple[pd.DataFrame, list[Any]]] = {}
        self.with_proposals = settings.report.counts == "proposals"

    def rows(self, table: str) -> list[Any]:
        """A table's rows, made once a table; nobody changes the list."""
        data = self.tables[table]
        if table not in self._rows or self._rows[table][0] is not data:
            self._rows[table] = data, rows_of(data)
        return self._rows[table][1]

    @cached_property
    def turns(self) -> dict[tuple[str, int], Any]:
        return {(t.doc, t.turn): t for t in self.rows("turns")}

    @cached_property
    def _mentions(self) -> dict[str, Any]:
        return {m.mention: m for m in self.rows("findings_mentions")}

    @cached_property
    def _release(self) -> dict[str, Any]:
        return {r.mention: r for r in self.rows("findings_release")}

    @cached_property
    def _moments(self) -> Any:
        return moments(self.tables)

    @cached_property
    def _quotable(self) -> set[tuple[str, str]]:
        return quotable(self.tables["speakers"])

    @cached_property
    def known(self) -> Proposals:
        """What is said beside proposals."""
        return Proposals(self.tables)

    def mention(self, mention: str) -> Any:
        """The row of `findings_mentions`; None for one that is not there."""
        return self._mentions.get(mention)

    def quote(self, mention: str) -> Any:
        """A mention ready for the macro `ui.quote`, without its words where people decided never to quote it; None for one that is not there."""
        m = self._mentions.get(mention)
        if m is None:
            return None
        shown = view(m, self.turns[m.doc, m.turn], self.names, self._moments, self._release[mention])
        if self.banned(m) and self.may_quote(m.doc, m.turn):
            shown.parts, shown.cut_before, shown.rule_words = [(_(NOT_SHOWN), False)], False, reasons(m, False)
        return shown

    def quotes(self, mentions: Iterable[Any], most: int) -> list[Any]:
        """The first of these mentions (rows) that people did not ban, ready for the macro `ui.quote`; where they banned all, one without its words."""
        rows = list(mentions)
        return [self.quote(m.mention) for m in list(islice((m for m in rows if not self.banned(m)), most)) or rows[:1]]

    @cached_property
    def _by_code(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for m in self._mentions.values():
            found[m.code].append(m)
        return found

    def mentions_of(self, code: str) -> list[Any]:
        """All mentions of a category, those of its children included."""
        return self._by_code.get(code, [])

    @cached_property
    def _banned(self) -> Callable[[str, int, int, int], bool]:
        return pinned_at(self.tables["quote_decisions"], NEVER)

    def banned(self, place: Any) -> bool:
        """Whether people wrote of something at a place (with doc, turn, start, end) that it is never to be shown as a quote."""
        return self._banned(place.doc, place.turn, place.start, place.end)

    def once(self, codes: Iterable[str]) -> set[str]:
        """Mentions of these categories without those that only repeat one of a category right below: what was said of a child stands for its
        parents as well, and would be shown twice."""
        wanted = set(codes)
        parent = {code: up for code, up in zip(self.tables["codes"]["code"], self.tables["codes"]["parent"], strict=True) if code in wanted}
        below: dict[tuple[str, int, str], list[tuple[int, int]]] = defaultdict(list)
        mine = [m for m in self._mentions.values() if m.code in wanted]
        for m in mine:
            below[m.doc, m.turn, parent.get(m.code, "")].append((m.start, m.end))
        return {m.mention for m in mine if not any(a < m.end and m.start < b for a, b in below.get((m.doc, m.turn, m.code), ()))}

    def may_quote(self, doc: str, turn: int) -> bool:
        row = self.turns.get((doc, turn))
        return row is not None and (doc, row.speaker) in self._quotable

    def words(self, doc: str, turn: int, start: int, end: int) -> str:
        """The words at a place, or what stands for them where their speaker may not be quoted, or people decided never to quote them."""
        row = self.turns.get((doc, turn))
        if row is None or start >= end:
            return ""
        if not self.may_quote(doc, turn):
            return NOT_QUOTABLE
        return NOT_SHOWN if self._banned(doc, turn, start, end) else str(row.text[start:end])

    def place(self, doc: str, turn: int, start: int = 0) -> SimpleNamespace:
        """Where something stands: `anchor` for a link, `interview`, `turn`, `clock`."""
        row = self.turns.get((doc, turn))
        at = clock(second(self._moments.get((doc, turn), []), start, row.t_start)) if row is not None else ""
        return SimpleNamespace(anchor=f"{doc}-{turn}", interview=self.names.interview(doc), turn=turn, clock=at)

    def passage(self, row: Any, case: str = "") -> SimpleNamespace:
        """A place with doc, turn, start, end as words, place and who said it (no mention is needed); `shown`: the words as a page shows them,
        in whose language it is said why there are none."""
        at, text = self.place(row.doc, row.turn, row.start), self.words(row.doc, row.turn, row.start, row.end)
        shown = _(text) if text in (NOT_QUOTABLE, NOT_SHOWN) else text
        return SimpleNamespace(**vars(at), text=text, shown=shown, who=self.names.who(case or row.case), case=case or row.case)

    def applies(self, question: str) -> str:
        """Why a question cannot be answered from this material, in words; empty where it can."""
        row = next((r for r in self.rows("findings_applies") if r.question == question), None)
        return "" if row is None or row.applies == "yes" else _(NOT_APPLYING[row.reason]).format(detail=", ".join(row.detail.split("+")))

    @property
    def knows_asked(self) -> bool:
        """Whether it is known what people were asked about: a question of the guide was recognised, and the guide tells what its questions expect."""
        return any(q.expects for q in self.guide.questions) and any(r.n_asked for r in self.rows("findings_answers"))

    def by_label(self, codes: Iterable[str]) -> list[str]:
        """Codes in the codebook's order."""
        return sorted(set(codes), key=lambda code: (self.order.get(code, len(self.order)), code))

    def value(self, variable: str) -> Callable[[str], str]:
        """Value of a variable -> its words."""
        return lambda value: self.names.value(variable, value)

    @property
    def group_label(self) -> str:
        return self._label(self.settings.answers.group)

    @property
    def district_label(self) -> str:
        return self._label(self.settings.answers.district)

    def _label(self, variable: str) -> str:
        known = self.settings.variables.get(variable)
        return (known.label if known else "") or variable
