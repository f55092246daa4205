"""The other copy of the project: a folder or a ZIP file, of which only lists with known names are read."""

from __future__ import annotations

import lzma
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.backups import refuse_links
from pipeline.lists import LISTS, MAX_BYTES
from pipeline.places import Places
from pipeline.problems import Problem, Stop

FOLDERS = ("handcoded", "queues")
OTHERS = ("codebook.yaml", "guide.yaml", "study.yaml", "topics.yaml", "actors.yaml", "method.yaml", "statements.md")
_RESULTS = {"outputs", "private", "transcripts", "tables", "backup", "__macosx"}  # folders with files of the same names that are no lists of people's
MAX_MEMBERS, MAX_ALL = 50_000, 500_000_000  # entries of a ZIP file; bytes of all that is read from it


@dataclass(frozen=True)
class Other:
    """The folder with the other copy's lists, how it is called in messages, and the name of its study where it is known."""

    folder: Path
    shown: str
    study: str


@contextmanager
def opened(places: Places, file: str) -> Iterator[Other]:
    """The other copy's folder; of a ZIP file its lists in a folder that is gone afterwards. Raises `Stop` where there is none."""
    if not file.strip():
        hint = "Etwa: make merge FILE=../kopie (der Projektordner, der Ordner codebooks/… oder ein ZIP davon)"
        raise Stop(Problem("", 0, "Es fehlt, was übernommen werden soll.", hint))
    try:
        path = Path(file.strip()).expanduser()
        there = path.is_dir(), path.is_file()
    except (OSError, RuntimeError, ValueError) as error:  # too long a name, a folder that may not be read, a home of nobody
        raise Stop(Problem(file[:200], 0, "Das lässt sich nicht lesen.", "Bitte den Pfad prüfen.")) from error
    if there[0]:
        yield _in_folder(places, path)
    elif there[1]:
        with tempfile.TemporaryDirectory(prefix="merge-") as folder:
            _unpack(path, Path(folder))
            yield _in_folder(places, Path(folder), file)
    else:
        raise Stop(Problem(file, 0, "Das gibt es nicht.", "Bitte den Pfad prüfen."))


def _in_folder(places: Places, top: Path, shown: str = "") -> Other:
    """The folder of the study: the one named, or below it codebooks/<study>; in a ZIP file there may be one folder around all."""
    tops = [top, *sorted(p for p in top.iterdir() if p.is_dir() and not p.is_symlink())] if shown else [top]
    tried = [folder for one in tops for folder in (one, one / places.study, one / "codebooks" / places.study)]
    found = next((folder for folder in tried if holds_lists(folder)), None)
    name = shown or str(top)
    if found is None:
        studies = sorted({p.name for one in tops for p in (one / "codebooks").glob("*") if holds_lists(p)})
        hint = f"Darin liegen diese Studien: {', '.join(studies)}." if studies else "Gebraucht wird der Projektordner, der Ordner codebooks/<Studie> oder ein ZIP davon."
        raise Stop(Problem(name, 0, f"Hier liegen keine Listen der Studie »{places.study}«.", hint))
    if found.resolve() == places.codebooks.resolve():
        raise Stop(Problem(name, 0, "Das ist diese Kopie selbst.", "Bitte den Ordner der anderen Kopie nennen."))
    if not shown:
        _refuse_links(found)
    return Other(found, name, found.name if found not in tops or not shown else "")


def holds_lists(folder: Path) -> bool:
    return folder.is_dir() and ((folder / "codebook.yaml").is_file() or any((folder / name).is_file() for name in (*LISTS, *FOLDERS)) or any((folder / name).is_dir() for name in FOLDERS))


def _refuse_links(folder: Path) -> None:
    for path in (*(folder / name for name in (*LISTS, *OTHERS, *FOLDERS)), *(p for name in FOLDERS for p in (folder / name).glob("*.csv"))):
        if path.exists() or path.is_symlink():
            refuse_links(folder, path)


def _unpack(path: Path, folder: Path) -> None:
    """Lists of a ZIP file, each below the folder that it lies in; everything else in it is left packed."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise Stop(Problem(str(path), 0, "Die ZIP-Datei hat zu viele Einträge; sie wird nicht gelesen."))
            left, seen = MAX_ALL, set[str]()
            for member in members:
                inside = _inside(path, member)
                if inside is not None:
                    if str(inside).casefold() in seen:  # one of the two would be lost, on some disks without a word
                        raise Stop(Problem(str(path), 0, f"»{member.filename}« steht zweimal in der ZIP-Datei; sie wird nicht gelesen.", "Bitte neu packen."))
                    seen.add(str(inside).casefold())
                    left -= _write(archive, member, folder / inside, min(MAX_BYTES, left), path)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        hint = "Gebraucht wird ein Ordner oder eine ZIP-Datei ohne Passwort."
        raise Stop(Problem(str(path), 0, "Die Datei lässt sich nicht als ZIP-Datei lesen.", hint)) from error


def _inside(path: Path, member: zipfile.ZipInfo) -> Path | None:
    """Where a member goes; None for what is no list. Raises `Stop` where its name leads out of the folder."""
    inside = PurePosixPath(member.filename.replace("\\", "/"))
    if inside.is_absolute() or ".." in inside.parts or ":" in member.filename or "\0" in member.filename:
        raise Stop(Problem(str(path), 0, "In der ZIP-Datei führt ein Name aus ihrem Ordner hinaus; sie wird nicht gelesen.", "Bitte neu packen."))
    wanted = inside.name in LISTS or inside.name in OTHERS or (inside.suffix == ".csv" and inside.parent.name in FOLDERS)
    wanted = wanted and not {part.casefold() for part in inside.parts[:-1]} & _RESULTS
    plain = not stat.S_ISLNK(member.external_attr >> 16) and not member.is_dir()
    return Path(*inside.parts) if wanted and plain and len(inside.parts) <= 6 else None


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path, most: int, path: Path) -> int:
    with archive.open(member) as packed:
        data = packed.read(most + 1)  # what the entry says of its size need not be true
    if len(data) > most:
        raise Stop(Problem(str(path), 0, f"»{member.filename}« ist ausgepackt zu groß; die ZIP-Datei wird nicht gelesen."))
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(data)
    return len(data)
