"""Data that the page holds: texts cut once, quotes that point at pieces, JSON that is safe, names that the search for names sees."""

from __future__ import annotations

import json
import time

import pandas as pd
import pytest
from pageheld import Held, enlarged, page, settings_of, tables_of

from pipeline.island import pieces, quotes, texts
from pipeline.island.packing import packed
from pipeline.island.pieces import JOINT
from pipeline.leaking import visible
from pipeline.places import Places
from pipeline.sections.material import Names
from pipeline.tables import frame

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables(demo: Places) -> Tables:
    return tables_of(demo.outputs / "tables")


@pytest.fixture(scope="module")
def names(demo: Places, tables: Tables) -> Names:
    return Names(settings_of(demo.codebooks), tables["cases"], tables["documents"])


def test_pieces_joined_are_the_text_and_every_quote_is_just_its_words(demo: Places, tables: Tables) -> None:
    held = Held(page(tables, demo.codebooks))
    text = {(t.doc, t.turn): t.text for t in tables["turns"].itertuples()}
    for doc in tables["documents"]["doc"]:
        for turn in held.talk(doc):
            assert "".join(turn[6].split(JOINT)) == text[doc, turn[0]]
    row = {mention: n for n, mention in enumerate(held.quotes["mention"])}
    for m in [m for m in tables["findings_mentions"].itertuples() if not held.quotes["hidden"][row[m.mention]]][::7]:
        assert held.text(row[m.mention]) == text[m.doc, m.turn][m.start : m.end]


def test_all_columns_are_as_long_as_there_are_quotes_and_each_row_has_a_place(tables: Tables, names: Names) -> None:
    data = quotes.pack(tables, names, pieces.cuts(tables))
    n = len(data["mention"])
    assert n >= len(tables["findings_mentions"])
    assert {len(data[key]) for key in ("turn", "first", "last", "hidden", "again", "rank", "typical", "second", "chance", "why", "hits", "tags")} == {n}
    known = {facet["key"] for facet in data["facets"]}
    for facet in data["facets"]:
        assert facet["rows"] in known if isinstance(facet["rows"], str) else (len(facet["rows"]) == n and max(facet["rows"]) < len(facet["combos"]))
    assert known >= {"code", "basis", "case", "doc", "question", "prompt", "stance", "about", "side", "coder", "topic", "wave", *names.variables}


def test_texts_with_signs_of_two_units_are_cut_at_the_same_words() -> None:
    text = "😀😀 Ja. Wir helfen \U0001f1e9\U0001f1ea gern. 👩‍👩‍👧 Nein."
    start, end = text.index("Wir"), text.index("👩") - 1
    borders = [0, start, end, len(text)]
    first, last = pieces.span(borders, start, end)
    assert "".join(pieces.joined(text, borders).split(JOINT)[first : last + 1]) == text[start:end]


def test_the_joint_is_no_sign_of_any_text() -> None:
    cut = pieces.joined(f"a{JOINT}b", [0, 1, 3])
    assert cut.split(JOINT) == ["a", " b"]


@pytest.mark.parametrize(
    ("text", "border"),
    [("Das sagte Wieczorek gestern.", 14), ("Das sagte Anna Wieczorek.", 14), ("St. Marien hilft.", 3), ("Özoğuz & Söhne <hier>", 7)],
)
def test_a_name_is_seen_across_a_border_of_pieces(text: str, border: int) -> None:
    data = packed({"turns": [[1, "B", "respondent", -1, "", "", pieces.joined(text, [0, border, len(text)])]]})
    page_ = f'<!doctype html><p>davor</p><script type="application/json">{data}</script>'.encode()
    seen = "".join(t for _, t in visible.readings("report.html", page_, frozenset()) or [])
    assert text.replace("<", " ") in seen


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c", "&lt;b&gt;", "]]>", "\u202etxet"])
def test_data_in_a_page_is_json_and_ends_no_script(text: str) -> None:
    data = packed([text])
    assert json.loads(data) == [text]
    assert not set(data) & set("<>&\u2028\u2029")


def test_whoever_may_not_be_quoted_leaves_no_words_in_the_quotes(tables: Tables, names: Names) -> None:
    one = tables["findings_mentions"].iloc[0]
    speaker = tables["turns"].set_index(["doc", "turn"]).loc[(one["doc"], one["turn"]), "speaker"]
    mine = (tables["speakers"]["doc"] == one["doc"]) & (tables["speakers"]["speaker"] == speaker)
    said = set(tables["findings_mentions"].loc[tables["findings_mentions"]["case"] == one["case"], "mention"])
    barred = {
        **tables,
        "speakers": tables["speakers"].assign(quotable=["no" if m else q for m, q in zip(mine, tables["speakers"]["quotable"], strict=True)]),
        "findings_release": tables["findings_release"].assign(consent=["no" if m in said else c for m, c in tables["findings_release"][["mention", "consent"]].to_numpy()]),
    }
    data = quotes.pack(barred, names, pieces.cuts(barred))
    rows = [n for n, m in enumerate(data["mention"]) if m in said]
    assert rows
    for n in rows:
        assert (data["first"][n], data["last"][n], data["hidden"][n]) == (-1, -1, 1)
        assert not data["words"][data["hits"][n]]
        assert not [text for number in data["why"][n] if "»" in (text := data["texts"][number])]


def test_what_people_never_want_quoted_stands_without_its_words(tables: Tables, names: Names) -> None:
    first = tables["findings_quotes"]["mention"].iloc[0]
    pinned = {**tables, "findings_quotes": tables["findings_quotes"].assign(pinned=["nein" if m == first else "" for m in tables["findings_quotes"]["mention"]])}
    data = quotes.pack(pinned, names, pieces.cuts(pinned))
    n = data["mention"].index(first)
    assert (data["first"][n], data["hidden"][n]) == (-1, 2)
    assert "Wunsch" in data["hidden_words"][1]


def test_some_categories_alone_are_the_same_rows(tables: Tables, names: Names) -> None:
    cut = pieces.cuts(tables)
    every, some = quotes.pack(tables, names, cut), quotes.pack(tables, names, cut, codes={"POT", "POT.netz"})
    mine = {m for m, code in zip(tables["findings_mentions"]["mention"], tables["findings_mentions"]["code"], strict=True) if code in ("POT", "POT.netz")}
    assert set(some["mention"]) >= mine
    place = {m: n for n, m in enumerate(every["mention"])}
    for n, m in enumerate(some["mention"]):
        assert [some[key][n] for key in ("turn", "first", "last", "rank", "again")] == [every[key][place[m]] for key in ("turn", "first", "last", "rank", "again")]


def test_a_parent_that_only_repeats_its_children_is_marked(tables: Tables, names: Names) -> None:
    data = quotes.pack(tables, names, pieces.cuts(tables))
    (codes,) = [facet for facet in data["facets"] if facet["key"] == "code"]
    again = {codes["values"][codes["combos"][c][0]][0] for c, repeated in zip(codes["rows"], data["again"], strict=True) if repeated}
    parents = set(tables["codes"]["parent"]) - {""}
    assert again
    assert again <= parents


def test_replaced_words_and_noted_signs_are_told_by_turn(tables: Tables, names: Names) -> None:
    turn = tables["turns"].iloc[1]
    word = turn["text"].split()[0]
    own = frame("asides", [
        {"doc": turn["doc"], "turn": turn["turn"], "start": 0, "end": len(word), "kind": "pseudonym"},
        {"doc": turn["doc"], "turn": turn["turn"], "start": 4, "end": 4, "kind": "pause"},
        {"doc": turn["doc"], "turn": turn["turn"], "start": 9, "end": 9, "kind": "pause"},
    ])  # fmt: skip
    made = {d.doc: json.loads(d.data)["turns"] for d in texts.interviews({**tables, "asides": own}, names, pieces.cuts(tables))}
    (row,) = [t for t in made[turn["doc"]] if t[0] == turn["turn"]]
    assert row[7] == [[word], [["pause", 2]]]
    assert all(len(t) == 7 for turns in made.values() for t in turns if t is not row)


def test_asides_hold_places_and_kinds_and_no_words(demo: Places, tables: Tables) -> None:
    own = tables["asides"]
    assert list(own.columns) == ["doc", "turn", "start", "end", "kind"]
    assert {"pseudonym", "pause", "event"} <= set(own["kind"]) <= {"pseudonym", "pause", "event", "gap", "uncertain"}
    text = {(t.doc, t.turn): t.text for t in tables["turns"].itertuples()}
    key = (demo.private / "pseudonyms.csv").read_text("utf-8-sig")
    for doc, turn, start, end in own.loc[own["kind"] == "pseudonym", ["doc", "turn", "start", "end"]].itertuples(index=False):
        word = text[doc, turn][start:end]
        assert word.startswith("[") or word[:4] in key


def test_twenty_thousand_quotes_are_a_page_in_seconds_and_few_megabytes(demo: Places, tables: Tables) -> None:
    many = enlarged(tables, 16)
    assert len(many["findings_mentions"]) > 20_000
    page(tables, demo.codebooks)
    begun = time.process_time()
    html = page(many, demo.codebooks)
    # docs/benchmarks.md holds what was measured; here a machine may be four times as slow.
    assert time.process_time() - begun < 4
    assert len(html.encode()) < 11_000_000  # the chart bundle is one more
