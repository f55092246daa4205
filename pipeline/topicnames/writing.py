"""`topics.yaml` as text: what the machine proposes to edit, and what is kept in the codebook's folder. Reading it back says the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.topicnames.edits import Entry, Part

HEADER = """\
# Namen für die Themen dieser Studie. Aufbau: codebooks/README.md, Abschnitt topics.yaml. Nach dem Speichern: make check.
#
#   name    Ihr eigener Name; leer: die Wörter des Programms. Zwei Einträge mit demselben Namen werden ein Thema.
#   terms   An diesen Wörtern wird das Thema in jedem Lauf wiedererkannt. Bitte stehen lassen.
#   memo    Ihre Notiz; steht im Bericht.
#   hide    ja: im Bericht nicht zeigen. Die Sätze zählen weiter mit, und der Bericht sagt, wie viele Themen ausgeblendet sind.
#   split   Teile mit eigenem Namen und eigenen Wörtern, etwa
#             split:
#               - name: Bäckerei
#                 terms: [Bäckerei, Brötchen]
#           Sätze gehen zu dem Teil, dessen Wörter in ihnen oder gleich daneben stehen; die übrigen bleiben beim Thema.
"""
_PLAIN = re.compile(r"[A-Za-zÄÖÜäöüß](?:[\wäöüÄÖÜß .()/&+’'-]*[\wäöüÄÖÜß.)])?", re.ASCII)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


class Block(NamedTuple):
    """An entry with the comment lines above it."""

    comments: Sequence[str]
    entry: Mapping[str, Any]


def as_data(entry: Entry) -> dict[str, Any]:
    """An entry as it stands in the file: only what is said, `name` and `terms` always."""
    data = _said(entry)
    if entry.split:
        data["split"] = [_said(part) for part in entry.split]
    return data


def _said(one: Entry | Part) -> dict[str, Any]:
    data: dict[str, Any] = {"name": one.name, "terms": list(one.terms)}
    return data | ({"memo": one.memo} if one.memo else {}) | ({"hide": "ja"} if one.hide else {})


def document(head: str, blocks: Iterable[Block]) -> str:
    """The whole file.

    >>> print(document("# Themen\\n", [Block(["zwei Sätze"], {"name": "Garten: oben", "terms": ["Beet", "Zaun"], "hide": "ja"})]))
    # Themen
    topics:
    <BLANKLINE>
      # zwei Sätze
      - name: "Garten: oben"
        terms: [Beet, Zaun]
        hide: ja
    <BLANKLINE>
    """
    lines = []
    for block in blocks:
        lines += ["", *(f"  # {one}".rstrip() for text in block.comments for one in text.splitlines())]
        lines += _item(block.entry, "  ")
    return head + "\n".join(["topics:", *lines] if lines else ["topics: []"]) + "\n"


def _item(entry: Mapping[str, Any], indent: str) -> list[str]:
    lines = []
    for key, value in entry.items():
        if isinstance(value, str):
            lines += [f"{key}: {scalar(value)}"]
        elif value and isinstance(value[0], Mapping):
            lines += [f"{key}:", *(line for part in value for line in _item(part, "  "))]
        else:
            lines += [f"{key}: [{', '.join(map(scalar, value))}]"]
    return [f"{indent}{'- ' if n == 0 else '  '}{line}" for n, line in enumerate(lines)]


def scalar(text: str) -> str:
    """Text as YAML: bare where nothing in it means something to YAML, else in quotes.

    >>> scalar("Kaffee nach dem Gebet"), scalar("a: b"), scalar('sagt "ja"'), scalar("")
    ('Kaffee nach dem Gebet', '"a: b"', '"sagt \\\\"ja\\\\""', '')
    """
    if not text or _PLAIN.fullmatch(text):
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"
