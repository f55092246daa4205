"""What is out of date, and why: content hashes of inputs, settings, sources and the lock file; never a timestamp."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.places import Places, folder_files, list_files
from pipeline.stages import Stage

PACKAGE = Path(__file__).parent
_IMPORT = re.compile(r"^\s*(?:from\s+(pipeline[\w.]*)\s+import\s+(\([^)]*\)|[^\n]*)|import\s+(pipeline[\w.]*))", re.M)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_of(value: Any) -> str:
    """Hash of plain data, independent of the order of keys."""
    return digest(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str).encode())


def file_digest(path: Path) -> str:
    """Content hash of a file; empty where there is none."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def listed_digest(path: Path, name: str) -> str:
    """Content hash of a file that a stage declares below `path`, or of all CSV files of a folder (`anchors/`); empty where nothing is."""
    if not name.endswith("/"):
        return file_digest(path / name)
    found = {p.name: file_digest(p) for p in folder_files(path / name)}
    return digest_of(found) if found else ""


def setting(sections: Mapping[str, Any], name: str) -> Any:
    """A section of the settings, or one field of it (`model.encoder`)."""
    section, _, key = name.partition(".")
    return sections[section][key] if key else sections[section]


@cache
def closure(module: str) -> tuple[str, ...]:
    """Files of the package that a module uses, itself included, as sorted paths below the package.

    Data files beside a used sub-package's modules count as sources: a changed word list changes results.
    """
    found: set[str] = set()
    todo = [module]
    while todo:
        path = _file_of(todo.pop())
        if path is None or path in found:
            continue
        found.add(path)
        for base, names, plain in _IMPORT.findall((PACKAGE / path).read_text("utf-8")):
            todo.append(base or plain)
            todo += [f"{base}.{word}" for word in re.findall(r"\w+", names) if base]
        if "/" in path:
            todo.append("pipeline." + path.split("/")[0])
    folders = {path.split("/")[0] for path in found if "/" in path}
    for folder in folders:
        files = (p for p in (PACKAGE / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        found |= {p.relative_to(PACKAGE).as_posix() for p in files if p.suffix != ".py"}
    return tuple(sorted(found))


def _file_of(module: str) -> str | None:
    parts = module.split(".")[1:]
    if not parts:
        return None
    path = PACKAGE.joinpath(*parts)
    if path.with_suffix(".py").is_file():
        return "/".join(parts) + ".py"
    return "/".join(parts) + "/__init__.py" if (path / "__init__.py").is_file() else None


@lru_cache(maxsize=1)
def _sources() -> Mapping[str, str]:
    files = (p for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {p.relative_to(PACKAGE).as_posix(): file_digest(p) for p in files}


def below(folder: str) -> list[str]:
    """Files of a folder of the package, as paths below the package."""
    return sorted(name for name in _sources() if name.startswith(folder + "/"))


def signature(stage: Stage, places: Places, sections: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """All that a stage's results depend on beside tables and transcripts, by kind and name -> hash."""
    sources = _sources()
    used = {name: sources[name] for name in closure(stage.module)}
    used |= {name: sources[name] for folder in stage.data for name in below(folder)}
    return {
        "sources": used,
        "settings": {name: digest_of(setting(sections, name)) for name in stage.settings},
        "files": {
            **{name: listed_digest(places.codebooks, name) for name in stage.files.values()},
            **(_word_lists(places) if "codebook.yaml" in stage.files.values() else {}),
            **{f"private/{name}": file_digest(places.private / name) for name in stage.secrets.values()},
        },
        "environment": {
            "lock": sources.get("locks/core.txt", ""),
            "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        },
    }


def _word_lists(places: Places) -> dict[str, str]:
    return {f"{path.parent.name}/{path.name}": file_digest(path) for path in list_files(places.codebooks)}


def fingerprint(places: Places, stages: Iterable[Stage], transcripts: Mapping[str, str]) -> str:
    """One hash over everything a run depends on: equal to the last run's means that nothing is to be done."""
    names = {name for stage in stages for name in stage.files.values()} | {"study.yaml"}
    secrets = {name for stage in stages for name in stage.secrets.values()} | {"documents.csv"}
    return digest_of(
        {
            "sources": _sources(),
            "files": {**{name: listed_digest(places.codebooks, name) for name in sorted(names)}, **_word_lists(places)},
            "secrets": {name: file_digest(places.private / name) for name in sorted(secrets)},
            "transcripts": dict(transcripts),
            "python": sys.version_info[:2],
            "folders": [str(places.outputs), str(places.private)],
        }
    )


_KINDS = {"sources": "Programm", "settings": "Einstellung", "files": "Datei", "environment": "Umgebung"}


def reasons(old: Mapping[str, Mapping[str, str]] | None, new: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Why a signature is not the last one, in German; empty where it is the same.

    >>> reasons({"files": {"codebook.yaml": "a"}}, {"files": {"codebook.yaml": "b"}})
    ['Datei geändert: codebook.yaml']
    """
    if old is None:
        return ["noch nie gelaufen"]
    found = []
    for kind, word in _KINDS.items():
        before, now = old.get(kind, {}), new.get(kind, {})
        changed = sorted(name for name in {*before, *now} if before.get(name, "") != now.get(name, ""))
        if changed:
            more = f" und {len(changed) - 3} weitere" if len(changed) > 3 else ""
            found.append(f"{word} geändert: {', '.join(changed[:3])}{more}")
    return found
