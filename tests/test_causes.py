"""Statements of cause and effect: what is found and what is left alone, whose words and where they stand, and floors on the labelled part.

The floors hold what was reached while developing; sentences that nobody developed on are measured with `benchmarks/causes.py`.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.annotate import each as annotate
from pipeline.causes import each
from pipeline.stance import each as scopes
from pipeline.study import Study
from pipeline.tables import check, frame

CASES = Path(__file__).parent / "cases" / "causes"
sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import causes as bench  # noqa: E402

Told = list[tuple[str, str, str, str]]  # cause, effect, sign, kind


def rows_of(*spoken: tuple[str, str]) -> list[dict[str, Any]]:
    """The stage's rows for turns given as (role, text), numbered from 1."""
    turns = frame("turns", [{"doc": "d", "turn": n, "role": role, "text": text, "raw_sha256": str(n)} for n, (role, text) in enumerate(spoken, 1)])
    made = annotate(turns, SimpleNamespace(annotate=Study().annotate))
    segments, tokens, types = (frame(name, made[name]) for name in ("segments", "tokens", "types"))
    marks = frame("scopes", scopes(turns, segments, tokens, types, SimpleNamespace())["scopes"])
    found = frame("causes", each(turns, segments, tokens, types, marks, SimpleNamespace())["causes"])
    assert not check("causes", found)
    texts = {n: text for n, (_, text) in enumerate(spoken, 1)}
    for row in found.to_dict("records"):
        for part in ("cause", "effect", "sign"):
            assert row["start"] <= row[f"{part}_start"] <= row[f"{part}_end"] <= row["end"] <= len(texts[row["turn"]])
        assert row["sign"] == texts[row["turn"]][row["sign_start"] : row["sign_end"]]
    return found.to_dict("records")


def told(text: str) -> Told:
    return [
        (text[r["cause_start"] : r["cause_end"]], text[r["effect_start"] : r["effect_end"]], r["sign"], r["kind"]) for r in rows_of(("respondent", text))
    ]  # fmt: skip


FOUND = [
    ("Ich bin selten da, weil mir die Zeit fehlt.", ("mir die Zeit fehlt", "Ich bin selten da", "weil", "weil")),
    ("Weil keiner Türkisch kann, bleiben die weg.", ("keiner Türkisch kann", "bleiben die weg", "Weil", "weil")),
    ("Ich glaube, dass viele nicht kommen, weil sie sich schämen.", ("sie sich schämen", "viele nicht kommen", "weil", "weil")),
    ("Ich geh da nicht hin, weil, die gucken so komisch.", ("die gucken so komisch", "Ich geh da nicht hin", "weil", "weil")),
    ("Der Laden ist zu. Eben weil keiner mehr gekommen ist.", ("keiner mehr gekommen ist", "Der Laden ist zu", "weil", "weil")),
    ("Ich fühl mich hier wohl, nicht weil es schön ist, sondern wegen der Leute.", ("der Leute", "Ich fühl mich hier wohl", "wegen", "wegen")),
    ("Da wir keine Räume haben, fällt der Kurs aus.", ("wir keine Räume haben", "fällt der Kurs aus", "Da", "da")),
    ("Die Mieten steigen, denn es wird nichts gebaut.", ("es wird nichts gebaut", "Die Mieten steigen", "denn", "denn")),
    ("Das Amt ist weit weg. Deswegen geh ich selten hin.", ("Das Amt ist weit weg", "geh ich selten hin", "Deswegen", "deshalb")),
    ("Dadurch, dass die Halle zu ist, stehen die Jungs draußen.", ("die Halle zu ist", "stehen die Jungs draußen", "Dadurch, dass", "deshalb")),
    ("Die Stadt hat gespart, weshalb die Bücherei jetzt zu ist.", ("Die Stadt hat gespart", "die Bücherei jetzt zu ist", "weshalb", "deshalb")),
    ("Wegen der Treppe kommt meine Mutter nicht mehr raus.", ("der Treppe", "kommt meine Mutter nicht mehr raus", "Wegen", "wegen")),
    ("Aus finanziellen Gründen haben wir aufgehört.", ("finanziellen Gründen", "haben wir aufgehört", "Aus", "wegen")),
    ("Man kennt sich nicht. Das führt dazu, dass man sich misstraut.", ("Man kennt sich nicht", "man sich misstraut", "führt dazu, dass", "leads_to")),
    ("Keiner kommt mehr. Das liegt an der Uhrzeit.", ("der Uhrzeit", "Keiner kommt mehr", "liegt an", "because_of")),
    ("Der Lärm macht mich krank.", ("Der Lärm", "mich krank", "macht", "leads_to")),
    ("Die Sprache ist der Grund, warum ich keine Arbeit habe.", ("Die Sprache", "ich keine Arbeit habe", "der Grund, warum", "noun_cause")),
    ("An der Misere ist die Politik schuld.", ("die Politik", "der Misere", "schuld", "blame")),
    ("Der Bus fährt nicht mehr, sodass ich laufen muss.", ("Der Bus fährt nicht mehr", "ich laufen muss", "sodass", "so_that")),
    ("Die kriegen keine Antwort, und dann geben sie halt auf.", ("Die kriegen keine Antwort", "geben sie halt auf", "dann", "and_then")),
    ("Wir sitzen draußen. Drinnen ist nämlich kein Platz.", ("Drinnen ist nämlich kein Platz", "Wir sitzen draußen", "nämlich", "namely")),
    ("Wenn du keinen kennst, kriegst du keine Wohnung.", ("du keinen kennst", "kriegst du keine Wohnung", "Wenn", "if_then")),
    ("Warum wir unter uns bleiben? Weil wir uns da wohlfühlen.", ("wir uns da wohlfühlen", "wir unter uns bleiben", "Weil", "question")),
    ("Kein Auto, kein Bus, da bleibst du zu Hause.", ("Kein Auto, kein Bus", "da bleibst du zu Hause", "", "juxtaposed")),
    # learners and dialect
    ("Ich nicht gehen Kurs weil Kind krank.", ("Kind krank", "Ich nicht gehen Kurs", "weil", "weil")),
    ("Bei der Post verstehen die mich nicht, darum ich nehme meine Tochter mit.",
     ("Bei der Post verstehen die mich nicht", "ich nehme meine Tochter mit", "darum", "deshalb")),
    ("Mei Mo is dahoam bliem, weil er koa Arbeit kriagt hod.", ("er koa Arbeit kriagt hod", "Mei Mo is dahoam bliem", "weil", "weil")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), FOUND, ids=lambda v: v[:40] if isinstance(v, str) else "")
def test_a_cause_and_its_effect_are_found(text: str, wanted: tuple[str, str, str, str]) -> None:
    assert told(text) == [wanted]


LEFT = """Das ist doch nicht so, weil die faul sind.
Es stimmt doch gar nicht, dass die wegen dem Kindergeld kommen.
Dass die nur wegen dem Geld hier sind, ist Blödsinn.
Ich glaube nicht, dass das am Geld liegt.
Es ist nicht wegen der Sprache.
Das hat mit Faulheit nichts zu tun.
Ob das wegen dem Namen war, weiß ich nicht.
Nur weil einer Ali heißt, ist er noch lange kein Dieb.
Ich sag das nur, weil Sie gefragt haben.
Weil Sie gerade von der Schule sprechen: meine Tochter geht da hin.
Die sind bestimmt zu Hause, weil, da brennt Licht.
Da hab ich noch in der Kolonie gewohnt.
Was soll ich denn da machen?
Erst wird gegessen, dann wird geredet.
Darum geht es doch gar nicht.
Da kam so ein Kerl daher.
Wegen mir können wir anfangen.
Von wegen Integration.
Ich lern Deutsch, damit ich meinen Kindern helfen kann.
Durch die Unterführung gehen die Mädchen nachts nicht.
Er hat den Tisch so gestellt, dass alle reinpassen.
Wenn ich Bürgermeister wäre, gäb's hier Bänke.
Wenn die uns einen Raum geben, machen wir ein Fest.
Obwohl wir Nachbarn sind, grüßt der nicht.
Warum hilft uns keiner? Das frag ich mich jeden Tag.
Mein Nachbar kommt aus Polen.
Vor zehn Jahren war das anders.
Das Vereinsheim liegt am Kanal.
Die Straße führt zum Markt.
Ich wollte Sie wegen der Wohnung sprechen.
Weil.
Ja, weil halt.""".splitlines()


@pytest.mark.parametrize("text", LEFT)
def test_what_names_no_cause_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_only_respondents_are_read_and_a_bare_answer_has_no_effect_of_its_own() -> None:
    rows = rows_of(
        ("interviewer", "Die bleiben unter sich, weil sie sich schämen. Woran liegt das?"),
        ("respondent", "Weil sich keiner kümmert."),
        ("respondent", "Weil sich keiner kümmert."),
        ("unknown", "Ich geh nicht hin, weil ich müde bin."),
    )
    assert [(r["turn"], r["effect_end"] - r["effect_start"]) for r in rows] == [(2, 0), (4, len("Ich geh nicht hin"))]
    assert rows[0]["effect_start"] == rows[0]["start"] == 0


def test_a_cause_may_be_the_effect_of_another() -> None:
    found = told("Viele trauen sich nicht, weil da keiner Türkisch spricht, und deswegen verfallen die Leistungen.")
    assert {(c, e) for c, e, _, _ in found} == {
        ("da keiner Türkisch spricht", "Viele trauen sich nicht"), ("Viele trauen sich nicht", "verfallen die Leistungen"),
    }  # fmt: skip


def test_hypothetical_and_reported_causes_stay() -> None:
    assert told("Die Nachbarin sagt, die ziehen weg, weil es zu laut ist.") == [("es zu laut ist", "die ziehen weg", "weil", "weil")]
    assert told("Ich würde wegziehen, weil es zu laut ist.") == [("es zu laut ist", "Ich würde wegziehen", "weil", "weil")]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "…", "weil", "Weil Weil weil weil", "deshalb deshalb, deshalb.", "wegen", "so dass", "schuld", "Der Grund ist", "führt dazu, dass",
     "\u200b\ufeff weil \u00a0 𝔡𝔦𝔢 👩‍👩‍👧 weg sind", "((( „weil“ ))) –– wegen!!! ??? da…", "Warum? Warum? Weil?", "Und. Und. Deshalb. Weil, weil, weil.", "an schuld daran dass"],
)  # fmt: skip
def test_scraps_and_odd_characters_do_no_harm(text: str) -> None:
    rows_of(("respondent", text), ("respondent", text + " 👍 Ich bleibe hier, weil 👩‍👧 die Kinder hier sind."))


def test_words_in_any_order_do_no_harm() -> None:
    """Connectives thrown among words of real sentences: places stay within the turn, and causes are never empty."""
    chance = random.Random(7)
    items = json.loads((CASES / "develop.json").read_text("utf-8"))
    words = [word for item in items for word in re.findall(r"\w+|[.,!?:–]", item["text"])]
    signs = "weil deshalb wegen der Grund schuld daran dass führt dazu liegt an so sodass nämlich wenn dann dadurch , . ? warum sondern nicht aus Folge also da".split()
    texts = [" ".join(chance.choice(signs if chance.random() < 0.5 else words) for _ in range(chance.randint(1, 18))) for _ in range(700)]
    found = rows_of(*(("respondent", text) for text in texts))
    assert len(found) > 100
    assert all(row["cause_start"] < row["cause_end"] for row in found)


def test_places_are_code_points() -> None:
    assert told("👍🏽 Ich bleibe, weil die Kinder 👩‍👧 hier sind.")[0][0].startswith("die Kinder")


def test_an_interview_without_turns_gives_nothing() -> None:
    empty = {name: frame(name, []) for name in ("turns", "segments", "tokens", "types", "scopes")}
    assert each(**empty, settings=SimpleNamespace())["causes"] == []


@pytest.mark.parametrize(
    "piece", ["Ich geh nicht hin, weil es weit ist. ", "und weil ich gesagt hab ", "wegen der ", "Ja. Deshalb gehen wir. ", "Kinder, "]
)
def test_time_grows_with_the_words(piece: str) -> None:
    """A turn eight times as long takes about eight times as long, never the square of it."""
    from pipeline.causing import Word, find
    from pipeline.german import analyse, load

    analysis = analyse(load(), piece * 4)
    one: list[list[Word]] = [[] for _ in analysis.sentences]
    for token in analysis.tokens:
        one[token.sentence].append(Word(token.form, token.norm, token.tag, token.lemma, token.pos))
    spent = []
    for times in (150, 1200):
        sentences = one * times if len(one) > 1 else [one[0] * times]
        started = time.process_time()
        find(sentences)
        spent.append(time.process_time() - started)
    assert spent[1] < 30 * spent[0] + 0.5


def test_floors_on_the_labelled_part() -> None:
    items = json.loads((CASES / "develop.json").read_text("utf-8"))
    found = bench.found([item["text"] for item in items])
    counted = bench.counts(items, found)
    (hits, some, gold), (right, statements, labelled) = counted
    assert hits / some >= 0.98
    assert hits / gold >= 0.97
    assert right / statements >= 0.97
    assert right / labelled >= 0.97


def test_the_two_parts_share_no_sentence() -> None:
    develop, measure = ({item["text"] for item in json.loads((CASES / f"{part}.json").read_text("utf-8"))} for part in ("develop", "measure"))
    assert len(develop) == len(measure) == 190
    assert not develop & measure


def test_the_measure_counts_words_in_common() -> None:
    text = "Ich bleibe hier, weil es schön ist."
    assert bench.overlap(text, (0, 15), (0, 15)) == 1.0
    assert bench.overlap(text, (0, 15), (0, 10)) == pytest.approx(2 / 3)
    assert bench.overlap(text, (0, 10), (22, 34)) == 0.0
    assert bench.right(text, [((22, 34), (0, 15))], [((22, 34), (0, 15))]) == 1
    assert bench.right(text, [((0, 15), (22, 34))], [((22, 34), (0, 15))]) == 0
