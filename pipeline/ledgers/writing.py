"""Writing to lists of a study while people work: one writer at a time, and no row is lost, torn or half written.

A row is put behind the others with one write, and is on the disk when `append` returns. What is about to be written stands in a file
of its own before; where the machine stops in between, the next writer ends what was begun.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline import backups, store
from pipeline.ledgers import begun, form
from pipeline.ledgers.disk import Mark, left_over, mark, put_behind, put_in_place
from pipeline.lists import HANDCODED, LISTS, MAX_BYTES, QUEUES, Listing
from pipeline.places import Places, folder_files
from pipeline.problems import Problem, Stop

LOCK = "writing.lock"  # in private/<study>/
WAIT = 10.0  # seconds
_BY_HAND = ("cases.csv", "population.csv")  # lists that people alone write
Row = Mapping[str, object]

_threads: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)  # by lock file: the threads of this process
_depth: defaultdict[str, int] = defaultdict(int)
_known: dict[str, tuple[Mark, list[str]]] = {}  # path -> mark of a list that is in order, names of its columns
_notes: defaultdict[str, list[str]] = defaultdict(list)  # by study: what was mended and not told yet


@contextmanager
def locked(places: Places) -> Iterator[None]:
    """One writer at a time, in all processes; who holds the lock may take it again. Waits up to ten seconds, then raises `Stop`.

    Who reads a list, changes it and writes it whole holds the lock from the reading on.
    """
    name = str(places.private / LOCK)
    busy = Problem("", 0, "Ein anderes Fenster oder Programm schreibt gerade in die Listen dieser Studie.", "Bitte einen Augenblick warten und noch einmal versuchen.")
    if not _threads[name].acquire(timeout=WAIT):
        raise Stop(busy)
    try:
        with ExitStack() as stack:
            if not _depth[name]:
                _enter(stack, places, busy)
                _end_begun(places)
            _depth[name] += 1
            try:
                yield
            finally:
                _depth[name] -= 1
    finally:
        _threads[name].release()


def _enter(stack: ExitStack, places: Places, busy: Problem) -> None:
    until = time.monotonic() + WAIT
    while True:
        try:
            stack.enter_context(store.lock(places, LOCK, busy))
            return
        except Stop as stop:
            if stop.problems != [busy] or time.monotonic() > until:
                raise
        except OSError as error:
            what = f"Hier lässt sich nicht schreiben ({error.strerror})."
            raise Stop(Problem(places.show(places.private / LOCK), 0, what, "Bitte die Rechte des Ordners prüfen.")) from error
        time.sleep(0.02)


def append(places: Places, path: Path, listing: Listing, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Put rows behind a list below codebooks/<study>/; when this returns they are on the disk.

    `columns` are those of the list's canonical form; a row's other keys count only where the list has such a column. A list that is not in
    canonical form (saved by Excel) is brought into it first, the old version goes to backup/. All rows of a call are written or none.
    Raises `Stop` where the list cannot be understood, with the numbers of all rows that are wrong, or the disk refuses; then nothing is written.
    """
    if not rows:
        return
    with locked(places):
        real = _own(places, path)
        names = _in_order(places, real, listing, columns)
        cells = [_cells(places, real, names, row) for row in rows]
        if not real.exists():
            put_in_place(real, form.written(names, cells), places.show(real))
        else:
            data = "".join(map(form.line, cells)).encode("utf-8", "replace")
            size = real.stat().st_size
            if size + len(data) > MAX_BYTES:
                raise Stop(Problem(places.show(real), 0, "Die Liste ist zu groß geworden; mehr wird nicht gelesen."))
            begun.note(places, real, size, data)
            try:
                put_behind(real, size, data, places.show(real))
            finally:
                begun.done(places)  # also where the disk refused: the list then has its old length
        _known[str(real)] = mark(real), names


def rewritten(places: Places, path: Path, listing: Listing, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Write a list anew as a whole: beside and renamed, the old version in backup/. Foreign columns are those of the rows, behind ours.

    Hold `locked` from the reading of the rows on. Raises `Stop` where the disk refuses; then the old version stands.
    """
    with locked(places):
        real = _own(places, path)
        foreign = dict.fromkeys(str(key) for row in rows for key in row if key not in (*columns, "line", "file"))
        names = [*columns, *foreign]
        data = form.written(names, [_cells(places, real, names, row) for row in rows])
        old = real.read_bytes() if real.is_file() else None
        if old != data:
            if old is not None:
                backups.backed_up(places, old, of=real)
            put_in_place(real, data, places.show(real))
        _known[str(real)] = mark(real), names


def repaired(places: Places) -> list[str]:
    """Mend what a crash left, in all lists, and say in German lines what was mended since this was last asked; none where all is in order."""
    with locked(places):
        for path, listing in lists(places):
            _cut_off(places, path, listing)
        left_over(places.codebooks, places.codebooks / "handcoded", places.codebooks / "queues")
        return _notes.pop(places.show(places.codebooks), [])


def lists(places: Places) -> list[tuple[Path, Listing]]:
    """Lists of a study that are there and to which people's work is written, with how they are read."""
    found = [(places.codebooks / name, listing) for name, listing in LISTS.items() if name not in _BY_HAND]
    found += [(path, HANDCODED) for path in folder_files(places.codebooks / "handcoded")]
    found += [(path, QUEUES) for path in folder_files(places.codebooks / "queues")]
    return [(path, listing) for path, listing in found if path.is_file()]


def _own(places: Places, path: Path) -> Path:
    """The file that is meant: below the study's folder, also behind a link, and nothing but a file."""
    backups.refuse_links(places.codebooks, path)
    real = path.resolve()
    if real.exists() and not real.is_file():
        raise Stop(Problem(places.show(path), 0, "Hier liegt keine Datei, sondern etwas anderes dieses Namens.", "Bitte umbenennen."))
    return real


def _in_order(places: Places, path: Path, listing: Listing, columns: Sequence[str]) -> list[str]:
    """Names of the columns of a list that is in canonical form, brought into it where it is not."""
    if not path.exists():
        return list(columns)
    marked = mark(path)
    known = _known.get(str(path))
    if known and known[0] == marked and set(columns) <= set(known[1]):
        return known[1]
    raw = path.read_bytes()
    if not raw.strip(b"\xef\xbb\xbf\r\n\t ,;"):
        put_in_place(path, form.written(list(columns), []), places.show(path))
        return list(columns)
    found = form.read(raw, replace(listing, name=places.show(path)), columns)
    if found.canonical:
        return found.names
    kept = form.ordered(found, columns)
    backups.backed_up(places, raw, of=path)
    if found.torn:
        _tell_torn(places, path, found)
    put_in_place(path, form.written(kept.names, kept.rows), places.show(path))
    return kept.names


def _cut_off(places: Places, path: Path, listing: Listing) -> None:
    """Take an incomplete last row out of a list of ours; lists that people broke stay as they are and are told by the check."""
    raw = path.read_bytes()
    if raw.endswith(b"\n") or not raw.startswith(form.MARK):
        return
    found = form.understood(raw, listing, ())
    if found and found.torn:
        _tell_torn(places, path, found)
        put_in_place(path, form.written(found.names, found.rows), places.show(path))


def _tell_torn(places: Places, path: Path, found: form.Form) -> None:
    width = max(len(found.names), *(len(row) for row in found.torn))
    head = [*found.names, *[""] * (width - len(found.names))]
    kept = backups.backed_up(places, form.written(head, found.torn), of=path).removeprefix("Alte Fassung: ")
    line = f"{places.show(path)}: Die letzte Zeile war nur halb geschrieben (Absturz, Stromausfall); sie gilt nicht und liegt in {kept}."
    _notes[places.show(places.codebooks)].append(line)


def _end_begun(places: Places) -> None:
    """End what another writer had begun when it stopped."""
    for path in begun.ended(places):
        line = f"{places.show(path)}: Das letzte Schreiben war unterbrochen worden (Absturz, Stromausfall); die begonnenen Zeilen sind vollständig nachgetragen."
        _notes[places.show(places.codebooks)].append(line)


def _cells(places: Places, path: Path, names: Sequence[str], row: Row) -> list[str]:
    cells = [str(row.get(name, "")) for name in names]
    long = next((name for name, cell in zip(names, cells, strict=True) if len(cell) > form.LONGEST), None)
    if long is not None:
        raise Stop(Problem(places.show(path), 0, f"Der Text in »{long}« ist länger als {form.LONGEST:,} Zeichen.".replace(",", "."), "Bitte kürzen."))
    return cells
