"""Live figures: from a saved codebook to what the page is told, on what the last run left in memory."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from pipeline import codebook, guide, study
from pipeline.app import draft, figures
from pipeline.app.held import FIGURES, Held, inputs_mark, load_held, opened
from pipeline.app.quotes import merge, packed, shown
from pipeline.app.recode import Change, recode, warm
from pipeline.effects.compare import summary
from pipeline.inputs import read_state
from pipeline.language import spoken
from pipeline.places import Places
from pipeline.problems import Problem, Stop


@dataclass(frozen=True)
class Told:
    """Figures by code and column, lines on what the edit does, and what `Quick.quotes` needs."""

    figures: dict[str, dict[str, Any]]
    lines: tuple[str, ...]
    change: Change


class Quick:
    """What is held between saves; one thread at a time works on it."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.held: Held | None = None
        self._one = threading.Lock()

    def ready(self) -> None:
        """Hold the last run's results, where what is held is not what that run came to. Raises `Stop` where it left none."""
        with self._one:
            state = read_state(self.places)
            if self.held is not None and self._same(self.held):
                # The new page's texts are cut at other places.
                self.held.page = shown(self.held.study, guide.load(self.places.codebooks / "guide.yaml"), opened(self.places, self.held.study, state))
                return
            self.held = None
            if not state.get("effect", {}).get("version"):
                return
            self.held = load_held(self.places, study.load(self.places.codebooks / "study.yaml"))
            warm(self.held)

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
            old = held.draft.book
            done = recode(held, now)
            with spoken(held.study.language):
                told = figures.shown(now.book, done.codes, held.figures)
            return Told(told, tuple(summary(done.effect, old.version, now.book.version)), done)

    def quotes(self, told: Told) -> dict[str, Any] | None:
        """The quotes of all categories that the edit touched, for the page; after the figures, because it takes longer."""
        with self._one:
            if self.held is None:
                return None
            merge(self.held.page, told.change.turns, told.change.found, told.change.hinted)
            with spoken(self.held.study.language):
                return packed(self.held.page, told.change.moved) if told.change.moved else None

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
