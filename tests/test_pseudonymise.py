"""Replacing what identifies: numbers, addresses, listed names; labels and file names too."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pipeline import tables
from pipeline.names import search, talk
from pipeline.naming import key, lexicon
from pipeline.naming.choose import Chooser
from pipeline.naming.entities import Mention, build
from pipeline.naming.plan import forms, steps
from pipeline.offsets import Edit
from pipeline.persons import neutral_labels
from pipeline.pseudonymise import hider, replaced
from pipeline.study import Pseudonymise

LIST = key.rows(
    [
        {"form": "Kaya", "replacement": "Demir"},
        {"form": "Ayşe Kaya", "replacement": "Fatma Demir"},
        {"form": "Ahornallee", "replacement": "[Straße]"},
    ]
)


def replace(text: str, listed: list[key.Row], settings: Pseudonymise) -> tuple[str, list[Any]]:
    """One text through finders, entities and plan."""
    found = search(talk(("", text)), settings)[1]
    fields = ("start", "end", "kind", "surface", "core", "certainty", "rule", "sex", "culture", "title")
    mentions = [Mention("I001", 1, *(getattr(one, name) for name in fields)) for one in found]
    rows = build(
        mentions, listed, Chooser(text.split(), lexicon.pools()), frozenset({"I001"}), frozenset(), lexicon.is_given
    )
    made = steps(text, mentions, forms(rows, lexicon.is_word), False)
    return replaced(text, [Edit(s.start, s.end, s.after, s.kind) for s in made])


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
    listed = key.rows([{"form": "Frau Yıldız", "replacement": "Frau Aydın"}])
    assert replace("Die Frau\nYıldız und Frau\u00a0Yıldız helfen.", listed, Pseudonymise())[0] == (
        "Die Frau Aydın und Frau Aydın helfen."
    )


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("Interview Kaya.docx", "Interview Demir.docx"),
        ("PetraKaya_3.txt", "PetraDemir_3.txt"),
        ("Kayak.txt", "Kayak.txt"),
        ("Frau_Ayşe_Kaya.md", "Frau_Fatma Demir.md"),
        ("u\u0308ber Kaya.txt", "über Demir.txt"),
    ],
)
def test_names_of_files_are_replaced_also_where_words_are_joined(file: str, wanted: str) -> None:
    aliases = pd.DataFrame({"form": ["Kaya", "Ayşe Kaya"], "replacement": ["Demir", "Fatma Demir"]})
    assert hider(aliases)(file) == wanted
