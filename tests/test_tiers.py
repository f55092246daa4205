"""Transcripts with tiers and timelines: EXMARaLDA, ELAN, spoken TEI, FOLKER, Praat, Transana; and what is none."""

from __future__ import annotations

import time
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.readers import eaf, exb, folker, tei, textgrid, transana, xml
from pipeline.reading import Cue, Reading, Sign, Unreadable

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
Row = tuple[str, str, float | None, float | None]


def rows(reading: Reading) -> list[Row]:
    assert reading.blocks == ()
    return [(one.speaker, one.text, one.t_start, one.t_end) for one in reading.cues]


def signs(one: Cue) -> list[tuple[str, str, str]]:
    return [(sign.type, sign.value, one.text[sign.start : sign.end]) for sign in one.signs]


def warned(reading: Reading, what: str) -> bool:
    assert all(warning.endswith(".") for warning in reading.warnings)
    return any(what in warning for warning in reading.warnings)


def refusal(data: bytes, module: ModuleType = xml) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        module.read(data)
    assert caught.value.reason.endswith(".")
    return caught.value.status, caught.value.code


# EXMARaLDA


def exmaralda(tiers: str, times: dict[str, str] | None = None, people: str = "") -> bytes:
    """A basic transcription; points T0 … T9 are one second apart unless `times` says otherwise ('' = no time)."""
    points = {f"T{n}": str(float(n)) for n in range(10)} | (times or {})
    line = "".join(
        f'<tli id="{key}" time="{value}"/>' if value else f'<tli id="{key}"/>' for key, value in points.items()
    )
    people = people or "".join(
        f'<speaker id="SPK{n}"><abbreviation>{label}</abbreviation></speaker>' for n, label in enumerate(("IV", "KAY"))
    )
    head = "<head><meta-information><transcription-name>Fall 3</transcription-name><referenced-file url='C:\\Krause\\b3.wav'/>"
    head += f"<ud-meta-information/></meta-information><speakertable>{people}</speakertable></head>"
    body = f"<basic-body><common-timeline>{line}</common-timeline>{tiers}</basic-body>"
    return f"<?xml version='1.0' encoding='UTF-8'?><basic-transcription>{head}{body}</basic-transcription>".encode()


def tier(events: list[tuple[int, int, str]], speaker: str = "SPK0", kind: str = "t", category: str = "v") -> str:
    inner = "".join(f'<event start="T{a}" end="T{b}">{text}</event>' for a, b, text in events)
    who = f'speaker="{speaker}"' if speaker else ""
    return f'<tier id="TIE" {who} category="{category}" type="{kind}">{inner}</tier>'


def test_exb_puts_events_together_to_utterances() -> None:
    first = tier([(0, 1, "Wie war "), (1, 2, "das? "), (2, 3, "Und "), (5, 6, "dann")])
    second = tier([(1, 3, "Im Ber"), (3, 4, "gbau. ")], "SPK1")
    reading = exb.read(exmaralda(first + second))
    assert rows(reading) == [
        ("IV", "Wie war das?", 0.0, 2.0),
        ("KAY", "Im Bergbau.", 1.0, 4.0),
        ("IV", "Und", 2.0, 3.0),
        ("IV", "dann", 5.0, 6.0),
    ]
    assert [one.ref for one in reading.cues][:3] == [
        "Spur 1, Ereignis 1–2",
        "Spur 2, Ereignis 1–2",
        "Spur 1, Ereignis 3",
    ]
    assert (reading.tool, reading.format, reading.encoding, reading.warnings) == ("EXMARaLDA", "exb", "utf-8", ())


def test_exb_reads_only_tiers_of_speech() -> None:
    speech = tier([(0, 1, "Merhaba, gel.")])
    others = tier([(0, 1, "Hallo, komm.")], kind="a", category="de") + tier([(1, 2, "hustet")], kind="d", category="nv")
    reading = exb.read(exmaralda(speech + others + tier([], kind="d")))
    assert rows(reading) == [("IV", "Merhaba, gel.", 0.0, 1.0)]
    assert warned(reading, "(Typ A), nicht als Rede gelesen: 1.")
    assert warned(reading, "(Typ D), nicht als Rede gelesen: 1.")
    assert refusal(exmaralda(others)) == ("skipped", "not_transcript")
    assert refusal(exmaralda(tier([(0, 1, " ")]))) == ("skipped", "empty")


def test_exb_missing_times_come_from_neighbours() -> None:
    speech = tier([(0, 1, "eins."), (1, 2, "zwei."), (2, 3, "drei."), (8, 9, "neun.")])
    reading = exb.read(exmaralda(speech, {"T1": "", "T2": "", "T8": "", "T9": ""}))
    assert rows(reading)[:3] == [("IV", "eins.", 0.0, 1.0), ("IV", "zwei.", 1.0, 2.0), ("IV", "drei.", 2.0, 3.0)]
    assert [one.t_source for one in reading.cues] == ["derived", "derived", "derived", "exact"]
    assert rows(reading)[3] == ("IV", "neun.", None, None)
    assert warned(reading, "Zeitpunkte ohne Zeit: 2.")
    assert warned(reading, "unbekannt bleibt: 2.")


def test_exb_without_any_time_keeps_the_order_of_the_timeline() -> None:
    tiers = tier([(0, 1, "Eins?"), (4, 5, "Drei?")]) + tier([(2, 3, "Zwei.")], "SPK1")
    reading = exb.read(exmaralda(tiers, {f"T{n}": "" for n in range(10)}))
    assert rows(reading) == [("IV", "Eins?", None, None), ("KAY", "Zwei.", None, None), ("IV", "Drei?", None, None)]


def test_exb_invalid_times() -> None:
    reading = exb.read(exmaralda(tier([(0, 1, "a."), (1, 2, "b.")]), {"T1": "NaN", "T2": "-3", "T3": "3.0"}))
    assert rows(reading) == [("IV", "a.", 0.0, 1.0), ("IV", "b.", 1.0, 2.0)]
    assert warned(reading, "ungültiger Zeit: 2.")
    backward = exb.read(exmaralda(tier([(4, 2, "rückwärts")])))
    assert rows(backward) == [("IV", "rückwärts", 2.0, 4.0)]
    assert warned(backward, "vertauscht")


def test_exb_blanks_between_events() -> None:
    words = [(n, n + 1, word) for n, word in enumerate("Wir waren damals zu fünft .".split())]
    reading = exb.read(exmaralda(tier(words)))
    assert rows(reading) == [("IV", "Wir waren damals zu fünft.", 0.0, 6.0)]
    assert warned(reading, "Leerzeichen wurden ergänzt")
    assert rows(exb.read(exmaralda(tier([(0, 1, "ja,"), (1, 2, "gut "), (2, 3, "so")]))))[0][1] == "ja, gut so"


def test_exb_speakers() -> None:
    people = (
        '<speaker id="SPK0"><abbreviation>DD</abbreviation><sex value="m"/><ud-speaker-information>'
        '<ud-information attribute-name="Name">Kemal Arslan</ud-information></ud-speaker-information>'
        "<comment>müde</comment></speaker><speaker id='SPK1'><abbreviation/></speaker>"
    )
    tiers = tier([(0, 1, "a")]) + tier([(1, 2, "b")], "SPK1") + tier([(2, 3, "c")], "") + tier([(3, 4, "d")], "SPK9")
    reading = exb.read(exmaralda(tiers, people=people))
    assert [one.speaker for one in reading.cues] == ["DD", "SPK1", "", "SPK9"]
    assert reading.meta == {
        "titel": "Fall 3", "aufnahme": "b3.wav", "sprecher DD: geschlecht": "m", "sprecher DD: name": "Kemal Arslan",
        "sprecher DD: bemerkung": "müde",
    }  # fmt: skip


def test_exb_text_inside_events() -> None:
    marked = '<event start="T0" end="T1"><ud-information attribute-name="x">weg</ud-information>Stra&#223;e<!-- n -->n &amp;\n Wege</event>'
    reading = exb.read(exmaralda(f'<tier id="a" speaker="SPK0" type="t">{marked}</tier>'))
    assert rows(reading)[0][1] == "Straßen & Wege"


def segmented(tiers: str) -> bytes:
    head = "<head><speakertable><speaker id='S'><abbreviation>KAY</abbreviation></speaker></speakertable></head>"
    line = "<common-timeline><tli id='T0' time='0'/><tli id='T1' time='1'/><tli id='T2' time='2'/></common-timeline>"
    return f"<segmented-transcription>{head}<segmented-body>{line}{tiers}</segmented-body></segmented-transcription>".encode()


def test_exs_is_read_by_its_utterances() -> None:
    word = "<ts n='HIAT:w' s='{}' e='{}'>{}</ts>"
    speech = (
        "<segmented-tier id='a' speaker='S' type='t'><segmentation name='SpeakerContribution_Event'>"
        "<ts n='sc' s='T0' e='T2'><ts n='e' s='T0' e='T1'>Na ja, </ts><ts n='e' s='T1' e='T2'>gut.</ts></ts></segmentation>"
        "<segmentation name='SpeakerContribution_Utterance_Word'><ts n='sc' s='T0' e='T2'>\n<ts n='HIAT:u' s='T0' e='T2'>\n"
        + word.format("T0", "T1", "Na") + "<nts n='HIAT:ip'/>" + word.format("T0", "T1", "ja") + "<nts n='HIAT:ip'>,</nts>"
        "<nts n='HIAT:ip'> </nts>" + word.format("T1", "T2", "gut") + "<nts n='HIAT:ip'>.</nts></ts></ts></segmentation>"
        "</segmented-tier>"
    )  # fmt: skip
    notes = "<segmented-tier speaker='S' type='a'><segmentation name='Event'><ats n='e' s='T0' e='T1'>well</ats></segmentation></segmented-tier>"
    reading = xml.read(segmented(speech + notes))
    assert rows(reading) == [("KAY", "Na ja, gut.", 0.0, 2.0)]
    assert warned(reading, "(Typ A)")
    events = speech.replace("HIAT:u", "HIAT:x")
    assert rows(xml.read(segmented(events))) == [("KAY", "Na ja, gut.", 0.0, 2.0)]


def test_exs_prefers_its_basic_body() -> None:
    data = exmaralda(tier([(0, 1, "Ja.")])).replace(b"basic-transcription", b"segmented-transcription")
    assert rows(xml.read(data)) == [("IV", "Ja.", 0.0, 1.0)]


# ELAN


def elan(tiers: str, slots: dict[str, str]) -> bytes:
    order = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="{key}" TIME_VALUE="{value}"/>' if value else f'<TIME_SLOT TIME_SLOT_ID="{key}"/>'
        for key, value in slots.items()
    )
    head = '<HEADER><MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/Krause/b3.wav"/></HEADER>'
    return (
        f'<ANNOTATION_DOCUMENT AUTHOR="">{head}<TIME_ORDER>{order}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>'.encode()
    )


def aligned(name: str, notes: list[tuple[str, str, str, str]], more: str = "") -> str:
    inner = "".join(
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{key}" TIME_SLOT_REF1="{a}" TIME_SLOT_REF2="{b}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        for key, a, b, text in notes
    )
    return f'<TIER TIER_ID="{name}" LINGUISTIC_TYPE_REF="x" {more}>{inner}</TIER>'


def dependent(name: str, parent: str, notes: list[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{key}" ANNOTATION_REF="{above}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        for key, above, text in notes
    )
    return f'<TIER TIER_ID="{name}" PARENT_REF="{parent}">{inner}</TIER>'


SLOTS = {"s1": "0", "s2": "2400", "s3": "2300", "s4": "6200", "s5": "5000", "s6": "5400"}


def test_eaf_tiers_are_sorted_and_overlap_stays() -> None:
    tiers = aligned("I", [("a1", "s1", "s2", "Wie war das?"), ("a2", "s5", "s6", "mhm")])
    tiers += aligned("B", [("a3", "s3", "s4", "Schwer war das.")], 'PARTICIPANT="Frau Kaya"')
    tiers += dependent("B_de", "B", [("a4", "a3", "normal")])
    reading = eaf.read(elan(tiers, SLOTS))
    assert rows(reading) == [
        ("I", "Wie war das?", 0.0, 2.4), ("Frau Kaya", "Schwer war das.", 2.3, 6.2), ("I", "mhm", 5.0, 5.4),
    ]  # fmt: skip
    assert [one.ref for one in reading.cues] == ["Spur 1, Annotation 1", "Spur 2, Annotation 1", "Spur 1, Annotation 2"]
    assert warned(reading, "nicht als Rede gelesen: 1 (mit 1 Einträgen)")
    assert (reading.tool, reading.meta) == ("ELAN", {"aufnahme": "b3.wav"})


def test_eaf_missing_times() -> None:
    tiers = aligned("I", [("a1", "s1", "s2", "eins"), ("a2", "s2", "s3", "zwei"), ("a3", "s3", "s4", "drei")])
    reading = eaf.read(elan(tiers, {"s1": "0", "s2": "", "s3": "", "s4": "6000"}))
    assert rows(reading) == [("I", "eins", 0.0, 2.0), ("I", "zwei", 2.0, 4.0), ("I", "drei", 4.0, 6.0)]
    assert {one.t_source for one in reading.cues} == {"derived"}
    assert warned(reading, "Zeitpunkte ohne Zeit: 2.")


def test_eaf_cues_without_time_stay_in_place() -> None:
    first = aligned("I", [("a1", "s1", "s2", "eins"), ("a2", "x", "y", "zwei"), ("a3", "s5", "s6", "vier")])
    reading = eaf.read(elan(first + aligned("B", [("b1", "s3", "s4", "drei")]), SLOTS))
    assert [one.text for one in reading.cues] == ["eins", "zwei", "drei", "vier"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("utt@A", "utt@B"), ["A", "B"]),
        (("A@utt", "B@utt"), ["A", "B"]),
        (("Anna", "Bert"), ["Anna", "Bert"]),
        (("Anna@1", "Anna@2"), ["1", "2"]),
        (("Anna@1", "Bert@2"), ["Anna", "Bert"]),
        (("utt1@A", "tx@B"), ["A", "B"]),
    ],
)
def test_eaf_speakers_in_names_of_tiers(names: tuple[str, str], expected: list[str]) -> None:
    tiers = aligned(names[0], [("a1", "s1", "s2", "Ja?")]) + aligned(names[1], [("a2", "s3", "s4", "Nein.")])
    assert [one.speaker for one in eaf.read(elan(tiers, SLOTS)).cues] == expected


def test_eaf_children_where_no_top_tier_has_text() -> None:
    top = aligned("ref@A", [("a1", "s1", "s2", ""), ("a2", "s3", "s4", "")])
    child = dependent("tx@A", "ref@A", [("c1", "a1", "Guten Tag."), ("c2", "a2", "Bitte.")])
    more = dependent("ft@A", "ref@A", [("f1", "a1", "Good day.")]) + dependent("mb@A", "tx@A", [("m1", "c1", "gut-en")])
    reading = eaf.read(elan(top + child + more, SLOTS))
    assert rows(reading) == [("A", "Guten Tag.", 0.0, 2.4), ("A", "Bitte.", 2.3, 6.2)]
    assert warned(reading, "Die obersten Spuren enthalten keine Rede")
    assert warned(reading, "nicht als Rede gelesen: 2 (mit 2 Einträgen)")


def test_eaf_children_with_own_times_are_all_read() -> None:
    top = aligned("Gespräch", [("a1", "s1", "s4", "")])
    kids = aligned("I", [("b1", "s1", "s3", "Ja?")], 'PARENT_REF="Gespräch"')
    kids += aligned("B", [("b2", "s3", "s4", "Nein.")], 'PARENT_REF="Gespräch"')
    assert rows(eaf.read(elan(top + kids, SLOTS))) == [("I", "Ja?", 0.0, 2.3), ("B", "Nein.", 2.3, 6.2)]


def test_eaf_numbers_and_comments_are_no_speech() -> None:
    numbers = [(f"a{n}", f"s{n}", f"s{n + 1}", f"B03.{n:03}") for n in (1, 2, 3)]
    child = dependent("tx", "ref", [("c1", "a1", "Eins."), ("c2", "a2", "Zwei."), ("c3", "a3", "Drei.")])
    beside = aligned("Kommentar", [("k1", "s1", "s2", "Tonausfall, bitte prüfen")])
    reading = eaf.read(elan(aligned("ref", numbers) + child + beside, SLOTS))
    assert [one.text for one in reading.cues] == ["Eins.", "Zwei.", "Drei."]
    assert not any("Tonausfall" in one.text or "B03" in one.text for one in reading.cues)
    assert warned(reading, "nicht als Rede gelesen: 2 (mit 4 Einträgen)")


def test_eaf_circles_and_nothing() -> None:
    ring = dependent("x", "y", [("a", "b", "eins")]) + dependent("y", "x", [("b", "a", "zwei")])
    assert [one.t_start for one in eaf.read(elan(ring, SLOTS)).cues] == [None, None]
    assert refusal(elan(aligned("I", [("a1", "s1", "s2", " ")]), SLOTS)) == ("skipped", "empty")


STEPS = {f"s{n}": str(n * 1000) for n in range(9)} | {f"z{n}": str(n * 1000) for n in range(9)}
SPOKEN = aligned("I_ortho", [(f"i{n}", f"s{n}", f"s{n + 1}", "Wie war das denn?") for n in (0, 2, 4, 6)]) + aligned(
    "Transkript B", [(f"b{n}", f"s{n}", f"s{n + 1}", "Das war gut bei uns.") for n in (1, 3, 5, 7)]
)


@pytest.mark.parametrize(
    "name", ["Noise", "Themen", "Code", "Codes B", "Sequenz", "Übersetzung", "B_en", "B_tr", "Stichworte", "irgendwas"]
)
def test_eaf_top_tiers_beside_speech(name: str) -> None:
    """Also a tier of any other name, where its annotations lie exactly on those of speech (`irgendwas`)."""
    beside = aligned(name, [(f"x{n}", f"z{n}", f"z{n + 1}", "Zugang") for n in (1, 3, 5)])
    for tiers in (SPOKEN + beside, beside + SPOKEN):
        reading = eaf.read(elan(tiers, STEPS))
        assert {one.speaker for one in reading.cues} == {"I", "B"}
        assert len(reading.cues) == 8
        assert warned(reading, "nicht als Rede gelesen: 1 (mit 3 Einträgen)")


def test_eaf_speakers_in_step_and_short_tiers_stay() -> None:
    """A label of a speaker, a named participant, and fewer than three annotations prove nothing."""
    for name, more, notes in (
        ("S", 'PARTICIPANT="Frau Kaya"', (1, 3, 5)),
        ("IP2", "", (1, 3, 5)),
        ("Ayşe", "", (1, 3)),
    ):
        third = aligned(name, [(f"x{n}", f"z{n}", f"z{n + 1}", "mhm") for n in notes], more)
        reading = eaf.read(elan(SPOKEN + third, STEPS))
        assert len(reading.cues) == 8 + len(notes)
    off = aligned("Ayşe", [(f"x{n}", f"z{n}", f"z{n + 1}", "mhm") for n in (0, 1, 2)])
    assert len(eaf.read(elan(SPOKEN + off, STEPS)).cues) == 11


def test_eaf_translations_alone_are_speech() -> None:
    tiers = aligned("I_en", [("a1", "s0", "s1", "How was it?")]) + aligned("B_en", [("a2", "s1", "s2", "Good.")])
    reading = eaf.read(elan(tiers + aligned("Noise", [("a3", "s2", "s3", "door")]), STEPS))
    assert rows(reading) == [("I", "How was it?", 0.0, 1.0), ("B", "Good.", 1.0, 2.0)]


# TEI

TEI_NS = "http://www.tei-c.org/ns/1.0"
WHENS = '<when xml:id="T0"/><when xml:id="T1" interval="2.5" since="#T0"/><when xml:id="T2" interval="PT1M2.5S" since="T0"/>'


def spoken(blocks: str, whens: str = WHENS, persons: str = "", unit: str = "s") -> bytes:
    people = persons or '<person xml:id="P1" n="AM"/><person xml:id="P2"><persName><abbr>BK</abbr></persName></person>'
    return (
        f'<?xml version="1.0"?><TEI xmlns="{TEI_NS}"><teiHeader><profileDesc><particDesc>{people}</particDesc></profileDesc>'
        f'</teiHeader><text><timeline unit="{unit}">{whens}</timeline><body>{blocks}</body></text></TEI>'
    ).encode()


def block(content: str, who: str = "#P1", start: str = "#T0", end: str = "T1", key: str = "c1") -> str:
    return f'<annotationBlock xml:id="{key}" who="{who}" start="{start}" end="{end}"><u><seg>{content}</seg></u></annotationBlock>'


def test_tei_words_and_signs() -> None:
    content = (
        "<w>also</w> <pause dur='PT1.30S'/>\n<w>ge<anchor synch='#T1'/>macht</w><pc>,</pc><vocal><desc rend='((lacht))'>lacht</desc>"
        "</vocal><pc>(</pc><w>ja</w><pc>)</pc><unclear reason='leise'><w>im</w><w>Pütt</w></unclear><gap reason='Lärm'/><pc>.</pc>"
        "<pause type='micro'/><incident><desc>Tür</desc></incident><kinesic><desc>nickt</desc></kinesic><unclear/>"
    )
    (one,) = tei.read(spoken(block(content))).cues
    assert one.text == "also gemacht, (ja) im Pütt […]. […]"
    assert signs(one) == [
        ("pause", "1.30", ""), ("event", "lacht", ""), ("uncertain", "leise", "im Pütt"), ("gap", "Lärm", "[…]"),
        ("pause", "micro", ""), ("event", "Tür", ""), ("event", "nickt", ""), ("gap", "", "[…]"),
    ]  # fmt: skip
    assert one.signs[0] == Sign("pause", "1.30", 4, 4)
    assert (one.speaker, one.t_start, one.t_end, one.ref) == ("AM", 0.0, 2.5, "c1")


def test_tei_speakers_with_and_without_hash() -> None:
    blocks = "".join(block("<w>a</w>", who) for who in ("#P1", "P2", "#X", "", "#P1 #P2"))
    assert [one.speaker for one in tei.read(spoken(blocks)).cues] == ["AM", "BK", "X", "", "AM, BK"]


def test_tei_normal_forms_only_where_most_words_have_one() -> None:
    few = block("<w norm='haben'>ham</w><w>wir</w>")
    assert rows(tei.read(spoken(few)))[0][1] == "ham wir"
    most = tei.read(spoken(block("<w norm='haben'>ham</w><w norm='wir'>wa</w><w>Kirmes</w>")))
    assert rows(most)[0][1] == "haben wir Kirmes"
    assert warned(most, "Normalform, die in der Datei vermerkt ist (2 von 3)")


def test_tei_ids_given_twice_are_no_reason_to_refuse() -> None:
    reading = tei.read(spoken(block("<w>ja</w>") + block("<w>schön</w>", start="T1", end="T2")))
    assert rows(reading) == [("AM", "ja", 0.0, 2.5), ("AM", "schön", 2.5, 62.5)]


def test_tei_spans_are_never_speech() -> None:
    inside = block("<w>ja</w>").replace("</u>", "</u><spanGrp type='en'><span from='#T0'>yes</span></spanGrp>")
    assert rows(tei.read(spoken(inside))) == [("AM", "ja", 0.0, 2.5)]


def test_tei_draft_with_groups() -> None:
    group = (
        '<annotationGrp xmlns="http://standoff.proposal" xmlns:tei="http://www.tei-c.org/ns/1.0" who="#SPK0" start="#T0" end="#T2" xml:id="au1">'
        f'<u xmlns="{TEI_NS}"><seg><w>hallo</w></seg></u><tei:spanGrp type="speaker:Pseudo"><tei:span>Janis</tei:span></tei:spanGrp>'
        f'<spanGrp xmlns="{TEI_NS}" type="disfluency"><span>EDIT</span></spanGrp></annotationGrp>'
    )
    reading = tei.read(spoken(group))
    assert rows(reading) == [("SPK0", "hallo", 0.0, 62.5)]
    assert reading.meta["sprecher SPK0: pseudo"] == "Janis"
    assert not any("EDIT" in value for value in reading.meta.values())


def test_tei_utterances_without_blocks_and_words() -> None:
    plain = "<u who='#P2' start='#T1' end='#T2'>Ja<pause/>, das war\n so <note>leise</note> im <emph>Pütt</emph>.</u><head>Teil 2</head>"
    reading = tei.read(spoken(plain))
    assert rows(reading) == [("BK", "Ja, das war so im Pütt.", 2.5, 62.5)]
    assert warned(reading, "Überschriften und Anmerkungen, nicht als Rede gelesen: 2.")


def test_tei_silence_is_counted() -> None:
    blocks = block("<w>ja</w>") + block("<vocal><desc>lacht</desc></vocal>") + "<pause dur='PT2S' start='T1' end='T2'/>"
    reading = tei.read(spoken(blocks))
    assert len(reading.cues) == 1
    assert warned(reading, "Beiträge ohne Wörter (Pausen, Lachen, Geräusche), nicht gelesen: 2.")
    assert refusal(spoken(block("<pause/>"))) == ("skipped", "empty")


def test_tei_ends_of_utterances_and_unheard() -> None:
    content = "<w>warum</w></seg><seg subtype='declarative'><w>darum</w></seg><seg subtype='interrogative'><w>ach</w><pc>?</pc>"
    content += "</seg><seg><incident><desc>unv.</desc></incident>"
    data = spoken(block(content)).replace(b"<u><seg>", b"<u><seg subtype='interrogative'>")
    assert rows(tei.read(data))[0][1] == "warum? darum. ach? […]"


@pytest.mark.parametrize(
    ("whens", "unit", "expected"),
    [
        (WHENS, "s", [0.0, 2.5, 62.5]),
        ("<when xml:id='T0' absolute='00:00:01.5'/><when xml:id='T1' interval='500'/><when xml:id='T2' since='#T1' interval='500'/>",
         "ms", [1.5, 2.0, 2.5]),
        ("<when xml:id='T0' absolute='2024-03-14T10:00:00'/><when xml:id='T1' absolute='2024-03-14T10:00:02'/>"
         "<when xml:id='T2' absolute='10:01:00.25'/>", "s", [0.0, 2.0, 60.25]),
        ("<when xml:id='T0'/><when xml:id='T1'/><when xml:id='T2' interval='3.0' since='#T0'/>", "s", [0.0, 1.5, 3.0]),
        ("<when xml:id='T0'/><when xml:id='T1' interval='1' since='#T2'/><when xml:id='T2' interval='1' since='#T1'/>",
         "s", [0.0, None, None]),
        ("<when xml:id='A'/><when xml:id='T0' interval='1'/><when xml:id='T1' interval='2'/><when xml:id='T2' interval='3'/>"
         "<when xml:id='T3' interval='4'/>", "s", [1.0, 2.0, 3.0]),
        ("<when xml:id='T0'/><when xml:id='T1' interval='NaN' since='#T0'/><when xml:id='T2' interval='-1' since='#T0'/>",
         "s", [0.0, None, None]),
    ],
    ids=["numbers and durations", "milliseconds, no since", "time of day", "unknown between", "circle", "growing", "invalid"],
)  # fmt: skip
def test_tei_times(whens: str, unit: str, expected: list[float | None]) -> None:
    blocks = "".join(block("<w>a</w>", start=f"#T{n}", end="") for n in range(3))
    assert [one.t_start for one in tei.read(spoken(blocks, whens, unit=unit)).cues] == expected


def test_tei_without_speech() -> None:
    letter = f'<TEI xmlns="{TEI_NS}"><text><body><p>Lieber Hans</p></body></text></TEI>'.encode()
    assert refusal(letter) == ("skipped", "not_transcript")


# FOLKER


def flk(contributions: str, points: str = "") -> bytes:
    points = points or "".join(f'<timepoint timepoint-id="TLI_{n}" absolute-time="{n}.5"/>' for n in range(6))
    return (
        "<?xml version='1.0' encoding='UTF-8'?><folker-transcription><head/><speakers><speaker speaker-id='AM'><name>Anna Mai</name>"
        f"</speaker></speakers><recording path='D:\\Ton\\b3.wav'/><timeline>{points}</timeline>{contributions}</folker-transcription>"
    ).encode()


def contribution(content: str, who: str = "AM", start: int = 0, end: int = 1, key: str = "c1") -> str:
    speaker = f'speaker-reference="{who}"' if who else ""
    refs = f'start-reference="TLI_{start}" end-reference="TLI_{end}" parse-level="2" id="{key}"'
    return f"<contribution {speaker} {refs}>{content}</contribution>"


def test_folker_plain_levels() -> None:
    zero = contribution(
        "<segment start-reference='TLI_0' end-reference='TLI_1'>ja und </segment><segment>dann</segment>"
    )
    one = contribution(
        "<unparsed>ham w<time timepoint-reference='TLI_2'/>a (0.4) <time/>nich </unparsed>", "BK", 1, 3, "c2"
    )
    reading = folker.read(flk(zero + one))
    assert rows(reading) == [("AM", "ja und dann", 0.5, 1.5), ("BK", "ham wa (0.4) nich", 1.5, 3.5)]
    assert [one.ref for one in reading.cues] == ["c1", "c2"]
    assert (reading.tool, reading.meta) == ("FOLKER", {"aufnahme": "b3.wav", "sprecher AM: name": "Anna Mai"})


def test_folker_parsed_levels() -> None:
    content = (
        "<w>ham</w><w transition='assimilated'>s</w><time timepoint-reference='TLI_1'/><pause duration='micro'/><breathe type='in' length='2'/>"
        "<w>ne<lengthening degree='2'/>e</w><non-phonological description='lacht'/><uncertain><w>das</w><w>Haus</w><alternative><w>die</w>"
        "<w>Maus</w></alternative></uncertain><unintelligible length='3'/><phrase type='intonation-phrase' boundary-intonation='high-rise'>"
        "<w>ak<stress>zent</stress></w></phrase><p>.</p>"
    )
    (one,) = folker.read(flk(contribution(content))).cues
    assert one.text == "ham_s ne::e das Haus […] akZENT?."
    assert signs(one) == [
        ("pause", "micro", ""), ("event", "atmet ein", ""), ("event", "lacht", ""),
        ("uncertain", "die Maus", "das Haus"), ("gap", "3 Silben", "[…]"),
    ]  # fmt: skip


def test_folker_normal_forms() -> None:
    reading = folker.read(flk(contribution("<w n='haben'>ham</w><w n='wir' transition='assimilated'>wa</w><w>mal</w>")))
    assert rows(reading)[0][1] == "haben wir mal"
    assert warned(reading, "Normalform, die in der Datei vermerkt ist (2 von 3)")


def test_folker_lines_without_speaker() -> None:
    lines = (
        contribution("<w>ja</w>")
        + contribution("<pause duration='1.2'/>", "")
        + contribution("<segment>((Tür)) (1.5) °hh</segment>", "")
    )
    lines += contribution("<unparsed>wer ist da</unparsed>", "", 3, 4) + contribution(
        "<non-phonological description='lacht'/>"
    )
    reading = folker.read(flk(lines))
    assert rows(reading) == [("AM", "ja", 0.5, 1.5), ("", "wer ist da", 3.5, 4.5)]
    assert warned(reading, "Zeilen nur mit Pausen oder Geräuschen, nicht als Rede gelesen: 3.")


# Praat


def long_grid(tiers: list[tuple[str, list[tuple[float, float, str]]]]) -> str:
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0 ",
        "xmax = 9 ",
        "tiers? <exists> ",
        f"size = {len(tiers)} ",
        "item []: ",
    ]
    for number, (name, labels) in enumerate(tiers, 1):
        lines += [
            f"    item [{number}]:",
            '        class = "IntervalTier" ',
            f'        name = "{name}" ',
            "        xmin = 0 ",
            "        xmax = 9 ",
        ]
        lines.append(f"        intervals: size = {len(labels)} ")
        for place, (start, end, text) in enumerate(labels, 1):
            quoted = text.replace('"', '""')
            lines += [
                f"        intervals [{place}]:",
                f"            xmin = {start} ",
                f"            xmax = {end} ",
                f'            text = "{quoted}" ',
            ]
    return "\n".join(lines) + "\n"


def short_grid(tiers: list[tuple[str, list[tuple[float, float, str]]]]) -> str:
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "0", "9", "<exists>", str(len(tiers))]
    for name, labels in tiers:
        lines += ['"IntervalTier"', f'"{name}"', "0", "9", str(len(labels))]
        for start, end, text in labels:
            quoted = text.replace('"', '""')
            lines += [str(start), str(end), f'"{quoted}"']
    return "\n".join(lines) + "\n"


TALK = [
    ("I", [(0.0, 1.0, "Wie war das?"), (1.0, 4.0, ""), (4.0, 5.0, "Und dann 5 Uhr 30?")]),
    ("B", [(0.0, 1.0, "<p:>"), (1.0, 4.0, 'Der sagte "na ja"\nund xxx'), (4.0, 5.0, "sil")]),
]
TALKED = [
    ("I", "Wie war das?", 0.0, 1.0),
    ("B", 'Der sagte "na ja" und xxx', 1.0, 4.0),
    ("I", "Und dann 5 Uhr 30?", 4.0, 5.0),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("write", [long_grid, short_grid])
def test_textgrid_long_short_encodings(write: object, encoding: str) -> None:
    assert callable(write)
    reading = textgrid.read(write([*TALK, ("Bär", [(5.0, 6.0, "Schöne Grüße")])]).encode(encoding))
    assert rows(reading) == [*TALKED, ("Bär", "Schöne Grüße", 5.0, 6.0)]
    assert reading.cues[1].ref == "Spur 2, Intervall 2"
    assert (reading.tool, reading.format) == ("Praat", "textgrid")


WORDS = [(0.0, 0.4, "wir"), (0.4, 0.9, "waren"), (0.9, 1.6, ""), (1.6, 2.0, "da"), (2.0, 2.3, ""), (2.3, 2.6, "nein")]
PHONES = [(0.0, 0.2, "v"), (0.2, 0.4, "i:6"), (0.4, 0.6, "a"), (0.6, 0.9, "n")]


def test_textgrid_words_are_put_together_at_pauses() -> None:
    reading = textgrid.read(long_grid([("phones", PHONES), ("words", WORDS)]).encode())
    assert rows(reading) == [("", "wir waren", 0.0, 0.9), ("", "da nein", 1.6, 2.6)]
    assert warned(reading, "nicht als Rede gelesen: 1.")
    pair = long_grid(
        [
            ("Anna - words", WORDS),
            ("Anna - phones", PHONES),
            ("Bert - words", [(1.0, 1.2, "mhm")]),
            ("Bert - phones", PHONES),
        ]
    )
    assert [one.speaker for one in textgrid.read(pair.encode()).cues] == ["Anna", "Bert", "Anna"]


def test_textgrid_sentences_win_and_backchannels_stay() -> None:
    talk = [(0.0, 5.0, "Wir waren damals alle zusammen im Bergwerk"), (5.0, 9.0, "Das war nicht leicht")]
    codes = [(0.0, 2.0, "PRON"), (2.0, 5.0, "VERB"), (5.0, 7.0, "PRON"), (7.0, 9.0, "ADJ")]
    tiers = [
        ("B", talk),
        ("B_words", WORDS),
        ("I", [(2.0, 2.3, "mhm"), (6.0, 6.2, "ja")]),
        ("Tagset", codes),
        ("B_en", [(0.0, 5.0, "Back then we were all down in the mine together")]),
    ]
    reading = textgrid.read(long_grid(tiers).encode())
    assert rows(reading) == [
        ("B", "Wir waren damals alle zusammen im Bergwerk", 0.0, 5.0), ("I", "mhm", 2.0, 2.3),
        ("B", "Das war nicht leicht", 5.0, 9.0), ("I", "ja", 6.0, 6.2),
    ]  # fmt: skip
    assert warned(reading, "nicht als Rede gelesen: 3.")


def test_textgrid_themes_and_translations_are_no_speech() -> None:
    talk = [(0.0, 1.0, "Wie war das denn?"), (2.0, 3.0, "Und wie ging es weiter?")]
    names = ["I_ortho", "Themen", "Noise", "I_en"]
    reading = textgrid.read(long_grid([(name, talk) for name in names]).encode())
    assert [(one.speaker, one.ref[:6]) for one in reading.cues] == [("I", "Spur 1")] * 2
    assert warned(reading, "nicht als Rede gelesen: 3.")
    assert [one.speaker for one in textgrid.read(long_grid([("Themen", talk)]).encode()).cues] == ["", ""]


def test_textgrid_points_and_old_letters() -> None:
    points = '"TextTier"\n"Anna"\n0\n9\n2\n1.5\n"ja das stimmt so"\n4\n"f\\u""r wen\\ss"\n'
    text = short_grid([("Bert", [(0.0, 1.0, "na und wie")])]).replace("<exists>\n1", "<exists>\n2") + points
    assert rows(textgrid.read(text.encode())) == [
        ("Bert", "na und wie", 0.0, 1.0), ("Anna", "ja das stimmt so", 1.5, None), ("Anna", "für wenß", 4.0, None),
    ]  # fmt: skip


def test_textgrid_damaged_and_none() -> None:
    text = long_grid(TALK)
    cut = textgrid.read(text[: text.index("Und dann")].encode())
    assert rows(cut) == [("I", "Wie war das?", 0.0, 1.0)]
    assert warned(cut, "bricht ab")
    assert refusal(text[:200].encode(), textgrid) == ("failed", "damaged")
    assert refusal(b'File type = "ooTextFile"\nObject class = "Sound 2"\n', textgrid) == ("skipped", "not_transcript")
    assert refusal(long_grid([("I", [(0.0, 1.0, "")])]).encode(), textgrid) == ("skipped", "empty")
    assert refusal(long_grid([("pitch", [(0.0, 1.0, "120")])]).encode(), textgrid) == ("skipped", "not_transcript")


# Transana


def rich(paragraphs: list[list[str]]) -> bytes:
    inner = "".join("<paragraph>" + "".join(runs) + "</paragraph>" for runs in paragraphs)
    return f'<?xml version="1.0" encoding="UTF-8"?><richtext version="1.0.0.0" xmlns="http://www.wxwidgets.org"><paragraphlayout>{inner}</paragraphlayout></richtext>'.encode()


CODE = '<text textcolor="#FF0000">&#164;</text><text textcolor="#FFFFFF">"&lt;{}&gt; "</text>'


def test_transana_rich_text() -> None:
    data = rich([
        ['<text>"Aufnahme "</text>', "<text>3</text>"],
        [CODE.format(288012), '<text>"Leh   Erste Frage: "</text>', "<text>wo?</text>"],
        ["<text>Und wann?</text>"],
        [CODE.format(292500), "<text>Hal</text>", "<symbol>9</symbol>", "<symbol>34</symbol>", "<text>drei</text>", "<symbol>34</symbol>",
         CODE.format(295000), '<text>" und dann ja"</text>'],
    ])  # fmt: skip
    reading = xml.read(data)
    assert rows(reading) == [
        ("Leh", "Erste Frage: wo?", 288.012, None), ("Leh", "Und wann?", None, None), ("Hal", '"drei"', 292.5, None),
        ("Hal", "und dann ja", 295.0, None),
    ]  # fmt: skip
    assert [one.ref for one in reading.cues] == ["Abs. 2", "Abs. 3", "Abs. 4", "Abs. 4"]
    assert (reading.tool, reading.meta) == ("Transana", {"vorspann": "Aufnahme 3"})
    assert warned(reading, "als Kopf gelesen: 1.")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_transana_plain_text(encoding: str) -> None:
    text = "¤ (0:13:28.2)Leh [teilt aus] Jetzt mal überprüfen.\r\n¤<812073> (0:13:32.1) Hal [lachend] Drei Null. <815000> Ja.\r\nHal noch was\r\n"
    data = text.encode(encoding)
    assert transana.is_text(data)
    reading = transana.read(data)
    assert rows(reading) == [
        ("Leh", "[teilt aus] Jetzt mal überprüfen.", 808.2, None), ("Hal", "[lachend] Drei Null. Ja.", 812.073, None),
        ("Hal", "noch was", None, None),
    ]  # fmt: skip


def test_transana_codes_inside_speech_name_nobody() -> None:
    reading = transana.read("¤<1000> Und dann kam er.\n¤<5000> das war so\n¤<9000> Ich weiß nicht.\n".encode())
    assert rows(reading) == [
        ("", "Und dann kam er.", 1.0, None),
        ("", "das war so", 5.0, None),
        ("", "Ich weiß nicht.", 9.0, None),
    ]


def test_transana_without_codes() -> None:
    assert refusal(rich([["<text>Ein Brief</text>"]])) == ("skipped", "not_transcript")
    assert refusal("Das kostet 5 ¤ (Euro).".encode(), transana) == ("skipped", "not_transcript")
    assert not transana.is_text("Na ja, ä (0:13:28.2) so".encode())
    assert not transana.is_text("Das kostet 5 ¤ (Euro).".encode())


# All of them


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<Corpus Name='x'><CorpusData/></Corpus>", ("skipped", "not_transcript")),
        (b"<?xml version='1.0'?><html><body>Ja</body></html>", ("skipped", "not_transcript")),
        (b"<basic-transcription/>", ("skipped", "not_transcript")),
        (b"<segmented-transcription><head/></segmented-transcription>", ("skipped", "not_transcript")),
        (b"<ANNOTATION_DOCUMENT/>", ("skipped", "empty")),
        (b"<folker-transcription/>", ("skipped", "empty")),
        (b"<TEI", ("failed", "damaged")),
        (b"", ("failed", "damaged")),
        (b"kein XML", ("failed", "damaged")),
        (b"<a>" * 100_000, ("failed", "damaged")),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><basic-transcription>&x;</basic-transcription>", ("failed", "damaged")),
        ("<!DOCTYPE a [<!ENTITY x 'y'>]><TEI>&x;</TEI>".encode("utf-16"), ("failed", "damaged")),
    ],
    ids=["coma", "html", "no body", "no segmented body", "empty eaf", "empty flk", "cut", "nothing", "text", "deep", "entity", "entity in utf-16"],
)  # fmt: skip
def test_what_is_no_transcript(data: bytes, expected: tuple[str, str]) -> None:
    assert refusal(data) == expected


def test_the_root_decides() -> None:
    plain = [
        (exmaralda(tier([(0, 1, "Ja.")])), "exb"), (elan(aligned("I", [("a1", "s1", "s2", "Ja.")]), SLOTS), "eaf"),
        (spoken(block("<w>Ja</w>")), "tei"), (flk(contribution("<w>ja</w>")), "folker"),
        (rich([[CODE.format(1), "<text>Ja</text>"]]), "transana"),
    ]  # fmt: skip
    assert [xml.read(data).format for data, _ in plain] == [kind for _, kind in plain]
    assert [xml.read(b"\xef\xbb\xbf\n" + data).format for data, _ in plain] == [kind for _, kind in plain]


def test_wrong_encodings_and_control_signs_are_mended() -> None:
    text = exmaralda(tier([(0, 1, "Schöne Grüße.")])).decode()
    wide = xml.read(text.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert (rows(wide)[0][1], wide.warnings) == ("Schöne Grüße.", ())
    for data in (text.encode("cp1252"), text.replace("Schöne", "Sch\x0böne").replace("\x0b", "\x01").encode()):
        reading = xml.read(data)
        assert rows(reading)[0][1] == "Schöne Grüße."
        assert warned(reading, "wurde berichtigt")


def test_text_is_composed_and_clean() -> None:
    reading = exb.read(exmaralda(tier([(0, 1, "U\u0308ber\u00ad\u200b den\n\u00a0 Weg")])))
    assert rows(reading)[0][1] == "Über den Weg"


VALID = [
    exmaralda(tier([(0, 1, "Ja, "), (1, 2, "gut.")]) + tier([(1, 3, "Äh")], "SPK1")),
    elan(aligned("utt@I", [("a1", "s1", "s2", "Ja?")]) + dependent("x", "utt@I", [("b", "a1", "yes")]), SLOTS),
    spoken(
        block("<w norm='Haus'>Hus</w><unclear><w>ja</w></unclear><pause dur='PT1S'/><gap/>") + block("<w>ä</w>", "#P2")
    ),
    flk(
        contribution("<w n='x'>ja</w><pause duration='1'/><uncertain><w>a</w></uncertain>")
        + contribution("<segment>ja</segment>")
    ),
    rich([[CODE.format(1000), "<text>Leh ja</text>"]]),
    segmented(
        "<segmented-tier type='t'><segmentation name='x'><ts n='e' s='T0' e='T1'>Ja</ts></segmentation></segmented-tier>"
    ),
]
EDITS = st.lists(
    st.tuples(
        st.integers(0, 5_000),
        st.one_of(st.binary(max_size=4), st.sampled_from([b"<", b">", b"&", b'"', b"\x00", b"NaN", b"\xff"])),
    ),
    min_size=1,
    max_size=4,
)


def mutated(data: bytes, edits: list[tuple[int, bytes]]) -> bytes:
    for at, piece in edits:
        at %= len(data) + 1
        data = data[:at] + piece + data[at + len(piece) // 2 :]
    return data


def sound(reading: Reading) -> None:
    """What every reading keeps to."""
    last = -1.0
    for one in reading.cues:
        assert one.text == " ".join(one.text.split())
        assert one.text
        assert one.t_start is None or one.t_end is None or 0 <= one.t_start <= one.t_end
        last = max(last, one.t_start if one.t_start is not None else last)
        assert one.t_start is None or one.t_start == last
        assert all(0 <= sign.start <= sign.end <= len(one.text) for sign in one.signs)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(VALID) - 1), EDITS)
def test_nothing_but_unreadable_is_raised(which: int, edits: list[tuple[int, bytes]]) -> None:
    try:
        reading = xml.read(mutated(VALID[which], edits))
    except Unreadable as error:
        assert error.reason  # noqa: PT017
    else:
        sound(reading)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([long_grid(TALK), short_grid(TALK)]), EDITS)
def test_nothing_but_unreadable_is_raised_for_grids(text: str, edits: list[tuple[int, bytes]]) -> None:
    data = mutated(text.encode(), edits)
    for module in (textgrid, transana):
        try:
            reading = module.read(data)
        except Unreadable as error:
            assert error.reason  # noqa: PT017
        else:
            sound(reading)


def test_long_files_take_linear_time() -> None:
    started = time.process_time()
    events = [(n % 9, n % 9 + 1, f"Wort{n} ") for n in range(20_000)]
    assert len(exb.read(exmaralda(tier(events))).cues) > 1
    with pytest.raises(Unreadable):
        textgrid.read(b'File type = "ooTextFile"\nObject class = "TextGrid"\n' + b'"' * 400_001 + b" 1" * 100_000)
    assert len(tei.read(spoken(block("<w>ja</w><pause/>" * 20_000))).cues[0].signs) == 20_000
    assert len(transana.read(("¤<1> Leh " + "ja (( " * 100_000).encode()).cues) == 1
    assert time.process_time() - started < 20


# The samples


def sample(name: str) -> bytes:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"the sample {name} is not here")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "count", "speakers", "first"),
    [
        ("exmaralda/HardTalk.exb", 52, {"StS", "DD"}, ("StS", "Daniel Dennett, welcome to Hard Talk.", 1.375, 3.747)),
        ("exmaralda/AlmalIsNFreak.exb", 268, {"RS", "AS", "TA"}, ("AS", "• • Ek is nou bang.", 0.013, 1.113)),
        ("exmaralda/Example_basic.exb", 9, {"SPK1", "SPK2"}, ("SPK1", "this is a test file| it is just for one purpose|", 0.0, 1.091)),
        ("exmaralda/Example_linear.exb", 9, {"SPK1", "SPK2"}, ("SPK1", "this is a test file| it is just for one purpose|", 0.0, 1.091)),
        ("exmaralda/Example_multi.exb", 9, {"SPK1", "SPK2"}, ("SPK1", "this is a test file| it is just for one purpose|", 0.0, 1.091)),
        ("elan/interview_made_de.eaf", 3, {"I", "B03"}, ("I", "Wie war das damals?", 0.0, 2.4)),
        ("iso-tei/folk_like_made.xml", 1, {"AM"}, ("AM", "haben wir nicht gemacht […].", 0.0, 2.41)),
        ("iso-tei/hama_Janis.xml", 1, {"SPK0"}, ("SPK0", "ach ja hallo wie ist es denn so", 0.0, 3.62)),
        ("iso-tei/hama_victor.xml", 129, {"SPK0", "SPK1"}, ("SPK0", "Phuong", 0.007, 0.596)),
        ("transana/interview_made.xml", 2, {"Leh", "Hal"}, ("Leh", "Erste Frage a: Bei welchem Film?", 288.012, None)),
    ],
)  # fmt: skip
def test_samples(name: str, count: int, speakers: set[str], first: Row) -> None:
    reading = xml.read(sample(name))
    sound(reading)
    assert (len(reading.cues), {one.speaker for one in reading.cues}, rows(reading)[0]) == (count, speakers, first)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bobby_words_with_newlines", ("", "BOBBY RIPPED THE LEDGER", 0.065, 1.117)),
        ("bobby_words_with_newlines_longfile", ("", "BOBBY RIPPED THE LEDGER", 0.065, 1.117)),
        ("damon_set_test", ("", "damon fried the omelet", 0.051, 0.917)),
        ("mary", ("", "mary rolled the barrel", 0.315, 1.518)),
    ],
)
def test_samples_of_praat(name: str, expected: Row) -> None:
    assert rows(textgrid.read(sample(f"praat/{name}.TextGrid"))) == [expected]


def test_sample_of_transana_text() -> None:
    assert [row[:3] for row in rows(transana.read(sample("transana/interview_made.txt")))] == [
        ("Leh", "[Lehrer teilt die Arbeitsblätter aus] Jetzt wollen wir mal überprüfen.", 808.2),
        ("Hal", "[lachend] Drei Null.", 812.073),
    ]


def test_samples_every_word_of_speech_is_kept() -> None:
    from lxml import etree

    for name in ("HardTalk", "AlmalIsNFreak"):
        data = sample(f"exmaralda/{name}.exb")
        events = etree.fromstring(data).findall(".//tier[@type='t']/event")
        spoken_words = "".join("".join((event.text or "").split()) for event in events)
        read_words = "".join("".join(one.text.split()) for one in exb.read(data).cues)
        assert sorted(spoken_words) == sorted(read_words)
    victor = sample("iso-tei/hama_victor.xml")
    words = ["".join(word.itertext()) for word in etree.fromstring(victor).iter(f"{{{TEI_NS}}}w")]
    read = [word.strip("-.,?") for one in tei.read(victor).cues for word in one.text.replace("[…]", "").split()]
    assert sorted("".join(words)) == sorted("".join(read).replace("-", ""))


def test_sample_of_an_entity_bomb() -> None:
    assert refusal(sample("bad/billion_laughs.exb")) == ("failed", "damaged")
