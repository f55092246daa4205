"""Whether a word is German: an ordinary word beside a name, a noun, a compound, or nothing that a dictionary knows."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.german.colloquial import normal_form
from pipeline.german.tagger import tagger
from pipeline.german.words import listed
from pipeline.naming.facts import is_name, words

_NAMES_END = re.compile(r"^.{2,7}(?:mann|manns|brink|kötter|hoff|kamp|meier|meyer|maier|huber|müller|schmidt)$")
_LONG = 60  # letters; no word of speech is longer, and the analysis grows with the square
_CLITIC = re.compile(r"(?:[nlrtbsdhf](?:ze|nse|nze|wa)|zich|zichste|ssich)$")


def _tagged(low: str) -> bool:
    return low in tagger()._model.cache


def _beside_name(low: str) -> bool:
    """Whether a word of HanTa's training text was more than a name there."""
    names = tagger()._names
    scores = {names[tag]: score for tag, score in tagger()._model.cache[low]}
    others = [score for tag, score in scores.items() if tag != "NE"]
    return bool(others) and max(others) > scores.get("NE", -99.0) - 2


@lru_cache(maxsize=100_000)
def noun(word: str) -> bool:
    """Whether the word with a capital is an ordinary noun: `Mark`, `Winter`; not `Klein`, `Lang`."""
    low = word.lower()
    if _tagged(low):
        scores = {tagger()._names[tag]: score for tag, score in tagger()._model.cache[low]}
        best = max(scores.get(tag, -99.0) for tag in ("NN", "NNI"))
        return best > -90 and best > max(scores.values()) - 4
    return listed(word[:1].upper() + word[1:])[:1].isupper() and not is_name(word)


@lru_cache(maxsize=200_000)
def ordinary(word: str) -> bool:
    """Whether this is a German word beside what else it may be: `Sommer`, `Klein`, `Koch`; not `Peter`, `Kaya`."""
    low = word.lower()
    if _tagged(low):
        return _beside_name(low)
    if listed(low)[:1].islower():
        return True
    return bool(listed(word[:1].upper() + word[1:])) and not is_name(word)


@lru_cache(maxsize=200_000)
def common(word: str) -> bool:
    """Whether the lower-case form means something in German: what a transcript without capitals may mean by it."""
    low = word.lower()
    if low in words("word in small letters"):
        return True
    if _tagged(low):
        return _beside_name(low)
    return listed(low)[:1].islower() or bool(normal_form([low], 0))


@lru_cache(maxsize=200_000)
def unknown(word: str) -> bool:
    """Whether nothing is known of the word: in no dictionary, and no compound or derivation of what is in one."""
    upper, low = word[:1].upper() + word[1:], word.lower()
    if listed(upper) or listed(low) or _tagged(low) or normal_form([low], 0):
        return False
    if len(word) > 40 or any(
        low.endswith(end) and _stem(low[: -len(end)]) for end in ("innen", "in", "chen", "s", "n", "en", "e", "er")
    ):
        return False
    if (low.endswith("ch") and known(low[:-2] + "g")) or _CLITIC.search(low):
        return False  # Samstach, kannze
    return bool(_NAMES_END.search(low)) or not compound(low)


@lru_cache(maxsize=200_000)
def name_only(word: str) -> bool:
    """Whether the dictionaries know the word as a name and as nothing else: `Heinz`, `Kattowitz`."""
    low, upper = word.lower(), word[:1].upper() + word[1:]
    if _tagged(low):
        return not _beside_name(low)
    if not listed(upper) or listed(low) or normal_form([low], 0):
        return False
    return listed(upper) == upper and tagger().possible(upper) == frozenset({"NE"}) and not compound(low)


@lru_cache(maxsize=200_000)
def strange(word: str) -> bool:
    """Whether the word is none of the language: in no dictionary, or only as a name."""
    return unknown(word) or name_only(word)


def known(low: str) -> bool:
    """Whether a dictionary has the word, given in lower case."""
    return bool(listed(low) or listed(low[:1].upper() + low[1:]) or low in tagger()._model.cache)


def _stem(low: str) -> bool:
    return len(low) > 3 and bool(listed(low) or listed(low[:1].upper() + low[1:]))


@lru_cache(maxsize=200_000)
def compound(low: str) -> bool:
    """Whether the word (lower case) is made of two or three known ones: `taubenzuchtverein`."""
    if len(low) > _LONG:
        return False
    for cut in range(3, len(low) - 3):
        head, tail = low[:cut], low[cut:]
        if not listed(tail[:1].upper() + tail[1:])[:1].isupper():
            continue
        for end in ("", "s", "n", "en", "es", "er"):
            stem = head[: len(head) - len(end)] if end and head.endswith(end) else head
            if len(stem) > 2 and (
                listed(stem) or listed(stem[:1].upper() + stem[1:]) or listed(stem + "e") or listed(stem + "en")
            ):
                return True
    return False
