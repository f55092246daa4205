"""Names of people interviewed in what machines give as their reason: training sentences, rules and a language model's own words."""

from __future__ import annotations

import time
from itertools import product
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pipeline import leaks
from pipeline.coders import llm
from pipeline.coders.reasons import Why, because
from pipeline.leaking.originals import masking, originals
from pipeline.tables import frame

NAMES = {"Elfriede": "", "Rollo": "", "Kowalczyk": "", "Ayşe Kaya": "", "Sommer": "Sommer", "Lindenstraße 4": "", "Ümit": "", "Groß": "Groß"}
ENTITIES = frame(
    "entities",
    [
        {"entity": f"P{n}", "kind": "person", "name": name, "forms": f"{name} | {name}s", "status": "proposed", "level": "pseudonym",
         "replacement": f"Ersatz{n}", "wordlike": f"{plain} | {plain}s" if plain else "", "count": 1}
        for n, (name, plain) in enumerate(NAMES.items())
    ],
)  # fmt: skip
SHAPES = (
    "{n}", "Die {n} hat da gewohnt.", "das war {n}s Garten", "Frau {n} sagt nix", "Herr Dr. {n} war da", "{l} kam nie", "mit {l}s hund", "{u}!",
    "({n})", "{n}, {n} und {n}", "Bei {n}-Müller", "»{n}«",
)  # fmt: skip


def planted() -> list[str]:
    return [shape.format(n=name, l=name.lower(), u=name.upper()) for name, shape in product(NAMES, SHAPES)]


@pytest.mark.parametrize("text", planted())
def test_a_name_of_the_study_never_stands_in_a_quoted_sentence_nor_stops_the_run(text: str) -> None:
    told = masking(ENTITIES)(text)
    report = leaks.check(originals(ENTITIES), {"tables/codings.csv": f"ähnlich wie »{told}«; danach fragt L4".encode()}, {}, frozenset(ENTITIES["replacement"]))
    assert not report.failed, report.findings
    name = next(name for name in NAMES if name.casefold() in text.casefold())
    # »Sommer« and »groß« are ordinary words: to hide them wherever they stand would garble the page and point at the name.
    if not NAMES[name] or "Frau" in text or "Herr" in text:
        assert name.casefold() not in told.casefold()


@pytest.mark.parametrize("name", ["Elfriede", "Rollo", "Kowalczyk"])
def test_a_name_inside_a_longer_word_is_masked(name: str) -> None:
    assert name.casefold() not in masking(ENTITIES)(f"das {name.lower()}haus und die {name}straße").casefold()


def test_what_holds_no_name_is_quoted_as_it_stands() -> None:
    mask = masking(ENTITIES)
    text = "Da ist eine Katze, die heißt Mohrle, und im Winter wohnt sie bei uns."
    assert mask(text) == text


def test_rejected_names_and_names_that_may_stand_are_not_masked() -> None:
    rows = ENTITIES.assign(status=["rejected", "proposed", *["proposed"] * 6], level=["pseudonym", "keep", *["pseudonym"] * 6])
    mask = masking(rows)
    assert mask("Elfriede und Rollo und Kowalczyk") == "Elfriede und Rollo und K…k"


def test_three_thousand_sentences_take_less_than_a_second() -> None:
    rows = frame(
        "entities",
        [
            {"entity": f"P{n}", "kind": "person", "name": f"Name{n}a", "forms": f"Vor{chr(97 + n % 26)}nam{chr(97 + n // 26)} | Nach{chr(97 + n % 26)}nam{chr(97 + n // 26)}",
             "status": "proposed", "level": "pseudonym", "replacement": f"E{n}", "count": 1}
            for n in range(400)
        ],
    )  # fmt: skip
    mask, texts = masking(rows), [f"Satz {n}: da hat keiner aufgemacht, und die vom Amt haben gesagt, komm nächste Woche wieder." for n in range(3000)]
    started = time.perf_counter()
    for text in texts:
        mask(text)
    assert time.perf_counter() - started < 3  # a loaded machine; 0.4 s on a free one


def test_what_a_language_model_says_is_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = SimpleNamespace(doc="I001", turn=2, text="Das ist so.", case="F1", question="")
    heard = {"doc": "I001", "turn": 2, "start": 0, "end": 11, "code": "A", "quote": "Das ist so.", "why": "Er meint Elfriede damit."}
    monkeypatch.setattr(llm, "themes", lambda *_: SimpleNamespace(before=lambda *_: None))
    monkeypatch.setattr(llm, "prompt", lambda *_: "spontaneous")
    material: Any = SimpleNamespace(heard=[heard], by_key={("I001", 2): turn}, mask=masking(ENTITIES), segment_at=lambda *_: "", expected={}, index=None)
    rows = llm.code(material, cast(Any, None))
    assert rows[0]["evidence"] == "Er meint E…e damit."


def test_names_are_masked_before_a_long_sentence_is_cut() -> None:
    mask = masking(ENTITIES)
    told = because(Why(mask("ein langer Satz " * 5 + "mit Elfriede am Ende und noch mehr"), "", mask("Elfriede*")))
    assert "Elfr" not in told
