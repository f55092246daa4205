"""`make forget DOC=I003`: an interview goes, with all that came of it, and what is left of it is looked for.

Nothing happens before the interview's id has been typed. What the program derived is deleted and made anew without the
interview; rows of people's lists go without a byte of the others being touched; what people wrote in their own words is
not cut but named with its line. No copy is kept, and no note of who withdrew: only how many interviews were removed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline import backups, rows_of, store, traces
from pipeline.inputs import OTHER_RESULTS, STATE, NoTranscripts, read_state
from pipeline.ledgers.disk import left_over
from pipeline.ledgers.writing import locked
from pipeline.places import TRACE, Places
from pipeline.problems import Problem, Stop
from pipeline.rows_of import Change, Target
from pipeline.runner import analyze
from pipeline.stages import STAGES

COUNT = "entfernt.txt"  # in private/: how many, and nothing else
DERIVED = ("exports", "history", "release", "editable", "explore")  # folders of results below outputs/<study>/
SHOWN = 60  # leftovers told one by one
_NO_LISTS = ("pseudonyms", "arbeitsliste", "fairness")  # what the program writes of names, and sentences made up to measure it

_OPEN = Problem("", 0, "Zu dieser Studie ist »make watch« oder »make review« noch geöffnet.", "Bitte dort mit Strg+C beenden und noch einmal starten.")

Progress = Callable[[str, int, int], None]


def forget(
    places: Places, doc: str, confirmed: str = "", progress: Progress = lambda title, done, total: None
) -> list[str]:
    """Remove the interview `doc` (its id or its file's name); returns German lines: what went, and the proof.

    Unless `confirmed` is the interview's id, typed by a person, nothing is changed and the lines say what would go.
    Raises `Stop` where no such interview is known or a file cannot be removed; a second call then goes on.
    """
    if not (places.private.is_dir() or places.transcripts.is_dir()):
        raise Stop(Problem(places.show(places.transcripts), 0, "Diese Studie gibt es nicht.", "Bitte STUDY= prüfen."))
    # Nobody writes to lists meanwhile, what was begun is ended, and no page holds rows in memory that it could bring back.
    with store.lock(places, "watch.lock", _OPEN), store.lock(places), locked(places):
        target = rows_of.find(places, doc, progress)
        changes = rows_of.changes(places, target)
        own = _named_after(places, target)
        if not target.files and not changes and not own:
            what = f"Zu »{doc}« gibt es hier nichts: keine Datei und keine Zeile in einer Liste."
            raise Stop(Problem("", 0, what, "Bitte die Nummer prüfen; sie steht in private/…/documents.csv."))
        if confirmed.strip().casefold() != target.name.casefold():
            return _plan(places, target, changes, own)
        before = len({hit.path for hit in _search(places, target).hits})  # shows that the search finds what is there
        had = bool(read_state(places)) or (places.outputs / "run.json").is_file()
        lines = [f"{target.name} wurde gelöscht:", *_remove(places, target, changes, own)]
    lines += _again(places, progress) if had else []
    return [*lines, "", *_proof(places, target, before), *_shared(places, target), "", *_out_of_reach(places)]


def _plan(places: Places, target: Target, changes: list[Change], own: list[Path]) -> list[str]:
    lines = [f"Gelöscht würde {target.name}, unwiderruflich und ohne Sicherungskopie:"]
    lines += [f"  das Transkript {places.show(path)}" for path in target.files]
    lines += [f"  {places.show(path)}" for path in own]
    lines += [f"  {_told(places, change)}" for change in changes]
    lines += [
        "  alle Zwischenergebnisse, Tabellen und Berichte; was ohne das Gespräch davon bleibt, entsteht danach neu",
        f"  die Ordner {', '.join(f'{name}/' for name in DERIVED)} in {places.show(places.outputs)} mit ihrem Inhalt",
    ]
    if target.alike:
        ids = ", ".join(target.alike)
        lines.append(f"Nicht gelöscht würde {ids}, obwohl der Text weitgehend derselbe ist: bitte eigens löschen.")
    return [*lines, "", f"Noch ist nichts geschehen. Zum Löschen bitte {target.name} eintippen."]


def _told(places: Places, change: Change) -> str:
    parts = [f"{change.gone} {'Zeile' if change.gone == 1 else 'Zeilen'}" if change.gone else ""]
    parts += [f"{change.cut} {'Angabe' if change.cut == 1 else 'Angaben'} in anderen Zeilen" if change.cut else ""]
    return f"{places.show(change.path)}: {' und '.join(filter(None, parts))}"


def _remove(places: Places, target: Target, changes: list[Change], own: list[Path]) -> list[str]:
    """Derived things first, the list of interviews last: where something refuses, the next call still knows them."""
    _remove_derived(places)
    lines = ["  alle Zwischenergebnisse, Tabellen, Berichte und Ausgaben"]
    last = places.private / "documents.csv"
    for change in sorted(changes, key=lambda c: c.path == last):
        if change.path == last:
            lines += _remove_files(target.files, "das Transkript")
        if change.path not in own:
            rights = change.path.stat().st_mode & 0o777
            store.write(change.path, change.data)
            change.path.chmod(rights)
            lines.append(f"  {_told(places, change)}")
    lines += _remove_files([path for path in target.files if path.exists()], "das Transkript")
    begun = ("", "handcoded", "queues", backups.BACKUP)  # what a writer that was killed left beside lists, whole interviews among it
    left_over(*(top / name for top in (places.codebooks, places.private) for name in begun), age=float("-inf"))
    lines += _remove_files(own, "was nach dem Gespräch benannt war")
    _count(places.private / COUNT, len(target.docs))
    return lines


def _remove_files(paths: list[Path] | tuple[Path, ...], what: str) -> list[str]:
    for path in paths:
        _unlink(path)
    many = f" ({len(paths)} Dateien)" if len(paths) > 1 else ""
    return [f"  {what}{many}"] if paths else []


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        hint = "Ist die Datei noch geöffnet? Bitte schließen und noch einmal starten; was fehlt, wird dann nachgeholt."
        raise Stop(Problem(str(path), 0, f"Die Datei lässt sich nicht löschen ({error.strerror}).", hint)) from error


def _remove_derived(places: Places) -> None:
    """All results, of all interviews: counts and topics hold the interview too. The next run makes them anew."""
    store.sweep(places, [])
    for stage in STAGES:
        for top in (places.outputs, places.private):
            _remove_tree(top / "work" / stage.name)  # pieces of earlier versions of the program
    for name in DERIVED:
        _remove_tree(places.outputs / name)
    results = [name for stage in STAGES for name in stage.outputs]
    for path in [places.outputs / name for name in (*results, *OTHER_RESULTS)]:
        _unlink(path)
    # What stages keep in private/ beside the lists that people edit row by row: the worklist of suspected places.
    books = [name for stage in STAGES for name in getattr(stage, "ledgers", ()) if not name.endswith(".csv")]
    for path in [places.private / name for name in (f"work/{STATE}", TRACE, *books)]:
        _unlink(path)


def _remove_tree(folder: Path) -> None:
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in sorted(p for p in folder.rglob("*") if p.is_symlink() or p.is_file()):
        _unlink(path)
    shutil.rmtree(folder, ignore_errors=True)


def _named_after(places: Places, target: Target) -> list[Path]:
    """Memos and lists of people that bear the interview's id, or in a folder of their own its file's name."""
    ids = {doc.doc.casefold() for doc in target.docs if doc.doc}
    stems = {Path(doc.file).stem.casefold() for doc in target.docs if doc.file}
    tops = (places.codebooks, places.private)
    derived = (places.private / "work", places.private / "tables")
    return [
        path
        for path in traces.files(tops)
        if not any(folder in path.parents for folder in derived)
        and (path.stem.casefold() in ids or (path.parent not in tops and path.stem.casefold() in stems))
    ]


def _count(path: Path, more: int) -> None:
    before = 0
    with suppress(OSError, ValueError, AttributeError):
        before = int(re.search(r"\d+", path.read_text("utf-8")).group())  # type: ignore[union-attr]
    store.write(path, f"Auf Verlangen entfernte Gespräche: {before + more}\n".encode())


def _again(places: Places, progress: Progress) -> list[str]:
    try:
        analyze(places, progress)
    except NoTranscripts:
        return ["Es liegen keine weiteren Transkripte da; Ergebnisse gibt es nicht mehr."]
    except Stop as stop:
        told = [f"  {problem}" for problem in stop.problems[:SHOWN]]
        return [
            "Die übrigen Gespräche ließen sich noch nicht neu auswerten. Bitte beheben, dann »make analyze«:",
            *told,
        ]
    return ["Die übrigen Gespräche sind neu ausgewertet."]


def _search(places: Places, target: Target) -> traces.Search:
    folders = (places.transcripts, places.codebooks, places.outputs, places.private)
    # Persons' names only where people write: in results a name that is free again may have been given to somebody, others' transcripts do not
    # hold it, and invented training sentences are full of names. The key's own rows are cut by their interviews.
    apart = (places.private / "work", places.private / "tables", places.codebooks / "anchors")
    lists = [path for path in traces.files((places.codebooks, places.private)) if not any(folder in path.parents for folder in apart)]
    lists = [path for path in lists if not path.name.startswith(_NO_LISTS)]
    return traces.search(folders, target.runs, traces.pattern(target.names), [places.private / "lock"], target.people.named, lists)


def _proof(places: Places, target: Target, before: int) -> list[str]:
    """What is left in the four folders, place by place. `before` is in how many files the same search found it at first."""
    found = _search(places, target)
    after = len({hit.path for hit in found.hits})
    words = f"{len(target.runs)} Wortfolgen zu je {traces.WINDOW} Wörtern, die nur dieses Gespräch enthielt"
    many = target.people.many
    words += f", in den Listen nach {'einem Namen' if many == 1 else f'{many} Namen'}, {'der' if many == 1 else 'die'} nur darin vorkam{'' if many == 1 else 'en'}" if many else ""
    lines = [
        f"Nachweis: {found.looked} Dateien der vier Ordner durchsucht, nach {words}, nach Nummer, Dateiname und Prüfsumme.",
        f"  Vor dem Löschen gefunden in {before} Dateien, danach in {after}.",
    ]
    if not target.runs:
        lines.append("  Der Text des Gesprächs lag nicht lesbar vor; nach seinen Worten ließ sich nicht suchen.")
    if found.hits:
        lines.append(
            "Das haben Menschen geschrieben oder es liegt außerhalb der Ergebnisse; bitte selbst ansehen und streichen:"
        )
        told = [f"{places.show(h.path)}{f':{h.line}' if h.line else ''} ({h.what})" for h in found.hits]
        lines += [f"  {line}" for line in told[:SHOWN]]
        lines += [f"  … und {len(told) - SHOWN} weitere Stellen"] if len(told) > SHOWN else []
    if found.blind:
        lines.append(
            f"Nicht durchsuchbar (Bild, Ton, verschlüsselt oder zu groß), bitte selbst ansehen: {len(found.blind)}"
        )
        lines += [f"  {places.show(path)}" for path in found.blind[:SHOWN]]
    if target.alike:
        lines.append(f"Weitgehend denselben Text hat {', '.join(target.alike)}: bitte prüfen und eigens löschen.")
    return lines


def _shared(places: Places, target: Target) -> list[str]:
    rows = [f"  {places.show(path)}:{line}" for path, line in rows_of.shared(places, target)]
    told = "Von Menschen geschrieben über jemanden, der auch in einem anderen Gespräch spricht; bitte selbst ansehen und kürzen:"
    return [told, *rows] if rows else []


def _out_of_reach(places: Places) -> list[str]:
    lines = [
        "Das Programm erreicht nur die vier Ordner dieser Studie. Bitte selbst löschen:",
        "  Aufnahme, Einwilligungsbogen und Kontaktdaten, soweit sie nicht aufbewahrt werden müssen",
        "  Sicherungen, Abgleich mit einer Cloud, Papierkorb, frühere Fassungen auf Netzlaufwerken",
        "  verschickte Berichte, Tabellen und Zitate, Projekte in anderen Programmen, Ausdrucke",
    ]
    roots = [place for top in (places.codebooks, places.transcripts) for place in (top, *top.parents)]
    if any((place / ".git").exists() for place in roots):
        lines.append("  die Geschichte von git, falls Dateien der Studie je darin aufgenommen waren")
    return lines
