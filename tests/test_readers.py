"""Files to blocks: encodings, Word, Markdown, formats that are refused, and the real transcripts where they exist."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from pipeline import readers
from pipeline.readers import Limits, Unreadable, discover, markdown, read_file, text
from pipeline.readers.docx import read as read_docx
from pipeline.readers.encoding import decode
from pipeline.speakers.turns import Settings, Transcript, read_turns

HERE = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[2] / "shared"
ENCODINGS = json.loads((HERE / "readers_encoding.json").read_text(encoding="utf-8"))
WORD = json.loads((HERE / "readers_docx.json").read_text(encoding="utf-8"))
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STYLES = (
    f"<w:styles xmlns:w='{W}'><w:style w:styleId='Base'><w:name w:val='Base'/><w:rPr><w:b/></w:rPr></w:style>"
    "<w:style w:styleId='Fr'><w:name w:val='Frage'/><w:basedOn w:val='Base'/></w:style>"
    "<w:style w:styleId='H1'><w:name w:val='heading 1'/></w:style></w:styles>"
)


def word(body: str, head: str = "", **parts: str) -> bytes:
    """A DOCX of a body in raw XML; further parts by name with `__` for `/`."""
    files = {"[Content_Types].xml": "<Types/>", "word/styles.xml": STYLES}
    files["word/document.xml"] = f"{head}<w:document xmlns:w='{W}' xmlns:mc='{MC}'><w:body>{body}</w:body></w:document>"
    files.update({name.replace("__", "/") + ".xml": content for name, content in parts.items()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(content: str) -> str:
    return f"<w:p><w:r><w:t>{content}</w:t></w:r></w:p>"


def refused(data: bytes, name: str, folder: Path, limits: Limits | None = None) -> tuple[str, str]:
    path = folder / name
    if not name.startswith(("README", "LICENSE")):
        path = folder / f"Kaya_{name}"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read_file(path, limits or Limits())
    assert "Kaya" not in str(caught.value)
    assert caught.value.reason.endswith(".")
    return caught.value.status, caught.value.code


@pytest.mark.parametrize("case", ENCODINGS, ids=lambda case: case["name"])
def test_encoding(case: dict[str, Any]) -> None:
    decoded = decode(b"".join(part.encode(codec) for part, codec in case["parts"]))
    assert (decoded.encoding, decoded.text) == (case["encoding"], case["text"])
    if "warns" in case:
        assert any(case["warns"] in warning for warning in decoded.warnings), decoded.warnings
    else:
        assert decoded.warnings == ()


@pytest.mark.parametrize("case", WORD, ids=lambda case: case["name"])
def test_word(case: dict[str, Any]) -> None:
    reading = read_docx(word(case["body"]))
    assert [block.text for block in reading.blocks] == case["blocks"]
    if "refs" in case:
        assert [block.ref for block in reading.blocks] == case["refs"]
    first = reading.blocks[0]
    for name in ("bold", "italic", "style", "kind"):
        assert getattr(first, name) == case.get(name, getattr(first, name)), name
    if "warns" in case:
        assert any(case["warns"] in warning for warning in reading.warnings), reading.warnings
    else:
        assert reading.warnings == ()


def test_word_comments_are_told() -> None:
    reading = read_docx(word(paragraph("Ja"), word__comments="<x/>"))
    assert any("Kommentare" in warning for warning in reading.warnings)


def test_word_strict_namespace() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f"<x:p xmlns:x='{strict}'><x:r><x:rPr><x:b x:val='false'/></x:rPr><x:t>Ja</x:t></x:r></x:p>"
    block = read_docx(word(body)).blocks[0]
    assert (block.text, block.bold) == ("Ja", 0.0)


def table(rows: list[list[str]]) -> str:
    cells = [["<w:tc>" + "".join(map(paragraph, cell.split("\n"))) + "</w:tc>" for cell in row] for row in rows]
    return "<w:tbl>" + "".join("<w:tr>" + "".join(row) + "</w:tr>" for row in cells) + "</w:tbl>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Zeit", "Sprecher", "Text"], ["00:00:01", "I1", "Guten Tag."], ["00:00:03", "B2", "Tag.\nJa."]],
         [("I1", 1.0, "Guten Tag."), ("B2", 3.0, "Tag.\nJa.")]),
        ([["I", "Wie war das damals?"], ["B", "Gut war das."], ["", "Sehr gut."], ["I", "Und dann?"]],
         [("I", None, "Wie war das damals?"), ("B", None, "Gut war das.\nSehr gut."), ("I", None, "Und dann?")]),
        ([["0:01", "Anna", "Wie war das?"], ["0:04", "Kemal", "Gut war das."], ["0:09", "Anna", "Und dann kam was?"],
          ["0:12", "Kemal", "Nichts mehr."]],
         [("Anna", 1.0, "Wie war das?"), ("Kemal", 4.0, "Gut war das."), ("Anna", 9.0, "Und dann kam was?"),
          ("Kemal", 12.0, "Nichts mehr.")]),
        ([["Nr.", "Wer", "Transkript", "Anmerkung"], ["1", "Interviewer", "Wie?", ""],
          ["2", "Befragte", "Gut.", "leise"]],
         [("Interviewer", None, "Wie?"), ("Befragte", None, "Gut.")]),
    ],
    ids=["time speaker text", "two columns", "names without head", "numbers and notes"],
)  # fmt: skip
def test_tables_of_speech(rows: list[list[str]], expected: list[tuple[str, float | None, str]]) -> None:
    found = read_turns(read_docx(word(table(rows))))
    assert [(turn.speaker, turn.t_start, turn.text) for turn in found.turns] == expected
    assert all(turn.offset == -1 and turn.source_ref.startswith("Tab. 1/") for turn in found.turns)


def test_table_of_metadata_and_labels_below() -> None:
    rows = [["Interviewnummer:", "B03"], ["Datum:", "14.03.2024"], ["Interviewer/in:", "M. Krause"]]
    rows.append(["Befragte:", "Frau A."])
    speech = paragraph("Interviewerin: Wie?") + paragraph("Befragte: Gut.")
    body = paragraph("Transkript") + table(rows) + "<w:p/>" + speech
    found = read_turns(read_docx(word(body)))
    meta = {"interview": "B03", "datum": "14.03.2024", "interviewer": "M. Krause", "befragte": "Frau A."}
    assert found.meta == meta
    assert [(t.speaker, t.role, t.text) for t in found.turns] == [
        ("Interviewerin", "interviewer", "Wie?"), ("Befragte", "respondent", "Gut."),
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["bold", "italic"])
def test_word_without_labels(mark: str, tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("Was machen Sie beruflich?", "Ich bin bei der Stadt.", "Und gern?", "Muss ja."):
        setattr(document.add_paragraph().add_run(line), mark, line.endswith("?"))
    document.save(str(tmp_path / "a.docx"))
    found = read_turns(read_file(tmp_path / "a.docx"))
    assert [turn.role for turn in found.turns] == ["interviewer", "respondent"] * 2
    assert all(role.evidence == "Schriftbild" and role.confidence < 0.9 for role in found.roles)


def test_a_table_of_two_labels_is_speech() -> None:
    rows = [["Interviewer", "Wie war es?"], ["Befragte", "Gut."], ["Interviewer", "Und?"], ["Befragte", "Ja."]]
    found = read_turns(read_docx(word(table(rows))))
    assert [turn.speaker for turn in found.turns] == ["Interviewer", "Befragte"] * 2
    assert found.meta == {}


def test_a_table_of_things_is_no_speech() -> None:
    rows = [["Herne", "viel Platz und Luft"], ["Bochum", "wenig Platz, aber Kinos"], ["Essen", "von allem etwas"]]
    body = paragraph("I: Wie?") + paragraph("B: So:") + table(rows) + paragraph("I: Ah?")
    found = read_turns(read_docx(word(body)))
    assert [turn.speaker for turn in found.turns] == ["I", "B", "I"]
    assert "Kinos" in found.turns[1].text


def test_an_inner_text_box_is_read_once() -> None:
    box = "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>"
    inner = f"<w:p><w:r><w:t>aussen</w:t></w:r>{box.format(paragraph('innen'))}</w:p>"
    reading = read_docx(word(f"<w:p>{box.format(inner)}</w:p>"))
    assert [block.text for block in reading.blocks] == ["", "aussen", "innen"]


def test_word_bold_respondent() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    body = paragraph("Wie war es?") + bold.format("Gut.") + paragraph("Und dann?") + bold.format("Nichts.")
    assert [turn.role for turn in read_turns(read_docx(word(body))).turns] == ["interviewer", "respondent"] * 2


def test_bold_words_alone_are_no_interviewer() -> None:
    body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Titel</w:t></w:r></w:p>" + paragraph("Ja.") * 5
    assert {turn.speaker for turn in read_turns(read_docx(word(body))).turns} == {""}


def test_markdown_blocks() -> None:
    reading = markdown.read(b"---\na: b\n---\n# Kopf\n\n**B:** Lehrer*innen in _Ort_ **laut**\n***\n")
    kinds = [(block.kind, block.text) for block in reading.blocks if block.text.strip()]
    assert kinds == [
        ("front", "---"), ("front", "a: b"), ("front", "---"), ("heading", "Kopf"),
        ("text", "B: Lehrer*innen in _Ort_ laut"), ("none", "***"),
    ]  # fmt: skip
    assert reading.meta == {"a": "b"}
    speech = reading.blocks[5]
    assert reading.text[speech.offset : speech.end] == "**B:** Lehrer*innen in _Ort_ **laut**"
    assert 0.2 < speech.bold < 0.4


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("Lehrer*innen und Schüler*innen", "Lehrer*innen und Schüler*innen"),
        ("mit *Hans in *Bochum", "mit *Hans in *Bochum"),
        ("das *war* so", "das war so"),
        ("2*3 und *a*b", "2*3 und *a*b"),
        ("_Name_ und ____", "_Name_ und ____"),
        ("__laut__ war's", "laut war's"),
        ("**B:**{: .rot} ja", "B: ja"),
    ],
)
def test_markup(line: str, plain: str) -> None:
    assert markdown.plain(line)[0] == plain
    cut = "".join(c for i, c in enumerate(line) if not any(a <= i < b for a, b in markdown.marks(line)))
    assert cut == plain


def test_a_quote_of_two_bytes_does_not_make_a_file_mixed() -> None:
    # In cp1252 `ß“` is by chance a valid pair of UTF-8, here on a line of its own.
    decoded = decode("Das war „früh\nvoll Spaß“ eben".encode("cp1252"))
    assert (decoded.encoding, decoded.text) == ("cp1252", "Das war „früh\nvoll Spaß“ eben")


def test_text_offsets_are_places_in_the_decoded_file() -> None:
    reading = text.read("\ufeffI: Größe\r\n\r\nB: Ja\u00ad".encode())
    assert reading.text == "I: Größe\n\nB: Ja"
    assert [(block.ref, block.offset, block.end) for block in reading.blocks] == [
        ("Z. 1", 0, 8), ("Z. 2", 9, 9), ("Z. 3", 10, 15),
    ]  # fmt: skip


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMB = word("x" * 6_000_000)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("leer.txt", b"", ("skipped", "empty")),
        ("weiss.txt", b" \n\t\r\n", ("skipped", "empty")),
        ("leer.docx", word("<w:p/>"), ("skipped", "empty")),
        ("README.md", b"# Hallo", ("skipped", "companion")),
        ("LICENSE.x", b"MIT", ("skipped", "companion")),
        ("faelle.csv", b"a,b", ("skipped", "companion")),
        ("tabelle.xlsx", b"PK\x03\x04", ("skipped", "companion")),
        ("a.pdf", b"%PDF-1.4", ("failed", "damaged")),
        ("a.json", b'{"a": "x"}', ("skipped", "not_transcript")),
        ("a.coma", b"<Corpus/>", ("skipped", "not_transcript")),
        ("a.qdpx", b"PK\x05\x06" + b"\0" * 18, ("skipped", "unsupported")),
        ("a.mp3", b"ID3", ("skipped", "unsupported")),
        ("bild.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ("skipped", "unsupported")),
        ("binaer.txt", bytes(range(256)) * 4, ("skipped", "unsupported")),
        ("zip.docx", b"PK\x05\x06" + b"\0" * 18, ("failed", "damaged")),
        ("halb.docx", word(paragraph("Ja"))[:300], ("failed", "damaged")),
        ("kein.docx", b"\x06Maria K", ("failed", "damaged")),
        ("xml.docx", word("<w:p>"), ("failed", "damaged")),
        ("ent.docx", word("&x;", "<!DOCTYPE a [<!ENTITY x 'y'>]>"), ("failed", "damaged")),
        ("bombe.docx", BOMB, ("failed", "bomb")),
        ("pw.docx", OLE + "EncryptedPackage".encode("utf-16-le"), ("failed", "encrypted")),
        ("alt.doc", OLE + b"Word", ("skipped", "unsupported")),
    ],
)  # fmt: skip
def test_refused(name: str, data: bytes, expected: tuple[str, str], tmp_path: Path) -> None:
    assert refused(data, name, tmp_path) == expected


def test_many_small_elements_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.readers.zipped.MAX_TAGS", 1000)
    assert refused(word("<w:p/>" * 1001), "viele.docx", tmp_path) == ("failed", "bomb")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("falsch.docx", b"{\\rtf1 I: Ja}", "rtf"),
        ("a.txt", b"\xef\xbb\xbf{\\rtf1 I: Ja}", "rtf"),
        ("a.txt", b"<html><body>I: Ja</body></html>", "html"),
        ("a.doc", b"<?xml version='1.0'?><!DOCTYPE html><html><body>I: Ja</body></html>", "html"),
        ("a.txt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nJa", "vtt"),
        ("a.vtt", b"1\n00:00:01,000 --> 00:00:02,000\nJa", "vtt"),
        ("a.txt", b"1\n00:00:01,000 --> 00:00:02,000\nJa", "srt"),
        ("a.txt", b"0:00:00.378,0:00:11.378\nJa", "sbv"),
        ("a.tsv", b"start\tend\ttext\n0\t2000\tJa\n", "tsv"),
        ("a.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\nJa".encode("utf-16"), "vtt"),
        ("a.txt", b'{"segments": [{"start": 0, "end": 1, "text": "Ja"}]}', "json"),
        ("a.txt", "¤ (0:13:28.2)Leh Ja.\n¤ (0:13:30.2)Hal Nein.\n".encode(), "transana"),
    ],
)
def test_content_decides_what_a_file_is(name: str, data: bytes, kind: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert read_file(tmp_path / name).format == kind


def test_too_large(tmp_path: Path) -> None:
    assert refused(b"I: Ja" * 100, "gross.txt", tmp_path, Settings(max_mb=0.0004)) == ("failed", "too_large")
    (tmp_path / "gross.txt").write_bytes(b"I: Ja" * 70)
    assert read_file(tmp_path / "gross.txt", Settings(max_mb=0.0004)).format == "txt"


def test_wrong_extension_is_read_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(word(paragraph("I: Hallo")))
    reading = read_file(tmp_path / "a.txt")
    assert (reading.format, reading.blocks[0].text) == ("docx", "I: Hallo")
    assert any("Endung" in warning for warning in reading.warnings)


@pytest.mark.parametrize("name", ["a.txt", "a.TEXT", "a.md"])
def test_extensions(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("I: Ja", encoding="utf-8")
    assert read_file(tmp_path / name).warnings == ()


def test_a_transcript_in_brackets_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("[00:00:01] I: Ja?\n[00:00:02] B: Nein.", encoding="utf-8")
    assert read_file(tmp_path / "a.txt").format == "txt"


def test_a_new_format_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(readers.READERS, "vtt", text.read)
    (tmp_path / "a.vtt").write_text("WEBVTT\n\nI: Ja", encoding="utf-8")
    assert read_file(tmp_path / "a.vtt").blocks[2].text == "I: Ja"


def test_discover(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "b").mkdir(parents=True)
    (root / ".git").mkdir()
    (tmp_path / "fremd").mkdir()
    (tmp_path / "fremd" / "geheim.txt").write_text("x")
    for name in ("b/x.txt", "a\u0308.txt", "az.txt", "~$a.docx", ".DS_Store", "._a.docx", "Thumbs.db", ".git/c.txt"):
        (root / name).write_text("x")
    (root / "link.txt").symlink_to(tmp_path / "fremd" / "geheim.txt")
    (root / "ordner").symlink_to(tmp_path / "fremd")
    (root / "rund").symlink_to(root / "rund")
    (root / "innen.txt").symlink_to(root / "az.txt")
    os.mkfifo(root / "rohr.txt")
    assert discover(root) == ["az.txt", "b/x.txt", "innen.txt", "a\u0308.txt"]
    with pytest.raises(Unreadable) as caught:
        read_file(root / "rohr.txt")
    assert caught.value.code == "not_a_file"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read_file(tmp_path / "weg.txt")
    assert (caught.value.status, caught.value.code) == ("failed", "no_access")


def real(name: str) -> Transcript:
    path = SHARED / name
    if not path.exists():
        pytest.skip("Die wirklichen Transkripte liegen hier nicht.")
    reading = read_file(path)
    found = read_turns(reading)
    for turn in found.turns:
        assert not reading.text or reading.text[turn.offset : turn.offset + len(turn.text)] == turn.text
    return found


REAL = "data/interviews-real/"
NODE = REAL + "NodeGrade_paper_ECSEE_qualitative_data_interview"


@pytest.mark.parametrize(
    ("name", "turns", "labels"),
    [
        # nnProf: 65 lines carry a label and a time; the 66th that begins like one is the legend, kept as nobody's speech.
        (REAL + "nnProf_transkript.md", 66, {"I": "interviewer", "B": "respondent"}),
        (REAL + "nnProf4 _transkript.md", 191, {"I": "interviewer", "B": "respondent", "P": "third"}),
        (REAL + "nnWMA2_transkript.md", 60, {"I": "interviewer", "B": "respondent", "P": "third"}),
        (REAL + "altenpflege.md", 76, {"Interviewer": "interviewer", "Befragte": "respondent"}),
        (NODE + "1_german.docx", 13, {"I": "interviewer", "S1": "respondent", "S2": "respondent"}),
        (NODE + "2_german.docx", 19, {"I": "interviewer", "S3": "respondent", "S4": "respondent"}),
    ],
)
def test_real_transcripts(name: str, turns: int, labels: dict[str, str]) -> None:
    found = real(name)
    assert len(found.turns) == turns
    assert {role.label: role.role for role in found.roles} == labels


@pytest.mark.parametrize(
    ("name", "speakers"),
    [
        ("f4/f4_standard.txt", "I B I B I B"), ("f4/f4_leading_marks.txt", "I B I B I B"),
        ("f4/f4_standard_cp1252.txt", "I B I B I B"), ("maxqda/maxqda_timestamps.txt", "I B07 I B07"),
        ("noscribe/noscribe_de_notimestamps.txt", "S00 S01"), ("trint/trint.txt", "Interviewer Speaker_2"),
        ("sonix/sonix.txt", "Interviewer Speaker2"), ("happyscribe/happyscribe.txt", "Interviewer Speaker_2"),
        ("otter/otter_made_de.txt", "Speaker_1 Speaker_2"), ("otranscribe/interview_export.md", "I B"),
        ("atrain/240312_1015-Intervi_speakers/transcription.txt", "SPEAKER_00 SPEAKER_01 Speaker_undefined SPEAKER_00"),
        ("word/numbered_paragraphs_linenumbers.docx", "I1 B1 B2 Frau_Kaya BEFR Int"),
        ("word/three_column_table.docx", "I1 B2 I2"),
        ("word/header_table_bold_labels.docx", "Interviewerin Befragte Interviewerin Befragte B_(Ehemann)"),
        ("teams-docx/teams_rebuilt_from_observed.docx", "Martin_Storey"), ("encodings/crlf_cr_mix.txt", "I B I B I"),
        ("rules/mergenthaler.txt", "T P"), ("encodings/invisible.txt", "I B"),
    ],
)  # fmt: skip
def test_samples(name: str, speakers: str) -> None:
    assert " ".join(turn.speaker.replace(" ", "_") for turn in real("samples/" + name).turns) == speakers


def test_every_sample_is_read_or_refused() -> None:
    if not (SHARED / "samples").exists():
        pytest.skip("Die Beispieldateien liegen hier nicht.")
    outcomes: list[str] = []
    for name in discover(SHARED / "samples"):
        try:
            reading = read_file(SHARED / "samples" / name)
            outcomes.append("read" if read_turns(reading).turns else "without turns")
        except Unreadable as refusal:
            outcomes.append(refusal.status)
    assert set(outcomes) == {"read", "skipped", "failed"}
    assert outcomes.count("read") > 40


def test_a_word_before_a_time_mark_alone_is_an_answer_and_no_speaker() -> None:
    raw = "I: Wo war das? #00:00:10-1#\nB: Unten. #00:00:20-1#\nHaus #00:00:25-1#\nI: Und dann? #00:00:30-1#\nB: Nichts."
    turns = read_turns(text.read(raw.encode())).turns
    assert [t.speaker for t in turns] == ["I", "B", "I", "B"]
    assert "Haus" in turns[1].text
