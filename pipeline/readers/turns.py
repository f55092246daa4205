"""From a file's blocks to speaker turns with place, time and role: the readers' one product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.readers import header, labels, roles, styled, times
from pipeline.readers.labels import Found, Turn
from pipeline.readers.lexicon import is_frame
from pipeline.readers.lines import Line, Source, source
from pipeline.readers.reading import HEADING, NONE, Limits, Reading
from pipeline.readers.roles import SpeakerRole
from pipeline.readers.signs import notation

SUBSTANTIAL = 40  # words before the first turn, from which on they are kept as turns without role


@dataclass(frozen=True)
class Settings(Limits):
    """What a study says about reading: `roles` (label -> role, above all other evidence) and further header keys."""

    roles: dict[str, str] = field(default_factory=dict)
    extra_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawTurn:
    """One turn as read. Times are seconds from the start of the recording, or None.

    For text formats `text` is the slice of `Reading.text` from `offset` on; elsewhere `offset` is -1.
    """

    speaker: str
    role: str
    text: str
    source_ref: str
    t_start: float | None = None
    t_end: float | None = None
    offset: int = -1


@dataclass(frozen=True)
class Transcript:
    """All turns of a file, its header (`meta`), who speaks in which role, and the notation.

    `warnings` are German and about turns and speakers; what the reading itself warned of stands in `Reading.warnings`.
    """

    turns: list[RawTurn]
    meta: dict[str, str]
    roles: list[SpeakerRole]
    notation: str
    warnings: list[str]


@dataclass
class _Piece:
    """A stretch of speech in `Source.text` from `start` to `end`, with the time mark of its label and its line's place.

    `open` is markup that the label opens and the speech closes.
    """

    speaker: str
    start: int
    end: int
    time: str
    ref: str
    open: str = ""
    t_start: float | None = None
    t_end: float | None = None


def read_turns(reading: Reading, settings: Settings | None = None) -> Transcript:
    """The turns of a file. Never raises for what stands in it: what is unclear is a role `unknown` and a warning."""
    settings = settings or Settings()
    extra = header.extra_keys(settings.extra_keys)
    text = source(reading, extra)
    head = header.scan(text, extra)
    found, styles = _beginnings(text, head, settings, extra)
    labelled = bool(found.turns)
    first = found.turns[0].line if labelled else len(text.lines)
    every = [_trimmed(text, piece) for piece in (_pieces(text, found) if labelled else ())]
    spoken = [piece for piece in every if piece.start < piece.end]
    before = [_trimmed(text, piece) for piece in _unlabelled(text, head, first, labelled)]
    _set_times(text, spoken if labelled else before)
    talks = roles.talk([(piece.speaker, text.text[piece.start : piece.end]) for piece in spoken or before])
    known = roles.assign(talks, settings.roles, head.roles(first), styles)
    by_label = {role.label: role.role for role in known}
    turns = [_raw(text, piece, "none") for piece in before] if labelled else []
    turns += [_raw(text, piece, by_label[piece.speaker]) for piece in (spoken if labelled else before)]
    warnings = list(_warnings(text, found, known, talks, len(every) - len(spoken), bool(styles)))
    said = notation("\n".join(turn.text for turn in turns))
    meta = _meta(reading, head, first, extra)
    if labelled and not before:
        # A few words above the first turn (a title, a place) are no speech; they are kept here so that nothing is lost.
        free = [n for n in range(first) if n not in head.taken and text.lines[n].kind != NONE]
        meta |= {"vorspann": "\n".join(text.lines[n].plain for n in free)} if free else {}
    return Transcript(turns, meta, known, said, warnings)


def _meta(reading: Reading, head: header.Header, first: int, extra: dict[str, str]) -> dict[str, str]:
    """What stands in the text above the first turn, and behind it what the container says."""
    return {**header.front_matter(reading.meta, extra), **head.meta(first)}


def _beginnings(
    text: Source, head: header.Header, settings: Settings, extra: dict[str, str]
) -> tuple[Found, dict[str, str]]:
    """Where turns begin, by labels or else by print; and the roles of labels that were made from print."""
    legend = {label: role for _, label, role in head.legend}
    found = labels.detect(text, head.taken, {**legend, **settings.roles}, extra)
    if found.turns:
        return found, {}
    found = styled.detect(text, head.taken)
    return found, styled.ROLES if found.turns else {}


def _pieces(text: Source, found: Found) -> Iterator[_Piece]:
    """Speech from each label to the next. Headings, rules and the frame of a transcript end it; it may go on after."""
    starts: dict[int, list[Turn]] = {}
    for turn in found.turns:
        starts.setdefault(turn.line, []).append(turn)
    current: _Piece | None = None
    speaker = ""
    for number in range(found.turns[0].line, len(text.lines)):
        line = text.lines[number]
        if line.kind in (HEADING, NONE) or is_frame(line.plain):
            if current:
                current.end = line.start
                yield current
            current = None
            continue
        for turn in starts.get(number, ()):
            if current:
                current.end = turn.start
                yield current
            speaker = turn.label
            current = _Piece(speaker, turn.body, len(text.text), turn.time, line.ref, turn.open)
        if current is None:
            current = _Piece(speaker, line.start, len(text.text), "", line.ref)
    if current:
        yield current


def _trimmed(text: Source, piece: _Piece) -> _Piece:
    """The piece without outer blank space, and in Markdown without emphasis around all of it."""
    piece.start, piece.end = _trim(text.text, piece.start, piece.end)
    if piece.open and text.text.endswith(piece.open, piece.start, piece.end):
        piece.start, piece.end = _trim(text.text, piece.start, piece.end - len(piece.open))
    if text.markup:
        piece.start, piece.end = _unwrap(text.text, piece.start, piece.end)
    if not text.text[piece.start : piece.end].strip("*_ \n\t"):
        piece.end = piece.start
    return piece


def _raw(text: Source, piece: _Piece, role: str) -> RawTurn:
    return RawTurn(
        piece.speaker, role, text.text[piece.start : piece.end], piece.ref, piece.t_start, piece.t_end,
        piece.start if text.exact else -1,
    )  # fmt: skip


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without outer blank space."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + max(len(piece.rstrip()), lead)


def _unwrap(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without emphasis that encloses all of it (`**Wie war das?**`)."""
    for mark in ("***", "**", "*"):
        inner = text[start + len(mark) : end - len(mark)]
        if text.startswith(mark, start) and text.endswith(mark, start, end) and inner.strip() and mark not in inner:
            return _trim(text, start + len(mark), end - len(mark))
    return start, end


def _unlabelled(text: Source, head: header.Header, first: int, labelled: bool) -> Iterator[_Piece]:
    """Speech without a label: all of it where there are no labels, else what stands before the first, if much."""
    free = [n for n in range(first) if n not in head.taken and text.lines[n].kind not in (HEADING, NONE)]
    if labelled and sum(len(text.lines[n].plain.split()) for n in free) <= SUBSTANTIAL:
        free = []
    # A legend that is written like a turn (`I: Interviewer, B: Befragter`) is kept in view, as nobody's speech.
    shaped = {n for n, label, _ in head.legend if n < first and text.lines[n].plain.startswith(f"{label}:")}
    free = sorted({*free, *shaped}) if labelled else free
    groups: list[list[int]] = []
    single = _one_line_paragraphs([text.lines[n] for n in free])
    for n in free:
        goes_on = groups and groups[-1][-1] == n - 1 and text.lines[n].paragraph == text.lines[n - 1].paragraph
        if goes_on and not single:
            groups[-1].append(n)
        else:
            groups.append([n])
    for group in groups:
        line, last = text.lines[group[0]], text.lines[group[-1]]
        yield _Piece("", line.start, last.end, line.time, line.ref)


def _one_line_paragraphs(lines: list[Line]) -> bool:
    """Whether every line is a paragraph: there are no blank lines between them, or each begins with a time."""
    timed = sum(times.at_start(line.plain) is not None for line in lines)
    return len({line.paragraph for line in lines}) == 1 or timed >= 0.6 * len(lines) > 0


def _set_times(text: Source, pieces: list[_Piece]) -> None:
    """Times from the marks of labels and texts: a mark at the end is this turn's end and the next one's start."""
    short = [times.short_at_start(text.text[piece.start : piece.start + 40]) for piece in pieces]
    believed = times.rising([value for value in short if value is not None])
    previous: float | None = None
    for piece, value in zip(pieces, short, strict=True):
        own = text.text[piece.start : piece.end]
        start = times.seconds(piece.time) if piece.time else None
        if start is None:
            start = times.at_start(own)
        if start is None and believed:
            start = value
        end = times.at_end(own)
        if start is not None and end == start and len(own) < 16:
            end = None  # nothing but one mark
        piece.t_start, piece.t_end = previous if start is None else start, end
        previous = end
    zero = next((piece.t_start for piece in pieces if piece.t_start is not None), 0.0)
    for piece in pieces if zero >= times.WALL_CLOCK else ():
        piece.t_start = None if piece.t_start is None else round(piece.t_start - zero, 3)
        piece.t_end = None if piece.t_end is None else round(piece.t_end - zero, 3)


def _warnings(
    text: Source, found: Found, known: list[SpeakerRole], talks: dict[str, roles.Talk], empty: int, styled_: bool
) -> Iterator[str]:
    if not found.turns:
        yield (
            "Keine Sprecherkürzel gefunden; jeder Absatz wurde ein Beitrag ohne Sprecher. "
            "Bitte Kürzel wie »I:« und »B:« an den Anfang der Beiträge setzen."
        )
        return
    if styled_:
        yield "Es gibt keine Sprecherkürzel; die Sprecher wurden am Schriftbild erkannt (»I« und »B«). Bitte prüfen."
    if found.unsure:
        yield f"Seltene, daher unsichere Sprecherkürzel: {len(found.unsure)}. Bitte prüfen, ob dort jemand spricht."
    if found.split:
        yield f"Mitten im Absatz beginnende, abgetrennte Beiträge: {found.split}. Bitte prüfen."
    if empty:
        yield f"Sprecherkürzel ohne Text, die übergangen wurden: {empty}."
    if text.columns_dropped:
        yield f"Zellen in weiteren Spalten der Tabelle, die nicht gelesen wurden: {text.columns_dropped}."
    unclear = sum(role.role == "unknown" for role in known)
    if unclear:
        yield f"Sprecherkürzel mit unklarer Rolle: {unclear}. Bitte in study.yaml unter »roles« eintragen."
    if len(known) == 1:
        yield "Es gibt nur einen Sprecher. Bitte prüfen, ob die Kürzel vollständig sind."
    if roles.contradictions(known, talks):
        yield "Die Rollen passen nicht zum Gespräch (die Befragten fragen, der Interviewer erzählt). Bitte prüfen."
