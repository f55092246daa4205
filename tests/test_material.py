"""Material and data protection in the report: what does not fit together is listed, and no heading stands empty."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from pipeline import pages
from pipeline.sections.disclosure import disclosure
from pipeline.sections.material import Names, origin
from pipeline.study import Variable
from pipeline.tables import TABLES, frame

TABLES_USED = ("documents", "speakers", "unplaced", "notes")


def names(variables: dict[str, Variable] | None = None) -> Names:
    return Names(SimpleNamespace(variables=variables or {}), frame("cases", []), frame("documents", []))


def shown(notes: list[dict[str, str]] | None = None, documents: list[dict[str, Any]] | None = None, small: int = 3) -> str:
    """Template `material.html.j2` over these notes and nothing else, as text with tags and plain blanks."""
    tables = {name: frame(name, []) for name in TABLES}
    tables |= {"notes": frame("notes", notes or []), "documents": frame("documents", documents or [])}
    env = pages.environment()
    ui = env.get_template("macros.html.j2").make_module({"study": SimpleNamespace(language="de"), "pictures": {}})
    made = env.get_template("material.html.j2").render(**origin(tables, names()), disclosure=disclosure(tables, names(), small), ui=ui)
    return " ".join(made.split())


def test_what_does_not_fit_together_is_listed_with_its_place() -> None:
    text = shown(
        [
            {"source": "cases.csv", "place": "Zeile 12", "text": "Diese Datei gibt es nicht."}, {"source": "cases.csv", "place": "Zeile 6", "text": "Dieses <b>Kürzel</b>."},
            {"source": "consent.csv", "place": "", "text": "Es gibt kein Verzeichnis."},
        ]
    )  # fmt: skip
    material = text.partition('<section id="datenschutz">')[0]
    rows = re.findall(r"<tr><th scope=\"row\">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td></tr>", material)
    assert rows == [("cases.csv", "Zeile 6", "Dieses &lt;b&gt;Kürzel&lt;/b&gt;."), ("cases.csv", "Zeile 12", "Diese Datei gibt es nicht."), ("consent.csv", "–", "Es gibt kein Verzeichnis.")]
    assert "Aufgefallen ist nichts" not in text
    assert "Aufgefallen ist nichts" in shown()


def test_a_date_that_is_no_day_is_marked() -> None:
    def told(date: str) -> bool:
        row = {"doc": "I1", "file": "a.txt", "status": "ok", "date": date, "words": 1, "turns": 1, "notation_confidence": 1.0}
        return "kein Tag des Kalenders" in shown(documents=[row])

    assert [told(date) for date in ("2026-02-28", "", "2026-02-31", "31.02.2026")] == [False, False, True, True]


def test_no_heading_of_data_protection_stands_empty() -> None:
    for small in (3, 0):
        part = shown(small=small).partition('<section id="datenschutz">')[2].partition("</section>")[0]
        for heading, content in zip(*(iter(re.split(r"<h3[^>]*>(.*?)</h3>", part)[1:]),) * 2, strict=True):
            assert re.search(r"<(p|li)>[^<]", content), heading
        assert "<ul></ul>" not in part.replace(" ", "")
    assert "Noch ist keine Stelle gelesen und codiert." in part
    assert "findings.small steht auf 0" in part


def test_values_that_the_study_does_not_list_are_marked() -> None:
    known = names({"gruppe": Variable(values={"a": "Amt"}), "alter": Variable()})
    assert [known.marked("gruppe", value) for value in ("a", "aa", "unbekannt")] == ["Amt", "aa (nicht in study.yaml)", "unbekannt"]
    assert (known.marked("alter", "60+"), known.marked("hobby", "x")) == ("60+", "x")
