"""From the verb to the open page: a first run where one is needed, the server, the browser, and a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.app import served
from pipeline.app.background import Result, Run
from pipeline.app.board import Board
from pipeline.app.changes import of_reading
from pipeline.app.server import LOOPBACK, Room, application, opened, server
from pipeline.app.session import Session
from pipeline.inputs import NoTranscripts, transcripts
from pipeline.language import spoken
from pipeline.places import Places
from pipeline.problems import Problem, Stop

if TYPE_CHECKING:
    from pipeline.reviewing.reading import Reading

Say = Callable[[str], None]
HOME = "/"  # where `make watch` begins: the report


def start(places: Places, say: Say, port: str, coder: str = "", home: str = "/") -> None:
    """See `pipeline.watch.watch` and `pipeline.review.review`."""
    with contextlib.suppress(NoTranscripts):  # those may come while we watch
        transcripts(places)
    if not places.codebooks.is_dir():
        raise Stop(Problem(places.show(places.codebooks), 0, "Diesen Ordner gibt es nicht.", "»make new STUDY=…« legt eine Studie an."))
    busy = Problem(
        "", 0, f"Die Studie »{places.study}« wird schon beobachtet oder gelesen (»make watch« und »make review« gehen nicht zugleich).",
        "Bitte im anderen Terminal nachsehen; dort steht die Adresse. Mit Strg+C endet es dort.",
    )  # fmt: skip
    with store.lock(places, "watch.lock", busy), opened(port) as line:
        with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
            asyncio.run(_serve(places, say, line, coder, home))
        if home != HOME:
            say("Alles, was entschieden wurde, steht in " + places.show(places.codebooks) + "; »make analyze« bringt den Bericht auf diesen Stand.")
        say("Beendet. Der Bericht liegt weiter in " + places.show(places.outputs / served.REPORT) + ".")


async def _serve(places: Places, say: Say, line: Any, coder: str = "", home: str = "/") -> None:
    from pipeline.app.pages.review import reading_of

    board, number = Board(), line.getsockname()[1]
    reads = home != HOME
    session = Session(places, board, say, (lambda path: of_reading(places, path)) if reads else (lambda path: False))
    say(f"Studie »{places.study}«: Der Bericht wird auf den Stand gebracht …")
    listening = asyncio.create_task(session.listen())
    first = await _first(places, say)
    board.tell(file=served.mark(served.read(places.outputs, served.REPORT)))
    if first.problems:
        session.complain(first.problems)
    token = secrets.token_urlsafe(32)
    room = Room(places, _language(places), board, coder)
    room.held["refresh"] = session.refresh
    made = server(application(room, number, token, home))
    if reads:
        reading = reading_of(room)
        await _warm(room, session, reading)
        session.after = reading.prepare
    line.listen(64)
    (_invite_readers if reads else _invite)(say, f"http://{LOOPBACK}:{number}/?token={token}")
    watching = asyncio.create_task(session.keep())
    closing = asyncio.create_task(_close(made, board, session))
    try:
        await made.serve(sockets=[line])
    finally:
        made.should_exit = True
        await asyncio.gather(listening, watching, closing)


async def _close(made: Any, board: Board, session: Session) -> None:
    """Pages listen as long as they are open, and would keep the server from ending."""
    while not made.should_exit:
        await asyncio.sleep(0.1)
    board.close()
    session.stop.set()


async def _first(places: Places, say: Say) -> Result:
    told: list[str] = []

    def progress(title: str, done: int, total: int) -> None:
        if told[-1:] != [title]:
            told.append(title)
            say(f"  {title} …")

    run = Run(places)
    try:
        result = await run.watched(progress)
    except asyncio.CancelledError:
        run.end()
        raise
    for text in result.lines:
        say(text)
    return result


async def _warm(room: Room, session: Session, reading: Reading) -> None:
    """Hold what the first page needs, and note which categories today's codebook knows; what is wrong is told, and by the page again."""
    from pipeline.reviewing.overview import overview

    def work() -> None:
        with reading.held(), spoken(room.language):
            overview(reading, room.coder)

    try:
        await asyncio.to_thread(work)
    except Stop as stop:
        session.complain(stop.problems)


def _language(places: Places) -> str:
    from pipeline import study

    try:
        return study.load(places.codebooks / "study.yaml").language
    except Stop:  # told in the page with all other problems
        return "de"


def _invite_readers(say: Say, address: str) -> None:
    say(f"\nGelesen und entschieden wird hier, nur auf diesem Rechner und nur mit dieser Adresse:\n  {address}\n")
    say(_opened(address))
    say("Jede Entscheidung ist sofort gespeichert. Der Bericht wird auf Wunsch aufgefrischt (Knopf auf der Seite). Beenden mit Strg+C.")


def _invite(say: Say, address: str) -> None:
    say(f"\nDer Bericht ist hier zu sehen, nur auf diesem Rechner und nur mit dieser Adresse:\n  {address}\n")
    say(_opened(address))
    say("Jedes Speichern in codebooks/ und transcripts/ ändert ihn. Beenden mit Strg+C.")


def _opened(address: str) -> str:
    try:
        there = webbrowser.open(address)
    except webbrowser.Error:
        there = False
    return "Die Seite ist im Browser geöffnet." if there else "Ein Browser ließ sich nicht öffnen; bitte die Adresse selbst in einen Browser kopieren."
