"""Words that say what a number or an address beside them is, and what all finders of numbers share."""

from __future__ import annotations

import re

from pipeline.naming.base import SURE, SUSPECTED, Found

REACH = 60  # characters between a cue and what it speaks of
ASKED = 160  # characters at the end of the turn before, in which its question stands
# A sentence ends here; the full stops of dates, ordinals and short words (`Nr.`, `geb.`, `Tel.`) are none.
_STOP = re.compile(r"(?<!\d)(?<!\b[Nn]r)(?<!\b[Tt]el)(?<!\bgeb)(?<!\bAz)[.!?…]\s+(?=[A-ZÄÖÜ])|\n\n|[?!]\s")
UNITS = (
    "uhr|euro|cent|mark|dm|€|prozent|jahr(?:e|en)?|monat(?:e|en)?|wochen?|tag(?:e|en)?|stunden?|minuten?|kinder[n]?|leuten?|"
    "menschen|personen|mann|frauen|männer[n]?|mitglieder[n]?|kilo(?:meter[n]?)?|km|meter[n]?|grad|quadratmeter[n]?|liter[n]?|"
    "einwohner[n]?|stück|familien|wohnungen|mal|prozentpunkte|tonnen|stimmen|unterschriften|arbeitsplätzen?|häuser[n]?|"
    "haushalten?|gästen?|besucher[n]?|zuschauer[n]?|kumpels?|bergleuten?|arbeiter[n]?|beschäftigten?|lire|lira|dollar|zloty|"
    "rubel|millionen|milliarden|tausend|hundert|schüler[n]?|plätzen?|exemplaren?|teilnehmer[n]?|follower[n]?|schritten?"
)
UNIT_BEHIND = re.compile(rf"\s?(?:{UNITS})\b", re.I)


def found(text: str, start: int, end: int, kind: str, rule: str, sure: bool = True, core: str = "") -> Found:
    """A mention; its core is its own wording unless told."""
    surface = text[start:end]
    return Found(start, end, kind, surface, core or surface, SURE if sure else SUSPECTED, rule)


def before(text: str, at: int, reach: int = REACH) -> str:
    """What stands before a place in the same sentence, at most `reach` characters."""
    head = text[max(0, at - reach) : at]
    stops = list(_STOP.finditer(head))
    return head[stops[-1].end() :] if stops else head


def behind(text: str, at: int, reach: int = REACH) -> str:
    """What stands behind a place in the same sentence, at most `reach` characters."""
    tail = text[at : at + reach]
    stop = _STOP.search(tail)
    return tail[: stop.start()] if stop else tail


def question(turn: str) -> str:
    """The end of the turn before where it asks, else ''.

    >>> question("Gut. Wann sind Sie geboren?"), question("Ja, gut.")
    ('Gut. Wann sind Sie geboren?', '')
    """
    end = turn.rstrip()[-ASKED:]
    return end if "?" in end[-60:] else ""


def last(cue: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last place where a cue stands in a short text."""
    return max(cue.finditer(text), key=lambda match: match.start(), default=None)
