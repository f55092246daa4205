"""The common denominator on constructed studies whose right field is known by hand: silence is not consent, exposure is not dissent."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline import common, evidence, guide, pages, wording
from pipeline.measures.common import compared, place
from pipeline.measures.denials import parted
from pipeline.sections.answers import common as section
from pipeline.sections.answers import common_words
from pipeline.sections.answers.desk import Desk
from pipeline.sections.material import Names
from pipeline.tables import check, frame

LEAVES = {"Z.mitreden": "Z", "Z.neben": "Z", "M.raum": "M", "K.zeit": "K", "S.name": "S", "S.amt": "S", "F.rahmen": "F"}
CODES = frame(
    "codes",
    [{"order": n, "code": c, "parent": LEAVES.get(c, ""), "level": int(c in LEAVES), "label": f"»{c}«", "coded": "yes", "through": "yes", "lack": "yes" if c == "M" else "no"}
     for n, c in enumerate(["Z", "M", "K", "S", "F", *LEAVES])],
)  # fmt: skip
FAMILIES = {"goals": ["Z"], "needs": ["M"], "costs": ["K"], "reasons": ["S"], "affected": ["S.name"], "frames": ["F"]}
SCOPE = frame(
    "findings_scope", [{"family": f, "code": c, "given": "yes"} for f, tops in FAMILIES.items() for t in tops for c in CODES["code"] if c == t or c.startswith(t + ".")]
)
GUIDE = """questions:
  - {id: L1, text: Was ist Ihnen wichtig, expects: [Z.mitreden, M.raum, K.zeit, S.name]}
  - {id: L2, text: Was steht im Weg, expects: [Z.neben]}
"""


class Study:
    """People of groups, each in a conversation of their own, with what they say as (code, about) and how it is known."""

    def __init__(self, tmp_path: Path, opposites: dict[str, tuple[str, ...]] | None = None) -> None:
        self.guide = tmp_path / "guide.yaml"
        self.guide.write_text(GUIDE, "utf-8")
        self.opposites = opposites or {}
        self.rows: dict[str, list[dict[str, Any]]] = {
            t: [] for t in ("cases", "turns", "segments", "questions", "reviewed", "findings_mentions", "findings_coverage", "suggestions")
        }

    def person(
        self, group: str, *says: str, asked: tuple[str, ...] = ("L1",), about: str = "all", basis: str = "reviewed", denies: str = "", read: bool = True,
        status: str = "asked", denied_by: str = "mk", denied_about: str = "all", stance: str = "affirmed",
    ) -> str:  # fmt: skip
        n = len(self.rows["cases"]) + 1
        doc = f"I{n:03d}"
        self.rows["cases"].append({"case": doc, "doc": doc, "speaker": "B", "gruppe": group})
        for turn, question in enumerate(asked, 1):
            at = {"doc": doc, "turn": turn}
            self.rows["turns"].append({**at, "speaker": "B", "case": doc, "role": "respondent", "text": "x" * 100})
            self.rows["segments"].append({**at, "seg": f"{doc}.{turn}", "start": 0, "end": 100})
            self.rows["questions"].append({**at, "question": question, "kind": "asked"})
            self.rows["findings_coverage"].append({"question": question, "case": doc, "status": status, "asked": 1, "words": 9, "turns": 1})
            if read:
                self.rows["reviewed"].append({**at, "start": 0, "end": 100, "raw_start": 0, "raw_end": 100, "coder": "mk", "mode": "interview"})
        for k, code in enumerate(says):
            self.rows["findings_mentions"].append(
                {"mention": f"m{doc}{k}", "doc": doc, "turn": 1, "start": 10 * k, "end": 10 * k + 9, "code": code, "case": doc, "about": about, "basis": basis, "stance": stance, "coder": "mk"}
            )
        if denies:
            self.rows["suggestions"].append(
                {"coding": f"c{doc}", "doc": doc, "turn": 1, "start": 90, "end": 99, "code": denies, "case": doc, "coder": denied_by, "reason": "verneint", "about": denied_about,
                 "score": 0.0}
            )  # fmt: skip
        return doc

    def run(self) -> dict[str, pd.DataFrame]:
        made = {t: frame(t, rows, ("gruppe",)) for t, rows in self.rows.items()}
        made["segments"] = frame("segments", self.rows["segments"])
        settings = SimpleNamespace(
            variables={"gruppe": SimpleNamespace(label="Gruppe", values={})}, findings=SimpleNamespace(tests=False, groups=()),
            answers=SimpleNamespace(group="gruppe", opposites=self.opposites),
        )  # fmt: skip
        figures = frame("findings_codes", [dict.fromkeys(_INTS, 0) | {"order": n, "code": c} for n, c in enumerate(CODES["code"])])
        made["findings_mentions"], denied = parted(made["findings_mentions"], CODES)
        shared = {t: made[t] for t in ("cases", "turns", "segments", "questions", "reviewed", "findings_mentions")}
        first = evidence.whole(
            **shared, vectors=frame("vectors", []), codes=CODES, suggestions=made["suggestions"], quote_decisions=frame("quote_decisions", []),
            findings_scope=SCOPE, findings_codes=figures, findings_denials=denied, settings=settings, guide_file=self.guide,
        )  # fmt: skip
        found = {t: frame(t, rows) for t, rows in first.items()}
        second = common.whole(
            **shared, codes=CODES, findings_scope=SCOPE, findings_coverage=made["findings_coverage"], findings_quotes=found["findings_quotes"],
            findings_against=found["findings_against"], settings=settings, guide_file=self.guide,
        )  # fmt: skip
        found |= {t: frame(t, rows) for t, rows in second.items()}
        assert [fault for t, data in found.items() for fault in check(t, data)] == []
        return found

    def field(self, code: str, basis: str = "reviewed") -> tuple[str, str]:
        rows = self.run()["findings_common"]
        row = rows[(rows["code"] == code) & (rows["basis"] == basis)].iloc[0]
        return row["field"], row["reason"]

    def states(self, code: str, basis: str = "reviewed") -> dict[str, str]:
        rows = self.run()["findings_common_groups"]
        rows = rows[(rows["code"] == code) & (rows["basis"] == basis)]
        return dict(zip(rows["group"], rows["status"], strict=True))


_INTS = [c for c, kind in frame("findings_codes", []).dtypes.items() if kind == "int64"]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path)


def test_shared_is_what_every_asked_group_voices_and_nobody_denies(study: Study) -> None:
    for group in ("amt", "verein", "jugend"):
        study.person(group, "Z.mitreden")
    study.person("verein")  # a second one of the club says nothing: the group still voices it
    assert study.field("Z.mitreden") == ("shared", "")
    row = study.run()["findings_common"].query("code == 'Z.mitreden'").iloc[0]
    assert (row["n_groups"], row["n_groups_asked"], row["n_groups_voiced"], row["n_asked"], row["n_asked_voiced"]) == (3, 3, 3, 4, 3)
    assert (row["lowest"], row["balanced"], row["aspect"]) == (0.5, round((1 + 0.5 + 1) / 3, 6), "goal")


def test_the_group_whose_silence_is_not_consent(study: Study) -> None:
    for group in ("amt", "verein", "kirche"):
        study.person(group, "M.raum")
    study.person("jugend")  # asked, read, says nothing
    assert study.states("M.raum")["jugend"] == "silent"
    assert study.field("M.raum") == ("open", "passed_over")


def test_a_group_that_was_not_asked_neither_shares_nor_hinders(study: Study) -> None:
    for group in ("amt", "verein", "kirche"):
        study.person(group, "M.raum")
    study.person("jugend", asked=())
    assert study.states("M.raum")["jugend"] == "not asked"
    assert study.field("M.raum") == ("shared", "")
    row = study.run()["findings_common"].query("code == 'M.raum'").iloc[0]
    assert (row["n_groups"], row["n_groups_asked"], row["n_groups_voiced"]) == (4, 3, 3)


def test_a_voice_from_a_group_that_was_not_asked_makes_no_group_of_those_asked(study: Study) -> None:
    study.person("amt", "M.raum")
    study.person("verein", "M.raum")
    study.person("kirche", "M.raum", asked=("L2",))
    assert study.states("M.raum") == {"amt": "voiced", "kirche": "voiced", "verein": "voiced"}
    assert study.field("M.raum") == ("open", "few_groups")


def test_one_who_says_no_makes_it_differ_even_in_the_group_that_says_yes(study: Study) -> None:
    for group in ("amt", "verein", "jugend"):
        study.person(group, "M.raum")
    study.person("verein", denies="M.raum")
    assert study.states("M.raum") == {"amt": "voiced", "jugend": "voiced", "verein": "both"}
    assert study.field("M.raum") == ("differing", "within")


def test_opposites_are_dissent_in_the_direction_the_study_names_and_cover_children(tmp_path: Path) -> None:
    study = Study(tmp_path, {"Z": ("K",)})
    for group in ("amt", "verein", "jugend"):
        study.person(group, "Z.mitreden")
    study.person("kirche", "K.zeit")
    assert study.field("Z.mitreden") == ("differing", "between")
    assert study.states("Z.mitreden")["kirche"] == "denied"
    assert study.field("K.zeit") == ("open", "passed_over")  # nobody said that goals speak against costs
    against = study.run()["findings_against"]
    assert set(against["code"]) == {"Z", "Z.mitreden", "Z.neben"}


def test_asymmetric_exposure_is_not_dissent(study: Study) -> None:
    study.person("jugend", "S.name", about="self")
    study.person("verein", "S.name", about="self+institution")
    study.person("amt")
    study.person("kirche", denies="S.name", denied_about="self")  # »mir ist das nie passiert«
    assert study.field("S.name") == ("affected", "")
    assert study.states("S.name") == {"amt": "silent", "jugend": "voiced", "kirche": "silent", "verein": "voiced"}
    against = study.run()["findings_against"]
    assert list(against["kind"]) == ["not_exposed"]
    study.person("amt", denies="S.name", denied_about="all")  # »das gibt es hier nicht«
    assert study.field("S.name") == ("differing", "between")


def test_what_people_coded_as_denied_is_a_denial_and_no_voice(study: Study) -> None:
    for group in ("amt", "verein"):
        study.person(group, "Z.mitreden", "S.name", about="self")
    study.person("jugend", "Z.mitreden", stance="negated+past")
    study.person("jugend", "S.name", stance="negated", about="self")  # »ich wurde nie …«
    assert study.states("Z.mitreden")["jugend"] == "denied"
    assert study.field("Z.mitreden") == ("differing", "between")
    assert study.states("S.name")["jugend"] == "silent"
    assert study.field("S.name") == ("affected", "")


def test_an_opposite_of_a_whole_family_is_no_dissent_to_what_happened_to_people(tmp_path: Path) -> None:
    study = Study(tmp_path, {"S": ("Z.neben",)})
    study.person("jugend", "S.name", "S.amt", about="self")
    study.person("amt", "Z.neben")
    assert study.field("S.name")[0] == "affected"
    assert study.field("S.amt") == ("differing", "between")


def test_only_of_oneself_is_reported_only_by_those_it_happens_to(study: Study) -> None:
    study.person("jugend", "K.zeit", about="self")
    study.person("amt")
    study.person("kirche")
    assert study.field("K.zeit") == ("affected", "")
    study.person("jugend", "K.zeit", about="all")
    assert study.field("K.zeit") == ("open", "passed_over")


def test_what_was_reported_by_every_group_asked_is_shared_though_it_only_happens_to_some(study: Study) -> None:
    for group in ("amt", "verein", "jugend"):
        study.person(group, "S.name", about="self")
    assert study.field("S.name") == ("shared", "")


def test_open_says_why(study: Study) -> None:
    study.person("amt")
    study.person("verein", "S.amt")
    study.person("jugend", denies="K.zeit")
    assert study.field("M.raum") == ("open", "unsaid")
    assert study.field("S.amt") == ("open", "unasked")  # no question of the guide asks for it
    assert study.field("Z.neben") == ("open", "unasked")  # in the guide, but put to nobody
    assert study.field("K.zeit") == ("open", "denied")


def test_two_groups_are_too_few_unless_the_study_has_but_two(study: Study) -> None:
    study.person("amt", "M.raum")
    study.person("verein", "M.raum")
    assert study.field("M.raum") == ("shared", "")
    study.person("jugend", asked=())
    assert study.field("M.raum") == ("open", "few_groups")


def test_one_group_alone_shares_nothing(study: Study) -> None:
    study.person("amt", "M.raum")
    study.person("amt", "M.raum")
    assert study.field("M.raum") == ("open", "few_groups")


def test_who_evaded_did_not_agree(study: Study) -> None:
    for group in ("amt", "verein", "kirche"):
        study.person(group, "M.raum")
    study.person("jugend", status="evaded")
    study.person("jugend", status="refused", read=False)
    assert study.states("M.raum")["jugend"] == "evaded"
    assert study.field("M.raum") == ("open", "passed_over")
    study.person("jugend")
    assert study.states("M.raum")["jugend"] == "silent"


def test_what_nobody_has_read_is_no_silence(study: Study) -> None:
    for group in ("amt", "verein", "kirche"):
        study.person(group, "M.raum")
    study.person("jugend", read=False)
    assert study.states("M.raum")["jugend"] == "unread"
    assert study.field("M.raum") == ("open", "so_far"), "in every group that is read, and no common denominator before the others are"
    assert study.field("K.zeit") == ("open", "unread")
    study.person("amt", denies="M.raum")
    assert study.field("M.raum")[0] == "differing"


def test_two_groups_that_are_read_are_not_yet_all(study: Study) -> None:
    for group in ("amt", "verein"):
        study.person(group, "M.raum")
    study.person("jugend", read=False)
    assert study.field("M.raum") == ("open", "unread")


def test_who_is_not_read_has_passed_over_nothing(study: Study) -> None:
    study.person("jugend", "K.zeit")
    study.person("amt")
    study.person("kirche", read=False)
    assert study.field("K.zeit") == ("open", "unread")
    study.rows["findings_mentions"][0]["about"] = "self"
    assert study.field("K.zeit") == ("open", "unread"), "whether only those it happens to report it is known when all are read"


def test_looking_at_proposals_alone_is_no_reading(study: Study) -> None:
    study.person("amt", "M.raum")
    study.person("jugend")
    study.rows["reviewed"][1]["mode"] = "queue"
    assert study.states("M.raum")["jugend"] == "unread"


def test_unknown_is_no_group(study: Study) -> None:
    for group in ("amt", "verein", "kirche"):
        study.person(group, "M.raum")
    study.person("", denies="M.raum")
    assert set(study.states("M.raum")) == {"amt", "verein", "kirche"}
    assert study.field("M.raum") == ("shared", "")


def test_proposals_change_the_other_picture_only(study: Study) -> None:
    study.person("amt", "M.raum")
    study.person("verein", "M.raum", basis="proposed", read=False)
    study.person("jugend", "M.raum", basis="proposed", read=False)
    assert study.field("M.raum") == ("open", "unread")
    assert study.field("M.raum", "proposed") == ("shared", "")
    study.person("amt", denies="M.raum", denied_by="rule")
    assert study.states("M.raum")["amt"] == "voiced"
    assert study.field("M.raum", "proposed") == ("differing", "within")


def test_where_proposals_are_taken_for_true_nothing_is_unread(study: Study) -> None:
    for group in ("amt", "verein", "kirche"):
        study.person(group, "M.raum", basis="proposed", read=False)
    study.person("jugend", read=False)
    assert study.states("M.raum")["jugend"] == "unread"
    assert study.states("M.raum", "proposed")["jugend"] == "silent"
    assert study.field("M.raum", "proposed") == ("open", "passed_over")


def test_without_proposals_there_is_no_second_picture(study: Study) -> None:
    study.person("amt", "M.raum")
    assert set(study.run()["findings_common"]["basis"]) == {"reviewed"}


@pytest.mark.parametrize("doubled", ["amt", "verein", "jugend", "kirche"])
def test_a_group_of_twice_the_size_changes_neither_field_nor_order(tmp_path: Path, doubled: str) -> None:
    def build(copies: dict[str, int]) -> list[tuple[Any, ...]]:
        study = Study(tmp_path, {"Z.neben": ("K.zeit",)})
        people: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
            ("amt", ("Z.mitreden", "M.raum"), {"asked": ("L1", "L2")}), ("amt", ("Z.mitreden",), {}), ("verein", ("Z.mitreden", "K.zeit"), {}), ("verein", (), {}),
            ("jugend", ("Z.mitreden", "S.name"), {"about": "self"}), ("jugend", (), {"denies": "M.raum"}), ("kirche", ("Z.mitreden", "Z.neben"), {"asked": ("L1", "L2")}),
            ("kirche", (), {"read": False}),
        ]  # fmt: skip
        for group, says, more in people:
            for _ in range(copies.get(group, 1)):
                study.person(group, *says, **more)
        rows = study.run()["findings_common"]
        order = rows.sort_values(["n_groups_voiced", "lowest", "balanced", "code"], ascending=[False, False, False, True])
        return list(order[["code", "field", "reason", "n_groups_voiced", "lowest", "balanced"]].fillna(-1).itertuples(index=False, name=None))

    once = build({})
    assert {field for _, field, *_ in once} == {"shared", "differing", "affected", "open"}
    assert build({doubled: 2}) == once == build({doubled: 5})


def test_quotes_of_every_group_and_what_speaks_against(study: Study) -> None:
    for group in ("amt", "verein", "jugend"):
        study.person(group, "M.raum")
    loser = study.person("verein", denies="M.raum")
    found = study.run()
    rows = found["findings_common_groups"].query("code == 'M.raum'").set_index("group")
    assert list(rows["mention"]) == ["mI0010", "mI0030", "mI0020"]
    place_ = found["findings_against"].query("code == 'M.raum'").iloc[0]
    assert rows.loc["verein", "against"] == place_["place"] != ""
    assert (place_["case"], place_["kind"], place_["basis"]) == (loser, "denied", "reviewed")


def test_the_finest_categories_are_compared_and_frames_are_not(study: Study) -> None:
    families: dict[str, set[str]] = {f: {c for c in CODES["code"] if any(c == t or c.startswith(t + ".") for t in tops)} for f, tops in FAMILIES.items()}
    assert compared(CODES, families) == {"Z.mitreden": "goal", "Z.neben": "goal", "M.raum": "measure", "K.zeit": "cost", "S.name": "reason", "S.amt": "reason"}
    assert compared(CODES, {}) == {}


def test_nothing_at_all(tmp_path: Path) -> None:
    study = Study(tmp_path)
    assert study.run()["findings_common"].empty
    study.person("amt", asked=())
    study.guide.unlink()
    assert set(study.run()["findings_common"]["reason"]) == {"unasked"}


def test_denial_without_a_voice_is_not_differing() -> None:
    asked = {"n_asked": 1}
    assert place([{**asked, "status": "denied"}, {**asked, "status": "silent"}], False, False) == ("open", "denied")


def test_where_a_goal_is_shared_but_not_its_measure_or_price() -> None:
    rows = [SimpleNamespace(code=c, aspect=a, field=f) for c, a, f in (("Z", "goal", "shared"), ("M", "measure", "differing"), ("K", "cost", "open"))]
    assert common_words.contrasts(rows, {"Z": "Mitreden", "M": "Räume"}, True) == [
        "Gemeinsam ist das Ziel: »Mitreden«. Eine gemeinsame Maßnahme ist daneben nicht zu erkennen; verschieden gesehen: »Räume«.",
        "Gemeinsam ist das Ziel: »Mitreden«. Was es kostet, ist daneben nicht als gemeinsam zu erkennen.",
    ]
    assert common_words.contrasts(rows[1:], {}, True) == []


def gap(part: str) -> pd.DataFrame:
    return frame("quality_fairness", [{"part": part, "variety": "x", "n": 9, "recall": 0.5, "gap": 0.3, "told": "Lernerdeutsch wird seltener erkannt."}])


def page(study: Study, tests: list[dict[str, Any]] | None = None, counts: str = "proposals", consent: str = "analysis+quotes", fairness: pd.DataFrame | None = None) -> str:
    """The chapter as HTML."""
    found = study.run()
    made = {t: frame(t, rows, ("gruppe",)) for t, rows in study.rows.items()}
    cases = made["cases"]
    speakers = frame("speakers", [{"doc": d, "speaker": "B", "consent": consent, "turns": 1, "words": 1} for d in cases["doc"]])
    release = [{"mention": m, "n_alike": 1, "consent": "yes" if "quotes" in consent else ""} for m in made["findings_mentions"]["mention"]]
    tables = {
        **made, **found, "codes": CODES, "speakers": speakers, "moments": frame("moments", []), "findings_release": frame("findings_release", release),
        "quote_decisions": frame("quote_decisions", []), "findings_tests": frame("findings_tests", tests or []),
        **{name: frame(name, []) for name in ("quality", "quality_codes", "quality_prevalence")}, "quality_fairness": frame("quality_fairness", []) if fairness is None else fairness,
        "model_codes": frame("model_codes", [{"order": n, "code": code, "n_anchors": 0, "n_reviewed": 0, "n_varieties": 0, "served": "yes"} for n, code in enumerate(CODES["code"])]),
    }  # fmt: skip
    variables = {"gruppe": SimpleNamespace(label="Gruppe", values={"amt": "Verwaltung", "jugend": "Jugend"}, aliases=())}
    settings: Any = SimpleNamespace(variables=variables, answers=SimpleNamespace(group="gruppe", district="ort"), report=SimpleNamespace(counts=counts))
    desk = Desk(tables, settings, Names(settings, cases, frame("documents", [])), guide.load(study.guide))
    return render(section.chapter(desk))


def render(values: SimpleNamespace) -> str:
    pages_ = pages.environment()
    pages_.filters["capitalfirst"] = wording.capital
    source = '{% import "macros.html.j2" as ui with context %}{% include "answers/common.html.j2" %}'
    return " ".join(pages_.from_string(source).render(c=values, study=SimpleNamespace(language="de")).split())


def test_the_chapter_tells_fields_groups_and_figures_in_words(study: Study) -> None:
    for group in ("amt", "verein", "jugend"):
        study.person(group, "Z.mitreden")
    study.person("amt")
    study.person("amt", denies="M.raum")
    study.person("verein", "M.raum")
    html = page(study)
    assert "Gemeinsam über alle befragten Gruppen, die gefragt wurden" in html
    assert "in jeder der drei gefragten Gruppen, bei mindestens einer von drei Gefragten" in html
    assert "Was es kostet, ist daneben nicht als gemeinsam zu erkennen" in html
    assert "● nennt es:</span> Verwaltung · Jugend · verein" in html  # the study's order, then the alphabet; text beside the sign
    assert "Gegenteiliges in einer Gruppe" in html
    assert "Gegenteiliges heißt hier: es wird verneint." in html
    assert "%" not in re.sub(r'href="[^"]*"', "", html)  # no per cent of people; an address may hold the sign
    assert "Wenn die Vorschläge zuträfen" not in html


def test_proposals_stand_in_a_dashed_box_of_their_own(study: Study) -> None:
    for group in ("amt", "verein", "jugend"):
        study.person(group, "M.raum", basis="proposed", read=False)
    html = page(study)
    assert "Noch ist dazu keine Stelle gelesen" in html
    assert html.index('<div class="proposal" id="nenner-vorschlag">') < html.index("»M.raum«")
    assert "Kein Befund." in html
    assert "Wenn die Vorschläge zuträfen" not in page(study, counts="reviewed")


def test_the_picture_of_proposals_leaves_out_what_the_model_does_not_find_alike(study: Study) -> None:
    for group in ("amt", "verein", "jugend"):
        study.person(group, "M.raum", "S.amt", basis="proposed", read=False)
    assert "Weggelassen" not in page(study)
    one = page(study, fairness=gap("M"))
    box = one[one.index('id="nenner-vorschlag"') :]
    assert "Lernerdeutsch wird seltener erkannt. Weggelassen ist eine Kategorie: »»M.raum««." in box
    assert 'id="nenner-vorschlag-M.raum"' not in box
    assert 'id="nenner-vorschlag-S.amt"' in box
    two = pd.concat([gap("M"), gap("Z").assign(told="Jugendsprache wird seltener erkannt.")], ignore_index=True)
    assert "Jugendsprache" not in page(study, fairness=two)  # nothing of that category is left out
    every = page(study, fairness=gap("all"))
    assert "Lernerdeutsch wird seltener erkannt. Das Bild ist nicht gezeigt" in every
    assert "Kein Befund." not in every


def test_the_chapter_shows_no_words_of_people_who_may_not_be_quoted(study: Study) -> None:
    study.person("amt", "M.raum", denies="M.raum")
    assert "xxx" in page(study)
    assert "xxx" not in page(study, consent="analysis")


def test_tests_stand_in_the_chapter_only_on_request_and_say_what_they_are_not(study: Study) -> None:
    study.person("amt", "M.raum")
    assert "Exakte Tests" not in page(study)
    html = page(study, [{"code": "M.raum", "variable": "gruppe", "n": 8, "n_said": 4, "groups": 2, "p": 0.0286, "p_all": 0.2, "method": "exact"}])
    assert "Das ist keine Umfrage" in html
    assert "0,029" in html
    assert "4 von 8" in html


def test_a_chapter_without_groups_says_what_it_needs(study: Study) -> None:
    assert "Dafür braucht es Befragte" in page(study)
