"""Numbers as people say them: German number words as digits, runs of them, years and ordinals in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_TEENS = ("zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn")
_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_ORDINALS = {1: "erst", 2: "zweit", 3: "dritt", 7: "siebt", 8: "acht"}
_TWICE = {"zweimal": 2, "zwomal": 2, "dreimal": 3, "viermal": 4, "doppel": 2}
# Said between the figures of one number, and nothing of it.
_BETWEEN = frozenset("äh ähm ehm hm mh und dann nochmal noch mal wieder also strich minus bindestrich schrägstrich "
                     "die leerzeichen pause dahinter danach".split())  # fmt: skip
_TOKEN = re.compile(r"\d{1,20}|[^\W\d_]{1,40}|[^\w\s]")
_MARKS = frozenset(",-–/().…+")
_GLUED_BEFORE = re.compile(r"(?:[^\W\d]|\d[.,:])$")
_GLUED_AFTER = re.compile(r"[^\W\d]|[.,:]\d|\s?[%€°]")
MOST_TOKENS = 40  # of one run
MOST_BETWEEN = 30  # characters between two figures of a run


def _spelled(below: int) -> dict[str, int]:
    words = dict(zip((*_UNITS, *_TEENS), range(20), strict=True))
    for ten, name in enumerate(_TENS, 2):
        words[name] = ten * 10
        for unit in range(1, 10):
            words[f"{'ein' if unit == 1 else _UNITS[unit]}und{name}"] = ten * 10 + unit
    small = dict(words)
    for hundred in range(1, below // 100):
        for head in {"ein" if hundred == 1 else _UNITS[hundred], "" if hundred == 1 else _UNITS[hundred]}:
            words[f"{head}hundert"] = hundred * 100
            words |= {f"{head}hundert{name}": hundred * 100 + n for name, n in small.items() if n}
    return words


def _variants(words: dict[str, int]) -> dict[str, int]:
    """The same with `zwo`, and with `ue`, `ss` as typed without umlauts."""
    found = dict(words)
    for name, n in words.items():
        for other in (name.replace("zwei", "zwo"), name.replace("fünfz", "fuffz")):
            found.setdefault(other, n)
    for name, n in list(found.items()):
        found.setdefault(name.replace("ü", "ue").replace("ö", "oe").replace("ß", "ss"), n)
    return found


_SMALL = _variants(_spelled(100))
NUMBERS = _variants(_spelled(1000))
YEARS = {f"{head}{name}": base + n for head, base in (("achtzehnhundert", 1800), ("neunzehnhundert", 1900), ("zweitausend", 2000),
         ("zweitausendund", 2000), ("zwotausend", 2000)) for name, n in _SMALL.items() if n} | {
         "neunzehnhundert": 1900, "zweitausend": 2000, "zwotausend": 2000}  # fmt: skip
ORDINALS = {
    f"{_ORDINALS.get(n, name + ('t' if n < 20 else 'st'))}{ending}": n
    for name, n in _SMALL.items()
    if 1 <= n <= 31
    for ending in ("e", "en", "er", "es")
} | {"siebenten": 7, "siebenter": 7, "zwoten": 2, "zwoter": 2}


def year(word: str) -> int:
    """The year a word or number says, with two figures too; 0 where it says none.

    >>> year("neunzehnhundertsiebzig"), year("Siebzig"), year("70"), year("1970"), year("sieben")
    (1970, 1970, 1970, 1970, 0)
    """
    low = word.lower()
    if low in YEARS:
        return YEARS[low]
    if low.isdecimal():
        n = int(low[:5])
        return n if 1880 <= n <= 2030 else (1900 + n if n > 30 else 2000 + n) if len(low) == 2 else 0
    n = NUMBERS.get(low, 0)
    return 1900 + n if 20 <= n <= 99 else 0


@dataclass(frozen=True)
class Run:
    """A run of said or written figures: its place, the figures, and how many words or groups it has."""

    start: int
    end: int
    digits: str
    groups: tuple[str, ...]
    words: bool  # at least one is a word


def runs(text: str) -> Iterator[Run]:
    """Maximal runs of number words and groups of digits, in order; linear in the text.

    >>> [(r.digits, text[r.start:r.end]) for text in ["Die null zwei, fünfundvierzig 7 bitte."] for r in runs(text)]
    [('02457', 'null zwei, fünfundvierzig 7')]
    """
    groups: list[str] = []
    start = end = -1
    words, times = False, 1
    for match in _TOKEN.finditer(text):
        low = match.group().lower()
        figures = _figures(text, match)
        if (figures or low in _TWICE) and len(groups) < MOST_TOKENS:
            start = match.start() if start < 0 else start
            words = words or not low.isdecimal()
            if figures:
                end, groups, times = match.end(), groups + [figures] * times, 1
            times = _TWICE.get(low, times)
            continue
        if start < 0 or ((low in _BETWEEN or low in _MARKS) and match.end() - max(start, end) <= MOST_BETWEEN):
            continue
        if groups:
            yield Run(start, end, "".join(groups), tuple(groups), words)
        groups, start, end, words, times = [], -1, -1, False, 1
    if groups:
        yield Run(start, end, "".join(groups), tuple(groups), words)


def _figures(text: str, match: re.Match[str]) -> str:
    """A token's figures; '' for words and for digits that belong to something else: `1.200`, `12:30`, `A40`, `5 %`."""
    token = match.group()
    if not token.isdecimal():
        return str(NUMBERS.get(token.lower(), ""))
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 2]
    glued = _GLUED_BEFORE.search(before) or _GLUED_AFTER.match(after)
    return "" if glued else token
