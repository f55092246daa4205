"""Stage worksheets: tables for people to correct and to fill in, as workbooks. What they write comes back with `make adopt`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.forms.book import Page, shown, workbook
from pipeline.forms.corrections import ADDED, LOST
from pipeline.forms.sheet import FILL, KEY, SHEETS, Sheet
from pipeline.tables import quotable
from pipeline.wording import NOT_QUOTABLE, SEVERAL, interview, people, places, proposals

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
_BASIS = {"reviewed": "gelesen", "proposed": "Vorschlag, ungelesen"}
_STATES = {ADDED: "eigene Zeile", LOST: "Stelle nicht mehr gefunden"}
_TITLES = {"inventory": "Bestand des Engagements", "measures": "Vorlage für Maßnahmen", "indicators": "Blatt der Indikatoren", "cases": "Fälle"}


def render(
    documents: pd.DataFrame, speakers: pd.DataFrame, cases: pd.DataFrame, turns: pd.DataFrame, codes: pd.DataFrame, actors: pd.DataFrame,
    findings_mentions: pd.DataFrame, findings_points: pd.DataFrame, findings_inventory: pd.DataFrame, findings_measures: pd.DataFrame,
    findings_indicators: pd.DataFrame, findings_summaries: pd.DataFrame, findings_matrix: pd.DataFrame, settings: SimpleNamespace,
) -> dict[str, bytes]:  # fmt: skip
    """The workbooks by their path below outputs/<study>/; sheets without rows have their headings all the same."""
    material = Material(speakers, cases, turns, codes, findings_mentions, findings_points, settings.variables, settings.answers.group)
    tables = {
        "findings_inventory": findings_inventory, "findings_measures": findings_measures, "findings_indicators": findings_indicators,
        "findings_summaries": findings_summaries, "findings_matrix": findings_matrix,
    }  # fmt: skip
    found = {}
    for name in dict.fromkeys(sheet.workbook for sheet in SHEETS):
        pages = [Page(sheet, _rows(sheet, tables[sheet.table], material)) for sheet in SHEETS if sheet.workbook == name]
        found[f"editable/{name}.xlsx"] = workbook(pages, f"{_TITLES[name]} · {settings.title}", f"{name}.xlsx")
    return found


def _rows(sheet: Sheet, table: pd.DataFrame, material: Material) -> list[dict[str, str]]:
    """The table's rows in its order, people's own at the end, with every column of the sheet as people read it."""
    rows = table.to_dict("records")
    rows.sort(key=lambda row: (row["state"] in (ADDED, LOST), row.get("order", 0)))
    return [{**{c.name: shown(c, _cell(sheet, c.name, c.role, row, material)) for c in sheet.columns}, "doc": str(row.get("doc", ""))} for row in rows]


def _cell(sheet: Sheet, name: str, role: str, row: Row, material: Material) -> object:
    if role not in (KEY, FILL) and (made := _MADE.get((sheet.name, name))):
        return made(material, row)
    value = row.get(name, "")
    return "" if value != value else value


@dataclass(frozen=True)
class Material:
    """What makes a row readable: who speaks, what was said and may be quoted, what categories are called."""

    speakers: pd.DataFrame
    cases: pd.DataFrame
    turns: pd.DataFrame
    codes: pd.DataFrame
    mentions: pd.DataFrame
    points: pd.DataFrame
    variables: Mapping[str, Any]
    group: str  # name of the variable by which the study groups people

    @cached_property
    def labels(self) -> dict[str, str]:
        return dict(zip(self.codes["code"], self.codes["label"], strict=True))

    @cached_property
    def people_in(self) -> dict[str, int]:
        return {str(doc): int(n) for doc, n in self.cases.groupby("doc")["case"].nunique().items()}

    @cached_property
    def facts(self) -> dict[str, dict[str, str]]:
        """Case -> its columns; of a person in several conversations the first value that is not empty."""
        found: dict[str, dict[str, str]] = {}
        for row in self.cases.to_dict("records"):
            known = found.setdefault(row["case"], {})
            known.update({k: v for k, v in row.items() if v and not known.get(k)})
        return found

    @cached_property
    def said(self) -> dict[tuple[str, int], tuple[str, str]]:
        """(doc, turn) -> speaker, text."""
        return {(t.doc, t.turn): (t.speaker, t.text) for t in self.turns.itertuples()}

    @cached_property
    def quotable(self) -> set[tuple[str, str]]:
        return quotable(self.speakers)

    @cached_property
    def by_mention(self) -> dict[str, Row]:
        return {row["mention"]: row for row in self.mentions.to_dict("records")}

    @cached_property
    def points_of(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.points.sort_values(["case", "rank"]).to_dict("records"):
            found.setdefault(row["case"], []).append(row)
        return found

    def value(self, variable: str, value: str) -> str:
        known = self.variables.get(variable)
        return str((known.values.get(value) if known else None) or value)

    def words(self, row: Row) -> str:
        """What was said at a place; where its speaker may not be quoted, the words that stand for it."""
        speaker, text = self.said.get((row["doc"], row["turn"]), ("", ""))
        if not text or not row["start"] < row["end"]:
            return ""
        return text[row["start"] : row["end"]] if (row["doc"], speaker) in self.quotable else NOT_QUOTABLE

    def place(self, row: Row) -> str:
        if not row.get("doc"):
            return ""
        return f"{interview(row['doc'], self.people_in.get(row['doc'], 1))}, Beitrag {row['turn']}"

    def who(self, row: Row) -> str:
        """A person by the first two variables of the study, never by name."""
        if not row.get("case"):
            return ""
        facts = self.facts.get(row["case"], {})
        words = [self.value(name, facts.get(name, "")) for name in list(self.variables)[:2]]
        return ", ".join([word for word in words if word]) or "ohne Angaben"

    def label(self, code: str) -> str:
        return self.labels.get(code, code)

    def quoted(self, mentions: str) -> str:
        """Mentions (joined by a plus sign) as quotes with their places; what names no mention stays as it is."""
        parts = [part for part in mentions.split("+") if part]
        if not parts or not all(part in self.by_mention for part in parts):
            return mentions
        rows = [self.by_mention[part] for part in parts]
        return "\n".join(f"{_in_quotes(self.words(row))} ({self.place(row)}{'' if row['basis'] == 'reviewed' else ', Vorschlag'})" for row in rows)


def _in_quotes(words: str) -> str:
    return words if words in ("", NOT_QUOTABLE) else f"»{' '.join(words.split())}«"


def _basis(material: Material, row: Row) -> str:
    return _STATES.get(row["state"]) or _BASIS.get(row["basis"], "")


def _codes(material: Material, row: Row) -> str:
    return ", ".join(material.label(code) for code in _parts(row["codes"]))


def _groups(column: str) -> Callable[[Material, Row], str]:
    """Values of the variable by which the study groups people, in words."""

    def told(material: Material, row: Row) -> str:
        values = [value for value in row.get(column, "").split(SEVERAL) if value]
        return SEVERAL.join(material.value(material.group, value) for value in values)

    return told


def _parts(joined: str) -> Iterable[str]:
    return [part for part in joined.split("+") if part]


def _figures(material: Material, row: Row) -> str:
    """Passages, people, those asked; what is only proposed apart.

    >>> _figures(None, {"n_mentions": 2, "n_cases": 1, "n_asked": 4, "n_proposed": 0, "state": "proposed", "code": "A"})  # type: ignore[arg-type]
    '2 Stellen, gelesen: eine befragte Person; danach gefragt: vier Befragte'
    """
    if row.get("gone"):
        return f"zu einer Kategorie, die es nicht mehr gibt: {row['gone']}"
    if row["state"] == ADDED or not row["code"]:
        return ""
    read = f"{places(row['n_mentions'])}: {people(row['n_cases'])}" if row["n_mentions"] else "noch keine gelesene Stelle"
    more = proposals(row["n_proposed"], row["n_cases_proposed"]) if "n_cases_proposed" in row else _proposed(row["n_proposed"])
    return "; ".join(filter(None, (read, f"danach gefragt: {people(row['n_asked'])}", more)))


def _proposed(n: int) -> str:
    return "" if not n else f"{'ein Vorschlag' if n == 1 else f'{n} Vorschläge'}, ungelesen"


def _evidence(material: Material, row: Row) -> str:
    return material.quoted(row["evidence"])


def _scaffold(material: Material, row: Row) -> str:
    """Key sentences as the table has them; else made of its places, under the labels of their categories."""
    if row["scaffold"]:
        return str(row["scaffold"])
    lines: list[str] = []
    code = None
    for point in material.points_of.get(row["case"], ()):
        if point["code"] != code:
            code = point["code"]
            lines.append(f"{material.label(code)}:")
        proposed = "" if point["basis"] == "reviewed" else ", Vorschlag"
        lines.append(f"– {_in_quotes(material.words(point))} ({material.place(point)}{proposed})")
    return "\n".join(lines)


def _passages(material: Material, row: Row) -> str:
    return material.quoted(row["passages"])


def _label(material: Material, row: Row) -> str:
    return row["gone"] if row.get("gone") else material.label(row["code"])


_MADE: dict[tuple[str, str], Callable[[Material, Row], str]] = {
    ("inventory", "place"): Material.place, ("inventory", "case_words"): Material.who, ("inventory", "basis_words"): _basis,
    ("inventory", "code_words"): _codes, ("inventory", "quote"): Material.words,
    ("measures", "groups"): _groups("groups"), ("measures", "groups_silent"): _groups("groups_silent"), ("measures", "figures"): _figures, ("measures", "evidence_words"): _evidence,
    ("indicators", "context"): _figures,
    ("summaries", "who"): Material.who, ("summaries", "scaffold"): _scaffold,
    ("matrix", "who"): Material.who, ("matrix", "label"): _label, ("matrix", "passages"): _passages,
}  # fmt: skip
