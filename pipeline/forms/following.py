"""What people wrote follows its category and its case: kept rows under the key that these bear by now.

Categories are followed by `was:` in the codebook; a case by its conversations and who spoke in them. What cannot be followed stays and says what it stood for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.forms.corrections import Row, is_own, key_of
from pipeline.forms.given import Given, Key
from pipeline.forms.sheet import EMPTY, FILL, Sheet
from pipeline.measures.lens import identity

Records = Sequence[Mapping[str, Any]]
Ways = dict[str, dict[str, str]]  # column -> what it said -> what stands for it now
BAR = " | "  # between conversations, between speakers
MADE = ("line", "moved", "gone")  # of a row that was read; no columns of the kept file
UNNAMED = "ohne festgehaltene Bezeichnung"
_APART = ("summary", "paraphrase")  # texts: put together they are two paragraphs


def renamed(codes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Former code -> the code that names it under `was`, of several the first; a code that is still there is no former one.

    >>> renamed([{"code": "B", "was": "A+C"}, {"code": "C", "was": ""}, {"code": "D", "was": "A"}])
    {'A': 'B'}
    """
    rows = list(codes)
    known = {row["code"] for row in rows}
    return {old: row["code"] for row in reversed(rows) for old in row.get("was", "").split("+") if old and old not in known}


def key(sheet: Sheet, code: str) -> str:
    """The key of a category's row in a sheet whose rows stand for categories."""
    return sheet.prefix + identity(code)


def ways(sheet: Sheet, kept: Records, codes: Records, cases: Records) -> Ways:
    """Where the cells of a sheet's rows went. `codes`, `cases`: rows of these tables."""
    found: Ways = {}
    by_code = renamed(codes)
    if sheet.prefix:
        found[sheet.key[0]] = {key(sheet, old): key(sheet, new) for old, new in by_code.items()}
    if any(c.codes for c in sheet.columns):
        found["code"] = by_code
    if "case" in sheet.key:
        found["case"] = _cases(kept, cases)
    return found


def _cases(kept: Records, cases: Records) -> dict[str, str]:
    """Case that is no more -> the one case that it is now: who speaks there under the label that was kept; else, of a conversation with one
    respondent after which the case was called, that one."""
    now = {row["case"] for row in cases}
    found = {}
    for row in kept:
        old, docs, speakers = row["case"], _split(row.get("docs", "")), _split(row.get("speakers", ""))
        if old in now:
            continue
        if docs and speakers:
            near = {c["case"] for c in cases if c["doc"] in docs and c["speaker"] in speakers}
        else:
            near = {c["case"] for c in cases if c["doc"] == old}
        if len(near) == 1:
            found[old] = near.pop()
    return found


def _split(cell: str) -> set[str]:
    return {part.strip() for part in cell.split(BAR.strip()) if part.strip()}


def followed(kept: Records, sheet: Sheet, codes: Records, cases: Records) -> list[Row]:
    """Kept rows under the keys of today; two that came under one key are one, and no word of either is lost.

    Each has `moved` (the keys it came from, joined by a plus sign) and `gone` (what the category was called that the codebook no longer has).
    """
    where = ways(sheet, kept, codes, cases)
    label = {row["code"]: row.get("label", "") for row in codes}
    here = {key(sheet, code) for code in label} if sheet.prefix else set()
    together: dict[object, list[Row]] = {}
    for n, row in enumerate(kept):
        new = {**row, **_there(row, where)}
        came = key_of(new, sheet) != key_of(row, sheet)
        new["moved"] = "+".join(key_of(row, sheet)[:1]) if came and new[sheet.key[0]] != row[sheet.key[0]] else ""
        new["gone"] = _gone(new, sheet, label, here)
        own = key_of(new, sheet)
        # Rows that stand under their own key come first: where two say different things, theirs is the first word.
        together.setdefault(own if all(own) else n, []).insert(0 if not came else len(together.get(own, ())), new)
    return [_one(rows, sheet) for rows in together.values()]


def _there(row: Mapping[str, str], where: Ways) -> dict[str, str]:
    return {column: by[row[column]] for column, by in where.items() if row.get(column, "") in by}


def _gone(row: Mapping[str, str], sheet: Sheet, label: Mapping[str, str], here: set[str]) -> str:
    own = key_of(row, sheet)
    if is_own(own) or not all(own):
        return ""
    if sheet.prefix:
        return "" if own[0] in here else row.get("of_label") or row.get("of_code") or UNNAMED
    if "code" in sheet.key and row["code"] not in label:
        return row.get("of_label") or row["code"]
    return ""


def _one(rows: Sequence[Row], sheet: Sheet) -> Row:
    first, *others = rows
    for other in others:
        moved = "+".join(dict.fromkeys(part for part in (first["moved"], other["moved"]) if part))
        cells = {c.name: _cell(first.get(c.name, ""), other.get(c.name, ""), c.name, bool(c.codes or c.words)) for c in sheet.columns if c.role == FILL}
        first = {**other, **first, **cells, "moved": moved}
    return first


def _cell(a: str, b: str, name: str, single: bool) -> str:
    """
    >>> _cell("drei Bänke", "ein Fest", "goal", False), _cell("–", "ein Fest", "goal", False), _cell("ja", "–", "goal", False)
    ('drei Bänke; ein Fest', 'ein Fest', 'ja')
    """
    if not a or (a == EMPTY and b):
        return b
    if not b or b in (EMPTY, a) or single:
        return a
    return a + ("\n\n" if name in _APART else "; ") + b


def given_now(one: Given, codes: Records, cases: Records) -> None:
    """The rows of an edited sheet of earlier days under the keys of today; one that would come upon another stays and is followed when it is read."""
    where = {column: by for column, by in ways(one.sheet, [line.cells for line in one.lines if "case" in line.cells], codes, cases).items() if column in one.sheet.key}
    taken = {key_of(line.cells, one.sheet) for line in one.lines} | set(one.base or ())
    for line in one.lines:
        old, new = key_of(line.cells, one.sheet), key_of({**line.cells, **_there(line.cells, where)}, one.sheet)
        if new == old or new in taken:
            continue
        taken.add(new)
        line.cells.update(zip(one.sheet.key, new, strict=True))
        if one.base is not None and old in one.base:
            one.base[new] = {**one.base.pop(old), **dict(zip(one.sheet.key, new, strict=True))}


def marks(sheet: Sheet, codes: Records, cases: Records) -> dict[Key, dict[str, str]]:
    """Key (of a category; of a case, whatever its category) -> columns by which a kept row is told or followed when that is no more."""
    if sheet.prefix:
        return {(key(sheet, row["code"]),): {"of_code": row["code"], "of_label": row["label"]} for row in codes}
    if "case" not in sheet.key:
        return {}
    of_case = {case: {"docs": _joined(cases, case, "doc"), "speakers": _joined(cases, case, "speaker")} for case in sorted({row["case"] for row in cases})}
    if "code" not in sheet.key:
        return {(case,): found for case, found in of_case.items()}
    return {(case, row["code"]): {**found, "of_label": row["label"]} for case, found in of_case.items() for row in codes}


def _joined(cases: Records, case: str, column: str) -> str:
    return BAR.join(sorted({row[column] for row in cases if row["case"] == case}))
