"""What single words look like to a finder of persons: a name for certain, a name that is also a word, or neither."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.naming.dictionary import common, ordinary, strange
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.lexicon import bare, given, place, sounds_given, surname

# Endings of surnames that hardly any German noun has; looked for in words of no dictionary only.
_SURE_ENDING = re.compile(
    r"(?:mann|kötter|brink|meier|meyer|huber|owski|ewski|inski|czyk|oğlu|oglu|ović|ovic|ević|evic|enko|tschuk|poulos|idis|escu|owitsch|ewitsch|owicz|ewicz|witsch|wicz|shvili|schwili|adze|zadeh|zada|yan|ian|ovski|owska|ewska|ovska|"
    r"ińska|inska|cki|cka|aitis|auskas|inen|sson|quist|akis|iadis|opoulou|haxhiu|xhiu|jiu|ullah|uddin|meyers|kötters|hues|siepen)$"
)


class Shape(NamedTuple):
    """A word as a name. `given` and `surname`: it may be one; `plain`: it is no ordinary word besides.

    `core` is the base form; `ending`: a genitive or plural -s was taken off; `new`: the word stands in no dictionary.
    """

    core: str
    sex: str
    culture: str
    given: bool
    surname: bool
    plain: bool
    ending: bool
    new: bool


_NOTHING = Shape("", "", "", False, False, False, False, False)


@lru_cache(maxsize=200_000)
def shape(word: str, lower: bool = False) -> Shape:
    """The word as a name; `lower`: in a transcript without capitals, where every word of the language competes."""
    if len(word) < 2 or not word[0].isalpha() or fold(word) in folded("not a name"):
        return _NOTHING
    if "-" in word or "‐" in word or "‑" in word:
        return _joined(word, lower)
    core = bare(word, "given surname")
    first, last = given(core), surname(core)
    if not first and not last:
        return _unlisted(word.rstrip("'’")) if fold(core) not in folded("never a name") else _NOTHING
    doubtful = fold(core) in folded("also a word")
    plain = not doubtful and (first is not None or not ordinary(core))
    if lower and plain:
        plain = not common(word) and len(core) > 2
    culture = first.culture if first else last
    ending = len(core) < len(word.rstrip("'’"))
    return Shape(core, first.sex if first else "", culture, bool(first), bool(last), plain, ending, False)


def _unlisted(word: str) -> Shape:
    """A word on no list of ours: new, if the dictionaries do not know it as a word either."""
    new = strange(word) and not (word.isupper() and len(word) < 6)
    if new:
        for core in (word, word[:-1] if word.endswith("s") else ""):
            if core and (other := sounds_given(core)):
                return Shape(core, other.sex, other.culture, True, False, True, core != word, False)
    if new and _SURE_ENDING.search(word):
        return Shape(word, "", "", False, True, True, False, True)
    if new and word.endswith("s") and _SURE_ENDING.search(word[:-1]):
        return Shape(word[:-1], "", "", False, True, True, True, True)
    return Shape(word, "", "", False, False, False, False, new)


def _joined(word: str, lower: bool) -> Shape:
    """A name of several parts; compounds that end in an ordinary word are none."""
    parts = [part for part in re.split(r"[-‐‑]", word.rstrip("'’")) if part]
    if len(parts) < 2:
        return _NOTHING
    names = [shape(part, lower) for part in parts]
    last = names[-1]
    if fold(parts[0]) in ("al", "el", "abu", "abd", "ben", "bin", "n"):
        return Shape(word.rstrip("'’"), "", "ar", False, True, True, False, False)
    ends = last.given or last.surname or last.new
    begins = names[0].given or names[0].surname or names[0].new
    if not (ends and begins and any(name.given or name.surname for name in names)):
        new = last.new or (names[0].new and not ordinary(parts[-1]))
        return Shape(word, "", "", False, False, False, False, new)
    first = names[0].given and last.given
    core = word.rstrip("'’")
    if last.ending:
        core = core[: len(core) - len(parts[-1])] + last.core
    plain = any(name.plain for name in names) and (last.plain or last.new or names[0].plain)
    return Shape(
        core,
        names[0].sex if first else "",
        last.culture or names[0].culture,
        first,
        not first,
        plain,
        last.ending,
        False,
    )


def may_be_place(word: str) -> bool:
    """Whether the word is on the list of places."""
    return bool(place(bare(word, "place")))


def is_title(word: str) -> bool:
    """Whether names follow the word as they follow Frau, Dr. or Onkel."""
    return word in words("frau-like")
