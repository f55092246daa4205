"""The forms in which a label opens a line, with its time mark and markup: form only, no judgement.

All patterns are bounded and look at the start of a line only, so that long lines cost nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.labels.times import BARE, DELIMITED, DOTTED, SHORT

WINDOW = 200  # code points at the start of a line that are looked at
STRONG = ("colon", "time", "clock", "tier")  # shapes of a label that speak for themselves

B = r"[ \t\u00a0\u2007\u202f]"
_STAR = r"[*_]{0,3}"
_KRAM = r"(?:\{:[^{}\n]{0,80}\})?"
_NAME = r"(?P<name>\[[^\[\]\n]{1,40}\]|\{[^{}\n:]{1,40}\}|[#@](?=[^\W\d_])[\w.'’\- ]{1,40}?|[^\W\d_](?:[\w.'’/&()*·+\- \u00a0]|:(?=(?:in|innen|r|n)\b)){0,39}?)"
# A remark that belongs to the label: `B (m, 61)`, `B [Ehemann]`, `B1 „Ayşe“`, `Herr K., Hausmeister`, `B – Frau Demir`.
_TAIL = (
    rf"(?P<tail>{B}{{0,2}}\((?=[^()\n:]{{0,50}}[^\W\d_])[^()\n:]{{1,50}}\)"
    rf"|{B}{{0,2}}\[(?=[^\[\]\n:]{{0,40}}[^\W\d_])[^\[\]\n:]{{1,40}}\]"
    rf"|{B}{{0,2}}[„“\"»‚][^\n:„“”\"«»‚‘]{{1,30}}[“”\"«‘]"
    rf"|,{B}{{1,2}}[^\W_][^\n:;?!\"„“”»«]{{0,40}}?|{B}{{1,2}}[–—-]{B}{{1,2}}[^\W\d_][^\n:;?!\"„“”»«]{{0,40}}?)?"
)
_HEAD = re.compile(
    rf"{B}{{0,40}}(?P<list>[>•-]{B}{{1,4}})?(?P<number>\d{{1,4}}[.)]?{B}{{1,8}})?(?P<open>{_STAR})"
    rf"(?:(?P<time>{DELIMITED}|{DOTTED}|{BARE}|{SHORT})(?:{B}?[Mm]in\b\.?)?{B}{{0,8}}(?:[-–—]{B}{{1,4}})?)?"
    rf"(?P<open2>{_STAR}){B}{{0,4}}"
)
_COLON = re.compile(
    rf"{_NAME}{_TAIL}{B}{{0,3}}(?P<close>{_STAR})(?:{B}{{0,4}}(?P<inner>{DELIMITED}|{BARE}|{SHORT}|\({SHORT}\)))?{B}{{0,3}}"
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
_AFTER = re.compile(rf"{B}{{0,8}}(?P<after>{DELIMITED}|{DOTTED}|{BARE})(?P<close>{_STAR})(?=\W|$)")
_DASHED = re.compile(rf"(?P<name>[^\W\d_][\w.]{{0,19}}(?: \d{{1,2}})?){B}{{1,2}}[–—-]{B}{{1,2}}(?=\S)")
_PARENS = re.compile(rf"\((?P<name>[^\W\d_][\w.]{{0,19}}(?: \d{{1,2}})?)\){B}{{1,8}}(?=\S)")
_DOT = re.compile(rf"(?P<name>[^\W\d_]\w{{0,3}})\.{B}{{1,2}}(?=\w)")
_GLUED = re.compile(r"[A-ZÄÖÜ„\"“»(\[]")


_SPLIT = re.compile(
    r"(?P<head>[^\W_][^()\[\],„“\"»‚\n]{0,39}?)[ \t\u00a0]{0,2}"
    r"(?:\((?P<a>[^()\n]{1,50})\)|\[(?P<b>[^\[\]\n]{1,40})\]|[„“\"»‚](?P<c>[^„“”\"«»‚‘\n]{1,30})[“”\"«‘]"
    r"|,[ \t\u00a0]{1,2}(?P<d>.{1,60})|[ \t\u00a0][–—-][ \t\u00a0]{1,2}(?P<e>.{1,60}))$"
)
_ENDING = re.compile(r"-?(?:in|innen|r|n)")


def split(name: str) -> tuple[str, str]:
    """A label without the remark behind it, and the remark; a gender ending in brackets is none.

    >>> split("B (m, 61)"), split("Herr K., Hausmeister"), split("Interviewer(in)"), split("B1")
    (('B', 'm, 61'), ('Herr K.', 'Hausmeister'), ('Interviewer(in)', ''), ('B1', ''))
    """
    match = _SPLIT.match(name.strip()[:120])
    remark = next((part for part in match.groups()[1:] if part), "") if match else ""
    if match is None or _ENDING.fullmatch(remark):
        return name, ""
    return match["head"].strip(), remark.strip()


@dataclass(frozen=True)
class Candidate:
    """What may be a label at the start of a line: its `name`, `shape`, `time` mark, and where the speech begins.

    `open` is markup that the label opens and the speech closes (a bold paragraph with its label). `listed`: a bullet or
    number stands before it. `head` is the name without the remark behind it, `remark` that remark without its brackets.
    """

    name: str
    shape: str
    body: int
    time: str = ""
    open: str = ""
    listed: bool = field(default=False, repr=False)
    remark: str = field(default="", repr=False)
    head: str = field(default="", repr=False)


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
    listed = bool(head["list"] or head["number"]) and not time
    colon = _COLON.match(window, at)
    if colon:
        found = _colon(colon, window, opened, time, listed)
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
            return Candidate(match["name"], shape, match.end(), inner or time, "" if match["close"] else opened, listed)
    return None


def loose(text: str) -> Candidate | None:
    """The candidate of a form that only many lines or a slip of the pen make a label: `I – Text`, `(I) Text`, `B. Ja`.

    >>> [c.shape for c in map(loose, ("I – Und dann?", "(B) Gut.", "B. Ja, schön", "Gut.")) if c]
    ['dash', 'paren', 'dot']
    """
    window = text[:WINDOW]
    head = _HEAD.match(window)
    for shape, pattern in (("dash", _DASHED), ("paren", _PARENS), ("dot", _DOT)) if head else ():
        match = pattern.match(window, head.end() if head else 0)
        if match and head:
            return Candidate(match["name"], shape, match.end(), head["time"] or "", head["open"] + head["open2"])
    return None


def _colon(match: re.Match[str], window: str, opened: str, time: str, listed: bool) -> Candidate | None:
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
    name, tail = match["name"], match["tail"] or ""
    head, remark = split(name + tail) if not name.startswith(("[", "{")) else (name, tail)
    return Candidate(name + tail, shape, end, mark, "" if closed else opened, listed, remark, head)
