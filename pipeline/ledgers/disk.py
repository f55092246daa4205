"""Bytes on the disk: put behind a file with one write, or in its place by renaming; both are there after the power fails."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from pathlib import Path

from pipeline.problems import Problem, Stop

OLD = 3600  # seconds
Mark = tuple[int, int, int]


def mark(path: Path) -> Mark:
    """Size, time and number of a file: who changes it, changes this. Raises `OSError` where it is not there."""
    told = path.stat()
    return told.st_size, told.st_mtime_ns, told.st_ino


def put_behind(path: Path, size: int, data: bytes, name: str) -> None:
    """Write `data` behind the first `size` bytes. Raises `Stop` where the disk refuses; the file then has its old length."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise told(path, error, name) from error
    try:
        if os.write(handle, data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
    except OSError as error:
        os.ftruncate(handle, size)
        raise told(path, error, name) from error
    finally:
        os.close(handle)


def put_in_place(path: Path, data: bytes, name: str) -> None:
    """Write the file anew beside and rename it; its rights stay. Raises `Stop` where the disk refuses; the file is then as it was."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        rights = path.stat().st_mode & 0o777 if path.exists() else None
        if rights is not None and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with beside.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if rights is not None:
            beside.chmod(rights)
        beside.replace(path)
        _settle(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise told(path, error, name) from error


def left_over(*folders: Path, age: float = OLD) -> None:
    """Remove files that a writer had begun beside a list when it stopped, `age` seconds ago or longer."""
    for folder in folders:
        for path in folder.glob(".*.csv.*.tmp"):
            with contextlib.suppress(OSError):  # somebody else's, or gone by now
                if path.is_file() and not path.is_symlink() and time.time() - path.stat().st_mtime >= age:
                    path.unlink()


def _settle(folder: Path) -> None:
    """The new name itself on the disk; systems that cannot do so keep it anyway."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def told(path: Path, error: OSError, name: str) -> Stop:
    """What a person can do about it; `name` is the path as they would type it."""
    if error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return Stop(Problem(name, 0, "Der Datenträger ist voll; diese Eingabe ist nicht gespeichert.", "Bitte Platz schaffen und noch einmal versuchen; alles Frühere ist da."))
    if isinstance(error, PermissionError) and path.exists():
        hint = "Ist die Datei noch in Excel geöffnet oder schreibgeschützt? Bitte schließen oder freigeben und noch einmal versuchen."
        return Stop(Problem(name, 0, "In die Datei lässt sich nicht schreiben; diese Eingabe ist nicht gespeichert.", hint))
    return Stop(Problem(name, 0, f"Hier lässt sich nicht schreiben ({error.strerror}); diese Eingabe ist nicht gespeichert.", "Bitte die Rechte des Ordners prüfen."))
