"""Welcome and living together person by person; stories of before and now; the chapter's words."""

from __future__ import annotations

from typing import Any

import pytest
from test_potentials import desk, mention, mentions, page, study, turns

from pipeline.measures import stories, welcome
from pipeline.sections.answers import welcome as section
from pipeline.tables import check, frame

FAMILY = {"welcome": {"W.g"}, "unwelcome": {"W.b"}, "together": {"T.g"}, "conflict": {"T.b"}, "potentials": {"P.a"}}
CODES = frame("codes", [{"order": n, "code": c, "parent": "", "level": 0} for n, c in enumerate(["W.g", "W.b", "T.g", "T.b", "P.a"])])
MINE, THEIRS = "Mich haben sie gleich gegrüßt.", "Die Familie nebenan wird nicht gegrüßt."


def experiences(*said: dict[str, Any], voice: str = "private", asked: tuple[str, ...] = ("c1", "c2")) -> dict[tuple[str, str, str], str]:
    """(theme, case, basis) -> what the person reports; c1 and c2 took part, c3 as well but was not asked."""
    people = frame("cases", [{"case": c, "doc": f"I00{c[1]}", "speaker": "B", "voice": voice} for c in ("c1", "c2", "c3")])
    spoken = frame("turns", turns(MINE, THEIRS) + turns(MINE, THEIRS, doc="I002", case="c2"))
    rows = welcome.rows(mentions(*said), spoken, people, CODES, FAMILY, {"W.g": set(asked)})
    assert not check("findings_welcome", frame("findings_welcome", rows))
    return {(r["theme"], r["case"], r["basis"]): r["experience"] for r in rows}


def test_everybody_has_one_report_and_silence_is_told_from_not_being_asked() -> None:
    found = experiences(mention("W.g", "", MINE, about="self"), mention("W.b", "", MINE, about="self", doc="I002", case="c2"), mention("W.g", "", MINE, about="self", doc="I002", case="c2"))
    assert [found["welcome", c, "reviewed"] for c in ("c1", "c2", "c3")] == ["experienced", "mixed", "not asked"]
    assert found["welcome", "c1", "proposed"] == "none", "asked, and nothing is proposed"
    assert found["together", "c1", "reviewed"] == "not asked"


def test_what_is_told_of_others_is_no_report_of_oneself() -> None:
    said = mention("W.b", "", THEIRS, turn=2, about="other group")
    assert experiences(said)["welcome", "c1", "reviewed"] == "told"
    assert experiences(mention("W.b", "", MINE, about="other group"))["welcome", "c1", "reviewed"] == "denied", "who says »mich« has a part in it"
    assert experiences(mention("W.b", "", MINE, about="other group"), voice="official")["welcome", "c1", "reviewed"] == "told"
    assert experiences(mention("T.b", "", THEIRS, turn=2, about="other group"))["together", "c1", "reviewed"] == "denied", "how people live together, everybody sees"


def test_who_spoke_for_an_office_once_speaks_for_themselves_elsewhere() -> None:
    people = frame("cases", [{"case": "c1", "doc": d, "speaker": "B", "voice": v} for d, v in (("I001", "official"), ("I002", "private"))])
    spoken = frame("turns", turns(MINE) + turns(MINE, doc="I002", case="c1"))
    rows = welcome.rows(mentions(mention("W.b", "", MINE, about="other group", doc="I002")), spoken, people, CODES, FAMILY, {})
    assert [r["experience"] for r in rows if (r["theme"], r["basis"]) == ("welcome", "reviewed")] == ["denied"]


def test_a_proposal_never_joins_what_was_read() -> None:
    found = experiences(mention("W.g", "", MINE, about="self"), mention("W.b", "", THEIRS, turn=2, about="self", basis="proposed"))
    assert (found["welcome", "c1", "reviewed"], found["welcome", "c1", "proposed"]) == ("experienced", "denied")


def test_no_categories_no_rows_and_no_mentions_no_errors() -> None:
    people = frame("cases", [])
    assert welcome.rows(mentions(), frame("turns", []), people, CODES, FAMILY, {}) == []
    some = frame("cases", [{"case": "c1", "doc": "I001", "speaker": "B"}])
    assert welcome.rows(mentions(), frame("turns", []), some, CODES, {}, {}) == []


# --- stories


def told(*sentences: str) -> list[tuple[str, str, str]]:
    text, spans = "", []
    for sentence in sentences:
        start = len(text) + bool(text)
        text = f"{text} {sentence}".strip()
        spans.append((start, start + len(sentence)))
    return [(text[slice(*p.before)], text[slice(*p.after)], p.sign) for p in stories.pairs(text, spans)]


@pytest.mark.parametrize(
    ("sentences", "before", "after"),
    [
        (("Früher war hier alles offen, und jetzt steht da ein Zaun.",), "Früher war hier alles offen", "und jetzt steht da ein Zaun."),
        (("Als ich kam, hat mich keiner gegrüßt.", "Inzwischen kennen sie mich."), "Als ich kam, hat mich keiner gegrüßt.", "Inzwischen kennen sie mich."),
        (("Am Anfang war das schwer.", "Das war so.", "Mittlerweile geht das gut."), "Am Anfang war das schwer. Das war so.", "Mittlerweile geht das gut."),
        (("Heute ist hier Ruhe, früher war hier Krach.",), "früher war hier Krach.", "Heute ist hier Ruhe"),
        (("Zwei Jahre hat er nicht gelacht.", "Seitdem grüßt er mich jeden Tag."), "Zwei Jahre hat er nicht gelacht.", "Seitdem grüßt er mich jeden Tag."),
        (("Früher steckte hier der Schlüssel.", "Da steckt keiner mehr."), "Früher steckte hier der Schlüssel.", "Da steckt keiner mehr."),
        (("Vor zehn Jahren war hier nichts los.", "Jetz is hier immer was."), "Vor zehn Jahren war hier nichts los.", "Jetz is hier immer was."),
    ],
)  # fmt: skip
def test_before_and_now_are_found_as_a_pair(sentences: tuple[str, ...], before: str, after: str) -> None:
    found = told(*sentences)
    assert [pair[:2] for pair in found] == [(before, after)]


@pytest.mark.parametrize(
    "sentences",
    [
        ("Das ist jetzt kein Problem.", "Jetzt mal ehrlich, das stimmt."), ("Er kam eine Stunde früher, und jetzt sitzt er da und wartet.",),
        ("Das ist wie früher, und heute ist das immer noch so.",), ("Das weiß ich bis heute nicht, wie das damals war.",),
        ("Früher war das schön.", "Das war gut.", "Das weiß ich noch.", "Da gab es Kuchen.", "Jetzt gehe ich nach Hause."), ("Früher ja.", "Jetzt nicht."), ("",),
        ("Die möchten gerne früher nach Hause.", "Jetzt holt sie jemand ab."), ("Wir nutzen das oft, seitdem wir angefangen haben.",),
        ("Zu Beginn der Sitzung liest er vor.", "Jetzt reden alle."),
    ],
)  # fmt: skip
def test_what_is_no_change_is_no_story(sentences: tuple[str, ...]) -> None:
    assert told(*sentences) == []


@pytest.mark.parametrize(
    ("before", "after", "families", "expected"),
    [
        ("Früher war Streit.", "Das ist besser geworden.", set(), "better"), ("Am Anfang war Streit.", "Das hat sich inzwischen gelegt.", set(), "better"),
        ("Früher ging das.", "Jetzt ist es schlimmer geworden.", set(), "worse"), ("Früher war das besser.", "Jetzt ist das so.", set(), "worse"),
        ("Früher war Streit.", "Jetzt ist es nicht besser.", set(), "unclear"), ("Früher war Streit.", "Heute könnte das besser werden.", set(), "unclear"),
        ("Früher war da ein Fest.", "Das gibt es nicht mehr.", {"together"}, "worse"), ("Früher war da Streit.", "Das gibt's nicht mehr.", {"conflict"}, "better"),
        ("Früher war da etwas.", "Das gibt's nicht mehr.", set(), "unclear"), ("Früher war hier alles offen.", "Jetzt steht da ein Zaun.", {"reasons"}, "unclear"),
    ],
)  # fmt: skip
def test_the_direction_is_told_only_where_the_words_say_so(before: str, after: str, families: set[str], expected: str) -> None:
    assert stories.direction(before, after, families) == expected


def stored(code: str = "T.g", case: str = "c1", basis: str = "reviewed", turn: int = 1) -> list[dict[str, Any]]:
    text = "Früher war hier alles offen, und jetzt steht da ein Zaun."
    spoken = frame("turns", turns(text, case=case))
    cut = frame("segments", [{"seg": "s1", "doc": "I001", "turn": 1, "start": 0, "end": len(text)}])
    rows = stories.rows(mentions(mention(code, "", text, basis=basis, turn=turn)), cut, spoken, FAMILY)
    assert not check("findings_stories", frame("findings_stories", rows))
    return rows


def test_a_story_stands_in_a_passage_of_the_question_and_is_a_respondents() -> None:
    assert [(r["theme"], r["basis"], r["sign"]) for r in stored()] == [("together", "reviewed", "früher … jetzt")]
    assert [r["theme"] for r in stored("P.a", basis="proposed")] == ["potentials"]
    assert stored("X.other") == stored(case="") == stored(turn=2) == []


# --- the chapter


def chapter(basis: str = "reviewed", quotable: str = "yes", banned: tuple[str, int] = ("", 0)) -> tuple[Any, str]:
    """c1 reports both, c2 good only; each from its own conversation."""
    change = "Früher war hier Streit, und jetzt ist es besser geworden."
    rows = [
        mention("W.g", "", MINE, about="self", basis=basis), mention("W.b", "", THEIRS, about="self", turn=2, basis=basis),
        mention("W.b", "", MINE, about="self", doc="I002", case="c2", basis=basis), mention("T.b", "", change, doc="I002", case="c2", turn=2, basis=basis),
    ]  # fmt: skip
    people = [{"case": f"c{n}", "doc": f"I00{n}", "speaker": "B", "voice": "private", "art": "alle", "ort": "Nord"} for n in (1, 2)]
    tables = study(rows, turns(MINE, THEIRS) + turns(MINE, change, doc="I002", case="c2"), people)
    tables["speakers"]["quotable"] = quotable
    tables["quote_decisions"] = frame("quote_decisions", [{"line": 2, "doc": banned[0], "turn": banned[1], "start": 0, "end": 4, "pin": "nein"}])
    values = section.chapter(desk(tables))
    return values, page("welcome", values)


def test_quotes_stand_side_by_side_from_different_people() -> None:
    values, shown = chapter()
    one = values.themes[0]
    assert [[q.anchor for q in side.read] for side in one.quotes] == [["I001-1"], ["I002-1"]]
    assert one.told == (
        "Gelesen ist dazu etwas von zwei Befragten: eine erzählt nur davon, dass Willkommen oder Anerkennung verwehrt wurde, "
        "eine erzählt von beidem, willkommen zu sein und es nicht zu sein. Danach gefragt wurde niemand."
    )
    assert "misst keine Veränderung der Stadt" in shown
    assert "nach den Worten der befragten Person: besser" in shown
    assert "%" not in shown


def test_figures_of_groups_lead_to_who_it_is_and_where() -> None:
    values, shown = chapter()
    cells = [x for t in values.themes for g in t.groups for x in g.told]
    assert sorted((x.n, len(x.people)) for x in cells) == [(1, 1)] * 3
    both = next(x for x in cells if x.words == "beides")
    assert [q.anchor for p in both.people for q in p.turns] == ["I001-1", "I001-2"]
    for x in cells:
        assert f'<a href="#{x.id}">{x.n}</a>' in shown
        assert shown.count(f'id="{x.id}"') == 1


def test_with_nothing_read_everything_is_a_proposal() -> None:
    values, shown = chapter("proposed")
    assert all(not side.read and side.open for side in values.themes[0].quotes)
    assert not values.stories
    assert len(values.open_stories) == 1
    assert "noch von niemandem etwas gelesen" in shown
    assert "Vorschlag, ungelesen" in shown


def test_a_passage_that_people_never_want_quoted_is_not_chosen() -> None:
    values, _ = chapter(banned=("I002", 1))
    assert [[q.anchor for q in side.read] for side in values.themes[0].quotes] == [["I001-1"], ["I001-2"]]
    assert chapter(banned=("I002", 2))[0].n_stories == 0


def test_nobody_is_quoted_who_does_not_want_to_be() -> None:
    values, shown = chapter(quotable="no")
    assert values.n_stories == 0
    for words in (MINE, THEIRS, "Streit, und jetzt"):
        assert words not in shown
