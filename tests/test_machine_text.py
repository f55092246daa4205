"""What a speech recogniser made up, stretches in other languages, and what contradicts itself before any analysis."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from pipeline import tables
from pipeline.clean import each
from pipeline.conflicts import contradictions, near_duplicates
from pipeline.notation import languages, machine
from pipeline.study import Clean, Variable


def pieces(*texts: str, gap: float = 0.0, doubt: tuple[int, ...] = ()) -> list[machine.Piece]:
    return [
        machine.Piece(n, 0, len(text), text, n * (2 + gap), n * (2 + gap) + 2, n in doubt)
        for n, text in enumerate(texts)
    ]


def dropped(found: list[tuple[int, machine.Mark]]) -> list[int]:
    return [turn for turn, mark in found if mark.text == ""]


@pytest.mark.parametrize(
    "credit",
    ["Untertitelung des ZDF, 2020", "Untertitel der Amara.org-Community", "Untertitel von Stephanie Geiges", "Copyright WDR 2021",
     "Untertitelung im Auftrag des ZDF für funk, 2017", "SWR 2020/2021"],
)  # fmt: skip
def test_credits_are_dropped_as_whole_cues_only(credit: str) -> None:
    assert dropped(machine.find(pieces("Ja.", credit, "Genau."), True)) == [1]
    assert machine.find(pieces("Ja.", f"Und da stand dann {credit} im Bild, ne."), True) == []


@pytest.mark.parametrize(
    "said",
    ["Im Auftrag des Kapitals, sagt er.", "Vielen Dank fürs Zuhören, sagen die dann immer.", "während wir zuschauen",
     "abonniert euch den doch", "Wir haben die Untertitel mitgelesen."],
)  # fmt: skip
def test_real_speech_with_the_same_words_stays(said: str) -> None:
    assert machine.find(pieces("Ja.", said, "Genau."), True) == []


def test_thanks_are_flagged_and_dropped_only_in_doubt_or_silence() -> None:
    said = ("Und so weiter.", "Vielen Dank.", "Dann kam er.")
    assert dropped(machine.find(pieces(*said), True)) == []
    assert [turn for turn, _ in machine.find(pieces(*said), True)] == [1]
    assert dropped(machine.find(pieces(*said, doubt=(1,)), True)) == [1]
    assert dropped(machine.find(pieces(*said, gap=12), True)) == [1]


def test_loops_keep_their_first_cue() -> None:
    loop = ["Ich weiß das wirklich nicht."] * 4
    assert dropped(machine.find(pieces("Ja.", *loop, "Gut."), True)) == [2, 3, 4]
    assert dropped(machine.find(pieces("Ja.", "Ja.", "Ja."), True)) == []
    assert dropped(machine.find(pieces("Ja.", "Ja.", "Ja.", "Ja."), True)) == [1, 2, 3]


def test_a_loop_inside_a_cue() -> None:
    text = "Ich weiß nicht. " * 5 + "Doch."
    (_, mark), *more = machine.find([machine.Piece(0, 0, len(text), text)], True)
    assert (text[: mark.start] + text[mark.end :], mark.value, more) == ("Ich weiß nicht. Doch.", "5", [])


def run_clean(texts: list[str], cues: bool, form: str, policy: str = "drop") -> dict[str, list[dict[str, object]]]:
    sources = tables.frame(
        "sources",
        [{"doc": "I001", "format": form, "notation": "unknown", "words": 1, "turns": len(texts), "speakers": 0}],
    )
    turns = tables.frame(
        "turns_raw", [{"doc": "I001", "turn": n, "offset": -1, "text": t} for n, t in enumerate(texts, 1)]
    )
    rows = [
        {"doc": "I001", "turn": n, "cue": 1, "start": 0, "end": len(t), "t_start": 2.0 * n, "t_end": 2.0 * n + 2}
        for n, t in enumerate(texts, 1)
    ]
    signs = tables.frame("signs", [{"doc": "I001", "turn": 1, "type": "pause", "value": "2", "start": 3, "end": 3}])
    settings = SimpleNamespace(clean=Clean(machine_text=policy))
    return each(sources, turns, tables.frame("cues", rows if cues else []), signs, settings)


def test_the_clean_stage_drops_flags_or_keeps_and_carries_signs_of_the_format() -> None:
    said = ["Das war so.", "Untertitelung des ZDF, 2020", "Genau."]
    done = run_clean(said, True, "srt")
    assert [t["text"] for t in done["turns_clean"]] == ["Das war so.", "", "Genau."]
    assert [(a["type"], a["turn"]) for a in done["annotations"]] == [("pause", 1), ("asr_hallucination", 2)]
    assert [c["before"] for c in done["changes"]] == [said[1]]
    assert [t["text"] for t in run_clean(said, True, "srt", "flag")["turns_clean"]] == said
    assert not [a for a in run_clean(said, True, "srt", "keep")["annotations"] if a["type"].startswith("asr")]


def test_in_texts_of_people_nothing_is_dropped() -> None:
    said = ["Ja. Untertitel der Amara.org-Community", "Ich weiß nicht. " * 5]
    done = run_clean(said, False, "txt")
    assert [t["text"] for t in done["turns_clean"]] == [said[0], said[1].strip()]
    assert [a["type"] for a in done["annotations"] if a["turn"] == 1] == ["asr_hallucination", "pause"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Da hat sie gesagt: „Bu çok güzel bir şey, değil mi?“ Das war schön.",
            [("tr", "Bu çok güzel bir şey, değil mi?")],
        ),
        ("Er sagte نحن نقول أهلا وسهلا und dann Deutsch.", [("ar", "نحن نقول أهلا وسهلا")]),
        ("They have been here for ten years. Und so ist das.", [("en", "They have been here for ten years.")]),
        ("Ach, yani, das ist halt so, wallah, ne.", []),
        ("Das Team und das Meeting waren okay.", []),
        ("Wir sagen ja immer: Glück auf, Leute.", []),
    ],
)
def test_stretches_in_other_languages(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.value, text[m.start : m.end]) for m in languages.find(text)] == expected


def sources(rows: list[dict[str, object]]) -> pd.DataFrame:
    base = {"status": "ok", "words": 1, "turns": 1, "speakers": 2}
    return tables.frame("sources", [{**base, **row} for row in rows])


def test_header_against_list_and_file_name() -> None:
    files = sources([
        {"doc": "I001", "file": "Interview 07.docx", "meta": '{"interview": "3", "sozialraum": "Nordstadt"}', "date": "2026-03-01"},
        {"doc": "I002", "file": "2026-03-05_Int8.docx", "meta": '{"interview": "8"}', "date": "2026-03-04"},
    ])  # fmt: skip
    labels = tables.frame(
        "labels", [{"doc": d, "label": "B", "role": "respondent", "turns": 1, "words": 1} for d in ("I001", "I002")]
    )
    listed = [{"file": "Interview 07.docx", "speaker": "", "case": "", "sozialraum": "Südstadt", "line": "2"}]
    notes = list(contradictions(listed, files, labels, {"sozialraum": Variable()}))
    assert [(n["source"], n["place"]) for n in notes] == [
        ("Kopf", "I001"),
        ("Merkmal", "I001, sozialraum"),
        ("Kopf", "I002"),
    ]
    assert not any("stadt" in n["text"] for n in notes)  # values may hold names
    assert not list(
        contradictions([{**listed[0], "sozialraum": "nordstadt "}], files.iloc[1:], labels, {"sozialraum": Variable()})
    )[1:]


def test_texts_nearly_alike_are_told_and_common_formulas_are_not() -> None:
    words = [f"wort{n}" for n in range(900)]
    greeting = [f"gruss{n}" for n in range(40)]
    rows = {"I001": words, "I002": [*words[:400], "neu", *words[400:]], "I003": [*greeting, *(f"x{n}" for n in range(600))],
            "I004": [*greeting, *(f"y{n}" for n in range(600))]}  # fmt: skip
    turns = tables.frame(
        "turns_raw", [{"doc": d, "turn": 1, "offset": -1, "text": " ".join(w)} for d, w in rows.items()]
    )
    assert [n["place"] for n in near_duplicates(turns)] == ["I001 und I002"]
