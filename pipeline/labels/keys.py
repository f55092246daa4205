"""Keys and values in lines of a header: `Datum: 1.2.24, Ort: Herne`."""

from __future__ import annotations

import re

from pipeline.labels.lexicon import header_key, lookup

_PAIR = re.compile(
    r"[ \t\u00a0]{0,20}(?:[-•*][ \t]{1,4})?(?P<key>[^\W_][^:：=\t\n]{0,40}?)[ \u00a0]{0,4}[:：=\t][ \t\u00a0]{0,20}"
)
_BARE_KEY = re.compile(
    r"[ \t]{0,8}(?P<key>[^\W\d_][\w.\-]{1,25}(?:[ -](?:Nr\.?|ID|des Interviews))?)[ \t]{1,4}(?P<value>(?!zu[mr]? )[^\s–—\-].{0,80})$"
)
_TITLE = re.compile(r"(?i)\s{0,8}transkript(?:ion)?\s{1,3}[–—-]\s{1,3}(?=interview\b)")
_MORE = re.compile(r"[|;,\t][ \t]{0,4}(?=[^\W\d_][^:=|;,\n]{0,30}[:=])")


def keyed(text: str, extra: dict[str, str]) -> list[tuple[str, str, bool]]:
    """The known keys of a line, their values, and whether the key is a label as well.

    Read are `Datum: 1.2.24, Ort: Herne`, `Dauer<TAB>52 min`, `Interview 3`.

    >>> keyed("Datum: 12.03.2024 | Ort: Herne", {})
    [('datum', '12.03.2024', False), ('ort', 'Herne', False)]
    >>> keyed("Zitat: so war das", {})
    []
    """
    if len(text) > 1000:
        return []
    text = _TITLE.sub("", text, count=1)  # `Transkript – Interview 14`
    parts = _MORE.split(text)
    found = [_pair(part, extra) for part in parts]
    if len(parts) > 1 and all(found):
        return [pair for pair in found if pair]
    whole = _pair(text, extra) or _bare(text, extra)
    return [whole] if whole else []


def _pair(text: str, extra: dict[str, str]) -> tuple[str, str, bool] | None:
    match = _PAIR.match(text)
    key = header_key(match["key"], extra) if match else ""
    if not match or not key:
        return None
    return key, text[match.end() :].strip(" \t\u00a0"), lookup(match["key"]) is not None


def _bare(text: str, extra: dict[str, str]) -> tuple[str, str, bool] | None:
    """A key without a colon: the value must be short, begin like a name or number and end no sentence."""
    match = _BARE_KEY.match(text)
    key = header_key(match["key"], extra) if match else ""
    if not match or not key or lookup(match["key"]):
        return None
    value = match["value"].strip()
    short = len(value.split()) <= 5 and value[-1] not in ".?!…:"
    digits = any(sign.isdigit() for sign in value)
    if short and (digits or (value[0].isupper() and len(value.split()) <= 3)) and (match["key"][0].isupper()):
        return key, value, False
    return None
