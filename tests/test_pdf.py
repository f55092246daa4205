"""PDF to blocks: every trap of the format on files that are written here by hand, and the real ones where they exist."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.arcfour import Arcfour

from pipeline.readers import pdf, pdf_pages, pdf_words
from pipeline.readers.pdf_joins import attested, join
from pipeline.reading import Reading, Unreadable
from pipeline.speakers.turns import read_turns

SHARED = Path(__file__).parents[2] / "shared"
FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Helvetica-Oblique", "F4": "Courier"}
# Codes above 127 that Windows does not know: what fonts of real files show under other names.
NAMES = "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /uni00AD /uniFFFE /fl] >>"
FI, SHY, FFFE, FL = "\x01", "\x02", "\x03", "\x04"


def text(x: float, y: float, words: str, size: float = 11, font: str = "F1", more: str = "") -> str:
    """Content that shows words at a place: `x` from the left, `y` from the top of a page 842 points high."""
    return f"BT /{font} {size} Tf {more} 1 0 0 1 {x} {842 - y} Tm ({_escaped(words)}) Tj ET\n"


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def lines(*words: str, x: float = 70, y: float = 100, step: float = 14) -> str:
    return "".join(text(x, y + n * step, line) for n, line in enumerate(words))


def raw(objects: dict[int, bytes], trailer: bytes = b"/Root 1 0 R", end: bytes = b"%%EOF\n") -> bytes:
    """A file of numbered objects with a right table of their places."""
    out = b"%PDF-1.4\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 1\n0000000000 65535 f \n"
    table += b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items())
    return out + table + b"trailer\n<< /Size 9999 %s >>\nstartxref\n%d\n" % (trailer, len(out)) + end


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def objects(*pages: str, page: str = "", root: str = "", count: int = -1) -> dict[int, bytes]:
    """The objects of a file with these pages: 1 root, 2 tree, 3 fonts, 4 names, 10 … pages, each with its content."""
    kids = [10 + 2 * n for n in range(len(pages))]
    made = {
        1: f"<< /Type /Catalog /Pages 2 0 R {root} >>".encode(),
        2: f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids) if count < 0 else count} >>".encode(),
        3: ("<< " + " ".join(f"/{key} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding 4 0 R >>"
                             for key, name in FONTS.items()) + " >>").encode(),
        4: NAMES.encode(),
    }  # fmt: skip
    for kid, content in zip(kids, pages, strict=True):
        box = "" if "MediaBox" in page else "/MediaBox [0 0 595 842]"
        head = f"<< /Type /Page /Parent 2 0 R {box} /Contents {kid + 1} 0 R "
        made[kid] = f"{head} {page} {'' if 'Resources' in page else '/Resources << /Font 3 0 R >>'} >>".encode()
        made[kid + 1] = stream(content.encode("cp1252"))
    return made


def made(*pages: str, **more: Any) -> bytes:
    return raw(objects(*pages, **more))


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if block.text]


def refs(reading: Reading) -> list[str]:
    return [block.ref for block in reading.blocks if block.text]


def read(*pages: str, **more: Any) -> Reading:
    return pdf.read(made(*pages, **more))


def code(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        pdf.read(data)
    assert caught.value.reason.endswith(".")
    assert caught.value.status in ("failed", "skipped")
    return caught.value.code


# --- paragraphs -----------------------------------------------------------------------------------------------------


def test_lines_of_a_paragraph_are_one_block_and_labels_begin_another() -> None:
    reading = read(
        lines(
            "I: Wie war das damals, als Sie hier",
            "angekommen sind?",
            "B: Schwierig war das, weil",
            "wir nichts hatten.",
        )
    )
    assert texts(reading) == [
        "I: Wie war das damals, als Sie hier angekommen sind?", "B: Schwierig war das, weil wir nichts hatten.",
    ]  # fmt: skip
    assert refs(reading) == ["S. 1, Abs. 1", "S. 1, Abs. 2"]
    assert reading.warnings == ()
    assert [(turn.speaker, turn.text) for turn in read_turns(reading).turns] == [
        ("I", "Wie war das damals, als Sie hier angekommen sind?"), ("B", "Schwierig war das, weil wir nichts hatten."),
    ]  # fmt: skip


def test_a_gap_parts_paragraphs_and_a_blank_line_is_kept() -> None:
    body = lines("Wir haben lange gesucht und gefunden", "haben wir am Ende nichts")
    body += lines("und dann kam der Zufall zu Hilfe und", "alles wurde gut", y=134)
    body += lines("danach blieb es so, wie man es sich", "vorstellt", y=190)
    blocks = read(body).blocks
    assert [block.text for block in blocks] == [
        "Wir haben lange gesucht und gefunden haben wir am Ende nichts",
        "und dann kam der Zufall zu Hilfe und alles wurde gut", "", "danach blieb es so, wie man es sich vorstellt",
    ]  # fmt: skip


def test_an_indent_parts_paragraphs() -> None:
    long = "Das war eine Zeit, in der man noch"
    body = lines(long, long, "vieles selbst gemacht hat.") + text(85, 142, "Später war das anders, ganz anders")
    body += lines(long, "nichts hatte.", y=156)
    assert [part[:6] for part in texts(read(body))] == ["Das wa", "Später"]


def test_hanging_labels_are_not_parted_from_their_speech() -> None:
    body = text(70, 100, "I:") + text(105, 100, "Wie war das damals mit der Suche nach Wohnungen.")
    body += text(105, 114, "Erzählen Sie doch mal bitte ganz von vorn, und in aller Ruhe.") + text(
        105, 128, "Gern auch sehr, sehr lange und mit allem, was dazugehört."
    )
    body += text(70, 142, "B:") + text(105, 142, "Ja, also.")
    turns = read_turns(read(body)).turns
    assert [turn.speaker for turn in turns] == ["I", "B"]
    assert (
        turns[0].text
        == "Wie war das damals mit der Suche nach Wohnungen. Erzählen Sie doch mal bitte ganz von vorn, und in aller Ruhe. Gern auch sehr, sehr lange und mit allem, was dazugehört."
    )


def test_a_colon_inside_a_sentence_parts_nothing() -> None:
    reading = read(lines("B: Und dann hat er mir am Telefon gesagt", "wörtlich: das geht nicht.", "I: Aha."))
    assert texts(reading)[0].endswith("gesagt wörtlich: das geht nicht.")


def test_names_across_lines_are_no_labels() -> None:
    reading = read(lines("B: Ja.", "B: Beifall bei der Abgeordneten Frau Gurr-", "Hirsch CDU: Das stimmt."))
    assert texts(reading)[1].endswith("Gurr-Hirsch CDU: Das stimmt.")


def test_titles_and_keys_above_the_talk_stay_apart() -> None:
    body = text(70, 80, "Interview B03", 18) + lines(
        "Datum: 12.03.2024", "Ort: Bochum", "I: Wie war es?", "B: Gut war es."
    )
    reading = read(body)
    assert [(block.kind, block.text) for block in reading.blocks if block.text][:3] == [
        ("heading", "Interview B03"), ("text", "Datum: 12.03.2024"), ("text", "Ort: Bochum"),
    ]  # fmt: skip
    assert read_turns(reading).meta == {"datum": "12.03.2024", "ort": "Bochum"}


def test_labels_and_times_in_columns_of_their_own() -> None:
    body = "".join(
        text(70, y, who) + text(130, y, "00:13") for who, y in (("Anna Kaya", 100), ("Jo Ott", 128), ("Anna Kaya", 156))
    )
    body = body.replace("130", "170")
    body += text(70, 114, "Wie war das?") + text(70, 142, "Gut war das.") + text(70, 170, "Und dann?")
    turns = read_turns(read(body)).turns
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Anna Kaya", "Wie war das?"), ("Jo Ott", "Gut war das."), ("Anna Kaya", "Und dann?"),
    ]  # fmt: skip


# --- tables ---------------------------------------------------------------------------------------------------------

GRID = [
    ("00:00:12", "I", ["Wie war das"]), ("00:01:12", "Herr K.", ["Na ja: die Woh-", "nungssuche um", "18:00 Uhr war so."]),
    ("00:02:12", "I", ["Und dann?"]), ("00:03:12", "Herr K.", ["Dann das"]),
]  # fmt: skip
TOLD = [("I", 12.0, "Wie war das"), ("Herr K.", 72.0, "Na ja: die Wohnungssuche um 18:00 Uhr war so."),
          ("I", 132.0, "Und dann?"), ("Herr K.", 192.0, "Dann das")]  # fmt: skip


def grid(rows: list[tuple[str, str, list[str]]], y: float = 120, x: tuple[float, float, float] = (40, 92, 140)) -> str:
    body = ""
    for time_, who, said in rows:
        body += text(x[0], y, time_) + text(x[1], y, who)
        for line in said:
            body += text(x[2], y, line)
            y += 14
        y += 4
    return body


def spoken(reading: Reading) -> list[tuple[str, float | None, str]]:
    return [(turn.speaker, turn.t_start, turn.text) for turn in read_turns(reading).turns]


def test_columns_of_time_person_and_text_are_a_table() -> None:
    head = text(45, 100, "Zeit") + text(95, 100, "Person") + text(300, 100, "Text")
    reading = read(text(40, 60, "Interview mit Herrn K.") + head + grid(GRID) + text(40, 400, "Ende der Aufnahme"))
    rows = [block for block in reading.blocks if block.kind == "row"]
    assert [row.cells for row in rows[:2]] == [("Zeit", "Person", "Text"), ("00:00:12", "I", "Wie war das")]
    assert [row.ref for row in rows] == [f"Tab. 1/{n}" for n in range(1, 6)]
    assert texts(reading)[0] == "Interview mit Herrn K."
    assert texts(reading)[-1] == "Ende der Aufnahme"
    assert spoken(read(head + grid(GRID))) == TOLD


def test_tables_without_a_head_and_with_the_person_first() -> None:
    assert spoken(read(grid(GRID))) == TOLD
    assert spoken(read(grid(GRID, x=(100, 40, 160)))) == TOLD


def test_rows_go_on_over_the_page_and_heads_are_read_once() -> None:
    head = text(45, 100, "Zeit") + text(95, 100, "Person") + text(300, 100, "Text")
    second = [("00:04:12", "I", ["Gern?"]), ("00:05:12", "Herr K.", ["Sehr gern."])]
    turns = spoken(read(head + grid(GRID), head + text(140, 120, "und noch mehr.") + grid(second, y=140)))
    assert turns[3] == ("Herr K.", 192.0, "Dann das und noch mehr.")
    assert turns[4:] == [("I", 252.0, "Gern?"), ("Herr K.", 312.0, "Sehr gern.")]


def test_times_before_labels_in_running_text_are_no_table() -> None:
    """Lines that go on at the left margin, words parted by blanks, or two rows only."""
    left = "".join(
        text(40, y, f"00:0{n}:12")
        + text(92, y, "I:")
        + text(120, y, "Wie war das denn")
        + text(40, y + 14, "bei euch?")
        for n, y in enumerate(range(100, 240, 28))
    )
    for page in (left, lines(*(f"00:0{n}:12 I: Wie war das denn" for n in range(5))), grid(GRID[:2])):
        assert not any(block.kind == "row" for block in read(page).blocks)


# --- hyphens --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "rest", "expected"),
    [
        ("wir haben ge-", "sucht, lange", "", "wir haben gesucht, lange"),
        ("die Woh-", "nungssuche war", "", "die Wohnungssuche war"),
        ("Vor-", "und Nachteile", "", "Vor- und Nachteile"),
        ("Haupt-", "oder Nebenfach", "", "Haupt- oder Nebenfach"),
        ("Vor-", "bzw. Nachteile", "", "Vor- bzw. Nachteile"),
        ("Land-", "sowie Stadtleute", "", "Land- sowie Stadtleute"),
        ("ein-", "bis zweimal", "", "ein- bis zweimal"),
        ("Nordrhein-", "Westfalen ist", "", "Nordrhein-Westfalen ist"),
        ("die SPD-", "Landtagsfraktion", "", "die SPD-Landtagsfraktion"),
        ("die GRÜ-", "NEN haben", "", "die GRÜNEN haben"),
        ("die WÄH-", "LER", "", "die WÄHLER"),
        ("die FREI-", "EN", "", "die FREIEN"),
        ("die GRÜ-", "NEN haben", "früher hieß es GRÜ-NEN so", "die GRÜ-NEN haben"),
        ("mit CDU-", "SPD", "die CDU und die SPD sind", "mit CDU-SPD"),
        ("und ich-", "also wir waren", "", "und ich- also wir waren"),
        ("und ich-", "Mein Mann", "", "und ich- Mein Mann"),
        ("die woh-", "wohnungen", "", "die woh- wohnungen"),
        ("das war CDU-", "geführt", "", "das war CDU-geführt"),
        ("eine E-", "mail kam", "", "eine E-mail kam"),
        ("die 20-", "jährigen", "", "die 20-jährigen"),
        ("Covid-", "19 war", "", "Covid-19 war"),
        ("der Bäcker-", "Laden", "", "der Bäcker-Laden"),
        ("die Lehrer-", "Innen", "alle LehrerInnen kamen", "die LehrerInnen"),
        ("das Gr-", "und stück", "der Grund war", "das Grund stück"),
        ("sein Make-", "up war", "mit Make-up ging sie", "sein Make-up war"),
        ("er wollte ge-", "(lacht) also", "", "er wollte ge- (lacht) also"),
        ("und dann -", "ja nichts", "", "und dann - ja nichts"),
        ("Schwung\u00ad", "Rad", "", "SchwungRad"),
        ("Woh\ufffe", "nung", "", "Wohnung"),
        ("Zeit \u2013", "und dann", "", "Zeit \u2013 und dann"),
        ("ge\u2010", "sucht", "", "gesucht"),
    ],
)  # fmt: skip
def test_hyphen_at_the_end_of_a_line(left: str, right: str, rest: str, expected: str) -> None:
    assert join(left, right, attested([rest, left, right])) == expected


def test_divided_words_do_not_attest_themselves() -> None:
    assert attested(["die GRÜ-", "NEN und Ruhr-Gebiet"]) >= {"die", "und", "Ruhr-Gebiet", "ruhr-gebiet"}
    assert not attested(["die GRÜ-", "NEN und"]) & {"GRÜ", "NEN"}


def test_hyphens_in_a_file() -> None:
    reading = read(
        lines("B: Das war in der Emscher-", "straße in Nordrhein-", "Westfalen, ich-", "also Vor-", "und Nachteile.")
    )
    assert texts(reading) == ["B: Das war in der Emscherstraße in Nordrhein-Westfalen, ich- also Vor- und Nachteile."]


def test_an_abort_before_the_next_speaker_stays() -> None:
    reading = read(lines("B: Und dann habe ich lange ge-", "I: Ja?", "B: Genau."))
    assert texts(reading) == ["B: Und dann habe ich lange ge-", "I: Ja?", "B: Genau."]


@pytest.mark.parametrize("sign", [SHY, FFFE])
def test_soft_hyphens_join(sign: str) -> None:
    assert texts(read(lines(f"B: Die lange Woh{sign}", "nungssuche"))) == ["B: Die lange Wohnungssuche"]


def test_a_font_that_shows_its_hyphen_as_a_soft_one() -> None:
    reading = read(
        lines(f"B: Das Nord{SHY}Süd{SHY}Gefälle und die Woh{SHY}", f"nungssuche in Nordrhein{SHY}", "Westfalen")
    )
    assert texts(reading) == ["B: Das Nord-Süd-Gefälle und die Wohnungssuche in Nordrhein-Westfalen"]


# --- around the text ------------------------------------------------------------------------------------------------


def page(number: int) -> str:
    letter = "abcdefgh"[number]
    body = lines(f"B: Das ist die Antwort {letter} von mir", f"und sie geht noch weiter, {letter} und so")
    head = text(70, 40, f"Projekt Ankommen, Stand {number}.3.2024", 9)
    return head + body + text(290, 800, f"Seite {number} von 4", 9)


def test_running_heads_and_feet_are_kept_once() -> None:
    reading = read(*(page(n) for n in range(1, 5)))
    assert reading.meta == {"kopfzeile": "Projekt Ankommen, Stand 1.3.2024", "fusszeile": "Seite 1 von 4"}
    assert len(texts(reading)) == 4
    assert not any("Projekt" in part or "Seite" in part for part in texts(reading))


def test_a_line_at_another_height_is_no_running_head() -> None:
    reading = read(*(lines("Projekt Ankommen", f"B: Wort {'abcde'[n]}", y=60 + 40 * n) for n in range(5)))
    assert "\n".join(texts(reading)).count("Projekt Ankommen") == 5


def test_a_line_on_fewer_pages_is_no_running_head() -> None:
    heads = [text(70, 40, "Vertraulich") if n in (0, 3) else "" for n in range(6)]
    reading = read(*(head + lines(f"B: Wort {'abcdef'[n]}") for n, head in enumerate(heads)))
    assert "\n".join(texts(reading)).count("Vertraulich") == 2


def test_turns_in_the_same_place_on_every_page_are_no_heads() -> None:
    reading = read(*(lines(f"I: Frage {n}?", f"B: Antwort {n}.") for n in range(9)))
    assert len(read_turns(reading).turns) == 18
    apart = read(
        *(text(70, 40, f"Interviewer: M. Ott, Teil {n}") + lines(f"B: Wort {'abcd'[n]}", "I: Ja?") for n in range(4))
    )
    assert apart.meta == {"kopfzeile": "Interviewer: M. Ott, Teil 0"}


def test_short_turns_that_open_both_pages_are_no_heads() -> None:
    reading = read(lines("B: Mhm.", "I: Und wie war das?"), lines("B: Mhm.", "I: Und danach?"))
    assert [turn.speaker for turn in read_turns(reading).turns] == ["B", "I", "B", "I"]


def test_heads_of_left_and_right_pages() -> None:
    heads = ["Links" if n % 2 else "Rechts" for n in range(7)]
    reading = read(*(text(70, 40, head) + lines(f"B: Wort {'abcdefg'[n]} war das") for n, head in enumerate(heads)))
    assert reading.meta == {"kopfzeile": "Rechts | Links"}


def test_second_lines_of_heads_that_change() -> None:
    names = ["Kaya", "Kaya", "Ott", "Ott"]
    reading = read(*(
        text(70, 40, "Protokoll", 9) + text(70, 54, f"(Frau {name})", 9) + lines(f"B: Wort {'abcd'[n]} war das", f"und {'abcd'[n]} mehr", y=90)
        for n, name in enumerate(names)
    ))  # fmt: skip
    assert reading.meta == {"kopfzeile": "Protokoll | (Frau Kaya) | (Frau Ott)"}
    assert not any("(Frau" in part for part in texts(reading))


@pytest.mark.parametrize("number", ["1", "- 1 -", "Seite 1", "1 / 12", "1 von 12"])
def test_the_page_number_of_a_single_page(number: str) -> None:
    assert texts(read(lines("I: Wie?", "B: Gut.") + text(300, 800, number))) == ["I: Wie?", "B: Gut."]


def test_a_number_that_is_said_is_no_page_number() -> None:
    assert texts(read(lines("I: Wie viele?", "B: Na", "1"))) == ["I: Wie viele?", "B: Na 1"]


SPEECH = ("I: Wie war das mit der Woh-", "nungssuche damals?", "B: Das war 1985 sehr", "schwierig für uns, weil ge-", "sucht haben alle", "und wir auch.")  # fmt: skip


@pytest.mark.parametrize(("x", "size"), [(56, 8), (52, 11), (70, 7)])
def test_line_numbers_in_the_margin(x: float, size: float) -> None:
    body = [lines(*SPEECH[:4], x=80), lines(*SPEECH[4:], "I: Und dann?", "B: Ja.", x=80)]
    body[0] += "".join(text(x, 100 + 14 * n, str(n + 1), size) for n in range(4))
    body[1] += "".join(text(x, 100 + 14 * n, str(n + 5), size) for n in range(4))
    reading = read(*body)
    assert list(zip(refs(reading), texts(reading), strict=True)) == [
        ("S. 1, Z. 1", "I: Wie war das mit der Wohnungssuche damals?"),
        ("S. 1, Z. 3", "B: Das war 1985 sehr schwierig für uns, weil gesucht haben alle und wir auch."),
        ("S. 2, Z. 7", "I: Und dann?"), ("S. 2, Z. 8", "B: Ja."),
    ]  # fmt: skip


def test_line_numbers_that_begin_anew_on_each_page() -> None:
    numbers = "".join(text(52, 100 + 14 * n, str(n + 1)) for n in range(6))
    reading = read(*(numbers + lines(*SPEECH, x=80) for _ in range(3)))
    assert refs(reading) == [f"S. {page}, Z. {line}" for page in (1, 2, 3) for line in (1, 3)]


def test_every_fifth_line_is_numbered() -> None:
    said = [f"{'IB'[n % 2]}: Wort {'abcdefghijkl'[n]}." for n in range(12)]
    body = lines(*said, x=80) + text(60, 156, "5") + text(56, 226, "10")
    reading = read(body)
    assert texts(reading) == said
    assert refs(reading) == [f"S. 1, Z. {n}" for n in range(1, 13)]


def test_numbers_pasted_before_the_text() -> None:
    said = [f"{'IB'[n % 2]}: Wort {'abcdefghijkl'[n]}." for n in range(12)]
    reading = read(lines(*(f"{n} {line}" for n, line in enumerate(said, 1))))
    assert texts(reading) == said
    assert refs(reading)[9] == "S. 1, Z. 10"


def test_paragraph_numbers() -> None:
    body = "".join(
        text(50, 100 + 60 * n, str(n + 1), 8) + lines("B: Das ist ein Absatz, der über drei", "Zeilen geht und dann erst", "endet.", x=80, y=100 + 60 * n)
        for n in range(4)
    )  # fmt: skip
    assert refs(read(body)) == [f"S. 1, Abs. {n}" for n in range(1, 5)]


def test_lists_and_years_are_no_line_numbers() -> None:
    said = ["B: Drei Dinge waren wichtig für uns:", "1. Die Wohnung war gut.", "2. Die Leute waren gut.", "3. Die Arbeit war gut.",
            "1985 war das.", "I: Aha.", "B: Ja.", "I: Und?", "B: Nichts."]  # fmt: skip
    whole = " ".join(texts(read(lines(*said))))
    assert all(part in whole for part in ("1. Die", "2. Die", "3. Die", "1985 war"))


# --- pages and columns ----------------------------------------------------------------------------------------------


def test_a_turn_goes_on_over_the_page() -> None:
    reading = read(lines("I: Wie?", "B: Das war schwierig, weil wir ge-"), lines("sucht haben.", "I: Und dann?"))
    assert texts(reading) == ["I: Wie?", "B: Das war schwierig, weil wir gesucht haben.", "I: Und dann?"]
    assert refs(reading) == ["S. 1, Abs. 1", "S. 1, Abs. 2", "S. 2, Abs. 2"]


def test_a_label_on_the_next_page_begins_a_turn() -> None:
    reading = read(lines("I: Wie?", "B: Das war schwierig, weil"), lines("I: Und dann?", "B: Gut."))
    assert texts(reading) == ["I: Wie?", "B: Das war schwierig, weil", "I: Und dann?", "B: Gut."]


def test_a_paragraph_that_ended_does_not_go_on_over_the_page() -> None:
    first = lines("B: Das war eine lange Zeit, in der wir", "nichts hatten, aber zufrieden waren und", "lachten.")
    second = text(85, 100, "Dann kam der Umzug in die große Stadt") + lines("und alles wurde anders.", y=114)
    assert [part[:8] for part in texts(read(first, second))] == ["B: Das w", "Dann kam"]


TITLE = text(70, 60, "Ein Titel, der über beide Spalten der Seite hinweg gesetzt ist und weiter")


def columns(rows: int = 12, what: str = "Zeile") -> str:
    sides = ([f"{side} {what} {n} voller Worte bis zum" for n in range(rows)] for side in ("linke", "rechte"))
    return lines(*next(sides)) + lines(*next(sides), x=310, y=103)


def test_two_columns_are_read_one_after_the_other() -> None:
    reading = read(TITLE + columns(), columns(3, "Spalte"))
    whole = " ".join(texts(reading))
    assert whole.index("Ein Titel") < whole.index("linke Zeile 11") < whole.index("rechte Zeile 0")
    assert whole.index("linke Spalte 2") < whole.index("rechte Spalte 0")
    assert any("zwei Spalten: 2 (Seite 1, 2)" in warning for warning in reading.warnings)


def test_labels_beside_speech_are_no_columns() -> None:
    body = "".join(
        text(70, 100 + 14 * n, "I:" if n % 2 else "B:") + text(160, 100 + 14 * n, f"Das ist Wort {n} von mir")
        for n in range(20)
    )
    reading = read(body)
    assert reading.warnings == ()
    assert len(read_turns(reading).turns) == 20


# --- signs ----------------------------------------------------------------------------------------------------------


def test_bold_and_italic_are_shares_of_signs() -> None:
    body = text(70, 100, "I:", font="F2") + text(85, 100, "abcdef") + text(70, 130, "ganz schief", font="F3")
    bold, italic = (block for block in read(body).blocks if block.text)
    assert (bold.text, bold.bold, bold.italic) == ("I: abcdef", 0.25, 0.0)
    assert (italic.bold, italic.italic) == (0.0, 1.0)


def test_questions_in_bold_without_labels() -> None:
    said = ["Was machen Sie beruflich?", "Ich bin bei der Stadt.", "Und gern?", "Muss ja."]
    reading = read("".join(text(70, 100 + 14 * n, line, font="F1" if n % 2 else "F2") for n, line in enumerate(said)))
    assert [(turn.role, turn.text) for turn in read_turns(reading).turns] == list(
        zip(["interviewer", "respondent"] * 2, said, strict=True)
    )


def test_signs_printed_twice_are_bold_and_read_once() -> None:
    block = read(text(70, 100, "Hallo alle") + text(70.3, 100, "Hallo alle")).blocks[0]
    assert (block.text, block.bold) == ("Hallo alle", 1.0)


def test_outlined_and_leaning_signs() -> None:
    block = read(text(70, 100, "fett", more="2 Tr")).blocks[0]
    assert (block.text, block.bold) == ("fett", 1.0)
    block = read("BT /F1 11 Tf 1 0 0.3 1 70 700 Tm (schief) Tj ET").blocks[0]
    assert (block.text, block.italic) == ("schief", 1.0)


def test_ligatures_are_letters() -> None:
    assert texts(read(text(70, 100, f"B: {FI}nden und P{FL}icht"))) == ["B: finden und Pflicht"]


def test_accents_printed_over_their_letters() -> None:
    body = (
        text(70, 100, "B: ")
        + text(90, 100, "\u00a8")
        + text(90.5, 100, "uber")
        + text(130, 100, "a")
        + text(131, 100, "\u00a8")
    )
    assert texts(read(body)) == ["B: über ä"]


def test_signs_set_one_by_one_and_words_without_blanks() -> None:
    body = "BT /F4 10 Tf 1 0 0 1 70 700 Tm " + "".join(f"({sign}) Tj " for sign in "B: Ja") + "ET\n"
    assert texts(read(body)) == ["B: Ja"]
    assert texts(read("BT /F1 10 Tf 1 0 0 1 70 700 Tm [(B:) -300 (Ja) -30 (wohl)] TJ ET")) == ["B: Jawohl"]


def test_turned_and_tiny_writing_is_left_out_and_told() -> None:
    body = (
        lines("I: Wie?", "B: Gut.")
        + "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 300 Tm (GEHEIM) Tj ET\n"
        + text(70, 300, "nichts", 0)
    )
    reading = read(body)
    assert texts(reading) == ["I: Wie?", "B: Gut."]
    assert any("gedrehter Schrift" in warning and warning.endswith("6.") for warning in reading.warnings)


def test_a_turned_page_is_upright() -> None:
    body = "BT /F1 11 Tf 0 1 -1 0 100 100 Tm (B: Quer gelesen) Tj ET"
    assert texts(read(body, page="/Rotate 90")) == ["B: Quer gelesen"]


def test_raised_signs_stay_in_their_line() -> None:
    assert texts(read(text(70, 100, "B: Das waren 40 m") + text(158, 96.5, "2", 7) + text(164, 100, "Wohnung"))) == [
        "B: Das waren 40 m2 Wohnung"
    ]


def test_what_the_file_says_of_itself() -> None:
    parts = objects(lines("B: Ja.")) | {5: b"<< /Title <%s> /Author (A. Kaya) /Creator (MAXQDA 2024) >>"
                                        % ("Größe".encode("utf-16").hex().encode())}  # fmt: skip
    parts[5] = parts[5].replace(
        "Größe".encode("utf-16").hex().encode(), b"feff" + "Größe".encode("utf-16-be").hex().encode()
    )
    reading = pdf.read(raw(parts, b"/Root 1 0 R /Info 5 0 R"))
    assert (reading.meta, reading.tool) == ({"titel": "Größe", "autor": "A. Kaya"}, "MAXQDA")
    parts[5] = b"<< /Title (about:blank) /Author (anonymous) >>"
    assert pdf.read(raw(parts, b"/Root 1 0 R /Info 5 0 R")).meta == {}


def test_comments_are_told() -> None:
    note = "/Annots [<< /Type /Annot /Subtype /Text /Contents (Frau Kaya) /Rect [0 0 9 9] >>]"
    assert any("Kommentare" in warning for warning in read(lines("B: Ja."), page=note).warnings)
    link = note.replace("/Text", "/Link")
    assert read(lines("B: Ja."), page=link).warnings == ()


# --- what cannot be read --------------------------------------------------------------------------------------------


def test_a_scan_has_no_text() -> None:
    with pytest.raises(Unreadable) as caught:
        pdf.read(made("0 0 595 842 re f", "0 0 595 842 re f"))
    assert (caught.value.status, caught.value.code) == ("failed", "scan")
    assert caught.value.reason.startswith("Scan ohne Textebene")
    assert "OCR" in caught.value.advice


def test_pages_without_text_are_told() -> None:
    reading = read(lines("B: Ja."), "0 0 9 9 re f", lines("I: Und?"), "")
    assert any("Seiten ohne Text: 2 (Seite 2, 4)" in warning for warning in reading.warnings)


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def locked(password: bytes) -> bytes:
    """A file in the oldest encryption of PDF (RC4, 40 bits) with the owner's password `o` and the reader's `password`."""
    owner_key = hashlib.md5((b"o" + PAD)[:32]).digest()[:5]
    owner = Arcfour(owner_key).process((password + PAD)[:32])
    key = hashlib.md5((password + PAD)[:32] + owner + (-44).to_bytes(4, "little", signed=True) + b"id").digest()[:5]
    user = Arcfour(key).process(PAD)
    parts = objects(lines("B: Geheim."))
    single = hashlib.md5(key + (11).to_bytes(3, "little") + b"\0\0").digest()[:10]
    parts[11] = stream(Arcfour(single).process(lines("B: Geheim.").encode()))
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >> /ID [<6964> <6964>]"
    return raw(parts, b"/Root 1 0 R " + lock % (owner.hex().encode(), user.hex().encode()))


def test_a_password_is_told_and_the_owners_alone_does_not_matter() -> None:
    assert code(locked(b"geheim")) == "encrypted"
    reading = pdf.read(locked(b""))
    assert (texts(reading), reading.warnings) == (["B: Geheim."], ())


def test_a_lock_of_another_maker() -> None:
    assert code(raw(objects(lines("B: Ja.")), b"/Root 1 0 R /Encrypt << /Filter /Other >>")) == "encrypted"


GOOD = made(page(1), page(2), page(3))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"), (b" \n\t", "empty"), (b"%PDF-", "damaged"), (b"%PDF-1.4\n" + bytes(4000), "damaged"),
        (b"kein PDF", "damaged"), (GOOD[:200], "damaged"), (b"%PDF-1.4\n" + bytes(range(256)) * 20, "damaged"),
        (raw({1: b"<< /Type /Catalog >>"}), "damaged"), (raw({1: b"1 0 R"}), "damaged"),
        (raw({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}), "damaged"),
        (raw({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"3 0 R", 3: b"2 0 R"}), "damaged"),
        (raw({1: b"<< /Type /Catalog /Pages " + b"[" * 50_000 + b"]" * 50_000 + b" >>"}), "damaged"),
        (b"\xff\xfe" * 20 + b"%PDF-1.4", "damaged"),
    ],
    ids=["empty", "blank", "head", "nul", "none", "cut", "noise", "no pages", "self", "no kids", "circle", "nested", "late"],
)  # fmt: skip
def test_broken_files(data: bytes, expected: str) -> None:
    started = time.monotonic()
    assert code(data) == expected
    assert time.monotonic() - started < 15


def test_a_file_without_its_end_is_told() -> None:
    reading = pdf.read(GOOD[: GOOD.index(b"startxref")])
    assert len(texts(reading)) == 3
    assert any("fehlt ihr Ende" in warning for warning in reading.warnings)


def test_something_before_and_behind_the_file() -> None:
    assert texts(pdf.read(b"HTTP/1.1 200 OK\r\n\r\n" + GOOD + b"\n\n")) == texts(pdf.read(GOOD))


def test_a_page_that_cannot_be_read_is_told() -> None:
    parts = objects(lines("B: Ja."), lines("B: Nein."))
    parts[13] = stream(
        b"BT /F1 11 Tf 1 0 0 1 70 700 Tm (I: Halb) Tj (x) /Kein cs /a /b /c Do ET", b"/Filter /Unbekannt"
    )
    reading = pdf.read(raw(parts))
    assert texts(reading) == ["B: Ja."]
    assert any("nicht ganz lesen" in warning and "(Seite 2)" in warning for warning in reading.warnings)


def test_a_page_tree_that_goes_in_circles() -> None:
    parts = objects(lines("B: Ja."))
    parts[2] = b"<< /Type /Pages /Kids [2 0 R 10 0 R 2 0 R 10 0 R] /Count 4 >>"
    assert texts(pdf.read(raw(parts))) == ["B: Ja."]


def test_a_deep_page_tree() -> None:
    parts = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    parts |= {n: b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (n + 1) for n in range(2, 3000)}
    assert code(raw(parts)) == "damaged"


def test_pages_promised_and_not_there() -> None:
    reading = read(lines("B: Ja."), count=100_000)
    assert texts(reading) == ["B: Ja."]
    assert any("nennt 100000 Seiten, lesbar waren 1" in warning for warning in reading.warnings)


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    assert code(made(*[""] * (pdf_pages.MAX_PAGES + 1))) == "too_large"
    monkeypatch.setattr(pdf_pages, "MAX_PAGES", 3)
    assert len(texts(pdf.read(GOOD))) == 3


@pytest.mark.parametrize(
    "box", ["[0 0 1e30 1e30]", "[0 0 99999999999999999999 1]", "[1 2]", "[/a /b /c /d]", "(x)", "null"]
)
def test_odd_sizes_of_pages(box: str) -> None:
    data = made(lines("I: Wie?", "B: Ja."), page=f"/MediaBox {box}")
    if "/a" in box:
        assert code(data) == "damaged"
    else:
        assert texts(pdf.read(data)) == ["I: Wie?", "B: Ja."]


@pytest.mark.parametrize("place", ["9" * 30, "-" + "9" * 30, "1" + "0" * 308, "1" + "0" * 400])
def test_odd_places(place: str) -> None:
    body = f"BT /F1 11 Tf 1 0 0 1 {place} {place} Tm (weg) Tj ET BT {place} 0 0 {place} 70 70 Tm /F1 9 Tf (weg) Tj ET\n"
    assert texts(read(lines("I: Wie?", "B: Ja.") + body))[:2] == ["I: Wie?", "B: Ja."]


def test_nul_and_control_signs() -> None:
    reading = read(lines("B: J\\000a und \\007 nein."))
    assert not any(sign in block.text for block in reading.blocks for sign in "\x00\x07")
    assert texts(reading)[0].startswith("B: J")


def test_writing_without_letters() -> None:
    inner = (
        b"/Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font %s >>] >>"
    )
    parts = objects(text(70, 100, "abcdefgh ijklmnop"))
    parts[3] = b"<< /F1 %s >>" % (font % inner)
    with pytest.raises(Unreadable) as caught:
        pdf.read(raw(parts))
    assert (caught.value.code, "Buchstaben übersetzen" in caught.value.reason) == ("scan", True)


def test_what_unpacks_without_measure() -> None:
    parts = objects(lines("B: Ja."))
    parts[11] = stream(zlib.compress(b" " * 30_000_000, 9), b"/Filter /FlateDecode")
    assert code(raw(parts)) == "bomb"
    # A white scan packs as well, and is never unpacked.
    parts = objects(lines("B: Ja.")) | {
        900: stream(zlib.compress(b"\xff" * 30_000_000), b"/Subtype /Image /Filter /FlateDecode")
    }
    assert texts(pdf.read(raw(parts))) == ["B: Ja."]


def test_drawings_that_contain_each_other() -> None:
    parts = objects("/X0 Do", page="/Resources << /XObject << /X0 100 0 R >> >>")
    for n in range(12):
        inside = b"/X%d Do " % (n + 1) * 10
        more = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X%d %d 0 R >> >>" % (
            n + 1,
            101 + n,
        )
        parts[100 + n] = stream(inside, more)
    parts[112] = stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    small = pdf_words.MAX_FIGURES
    pdf_words.MAX_FIGURES = 500
    try:
        assert code(raw(parts)) == "damaged"
    finally:
        pdf_words.MAX_FIGURES = small


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12),
    st.integers(0, len(GOOD)),
)
def test_nothing_but_refusals_escapes(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    for changed in (bytes(data), bytes(data[:end])):
        try:
            reading = pdf.read(changed)
        except Unreadable:
            continue
        assert texts(reading)


def test_no_heavy_library_is_loaded() -> None:
    program = "import sys; from pipeline.readers import pdf; first = 'pdfminer' in sys.modules\n"
    program += "try: pdf.read(b'%PDF-1.4')\nexcept Exception: pass\nprint(first, 'pdfminer' in sys.modules, {'numpy', 'pandas'} & {*sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert done.stdout.strip() == "False True set()"


def test_a_long_file_is_read_in_time() -> None:
    said = "Das ist eine Zeile, wie sie in Gesprächen eben steht,"
    pages = [
        lines(*(f"{'IB'[n % 2]}: {said} {chr(97 + p % 26)} und {'abc'[p // 26]}" for n in range(48))) for p in range(76)
    ]
    data = made(*pages)
    started = time.process_time()
    assert len(read_turns(pdf.read(data)).turns) == 48 * 76
    assert time.process_time() - started < 10


# --- real files -----------------------------------------------------------------------------------------------------


def shared(name: str) -> bytes:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} lies beside the project and is not there")
    return path.read_bytes()


def test_sample_with_line_numbers() -> None:
    found = read_turns(pdf.read(shared("samples/pdf/linenumbers_header_hyphen.pdf")))
    assert [(turn.speaker, turn.source_ref) for turn in found.turns] == [
        ("I", "S. 1, Z. 1"), ("B", "S. 1, Z. 4"), ("I", "S. 2, Z. 8"), ("B", "S. 2, Z. 9"),
    ]  # fmt: skip
    assert "Nord-Süd-Gefälle" in found.turns[0].text
    assert "Schmidt-Meier" in found.turns[1].text
    assert "Also ich- also wir (...) waren" in found.turns[1].text


@pytest.mark.parametrize(
    ("name", "expected"),
    [("pdf/scan_only_image.pdf", "scan"), ("bad/broken.pdf", "damaged"), ("bad/password.pdf", "encrypted"),
     ("bad/owner_password_only.pdf", "scan")],
)  # fmt: skip
def test_samples_that_cannot_be_read(name: str, expected: str) -> None:
    assert code(shared(f"samples/{name}")) == expected


def test_protocol_of_a_parliament() -> None:
    reading = pdf.read(shared("data/interviews-real/landtag-bw-16-01.pdf"))
    whole = "\n".join(texts(reading))
    assert reading.meta["kopfzeile"].startswith("Landtag von Baden-Württemberg")
    assert "16. Wahlperiode – 1. Sitzung – Mittwoch" not in whole
    assert all(
        part in whole
        for part in (
            "SPD-Landtagsfraktion",
            "Gurr-Hirsch",
            "Die Fraktion GRÜNE wird den Antrag",
            "sehr verehrten Damen",
        )
    )
    assert not any(part.endswith("-") for part in texts(reading))
    assert any("zwei Spalten" in warning for warning in reading.warnings)
