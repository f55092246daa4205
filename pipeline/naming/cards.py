"""The key and the last run's worklist as cards: one for all places of a form, what is undecided first, the riskiest before all others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.naming.deciding import bare, handle, holder
from pipeline.naming.entities import BARE
from pipeline.naming.key import Row
from pipeline.naming.worklist import AROUND, RISK

OPEN, REPLACED, SETTLED = "open", "replaced", "settled"
PLACES = 5  # places of a form that are shown with what stands around
_FIELDS = ("kind", "status", "level", "replacement", "everywhere")


@dataclass
class _Group:
    entity: str
    form: str  # nothing where the whole row is meant
    places: list[Mapping[str, Any]] = field(default_factory=list)


def cards(rows: Sequence[Row], suspects: Iterable[Mapping[str, Any]], last: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """All cards: open ones by risk, then what is replaced and what was settled, by name.

    `suspects` are rows of the table, `last` the last run's `entities` by id: what differs from it holds only after the next run.
    """
    by_handle = {handle(row): row for row in rows}
    homes = _homes(rows)
    grouped = _grouped(suspects, by_handle, homes)
    found: dict[str, dict[str, Any]] = {}
    for group in grouped:
        row = homes.get((group.entity, group.form.casefold())) or holder(rows, group.entity, group.form)
        if row is None:
            continue
        done = _done(row, group)  # then its places stand with the row that says so
        whole = done or not group.form or len(row.forms) == 1
        name = handle(row) if whole else f"{handle(row)}/{group.form}"
        known = found.get(name)
        if known is None:
            found[name] = known = _card(row, last, name, "" if done or (whole and not row.replaced) else group.form)
        _places(known, group.places)
        if not done:
            known["state"], known["form"] = OPEN, "" if whole and not row.replaced else group.form
    for row in rows:
        # A suspected row that no place stands for: another one took them all, so there is nothing to decide.
        if handle(row) not in found and not (row.status == "suspected" and row.level != "keep"):
            found[handle(row)] = _card(row, last, handle(row), "")
    order = {OPEN: 0, REPLACED: 1, SETTLED: 2}
    return sorted(found.values(), key=lambda c: (order[c["state"]], -c["risk"] if c["state"] == OPEN else 0, c["name"].casefold(), c["id"]))


def _homes(rows: Sequence[Row]) -> dict[tuple[str, str], Row]:
    """(id, form) -> row, for rows that have the form themselves; and ('', form) -> the first row that has it."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        for form in row.forms:
            found.setdefault((handle(row), form.casefold()), row)
            found.setdefault(("", form.casefold()), row)
        found.setdefault((handle(row), ""), row)
    return found


def _grouped(suspects: Iterable[Mapping[str, Any]], by_handle: Mapping[str, Row], homes: Mapping[tuple[str, str], Row]) -> list[_Group]:
    groups: dict[tuple[str, str], _Group] = {}
    for place in suspects:
        entity = place["entity"]
        row = by_handle.get(entity)
        form = _form(place, row.forms) if row else ""
        if not form and (other := homes.get(("", _stem(place["surface"], homes)))):
            entity, form = handle(other), _form(place, other.forms)
            row = other
        if row is not None and not row.replaced and row.status == "suspected":
            form = ""  # nothing of it is replaced: one word for all its forms
        groups.setdefault((entity, form), _Group(entity, form)).places.append(place)
    return list(groups.values())


def _form(place: Mapping[str, Any], forms: Sequence[str]) -> str:
    """Which of a row's forms a place says: the longest that it begins with, or that it holds."""
    said = place["surface"].casefold()
    fits = [form for form in forms if said == form.casefold()] or [f for f in forms if said.startswith(f.casefold())] or [f for f in forms if f.casefold() in said]
    return max(fits, key=len, default="")


def _stem(surface: str, homes: Mapping[tuple[str, str], Row]) -> str:
    """The form in the key that a place says, small; endings (`Kayas`) are left off."""
    small = " ".join(surface.split()).casefold()
    return next((small[: len(small) - n] for n in range(3) if ("", small[: len(small) - n]) in homes), small)


def _done(row: Row, group: _Group) -> bool:
    """Whether people have said what becomes of these places."""
    if row.status == "rejected" or row.level == "keep":
        return True
    short = any(place["rule"] == BARE for place in group.places) or bare(row, group.form)
    return row.status == "confirmed" and (row.everywhere or not short)


def _card(row: Row, last: Mapping[str, Mapping[str, Any]], name: str, form: str) -> dict[str, Any]:
    settled = row.status in ("rejected", "suspected") or row.level == "keep"
    return {
        "id": name, "row": handle(row), "form": form, "name": form or row.name, "forms": list(row.forms), "kind": row.kind, "status": row.status,
        "level": row.level, "replacement": row.replacement, "everywhere": row.everywhere, "note": row.note, "docs": list(row.docs), "count": row.count,
        "places": [], "n": 0, "risk": RISK.get(row.kind, 0.5), "state": SETTLED if settled else REPLACED, "pending": _differs(row, last.get(row.entity)),
        "short": bare(row, form or row.name),
    }  # fmt: skip


def _differs(row: Row, before: Mapping[str, Any] | None) -> bool:
    """Whether the last run knew this row otherwise, or not at all."""
    if before is None:
        return True
    now = {name: getattr(row, name) for name in _FIELDS} | {"everywhere": "ja" if row.everywhere else ""}
    return any(now[name] != before[name] for name in _FIELDS) or set(row.forms) != {form for form in before["forms"].split(" | ") if form}


def _places(card: dict[str, Any], places: Sequence[Mapping[str, Any]]) -> None:
    card["n"] += len(places)
    card["risk"] = max([card["risk"], *(float(place["risk"]) for place in places)]) if card["n"] > len(places) else max(float(p["risk"]) for p in places)
    for place in places[: PLACES - len(card["places"])]:
        before = min(int(place["start"]), AROUND)
        end = before + int(place["end"]) - int(place["start"])
        text = place["context"]
        card["places"].append({"doc": place["doc"], "turn": int(place["turn"]), "before": text[:before], "said": text[before:end], "after": text[end:]})
