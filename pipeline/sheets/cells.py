"""A value of the YAML as the text of a cell, and back. A cell that nobody touched gives back the very value it came from."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.problems import Stop, parse_yaml
from pipeline.sheets.columns import MAX_CELL, TOO_LONG, Column
from pipeline.sheets.yaml_render import flow

REMOVE: Any = object()  # the value of a cell that was emptied: the key goes, its default holds
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_YES = {"ja": "ja", "yes": "ja", "true": "ja", "an": "ja", "wahr": "ja", "1": "ja"}
_NO = {"nein": "nein", "no": "nein", "false": "nein", "aus": "nein", "falsch": "nein", "0": "nein"}


class CellError(ValueError):
    """A cell that cannot be meant as it stands; the message is for researchers."""


def clean(text: str) -> str:
    """A cell's text as it is compared and kept: NFC, `\\n` only, no control signs, no blanks around a line's end.

    >>> clean(" a \\r\\nb\\x07 ")
    'a\\nb'
    """
    text = re.sub("\r\n|[\r\x85\u2028\u2029]", "\n", text)
    lines = (line.rstrip() for line in _CONTROL.sub("", text).split("\n"))
    return unicodedata.normalize("NFC", "\n".join(lines).strip())


def words_of(value: Any) -> list[str]:
    """The items of a list that may stand as a single word.

    >>> words_of("a"), words_of(["a", "b"]), words_of("")
    (['a'], ['a', 'b'], [])
    """
    if value is None or value == "":
        return []
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def shown(column: Column, value: Any) -> str:
    """The cell for a value as it stands in the YAML (None: the key is not there)."""
    if value is None or value in ("", [], {}):
        return ""
    if column.kind == "words":
        text = "\n".join(_one_line(item) for item in words_of(value))
    elif column.kind == "map":
        text = "\n".join(f"{flow(key)}: {flow(item)}" for key, item in value.items())
    elif column.kind == "flow":
        text = flow(value)
    elif column.kind == "yesno":
        text = _yes_or_no(str(value)) or str(value)
    else:
        text = str(value)
    text = clean(text)
    return text if len(text) <= MAX_CELL else TOO_LONG


def canonical(column: Column, text: str) -> str:
    """A cell as the program would write it: `Ja` is `ja`, pairs without braces get them; what cannot be read stays.

    >>> canonical(Column("rest", "", "flow"), "none: [{term: Ball}]")
    '{none: [{term: "Ball"}]}'
    """
    if column.kind not in ("words", "map", "flow", "yesno", "number", "whole") or not text:
        return text
    try:
        return shown(column, meant(column, text, None))
    except CellError:
        return text


def meant(column: Column, text: str, old: Any) -> Any:
    """The value for an edited cell, in the form the old one had; `REMOVE` for an emptied cell. Raises `CellError`."""
    text = clean(text)
    if not text:
        return REMOVE
    if TOO_LONG in text:
        raise CellError("Dieser Text ist zu lang für eine Zelle; bitte in codebook.yaml bearbeiten.")
    if column.kind == "words":
        return _words(text, old)
    if column.kind == "map":
        return _map(text)
    if column.kind == "flow":
        return _mapping(text if text.startswith("{") else "{" + text + "}", "Erwartet wird YAML in geschweiften Klammern.")
    if column.kind == "yesno":
        if not (word := _yes_or_no(text)):
            raise CellError(f"Erwartet wird ja oder nein, da steht »{text[:40]}«.")
        return word
    if column.kind in ("number", "whole"):
        return text.replace(",", ".")
    # A block of text that ends with a newline keeps it: it is the author's way to write, not a change.
    return text + "\n" if isinstance(old, str) and old.endswith("\n") and column.kind == "text" else text


def fingerprint(cells: Mapping[str, str], columns: Iterable[Column]) -> str:
    """Eight signs that stand for a row's content; columns of ours do not count.

    >>> from pipeline.sheets.columns import EXAMPLE_COLUMNS
    >>> fingerprint({"text": "Ja"}, EXAMPLE_COLUMNS) == fingerprint({"text": "Ja", "delete": "ja"}, EXAMPLE_COLUMNS)
    True
    """
    content = [cells.get(column.key, "") for column in columns if column.key not in ("delete", "stamp")]
    return "z" + hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:9]


def _one_line(text: str) -> str:
    return " ".join(str(text).split())


def _yes_or_no(text: str) -> str:
    word = text.strip().lower()
    return _YES.get(word, "") or _NO.get(word, "")


def _words(text: str, old: Any) -> Any:
    """Items that were there keep their exact form; a single word that stood without a list stays one."""
    known = {clean(_one_line(item)): item for item in words_of(old)}
    items = [known.get(line, line) for line in (_one_line(line) for line in text.split("\n")) if line]
    return items[0] if isinstance(old, str) and old and len(items) == 1 else items


def _map(text: str) -> dict[str, Any]:
    found = {}
    for key, value in _mapping(text, "Erwartet wird je Zeile ein Paar wie »negated: BED.raum«.").items():
        # Who types two words with a comma means two; in quotes the comma belongs to the word.
        plain = isinstance(value, str) and "," in value and not re.search(rf":\s*[\"']{re.escape(value)}", text)
        found[key] = [part.strip() for part in value.split(",") if part.strip()] if plain else value
    return found


def _mapping(text: str, hint: str) -> dict[str, Any]:
    try:
        data = parse_yaml(text, "").data
    except Stop as stop:
        raise CellError(f"{stop.problems[0].what} {hint}") from stop
    if not isinstance(data, dict):
        raise CellError(hint)
    return data
