"""What another person says in between, with that person's label: `//S00: Mhm. //`, `(I: Ja, genau.)`.

In no system do the words of the speaker stand behind the label of somebody else.
"""

from __future__ import annotations

import re

from pipeline.notation import plain
from pipeline.notation.marks import Mark, Rule
from pipeline.notation.signs import ABBREVIATIONS, NO_LABELS, STRESSED

_PERSON = r"[A-ZÄÖÜ][\w.]{0,20}(?:\s[A-ZÄÖÜ][\w.]{0,20})?"
_WORDS = r"(?:[^/\n]|(?<!/)/(?!/)){1,300}?"
_NAMED = re.compile(rf"(?<![:/])//\s?({_PERSON}):\s?({_WORDS})\s?//")
# Programs that number speakers leave a remark open where the next turn begins.
_OPEN = re.compile(rf"(?<![:/])//\s?(S\d\d|SPEAKER_\d\d):\s?({_WORDS})\s{{0,3}}(?=\n|\Z)")
# Only labels of speakers: `(Anm.: …)` and `(Zitat: …)` are no remarks of anybody.
_LABEL = (
    r"(?:[A-ZÄÖÜ]{1,3}\d{0,2}|[A-Z][fm]\d?|SPEAKER_\d\d|Interviewer(?:in)?|Befragte[r]?|Moderator(?:in)?|Int\.?|Bef\.?|Befr\.?"
    r"|Mod\.?|(?:Frau|Herr)\s[\w.]{1,20})"
)
_BRACKETED = re.compile(rf"(?<!\()\(({_LABEL}):\s?([^()\n]{{1,200}})\)(?!\))")


def _named(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "overlap", f"{match.group(1)}: {match.group(2).strip()}")


def _bracketed(match: re.Match[str], text: str) -> Mark | None:
    label, words = match.group(1), match.group(2).strip()
    if label in ABBREVIATIONS | STRESSED | NO_LABELS or not words:
        return None
    kind = "event" if plain.is_sound(words, strict=True) else "backchannel"
    return Mark(*match.span(), kind, f"{label}: {words}")


RULES: tuple[Rule, ...] = (
    Rule("overlap", _NAMED, _named),
    Rule("overlap", _OPEN, _named),
    Rule("backchannel", _BRACKETED, _bracketed),
)
