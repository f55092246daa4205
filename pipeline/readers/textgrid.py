"""Praat TextGrid, long and short: only numbers, quoted texts and flags count, all other words are for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.readers.encoding import decode
from pipeline.readers.gridtiers import Label, Tier, choose, says
from pipeline.readers.timeline import Span, bundle, cue, merged, seconds
from pipeline.reading import Cue, Reading, Unreadable

KINDS = {"IntervalTier": 2, "TextTier": 1}  # numbers before each label
# Praat's own way of writing German letters, still found in older files.
SIGNS = {r'\a"': "ä", r'\o"': "ö", r'\u"': "ü", r'\A"': "Ä", r'\O"': "Ö", r'\U"': "Ü", r"\ss": "ß"}
HEAD = 65_536  # signs in which the class of the object stands

_SIGNS = re.compile("|".join(map(re.escape, SIGNS)))
# Quotes inside a text are doubled. The parts exclude each other, so that a missing quote costs one pass only.
_TOKEN = re.compile(
    r'"[^"]*+(?:""[^"]*+)*+"|<(?:exists|absent)>|(?<!\S)[-+]?\d{1,12}(?:\.\d{0,30})?(?:[eE][-+]?\d{1,3})?(?!\S)'
)


@dataclass
class _Grid:
    """Tiers with all their labels as far as the file goes; whether it breaks off; how many labels have no time."""

    tiers: list[Tier] = field(default_factory=list)
    cut: bool = False
    timeless: int = 0


def read(data: bytes) -> Reading:
    """A TextGrid; cues are intervals, or words put together (`Spur n, Intervall m`). Raises `Unreadable`."""
    decoded = decode(data)
    head = decoded.text[:HEAD]
    if "ooTextFile" not in head or '"TextGrid"' not in head:
        raise Unreadable("skipped", "not_transcript", "Die Praat-Datei ist kein TextGrid.")
    grid = _grid(_TOKEN.findall(decoded.text))
    warnings = list(decoded.warnings)
    if grid.cut:
        warnings.append("Die Datei bricht ab oder ist beschädigt; gelesen wurde, was davor steht.")
    if grid.timeless:
        warnings.append(f"Einträge ohne gültige Zeit: {grid.timeless}.")
    filled = [tier for tier in grid.tiers if tier.labels]
    if not filled:
        if grid.cut:
            advice = "Bitte in Praat öffnen und neu speichern."
            raise Unreadable("failed", "damaged", "Die Datei ist beschädigt und lässt sich nicht öffnen.", advice)
        raise Unreadable("skipped", "empty", "Die Datei enthält keinen Text.", "Bitte die Transkription prüfen.")
    spoken = choose(filled)
    if not spoken:
        raise Unreadable("skipped", "not_transcript", "Keine Spur der Datei enthält Wörter.")
    left = len(filled) - len(spoken)
    if left:
        warnings.append(f"Spuren mit Lauten, Messwerten, Anmerkungen oder Ähnlichem, nicht als Rede gelesen: {left}.")
    cues = merged([_cue(stretch, one.tier, one.speaker) for stretch in one.stretches] for one in spoken)
    return bundle("textgrid", "Praat", decoded.encoding, cues, warnings, {})


def _cue(stretch: list[Label], tier: Tier, speaker: str) -> Cue:
    numbers = sorted({stretch[0].number, stretch[-1].number})
    ref = f"Spur {tier.number}, Intervall {'–'.join(map(str, numbers))}"
    return cue(" ".join(label.text for label in stretch), speaker, Span(stretch[0].start, stretch[-1].end), ref)


def _grid(tokens: list[str]) -> _Grid:
    """Tiers of a file's tokens. What does not fit the order ends the reading, not the file."""
    grid = _Grid()
    stream = iter(tokens)
    size = 0.0
    for token in stream:  # head: two names, two times, a flag, a count
        kind = token.strip('"')
        if kind in KINDS and token.startswith('"'):
            if not _tier(stream, KINDS[kind], grid):
                grid.cut = True
                break
        elif grid.tiers:
            grid.cut = True
            break
        else:
            size = seconds(token) or size  # the last number before the first tier
    grid.cut = grid.cut or len(grid.tiers) < size
    return grid


def _tier(stream: Iterator[str], times: int, grid: _Grid) -> bool:
    """One tier; False where the file does not go on as it should."""
    head = [next(stream, "") for _ in range(4)]  # name, start, end, count
    size = seconds(head[3])
    name = _text(head[0])
    if name is None or size is None:
        return False
    labels: list[Label] = []
    whole = True
    for number in range(1, int(size) + 1):
        entry = [next(stream, "") for _ in range(times + 1)]
        text = _text(entry[-1])
        if text is None or any(token.startswith('"') or not token for token in entry[:-1]):
            whole = False
            break
        span = [seconds(token) for token in entry[:-1]]
        if says(text):
            grid.timeless += None in span
            labels.append(Label(text, span[0], span[1] if times == 2 else None, number))
    grid.tiers.append(Tier(len(grid.tiers) + 1, " ".join(name.split()), tuple(labels)))
    return whole


def _text(token: str) -> str | None:
    """A quoted text without its quotes; None for anything else."""
    if len(token) < 2 or not token.startswith('"'):
        return None
    text = token[1:-1].replace('""', '"')
    return _SIGNS.sub(lambda match: SIGNS[match.group()], text) if "\\" in text else text
