"""What of the program's words is to be translated, and what of it the catalogues lack: for developers and for the test of completeness."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.language.catalogue import files, read

PACKAGE = Path(__file__).parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "gettext": None}
_FIELD = re.compile(r"%\(\w+\)[sd]|\{\w*(?:\.\w+)?(?:[:!][^{}]*)?\}")


class Message(NamedTuple):
    """A text as it stands in the program: one form, or the forms for one and for many."""

    forms: tuple[str, ...]
    path: str
    line: int


def messages() -> dict[str, Message]:
    """First form -> message, over all modules and templates, sorted by path and line."""
    found: dict[str, Message] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in (".py", ".j2") and "__pycache__" not in path.parts:
            for line, forms in _of(path):
                if forms[0]:
                    one = Message(forms, path.relative_to(PACKAGE).as_posix(), line)
                    kept = found.setdefault(forms[0], one)
                    if len(forms) > len(kept.forms):
                        found[forms[0]] = one
    return found


def _of(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    from babel.messages.extract import extract

    method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
    options = {} if path.suffix == ".py" else {"trimmed": "true", "newstyle_gettext": "true", "silent": "false", "encoding": "utf-8"}
    if path.suffix == ".j2":
        from jinja2.ext import babel_extract

        for line, _, told, _ in babel_extract(io.BytesIO(path.read_bytes()), list(KEYWORDS), (), options):
            forms = (told,) if isinstance(told, str) else tuple(t for t in told or () if isinstance(t, str))
            if forms:
                yield line, forms
        return
    with path.open("rb") as handle:
        for line, told, *_ in extract(method, handle, KEYWORDS, options=options):
            yield line, (told,) if isinstance(told, str) else tuple(told)


def translated(language: str) -> dict[str, tuple[tuple[str, ...], str]]:
    """First form -> (forms in the language, file) of all catalogues. Raises `ValueError` where two files disagree."""
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    for path in files(language):
        for message in read(path):
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
            if key in found and found[key][0] != forms and {len(found[key][0]), len(forms)} == {1}:
                raise ValueError(f"{path.name} and {found[key][1]} disagree: {key!r}")
            if key not in found or len(forms) > len(found[key][0]):
                found[key] = (forms, path.name)
    return found


def missing(language: str) -> list[Message]:
    """Messages without a translation, or with one that lacks a form, in the order of the program."""
    known = translated(language)
    return [m for key, m in messages().items() if len(known.get(key, ((), ""))[0]) < len(m.forms) or not all(known[key][0])]


def idle(language: str) -> list[str]:
    """Translations of what the program no longer says, as `file: text`."""
    said = messages()
    return [f"{file}: {key}" for key, (_, file) in translated(language).items() if key not in said]


def unlike(language: str) -> list[str]:
    """Messages whose translation has other places for values than the German form."""
    known = translated(language)
    found = []
    for key, message in messages().items():
        wanted = {field for form in message.forms for field in _FIELD.findall(form)}
        for form in known.get(key, ((), ""))[0]:
            if not set(_FIELD.findall(form)) <= wanted or (len(message.forms) == 1 and set(_FIELD.findall(form)) != wanted):
                found.append(f"{message.path}:{message.line}: {key!r} -> {form!r}")
    return found


def template(language: str) -> list[str]:
    """What is missing, as lines of a PO file for a translator to fill in."""
    lines: list[str] = []
    for message in missing(language):
        lines.append(f"#: {message.path}:{message.line}")
        lines.append(f"msgid {_quoted(message.forms[0])}")
        if len(message.forms) > 1:
            lines += [f"msgid_plural {_quoted(message.forms[1])}", 'msgstr[0] ""', 'msgstr[1] ""', ""]
        else:
            lines += ['msgstr ""', ""]
    return lines


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
