"""Values as YAML text in the manner of our codebooks: names bare, sentences in double quotes, long texts folded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.problems import Stop, parse_yaml

WIDTH = 120  # where folded text is wrapped
_FOLD_FROM = 100  # letters, from which on a new text is folded
# Values of these keys are names or numbers and stand without quotes where YAML allows it.
_BARE_KEYS = frozenset(
    "id label before counts unit order at within was code by only except otherwise gap window weight needs through_children".split()
)
_BLOCK_KEYS = frozenset(("include", "exclude", "examples", "counterexamples", "match", "children", "codes"))
_BARE = re.compile(r"[A-Za-zÄÖÜäöüß][\wÄÖÜäöüß.\-/]*(?: (?![#])[\wÄÖÜäöüß.\-/()]+)*")
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?")
_RESERVED = frozenset("y n yes no on off true false null".split())
_ESCAPED = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def quoted(text: str) -> str:
    """Double-quoted, on one line, whatever the text holds.

    >>> print(quoted('Er sagt "ja"'))
    "Er sagt \\"ja\\""
    """
    return _ESCAPED.sub(lambda m: f"\\u{ord(m.group()):04x}", json.dumps(text, ensure_ascii=False))


def bare(text: str, key: str = "id") -> str:
    """Without quotes where the key takes names and the text cannot be mistaken; else quoted.

    >>> bare("POT.person"), bare("no"), bare("Räume: viele"), bare("3", "gap"), bare("null", "code")
    ('POT.person', '"no"', '"Räume: viele"', '3', 'null')
    """
    if key in _BARE_KEYS and (_BARE.fullmatch(text) and (text.lower() not in _RESERVED or (key, text) == ("code", "null"))):
        return text
    return text if key in ("gap", "window", "weight", "needs") and _NUMBER.fullmatch(text) else quoted(text)


def flow(value: Any, key: str = "") -> str:
    """A value on one line.

    >>> print(flow({"only": {"gruppe": ["verein", "a: b"]}}))
    {only: {gruppe: [verein, "a: b"]}}
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{bare(str(k))}: {flow(v, key if key in _BARE_KEYS else str(k))}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, key) for item in value) + "]"
    return bare(str(value), key or "id")


def entry(key: str, value: Any, column: int, step: int = 2) -> list[str]:
    """Lines of `key: value` in a block whose keys stand at `column`; lists stand `step` further in."""
    head = " " * column + bare(key) + ":"
    if isinstance(value, dict):
        return [f"{head} {flow(value, key)}"] if value else [f"{head} {{}}"]
    if isinstance(value, list):
        if not value or not (key in _BLOCK_KEYS or any(isinstance(item, dict) for item in value)):
            return [f"{head} {flow(value, key)}"]
        return [head, *items(value, column + step, step, spaced=key in ("children", "codes"))]
    text = str(value)
    if len(text) > _FOLD_FROM and key not in _BARE_KEYS:
        folded = fold(text, column + 2, ">-")
        if reads_as(f"{bare(key)}: {folded}", text):
            return f"{head} {folded}".split("\n")
    return [f"{head} {bare(text, key)}"]


def items(values: list[Any], column: int, step: int = 2, *, spaced: bool = False) -> list[str]:
    """Lines of a block list whose dashes stand at `column`."""
    lines: list[str] = []
    for value in values:
        lines += [""] if spaced and lines else []
        lines += item(value, column, step)
    return lines


def item(value: Any, column: int, step: int = 2) -> list[str]:
    """Lines of one item of a block list, dash included."""
    dash = " " * column + "- "
    if not isinstance(value, dict) or not value:
        return [dash + (quoted(value) if isinstance(value, str) else flow(value))]
    lines = [line for key, inner in value.items() for line in entry(str(key), inner, column + 2, step)]
    return [dash + lines[0].lstrip(" "), *lines[1:]]


def fold(text: str, column: int, header: str, width: int = WIDTH) -> str:
    """Folded block text: the header, then lines at `column`, wrapped at single blanks. The caller checks that it reads back."""
    return "\n".join([header, *(line and " " * column + line for part in text.split("\n") for line in (*_wrapped(part, width - column), ""))][:-1])


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def restyled(value: str, style: str, old: str, column: int, inside: bool = False) -> str:
    """A new value in the style that the old text of the value had; double-quoted where that style cannot hold it.

    `column` is where the key stands; `old` the value's text as it was, header of a block included; `inside` brackets.
    """
    candidates = {
        "'": lambda: "'" + value.replace("'", "''") + "'",
        '"': lambda: quoted(value),
        ">": lambda: fold(value.rstrip("\n"), _content_column(old, column), old.split("\n", 1)[0].strip(), _width(old)),
        "|": lambda: "\n".join([old.split("\n", 1)[0].strip(), *(line and " " * _content_column(old, column) + line for line in value.rstrip("\n").split("\n"))]),
        "": lambda: value,
    }
    text = candidates[style or ""]()
    fits = reads_as(f"k: [{text}]", [value]) if inside else reads_as(f"{' ' * column}k: {text}", value)
    return text if fits else quoted(value)


def reads_as(snippet: str, value: Any) -> bool:
    """Whether a line of YAML `key: …` gives exactly this value."""
    try:
        data = parse_yaml(snippet + "\n", "").data
    except Stop:
        return False
    return isinstance(data, dict) and list(data.values()) == [value]


def _content_column(old: str, column: int) -> int:
    lines = [line for line in old.split("\n")[1:] if line.strip()]
    return min((len(line) - len(line.lstrip(" ")) for line in lines), default=column + 2)


def _width(old: str) -> int:
    return max(WIDTH, *(len(line) for line in old.split("\n")[1:] or [""]))
