"""`editable/method.yaml`: what people have said already, and every open point as a line to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from pipeline.language import _
from pipeline.method.answers import MethodFile
from pipeline.schema import one_line
from pipeline.sections.method.lists import OPEN
from pipeline.sections.method.positionality import POINTS

_TRANSCRIPTION = ("rules", "by", "software", "checked", "returned")
_WIDTH = 110


def text(file: MethodFile, lists: list[SimpleNamespace], head: str) -> str:
    """The file. Open points are comments: taking away `#` and writing behind the colon answers them. Read back it says what `file` says."""
    lines = [f"# {line}".rstrip() for line in head.splitlines()]
    lines += ["positionality:", *_positionality(file), "", "transcription:", *_section(_TRANSCRIPTION, file.transcription), "", "decisions:"]
    lines += [line for one in file.decisions for line in _entry(one)] or ['  # - what: ""', '  #   why: ""', '  #   date: ""']
    lines += ["", "checklists:", *(line for one in lists for line in _checklist(one, file))]
    return "\n".join(lines) + "\n"


def _positionality(file: MethodFile) -> Iterator[str]:
    own = file.positionality
    for key, _title, ask in POINTS:
        yield f"  # {_(ask)}"
        if key == "team":
            yield from _several("team", own.team, ("name", "role", "qualification"))
            yield f"  # {_('wer fragt (Kürzel wie im Transkript), in welchen Sprachen, mit welcher Erfahrung')}"
            yield from _several("interviewers", own.interviewers, ("short", "languages", "qualification", "relation"))
        else:
            yield _line(key, getattr(own, key))


def _section(keys: tuple[str, ...], own: Any) -> Iterator[str]:
    for key in keys:
        yield _line(key, getattr(own, key))


def _line(key: str, value: str) -> str:
    return f"  {key}: {quoted(value)}" if value else f'  # {key}: ""'


def _several(name: str, entries: tuple[Any, ...], keys: tuple[str, ...]) -> Iterator[str]:
    if entries:
        yield f"  {name}:"
        for one in entries:
            yield from (f"    {line}" for line in _pairs(one, keys))
    else:
        yield f"  # {name}:"
        for at, key in enumerate(keys):
            yield f'  #   {"-" if at == 0 else " "} {key}: {"[]" if key == "languages" else chr(34) * 2}'


def _pairs(one: Any, keys: tuple[str, ...]) -> Iterator[str]:
    said = [(key, getattr(one, key)) for key in keys if getattr(one, key)]
    for at, (key, value) in enumerate(said):
        words = "[" + ", ".join(quoted(word) for word in value) + "]" if isinstance(value, tuple) else quoted(value)
        yield f"{'-' if at == 0 else ' '} {key}: {words}"


def _entry(one: Any) -> Iterator[str]:
    yield from (f"  {line}" for line in _pairs(one, ("what", "why", "date")))


def _checklist(one: SimpleNamespace, file: MethodFile) -> Iterator[str]:
    yield f"  # {one.title}"
    yield f"  {one.id}:"
    for item in one.items:
        answer = file.answer(one.id, item.number)
        if answer:
            yield f"    {item.number}: {quoted(answer)}"
        elif item.state == OPEN:
            yield f"    # {item.number} {item.wording}"
            if item.fact:
                yield f"    #   {_('aus dem Lauf')}: {_short(item.fact)}"
            yield f'    # {item.number}: ""'
    yield ""


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1].rstrip() + "…"


def quoted(text: str) -> str:
    """Text as a YAML scalar that reads back the same.

    >>> quoted('Die "Stadt": ja')
    '"Die \\\\"Stadt\\\\": ja"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in escaped) + '"'
