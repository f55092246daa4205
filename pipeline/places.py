"""Where a study's folders are, and which study is meant.

A study is one name with a folder in each of four places. Environment variables (which `make` passes on) name another
study or single folders: STUDY, TRANSCRIPTS, CODEBOOKS, OUTPUTS, PRIVATE.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.problems import Problem, Stop

KINDS = ("transcripts", "codebooks", "outputs", "private")
DEMO = "demo"
OWN_LISTS, SHARED_LISTS = "lists", "_lists"  # folders of word lists: of a study's codebook, and for all studies
TRACE = "fehler.log"  # in private/: of an error of the program; it may hold names
_FORBIDDEN = set('/\\:*?"<>|\0')


@dataclass(frozen=True)
class Places:
    """The four folders of one study, absolute; they need not exist yet."""

    study: str
    transcripts: Path
    codebooks: Path
    outputs: Path
    private: Path

    def show(self, path: Path) -> str:
        """A path as a person would type it from here."""
        try:
            return str(path.relative_to(Path.cwd()))
        except ValueError:
            return str(path)


def find(root: Path, wanted: Mapping[str, str], verb: str = "analyze") -> Places:
    """The folders of the study that `wanted` (usually the environment) asks for; `verb` is what is to be done there.

    To adopt a file (FILE) below outputs/<study>/ is to mean that study. Raises `Stop` where the study is unknown or ambiguous, or where folders lie inside one another in a way that would
    let real names out or results be read as transcripts.
    """
    named = wanted.get("STUDY", "").strip()
    of_file = _study_of(root, wanted.get("FILE", "").strip()) if verb == "adopt" else ""
    study = named or of_file or _only_study(root, wanted, verb)
    if set(study) & _FORBIDDEN or study.startswith("."):
        raise Stop(
            Problem("", 0, f"»{study}« ist kein möglicher Name für eine Studie.", "Bitte ohne / \\ : * ? wählen.")
        )
    folders = {}
    for kind in KINDS:
        given = wanted.get(kind.upper(), "")
        folders[kind] = (Path(given).expanduser() if given else root / kind / study).absolute()
    _refuse_nesting(folders)
    if of_file and of_file != study and not _below(wanted["FILE"].strip(), folders["outputs"]):
        what = f"Die Datei gehört zur Studie »{of_file}«, STUDY nennt aber »{study}«. Es ist nichts übernommen."
        hint = "Bitte STUDY weglassen; sollen die Einträge doch in die andere Studie, die Datei vorher aus outputs/ herauskopieren."
        raise Stop(Problem(wanted["FILE"].strip(), 0, what, hint))
    return Places(study, **folders)


def studies(root: Path) -> list[str]:
    """Names of the studies that have a codebook folder or a transcripts folder, sorted."""
    names = set()
    for kind in ("transcripts", "codebooks"):
        if (root / kind).is_dir():
            names |= {p.name for p in (root / kind).iterdir() if p.is_dir() and not p.name.startswith((".", "_"))}
    return sorted(names)


def _study_of(root: Path, file: str) -> str:
    """The study in whose folder below outputs/ a file lies; empty where it lies elsewhere."""
    below = _below(file, root / "outputs") if file else ()
    return below[0] if len(below) > 1 else ""


def _below(file: str, folder: Path) -> tuple[str, ...]:
    """The steps from a folder down to a file; empty where it is not below."""
    try:
        path, top = Path(file).expanduser().resolve(), folder.resolve()
    except RuntimeError:  # links in a circle, a home of nobody: it lies nowhere
        return ()
    return path.relative_to(top).parts if path.is_relative_to(top) else ()


def _only_study(root: Path, wanted: Mapping[str, str], verb: str) -> str:
    own = [name for name in studies(root) if name != DEMO]
    if len(own) > 1 and not wanted.get("CODEBOOKS"):
        raise Stop(
            Problem(
                "",
                0,
                f"Es gibt mehrere Studien: {', '.join(own)}.",
                f"Bitte eine nennen, etwa: make {verb} STUDY={shlex.quote(own[0] if verb != 'new' else 'meine_studie')}",
            )
        )
    return own[0] if len(own) == 1 else DEMO


def _refuse_nesting(folders: Mapping[str, Path]) -> None:
    real = {kind: path.resolve() for kind, path in folders.items()}
    rules = [
        ("private", "transcripts"), ("private", "codebooks"), ("private", "outputs"),
        ("outputs", "transcripts"), ("outputs", "private"), ("outputs", "codebooks"),
        ("transcripts", "outputs"), ("transcripts", "private"), ("codebooks", "outputs"), ("codebooks", "private"),
    ]  # fmt: skip
    for inner, outer in rules:
        if real[inner] == real[outer] or real[outer] in real[inner].parents:
            raise Stop(
                Problem(
                    "", 0, f"Der Ordner {inner.upper()} ({folders[inner]}) liegt im Ordner {outer.upper()} ({folders[outer]}).",
                    "Bitte einen Ordner wählen, der daneben liegt, damit nichts Vertrauliches in die Ergebnisse gerät.",
                )
            )  # fmt: skip


def list_folders(codebooks: Path) -> tuple[Path, Path]:
    """Where the word lists of a study's codebook may lie: its own folder first."""
    return codebooks / OWN_LISTS, codebooks.parent / SHARED_LISTS


def list_files(codebooks: Path) -> list[Path]:
    """Files of word lists that a study's codebook may include, sorted."""
    found = (p for folder in list_folders(codebooks) if folder.is_dir() for p in folder.iterdir())
    return sorted(p for p in found if p.is_file() and p.suffix in (".yaml", ".txt"))


def folder_files(folder: Path) -> list[Path]:
    """The CSV files of a folder in the order of their names; those that programs keep hidden or as backups are none."""
    return sorted(p for p in folder.glob("*.csv") if p.is_file() and not p.name.startswith((".", "~")))
