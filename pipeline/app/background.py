"""The whole run behind the live figures: a process of its own, that a newer edit ends and starts again.

A run that is ended leaves finished pieces, which the next one uses, and no lock: the system takes that back. Only what a run writes last,
its record, says that it is done, so the next run makes good whatever was half written. A run that has begun to write results is let finish.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.stages import STAGES

PROGRESS, DONE, STOPPED, FAILED = "progress", "done", "stopped", "failed"
Progress = Callable[[str, int, int], None]


class Result(NamedTuple):
    """How a run ended: with lines for people, with problems to mend, or with neither where it was ended early."""

    done: bool
    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    cut: bool = False


class Run:
    """One run in its own process."""

    def __init__(self, places: Places) -> None:
        context = multiprocessing.get_context("spawn")
        self._mine, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(places, theirs))
        self._process.start()
        theirs.close()
        self.writing = False
        self._ended = False

    async def watched(self, progress: Progress) -> Result:
        """Wait for its end; `progress` is called on the caller's loop."""
        result = Result(False, cut=True)
        while (message := await asyncio.to_thread(_received, self._mine)) is not None:
            kind, *rest = message
            if kind == PROGRESS:
                # The last stage's end is the beginning of the leak check and of writing.
                self.writing = rest[0] == STAGES[-1].title and rest[1] == rest[2]
                progress(*rest)
            else:
                result = Result(kind == DONE, tuple(rest[0]), tuple(rest[1]))
        await asyncio.to_thread(self._process.join)
        self._mine.close()
        if result.cut and not self._ended:
            what = f"Der Lauf im Hintergrund ist unerwartet zu Ende gegangen ({self._process.exitcode})."
            return Result(False, problems=(Problem("", 0, what, "Reicht der Arbeitsspeicher? Nach dem nächsten Speichern beginnt er neu."),))
        return result

    def end(self) -> None:
        """End it now, with the processes that it started."""
        self._ended = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg") and self._process.pid and os.getpgid(self._process.pid) == self._process.pid:
                os.killpg(self._process.pid, signal.SIGTERM)
        self._process.terminate()


def _received(line: Connection) -> Any:
    try:
        return line.recv()
    except (EOFError, OSError):
        return None


def _work(places: Places, line: Connection) -> None:
    """In the new process: its own group, so that it can be ended with what it starts, and Ctrl+C in the terminal is not its own."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from pipeline.runner import analyze

    try:
        outcome = analyze(places, lambda title, done, total: line.send((PROGRESS, title, done, total)))
    except Stop as stop:
        line.send((STOPPED, [], stop.problems))
    except Exception as error:
        from pipeline.app.traces import kept

        line.send((FAILED, [], [kept(places, error)]))
    else:
        line.send((DONE, [*outcome.notes, *outcome.effect], []))
    finally:
        line.close()
