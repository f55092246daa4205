"""Words that speech runs together, written with `_` or `‿`: `is_n`, `hast_e`, `ham_das`."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.notation.marks import Mark, Rule
from pipeline.notation.signs import BEFORE_DEN, CLITIC_ENDS, CLITIC_STARTS, RECEPTIONS

_TOKEN = re.compile(r"(?<![\w‿])[^\W\d_]{1,40}(?:[_‿][^\W\d_]{1,40}){1,6}(?![\w‿])")


def separated(token: str) -> str:
    """The words as they are read: known short forms in full, whole words apart, sounds (`hm_hm`) together.

    >>> separated("is_n"), separated("hast_e"), separated("auf_n"), separated("und_dann"), separated("hm_hm")
    ('ist ein', 'hast du', 'auf den', 'und dann', 'hmhm')
    """
    parts = re.split("[_‿]", token)
    result = parts[0] if len(parts) == 1 else CLITIC_STARTS.get(parts[0], parts[0])
    for before, part in pairwise(parts):
        if before.lower() in RECEPTIONS and part.lower() in RECEPTIONS:
            result += part
        elif before in BEFORE_DEN and part == "n":
            result += " den"
        elif part == "te" and before.endswith("s"):
            result += "t du"
        elif part in CLITIC_ENDS:
            result += f" {CLITIC_ENDS[part]}"
        else:
            result += f" {part}" if len(part) > 1 and (len(before) > 1 or before in CLITIC_STARTS) else part
    return result


def _joined(match: re.Match[str], text: str) -> Mark:
    return Mark(*match.span(), "cliticised", match.group(), separated(match.group()))


JOINED = Rule("cliticised", _TOKEN, _joined)
