"""Disclosure control: classes of respondents, cells that must not be computable, quotes that may be handed on."""

from __future__ import annotations

import random
from itertools import product
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline import tables
from pipeline.measures import counts
from pipeline.measures.disclosure import classes, coarsening, placed, quote_risk, release, suppress
from pipeline.sections.disclosure import disclosure
from pipeline.sections.material import Names

VARIABLES = ("gruppe", "ort", "alter")


def people(*rows: tuple[str, ...]) -> pd.DataFrame:
    """(case, gruppe, ort, alter); a case may have several rows, one a conversation."""
    data = [
        {"case": r[0], "doc": f"I{n:03}", "speaker": "B", **dict(zip(VARIABLES, r[1:], strict=True))}
        for n, r in enumerate(rows)
    ]
    return tables.frame("cases", data, VARIABLES)


# Alike in gruppe and ort: a, b, c; the rest differ by ort or alter.
SAMPLE = people(
    ("a", "verein", "nord", "30"), ("b", "verein", "nord", "40"), ("c", "verein", "nord", "50"),
    ("d", "amt", "nord", "30"), ("e", "amt", "nord", "60"), ("f", "amt", "süd", "30"),
)  # fmt: skip


def test_classes_hold_those_with_the_same_values() -> None:
    rows = classes(SAMPLE, ["gruppe", "ort", "nie genannt"], 3)
    assert [(r["case"], r["traits"], r["n_alike"], r["below"]) for r in rows] == [
        ("a", "verein | nord", 3, ""), ("b", "verein | nord", 3, ""), ("c", "verein | nord", 3, ""),
        ("d", "amt | nord", 2, "yes"), ("e", "amt | nord", 2, "yes"), ("f", "amt | süd", 1, "yes"),
    ]  # fmt: skip


def test_a_person_in_two_conversations_is_one_and_a_gap_is_a_value() -> None:
    rows = classes(people(("a", "", "nord", ""), ("a", "amt", "süd", ""), ("b", "amt", "", "")), ["gruppe", "ort"], 2)
    assert [(r["case"], r["traits"], r["n_alike"]) for r in rows] == [
        ("a", "amt | nord", 1),
        ("b", "amt | unbekannt", 1),
    ]


def test_nobody_is_below_a_k_that_asks_for_nothing() -> None:
    assert {r["below"] for r in classes(SAMPLE, VARIABLES, 1)} == {""}
    assert [r["step"] for r in coarsening(SAMPLE, VARIABLES, 0)] == [0]
    assert classes(SAMPLE.iloc[:0], VARIABLES, 3) == []
    assert coarsening(SAMPLE.iloc[:0], VARIABLES, 3)[0]["n_below"] == 0


def test_the_variable_that_frees_most_is_coarsened_first() -> None:
    rows = coarsening(SAMPLE, VARIABLES, 3)
    start = rows[0]
    assert (start["variable"], start["n_classes"], start["n_unique"], start["n_below"]) == ("", 6, 6, 6)
    first = {r["variable"]: (r["n_values"], r["n_below"], r["n_gain"], r["chosen"]) for r in rows if r["step"] == 1}
    assert first == {"gruppe": (2, 6, 0, ""), "ort": (2, 6, 0, ""), "alter": (4, 3, 3, "yes")}
    second = {r["variable"]: (r["n_below"], r["n_gain"], r["chosen"]) for r in rows if r["step"] == 2}
    assert second == {"gruppe": (1, 2, ""), "ort": (0, 3, "yes")}
    assert max(r["step"] for r in rows) == 2  # nobody is left in a small class


def test_where_nothing_helps_alone_the_variable_of_most_values_goes_first() -> None:
    cases = people(("a", "x", "1", "k"), ("b", "y", "2", "l"), ("c", "z", "2", "k"), ("d", "z", "1", "l"))
    assert [r["variable"] for r in coarsening(cases, VARIABLES, 3) if r["chosen"]] == ["gruppe", "alter"]


def tally(sizes: list[int], *lines: tuple[int, ...], names: str = "v") -> tuple[pd.DataFrame, pd.DataFrame]:
    """findings_groups and findings_codes for one variable: each line is a code with its cases by value."""
    groups = [
        {"variable": names, "value": f"w{i}", "code": f"C{n}", "n_mentions": c, "n_cases": c, "n_asked": 0, "n_group": sizes[i]}
        for n, line in enumerate(lines)
        for i, c in enumerate(line)
        if c
    ]  # fmt: skip
    codes = [{"order": n, "code": f"C{n}", "n_cases": sum(line)} for n, line in enumerate(lines)]
    return tables.frame("findings_groups", groups), pd.DataFrame(codes)


def marks(sizes: list[int], line: tuple[int, ...], threshold: int = 3) -> str:
    """One letter a cell of the line's code, the total last. A second code makes every group known."""
    everybody = tuple(sizes)
    rows = suppress(*tally(sizes, line, everybody), threshold, sum(sizes))
    by_place = {(r["code"], r["value"]): r["suppressed"][:1] or "." for r in rows}
    return "".join(by_place["C0", f"w{i}"] for i in range(len(sizes))) + by_place["C0", ""]


@pytest.mark.parametrize(
    ("sizes", "line", "expected"),
    [
        ([9, 9, 9], (5, 4, 3), "...."),
        ([9, 9, 9], (2, 6, 4), "p.c."),  # the next smallest goes too
        ([9, 9, 9], (2, 0, 4), "p.c."),  # an empty cell is not the one to hide
        ([9, 9, 9], (1, 2, 4), "pp.."),  # 3 = 1 + 2 = 2 + 1
        ([9, 9, 9], (1, 1, 4), "ppc."),  # 2 = 1 + 1 only, so two hidden cells would not do
        ([9, 9, 9], (1, 1, 0), "ppcp"),  # the total is small itself
        ([9, 9, 9], (1, 1, 1), "pppc"),  # nothing left to hide behind but the total
        ([9, 9, 9], (0, 0, 0), "...."),
        ([2, 9, 9], (0, 4, 5), "pc.."),  # nobody of a small group is told too
        ([2, 3, 9], (2, 3, 5), "pcc."),  # 5 of 2 and 3 can only be all of both
        ([9, 9, 9, 9], (2, 5, 5, 5), "pc..."),
        ([9, 9, 9, 9], (1, 1, 1, 0), "pppc."),  # among four cells three ones could be anywhere
    ],
)
def test_small_cells_and_what_would_betray_them(sizes: list[int], line: tuple[int, ...], expected: str) -> None:
    assert marks(sizes, line) == expected


def test_the_order_of_rows_does_not_matter() -> None:
    groups, codes = tally([4, 5, 9, 9], (2, 4, 4, 4), (1, 1, 0, 7), (4, 5, 9, 9))
    expected = suppress(groups, codes, 3, 27)
    assert [r["code"] for r in expected[:5]] == ["C0"] * 5
    for seed in range(3):
        assert suppress(groups.sample(frac=1, random_state=seed), codes, 3, 27) == expected


def attack(
    rows: list[dict[str, Any]], code: str, threshold: int, betrayed: bool = False
) -> dict[tuple[str, str], set[int]]:
    """Every value each hidden cell of a code may have, by trying all whole numbers that fit what is shown.

    The attacker knows the sizes of groups, the shown cells, the total where shown, that the lines of all variables have
    the same total, that hidden cells are not empty but for small groups, and for each line whether that holds.
    `betrayed`: the attacker is shown all but the primary cells.
    """
    mine = [r for r in rows if r["code"] == code]
    total = next(r for r in mine if not r["variable"])
    possible: dict[str, dict[int, list[tuple[int, ...]]]] = {}
    lines: dict[str, list[dict[str, Any]]] = {}
    for r in mine:
        if r["variable"]:
            lines.setdefault(r["variable"], []).append(r)
    for variable, cells in lines.items():
        empty = any(r["suppressed"] and not r["n_cases"] and r["n_group"] >= threshold for r in cells)
        ranges = []
        for r in cells:
            hidden = r["suppressed"] == "primary" if betrayed else r["suppressed"]
            low = 0 if empty or r["n_group"] < threshold else 1
            ranges.append(range(low, r["n_group"] + 1) if hidden else [r["n_cases"]])
        for filling in product(*ranges):
            possible.setdefault(variable, {}).setdefault(sum(filling), []).append(filling)
    sums = set.intersection(*(set(p) for p in possible.values()))
    if not total["suppressed"] or betrayed:
        sums &= {total["n_cases"]}
    found: dict[tuple[str, str], set[int]] = {("", ""): sums}
    for variable, cells in lines.items():
        for i, r in enumerate(cells):
            found[variable, r["value"]] = {filling[i] for s in sums for filling in possible[variable][s]}
    return found


def recovered(rows: list[dict[str, Any]], code: str, threshold: int, betrayed: bool = False) -> list[tuple[str, str]]:
    values = attack(rows, code, threshold, betrayed)
    primary = [(r["variable"], r["value"]) for r in rows if r["code"] == code and r["suppressed"] == "primary"]
    return [place for place in primary if len(values[place]) < 2]


@pytest.mark.parametrize("threshold", [2, 3, 4])
@pytest.mark.parametrize(
    "sizes", [[4, 4], [1, 5], [5, 4, 3], [1, 1, 4], [2, 3, 3], [1, 2, 1, 3], [3, 2, 3, 3]], ids=str
)
def test_no_hidden_cell_of_any_small_table_can_be_computed(sizes: list[int], threshold: int) -> None:
    tried = list(product(*(range(size + 1) for size in sizes)))  # the last line is everybody, so every group is known
    rows = suppress(*tally(sizes, *tried), threshold, sum(sizes))
    by_code: dict[str, list[dict[str, Any]]] = {}
    for r in rows:
        by_code.setdefault(r["code"], []).append(r)
    for line, mine in zip(tried, by_code.values(), strict=True):
        small = [r for r in mine if 0 < r["n_cases"] < threshold or (r["n_group"] < threshold and any(line))]
        assert all(r["suppressed"] == "primary" for r in small)
        assert recovered(mine, mine[0]["code"], threshold) == [], line
    assert sum(any(r["suppressed"] for r in mine) for mine in by_code.values()) > len(sizes)


def test_the_attacker_of_these_tests_is_able() -> None:
    """Without the complementary cells the same attack succeeds, so the tests above can fail."""
    rows = suppress(*tally([9, 9, 9], (2, 6, 4), (9, 9, 9)), 3, 27)
    assert recovered(rows, "C0", 3) == []
    assert recovered(rows, "C0", 3, betrayed=True) == [("v", "w0")]


def test_lines_of_several_variables_do_not_betray_each_other() -> None:
    """Real counts of random people by two variables; the lines of a code share a total, shown or not."""
    chance = random.Random(7)
    closed = 0
    for _ in range(25):
        rows = [(f"p{i:02}", chance.choice("xyz"), chance.choice("nso"), "") for i in range(9)]
        cases = people(*rows)
        said = [(f"p{i:02}", code) for i in range(9) for code in ("A", "B") if chance.random() < 0.45]
        mentions = tables.frame("findings_mentions", [
            {"mention": f"m{n}", "doc": "D", "turn": n, "start": 0, "end": 1, "case": c, "code": k}
            for n, (c, k) in enumerate(said)
        ])  # fmt: skip
        codes = tables.frame("codes", [{"order": n, "code": c, "level": 0} for n, c in enumerate("AB")])
        by_code = counts.by_code(codes, mentions, {}, tables.frame("suggestions", []))
        groups = tables.frame("findings_groups", counts.by_group(cases, mentions, {}, ["gruppe", "ort"]))
        done = suppress(groups, tables.frame("findings_codes", by_code), 3, 9)
        for code in {k for _, k in said}:
            assert recovered(done, code, 3) == []
            total = next(r for r in done if r["code"] == code and not r["variable"])
            closed += bool(total["suppressed"])
            if total["suppressed"]:
                assert all(r["suppressed"] for r in done if r["code"] == code)
    assert closed


def quote(*rows: tuple[str, int, int, int, str]) -> pd.DataFrame:
    data = [
        {"mention": f"m{n}", "doc": d, "turn": t, "start": s, "end": e, "case": c, "code": "X"}
        for n, (d, t, s, e, c) in enumerate(rows)
    ]
    return tables.frame("findings_mentions", data)


def test_a_quote_is_rare_where_few_share_what_stands_under_it() -> None:
    mentions = quote(("I000", 1, 0, 9, "a"), ("I003", 1, 0, 9, "d"), ("I005", 1, 0, 9, "f"), ("I009", 1, 0, 9, ""))
    rows = {r["mention"]: (r["n_alike"], r["unique"]) for r in quote_risk(mentions, SAMPLE, ("gruppe", "ort"), 3)}
    assert rows == {"m0": (3, ""), "m1": (2, "yes"), "m2": (1, "yes"), "m3": (0, "yes")}
    # Even where the setting calls nothing small, somebody who is the only one is told.
    rows = {r["mention"]: (r["n_alike"], r["unique"]) for r in quote_risk(mentions, SAMPLE, ("gruppe", "ort"), 0)}
    assert rows == {"m0": (3, ""), "m1": (2, ""), "m2": (1, "yes"), "m3": (0, "yes")}


TURNS = tables.frame(
    "turns",
    [
        {"doc": "I000", "turn": 2, "text": "Das war schön. Frau Kern half uns.", "raw_sha256": "h2"},
        {"doc": "I000", "turn": 4, "text": "Ja.", "raw_sha256": "ja"},
        {"doc": "I000", "turn": 6, "text": "Ja.", "raw_sha256": "ja"},
    ],
)
# Raw: »Das war äh schön. Frau Müller half uns.«
CHANGES = tables.frame(
    "changes", [{"doc": "I000", "turn": 2, "raw_start": 8, "raw_end": 11, "clean_start": 8, "clean_end": 8}]
)
REPLACED = tables.frame(
    "replacements", [{"doc": "I000", "turn": 2, "clean_start": 20, "clean_end": 26, "start": 20, "end": 24}]
)


def said(**given: str) -> dict[str, str]:
    row = {
        "line": "2",
        "doc": "I000",
        "raw_sha256": "h2",
        "raw_start": "0",
        "raw_end": "17",
        "release": "ja",
        "quote": "Das war schön.",
    }
    return {**row, **given}  # fmt: skip


def place(*listed: dict[str, str]) -> list[dict[str, Any]]:
    return placed(listed, TURNS, CHANGES, REPLACED)


def test_a_decision_on_a_quote_finds_its_passage_through_cleaning_and_pseudonyms() -> None:
    second = said(raw_start="18", raw_end="39", quote="Frau Kern  half uns.", unique_ok="ja", note="gefragt")
    first, other = place(said(), second)
    assert (first["turn"], first["start"], first["end"], first["state"]) == (2, 0, 14, "")
    assert (other["start"], other["end"], other["state"], other["unique_ok"]) == (15, 34, "", "ja")


def test_a_yes_is_a_yes_to_words() -> None:
    rows = place(
        said(raw_start="18", raw_end="39", quote="Frau Adam half uns."), said(quote=""), said(raw_sha256="weg"),
        said(raw_start="8", raw_end="11", quote="äh"), said(raw_end="900"), said(raw_sha256="ja", raw_end="3", quote="Ja."),
    )  # fmt: skip
    assert [r["state"] for r in rows] == ["changed", "changed", "gone", "gone", "gone", ""]
    assert (rows[2]["turn"], rows[2]["end"], rows[5]["turn"]) == (0, 0, 4)


FREE = quote(("I000", 2, 0, 14, "a"))
RARE = quote(("I000", 2, 0, 14, "f"))


def verdict(mentions: pd.DataFrame, *listed: dict[str, str], agreed: bool = True) -> tuple[str, str]:
    risk = quote_risk(mentions, SAMPLE, ("gruppe", "ort"), 3)
    row = release(mentions, risk, place(*listed), lambda doc, turn: agreed and (doc, turn) == ("I000", 2))[0]
    return row["released"], row["why"]


def test_released_is_what_a_person_released_and_nothing_else() -> None:
    assert verdict(FREE, said()) == ("yes", "")
    assert verdict(FREE) == ("", "undecided")
    assert verdict(FREE, said(release="")) == ("", "undecided")
    assert verdict(FREE, said(), agreed=False) == ("", "consent")
    assert verdict(FREE, said(), said(release="nein")) == ("", "refused")
    assert verdict(FREE, said(), said(release="nein", raw_start="4", raw_end="7", quote="war")) == ("", "refused")
    assert verdict(FREE, said(quote="Das war gut.")) == ("", "changed")
    assert verdict(FREE, said(raw_end="7", quote="Das war")) == ("", "undecided")  # only half of it was released
    whole = said(raw_end="39", quote="Das war schön. Frau Kern half uns.")
    assert verdict(FREE, whole) == ("yes", "")
    assert verdict(FREE, said(quote="Das war gut."), whole) == ("yes", "")


def test_a_rare_speaker_needs_a_word_of_its_own() -> None:
    assert verdict(RARE, said()) == ("", "unique")
    assert verdict(RARE, said(unique_ok="nein")) == ("", "unique")
    assert verdict(RARE, said(unique_ok="ja")) == ("yes", "")
    assert verdict(RARE, said(unique_ok="ja"), agreed=False) == ("", "consent")
    assert verdict(RARE, said(unique_ok="ja", quote="Das war gut."), said()) == ("", "unique")  # said of other words
    assert verdict(RARE, said(release="", unique_ok="ja")) == ("", "undecided")


def report(cases: pd.DataFrame, mentions: pd.DataFrame, listed: list[dict[str, str]], small: int = 3) -> dict[str, Any]:
    variables = {n: SimpleNamespace(label=n.capitalize(), values={}) for n in VARIABLES}
    documents = tables.frame("documents", [{"doc": "I000", "words": 1, "turns": 1}])
    decisions = place(*listed)
    risk = quote_risk(mentions, cases, ("gruppe", "ort"), small)
    groups, codes = tally([9, 9, 9], (2, 6, 4), (1, 1, 0), (0, 0, 0))
    made = {
        "findings_classes": pd.DataFrame(classes(cases, VARIABLES, small)),
        "findings_disclosure": pd.DataFrame(coarsening(cases, VARIABLES, small)),
        "findings_suppression": pd.DataFrame(suppress(groups, codes, small, 27)),
        "findings_release": pd.DataFrame(release(mentions, risk, decisions, lambda doc, turn: True)),
        "findings_mentions": mentions,
        "quote_decisions": pd.DataFrame(decisions, columns=["line", "doc", "release", "state"]),
    }
    return disclosure(made, Names(SimpleNamespace(variables=variables), cases, documents), small)


def test_the_report_says_who_stands_alone_and_what_to_coarsen() -> None:
    risk = report(SAMPLE, FREE, [])["risk"]
    assert (risk.n, risk.unique, risk.below, risk.sizes) == (6, 6, 6, [(1, 6, 6)])
    assert [(o.label, o.n_below, o.gain) for o in risk.order] == [("Alter", 3, 3), ("Ort", 0, 3)]
    assert risk.sentences[0] == (
        "Nach den Merkmalen zusammen bilden die sechs Befragten sechs Gruppen mit je gleichen Angaben. "
        "Sechs stehen mit den eigenen Angaben allein, sechs stehen in einer Gruppe von weniger als drei."
    )
    assert risk.sentences[1].startswith("Bei sechs Befragten kann es höchstens zwei Gruppen von mindestens drei geben.")
    assert risk.advice.startswith("Zuerst zu vergröbern: »Alter«. Ganz weggelassen, stünden noch 3 statt 6 Befragte")


def test_the_report_counts_what_a_release_would_hide() -> None:
    hidden = report(SAMPLE, FREE, [])["hidden"]
    # First code: 2 and 4 of three cells. Second: all three, and its total. Third: nobody speaks of it, not counted.
    assert (hidden.n, hidden.primary, hidden.complementary, hidden.closed) == (6, 3, 2, 1)
    assert "5 der 6 Zellen" in hidden.sentences[0]
    assert hidden.sentences[1].startswith("Bei einer Kategorie bliebe")


def test_the_report_counts_passages_once_and_tells_lost_decisions() -> None:
    mentions = quote(("I000", 2, 0, 14, "a"), ("I000", 2, 15, 34, "f"))
    twice = tables.frame("findings_mentions", pd.concat([mentions, mentions.assign(code="Y", mention=["n0", "n1"])]))
    part = report(SAMPLE, twice, [said(), said(line="3", raw_sha256="weg")])["release"]
    assert (part.n, part.released, part.unique, part.open) == (2, 1, 1, [("noch nicht entschieden", 1)])
    assert part.sentences[0].startswith("Freigegeben ist eine von 2 Stellen.")
    assert part.sentences[1] == (
        "Unter Zitaten stehen »Gruppe« und »Ort«. Bei 1 von 2 Stellen teilen diese Angaben weniger als drei Befragte."
    )
    assert part.lost == ["quotes.csv, Zeile 3 (I000): Der Redebeitrag hat sich geändert oder fehlt."]
    none = report(SAMPLE, twice, [])["release"]
    assert none.sentences[0].startswith("Freigegeben ist keine von 2 Stellen.")


def test_the_report_stays_silent_where_there_is_nothing_or_nothing_is_small() -> None:
    calm = report(people(*[(f"p{i}", "amt", "nord", "30") for i in range(40)]), FREE, [])["risk"]
    assert calm.below == 0
    assert len(calm.sentences) == 1
    assert calm.advice.startswith("Keine Gruppe ist so klein")
    off = report(SAMPLE, FREE, [], small=0)
    assert off["risk"].sentences == off["hidden"].sentences == []
    assert "findings.small steht auf 0" in off["risk"].advice
