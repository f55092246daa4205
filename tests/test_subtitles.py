"""Subtitles to cues: what programs write and what people damage; valid files as webvtt-py reads them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.readers.subtitle_grammar import clock
from pipeline.readers.subtitles import read_sbv, read_srt, read_tsv, read_vtt
from pipeline.reading import Cue, Reading, Unreadable

CASES = json.loads((Path(__file__).parent / "cases" / "readers_subtitles.json").read_text(encoding="utf-8"))
SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
READ: dict[str, Callable[[bytes], Reading]] = {"vtt": read_vtt, "srt": read_srt, "sbv": read_sbv, "tsv": read_tsv}
WORD = re.compile(r"\w+")


def told(reading: Reading, fragments: list[str]) -> None:
    assert len(reading.warnings) == len(fragments), reading.warnings
    for fragment in fragments:
        assert sum(fragment in warning for warning in reading.warnings) == 1, (fragment, reading.warnings)


def shape(cue: Cue) -> list[Any]:
    return [cue.speaker, cue.t_start, cue.t_end, cue.text]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: dict[str, Any]) -> None:
    reading = READ[case["form"]](case["data"].encode())
    assert [shape(cue) for cue in reading.cues] == [cue[:4] for cue in case["cues"]]
    assert [cue.ref for cue in reading.cues] == [(cue[4:] or [f"Cue {n}"])[0] for n, cue in enumerate(case["cues"], 1)]
    assert (reading.format, reading.blocks, reading.tool) == (case["form"], (), case.get("tool", ""))
    told(reading, case.get("warns", []))
    if case.get("meta", {}) is not None:
        assert reading.meta == case.get("meta", {})
    assert [cue.t_source for cue in reading.cues] == case.get("sources", ["exact"] * len(reading.cues))
    assert [cue.confidence for cue in reading.cues] == case.get("confidence", [None] * len(reading.cues))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_kinds_of_newlines_and_encodings_make_no_difference(case: dict[str, Any]) -> None:
    """But for Zoom, which is told by its CRLF."""
    plain = READ[case["form"]](case["data"].encode())
    text = case["data"].removeprefix("\ufeff").replace("\r\n", "\n")
    for data in (
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
        ("\ufeff" + text).encode("utf-16-le"),
    ):
        assert READ[case["form"]](data).cues == plain.cues


@pytest.mark.parametrize(
    ("form", "data", "verdict"),
    [
        ("vtt", b"", ("skipped", "empty")),
        ("srt", b" \r\n\t\n", ("skipped", "empty")),
        ("tsv", b"\n", ("skipped", "empty")),
        ("vtt", b"WEBVTT\n\nNOTE nur eine Notiz\n", ("failed", "no_speech")),
        ("vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kaya></v>\n", ("failed", "no_speech")),
        ("srt", b"1\n", ("failed", "no_speech")),
        ("srt", b"1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:02,000 --> 00:00:03,000\n <i></i>\n", ("failed", "no_speech")),
        ("tsv", b"start\tend\ttext\n", ("failed", "no_speech")),
        ("tsv", b"name\talter\tort\nKaya\t52\tHerne\n", ("skipped", "unsupported")),
        ("tsv", b"start\tend\n1\t2\n", ("skipped", "unsupported")),
        ("srt", bytes(range(1, 9)) * 40 + b"\xff\xfe\xfd", ("skipped", "unsupported")),
    ],
)  # fmt: skip
def test_refusals(form: str, data: bytes, verdict: tuple[str, str]) -> None:
    with pytest.raises(Unreadable) as caught:
        READ[form](data)
    assert (caught.value.status, caught.value.code) == verdict
    assert caught.value.reason.endswith(".")
    assert caught.value.advice.endswith(".")
    assert "Kaya" not in str(caught.value)


def test_clock() -> None:
    known = {
        "0:00:00.378": 0.378,
        "01:02,5": 62.5,
        "00:00:22,1000": 23.0,
        "00:00:22.5060000": 22.506,
        "100:00.0": 6000.0,
    }
    assert {written: clock(written) for written in known} == known
    for wrong in ("", "12", "00:60", "00:60:00", "-00:01.000", "00:00:0a", "1:2:3:4", "nan", "00:00:01.0000000000"):
        assert clock(wrong) is None, wrong


def test_warnings_name_nobody() -> None:
    for case in CASES:
        reading = READ[case["form"]](case["data"].encode())
        names = {cue.speaker for cue in reading.cues} - {"", "Unbekannt"}
        assert not [name for name in names for warning in reading.warnings if name in warning]


WORDS = st.sampled_from(
    ["Ja", "und", "dann", "1971", "äh", "größer", "R&amp;D", "&lt;lacht&gt;", "<i>so</i>", "12:30", "-"]
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=3)
SPEECH = st.tuples(
    LINES, st.sampled_from(["", "Anna B.", "Öz, Deniz (extern)"]), st.sampled_from(["", "align:start line:0"])
)


@given(st.lists(SPEECH, min_size=1, max_size=12), st.sampled_from(["", "number", "name"]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_valid_files_as_webvtt_py_reads_them(cues: list[tuple[list[str], str, str]], ids: str, hours: bool) -> None:
    parts = ["WEBVTT"]
    for n, (lines, speaker, setting) in enumerate(cues):
        start, end = (f"{'00:' * hours}{n // 60:02}:{n % 60:02}.{part}" for part in ("000", "750"))
        ident = {"": "", "number": f"{n + 1}\n", "name": f"cue-{n}\n"}[ids]
        text = "\n".join(lines)
        parts.append(
            f"{ident}{start} --> {end} {setting}".rstrip()
            + f"\n<v {speaker}>{text}</v>" * bool(speaker)
            + f"\n{text}" * (not speaker)
        )
    data = "\n\n".join(parts) + "\n"
    theirs = webvtt.from_string(data)
    ours = read_vtt(data.encode()).cues
    assert [(cue.speaker, cue.t_start, cue.t_end, cue.text) for cue in ours] == [
        (cue.voice or "", clock(cue.start), clock(cue.end), " ".join(html.unescape(cue.text).split())) for cue in theirs
    ]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="shared samples are not here")
@pytest.mark.parametrize(
    "name", ["sample", "captions_with_bom", "comments", "metadata_headers", "styles", "using_identifiers", "cue_tags"]
)
def test_real_files_as_webvtt_py_reads_them(name: str) -> None:
    path = SAMPLES / "vtt" / f"{name}.vtt"
    ours = read_vtt(path.read_bytes()).cues
    assert [(cue.t_start, cue.t_end, cue.text) for cue in ours] == [
        (clock(cue.start), clock(cue.end), " ".join(cue.text.split())) for cue in webvtt.read(str(path))
    ]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="shared samples are not here")
@pytest.mark.parametrize(
    ("name", "cues", "speakers", "tool"),
    [
        ("teams-vtt/teams_de.vtt", 4, 3, "Teams"), ("zoom-vtt/zoom_de.vtt", 3, 0, "Zoom"),
        ("whisper/whisper.vtt", 2, 0, "Whisper"), ("whisper/whisper.tsv", 2, 0, "Whisper"),
        ("whisper/whisperx.srt", 2, 2, "WhisperX"), ("vtt/youtube_dl.vtt", 3, 0, "YouTube"),
        ("vtt/invalid.vtt", 7, 0, ""), ("vtt/invalid_timeframe_in_cue_text.vtt", 3, 0, ""),
        ("vtt/missing_caption_text.vtt", 4, 0, ""), ("srt/missing_timeframe.srt", 5, 0, ""),
        ("srt/missing_caption_text.srt", 4, 0, ""), ("srt/sample.srt", 5, 0, ""), ("srt/one_caption.srt", 1, 0, ""),
        ("srt/invalid_format2.srt", 1, 0, ""), ("srt/invalid_format3.srt", 1, 0, ""),
        ("srt/invalid_format4.srt", 1, 0, ""), ("bad/srt_negative.srt", 2, 0, ""), ("sbv/sample.sbv", 5, 0, ""),
        ("atrain/240312_1015-Intervi_nospeakers/transcription.srt", 6, 0, ""),
    ],
)  # fmt: skip
def test_samples(name: str, cues: int, speakers: int, tool: str) -> None:
    path = SAMPLES / name
    reading = READ[path.suffix[1:]](path.read_bytes())
    found = {cue.speaker for cue in reading.cues} - {""}
    assert (len(reading.cues), len(found), reading.tool) == (cues, speakers, tool)
    starts = [cue.t_start for cue in reading.cues if cue.t_start is not None]
    assert starts == sorted(starts)


MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, 3000),
        st.one_of(st.binary(max_size=6), st.sampled_from([b"-->", b"\n\n", b"<v ", b"&#0;", b"{\\"])),
    ),
    max_size=8,
)


@given(st.sampled_from(CASES), MUTATIONS, st.integers(0, 3000))
@settings(max_examples=60, deadline=None)
def test_damage_raises_nothing_else(case: dict[str, Any], mutations: list[tuple[int, bytes]], cut: int) -> None:
    data = case["data"].encode()
    for place, put in mutations:
        place %= len(data)
        data = data[:place] + put + data[place + len(put) // 2 :]
    try:
        reading = READ[case["form"]](data[: cut or None])
    except Unreadable as error:
        assert error.code in ("empty", "unsupported", "no_speech")  # noqa: PT017 (what else is raised fails the test)
        return
    assert reading.cues
    for cue in reading.cues:
        assert cue.text == " ".join(cue.text.split()) != ""
        assert cue.t_start is None or cue.t_end is None or 0 <= cue.t_start <= cue.t_end


@given(st.lists(st.sampled_from(
    ["1", "2", "3", "1971", "", "", "eins zwei", "drei vier", "fünf", "00:00:01,000 --> 00:00:02,000", "00:00:03,000 --> 00:00:04,000"]
), min_size=1, max_size=25))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost_in_any_order_of_lines(lines: list[str]) -> None:
    """Words of letters, that is; whether a number is one of a subtitle depends on its place."""
    said = [word for line in lines if "-->" not in line for word in WORD.findall(line) if not word.isdigit()]
    try:
        cues = read_srt("\n".join(lines).encode()).cues
    except Unreadable:
        assert not said
        return
    found = [word for cue in cues for word in WORD.findall(cue.text)]
    assert sorted(word for word in found if not word.isdigit()) == sorted(said)


@pytest.mark.parametrize(
    "sign", ["<c ", "<v ", "{\\", "&#1", "1\n", "NOTE x\n\n", "00:00:0", "- ", "[", "-->", "\x00 a"]
)
def test_endless_signs_take_linear_time(sign: str) -> None:
    """A pass that is not linear would take minutes here, and the run would not end."""
    data = ("WEBVTT\n\n00:01.000 --> 00:02.000\nAnfang\n" + sign * 60_000).encode()
    assert read_vtt(data).cues[0].text.startswith("Anfang")
