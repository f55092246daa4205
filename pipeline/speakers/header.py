"""What stands before the first turn: metadata (keys and values) and the legend of labels. None of it is speech."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.labels import words
from pipeline.labels.frames import is_frame
from pipeline.labels.keys import keyed
from pipeline.labels.lexicon import header_key, lookup, plain_key, role_of
from pipeline.labels.shapes import parse
from pipeline.reading import FRONT, HEADING, NONE
from pipeline.speakers.lines import Line, Source

MAX_LINES = 200  # with text, that a header may have


_LEGEND_PART = re.compile(
    r"(?P<label>[^\W_][\w.]{0,14}(?: ?\d{1,2})?)[ \u00a0]{0,4}(?P<sep>=|:|–|-|steht für)[ \u00a0]{0,4}"
    r"(?P<what>[^=:]{2,60})$"
)
_LEGEND_SPLIT = re.compile(r"[;,|]|\s{3,}|\t")
_OWN_LABEL = re.compile(r"\((?:Kürzel:? ?|im Folgenden:? ?)?([A-ZÄÖÜ]\w{0,3})\)\s*$")  # Interviewerin: Lena Brandt (L)


@dataclass(frozen=True)
class Entry:
    """One entry of a header: its `line`, normalised `key` and `value`."""

    line: int
    key: str
    value: str
    is_label: bool = False  # the key as written is a label as well (`Interviewer`, `Sprecher`)


@dataclass(frozen=True)
class Header:
    """`entries` in order; `legend`: label as written -> role ('' where its words name none); `taken`: lines used."""

    entries: tuple[Entry, ...] = ()
    legend: tuple[tuple[int, str, str], ...] = ()
    taken: frozenset[int] = frozenset()

    def meta(self, before: int) -> dict[str, str]:
        """Keys and values of all entries before a line; the first of equal keys wins, others are kept beside it."""
        found: dict[str, str] = {}
        for entry in self.entries:
            said = entry.line < before and entry.value
            if said and found.setdefault(entry.key, entry.value) != entry.value:
                further = f"{entry.key} (weitere)"
                found[further] = "; ".join(x for x in (found.get(further, ""), entry.value) if x)
        return found

    def roles(self, before: int) -> dict[str, str]:
        """The legend before a line: label -> role, labels whose role is not said left out."""
        return {label: role for line, label, role in self.legend if line < before and role}


def extra_keys(names: tuple[str, ...]) -> dict[str, str]:
    """Declared keys by their plain form: `migrations_hintergrund` is found as `Migrations Hintergrund`."""
    return {plain_key(name): name for name in names}


def front_matter(pairs: dict[str, str], extra: dict[str, str]) -> dict[str, str]:
    """Metadata of the container, with known keys normalised and others in small letters."""
    found: dict[str, str] = {}
    for key, value in pairs.items():
        found.setdefault(header_key(key, extra) or plain_key(key), value)
    return found


def scan(source: Source, extra: dict[str, str]) -> Header:
    """Metadata and legend from the top down to the first line that is surely speech.

    Which of it stands before the first turn is known only when labels are found; see `Header.meta`.
    """
    entries: list[Entry] = []
    legend: list[tuple[int, str, str]] = []
    taken: set[int] = set()
    waiting: list[Entry] = []  # "Interviewer: M. Krause": metadata beside sure metadata, a turn elsewhere
    sure = listing = False
    for number, line in enumerate(source.lines[:MAX_LINES]):
        if number and not source.adjacent(number - 1, number):
            waiting, sure, listing = [], False, False
        if line.kind in (FRONT, HEADING, NONE) or is_frame(line.plain):
            taken.add(number)
            continue
        found = _read(number, line, source, extra)
        listed = all(entry.is_label or entry.key == "kürzel" for entry in found)  # also where nothing is found
        pairs = _legend(line.plain, listing) if listed else []
        if pairs:
            legend += [(number, label, role) for label, role in pairs]
            taken.add(number)
            continue
        certain = [entry for entry in found if not entry.is_label]
        sure = sure or bool(certain)
        listing = listing or any(entry.key == "kürzel" and not entry.value for entry in found)
        told = all(is_value(entry.value) for entry in found) or _goes_on(number, source, extra)
        if (found and not certain and not told) or (not found and _is_speech(line)):
            break
        waiting += found
        if sure and waiting:
            entries += waiting
            taken |= {entry.line for entry in waiting}
            legend += [own for entry in waiting if entry.is_label and (own := _own_label(entry))]
            waiting = []
    return Header(tuple(entries), tuple(legend), frozenset(taken))


def _goes_on(number: int, source: Source, extra: dict[str, str]) -> bool:
    """Whether metadata follow in the same block, so that `Interviewte: eine Erzieherin, 34` is a part of the header."""
    for following in range(number + 1, min(number + 12, len(source.lines))):
        found = _read(following, source.lines[following], source, extra)
        if not source.adjacent(following - 1, following) or not found:
            return False
        if any(not entry.is_label and _no_speech(entry.value) for entry in found):
            return True
    return False


def _no_speech(value: str) -> bool:
    return is_value(value) or (value[:1].isdigit() and len(value.split()) <= 8)


def _own_label(entry: Entry) -> tuple[int, str, str] | None:
    """`Interviewerin: Lena Brandt (L)` says that L is the interviewer."""
    match = _OWN_LABEL.search(entry.value)
    role = {"interviewer": "interviewer", "befragte": "respondent"}.get(entry.key)
    return (entry.line, match[1], role) if match and role else None


def _read(number: int, line: Line, source: Source, extra: dict[str, str]) -> list[Entry]:
    if line.kind == "meta":
        cells = [cell.replace("\n", " ").strip() for cell in line.cells]
        pairs = zip(cells[0::2], cells[1::2], strict=False)
        return [Entry(number, header_key(key, extra) or plain_key(key), value) for key, value in pairs if key]
    above = words.ABOVE.get(source.lines[number - 1].plain.strip()) if number else None
    if line.plain.strip() in words.ABOVE:
        return [Entry(number, words.ABOVE[line.plain.strip()], "")]
    if above and source.adjacent(number - 1, number):
        return [Entry(number, above, line.plain.strip())]
    return [Entry(number, *pair) for pair in keyed(line.plain, extra)]


def is_value(text: str) -> bool:
    """Whether what follows `Interviewer:` is a name or a description and no speech.

    >>> is_value("M. Krause"), is_value("weiblich, 45 Jahre"), is_value("Guten Tag"), is_value("Ja, gern.")
    (True, True, False, False)
    """
    parts = [part.strip("().,;/&") for part in text.split()]
    if not 1 <= len(parts) <= 8 or text[-1] in "?!…" or (text[-1] == "." and len(parts[-1]) > 3):
        return False
    if any(part.casefold() in words.SPOKEN for part in parts):
        return False
    return all(not p or p[0].isupper() or p[0].isdigit() or p.casefold() in words.PLAIN_VALUES for p in parts)


def _is_speech(line: Line) -> bool:
    if line.label:
        return True
    candidate = parse(line.plain)
    entry = lookup(candidate.name) if candidate else None
    return bool(candidate and entry and entry.strong and candidate.shape in ("colon", "time", "clock", "glued"))


def _legend(text: str, listing: bool) -> list[tuple[str, str]]:
    """Pairs of label and role in a legend: `I = Interviewer`, `(S = Student; I = Interviewer)`, `I: Int., B: Bef.`.
    With `listing` the line stands below `Kürzel:`, where `F: Frau Demir` is one as well.
    """
    text = text.strip(" \t\u00a0()[]*_")
    if not 3 < len(text) < 300 or text[-1] in "?!…":
        return []
    opener, colon, rest = text.partition(":")
    if colon and rest.strip() and plain_key(opener) in words.LEGEND_OPENERS:
        text = rest.strip(" ()")
    pairs: list[tuple[str, str]] = []
    parts = [part.strip() for part in _LEGEND_SPLIT.split(text) if part.strip()]
    for part in parts:
        match = _LEGEND_PART.match(part)
        role = role_of(match["what"]) if match else ""
        if match is None or len(match["what"].split()) > 6:
            return []
        named = listing and is_value(match["what"])
        if match["sep"] != "=" and not named and not (role and _says_role(match["what"], match["label"])):
            return []
        pairs.append((match["label"], role))
    return pairs if any(role for _, role in pairs) or (pairs and all(len(label) <= 4 for label, _ in pairs)) else []


def _says_role(what: str, label: str) -> bool:
    """After a colon only a bare role makes a legend: `I: Interviewer`, not `I: Befragte waren alle da`."""
    rest = [part for part in re.split(r"[\s/]+", re.sub(r"\([^()]*\)", "", what)) if part and not role_of(part)]
    return len(label) <= 4 and len(rest) <= 2 and all(part[0].isupper() or part[0].isdigit() for part in rest)
