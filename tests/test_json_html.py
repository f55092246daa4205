"""JSON of transcribing programs, oTranscribe and HTML: what their files hold, and what people and accidents do to them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.readers import html, json_cues
from pipeline.reading import HEADING, NONE, ROW, Cue, Reading, Sign, Unreadable
from pipeline.speakers.turns import read_turns

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"

NOSCRIBE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN"><html><head><meta charset="UTF-8">
<meta name="audio_source" content="D:\\Ton\\Gespraech.mp3"></head><body><div class="WordSection1">
<p style="font-weight:600">Gespräch 4</p>
<p><span style="color: #909090">Transkribiert mit noScribe Version 0.6.2<br>Audiodatei: D:\\Ton\\Gespraech.mp3<br>(Sprache: de)</span></p>
<p><a name="ts_0_12140_">(12 Sekunden Pause) </a></p>
<p><a name="ts_12140_15000_S00" >S00: <span style="color: #78909C" >[00:00:12]</span> Guten Tag &amp; willkommen.</a><a
 name="ts_15000_16000_S00" > Wie geht&#x27;s?</a></p>
<p><a name="ts_16000_20000_S01" >S01: <span style="color: #78909C" >[00:00:16]</span> Also ich</a><a
 name="ts_20000_22300_S01"> (..)</a><a name="ts_22300_23000_S01" > wohne hier</a><a
 name="ts_23000_24000_//S00" > //S00: Ja, genau.</a><a name="ts_24000_25000_S01" >// seit Jahren.</a><a
 name="ts_25000_26000_//S02" > //S02: Herrlich.//</a></p>
<p><a name="ts_26000_27000_S00" >S00: <span style="color: #78909C" >[00:00:26]</span> Schön.</a></p></div></body></html>"""

QT = """<html><head><meta name="qrichtext" content="1" /></head><body>
<p><span style=" font-weight:600;">Titel</span></p>
<p><a name="ts_0_1000_S00"></a>Frau Müller: <span style=" color:#78909c;">[00:00:00]</span> Hallo.<a
 name="ts_1000_2000_S00"></a> Wie war das?</p>
<p><a name="ts_3000_2500_S01"></a>S01: Gut: war das.</p>
<p><a name="ts_3500_4000_S01"></a>Also mein Punkt: so ging das nicht.</p></body></html>"""


def dumped(**data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def cues(**data: Any) -> tuple[Cue, ...]:
    return json_cues.read(dumped(**data)).cues


def said(reading: Reading) -> list[tuple[str, str, float | None, float | None]]:
    return [(cue.speaker, cue.text, cue.t_start, cue.t_end) for cue in reading.cues]


def page(body: str) -> Reading:
    return html.read(f"<html><body>{body}</body></html>".encode())


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


def refused(data: bytes, read: Any = json_cues.read) -> tuple[str, str, str]:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.reason.endswith(".")
    return caught.value.status, caught.value.code, caught.value.reason


def word(text: str, start: float | None = None, end: float | None = None, **more: Any) -> dict[str, Any]:
    return {"word": text, **({} if start is None else {"start": start, "end": end}), **more}


# JSON


@pytest.mark.parametrize(
    ("tool", "data"),
    [
        ("aTrain", {"segments": [{"start": 0, "end": 1, "text": " Ja", "words": []}]}),
        ("Whisper", {"text": " Ja", "segments": [{"start": 0, "end": 1, "text": " Ja", "seek": 0}], "language": "de"}),
        ("WhisperX", {"segments": [{"start": 0, "end": 1, "text": "Ja", "words": []}], "word_segments": []}),
        ("Amberscript", {"speakers": [{"spkid": "s"}], "segments": [{"words": [{"start": 0, "end": 1, "text": "Ja"}]}]}),
        ("Whisper", {"transcription": [{"offsets": {"from": 0, "to": 1000}, "text": " Ja"}]}),
        ("Whisper", {"text": "Ja", "chunks": [{"timestamp": [0.0, 1.0], "text": " Ja"}]}),
        ("", {"segments": [{"start": 0, "end": 1, "text": "Ja"}]}),
    ],
    ids=["atrain", "whisper", "whisperx", "amberscript", "whisper.cpp", "transformers", "unknown"],
)  # fmt: skip
def test_programs(tool: str, data: dict[str, Any]) -> None:
    reading = json_cues.read(dumped(**data))
    assert (reading.tool, reading.format, reading.blocks) == (tool, "json", ())
    assert said(reading) == [("", "Ja", 0.0, 1.0)]
    assert reading.cues[0].ref == "Segment 1"


def test_list_of_segments() -> None:
    data = json.dumps([{"start": 1, "end": 2, "text": " Ja.", "avg_logprob": -0.1}]).encode()
    assert json_cues.read(data).tool == "Whisper"
    assert refused(json.dumps([{"text": "ein Tweet"}]).encode())[:2] == ("skipped", "not_transcript")


@pytest.mark.parametrize("time", [float("nan"), -1, None, "bald", True, [], float("inf"), 10**400, {}])
def test_impossible_times(time: Any) -> None:
    reading = json_cues.read(json.dumps({"segments": [{"start": time, "end": 2, "text": "Ja"}]}).encode())
    assert said(reading) == [("", "Ja", None, 2.0)]
    assert sum("ohne gültige Zeit: 1." in warning for warning in reading.warnings) == 1


def test_order_and_swapped_times() -> None:
    reading = json_cues.read(
        dumped(segments=[
            {"start": 9, "end": 9, "text": "c"}, {"text": "d"}, {"start": 5.0004, "end": 4, "text": "b"},
            {"start": "1.5", "end": 2, "text": "a"},
        ])
    )  # fmt: skip
    assert said(reading) == [("", "a", 1.5, 2.0), ("", "b", 4.0, 5.0), ("", "c", 9.0, 9.0), ("", "d", None, None)]
    assert [cue.ref for cue in reading.cues] == ["Segment 4", "Segment 3", "Segment 1", "Segment 2"]
    assert any("vertauscht" in warning and ": 1." in warning for warning in reading.warnings)


def test_whispers_figures() -> None:
    figures = [
        {"avg_logprob": -0.21, "no_speech_prob": 0.02, "compression_ratio": 1.1},
        {"avg_logprob": -0.21, "no_speech_prob": 0.61},
        {"avg_logprob": -0.81},
        {"compression_ratio": 2.41},
        {"avg_logprob": 3.0, "compression_ratio": 2.4, "no_speech_prob": 0.6},
        {"avg_logprob": float("nan"), "no_speech_prob": None},
    ]
    segments = [{"start": n, "end": n + 1, "text": "Ja", **figure} for n, figure in enumerate(figures)]
    found = json_cues.read(json.dumps({"segments": segments}).encode()).cues
    assert [cue.doubt for cue in found] == [False, True, True, True, False, False]
    assert [cue.confidence for cue in found] == [0.811, 0.811, 0.445, None, 1.0, None]


def test_odd_texts() -> None:
    reading = json_cues.read(
        dumped(segments=[
            {"start": 0, "end": 1, "text": None, "words": [word(" aus"), word(" Worten")]}, {"start": 1, "end": 2, "text": 1971},
            {"start": 2, "end": 3, "text": {"a": 1}}, "nur Text", {"start": 4, "end": 5, "text": "  Zei\u00ad\nle\tzwei\u00a0 "}, 7, None,
        ])
    )  # fmt: skip
    assert [cue.text for cue in reading.cues] == ["aus Worten", "1971", "nur Text", "Zei le zwei", "7"]
    assert any("ohne lesbaren Text: 1." in warning for warning in reading.warnings)
    assert any("unsichtbares Zeichen" in warning for warning in reading.warnings)


def test_half_signs_and_line_separators() -> None:
    raw = '{"segments":[{"start":0,"end":1,"text":"a\\ud800b\u2028c","speaker":"S\\udfff"}]}'
    cue = json_cues.read(raw.encode()).cues[0]
    assert (cue.text, cue.speaker) == ("a\ufffdb c", "S\ufffd")


def test_atrain_segment_without_speaker() -> None:
    segments = [
        {"start": 0, "end": 1, "text": " Ja.", "words": [], "speaker": "SPEAKER_00"},
        {"start": 1, "end": 2, "text": " Mhm.", "words": []},
    ]
    assert [cue.speaker for cue in cues(segments=segments)] == ["SPEAKER_00", "Speaker undefined"]
    assert [cue.speaker for cue in cues(segments=segments[1:])] == [""]
    assert [cue.speaker for cue in cues(segments=segments, word_segments=[])] == ["SPEAKER_00", ""]


def test_whisperx_splits_at_words() -> None:
    words = [
        word("Seit", 0.0, 0.4, speaker="A"), word("1971", speaker="A"), word("da.", 1.0, 1.4, speaker="A"),
        word("Ach", 1.6, 1.8, speaker="B"), word("so!", 1.8, 2.0), word("Ja.", 2.4, 2.6, speaker="A"),
    ]  # fmt: skip
    segment = {"start": 0.0, "end": 2.8, "text": " Seit 1971 da. Ach so! Ja.", "speaker": "A", "words": words}
    reading = json_cues.read(dumped(segments=[segment], word_segments=[]))
    assert said(reading) == [("A", "Seit 1971 da.", 0.0, 1.4), ("B", "Ach so!", 1.6, 2.0), ("A", "Ja.", 2.4, 2.8)]
    assert {cue.ref for cue in reading.cues} == {"Segment 1"}
    assert {cue.t_source for cue in reading.cues} == {"exact"}


def test_whisperx_numbers_have_no_time() -> None:
    words = [word("Wann?", 0.0, 0.4, speaker="A"), word("1971", speaker="B"), word("war", 1.0, 1.2, speaker="B")]
    first, second = cues(
        segments=[{"start": 0, "end": 2, "text": "Wann? 1971 war", "speaker": "A", "words": words}], word_segments=[]
    )
    assert (first.t_end, second.t_start, second.t_end) == (0.4, 0.4, 2.0)
    assert (first.t_source, second.t_source) == ("exact", "derived")


def test_all_words_have_another_speaker_than_the_segment() -> None:
    words = [word("Ja", 0, 1, speaker="B"), word("doch", 1, 2, speaker="B")]
    assert cues(segments=[{"start": 0, "end": 2, "text": "Ja doch", "speaker": "A", "words": words}])[0].speaker == "B"


def test_words_that_do_not_fit_the_text_split_nothing() -> None:
    words = [word("Gans", 0, 1, speaker="A"), word("anders", 1, 2, speaker="B")]
    reading = json_cues.read(
        dumped(segments=[{"start": 0, "end": 2, "text": "Ganz was andres", "speaker": "A", "words": words}])
    )
    assert said(reading) == [("A", "Ganz was andres", 0.0, 2.0)]
    assert any("nicht geteilt" in warning for warning in reading.warnings)


@given(
    st.lists(st.tuples(st.sampled_from(["ja", "nein", "1971", "so,"]), st.sampled_from(["A", "B", None])), min_size=1)
)
@settings(max_examples=60, deadline=None)
def test_splitting_keeps_every_word(pairs: list[tuple[str, str | None]]) -> None:
    text = " ".join(part for part, _ in pairs)
    words = [word(part, **({"speaker": who} if who else {})) for part, who in pairs]
    found = cues(segments=[{"start": 0, "end": 2, "text": f" {text}", "words": words}], word_segments=[])
    assert " ".join(cue.text for cue in found) == text


def amber(*words: dict[str, Any], **more: Any) -> dict[str, Any]:
    speakers = [{"spkid": "spk1", "name": "Interviewerin"}, {"spkid": "spk2", "name": " "}, None]
    return {"speakers": speakers, "segments": [{"speaker": "spk1", "words": list(words)}], **more}


def test_amberscript() -> None:
    words = [
        {"start": 0.45, "end": 1.0, "text": "Glück", "conf": 0.65}, {"start": 1.0, "end": 1.2, "text": " ", "conf": 0.1},
        {"start": 1.2, "end": 1.65, "text": "auf.", "conf": 0.95},
    ]  # fmt: skip
    data = amber(*words, startTimeOffset=10.5, filename="Band.mp3", highlights=[{}, {}])
    data["segments"].append({"speaker": "spk2", "words": [{"start": float("nan"), "text": "Ja", "conf": 7}]})
    data["segments"].append({"speaker": "spk9", "words": []})
    reading = json_cues.read(json.dumps(data).encode())
    first, second = reading.cues
    assert (first.text, first.speaker, first.t_start, first.t_end) == ("Glück auf.", "Interviewerin", 10.95, 12.15)
    assert first.signs == (Sign("uncertain", "Glück", 0, 5),)
    assert first.confidence == 0.8
    assert (second.speaker, second.t_start, second.confidence) == ("spk2", None, 1.0)
    assert reading.meta == {"aufnahme": "Band.mp3"}
    assert any("Hervorhebungen" in w and ": 2." in w for w in reading.warnings)


def test_text_without_segments() -> None:
    reading = json_cues.read(dumped(text=" Ja.\nNein. ", language="de"))
    assert said(reading) == [("", "Ja. Nein.", None, None)]
    assert reading.meta == {"sprache": "de"}
    assert any("keine Zeiten" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", "skipped", "empty"),
        (b" \n", "skipped", "empty"),
        (b'{"a":[1,2,{"b":null}]}', "skipped", "not_transcript"),
        (b'{"segments": 7}', "skipped", "not_transcript"),
        (b'{"segments": {"0": {"text": "Ja"}}}', "skipped", "not_transcript"),
        (b'{"segments": [{"id": 1}]}', "skipped", "not_transcript"),
        (b'{"text": "Ein Beitrag", "author": "x", "likes": 3}', "skipped", "not_transcript"),
        (b'"Ja"', "skipped", "not_transcript"),
        (b"17", "skipped", "not_transcript"),
        (b"null", "skipped", "not_transcript"),
        (b'{"segments": []}', "skipped", "empty"),
        (b'{"segments":[{"start":NaN,"end":-1,"text":null}]}', "skipped", "empty"),
        (b'{"segments":[{"start":0,"end":1,"text":"Ha', "failed", "damaged"),
        (b'{"segments":[{"start":0,"end":1', "failed", "damaged"),
        (b'{"segments":[{"start":0,,"end":1}]}', "failed", "damaged"),
        (b"[" * 200_000, "failed", "damaged"),
        (b'{"segments":' * 200_000, "failed", "damaged"),
        (b"[" * 200_000 + b"]" * 200_000, "failed", "damaged"),
        (b'{"segments":[{"start":' + b"9" * 5000 + b',"text":"Ja"}]}', "failed", "damaged"),
        (bytes(range(256)) * 40, "skipped", "unsupported"),
        (b'{"text": "", "media": "x.mp3"}', "skipped", "empty"),
        (b'{"text": "<p>&nbsp;</p>", "media": "x.mp3"}', "skipped", "empty"),
    ],
)
def test_json_that_is_refused(data: bytes, status: str, code: str) -> None:
    assert refused(data)[:2] == (status, code)


def test_truncated_json_says_so() -> None:
    assert "bricht ab (Zeile 2" in refused(b'{"segments":[\n{"start":0,"end":1,"text":"Ha')[2]
    assert "beschädigt (Zeile 1" in refused(b'{"segments":[{,}]}')[2]


def test_long_files_take_linear_time() -> None:
    words = [word("ja", n / 10, n / 10 + 0.1, speaker="AB"[n // 3 % 2]) for n in range(60_000)]
    data = dumped(segments=[{"start": 0, "end": 6000, "text": " ja" * 60_000, "words": words}], word_segments=[])
    begun = time.process_time()
    found = json_cues.read(data).cues
    assert len(found) == 20_000
    assert time.process_time() - begun < 8


VALID = json.dumps({**amber({"start": 0, "end": 1, "text": "Ja", "conf": 0.5}), "segments": [
    {"start": 0, "end": 1.5, "text": " Ja, gut.", "speaker": "A", "words": [word("Ja,", 0, 1, speaker="A"), word("gut.", speaker="B")]}
]}).encode()  # fmt: skip
WILD = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "segments words text word start end speaker speakers spkid name conf media timestamp chunks".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(WILD)
@settings(max_examples=60, deadline=None)
def test_any_json_is_read_or_refused(data: Any) -> None:
    try:
        reading = json_cues.read(json.dumps(data).encode())
    except Unreadable:
        return
    assert reading.cues or any(block.text for block in reading.blocks)


def mutated(data: bytes, cut: int, flips: list[tuple[int, int]]) -> bytes:
    raw = bytearray(data[: cut % (len(data) + 1)] if cut % 3 == 0 else data)
    for place, bit in flips:
        if raw:
            raw[place % len(raw)] ^= 1 << bit
    return bytes(raw)


@pytest.mark.parametrize("read", [json_cues.read, html.read], ids=["json", "html"])
@given(
    st.sampled_from([VALID, NOSCRIBE.encode(), QT.encode(), dumped(text="<p><span class='timestamp' data-timestamp='1'>", media="")]),
    st.integers(0, 5000), st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 7)), max_size=30),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_mutated_files_are_read_or_refused(read: Any, data: bytes, cut: int, flips: list[tuple[int, int]]) -> None:
    try:
        reading = read(mutated(data, cut, flips))
    except Unreadable:
        return
    assert any(cue.text for cue in reading.cues) or any(block.text for block in reading.blocks)


# oTranscribe


def stamp(value: str, seen: str) -> str:
    return f'<span class="timestamp" contenteditable="false" data-timestamp="{value}">{seen}</span>'


def test_otranscribe() -> None:
    text = (
        f"<p>{stamp('2.104', '00:02')}&nbsp;<b>I:</b> Wie hei&szlig;t die Stra&szlig;e?</p>"
        f"<p>{stamp('6.77', '00:06')}&nbsp;<b>B: Emscherstra&szlig;e.</b><br />Da <i>wohn</i> ich.</p>"
        f"<p>{stamp('3725', '1:02:05')}&nbsp;B: Alt.</p>"
    )
    reading = json_cues.read(dumped(**{"text": text, "media": "Band_4.mp3", "media-time": 3730.12}))
    assert texts(reading) == [
        "[00:00:02.104] I: Wie heißt die Straße?", "[00:00:06.770] B: Emscherstraße.", "Da wohn ich.", "[01:02:05] B: Alt.",
    ]  # fmt: skip
    assert (reading.format, reading.tool, reading.cues) == ("otr", "oTranscribe", ())
    assert reading.meta == {"aufnahme": "Band_4.mp3", "abspielstelle": "3730.12"}
    assert reading.blocks[1].bold == 1.0
    assert reading.blocks[0].bold == pytest.approx(2 / 20)
    assert reading.blocks[2].italic == pytest.approx(4 / 10)
    turns = read_turns(reading).turns
    assert [(t.speaker, t.t_start) for t in turns] == [("I", 2.104), ("B", 6.77), ("B", 3725.0)]


@pytest.mark.parametrize(
    ("value", "seen", "expected", "odd"),
    [
        ("02:10", "02:10", "[02:10]", False),
        ("1:02:10", "1:02:10", "[1:02:10]", False),
        ("NaN", "02:10", "[02:10]", False),
        ("-4", "früher", "früher", True),
        ("", "", "", True),
        ("4", "0<b>0</b>:04", "[00:00:04]", False),
        ("4", "00:04 Ach", "[00:00:04] 00:04 Ach", False),
    ],
)
def test_stamps_of_otranscribe(value: str, seen: str, expected: str, odd: bool) -> None:
    reading = json_cues.read(dumped(text=f"{stamp(value, seen)} Ja.", media=""))
    assert texts(reading) == [f"{expected} Ja.".strip()]
    assert any("ungültig" in warning for warning in reading.warnings) == odd


def test_otranscribe_lines_in_divs_and_online_media() -> None:
    data = {
        "text": "I: Eins<div>B: Zwei</div><div><br></div><div>I: Drei</div>",
        "media": "",
        "media-source": "https://x.example",
    }
    reading = json_cues.read(dumped(**data))
    assert [text for text in texts(reading) if text] == ["I: Eins", "B: Zwei", "I: Drei"]
    assert reading.meta == {"quelle": "https://x.example"}


# noScribe


def test_noscribe() -> None:
    reading = html.read(NOSCRIBE.encode())
    assert said(reading) == [
        ("", "(12 Sekunden Pause)", 0.0, 12.14),
        ("S00", "Guten Tag & willkommen.", 12.14, 15.0),
        ("S00", "Wie geht's?", 15.0, 16.0),
        ("S01", "Also ich", 16.0, 20.0),
        ("S01", "(..)", 20.0, 22.3),
        ("S01", "wohne hier", 22.3, 23.0),
        ("S00", "Ja, genau.", 23.0, 24.0),
        ("S01", "seit Jahren.", 24.0, 25.0),
        ("S02", "Herrlich.", 25.0, 26.0),
        ("S00", "Schön.", 26.0, 27.0),
    ]
    assert (reading.tool, reading.blocks, reading.warnings) == ("noScribe", (), ())
    assert reading.meta == {
        "titel": "Gespräch 4", "transkription": "Transkribiert mit noScribe Version 0.6.2",
        "aufnahme": "D:\\Ton\\Gespraech.mp3", "optionen": "(Sprache: de)",
    }  # fmt: skip
    assert [sign for cue in reading.cues for sign in cue.signs] == [
        Sign("pause", "12.1", 0, 19), Sign("pause", "2.3", 0, 4), Sign("overlap", "", 0, 10), Sign("overlap", "", 0, 9),
    ]  # fmt: skip
    assert [cue.ref for cue in reading.cues][:2] == ["Abs. 3", "Abs. 4"]


def test_noscribe_saved_by_its_editor() -> None:
    reading = html.read(QT.encode())
    assert said(reading) == [
        ("Frau Müller", "Hallo.", 0.0, 1.0),
        ("Frau Müller", "Wie war das?", 1.0, 2.0),
        ("S01", "Gut: war das.", 2.5, 3.0),
        ("S01", "Also mein Punkt: so ging das nicht.", 3.5, 4.0),
    ]
    assert any("vertauscht" in warning for warning in reading.warnings)


def test_noscribe_with_names_given_by_a_person() -> None:
    renamed = NOSCRIBE.replace(">S00:", ">Interviewer:in:").replace("//S02:", "//Ehemann:")
    assert [c.speaker for c in html.read(renamed.encode()).cues] == [
        "", "Interviewer:in", "Interviewer:in", "S01", "S01", "S01", "Interviewer:in", "S01", "Ehemann", "Interviewer:in",
    ]  # fmt: skip
    once = NOSCRIBE.replace(">S00:", ">Interviewerin:", 1)
    assert {c.speaker for c in html.read(once.encode()).cues} == {"", "Interviewerin", "S01", "S02"}


def anchored(*paragraphs: str) -> Reading:
    return page("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))


def a(start: int, who: str, text: str) -> str:
    return f'<a name="ts_{start}_{start + 500}_{who}">{text}</a>'


def test_noscribe_corrected_speakers() -> None:
    reading = anchored(
        a(0, "S00", "S00: Eins."), a(1000, "S01", "S01: Zwei."), a(2000, "S00", "S01: Doch B."),
        a(3000, "S01", "S01: Drei."), a(4000, "S01", "Ehemann: Vier."), a(5000, "S01", "S01: Fünf."),
    )  # fmt: skip
    assert [c.speaker for c in reading.cues] == ["S00", "S01", "S01", "S01", "Ehemann", "S01"]
    assert any("anderen Namen" in w and ": 2." in w for w in reading.warnings)


def test_noscribe_text_outside_of_anchors_is_kept() -> None:
    reading = anchored(
        "S00: vorn " + a(0, "S00", "mitten") + " <b>hinten</b>", "Neu getippt.", "S01: Von B.<br>Noch eins.",
        a(2000, "S01", "S01: Ja.") + a(2500, "S00", "S00: Zusammengezogen."),
    )  # fmt: skip
    assert said(reading) == [
        ("S00", "vorn mitten hinten", 0.0, 0.5), ("S00", "Neu getippt.", None, None), ("S01", "Von B. Noch eins.", None, None),
        ("S01", "Ja.", 2.0, 2.5), ("S00", "Zusammengezogen.", 2.5, 3.0),
    ]  # fmt: skip
    assert any("ohne gültige Zeit: 2." in w for w in reading.warnings)


def test_noscribe_header_and_speech_above_the_first_anchor() -> None:
    reading = anchored("Titel", "Interviewerin: Kaya", "S00: Das steht ganz ohne Anker da.", a(0, "S00", "S00: Ja."))
    assert reading.meta == {"titel": "Titel", "kopf": "Interviewerin: Kaya"}
    assert said(reading) == [("S00", "Das steht ganz ohne Anker da.", None, None), ("S00", "Ja.", 0.0, 0.5)]
    assert any("als Kopf" in w and ": 1." in w for w in reading.warnings)


def test_noscribe_without_speakers_keeps_all_text() -> None:
    reading = anchored(a(0, "", "I: Wie war das?"), a(600, "", "B: Gut. Punkt: so."))
    assert [(c.speaker, c.text) for c in reading.cues] == [("", "I: Wie war das?"), ("", "B: Gut. Punkt: so.")]


@pytest.mark.parametrize(
    ("name", "start"), [("ts_-5_500_S00", None), ("ts_1_500_S00", 0.001), ("ts_9999999999_500_S00", None)]
)
def test_noscribe_odd_anchors(name: str, start: float | None) -> None:
    cue = page(f'<p><a name="{name}">S00: Ja.</a></p>').cues[0]
    assert (cue.speaker, cue.text, cue.t_start, cue.t_end) == ("S00", "Ja.", start, 0.5)


# other pages


def test_page() -> None:
    reading = html.read(
        "<html><head><title>Gespräch &amp; mehr</title><style>.c1{font-weight:700}</style><script>'<p>nein</p>'</script></head>"
        "<body>lose<h1>Kopf</h1><p><b>I:</b> Wie <i>alt</i>?</p><p class=c1>Fett&nbsp;&nbsp; 0:04<!-- k --> da</p>"
        "<div>eins<br>zwei\n und</div><ul><li>a<li>b</ul><hr><pre>x  y\nz</pre></body></html>".encode()
    )
    assert texts(reading) == [
        "lose",
        "Kopf",
        "I: Wie alt?",
        "Fett   0:04 da",
        "eins",
        "zwei und",
        "a",
        "b",
        "---",
        "x  y",
        "z",
    ]
    assert reading.meta == {"titel": "Gespräch & mehr"}
    assert (reading.format, reading.tool, reading.warnings) == ("html", "", ())
    assert [block.kind for block in reading.blocks if block.kind != "text"] == [HEADING, NONE]
    third, fourth = reading.blocks[2:4]
    assert (third.ref, third.bold, third.italic) == ("Abs. 3", 2 / 9, 3 / 9)
    assert fourth.bold == 1.0


def test_page_formatting_is_inherited_and_undone() -> None:
    blocks = page(
        "<div style='font-weight: bold'><p>ja</p><p style='FONT-WEIGHT:normal;font-style:italic'>nein</p></div>"
    ).blocks
    assert [(block.bold, block.italic) for block in blocks] == [(1.0, 0.0), (0.0, 1.0)]


def test_page_time_marks_do_not_count_as_plain_text() -> None:
    assert page("<p><span>[00:00:12]</span> <b>I: Wie war das?</b></p>").blocks[0].bold == 1.0


def test_page_tables() -> None:
    reading = page(
        "<table><tr><td>Zeit<td>Wer<th>Text</tr><tr><td>0:01</td><td>I</td><td><p>Wie<p>so?</td></tr><tr><td></td></tr></table>"
        "<table><tr><td>aussen<table><tr><td>a</td><td>b</td></tr></table>danach</td></tr></table><table><tr><td>allein</table>"
    )
    assert texts(reading) == ["Zeit\tWer\tText", "0:01\tI\tWie\nso?", "aussen", "a\tb", "danach", "allein"]
    rows = [(block.ref, block.cells) for block in reading.blocks if block.kind == ROW]
    assert rows == [
        ("Tab. 1/1", ("Zeit", "Wer", "Text")),
        ("Tab. 1/2", ("0:01", "I", "Wie\nso?")),
        ("Tab. 2/1", ("a", "b")),
    ]


def test_page_table_of_speech_becomes_turns() -> None:
    rows = "".join(f"<tr><td>0:0{n}</td><td>{who}</td><td>{text}</td></tr>" for n, who, text in
                   [(1, "I", "Wie war das?"), (4, "B", "Gut war das."), (7, "I", "Und dann?")])  # fmt: skip
    turns = read_turns(page(f"<table><tr><th>Zeit</th><th>Sprecher</th><th>Text</th></tr>{rows}</table>")).turns
    assert [(t.speaker, t.text, t.t_start) for t in turns] == [
        ("I", "Wie war das?", 1.0),
        ("B", "Gut war das.", 4.0),
        ("I", "Und dann?", 7.0),
    ]


def test_page_blank_lines_stay_apart() -> None:
    assert texts(page("eins<br>zwei<br><br><br>drei<p></p><p>vier</p>")) == ["eins", "zwei", "", "drei", "", "vier"]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("<p style='display: none'>weg</p>", "Ausgeblendeter"),
        ("<span hidden>weg</span>", "Ausgeblendeter"),
        ("<del>weg</del>", "gelöschten"),
        ("<div style='mso-element:comment-list'><p>weg</p></div>", "Kommentare"),
        ("<div style='mso-element:footnote-list'><p>weg</p></div>", "Fuß-"),
    ],
)
def test_page_what_nobody_sees_is_told(body: str, word: str) -> None:
    reading = page(f"<p>Ja</p>{body}<p>doch</p>")
    assert [text for text in texts(reading) if text] == ["Ja", "doch"]
    assert any(word in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("head", "codec"),
    [("", "utf-8"), ("", "utf-8-sig"), ("", "utf-16"), ("", "cp1252"), ("<meta charset=iso-8859-1>", "utf-8"),
     ("<meta charset='windows-1254'>", "cp1254"), ("<?xml version='1.0' encoding='iso-8859-1'?>", "utf-8")],
)  # fmt: skip
def test_page_encodings(head: str, codec: str) -> None:
    text = "Grüße aus Müşür" if codec == "cp1254" else "Grüße aus Köln"
    assert texts(html.read(f"{head}<html><p>{text}</p></html>".encode(codec))) == [text]


def test_page_odd_signs() -> None:
    reading = page("<p>Auf&shy;nahme&#1; &#xD800; u&#x308;ber</p>")
    assert texts(reading) == ["Aufnahme \ufffd über"]
    assert any("verloren" in w and "Zeile" not in w for w in reading.warnings)


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", "skipped", "empty"),
        (b"<!-- nichts -->", "skipped", "empty"),
        (b"<html><body><p>&nbsp;</p><script>x()</script></body></html>", "skipped", "empty"),
        (b'<p><a name="ts_0_1_S00">S00: </a></p>', "skipped", "empty"),
        (b"<div>" * 5000 + b"Ja", "failed", "damaged"),
        (b"<b>" * 1_100_000, "failed", "bomb"),
        (b"<p " + b"a " * 30_000 + b">Ja</p>", "failed", "bomb"),
        (bytes(range(256)) * 40, "skipped", "unsupported"),
    ],
)
def test_pages_that_are_refused(data: bytes, status: str, code: str) -> None:
    assert refused(data, html.read)[:2] == (status, code)


def test_page_nested_deeply_or_long_loses_nothing() -> None:
    assert texts(html.read(b"<div>" * 1500 + b"Ja" + b"</div>" * 1500)) == ["Ja"]
    long = "ja " * 4_000_000
    assert len(texts(html.read(f"<p>{long}</p><p>Ende</p>".encode()))[0]) == len(long) - 1


def test_page_fetches_and_resolves_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("GEHEIM", "utf-8")
    raw = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><p>Ja &x; <img src="{secret}"></p></html>'
    assert "GEHEIM" not in "".join(texts(html.read(raw.encode())))


# real and made samples


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder with sample files is not there")
@pytest.mark.parametrize(
    ("name", "tool", "count", "speakers"),
    [
        ("atrain/240312_1015-Intervi_speakers/transcription.json", "aTrain", 6, {"SPEAKER_00", "SPEAKER_01", "Speaker undefined"}),
        ("atrain/240312_1015-Intervi_nospeakers/transcription.json", "aTrain", 6, {""}),
        ("whisper/whisper.json", "Whisper", 4, {""}),
        ("amberscript/amberscript.json", "Amberscript", 2, {"Interviewerin", "Befragter"}),
    ],
)  # fmt: skip
def test_samples(name: str, tool: str, count: int, speakers: set[str]) -> None:
    reading = json_cues.read((SAMPLES / name).read_bytes())
    assert (reading.tool, len(reading.cues), {cue.speaker for cue in reading.cues}) == (tool, count, speakers)
    assert reading.warnings == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder with sample files is not there")
def test_sample_of_otranscribe() -> None:
    turns = read_turns(json_cues.read((SAMPLES / "otranscribe/interview.otr").read_bytes())).turns
    assert [(t.speaker, t.t_start) for t in turns] == [("I", 2.104), ("B", 6.77), ("B", 3725.2)]
