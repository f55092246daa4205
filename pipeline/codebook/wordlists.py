"""Word lists that rules name with `$`: those in the codebook itself and those in files that several codebooks share.

Files lie in codebooks/<study>/lists/ or, for all studies, in codebooks/_lists/, and are named without a path: a list from
elsewhere would be an input that nobody sees. `.yaml` holds `lists:`, `.txt` is one list with an entry a line.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.codebook.entries import ListsEntry
from pipeline.places import OWN_LISTS, SHARED_LISTS, list_folders
from pipeline.problems import Lined, Problem, Stop, did_you_mean, read_yaml
from pipeline.schema import build

MAX_BYTES = 5_000_000
_DEPTH = 20


@dataclass
class Found:
    """Lists by name, where each stands (file, line), and what is wrong with them."""

    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def gather(codebooks: Path, include: tuple[str, ...], lists: dict[str, tuple[str, ...]], lined: Lined) -> Found:
    """The codebook's own lists and all that it includes; `codebooks` is the study's folder."""
    found = Found()
    for name, words in lists.items():
        _add(found, name, words, lined.file, lined.line(("lists", name)))
    for position, name in enumerate(include):
        _include(found, codebooks, name, (lined.file, lined.line(("include", position))), ())
    _expand(found)
    return found


def _include(found: Found, codebooks: Path, name: str, asked: tuple[str, int], through: tuple[str, ...]) -> None:
    file, line = asked
    if name in through or len(through) > _DEPTH:
        chain = " → ".join((*through, name))
        found.problems.append(Problem(file, line, f"Die Wortlisten schließen sich im Kreis ein: {chain}.", "Bitte ein »include« streichen."))
        return
    path = _path(codebooks, name)
    if path is None:
        near = [p.name for folder in list_folders(codebooks) if folder.is_dir() for p in sorted(folder.iterdir())]
        what = f"Die Datei mit Wortlisten »{name}« gibt es nicht in {OWN_LISTS}/ oder codebooks/{SHARED_LISTS}/."
        found.problems.append(Problem(file, line, what, did_you_mean(name, near)))
        return
    shown = f"{path.parent.name}/{path.name}"
    if path.suffix == ".txt":
        _plain(found, path, shown)
        return
    try:
        lined = read_yaml(path, shown)
        entry = build(ListsEntry, lined) if lined.data else ListsEntry()
    except Stop as stop:
        found.problems += stop.problems
        return
    for one, words in entry.lists.items():
        _add(found, one, words, shown, lined.line(("lists", one)))
    for position, other in enumerate(entry.include):
        _include(found, codebooks, other, (shown, lined.line(("include", position))), (*through, name))


def _path(codebooks: Path, name: str) -> Path | None:
    if not name or "/" in name or "\\" in name or name.startswith("."):
        return None
    candidates = (name,) if Path(name).suffix in (".yaml", ".txt") else (f"{name}.yaml", f"{name}.txt")
    return next((folder / c for folder in list_folders(codebooks) for c in candidates if (folder / c).is_file()), None)


def _plain(found: Found, path: Path, shown: str) -> None:
    try:
        raw = path.read_bytes()
        text = raw[:MAX_BYTES].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        found.problems.append(Problem(shown, 0, "Die Wortliste lässt sich nicht lesen.", "Bitte als Text in UTF-8 speichern."))
        return
    words = tuple(w for w in (line.strip() for line in text.splitlines()) if w and not w.startswith("#"))
    _add(found, path.stem, words, shown, 1)


def _add(found: Found, name: str, words: tuple[str, ...], file: str, line: int) -> None:
    words = tuple(unicodedata.normalize("NFC", " ".join(word.split())) for word in words)
    known = found.places.get(name)
    if known == (file, line):
        return  # the same file, included twice
    if known:
        found.problems.append(Problem(file, line, f"Die Wortliste »{name}« steht schon in {known[0]}:{known[1]}."))
        return
    if not [word for word in words if word]:
        found.problems.append(Problem(file, line, f"Die Wortliste »{name}« ist leer.", "Bitte Wörter eintragen oder die Liste streichen."))
        return
    if wild := next((word for word in words if word and not word.strip("*? ")), ""):
        what = f"»{wild}« in der Wortliste »{name}« besteht nur aus Platzhaltern und fände jedes Wort."
        found.problems.append(Problem(file, line, what, "Bitte streichen."))
        return
    found.lists[name] = tuple(word for word in words if word)
    found.places[name] = (file, line)


def _expand(found: Found) -> None:
    """Lists may hold other lists (`$name`); a list that holds itself is a problem."""

    def flat(name: str, through: tuple[str, ...]) -> tuple[str, ...]:
        file, line = found.places[name]
        words: list[str] = []
        for word in raw[name]:
            inner = word[1:] if word.startswith("$") else ""
            if inner and inner in through:
                chain = " → ".join((*through, inner))
                found.problems.append(Problem(file, line, f"Die Wortliste »{name}« enthält sich selbst: {chain}."))
            elif inner and inner not in raw:
                found.problems.append(Problem(file, line, f"Die Wortliste »{inner}« gibt es nicht.", did_you_mean(inner, raw)))
            else:
                words += flat(inner, (*through, inner)) if inner else [word]
        return tuple(dict.fromkeys(words))

    raw = dict(found.lists)
    found.lists = {name: flat(name, (name,)) for name in raw}
    found.problems = list(dict.fromkeys(found.problems))
