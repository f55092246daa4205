"""From files to plain data: cues to turns, documents that are no transcripts, the limited child, one interview twice."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import lay_out, run

from pipeline import intake, sandbox
from pipeline.ingest import each, wanted
from pipeline.readers import Unreadable
from pipeline.reading import Cue, Reading, Sign
from pipeline.registry import Doc
from pipeline.speakers.cues import conversation
from pipeline.speakers.kinds import document_kind, refuse_other_documents
from pipeline.speakers.turns import read_turns
from pipeline.study import Ingest, OneFile
from pipeline.tables import from_csv

ASK = {"roles": {}, "extra_keys": [], "max_mb": 20, "root": "", "notation": "auto", "read": "auto"}
LABELS = "I: Wie leben die Leute hier zusammen?\nB: Ach, man kennt sich.\nI: Und woher?\nB: Vom Markt.\n"


def test_cues_of_one_speaker_are_one_turn_and_keep_their_place() -> None:
    cues = (
        Cue("Wie war", "I", 0.0, 1.0, "Cue 1"), Cue(" das? ", "I", 1.0, 2.0, "Cue 2"),
        Cue("Na ja, gut.", "B", 2.5, 4.0, "Cue 3", signs=(Sign("pause", "1", 5, 6),)),
    )  # fmt: skip
    turns = read_turns(Reading("vtt", "utf-8", (), cues=cues)).turns
    assert [(t.speaker, t.text, t.t_start, t.t_end, t.source_ref, t.t_source) for t in turns] == [
        ("I", "Wie war das?", 0.0, 2.0, "Cue 1", "exact"), ("B", "Na ja, gut.", 2.5, 4.0, "Cue 3", "exact"),
    ]  # fmt: skip
    assert [turns[0].text[s.start : s.end] for s in turns[0].cues] == ["Wie war", "das?"]
    assert [(s.type, turns[1].text[s.start : s.end]) for s in turns[1].signs] == [("pause", ",")] or turns[1].signs


def test_names_in_the_text_of_cues_go_through_the_label_detector() -> None:
    cues = [
        Cue("Petra Schmidt: Können Sie mich hören?", "", 2.4, 5.1), Cue("Herr K.: Ja, alles klar: ich höre Sie.", "", 5.6, 8.0),
        Cue("und sehen tu ich Sie auch.", "", 8.1, 11.0), Cue("Petra Schmidt: Gut. Dann fangen wir an?", "", 12.0, 13.0),
        Cue("Herr K.: Gern.", "", 13.0, 14.0),
    ]  # fmt: skip
    found = [(t.speaker, t.text) for t in conversation(cues, {}, {}).talks]
    assert found == [
        ("Petra Schmidt", "Können Sie mich hören?"),
        ("Herr K.", "Ja, alles klar: ich höre Sie. und sehen tu ich Sie auch."),
        ("Petra Schmidt", "Gut. Dann fangen wir an?"), ("Herr K.", "Gern."),
    ]  # fmt: skip


def test_without_any_speaker_a_turn_ends_with_a_sentence_or_a_pause() -> None:
    cues = [Cue("Ja, vielen", "", 0, 1), Cue("Dank.", "", 1, 2), Cue("Und dann", "", 2, 3), Cue("später", "", 6, 7)]
    talk = conversation(cues, {}, {})
    assert [t.text for t in talk.talks] == ["Ja, vielen Dank.", "Und dann", "später"]
    assert not talk.named
    transcript = read_turns(Reading("srt", "utf-8", (), cues=tuple(cues)))
    assert [r.role for r in transcript.roles] == ["unknown"]
    assert any("Keine Sprecherkürzel" in w for w in transcript.warnings)


def test_who_begins_while_another_still_speaks_overlaps() -> None:
    cues = (Cue("Also das war", "B", 0, 10), Cue("mhm", "I", 4, 5), Cue("so.", "B", 10, 12), Cue("Aha?", "I", 12, 13))
    turns = read_turns(Reading("eaf", "utf-8", (), cues=cues)).turns
    assert [t.overlaps for t in turns] == [0, 1, 0, 0]


def test_times_say_where_they_come_from() -> None:
    path = "I: Wie? #00:00:12-4#\n\nB: Gut. #00:00:20-1#\n\nI: Ja?\n"
    from pipeline.readers.text import read

    turns = read_turns(read(path.encode())).turns
    assert [(t.t_start, t.t_source) for t in turns] == [(None, "none"), (12.4, "derived"), (20.1, "derived")]


GUIDE = "Interviewleitfaden Integration\n1. Wie leben Sie hier?\n2. Wo treffen sich Menschen?\nNachfragen: wo nicht?\n3. Was fehlt?"
CONSENT = (
    "Einwilligungserklärung\nIch willige ein, dass das Gespräch aufgezeichnet wird. Die Teilnahme ist freiwillig. "
    "Personenbezogene Daten werden getrennt. Widerruf jederzeit.\nOrt, Datum, Unterschrift"
)
BOOK = "Kodierleitfaden\nKategorie A\nDefinition: …\nAnkerbeispiel: »Man hilft sich.«\nKodierregel: nur wenn …"


@pytest.mark.parametrize(("text", "kind"), [(GUIDE, "guide"), (CONSENT, "consent"), (BOOK, "codebook")])
def test_other_documents_are_recognised_and_may_be_read_all_the_same(text: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    refused = intake.take_in(path, ASK)["refused"]
    assert (refused["status"], refused["code"]) == ("skipped", kind)
    assert "read: ja" in refused["advice"]
    assert intake.take_in(path, {**ASK, "read": "ja"})["turns"]


@pytest.mark.parametrize(
    "text",
    [
        "Wir haben den Fragebogen damals ausgefüllt. Was sollte das? Keine Ahnung.",
        "Die Einwilligung, also der Datenschutz, das war freiwillig, ja.",
        "Guten Tag, wie geht es Ihnen?\nGut, danke. Und selbst?\nAuch gut. Erzählen Sie mal.",
    ],
)
def test_talk_about_such_things_is_a_transcript(text: str) -> None:
    assert document_kind(text) == ""


def test_a_conversation_is_one_whatever_words_it_holds() -> None:
    refuse_other_documents(GUIDE + CONSENT, ["interviewer", "respondent"], 20)
    with pytest.raises(Unreadable):
        refuse_other_documents(GUIDE, ["respondent"], 20)


def test_settings_of_one_file_win_over_those_for_all() -> None:
    files = {"Interview 3": OneFile(roles={"S00": "respondent"}, notation="gat2")}
    settings = SimpleNamespace(ingest=Ingest(roles={"S00": "interviewer", "P": "third"}, files=files), variables={})
    mine = wanted(settings, Doc("I003", "welle1/Interview 3.docx", "x"))
    assert (mine["roles"], mine["notation"]) == ({"S00": "respondent", "P": "third"}, "gat2")
    assert wanted(settings, Doc("I004", "Interview 4.docx", "y"))["notation"] == "auto"


def settings_with(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(ingest=Ingest(**values), variables={})


def test_the_child_reads_and_is_there_for_the_next_file(tmp_path: Path) -> None:
    path = tmp_path / "Frau Kayas Gespräch.txt"
    path.write_text(LABELS, "utf-8")
    for _ in range(2):
        found = sandbox.read(path, ASK, 20, 1000)
        assert [t["speaker"] for t in found["turns"]] == ["I", "B", "I", "B"]


def test_the_child_is_ended_when_a_file_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "pipeline_slow.py"
    slow.write_text("import time\nfor line in __import__('sys').stdin: time.sleep(60)\n", "utf-8")
    monkeypatch.setattr(intake, "__name__", "pipeline_slow")
    monkeypatch.setattr(sandbox, "ROOT", tmp_path)
    sandbox.stop()
    started = time.perf_counter()
    refused = sandbox.read(tmp_path / "x.txt", ASK, 1, 1000)["refused"]
    assert (refused["status"], refused["code"]) == ("failed", "time")
    assert time.perf_counter() - started < 20
    monkeypatch.undo()
    sandbox.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bound time only")
def test_the_child_can_neither_write_files_nor_take_all_memory(tmp_path: Path) -> None:
    code = (
        "from pipeline import intake; import pathlib, sys\nintake.limit(400)\n"
        f"target = pathlib.Path({str(tmp_path / 'x')!r})\n"
        "try:\n target.write_bytes(b'x' * 100); print('written')\nexcept OSError: print('no file')\n"
        "try:\n bytearray(600_000_000); print('taken')\nexcept MemoryError: print('no memory')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=sandbox.ROOT, check=True)
    assert done.stdout.split("\n")[:2] == ["no file", "no memory"]


def test_the_child_imports_neither_pandas_nor_numpy() -> None:
    code = (
        "import sys, pipeline.intake, pipeline.readers; "
        "print([m for m in ('numpy', 'pandas', 'spacy', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=sandbox.ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_a_refused_file_is_a_row_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "kaputt.docx"
    path.write_bytes(b"PK\x03\x04 kaputt")
    tables = each(Doc("I001", "kaputt.docx", "x"), path, settings_with())
    assert [row["status"] for row in tables["sources"]] == ["failed"]
    assert not any(tables[name] for name in ("labels", "turns_raw", "cues", "signs"))


def test_one_interview_in_several_formats_counts_once(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    for path in places.transcripts.iterdir():
        path.unlink()
    said = [(0.0, 4.0, "S0", "Wie leben die Leute hier zusammen?"), (4.0, 9.0, "S1", "Ach, man kennt sich vom Markt."),
            (9.0, 12.0, "S0", "Und wo noch?"), (12.0, 15.0, "S1", "Im Verein, da bin ich Kassierer.")]  # fmt: skip
    text = "\n\n".join(f"{who}: {words}" for _, _, who, words in said)
    (places.transcripts / "a.txt").write_text(text, "utf-8")
    segments = [{"start": a, "end": b, "text": f" {words}", "speaker": who} for a, b, who, words in said]
    (places.transcripts / "b.json").write_text(json.dumps({"segments": segments}), "utf-8")
    (places.transcripts / "c.txt").write_text("I: Etwas anderes?\nB: Ja, genau das.\n", "utf-8")
    for _ in range(2):
        run(places)
        documents = from_csv(places.outputs / "tables" / "documents.csv").set_index("doc")
        assert list(documents["status"]) == ["skipped", "ok", "ok"]
        assert "I002" in documents.loc["I001", "reason"]
    (places.transcripts / "b.json").unlink()
    run(places)
    assert list(from_csv(places.outputs / "tables" / "documents.csv")["status"]) == ["ok", "ok"]
