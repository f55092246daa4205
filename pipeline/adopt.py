"""`make codebook` and `make adopt`: the codebook as tables to edit in Excel, and what was edited back into the YAML; topics' names and working sheets too."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shlex
from pathlib import Path
from typing import Any

from pipeline import codebook, store
from pipeline.adopt_sheets import adopted
from pipeline.backups import backed_up, refuse_links
from pipeline.claims import reading as claims
from pipeline.forms import given
from pipeline.method import answers as method
from pipeline.places import Places, studies
from pipeline.problems import Lined, Problem, Stop, did_you_mean, parse_yaml, read_yaml
from pipeline.sheets.changes import heading
from pipeline.sheets.columns import CODES, EXAMPLES, RULES
from pipeline.sheets.export import table, workbook
from pipeline.sheets.foreign import foreign
from pipeline.sheets.merge import Merged, counted, merge
from pipeline.sheets.own import Row, is_own, own
from pipeline.sheets.read import MAX_BYTES, read
from pipeline.sheets.rows import all_rows
from pipeline.sheets.yaml_text import Unpatchable, patched
from pipeline.topicnames import adopting
from pipeline.topicnames import edits as topics

NAME = "codebook.yaml"
EDITABLE = "editable"  # folder of outputs/<study>
_LOCK = "~$"  # before the name of a file that Excel has open
_EMPTY = "# Aufbau und Regeln erklärt codebooks/README.md. Nach dem Speichern: make check.\ncodes:\n  - id: leer\n    label: leer\n"


def export(places: Places) -> list[str]:
    """Write the codebook as XLSX and CSV; returns what was done, in German lines.

    A table with edits that were not adopted is kept beside under a name of its own.
    """
    path = places.codebooks / NAME
    book = _load(places, path)
    data = read_yaml(path).data
    rows = all_rows(data)
    folder = places.outputs / EDITABLE
    refuse_links(places.outputs, folder)
    lines = []
    for name, content in (("codebook.xlsx", workbook(rows, book.title or "Codebuch")), ("codebook.csv", table(rows[CODES]))):
        target = folder / name
        refuse_links(places.outputs, target)
        if kept := _kept(target, content, data):
            lines.append(f"{places.show(target)} enthielt Änderungen, die nicht übernommen sind; aufgehoben als {kept.name}.")
        store.write_changed(target, content)
        lines.append(f"Geschrieben: {places.show(target)}")
    numbers = (counted(len(rows[CODES]), "Kategorie", "Kategorien"), counted(len(rows[RULES]), "Zeile mit Regeln", "Zeilen mit Regeln"),
               counted(len(rows[EXAMPLES]), "Beispiel", "Beispiele"))  # fmt: skip
    return [*lines, f"{', '.join(numbers)}. Nach dem Bearbeiten: make adopt FILE={shlex.quote(places.show(folder / 'codebook.xlsx'))}"]


def adopt(places: Places, file: str) -> list[str]:
    """Merge an edited table, or another program's list of codes, into `codebook.yaml`; returns what changed, in German lines.

    Raises `Stop` with all problems, each with sheet and row; then nothing was written.
    """
    source = _source(places, file)
    if source.suffix.lower() in (".yaml", ".yml"):
        return _adopt_method(places, source) if source.name.startswith(Path(method.NAME).stem) else _adopt_topics(places, source)
    if source.suffix.lower() in (".md", ".markdown"):
        return _adopt_statements(places, source)
    if source.name.startswith(_LOCK):
        what = "Das ist die Sperrdatei, die Excel neben eine geöffnete Mappe legt."
        raise Stop(Problem(source.name, 0, what, f"Gemeint ist wohl {source.name.removeprefix(_LOCK)}."))
    if sheets := given.recognised(read(source.read_bytes(), source.name), source.name):
        still = source.with_name(_LOCK + source.name).exists()
        told = [f"{source.name} scheint noch in Excel geöffnet zu sein: Übernommen wird, was zuletzt gespeichert wurde."] if still else []
        return [*adopted(places, sheets), *told]
    path = places.codebooks / NAME
    refuse_links(places.codebooks, path)
    with store.lock(places):
        fresh = not path.is_file()
        if not fresh:
            _load(places, path)
        raw = _EMPTY.encode() if fresh else path.read_bytes()
        text = raw.decode("utf-8-sig")
        data: dict[str, Any] = {"codes": []} if fresh else parse_yaml(text, NAME).data
        done = _merged(source.read_bytes(), source.name, data)
        if done.problems:
            raise Stop(done.problems)
        if done.data == data:
            return [*done.remarks, "Die Tabelle sagt dasselbe wie das Codebuch; nichts geändert."]
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        content = mark + _new_text(text, done, source.name).encode()
        _validate(places, path, content, done)
        lines = [] if fresh else [backed_up(places, raw, path)]
        store.write(path, content)
    return [*done.lines, *done.remarks, *lines, f"Geschrieben: {places.show(path)}. Nächster Schritt: make check"]


def _adopt_topics(places: Places, source: Path) -> list[str]:
    """Merge an edited `topics.yaml` into the study's; returns what changed."""
    if source.name.partition(".")[0] in ("codebook", "new_codes"):  # also what was kept of them, as new_codes.1a2b3c4d.yaml
        what = "Kategorien in YAML übernimmt »make adopt« nicht."
        raise Stop(Problem(source.name, 0, what, "Bitte die Einträge, die Sie wollen, nach codebook.yaml kopieren; dann make check."))
    path = places.codebooks / topics.NAME
    refuse_links(places.codebooks, path)
    with store.lock(places):
        raw = path.read_bytes() if path.is_file() else b""
        old, new = topics.load(path, places.show(path)), topics.load(source, places.show(source))
        done = adopting.merged(old, new)
        if not done.lines:
            return ["Die Datei sagt zu den Themen nichts Neues; nichts geändert."]
        content = _topics_text(raw, done)
        lines = [backed_up(places, raw, path)] if raw else []
        store.write(path, content)
    return [*done.lines, *lines, f"Geschrieben: {places.show(path)}. Nächster Schritt: make analyze"]


def _adopt_statements(places: Places, source: Path) -> list[str]:
    """Put edited core statements in the place of the study's, whole; returns what came and what went. What people wrote before is kept beside."""
    path = places.codebooks / claims.NAME
    refuse_links(places.codebooks, path)
    with store.lock(places):
        old, new = claims.load(path), claims.load(source)
        if not new.statements:
            raise Stop(Problem(places.show(source), 0, "Darin steht keine Kernaussage.", "Jede beginnt mit einer Überschrift: ## und ein Satz."))
        if any(not one.draft for one in old.statements) and all(one.draft for one in new.statements):
            what = "Darin stehen nur Entwürfe der Maschine; die Kernaussagen der Studie bleiben, wie sie sind."
            raise Stop(Problem(places.show(source), 0, what, "Bitte erst umschreiben und das Wort »Entwurf« streichen, dann übernehmen."))
        raw = path.read_bytes() if path.is_file() else b""
        if raw == source.read_bytes():
            return ["Die Datei sagt dasselbe wie die Kernaussagen der Studie; nichts geändert."]
        lines = [backed_up(places, raw, path)] if raw else []
        store.write(path, source.read_bytes())
    titles = {one.title for one in new.statements}
    gone = [f"Nicht mehr enthalten, nur noch in der alten Fassung: »{one.title}«" for one in old.statements if one.title not in titles]
    open_ = sum(one.draft or any(mark.kind == claims.BLANK for mark in one.marks) for one in new.statements)
    drafts = [f"Noch Entwurf: {counted(open_, 'Kernaussage', 'Kernaussagen')} mit Lücken; der Bericht zeigt sie als Entwurf."] if open_ else []
    return [f"{counted(len(new.statements), 'Kernaussage', 'Kernaussagen')} übernommen.", *gone, *drafts, *lines, f"Geschrieben: {places.show(path)}. Nächster Schritt: make check"]


def _adopt_method(places: Places, source: Path) -> list[str]:
    """Put an edited `method.yaml` in the place of the study's, whole: the file to edit holds what was answered before. The old one is kept beside."""
    path = places.codebooks / method.NAME
    refuse_links(places.codebooks, path)
    with store.lock(places):
        old, new = method.load(path), method.load(source)
        if old == new:
            return ["Die Datei sagt zum Vorgehen nichts Neues; nichts geändert."]
        lost = [f"Nur noch in der alten Fassung: {place}" for place in old.told() if place not in new.told()]
        lines = [backed_up(places, path.read_bytes(), path)] if path.is_file() else []
        store.write(path, source.read_bytes())
    count = counted(len(new.told()), "beantworteter Punkt", "beantwortete Punkte")
    return [f"{count} übernommen.", *lost, *lines, f"Geschrieben: {places.show(path)}. Nächster Schritt: make check"]


def _topics_text(raw: bytes, done: adopting.Merged) -> bytes:
    """The study's file with the new entries: comments stay where it can be changed in places. Raises `Stop` rather than write what is wrong."""
    text = raw.decode("utf-8-sig")
    try:
        new = patched(text, adopting.data_of(done.entries, parse_yaml(text, topics.NAME).data)) if done.entries and text.strip() else ""
    except Unpatchable:
        new = ""
    new = new or adopting.fresh(done.entries)
    topics.parse(new)
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    return mark + new.encode()


def _merged(content: bytes, file: str, data: dict[str, Any]) -> Merged:
    tables = read(content, file)
    return merge(data, own(tables, file) if is_own(tables) else foreign(tables, file, data))


def _load(places: Places, path: Path) -> codebook.Codebook:
    try:
        return codebook.load(path)
    except Stop as stop:
        raise Stop([Problem(places.show(places.codebooks / p.file), p.line, p.what, p.hint) for p in stop.problems]) from stop


def _source(places: Places, file: str) -> Path:
    """The file that is meant: as typed from here, or by its bare name in the folder that `export` writes to."""
    if not places.codebooks.is_dir():
        raise Stop(Problem(places.show(places.codebooks), 0, "Diesen Ordner gibt es nicht.", did_you_mean(places.study, studies(Path.cwd()))))
    typed = Path(file)
    with contextlib.suppress(RuntimeError):  # a home of nobody: the name begins with the sign by chance
        typed = typed.expanduser()
    editable = places.outputs / EDITABLE
    if not file.strip():
        name = shlex.quote(places.show(editable / "codebook.xlsx"))
        raise Stop(Problem("", 0, "Bitte eine Datei nennen.", f"Etwa: make adopt FILE={name}"))
    found = next((p for p in (typed, *([editable / file] if typed.name == file else [])) if p.is_file()), None)
    if found is None:
        near = [p.name for p in sorted(editable.iterdir())] if editable.is_dir() else []
        raise Stop(Problem(file, 0, "Diese Datei gibt es nicht.", did_you_mean(typed.name, near)))
    try:
        if found.stat().st_size > MAX_BYTES:
            raise Stop(Problem(file, 0, "Die Datei ist zu groß.", f"Erlaubt sind {MAX_BYTES // 1_000_000} MB."))
        with found.open("rb"):
            return found
    except OSError as error:
        raise Stop(Problem(file, 0, f"Die Datei lässt sich nicht lesen ({error.strerror}).", "Ist sie noch in Excel geöffnet?")) from error


def _kept(target: Path, content: bytes, data: dict[str, Any]) -> Path | None:
    """Where an edited table went that would be overwritten; None where nobody edited it, or all of it is adopted."""
    if not target.is_file() or target.stat().st_size > MAX_BYTES:
        return None
    old = target.read_bytes()
    if old == content:
        return None
    with contextlib.suppress(Stop):
        done = _merged(old, target.name, data)
        if not done.problems and done.data == data:
            return None
    kept = target.with_name(f"{target.stem}.{hashlib.sha256(old).hexdigest()[:12]}{target.suffix}")
    store.write_changed(kept, old)
    return kept


def _new_text(text: str, done: Merged, file: str) -> str:
    try:
        return patched(text, done.data)
    except Unpatchable as error:
        what = "Die Änderungen lassen sich nicht in codebook.yaml eintragen, so wie es geschrieben ist; es bleibt unverändert."
        raise Stop(Problem(file, 0, what, "Bitte kleinere Schritte versuchen oder die Änderung in codebook.yaml selbst machen.")) from error


def _validate(places: Places, path: Path, content: bytes, done: Merged) -> None:
    """The new text, loaded from a file beside the old one. Raises `Stop` with the rows that its problems come from."""
    beside = path.with_name(f".{path.stem}.{os.getpid()}.neu.yaml")
    try:
        store.write(beside, content)
        codebook.load(beside)
    except Stop as stop:
        try:
            lined = parse_yaml(content.decode("utf-8-sig"), NAME)
        except Stop:
            raise stop from None
        raise Stop([_in_the_sheet(places, problem, lined, done, beside.name) for problem in stop.problems]) from stop
    finally:
        beside.unlink(missing_ok=True)


def _in_the_sheet(places: Places, problem: Problem, lined: Lined, done: Merged, beside: str) -> Problem:
    """A problem of the new YAML told with the row it comes from; where no row says it, with the line."""
    if problem.file != beside:
        return Problem(places.show(places.codebooks / problem.file), problem.line, problem.what, problem.hint)
    row, key = _row_of(problem.line, lined, done)
    line = f"(Zeile {problem.line} des neuen {NAME}, das nicht geschrieben wurde)"
    if row is None:
        return Problem(NAME, 0, problem.what, f"{problem.hint} {line}".strip())
    named = re.match(r"»(\w+)«", problem.what)  # a problem told at a category's first line names the key it is about
    name = (heading(row, named[1]) if named else "") or (heading(row, key) if key != "id" or "Kennung" in problem.what else "")
    return Problem(f"{row.where}, Spalte »{name}«" if name else row.where, 0, problem.what, f"{problem.hint} {line}".strip())


def _row_of(line: int, lined: Lined, done: Merged) -> tuple[Row | None, str]:
    """The row that speaks of what stands at a line, and the key of its column."""
    at = max(((number, len(path), path) for path, number in lined.lines.items() if number <= line), key=lambda found: found[:2], default=(0, 0, ()))[2]
    for cut in range(len(at), 0, -1):
        if at[:cut] in done.origins:
            rest = [step for step in at[cut:] if isinstance(step, str)]
            return done.origins[at[:cut]], rest[0] if rest else ""
    return None, ""
