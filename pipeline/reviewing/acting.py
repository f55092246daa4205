"""The book: all that people said, in memory as in their lists; every act is on the disk before it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.anchoring.refind import Found
from pipeline.anchoring.rows import Anchor, anchor
from pipeline.codebook import Codebook
from pipeline.coders.deciding import ids_in
from pipeline.covered import SEPARATOR, known_by, lacks_of
from pipeline.ledgers.disk import Mark, mark
from pipeline.ledgers.writing import append, locked, rewritten
from pipeline.lists import MEMO_KINDS
from pipeline.places import Places
from pipeline.reviewing import files
from pipeline.reviewing.deck import Deck, Key
from pipeline.reviewing.files import Row, Target
from pipeline.reviewing.standing import Act, Here, Spot, holding, reading_key, readings
from pipeline.tables import BLIND, CONSENSUS_CODER, MACHINES, WITHDRAW

READING = "reading"  # kind of the note that ends a first reading
assert READING in MEMO_KINDS


class Book:
    """What the lists say, by turn. `stale` tells whether somebody else changed them; then `load` anew. One thread at a time."""

    def __init__(self, places: Places, deck: Deck, today: Codebook) -> None:
        self.places, self.deck, self.today = places, deck, today
        self.heirs = today.heirs()
        self.here: defaultdict[Key, Here] = defaultdict(Here)
        self.aside: defaultdict[str, set[str]] = defaultdict(set)
        self.lost: list[Row] = []  # acts whose passage is in no turn
        self.by_id: dict[str, Row] = {}
        self.read: list[Row] = []  # all rows of reviewed.csv
        self.quotes: list[Row] = []
        self.first: dict[tuple[str, str], str] = {}  # (interview, coder) -> note of the first reading
        self.changed: defaultdict[str, int] = defaultdict(int)  # interview -> how often something was said in it
        self.lacks: dict[str, str] = {}  # version of the codebook -> today's categories that it did not know
        self.marks: dict[str, Mark] = {}
        self.moved: Mapping[Anchor, Found] = {}
        self._holding: dict[Key, list[Act]] = {}
        self._count = 0

    @classmethod
    def load(cls, places: Places, deck: Deck, today: Codebook) -> Book:
        """Everything anew from the files. Raises `Stop` where a list cannot be read."""
        made = cls(places, deck, today)
        with locked(places):
            made.marks = files.marks(places)
            found = files.load(places)
        known, now = known_by(found.versions), {code.id: code.entry.was for code in today.codes if code.coded}
        made.lacks = {version: SEPARATOR.join(lacks_of(version, known, now)) for version in known}
        for row in found.decided:
            made._decided(row, hand=row.get("file", "").startswith("handcoded/"))
        for row in deck.found_read:
            if spot := made._spot(row):
                made.here[row["doc"], spot[0]].read.append(spot[1])
        for row in found.read:
            made._read(row)
        # Notes and wishes beside passages have no decision whose new place the last run told.
        made.moved = deck.looked_for([*found.quotes, *found.notes, *found.against])
        for row in found.quotes:
            made._quote(row)
        for row in found.notes:
            made._note(row)
        for row in found.against:
            made._against(row)
        return made

    @property
    def stale(self) -> bool:
        return files.marks(self.places) != self.marks

    def holding(self, key: Key) -> list[Act]:
        """Acts that hold at a turn, in the order in which they count."""
        if key not in self._holding:
            here = self.here.get(key)
            self._holding[key] = holding(here.acts, self.aside) if here else []
        return self._holding[key]

    def readings(self, key: Key) -> list[Spot]:
        here = self.here.get(key)
        return readings(here.read) if here else []

    def reading_at(self, line: str, coder: str, doc: str) -> Row | None:
        """The reading that stands in a line of reviewed.csv, where it was not taken back since."""
        row = next((row for row in self.read if row.get("line") == line and (row["coder"], row["doc"]) == (coder, doc)), None)
        if row is None:
            return None
        last = next(one for one in reversed(self.read) if reading_key(one) == reading_key(row))
        return None if last.get("action", "") == WITHDRAW else row

    def coders(self) -> list[str]:
        """Everybody who said or read something, by name; neither machines nor the meeting."""
        named = {row["coder"] for row in self.by_id.values()} | {row["coder"] for row in self.read} | {coder for _, coder in self.first}
        return sorted(name for name in named if name and name.casefold() not in MACHINES and name != CONSENSUS_CODER)

    # Writing: first the disk, then the memory.

    def decide(self, coder: str, mode: str, rows: Sequence[Row]) -> None:
        """Put acts of one coder behind their list. Raises `Stop` where they cannot be written; then nothing has changed."""
        self._append(files.decided_by(self.places, coder, mode), rows)
        for row in rows:
            self._decided(dict(row), hand=mode in BLIND)

    def mark_read(self, rows: Sequence[Row]) -> None:
        self._append(files.target(self.places, files.READ), rows)
        for row in rows:
            self._read(dict(row))

    def note(self, rows: Sequence[Row]) -> None:
        self._append(files.target(self.places, files.NOTES), rows)
        for row in rows:
            self._note(dict(row))

    def speak_against(self, rows: Sequence[Row]) -> None:
        self._append(files.target(self.places, files.AGAINST), rows)
        for row in rows:
            self._against(dict(row))

    def pin(self, rows: Sequence[Row]) -> None:
        self._append(files.target(self.places, files.QUOTES), rows)
        for row in rows:
            self._quote(dict(row))

    def unpin(self, doc: str, gone: Iterable[Row]) -> None:
        """Take pins back: rows that say nothing else go, of others the pin."""
        out = {id(row) for row in gone}
        said = ("release", "unique_ok", "note")
        kept = [{**row, "pin": ""} if id(row) in out else row for row in self.quotes if id(row) not in out or any(row.get(name) for name in said)]
        rewritten(self.places, *files.target(self.places, files.QUOTES), kept)
        self._noticed(files.target(self.places, files.QUOTES))
        self.quotes = []
        for here in self.here.values():
            here.quotes = []
        for row in kept:
            self._quote(row)
        self.changed[doc] += 1

    def _append(self, at: Target, rows: Sequence[Row]) -> None:
        append(self.places, at.path, at.listing, at.columns, rows)
        self._noticed(at)

    def _noticed(self, at: Target) -> None:
        self.marks[str(at.path)] = mark(at.path)

    # Taking in: the same for rows of a file and for new ones, so that both come to the same.

    def _decided(self, row: Row, hand: bool) -> None:
        self._count += 1
        row = {**row, "action": row["action"] or "add", "code": self.named(row["code"])}
        for name in ids_in(row.get("replaces", "")):
            if name != row["decision"] and name not in self.aside[row["coder"]]:
                self.aside[row["coder"]].add(name)
                self._forget(name)
        self.by_id[row["decision"]] = row
        found = self.deck.place(row)
        if found is None:
            self.lost.append(row)
            return
        turn, start, end = found
        if (row["doc"], row["raw_sha256"]) not in self.deck.home:  # found again in a turn that changed: today's place is what counts from now on
            row = self.by_id[row["decision"]] = {**row, **self.deck.anchor(row["doc"], turn, start, end)}
        order = (0, row["coder"], self._count) if hand else (1, "", self._count)
        key = row["doc"], turn
        self.here[key].acts.append(Act(row, order, start, end))
        self._holding.pop(key, None)
        self.changed[row["doc"]] += 1

    def _forget(self, decision: str) -> None:
        row = self.by_id.get(decision)
        found = self.deck.place(row) if row else None
        if row and found:
            self._holding.pop((row["doc"], found[0]), None)
            self.changed[row["doc"]] += 1

    def named(self, code: str) -> str:
        """Today's name of a category; of one that was split its old one."""
        new = self.heirs.get(code, ())
        return new[0] if len(new) == 1 else code

    def _read(self, row: Row) -> None:
        row = {**row, "lacks": self.lacks.get(row["codebook"], "")}
        self.read.append(row)
        if spot := self._spot(row):
            self.here[row["doc"], spot[0]].read.append(spot[1])

    def _quote(self, row: Row) -> None:
        self.quotes.append(row)
        if spot := self._spot(row):
            self.here[row["doc"], spot[0]].quotes.append(spot[1])

    def _note(self, row: Row) -> None:
        if row["kind"] == READING and row.get("coder"):
            self.first[row["key"], row["coder"]] = row["memo"]
            self.changed[row["key"]] += 1
        if row["kind"] == "passage" and row.get("raw_sha256") and (spot := self._spot(row)):
            self.here[row["doc"], spot[0]].notes.append(spot[1])

    def _against(self, row: Row) -> None:
        if spot := self._spot(row):
            self.here[row["doc"], spot[0]].against.append(spot[1])

    def _spot(self, row: Row) -> tuple[int, Spot] | None:
        numbers = [row.get(name, "") for name in ("raw_start", "raw_end")]
        if not row.get("doc") or not all(number.isascii() and number.isdecimal() for number in numbers):
            return None
        found = self.deck.place(row)
        if found is None:
            new = self.moved.get(anchor(row))
            if new is None or not new.sure:
                return None
            found = new.turn, new.start, new.end
        self.changed[row["doc"]] += 1
        return found[0], Spot(row, found[1], found[2])
