"""Chats that Zoom saves as text: who wrote what and when, to everybody or to one person.

Their lines look like sentences that begin with `Von`, so that no detector of labels could find the names.
"""

from __future__ import annotations

import re

from pipeline.readers.meetings import NAME, Found, Said, rows
from pipeline.reading import Block

FEW = 2  # messages from which on a file that begins with one is a chat
ABOVE = 10  # lines above the first message, from which on the file is something else that holds a chat

_FROM = rf"\s{{0,4}}(?P<time>\d{{1,2}}:\d{{2}}:\d{{2}})[ \t\u00a0]{{1,6}}(?:Von|From)[ \t\u00a0]{{1,4}}(?P<name>\S.{{0,{NAME}}}?)"
_TO = r"[ \t\u00a0]{1,4}(?:an|to)[ \t\u00a0]{1,4}"
# The message stands below, or, in older files, behind ` : `.
_BELOW = re.compile(rf"{_FROM}{_TO}\S.{{0,{NAME}}}?[ \t\u00a0]?:\s{{0,9}}$")
_BEHIND = re.compile(
    rf"{_FROM}(?:{_TO}(?:Alle|Everyone|.{{1,{NAME}}}?\([^()\n]{{1,40}}\)))?[ \t\u00a0]{{1,4}}:[ \t\u00a0]{{1,4}}(?P<text>.*)$"
)


def zoom(blocks: tuple[Block, ...]) -> Found | None:
    """A saved chat as rows (`[hh:mm:ss] Name: text`); None for all other texts. The time is that of the day."""
    turns: list[Said] = []
    above: list[str] = []
    for block in blocks:
        line = block.text
        match = _BELOW.match(line) or _BEHIND.match(line)
        if match:
            turns.append(Said(match["name"].strip(), match["time"], block.ref, [match.groupdict().get("text") or ""]))
        elif turns:
            turns[-1].parts.append(line)
        elif line.strip():
            above.append(line.strip())
            if len(above) > ABOVE:
                return None
    turns = [turn for turn in turns if any(part.strip() for part in turn.parts)]
    if len(turns) < FEW + len(above):
        return None
    return rows(turns), ({"vorspann": "\n".join(above)} if above else {})
