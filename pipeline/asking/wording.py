"""An interviewer's words in standard form as far as the form of a sentence depends on them: `wat`, `wos`, `isset`, `un`."""

from __future__ import annotations

import re

from pipeline.asking.phrases import OPENING_VERBS, QUESTION_WORDS
from pipeline.german.colloquial import normal_form

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_FORMS = QUESTION_WORDS | OPENING_VERBS | frozenset("und es du sie wäre wären gäbe bräuchte nehme denke finde".split())


def standard(text: str) -> str:
    """The text with standard forms of the words that make a question or a claim; all others stay as they were said.

    >>> standard("Un wat fehlt euch, wie isset da?")
    'Und was fehlt euch, wie ist es da?'
    """
    places = list(_TOKEN.finditer(text))
    tokens = [place.group() for place in places]
    pieces, end = [], 0
    for i, place in enumerate(places):
        normal = normal_form(tokens, i) if tokens[i][0].isalpha() else ""
        if normal and all(word.lower() in _FORMS for word in normal.split()):
            pieces += [text[end : place.start()], normal]
            end = place.end()
    return "".join([*pieces, text[end:]])
