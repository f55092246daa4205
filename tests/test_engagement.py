"""The inventory of engagement: what is read off a passage, what people correct, and how corrections find their row again."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline import annotate, engagement, offsets, pages, wording
from pipeline.engaging import anchors, limits, passages
from pipeline.engaging.slots import slots
from pipeline.forms.corrections import written
from pipeline.forms.sheet import INVENTORY
from pipeline.guide import Guide, Question
from pipeline.sections.answers import engagement as section
from pipeline.sections.answers.desk import Desk
from pipeline.sections.material import Names
from pipeline.study import Study
from pipeline.tables import TABLES, check, frame

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import engagement as bench

SETTINGS = Study.model_validate({
    "variables": {"gruppe": {"label": "Gruppe", "values": {"v": "Vereine"}}, "ort": {"label": "Ort", "values": {"Nord": "Nordstadt", "Süd": "Südstadt"}}},
    "answers": {"group": "gruppe", "district": "ort"},
})  # fmt: skip
SAID = "Das ist lange her. Wir kochen jeden Freitag für die Nachbarn in der Nordstadt. Meine Frau gibt den Kindern Nachhilfe. Uns fehlt Geld und Zeit."
CODES = [("E", ""), ("E.koch", "E"), ("E.hilf", "E"), ("E.not", "E")]


def read(text: str) -> dict[str, str]:
    return bench.given(slots(bench.passage_of(text), {"Nordstadt"}))


def test_most_of_the_labelled_passages_are_read_right() -> None:
    figures, errors = bench.figures("develop")
    least = {"who": 0.9, "what": 0.88, "whom": 0.95, "place_name": 0.95, "since": 0.95, "often": 0.95}
    assert {slot: figures[slot][0] for slot in least if figures[slot][0] < least[slot]} == {}, errors
    assert min(recall for _, recall, _ in figures.values()) >= 0.8


def test_slots_are_words_of_the_passage_and_empty_where_nothing_is_said() -> None:
    text = "Ich leite seit 1998 die Theatergruppe im Jugendheim, zweimal die Woche, für die Kleinen."
    got = read(text)
    assert got["who"] == "ich"
    assert got["since"] == "seit 1998"
    assert got["often"] == "zweimal die Woche"
    assert got["place_name"] == "im Jugendheim"
    assert all(word in text for slot in ("what", "whom", "since") for word in got[slot].split())
    assert set(read("Ja, das ist halt so.").values()) == {""}
    assert set(read("").values()) == {""}
    assert set(read("Wir wollten mal ein Fest machen, aber das hat nie geklappt.").values()) == {""}  # wished, not done


@pytest.mark.parametrize("text", ["Frau Yilmaz begleitet die Neuen zum Amt.", "[Person 3] gibt den Kindern Nachhilfe.", "Herr Demir, der bringt den Kindern Schach bei."])
def test_no_private_person_is_named(text: str) -> None:
    got = read(text)
    assert got["who"] == "eine Person"
    assert not {"Yilmaz", "Demir", "Person 3"} & {part for value in got.values() for part in (value, *value.split())}


def test_what_is_for_money_or_for_oneself_is_for_nobody() -> None:
    assert read("Ich koche da für zwanzig Euro.")["whom"] == ""
    assert read("Wir organisieren das Fest, für mich ist das wichtig.")["whom"] == ""
    assert read("Wir pumpen Keller aus mit vierzig Freiwilligen.")["whom"] == ""


def mention(n: int, start: int, end: int, code: str, basis: str = "reviewed", case: str = "A", **more: Any) -> dict[str, Any]:
    return {"mention": f"m{n}", "doc": "A", "turn": 1, "start": start, "end": end, "code": code, "case": case, "basis": basis, "about": "", **more}


def test_codes_on_the_same_sentences_are_one_passage_and_proposals_keep_to_the_rest() -> None:
    segments = frame("segments", [{"seg": f"s{n}", "doc": "A", "turn": 1, "start": n * 10, "end": n * 10 + 9} for n in range(5)])
    found = passages.spots(
        frame("findings_mentions", [
            mention(1, 0, 19, "x"), mention(2, 0, 19, "y"), mention(3, 10, 39, "z", "proposed"), mention(4, 40, 49, "x", "proposed"), mention(5, 40, 49, "y", "proposed"),
        ]), segments,
    )  # fmt: skip
    assert [(s.start, s.end, s.basis, s.codes) for s in found] == [(0, 19, "reviewed", ["x", "y"]), (20, 39, "proposed", ["z"]), (40, 49, "proposed", ["x", "y"])]
    assert passages.spots(frame("findings_mentions", []), segments) == []


def test_kinds_of_limits_by_words_compounds_and_phrases() -> None:
    def kinds(text: str) -> list[str]:
        analysed = bench.analyse(bench.language(), text)
        return limits.kinds([limits.Form(t.form.lower(), t.norm.lower(), t.lemma.lower(), t.tag in ("NN", "NE")) for t in analysed.tokens if t.tag[:1] != "$"])

    assert kinds("Wir haben keinen Gemeinschaftsraum, und die Förderung läuft aus.") == ["rooms", "money"]
    assert kinds("Die Formulare, und für alles ein Antragsformular.") == ["bureaucracy"]
    assert kinds("Zur Zeit ist es schön.") == ["other"]
    assert kinds("Mir fehlt die Zeit, und ich kann nicht mehr.") == ["time", "exhaustion"]
    assert limits.kinds([]) == ["other"]


def spot(start: int, end: int) -> passages.Spot:
    return passages.Spot("A", 1, start, end, "reviewed", (SimpleNamespace(case="A", code="x", mention="m"),))


def turn(text: str, sha: str = "h1") -> pd.DataFrame:
    return frame("turns", [{"doc": "A", "turn": 1, "speaker": "B", "case": "A", "role": "respondent", "text": text, "raw_sha256": sha}])


def test_the_id_of_a_row_stays_when_cleaning_and_names_change() -> None:
    plain = anchors.anchors([spot(10, 24)], turn("Ja gut. Äh wir kochen für sie"), {})
    cut = frame("changes", [{"doc": "A", "turn": 1, "raw_start": 0, "raw_end": 8, "clean_start": 0, "clean_end": 0, "rule": "filler"}])
    again = anchors.anchors([spot(2, 16)], turn("Äh wir kochen für sie"), offsets.steps(cut, frame("replacements", [])))
    assert plain[0].entry == again[0].entry
    assert (again[0].raw_start, again[0].raw_end) == (10, 24)
    twice = anchors.anchors([spot(0, 5), spot(0, 5)], turn("Wir kochen."), {})
    assert len({a.entry for a in twice}) == 2


def test_a_kept_row_is_found_by_place_then_by_quote_else_lost() -> None:
    own = [anchors.Anchor("e1", "A", "h1", 10, 60, "wir kochen freitags für die ganze Straße"), anchors.Anchor("e2", "A", "h2", 0, 30, "meine Frau gibt den Kindern Nachhilfe")]
    place = {"entry": "old1", "doc": "A", "raw_sha256": "h1", "raw_start": "40", "raw_end": "90", "quote": ""}
    quote = {"entry": "old2", "doc": "A", "raw_sha256": "gone", "raw_start": "5", "raw_end": "40", "quote": "und meine Frau gibt den Kindern jetzt Nachhilfe"}
    gone = {"entry": "old3", "doc": "A", "raw_sha256": "gone", "raw_start": "5", "raw_end": "40", "quote": "etwas ganz anderes als das hier"}
    assert anchors.found_again(own, [place, quote, gone]) == {"e1": "old1", "e2": "old2"}
    assert anchors.found_again(own, [{**quote, "doc": "B"}, {**place, "raw_start": "x"}, {"entry": "", "doc": "A"}]) == {}
    assert anchors.found_again(own, [{**place, "entry": "e1"}, {**place, "entry": "old"}]) == {}  # the place is taken by its own row


def tables(text: str = SAID, quotable: str = "yes", said: list[tuple[str, str, str]] | None = None) -> dict[str, pd.DataFrame]:
    """`said`: (sentence, code, basis); sentences are told by how they begin."""
    turns = turn(text)
    made = annotate.each(turns, SETTINGS)
    spans = {text[s["start"] :][:5]: (s["start"], s["end"]) for s in made["segments"]}
    given = said if said is not None else [("Wir k", "E.koch", "reviewed"), ("Meine", "E.hilf", "proposed"), ("Uns f", "E.not", "reviewed")]
    rows = [mention(n, *spans[begins], code, basis, about="own group") for n, (begins, code, basis) in enumerate(given)]
    rows += [mention(n + 50, row["start"], row["end"], "E", row["basis"], about="own group") for n, row in enumerate(rows)]
    scope = [("engagement", c) for c, _ in CODES] + [("limits", "E.not")]
    return {
        "cases": frame("cases", [{"case": "A", "doc": "A", "speaker": "B", "gruppe": "v", "ort": "Süd"}], SETTINGS.variables),
        "speakers": frame("speakers", [{"doc": "A", "speaker": "B", "turns": 1, "words": 9, "quotable": quotable, "case": "A"}]), "turns": turns,
        "changes": frame("changes", []), "replacements": frame("replacements", []), **{name: frame(name, made[name]) for name in ("segments", "tokens", "types")},
        "codes": frame("codes", [{"order": n, "code": c, "parent": p, "level": int(bool(p)), "label": f"Wort {c}", "through": "yes"} for n, (c, p) in enumerate(CODES)]),
        "findings_scope": frame("findings_scope", [{"family": f, "code": c, "given": "yes"} for f, c in scope]), "findings_mentions": frame("findings_mentions", rows),
    }  # fmt: skip


def run(given: dict[str, pd.DataFrame], kept: Path) -> dict[str, pd.DataFrame]:
    found = {name: frame(name, rows) for name, rows in engagement.whole(**given, settings=SETTINGS, inventory_file=kept).items()}
    assert not [fault for name, rows in found.items() for fault in check(name, rows)]
    return found


def test_rows_from_passages_limits_apart_nothing_twice(tmp_path: Path) -> None:
    made = run(tables(), tmp_path / "none.csv")
    rows = made["findings_inventory"].sort_values("order").to_dict("records")
    assert [(r["codes"], r["basis"]) for r in rows] == [("E.koch", "reviewed"), ("E.hilf", "proposed")]  # the parent and the limit make no rows
    assert (rows[0]["who"], rows[0]["often"], rows[0]["whom"], rows[0]["district"]) == ("die befragte Person und andere (Vereine)", "jeden Freitag", "für die Nachbarn", "Nord")
    assert rows[1]["who"] == "Frau der befragten Person"
    assert rows[1]["whom"] == "den Kindern"
    capacity = made["findings_capacity"]
    assert list(zip(capacity["kind"], capacity["whose"], capacity["basis"], strict=True)) == [("money", "self", "reviewed"), ("time", "self", "reviewed")]


def test_who_may_not_be_quoted_stands_in_no_field(tmp_path: Path) -> None:
    rows = run(tables(quotable=""), tmp_path / "none.csv")["findings_inventory"]
    assert len(rows) == 2
    assert set(rows["what"]) | set(rows["who"]) | set(rows["quote"]) == {""}


def test_nothing_coded_no_variables_no_words(tmp_path: Path) -> None:
    made = run(tables(said=[]), tmp_path / "none.csv")
    assert not len(made["findings_inventory"])
    assert not len(made["findings_capacity"])
    given = tables()
    other = Study.model_validate({"answers": {"group": "nix", "district": "fehlt"}})
    found = engagement.whole(**given, settings=other, inventory_file=tmp_path / "none.csv")["findings_inventory"]
    assert [row["district"] for row in found] == ["", ""]
    empty = {name: frame(name, []) for name in given}
    assert engagement.whole(**empty, settings=SETTINGS, inventory_file=tmp_path / "none.csv") == {"findings_inventory": [], "findings_capacity": []}


def kept_rows(given: dict[str, pd.DataFrame], folder: Path) -> tuple[Path, list[str]]:
    """People corrected the first row, joined the second to it, added one and kept one whose passage is gone."""
    first, second = run(given, folder / "none.csv")["findings_inventory"].sort_values("order")["entry"]
    rows = [
        {"entry": first, "who": "Kochgruppe", "since": "–", "note": "fragen"}, {"entry": second, "same_as": first},
        {"entry": "", "who": "Bücherei", "what": "liest vor", "district": "Südstadt"}, {"entry": "efort", "what": "sang", "doc": "A", "quote": "Wir sangen im Chor"},
        {"entry": "ekreis", "what": "a", "same_as": "ekreis"},
    ]  # fmt: skip
    path = folder / "inventory.csv"
    path.write_bytes(written(rows, INVENTORY))
    return path, [first, second]


def test_what_people_wrote_wins_and_is_kept_apart(tmp_path: Path) -> None:
    path, (first, second) = kept_rows(tables(), tmp_path)
    rows = {row["entry"]: row for row in run(tables(), path)["findings_inventory"].to_dict("records")}
    assert (rows[first]["who"], rows[first]["often"], rows[first]["state"], rows[first]["edited"]) == ("Kochgruppe", "jeden Freitag", "edited", "who+since+note")
    assert rows[second]["engagement"] == first
    assert rows[first]["engagement"] == first
    assert rows["efort"]["state"] == "lost"
    assert rows["efort"]["quote"] == ""  # nobody can tell any more whose words they are, and whether these may be quoted
    assert rows["ekreis"]["engagement"] == "ekreis"
    assert [row["what"] for row in rows.values() if row["state"] == "added"] == ["liest vor"]


def page(given: dict[str, pd.DataFrame]) -> str:
    every = {name: frame(name, []) for name in TABLES} | given
    guide = Guide(questions=(Question(id="L5", text="Was tun Sie?", label="Tun", expects=("E.koch",)),))
    every["findings_coverage"] = frame("findings_coverage", [{"question": "L5", "case": "A", "status": "asked", "asked": 1, "words": 5, "turns": 1}])
    desk = Desk(every, SETTINGS, Names(SETTINGS, every["cases"], every["documents"]), guide)  # type: ignore[arg-type]
    env = pages.environment()
    env.filters["capitalfirst"] = wording.capital
    ui = env.get_template("macros.html.j2").make_module({"study": SimpleNamespace(language="de"), "pictures": {}})
    return " ".join(env.get_template("answers/engagement.html.j2").render(c=section.chapter(desk), ui=ui).split())


def test_the_chapter_shows_read_rows_proposals_and_limits(tmp_path: Path) -> None:
    text = page(tables() | run(tables(), tmp_path / "none.csv"))
    assert "Ein Eintrag aus gelesenen Stellen von einer befragten Person, ein ungelesener Vorschlag von einer befragten Person." in text
    assert "Ausdrücklich danach gefragt: eine befragte Person." in text
    assert text.index("Nordstadt</th>") < text.index("jeden Freitag")
    assert '<tr class="open">' in text
    assert "Vorschlag, ungelesen" in text
    assert "kein vollständiges Verzeichnis" in text
    assert "keine Rangfolge" in text
    assert "Eine Stelle, gelesen, von einer befragten Person: einmal über sich oder die eigenen Leute." in text
    assert "make adopt FILE=inventory.xlsx" in text
    assert "%" not in text


def test_the_chapter_joins_what_people_joined_and_tells_what_is_lost(tmp_path: Path) -> None:
    path, _ = kept_rows(tables(), tmp_path)
    text = page(tables() | run(tables(), path))
    assert text.count("Kochgruppe") == 1
    assert "2 Stellen" in text
    assert "von Menschen ergänzt" in text
    assert "Südstadt" in text
    assert "nicht wiedergefunden" in text
    assert "sang" in text
    assert "Wir sangen im Chor" not in text


def test_what_people_added_or_corrected_is_no_proposal_of_the_machine(tmp_path: Path) -> None:
    given = tables(said=[("Wir k", "E.koch", "proposed")])
    assert "gelesen; alle Zeilen sind Vorschläge der Maschine." in page(given | run(given, tmp_path / "none.csv"))
    path = tmp_path / "inventory.csv"
    path.write_bytes(written([{"entry": "", "who": "Bücherei", "what": "liest vor"}], INVENTORY))
    assert "außer dem, was von Menschen ergänzt oder bearbeitet ist, sind alle Zeilen Vorschläge der Maschine." in page(given | run(given, path))
    none = tables(said=[])
    assert "Vorschläge der Maschine" not in page(none | run(none, path))


def test_the_chapter_quotes_nobody_against_their_will_and_stands_empty(tmp_path: Path) -> None:
    given = tables(quotable="")
    text = page(given | run(given, tmp_path / "none.csv"))
    assert "kochen" not in text
    assert wording.NOT_QUOTABLE in text
    nothing = page({})
    assert "Noch ist keine Stelle codiert oder vorgeschlagen, an der jemand von Engagement erzählt." in nothing
    assert "Das heißt nicht, dass es keine gibt." in nothing


def test_a_long_inventory_folds_and_what_people_wrote_is_no_markup() -> None:
    def row(n: int, **more: Any) -> dict[str, Any]:
        blank = dict.fromkeys(TABLES["findings_inventory"].columns, "")
        return {**blank, "entry": f"e{n}", "engagement": f"e{n}", "order": n, "turn": 0, "start": 0, "end": 0, "what": f"Tat{n}", "state": "added", "edited": "what", **more}

    text = page({"findings_inventory": frame("findings_inventory", [row(n) for n in range(1, section.SHOWN + 3)])})
    assert "Zwei weitere Zeilen" in text
    assert text.index("Zwei weitere Zeilen") < text.index("Tat41")
    assert text.index("Tat40") < text.index("Zwei weitere Zeilen")
    assert "&lt;b&gt;x" in page({"findings_inventory": frame("findings_inventory", [row(1, what="<b>x", district="Nirgends, Nord")])})
    hidden = page({"findings_inventory": frame("findings_inventory", [row(1), row(2, hidden="yes")])})
    assert "Tat2" not in hidden
    assert "Eine Zeile ist von Menschen gestrichen" in hidden
