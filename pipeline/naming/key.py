"""The key: one row a person, place or thing, in a file that researchers edit in a spreadsheet. Their word wins.

`private/<study>/pseudonyms.csv` may also be the short form with only `form` and `replacement`; the program then writes
the long form at its first run. Rows are known again by `entity`, and by their forms where that is empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

STATUSES = ("suspected", "proposed", "confirmed", "rejected")
LEVELS = ("keep", "generalise", "pseudonym", "mask")
COLUMNS = (
    "entity", "kind", "name", "forms", "status", "level", "replacement", "sex", "culture", "docs", "count", "everywhere", "note",
)  # fmt: skip
BAR = " | "  # between forms and between documents
DECLARED = "steht in study.yaml und bleibt deshalb stehen"  # note on a row that was replaced until study.yaml named its word


@dataclass(frozen=True)
class Row:
    """One entity. `forms` are all spellings that stand in the texts, `docs` the interviews that hold them."""

    entity: str
    kind: str = "person"
    name: str = ""
    forms: tuple[str, ...] = ()
    status: str = "proposed"
    level: str = "pseudonym"
    replacement: str = ""
    sex: str = ""
    culture: str = ""
    docs: tuple[str, ...] = ()
    count: int = 0
    note: str = ""
    everywhere: bool = False  # also where the form is a German word: `Sommer` in every sense
    listed: bool = field(default=False, compare=False)  # it stands in the key already

    @property
    def decided(self) -> bool:
        """Whether a person has said something of this row: it is never dropped while one of its interviews is there."""
        return self.status in ("confirmed", "rejected") or self.level in ("keep", "generalise") or self.everywhere or bool(self.note)

    @property
    def replaced(self) -> bool:
        """Whether its forms are to be replaced wherever they stand."""
        return self.status in ("proposed", "confirmed") and self.level != "keep"


def rows(listed: Iterable[Mapping[str, str]]) -> list[Row]:
    """Rows of the file, long or short form, as they stand there; rows with the same `entity` are one (merged by hand).

    >>> [(r.forms, r.replacement, r.status) for r in rows([{"form": "Kaya", "replacement": "Demir"}])]
    [(('Kaya',), 'Demir', 'confirmed')]
    """
    merged: dict[str, Row] = {}
    loose: list[Row] = []
    for cells in listed:
        row = _row(cells)
        if row.entity and row.entity in merged:
            first = merged[row.entity]
            forms = tuple(dict.fromkeys([*first.forms, *row.forms]))
            merged[row.entity] = replace(first, forms=forms, docs=tuple(sorted({*first.docs, *row.docs})), listed=True)
        elif row.entity:
            merged[row.entity] = row
        else:
            loose.append(row)
    return [*merged.values(), *loose]


def _row(cells: Mapping[str, str]) -> Row:
    if "form" in cells:
        form = " ".join(cells["form"].split())
        return Row("", "", form, (form,), "confirmed", "pseudonym", cells["replacement"], everywhere=True, listed=True)
    forms = tuple(dict.fromkeys(" ".join(form.split()) for form in cells["forms"].split("|") if form.strip()))
    name = cells.get("name", "").strip()
    return Row(
        cells.get("entity", "").strip(), cells.get("kind", "").strip() or "person", name or (forms[0] if forms else ""),
        forms or ((name,) if name else ()), cells.get("status", "").strip() or "confirmed",
        cells.get("level", "").strip() or "pseudonym", cells.get("replacement", "").strip(), cells.get("sex", "").strip(),
        cells.get("culture", "").strip(), tuple(d.strip() for d in cells.get("docs", "").split("|") if d.strip()),
        int(cells["count"]) if cells.get("count", "").isdecimal() else 0, cells.get("note", ""), cells.get("everywhere", "").strip().lower() in ("ja", "yes", "x"), listed=True,
    )  # fmt: skip


def to_bytes(entities: Iterable[Row]) -> bytes:
    """The file as Excel on a German Windows opens it: UTF-8 with mark, semicolons. Sorted by status and entity."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    order = {"confirmed": 0, "proposed": 0, "rejected": 1, "suspected": 2}
    for row in sorted(entities, key=lambda r: (order[r.status], r.entity)):
        writer.writerow(
            (
                row.entity, row.kind, row.name, BAR.join(row.forms), row.status, row.level, row.replacement, row.sex, row.culture,
                BAR.join(row.docs), row.count, "ja" if row.everywhere else "", row.note,
            )
        )  # fmt: skip
    return out.getvalue().encode("utf-8-sig")
