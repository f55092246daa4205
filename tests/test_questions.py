"""Questions of the guide in an interviewer's own words."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import tables
from pipeline.guide import Question, load
from pipeline.questions import each, is_leading, prepare, recognise
from pipeline.study import Questions

GUIDE = Path(__file__).parent.parent / "codebooks" / "demo" / "guide.yaml"
WORDINGS = prepare(load(GUIDE))


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
def test_questions_in_other_words(text: str, wanted: str) -> None:
    kind, question, confidence = recognise(text, WORDINGS, None, 0.3)
    assert question is not None
    assert (kind, question.id) == ("asked", wanted)
    assert 0.3 <= confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Mhm.",
        "Ja, klar.",
        "Und dann?",
        "Wie meinen Sie das?",
        "Sind Sie gut hergekommen?",
        "Darf ich das Fenster aufmachen?",
    ],
)
def test_small_talk_asks_no_question_of_the_guide(text: str) -> None:
    assert recognise(text, WORDINGS, None, 0.3)[1] is None


def test_turns_inherit_the_question_and_probes_keep_it() -> None:
    rows = [
        ("interviewer", "Guten Tag."), ("respondent", "Tag."), ("interviewer", "Was bedeutet für Sie Integration?"), ("respondent", "Tja."),
        ("interviewer", "Können Sie ein Beispiel nennen?"), ("respondent", "Mein Nachbar."), ("interviewer", "Mhm."), ("respondent", "Eben."),
    ]  # fmt: skip
    turns = tables.frame("turns", [{"doc": "x", "turn": n, "role": r, "text": t} for n, (r, t) in enumerate(rows, 1)])
    made = each(turns, SimpleNamespace(questions=Questions()), GUIDE)["questions"]  # type: ignore[arg-type]
    assert [(r["question"], r["kind"]) for r in made] == [
        ("", "none"), ("", "none"), ("L1", "asked"), ("L1", "asked"), ("L1", "probe"), ("L1", "probe"), ("L1", "none"), ("L1", "none"),
    ]  # fmt: skip


def test_only_the_leading_wording_leads() -> None:
    question = Question(id="L4", text="Warum?", leading=True, leading_words=("warum", "woran liegt"))
    assert is_leading(question, "Woran liegt es, dass man nebeneinander lebt?")
    assert not is_leading(question, "Leben die Gruppen eher miteinander oder nebeneinander?")
    assert not is_leading(Question(id="L1", text="Was?"), "Warum?")


def test_an_open_interview_has_no_questions(tmp_path: Path) -> None:
    turns = tables.frame(
        "turns", [{"doc": "x", "turn": 1, "role": "interviewer", "text": "Erzählen Sie einmal von früher?"}]
    )
    made = each(turns, SimpleNamespace(questions=Questions()), tmp_path / "fehlt.yaml")["questions"]  # type: ignore[arg-type]
    assert [(r["question"], r["kind"]) for r in made] == [("", "none")]
