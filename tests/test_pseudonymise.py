"""Replacing what identifies: numbers, addresses, listed names; labels and file names too."""

from __future__ import annotations

import pytest

from pipeline import tables
from pipeline.persons import neutral_labels
from pipeline.pseudonymise import replace, replacer
from pipeline.study import Pseudonymise

LIST = replacer(
    [
        {"form": "Kaya", "replacement": "Demir"},
        {"form": "Ayşe Kaya", "replacement": "Fatma Demir"},
        {"form": "Ahornallee", "replacement": "[Straße]"},
        {"form": "", "replacement": "leer"},
    ]
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rufen Sie an: 0209 5550123.", "Rufen Sie an: [Telefonnummer]."),
        ("Unter 0209 / 5550-137 erreichbar.", "Unter [Telefonnummer] erreichbar."),
        ("Mobil 01525 5550184, abends.", "Mobil [Telefonnummer], abends."),
        ("Die +49 209 5550123 ist neu.", "Die [Telefonnummer] ist neu."),
        ("Von 1987 bis 1996, also 9 Jahre.", "Von 1987 bis 1996, also 9 Jahre."),
        ("Am 12.03.2024 um 12:30 Uhr kamen 1.200 Leute.", "Am 12.03.2024 um 12:30 Uhr kamen 1.200 Leute."),
        ("Mail an max.muster+x@mail.example.org!", "Mail an [E-Mail-Adresse]!"),
        ("Der @ allein ist nichts.", "Der @ allein ist nichts."),
        ("Frau Kaya und Kayas Sohn.", "Frau Demir und Demirs Sohn."),
        ("Ayşe Kaya war da.", "Fatma Demir war da."),
        ("Kayakfahren in der Ahornallee.", "Kayakfahren in der [Straße]."),
        ("Herr [Name] aus [Ort].", "Herr [Name] aus [Ort]."),
    ],
)
def test_replacing(text: str, wanted: str) -> None:
    done, changes = replace(text, LIST, Pseudonymise())
    assert done == wanted
    assert bool(changes) == (text != wanted)
    for c in changes:
        assert text[c.start : c.end] == c.before
        assert done[c.new_start : c.new_end] == c.after


def test_settings_switch_kinds_off() -> None:
    text = "0209 5550123 und a@example.org"
    assert replace(text, [], Pseudonymise(phones=False, emails=False))[0] == text


def test_labels_that_may_be_names_become_neutral() -> None:
    rows = [("Frau Kaya", "respondent"), ("I", "interviewer"), ("B1", "respondent"), ("Müller", "interviewer"), ("TN2", "respondent"),
            ("S00", "unknown"), ("Lisa B.", "respondent"), ("Befragte", "respondent"), ("", "unknown"), ("Sprecher 2", "unknown")]  # fmt: skip
    labels = tables.frame(
        "labels", [{"doc": "I001", "label": a, "role": b, "confidence": 1, "turns": 1, "words": 1} for a, b in rows]
    )
    names = neutral_labels(labels)
    assert {k: names[k] for k in ("I", "B1", "TN2", "S00", "Befragte", "", "Sprecher 2")} == {
        "I": "I", "B1": "B1", "TN2": "TN2", "S00": "S00", "Befragte": "Befragte", "": "", "Sprecher 2": "Sprecher 2",
    }  # fmt: skip
    assert names["Müller"] == "I1"
    assert {names["Frau Kaya"], names["Lisa B."]} == {"B2", "B3"}
    assert len(set(names.values())) == len(names)


def test_a_name_is_found_over_the_end_of_a_line() -> None:
    finders = replacer([{"form": "Frau Yıldız", "replacement": "Frau Aydın"}])
    assert replace("Die Frau\nYıldız und Frau\u00a0Yıldız helfen.", finders, Pseudonymise())[0] == (
        "Die Frau Aydın und Frau Aydın helfen."
    )
