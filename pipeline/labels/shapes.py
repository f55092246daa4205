"""The forms in which a label opens a line, with its time mark and markup: form only, no judgement.

All patterns are bounded and look at the start of a line only, so that long lines cost nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.labels.times import BARE, DELIMITED, SHORT

WINDOW = 200  # code points at the start of a line that are looked at
STRONG = ("colon", "time", "clock", "tier")  # shapes of a label that speak for themselves

B = r"[ \t\u00a0\u2007\u202f]"
_STAR = r"[*_]{0,3}"
_KRAM = r"(?:\{:[^{}\n]{0,80}\})?"
_NAME = r"(?P<name>\[[^\[\]\n]{1,40}\]|\{[^{}\n:]{1,40}\}|[#@](?=[^\W\d_])[\w.'’\- ]{1,40}?|[^\W\d_](?:[\w.'’/&()*·\- \u00a0]|:(?=(?:in|innen|r|n)\b)){0,39}?)"
_HEAD = re.compile(
    rf"{B}{{0,40}}(?:[>•-]{B}{{1,4}})?(?:\d{{1,4}}[.)]?{B}{{1,8}})?(?P<open>{_STAR})"
    rf"(?:(?P<time>{DELIMITED}|{BARE}|{SHORT}){B}{{0,8}}(?:[-–—]{B}{{1,4}})?)?(?P<open2>{_STAR}){B}{{0,4}}"
)
_COLON = re.compile(
    rf"{_NAME}{B}{{0,3}}(?P<close>{_STAR})(?:{B}{{0,4}}(?P<inner>{DELIMITED}|{BARE}|{SHORT}))?{B}{{0,3}}"
    rf"(?P<close2>{_STAR})(?P<sep>[:：;](?!(?:in|innen|r|n)\b))(?P<close3>{_STAR}){_KRAM}"
)
_TIMED = re.compile(rf"{_NAME}{B}{{1,8}}(?P<inner>{DELIMITED})(?P<close>{_STAR}){_KRAM}(?={B}|$)")
_CLOCK = re.compile(
    rf"{_NAME}(?P<close>{_STAR})(?:{B}{{2,40}}(?P<inner>{BARE}|{SHORT})|(?<=\]){B}(?P<inner2>{BARE}|{SHORT})"
    rf"|{B}(?P<inner3>{BARE})){B}{{0,8}}$"
)
_ALONE = re.compile(rf"{_NAME}{B}{{0,4}}(?P<close>{_STAR}){_KRAM}{B}{{0,8}}$")
_TABBED = re.compile(rf"{_NAME}(?P<close>{_STAR})(?:{B}{{0,2}}\t{B}{{0,4}}|{B}{{3,8}})(?=\S)")
_TIER = re.compile(rf"(?P<name>[^\W\d_]\w{{0,9}}){B}{{1,2}}\[v\](?P<close>){B}{{1,8}}(?=\S)")
_BRACKET = re.compile(
    rf"(?P<name>\[[^\W_][^\[\]\n:]{{0,39}}\]|\{{[^\W_][^{{}}\n:]{{0,39}}\}})(?P<close>){B}{{1,8}}(?=\S)"
)
_AFTER = re.compile(rf"{B}{{0,8}}(?P<after>{DELIMITED}|{BARE})(?P<close>{_STAR})(?=\W|$)")
_GLUED = re.compile(r"[A-ZÄÖÜ„\"“»(\[]")


@dataclass(frozen=True)
class Candidate:
    """What may be a label at the start of a line: its `name`, `shape`, `time` mark, and where the speech begins.

    `open` is markup that the label opens and the speech closes (a bold paragraph with its label).
    """

    name: str
    shape: str
    body: int
    time: str = ""
    open: str = ""


def parse(text: str) -> Candidate | None:
    """The candidate with which a line begins, by its form alone, or None.

    >>> parse("[00:00:07.3] B07: Na ja")
    Candidate(name='B07', shape='colon', body=17, time='[00:00:07.3]', open='')
    >>> parse("https://example.org") is None
    True
    """
    window = text[:WINDOW]
    head = _HEAD.match(window)
    if head is None:
        return None
    at, opened, time = head.end(), head["open"] + head["open2"], head["time"] or ""
    colon = _COLON.match(window, at)
    if colon:
        found = _colon(colon, window, opened, time)
        if found:
            return found
    shapes = [("tier", _TIER), ("time", _TIMED)]
    if len(text) <= WINDOW:
        shapes += [("clock", _CLOCK), ("alone", _ALONE)]
    for shape, pattern in (*shapes, ("tab", _TABBED), ("bracket", _BRACKET)):
        match = pattern.match(window, at)
        if match:
            groups = match.groupdict()
            inner = groups.get("inner") or groups.get("inner2") or groups.get("inner3") or ""
            return Candidate(match["name"], shape, match.end(), inner or time, "" if match["close"] else opened)
    return None


def _colon(match: re.Match[str], window: str, opened: str, time: str) -> Candidate | None:
    end, rest = match.end(), window[match.end() :]
    closed = match["close"] + match["close2"] + match["close3"]
    shape = "colon"
    if match["sep"] == ";":
        shape = "semicolon"
    elif match["sep"] == ":" and rest and not re.match(B, rest) and not closed and "{" not in match.group():
        if not _GLUED.match(rest):
            return None  # https:, C:\, 12:30
        shape = "glued"
    after = _AFTER.match(window, end)
    if after:
        end, closed = after.end(), closed + after["close"]
    mark = match["inner"] or (after["after"] if after else "") or time
    return Candidate(match["name"], shape, end, mark, "" if closed else opened)
