"""Keys above the first turn that nobody knows: `Gesprächsatmosphäre: ruhig` looks like a label and is none."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.labels.shapes import STRONG
from pipeline.speakers.candidates import Group, named
from pipeline.speakers.header import is_value
from pipeline.speakers.lines import Source

MAX_WORDS = 12  # of a value
# With one of these the value is spoken.
_SPOKEN = frozenset("ich wir sie du ja nein mhm ähm äh hallo guten danke also na okay".split())


def keylines(
    source: Source, groups: Mapping[str, Group], names: set[str], accepted: set[str], skip: frozenset[int]
) -> set[int]:
    """Lines above the first label that are keys of a header. `names`: labels that might be speakers, though unsure;
    `skip`: lines that are known to be a header's.

    Such a line hangs together with known ones, or stands once in the file, above every label that returns, with a
    value that is no sentence; or several such make a block of their own.
    """
    first = min(number for key in accepted for number, _ in groups[key].at)
    returning = [groups[key].at[0][0] for key in names if groups[key].strong() and len(groups[key].at) > 1]
    others = (g for key, g in groups.items() if key not in accepted and len(g.at) == 1 and g.strong() and named(g))
    once = dict(group.at[0] for group in others)
    found: set[int] = set()
    for number in range(first):
        known = number > 0 and number not in skip and (number - 1 in skip or number - 1 in found)
        if known and source.adjacent(number - 1, number):
            found.add(number)
    end = min([first, *returning])
    values = {n: _value(source, n, c.body) for n, c in once.items() if n < end and c.shape in STRONG}
    some = bool(skip & set(range(end)))
    found |= {n for n, value in values.items() if is_value(value) or (some and _no_sentence(value))}
    for block in _blocks(source, sorted(values)):
        apart = not source.adjacent(block[-1], block[-1] + 1)
        if len(block) > 1 and apart and sum(_no_sentence(values[n]) for n in block) >= 0.5 * len(block):
            found |= set(block)
    return found


def _value(source: Source, number: int, body: int) -> str:
    line = source.lines[number]
    return source.text[line.start + body : min(line.end, line.start + body + 300)].strip()


def _no_sentence(value: str) -> bool:
    words = [word.strip(".,;!?").casefold() for word in value.split()]
    return 0 < len(words) <= MAX_WORDS and value[-1] not in ".?!…" and not _SPOKEN & set(words)


def _blocks(source: Source, numbers: list[int]) -> list[list[int]]:
    """Neighbouring lines without a blank line between them."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1 and source.adjacent(number - 1, number):
            found[-1].append(number)
        else:
            found.append([number])
    return found
