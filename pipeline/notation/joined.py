"""Words that speech runs together, written with `_` or `‿`: `is_n`, `hast_e`, `ham_das`."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.notation.marks import Mark, Rule
from pipeline.notation.signs import ASKING, BEFORE_DEN, CLITIC_ENDS, CLITIC_STARTS, NO_VERBS, RECEPTIONS

NEAR = 40  # code points in which a word that asks is looked for
_QUESTION = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(ASKING))})(?:\s(?:für|viele?|oft|lange|alt|weit)(?:\s[^\W\d_]{{1,20}})?)?\s$", re.I
)
_TOKEN = re.compile(r"(?<![\w‿])[^\W\d_]{1,40}(?:[_‿][^\W\d_]{1,40}){1,6}(?![\w‿])")


def separated(token: str, earlier: str = "") -> str:
    """The words as they are read: known short forms in full, whole words apart, sounds (`hm_hm`) together.

    `earlier` is the text before, for what `n` stands for depends on it.

    >>> separated("is_n"), separated("hast_e"), separated("auf_n"), separated("und_dann"), separated("hm_hm")
    ('ist ein', 'hast du', 'auf den', 'und dann', 'hmhm')
    >>> separated("war_n", "und wie "), separated("war_n", "das "), separated("m_m")
    ('war denn', 'war ein', 'm-m')
    """
    parts = re.split("[_‿]", token)
    if len(parts) > 1 and all(set(part.lower()) == {"m"} for part in parts):
        return "-".join(parts)  # says no, where `hm_hm` says yes
    result = parts[0] if len(parts) == 1 else CLITIC_STARTS.get(parts[0], parts[0])
    for before, part in pairwise(parts):
        if before.lower() in RECEPTIONS and part.lower() in RECEPTIONS:
            result += part
        elif before in BEFORE_DEN and part == "n":
            result += " den"
        elif part == "n" and _asks(before, earlier):
            result += " denn"
        elif part == "te" and before.endswith("s"):
            result += "t du"
        elif part in CLITIC_ENDS:
            result += f" {CLITIC_ENDS[part]}"
        else:
            result += f" {part}" if len(part) > 1 and (len(before) > 1 or before in CLITIC_STARTS) else part
    return result


def _asks(word: str, earlier: str) -> bool:
    """Whether a word that bears an `n` asks or follows what asks: `was_n`, `wie war_n des`, `was für leute sind_n das`."""
    if word.lower() in ASKING - {"wie"}:
        return True
    return word.lower() not in NO_VERBS and bool(_QUESTION.search(earlier[-NEAR:]))


def _joined(match: re.Match[str], text: str) -> Mark:
    earlier = text[max(0, match.start() - NEAR) : match.start()]
    return Mark(*match.span(), "cliticised", match.group(), separated(match.group(), earlier))


JOINED = Rule("cliticised", _TOKEN, _joined)
