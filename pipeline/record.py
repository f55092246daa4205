"""What a run leaves for those who check it: `run.json` (what, with which versions, how long) and the data package."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.places import Places
from pipeline.tables import PUBLIC, TABLES, columns

if TYPE_CHECKING:
    from pipeline.study import Study

_FIELD_TYPES = {"str": "string", "int": "integer", "float": "number"}


def datapackage(places: Places, study: Study, names: Iterable[str], extra: Iterable[str]) -> bytes:
    """A Frictionless descriptor of the public tables, so that other programs know columns, types and keys."""
    extra = tuple(extra)
    resources = [
        {
            "name": name, "title": TABLES[name].title, "path": f"tables/{name}.csv", "profile": "tabular-data-resource",
            "encoding": "utf-8-sig", "dialect": {"delimiter": ",", "lineTerminator": "\n"},
            "schema": {
                "fields": [{"name": c, "type": _FIELD_TYPES[k]} for c, k in columns(name, extra).items()],
                "primaryKey": list(TABLES[name].key), "missingValues": [""],
            },
        }
        for name in names
        if TABLES[name].place == PUBLIC
    ]  # fmt: skip
    package = {
        "profile": "tabular-data-package",
        "name": _slug(places.study),
        "title": study.title,
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _slug(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name.lower()) or "studie"


def _without_names(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings without what researchers name there: labels and files may be names of people. Counts say how many."""
    ingest = settings["ingest"]
    named = {key: len(ingest[key]) for key in ("roles", "files")}
    return {**settings, "ingest": {**ingest, **named}}


def run_record(
    places: Places,
    study: Study,
    docs: Iterable[Any],
    outcome: Any,
    shas: Mapping[str, Mapping[str, str]],
    stages: Mapping[str, Any],
) -> bytes:
    """The run as JSON. No file names: they may be names of people."""
    from pipeline.study import SEED

    record = {
        "study": places.study,
        "pipeline": __version__,
        "versions": environment(),
        "seed": SEED,
        "settings": _without_names(study.model_dump(mode="json")),
        "documents": {d.doc: d.sha256 for d in docs},
        "stages": {
            name: {
                "key": entry["key"],
                "worked": name in outcome.worked,
                "seconds": round(outcome.worked.get(name, 0.0), 3),
                "why": outcome.why.get(name, []),
                "depends_on": entry["signature"],
            }
            for name, entry in stages.items()
        },
        "tables": {name: dict(sorted(by_doc.items())) for name, by_doc in shas.items()},
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def environment() -> dict[str, str]:
    """Versions that a result depends on."""
    from importlib.metadata import version

    names = (
        "HanTa",
        "jinja2",
        "nltk",
        "numpy",
        "pandas",
        "phonenumbers",
        "pyarrow",
        "scikit-learn",
        "simplemma",
        "spacy",
    )
    return {"python": platform.python_version(), **{name: version(name) for name in names}}
