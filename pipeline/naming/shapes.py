"""What single words look like to a finder of persons: a name for certain, a name that is also a word, or neither."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.naming.dictionary import common, ordinary, unknown
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.lexicon import bare, given, place, surname

# Endings of surnames that hardly any German noun has.
_SURNAME = re.compile(
    r"(?:owski|ewski|inski|wski|czyk|czak|iak|oğlu|oglu|ović|ovic|ević|evic|ić|enko|tschuk|chuk|poulos|idis|akis|iani|escu|yan|zadeh"
    r"|yev|jew|ukow|ikow|shvili|schwili|sson|kötter|kühler|meier|meyer|maier|mayr|huber|haus|hoff|horst|kamp|ing|ling|loh|ström)$"
)
_SURE_ENDING = re.compile(r"(?:owski|ewski|inski|czyk|oğlu|oglu|ović|ovic|ević|evic|enko|tschuk|poulos|idis|escu)$")


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
        if fold(core) in folded("never a name"):
            return _NOTHING
        ending = bool(_SURE_ENDING.search(word.rstrip("'’")))
        new = unknown(word.rstrip("'’")) and not (word.isupper() and len(word) < 6)
        return Shape(word.rstrip("'’"), "", "", False, ending, ending and new, False, new)
    doubtful = fold(core) in folded("also a word")
    if first and not doubtful:
        plain = True
    else:
        plain = not doubtful and not ordinary(core)
    if lower and plain:
        plain = not common(word) and len(core) > 2
    culture = first.culture if first else last
    ending = len(core) < len(word.rstrip("'’"))
    return Shape(core, first.sex if first else "", culture, bool(first), bool(last), plain, ending, False)


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
    return Shape(core, names[0].sex if first else "", last.culture or names[0].culture, first, not first, plain, last.ending, False)


def may_be_place(word: str) -> bool:
    """Whether the word is on the list of places."""
    return bool(place(bare(word, "place")))


def is_title(word: str) -> bool:
    """Whether names follow the word as they follow Frau, Dr. or Onkel."""
    return word in words("frau-like")
