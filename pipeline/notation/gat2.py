"""GAT 2 (Selting et al. 2009), minimal to fine transcripts. All words are in small letters; capitals are accents."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.notation import pauses, plain
from pipeline.notation.casing import spelled
from pipeline.notation.joined import NEAR, separated
from pipeline.notation.marks import Mark, Rule, drop
from pipeline.notation.signs import ABBREVIATIONS, BRANDS, SHORT_WORDS, SPOKEN_FORMS
from pipeline.notation.spoken import INTONATION, LATCHING, LEVEL, OVERLAP, PITCH, UNCERTAIN, L, lengthens

# The measured bounds are 0.2, 0.2–0.5, 0.5–0.8, 0.8–1.0 s; the values are those that EXMARaLDA gives these signs.
_PAUSES = {".": "0.2", "-": "0.25", "--": "0.5", "---": "0.75"}
_SCOPE = re.compile(r"<<([^<>\n]{1,40})>")
_ANGLES = re.compile(r"<<[^<>\n]{1,40}>|<[A-ZÄÖÜ][^<>\n]{1,40}>|>")
_TOKEN = re.compile(rf"(?<![\w!:'’])!?{L}(?:{L}|:|!(?={L})|_(?={L})){{0,60}}!?")
_CAPITAL = re.compile("[A-ZÄÖÜ]")
_NO_ACCENT = re.compile(r"[A-ZÄÖÜ]{2,5}s|[^aeiouäöüyAEIOUÄÖÜY]+|[A-ZÄÖÜ]?[a-zäöüß]{2,}In(?:nen)?")
_DRAWN_VOWEL = re.compile(r"[AEIOUÄÖÜ]:")  # a syllable of one letter: `A::ber`
_ACCENT = re.compile(r"[A-ZÄÖÜ]{2}|[a-zäöüß][A-ZÄÖÜ]")
_NEGATION = re.compile(r"(?<!\w)(?:ʔ?h?m{1,4}ʔh?m{1,4}|m{1,4}_m{1,4})(?!\w)")
_RECEPTION = re.compile(r"\s*(?:hm|mh|mhm|hm_hm|hmhm|aha)(?:\s(?:hm|mhm|ja))?[.,;?-]?\s*")


@lru_cache(maxsize=4)
def _scopes(text: str) -> tuple[dict[int, int], frozenset[int]]:
    """Where `<<lachend> …>` ends, by its beginning, and closing signs that close nothing."""
    ends: dict[int, int] = {}
    stray, opened = set(), list[int]()
    for match in _ANGLES.finditer(text):
        if match.group().startswith("<<"):
            opened.append(match.start())
        elif match.group() == ">" and opened:
            ends[opened.pop()] = match.start()
        elif match.group() == ">":
            stray.add(match.start())
    return ends, frozenset(stray)


def _manner(match: re.Match[str], text: str) -> Mark:
    end = _scopes(text)[0].get(match.start())
    value = match.group(1).strip()
    if end is None:
        return Mark(*match.span(), "manner", value)
    return Mark(match.start(), end + 1, "manner", value, None, (match.end(), end))


def _stray(match: re.Match[str], text: str) -> Mark | None:
    """The end of a manner that began in a line before."""
    return Mark(*match.span(), "manner", "") if match.start() in _scopes(text)[1] else None


def accented(word: str) -> bool:
    """Whether capitals in a word mark an accent.

    >>> [accented(word) for word in ("akZENT", "NIE", "SPD", "CDs", "LehrerInnen", "ja")]
    [True, True, False, False, False, False]
    """
    if word in ABBREVIATIONS | BRANDS or _NO_ACCENT.fullmatch(word) or not _ACCENT.search(word):
        return False
    if not word.isupper() or len(word) > 5:
        return True
    return word.lower() in SHORT_WORDS | SPOKEN_FORMS or bool(len(word) > 2 and spelled(word))


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a bracket cuts a word (`[ja ge]NAU`), so that no dictionary knows the piece."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (before[-1:] in "[]" and before[:1].isalpha()) or (after[:1] in "[]" and after[1:].isalpha())


def _word(match: re.Match[str], text: str) -> list[Mark] | None:
    """A word with accent, joins and drawn-out sounds; each of them is a mark, the first one holds the change."""
    start, raw = match.start(), match.group()
    if raw.endswith("!") and "!" not in raw[:-1]:
        raw = raw[:-1]
    if not _CAPITAL.search(raw) and ":" not in raw and "_" not in raw and "!" not in raw:
        return None
    drawn = [m.span() for m in re.finditer(":+", raw) if lengthens(text, start + m.start(), start + m.end())]
    bare = "".join(c for i, c in enumerate(raw) if c != "!" and not any(a <= i < b for a, b in drawn))
    plain_word = re.sub("[_:]", "", bare)
    accent = (
        "!" in raw
        or _DRAWN_VOWEL.match(raw) is not None
        or accented(plain_word)
        or (plain_word.isupper() and _is_part(text, start, start + len(raw)))
    )
    if not accent and "_" not in bare:
        return [Mark(start + a, start + b, "lengthening", str(b - a)) for a, b in drawn]
    told = bare.lower() if accent else bare
    earlier = text[max(0, start - NEAR) : start]
    whole = Mark(start, start + len(raw), "accent" if accent else "cliticised", told, separated(told, earlier))
    extra = [("lengthening", str(b - a), a, b) for a, b in drawn]
    extra += [("cliticised", told, 0, len(raw))] if accent and "_" in bare else []
    return [whole, *(Mark(start + a, start + b, kind, value, None, None, True) for kind, value, a, b in extra)]


def _reception(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "backchannel", match.group().strip(), None, None, True)


BREATH: tuple[Rule, ...] = (
    drop("breath", re.compile(r"(?<![\w°])°h{1,6}(?!\w)|(?<![\w.])\.h{1,6}(?!\w)"), "ein"),
    drop("breath", re.compile(r"(?<!\w)h{1,6}°(?![\w°])"), "aus"),
)
RULES: tuple[Rule, ...] = (
    plain.STRICT_BRACKETS,
    *plain.EARLY,
    Rule("manner", _SCOPE, _manner),
    pauses.table(r"\((\.|-{1,3})\)", _PAUSES),
    Rule("pause", re.compile(r"\((\d{1,3}(?:[.,]\d{1,3})?)\)"), pauses.seconds),
    *BREATH,
    drop("gap", re.compile(r"(?<![\w+])\+{2,}(?:\s\+{2,}){0,20}(?![\w+])"), text="[…]"),
    UNCERTAIN,
    *OVERLAP,
    drop("backchannel", _NEGATION, "verneinend", "m-m"),
    drop("accent", re.compile("ʔ"), "Glottisverschluss"),
    PITCH,
    drop("pitch", re.compile(rf"[`´ˆˇ¯](?={L})")),
    Rule("backchannel", re.compile(rf"\A{_RECEPTION.pattern}\Z"), _reception),
    LATCHING,
    Rule("accent", _TOKEN, _word),
    Rule("manner", re.compile(r"(?<=\S)>(?!\w)"), _stray),
    INTONATION,
    LEVEL,
)
