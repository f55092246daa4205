"""Which stages are out of date, and why, without running any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import consent, freshness, registry, store
from pipeline.inputs import checked, read_state
from pipeline.places import Places
from pipeline.problems import Problem
from pipeline.registry import Doc
from pipeline.stages import STAGES, Stage, writer


def status(places: Places, files: Mapping[str, str]) -> list[tuple[Stage, list[str]]]:
    """Every stage with the reasons why it is out of date (empty: up to date); `files` as `inputs.transcripts` gives them."""
    state = read_state(places)
    study = checked(places)
    sections = study.model_dump(mode="json")
    docs = registry.numbered(files, places.private)
    lines: list[tuple[Stage, list[str]]] = []
    stale: set[str] = set()
    for stage in STAGES:
        old = state.get("stages", {}).get(stage.name, {})
        why = freshness.reasons(old.get("signature"), freshness.signature(stage, places, sections))
        if stage.transcripts and old:
            why += _changed_docs(docs, registry.read(places.private / "documents.csv"))
        waiting = sorted({writer(t).name for t in stage.reads} & stale, key=[s.name for s in STAGES].index)
        if waiting and not why:
            why = [f"nach {', '.join(waiting)}"]
        if not why and not store.untouched(_results_of(stage, state, places)):
            why = ["Ergebnisse fehlen oder wurden von Hand geändert"]
        if why:
            stale.add(stage.name)
        lines.append((stage, why))
    return lines


def blocked(places: Places, files: Mapping[str, str]) -> list[Problem]:
    """What of the consents would stop the next run today."""
    return consent.check(places, registry.numbered(files, places.private), date.today())


def _results_of(stage: Stage, state: Mapping[str, Any], places: Places) -> dict[str, str]:
    names = {f"{t}.csv" for t in stage.writes} | {f"{t}.parquet" for t in stage.writes} | set(stage.outputs)
    return {
        path: sha
        for path, sha in state.get("results", {}).items()
        if Path(path).name.split(".", 2)[-1] in names or Path(path).name in names
    }


def _changed_docs(now: list[Doc], before: list[Doc]) -> list[str]:
    old, new = {d.doc: asdict(d) for d in before}, {d.doc: asdict(d) for d in now}
    added, gone = new.keys() - old.keys(), old.keys() - new.keys()
    changed = [
        d for d in new.keys() & old.keys() if (new[d]["sha256"], new[d]["file"]) != (old[d]["sha256"], old[d]["file"])
    ]
    words = ((len(added), "neu"), (len(changed), "geändert"), (len(gone), "entfernt"))
    return [f"{n} {'Interview' if n == 1 else 'Interviews'} {word}" for n, word in words if n]
