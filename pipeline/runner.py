"""Runs the stages: which are out of date and why, per interview and over the corpus, with progress and a record.

Results are the same whether a run does all the work or only what changed: every piece is kept under a key that hashes
everything it depends on, and what no key asks for is removed.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline import consent, freshness, given, publish, registry, store
from pipeline.inputs import NoTranscripts, checked, read_state, register, remove_results, transcripts
from pipeline.ledgers.writing import locked
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.registry import Doc, same_words
from pipeline.run import Outcome, Progress, Run
from pipeline.sandbox import CHANCE
from pipeline.stages import STAGES, Stage, writer
from pipeline.tables import check, frame, from_parquet, to_csv

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.study import Study

PARALLEL_BYTES = 1_500_000  # below this, starting worker processes costs more than it saves


def analyze(places: Places, progress: Progress, only: str = "", today: date | None = None) -> Outcome:
    """Bring everything up to date (or everything up to the stage `only`). Raises `Stop` for what a person must mend."""
    started = time.perf_counter()
    if not places.transcripts.is_dir():
        transcripts(places)  # says what is wrong before any folder is made
    with store.lock(places):
        files = _transcripts(places)
        # Looked at in every run, also where nothing else changed: an end of consent comes with the day.
        day = today or date.today()
        if forbidden := consent.check(places, registry.numbered(files, places.private), day):
            raise Stop(forbidden)
        state = read_state(places)
        if not only and _is_current(places, state, freshness.fingerprint(places, STAGES, files)):
            return Outcome(fresh=True, documents=state.get("documents", []), seconds=time.perf_counter() - started)
        study = checked(places)
        docs = register(places, files)
        outcome = Outcome()
        run = Run(places, study, docs, progress, tuple(study.variables), state=state)
        for stage in STAGES:
            run_stage(run, stage, outcome)
            if stage.name == only:
                break
        if not only:
            outcome.effect = _effect(run, day)
        _finish(run, outcome, files, only)
        outcome.seconds = time.perf_counter() - started
        return outcome


def _transcripts(places: Places) -> dict[str, str]:
    """The transcripts' files; where all were taken away, what came of them goes as well before that is told."""
    try:
        return transcripts(places)
    except NoTranscripts as stop:
        from pipeline import explore

        explore.remove(places, ())
        if remove_results(places):
            what = "Ergebnisse früherer Läufe wurden entfernt, weil ihre Transkripte nicht mehr da sind."
            stop.problems.append(Problem(places.show(places.outputs), 0, what))
        raise


def _is_current(places: Places, state: Mapping[str, Any], mark: str) -> bool:
    """Whether nothing changed since the last run that ended, neither what it started from nor what it left.

    Of the comparison of codebooks only that it is there: people may have asked for one with another version meanwhile.
    """
    there = all((places.outputs / name).is_file() for name in state.get("effect", {}).get("files", ()))
    return state.get("fingerprint") == mark and there and store.untouched(state.get("results", {}))


def _effect(run: Run, today: date) -> list[str]:
    """What an edit of the codebook does: table and page, where anything that they rest on changed. German lines for the screen."""
    program = [*freshness.closure("pipeline.effect"), "templates/effect.html.j2", *freshness.below("templates/css")]
    sources = {name: freshness.file_digest(freshness.PACKAGE / name) for name in program}
    # The key of coding holds codebook, word lists, turns, questions, cases and decisions; speakers tell who may be quoted.
    key = freshness.digest_of([run.state["new"]["coding"]["key"], sorted(run.shas["speakers"].items()), run.study.title, sources])
    old = run.state.get("effect", {})
    if old.get("key") == key and all((run.places.outputs / name).is_file() for name in old["files"]):
        return []
    from pipeline import effect  # only here: it needs what a run with nothing to do does without

    found = effect.of_run(run.places, today, run.table, old.get("version", ""))
    files = {path.relative_to(run.places.outputs).as_posix(): data for path, data in found.files.items()}
    run.pending |= files
    run.state["effect"] = {"key": key, "version": found.version, "files": sorted(files)}
    return found.lines


def _finish(run: Run, outcome: Outcome, files: Mapping[str, str], only: str) -> None:
    """Check and write the results; the record that says they are done comes last, so that whatever failed is done again."""
    made = publish.finish(run, outcome, sweep=not only)
    mark = freshness.fingerprint(run.places, STAGES, files)
    if outcome.worked or (not only and run.state.get("fingerprint") != mark):
        from pipeline import explore

        explore.remove(run.places, {d.doc for d in run.docs})  # what was found in texts that may be others, or gone
    # A file whose reading failed by chance (time, memory) is tried again by the next run: nothing is up to date then.
    # So is what somebody saved after a stage had read it.
    publish.record(run.places, made, "" if only or run.chance or _saved_meanwhile(run) else mark)


def _saved_meanwhile(run: Run) -> bool:
    sections = run.study.model_dump(mode="json")
    ran = run.state.get("new", {})
    return any(ran[s.name]["signature"]["files"] != freshness.signature(s, run.places, sections)["files"] for s in STAGES if s.name in ran)


def run_stage(run: Run, stage: Stage, outcome: Outcome) -> None:
    started = time.perf_counter()
    signature = freshness.signature(stage, run.places, run.study.model_dump(mode="json"))
    old = run.state.get("stages", {}).get(stage.name, {})
    # What the stage itself keeps for people concerns the corpus, not the work on one interview.
    kept = {f"private/{name}" for name in stage.ledgers}
    files = {name: sha for name, sha in signature["files"].items() if name not in kept}
    common = freshness.digest_of({**signature, "files": files})
    worked = _each(run, stage, common) if stage.each else 0
    if stage.transcripts:
        _once(run, stage, common)
    tables = [[t, sorted(run.shas[t].items())] for t in (*stage.reads, *stage.each, *stage.uses.values())]
    key = freshness.digest_of([freshness.digest_of(signature), tables])
    if stage.whole or stage.outputs or stage.products:
        same = all(old.get("signature", {}).get(kind) == signature[kind] for kind in ("sources", "settings", "environment"))
        worked += _whole(run, stage, key, old, same)
    if stage.ledgers and worked:
        if not _keep_ledgers(run, stage, signature["files"]):
            run_stage(run, stage, outcome)  # once more, with what somebody wrote there meanwhile
            return
        # What the stage writes for people to edit is its own input: with it the stage is up to date.
        signature = freshness.signature(stage, run.places, run.study.model_dump(mode="json"))
        key = freshness.digest_of([freshness.digest_of(signature), tables])
    run.state.setdefault("new", {})[stage.name] = {
        "signature": signature,
        "key": key,
        "docs": run.keys.get(stage.name, {}),
    }
    if worked:
        outcome.worked[stage.name] = time.perf_counter() - started
        outcome.why[stage.name] = freshness.reasons(old.get("signature"), signature) or ["Eingaben geändert"]


def _each(run: Run, stage: Stage, common: str) -> int:
    """The work per interview; returns how many interviews were worked on."""
    keys = {}
    for doc in run.docs:
        own = [doc.doc, doc.file, doc.sha256, doc.same_as, doc.same_why] if stage.transcripts else []
        inputs = [[t, run.shas[t].get(doc.doc, "")] for t in stage.reads] + [[p, run.shas[p][""]] for p in stage.uses.values()]
        keys[doc.doc] = freshness.digest_of([common, own, inputs])
    run.keys[stage.name] = keys
    again = set(run.state.get("chance", ())) if stage.transcripts and not run.loaded else set()
    missing = [
        d
        for d in run.docs
        if d.doc in again or not all(store.piece_path(run.places, t, d.doc, keys[d.doc]).is_file() for t in stage.each)
    ]
    tasks = [(run.places, run.study, stage, doc, keys[doc.doc], _input_keys(run, stage, doc)) for doc in missing]
    if missing:
        run.progress(stage.title, 0, len(missing))
    for done, _ in enumerate(_perform(run, stage, tasks, missing), 1):
        run.progress(stage.title, done, len(missing))
    for table in stage.each:
        run.shas[table] = {
            d.doc: freshness.file_digest(store.piece_path(run.places, table, d.doc, keys[d.doc])) for d in run.docs
        }
    return len(missing)


def _once(run: Run, stage: Stage, common: str) -> None:
    """An interview that lies there in several formats counts once: the others become rows that say so."""
    docs = same_words(run.docs, run.table("sources").set_index("doc").to_dict("index"))
    if docs != run.docs:
        # What was read of the copies is kept as well, or the next run would have to read them again to know them.
        copies = [new for new, old in zip(docs, run.docs, strict=True) if new != old]
        run.spare += [
            store.piece_path(run.places, table, doc.doc, run.keys[stage.name][doc.doc])
            for doc in copies
            for table in stage.each
        ]
        run.docs[:] = docs
        run.loaded.clear()
        _each(run, stage, common)
    codes = run.table("sources").set_index("doc")["code"].to_dict()
    run.chance = sorted(doc for doc, code in codes.items() if code in CHANCE)


def _input_keys(run: Run, stage: Stage, doc: Doc) -> dict[str, str]:
    """The key of each input's piece; '' for a table over the corpus, of which the interview's rows are read."""
    return {t: "" if t in writer(t).whole else run.keys[writer(t).name][doc.doc] for t in stage.reads}


def _perform(run: Run, stage: Stage, tasks: list[Any], docs: list[Doc]) -> Any:
    size = sum((run.places.transcripts / d.file).stat().st_size for d in docs if d.sha256) if stage.heavy else 0
    if len(tasks) > 1 and size > PARALLEL_BYTES:
        from joblib import Parallel, delayed

        return Parallel(n_jobs=-1, return_as="generator")(delayed(work_on)(*task) for task in tasks)
    return (work_on(*task) for task in tasks)


def work_on(places: Places, study: Study, stage: Stage, doc: Doc, key: str, inputs: Mapping[str, str]) -> str:
    """One interview through one stage: pieces in, pieces out; returns its id. May run in a worker process."""
    tables = {t: _input(places, t, doc.doc, k) for t, k in inputs.items()}
    own = {"doc": doc, "path": places.transcripts / doc.file} if stage.transcripts else {}
    results = importlib.import_module(stage.module).each(
        **own, **tables, **given.files(stage, places), **given.products(stage, places), settings=given.settings(stage, study)
    )
    for table in stage.each:
        data = _accepted(table, results[table], tuple(study.variables))
        store.write_frame(store.piece_path(places, table, doc.doc, key), data)
    return doc.doc


def _input(places: Places, table: str, doc: str, key: str) -> pd.DataFrame:
    if key:
        return from_parquet(store.piece_path(places, table, doc, key))
    data = from_parquet(store.whole_path(places, table))
    return data[data["doc"] == doc].reset_index(drop=True)


def _keep_ledgers(run: Run, stage: Stage, read: Mapping[str, str]) -> bool:
    """Write what a stage keeps for people to edit, for the owner's eyes alone; false where somebody changed it since it was `read` (hashes)."""
    contents = importlib.import_module(stage.module).ledgers(**{t: run.table(t) for t in stage.writes}, **given.files(stage, run.places))
    with locked(run.places):
        if any(freshness.file_digest(run.places.private / name) != read[f"private/{name}"] for name in stage.secrets.values()):
            return False
        for name, content in contents.items():
            path = run.places.private / name
            if store.write_changed(path, content):
                path.chmod(0o600)
    return True


def _whole(run: Run, stage: Stage, key: str, old: Mapping[str, Any], same: bool) -> int:
    """The work over the corpus; returns 1 where something had to be done.

    `same`: program and settings are those of the last time, so that what the stage remembers may be used.
    """
    products = [store.product_path(run.places, stage.name, name) for name in stage.products]
    paths = [
        *(store.whole_path(run.places, t) for t in stage.whole), *products, *(run.places.outputs / name for name in stage.outputs),
    ]  # fmt: skip
    known = {path: sha for path, sha in run.state.get("results", {}).items() if path in set(map(str, paths))}
    if old.get("key") != key or len(known) != len(paths) or not store.untouched(known):
        run.progress(stage.title, 0, 1)
        tables = {t: run.table(t) for t in stage.reads + stage.each}
        module = importlib.import_module(stage.module)
        call = {**tables, **given.files(stage, run.places), "settings": given.settings(stage, run.study)}
        call |= given.products(stage, run.places)
        call |= {f"{name}_before": _before(run, name) if same else None for name in stage.remembers}
        for path, data in zip(products, module.products(**call).values() if products else (), strict=True):
            store.write(path, data)
        if stage.whole:
            for name, data in module.whole(**call).items():
                run.loaded[name] = _accepted(name, data, run.extra)
                store.write_frame(store.whole_path(run.places, name), run.loaded[name])
        if stage.outputs:
            run.pending |= module.render(**call)
        run.progress(stage.title, 1, 1)
        worked = 1
    else:
        worked = 0
    for name in stage.whole:
        run.shas[name] = {"": freshness.file_digest(store.whole_path(run.places, name)), **_slices(run, name)}
    run.shas |= {path.name: {"": freshness.file_digest(path)} for path in products}
    return worked


def _slices(run: Run, name: str) -> dict[str, str]:
    """For a table over the corpus that stages read interview by interview: the hash of each interview's rows."""
    if not any(name in stage.reads and stage.each for stage in STAGES):
        return {}
    data = run.table(name)
    groups = {str(doc): rows for doc, rows in data.groupby("doc")} if "doc" in data.columns else {}
    return {
        d.doc: freshness.digest(to_csv(groups[d.doc])) if d.doc in groups else "" for d in run.docs if "doc" in data.columns
    }


def _before(run: Run, table: str) -> pd.DataFrame | None:
    """A table as the last run left it; None where there is none or somebody changed it."""
    path = store.whole_path(run.places, table)
    sha = run.state.get("results", {}).get(str(path))
    return from_parquet(path) if sha and path.is_file() and freshness.file_digest(path) == sha else None


def _accepted(name: str, data: Any, extra: tuple[str, ...]) -> pd.DataFrame:
    result = frame(name, data, extra)
    faults = check(name, result, extra)
    if faults:
        raise AssertionError("; ".join(faults))
    return result
