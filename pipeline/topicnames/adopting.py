"""An edited `topics.yaml` merged into the one in the codebook's folder, entry by entry; an entry is the same where its words are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pipeline.problems import Lined
from pipeline.topicnames.edits import Entry, Placed, checked
from pipeline.topicnames.writing import Block, as_data, document

_HEAD = """\
# Namen für die Themen dieser Studie; übernommen mit make adopt. Aufbau: codebooks/README.md, Abschnitt topics.yaml.

"""
SHOWN = 20


class Merged(NamedTuple):
    """The entries as they are to be, and in German what changed; no lines: nothing did."""

    entries: list[Entry]
    lines: list[str]


def merged(old: Sequence[Placed], new: Sequence[Placed]) -> Merged:
    """The edited entries over the old ones. Old ones that the edited file does not have stay where people said something in them."""
    edited = {p.entry.key: p.entry for p in new}
    before = {p.entry.key: p.entry for p in old}
    entries = [edited.get(key, entry) for key, entry in before.items() if key in edited or entry.says]
    entries += [entry for key, entry in edited.items() if key not in before]
    lines = [line for entry in entries for line in _change(before.get(entry.key), entry)]
    kept = [entry for key, entry in before.items() if key not in edited and entry.says]
    if not lines and any(entry.says for entry in entries) and set(before) != {entry.key for entry in entries}:
        lines = ["An Namen, Notizen und Teilen ändert sich nichts; die Wörter der unbenannten Themen sind auf dem neuen Stand."]
    if lines and kept:
        lines.append(f"Nicht in der bearbeiteten Datei und deshalb unverändert: {'; '.join(map(_called, kept))}.")
    more = [f"… und {len(lines) - SHOWN} weitere Änderungen"] if len(lines) > SHOWN else []
    return Merged(entries, [*lines[:SHOWN], *more])


def stands(old: Sequence[Placed], new: Sequence[Placed]) -> bool:
    """Whether all that people say in `new` already stands the same in `old`; words of entries in which nobody said anything do not count."""
    before = {p.entry.key: p.entry for p in old}
    return not any(True for p in new for _ in _change(before.get(p.entry.key), p.entry))


def _called(entry: Entry) -> str:
    return f"»{entry.name}«" if entry.name else f"Das Thema {', '.join(entry.terms[:3])}"


def _change(before: Entry | None, entry: Entry) -> Iterable[str]:
    """What is said now and was not, for one entry."""
    was = before or Entry(terms=entry.terms)
    words = ", ".join(entry.terms[:3])
    if entry.name != was.name:
        yield f"Das Thema {words} heißt jetzt »{entry.name}«." if entry.name else f"Das Thema {words} heißt nicht mehr »{was.name}«."
    if entry.hide != was.hide:
        yield f"{_called(entry)} wird im Bericht {'nicht mehr' if entry.hide else 'wieder'} gezeigt."
    if entry.memo != was.memo:
        yield f"{_called(entry)}: Notiz {'geändert' if entry.memo else 'gelöscht'}."
    if entry.split != was.split:
        parts = ", ".join(f"»{part.name}«" for part in entry.split)
        yield f"{_called(entry)} wird geteilt: {parts}." if parts else f"{_called(entry)} wird nicht mehr geteilt."


def data_of(entries: Iterable[Entry], raw: Any) -> dict[str, Any]:
    """The file's data with these entries; what did not change is left as it was typed (`raw`: the file's data up to now)."""
    typed = raw.get("topics") or [] if isinstance(raw, dict) else []
    typed = [typed] if isinstance(typed, dict) else typed
    known = {p.entry.key: (p.entry, typed[p.number - 1]) for p in checked(Lined({"topics": typed}, ""))}
    rows = []
    for entry in entries:
        was, row = known.get(entry.key, (None, None))
        rows.append(row if was == entry and row is not None else as_data(entry))
    return {"topics": rows}


def fresh(entries: Iterable[Entry]) -> str:
    """The whole text, where there is no file yet or it cannot be changed in places."""
    return document(_HEAD, [Block([], as_data(entry)) for entry in entries])
