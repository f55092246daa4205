"""Signs for how something was said, shared by the systems of linguistics and conversation analysis.

Intonation is no punctuation there, yet sentences must be told apart to be read and coded: a reading text keeps `?` and
`,`, writes the falling `;` as a full stop like `.`, and drops the level `-`. The sign itself is kept as an annotation.
"""

from __future__ import annotations

import re

from pipeline.notation import plain
from pipeline.notation.breaks import JOINING
from pipeline.notation.marks import Mark, Rule, drop, keep
from pipeline.notation.signs import SHORT_WORDS

L = r"[^\W\d_]"
_COLONS = re.compile(rf"(?<={L}):{{1,8}}(?={L}|[\s.,;?!=\-)\]>°@£$┘+]|$)")
_LATCH = re.compile(r"(?<!=)={1,2}(?!=)")
_FINAL = re.compile(r"(?<=[^\W_]|[)\]>°@:!…£$<┘+])([?¿.,;])(?=[\s\])>=°@└┘£$<]|$)")
_LEVEL = re.compile(
    rf"(?<=[^\W_]|[)\]>°:!])-(?=[\s\])>=]|$)(?:{JOINING}|(?=\s{{1,3}}[^\W\d_]{{2,20}}\.?\s{{1,3}}(\S{{0,30}})))"
)
_LONG = 4  # letters of a form of a verb, from which on it is no beginning of a compound
_ROUND = re.compile(r"\(([^()\n]{1,80})\)")
_SQUARED = re.compile(r"\[([^\[\]\n]{1,400})\]")
_LONE = re.compile(r"[\[\]]")
# 20 °C and 20° are temperatures; a quiet stretch may hold one.
_QUIET = re.compile(
    r"(?<![\d°])(?<!\d )°{1,2}(?=[^\s°])(?![CF]\b)((?:[^°\n]|(?<=\d)°(?=\s?C\b)|(?<=\d\s)°(?=C\b)){1,300}?)(?<=\S)°{1,2}(?![CF]\b)"
)
_GENDERED = re.compile(r"(?:in|innen)(?!\w)|(?:in|innen)\w{3,}")
_ENDINGS = frozenset(["r", "n", "s", "m", "rn"])
_ARTICLES = frozenset(["ein", "kein", "mein", "dein", "sein", "ihr", "unser"])
_PAIRS = frozenset(["der:die", "die:der", "er:sie", "sie:er", "ihm:ihr", "ihr:ihm", "ihn:sie", "dem:der", "den:die"])
_HEAD, _TAIL = re.compile(rf"{L}{{1,30}}$"), re.compile(rf"{L}{{1,30}}")
_PROPER_COLON = re.compile(r"\s{1,3}(?:[A-ZÄÖÜ][a-zäöüß]|[„“\"»‚])")
FALLS = {
    "?": "hoch steigend",
    "¿": "mittel steigend",
    ",": "mittel steigend",
    ";": "mittel fallend",
    ".": "tief fallend",
}
_READABLE: dict[str, str | None] = {"?": None, "¿": ",", ",": None, ";": ".", ".": None}


def lengthens(text: str, start: int, end: int) -> bool:
    """Whether the colons `start:end` behind a letter draw a sound out: not `Lehrer:innen`, `jede:r`, `Er sagte: Nein`."""
    if end - start > 1:
        return True
    head = _HEAD.search(text[max(0, start - 30) : start])
    tail = _TAIL.match(text, end)
    before, after = head.group().lower() if head else "", tail.group().lower() if tail else ""
    if not after:
        return not (_PROPER_COLON.match(text, end) or re.fullmatch(r"[A-Z][fm]", head.group() if head else ""))
    if f"{before}:{after}" in _PAIRS or (before in _ARTICLES and after in ("e", "er", "em", "en")):
        return False
    if _GENDERED.match(after) and before[-1:] not in "aeiouäöü":
        return False
    return not (len(before) > 2 and before.endswith("e") and after in _ENDINGS)


def _lengthening(match: re.Match[str], text: str) -> Mark | None:
    return Mark(*match.span(), "lengthening", str(len(match.group()))) if lengthens(text, *match.span()) else None


def _latching(match: re.Match[str], text: str) -> Mark | None:
    before, after = (
        text[match.start() - 1 : match.start()] if match.start() else "",
        text[match.end() : match.end() + 1],
    )
    if (before.isspace() and after.isspace() and "\n" not in before + after) or (before.isdigit() and after.isdigit()):
        return None
    joined = before and after and not before.isspace() and not after.isspace()
    return Mark(*match.span(), "latching", "", " " if joined else "")


def _final(match: re.Match[str], text: str) -> Mark | None:
    sign = match.group(1)
    if sign == "." and text[match.start() - 1].isdigit():
        return None  # an ordinal number
    return Mark(*match.span(), "intonation", FALLS[sign], _READABLE[sign])


def _round(match: re.Match[str], text: str) -> Mark | None:
    """Uncertain words, the first of several wordings; or only room for words that could not be made out."""
    inside = match.group(1)
    if not inside.strip() or re.fullmatch(r"\s*[x?](?:[x?\s]{0,78})", inside):
        return Mark(*match.span(), "gap", str(len(inside.split()) or len(inside)), "[…]")
    if plain.is_sound(inside, strict=True):
        return Mark(*match.span(), "event", inside.strip())
    first = inside.split("/")[0].rstrip(" ?")
    if not re.search(L, first):
        return None
    start = match.start(1) + len(first) - len(first.lstrip())
    return Mark(*match.span(), "uncertain", inside.strip(), None, (start, match.start(1) + len(first)))


def _level(match: re.Match[str], text: str) -> Mark | None:
    """Not where a part of a word is left out (`vor- und nachteile`); the word behind is then a long one."""
    following = re.match(rf"{L}{{1,40}}", match.group(1) or "")
    head = _HEAD.search(text[max(0, match.start() - 30) : match.start()])
    if following and following.group().lower() not in SHORT_WORDS and head and not _is_verb(head.group().lower()):
        return None
    return Mark(*match.span(), "intonation", "gleichbleibend")


def _is_verb(word: str) -> bool:
    from pipeline.german.words import listed

    lemma = listed(word)
    return len(word) >= _LONG and lemma.islower() and lemma.endswith("n") and lemma != word


LENGTHENING = Rule("lengthening", _COLONS, _lengthening)
LATCHING = Rule("latching", _LATCH, _latching)
INTONATION = Rule("intonation", _FINAL, _final)
LEVEL = Rule("intonation", _LEVEL, _level)
UNCERTAIN = Rule("uncertain", _ROUND, _round)
OVERLAP: tuple[Rule, ...] = (keep("overlap", _SQUARED), drop("overlap", _LONE, ""))
QUIET = keep("quiet", _QUIET)
PITCH = drop("pitch", re.compile("[↑↓]{1,3}"))
