"""From a file's blocks to speaker turns with place, time and role: the readers' one product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.reading import HEADING, NONE, Limits, Reading, Sign
from pipeline.speakers import cues, detection, header, roles, styled
from pipeline.speakers.detection import Found
from pipeline.speakers.lines import Source, source
from pipeline.speakers.pieces import Piece, set_times, speech, trimmed, unlabelled
from pipeline.speakers.roles import SpeakerRole

OVERLAP = 0.05  # seconds; less is rounding


@dataclass(frozen=True)
class Settings(Limits):
    """What a study says about reading: `roles` (label -> role, above all other evidence) and further header keys."""

    roles: dict[str, str] = field(default_factory=dict)
    extra_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawTurn:
    """One turn as read. Times are seconds from the start of the recording, or None.

    `t_source` says where the start comes from: exact (a mark or the format), derived (from the turn before), none.
    `overlaps` is the number of an earlier turn, counted from 1, during which this one begins; 0 for none. `cues` and
    `signs` lie in `text`. For text formats `text` is the slice of `Reading.text` from `offset` on; elsewhere it is -1.
    """

    speaker: str
    role: str
    text: str
    source_ref: str
    t_start: float | None = None
    t_end: float | None = None
    offset: int = -1
    t_source: str = "none"
    overlaps: int = 0
    cues: tuple[cues.Span, ...] = ()
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True)
class Transcript:
    """All turns of a file, its header (`meta`), and who speaks in which role.

    `warnings` are German and about turns and speakers; what the reading itself warned of stands in `Reading.warnings`.
    """

    turns: list[RawTurn]
    meta: dict[str, str]
    roles: list[SpeakerRole]
    warnings: list[str]


def read_turns(reading: Reading, settings: Settings | None = None) -> Transcript:
    """The turns of a file. Never raises for what stands in it: what is unclear is a role `unknown` and a warning."""
    settings = settings or Settings()
    extra = header.extra_keys(settings.extra_keys)
    return _of_cues(reading, settings, extra) if reading.cues else _of_blocks(reading, settings, extra)


def _of_cues(reading: Reading, settings: Settings, extra: dict[str, str]) -> Transcript:
    talk = cues.conversation(reading.cues, settings.roles, extra, reading.tool == "Zoom")
    spoken = [(t.speaker, t.text) for t in talk.talks]
    talks = roles.talk(spoken)
    known = roles.assign(talks, settings.roles, {}, {})
    by_label = {role.label: role.role for role in known}
    turns = [
        RawTurn(
            t.speaker, by_label[t.speaker], t.text, t.spans[0].ref, t.t_start, t.t_end, -1, t.t_source, 0, t.spans, t.signs
        )
        for t in talk.talks
    ]  # fmt: skip
    warnings = list(_warnings(talk.named, talk.found, known, talks, 0, False, 0))
    return Transcript(_overlapping(turns), header.front_matter(reading.meta, extra), known, warnings)


def _overlapping(turns: list[RawTurn]) -> list[RawTurn]:
    """Turns with the number of the turn of somebody else that was still going on when they began."""
    done: list[RawTurn] = []
    running, until = 0, float("-inf")  # the turn that ends last so far
    for number, turn in enumerate(turns, 1):
        begins = turn.t_start is not None and turn.t_start < until - OVERLAP
        other = running and turns[running - 1].speaker != turn.speaker
        done.append(replace(turn, overlaps=running) if begins and other else turn)
        if turn.t_end is not None and turn.t_end > until:
            running, until = number, turn.t_end
    return done


def _of_blocks(reading: Reading, settings: Settings, extra: dict[str, str]) -> Transcript:
    text = source(reading, extra)
    head = header.scan(text, extra)
    found, styles = _beginnings(text, head, settings, extra)
    labelled = bool(found.turns)
    first = found.turns[0].line if labelled else len(text.lines)
    aside: dict[str, list[str]] = {}
    every = [trimmed(text, piece) for piece in (speech(text, found, aside) if labelled else ())]
    spoken = [piece for piece in every if piece.start < piece.end]
    before = [trimmed(text, piece) for piece in unlabelled(text, head, first, labelled, found.keys)]
    set_times(text, spoken if labelled else before)
    talks = roles.talk([(piece.speaker, text.text[piece.start : piece.end]) for piece in spoken or before])
    known = roles.assign(talks, settings.roles, head.roles(first), styles)
    by_label = {role.label: role.role for role in known}
    turns = [_raw(text, piece, "none") for piece in before] if labelled else []
    turns += [_raw(text, piece, by_label[piece.speaker]) for piece in (spoken if labelled else before)]
    warnings = list(
        _warnings(labelled, found, known, talks, len(every) - len(spoken), bool(styles), text.columns_dropped)
    )
    meta = _meta(reading, head, first, extra) | {key: "\n".join(lines) for key, lines in aside.items()}
    return Transcript(turns, meta | _unsaid(text, head, found, first, bool(before)), known, warnings)


def _unsaid(text: Source, head: header.Header, found: Found, first: int, before: bool) -> dict[str, str]:
    """What is neither speech nor metadata, kept so that no word is lost.

    A few words above the first turn (a title, a place, keys that nobody knows); remarks behind labels; headings of a
    text without labels.
    """
    if not found.turns:
        lines = [line.plain for line in text.lines if line.kind == HEADING]
        return {"überschriften": "\n".join(lines)} if lines else {}
    free = [n for n in range(first) if n not in head.taken and text.lines[n].kind != NONE]
    above = [text.lines[n].plain for n in free if n in found.keys or not before]
    remarks = [f"{turn.label}: {turn.remark}" for turn in found.turns if turn.remark]
    parts = {"vorspann": above, "bemerkungen an kürzeln": remarks}
    return {key: "\n".join(lines) for key, lines in parts.items() if lines}


def _meta(reading: Reading, head: header.Header, first: int, extra: dict[str, str]) -> dict[str, str]:
    """What stands in the text above the first turn, and behind it what the container says."""
    return {**header.front_matter(reading.meta, extra), **head.meta(first)}


def _beginnings(
    text: Source, head: header.Header, settings: Settings, extra: dict[str, str]
) -> tuple[Found, dict[str, str]]:
    """Where turns begin, by labels or else by print; and the roles of labels that were made from print."""
    legend = {label: role for _, label, role in head.legend}
    found = detection.detect(text, head.taken, {**legend, **settings.roles}, extra)
    if found.turns:
        return found, {}
    found = styled.detect(text, head.taken)
    return found, styled.ROLES if found.turns else {}


def _raw(text: Source, piece: Piece, role: str) -> RawTurn:
    return RawTurn(
        piece.speaker, role, text.text[piece.start : piece.end], piece.ref, piece.t_start, piece.t_end,
        piece.start if text.exact else -1, piece.t_source,
    )  # fmt: skip


def _warnings(
    labelled: bool, found: Found, known: list[SpeakerRole], talks: dict[str, roles.Talk], empty: int, styled_: bool,
    columns_dropped: int,
) -> Iterator[str]:  # fmt: skip
    if not labelled:
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
    if columns_dropped:
        yield f"Zellen in weiteren Spalten der Tabelle, die nicht gelesen wurden: {columns_dropped}."
    unclear = sum(role.role == "unknown" for role in known)
    if unclear:
        yield f"Sprecherkürzel mit unklarer Rolle: {unclear}. Bitte in study.yaml unter »roles« eintragen."
    renamed = roles.renamed([turn.label for turn in found.turns])
    if renamed:
        yield (
            f"Kürzel, die dort aufhören, wo eine andere Schreibweise beginnt (wie »B:« und danach »B1:«): {renamed}. "
            "Ist es dieselbe Person, bitte in der Datei gleich schreiben oder in study.yaml unter »roles« beide eintragen."
        )
    if len(known) == 1:
        yield "Es gibt nur einen Sprecher. Bitte prüfen, ob die Kürzel vollständig sind."
    if roles.contradictions(known, talks):
        yield "Die Rollen passen nicht zum Gespräch (die Befragten fragen, der Interviewer erzählt). Bitte prüfen."
