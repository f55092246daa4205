"""The rows that stand for a codebook: one a category, one a rule, one an example, each with the piece of YAML it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.codebook.entries import WORD_KINDS
from pipeline.sheets.cells import canonical, fingerprint, shown
from pipeline.sheets.columns import CODES, EXAMPLE_KEYS, EXAMPLES, RULES, SHEETS

_COLUMNS = {sheet: {column.key: column for column in columns} for sheet, columns in SHEETS.items()}
_RULE_KEYS = {*_COLUMNS[RULES]} - {"code", "kind", "words", "rest", "delete", "stamp"}


@dataclass(frozen=True)
class Current:
    """A row as the codebook would show it now. `raw` is its piece of the YAML, `place` its position among its like."""

    cells: dict[str, str]
    raw: Any
    code: str
    place: int = 0
    key: str = ""  # of an example: examples or counterexamples

    @property
    def stamp(self) -> str:
        return self.cells["stamp"]


def name_in(raw: Mapping[str, Any], key: str) -> str:
    """The name under which a key stands: `except` may be written `except_`."""
    return f"{key}_" if key not in raw and f"{key}_" in raw else key


def listed(value: Any) -> list[Any]:
    """A list that may be empty text or a single entry."""
    return [] if value in ("", None) else value if isinstance(value, list) else [value]


def as_rule(raw: Any) -> dict[str, Any]:
    """A rule as a mapping: what stands there as bare words is one word or a phrase, as the codebook reads it.

    >>> as_rule("Fest"), as_rule("kein Raum"), as_rule({"lemma": "gehen"})
    ({'term': 'Fest'}, {'phrase': 'kein Raum'}, {'lemma': 'gehen'})
    """
    return {"phrase" if len(raw.split()) > 1 else "term": raw} if isinstance(raw, str) else dict(raw)


def all_rows(data: Mapping[str, Any]) -> dict[str, list[Current]]:
    """The rows of all three sheets, in the codebook's order; `data` is its YAML as `read_yaml` gives it."""
    codes = list(walk(data.get("codes"), ""))
    return {
        CODES: [code_row(raw, parent) for raw, parent in codes],
        RULES: [row for raw, _ in codes for row in rule_rows(raw)],
        EXAMPLES: [row for raw, _ in codes for row in example_rows(raw)],
    }


def walk(codes: Any, parent: str) -> Iterator[tuple[dict[str, Any], str]]:
    """(category, id of its parent) in the order of the file."""
    for raw in listed(codes):
        yield raw, parent
        yield from walk(raw.get("children"), raw["id"].strip())


def code_row(raw: dict[str, Any], parent: str) -> Current:
    """The row of a category."""
    cells = {c.key: shown(c, raw.get(name_in(raw, c.key))) for c in SHEETS[CODES] if c.key not in ("parent", "delete", "stamp")}
    return _stamped(CODES, {**cells, "parent": parent}, raw, cells["id"])


def rule_rows(raw: dict[str, Any]) -> Iterator[Current]:
    """The rows of a category's rules; what has no column of its own stands in one cell."""
    code = raw["id"].strip()
    for place, entry in enumerate(listed(raw.get("match"))):
        rule = as_rule(entry)
        kinds = [kind for kind in WORD_KINDS if rule.get(kind)]
        cells = {c.key: shown(c, rule.get(c.key)) for c in SHEETS[RULES] if c.key in _RULE_KEYS}
        rest = {key: value for key, value in rule.items() if key not in _RULE_KEYS and key not in WORD_KINDS}
        cells |= {
            "code": code, "kind": kinds[0] if kinds else "", "words": shown(_COLUMNS[RULES]["words"], rule[kinds[0]]) if kinds else "",
            "rest": shown(_COLUMNS[RULES]["rest"], rest),
        }  # fmt: skip
        yield _stamped(RULES, cells, entry, code, place)


def example_rows(raw: dict[str, Any]) -> Iterator[Current]:
    """The rows of a category's examples and counter-examples."""
    code = raw["id"].strip()
    for kind, key in EXAMPLE_KEYS.items():
        for place, example in enumerate(listed(raw.get(key))):
            entry = example if isinstance(example, dict) else {"text": example}
            fields = {"text": entry.get("text"), "by": entry.get("by"), "target": entry.get("code")}
            cells = {c.key: shown(c, fields[c.key]) for c in SHEETS[EXAMPLES] if c.key in fields}
            yield _stamped(EXAMPLES, {**cells, "code": code, "kind": kind}, example, code, place, key)


def _stamped(sheet: str, cells: dict[str, str], raw: Any, code: str, place: int = 0, key: str = "") -> Current:
    ordered = {column.key: canonical(column, cells.get(column.key, "")) for column in SHEETS[sheet]}
    return Current({**ordered, "stamp": fingerprint(ordered, SHEETS[sheet])}, raw, code, place, key)
