"""Live figures: from a saved codebook to what the page is told, on what the last run left in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline import codebook, guide, study
from pipeline.app import draft, figures
from pipeline.app.details import effect, passages
from pipeline.app.held import Held, inputs_mark, load_held, opened
from pipeline.app.quotes import merge, packed, shown
from pipeline.app.recode import Change, recode, warm
from pipeline.app.tally import FIGURES, Key
from pipeline.inputs import read_state
from pipeline.language import spoken
from pipeline.places import Places
from pipeline.problems import Problem, Stop

AT_ONCE = 150  # turns whose passages are made between two looks at whether somebody waits


@dataclass(frozen=True)
class Told:
    """Figures by code and column, and what else the edit did."""

    figures: dict[str, dict[str, Any]]
    change: Change


class Quick:
    """What is held between saves; one thread at a time works on it."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.held: Held | None = None
        self._turns: set[Key] = set()  # whose passages the page does not have yet
        self._codes: set[str] = set()
        self._since: tuple[set[Key], set[str]] = set(), set()  # what edits touched since a page was begun
        self._one = threading.Lock()

    def ready(self) -> None:
        """Hold the last run's results, where what is held is not what that run came to. Raises `Stop` where it left none."""
        with self._one:
            state, held, self._since = read_state(self.places), self.held, (set(), set())
            if held is None or not self._same(held):
                self._turns, self._codes, self.held = set(), set(), None
                if not state.get("effect", {}).get("version"):
                    return
                made = load_held(self.places, study.load(self.places.codebooks / "study.yaml"))
                self._warm(made)
                self.held = made
                return
        # The new page's texts are cut at other places. An edit does not wait for that.
        page = shown(held.study, guide.load(self.places.codebooks / "guide.yaml"), opened(self.places, held.study, state))
        with self._one:
            if self.held is held:
                held.page = page
                self._turns |= self._since[0]
                self._codes |= self._since[1]

    def drop(self) -> None:
        self.held = None

    def edited(self) -> Told | None:
        """What the saved codebook changes; None where only a whole run can tell. Raises `Stop` with what is wrong in the file."""
        with self._one:
            path = self.places.codebooks / "codebook.yaml"
            held = self.held
            lines = draft.lines_of(path.read_bytes()) if held is not None and path.is_file() else None
            now = draft.again(held.draft, lines) if held is not None and lines is not None else None
            if now is None:
                now = self._whole(held)
            if held is None or now is None:
                return None
            self._conditions(held, now)
            done = recode(held, now)
            for turns, codes in ((self._turns, self._codes), self._since):
                turns |= done.turns
                codes |= set(done.moved)
            with spoken(held.study.language):
                return Told(figures.shown(now.book, done.codes, held.figures), done)

    def effect(self, told: Told) -> tuple[str, ...]:
        """Lines on what the edit does; none where another one has been taken over since."""
        with self._one:
            if self.held is None or self.held.draft.book is not told.change.new:
                return ()
            with spoken(self.held.study.language):
                return tuple(effect(self.held, told.change))

    def quotes(self, hurry: Callable[[], bool] = lambda: False) -> tuple[list[str], dict[str, Any]] | None:
        """(categories, their quotes for the page): all that edits touched since the last time; after the figures, because it takes longer.

        `hurry`: whether somebody waits for the next figures; then it ends early with nothing, and the next call makes good for it.
        """
        with self._one:
            held = self.held
            if held is None or not self._codes:
                return None
            done: set[Key] = set()
            made = []
            for part in _parts(sorted(self._turns)):
                if hurry():
                    break
                made.append(passages(held, set(part)))
                done |= set(part)
            merge(held.page, done, made)
            self._turns -= done
            codes = [code for code in held.order if code in self._codes]
            if hurry():
                return None
            with spoken(held.study.language):
                told = packed(held.page, codes)
            self._codes = set()
            return codes, told

    def _warm(self, held: Held) -> None:
        """Walk the way of an edit once for nothing."""
        warm(held)
        draft.again(held.draft, held.draft.lines)
        self._conditions(held, held.draft)
        with spoken(held.study.language):
            figures.shown(held.draft.book, list(held.order)[:1], held.figures)
            passages(held, set(sorted(held.rows)[:1]))

    def _whole(self, held: Held | None) -> draft.Draft | None:
        """The file read from end to end; None where its categories are others than those held."""
        try:
            now = draft.whole(self.places.codebooks / "codebook.yaml")
        except Stop as stop:
            raise Stop([self._placed(p) for p in stop.problems]) from stop
        same = held is not None and [draft.place(c) for c in now.book.codes] == [draft.place(c) for c in held.draft.book.codes]
        return now if same else None

    def _conditions(self, held: Held, now: draft.Draft) -> None:
        variables = {name: set(one.values) for name, one in held.study.variables.items()}
        questions = {question.id for question in guide.load(self.places.codebooks / "guide.yaml").questions}
        file = self.places.show(self.places.codebooks / "codebook.yaml")
        if problems := codebook.check_conditions(now.book, variables, questions, file):
            raise Stop(problems)

    def _placed(self, problem: Problem) -> Problem:
        return Problem(self.places.show(self.places.codebooks / problem.file), problem.line, problem.what, problem.hint)

    def _same(self, held: Held) -> bool:
        """Whether the run that just ended came to what is held."""
        state = read_state(self.places)
        if held.inputs != inputs_mark(self.places) or state.get("effect", {}).get("version") != held.draft.book.version:
            return False
        there = opened(self.places, held.study, state).table(FIGURES)
        rows = {row["code"]: row for row in there.to_dict("records")}
        return repr(sorted(rows.items())) == repr(sorted(held.figures.items()))


def _parts(turns: list[Key]) -> Iterator[list[Key]]:
    for at in range(0, len(turns), AT_ONCE):
        yield turns[at : at + AT_ONCE]
