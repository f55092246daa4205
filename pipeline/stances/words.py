"""What a single word is to the room: its normal words, its part in the verb group and the lists of cues it stands in.

The lists are in `cues.txt`: `# name: what it holds`, then words in lower case; a word with `+` before it is a lemma.
A line of a section `phrases …` is one phrase. `kind` is a pure function of one word and remembered for each type of
word.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.german.facts import sections as read_sections


class Word(NamedTuple):
    """A word as the table of types has it; `norm` may be several words (`Haste` is `Hast du`)."""

    form: str
    norm: str
    tag: str
    lemma: str
    pos: str


class Kind(NamedTuple):
    """A word as rules see it. `verbal`: f finite, i infinitive, z infinitive with zu inside, p participle, or empty."""

    low: str
    words: tuple[str, ...]
    lemma: str
    tag: str
    verbal: str
    small: bool
    cues: frozenset[str]


_VERBAL = {"VVFIN": "f", "VAFIN": "f", "VMFIN": "f", "VVIMP": "f", "VAIMP": "f", "VVINF": "i", "VAINF": "i", "VMINF": "i", "VVIZU": "z",
           "VVPP": "p", "VAPP": "p", "VMPP": "p"}  # fmt: skip


def sections() -> dict[str, list[str]]:
    """The lines of every list of `cues.txt` by its name."""
    return read_sections(Path(__file__).with_name("cues.txt"))


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    """For every word, and every lemma with `+` before it, the names of its lists."""
    names: dict[str, set[str]] = {}
    for name, lines in sections().items():
        if not name.startswith("phrases"):
            for word in " ".join(lines).split():
                names.setdefault(word, set()).add(name)
    return {word: frozenset(found) for word, found in names.items()}


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases by their first word: (all words, name of the list without `phrases`); longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, lines in sections().items():
        if name.startswith("phrases "):
            for line in lines:
                words = tuple(line.split())
                found.setdefault(words[0], []).append((words, name[8:]))
    return {first: sorted(found[first], key=lambda one: -len(one[0])) for first in found}


@lru_cache(maxsize=1)
def _dialect() -> dict[str, tuple[str, str, str]]:
    """Standard word, tag and lemma of dialect words that the normal form leaves as they are."""
    lines = Path(__file__).with_name("dialect.txt").read_text(encoding="utf-8").splitlines()[1:]
    return {form: (normal, tag, lemma) for form, normal, tag, lemma in (line.split() for line in lines)}


@lru_cache(maxsize=200_000)
def kind(word: Word) -> Kind:
    """What the word is, by itself.

    >>> kind(Word("Haste", "Hast du", "VAFIN", "haben", "AUX")).words
    ('hast', 'du')
    """
    words = tuple((word.norm or word.form).lower().split()) or ("",)
    tag, lemma, lists = word.tag, word.lemma.lower(), _lists()
    if tag == "NN" and not word.form[:1].islower() and words == (word.form.lower() + "e",):
        words = (word.form.lower(),)  # `Vor dem Krieg ich …` is no `kriege ich`
    if words[0] in _dialect() and (word.norm in ("", word.form) or len(words) > 1):
        normal, tag, name = _dialect()[words[0]]
        words, lemma = (normal, *words[1:]), name.lower()
    elif words[0].startswith("d'") and word.form[2:3].isupper():
        tag = "NN"
    elif tag == "ADJD" and words[0].startswith("ge") and not word.form.lower().startswith("ge"):
        tag = "VVPP"  # `gwohnt`, where the normal form alone is known
    elif words[0].startswith("g'") and tag not in ("VVPP", "VVFIN"):
        tag = "VVPP"  # `g'holfen`
    cues: frozenset[str] = lists.get("+" + lemma, frozenset())
    for each in words:
        cues |= lists.get(each, frozenset())
    if "reportive" in cues and not word.form.lower().endswith(("e", "ei", "eien", "eist")):
        cues -= {"reportive"}  # `werd` is `werde` with `ich`
    return Kind(words[0], words, lemma, tag, _VERBAL.get(tag, ""), word.form[:1].islower(), cues)
