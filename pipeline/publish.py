"""The end of a run: the leak check, then CSV files, report, data package and record, then what nobody asks for any more goes.

Nothing of what people read is put in its place before the check: where a name would leave, the earlier results stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import freshness, store
from pipeline.claims import advice as claims
from pipeline.forms.sheet import SHEETS
from pipeline.inputs import STATE
from pipeline.places import TRACE, Places
from pipeline.problems import Problem, Stop
from pipeline.record import datapackage, run_record
from pipeline.run import Outcome, Run
from pipeline.stages import STAGES, writer
from pipeline.tables import PUBLIC, TABLES, to_csv
from pipeline.written import KEPT, files, spaced, texts

if TYPE_CHECKING:
    from pipeline.leaks import Finding, Original

TOPICS, ACTORS, STATEMENTS, METHOD = "topics.yaml", "actors.yaml", "statements.md", "method.yaml"
EDITABLE = "editable"  # below outputs/<study>/: what the machine proposes and people edit
# What was said and who said it: nothing in it comes from what researchers wrote, but for the name of a category that a proposed one is near to.
_SAID = ("turns", "documents", "speakers", "codings", "suggestions", "topic_terms", "topic_phrases", "topic_new")
_SPOKEN = frozenset({*(f"tables/{name}.csv" for name in _SAID), f"{EDITABLE}/new_codes.yaml"})
_QUOTING = frozenset({"decisions.csv", "cases.csv"})  # what researchers keep that is no wording of theirs
_FRAME = frozenset({"datapackage.json", "run.json"})
# A line of the record that names a file of the program with its digest: `readers/pages.py` is nobody, whatever people are called.
_PROGRAM = re.compile(rb'(?m)^\s+"[\w/.-]+\.\w+": "[0-9a-f]{64}",?$')
MOST = 40  # leaks that are told one by one


def finish(run: Run, outcome: Outcome, sweep: bool) -> dict[str, Any]:
    """Check, write, remove; returns what `record` then writes down. Raises `Stop` where a name would leave; earlier results
    then stay as they are."""
    ran = run.state.get("new", {})
    keep, contents = _tables(run, ran)
    contents |= {run.places.outputs / name: data for name, data in run.pending.items()}
    if "statements" in ran and (broken := claims.broken(run.table("findings_statements").to_dict("records"))):
        outcome.notes.append(broken)
    told = "documents" if "pseudonymise" in ran else "sources"
    outcome.documents = run.table(told).to_dict("records")
    keep += [store.product_path(run.places, stage.name, name) for stage in STAGES if stage.name in ran for name in stage.products]
    package, about = run.places.outputs / "datapackage.json", run.places.outputs / "run.json"
    written = [t for t, s in TABLES.items() if s.writer in ran]
    contents[package] = datapackage(run.places, run.study, written, run.extra)
    shas = {name: run.shas[name] for name in TABLES if name in run.shas}
    contents[about] = run_record(run.places, run.study, run.docs, outcome, shas, ran)
    results = [*keep, *(run.places.outputs / o for stage in STAGES if stage.name in ran for o in stage.outputs), package]
    effect = run.state.get("effect", {})
    others = [about, *(run.places.outputs / name for name in effect.get("files", ()))]
    cache = _checked(run, outcome, contents, [*results, *others]) if "names" in ran else {}
    for path, data in contents.items():
        _keep_edits(run, outcome, path, data)
        store.write(path, data)
    if sweep:
        store.sweep(run.places, [*keep, *run.spare])
        (run.places.private / TRACE).unlink(missing_ok=True)  # of an earlier run that failed; it may hold names
    return {
        "stages": ran, "results": store.hashes(results), "documents": outcome.documents, "chance": run.chance,
        "csv": {t: s for t, s in run.state.get("csv", {}).items() if t in TABLES}, "effect": effect, "leaks": cache,
    }  # fmt: skip


def _keep_edits(run: Run, outcome: Outcome, path: Path, data: bytes) -> None:
    """What somebody changed in a file to edit and did not adopt stays beside it, under a name of its own, until it is adopted.

    Of a working sheet only the changed cells stay, of proposals for the codebook nothing: both hold sentences of interviews, which must
    go when their interview goes.
    """
    sheets = path.parent == run.places.outputs / EDITABLE and path.stem in {sheet.workbook for sheet in SHEETS} and path.suffix == ".xlsx"
    if not sheets and path not in {run.places.outputs / EDITABLE / name for name in (TOPICS, STATEMENTS, METHOD)}:
        return
    unadopted = _unadopted_cells if sheets else {TOPICS: _unadopted_topics, STATEMENTS: _unadopted_statements, METHOD: _unadopted_method}[path.name]
    for kept in sorted(path.parent.glob(f"{path.stem}.*{path.suffix}")):
        # Only copies that nobody changed since; a name that does not fit the bytes is a person's.
        if kept.is_file() and kept == _beside(path, kept.read_bytes()) and not unadopted(run, kept):
            kept.unlink()
    if not path.is_file():
        return
    there = path.read_bytes()
    known = run.state.get("results", {}).get(str(path))
    if there == data or (known is None and not sheets) or freshness.digest(there) == known or not (left := unadopted(run, path)):
        return
    kept = _beside(path, left)
    store.write_changed(kept, left)
    outcome.notes.append(
        f"{run.places.show(path)} enthielt Änderungen, die nicht übernommen sind; aufgehoben als {kept.name} (übernehmen: make adopt FILE={kept.name})."
    )


def _beside(path: Path, content: bytes) -> Path:
    return path.with_name(f"{path.stem}.{freshness.digest(content)[:8]}{path.suffix}")


def _unadopted_topics(run: Run, edited: Path) -> bytes:
    """The file, where it says what does not stand in the study's own, also where one of the two cannot be read; else nothing."""
    # Only here: a run in which nobody edited topics does without it.
    from pipeline.topicnames import edits as topics
    from pipeline.topicnames.adopting import stands

    try:
        same = stands(topics.load(run.places.codebooks / topics.NAME), topics.load(edited))
    except Stop:
        same = False
    return b"" if same else edited.read_bytes()


def _unadopted_statements(run: Run, edited: Path) -> bytes:
    """The file, where it is not word for word the study's own."""
    own, raw = run.places.codebooks / STATEMENTS, edited.read_bytes()
    same = own.is_file() and own.read_bytes().replace(b"\r\n", b"\n") == raw.replace(b"\r\n", b"\n")
    return b"" if same else raw


def _unadopted_method(run: Run, edited: Path) -> bytes:
    """The file, where it does not say what the study's own says, also where it cannot be read."""
    from pipeline.method import answers

    try:
        same = answers.load(run.places.codebooks / METHOD) == answers.load(edited)
    except Stop:
        same = False
    return b"" if same else edited.read_bytes()


def _unadopted_cells(run: Run, edited: Path) -> bytes:
    # Only here: reading workbooks takes its time.
    from pipeline.forms.unadopted import cells

    return cells(edited, run.places.codebooks, lambda name: run.table(name).to_dict("records"))


def record(places: Places, made: Mapping[str, Any], mark: str) -> None:
    """Write down that a run ended: `mark` is the fingerprint of all it started from, empty where something is still to be done."""
    store.write(places.private / "work" / STATE, json.dumps({"fingerprint": mark, **made}, ensure_ascii=False, indent=1).encode())


def _tables(run: Run, ran: Mapping[str, Any]) -> tuple[list[Path], dict[Path, bytes]]:
    """Files of the tables that are to stay, and the bytes of those people read where they are not up to date."""
    keep: list[Path] = []
    contents: dict[Path, bytes] = {}
    for name, spec in TABLES.items():
        if spec.writer not in ran:
            continue
        stage = writer(name)
        if name in stage.each:
            keep += [store.piece_path(run.places, name, d.doc, run.keys[stage.name][d.doc]) for d in run.docs]
            keep += [path for path in (run.joined_path(name),) if path.is_file()]
        else:
            keep.append(store.whole_path(run.places, name))
        path = store.csv_path(run.places, name)
        if path is not None:
            keep.append(path)
            contents |= _csv(run, name, path)
    return keep, contents


def _csv(run: Run, name: str, path: Path) -> dict[Path, bytes]:
    """The table's file where it is not up to date."""
    sha = freshness.digest_of(sorted(run.shas[name].items()))
    known = run.state.setdefault("csv", {})
    same = path.is_file() and run.state.get("results", {}).get(str(path)) == freshness.file_digest(path)
    if known.get(name) == sha and same:
        return {}
    known[name] = sha
    return {path: to_csv(run.table(name))}


def _checked(run: Run, outcome: Outcome, contents: dict[Path, bytes], results: list[Path]) -> dict[str, object]:
    """The leak check over everything below outputs/ that people read, new and old; returns its cache."""
    from pipeline import leaks
    from pipeline.leaking.originals import originals, stays

    outputs = {}
    for path in {*contents, *results}:
        if path.is_relative_to(run.places.outputs) and "work" not in path.relative_to(run.places.outputs).parts:
            data = contents[path] if path in contents else path.read_bytes() if path.is_file() else b""
            if path.suffix == ".csv":
                data = b"\n" + data.partition(b"\n")[2]  # the first line names columns and nobody
            elif path.name == "run.json":
                data = _PROGRAM.sub(b"", data)
            outputs[path.relative_to(run.places.outputs).as_posix()] = data
    entities = run.table("entities")
    made = frozenset(r for r in entities["replacement"] if r)
    every = originals(entities)
    own = {*(f"tables/{name}.csv" for name in TABLES), *(name for stage in STAGES for name in stage.outputs), *_FRAME}
    report = leaks.check(every, outputs, run.state.get("leaks", {}), made, own=own, bundled=_scripts(run))
    findings = _own_words(run, every, report.findings)
    if any(finding.level != leaks.WARN for finding in findings):
        _forget_pieces(run)
        raise Stop([*_in_kept_files(run.places, every, findings), *_problems(findings)])
    outcome.notes += stays(entities)
    outcome.warnings += leaks.gathered(_with_sources(run, every, findings))
    return report.cache


def _scripts(run: Run) -> frozenset[str]:
    """Digests of the scripts and styles in pages that are the program's own: no word in them is anybody's."""
    from pipeline.leaking import visible

    path = store.product_path(run.places, "bundle", "vega.js")
    return visible.bundled() | ({visible.block_digest(path.read_text("utf-8"))} if path.is_file() else set())


def _in_kept_files(places: Places, every: Sequence[Original], findings: Sequence[Finding]) -> list[Problem]:
    """Where people themselves wrote such a name into a working sheet or as an actor: the file and its line, never the name."""
    from pipeline.leaks import LEAK

    leaks = [finding for finding in findings if finding.level == LEAK]
    problems = []
    # Real names may stand in the list of actors: only those count that came out as an actor.
    for file, at in (*((sheet.file, "") for sheet in SHEETS), (METHOD, ""), (ACTORS, "tables/actors.csv")):
        entities = {finding.entity for finding in leaks if not at or finding.path == at}
        forms = [spaced(original.form.casefold()) for original in every if original.entity in entities]
        path = places.codebooks / file
        for line, text in enumerate(path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else (), 1):
            if any(form.strip() and form in spaced(text.casefold()) for form in forms):
                hint = "Bitte dort durch die Rolle ersetzen (»die Leiterin des Treffs«) oder die Zeile löschen."
                problems.append(Problem(places.show(path), line, "In dieser Zeile steht ein Name, der ersetzt werden muss.", hint))
    return problems


def _own_words(run: Run, every: list[Original], findings: Sequence[Finding]) -> list[Finding]:
    """Findings, those softened to warnings that stand in what researchers wrote themselves: codebook, guide, settings.

    An example in the codebook may name somebody who is not the person in an interview; people must look, and the run
    goes on. What was said in interviews is checked strictly in the tables that hold it.
    """
    from pipeline.leaks import LEAK, WARN

    own = spaced(texts(run.places)) if any(f.level == LEAK for f in findings) else ""
    named = {original.entity for original in every if own and spaced(original.form.casefold()) in own}
    softened = (replace(f, level=WARN) if f.level == LEAK and _is_own(f, named) else f for f in findings)
    # Names of columns, tables and programs say nothing of people.
    return [f for f in softened if f.level != WARN or not (f.path in _FRAME or f.rule == "path")]


def _with_sources(run: Run, every: Sequence[Original], findings: Sequence[Finding]) -> list[Finding]:
    """The warnings, with file and line where researchers wrote the same themselves: codebook, guide, settings."""
    from pipeline.leaks import sourced

    # What was said is shown in what was read aloud from interviews alone; decisions quote them.
    told = [f for f in findings if f.path not in _SPOKEN]
    texts = ((run.places.show(path), path.read_text("utf-8", errors="replace")) for path in files(run.places) if path.name not in _QUOTING)
    return [*sourced(told, every, texts if told else ()), *(f for f in findings if f.path in _SPOKEN)]


def _is_own(finding: Finding, named: set[str]) -> bool:
    """Whether a name may stand where it was found because researchers wrote it; a kept codebook is their writing throughout."""
    return finding.path.startswith(KEPT) or (finding.entity in named and finding.path not in _SPOKEN)


def _forget_pieces(run: Run) -> None:
    # What was worked out in this run may hold the name as well; the next run works it out anew.
    store.sweep(run.places, [path for path in _public_results(run) if path.suffix == ".csv"])


def _public_results(run: Run) -> list[Path]:
    known = (store.csv_path(run.places, name) for name, spec in TABLES.items() if spec.place == PUBLIC)
    return [path for path in known if path is not None]


def _problems(findings: Sequence[Finding]) -> list[Problem]:
    from pipeline.leaks import CLASH, WARN, message

    bad = [finding for finding in findings if finding.level != WARN]
    problems = [Problem("", 0, message(finding)) for finding in bad[:MOST]]
    if len(bad) > MOST:
        problems.append(Problem("", 0, f"… und {len(bad) - MOST} weitere Stellen."))
    hint = (
        "Bitte in private/…/pseudonyms.csv nachsehen: eine fehlende Form ergänzen, »status« auf rejected setzen, wo es kein "
        "Name ist, oder »level« auf keep, wo er stehen darf; Codebuch, Leitfaden und study.yaml auf Namen durchsehen."
    )
    if any(finding.level == CLASH for finding in bad):
        hint = (
            "Ein Ersatzname darf nicht der Name eines anderen Menschen sein: In private/…/pseudonyms.csv die Zeile suchen, die "
            f"ihn unter »replacement« hat, und dort einen anderen eintragen. {hint}"
        )
    what = "Es wurde nichts geschrieben, weil Namen in die Ergebnisse gelangt wären; frühere Ergebnisse sind unverändert."
    return [*problems, Problem("", 0, what, hint)]
