"""From files to plain data: cues to turns, documents that are no transcripts, the limited child, one interview twice."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import lay_out, run

from pipeline import intake, sandbox
from pipeline.ingest import each, wanted
from pipeline.problems import Stop
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
RULES = (
    "Transkriptionsregeln\n1. Es wird wörtlich transkribiert.\n2. Pausen werden durch (...) markiert.\n"
    "3. I: steht für die interviewende Person.\n4. Nonverbales in Klammern: (lacht)"
)
POSTSCRIPT = (
    "Postskript zu Interview 5\nDatum: 12.04.2023\nOrt: Café\n"
    "Der Interviewte war offen. Er hatte Fotos dabei. Nach dem Abschalten erzählte er noch von seiner Tochter."
)
BOOK = "Kodierleitfaden\nKategorie A\nDefinition: …\nAnkerbeispiel: »Man hilft sich.«\nKodierregel: nur wenn …"


@pytest.mark.parametrize(("text", "kind"), [
    (GUIDE, "guide"), (CONSENT, "consent"), (BOOK, "codebook"), (RULES, "rules"), (POSTSCRIPT, "postscript"),
    ("Gesprächsleitfaden\n\nI: Wie kamen Sie her?\nI: Wer half Ihnen?\nI: Und dann?\nI: Was noch?", "guide"),
])  # fmt: skip
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
        "[00:00:01] Kurz zum Datenschutz: Die Teilnahme ist freiwillig, ein Widerruf geht immer.\n[00:00:12] Die "
        "personenbezogenen Daten, das steht in der Einwilligungserklärung mit Ihrer Unterschrift.\n[00:00:20] Ja, genau.",
        "Ich bin Professorin, wir haben das Kategoriensystem gemeinsam entwickelt.\n\nDas Codebuch war am Ende vierzig "
        "Seiten lang, ich hab gedacht, das schaff ich nie.\n\nUnd dann kam die Pandemie.",
        "Interview 9, erzählt von Frau N.\n\nIch habe in der Kita gearbeitet. Was soll man sagen?\nWer hat schon Zeit?\n"
        "Kann man das glauben? Ich nicht.\nWarum auch?",
    ],
)
def test_talk_about_such_things_is_a_transcript(text: str) -> None:
    assert document_kind(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Interviewleitfaden-gestütztes Gespräch, Gruppe 2\n\nA: Wie war das?\nB: Normal, oder?\nC: Was heißt normal?\n"
        "A: Na, wie war die Schule?\nB: Okay, wer geht schon gern?\nC: Ich!",
        "Fragebogen-Pretest, kognitives Interview\n\nI: Was heißt Nachbarschaft?\nB: Meine Straße, was sonst?\nI: Nur die?",
        "I: Und Sie prüfen was?\nB: Datenschutz, die DSGVO, Einwilligung, personenbezogene Daten.\nI: Freiwillig?\nB: Ja.",
    ],
)
def test_interviews_about_such_things_are_read(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    assert len(intake.take_in(path, ASK)["turns"]) >= 3


def test_questions_with_times_are_no_guide() -> None:
    text = "Wie alt?\nUnd wo?\nWarum?\nWer fragt?\nGern?"
    refuse_other_documents(text, [], 5, timed=True)
    with pytest.raises(Unreadable):
        refuse_other_documents(text, [], 5)


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


CHILDREN = {
    "slow": "for line in sys.stdin: time.sleep(60)",
    "silent": "sys.stdin.readline()",
    "junk": "for line in sys.stdin: print('kein JSON', flush=True)",
    "other": "for line in sys.stdin: print(json.dumps({'number': 99, 'turns': []}), flush=True)",
    "shapeless": "for line in sys.stdin: print(json.dumps([1]), flush=True)",
}


def replace_child(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch, ready: bool = True) -> None:
    said = f"print({intake.READY!r}, flush=True)" if ready else "pass"
    (folder / "pipeline_child.py").write_text(f"import json, sys, time\n{said}\n{code}\n", "utf-8")
    monkeypatch.setattr(intake, "__name__", "pipeline_child")
    monkeypatch.setattr(sandbox, "ROOT", folder)
    sandbox.stop()


@pytest.fixture
def own_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Puts another program in the child's place; afterwards the real one is started again where it is needed."""
    yield lambda code, ready=True: replace_child(code, tmp_path, monkeypatch, ready)
    sandbox.stop()


@pytest.mark.parametrize(
    ("kind", "code"),
    [("slow", "time"), ("silent", "error"), ("junk", "error"), ("other", "error"), ("shapeless", "error")],
)
def test_a_child_that_misbehaves_is_ended_and_the_file_refused(
    kind: str, code: str, tmp_path: Path, own_child: Callable[..., None]
) -> None:
    own_child(CHILDREN[kind])
    started = time.perf_counter()
    refused = sandbox.read(tmp_path / "x.txt", ASK, 1, 1000)["refused"]
    assert (refused["status"], refused["code"]) == ("failed", code)
    assert time.perf_counter() - started < 20
    assert sandbox._child is None


def test_a_child_that_cannot_start_stops_the_run_and_blames_no_file(
    tmp_path: Path, own_child: Callable[..., None]
) -> None:
    own_child("raise SystemExit(1)", ready=False)
    with pytest.raises(Stop, match="Leseprozess"):
        sandbox.read(tmp_path / "x.txt", ASK, 5, 1000)


def test_what_a_used_child_stumbles_over_is_tried_in_a_fresh_one(
    tmp_path: Path, own_child: Callable[..., None]
) -> None:
    own_child(
        "for n, line in enumerate(sys.stdin):\n    number = json.loads(line)['number']\n"
        "    if n: sys.exit(1)\n    print(json.dumps({'number': number, 'turns': []}), flush=True)"
    )
    for name in ("a.txt", "b.txt", "c.txt"):
        assert sandbox.read(tmp_path / name, ASK, 5, 1000) == {"turns": []}


def test_an_interrupted_request_leaves_no_answer_for_the_next_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"I: Wie ist {name}?\nB: So.\n", "utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sandbox, "_parsed", interrupted)
        with pytest.raises(KeyboardInterrupt):
            sandbox.read(tmp_path / "a.txt", ASK, 20, 1000)
    assert sandbox.read(tmp_path / "b.txt", ASK, 20, 1000)["turns"][0]["text"] == "Wie ist b?"


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
    said = [
        (0.0, 4.0, "S0", "Wie leben die Leute hier in der Siedlung zusammen?"), (4.0, 9.0, "S1", "Ach, man kennt sich vom Markt."),
        (9.0, 12.0, "S0", "Und wo noch, wenn ich fragen darf?"), (12.0, 15.0, "S1", "Im Verein, da bin ich seit Jahren Kassierer."),
    ]  # fmt: skip
    text = "\n\n".join(f"{who}: {words}" for _, _, who, words in said)
    (places.transcripts / "a.txt").write_text(text, "utf-8")
    segments = [{"start": a, "end": b, "text": f" {words}", "speaker": who} for a, b, who, words in said]
    (places.transcripts / "b.json").write_text(json.dumps({"segments": segments}), "utf-8")
    (places.transcripts / "c.txt").write_text("I: Etwas anderes?\nB: Ja, genau das.\n", "utf-8")
    for _ in range(2):
        run(places)
        documents = from_csv(places.outputs / "tables" / "documents.csv").set_index("doc")
        assert list(documents["status"]) == ["ok", "skipped", "ok"]
        assert "I001" in documents.loc["I002", "reason"]
    (places.transcripts / "a.txt").unlink()
    run(places)
    assert list(from_csv(places.outputs / "tables" / "documents.csv")["status"]) == ["ok", "ok"]


def test_a_copy_of_a_file_that_is_left_out_is_read(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    for name in ("x_erste.txt", "y_zweite.txt"):
        (places.transcripts / name).write_text(LABELS, "utf-8")
    settings = places.codebooks / "study.yaml"
    settings.write_text(settings.read_text("utf-8") + "ingest: {files: {x_erste: {read: nein}}}\n", "utf-8")
    run(places)
    documents = from_csv(places.outputs / "tables" / "documents.csv")
    assert list(documents["status"][-2:]) == ["skipped", "ok"]


def test_a_file_that_failed_by_chance_is_tried_again_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = lay_out(tmp_path)
    real = sandbox.read

    def busy(path: Path, *rest: Any) -> dict[str, Any]:
        return {"refused": sandbox._ended(True, 1)} if "verein" in path.name else real(path, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(sandbox, "read", busy)
        run(places)
    assert "failed" in list(from_csv(places.outputs / "tables" / "documents.csv")["status"])
    run(places)
    assert "failed" not in list(from_csv(places.outputs / "tables" / "documents.csv")["status"])
    assert run(places).fresh
