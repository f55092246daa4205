"""What a page asked for, looked at before anything is done: kinds of acts, ids, places, categories, notes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from pipeline.language import _
from pipeline.lists import CODER
from pipeline.problems import Problem, Stop
from pipeline.tables import ABOUT, CONSENSUS_CODER, MACHINES, STANCES

LONGEST = 10_000  # code points of a note
MOST = 200  # acts of one request


def refused(what: str, hint: str = "") -> Stop:
    return Stop(Problem("", 0, what, hint))


def coder(name: object) -> str:
    """A person's short name. Raises `Stop` where it is none: machines and the meeting do not read."""
    if not isinstance(name, str) or not CODER.fullmatch(name):
        raise refused(_("Bitte ein Kürzel nennen, das sagt, wer liest: ein Buchstabe und dann Buchstaben, Ziffern, »-« oder »_«, höchstens 30 Zeichen, etwa mk."))
    if name.casefold() in MACHINES:
        raise refused(_("»{name}« ist der Name einer Maschine und kein Kürzel eines Menschen.").format(name=name), _("Bitte ein anderes Kürzel wählen."))
    if name.casefold() == CONSENSUS_CODER:
        raise refused(_("»{name}« steht für das, worauf sich alle einigen, und ist kein Kürzel eines Menschen.").format(name=name), _("Bitte ein anderes Kürzel wählen."))
    return unicodedata.normalize("NFC", name)


def acts(given: object) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(one, dict) and isinstance(one.get("kind"), str) for one in given):
        raise refused(_("Die Seite hat etwas geschickt, das nicht zu lesen ist."), _("Bitte die Seite neu laden."))
    if not 0 < len(given) <= MOST:
        raise refused(_("Auf einmal gehen höchstens {n} Schritte.").format(n=MOST))
    return given


def memo(given: Mapping[str, Any], name: str = "memo", needed: bool = False) -> str:
    """A note: composed letters, no control signs but line breaks. Raises `Stop` where it is no text, too long, or missing."""
    value = given.get(name, "")
    if not isinstance(value, str):
        raise refused(_("Die Notiz ist kein Text."), _("Bitte die Seite neu laden."))
    if len(value) > LONGEST:
        raise refused(_("Die Notiz ist zu lang: höchstens {n} Zeichen.").format(n=LONGEST), _("Bitte kürzen."))
    plain = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    # Signs that steer (and lone surrogates, which no file can hold) are left out; those that join letters of other scripts stay.
    found = "".join(sign for sign in plain if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()
    if needed and not found:
        raise refused(_("Hier fehlt der Text."))
    return found


def span(given: Mapping[str, Any], length: int) -> tuple[int, int]:
    """A passage inside a text of `length` code points. Raises `Stop` where it is none."""
    start, end = given.get("start"), given.get("end")
    if not (_whole(start) and _whole(end) and isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length):
        raise refused(_("Diese Stelle liegt nicht im Beitrag."), _("Bitte die Stelle noch einmal auswählen."))
    return start, end


def inside(given: Mapping[str, Any], start: int, end: int) -> int:
    """A place between the borders of a passage."""
    at = given.get("at")
    if not (_whole(at) and isinstance(at, int) and start < at < end):
        raise refused(_("Geteilt werden kann nur zwischen Anfang und Ende der Stelle."), _("Bitte die Stelle noch einmal auswählen."))
    return at


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def code(given: Mapping[str, Any], known: Mapping[str, bool]) -> str:
    """A category that can be given; `known`: category -> whether it is more than a heading."""
    value = given.get("code")
    if not isinstance(value, str) or value not in known:
        raise refused(_("Diese Kategorie steht nicht (mehr) im Codebuch: {code}.").format(code=_short(value)), _("Bitte die Seite neu laden."))
    if not known[value]:
        raise refused(_("{code} ist nur eine Überschrift; vergeben werden die Kategorien darunter.").format(code=value))
    return value


def codes(given: Mapping[str, Any], known: Collection[str]) -> list[str]:
    """Categories for which something was read; none: for all."""
    value = given.get("codes", [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise refused(_("Die Seite hat etwas geschickt, das nicht zu lesen ist."), _("Bitte die Seite neu laden."))
    if gone := [one for one in value if one not in known]:
        raise refused(_("Diese Kategorie steht nicht (mehr) im Codebuch: {code}.").format(code=_short(gone[0])), _("Bitte die Seite neu laden."))
    return list(dict.fromkeys(value))


def said(given: Mapping[str, Any], name: str) -> str:
    """Stance or about whom, several joined by a plus sign; empty where nothing is said."""
    words = STANCES if name == "stance" else ABOUT
    value = given.get(name) or ""
    if not isinstance(value, str) or not set(filter(None, value.split("+"))) <= set(words):
        raise refused(_("»{name}« kennt »{value}« nicht.").format(name=name, value=_short(value)))
    return value


def flag(given: Mapping[str, Any], name: str = "on") -> bool:
    value = given.get(name)
    if not isinstance(value, bool):
        raise refused(_("Die Seite hat etwas geschickt, das nicht zu lesen ist."), _("Bitte die Seite neu laden."))
    return value


def name_of(given: Mapping[str, Any], name: str) -> str:
    """An id; empty where none is given."""
    value = given.get(name, "")
    if not isinstance(value, str) or len(value) > 200:
        raise refused(_("Die Seite hat etwas geschickt, das nicht zu lesen ist."), _("Bitte die Seite neu laden."))
    return value


def _short(value: object) -> str:
    text = value if isinstance(value, str) else "?"
    return "".join(sign for sign in text[:60] if sign.isprintable())
