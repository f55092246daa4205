"""The same interview in every container gives the same turns; no word is lost on the way from the file to the tables."""

from __future__ import annotations

import html
import io
import itertools
import json
import random
import re
import string
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.offsets import back, changes
from pipeline.readers import read_file
from pipeline.readers.text import read as read_text
from pipeline.speakers.turns import read_turns

SAID = [
    ("I", 0.0, 4.5, "Wie leben die Menschen hier in der Siedlung zusammen?"),
    ("B", 4.5, 12.25, "Na ja, eigentlich ganz gut. Man kennt sich, größtenteils vom Sehen."),
    ("I", 12.25, 15.0, "Und wo begegnet man sich?"),
    ("B", 15.0, 21.5, "Auf dem Markt, ne. Früher war das die Zeche, da haben alle gearbeitet."),
    ("I", 21.5, 24.0, "Was würden Sie sich wünschen?"),
    ("B", 24.0, 30.0, "Dass mal jemand fragt. Uns fragt ja sonst keiner."),
]


def stamp(seconds: float, point: str = ".", digits: int = 3) -> str:
    whole, fraction = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{point}{fraction:03d}"[: 9 + digits]


def as_txt() -> bytes:
    return "\n\n".join(f"{who}: {words}" for who, _, _, words in SAID).encode()


def as_md() -> bytes:
    return "\n\n".join(f"**{who}:** {words}" for who, _, _, words in SAID).encode()


def as_docx() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for who, _, _, words in SAID:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{who}: ").bold = True
        paragraph.add_run(words)
    document.save(out)
    return out.getvalue()


def as_odt() -> bytes:
    names = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
    body = "".join(f"<text:p>{who}: {escape(words)}</text:p>" for who, _, _, words in SAID)
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return out.getvalue()


def as_rtf() -> bytes:
    def plain(words: str) -> str:
        return "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in words)

    body = "\\par\n\\par\n".join(f"\\b {who}:\\b0  {plain(words)}" for who, _, _, words in SAID)
    return ("{\\rtf1\\ansi\\ansicpg1252\\uc1\\pard " + body + "\\par}").encode("ascii")


def as_html() -> bytes:
    body = "".join(f"<p><b>{who}:</b> {html.escape(words)}</p>" for who, _, _, words in SAID)
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>".encode()


def as_vtt() -> bytes:
    cues = "\n\n".join(f"{stamp(a)} --> {stamp(b)}\n<v {who}>{html.escape(words)}</v>" for who, a, b, words in SAID)
    return f"WEBVTT\n\n{cues}\n".encode()


def as_srt() -> bytes:
    cues = (f"{n}\n{stamp(a, ',')} --> {stamp(b, ',')}\n{who}: {words}" for n, (who, a, b, words) in enumerate(SAID, 1))
    return "\n\n".join(cues).encode()


def as_json() -> bytes:
    segments = [{"start": a, "end": b, "text": f" {words}", "speaker": who, "words": []} for who, a, b, words in SAID]
    return json.dumps({"segments": segments}).encode()


def as_noscribe() -> bytes:
    lines = []
    for who, a, b, words in SAID:
        anchor = f"ts_{int(a * 1000)}_{int(b * 1000)}_{who}"
        lines.append(f'<p><a name="{anchor}"><span>{who}: {html.escape(words)}</span></a></p>')
    head = '<meta charset="UTF-8"><title>x</title>'
    return f"<!DOCTYPE HTML><html><head>{head}</head><body>{''.join(lines)}</body></html>".encode()


def as_exb() -> bytes:
    points = sorted({t for _, a, b, _ in SAID for t in (a, b)})
    line = "".join(f'<tli id="T{points.index(t)}" time="{t}"/>' for t in points)
    speakers = "".join(
        f'<speaker id="SPK{n}"><abbreviation>{who}</abbreviation></speaker>' for n, who in enumerate("IB")
    )
    tiers = ""
    for n, who in enumerate("IB"):
        events = "".join(
            f'<event start="T{points.index(a)}" end="T{points.index(b)}">{escape(words)} </event>'
            for speaker, a, b, words in SAID
            if speaker == who
        )
        tiers += f'<tier id="TIE{n}" speaker="SPK{n}" category="v" type="t" display-name="{who}">{events}</tier>'
    return (
        "<?xml version='1.0' encoding='UTF-8'?><basic-transcription><head><meta-information/><speakertable>"
        f"{speakers}</speakertable></head><basic-body><common-timeline>{line}</common-timeline>{tiers}"
        "</basic-body></basic-transcription>"
    ).encode()


def as_eaf() -> bytes:
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="a{n}" TIME_VALUE="{int(a * 1000)}"/><TIME_SLOT TIME_SLOT_ID="b{n}" TIME_VALUE="{int(b * 1000)}"/>'
        for n, (_, a, b, _) in enumerate(SAID)
    )
    tiers = ""
    for who in "IB":
        notes = "".join(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="x{n}" TIME_SLOT_REF1="a{n}" TIME_SLOT_REF2="b{n}">'
            f"<ANNOTATION_VALUE>{escape(words)}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
            for n, (speaker, _, _, words) in enumerate(SAID)
            if speaker == who
        )
        tiers += f'<TIER TIER_ID="{who}" LINGUISTIC_TYPE_REF="default-lt">{notes}</TIER>'
    return (
        "<?xml version='1.0' encoding='UTF-8'?><ANNOTATION_DOCUMENT VERSION='2.8'><HEADER/>"
        f"<TIME_ORDER>{slots}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>"
    ).encode()


CONTAINERS: dict[str, Callable[[], bytes]] = {
    "a.txt": as_txt, "a.md": as_md, "a.docx": as_docx, "a.odt": as_odt, "a.rtf": as_rtf, "a.html": as_html, "a.vtt": as_vtt,
    "a.srt": as_srt, "a.json": as_json, "noscribe.html": as_noscribe, "a.exb": as_exb, "a.eaf": as_eaf,
}  # fmt: skip
TIMED = {"a.vtt", "a.srt", "a.json", "noscribe.html", "a.exb", "a.eaf"}


@pytest.mark.parametrize("name", CONTAINERS)
def test_the_same_interview_in_every_container(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(CONTAINERS[name]())
    transcript = read_turns(read_file(path))
    assert [(t.speaker, t.text) for t in transcript.turns] == [(who, words) for who, _, _, words in SAID]
    assert [t.role for t in transcript.turns] == ["interviewer", "respondent"] * 3
    if name in TIMED:
        assert [(t.t_start, t.t_end, t.t_source) for t in transcript.turns] == [(a, b, "exact") for _, a, b, _ in SAID]


WORDS = [
    "Schule",
    "größtenteils",
    "äh",
    "Haus",
    "und",
    "nicht",
    "wir",
    "Öfen",
    "z.B.",
    "12:30",
    "Nord-/Süd",
    "Lehrer:innen",
    "ne",
]
SIGNS = [
    "(lacht)",
    "(..)",
    "(3)",
    "//mhm//",
    "#00:01:02-3#",
    "(unv.)",
    "[Name]",
    "Wort/",
    "(Axt?)",
    "((hustet))",
    "…",
    "°h",
    "\u00a0",
]
LINES = st.lists(st.sampled_from([*WORDS, *SIGNS]), min_size=1, max_size=12).map(" ".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["I: ", "B: ", "B1: ", "", "Zitat: ", "Datum: 1.2.2026 ", "# ", "Frau Kaya: "]), LINES
        ),
        min_size=1,
        max_size=10,
    ),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
def test_reading_loses_no_word(lines: list[tuple[str, str]], between: str) -> None:
    raw = between.join(start + words for start, words in lines)
    transcript = read_turns(read_text(raw.encode()))
    kept = [
        *(t.text for t in transcript.turns),
        *(t.speaker for t in transcript.turns),
        *transcript.meta.values(),
        *transcript.meta,
    ]
    there = " ".join(kept).casefold()
    # A label in front of a time mark alone is a turn of nobody's: nothing is said in it.
    said = " ".join(start + words if re.search(r"[^\W\d_]{2,}", words) else words for start, words in lines)
    said = re.sub(r"(?<=[a-zäöüß])[:*_]innen\b", "", said)  # a label is shown in one form for all gendered spellings
    lost = [w for w in re.findall(r"[^\W\d_]{2,}", said) if w.casefold() not in there]
    assert not lost


@settings(max_examples=150, deadline=None)
@given(
    st.lists(LINES, min_size=1, max_size=6).map("\n".join),
    st.sampled_from(["dresing-pehl", "kuckartz", "gat2", "tiq", "hiat", "jefferson", "unknown"]),
)
def test_the_offset_map_is_monotone_and_leads_back_to_the_raw_text(raw: str, notation: str) -> None:
    work, marks = clean(raw, notation)
    made = changes(work)
    rebuilt, at = [], 0
    for change in made:
        rebuilt += [work.text[at : change.new_start], change.before]
        assert work.text[change.new_start : change.new_end] == change.after
        at = change.new_end
    assert "".join([*rebuilt, work.text[at:]]) == raw
    spans = [(c.start, c.end, c.new_start, c.new_end) for c in made]
    places = [back(spans, i, i + 1) for i in range(len(work.text))]
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in itertools.pairwise(places))
    assert all(0 <= m.start <= m.end <= len(raw) for m in marks)


def test_a_megabyte_of_transcript_is_read_in_time_that_grows_with_its_size() -> None:
    import time

    words = string.ascii_lowercase
    random.seed(7)
    turn = "\n\n".join(
        f"{'IB'[n % 2]}: " + " ".join("".join(random.choices(words, k=6)) for _ in range(60)) + "." for n in range(300)
    )

    def seconds(text: str) -> float:
        best = 100.0
        for _ in range(3):  # the shortest: other work beside disturbs a single measure
            started = time.process_time()
            for t in read_turns(read_text(text.encode())).turns:
                clean(t.text, "dresing-pehl")
            best = min(best, time.process_time() - started)
        return best

    once, four = seconds(turn), seconds("\n\n".join([turn] * 4))
    assert four < 8 * once + 0.2  # linear; a quadratic pass would be sixteen times
