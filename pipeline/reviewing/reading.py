"""One study being read: deck, book and gate held between requests, made anew when a run or somebody else changed what they rest on."""

from __future__ import annotations

import threading
from collections import ChainMap
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline import codebook, study
from pipeline.covered import is_full
from pipeline.language import _
from pipeline.ledgers.disk import Mark, mark
from pipeline.ledgers.versions import note_version
from pipeline.ledgers.writing import locked, repaired
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.reviewing import asked
from pipeline.reviewing.acting import Book
from pipeline.reviewing.blind import INTERVIEW, Gate, Queue
from pipeline.reviewing.deck import Deck, Key, mark_of
from pipeline.reviewing.desk import Desk, Plan
from pipeline.reviewing.files import Row
from pipeline.reviewing.planning import planned
from pipeline.reviewing.progress import Far, far
from pipeline.reviewing.undoing import Own, back, before_last, own
from pipeline.reviewing.view import Json, Viewer, turn_view

Queues = Callable[[list[Row], Collection[tuple[str, str]]], list[Queue]]  # rows of reviewed.csv, turns that are there -> queues


class Conflict(Exception):
    """Somebody acted on the turn since the page was given it; carries the turn as it is now."""

    def __init__(self, turn: Json, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.turn, self.problems = turn, problems


class Reading:
    """Made once for a server; `fresh` is to be called (inside `held`) before anything is read. All of it is blocking work."""

    def __init__(self, places: Places, queues: Queues, now: Callable[[], datetime] = lambda: datetime.now().astimezone()) -> None:
        self.places, self._queues, self._clock = places, queues, now
        self._last = datetime.min.replace(tzinfo=UTC)
        self._one = threading.RLock()
        self._deck: Deck | None = None
        self._next: Deck | None = None  # of a newer run, made ready beside
        self._book: Book | None = None
        self._gate: Gate | None = None
        self._run: tuple[int, int, int] = (0, 0, 0)
        self._today: codebook.Codebook | None = None
        self._far: dict[tuple[str, str], tuple[object, Far]] = {}
        self._undo: dict[tuple[str, Key], list[tuple[Own, Own]]] = {}
        self.settings: tuple[object, bool] = (None, True)  # study.yaml as it was read, whether a first reading is needed
        self.notes: list[str] = []  # what is to be told: lists that were mended

    @contextmanager
    def held(self, writes: bool = False) -> Iterator[Reading]:
        """Alone with what is held, on today's files; with `writes` no other program writes to the lists meanwhile."""
        with self._one:
            if not writes:
                self._fresh()
                yield self
                return
            with locked(self.places):
                self._fresh()
                yield self

    @property
    def deck(self) -> Deck:
        assert self._deck is not None
        return self._deck

    @property
    def book(self) -> Book:
        assert self._book is not None
        return self._book

    @property
    def gate(self) -> Gate:
        """Made when first asked for after a reading: queues are done by readings."""
        if self._gate is None:
            found = self._queues([row for row in self.book.read if row["mode"] != INTERVIEW], self.deck.home)  # those of interviews end no item
            self._gate = Gate(found, self.settings[1], ChainMap(self.book.first, self._through()))
        return self._gate

    def _through(self) -> dict[tuple[str, str], str]:
        """(interview, coder) -> no note, of those who have read all of it: they know it, with or without a note of a first reading."""
        found: dict[tuple[str, str], str] = {}
        for doc, turns in self.deck.turns.items():
            who = [{spot.row["coder"] for spot in self.book.readings((doc, one.turn)) if is_full(spot.row)} for one in turns if one.codable]
            found |= dict.fromkeys(((doc, coder) for coder in (set.intersection(*who) if who else ())), "")
        return found

    def forget_gate(self) -> None:
        """Somebody read something: queues may be further."""
        self._gate = None

    @property
    def today(self) -> codebook.Codebook:
        assert self._today is not None
        return self._today

    @property
    def known(self) -> dict[str, bool]:
        """Category -> whether it can be given."""
        return {code.id: code.coded for code in self.today.codes}

    def _fresh(self) -> None:
        told = _stat(self.places)
        if self._deck is None or (told != self._run and mark_of(self.places) != self._deck.mark):
            ready = self._next
            self._deck = ready if ready is not None and ready.mark == mark_of(self.places) else Deck.load(self.places)
            self._next = self._book = None
        self._run = told
        self._codebook()
        needed = _first_needed(self.places, self.settings)
        if needed != self.settings:
            self.settings, self._gate = needed, None
        if self._book is None or self._book.stale:
            self.notes += repaired(self.places)
            self._book, self._gate = Book.load(self.places, self.deck, self.today), None
            self._far, self._undo = {}, {}

    def now(self) -> datetime:
        """The time of an act; later than that of the one before, so that rows tell which were written together."""
        self._last = max(self._clock(), self._last + timedelta(milliseconds=1))
        return self._last

    def prepare(self) -> None:
        """Make a newer run's deck ready while others go on reading the old one. Raises `Stop` as `Deck.load` does."""
        if self._deck is not None and mark_of(self.places) != self._deck.mark:
            self._next = Deck.load(self.places)

    def _codebook(self) -> None:
        """Today's codebook; where it cannot be read just now, the last one that could."""
        try:
            found = codebook.load(self.places.codebooks / "codebook.yaml")
        except Stop:
            if self._today is None:
                raise
            return
        if self._today is None or found.version != self._today.version:
            self._today, self._book = found, None
            note_version(self.places)

    # What a page asks.

    def turn(self, viewer: Viewer, doc: str, number: int) -> Json:
        return turn_view(self.book, self.gate, viewer, doc, number)

    def far(self, coder: str, doc: str) -> Far:
        """How far a reader is with an interview; kept until something is said in it, or a queue is through."""
        hides = frozenset(key for key in self.gate.hides(coder) if key[0] == doc)
        state = self.book.changed[doc], self.gate.reading(coder, doc), hides
        kept = self._far.get((coder, doc))
        if kept is None or kept[0] != state:
            kept = self._far[coder, doc] = state, far(self.book, self.gate, coder, doc)
        return kept[1]

    def known_turn(self, doc: object, number: object) -> Key:
        """Raises `Stop` where there is no such turn."""
        if not isinstance(doc, str) or not isinstance(number, int) or isinstance(number, bool) or (doc, number) not in self.deck.by_key:
            raise asked.refused(_("Diesen Beitrag gibt es nicht (mehr)."), _("Bitte die Seite neu laden."))
        return doc, number

    def named(self, name: object) -> str:
        """A reader's name. Raises `Stop` where it is none, or differs from a known one only by capital letters."""
        given = asked.coder(name)
        near = [one for one in self.coders() if one.casefold() == given.casefold() and one != given]
        if near and given not in self.coders():
            what = _("Das Kürzel »{known}« gibt es schon, anders geschrieben als »{given}«.").format(known=near[0], given=given)
            raise asked.refused(what, _("Bitte das bekannte benutzen oder ein anderes wählen."))
        return given

    def coders(self) -> list[str]:
        """Everybody known: who said or read something, and who is to read in a queue."""
        return sorted({*self.book.coders(), *(name for queue in self.gate.queues for name in queue.items)})

    # What a page does.

    def act(self, given: Mapping[str, Any]) -> Json:
        """Do the acts of one request at one turn; returns the turn as it is then. Raises `Stop` with what cannot be done (then nothing is
        written), `Conflict` where the page's turn is not today's."""
        with self.held(writes=True):
            coder = self.named(given.get("coder"))
            doc, number = self.known_turn(given.get("doc"), given.get("turn"))
            viewer = Viewer(coder, asked.name_of(given, "queue"))
            acts = asked.acts(given.get("acts"))
            turn = self.deck.by_key[doc, number]
            if not turn.codable:
                raise asked.refused(_("Codiert werden nur die Worte der Befragten; dieser Beitrag ist von jemand anderem."))
            before = self.turn(viewer, doc, number)
            if given.get("rev") != before["rev"]:
                raise Conflict(before, [_("An diesem Beitrag hat sich inzwischen etwas geändert.")])
            key = doc, turn.raw_sha256
            desk = Desk(
                self.book, coder, doc, number, self.gate.mode(coder, key, viewer.queue), self.gate.sees(coder, key, viewer.queue), self.known, self.now(),
            )  # fmt: skip
            self._carry_out(desk, acts)
            return self.turn(viewer, doc, number)

    def _carry_out(self, desk: Desk, acts: list[dict[str, Any]]) -> None:
        stack = self._undo.setdefault((desk.coder, desk.key), [])
        was = own(self.book, desk.key, desk.coder)
        if any(act["kind"] == "undo" for act in acts):
            if len(acts) > 1:
                raise asked.refused(_("Zurücknehmen geht nur für sich allein."))
            if stack and not stack[-1][1].same(was):  # something was said meanwhile that these steps do not know
                stack.clear()
            self._write(desk, back(desk, stack[-1][0] if stack else before_last(self.book, desk.key, desk.coder)))
            if stack:
                stack.pop()
            return
        self._write(desk, planned(desk, acts))
        stack.append((was, own(self.book, desk.key, desk.coder)))  # also where nothing came of it: else the step before would be taken back

    def _write(self, desk: Desk, plan: Plan) -> None:
        """Readings last: they say that all before them is there."""
        book = self.book
        for write, rows in ((book.speak_against, plan.against), (book.note, plan.notes), (book.pin, plan.quotes)):
            if rows:
                write(rows)
        if plan.unpinned:
            book.unpin(desk.doc, plan.unpinned)
        if plan.decided:
            book.decide(desk.coder, desk.mode, plan.decided)
        if plan.read:
            book.mark_read(plan.read)
            self.forget_gate()

    def first_done(self, given: Mapping[str, Any]) -> None:
        """Note that somebody has read an interview for the first time."""
        with self.held(writes=True):
            coder, doc = self.named(given.get("coder")), given.get("doc")
            if not isinstance(doc, str) or doc not in self.deck.turns:
                raise asked.refused(_("Dieses Gespräch gibt es nicht (mehr)."), _("Bitte die Seite neu laden."))
            memo = asked.memo({"memo": None, **given}) or _("gelesen")
            self.book.note([{"kind": "reading", "key": doc, "memo": memo, "coder": coder, "date": self.now().date().isoformat(), "doc": doc}])


def _stat(places: Places) -> Mark:
    from pipeline.inputs import STATE

    try:
        return mark(places.private / "work" / STATE)
    except OSError:
        return 0, 0, 0


def _first_needed(places: Places, before: tuple[object, bool]) -> tuple[object, bool]:
    """(study.yaml as it is, whether a first reading is needed); a file that cannot be read just now changes nothing."""
    path = places.codebooks / "study.yaml"
    try:
        now = mark(path)
        return before if now == before[0] else (now, study.load(path).review.first_reading)
    except (OSError, Stop):
        return before
