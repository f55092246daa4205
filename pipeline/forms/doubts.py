"""What is well-formed in a kept row and yet can hardly be meant: days that no calendar has, districts that the study does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.forms.sheet import EMPTY, FILL, Sheet
from pipeline.problems import did_you_mean

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_GERMAN = re.compile(r"(?:(\d{1,2})\s?[./]\s?)?(\d{1,2})\s?[./]\s?(\d{4}|\d{2})")


def doubts(rows: Iterable[Mapping[str, str]], sheet: Sheet, districts: Mapping[str, str]) -> list[tuple[Mapping[str, str], str]]:
    """Rows with what to say of each. `districts`: value -> words, as study.yaml has them; without any, every place may be meant."""
    found = []
    for row in rows:
        for column in (c for c in sheet.columns if c.role == FILL):
            cell = row.get(column.name, "")
            if column.dated and impossible(cell):
                found.append((row, f"»{cell}« unter »{column.heading}« gibt es im Kalender nicht. Bitte prüfen."))
            if column.districts and districts:
                found += [(row, _strange(part, column.heading, districts)) for part in unknown(cell, districts)]
    return found


def impossible(cell: str) -> bool:
    """Whether a cell is written as a date and is none; words (»bald«, »März 2026«) say what they say.

    >>> [impossible(c) for c in ("31.02.2027", "2027-13-01", "29.2.2028", "13.2026", "03.2026", "bald", "–", "31.4.", "8–14 Uhr", "00.05.2027")]
    [True, True, False, True, False, False, False, False, False, True]
    """
    text = cell.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _GERMAN.fullmatch(text):
        day, month, year = found.groups()
        year = year if len(year) == 4 else f"20{year}"
    else:
        return False
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return True
    return False


def unknown(cell: str, districts: Mapping[str, str]) -> list[str]:
    """Places of a cell that the study has no district for: parted by a semicolon, by a comma or a plus sign where no district's own name holds one.

    >>> unknown("Nord, West; altmark", {"nw": "Nord, West", "altmarkt": "Altmarkt"}), unknown("Altmarkt + NW", {"nw": "Nord, West", "altmarkt": "Altmarkt"})
    (['altmark'], [])
    """
    known = {word.casefold() for pair in districts.items() for word in pair}
    parts = [part.strip() for part in cell.split(";") if part.strip() not in ("", EMPTY)]
    every = [one for part in parts for one in ([part] if part.casefold() in known else (p.strip() for p in part.replace("+", ",").split(",")))]
    return [one for one in every if one and one.casefold() not in known]


def _strange(part: str, heading: str, districts: Mapping[str, str]) -> str:
    words = [name or value for value, name in districts.items()]
    return f"»{part}« unter »{heading}« steht nicht in study.yaml. {did_you_mean(part, words)}".strip()
