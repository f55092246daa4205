"""Lemmas: verbs and adjectives from HanTa, nouns and the rest from simplemma, names as they stand."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.german.facts import facts
from pipeline.german.stts import UPOS, stts
from pipeline.german.tagger import tagger
from pipeline.german.words import listed

_GENDER = re.compile(r"^(\w+?)(?:[*:_/]in(?:nen)?|(?<=[a-zäöüß])In(?:nen)?)$")
_ADDRESS = re.compile(r"[@/]|^www\.")
# Closed classes by stem: what the dictionaries resolve in several ways gets one lemma here.
_CLOSED: dict[str, str] = {}
for _lemma, _forms in {
    "der": "der die das dem den des deren dessen denen derer derjenige",
    "ein": "ein eine einen einem einer eines eins eenen",
    "kein": "kein keine keinen keinem keiner keines keins",
    "ich": "ich mich mir meiner", "du": "du dich dir deiner", "er": "er ihn ihm", "es": "es", "sie": "sie ihnen",
    "wir": "wir uns unser", "ihr": "ihr euch", "sich": "sich", "man": "man",
    "mein": "mein meine meinen meinem meiner meines meins", "dein": "dein deine deinen deinem deiner deines deins",
    "sein": "sein seine seinen seinem seiner seines seins",
    "unser": "unser unsere unseren unserem unserer unseres unsern unserm unsre unsrer unsren unsrem",
    "euer": "euer eure euren eurem eurer eures", "dieser": "dieser diese dieses diesen diesem dies",
    "jener": "jener jene jenes jenen jenem", "jeder": "jeder jede jedes jeden jedem",
    "mancher": "mancher manche manches manchen manchem manch", "welcher": "welcher welche welches welchen welchem",
    "solcher": "solcher solche solches solchen solchem solch", "alle": "alle alles allen allem aller all",
    "viel": "viel viele vielen vielem vieler vieles", "wenig": "wenig wenige wenigen wenigem weniger weniges",
    "einiger": "einige einigen einigem einiger einiges", "beide": "beide beiden beides beider beidem",
    "mehrere": "mehrere mehreren mehrerer", "ander": "andere anderen anderer anderes anderem andre andren andrer andres",
    "wer": "wer wen wem wessen", "was": "was", "niemand": "niemand niemanden niemandem niemandes",
    "jemand": "jemand jemanden jemandem", "derselbe": "derselbe dieselbe dasselbe denselben demselben dieselben",
    "derjenige": "derjenige diejenige dasjenige denjenigen diejenigen demjenigen", "irgendein":
    "irgendein irgendeine irgendeinen irgendeinem irgendeiner irgendeins",
}.items():  # fmt: skip
    for _form in _forms.split():
        _CLOSED.setdefault(_form, _lemma)
_BY_TAG = {("ihr", "PPOSAT"): "ihr", ("ihm", "PPER"): "er", ("sein", "PPOSAT"): "sein", ("unser", "PPOSAT"): "unser",
           ("einem", "PIS"): "man", ("einen", "PIS"): "man"}  # fmt: skip
_NOUNS = {"Daten": "Daten", "Dr.": "Dr.", "Alter": "Alter", "Leute": "Leute", "Leuten": "Leute"}
_POSSESSIVE = re.compile(r"(mein|dein|sein|ihr|unser|euer|eur)(?:e[nmrs]?|s)?")
_PRONOUNS = facts("pronoun tags")
_FULL = {"am": "an", "im": "in", "zum": "zu", "zur": "zu", "beim": "bei", "vom": "von", "ins": "in", "ans": "an", "aufs": "auf",
         "fürs": "für", "ums": "um", "durchs": "durch", "übers": "über", "unters": "unter", "vors": "vor", "vorm": "vor",
         "hinters": "hinter", "hinterm": "hinter", "überm": "über", "unterm": "unter"}  # fmt: skip


@lru_cache(maxsize=200_000)
def lemma(word: str, tag: str) -> str:
    """The lemma of a word (in its normal form) with one of HanTa's tags; nouns keep their capital.

    >>> lemma("Häuser", "NN"), lemma("keinen", "PIAT"), lemma("Bochums", "NE"), lemma("gegangen", "VV(PP)")
    ('Haus', 'kein', 'Bochum', 'gehen')
    """
    plain = stts(tag)
    pos = UPOS.get(plain, "X")
    if pos in ("PUNCT", "NUM", "X") or _ADDRESS.search(word):
        return word
    if pos in ("VERB", "AUX", "ADJ"):
        return _inflected(word, tag, pos)
    if pos == "NOUN":
        return _noun(word, tag)
    if pos == "PROPN":
        return _name(word)
    low = word.lower()
    if plain in _PRONOUNS:
        return _pronoun(low, plain)
    if pos == "ADP":
        return _FULL.get(low, low)
    if pos in ("ADV", "PART", "INTJ", "SCONJ", "CCONJ"):
        return low
    return listed(low) or low


def _inflected(word: str, tag: str, pos: str) -> str:
    found = tagger().lemma(word, tag)
    low = word.lower()
    if pos == "ADJ":
        return _CLOSED.get(low) or found.lower()
    return found.lower()


def _noun(word: str, tag: str) -> str:
    gendered = _GENDER.match(word)
    if gendered:
        return gendered[1] + ":in"
    front, hyphen, last = word.rpartition("-")
    if front and len(last) > 2 and last.isalpha():
        return front + hyphen + _noun(last[:1].upper() + last[1:], tag)
    upper = word[:1].upper() + word[1:]
    if upper in _NOUNS:
        return _NOUNS[upper]
    found = "" if tag == "NNI" else listed(upper)
    if not found[:1].isupper():
        found = tagger().lemma(upper, tag)
        if tag == "NNA":
            found = re.sub(r"(?<=e)[nrms]$", "", upper)
    return _weak(found[:1].upper() + found[1:], upper)


def _weak(found: str, word: str) -> str:
    """One lemma, in -e, for an adjective or participle used as a noun; simplemma has three (-e, -er, none)."""
    if found.endswith("er") and listed(found[:-1]) == found:
        return found[:-1]  # Jugendlicher
    if found.endswith("end") and word.startswith(found + "e") and listed(found.lower()).endswith("en"):
        return found + "e"  # Studierend
    stem = found[:-2].lower()
    if found.endswith("st") and word.startswith(found + "e") and listed(stem) == stem and not tagger().knows(found):
        return found + "e"  # Schlimmst; but Herbst is a word
    return found


def _name(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.isupper():
        stem = word[:-1].rstrip("'’")
        # Thomas and Paris keep their s: only a name that is known without it has a genitive.
        if stem[-1:] not in "sxzß" and listed(word) != word and (listed(stem) == stem or listed(word) == stem):
            return stem
    return word


def _pronoun(low: str, tag: str) -> str:
    if (low, tag) in _BY_TAG:
        return _BY_TAG[low, tag]
    if tag in ("PPOSAT", "PPOSS"):
        match = _POSSESSIVE.fullmatch(low)
        if match:
            return "euer" if match[1] == "eur" else match[1]
    return _CLOSED.get(low) or listed(low).lower() or low
