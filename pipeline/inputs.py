"""What a run starts from: the transcripts' folder, the ids of interviews, researchers' files, the last run's record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import freshness, registry, store
from pipeline.places import TRACE, Places, studies
from pipeline.problems import Problem, Stop, did_you_mean
from pipeline.registry import Doc
from pipeline.stages import STAGES

if TYPE_CHECKING:
    from pipeline.codebook import Codebook
    from pipeline.study import Study

STATE = "state.json"
# Files in outputs/<study>/ that hold quotes or counts and belong to no stage.
OTHER_RESULTS = ("run.json", "datapackage.json", "codebook_diff.csv", "codebook_diff.html", "codebook_check.csv", "compare.html", "compare.csv", "report.pdf")


class NoTranscripts(Stop):
    """The folder is there and empty: results of transcripts that were taken away must not stay behind."""


def transcripts(places: Places) -> dict[str, str]:
    """Path below the transcripts' folder -> content hash. Raises `Stop` where there is nothing to read."""
    from pipeline.readers import discover, left_out

    place = places.show(places.transcripts)
    if not places.transcripts.is_dir():
        raise Stop(
            Problem(
                place,
                0,
                "Diesen Ordner gibt es nicht.",
                did_you_mean(places.study, studies(Path.cwd()))
                or "Bitte anlegen und die Transkripte hineinlegen, oder mit TRANSCRIPTS= einen anderen nennen.",
            )
        )
    files: dict[str, str] = {}
    for found in discover(places.transcripts):
        # A name that is no UTF-8 is shown escaped; the file is then not found under it and reported, like any other.
        name = found.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        try:
            files[name] = freshness.file_digest(places.transcripts / name)
        except OSError:
            files[name] = ""  # may not be opened: the reader says so, by name, in the report
    if files:
        # Never opened, and yet named in the report: a pipe would wait for ever, a link may lead to other people's files.
        files |= {name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"): "" for name in left_out(places.transcripts)}
    if not files:
        raise NoTranscripts(
            Problem(
                place,
                0,
                "Hier liegen keine Transkripte.",
                "Bitte Dateien (DOCX, ODT, RTF, PDF, TXT, Untertitel …) hineinlegen und »make analyze« noch einmal starten.",
            )
        )
    return files


def register(places: Places, files: Mapping[str, str]) -> list[Doc]:
    from pipeline.readers import READERS
    from pipeline.readers.formats import by_name

    last = frozenset(name for name in files if by_name(Path(name)) not in READERS)
    docs = registry.numbered(files, places.private, last)
    for name, content in registry.files(docs, places.private).items():
        store.write_changed(places.private / name, content)
    return docs


def checked(places: Places) -> Study:
    """All files that researchers edit, read and checked before any stage runs; all their problems at once."""
    from pipeline import codebook, decided, guide, study
    from pipeline.forms import corrections
    from pipeline.lists import check_lists

    problems: list[Problem] = []
    loaded: list[Any] = []
    for load, name in ((study.load, "study.yaml"), (codebook.load, "codebook.yaml"), (guide.load, "guide.yaml")):
        try:
            loaded.append(load(places.codebooks / name))
        except Stop as stop:
            problems += [Problem(places.show(places.codebooks / p.file), p.line, p.what, p.hint) for p in stop.problems]
            loaded.append(None)
    if loaded[1] and loaded[2]:
        problems += guide.check_codes(loaded[2], set(loaded[1].by_id()), places.show(places.codebooks / "guide.yaml"), loaded[1].renamed())
    if all(loaded):
        variables = {name: set(one.values) for name, one in loaded[0].variables.items()}
        questions = {question.id for question in loaded[2].questions}
        problems += codebook.check_conditions(loaded[1], variables, questions, places.show(places.codebooks / "codebook.yaml"))
    problems += _topics(places)
    problems += _actors(places)
    problems += _method(places)
    problems += check_lists(places)
    problems += corrections.problems(places)
    problems += decided.problems(places)
    problems += _anchors(places, loaded[1]) if loaded[1] else []
    if problems:
        raise Stop(problems)
    result: Study = loaded[0]
    return result


def _topics(places: Places) -> list[Problem]:
    from pipeline.topicnames import edits

    path = places.codebooks / edits.NAME
    try:
        edits.load(path, places.show(path))
    except Stop as stop:
        return stop.problems
    return []


def _actors(places: Places) -> list[Problem]:
    from pipeline.acting import listing

    try:
        listing.load(places.codebooks / listing.NAME)
    except Stop as stop:
        return [Problem(places.show(places.codebooks / listing.NAME), p.line, p.what, p.hint) for p in stop.problems]
    return []


def _method(places: Places) -> list[Problem]:
    from pipeline.method import answers

    try:
        answers.load(places.codebooks / answers.NAME)
    except Stop as stop:
        return [Problem(places.show(places.codebooks / answers.NAME), p.line, p.what, p.hint) for p in stop.problems]
    return []


def _anchors(places: Places, book: Codebook) -> list[Problem]:
    """Problems of training sentences: lists that cannot be read, codes that the codebook does not know."""
    from pipeline.learning import training

    try:
        training.gather(book, places.codebooks / "anchors")
    except Stop as stop:
        return [Problem(places.show(places.codebooks / p.file), p.line, p.what, p.hint) for p in stop.problems]
    return []


def read_state(places: Places) -> dict[str, Any]:
    """The last run's record; empty where there is none or where it cannot be read (then everything is done anew)."""
    try:
        state: dict[str, Any] = json.loads((places.private / "work" / STATE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _without_found(path: Path) -> None:
    """Take out of the key what was found in transcripts; rows that people wrote ahead stay, or else the file goes."""
    from pipeline.lists import read_key
    from pipeline.naming import key

    if path.is_file():
        ahead = [row for row in key.rows(read_key(path)) if not row.docs]
        if ahead:
            store.write(path, key.to_bytes(ahead))
            path.chmod(0o600)
        else:
            path.unlink()


def remove_results(places: Places) -> bool:
    """Remove all that earlier runs derived from transcripts that are no longer there; true where there was something."""
    there = bool(read_state(places).get("results"))
    store.sweep(places, [])
    gone = [places.outputs / name for name in (*(o for s in STAGES for o in s.outputs), *OTHER_RESULTS)]
    _without_found(places.private / "pseudonyms.csv")
    gone += [places.private / name for s in STAGES for name in s.ledgers if not name.endswith(".csv")]
    for path in (*gone, places.private / "work" / STATE, places.private / "documents.csv", places.private / TRACE):
        path.unlink(missing_ok=True)
    return there
