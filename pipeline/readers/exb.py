"""EXMARaLDA: basic (.exb) and segmented (.exs) transcriptions, where tiers of events share one timeline.

Only tiers of type `t` are speech; `a` are annotations and translations, `d` descriptions of what else happens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.readers.elements import attr, bare, below, encoding, first, name, parse, said
from pipeline.readers.timeline import (
    Event,
    Timeline,
    bare_borders,
    bundle,
    cue,
    seconds,
    sew,
    tidy,
    timeline,
    utterances,
)
from pipeline.readers.zipped import Element
from pipeline.reading import Cue, Reading, Unreadable

ROOTS = ("basic-transcription", "segmented-transcription")
SPEECH = "t"
LEAVES = frozenset({"HIAT:u", "e"})  # units of a segmentation that are read: utterances, else events
SKIP = frozenset({"ud-information"})
OWN = ("AutoSave", "#")  # the program's own notes among the user's
HEAD = {"project-name": "projekt", "transcription-name": "titel", "comment": "bemerkung",
        "transcription-convention": "regeln"}  # fmt: skip


def read(data: bytes) -> Reading:
    """A file of EXMARaLDA; cues are utterances (`Spur n, Ereignis m`). Raises `Unreadable`."""
    root, warnings = parse(data)
    return read_root(root, warnings)


def read_root(root: Element, warnings: list[str]) -> Reading:
    """The same from the root of the parsed file."""
    body = first(root, "basic-body")
    body = first(root, "segmented-body") if body is None else body
    if body is None:
        raise Unreadable("skipped", "not_transcript", "Die Datei enthält keine Spuren mit Rede.")
    points = list(below(body, "tli"))
    line = timeline((attr(point, "id"), seconds(attr(point, "time"))) for point in points)
    labels = {attr(s, "id"): said(first(s, "abbreviation")) for s in below(root, "speaker")}
    found: list[tuple[int, Cue]] = []
    other: Counter[str] = Counter()
    blanks = 0
    for number, tier in enumerate(below(body, "tier", "segmented-tier"), 1):
        kind, events = attr(tier, "type") or SPEECH, _events(tier, line)
        if kind != SPEECH:
            other.update({kind: 1, "events": len(events)} if events else {})
            continue
        speaker = attr(tier, "speaker")
        cues, bare_ones = _cues(events, line, tidy(labels.get(speaker, "")) or speaker, number)
        found += cues
        blanks += bare_ones
    if not found:
        raise _no_speech(other)
    found.sort(key=lambda pair: pair[0])
    warnings = [*warnings, *_invalid(points), *line.missing(), *_others(other)]
    if blanks:
        warnings.append(f"Spuren ohne Leerzeichen zwischen den Ereignissen: {blanks}. Leerzeichen wurden ergänzt.")
    return bundle("exb", "EXMARaLDA", encoding(root), [one for _, one in found], warnings, _meta(root))


def _events(tier: Element, line: Timeline) -> list[Event]:
    """Events with text, by start; those at unknown points stay behind the one before them."""
    found, last = [], -1
    for number, (element, text) in enumerate(_texts(tier), 1):
        start = line.at(attr(element, "start") or attr(element, "s"))
        end = line.at(attr(element, "end") or attr(element, "e"))
        last = last if start < 0 else start
        if text.strip():
            found.append((last, Event(text, start, end, number)))
    return [event for _, event in sorted(found, key=lambda pair: pair[0])]


def _texts(tier: Element) -> Iterator[tuple[Element, str]]:
    if name(tier) == "tier":
        yield from ((event, said(event, SKIP)) for event in below(tier, "event"))
        return
    # Of the segmentations of one and the same speech the first with utterances is read, else the first with events.
    every = list(below(tier, "segmentation"))
    units = [[ts for ts in below(one, "ts", "ats") if attr(ts, "n") in LEAVES] for one in every]
    spoken = [unit for unit in units if any(attr(ts, "n") == "HIAT:u" for ts in unit)] or [u for u in units if u]
    for ts in spoken[0] if spoken else ():
        if attr(ts, "n") == "e" or attr(spoken[0][0], "n") == "HIAT:u":
            yield ts, _segments(ts)


def _segments(unit: Element) -> str:
    """The text of a unit from its smallest parts; an empty part between words is a blank that was trimmed away."""
    leaves = [leaf for leaf in unit.iter() if not len(leaf) and name(leaf) in ("ts", "nts", "ats")]
    if unit in leaves:
        return unit.text or ""
    return "".join(leaf.text or (" " if name(leaf) == "nts" else "") for leaf in leaves)


def _cues(events: list[Event], line: Timeline, speaker: str, tier: int) -> tuple[list[tuple[int, Cue]], bool]:
    groups = utterances(events)
    blank = bare_borders(groups)
    found, last = [], -1
    for group in groups:
        numbers = sorted({group[0].number, group[-1].number})
        ref = f"Spur {tier}, Ereignis {'–'.join(map(str, numbers))}"
        text = sew((event.text for event in group), blank)
        last = last if group[0].start < 0 else group[0].start
        found.append((last, cue(text, speaker, line.span(group[0].start, group[-1].end), ref)))
    return found, blank


def _invalid(points: list[Element]) -> list[str]:
    count = sum(bool(attr(p, "time")) and seconds(attr(p, "time")) is None for p in points)
    return [f"Zeitpunkte mit ungültiger Zeit: {count}."] if count else []


def _others(other: Counter[str]) -> list[str]:
    found = []
    if other["a"]:
        found.append(f"Spuren mit Anmerkungen oder Übersetzungen (Typ A), nicht als Rede gelesen: {other['a']}.")
    if other["d"]:
        found.append(f"Spuren mit Beschreibungen (Typ D), nicht als Rede gelesen: {other['d']}.")
    rest = sum(count for kind, count in other.items() if kind not in ("a", "d", "events"))
    if rest:
        found.append(f"Spuren anderer Art, nicht als Rede gelesen: {rest}.")
    return found


def _no_speech(other: Counter[str]) -> Unreadable:
    if not other["events"]:
        return Unreadable("skipped", "empty", "Die Datei enthält keine Rede.", "Bitte die Transkription prüfen.")
    advice = "Bitte in EXMARaLDA die Spuren mit der Rede auf den Typ »T(ranscription)« stellen."
    return Unreadable("skipped", "not_transcript", "Keine Spur der Datei ist vom Typ T (Rede).", advice)


def _meta(root: Element) -> dict[str, str]:
    meta: dict[str, str] = {}
    about = first(root, "meta-information")
    for element in about if about is not None else ():
        if name(element) in HEAD:
            meta[HEAD[name(element)]] = said(element)
    if about is not None:
        meta["aufnahme"] = ", ".join(bare(attr(file, "url")) for file in below(about, "referenced-file"))
        meta.update(_user(about, ""))
    for speaker in below(root, "speaker"):
        label = tidy(said(first(speaker, "abbreviation"))) or attr(speaker, "id")
        meta[f"sprecher {label}: geschlecht"] = attr(first(speaker, "sex"), "value").replace("u", "")
        meta.update(_user(speaker, f"sprecher {label}: "))
        meta[f"sprecher {label}: bemerkung"] = said(first(speaker, "comment"))
        for part, key in (("languages-used", "sprachen"), ("l1", "erstsprache"), ("l2", "zweitsprache")):
            spoken = first(speaker, part)
            codes = [attr(one, "lang") for one in below(spoken, "language")] if spoken is not None else []
            meta[f"sprecher {label}: {key}"] = ", ".join(codes)
    return meta


def _user(parent: Element, prefix: str) -> dict[str, str]:
    """What the users themselves noted down, without what the program keeps there for itself."""
    pairs = {attr(one, "attribute-name"): said(one) for one in below(parent, "ud-information")}
    return {prefix + key.lower(): value for key, value in pairs.items() if key and not key.startswith(OWN)}
