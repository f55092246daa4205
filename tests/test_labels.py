"""Speaker labels, roles and times: cases as data, and what must hold for every text."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.labels.lexicon import display, is_name
from pipeline.labels.shapes import parse
from pipeline.readers import markdown, text
from pipeline.reading import ROW, Block, Cue, Reading
from pipeline.speakers.turns import Settings, Transcript, read_turns

CASES = json.loads((Path(__file__).parent / "cases" / "readers_labels.json").read_text(encoding="utf-8"))


def reading_of(case: dict[str, Any]) -> Reading:
    return (markdown if case.get("format") == "md" else text).read(case["text"].encode())


def settings_of(case: dict[str, Any]) -> Settings:
    given = case.get("settings", {})
    return Settings(roles=given.get("roles", {}), extra_keys=tuple(given.get("extra_keys", ())))


def check(case: dict[str, Any]) -> None:
    """Everything that a case of labels or headers says, and that turns are slices of the file."""
    reading = reading_of(case)
    found = read_turns(reading, settings_of(case))
    if "turns" in case:
        assert [[t.speaker, t.role, t.text] for t in found.turns] == case["turns"]
    if "labels" in case:
        assert [role.label for role in found.roles] == case["labels"]
    if "times" in case:
        assert [[t.t_start, t.t_end] for t in found.turns] == case["times"]
    if "warns" in case:
        assert any(case["warns"] in warning for warning in found.warnings), found.warnings
    if "meta" in case:
        assert found.meta == case["meta"]
    roles = {role.label: role for role in found.roles}
    for label, role in case.get("roles", {}).items():
        assert roles[label].role == role, label
        assert roles[label].evidence == case.get("evidence", roles[label].evidence)
    slices_hold(reading, found)


def slices_hold(reading: Reading, found: Transcript) -> None:
    assert found.turns
    for turn in found.turns:
        assert turn.text == turn.text.strip() != ""
        if turn.offset == -1:  # line numbers were taken out: every line of the turn stands in the file all the same
            assert all(line in reading.text for line in turn.text.split("\n"))
            continue
        assert reading.text[turn.offset : turn.offset + len(turn.text)] == turn.text
    offsets = [turn.offset for turn in found.turns if turn.offset >= 0]
    assert offsets == sorted(set(offsets))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_labels(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize(
    "line",
    ["https://example.org", "C:\\Daten", "12:30 kam er", "Lehrer:innen sind da", "(lacht) ja: nein", "", "   ", "3:1"],
)
def test_lines_that_are_no_candidates(line: str) -> None:
    candidate = parse(line)
    assert candidate is None or candidate.shape == "alone"


@pytest.mark.parametrize(
    ("line", "name", "shape", "mark"),
    [
        ("**I [00:00:00]** Text", "I", "time", "[00:00:00]"),
        ("Name  00:13", "Name", "clock", "00:13"),
        ("#00:00:12-4# B: Ja", "B", "colon", "#00:00:12-4#"),
        ("**Interviewer:**{: .gelb}", "Interviewer", "colon", ""),
        ("01 A:  und", "A", "colon", ""),
        ("Speaker 1 [00:12]: ja", "Speaker 1", "colon", "[00:12]"),
        ("B\tJa", "B", "tab", ""),
    ],
)
def test_shapes(line: str, name: str, shape: str, mark: str) -> None:
    candidate = parse(line)
    assert candidate is not None
    assert (candidate.name, candidate.shape, candidate.time) == (name, shape, mark)


def paragraphs(*parts: tuple[str, float]) -> Reading:
    """A document of paragraphs, each with its share of bold print."""
    blocks = (Block(said, f"Abs. {n}", bold=bold) for n, (said, bold) in enumerate(parts, 1))
    return Reading("docx", "utf-8", tuple(blocks))


def table(*rows: tuple[str, ...]) -> Reading:
    """A document that is one table."""
    blocks = (Block("\t".join(cells), f"Tab. 1/{n}", ROW, cells=cells) for n, cells in enumerate(rows, 1))
    return Reading("docx", "utf-8", tuple(blocks))


def said(reading: Reading) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in read_turns(reading).turns]


def test_bold_names_on_lines_of_their_own_are_labels() -> None:
    parts = [("Pia Voss", 1.0), ("Wie war das?", 0.0), ("Jan Ober", 1.0), ("Gut: sehr gut.", 0.0)] * 2
    found = read_turns(paragraphs(*parts))
    assert [(t.speaker, t.role, t.text) for t in found.turns] == [
        ("Pia Voss", "interviewer", "Wie war das?"), ("Jan Ober", "respondent", "Gut: sehr gut."),
    ] * 2  # fmt: skip
    assert not any("Schriftbild" in warning or "unsichere" in warning for warning in found.warnings)


def test_bold_lines_that_return_are_nobody_s_speech() -> None:
    parts = [("Zur Person?", 1.0), ("Ich bin da geboren.", 0.0), ("Zum Ort?", 1.0), ("Hier ist es schön.", 0.0)]
    print_only = read_turns(paragraphs(*parts))
    assert {turn.speaker for turn in print_only.turns} == {"I", "B"}
    headed = read_turns(paragraphs(*[(text, bold) for _ in range(2) for text, bold in parts]))
    assert {turn.speaker for turn in headed.turns} == {""}


def test_words_alone_in_subtitles_are_no_speakers() -> None:
    words = ["Bochum", "Da war ich lange.", "Herne", "Da war ich kurz."] * 2
    cues = tuple(Cue(word, "", n * 5.0, n * 5.0 + 1) for n, word in enumerate(words))
    assert {turn.speaker for turn in read_turns(Reading("srt", "utf-8", (), cues=cues)).turns} == {""}


ASKED = [("I:", "Wie war das?"), ("B:", "Gut."), ("I:", "Und dann?"), ("B:", "Nichts.")]
TURNS = [(label.strip(":"), text) for label, text in ASKED]


@pytest.mark.parametrize(
    ("head", "dropped"),
    [
        (("Zeile", "Sprecher", "Transkript", "Anmerkungen/Codes"), 1),
        (("Nr.", "Person", "Text", "Was uns auffiel"), 1),
        (("Z.", "Sprecher/in", "Transkript / Inhalt", "Interpretation"), 1),
    ],
)
def test_columns_that_are_no_speech_are_left_out_and_counted(head: tuple[str, ...], dropped: int) -> None:
    rows = [(str(n), label, text, "Zugang" if n == 2 else "") for n, (label, text) in enumerate(ASKED, 1)]
    reading = table(head, *rows)
    found = read_turns(reading)
    assert said(reading) == TURNS
    assert found.meta == {}
    assert any(f"nicht gelesen wurden: {dropped}." in warning for warning in found.warnings)


def test_labels_in_the_column_of_text_beside_paraphrases() -> None:
    rows = [(f"{label} {text}", "" if label == "I:" else "Es war gut") for label, text in ASKED]
    reading = table(("Transkript", "Paraphrase"), *rows)
    assert said(reading) == TURNS
    assert read_turns(reading).meta == {}
    timed = table(("Zeit", "Transkript"), *((f"00:0{n}", row[0]) for n, row in enumerate(rows)))
    assert [(turn.speaker, turn.t_start) for turn in read_turns(timed).turns] == [
        ("I", 0),
        ("B", 1),
        ("I", 2),
        ("B", 3),
    ]


def test_a_table_without_head_and_with_a_column_of_few_remarks() -> None:
    rows = [(str(n), label, text, "Zugang" if n == 2 else "") for n, (label, text) in enumerate(ASKED, 1)]
    assert said(table(*rows)) == TURNS
    full = [(str(n), label, text, f"Bemerkung {text}") for n, (label, text) in enumerate(ASKED, 1)]
    assert sum("Bemerkung" in text for _, text in said(table(*full))) == 4  # not understood, so nothing is left out


def test_headings_of_a_text_without_labels_are_kept() -> None:
    blocks = (Block("Der Anfang", "Abs. 1", "heading"), Block("Ich kam 1971.", "Abs. 2"))
    found = read_turns(Reading("docx", "utf-8", blocks))
    assert ([turn.text for turn in found.turns], found.meta) == (["Ich kam 1971."], {"überschriften": "Der Anfang"})


def test_names() -> None:
    assert [is_name(n) for n in ("Frau Kaya", "Lisa B.", "Gábor", "Und dann", "mein Vater", "Van de Velde")] == [
        True, True, True, False, False, True,
    ]  # fmt: skip
    assert display("**B1**") == "B1"


def test_roles_are_never_guessed_silently() -> None:
    found = read_turns(text.read(b"S00: Ja. Gut.\nS01: Na ja.\nS00: Eben.\nS01: So ist das."))
    assert {(role.role, role.confidence, role.evidence) for role in found.roles} == {("unknown", 0.0, "kein Hinweis")}
    assert any("unklarer Rolle: 2" in warning for warning in found.warnings)


def test_roles_by_questions_need_a_margin() -> None:
    asking = "".join(f"S00: Und wie war das {n}?\nS01: Also das war so, wie ich es schon sagte.\n" for n in range(4))
    roles = {role.label: role for role in read_turns(text.read(asking.encode())).roles}
    assert (roles["S00"].role, roles["S01"].role) == ("interviewer", "respondent")
    assert 0.5 <= roles["S00"].confidence < 0.9
    both = asking.replace("sagte.", "sagte, ja?").replace("wie ich es schon sagte", "wie?")
    assert {role.role for role in read_turns(text.read(both.encode())).roles} == {"unknown"}


def test_swapped_labels_are_told() -> None:
    long = "Also, das war so, dass wir da hin sind und lange blieben und viel sahen."
    swapped = "".join(f"B: Wie war das {n}?\nI: {long}\n" for n in range(6))
    assert any("passen nicht" in warning for warning in read_turns(text.read(swapped.encode())).warnings)
    right = swapped.replace("B:", "X:").replace("I:", "B:").replace("X:", "I:")
    assert not any("passen nicht" in warning for warning in read_turns(text.read(right.encode())).warnings)


@pytest.mark.parametrize(
    "line",
    ["I: " + "wort und noch: ein wort a:b " * 22_000, "a" * 600_000, "[" * 600_000, " " * 600_000 + "x",
     "I: x\n" + "A a " * 150_000, "I: " + "1:11:11 " * 75_000, "#00:00:12-4" * 55_000, "I: " + "*a _b* " * 90_000,
     "I: a. B: b. " * 25_000, "I: x\n" + "B (k, 1: " * 60_000, "I – a\nB – Ja\nB: c\n" * 5_000,
     "I: a\nB. Ja\nB: c\n" * 5_000, "Pia\nja?\n\nJan\nda\n\n" * 4_000],
    ids=["colons", "letters", "brackets", "blanks", "capitals", "clocks", "marks", "stars", "turns", "remarks", "dashes",
         "dots", "alone"],
)  # fmt: skip
@pytest.mark.parametrize("reader", [text, markdown], ids=["txt", "md"])
def test_a_very_long_line_is_quick(line: str, reader: Any) -> None:
    start = time.process_time()
    found = read_turns(reader.read(line.encode()))
    assert time.process_time() - start < 2.0
    assert found.turns or "I:" in line


@pytest.mark.parametrize("marks", [{"tint": "0000FF"}, {"indent": 1.2}], ids=["colour", "indent"])
def test_an_interviewer_in_colour_or_further_in_is_found_without_labels(marks: dict[str, Any]) -> None:
    said = ["Wie leben Sie hier?", "Ach, ganz gut.", "Und wo trifft man sich?", "Auf dem Markt.", "Was fehlt?", "Ein Saal."]
    blocks = tuple(Block(words, f"Abs. {n}", **(marks if n % 2 else {})) for n, words in enumerate(said, 1))
    turns = read_turns(Reading("docx", "utf-8", blocks)).turns
    assert [(t.speaker, t.text) for t in turns] == list(zip("IBIBIB", said, strict=True))
