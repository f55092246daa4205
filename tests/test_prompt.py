"""How a passage came about: whole exchanges, and what each part of the decision tells."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import codebook, guide, tables
from pipeline.annotate import each as annotate
from pipeline.asking.agreeing import alike, merely_agrees
from pipeline.asking.claims import claims, is_probe
from pipeline.asking.leading import by_form
from pipeline.asking.wording import standard
from pipeline.coders.material import Material, Theme, Turn, gather, prompt
from pipeline.coders.themes import Themes, themes
from pipeline.matchers.index import Index, build
from pipeline.questions import each as questions
from pipeline.stance import each as scopes
from pipeline.study import Study

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "codebooks" / "demo"
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "prompt_cases.json").read_text("utf-8"))


def material(interviews: list[list[tuple[str, str]]]) -> Material:
    """Interviews of (I or B, words), each a document d000, d001 …, as the coders see them."""
    spoken = [
        {
            "doc": f"d{n:03d}", "turn": k, "role": "interviewer" if who == "I" else "respondent", "text": text,
            "case": "" if who == "I" else f"p{n}", "raw_sha256": f"{n}.{k}",
        }
        for n, turns in enumerate(interviews) for k, (who, text) in enumerate(turns, 1)
    ]  # fmt: skip
    turns, study = tables.frame("turns", spoken), Study()
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in ("segments", "tokens", "types", "scopes", "questions")}
    for _, data in turns.groupby("doc"):
        one = data.reset_index(drop=True)
        parts = annotate(one, SimpleNamespace(annotate=study.annotate))
        segments, tokens, types = (tables.frame(name, parts[name]) for name in ("segments", "tokens", "types"))
        asked = questions(one, SimpleNamespace(questions=study.questions), DEMO / "guide.yaml")
        for name, rows in {**parts, **scopes(one, segments, tokens, types, SimpleNamespace()), **asked}.items():
            made[name] += rows
    made["types"] = list({row["type"]: row for row in made["types"]}.values())
    table = {name: tables.frame(name, rows) for name, rows in made.items()}
    index = Index(build(turns, table["segments"], table["tokens"], table["types"], table["scopes"]))
    empty = {name: tables.frame(name, []) for name in ("cases", "changes", "replacements")}
    expected = guide.load(DEMO / "guide.yaml").expected()
    return gather(index, turns, table["questions"], **empty, expected=expected, decisions=[], roles=("respondent",))


def interview(case: dict[str, Any]) -> list[tuple[str, str]]:
    answer = case["answer"].replace("[[", "").replace("]]", "")
    return [*map(tuple, case["before"]), ("I", case["interviewer"]), ("B", answer)]


@lru_cache(maxsize=1)
def all_cases() -> tuple[Material, Themes]:
    found = material([interview(case) for case in CASES])
    return found, themes(found, codebook.load(DEMO / "codebook.yaml"))


def marked(number: int, case: dict[str, Any]) -> Any:
    known = [pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else []
    return pytest.param(number, marks=known, id=f"{case['prompt']}: {case['interviewer'][:40]}")


@pytest.mark.parametrize("number", [marked(n, case) for n, case in enumerate(CASES)])
def test_whole_exchanges(number: int) -> None:
    found, known = all_cases()
    case = CASES[number]
    turn = [t for t in found.turns if t.doc == f"d{number:03d}"][-1]
    assert prompt(turn, case["code"], found.expected, known.before(turn, case["code"])) == case["prompt"], case["why"]


@pytest.mark.parametrize(
    "text",
    [
        "Die Stadt kümmert sich ja nicht.", "Das Problem sind also die Vermieter?", "Wahrscheinlich wegen der Sprache?",
        "Mir wurde gesagt, dass der Verein keine Neuen nimmt.", "Weil keiner den Anfang macht?", "Sie helfen sich also, ja?",
        "Ein Kollege hat von Spannungen gesprochen, erleben Sie das auch so?", "Verstehe ich Sie richtig, dass die Ämter nicht reden?",
        "Viele leben hier nebeneinander her. Woher kommt das?", "Wer kann, zieht weg, oder?", "Was fehlt, ist also eine Anlaufstelle?",
        "Klingt, als wäre das Amt das Hindernis.", "Wer Geld hat, der baut draußen.", "Ohne die Ehrenamtlichen wär hier nichts los.",
        "Abends am Kiosk, da geht es ja hoch her?", "Die kommen doch kaum noch, wie kommt das?", "Das Vertrauen ist weg, so lese ich das.",
        "Der Ton ist rauer geworden. Spüren Sie das auch?", "Woher kommt denn diese Angst vor dem Amt?", "Wat is et doch eng hier, find ich, oder?",
        "Da haben Sie sich sicher geärgert.", "Also doch die Mieten.",
    ],
)  # fmt: skip
def test_what_is_put_to_the_respondent_leads(text: str) -> None:
    assert by_form(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mhm.", "Und im Verein?", "Und die Religion, wie ist das hier?", "Das ist ein starkes Bild.", "Ich schalte das Gerät jetzt aus.",
        "Kommen wir zum nächsten Thema.", "Wenn Sie sich etwas wünschen dürften?", "Sie sind ja Trainer. Was machen Sie da?",
        "Gibt es noch etwas? Oder jemanden, den wir sprechen sollten?", "Hilft man sich hier, oder macht jeder seins?",
        "Un wat fehlt euch hier?", "Wos macht ihr do so?", "Ab wann gehört man dazu?", "Wie isset denn im Verein?", "Spüren Sie das auch?",
        "Lassen Sie sich ruhig Zeit.", "Sie hatten vorhin etwas dazu gesagt.", "gut möchten sie noch was loswerden", "",
    ],
)  # fmt: skip
def test_open_questions_and_talk_do_not_lead(text: str) -> None:
    assert not claims(text)
    assert not by_form(text)


def test_a_probe_names_nothing() -> None:
    assert is_probe("Können Sie das genauer beschreiben?")
    assert not is_probe("Können Sie das Amt genauer beschreiben?")


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("Da fehlen doch sicher Räume, oder?", "Ja, Räume und Geld."), ("Da fehlt das Geld, oder?", "Nein, Geld ist da."),
        ("Sie haben keinen Kontakt zu den Nachbarn?", "Kontakt schon."), ("Der Bus fährt abends nicht, oder?", "Doch, der fährt."),
        ("Man wird hier oft kontrolliert, oder?", "Ja, am Bahnhof."), ("Also liegt es am Geld.", "Auch am Geld."),
        ("Das Amt ist langsam.", "Sehr langsam. Acht Monate."), ("Die bleiben unter sich, oder?", "Das würde ich so nicht sagen."),
        ("Die Leute sind freundlich.", "Die Alten, ja."), ("Die Mieten sind gestiegen.", "Wieso, sind sie das?"),
        ("Das ist doch schwer.", ""), ("Das ist doch schwer.", "Ja und nein."),
    ],
)  # fmt: skip
def test_what_adds_or_denies_is_no_assent(claim: str, answer: str) -> None:
    assert not merely_agrees(answer, claim)


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("Räume haben Sie wahrscheinlich auch keine?", "Nee, ham wer nich, Räume. Nee."), ("Die Mieten sind gestiegen, oder?", "Das können Sie laut sagen."),
        ("Die bleiben unter sich, oder?", "De bleibet onder sich, so isch's."), ("Da fehlen Räume, oder?", "Klar fehlen die."),
        ("Keiner fühlt sich zuständig?", "Keiner. Zuständig fühlt sich da keiner."), ("Sie fühlen sich hier fremd.", "Ja, fremd ich fühle, ja."),
    ],
)  # fmt: skip
def test_the_interviewers_words_in_any_form_are_assent(claim: str, answer: str) -> None:
    assert merely_agrees(answer, claim)


@pytest.mark.parametrize(
    "said",
    [
        "Das lässt sich kaum abstreiten.", "Daran ist nicht zu rütteln.", "Da sprechen Sie mir aus der Seele.", "Das steht außer Frage.", "Den Eindruck kann man haben.",
        "Da kann ich Ihnen schlecht widersprechen.", "Davon dürfen Sie ausgehen.", "Soweit ich das überblicke, ja.", "Das ist Fakt.", "Da kann man nichts dagegen sagen.",
        "Ich schließe mich da an.", "Sie liegen nicht verkehrt.", "Das sage ich auch immer.", "So muss man es leider sagen.",
    ],
)  # fmt: skip
def test_talk_about_what_was_said_is_assent(said: str) -> None:
    assert merely_agrees(f"{said} Räume fehlen.", "Da fehlen doch sicher Räume.")
    assert not merely_agrees(f"{said} Der Saal wurde abgerissen.", "Da fehlen doch sicher Räume.")


@pytest.mark.parametrize(
    "said",
    [
        "Da muss ich widersprechen.", "Das würde ich bestreiten.", "Da täuschen Sie sich.", "Das kann ich nicht bestätigen.", "Da bin ich anderer Meinung.",
        "Den Eindruck habe ich nicht.", "Da haben Sie nicht recht.", "Das war früher so.", "Das ist Ansichtssache.", "Das ist nur die halbe Wahrheit.", "Das ist falsch.",
    ],
)  # fmt: skip
def test_objections_are_no_assent(said: str) -> None:
    assert not merely_agrees(f"{said} Räume fehlen.", "Da fehlen doch sicher Räume.")
    assert not merely_agrees(said, "Da fehlen doch sicher Räume.")


def test_one_verb_of_its_own_is_enough_to_add_something() -> None:
    claim = "Die Leute bleiben doch lieber unter sich."
    assert not merely_agrees("Genau so ist es, mich haben sie ausgelacht.", claim)
    assert not merely_agrees("Ja, die Deutschen grüßen kaum.", claim)
    assert not merely_agrees("Stimmt, die Läden schließen.", claim)


def test_the_form_of_a_sentence_in_any_dialect() -> None:
    assert standard("Un wat fehlt euch, wie isset da?") == "Und was fehlt euch, wie ist es da?"
    assert standard("Das ist so.") == "Das ist so."


def test_spellings_of_one_word() -> None:
    assert alike("nohwuchs", "nachwuchs")
    assert not alike("miete", "leute")


def rows(turns: list[tuple[str, str]]) -> list[dict[str, Any]]:
    spoken = [
        {"doc": "x", "turn": n, "role": "interviewer" if who == "I" else "respondent", "text": text} for n, (who, text) in enumerate(turns, 1)
    ]
    return questions(tables.frame("turns", spoken), SimpleNamespace(questions=Study().questions), DEMO / "guide.yaml")["questions"]


def test_a_claim_beside_the_guide_asks_nothing_of_it() -> None:
    made = rows([("I", "Die Mieten sind sicher gestiegen."), ("B", "Ja, sind gestiegen."), ("I", "Mhm."), ("B", "Genau."), ("I", "Wohnen Sie gern hier?"), ("B", "Ja.")])
    assert [(r["question"], r["kind"]) for r in made[:4]] == [("", "none")] * 4
    assert [r["leading"] for r in made[:5]] == ["yes", "yes", "no", "yes", "no"]
    assert [r["answer"] for r in made[:4]] == ["", "assent", "", "assent"]


def test_talk_about_the_recording_suggests_nothing() -> None:
    made = rows([("I", "Das Aufnahmegerät läuft ja schon."), ("B", "Ja, gut.")])
    assert [(r["leading"], r["answer"]) for r in made] == [("no", ""), ("no", "")]


def test_themes_come_from_words_and_pass_over_signals() -> None:
    found = material([[("I", "Und die Religion, wie ist das hier?"), ("B", "Hm."), ("I", "Inwiefern?"), ("B", "Beim Fest.")], [("I", "Mhm."), ("B", "Ja.")]])
    known = themes(found, codebook.load(DEMO / "codebook.yaml"))
    first, last = found.turns[1], found.turns[3]
    assert known.before(first, "SEG.religion") == Theme(False, True, False)
    assert known.before(last, "SEG.religion") == known.before(first, "SEG.religion")
    other = known.before(last, "BED.verkehr")
    assert other is not None
    assert not other.raised
    assert known.before(found.turns[5], "SEG.religion") is None  # another interview's theme does not reach here
    assert known.before(first, "GIBT.ES.NICHT") is None


def test_everyday_words_name_a_theme() -> None:
    found = material([[("I", "Und wo klemmt es da?"), ("B", "Am Geld.")], [("I", "Was steht da auf dem Schild?"), ("B", "Nichts.")]])
    known = themes(found, codebook.load(DEMO / "codebook.yaml"))
    hindered, other = known.before(found.turns[1], "ENG.huerde"), known.before(found.turns[3], "ENG.huerde")
    assert hindered is not None
    assert hindered.raised
    assert other is None or not other.raised


@pytest.mark.parametrize(
    ("theme", "wanted"),
    [
        (None, "spontaneous"), (Theme(False, False, False), "spontaneous"), (Theme(False, True, False), "asked"), (Theme(True, True, False), "leading"),
        (Theme(True, False, False), "leading"), (Theme(True, False, True), "spontaneous"),
    ],
)  # fmt: skip
def test_what_the_theme_makes_of_a_passage(theme: Theme | None, wanted: str) -> None:
    turn = Turn("x", 2, "x", "respondent", "Der Bus fährt nicht.", "", "", "none", False, "")
    assert prompt(turn, "BED.verkehr", {}, theme) == wanted
