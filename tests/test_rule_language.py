"""The rule language: every example of its documentation, and the semantics that users of dictionaries expect."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from pipeline.codebook import Codebook, load
from pipeline.coders.material import Material
from pipeline.coders.rule import code
from pipeline.passages import material_of
from pipeline.problems import Stop

DOC = Path(__file__).parent.parent / "docs" / "suchregeln.md"
BLOCK = re.compile(r"```yaml\n(.*?)```", re.S)
LINE = re.compile(r"(?m)^# (findet als (?P<other>[\w.]+)|findet nicht|findet|lists|needs): (?P<text>.*)$")


def examples() -> list[tuple[str, str, str, str]]:
    """(rules, head of the codebook, sentence, expected code or nothing) of every line of every block."""
    found = []
    for block in BLOCK.findall(DOC.read_text("utf-8")):
        lines = [(m.group(1), m["other"], m["text"]) for m in LINE.finditer(block)]
        head = "".join(f"lists: {text}\n" for kind, _, text in lines if kind == "lists")
        needs = "".join(text for kind, _, text in lines if kind == "needs") or "1"
        rules = "\n".join(line for line in block.splitlines() if not line.startswith("#"))
        for kind, other, text in lines:
            if kind.startswith("findet"):
                found.append((rules, f"{head}#{needs}", text, "" if kind == "findet nicht" else other or "X.a"))
    return found


@lru_cache(maxsize=400)
def corpus(*texts: str) -> Material:
    return material_of(texts)


def book(folder: Path, rules: str, head: str = "", more: str = "", needs: str = "1") -> Codebook:
    path = folder / "codebook.yaml"
    indented = "\n".join(f"          {line}" for line in rules.splitlines())
    text = f"{head}codes:\n  - id: X\n    label: x\n    children:\n      - id: X.a\n        label: a\n        needs: {needs}\n        match:\n{indented}\n"
    text += f"      - id: BED.raum\n        label: b\n{more}"
    path.write_text(text, "utf-8")
    return load(path)


def coded(made: Material, codebook: Codebook) -> set[tuple[int, str]]:
    return {(row["turn"], row["code"]) for row in code(made, codebook) if not row["reason"]}


@pytest.mark.parametrize(("rules", "head", "text", "wanted"), examples(), ids=lambda v: v if isinstance(v, str) and len(v) < 60 else "")
def test_what_the_documentation_says(tmp_path: Path, rules: str, head: str, text: str, wanted: str) -> None:
    lists, _, needs = head.rpartition("#")
    found = {name for _, name in coded(corpus(text), book(tmp_path, rules, lists, needs=needs))}
    assert found == ({wanted} if wanted else set())


def test_every_rule_of_the_documentation_loads() -> None:
    blocks = [YAML(typ="safe").load(block) for block in BLOCK.findall(DOC.read_text("utf-8"))]
    kinds = {key for block in blocks for rule in block for key in rule}
    assert {"term", "lemma", "compound", "phrase", "near", "regex", "pattern", "all", "any", "none"} <= kinds | {"any"}
    assert {"only", "except", "weight", "otherwise", "counts", "window", "gap", "order", "at"} <= kinds


# What quanteda's documentation says of its dictionaries, as far as it applies here (tokens_lookup, dictionary2-class).


def hits(tmp_path: Path, rules: str, *texts: str, **more: Any) -> list[str]:
    rows = code(corpus(*texts), book(tmp_path, rules, **more))
    return [row["matched"] for row in rows if row["code"] == "X.a" and not row["reason"]]


def test_globs_match_whole_words_and_any_case(tmp_path: Path) -> None:
    assert hits(tmp_path, "- term: 'nachbar*'", "Die NACHBARN und die Nachbarschaft.") == ["NACHBARN | Nachbarschaft"]
    assert hits(tmp_path, "- term: 'nachbar?'", "Die Nachbarn und die Nachbarschaft.") == ["Nachbarn"]
    assert hits(tmp_path, "- term: nachbar", "Die Nachbarn kommen.") == []


def test_values_of_several_words_match_in_sequence(tmp_path: Path) -> None:
    assert hits(tmp_path, "- phrase: 'unter sich'\n  gap: 0", "Die bleiben unter sich, und unter uns gesagt gern.") == ["unter sich"]


def test_overlapping_values_of_one_key_count_once(tmp_path: Path) -> None:
    rules = "- phrase: 'alter Bergmann'\n  gap: 0\n- term: Bergmann\n- term: 'Berg*'"
    assert len(hits(tmp_path, rules, "Mein Vater war ein alter Bergmann.")) == 1


def test_keys_overlap_freely(tmp_path: Path) -> None:
    found = coded(corpus("Das Fest im Park war gut."), book(tmp_path, "- term: Fest", more="        match: [{term: Park}]\n"))
    assert found == {(1, "X.a"), (1, "BED.raum")}


def test_the_order_of_keys_and_values_does_not_matter(tmp_path: Path) -> None:
    texts = ("Das Fest im Park.", "Ein Park.", "Das Fest, das Fest.")
    one = coded(corpus(*texts), book(tmp_path, "- term: [Fest, Park]"))
    other = coded(corpus(*texts), book(tmp_path, "- term: Park\n- term: Fest"))
    assert one == other == {(1, "X.a"), (2, "X.a"), (3, "X.a")}


def test_nested_keys_count_for_themselves_and_through_the_level_above(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(
        "codes:\n  - id: A\n    label: a\n    match: [{term: eins}]\n    children:\n      - id: A.b\n        label: b\n        match: [{term: zwei}]\n",
        "utf-8",
    )
    assert coded(corpus("eins und zwei", "nur zwei"), load(path)) == {(1, "A"), (1, "A.b"), (2, "A.b")}


def test_a_later_word_does_not_use_up_an_earlier_match(tmp_path: Path) -> None:
    assert hits(tmp_path, "- phrase: 'immer wieder'\n  gap: 0", "Immer wieder und immer wieder.") == ["Immer wieder | immer wieder"]


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ("- frase: x", "Unbekannter Schlüssel »frase«. Meinten Sie »phrase«?"),
        ("- term: ['']", "leere Regel"),
        ("- term: '**'", "nur aus Platzhaltern"),
        ("- near: allein", "nur ein Wort"),
        ("- regex: '(a|aa)+$'", "unabsehbar lange"),
        ("- regex: '(ab'", "kein regulärer Ausdruck"),
        ("- regex: 'a*'", "passt auch auf nichts"),
        ("- pattern: [{LEMA: x}]", "»LEMA« kennt »pattern« nicht"),
        ("- pattern: [{LEMMA: x, OP: '**'}]", "»OP« kennt"),
        ("- pattern: [{LOWER: {REGEX: '(a|aa)+$'}}]", "unabsehbar lange"),
        ("- pattern: [{LOWER: {GLOB: 'x'}}]", "genau eines von IN, NOT_IN und REGEX"),
        ("- term: $nirgends", "Die Wortliste »$nirgends« gibt es nicht"),
        ("- term: x\n  gap: 3", "»gap« gehört nur zu »phrase«"),
        ("- term: x\n  window: 3", "»window« gehört nur zu »near«"),
        ("- near: a b\n  window: 300", "»window« braucht eine Zahl von 1 bis 100"),
        ("- term: x\n  otherwise: {negated: GIBT.es_nicht}", "»otherwise« nennt »GIBT.es_nicht«"),
        ("- term: x\n  otherwise: {negatet: BED.raum}", "Meinten Sie »negated«?"),
        ("- term: x\n  only: {code: BED.raumm}", "Meinten Sie »BED.raum«?"),
        ("- term: x\n  only: {role: respondant}", "Meinten Sie »respondent«?"),
        ("- term: x\n  lemma: y", "genau eines"),
        ("- none: [{term: x}]", "genau eines"),
        ("- term: x\n  weight: 0", "außerhalb der Grenzen"),
        ("- '*'", "nur aus Platzhaltern"),
        ("- term: x\n  counts: []", "»counts« ist leer"),
        ("- term: x\n  otherwise: {negated: X.a}", "»otherwise« nennt »X.a« selbst"),
        ("- near: $liste", "nur ein Wort"),
        ("- pattern: [{POS: noun}]", "Meinten Sie »NOUN«?"),
        ("- pattern: [{LEMMA: []}]", "»LEMMA« ist leer"),
        ("- pattern: [{LEMMA: x, op: '{25}'}]", "kann nie zutreffen"),
        ("- pattern: [{LEMMA: $weg}]", "»$weg« gibt es nicht"),
        ("- all: [{lemma: Raum, only: {role: respondent}}, {lemma: fehlen}]", "»only« hat in einer Bedingung keine Wirkung"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line(tmp_path: Path, rules: str, told: str) -> None:
    with pytest.raises(Stop) as stop:
        book(tmp_path, rules)
    assert told in str(stop.value)
    lines = (tmp_path / "codebook.yaml").read_text("utf-8").splitlines()
    at = next(p.line for p in stop.value.problems if told in str(p))
    assert any(word in lines[at - 1] for word in re.findall(r"\w+", rules) or [rules]), (at, lines[at - 1])


def test_codes_that_wait_for_one_another(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="warten"):
        book(tmp_path, "- term: x\n  only: {code: BED.raum}", more="        match: [{term: y, only: {code: X.a}}]\n")


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        book(tmp_path, "- regex: '(a|aa)+$'\n- near: allein\n- term: $weg\n- term: ['']")
    assert len(stop.value.problems) == 4


def test_conditions_on_codes_already_given(tmp_path: Path) -> None:
    made = book(tmp_path, "- term: Fest\n  only: {code: BED.raum}", more="        match: [{term: Park}]\n")
    texts = ("Das Fest im Park.", "Das Fest zu Hause.")
    assert coded(corpus(*texts), made) == {(1, "X.a"), (1, "BED.raum")}
    reasons = {row["turn"]: row["reason"] for row in code(corpus(*texts), made) if row["code"] == "X.a"}
    assert "voraussetzt" in reasons[2]


@pytest.mark.parametrize(("unit", "quote"), [("clause", "keiner hilft"), ("sentence", "Es regnet, aber keiner hilft."), ("turn", "Es regnet, aber keiner hilft. So ist das.")])
def test_units(tmp_path: Path, unit: str, quote: str) -> None:
    rows = code(corpus("Es regnet, aber keiner hilft. So ist das."), book(tmp_path, f"- lemma: helfen\n  counts: [negated]\n  unit: {unit}"))
    assert len(rows) == 1
    assert quote in rows[0]["quote"]
    assert len(rows[0]["quote"]) <= len(quote) + 6


def test_weights_add_up_by_rule_not_by_repetition(tmp_path: Path) -> None:
    rows = code(corpus("Kaffee, Kaffee und noch mal Kaffee."), book(tmp_path, "- term: [Kaffee, Kuchen]\n  weight: 0.5"))
    assert [row["reason"] for row in rows] == ["zu schwach (0,5 von 1)"]


def test_word_lists_from_files_and_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "aemter.txt").write_text("# Ämter\nAmt\nsozial Dienst\n", "utf-8")
    (tmp_path / "lists" / "a.yaml").write_text("include: [b]\nlists: {a: [x]}\n", "utf-8")
    (tmp_path / "lists" / "b.yaml").write_text("include: [a]\n", "utf-8")
    made = book(tmp_path, "- term: $aemter", "include: [aemter]\n")
    assert coded(corpus("Das Amt hilft.", "Die sozialen Dienste auch.", "Sonst nichts."), made) == {(1, "X.a"), (2, "X.a")}
    with pytest.raises(Stop, match=r"b\.yaml:1: .*im Kreis"):
        book(tmp_path, "- term: $a", "include: [a]\n")
    with pytest.raises(Stop, match="gibt es nicht"):
        book(tmp_path, "- term: x", "include: ['../geheim']\n")
    with pytest.raises(Stop, match="enthält sich selbst"):
        book(tmp_path, "- term: $p", "lists: {p: [$q], q: [$p]}\n")


def test_a_changed_word_list_makes_another_version(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    path = tmp_path / "lists" / "aemter.txt"
    path.write_text("Amt\n", "utf-8")
    before = book(tmp_path, "- term: $aemter", "include: [aemter]\n")
    path.write_text("Amt\nRathaus\n", "utf-8")
    after = book(tmp_path, "- term: $aemter", "include: [aemter]\n")
    assert before.version != after.version
    assert coded(corpus("Das Rathaus hilft."), after) == {(1, "X.a")}


def test_ids_that_only_look_alike(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text("codes:\n  - id: A\n    label: a\n  - id: 'A\u0308mter'\n    label: b\n", "utf-8")
    with pytest.raises(Stop, match=r"codebook\.yaml:4: .*zusammengesetzten Zeichen"):
        load(path)


def test_lists_of_nothing_but_wildcards(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="besteht nur aus Platzhaltern"):
        book(tmp_path, "- term: $x", "lists: {x: ['*']}\n")


def test_rules_that_differ_in_a_capital_of_an_expression(tmp_path: Path) -> None:
    assert len(book(tmp_path, r"- all: [{regex: 'a\W!'}, {term: x}]" + "\n" + r"- all: [{regex: 'a\w!'}, {term: x}]").rules()) == 2
    assert len(book(tmp_path, "- regex: 'und|oder'\n- regex: 'und/oder'").rules()) == 2


def three(folder: Path, a: str, b: str, c: str) -> Codebook:
    path = folder / "codebook.yaml"
    path.write_text("codes:\n" + "".join(f"- {{id: {name}, label: x, {rest}}}\n" for name, rest in (("A", a), ("B", b), ("C", c))), "utf-8")
    return load(path)


def reasons(made: Material, codebook: Codebook) -> dict[str, str]:
    return {row["code"]: row["reason"] for row in code(made, codebook)}


def test_only_what_counts_itself_sets_others_aside(tmp_path: Path) -> None:
    made = three(tmp_path, "before: [B], match: [Fest]", "before: [C], match: [Fest]", "match: [Fest]")
    assert reasons(corpus("Ein Fest."), made) == {"A": "", "B": "Vorrang für A", "C": ""}
    with pytest.raises(Stop, match="wiederum »A« vorgeht"):
        three(tmp_path, "before: [B], match: [Fest]", "before: [A], match: [Fest]", "match: [Fest]")


def test_precedence_and_conditions_reach_over_units(tmp_path: Path) -> None:
    made = three(tmp_path, "unit: turn, before: [B], match: [Fest]", "match: [Fest]", "match: [{term: Park, only: {code: A}}]")
    assert reasons(corpus("Ein Fest. Der Park ist da."), made) == {"A": "", "B": "Vorrang für A", "C": ""}
    made = three(tmp_path, "match: [Fest]", "unit: turn, match: [{term: Park, only: {code: A}}]", "match: [Kirche]")
    assert reasons(corpus("Ein Fest. Der Park ist da."), made) == {"A": "", "B": ""}


def test_a_condition_on_a_code_is_met_by_a_code_below_it(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(
        "codes:\n- id: A\n  label: a\n  match: [{term: Park, only: {code: P}}]\n- id: P\n  label: p\n  children:\n  - id: P.c\n    label: c\n"
        "    match: [Fest]\n",
        "utf-8",
    )
    assert reasons(corpus("Das Fest im Park."), load(path)) == {"A": "", "P.c": ""}


def test_codes_that_another_rule_gives_wait_for_that_rules_conditions(tmp_path: Path) -> None:
    made = three(tmp_path, "match: [{term: Fest, only: {code: C}, otherwise: {negated: B}}]", "match: [Kirche]", "match: [Park]")
    assert reasons(corpus("Wir haben kein Fest, aber einen Park."), made)["B"] == ""


def test_conditions_of_category_and_rule_both_hold(tmp_path: Path) -> None:
    made = three(tmp_path, "except: {doc: x}, match: [{term: Fest, except: {doc: y}}]", "match: [Park]", "match: [Kirche]")
    assert reasons(corpus("Ein Fest im Park."), made) == {"B": ""}


def test_weights_that_can_never_be_enough(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="würde nie vergeben"):
        book(tmp_path, "- term: x\n  weight: 0,3\n- term: y\n  weight: 0.3")


def test_a_code_before_itself_and_a_counterexample_of_nobody(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="geht über »before« sich selbst vor"):
        three(tmp_path, "before: [A], match: [Fest]", "match: [Park]", "match: [Kirche]")
    with pytest.raises(Stop, match="gehört zu »ZZ«"):
        three(tmp_path, "counterexamples: [{text: Fest, code: ZZ}], match: [Park]", "match: [Park]", "match: [Kirche]")


def test_quotation_marks_of_a_word_processor_belong_to_no_pattern(tmp_path: Path) -> None:
    assert hits(tmp_path, "- phrase: „kein Raum“", "Wir haben keinen Raum.") == ["keinen Raum"]
