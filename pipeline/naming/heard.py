"""Names heard once are known for the whole interview: a second pass with what full names and titles taught."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.naming.base import SURE, Found
from pipeline.naming.dictionary import common, noun, ordinary
from pipeline.naming.facts import fold, folded, words
from pipeline.naming.lexicon import given
from pipeline.naming.net import verb
from pipeline.naming.scan import Line
from pipeline.naming.shapes import shape

_DETERMINED = frozenset(
    "der die das dem den des ein eine einen einem einer eines kein keine keinen im am zum zur vom beim ins jeden jeder diesen dieser dieses "
    "diesem unter wie als mein meine meinen unser unsere ne nen nem ner n en ena dä dat de inne anne auffe vonne em am".split()
)


_COUNT = re.compile(
    r"(?:hundert|tausend|zig|ßig|zehn|elf|zwölf|neun|acht|sieben|sechs|fünf|vier|drei|zwei|beide|alle|wenige|mehrere)$"
)


class Heard(NamedTuple):
    core: str
    sex: str
    culture: str


def again(lines: tuple[Line, ...], found: list[list[Found]], but: frozenset[str]) -> list[list[Found]]:
    """`found` with every other mention of the names that are sure in it, in order; `but` are folded names left out."""
    names = {key: name for key, name in _taught(found).items() if key not in but}
    return [_with(line, own, names) for line, own in zip(lines, found, strict=True)]


def _taught(found: list[list[Found]]) -> dict[str, Heard]:
    names: dict[str, Heard] = {}
    for mention in (mention for line in found for mention in line):
        if mention.certainty != SURE:
            continue
        parts = [part for part in mention.core.split(" ") if part not in words("particles")]
        for part in parts:
            if len(part) > 2:
                names.setdefault(fold(part), Heard(part, mention.sex, mention.culture))
        if mention.rule == "title" and len(parts) == 1:
            for part in mention.core.split("-") if "-" in mention.core else ():
                if len(part) > 3:
                    names.setdefault(fold(part), Heard(part, "", mention.culture))
    return names


def _with(line: Line, own: list[Found], names: dict[str, Heard]) -> list[Found]:
    sure = {n for mention in own if mention.certainty == SURE for n in (mention.start, mention.end - 1)}
    spans = [(mention.start, mention.end) for mention in own if mention.certainty == SURE or mention.rule == "meaning"]
    result = {(mention.start, mention.end): mention for mention in own}
    at = 0
    for i, token in enumerate(line.tokens):
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        if not token.word or (at < len(spans) and spans[at][0] < token.end) or token.start in sure:
            continue
        name = _name(token.text, names)
        if name is None or not (line.lower or token.text[0].isupper()):
            continue
        if _means_it(line, i, name.core):
            key = (token.start, token.end)
            result.pop(key, None)
            result[key] = Found(*key, "person", token.text, name.core, SURE, "heard", name.sex, name.culture)
    kept = [m for m in result.values() if m.certainty == SURE or not _inside(m, result)]
    return sorted(kept, key=lambda m: (m.start, m.end))


def _inside(mention: Found, result: dict[tuple[int, int], Found]) -> bool:
    return any(m.certainty == SURE and m.start < mention.end and mention.start < m.end for m in result.values())


def _name(word: str, names: dict[str, Heard]) -> Heard | None:
    key = fold(word).rstrip("'")
    if key in names:
        return names[key]
    return names.get(key[:-1]) if len(key) > 3 and key.endswith("s") else None


def _means_it(line: Line, i: int, core: str) -> bool:
    """Whether a name heard before is meant here; of names that are words only where the word could not stand."""
    before = fold(line.word(i - 1))
    if line.lower:
        return not common(line.word(i)) or (before in ("der", "die", "dem") and shape(line.word(i)).surname)
    if not ordinary(core) and fold(core) not in folded("also a word"):
        return True
    # Lang, Klein, Stein: a word without article or adjective before it, where the noun would have one.
    if before.isdecimal() or _COUNT.search(before):
        return False
    if before in _DETERMINED or before.endswith(("en", "em", "er", "es", "ige", "iche", "sche")):
        return False
    if line.tokens[i].first:
        return noun(core) and (verb(line.word(i + 1)) or given(line.word(i + 1)) is not None)
    return before not in (
        "in",
        "aus",
        "nach",
        "auf",
        "zu",
        "ins",
        "pro",
        "mehr",
        "viel",
        "wenig",
        "kein",
        "alte",
        "kleine",
        "große",
    )
