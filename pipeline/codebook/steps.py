"""Steps of a `pattern`: what one word must be, written as in spaCy's token patterns.

Keys: ORTH or TEXT (as it stands), LOWER (any case), NORM (normal form), LEMMA, POS (UPOS), TAG (STTS), PART and HEAD (of a
compound). Values: a word, a list of words, or spaCy's {IN: …}, {NOT_IN: …}, {REGEX: …}. OP: ! ? * + {n} {n,m}.
Source: https://spacy.io/usage/rule-based-matching
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.codebook.expressions import trouble
from pipeline.problems import did_you_mean

KEYS = ("ORTH", "TEXT", "LOWER", "NORM", "LEMMA", "POS", "TAG", "PART", "HEAD", "OP")
OPERATORS = {"": (1, 1), "1": (1, 1), "?": (0, 1), "*": (0, 20), "+": (1, 20), "!": (1, 1)}
MOST = 20  # repetitions; no pattern runs further
_COUNTED = re.compile(r"\{(\d{1,2})(?:,(\d{1,2})?)?\}")


@dataclass(frozen=True)
class Step:
    """One word of a pattern: tests (key, how, values), all of which hold (or not, where `negated`); least and most times."""

    tests: tuple[tuple[str, str, tuple[str, ...]], ...]
    least: int = 1
    most: int = 1
    negated: bool = False


def step(entry: Mapping[str, Any], lists: Mapping[str, tuple[str, ...]]) -> Step:
    """The step that an entry means; `faults` has looked at it before."""
    tests = []
    entry = _upper(entry)
    for name, value in entry.items():
        if name == "OP":
            continue
        how, values = _values(value)
        named = [word for v in values for word in (lists.get(v[1:], (v,)) if v.startswith("$") else (v,))]
        tests.append((name, how, tuple(named)))
    operator = str(entry.get("OP", ""))
    return Step(tuple(tests), *_times(operator), operator == "!")


def _upper(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).upper(): value for key, value in entry.items()}


def step_text(entry: Mapping[str, Any]) -> str:
    """A step as a person reads it: `[LEMMA=kein]`, `[POS=ADJ]*`."""
    entry = _upper(entry)
    inner = " ".join(f"{k}={_shown(v)}" for k, v in entry.items() if k != "OP")
    return f"[{inner}]{entry.get('OP', '')}"


def _shown(value: Any) -> str:
    how, values = _values(value)
    return {"in": "", "not": "nicht:", "regex": "~"}[how] + "/".join(values)


def _values(value: Any) -> tuple[str, tuple[str, ...]]:
    if isinstance(value, Mapping):
        for name, how in (("IN", "in"), ("NOT_IN", "not"), ("REGEX", "regex")):
            if name in value:
                return how, _strings(value[name])
        return "in", ()
    return "in", _strings(value)


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, (list, tuple)) else (str(value),)


def _times(operator: str) -> tuple[int, int]:
    if operator in OPERATORS:
        return OPERATORS[operator]
    found = _COUNTED.fullmatch(operator)
    if not found:
        return 1, 1
    least = int(found[1])
    most = int(found[2]) if found[2] else MOST if "," in operator else least
    return least, min(most, MOST)


def faults(entry: Mapping[str, Any]) -> list[str]:
    """What is wrong with a step, in words for researchers; empty where nothing is."""
    entry = _upper(entry)
    found = [f"»{name}« kennt »pattern« nicht. Bekannt sind: {', '.join(KEYS)}." for name in entry if name not in KEYS][:1]
    operator = str(entry.get("OP", ""))
    if operator not in OPERATORS and not _COUNTED.fullmatch(operator):
        found.append(f"»OP« kennt »{operator}« nicht. Bekannt sind: ! ? * + {{2}} {{1,3}}.")
    elif _times(operator)[0] > _times(operator)[1]:
        found.append(f"»OP: {operator}« kann nie zutreffen; höchstens {MOST} Wiederholungen, die kleinere Zahl zuerst.")
    for key, value in entry.items():
        if key != "OP":
            found += _value_faults(key, value)
    return found


def _value_faults(key: str, value: Any) -> list[str]:
    if isinstance(value, Mapping):
        if len(value) != 1 or set(value) - {"IN", "NOT_IN", "REGEX"}:
            return [f"»{key}« braucht hier genau eines von IN, NOT_IN und REGEX."]
        if "REGEX" in value:
            return [what for source in _strings(value["REGEX"]) if (what := " ".join(trouble(source) or ()))]
    words = _values(value)[1]
    if not words or not all(word.strip() for word in words):
        return [f"»{key}« ist leer."]
    wrong = [word for word in words if key == "POS" and word not in UPOS and not word.startswith("$")]
    return [f"»POS« kennt »{wrong[0]}« nicht. {did_you_mean(wrong[0].upper(), UPOS)}"] if wrong else []


UPOS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X")
