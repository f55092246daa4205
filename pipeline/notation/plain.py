"""Signs that mean the same in every system: time marks, masks, sounds in brackets with a known word, what was not heard."""

from __future__ import annotations

import re

from pipeline.notation.marks import Mark, Rule
from pipeline.notation.signs import (
    ABOUT,
    ACTS,
    AIMS,
    ANSWERS,
    DEEDS,
    MANNERS,
    MASKS,
    MOODS,
    MURMUR,
    SOUNDS,
    SPOKEN,
    SURE_MASKS,
    UNINTELLIGIBLE,
    WAYS,
    WHO,
)  # fmt: skip

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,:-]\d{1,4})?"
_UNHEARD = rf"(?:[^\W\d_]{{1,20}}\s)?(?:{'|'.join(map(re.escape, UNINTELLIGIBLE))})"
_CAUSE = r"(?:\s?[,:;]\s?|\s(?=[#\d]))"
_UNIT = r"(?:s|sek|sec|sekunden?|seconds?)"
TIME = re.compile(rf"#{_CLOCK}#|\[{_CLOCK}\]|\({_CLOCK}\)|\{{{_CLOCK}\}}")
DOUBLE = re.compile(r"\(\(([^()\n]{1,80})\)\)")
GAP = re.compile(rf"(?<!\()[(\[]{_UNHEARD}\.?(?:{_CAUSE}([^()\[\]\n]{{1,60}}))?(?:\s[^\W\d_]{{1,20}})?\??[)\]]", re.I)
UNHEARD = re.compile(rf"{_UNHEARD}\.?(?:{_CAUSE}(.{{1,60}}))?\??", re.I)
SQUARE = re.compile(r"\[([^\[\]\n]{1,80})\]")
UNDERSCORED = re.compile(r"(?<!\w)_([A-ZÄÖÜ][\wäöüß -]{1,40})_(?!\w)")
CROSSED = re.compile(r"(?<![\w*])(?:X{3,}|\*{3,}|_{4,}|█+)(?![\w*])|(?<![\w.])N\.\s?N\.")
BRACED = re.compile(r"(?<![<\w])[<{|#]([A-ZÄÖÜa-zäöü][^<>{}|#\n]{1,40})[>}|#](?!>)")
SHELTERED = re.compile(r"(?<!\()\(([^()\n]{2,60})\)(?!\))")
SOUND = re.compile(r"\(([^()\n]{2,60})\)")
PAUSE = re.compile(
    rf"(?<!\()(?:\((?:(?:sehr\s)?(?:kurze|kleine|lange|längere)\s)?pause(?:[,:]?\s(?:ca\.?\s)?(\d{{1,3}})\s?{_UNIT}\.?)?\)"
    rf"|\((?:ca\.?\s)?(\d{{1,3}}(?:[.,]\d{{1,2}})?)\s?{_UNIT}\.?(?:\s?pause)?\)"
    r"|\((\d{1,2})\s?(?:min|minute(?:n|\[n\]|\(n\))?|minutes?)\.?\s?pause\))",
    re.I,
)
DURATION = re.compile(rf"(?:ca\.?\s?)?(\d{{1,3}}(?:[.,]\d{{1,2}})?)(?:\s?{_UNIT}\.?)?", re.I)
LAUGH = re.compile(r"(?<![\w-])(?:(?:ha){2,6}|(?:hi){2,6}|(?:he){2,6})(?![\w-])", re.I)
_LETTERS = re.compile(r"[^\W\d_]+")
_MUSIC = re.compile("[♪♫♬🎵🎶]{1,9}")
_ANSWER = re.compile(rf"(?<![\w-]){MURMUR}\s{{0,2}}\(({'|'.join(ANSWERS)})[.?!]?\)", re.I)
_DOTS = re.compile(r"(?<![@(])\(\.{1,2}\)(?!\))")
OMISSIONS = frozenset(["...", "…", ". . ."])


def _time(match: re.Match[str], text: str) -> Mark | None:
    inside = match.group()[1:-1]
    # One colon in round brackets may be a clock time or a verse; two are a time mark.
    if match.group()[0] == "(" and inside.count(":") < 2:
        return None
    return Mark(*match.span(), "time", inside)


def _gap(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "gap", (match.group(1) or "").strip(" #"), "[…]")


def is_sound(words: str, strict: bool = False) -> bool:
    """Whether words in brackets tell of a sound or gesture; strictly, where the same brackets also hold speech.

    >>> is_sound("lacht leise"), is_sound("das war 1996 oder so"), is_sound("kommt drauf an"), is_sound("Tür geht auf")
    (True, False, False, True)
    >>> is_sound("B lacht"), is_sound("B lacht", strict=True)
    (True, False)
    >>> is_sound("spricht leise", strict=True), is_sound("blättert"), is_sound("blättert", strict=True)
    (True, True, False)
    """
    found = _LETTERS.findall(words.lower())
    if not 0 < len(found) <= 6 or found[0] in SPOKEN:
        return False
    if set(found) & (SOUNDS | MANNERS) and set(found) <= SOUNDS | MANNERS | ABOUT:
        return True
    if _acts(found, strict):
        return True
    if strict:
        return False
    if found[0] in DEEDS and len(found) > 1 and found[1] in DEEDS[found[0]]:
        return True
    return bool(set(found) & SOUNDS) and len(found) <= (3 if found[0] in ("er", "sie", "es") else 5)


def _acts(found: list[str], strict: bool) -> bool:
    """Whether words (in small letters) tell what somebody does, or how they speak; strictly, only a verb with the manner."""
    verb, *more = found[1:] if found[0] in WHO and len(found) > 1 else found
    if verb in ACTS and more and all(word in WAYS or word.endswith("isch") for word in more):
        return True
    if strict:
        return False
    told = {verb, *more}
    return bool(told & MOODS and told <= MOODS | MANNERS | ABOUT) or (verb in ACTS and (not more or more[0] in AIMS))


def is_mask(words: str, sure: bool = False) -> bool:
    """Whether words in brackets stand for something that was left out to protect people.

    >>> is_mask("Stadt im Ruhrgebiet"), is_mask("schule", sure=True), is_mask("Ort 2", sure=True)
    (True, False, True)
    """
    found = _LETTERS.findall(words.lower())
    if not found or found[0] not in MASKS:
        return bool(found) and found[-1] == "geändert"
    return not sure or words[:1].isupper() or (len(found) == 1 and found[0] in SURE_MASKS)


def _double(match: re.Match[str], text: str) -> Mark:
    inside = match.group(1).strip()
    if unheard := UNHEARD.fullmatch(inside):
        return Mark(*match.span(), "gap", (unheard.group(1) or "").strip(), "[…]")
    if lasts := DURATION.fullmatch(inside):
        return Mark(*match.span(), "pause", lasts.group(1).replace(",", "."))
    if inside in OMISSIONS:
        return Mark(*match.span(), "omission", inside, "[…]")
    words = _LETTERS.findall(inside.lower())
    if len(words) == 1 and words[0] in SURE_MASKS:
        return Mark(*match.span(), "mask", inside, None)
    return Mark(*match.span(), "event", inside)


def _square(match: re.Match[str], text: str) -> Mark | None:
    return _protected(match) or (
        Mark(*match.span(), "event", match.group(1).strip()) if is_sound(match.group(1)) else None
    )


def _square_strict(match: re.Match[str], text: str) -> Mark | None:
    """Where square brackets enclose what two people say at once, only what is surely no speech."""
    inside = match.group(1).strip()
    if is_mask(inside) and not is_mask(inside, sure=True):
        return None
    return _protected(match) or (Mark(*match.span(), "event", inside) if _only_sounds(inside) else None)


def _only_sounds(words: str) -> bool:
    found = set(_LETTERS.findall(words.lower()))
    return is_sound(words, strict=True) and bool(found & SOUNDS)


def _protected(match: re.Match[str]) -> Mark | None:
    inside = match.group(1).strip()
    if inside in OMISSIONS:
        return Mark(*match.span(), "omission", inside, "[…]")
    return Mark(*match.span(), "mask", inside, None) if is_mask(inside) or "|" in inside else None


def _mask(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "mask", match.group().strip("_"), None)


def _braced(match: re.Match[str], text: str) -> Mark | None:
    inside = match.group(1).strip()
    return Mark(*match.span(), "mask", inside, None) if is_mask(inside, sure=True) else None


def _sheltered(match: re.Match[str], text: str) -> Mark | None:
    inside = match.group(1).strip()
    words = _LETTERS.findall(inside.lower())
    alone = len(words) == 1 and words[0] in SURE_MASKS
    return (
        Mark(*match.span(), "mask", inside, None) if alone or words[-1:] in (["geändert"], ["anonymisiert"]) else None
    )


def _pause(match: re.Match[str], text: str) -> Mark:
    seconds = (match.group(1) or match.group(2) or "").replace(",", ".")
    return Mark(*match.span(), "pause", str(int(match.group(3)) * 60) if match.group(3) else seconds)


def _sound(match: re.Match[str], text: str) -> Mark | None:
    return Mark(*match.span(), "event", match.group(1).strip()) if is_sound(match.group(1)) else None


def _answer(match: re.Match[str], text: str) -> Mark:
    """`hm` and what it meant are one answer, of which nothing may go."""
    return Mark(*match.span(), "backchannel", match.group(1), None)


def _music(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "event", "Musik")


def _dots(match: re.Match[str], text: str) -> Mark:
    """A pause in every system, and in each of another length."""
    return Mark(*match.span(), "pause", "")


def _laugh(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "laughter", match.group(), None, None, True)


# Masks first, so that nothing changes them; gaps before times, which they may hold (`(unv. #00:12:31-4#)`).
MASKED: tuple[Rule, ...] = (
    Rule("mask", UNDERSCORED, _mask),
    Rule("mask", CROSSED, _mask),
    Rule("mask", BRACED, _braced),
    Rule("mask", SHELTERED, _sheltered),
)
EARLY: tuple[Rule, ...] = (
    *MASKED,
    Rule("backchannel", _ANSWER, _answer),
    Rule("gap", GAP, _gap),
    Rule("time", TIME, _time),
    Rule("pause", PAUSE, _pause),
    Rule("event", DOUBLE, _double),
    Rule("laughter", LAUGH, _laugh),
    Rule("event", _MUSIC, _music),
)
DOTS = Rule("pause", _DOTS, _dots)
BRACKETS = Rule("mask", SQUARE, _square)
STRICT_BRACKETS = Rule("mask", SQUARE, _square_strict)
SOUNDS_IN_BRACKETS = Rule("event", SOUND, _sound)
RULES: tuple[Rule, ...] = (*EARLY, BRACKETS, SOUNDS_IN_BRACKETS)
