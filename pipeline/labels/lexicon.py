"""Looking up labels: one spelling for all spellings of a label, and the role that its words stand for."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.labels import words
from pipeline.labels.shapes import split

_GENDER = re.compile(r"(?<=\w)(?:[:*_/·]-?(?:in|innen|r|n)|\((?:in|innen|r|n)\)|In(?:nen)?)(?![a-zäöüß])")
_PAREN = re.compile(r"\(([^()]{1,40})\)")
_NUMBER = re.compile(r"[ _.\-]{0,2}\d{1,3}$")
CACHED = 4096  # labels; a file has few of them, each on very many lines

_ADDRESS = re.compile(r"\b(?:Frau|Herr)(?= [A-ZÄÖÜ])")
_SPACE = re.compile(r"[\s\u00a0_]+")


@dataclass(frozen=True)
class Entry:
    """What a label's words say: `role` ('' where they only say that somebody speaks), and whether surely so."""

    role: str
    certain: bool
    strong: bool = True  # enough to take a line for a turn


def _table() -> dict[str, Entry]:
    table = {word: Entry("", False) for word in words.OPAQUE} | {word: Entry("unknown", True) for word in words.UNKNOWN}
    table |= {word: Entry("none", True, strong=False) for word in words.JOINT}
    for certain, roles in ((False, words.UNCERTAIN), (True, words.CERTAIN)):
        for role, known in roles.items():
            table.update({word: Entry(role, certain, word not in words.WEAK) for word in known})
    return table


TABLE = _table()
_LONG = [word for word in TABLE if len(word) >= 7]


def _unwrapped(name: str) -> str:
    """A label without markup and without brackets around all of it: `[Frau Kaya]`, but `B [Ehemann]` keeps its own."""
    name = name.strip(" \t#@*_")
    return name.strip(" \t[]{}#@*_") if name[:1] in ("[", "{") else name


@lru_cache(CACHED)
def display(name: str) -> str:
    """A label as it is shown: no brackets, no marks, one form for all gendered spellings.

    >>> display("[Frau  Kaya]"), display("Interviewer:in"), display("BEFR."), display("Lisa B.")
    ('Frau Kaya', 'Interviewer/in', 'BEFR', 'Lisa B.')
    """
    name = " ".join(_unwrapped(name.replace("\u00a0", " ")).split())
    name = _GENDER.sub(lambda m: "/r" if m.group().strip(":*_/·-()") in ("r", "n") else "/in", name)
    bare = name.rstrip(". ")
    return bare if " " not in bare and lookup(bare) else name


@lru_cache(CACHED)
def fold(name: str) -> str:
    """The form under which labels are compared: small, without gender endings, dots, brackets; digits stay.

    >>> fold("Interviewer*in 1"), fold("SPEAKER_00"), fold("B (Ehemann)")
    ('interviewer 1', 'speaker 00', 'b (ehemann)')
    """
    name = _GENDER.sub("", _unwrapped(name))
    return _SPACE.sub(" ", name).strip(" .").casefold()


@lru_cache(CACHED)
def base(name: str) -> str:
    """`fold` without number and remark: `B1` -> `b`, `TN 3` -> `tn`, `B (Ehemann)` -> `b`, `I, w` -> `i`."""
    return _NUMBER.sub("", _PAREN.sub("", fold(_head(name)))).strip(" .")


def _head(name: str) -> str:
    """A label without its remark. Behind a comma or dash stands one only where the word before is a role: no `Mann, Thomas`."""
    head, remark = split(_unwrapped(name))
    if not remark:
        return name
    entry = TABLE.get(_NUMBER.sub("", fold(head)).strip(" ."))
    return head if (entry and entry.certain) or name.rstrip()[-1:] in ')]“”«‘"' else name


def is_kin(remark: str) -> bool:
    """Whether a remark behind a label names somebody else: `B (Ehemann)` is not `B`."""
    return base(remark.split(",")[0]) in words.KIN if remark else False


def is_action(remark: str) -> bool:
    """Whether a remark says what the speaker does and not who speaks: `kommt herein`, `lachend`, `aus dem Off`.

    >>> is_action("kommt herein"), is_action("m, 61"), is_action("verheiratet, 44"), is_action("Hans")
    (True, False, False, False)
    """
    first = re.match(r"[^\W\d_]{2,}", remark)
    word = first.group() if first else ""
    if not word or not word[0].islower() or word in words.PLAIN_VALUES or word.endswith(words.STATES):
        return False
    return word.endswith(("t", "nd", "n")) or word in words.MANNERS


@lru_cache(CACHED)
def joint(name: str) -> tuple[str, ...]:
    """The speakers whom a label joins, as written: `B1 + B2`, `B1 und B2`; empty for a single one.

    >>> joint("B1 + B2"), joint("B1, B2 und I"), joint("Frau Kaya"), joint("Interviewer/in")
    (('B1', 'B2'), ('B1', 'B2', 'I'), (), ())
    """
    parts = [part.strip() for part in re.split(r"\s?[+&/,]\s?|\sund\s|\su\.\s", _GENDER.sub("", _unwrapped(name)))]
    return tuple(parts) if len(parts) > 1 and all(parts) else ()


@lru_cache(CACHED)
def lookup(name: str) -> Entry | None:
    """What the lexicon knows of a label, or None."""
    remark = split(_unwrapped(name))[1]
    stem = base(name)
    if fold(name) in words.UNKNOWN | words.JOINT:
        return TABLE[fold(name)]
    if name.strip() == "me":
        return Entry("none", True, strong=False)
    if re.fullmatch(r"s0\d|s\d{2}", fold(name)):
        return Entry("", False)  # noScribe numbers speakers from S00; S1 is a person that someone named
    entry = TABLE.get(stem) or TABLE.get(stem.removesuffix("in")) or _first_word(stem)
    if entry and is_kin(remark) and stem != fold(name):
        return Entry("third", False)
    if entry is None and stem[-2:-1] == " " and stem[:-2] in words.OPAQUE:
        return Entry("", False)  # Person A
    if entry is None and re.fullmatch(r"[a-zäöü]", stem):
        return Entry("", False, strong=False)
    if entry is None and re.fullmatch(r"[A-Z][fm]\d?", name.strip()):
        return Entry("", False)  # TiQ: Af, Bm
    return entry


def _first_word(stem: str) -> Entry | None:
    """`befragte person`, `moderator und protokoll`: the first word decides where it is sure."""
    first, _, rest = stem.partition(" ")
    if not rest or len(first) < 6:
        return None
    entry = TABLE.get(first) or TABLE.get(first.removesuffix("in"))
    return entry if entry and entry.certain and not any(w in words.CUES for w in rest.split()) else None


def role_of(text: str) -> str:
    """The role that a few words of a legend stand for, with room for slips of the pen; '' for none.

    >>> role_of("Interwiever"), role_of("Ehemann der Befragten"), role_of("Student")
    ('interviewer', 'third', 'respondent')
    """
    for word in re.findall(r"[^\W\d_]+(?:[:*/_]in)?", _ADDRESS.sub("", text))[:8]:
        stem = fold(word)
        entry = TABLE.get(stem) or TABLE.get(stem.removesuffix("in"))
        if entry is None and len(stem) >= 7:
            near = difflib.get_close_matches(stem, _LONG, 1, 0.8)
            entry = TABLE[near[0]] if near else None
        if entry and len(stem) > 1 and entry.role not in ("", "unknown", "none"):
            return entry.role
    return ""


def plain_key(text: str) -> str:
    """A header key as compared: small, no gender ending, no colon or dot, blanks and underscores alike."""
    text = _GENDER.sub("", text.replace("/-in", "").strip(" \t*_:.=#-•"))
    return re.sub(r"\s*-\s*", "-", _SPACE.sub(" ", text)).strip(" .").casefold()


KEYS = {word: key for key, known in words.KEYS.items() for word in known}


def header_key(text: str, extra: dict[str, str]) -> str:
    """The key under which a header's entry is kept, or ''. `extra` maps further plain keys to their names."""
    plain = plain_key(text)
    without_count = re.sub(r"^\d{1,2} ", "", plain)  # "2 Speakers"
    for form in (plain, without_count, plain.replace(" nr", "-nr").replace(" id", "-id")):
        found = extra.get(form) or KEYS.get(form) or KEYS.get(form.removesuffix("in"))
        if found:
            return found
    parts = [part for part in re.split(r"\s?/\s?| und | u\. | & |, ", text[:60]) if part.strip()]
    keys = [KEYS.get(plain_key(part)) or KEYS.get(plain_key(part).removesuffix("in")) for part in parts]
    return keys[0] or "" if len(parts) > 1 and all(keys) else ""  # `Datum / Uhrzeit`, `Alter und Geschlecht`


def is_name(name: str) -> bool:
    """Whether a label looks like a name or code: few words, all with capitals or digits, no words of speech."""
    parts = [part for part in re.split(r"[ \u00a0/&]+", name.strip("[]{}#@ ")) if part]
    if not 1 <= len(parts) <= 4 or not any(part[0].isupper() for part in parts):
        return False
    for part in parts:
        small = part.strip("().,").casefold()
        if small in words.CUES and small not in words.PARTICLES:
            return False
        if not (part[0].isupper() or part[0].isdigit() or part[0] == "(" or small in words.PARTICLES):
            return False
    return fold(name).split(" ")[0] not in words.NEVER
