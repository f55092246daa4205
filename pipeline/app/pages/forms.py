"""Notes and logs as forms: categories out of the material, counter-evidence, decisions on the codebook, minutes, whom to ask next, memos."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from pipeline import codebook, store
from pipeline.app.forms_words import definition, forms_words
from pipeline.app.posting import sent, text
from pipeline.app.shell import page
from pipeline.effects import versions as kept
from pipeline.language import _
from pipeline.ledgers import entries, notes, reductions
from pipeline.ledgers.changes import Change, Version, changes, defined, unexplained, versions
from pipeline.ledgers.forms import BY_NAME, FORMS, Form
from pipeline.lists import LISTS, MEMO_KINDS, read_list
from pipeline.problems import Problem, Stop
from pipeline.tables import from_parquet

if TYPE_CHECKING:
    from starlette.requests import Request

    from pipeline.app.server import Room
    from pipeline.codebook import Codebook
    from pipeline.reviewing.deck import Deck
    from pipeline.reviewing.reading import Reading

STEPS = 100  # what can be taken back
Json = dict[str, Any]


async def forms(room: Room, request: Request) -> Response:
    """The page; `?neu=inductive&doc=…&turn=…&start=…&end=…` opens a form at a passage."""
    given = request.query_params
    data = await asyncio.to_thread(_choices, room)
    data |= {"forms": [definition(form) for form in FORMS], "coder": given.get("coder", "") or room.coder, "today": date.today().isoformat(), "study": room.places.study}
    asked = {name: given.get(name, "")[:300] for name in ("neu", "tab", "doc", "turn", "start", "end", "kind", "key", "code", "reduction")}
    return page("forms", "/formulare", _("Notizen und Protokolle"), forms_words(), {**data, "asked": asked})


async def state(room: Room, request: Request) -> Response:
    """The entries of a form by now, and what comes of them."""
    form = _form(request.query_params.get("form", ""))
    return JSONResponse(await asyncio.to_thread(stand, room, form))


async def passage(room: Room, request: Request) -> Response:
    """A passage with its words, as it would be kept; the whole turn where no offsets are given."""
    given = request.query_params
    turn, start, end = (_number(given.get(name, "")) for name in ("turn", "start", "end"))
    return JSONResponse(await asyncio.to_thread(_passage, room, given.get("doc", ""), turn, start, end))


async def draft(room: Room, request: Request) -> Response:
    """A reduction as YAML for the codebook."""

    def made() -> str:
        codes = _codebook(room).codes
        rows = read_list(room.places.codebooks / "inductive.csv", LISTS["inductive.csv"])
        return reductions.draft(request.query_params.get("reduction", ""), rows, [code.id for code in codes], [code.entry.since for code in codes])

    found = await asyncio.to_thread(made)
    if not found:
        raise Stop(Problem("inductive.csv", 0, _("Zu dieser Reduktion gibt es keine Stelle."), _("Bitte die Seite neu laden.")))
    return JSONResponse({"yaml": found})


async def notes_csv(room: Room, request: Request) -> Response:
    data = await asyncio.to_thread(lambda: notes.as_csv(_notes(room)))
    return Response(data, media_type="text/csv; charset=utf-8", headers={"content-disposition": 'attachment; filename="notizen.csv"'})


async def notes_workbook(room: Room, request: Request) -> Response:
    data = await asyncio.to_thread(lambda: notes.as_workbook(_notes(room)))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(data, media_type=kind, headers={"content-disposition": 'attachment; filename="notizen.xlsx"'})


async def act(room: Room, request: Request) -> Response:
    """Add, edit, remove or undo; 409 with fresh entries where somebody was faster."""
    given = await sent(request)
    form = _form(text(given, "form", 40))

    def done() -> tuple[int, Json]:
        try:
            _act(room, form, given)
        except entries.Changed:
            told = _("Dieser Eintrag wurde inzwischen an anderer Stelle geändert. Es ist nichts geschrieben.")
            return 409, {"conflict": True, "problems": [told], "stand": stand(room, form)}
        return 200, {"ok": True, "stand": stand(room, form)}

    status, answer = await asyncio.to_thread(done)
    return JSONResponse(answer, status_code=status)


def _act(room: Room, form: Form, given: Json) -> None:
    what = text(given, "act", 20)
    steps: list[entries.Step] = room.held.setdefault("formulare", {}).setdefault(form.name, [])
    if what == "undo":
        if not steps:
            raise Stop(Problem("", 0, _("Es gibt nichts zurückzunehmen."), ""))
        entries.undone(room.places, form, steps.pop())
        return
    name, mark = text(given, "id", 200), text(given, "mark", 64)
    if what == "delete":
        steps.append(entries.removed(room.places, form, name, mark))
    elif what in ("add", "edit"):
        cells = given.get("cells")
        if not isinstance(cells, dict):
            raise Stop(Problem("", 0, _("Die Seite hat etwas geschickt, das nicht zu lesen ist."), _("Bitte die Seite neu laden.")))
        row = _row(room, form, cells)
        if what == "edit":
            steps.append(entries.edited(room.places, form, name, mark, row))
        else:
            steps.append(entries.added(room.places, form, {**row, **_anchor(room, form, given.get("place"))}, datetime.now().astimezone()))
    else:
        raise Stop(Problem("", 0, _("Die Seite hat etwas geschickt, das nicht zu lesen ist."), _("Bitte die Seite neu laden.")))
    del steps[:-STEPS]


def _row(room: Room, form: Form, cells: Json) -> dict[str, str]:
    known = _known_codes(room)
    if form.name == "memos" and cells.get("kind") in ("project", "method") and not cells.get("key"):
        cells = {**cells, "key": cells["kind"]}
    row = entries.checked(form, cells, known, date.today())
    if form.name == "memos" and row["kind"] == "code" and row["key"] not in known:
        what = _("»Wobei« kennt »{word}« nicht; bitte eine Kategorie des Codebuchs nennen.").format(word=row["key"])
        raise Stop(Problem("", 0, what, ""))
    if form.name == "memos" and row["kind"] == "interview":
        row["doc"] = row["key"]
    return row


def _anchor(room: Room, form: Form, place: object) -> dict[str, str]:
    if place is None and not form.anchored:
        return {}
    if not isinstance(place, dict):
        raise Stop(Problem("", 0, _("Zu diesem Eintrag gehört eine Stelle."), _("Bitte Gespräch und Beitrag nennen und »Stelle holen« wählen.")))
    turn, start, end = (place.get(name) if isinstance(place.get(name), int) else -1 for name in ("turn", "start", "end"))
    found = _passage(room, str(place.get("doc", "")), turn or 0, start or 0, end or 0)
    return entries.anchor_only(found)


def _passage(room: Room, doc: str, turn: int, start: int, end: int) -> Json:
    deck = _deck(room)
    one = deck.by_key.get((doc, turn))
    if one is None:
        raise Stop(Problem("", 0, _("Diesen Beitrag gibt es nicht: {doc}, Beitrag {turn}.").format(doc=doc or "–", turn=turn), _("Bitte Gespräch und Beitrag prüfen, etwa I003 und 12.")))
    if (start, end) == (-1, -1):
        start, end = 0, len(one.text)
    if not 0 <= start < end <= len(one.text):
        raise Stop(Problem("", 0, _("Diese Stelle liegt nicht im Beitrag."), _("Bitte die Stelle auf der Leseseite noch einmal auswählen.")))
    return {**deck.anchor(doc, turn, start, end), "turn": turn, "start": start, "end": end, "speaker": one.speaker}


def _reading(room: Room) -> Reading:
    from pipeline.app.pages.review import reading_of

    return reading_of(room)


def _deck(room: Room) -> Deck:
    with _reading(room).held() as reading:
        return reading.deck


def stand(room: Room, form: Form) -> Json:
    """Entries, in the order of the list, and what belongs to this form: reductions, proposals, all notes. Raises `Stop` with row numbers."""
    blind = _blind(room)
    found = [one for one in entries.entries(room.places, form) if not _of(one.row) & blind or one.row.get("coder") == room.coder != ""]
    rows = [one.row for one in found]
    answer: Json = {
        "rows": [{"id": one.name, "mark": one.mark, "line": int(one.row["line"]), "cells": {k: v for k, v in one.row.items() if k != "line"}} for one in found],
        "undo": bool(room.held.get("formulare", {}).get(form.name)),
    }  # fmt: skip
    if form.name == "inductive":
        answer["reductions"] = reductions.overview(rows)
    if form.name == "log":
        answer["proposals"] = [change._asdict() for change in _unexplained(room, rows)]
    if form.name == "memos":
        answer["notes"] = [{**notes.cells(note), "of": str(note["kind"])} for note in _notes(room)]
    return answer


def _blind(room: Room) -> set[tuple[str, str]]:
    """Turns, by hash and by number, beside which nothing of others may be shown to who reads here: they are read blind. All such turns where
    nobody is named. Nothing where there is no run yet: then nobody reads."""
    try:
        with _reading(room).held() as reading:
            gate, deck = reading.gate, reading.deck
            who = [room.coder] if room.coder else sorted({name for queue in gate.queues for name in queue.items})
            found = {key for name in who for key in gate.hides(name)}
            return found and {*found, *((turn.doc, str(turn.turn)) for turn in deck.by_key.values() if (turn.doc, turn.raw_sha256) in found)}
    except Stop:
        return set()


def _of(row: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The turn beside which an entry stands, by its hash, its number or the number in its key."""
    doc, number = [*str(row.get("key", "")).split("."), ""][:2]
    return {(row.get("doc") or doc, row.get("raw_sha256") or "?"), (row.get("doc") or doc, str(row.get("turn", "?"))), (doc, number)}


def _unexplained(room: Room, log: list[dict[str, str]]) -> list[Change]:
    book = _codebook(room)
    today = Version(book.version, "", tuple(code.id for code in book.codes if code.coded))
    known = versions(read_list(room.places.codebooks / "codebook_versions.csv", LISTS["codebook_versions.csv"]), today)
    found = changes(known, {code.id: code.entry.was for code in book.codes if code.entry.was})
    if before := kept.before(room.places, book.version):
        with contextlib.suppress(Stop):  # what is kept of earlier runs is no longer whole: then nothing can be said of words
            found += defined(_meaning(kept.read(room.places, before)), _meaning(book), book.version)
    return unexplained(found, log)


def _meaning(book: Codebook) -> dict[str, object]:
    return {code.id: (code.entry.label, code.entry.definition, code.entry.include, code.entry.exclude) for code in book.codes}


def _codebook(room: Room) -> Codebook:
    return codebook.load(room.places.codebooks / "codebook.yaml")


def _known_codes(room: Room) -> set[str]:
    noted = read_list(room.places.codebooks / "codebook_versions.csv", LISTS["codebook_versions.csv"])
    return {code.id for code in _codebook(room).codes} | {code for row in noted for code in entries.listed(row["codes"])}


def _choices(room: Room) -> Json:
    """What fields offer: categories, and of the last run its interviews and cases."""
    try:
        codes = [{"id": code.id, "label": code.entry.label} for code in _codebook(room).codes]
        problems: list[str] = []
    except Stop as stop:
        codes, problems = [], [str(problem) for problem in stop.problems]
    try:
        deck = _deck(room)
        docs, cases = [doc.doc for doc in deck.docs], sorted(deck.cases)
    except Stop:  # no run yet: notes on the project can be written all the same
        docs, cases = [], []
    return {"codes": codes, "docs": docs, "cases": cases, "problems": problems, "kinds": list(MEMO_KINDS)}


def _notes(room: Room) -> list[Json]:
    """Rows of the last run's table `memos`."""
    path = store.whole_path(room.places, "memos")
    found: list[Json] = from_parquet(path).to_dict("records") if path.is_file() else []
    blind = _blind(room)
    return [note for note in found if not _of(note) & blind or note["coder"] == room.coder != ""]


def _form(name: str) -> Form:
    if name not in BY_NAME:
        raise Stop(Problem("", 0, _("Dieses Formular gibt es nicht."), _("Bitte die Seite neu laden.")))
    return BY_NAME[name]


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


ROUTES: Mapping[str, Any] = {
    "/formulare": forms, "/formulare/stand": state, "/formulare/stelle": passage, "/formulare/entwurf": draft, "/formulare/notizen.csv": notes_csv,
    "/formulare/notizen.xlsx": notes_workbook,
}  # fmt: skip
WRITES: Mapping[str, Any] = {"/formulare/akt": act}
