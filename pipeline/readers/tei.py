"""Spoken TEI (ISO 24624), and the draft before it with `annotationGrp`: utterances of words, pauses and events."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.readers.elements import CLOSE, SAID, attr, bare, below, encoding, first, name, parse, place, said, walk
from pipeline.readers.inline import Writing, event
from pipeline.readers.timeline import Timeline, bundle, cue, tidy, timeline
from pipeline.readers.whens import seconds_of
from pipeline.readers.zipped import Element
from pipeline.reading import Cue, Reading, Unreadable

ROOTS = ("TEI", "teiCorpus", "TEI.2")
BLOCKS = frozenset({"annotationBlock", "annotationGrp"})
EVENTS = frozenset({"vocal", "incident", "kinesic"})
HIDDEN = frozenset({"spanGrp", "span", "note", "desc", "u", "interp", "fs", "writing", "del"})  # in a `u`: no speech
BESIDE = ("head", "p", "note", "stage", "ab", "writing")  # in the body outside of utterances
ENDS = {"declarative": ".", "interrogative": "?", "exclamative": "!", "interrupted": "…"}  # where HIAT's signs went
OPENERS = frozenset("([{„«‹¿¡")
NORMALISED = 0.5  # share of words with a normal form, above which it is read
_DURATION = re.compile(r"P?T?(\d{1,6}(?:\.\d{1,9})?)S?")


def read(data: bytes) -> Reading:
    """A spoken TEI file; cues are utterances (id or `Beitrag n`). Raises `Unreadable`."""
    root, warnings = parse(data)
    return read_root(root, warnings)


def read_root(root: Element, warnings: list[str]) -> Reading:
    """The same from the root of the parsed file."""
    spoken = list(below(root, "u"))
    if not spoken:
        advice = "Gelesen werden TEI-Dateien mit gesprochener Sprache (ISO 24624)."
        raise Unreadable("skipped", "not_transcript", "Die TEI-Datei enthält keine gesprochenen Beiträge.", advice)
    whens = list(below(root, "when"))
    line = timeline(seconds_of(whens))
    labels = _persons(root)
    norm, told = _norm(spoken)
    cues: list[Cue] = []
    silent = 0
    for number, u in enumerate(spoken, 1):
        found = _cue(u, number, line, labels, norm)
        silent += found is None
        cues += [found] if found else []
    warnings = [*warnings, *line.missing(), *told, *_beside(root, silent)]
    return bundle("tei", "ISO-TEI", encoding(root), cues, warnings, _meta(root, labels))


def _persons(root: Element) -> dict[str, str]:
    """Ids of persons and the labels that stand for them."""
    found = {}
    for person in below(root, "person", "personGrp"):
        full = first(person, "persName", "name")
        found[attr(person, "id")] = attr(person, "n") or tidy(said(first(person, "abbr"))) or tidy(said(full))
    return found


def _label(who: str, labels: dict[str, str]) -> str:
    """Labels for references with or without `#`; several speak together.

    >>> _label("#P1 P2", {"P1": "AM"})
    'AM, P2'
    """
    ids = [one.removeprefix("#") for one in who.split()]
    return ", ".join(labels.get(one) or one for one in ids)


def _norm(spoken: list[Element]) -> tuple[bool, list[str]]:
    """Whether the normal forms are read, and the warning that says so."""
    words = [word for u in spoken for word in below(u, "w")]
    count = sum(bool(attr(word, "norm")) for word in words)
    if count <= NORMALISED * len(words):
        return False, []
    told = f"Die Wörter stehen in der Normalform, die in der Datei vermerkt ist ({count} von {len(words)})"
    return True, [told + "; die gesprochene Form (Dialekt) steht nur in der Datei."]


def _cue(u: Element, number: int, line: Timeline, labels: dict[str, str], norm: bool) -> Cue | None:
    block = u.getparent()
    block = block if block is not None and name(block) in BLOCKS else None
    points = [(attr(u, key) or attr(block, key)).removeprefix("#") for key in ("start", "end")]
    writing = _written(u, norm)
    ref = place(u if block is None else block, "Beitrag", number)
    who = _label(attr(u, "who") or attr(block, "who"), labels)
    done = cue(writing.text(), who, line.span(line.at(points[0]), line.at(points[1])), ref)
    return replace(done, text=writing.text(), signs=tuple(writing.signs)) if writing.text() else None


def _written(u: Element, norm: bool) -> Writing:
    """An utterance's words and signs in reading order."""
    writing = Writing()
    hidden = 0  # depth inside what is no speech
    inside: list[str] = []  # words and punctuation marks around this place, for what text means here
    for kind, element, text in walk(u):
        tag = name(element)
        if kind == SAID:
            if not hidden:
                _said(writing, text, inside)
        elif hidden or _skipped(element, norm):
            if not hidden:
                _enter(writing, element, norm)
            hidden += -1 if kind == CLOSE else 1
        elif kind == CLOSE:
            if tag in ("w", "pc") and inside:
                inside.pop()
                writing.due = not writing.tight
            elif tag == "unclear" and not writing.end():
                writing.gap(attr(element, "reason"))
            elif tag == "seg" and writing.last().isalnum():
                writing.word(ENDS.get(attr(element, "subtype"), ""), glue=True)
        elif tag in ("w", "pc"):
            inside.append("pc" if tag == "pc" or attr(element, "join") in ("left", "both") else "w")
        elif tag == "unclear":
            writing.begin("uncertain", attr(element, "reason"))
        elif tag in ("seg", "s", "lb", "pb"):
            writing.due = True
    return writing


def _said(writing: Writing, text: str, inside: list[str]) -> None:
    if not inside:
        writing.loose(text)
    elif inside[-1] == "pc" and text.strip() in OPENERS:
        writing.opener(text)
    elif text.strip():
        writing.word(text, glue=inside[-1] != "w")
        inside[-1] = "more"  # a word that an anchor divides goes on without a blank


def _skipped(element: Element, norm: bool) -> bool:
    """Whether an element's own text is no speech as it stands."""
    tag = name(element)
    if tag == "w":
        return norm and bool(attr(element, "norm"))
    above = element.getparent()
    again = above is not None and name(above) == "choice" and element.getprevious() is not None  # a second reading
    return again or tag in HIDDEN or tag in EVENTS or tag in ("pause", "gap")


def _enter(writing: Writing, element: Element, norm: bool) -> None:
    """The sign or word that stands for an element whose text is not read."""
    tag = name(element)
    if tag == "w":
        writing.word(attr(element, "norm"))
    elif tag == "pause":
        duration = _DURATION.fullmatch(attr(element, "dur"))
        writing.mark("pause", duration.group(1) if duration else attr(element, "type") or attr(element, "rend"))
    elif tag == "gap":
        writing.gap(attr(element, "reason"))
    elif tag in EVENTS:
        told = first(element, "desc")
        what = tidy(said(element)) or attr(told, "rend") or attr(element, "desc") or attr(element, "type")
        event(writing, what)


def _beside(root: Element, silent: int) -> list[str]:
    """Warnings about what stands in the file and is not read."""
    between = [part for above in below(root, "body", "div", "div1", "div2") for part in above]
    silent += sum(name(part) in EVENTS or name(part) == "pause" for part in between)
    beside = sum(bool(said(e).strip()) for body in below(root, "body") for e in below(body, *BESIDE))
    warnings = []
    if silent:
        warnings.append(f"Beiträge ohne Wörter (Pausen, Lachen, Geräusche), nicht gelesen: {silent}.")
    if beside:
        warnings.append(f"Überschriften und Anmerkungen, nicht als Rede gelesen: {beside}.")
    return warnings


def _meta(root: Element, labels: dict[str, str]) -> dict[str, str]:
    header = first(root, "teiHeader")
    meta = {"titel": said(first(header, "title"))}
    meta["aufnahme"] = ", ".join(bare(attr(m, "url")) for m in below(root, "media") if attr(m, "url"))
    setting = first(header, "setting", "recording")
    meta["ort"], meta["datum"] = said(first(setting, "placeName", "place")), said(first(setting, "date"))
    for person in below(root, "person", "personGrp"):
        label = labels[attr(person, "id")] or attr(person, "id")
        meta[f"sprecher {label}: geschlecht"] = attr(person, "sex")
        for part in person:
            if name(part):
                meta[f"sprecher {label}: {name(part).lower()}"] = said(part) or attr(part, "value")
    for group in below(root, "spanGrp"):  # the draft's way of saying who speaks
        kind, above = attr(group, "type"), group.getparent()
        if kind.startswith("speaker:"):
            label = _label(attr(above, "who"), labels)
            meta.setdefault(f"sprecher {label}: {kind.removeprefix('speaker:').lower()}", said(group))
    return meta
