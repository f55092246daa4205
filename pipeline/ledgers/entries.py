"""Entries of forms: read with a mark each, added behind the others, changed and taken out where nobody changed them since, and all of it undone."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.covered import listed
from pipeline.language import _
from pipeline.ledgers import form as written
from pipeline.ledgers.forms import Field, Form
from pipeline.ledgers.ids import new_id
from pipeline.ledgers.writing import append, locked, rewritten
from pipeline.lists import ANCHOR, CODER, read_list
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.tables import MACHINES

Row = dict[str, str]
_CODE = re.compile(r"[^\W_][\w.\-]{0,99}")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")  # signs that turn the direction of writing


@dataclass(frozen=True)
class Entry:
    """A row with what it is called and a mark of its content; both hold as long as nobody changes it."""

    name: str
    mark: str
    row: Row


@dataclass(frozen=True)
class Step:
    """What was done: the row before (none where it was added) and after (none where it was taken out)."""

    form: str
    before: Row | None
    after: Row | None


class Changed(Exception):
    """Somebody changed the entry meanwhile, or took it out."""


def entries(places: Places, form: Form) -> list[Entry]:
    """All entries as they lie there. Raises `Stop` with row numbers where the list cannot be read."""
    seen: Counter[str] = Counter()
    found = []
    for row in read_list(places.codebooks / form.file, form.listing):
        mark = mark_of(row)
        name = row["entry"] if form.numbered else mark
        seen[name] += 1
        found.append(Entry(name if seen[name] == 1 else f"{name}-{seen[name]}", mark, row))
    return found


def mark_of(row: Mapping[str, str]) -> str:
    """A name for what a row says, wherever it stands."""
    said = sorted((name, value) for name, value in row.items() if name != "line" and value)
    return hashlib.blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def added(places: Places, form: Form, cells: Row, now: datetime) -> Step:
    """A new entry behind the others; `cells` are checked (`checked`), with the anchor where it stands at a passage."""
    row = dict(cells)
    if form.numbered:
        row["entry"] = new_id(cells.get("coder") or "x", now)
    append(places, places.codebooks / form.file, form.listing, form.columns, [row])
    return Step(form.name, None, row)


def edited(places: Places, form: Form, name: str, mark: str, cells: Row) -> Step:
    """An entry with other words; anchor, id and columns of people's own stay. Raises `Changed` where it is not the one that was shown."""
    with locked(places):
        known = entries(places, form)
        old = _same(known, name, mark)
        fresh = {**old.row, **cells}
        _write(places, form, [fresh if one is old else one.row for one in known])
    return Step(form.name, old.row, fresh)


def removed(places: Places, form: Form, name: str, mark: str) -> Step:
    """Take an entry out. Raises `Changed` as `edited` does."""
    with locked(places):
        known = entries(places, form)
        old = _same(known, name, mark)
        _write(places, form, [one.row for one in known if one is not old])
    return Step(form.name, old.row, None)


def undone(places: Places, form: Form, step: Step) -> None:
    """As it was before a step. Raises `Changed` where somebody changed that entry since."""
    with locked(places):
        known = entries(places, form)
        rows = [one.row for one in known]
        if step.after is None:
            if step.before:
                at = int(step.before.get("line") or 0)
                behind = next((n for n, row in enumerate(rows) if int(row.get("line") or 0) >= at), len(rows))
                rows.insert(behind, step.before)
        else:
            mark = mark_of({name: value.strip() for name, value in step.after.items()})
            here = next((n for n, one in enumerate(known) if one.mark == mark), None)
            if here is None:
                raise Changed
            rows[here : here + 1] = [step.before] if step.before else []
        _write(places, form, rows)


def _same(known: Iterable[Entry], name: str, mark: str) -> Entry:
    found = next((one for one in known if one.name == name and one.mark == mark), None)
    if found is None:
        raise Changed
    return found


def _write(places: Places, form: Form, rows: Iterable[Row]) -> None:
    path = places.codebooks / form.file
    # Columns of people's own keep their names as they wrote them, and cells that nobody changed the blanks around them: those beside a quote tell where it stood.
    raw = path.read_bytes() if path.is_file() else b""
    there = written.read(raw, form.listing, form.columns) if raw.strip() else written.Form([], [], True)
    own = {head.lower(): head for head in there.names if head.lower() not in form.columns}
    lines = [row["line"] for row in read_list(path, form.listing)]
    cells = {line: dict(zip(there.names, row, strict=True)) for line, row in zip(lines, there.rows, strict=True)}

    def whole(row: Row) -> Row:
        before = cells.get(row.get("line", ""), {})
        named = {own.get(name, name): value for name, value in row.items()}
        return {name: before.get(name, value) if before.get(name, value).strip() == value else value for name, value in named.items()} if before else named

    rewritten(places, path, form.listing, form.columns, [whole(row) for row in rows])


def cleaned(text: str, several: bool) -> str:
    """Words as they are kept: composed letters, no control signs but line breaks where `several` lines may be."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") else " " if c == "\t" else "" for c in plain if c not in _TURNING).strip()
    return kept if several else " ".join(kept.split())


def checked(form: Form, given: Mapping[str, object], codes: Collection[str], today: date) -> Row:
    """What a page sent, cleaned, a cell a field. Raises `Stop` with a sentence for every field that cannot stay so.

    `codes` are the categories that the codebook knows or knew.
    """
    problems: list[Problem] = []
    row: Row = {}
    for asked in form.fields:
        value = given.get(asked.name, "")
        if not isinstance(value, str) or len(value) > asked.most:
            problems.append(_bad(asked, _("ist zu lang: höchstens {n} Zeichen.").format(n=asked.most)))
            continue
        words = cleaned(value, asked.kind == "long")
        if asked.kind == "date" and not words:
            words = today.isoformat()
        row[asked.name] = words
        told = (_("fehlt; bitte ausfüllen.") if asked.needed else "") if not words else _wrong(asked, words, codes)
        problems += [_bad(asked, told)] if told else []
    if problems:
        raise Stop(problems)
    return row


def _wrong(asked: Field, words: str, codes: Collection[str]) -> str:
    """What is wrong with the words of a field; nothing where they may stay."""
    looks: dict[str, Callable[[], str]] = {
        "date": lambda: "" if _is_day(words) else _("braucht einen Tag wie 2026-03-31."),
        "coder": lambda: "" if CODER.fullmatch(words) and words.casefold() not in MACHINES else _("braucht ein Kürzel: ein Buchstabe, dann Buchstaben, Ziffern, »-« oder »_«, etwa mk."),
        "code": lambda: "" if words in codes else _("kennt »{word}« nicht; bitte eine Kategorie des Codebuchs nennen.").format(word=words),
        "codes": lambda: "" if all(_CODE.fullmatch(one) for one in listed(words)) else _("braucht Kennungen von Kategorien, mehrere mit Strichpunkt getrennt."),
        "choice": lambda: "" if words in asked.words else _("kennt »{word}« nicht.").format(word=words),
    }
    return looks.get(asked.kind, lambda: "")()


def _is_day(words: str) -> bool:
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def _bad(asked: Field, told: str) -> Problem:
    return Problem("", 0, f"»{_(asked.label)}« {told}")


def anchor_only(row: Mapping[str, str]) -> Row:
    return {name: row.get(name, "") for name in ANCHOR}
