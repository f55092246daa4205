"""Real names and what becomes of them: suspects with what stands around, decided row by row in the key; nothing of it leaves private/.

Every decision is written at once to `private/<study>/pseudonyms.csv`, which is read anew before: what others wrote meanwhile stays.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from pipeline import backups, store
from pipeline.app.posting import sent, text
from pipeline.app.shell import page
from pipeline.language import _, ngettext
from pipeline.ledgers.disk import put_in_place
from pipeline.ledgers.writing import locked
from pipeline.lists import KINDS, read_key
from pipeline.naming import cards as shown
from pipeline.naming import deciding
from pipeline.naming.key import Row, rows
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.tables import from_parquet

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from pipeline.app.server import Room

NAME = deciding.NAME
KEPT = 5  # copies of the key that are kept, one a day
STEPS = 200  # decisions that can be taken back
Step = list[tuple[Row | None, Row | None]]  # rows before and after one decision; None where there was or is none


def words() -> dict[str, Any]:
    """What the page's script says."""
    return {
        "kinds": kinds(), "status": {
            "suspected": _("verdächtig"), "proposed": _("ersetzt (Vorschlag)"), "confirmed": _("bestätigt"), "rejected": _("kein Name"), "keep": _("bleibt stehen"),
            "generalise": _("verallgemeinert"),
        },
        "acts": {"replace": _("Ersetzen"), "keep": _("Bleibt"), "reject": _("Kein Name"), "generalise": _("Verallgemeinern"), "merge": _("Zusammenlegen")},
        "done": {
            "replace": _("»{name}« wird ersetzt."), "keep": _("»{name}« bleibt stehen."), "reject": _("»{name}« ist kein Name."),
            "generalise": _("»{name}« wird verallgemeinert."), "merge": _("»{name}« ist mit »{into}« zusammengelegt."), "undo": _("Zurückgenommen."),
        },
        "progress": _("{done} von {total} Verdachtsfällen entschieden, {open} offen"), "tab_open": _("Verdacht ({n})"), "tab_replaced": _("Ersetzt ({n})"),
        "tab_settled": _("Bleibt oder kein Name ({n})"), "empty_open": _("Nichts ist offen."), "empty": _("Hier steht nichts."),
        "pending_one": _("1 Entscheidung gilt erst nach dem nächsten Lauf."), "pending": _("{n} Entscheidungen gelten erst nach dem nächsten Lauf."),
        "card_pending": _("gilt nach dem nächsten Lauf"), "becomes": _("heißt jetzt: {what}"), "chosen_later": _("den Ersatz wählt der nächste Lauf"),
        "where": _("{doc}, Beitrag {turn}"), "head": _("{doc}, Kopf oder Dateiname"), "more_places": _("und {n} weitere Stellen"), "forms": _("Formen: {forms}"),
        "count_one": _("1 Stelle"), "count": _("{n} Stellen"), "interviews": _("in {docs}"), "short": _("Kurzname einer Einrichtung, der auch ein Wort sein kann: Ersetzen gilt dann überall."),
        "else": _("Die Zeile wird anderswo schon ersetzt; entschieden wird hier nur über diese Form."), "more": _("Weitere zeigen"), "conflict": _("Die Liste wurde inzwischen an anderer Stelle geändert und ist neu geladen. Bitte noch einmal entscheiden."),
        "lost": _("Keine Verbindung zum Programm. Läuft »make review« noch? Die Entscheidung ist nicht gespeichert."), "no_run": _("Das ließ sich hier nicht starten. Bitte »make analyze« aufrufen."),
        "running": _("Ein Lauf ist im Gang ({step}) …"), "run_done": _("Der Lauf ist fertig."), "begun": _("Der Lauf beginnt …"), "nothing_to_undo": _("Es gibt nichts zurückzunehmen."),
        "replace_title": _("»{name}« ersetzen"), "generalise_title": _("»{name}« verallgemeinern"), "merge_title": _("»{name}« zusammenlegen mit …"), "ask_title": _("»{name}«: wirklich?"),
        "no_match": _("Keine Zeile passt."), "everywhere": _("überall, auch als Wort"),
    }  # fmt: skip


def kinds() -> dict[str, str]:
    """Kind -> what it is called, in the order in which they are offered."""
    names = {
        "person": _("Person"), "place": _("Ort"), "street": _("Straße"), "org": _("Einrichtung"), "office": _("Funktion"), "phone": _("Telefon"), "email": _("E-Mail"),
        "url": _("Internetadresse"), "birthdate": _("Geburtsdatum"), "id": _("Kennung"), "handle": _("Profilname"),
    }  # fmt: skip
    return {kind: names[kind] for kind in KINDS}


async def names(room: Room, request: Request) -> Response:
    """The page with all cards; where the key cannot be read, with what is to be mended."""
    try:
        data = await asyncio.to_thread(stand, room)
    except Stop as stop:
        data = {"problems": [str(problem) for problem in stop.problems]}
    return page("names", "/namen", _("Namen"), words(), data, kinds=kinds(), longest=deciding.LONGEST)


async def state(room: Room, request: Request) -> Response:
    """The cards as they are by now."""
    return JSONResponse(await asyncio.to_thread(stand, room))


async def act(room: Room, request: Request) -> Response:
    """One decision, or the last one taken back: written, and which cards are others now. 409 where the key was changed meanwhile."""
    given = await sent(request)
    status, answer = await asyncio.to_thread(_decide, room, given)
    return JSONResponse(answer, status_code=status)


def stand(room: Room) -> dict[str, Any]:
    """Cards, mark of the key and progress. Raises `Stop` with row numbers where the key cannot be read."""
    mark, listed = _read(room.places)
    return _stand(room, mark, rows(listed))


def _stand(room: Room, mark: str, known: Sequence[Row]) -> dict[str, Any]:
    suspects, last = _tables(room)
    cards = shown.cards(known, suspects, last)
    here = [card for card in cards if card["n"]]
    left = sum(card["state"] == shown.OPEN for card in cards)
    return {
        "mark": mark, "cards": cards, "open": left, "total": len(here), "pending": sum(card["pending"] for card in cards), "ran": bool(last) or bool(known),
        "undo": len(room.held.get("namen", [])),
    }  # fmt: skip


def _read(places: Places) -> tuple[str, list[dict[str, str]]]:
    """(mark of the file's bytes, its rows)."""
    path = places.private / NAME
    backups.refuse_links(places.private, path)
    try:
        mark = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except FileNotFoundError:
        return "", []
    except OSError as error:
        raise Stop(Problem(NAME, 0, f"Die Datei lässt sich nicht lesen ({error.strerror}).", "Ist sie noch in Excel geöffnet?")) from error
    return mark, read_key(path)


def _tables(room: Room) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Suspects of the last run, the riskiest first, and its entities by id; kept until a run writes others."""
    paths = [store.whole_path(room.places, name) for name in ("suspects", "entities")]
    if not all(path.is_file() for path in paths):
        return [], {}
    mark = tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
    kept = room.held.get("namen-tabellen")
    if kept is None or kept[0] != mark:
        suspects, entities = (from_parquet(path) for path in paths)
        suspects = suspects.sort_values(["risk", "surface", "doc", "turn", "start"], ascending=[False, True, True, True, True])
        kept = (mark, suspects.to_dict("records"), {row["entity"]: row for row in entities.to_dict("records")})
        room.held["namen-tabellen"] = kept
    return kept[1], kept[2]


def _decide(room: Room, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    what, mark = text(given, "act", 20), text(given, "mark", 64)
    row, form, replacement, kind, into = (text(given, name, 400) for name in ("row", "form", "replacement", "kind", "into"))
    wanted = deciding.Act(what, row, form, replacement, kind, into, given.get("everywhere") is True, given.get("sure") is True)
    with locked(room.places):
        now, listed = _read(room.places)
        before = rows(listed)
        if now != mark:
            told = [_("Die Liste wurde inzwischen an anderer Stelle geändert. Es ist nichts geschrieben.")]
            return 409, {"conflict": True, "problems": told, "stand": _stand(room, now, before)}
        old = _stand(room, now, before)
        try:
            after = _undone(room, before) if what == "undo" else deciding.decided(before, wanted)
        except deciding.Ask:
            return 200, {"ok": False, "ask": _ask(wanted, before)}
        _write(room.places, deciding.file(after, listed))
    _remember(room, what, before, after)
    fresh, listed = _read(room.places)
    return 200, {"ok": True, **_changed(old, _stand(room, fresh, rows(listed)))}


def _ask(wanted: deciding.Act, known: Sequence[Row]) -> str:
    row = next(one for one in known if deciding.handle(one) == wanted.row)
    told = ngettext("Unter dieser Form wird {n} Stelle schon ersetzt; auch sie stünde dann wieder lesbar da.", "Unter dieser Form werden {n} Stellen schon ersetzt; auch sie stünden dann wieder lesbar da.", row.count)
    return told.format(n=row.count)


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What a page has to take over: cards that are others now, those that are gone, and the figures."""
    before = {card["id"]: card for card in old["cards"]}
    here = {card["id"] for card in new["cards"]}
    cards = [{**card, "after": new["cards"][n - 1]["id"] if n else ""} for n, card in enumerate(new["cards"]) if before.get(card["id"]) != card]
    return {"cards": cards, "gone": sorted(before.keys() - here), **{name: new[name] for name in ("mark", "open", "total", "pending", "undo")}}


def _write(places: Places, data: bytes) -> None:
    """The key anew; of each day its first state is kept beside, both for the owner's eyes alone."""
    path = places.private / NAME
    store.make_folders(places)
    if path.is_file():
        _keep(places, path.read_bytes(), date.today())
    put_in_place(path, data, NAME)
    path.chmod(0o600)


def _keep(places: Places, raw: bytes, day: date) -> None:
    # `make forget` takes people out of copies as well: it knows them by the beginning of their names.
    stem = NAME.removesuffix(".csv")
    copy = places.private / backups.BACKUP / f"{stem}.{day.isoformat()}.csv"
    backups.refuse_links(places.private, copy)
    if not copy.is_file():
        put_in_place(copy, raw, copy.name)
        copy.parent.chmod(0o700)
        copy.chmod(0o600)
    for old in sorted(copy.parent.glob(f"{stem}.????-??-??.csv"))[:-KEPT]:
        old.unlink()


def _remember(room: Room, what: str, before: Sequence[Row], after: Sequence[Row]) -> None:
    steps: list[Step] = room.held.setdefault("namen", [])
    if what == "undo":
        steps.pop()
        return
    old, new = ({deciding.handle(row): row for row in some} for some in (before, after))
    steps.append([(old.get(name), new.get(name)) for name in {**old, **new} if old.get(name) != new.get(name)])
    del steps[:-STEPS]


def _undone(room: Room, known: Sequence[Row]) -> list[Row]:
    """The rows with the last decision taken back. Raises `Stop` where there is none, or somebody changed a row of it since."""
    steps: list[Step] = room.held.get("namen", [])
    if not steps:
        raise Stop(Problem("", 0, _("Es gibt nichts zurückzunehmen."), _("Zurücknehmen lässt sich, was seit dem Start dieses Programms hier entschieden wurde.")))
    here = {deciding.handle(row): row for row in known}
    for before, after in steps[-1]:
        name = deciding.handle(before or after or Row(""))
        now = here.get(name)
        if (now is None) != (after is None) or (now and after and _says(now) != _says(after)):
            steps.pop()
            raise Stop(Problem(NAME, 0, _("Diese Entscheidung lässt sich nicht mehr zurücknehmen: Die Zeile wurde seither geändert."), _("Bitte die Zeile selbst neu entscheiden.")))
        if before is None:
            del here[name]
        else:
            here[name] = before
    return list(here.values())


def _says(row: Row) -> tuple[Any, ...]:
    # The run chooses a replacement where people gave none, and counts anew: neither is somebody's word.
    return row.kind, row.status, row.level, row.everywhere, set(row.forms), row.note


ROUTES: Mapping[str, Callable[..., Any]] = {"/namen": names, "/namen/stand": state}
WRITES: Mapping[str, Callable[..., Any]] = {"/namen/akt": act}
