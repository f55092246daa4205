"""Words that researchers use as values of case variables stay readable; bare names of bodies are the body's."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline import names, pseudonymise, study, written
from pipeline.leaking.originals import originals, stays
from pipeline.naming import key, short
from pipeline.naming.base import SURE
from pipeline.naming.entities import Mention
from pipeline.naming.key import DECLARED
from pipeline.places import Places
from pipeline.tables import frame

YAML = "title: x\nvariables:\n  ort:\n    aliases: [Viertel]\n    values: {{Altmarkt: Altmarkt{more}}}\n  gruppe: {{values: {{verein: Vereine}}}}\n  beruf: {{label: Beruf}}\nanswers: {{district: ort}}\n"


class Study:
    """One or more files with headers, taken through finding and planning of names; `kept`: what the key says after."""

    def __init__(self, root: Path, more: str = "", population: str = "", listed: str = "") -> None:
        self.cases, self.population, self.key = root / "cases.csv", root / "population.csv", root / "pseudonyms.csv"
        (root / "study.yaml").write_text(YAML.format(more=more), "utf-8")
        self.settings = study.load(root / "study.yaml")
        if population:
            self.population.write_text(f"variable,value,n,source\n{population}\n", "utf-8")
        if listed:
            self.key.write_text(f"entity;kind;name;forms;status;level;replacement\n{listed}\n", "utf-8")
        self.sources: list[dict[str, str | int]] = []
        self.turns: list[dict[str, str | int]] = []

    def talk(self, text: str, file: str = "gespräch.txt", **header: str) -> Study:
        doc = f"I{len(self.sources) + 1:03d}"
        self.sources.append({"doc": doc, "file": file, "status": "ok", "meta": json.dumps(header), "words": 9, "turns": 1, "speakers": 1})
        self.turns.append({"doc": doc, "turn": 1, "text": text})
        return self

    def run(self) -> dict[str, pd.DataFrame]:
        sources, turns, labels = frame("sources", self.sources), frame("turns_clean", self.turns), frame("labels", [])
        files = {"cases_file": self.cases, "population_file": self.population, "key_file": self.key}
        found = [
            row
            for doc in sources["doc"]
            for row in names.each(sources[sources["doc"] == doc], labels, turns[turns["doc"] == doc], settings=self.settings, **files)["found"]
        ]
        made = names.whole(sources, labels, turns, frame("found", found), settings=self.settings, **files)
        return {name: frame(name, rows) for name, rows in made.items()}

    def text(self, doc: str = "I001") -> str:
        made = self.run()
        plan = made["plan"][made["plan"]["doc"] == doc]
        text = next(str(turn["text"]) for turn in self.turns if turn["doc"] == doc)
        for step in reversed(list(plan.itertuples())):
            text = text[: step.start] + step.after + text[step.end :]
        return text

    def shown(self, value: str) -> str:
        aliases = self.run()["aliases"]
        return str(pseudonymise.hider(aliases)(value))


LONG = "Wir wohnen lange hier, und die Kinder gehen gern hinaus und spielen auf dem Hof."


def test_a_value_that_study_yaml_does_not_know_stays_readable_everywhere(tmp_path: Path) -> None:
    mordor = Study(tmp_path).talk(LONG, "04 Verein Mordor.txt", viertel="Mordor")
    assert mordor.shown("Mordor") == "Mordor"
    assert mordor.shown("04 Verein Mordor.txt") == "04 Verein Mordor.txt"
    assert not {o.form for o in originals(mordor.run()["entities"])} & {"Mordor"}


def test_without_such_a_value_the_same_word_is_a_bodys_name(tmp_path: Path) -> None:
    assert Study(tmp_path).talk(LONG, "04 Verein Mordor.txt", beruf="Mordor").shown("Mordor") == "[Einrichtung 1]"


def test_a_value_of_cases_csv_or_of_the_towns_figures_stays_too(tmp_path: Path) -> None:
    town = Study(tmp_path, population="ort,Mordor,3,x").talk(LONG, "04 Verein Mordor.txt")
    assert town.shown("Mordor") == "Mordor"
    town.population.unlink()
    assert town.shown("Mordor") == "[Einrichtung 1]"
    town.cases.write_text("file,speaker,case,viertel\n04 Verein Mordor.txt,B,,Mordor\n", "utf-8")
    assert town.shown("Mordor") == "Mordor"


@pytest.mark.parametrize("value", ["Frau Kaya", "Kaya", "Mehmet", "Fatih-Moschee", "Lindenstraße", "0209 5550123", "Anker e. V."])
def test_a_value_that_is_somebody_or_an_address_does_not_come_through(tmp_path: Path, value: str) -> None:
    shown = Study(tmp_path).talk(LONG, gruppe=value).shown(value)
    assert not set(value.split()) & set(shown.replace("Frau", "").split()), shown


MASKED = "E003;org;Mordor;Mordor;proposed;mask;[Einrichtung 1]"


def test_study_yaml_wins_over_an_earlier_key_and_says_so(tmp_path: Path) -> None:
    before = Study(tmp_path, listed=MASKED).talk(LONG, "04 Verein Mordor.txt", viertel="Mordor")
    assert before.shown("Mordor") == "[Einrichtung 1]"  # a header alone does not overrule the key
    after = Study(tmp_path, ", Mordor: Mordor", listed=MASKED).talk(LONG, "04 Verein Mordor.txt", viertel="Mordor")
    assert after.shown("Mordor") == "Mordor"
    entities = after.run()["entities"]
    (row,) = entities[entities["entity"] == "E003"].to_dict("records")
    assert (row["level"], row["note"]) == ("keep", DECLARED)
    (told,) = stays(entities)
    assert "»Mordor« (E003 in pseudonyms.csv) steht in study.yaml" in told
    assert stays(before.run()["entities"]) == []


def test_a_declared_word_leaves_a_row_that_has_other_forms_too(tmp_path: Path) -> None:
    listed = "E003;org;Haus Mordor;Haus Mordor | Mordor;confirmed;mask;[Haus 1]"
    made = Study(tmp_path, ", Mordor: Mordor", listed=listed).talk("Wir waren im Haus Mordor, und in Mordor ist es schön.", viertel="Mordor")
    assert made.text() == "Wir waren im [Haus 1], und in Mordor ist es schön."


def test_a_woman_with_a_districts_name_is_replaced_and_the_district_stays(tmp_path: Path) -> None:
    made = Study(tmp_path, ", Lindenau: Lindenau").talk("Die Frau Lindenau wohnt in Lindenau, und Lindenau ist groß, sagen alle hier im Haus.")
    text = made.text()
    assert "Frau Lindenau" not in text
    assert text.endswith("wohnt in Lindenau, und Lindenau ist groß, sagen alle hier im Haus.")


FULL = "Der Verein heißt Anker e. V. und macht Beratung."


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Frau Weiß vom Anker war da.", "vom [Verein 1]"),
        ("Ich war beim Anker.", "beim [Verein 1]"),
        ("Was läuft bei Anker so?", "bei [Verein 1]"),
        ("Mit dem Anker geht das.", "dem [Verein 1]"),
        ("Da sitzen alle. Anker, die Pfarrei, der Sport.", "alle. [Verein 1],"),
        ("Gut, Anker und die Schule sprechen nicht.", "Gut, [Verein 1] und"),
        ("Der Anker hilft da.", "Der [Verein 1] hilft"),
        ("Das Anker-Team ist nett.", "Das [Verein 1]-Team"),
    ],
)
def test_a_bare_name_used_as_one_is_the_bodys_in_every_interview(tmp_path: Path, said: str, wanted: str) -> None:
    assert wanted in Study(tmp_path).talk(said).talk(FULL).text()


@pytest.mark.parametrize(("said", "listed"), [("Er warf den Anker ins Wasser.", 1), ("Du bist mein Anker.", 0), ("Ein Anker ist schwer.", 0), ("Die Anker waren rostig.", 1)])
def test_an_anchor_is_no_body(tmp_path: Path, said: str, listed: int) -> None:
    made = Study(tmp_path).talk(said).talk(FULL)
    assert made.text() == said
    suspects = made.run()["suspects"]
    assert sum((suspects["doc"] == "I001") & suspects["surface"].str.contains("Anker")) == listed


@pytest.mark.parametrize(("full", "said"), [("Hoffnung e. V.", "Ich lebe von Hoffnung."), ("Brücke e. V.", "Wir gehen zur Brücke."), ("Heimatverein e. V.", "Der Heimatverein hilft.")])
def test_everyday_words_are_left_to_people(tmp_path: Path, full: str, said: str) -> None:
    assert Study(tmp_path).talk(said).talk(f"Er ist bei {full} dabei.").text() == said


def test_a_bare_name_that_is_no_word_is_replaced_wherever_it_stands(tmp_path: Path) -> None:
    made = Study(tmp_path).talk("Er warf den Birlik weg, und Birliks Leute kamen.").talk("Wir sind Birlik e. V. hier.")
    assert "Birlik" not in made.text()
    assert {o.form for o in originals(made.run()["entities"])} >= {"Birlik", "Birlik e. V."}


def test_a_bare_name_with_a_row_of_its_own_in_the_key_stays_that_rows() -> None:
    full = Mention("I001", 1, 0, 11, "org", "Anker e. V.", "Anker e. V.", SURE, "legal")
    texts = {("I001", 1): "Anker e. V.", ("I001", 2): "Ich war beim Anker."}
    own = key.rows([{"form": "Anker", "replacement": "[Beratung]"}])
    assert [m.core for m in short.found([full], texts, {})] == ["Anker e. V.", "Anker e. V."]
    assert short.found([full], texts, {}, own) == [full]
    both = [key.Row("E1", "org", "Anker e. V.", ("Anker e. V.", "Anker"))]
    assert len(short.found([full], texts, {}, both)) == 2


def test_of_nothing_comes_nothing() -> None:
    assert short.found([], {("I001", 1): "Beim Anker."}, {}) == []


def test_what_researchers_wrote_of_the_town_is_their_own_word(tmp_path: Path) -> None:
    """A name that stands in population.csv alone is told like one in study.yaml, and stops nothing."""
    places = Places("x", tmp_path, tmp_path, tmp_path, tmp_path)
    (tmp_path / "population.csv").write_text("variable,value,n,source\nort,Mordor,3,x\n", "utf-8")
    assert " mordor " in written.spaced(written.texts(places))
    assert [path.name for path in written.files(places)] == ["population.csv"]
