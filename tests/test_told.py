"""Notes of machines in another language: every note that coders write is known, quoted words stay, and German is left alone."""

from __future__ import annotations

import pytest

from pipeline.coders.explain import CUE_WORDS
from pipeline.coders.model import LEADING
from pipeline.coders.reasons import Why, because
from pipeline.coders.rule import REASONS
from pipeline.effects import page
from pipeline.language import spoken
from pipeline.language.told import told

WRITTEN = [
    *REASONS.values(), *(f"{words} »kein«" for words in CUE_WORDS.values()), LEADING, because(Why("Da macht keiner auf.", "L4", "BED.raum|term|raum")),
    "half: Form von »helfen«", "Mieterhöhung: enthält »Miete«", "zu schwach (1 von 2)", "Vorrang für BED.raum", "gelesen und nicht vergeben (mk)",
    "nicht sicher genug (Rang 3); das Modell enthält sich: erst mit 15 Kategorien wäre die richtige wohl dabei",
]  # fmt: skip


@pytest.mark.parametrize("note", WRITTEN)
def test_no_word_of_a_note_stays_german(note: str) -> None:
    german = {"ähnlich", "wie", "danach", "fragt", "regel", "enthält", "form", "von", "verneint", "nur", "nicht", "durch", "wegen", "und", "zu", "für", "die", "der"}
    assert told(note) == note
    with spoken("en"):
        english = told(note)
    outside = "".join(piece.partition("”")[2] or piece.split("“")[0] for piece in english.split("“")) if "“" in english else english
    assert english != note
    assert not german - {"form"} & set(outside.lower().replace(":", " ").replace(";", " ").replace(",", " ").split())


def test_words_of_interviews_stay_even_where_they_hold_semicolons_or_braces() -> None:
    with spoken("en"):
        assert told("ähnlich wie »Ich sag; danach fragt {keiner}«; danach fragt L4") == "similar to “Ich sag; danach fragt {keiner}”; asked about in L4"


def test_what_a_language_model_wrote_stays() -> None:
    with spoken("en"):
        assert told("Die Person nennt einen Raum, der fehlt.") == "Die Person nennt einen Raum, der fehlt."


def test_the_page_of_an_effect_is_in_the_language_of_the_report() -> None:
    row = {
        "change": "dropped", "code": "", "code_before": "A", "rule": "", "rule_before": "A|term|raum", "doc": "I1", "turn": 2, "start": 0, "end": 9,
        "quote": "Ein Raum fehlt.", "matched": "Raum", "reason": "verneint", "decision": "",
    }  # fmt: skip
    german, english = (page.to_html([row], "Studie", "v1", "v2", language).decode() for language in ("de", "en"))
    assert "Nicht mehr codiert" in german
    assert "verneint" in german
    assert 'lang="de"' in german
    for text in ('<html lang="en">', "No longer coded", "I1, turn 2", "negated", '<p lang="de">„Ein <mark>Raum</mark> fehlt.“</p>'):
        assert text in english
    assert "verneint" not in english
