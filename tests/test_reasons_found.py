"""Reasons that people name, with known answers: which part a category means, who says it of whom, of which kind, and that nothing is chained."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace as N
from typing import Any

import pandas as pd
import pytest
from heard import page

from pipeline import reasons as stage
from pipeline.charts import causal
from pipeline.guide import Guide, Question
from pipeline.measures import counter, reason_codes
from pipeline.measures.denials import parted
from pipeline.measures.reasons import statements
from pipeline.sections.answers import reasons as chapter
from pipeline.sections.answers.desk import Desk
from pipeline.sections.answers.reason_words import warnings
from pipeline.sections.material import Names
from pipeline.tables import ABOUT, TABLES, check, frame
from pipeline.wording import NOT_QUOTABLE, NOT_SHOWN

CODES = frame(
    "codes",
    [
        {"order": n, "code": c, "parent": p, "level": bool(p), "label": c, "coded": "yes" if p else "no", "through": "yes"}
        for n, (c, p) in enumerate([("G", ""), ("G.weg", "G"), ("G.ab", "G"), ("G.haus", "G"), ("G.wort", "G"), ("F", ""), ("F.x", "F"), ("K", ""), ("K.keine", "K"), ("V", "")])
    ],
)
FAMILIES = {"reasons": {"G", "G.weg", "G.ab", "G.haus", "G.wort"}, "withdrawal": {"G.weg"}, "rejection": {"G.ab"}, "restriction": {"G.haus"}, "frames": {"F", "F.x"}, "no_separation": {"K.keine"}}
SCOPE = frame("findings_scope", [{"family": f, "code": c, "given": "yes"} for f, cs in FAMILIES.items() for c in sorted(cs)])
WEIL = "Wir bleiben für uns, weil die uns nie grüßen."


def turns(*texts: str, role: str = "respondent") -> pd.DataFrame:
    return frame("turns", [{"doc": "A", "turn": n, "case": f"p{n}", "role": role, "text": text} for n, text in enumerate(texts, 1)])


def cause(text: str, cause_: str, effect: str, sign: str = "weil", turn: int = 1, kind: str = "weil_final") -> dict[str, Any]:
    a, e, s = text.index(cause_), text.index(effect), text.index(sign)
    return {
        "doc": "A", "turn": turn, "start": min(a, e), "end": max(a + len(cause_), e + len(effect)), "cause_start": a, "cause_end": a + len(cause_),
        "effect_start": e, "effect_end": e + len(effect), "sign_start": s, "sign_end": s + len(sign), "sign": sign, "kind": kind,
    }  # fmt: skip


def coding(text: str, code: str, words: str, basis: str = "reviewed", turn: int = 1, **more: Any) -> dict[str, Any]:
    start = text.index(words)
    return {
        "coding": f"c{code}{start}{turn}", "doc": "A", "turn": turn, "start": start, "end": start + len(words), "code": code, "coder": "mk", "prompt": "asked",
        "status": "accepted" if basis == "reviewed" else "proposed", "case": f"p{turn}", "stance": "affirmed", "basis": basis, **more,
    }  # fmt: skip


def scope(text: str, words: str, turn: int = 1, **marks: Any) -> list[dict[str, Any]]:
    """Marks on every word of a passage; `about` by its name."""
    start, rows, at = text.index(words), [], 0
    for word in words.split():
        at = words.index(word, at)
        row = {"doc": "A", "turn": turn, "start": start + at, "clause": 0, "negated": -1, "hypothetical": -1, "reported": -1, "past": -1, "doubt": -1, "about": -1}
        rows.append({**row, **{k: ABOUT.index(v) if k == "about" else v for k, v in marks.items()}})
        at += len(word)
    return rows


def made(text: str, causes: list[dict[str, Any]], codings: list[dict[str, Any]], scopes: list[dict[str, Any]] = (), hits: list[dict[str, Any]] = (), role: str = "respondent") -> list[dict[str, Any]]:  # type: ignore[assignment]
    counting = frame("codings", codings).assign(basis=[c["basis"] for c in codings])
    return statements(frame("causes", causes), turns(text, role=role), counting, frame("codings", list(hits)), frame("scopes", list(scopes)), FAMILIES)


EFFECT, CAUSE = "Wir bleiben für uns", "die uns nie grüßen"


def test_a_category_stands_on_the_side_that_was_coded() -> None:
    row = made(WEIL, [cause(WEIL, CAUSE, EFFECT)], [coding(WEIL, "G.weg", EFFECT), coding(WEIL, "G.ab", CAUSE)])[0]
    assert (row["cause_codes"], row["effect_codes"], row["either_codes"], row["basis"]) == ("G.ab", "G.weg", "", "reviewed")


def test_a_category_of_a_sentence_that_holds_both_parts_is_on_no_side_until_words_tell() -> None:
    whole = [coding(WEIL, "G.ab", WEIL, "proposed")]
    unknown = made(WEIL, [cause(WEIL, CAUSE, EFFECT)], whole)[0]
    assert (unknown["cause_codes"], unknown["effect_codes"], unknown["either_codes"]) == ("", "", "G.ab")
    told = made(WEIL, [cause(WEIL, CAUSE, EFFECT)], whole, hits=[coding(WEIL, "G.ab", WEIL, matched="grüßen")])[0]
    assert (told["cause_codes"], told["either_codes"]) == ("G.ab", "")


def test_the_inner_part_counts_where_a_cause_stands_inside_its_effect() -> None:
    text = "Die sagen aus Scham nichts."
    row = made(text, [cause(text, "aus Scham", "Die sagen aus Scham nichts", "aus")], [coding(text, "G.wort", text)], hits=[coding(text, "G.wort", text, matched="Scham")])[0]
    assert (row["cause_codes"], row["effect_codes"]) == ("G.wort", "")


def test_a_read_statement_takes_no_category_from_proposals() -> None:
    row = made(WEIL, [cause(WEIL, CAUSE, EFFECT)], [coding(WEIL, "G.weg", EFFECT), coding(WEIL, "G.ab", CAUSE, "proposed")])[0]
    assert row["basis"] == "reviewed"
    assert row["cause_codes"] == ""


@pytest.mark.parametrize("codings", [[], [("V", EFFECT)], [("F.x", EFFECT)]])
def test_without_a_reason_there_is_no_statement_and_a_frame_is_none(codings: list[tuple[str, str]]) -> None:
    assert not made(WEIL, [cause(WEIL, CAUSE, EFFECT)], [coding(WEIL, code, words) for code, words in codings])


def test_the_interviewers_words_are_no_statement() -> None:
    assert not made(WEIL, [cause(WEIL, CAUSE, EFFECT)], [coding(WEIL, "G.weg", EFFECT)], role="interviewer")


def test_whom_the_effect_is_said_of_holds_a_statement() -> None:
    about = [*scope(WEIL, EFFECT, about="own group"), *scope(WEIL, CAUSE, about="other group")]
    row = made(WEIL, [cause(WEIL, CAUSE, EFFECT)], [coding(WEIL, "G.weg", EFFECT)], about)[0]
    assert row["holder"] == "self"
    assert row["about"] == "other group+own group"
    others = made(WEIL, [cause(WEIL, CAUSE, EFFECT)], [coding(WEIL, "G.weg", EFFECT)], scope(WEIL, EFFECT, about="other group"))[0]
    assert others["holder"] == "others"
    assert made(WEIL, [cause(WEIL, CAUSE, EFFECT)], [coding(WEIL, "G.weg", EFFECT)])[0]["holder"] == "unclear"


@pytest.mark.parametrize(
    ("codings", "text", "kind"),
    [
        ([("G.weg", 1), ("G.ab", 0)], (EFFECT, CAUSE), "reaction"),
        ([("G.ab", 1), ("G.weg", 0)], (EFFECT, CAUSE), ""),  # they turn us away because we keep apart: the other way round
        ([("G.haus", 0)], ("Alle wohnen da", "es sonst nichts gibt"), "restriction"),
        ([("G.haus", 1)], ("Alle wohnen da", "es dort einfacher ist"), "preference"),
        ([("G.weg", 1)], ("Wir sind da", "wir da bleiben müssen, und es ist einfacher"), ""),
        ([("G.weg", 1)], ("Wir sind da", "die Sonne scheint"), ""),
        ([("G.ab", 0)], ("Da gehen wir nicht mehr hin", "die so gucken"), "reaction"),
    ],
)
def test_liking_no_choice_and_reaction(codings: list[tuple[str, int]], text: tuple[str, str], kind: str) -> None:
    sentence = f"{text[0]}, weil {text[1]}."
    rows = made(sentence, [cause(sentence, text[1], text[0])], [coding(sentence, code, text[0 if on else 1]) for code, on in codings])
    assert rows[0]["type"] == kind


@pytest.mark.parametrize(
    ("text", "marks", "stance"),
    [
        (WEIL, {}, "affirmed"),
        ("Wir bleiben für uns nicht weil die uns nie grüßen.", {}, "denied"),
        ("Wir bleiben für uns nicht nur weil die uns nie grüßen.", {}, "affirmed"),
        (WEIL, {"reported": 0}, "reported"),
        (WEIL, {"hypothetical": 0, "reported": 0}, "hypothetical+reported"),
    ],
)
def test_how_the_connection_is_spoken_of(text: str, marks: dict[str, int], stance: str) -> None:
    assert made(text, [cause(text, CAUSE, EFFECT)], [coding(text, "G.weg", EFFECT)], scope(text, "weil", **marks))[0]["stance"] == stance


def test_a_negated_cause_denies_nothing() -> None:
    row = made(WEIL, [cause(WEIL, CAUSE, EFFECT)], [coding(WEIL, "G.weg", EFFECT)], scope(WEIL, CAUSE, negated=2))[0]
    assert row["stance"] == "affirmed"


def mention(n: int, code: str, case: str, about: str, basis: str = "reviewed", **more: Any) -> dict[str, Any]:
    return {"mention": f"m{n}{code}", "doc": "A", "turn": n, "start": 0, "end": 10, "code": code, "case": case, "about": about, "basis": basis, "prompt": "asked", "unasked": "yes", **more}


def coded(mentions: list[dict[str, Any]], said: list[dict[str, Any]] = (), notes: list[dict[str, Any]] = ()) -> dict[tuple[str, str], N]:  # type: ignore[assignment]
    rows = reason_codes.rows(CODES, frame("findings_mentions", mentions), list(said), list(notes), {"G.weg": {"p1", "p2"}}, FAMILIES)
    return {(r["code"], r["basis"]): N(**r) for r in rows}


def test_what_several_say_of_others_and_nobody_of_themselves_is_an_attribution() -> None:
    others = [mention(1, "G.weg", "p1", "other group"), mention(2, "G.weg", "p2", "other group"), mention(3, "G.weg", "p2", "institution")]
    row = coded(others)["G.weg", "reviewed"]
    assert (row.attribution, row.n_cases_self, row.n_cases_others, row.n_cases_institution, row.n_asked, row.n_prompted) == ("yes", 0, 2, 1, 2, 3)
    assert warnings(row, False)[0] == "Fremdzuschreibung, kein Grund: Zwei Befragte sagen es von anderen, niemand berichtet es von sich."
    assert coded(others[:1])["G.weg", "reviewed"].attribution == "no"  # one person alone
    assert coded([*others, mention(4, "G.weg", "p3", "own group")])["G.weg", "reviewed"].attribution == "no"
    unread = coded([*others, mention(4, "G.weg", "p3", "self", "proposed")])
    assert unread["G.weg", "reviewed"].attribution == "yes"
    assert unread["G.weg", "proposed"].attribution == "no"


def test_figures_of_both_bases_are_apart_and_frames_are_no_reason() -> None:
    rows = coded([mention(1, "G.weg", "p1", "self"), mention(2, "G.weg", "p2", "self", "proposed"), mention(3, "F.x", "p1", "all")])
    assert rows["G.weg", "reviewed"].n_mentions == rows["G.weg", "proposed"].n_mentions == 1
    assert {code for code, _ in rows} == {"G", "G.weg", "G.ab", "G.haus", "G.wort"}


def test_a_statement_that_is_not_their_own_counts_nowhere() -> None:
    base = made(WEIL, [cause(WEIL, CAUSE, EFFECT)], [coding(WEIL, "G.weg", EFFECT), coding(WEIL, "G.ab", CAUSE)])[0]
    assert coded([], [base])["G", "reviewed"].n_statements == 1
    assert coded([], [base])["G.ab", "reviewed"].n_reaction == 1
    for stance in ("denied", "reported", "hypothetical"):
        assert coded([], [{**base, "stance": stance}])["G.ab", "reviewed"].n_statements == 0


def test_withdrawal_without_a_statement_is_typed_by_its_words() -> None:
    text = "Wir bleiben gern unter uns."
    found = frame("findings_mentions", [mention(1, "G.weg", "p1", "self", end=len(text)), mention(1, "G", "p1", "self", end=len(text))])
    notes = reason_codes.type_notes(found, turns(text), CODES, [], FAMILIES)
    assert [(n["mention"], n["value"]) for n in notes] == [("m1G.weg", "preference")]
    assert coded(found.to_dict("records"), notes=notes)["G", "reviewed"].n_preference == 1
    said = made(text, [cause(text, "unter uns", "Wir bleiben", "gern")], [coding(text, "G.weg", text)])
    assert not reason_codes.type_notes(found, turns(text), CODES, said, FAMILIES)


def test_being_turned_away_and_staying_away_is_an_answer_wherever_it_is_coded() -> None:
    text = "Weil man seine Ruhe will. Du wirst zweimal blöd angemacht, dann gehst du nicht mehr hin."
    quiet = len("Weil man seine Ruhe will.")
    notes = reason_codes.type_notes(frame("findings_mentions", [mention(1, "G.weg", "p1", "all", end=quiet)]), turns(text), CODES, [], FAMILIES)
    assert [(n["value"], n["cue"]) for n in notes] == [("reaction", "blöd angemacht, dann gehst du nicht mehr")]
    coded_ = frame("findings_mentions", [mention(1, "G.ab", "p1", "all", start=quiet, end=len(text))])
    assert [n["value"] for n in reason_codes.type_notes(coded_, turns(text), CODES, [], FAMILIES)] == ["reaction"]
    only = frame("findings_mentions", [mention(1, "G.ab", "p1", "all", end=len("Du wirst blöd angemacht."))])
    assert not reason_codes.type_notes(only, turns("Du wirst blöd angemacht. Ich gehe trotzdem hin."), CODES, [], FAMILIES)


def test_who_speaks_of_everybody_or_unknown_whom_is_counted_too() -> None:
    rows = coded([mention(1, "G.weg", "p1", "self"), mention(2, "G.weg", "p2", "all"), mention(3, "G.weg", "p3", ""), mention(4, "G.weg", "p1", "")])
    assert (rows["G.weg", "reviewed"].n_cases_self, rows["G.weg", "reviewed"].n_cases_unclear) == (1, 2)


def denying(basis: str) -> Desk:
    at = desk([])
    at.tables["findings_counter"] = frame("findings_counter", [{"place": "x", "kind": "denied", "code": "G.ab", "doc": "A", "turn": 1, "start": 0, "end": 20, "case": "p1", "basis": basis}])
    return at


@pytest.mark.parametrize("basis", ["reviewed", "proposed"])
def test_a_figure_of_denials_leads_to_their_places_and_is_told_once(basis: str) -> None:
    text = page(chapter.chapter, "reasons", denying(basis))
    assert f'<a href="#bestritten-{basis}-G.ab">1</a>' in text
    line = text[text.index(f'<p id="bestritten-{basis}-G.ab">') :].partition("</p>")[0]
    assert line.count("<a href") == 1
    assert f'<p id="bestritten-{basis}-G">' in text  # the figure of the parent leads somewhere as well
    if basis == "proposed":
        assert text.count("An einer Stelle nach einer Regel verneint, ungelesen.") == 1
        assert "<b>Ungelesen:</b>" not in text


def test_the_head_of_the_chapter_leads_to_what_there_is() -> None:
    text = page(chapter.chapter, "reasons", desk([statement()]))
    for anchor in ("gruende-aussagen", "gruende-art"):
        assert (f'<a href="#{anchor}">' in text) == (anchor == "gruende-aussagen")
    assert 'id="gruende-aussagen"' in text


def test_the_only_quote_may_be_banned_and_then_a_remark_stands_for_it() -> None:
    at = desk([])
    said = frame("findings_mentions", [mention(1, "G.ab", "p1", "self", end=len(WEIL), matched="", coder="mk")])
    at.tables |= {
        "findings_mentions": said, "findings_quotes": frame("findings_quotes", [{"code": "G.ab", "rank": 1, "mention": "m1G.ab", "case": "p1"}]),
        "findings_release": frame("findings_release", [{"mention": "m1G.ab", "n_alike": 1, "consent": "yes"}]),
        "quote_decisions": frame("quote_decisions", [{"line": 2, "doc": "A", "turn": 1, "start": 0, "end": 60, "pin": "nein"}]),
    }  # fmt: skip
    shown = [part for q in at.quotes(said.itertuples(), 2) for part, _ in q.parts]
    assert shown == [NOT_SHOWN] == ["[Zitat auf Wunsch der Forschenden nicht gezeigt]"]


@pytest.mark.parametrize(("asked", "first"), [("Ist das ein Brennpunkt?", "interviewer"), ("Wie ist es hier?", "respondent")])
def test_who_used_a_loaded_word_first(asked: str, first: str) -> None:
    said = pd.concat([turns(asked, role="interviewer"), turns("", "Das ist ein Brennpunkt.")[1:]], ignore_index=True)
    found = frame("findings_mentions", [mention(2, "F.x", "p2", "all", matched="Brennpunkt", end=23)])
    notes = reason_codes.first_notes(found, said, CODES, frame("codings", []), FAMILIES)
    assert [(n["value"], n["cue"]) for n in notes] == [(first, "Brennpunkt")]


def test_denials_speak_against_a_reason_each_place_once_and_not_to_have_met_with_it_does_not() -> None:
    at = {"doc": "A", "turn": 1, "start": 0, "end": 20, "case": "p1", "basis": "proposed", "kind": "denied"}
    kinds = [("G.ab", {}), ("G.ab", {"start": 5, "end": 30, "basis": "reviewed"}), ("G.haus", {"kind": "not_exposed"}), ("G.haus", {"kind": "opposite"}), ("V", {})]
    places = frame("findings_against", [{**at, "code": c, "rank": n, "place": f"s{n}", **more} for n, (c, more) in enumerate(kinds, 1)])
    text = "Wir bleiben für uns nicht weil die uns nie grüßen."
    denied = made(text, [cause(text, CAUSE, EFFECT)], [coding(text, "G.wort", text)])
    rows = counter.rows(frame("findings_mentions", [mention(1, "K.keine", "p1", "all"), mention(1, "K", "p1", "all")]), CODES, places, denied, FAMILIES)
    assert sorted((r["kind"], r["code"], r["basis"]) for r in rows) == [("denied", "G.ab", "reviewed"), ("denied", "G.wort", "reviewed"), ("no_separation", "K.keine", "reviewed")]
    assert not check("findings_counter", frame("findings_counter", rows))


def arrow(left: str, right: str, holder: str = "self") -> N:
    return N(left=left, right=right, named_left=True, named_right=True, to="#A-1", holder=holder, open=False, n=1)


def test_the_picture_has_no_way_of_two_arrows() -> None:
    drawn = causal.places([arrow("A", "B"), arrow("B", "C"), arrow("B", "C", "others")])
    assert {b.label for b in drawn.left} == {"A", "B"}
    assert {b.label for b in drawn.right} == {"B", "C"}
    assert all(b.x + b.width < other.x for b in drawn.left for other in drawn.right)  # the same category left and right: two boxes
    assert len(drawn.curves) == 3
    assert len({(curve.x1, curve.y1) for curve in drawn.curves}) == len({(curve.x2, curve.y2) for curve in drawn.curves}) == 3  # side by side, never one on the other
    assert all(curve.x1 < causal.WIDTH / 2 < curve.x2 for curve in drawn.curves)


def test_boxes_never_overlap() -> None:
    drawn = causal.places([arrow(f"Grund {n % 9} mit vielen Worten, die zweimal umbrechen müssen", f"F{n % 7}") for n in range(50)])
    for side in (drawn.left, drawn.right):
        assert all(a.y + a.height < b.y for a, b in pairwise(side))
        assert side[-1].y + side[-1].height < drawn.height
    assert causal.places([]).curves == []


def run(tmp_path: Any, counts: str = "proposals", **given: pd.DataFrame) -> dict[str, Any]:
    names = ("cases", "turns", "questions", "scopes", "codes", "codings", "suggestions", "causes", "findings_scope", "findings_mentions", "findings_against")
    guide = tmp_path / "guide.yaml"
    guide.write_text("questions: []\n", encoding="utf-8")
    return stage.whole(**{name: given.get(name, frame(name, [])) for name in names}, settings=N(report=N(counts=counts)), guide_file=guide)


def test_nothing_in_nothing_out(tmp_path: Any) -> None:
    assert all(len(rows) == 0 for rows in run(tmp_path).values())
    empty = run(tmp_path, codes=CODES, findings_scope=SCOPE)
    assert not empty["findings_reasons"]
    assert all(row["n_mentions"] == 0 and row["attribution"] == "no" for row in empty["findings_reason_codes"])


def test_the_tables_keep_the_contract_and_proposals_can_be_left_out(tmp_path: Any) -> None:
    data = [{**coding(WEIL, "G.weg", WEIL, "proposed"), "coder": "model"}]
    given = {
        "turns": turns(WEIL), "codes": CODES, "findings_scope": SCOPE, "causes": frame("causes", [cause(WEIL, CAUSE, EFFECT)]), "codings": frame("codings", data),
        "findings_against": frame("findings_against", [{**coding(WEIL, "G.ab", WEIL, "proposed"), "rank": 1, "kind": "denied", "place": "s1"}]),
    }  # fmt: skip
    for name, rows in run(tmp_path, **given).items():
        assert not check(name, frame(name, rows)), name
    assert len(run(tmp_path, **given)["findings_reasons"]) == len(run(tmp_path, **given)["findings_counter"]) == 1
    only = run(tmp_path, "reviewed", **given)
    assert not only["findings_reasons"]
    assert not only["findings_counter"]


def test_who_denies_a_reason_does_not_name_it(tmp_path: Any) -> None:
    """»Ich wurde nie blöd angemacht«, coded by a person: no self-report of it, and what others say of others stays an attribution."""
    said = [mention(1, "G.ab", "p1", "self", stance="negated", coder="mk"), *(mention(n, "G.ab", f"p{n}", "other group", stance="affirmed") for n in (2, 3))]
    no = frame("findings_against", [{"code": "G.ab", "rank": 1, "place": "m1G.ab", "kind": "denied", "doc": "A", "turn": 1, "start": 0, "end": 10, "case": "p1", "basis": "reviewed"}])
    voices, denied = parted(frame("findings_mentions", said), CODES)
    assert list(denied["case"]) == ["p1"]
    found = run(tmp_path, codes=CODES, findings_scope=SCOPE, turns=turns(WEIL, WEIL, WEIL), findings_mentions=voices, findings_against=no)
    row = next(N(**r) for r in found["findings_reason_codes"] if (r["code"], r["basis"]) == ("G.ab", "reviewed"))
    assert (row.n_mentions, row.n_cases, row.n_cases_self, row.attribution) == (2, 2, 0, "yes")
    assert [(r["code"], r["basis"]) for r in found["findings_counter"]] == [("G.ab", "reviewed")]


ZEROS = {name: 0 for name, kind in TABLES["findings_codes"].columns.items() if kind == "int"}


def desk(statement_rows: list[dict[str, Any]], quotable: bool = True) -> Desk:
    tables = {name: frame(name, []) for name in TABLES}
    tables |= {"codes": CODES, "turns": turns(WEIL), "findings_scope": SCOPE, "findings_reasons": frame("findings_reasons", statement_rows)}
    tables["findings_codes"] = frame("findings_codes", [{**ZEROS, "order": n, "code": c} for n, c in enumerate(CODES["code"])])
    rows = reason_codes.rows(CODES, tables["findings_mentions"], statement_rows, [], {}, FAMILIES)
    tables["findings_reason_codes"] = frame("findings_reason_codes", rows)
    settings = N(report=N(counts="proposals"), variables={}, answers=N(group="", district=""))
    made_ = Desk(tables, settings, Names(settings, tables["cases"], tables["documents"]), Guide())
    made_.may_quote = lambda doc, turn: quotable  # type: ignore[method-assign]
    return made_


def statement(**more: Any) -> dict[str, Any]:
    return {**made(WEIL, [cause(WEIL, CAUSE, EFFECT)], [coding(WEIL, "G.weg", EFFECT)])[0], **more}


def test_the_chapter_marks_both_parts_and_draws_only_their_own_explanations() -> None:
    own = chapter.chapter(desk([statement()]))
    assert [(part, label) for _, part, label in own.statements[0].parts if part] == [("effect", "Folge"), ("cause", "Grund")]
    assert [(a.left, a.named_left, a.right, a.named_right) for a in causal.arrows(desk([statement()]))] == [(CAUSE, False, "G.weg", True)]
    told = chapter.chapter(desk([statement(stance="reported")]))
    assert causal.picture(desk([statement(stance="reported")])) is None
    assert [(g.id, len(g.statements)) for g in told.groups] == [("", 1)]
    assert told.statements[0].stand == "gibt die Erklärung anderer wieder"
    assert not chapter.chapter(desk([])).statements


def test_without_a_guide_nobody_knows_who_was_asked() -> None:
    at = desk([statement()])
    at.tables["findings_reason_codes"] = at.tables["findings_reason_codes"].assign(n_mentions=1, n_cases=1, n_leading=1)
    text = page(chapter.chapter, "reasons", at)
    assert '<td class="n">nicht bekannt</td>' in text
    assert '<td class="n">niemand</td>' not in text
    assert "das Nebeneinander voraussetz" not in text  # which questions suggest an answer is known, not which answer
    assert "Alle Stellen folgen auf eine Frage, deren Wortlaut eine Antwort nahelegt." in text
    at.guide = Guide(questions=(Question(id="L1", text="Warum?", expects=("G",)),))
    assert '<td class="n">nicht bekannt</td>' in page(chapter.chapter, "reasons", at)  # no question recognised
    at.tables["findings_answers"] = frame("findings_answers", [{**dict.fromkeys(("order", "n_cases", "n_answered", "n_evaded", "n_refused", "n_silent", "n_leading"), 0), "question": "L1", "n_asked": 1}])
    assert '<td class="n">niemand</td>' in page(chapter.chapter, "reasons", at)


def test_who_cannot_be_coded_as_seeing_no_separation_is_not_said_to_be_unread() -> None:
    at = desk([statement()])
    at.tables["findings_reason_codes"] = at.tables["findings_reason_codes"].assign(n_mentions=1, n_cases=1)
    assert any("bisher ist dazu nichts gelesen" in line for line in chapter.chapter(at).to_do)
    at.tables["findings_scope"] = SCOPE[SCOPE["family"] != "no_separation"]
    assert not any("bisher ist dazu nichts gelesen" in line for line in chapter.chapter(at).to_do)


def test_words_that_people_never_want_quoted_stand_nowhere() -> None:
    at = desk([statement()])
    at.tables["quote_decisions"] = frame("quote_decisions", [{"line": 2, "doc": "A", "turn": 1, "start": 0, "end": 60, "pin": "nein"}])
    told = chapter.chapter(at)
    assert [part for part, *_ in told.statements[0].parts] == [NOT_SHOWN]
    assert [a.left for a in causal.arrows(at)] == ["Worte nicht gezeigt"]
    assert CAUSE not in repr(causal.picture(at))


def test_words_of_a_person_who_may_not_be_quoted_stand_nowhere() -> None:
    made_ = chapter.chapter(desk([statement()], quotable=False))
    assert made_.statements[0].parts == [(NOT_QUOTABLE, "", "")]
    assert CAUSE not in repr(made_) + repr(causal.picture(desk([statement()], quotable=False)))
