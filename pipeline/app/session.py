"""One watching: saves come in, live figures go out at once, the whole run follows behind, and the page learns how far it is."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.app import served
from pipeline.app.background import Result, Run
from pipeline.app.board import RESTING, WAITING, WORKING, Board
from pipeline.app.changes import changes
from pipeline.app.quick import Quick, Told
from pipeline.app.traces import kept
from pipeline.places import Places
from pipeline.problems import Problem, Stop

AGAIN = 2.0  # seconds until a run is tried again while another one holds the study
BUSY = "läuft schon ein Durchgang"  # how a run says that another one holds the study
BOOK = "codebook.yaml"
DECIDED = "decisions.csv"


class Session:
    """Runs in the server's loop. `say` tells the terminal, the board tells open pages; files that `quiet` names begin no run when they are saved."""

    def __init__(self, places: Places, board: Board, say: Callable[[str], None], quiet: Callable[[Path], bool] = lambda path: False) -> None:
        self.places, self.board, self.say, self.quiet = places, board, say, quiet
        self.quick = Quick(places)
        self.stop = asyncio.Event()
        self._run: Run | None = None
        self._watching: asyncio.Task[None] | None = None
        self._saved: asyncio.Queue[set[Path]] = asyncio.Queue()  # paths of one save; none at the end
        self._telling: asyncio.Task[None] | None = None
        self.after: Callable[[], None] = lambda: None  # what is to be done, in a thread, when a run has come to its end
        self._next = False  # whether a save waits for that

    async def listen(self) -> None:
        """Note every save until `stop`; begun before the first run, so that none is missed."""
        async for paths in changes(self.places, self.stop):
            if loud := {path for path in paths if not self.quiet(path)}:
                self._saved.put_nowait(loud)
        self._saved.put_nowait(set())

    def refresh(self) -> None:
        """Begin a run, as after a save: somebody wants the report to hold what was decided meanwhile."""
        self._saved.put_nowait({self.places.codebooks / DECIDED})

    async def keep(self) -> None:
        """Until `stop`: answer every save."""
        ready = asyncio.create_task(self._ready())
        while paths := await self._saved.get():
            while not self._saved.empty():
                paths |= self._saved.get_nowait()
            if self.stop.is_set():
                break
            await self.saved(paths)
        await self.end()
        await ready

    async def saved(self, paths: set[Path]) -> None:
        """What somebody saved: live figures where it is the codebook alone, and a whole run in any case."""
        names = ", ".join(sorted({path.name for path in paths})[:3])
        book_alone = {path.name for path in paths} == {BOOK} and all(path.parent == self.places.codebooks for path in paths)
        self._end_run()
        if self._telling:
            self._next = True
            await self._telling
            self._next = False
        told = await self._live() if book_alone else None
        if told is None:
            if not book_alone:
                self.board.tell(changed=names, lines=(), live=False)
            self.board.tell(changed=names, phase=WORKING, step="", done=0, total=0)
            self._begin()
        else:
            self.board.show(told.figures)
            self.board.tell(live=True, lines=(), problems=(), changed=names, phase=WORKING, step="", done=0, total=0)
            self._telling = asyncio.create_task(self._tell(told))

    async def end(self) -> None:
        """End what still runs."""
        if self._telling:
            await self._telling
        self._end_run()
        if self._watching:
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching

    async def _live(self) -> Told | None:
        try:
            told = await asyncio.to_thread(self.quick.edited)
        except Stop as stop:
            self.complain(stop.problems)
            return None
        except Exception as error:  # the whole run will show what is right; the page must not wait for it in vain
            self.quick.drop()
            self.complain([kept(self.places, error)])
            return None
        if told is None:
            self.board.tell(live=False, lines=())
        return told

    async def _tell(self, told: Told) -> None:
        """After the figures: the words, the quotes, and the whole run. Whoever saves meanwhile comes first."""
        try:
            if self._waits():
                return
            self.board.tell(lines=await asyncio.to_thread(self.quick.effect, told))
            if found := await asyncio.to_thread(self.quick.quotes, self._waits):
                self.board.replace(*found)
        except Exception as error:  # as in `_live`
            self.quick.drop()
            self.complain([kept(self.places, error)])
        if not self._waits():
            self._begin()

    def _waits(self) -> bool:
        """Whether somebody has saved again, or wants to end."""
        return self._next or self.stop.is_set() or not self._saved.empty()

    def _begin(self) -> None:
        """Start a run, behind the one that is still coming to its end."""
        before, self._watching = self._watching, None
        self._watching = asyncio.create_task(self._follow(before))

    async def _follow(self, before: asyncio.Task[None] | None) -> None:
        if before:
            await before
        result = Result(False, cut=True)
        while not self.stop.is_set():
            self._run = Run(self.places)
            result = await self._run.watched(self._progress)
            self._run = None
            if not any(BUSY in problem.what for problem in result.problems):
                break
            self.board.tell(phase=WAITING, step="")
            await asyncio.sleep(AGAIN)
        if not result.cut and asyncio.current_task() is self._watching:
            await self._ended(result)

    async def _ended(self, result: Result) -> None:
        mark = await asyncio.to_thread(lambda: served.mark(served.read(self.places.outputs, served.REPORT)))
        if result.problems:
            self.complain(result.problems)
            self.board.tell(file=mark)  # results of transcripts that were taken away are gone
            return
        for line in result.lines:
            self.say(line)
        try:
            await asyncio.to_thread(self.after)
        except Stop as stop:
            self.complain(stop.problems)
            return
        self.board.forget()
        self.board.tell(phase=RESTING, step="", live=False, problems=(), file=mark)
        self.say("Der Bericht ist neu.")
        await self._ready()

    async def _ready(self) -> None:
        """Hold what the next edit needs."""
        try:
            await asyncio.to_thread(self.quick.ready)
        except Stop:
            self.quick.drop()  # then edits wait for the whole run
        except Exception as error:
            self.quick.drop()
            self.say(str(kept(self.places, error)))

    def complain(self, problems: Any) -> None:
        """Show what somebody must mend, in the page and once in the terminal; figures stay as they were."""
        told = tuple(_told(problem) for problem in problems)
        for problem in problems if told != self.board.state.problems else ():
            self.say(f"  {problem}")
        self.board.tell(phase=RESTING, step="", live=False, lines=(), problems=told)

    def _progress(self, title: str, done: int, total: int) -> None:
        self.board.tell(phase=WORKING, step=title, done=done, total=total)

    def _end_run(self) -> None:
        if self._run and not self._run.writing:
            self._run.end()


def _told(problem: Problem) -> tuple[str, str]:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return place, f"{problem.what} {problem.hint}".strip()
