"""What people decide about a name, as a change of the key's rows: plain rows in, plain rows out; nothing is read or written here.

A decision is about a row, or about one of its forms where the row is replaced elsewhere as well: then the form becomes a row of its own.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.naming.base import KINDS
from pipeline.naming.bodies import bare_name
from pipeline.naming.choose import words
from pipeline.naming.entities import PREFIX
from pipeline.naming.key import COLUMNS, Row, to_bytes
from pipeline.problems import Problem, Stop

REPLACE, KEEP, REJECT, GENERALISE, MERGE = "replace", "keep", "reject", "generalise", "merge"
ACTS = (REPLACE, KEEP, REJECT, GENERALISE, MERGE)
LONGEST = 80  # letters of a replacement
_LOST = re.compile(r"\w\?\w|\ufffd")  # lists.read_key refuses it: so Excel writes letters that it lost
NAME = "pseudonyms.csv"


@dataclass(frozen=True)
class Act:
    """One decision. `row` names it (see `handle`), `form` one of its forms or nothing for all; `into` the row to merge with.

    `sure`: somebody was told that places which are replaced now will no longer be, and wants it.
    """

    what: str
    row: str
    form: str = ""
    replacement: str = ""
    kind: str = ""
    into: str = ""
    everywhere: bool = False
    sure: bool = False


class Ask(Exception):
    """What has to be asked first: the words for it."""


def handle(row: Row) -> str:
    """What a row is called in the page: its id, or its first form while it has none (the short form of the key)."""
    return row.entity or "=" + (row.forms[0] if row.forms else row.name)


def holder(rows: Iterable[Row], entity: str, form: str) -> Row | None:
    """The row that a place means by now: that of `entity` while it has the form, else any that has it, else `entity`'s."""
    own = None
    other = None
    small = form.casefold()
    for row in rows:
        has = small in (one.casefold() for one in row.forms)
        if handle(row) == entity:
            own = row
            if has or not form:
                return row
        elif has and other is None:
            other = row
    return other or own


def decided(rows: Sequence[Row], act: Act) -> list[Row]:
    """The rows after one decision. Raises `Stop` where it cannot be, `Ask` where somebody must be asked first."""
    row = next((one for one in rows if handle(one) == act.row), None)
    if row is None or (act.form and act.form.casefold() not in (form.casefold() for form in row.forms)):
        raise _stop("Diese Zeile gibt es in pseudonyms.csv nicht mehr.", "Die Liste ist neu geladen; bitte noch einmal ansehen.")
    if act.kind and act.kind not in KINDS:
        raise _stop(f"Die Art »{act.kind}« gibt es nicht.", "")
    if act.what == MERGE:
        return _merged(rows, row, act)
    if act.what not in ACTS:
        raise _stop(f"Diese Entscheidung gibt es nicht: »{act.what}«.", "Bitte die Seite neu laden.")
    alone = not act.form or len(row.forms) < 2 or not row.replaced
    if act.what == REPLACE:
        return _put(rows, row, _confirmed(row, act, rows))
    if alone and row.replaced and act.form and not act.sure:
        raise Ask
    if not alone:
        rows, row = _split(rows, row, act.form)
    return _put(rows, row, _changed(row, act, rows))


def _confirmed(row: Row, act: Act, rows: Sequence[Row]) -> Row:
    kind = act.kind or row.kind
    level = row.level if row.level in ("pseudonym", "mask") else ""
    if kind != row.kind or not level:
        level = "pseudonym" if kind == "person" else "mask"
    given = checked(act.replacement, rows, row) if act.replacement else ""
    kept = row.replacement if (kind, level) == (row.kind, row.level) else ""
    return replace(row, kind=kind, level=level, status="confirmed", replacement=given or kept, everywhere=row.everywhere or act.everywhere)


def _changed(row: Row, act: Act, rows: Sequence[Row]) -> Row:
    kind = act.kind or row.kind
    if act.what == KEEP:
        return replace(row, kind=kind, status="confirmed", level="keep")
    if act.what == REJECT:
        return replace(row, kind=kind, status="rejected")
    given = checked(act.replacement, rows, row) if act.replacement else ""
    kept = row.replacement if row.level == "generalise" else ""
    return replace(row, kind=kind, status="confirmed", level="generalise", replacement=given or kept)


def _put(rows: Sequence[Row], old: Row, new: Row) -> list[Row]:
    return [new if one is old else one for one in rows]


def _split(rows: Sequence[Row], row: Row, form: str) -> tuple[list[Row], Row]:
    """The form as a row of its own, behind the others; the row keeps the rest, and its name where that is not the form."""
    small = form.casefold()
    own = tuple(one for one in row.forms if one.casefold() == small)
    rest = tuple(one for one in row.forms if one.casefold() != small)
    left = replace(row, forms=rest, name=rest[0] if row.name.casefold() == small else row.name)
    made = Row(free(rows, row.kind), row.kind, own[0], own, "suspected", row.level, "", row.sex, row.culture, row.docs, 0, listed=True)
    return [*_put(rows, row, left), made], made


def free(rows: Iterable[Row], kind: str) -> str:
    """The next id of a kind, as the stage `names` gives them.

    >>> free([Row("P009"), Row("O002")], "person")
    'P010'
    """
    letter = PREFIX.get(kind, "N")
    taken = [int(row.entity[1:]) for row in rows if row.entity[:1] == letter and row.entity[1:].isdecimal()]
    return f"{letter}{max(taken, default=0) + 1:03d}"


def _merged(rows: Sequence[Row], row: Row, act: Act) -> list[Row]:
    """The row's forms (or the one that is meant) go over to another row, which says what becomes of them."""
    target = next((one for one in rows if handle(one) == act.into), None)
    if target is None:
        raise _stop("Die Zeile, mit der zusammengelegt werden soll, gibt es nicht mehr.", "Bitte noch einmal wählen.")
    if target is row:
        raise _stop("Eine Zeile lässt sich nicht mit sich selbst zusammenlegen.", "Bitte eine andere wählen.")
    if act.form and len(row.forms) > 1 and row.replaced:
        rows, row = _split(rows, row, act.form)
        target = next(one for one in rows if handle(one) == act.into)
    status = "confirmed" if target.status == "proposed" else target.status
    have = {form.casefold() for form in target.forms}
    forms = (*target.forms, *(form for form in row.forms if form.casefold() not in have))
    notes = " ".join(dict.fromkeys(note for note in (target.note, row.note) if note))
    both = replace(
        target, forms=forms, docs=tuple(sorted({*target.docs, *row.docs})), count=target.count + row.count, status=status, note=notes,
        everywhere=target.everywhere or row.everywhere, sex=target.sex or row.sex, culture=target.culture or row.culture,
    )  # fmt: skip
    return [both if one is target else one for one in rows if one is not row]


def cleaned(text: str) -> str:
    """A replacement as it is kept: composed letters, single blanks, no control signs and none that turn the direction of writing."""
    plain = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if c.isspace() else c for c in plain if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")).split())


def checked(text: str, rows: Iterable[Row], own: Row) -> str:
    """A replacement that people typed, cleaned. Raises `Stop` where it would do harm: somebody's real name, a lost letter, a formula."""
    given = cleaned(text)
    if not given or len(given) > LONGEST:
        raise _stop(f"Der Ersatz braucht ein bis {LONGEST} Zeichen.", "")
    if _LOST.search(given) or "|" in given:
        raise _stop("Ein Ersatz darf kein Fragezeichen im Wort und keinen senkrechten Strich enthalten.", "Solche Zeichen liest das Programm als Fehler beim Speichern.")
    if given[0] in "=+-@" or given.count("[") != given.count("]"):
        raise _stop("Ein Ersatz beginnt mit einem Buchstaben oder einer eckigen Klammer, die auch geschlossen wird.", "Etwa: Hatice Demir, oder [Nachbarin].")
    said = words(given)
    if not said:
        raise _stop("Der Ersatz enthält kein Wort.", "Etwa: Hatice Demir, oder [Nachbarin].")
    for row in rows:
        mine = row is own or row.entity == own.entity != ""
        if row.status != "rejected" and row.level != "keep" and any(words(form) == said for form in (*row.forms, row.name)) and not (mine and given[0] == "["):
            raise _stop(f"»{given}« ist selbst ein Name aus dem Material.", "Bitte einen Ersatz wählen, der niemanden meint.")
        if not mine and given[0] != "[" and row.replaced and words(row.replacement) == said:
            raise _stop(f"»{given}« heißt schon jemand anderes ({handle(row)}).", "Ist es dieselbe Person, bitte die Zeilen zusammenlegen (z).")
    return given


def file(rows: Sequence[Row], listed: Iterable[Mapping[str, str]]) -> bytes:
    """The key's bytes, as the program writes it, with the columns that people added (from `listed`, the file's rows) behind.

    Of rows that became one, the first that says something in such a column does.
    """
    known = {*COLUMNS, "line", "form"}
    more: dict[str, dict[str, str]] = {}
    names: dict[str, None] = {}
    for cells in listed:
        own = {name: value for name, value in cells.items() if name and name not in known}
        names |= dict.fromkeys(own)
        for mark in _marks(cells):
            kept = more.setdefault(mark, {})
            kept |= {name: value for name, value in own.items() if value and not kept.get(name)}
    data = to_bytes(rows)
    if not names:
        return data
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    head, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
    writer.writerow([*head, *names])
    for line in lines:
        found = more.get(line[0]) or next((more[f"={form.strip()}"] for form in line[3].split("|") if f"={form.strip()}" in more), {})
        writer.writerow([*line, *(found.get(name, "") for name in names)])
    return out.getvalue().encode("utf-8-sig")


def _marks(cells: Mapping[str, str]) -> list[str]:
    """By what a row of the file is known again: its id, or each of its forms."""
    if cells.get("entity", "").strip():
        return [cells["entity"].strip()]
    return ["=" + " ".join(form.split()) for form in (cells.get("form") or cells.get("forms", "")).split("|") if form.strip()]


def bare(row: Row, form: str) -> bool:
    """Whether a form is the short name of a body whose full one the row has too: it is replaced only where `everywhere` says so."""
    return row.kind == "org" and any(bare_name(one).casefold() == form.casefold() for one in row.forms)


def _stop(what: str, hint: str) -> Stop:
    return Stop(Problem(NAME, 0, what, hint))
