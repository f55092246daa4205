"""An edited working sheet merged into what people wrote before: only cells that somebody changed count, row by row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.forms.book import shown
from pipeline.forms.corrections import LOST, circles, circular, is_own, key_of, keyed, own_key
from pipeline.forms.following import MADE
from pipeline.forms.given import Given, Key, Line
from pipeline.forms.sheet import ANCHOR, EMPTY, Column, Sheet
from pipeline.problems import Problem, did_you_mean

SHOWN = 40  # changes told one by one
_LOST_LETTER = re.compile(r"\w\?\w|\ufffd")  # what Excel makes of a letter that its old format does not know
_NO = ("nein", "no", "-", EMPTY)
_SAME = 0.5  # share of cells above which a new row and one adopted before are the same row, corrected


@dataclass
class Merged:
    """The kept file's rows as they are to be, in German what changed and what is to be known, and all that is wrong."""

    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    touched: list[tuple[Key, dict[str, str]]] = field(default_factory=list)  # rows with the cells that somebody changed, as people write them
    cells: list[tuple[str, str]] = field(default_factory=list)  # the same, each with its sheet, row and column in words


@dataclass(frozen=True)
class _Known:
    """What a sheet is compared with: rows of the last run, and what people wrote before, both by key."""

    sheet: Sheet
    table: Mapping[Key, Mapping[str, Any]]
    kept: Mapping[Key, Mapping[str, str]]
    base: Mapping[Key, Mapping[str, str]] | None
    given: frozenset[Key]  # keys that the sheet itself has
    codes: Collection[str] | None = None  # categories of the codebook; None: not to be looked at

    def has(self, key: Key) -> bool:
        return key in self.table or key in self.kept or key in (self.base or {})

    def before(self, key: Key, name: str) -> set[str]:
        """What a cell may say without anybody having changed it."""
        if self.base is not None and key in self.base:
            return {self.base[key].get(name, "")}
        return {self.proposed(key, name), self.said(key, name) or self.proposed(key, name)} if self.has(key) else {""}

    def proposed(self, key: Key, name: str) -> str:
        return shown(_column(self.sheet, name), self.table[key].get(name, "")) if key in self.table else ""

    def said(self, key: Key, name: str) -> str:
        value = self.kept.get(key, {}).get(name, "")
        return value if value == EMPTY else shown(_column(self.sheet, name), value)


def merge(
    given: Given, table: Iterable[Mapping[str, Any]], kept: Sequence[Mapping[str, str]], anchors: Mapping[Key, Mapping[str, str]] | None = None,
    marks: Mapping[Key, Mapping[str, str]] | None = None, codes: Collection[str] | None = None,
) -> Merged:  # fmt: skip
    """`table`: rows of the last run. `kept`: rows of the kept file. `anchors`: doc, raw place and quote by key, for rows that stand for a place.
    `marks`: by key, what a row is followed by when its category or case is no more. `codes`: categories that a cell may name."""
    sheet, done = given.sheet, Merged(problems=list(given.problems), remarks=list(given.remarks))
    before = keyed(kept, sheet)
    keys = frozenset(key_of(line.cells, sheet) for line in given.lines)
    known = _Known(sheet, {key_of(row, sheet): row for row in table}, before, given.base, keys, codes)
    rows = {key: dict(row) for key, row in before.items()}
    seen: dict[Key, int] = {}
    added: list[Line] = []
    for line in given.lines:
        key = key_of(line.cells, sheet)
        if not any(key) and sheet.adding:
            added.append(line)
        elif problem := _wrong_key(line, key, known, seen):
            done.problems.append(problem)
        else:
            seen[key] = line.number
            _row(done, line, key, rows, known, given.fills, (anchors or {}).get(key, {}))
    _owns(done, added, rows, known, given.fills)
    if given.base is not None and not done.problems:
        _gone(done, set(given.base) - set(seen), rows, known, sheet)
    for key in rows.keys() & (anchors or {}).keys():  # who may not be quoted any more is not, in rows of earlier times either
        rows[key]["quote"] = (anchors or {})[key]["quote"]
    for key in rows.keys() & (marks or {}).keys():
        rows[key].update((marks or {})[key])
    done.rows = [{name: cell for name, cell in row.items() if name not in MADE} for row in rows.values()]
    done.problems += _in_circles(given, rows, {line.cells.get(sheet.key[0], ""): line for line in reversed(given.lines)})
    if len(done.lines) > SHOWN:
        done.lines = [*done.lines[:SHOWN], f"… und {len(done.lines) - SHOWN} weitere Änderungen"]
    return done


def _in_circles(given: Given, rows: Mapping[Key, Mapping[str, str]], lines: Mapping[str, Line]) -> list[Problem]:
    """Rows that name each other in a circle after what was edited, told at the first of them in the sheet."""
    found = []
    for heading, ring in circles(rows, given.sheet):
        if len(ring) > 1:  # one that names itself is told with its cell
            first = min(((lines[key].number, lines[key].where) for key in ring if key in lines), default=(0, given.where))
            found.append(Problem(f"{first[1]}, Spalte »{heading}«", 0, *circular(ring, heading)))
    return found


def _column(sheet: Sheet, name: str) -> Column:
    return next(c for c in sheet.columns if c.name == name)


def _called(key: Key) -> str:
    return ", ".join(key)


def _wrong_key(line: Line, key: Key, known: _Known, seen: Mapping[Key, int]) -> Problem | None:
    if not all(key):
        empty = next(c.heading for c, part in zip((_column(known.sheet, n) for n in known.sheet.key), key, strict=True) if not part)
        hint = "Bitte wieder eintragen." if not known.sheet.adding else "Bitte wieder eintragen; eigene Zeilen haben gar keine."
        return Problem(line.where, 0, f"»{empty}« ist leer.", hint)
    if key in seen:
        return Problem(line.where, 0, f"»{_called(key)}« steht schon in Zeile {seen[key]}.", "Bitte eine der beiden Zeilen streichen.")
    # A file that tells what was written into it cannot have a key of its own making; of a CSV it may be an earlier run's.
    if (known.base is not None or is_own(key)) and not known.has(key):
        near = did_you_mean(_called(key), [_called(k) for k in known.base or ()])
        own = " Eigene Zeilen brauchen keine Kennung." if known.sheet.adding else ""
        return Problem(line.where, 0, f"»{_called(key)}« gibt es hier nicht.", f"{near if near.startswith('Meinten') else ''}{own}".strip())
    return None


def _row(
    done: Merged, line: Line, key: Key, rows: dict[Key, dict[str, str]], known: _Known, fills: Sequence[str], anchor: Mapping[str, str],
) -> None:  # fmt: skip
    """The cells of a row that somebody changed, into its row of the kept file."""
    changed: dict[str, str] = {}
    for name in fills:
        text, before = line.cells[name], known.before(key, name)
        if text in before or (known.base is None and any(_lossy(text, one) for one in before)):
            continue
        value = _value(done, line, key, _column(known.sheet, name), text, known)
        if value is not None:
            changed[name] = value if value or is_own(key) else EMPTY
    new = {name: value for name, value in changed.items() if value != known.kept.get(key, {}).get(name, "")}
    if changed:
        done.touched.append((key, {name: line.cells[name] for name in changed}))
        done.cells += [(_where(line, _column(known.sheet, name)), line.cells[name]) for name in changed]
    if not new:
        return
    # Where the last run no longer has the row, its interview is what the sheet was written with: by it the row goes when that is forgotten.
    doc = (known.base or {}).get(key, {}).get("doc", "")
    place = dict(anchor) or ({"doc": doc} if doc and not rows.get(key, {}).get("doc") and known.sheet.anchored else {})
    blank = dict.fromkeys((*known.sheet.key, *known.sheet.fills, *(ANCHOR if known.sheet.anchored else ())), "")
    rows[key] = {**blank, **rows.get(key, {}), **place, **dict(zip(known.sheet.key, key, strict=True)), **new}
    if is_own(key) and not any(rows[key][name] for name in known.sheet.fills):
        del rows[key]
        done.lines.append(f"Eigene Zeile {_called(key[:1])} gestrichen: Alle Zellen sind leer.")
        return
    done.lines += [_told(key, _column(known.sheet, name), value, known) for name, value in new.items()]
    if not is_own(key) and known.table.get(key, {"state": LOST}).get("state") == LOST:
        done.remarks.append(f"Zeile {_called(key)} kennt der letzte Lauf nicht mehr: Was Sie schrieben, ist aufgehoben und gilt, sobald es sie wieder gibt.")


def _where(line: Line, column: Column) -> str:
    return f"{line.where}, Spalte »{column.heading}«"


def _told(key: Key, column: Column, value: str, known: _Known) -> str:
    was = known.said(key, column.name)
    was = "leer" if was == EMPTY else f"»{_short(was)}«" if was else ""
    now = "leer" if value in ("", EMPTY) else f"»{_short(shown(column, value))}«"
    return f"Zeile {_called(key)}: »{column.heading}« jetzt {now}{f' (vorher {was})' if was else ''}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:79]}…"


def _owns(done: Merged, lines: Sequence[Line], rows: dict[Key, dict[str, str]], known: _Known, fills: Sequence[str]) -> None:
    """Rows without a key: people's own. The same words adopted twice are one row; a row adopted before and corrected since is still that row."""
    new: dict[Key, tuple[Line, dict[str, str]]] = {}
    for line in lines:
        cells = {}
        for name in (name for name in fills if line.cells[name]):
            value = _value(done, line, ("",), _column(known.sheet, name), line.cells[name], known)
            cells[name] = "" if value in (None, EMPTY) else str(value)
        if not any(cells.values()):
            continue
        key = own_key(cells, known.sheet)
        done.touched.append((("",) * len(key), {name: line.cells[name] for name in cells}))
        if key in new:
            done.problems.append(Problem(line.where, 0, "Diese neue Zeile steht zweimal da.", "Bitte eine der beiden streichen."))
        new.setdefault(key, (line, cells))
    # What stands in the kept file and the sheet neither was written with nor says: adopted since, from this sheet or another.
    spare = [key for key in known.kept if is_own(key) and key not in (known.base or {}) and key not in known.given and key not in new]
    for key, (line, cells) in new.items():
        if key not in rows:
            _add(done, line, cells, key, rows, known, spare)
    left = len(spare)
    if left and any(key not in known.kept for key in new):
        many = "eine eigene Zeile, die" if left == 1 else f"{left} eigene Zeilen, die"
        done.remarks.append(f"In {known.sheet.file} steht {many} diese Mappe nicht kennt ({', '.join(key[0] for key in spare[:5])}). Ist eine davon überholt, bitte dort löschen.")


def _add(done: Merged, line: Line, cells: dict[str, str], key: Key, rows: dict[Key, dict[str, str]], known: _Known, spare: list[Key]) -> None:
    """A new row of people's own, in the place of the one in `spare` that it is a correction of."""
    said = {name: line.cells[name] for name in cells}
    done.cells += [(_where(line, _column(known.sheet, name)), text) for name, text in said.items()]
    like = {old: _like(known.kept[old], cells, known.sheet) for old in spare}
    best = max(spare, key=lambda old: like[old], default=None)
    blank = dict.fromkeys((*known.sheet.key, *known.sheet.fills), "")
    if best is None or like[best] <= _SAME:
        rows[key] = {**blank, **dict(zip(known.sheet.key, key, strict=True)), **cells}
        done.lines.append(f"Neue Zeile {_called(key[:1])}: {_short('; '.join(said.values()))}")
        return
    spare.remove(best)
    rows[key] = {**rows.pop(best), **blank, **dict(zip(known.sheet.key, key, strict=True)), **cells}
    for column in (c for c in known.sheet.columns if c.refers):
        for row in (row for row in rows.values() if row.get(column.name) == best[0]):
            row[column.name] = key[0]
    done.lines.append(f"Eigene Zeile {_called(best[:1])} berichtigt, jetzt {_called(key[:1])}: {_short('; '.join(said.values()))}")


def _like(a: Mapping[str, str], b: Mapping[str, str], sheet: Sheet) -> float:
    """Share of filled cells in which two rows say the same."""
    filled = [name for name in sheet.fills if a.get(name) or b.get(name)]
    return sum(a.get(name) == b.get(name) for name in filled) / max(1, len(filled))


def _value(done: Merged, line: Line, key: Key, column: Column, text: str, known: _Known) -> str | None:
    """What is kept for an edited cell; None where it cannot be meant, which is told."""
    what = hint = ""
    words = {word.casefold(): value for value, word in column.words.items() if word} | {value.casefold(): value for value in column.words if value}
    # Only a CSV loses letters; »sechs?sieben« in a workbook is what somebody typed.
    if known.base is None and _LOST_LETTER.search(text):
        what = "Hier sind beim Speichern Buchstaben verloren gegangen."
        hint = "Bitte als »CSV UTF-8« oder als Excel-Arbeitsmappe (XLSX) speichern."
    elif words and text and text.casefold() not in words and text.casefold() not in _NO:
        what, hint = f"Erwartet wird {' oder '.join(f'»{w}«' for w in column.words.values() if w)} oder nichts, da steht »{_short(text)}«.", ""
    elif column.refers and text and text != EMPTY:
        if (text,) == key:
            what = "Eine Zeile kann nicht dieselbe sein wie sie selbst."
        elif not known.has((text,)) and (text,) not in known.given:
            what = f"Die Kennung »{_short(text)}« gibt es hier nicht."
            hint = did_you_mean(text, [k[0] for k in known.table])
            hint = hint if hint.startswith("Meinten") else ""
    elif column.codes and known.codes is not None and text not in ("", EMPTY, *known.codes):
        what, hint = f"Die Kategorie »{_short(text)}« steht nicht im Codebuch.", did_you_mean(text, sorted(known.codes))
    elif "(zu lang für eine Zelle" in text:
        what, hint = "Dieser Text ist zu lang für eine Zelle.", f"Bitte in {known.sheet.file} selbst bearbeiten."
    if what:
        done.problems.append(Problem(_where(line, column), 0, what, hint))
        return None
    if words:
        return words.get(text.casefold(), "")
    return text


def _lossy(text: str, before: str) -> bool:
    """Whether a cell only lacks letters that Excel's old CSV does not know.

    >>> _lossy("I?ik", "Işik"), _lossy("Isik", "Işik"), _lossy("Ipik", "Ihik")
    (True, True, False)
    """
    same = len(text) == len(before) and text != before
    return same and all(a == b or not b.encode("cp1252", "ignore") for a, b in zip(text, before, strict=True))


def _gone(done: Merged, missing: set[Key], rows: dict[Key, dict[str, str]], known: _Known, sheet: Sheet) -> None:
    """Rows that the sheet was written with and no longer has: people's own are struck, the machine's stay."""
    for key in sorted(key for key in missing if is_own(key) and key in known.kept):
        row = rows.pop(key)
        done.lines.append(f"Eigene Zeile {_called(key[:1])} gestrichen: {_short('; '.join(row[name] for name in sheet.fills if row.get(name)))}")
    others = len([key for key in missing if not is_own(key)])
    if others:
        hidden = next((f" Streichen lässt sich eine mit »ja« in »{c.heading}«." for c in sheet.columns if c.name == "hidden"), "")
        many = "Eine Zeile der Maschine fehlt und bleibt" if others == 1 else f"{others} Zeilen der Maschine fehlen und bleiben"
        done.remarks.append(f"{sheet.title}: {many}, wie sie ist.{hidden}" if others == 1 else f"{sheet.title}: {many}, wie sie sind.{hidden}")
