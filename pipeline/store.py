"""Tables and files on disk: written beside and renamed, kept by content, removed without trace.

Per-interview results are pieces `work/<stage>/<doc>.<key>.<table>.parquet`; tables over the corpus are
`work/<stage>/<table>.parquet`. Private tables lie the same way under private/<study>/.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.freshness import digest
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.stages import STAGES
from pipeline.tables import PRIVATE, TABLES, WORK, to_parquet

if TYPE_CHECKING:
    import pandas as pd


def base(places: Places, table: str) -> Path:
    return places.private if TABLES[table].place == PRIVATE else places.outputs


def piece_path(places: Places, table: str, doc: str, key: str) -> Path:
    return base(places, table) / "work" / TABLES[table].writer / f"{doc}.{key[:16]}.{table}.parquet"


def whole_path(places: Places, table: str) -> Path:
    return base(places, table) / "work" / TABLES[table].writer / f"{table}.parquet"


def product_path(places: Places, stage: str, name: str) -> Path:
    """Where a stage's file that is no table lies."""
    return places.outputs / "work" / stage / name


def csv_path(places: Places, table: str) -> Path | None:
    """Where a table's CSV lies; large work tables have none."""
    return None if TABLES[table].place == WORK else base(places, table) / "tables" / f"{table}.csv"


def write(path: Path, data: bytes) -> str:
    """Write beside and rename; returns the content's hash. Raises `Stop` where the folder or file refuses."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise Stop(_refused(path, error)) from error
    return digest(data)


def write_changed(path: Path, data: bytes) -> bool:
    """Write where the file says something else or is not there; true where it did."""
    if path.is_file() and path.read_bytes() == data:
        return False
    write(path, data)
    return True


def _refused(path: Path, error: OSError) -> Problem:
    if isinstance(error, PermissionError) and path.exists():
        return Problem(
            str(path),
            0,
            "Die Datei lässt sich nicht ersetzen.",
            "Ist sie noch in Excel oder Word geöffnet? Bitte schließen und noch einmal starten.",
        )
    if error.errno == 28:
        return Problem(
            str(path),
            0,
            "Der Datenträger ist voll.",
            "Bitte Platz schaffen und noch einmal starten; bisherige Ergebnisse bleiben.",
        )
    return Problem(
        str(path),
        0,
        f"Hier lässt sich nicht schreiben ({error.strerror}).",
        "Bitte die Rechte des Ordners prüfen oder mit OUTPUTS= und PRIVATE= andere Ordner nennen.",
    )


def write_frame(path: Path, data: pd.DataFrame) -> str:
    return write(path, to_parquet(data))


def make_folders(places: Places) -> None:
    """Create the two folders that a run writes to; the private one is closed to other users of the machine."""
    try:
        places.outputs.mkdir(parents=True, exist_ok=True)
        places.private.mkdir(parents=True, exist_ok=True)
        places.private.chmod(0o700)
    except OSError as error:
        raise Stop(_refused(Path(error.filename or places.outputs), error)) from error


def sweep(places: Places, keep: Iterable[Path]) -> None:
    """Remove every piece and table of earlier runs that is not to be kept, and folders left empty.

    Only what bears a name that this program gives goes: researchers may keep files of their own beside it.
    """
    wanted = {str(path) for path in keep}
    for top in (places.outputs, places.private):
        for path in _own(top):
            if str(path) not in wanted:
                path.unlink()
        _drop_empty(top, "work", "tables")


_PRODUCTS = frozenset(name for stage in STAGES for name in stage.products)
_STAGES = sorted(stage.name for stage in STAGES)
_PIECE = re.compile(r"(?:[\w-]+\.[0-9a-f]{16}\.)?(\w+)\.parquet")


def _drop_empty(top: Path, *names: str) -> None:
    """Remove a study's folders of these names that hold nothing, those of the stages below `work` first."""
    for folder in (*(top / "work" / stage for stage in _STAGES), *(top / name for name in names)):
        with contextlib.suppress(OSError):  # not empty, or not there
            folder.rmdir()


def _own(top: Path) -> list[Path]:
    """Files below one of the two folders that earlier runs wrote, by their names: also of stages that are no more."""
    found = []
    for folder in (top, top / "work", top / "tables", *((top / "work").glob("*/") if (top / "work").is_dir() else ())):
        for path in folder.iterdir() if folder.is_dir() else ():
            match = _PIECE.fullmatch(path.name)
            piece = folder.parent == top / "work" and match and (match[1] in TABLES or path.name.count(".") == 3)
            table = folder == top / "tables" and path.suffix == ".csv" and path.stem in TABLES
            product = folder.parent == top / "work" and path.name in _PRODUCTS
            if path.is_file() and (piece or table or product or _is_temporary(path)):
                found.append(path)
    return sorted(found)


def _is_temporary(path: Path) -> bool:
    return bool(re.fullmatch(r"\..+\.\d+\.tmp", path.name))


def hashes(paths: Iterable[Path]) -> dict[str, str]:
    """Content hash by path, for the check that nobody changed the results since."""
    from pipeline.freshness import file_digest

    return {str(path): file_digest(path) for path in paths}


def untouched(known: Mapping[str, str]) -> bool:
    from pipeline.freshness import file_digest

    return all(file_digest(Path(path)) == sha for path, sha in known.items())


@contextlib.contextmanager
def lock(places: Places, name: str = "lock", busy: Problem | None = None) -> Iterator[None]:
    """One run at a time in a study. Raises `Stop` (`busy`) where another one is at work; a dead run leaves no lock behind."""
    path = places.private / name
    make_folders(places)
    handle = path.open("a+")
    try:
        _take(handle)
    except OSError as error:
        handle.close()
        raise Stop(
            busy or Problem(
                "", 0, f"In der Studie »{places.study}« läuft schon ein Durchgang.", "Bitte warten, bis er fertig ist."
            )
        ) from error
    try:
        yield
    finally:
        handle.close()  # the file stays: removing it would let a third run lock another file of the same name


def _take(handle: object) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]


def remove_caches(places: Places) -> int:
    """Delete all intermediate results, and nothing else that may lie beside them; returns how many files went."""
    found = [path for top in (places.outputs, places.private) for path in _own(top) if path.parent.name != "tables"]
    state = places.private / "work" / "state.json"
    found += [state] if state.is_file() else []
    for path in found:
        path.unlink()
    for top in (places.outputs, places.private):
        _drop_empty(top, "work")
    return len(found)
