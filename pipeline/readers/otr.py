"""oTranscribe (.otr): JSON around HTML. Its time marks become text that the detection of marks reads as any other."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.readers import office
from pipeline.readers.html import blocks
from pipeline.readers.instants import instant, whole
from pipeline.readers.markup import walk_through
from pipeline.readers.pages import parse
from pipeline.readers.timeline import tidy
from pipeline.readers.zipped import Element
from pipeline.reading import Reading, empty

KEYS = frozenset({"media", "media-time", "media-source"})  # beside `text`; each of them proves oTranscribe
META = {"media": "aufnahme", "media-source": "quelle", "media-time": "abspielstelle"}
_CLOCK = re.compile(r"\s{0,4}(?:\d{1,2}:)?\d{1,3}:\d{2}(?:\.\d{1,3})?\s{0,4}")


def is_otr(data: Mapping[str, object]) -> bool:
    """Whether decoded JSON is a file of oTranscribe."""
    return isinstance(data.get("text"), str) and not KEYS.isdisjoint(data) and "segments" not in data


def reading(data: Mapping[str, object], encoding: str, warnings: list[str]) -> Reading:
    """The blocks of an .otr file, one a visible line. `data` is its decoded JSON.

    Raises `Unreadable` (empty, damaged, bomb).
    """
    text = str(data["text"])
    if not text.strip():
        raise empty()
    root = parse(f"<body>{text}</body>")
    odd = sum(not _show(element) for element in root.iter("span") if _is_stamp(element))
    walk = walk_through(root)
    found, told = blocks(walk)
    if odd:
        what = "1 Zeitmarke ist" if odd == 1 else f"{odd} Zeitmarken sind"
        told.append(f"{what} ungültig; gelesen wurde, was dort zu sehen ist.")
    said = {META[key]: tidy(whole(str(value))) for key, value in data.items() if key in META and _plain(value)}
    told = [*warnings, *office.warnings(walk.found), *told]
    return Reading("otr", encoding, found, tuple(told), said, tool="oTranscribe")


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float) and bool(value)


def _is_stamp(element: Element) -> bool:
    return "timestamp" in (element.get("class") or "")[:200].split()


def _show(element: Element) -> bool:
    """Put the exact time of a stamp in place of its visible one; whether it has one."""
    value = element.get("data-timestamp") or ""
    seconds = instant(value)
    visible = str(element.xpath("string()"))
    mark = _mark(seconds) if seconds is not None else _bracketed(value) or _bracketed(visible)
    rest = "" if _CLOCK.fullmatch(visible) or not mark else f" {visible}"  # somebody wrote on inside the stamp
    for child in list(element):
        element.remove(child)
    element.text = (mark or visible) + rest
    return bool(mark)


def _mark(seconds: float) -> str:
    """Seconds as a mark.

    >>> _mark(2.104), _mark(3725.0)
    ('[00:00:02.104]', '[01:02:05]')
    """
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    clock = f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"[{clock}.{thousandths:03d}]" if thousandths else f"[{clock}]"


def _bracketed(clock: str) -> str:
    """Old files hold `mm:ss` where new ones hold seconds."""
    return f"[{clock.strip()}]" if _CLOCK.fullmatch(clock) else ""
