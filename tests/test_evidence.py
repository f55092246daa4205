"""Order of quotes, pins, and what speaks against a category, on tiny frames with known answers."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline import lists
from pipeline.encoders.kept import to_matrix, to_text
from pipeline.measures.denials import parted
from pipeline.measures.disclosure import placed
from pipeline.measures.evidence import against, evidence, opposites
from pipeline.measures.quotes import ranked
from pipeline.measures.typical import mention_vectors, pinned, typical
from pipeline.problems import Stop
from pipeline.sections import categories
from pipeline.sections.counter import amount, counter
from pipeline.tables import NEVER, frame, pinned_at

CODES = frame(
    "codes",
    [{"order": n, "code": c, "parent": p, "level": int(bool(p)), "label": c.lower()} for n, (c, p) in enumerate([("A", ""), ("A.x", "A"), ("A.y", "A"), ("B", ""), ("B.z", "B")])],
)  # fmt: skip


def said(*rows: tuple[str, str, str], **more: Any) -> pd.DataFrame:
    """Mentions of 100 signs: (code, case, basis), one a turn."""
    data = [
        {"mention": f"m{n}", "doc": "D", "turn": n, "start": 0, "end": 100, "code": c, "case": k, "basis": b, "stance": "affirmed", **more} for n, (c, k, b) in enumerate(rows)
    ]
    return frame("findings_mentions", data)


def order(mentions: pd.DataFrame, *more: Any) -> list[str]:
    return [r["mention"] for r in ranked(mentions, *more)]


def sentences(*vectors: tuple[float, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One sentence a turn with its vector; none where the tuple is empty."""
    segments = frame("segments", [{"seg": f"s{n}", "doc": "D", "turn": n, "start": 0, "end": 100} for n in range(len(vectors))])
    kept = frame("vectors", [{"doc": "D", "turn": n, "seg": f"s{n}", "vector": to_text(np.array(v))} for n, v in enumerate(vectors) if v])
    return segments, kept


def by_sense(mentions: pd.DataFrame, *vectors: tuple[float, ...], pins: dict[str, str] | None = None) -> list[str]:
    known = mention_vectors(mentions, *sentences(*vectors), to_matrix)
    return order(mentions, known, typical(mentions, known), pins or {})


def test_the_most_typical_comes_first_then_what_does_not_repeat_it() -> None:
    mentions = said(*[("A.x", k, "reviewed") for k in "pqrs"])
    # p and q say nearly the same, r something a little apart, s something quite else.
    vectors = ((1.0, 0.05, 0.0), (1.0, 0.0, 0.0), (0.7, 0.7, 0.0), (0.0, 0.0, 1.0))
    near = typical(mentions, mention_vectors(mentions, *sentences(*vectors), to_matrix))
    assert min(near, key=near.__getitem__) == "m3"
    found = by_sense(mentions, *vectors)
    assert near[found[0]] == max(near.values())
    pair = [found.index("m0"), found.index("m1")]
    assert max(pair) - min(pair) > 1  # the two that say the same do not follow one another


def test_every_person_comes_before_anyone_comes_twice_whatever_is_typical() -> None:
    mentions = said(("A.x", "p", "reviewed"), ("A.x", "p", "reviewed"), ("A.x", "p", "reviewed"), ("A.x", "q", "reviewed"))
    found = by_sense(mentions, (1, 0), (1, 0.01), (1, 0.02), (0, 1))
    assert "m3" in found[:2]


def test_what_people_read_comes_before_proposals_whatever_is_typical() -> None:
    mentions = said(("A.x", "p", "proposed"), ("A.x", "q", "reviewed"), ("A.x", "r", "proposed"))
    mentions["score"] = [0.99, float("nan"), 0.99]
    assert by_sense(mentions, (1, 0), (0, 1), (1, 0))[0] == "m1"


def test_the_middle_is_made_of_what_is_read_and_each_person_has_one_share() -> None:
    mentions = said(("A.x", "p", "reviewed"), ("A.x", "p", "reviewed"), ("A.x", "p", "reviewed"), ("A.x", "q", "reviewed"), ("A.x", "r", "proposed"))
    known = mention_vectors(mentions, *sentences((1, 0), (1, 0), (1, 0), (0, 1), (-1, 0)), to_matrix)
    near = typical(mentions, known)
    assert near["m0"] == near["m3"] == pytest.approx(np.sqrt(0.5), abs=1e-3)  # ten sentences of one person weigh as one of another
    assert near["m4"] == pytest.approx(-np.sqrt(0.5), abs=1e-3)
    only = said(("A.x", "p", "proposed"), ("A.x", "q", "proposed"))
    assert typical(only, mention_vectors(only, *sentences((1, 0), (1, 0)), to_matrix)) == {"m0": 1.0, "m1": 1.0}


def test_a_mention_of_several_sentences_is_their_mean() -> None:
    segments = frame("segments", [{"seg": f"s{n}", "doc": "D", "turn": 0, "start": 50 * n, "end": 50 * n + 49} for n in range(3)])
    kept = frame("vectors", [{"doc": "D", "turn": 0, "seg": f"s{n}", "vector": to_text(np.array(v))} for n, v in enumerate([(1, 0), (0, 1), (-1, 0)])])
    assert mention_vectors(said(("A.x", "p", "reviewed")), segments, kept, to_matrix).tolist() == [pytest.approx([np.sqrt(0.5)] * 2, abs=1e-3)]


def test_without_vectors_readability_decides_as_before() -> None:
    mentions = said(("A.x", "p", "reviewed"), ("A.x", "q", "reviewed"), ("A.x", "r", "reviewed"))
    mentions["end"] = [10, 100, 30]
    assert order(mentions) == by_sense(mentions, (), (), ()) == ["m1", "m2", "m0"]
    assert all(r["typical"] != r["typical"] for r in ranked(mentions))
    # One without a vector is neither favoured nor pushed back for it.
    assert by_sense(mentions, (1, 0), (), (1, 0))[0] == "m1"


def test_pins_come_first_of_their_kind_and_bans_last() -> None:
    mentions = said(("A.x", "p", "reviewed"), ("A.x", "q", "reviewed"), ("A.x", "p", "reviewed"), ("A.x", "r", "proposed"), ("A.x", "s", "proposed"))
    mentions["end"] = [100, 90, 5, 100, 5]
    assert order(mentions, None, None, {"m2": "ja", "m0": "nein", "m4": "ja"}) == ["m2", "m1", "m0", "m4", "m3"]
    assert {r["mention"]: r["pinned"] for r in ranked(mentions, None, None, {"m2": "ja"})}["m2"] == "ja"


def test_a_pin_holds_for_every_category_of_its_passage_and_a_no_outweighs_a_yes() -> None:
    mentions = frame("findings_mentions", pd.concat([said(("A.x", "p", "reviewed")), said(("B.z", "p", "reviewed")).assign(mention="n0")]))
    one = {"doc": "D", "turn": 0, "start": 5, "end": 20, "line": 2, "pin": "ja"}

    def decided(*rows: dict[str, Any]) -> pd.DataFrame:
        return frame("quote_decisions", [{**row, "line": n} for n, row in enumerate(rows)])

    assert pinned(mentions, decided(one)) == {"m0": "ja", "n0": "ja"}
    assert pinned(mentions, decided(one, {**one, "pin": "nein"})) == {"m0": "nein", "n0": "nein"}
    assert pinned(mentions, decided({**one, "state": "gone"})) == pinned(mentions, decided({**one, "start": 100, "end": 120})) == {}
    assert pinned(mentions, decided({**one, "pin": ""})) == pinned(mentions, frame("quote_decisions", [])) == {}


def test_the_column_pin_may_be_missing_and_knows_two_words(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    head, row = "doc,raw_sha256,raw_start,raw_end,release,quote", "D,h,0,4,,Das."
    path.write_text(f"{head}\n{row}\n", "utf-8")
    listed = lists.read_list(path, lists.LISTS["quotes.csv"])
    turns = frame("turns", [{"doc": "D", "turn": 3, "text": "Das.", "raw_sha256": "h"}])
    assert placed(listed, turns, frame("changes", []), frame("replacements", []))[0]["pin"] == ""
    path.write_text(f"{head},pin\n{row},nein\n", "utf-8")
    listed = lists.read_list(path, lists.LISTS["quotes.csv"])
    got = placed(listed, turns, frame("changes", []), frame("replacements", []))[0]
    assert (got["pin"], got["turn"], got["state"]) == ("nein", 3, "")
    path.write_text(f"{head},pin\n{row},vielleicht\n", "utf-8")
    with pytest.raises(Stop, match="pin"):
        lists.read_list(path, lists.LISTS["quotes.csv"])


def test_opposites_cover_what_is_below_and_never_their_own_line() -> None:
    assert opposites(CODES, {"A": ("B",)}, set()) == {c: {"B", "B.z"} for c in ("A", "A.x", "A.y")}
    assert opposites(CODES, {"A": ("A.y",)}, set()) == {"A.x": {"A.y"}}  # what is below it says nothing against the whole, nor a thing against itself
    assert opposites(CODES, {"A": ("B.z",)}, {"A.x"}) == {"A": {"B.z"}, "A.y": {"B.z"}}
    assert opposites(CODES, {"A.x": ("B.z",)}, {"A.x"}) == {"A.x": {"B.z"}}  # named itself
    assert opposites(CODES, {"Q": ("B",), "A": ("Q",)}, set()) == {}


def hint(code: str, case: str, reason: str = "verneint", **more: Any) -> dict[str, Any]:
    return {"coding": f"c{code}{case}{more.get('coder')}", "doc": "D", "turn": 9, "start": 0, "end": 80, "code": code, "case": case, "coder": "rule", "reason": reason, "score": 0.0, **more}


def places(mentions: pd.DataFrame, hints: list[dict[str, Any]], given: dict[str, tuple[str, ...]] | None = None, affected: set[str] | None = None, lacking: set[str] | None = None) -> pd.DataFrame:
    hit = affected or set()
    voices, denied = parted(mentions, CODES.assign(lack=["yes" if c in (lacking or ()) else "no" for c in CODES["code"]]))
    return frame("findings_against", against(CODES, voices, denied, frame("suggestions", hints), opposites(CODES, given or {}, hit), hit))


def told(found: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(found[["code", "rank", "kind", "other", "case", "basis"]].itertuples(index=False, name=None))


def test_denials_count_once_and_reading_something_else_is_none() -> None:
    hints = [
        hint("A.x", "p"), hint("A.x", "p", coder="model"), hint("A.x", "q", "gelesen und nicht vergeben (mk)", turn=8), hint("A.x", "r", "nicht sicher genug (Rang 1)", turn=7),
        hint("A.x", "s", turn=6, prompt="assent"), hint("A.x", "", turn=5), hint("A.x", "t", "nicht verneint", turn=4),
    ]  # fmt: skip
    assert told(places(said(), hints)) == [("A.x", 1, "denied", "", "p", "proposed")]
    assert told(places(said(), [hint("A.x", "p", coder="mk"), hint("A.x", "p")])) == [("A.x", 1, "denied", "", "p", "reviewed")]


def test_what_counts_as_said_is_not_denied_at_the_same_place() -> None:
    mentions = said(("A.x", "p", "reviewed"))
    assert places(mentions, [hint("A.x", "p", turn=0, start=50)]).empty
    assert len(places(mentions, [hint("A.x", "p", turn=0, start=100, end=120)])) == 1


def test_opposites_are_read_before_proposed_and_one_of_each_person_first() -> None:
    mentions = said(("B.z", "p", "proposed"), ("B.z", "q", "reviewed"), ("B.z", "q", "reviewed"), ("B.z", "r", "reviewed"), ("B", "q", "reviewed"))
    mentions.loc[4, ["turn", "start", "end"]] = [1, 0, 100]  # the parent's row of m1
    found = places(mentions, [hint("A.x", "s")], {"A.x": ("B",)})
    assert [(r.kind, r.other, r.case, r.basis) for r in found.itertuples()] == [
        ("opposite", "B.z", "q", "reviewed"), ("opposite", "B.z", "r", "reviewed"), ("opposite", "B.z", "q", "reviewed"),
        ("denied", "", "s", "proposed"), ("opposite", "B.z", "p", "proposed"),
    ]  # fmt: skip
    assert list(found["rank"]) == [1, 2, 3, 4, 5]


def test_not_to_have_met_with_a_thing_is_no_denial_of_it() -> None:
    hints = [hint("A.x", "p", about="self"), hint("A.x", "q", about="all", turn=8), hint("A.x", "r", turn=7), hint("A.y", "p", about="self", turn=6)]
    found = {(r.code, r.case): r.kind for r in places(said(), hints, affected={"A.x"}).itertuples()}
    assert found == {("A.x", "p"): "not_exposed", ("A.x", "q"): "denied", ("A.x", "r"): "denied", ("A.y", "p"): "denied"}


def test_what_people_coded_as_denied_is_no_voice_for_it() -> None:
    mentions = said(("A.x", "p", "reviewed"), ("A", "p", "reviewed"), ("A.x", "q", "reviewed"), ("A.x", "r", "reviewed"), ("A.y", "s", "reviewed"), coder="mk", about="self")
    mentions.loc[1, "turn"] = 0  # the parent's row of m0
    mentions["codings"] = ["c0", "c0", "c2", "c3", "c4"]
    mentions["stance"] = ["negated+past", "negated+past", "affirmed+negated", "affirmed", "negated"]
    assert told(places(mentions, [])) == [("A.x", 1, "denied", "", "p", "reviewed"), ("A.y", 1, "denied", "", "s", "reviewed")]
    assert told(places(mentions, [], lacking={"A.y"}))[1:] == []  # »wir haben keinen Raum« says that one is needed
    assert told(places(mentions, [], affected={"A.x"}))[0][2] == "not_exposed"
    assert told(places(mentions.assign(coder="rule"), [])) == []
    figures = frame("findings_codes", [{**dict.fromkeys(_INTS, 0), "order": 0, "code": "A.x", "n_mentions": 3, "n_cases": 3}])
    voices, denied = parted(mentions, CODES)
    assert (list(voices["mention"]), list(denied["mention"])) == (["m2", "m3"], ["m0", "m4"])
    row = evidence(figures, voices, places(mentions, []))[0]
    assert (row["n_mentions"], row["n_cases"], row["n_against"]) == (2, 2, 1)


def test_a_denied_child_is_no_voice_for_its_parent_either() -> None:
    mentions = said(("A.x", "p", "reviewed"), ("A", "p", "reviewed"), ("A", "q", "reviewed"), ("A.y", "q", "reviewed"), coder="mk")
    mentions["turn"] = [0, 0, 1, 1]
    mentions["codings"] = ["c1", "c1", "c1+c2", "c2"]
    mentions["stance"] = ["negated", "negated", "affirmed+negated", "affirmed"]
    against_ = places(mentions, [])
    assert told(against_) == [("A.x", 1, "denied", "", "p", "reviewed")]
    assert list(parted(mentions, CODES)[0]["mention"]) == ["m2", "m3"]


def test_a_pin_of_a_passage_that_is_gone_bans_nothing() -> None:
    ban = {"line": 2, "doc": "D", "turn": 0, "start": 5, "end": 9, "pin": "nein"}
    assert pinned_at(frame("quote_decisions", [ban]), NEVER)("D", 0, 0, 6)
    assert not pinned_at(frame("quote_decisions", [ban]), NEVER)("D", 0, 0, 5)
    assert not pinned_at(frame("quote_decisions", [{**ban, "state": "gone"}]), NEVER)("D", 0, 0, 6)


def test_for_and_against_stand_beside_one_another() -> None:
    mentions = said(("A.x", "p", "reviewed"), ("A.x", "p", "reviewed"), ("A.x", "q", "reviewed"), ("B.z", "q", "reviewed"), ("B.z", "r", "proposed"))
    figures = frame("findings_codes", [
        {**dict.fromkeys(_INTS, 0), "order": n, "code": c, "n_mentions": m, "n_cases": k, "n_asked": 4} for n, (c, m, k) in enumerate([("A.x", 3, 2), ("A.y", 0, 0)])
    ])  # fmt: skip
    found = {r["code"]: r for r in evidence(figures, mentions, places(mentions, [hint("A.x", "s", about="self")], {"A.x": ("B",)}, {"A.x"}))}
    row = found["A.x"]
    assert (row["n_mentions"], row["n_cases"], row["n_asked"]) == (3, 2, 4)
    assert (row["n_against"], row["n_cases_against"], row["n_against_proposed"]) == (1, 1, 1)
    assert (row["largest_case"], round(row["largest_case_share"], 3)) == ("p", 0.667)
    assert found["A.y"]["largest_case"] == ""


_INTS = [c for c, kind in frame("findings_codes", []).dtypes.items() if kind == "int64"]


class _Desk:
    """As much of the desk as the counter-evidence needs."""

    def __init__(self, found: pd.DataFrame, shown: pd.DataFrame, pins: list[dict[str, Any]], with_proposals: bool = True) -> None:
        self.tables = {"findings_against": found, "findings_evidence": shown, "quote_decisions": frame("quote_decisions", pins)}
        self.with_proposals, self.label, self.names = with_proposals, {"B.z": "Gegenstück Z"}, SimpleNamespace(who=lambda case: f"wer-{case}")

    def rows(self, table: str) -> list[Any]:
        return list(self.tables[table].itertuples())

    def passage(self, row: Any, case: str) -> SimpleNamespace:
        return SimpleNamespace(anchor="", interview="", turn=row.turn, clock="", text="", who=case, case=case)

    def banned(self, place: Any) -> bool:
        return pinned_at(self.tables["quote_decisions"], NEVER)(place.doc, place.turn, place.start, place.end)


def test_the_chapters_show_two_counter_quotes_and_never_a_banned_one() -> None:
    mentions = said(*[("B.z", k, "reviewed") for k in "pqrs"])
    found = places(mentions, [], {"A.x": ("B.z",)})
    shown = frame("findings_evidence", [{
        "code": "A.x", "n_mentions": 4, "n_cases": 2, "n_asked": 0, "n_against": 4, "n_cases_against": 4, "n_proposed": 0, "n_against_proposed": 0, "largest_case": "z",
        "largest_case_share": 0.75,
    }])  # fmt: skip
    one: Any = counter(_Desk(found, shown, []))["A.x"]  # type: ignore[arg-type]
    assert [(q.case, q.why) for q in one.quotes] == [("p", "Gegenstück: Gegenstück Z"), ("q", "Gegenstück: Gegenstück Z")]
    assert one.words == "vier Stellen bei vier Befragten"
    assert one.largest == "Am meisten trägt bei: wer-z, mit drei von vier gelesenen Stellen."
    ban = {"line": 2, "doc": "D", "turn": 0, "start": 0, "end": 9, "pin": "nein"}
    assert [q.case for q in counter(_Desk(found, shown, [ban]))["A.x"].quotes] == ["q", "r"]  # type: ignore[arg-type]
    assert amount([]) == ""


def test_the_report_never_shows_a_banned_quote() -> None:
    quotes = [SimpleNamespace(basis=b, pinned=p, n=n) for n, (b, p) in enumerate([("reviewed", "nein"), ("reviewed", ""), ("proposed", "nein"), ("proposed", "ja")])]
    assert [[q.n for q in part] for part in categories._best(quotes)] == [[1], [3]]


def test_nothing_at_all() -> None:
    nothing = said()
    assert ranked(nothing) == []
    assert typical(nothing, np.zeros((0, 0))) == {}
    assert places(nothing, []).empty
    assert mention_vectors(nothing, *sentences(), to_matrix).shape == (0, 0)
    assert evidence(frame("findings_codes", []), nothing, frame("findings_against", [])) == []


def test_eight_thousand_coded_sentences_are_ordered_in_time() -> None:
    rng = np.random.default_rng(1)
    n, codes = 8000, [f"C{k:02}" for k in range(60)]
    own = rng.integers(0, 60, n)
    base = pd.DataFrame({
        "doc": [f"I{k % 50:03}" for k in range(n)], "turn": np.arange(n) // 50, "start": 0, "end": rng.integers(20, 400, n), "case": [f"I{k % 50:03}" for k in range(n)],
        "basis": np.where(rng.random(n) < 0.2, "reviewed", "proposed"), "stance": "affirmed", "score": rng.random(n),
    })  # fmt: skip
    both = pd.concat([base.assign(code=[codes[k] for k in own]), base.assign(code=[f"P{k % 8}" for k in own])], ignore_index=True)  # with parents
    mentions = frame("findings_mentions", both.assign(mention=[f"m{k}" for k in range(2 * n)]))
    segments = frame("segments", pd.DataFrame({"seg": [f"s{k}" for k in range(n)], "doc": base["doc"], "turn": base["turn"], "start": 0, "end": 400}))
    texts = [to_text(v) for v in rng.normal(size=(n, 512))]
    kept = frame("vectors", pd.DataFrame({"doc": base["doc"], "turn": base["turn"], "seg": segments["seg"], "vector": texts}))
    start = time.perf_counter()
    known = mention_vectors(mentions, segments, kept, to_matrix)
    rows = ranked(mentions, known, typical(mentions, known), {})
    seconds = time.perf_counter() - start
    print(f"{seconds:.2f} s")
    assert len(rows) == 2 * n
    assert seconds < 6  # about 1 s; the bound is for busy machines
