"""The end of a run: CSV files, the data package, the record of the run; then what nobody asks for any more goes."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline import freshness, store
from pipeline.inputs import STATE
from pipeline.places import TRACE
from pipeline.record import datapackage, run_record
from pipeline.run import Outcome, Run
from pipeline.stages import STAGES, writer
from pipeline.tables import TABLES


def finish(run: Run, outcome: Outcome, mark: str, sweep: bool) -> None:
    """CSV files, the data package, the record of the run; then what nobody asks for any more is removed."""
    ran = run.state.get("new", {})
    keep: list[Path] = []
    for name, spec in TABLES.items():
        if spec.writer not in ran:
            continue
        stage = writer(name)
        if name in stage.each:
            keep += [store.piece_path(run.places, name, d.doc, run.keys[stage.name][d.doc]) for d in run.docs]
        else:
            keep.append(store.whole_path(run.places, name))
        keep += _write_csv(run, name)
    results = keep + [run.places.outputs / o for stage in STAGES if stage.name in ran for o in stage.outputs]
    package = run.places.outputs / "datapackage.json"
    store.write(
        package, datapackage(run.places, run.study, [t for t, s in TABLES.items() if s.writer in ran], run.extra)
    )
    told = "documents" if "pseudonymise" in ran else "sources"
    outcome.documents = run.table(told).to_dict("records")
    new_state = {
        "fingerprint": mark, "stages": ran, "results": store.hashes([*results, package]), "documents": outcome.documents,
        "chance": run.chance, "csv": {t: s for t, s in run.state.get("csv", {}).items() if t in TABLES},
    }  # fmt: skip
    if sweep:
        store.sweep(run.places, [*keep, *run.spare])
        (run.places.private / TRACE).unlink(missing_ok=True)  # of an earlier run that failed; it may hold names
    shas = {name: run.shas[name] for name in TABLES if name in run.shas}
    store.write(run.places.outputs / "run.json", run_record(run.places, run.study, run.docs, outcome, shas, ran))
    store.write(run.places.private / "work" / STATE, json.dumps(new_state, ensure_ascii=False, indent=1).encode())


def _write_csv(run: Run, name: str) -> list[Path]:
    path = store.csv_path(run.places, name)
    if path is None:
        return []
    sha = freshness.digest_of(sorted(run.shas[name].items()))
    known = run.state.setdefault("csv", {})
    same = path.is_file() and run.state.get("results", {}).get(str(path)) == freshness.file_digest(path)
    if known.get(name) != sha or not same:
        store.write_csv(run.places, name, run.table(name))
        known[name] = sha
    return [path]
