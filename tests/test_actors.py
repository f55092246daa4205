"""Actors and cooperation: what is found in labelled sentences, what the list of actors does, what never comes out, and the chapter's figures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import SimpleNamespace as N
from typing import Any

import pandas as pd
import pytest
from conftest import HERE

from pipeline import actors, annotate, stance
from pipeline.acting import listing, masks, spans, sums
from pipeline.charts import network, network_places
from pipeline.problems import Stop
from pipeline.sections.answers.actors import chapter
from pipeline.tables import check, frame

CASES = HERE / "cases" / "actors"
NOWHERE = Path("/nowhere/actors.yaml")
SETTINGS = N(answers=N(group="gruppe", district="x"), variables={"gruppe": N(values={"g": "Leute", "verein": "Vereine"}, label="Gruppe")}, pseudonymise=N(keep=()))


def made(
    sentences: Iterable[tuple[str, str]], path: Path = NOWHERE, entities: list[dict[str, Any]] | None = None, plan: list[dict[str, Any]] | None = None,
    mentions: list[dict[str, Any]] | None = None, group: str = "g", one_case: bool = False, settings: Any = SETTINGS, quotable: str = "yes",
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """The stage's tables for (text, voice), one turn each."""
    turns, cases = [], []
    for n, (text, voice) in enumerate(sentences, 1):
        case = "C1" if one_case else f"C{n}"
        turns.append({"doc": "I001", "turn": n, "speaker": f"S{n}", "case": case, "role": "respondent", "t_start": float("nan"), "t_end": float("nan"), "text": text})
        cases.append({"case": case, "doc": "I001", "speaker": f"S{n}", "voice": voice, "gruppe": group})
    spoken = frame("turns", turns)
    parts = annotate.each(spoken, N(annotate=N(model="", region="")))
    tables = {name: frame(name, rows) for name, rows in parts.items()}
    scopes = frame("scopes", stance.each(spoken, tables["segments"], tables["tokens"], tables["types"], N())["scopes"])
    voices = frame("speakers", [{"doc": t["doc"], "speaker": t["speaker"], "case": t["case"], "turns": 1, "words": 9, "quotable": quotable} for t in turns])
    codes = frame("codes", [{"order": n, "code": c, "parent": "", "level": 0, "label": c, "through": "yes"} for n, c in enumerate(("K", "F"))])
    scope = [{"family": "cooperation", "code": "K", "given": "yes"}, {"family": "missing", "code": "F", "given": "yes"}]
    empty = {"name": "", "forms": "", "sex": "", "culture": "", "docs": "", "count": 1, "wordlike": "", "everywhere": "", "note": ""}
    done = actors.whole(
        frame("entities", [{**empty, **e} for e in entities or []]), frame("plan", plan or []), frame("cases", cases, ["gruppe"]), voices, spoken, tables["segments"], tables["tokens"],
        tables["types"], scopes, codes, frame("findings_scope", scope), frame("findings_mentions", mentions or []), settings, path,
    )  # fmt: skip
    return {name: frame(name, rows) for name, rows in done.items()}


def one(text: str, voice: str = "official", **more: Any) -> list[tuple[str, str, str]]:
    return sorted(zip(*(made([(text, voice)], **more)["findings_links"][c] for c in ("kind", "actor_a", "actor_b")), strict=True))


def mention(turn: int, end: int, code: str = "K", basis: str = "reviewed") -> dict[str, Any]:
    return {"mention": f"m{turn}", "doc": "I001", "turn": turn, "start": 0, "end": end, "code": code, "case": "C1", "basis": basis}


@cache
def measured(name: str) -> tuple[float, float, float, float]:
    """Precision and recall of places, then of statements."""
    cases = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    tables = made([(c["text"], c["voice"]) for c in cases])
    hits = {"span": [0, 0, 0], "link": [0, 0, 0]}
    for n, case in enumerate(cases, 1):
        at = {(m.start, m.end): m.actor for m in tables["actor_mentions"].itertuples() if m.turn == n}
        where = {text: (case["text"].find(text), case["text"].find(text) + len(text)) for text in case["spans"]}
        key = {"wir": "gruppe-leute", "": "", **{text: at.get(place, "?") for text, place in where.items()}}
        wanted = {(kind, frozenset((key[a], key[b]))) for kind, a, b in case["links"]}
        got = {(m.kind, frozenset((m.actor_a, m.actor_b))) for m in tables["findings_links"].itertuples() if m.turn == n}
        for what, true, found in (("span", set(where.values()), set(at)), ("link", wanted, got)):
            hits[what] = [a + b for a, b in zip(hits[what], (len(true & found), len(found - true), len(true - found)), strict=True)]
    (a, b, c), (d, e, f) = hits["span"], hits["link"]
    return a / (a + b), a / (a + c), d / (d + e), d / (d + f)


def test_labelled_sentences_used_in_developing() -> None:
    assert min(measured("develop")) > 0.95


def test_labelled_sentences_never_looked_at() -> None:
    places, places_found, links, links_found = measured("measure")
    assert min(places, places_found) >= 0.95
    assert links >= 0.78
    assert links_found >= 0.68


def test_what_a_sentence_says_of_cooperation() -> None:
    assert one("Wir arbeiten mit der Caritas zusammen.") == [("together", "gruppe-leute", "caritas")]
    assert one("Mit der Polizei haben wir keinen Kontakt.") == [("missing", "gruppe-leute", "polizei")]
    assert one("Das Jobcenter sitzt nie am Tisch.") == [("missing", "jobcenter", "")]
    assert one("Da müsste man mal mit der Feuerwehr zusammenarbeiten.") == [("wished", "gruppe-leute", "feuerwehr")]
    assert one("Im Jobcenter war es laut.") == []


def test_without_a_verb_we_work_well_with_somebody() -> None:
    assert one("Wir mit der Caritas, gut.", "private") == [("together", "gruppe-leute", "caritas")]
    assert one("Wir mit zwei Bussen zur Polizei, gut war das nicht.", "private") == []


def test_what_is_asked_or_only_believed_to_be_missing_is_no_line_of_the_net() -> None:
    text = "Die Caritas, die haben wir nicht eingeladen, glaube ich."
    tables = made([(text, "official"), ("Arbeiten wir nicht mit der Polizei zusammen?", "official"), ("Wir arbeiten mit der Awo zusammen.", "official")])
    assert dict(zip(tables["findings_links"]["turn"], tables["findings_links"]["doubt"], strict=True)) == {1: "yes", 2: "yes", 3: "no"}
    assert list(tables["findings_network"]["kind"]) == ["together"]
    told = made([(text, "official")])  # the group has no other statement
    assert [(p.a, p.b) for p in chapter(desk(told)).doubtful] == [("Gruppe: Leute", "Caritas")]
    shown = chapter(desk(tables))
    assert len(network.told(desk(tables))) == 1
    assert {(p.a, p.b) for p in shown.doubtful} == {("Gruppe: Leute", "Caritas"), ("Gruppe: Leute", "Polizei")}
    assert not shown.missing


def test_figures_lead_to_the_turns_that_they_count() -> None:
    tables = made([("Die Caritas und das Jobcenter, und noch mal die Caritas.", "official"), ("Die Caritas ist nett.", "private")])
    tables["cases"] = frame("cases", [{"case": f"C{n}", "doc": "I001", "gruppe": "g"} for n in (1, 2)], ["gruppe"])
    shown = chapter(desk(tables))
    caritas = next(a for _, rows in shown.kinds for a in rows if a.label == "Caritas")
    parts = shown.spoken[caritas.actor].groups
    assert [(g.value, len(g.people), sum(t.times for p in g.people for t in p.turns)) for g in parts] == [("g", caritas.n_cases, caritas.n_mentions)] == [("g", 2, 3)]


def test_somebody_private_does_not_cooperate_by_telephoning() -> None:
    assert one("Ich ruf dann bei der Polizei an.", "private") == []
    assert one("Ich ruf dann bei der Polizei an.", "official") == [("together", "gruppe-leute", "polizei")]


def test_read_and_proposed_are_never_one_figure() -> None:
    text = "Wir arbeiten mit der Caritas zusammen."
    tables = made([(text, "official")] * 3, mentions=[mention(1, len(text)), mention(2, len(text), basis="proposed")])
    row = tables["findings_network"].iloc[0]
    assert (row.n_reviewed, row.n_cases_reviewed, row.n_proposed, row.n_cases_proposed) == (1, 1, 2, 2)
    caritas = tables["actors"].set_index("actor").loc["caritas"]
    assert (caritas.n_links, caritas.n_links_proposed, caritas.n_mentions, caritas.n_cases) == (1, 2, 3, 3)


def test_people_and_not_sentences_are_counted() -> None:
    tables = made([("Wir arbeiten mit der Caritas zusammen.", "official")] * 3, one_case=True)
    row = tables["findings_network"].iloc[0]
    assert (row.n_proposed, row.n_cases_proposed) == (3, 1)
    spoken = tables["findings_speaks_of"].iloc[0]
    assert (spoken.group, spoken.actor, spoken.n_mentions, spoken.n_cases, spoken.n_group) == ("g", "caritas", 3, 1, 1)


def test_a_list_in_a_passage_on_a_round_table_joins_the_table() -> None:
    text = "Wir haben den runden Tisch, da sitzen alle. Die Caritas, die Polizei, die Gesamtschule."
    found = one(text, mentions=[mention(1, len(text))])
    assert found == [("together", "gruppe-leute", "runder-tisch"), *(("together", "runder-tisch", x) for x in ("caritas", "gesamtschule", "polizei"))]


ORG = {"entity": "E1", "kind": "org", "name": "Kaya Haus", "forms": "Kaya Haus", "status": "proposed", "level": "mask", "replacement": "[Einrichtung 1]"}
PERSON = {"entity": "P1", "kind": "person", "name": "Yilmaz", "forms": "Yilmaz", "status": "confirmed", "level": "pseudonym", "replacement": "Demir"}


def listed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "actors.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_real_name_is_found_by_its_placeholder_and_never_shown(tmp_path: Path) -> None:
    path = listed(tmp_path, "actors:\n- {name: Kaya Haus, kind: verein}\n")
    tables = made([("Wir arbeiten mit [Einrichtung 1] zusammen.", "official")], path, [ORG])
    assert list(tables["actor_mentions"]["form"]) == ["[Einrichtung 1]"]
    row = tables["actors"].set_index("label").loc["[Einrichtung 1]"]
    assert (row.kind, row.source) == ("verein", "list")
    assert not any("Kaya" in data.to_csv() or "kaya" in data.to_csv() for data in tables.values())


def test_a_general_name_may_stand_for_a_masked_one(tmp_path: Path) -> None:
    path = listed(tmp_path, "actors:\n- {name: Begegnungshaus, forms: [Kaya Haus]}\n")
    tables = made([("Wir arbeiten mit [Einrichtung 1] zusammen.", "official")], path, [ORG])
    assert "Begegnungshaus" in set(tables["actors"]["label"])
    assert not any("Kaya" in data.to_csv() for data in tables.values())


def test_a_name_that_turns_hold_in_clear_is_shown(tmp_path: Path) -> None:
    path = listed(tmp_path, "actors:\n- {name: LoheWohnen, kind: wirtschaft}\n")
    suspected = {**ORG, "name": "LoheWohnen", "forms": "LoheWohnen", "status": "suspected", "replacement": ""}
    tables = made([("LoheWohnen fehlt.", "private")], path, [suspected])
    assert list(zip(tables["findings_links"]["actor_a"], tables["findings_links"]["kind"], strict=True)) == [("lohewohnen", "missing")]


def test_a_persons_name_is_neither_looked_for_nor_shown(tmp_path: Path) -> None:
    path = listed(tmp_path, "actors:\n- {name: Yilmaz, forms: [Demir, Laden Yilmaz]}\n")
    tables = made([("Bei Yilmaz und bei Demir war ich.", "private")], path, [PERSON])
    assert not any("ilmaz" in data[c].str.cat() for data in tables.values() for c in data.columns if data[c].dtype != int and c != "form")
    assert "Yilmaz" not in set(tables["actor_mentions"]["form"])


def test_an_inflected_name_is_not_shown_either(tmp_path: Path) -> None:
    path = listed(tmp_path, "actors:\n- {name: Yilmazs Laden, kind: wirtschaft, forms: [Laden an der Ecke]}\n")
    tables = made([("Wir arbeiten mit dem Laden an der Ecke zusammen.", "official")], path, [PERSON])
    assert "Eintrag 1 in actors.yaml" in set(tables["actors"]["label"])
    assert not any("Yilmaz" in data.to_csv() for data in tables.values())


def test_of_those_who_may_not_be_quoted_no_spelling_is_kept() -> None:
    said = [("Wir arbeiten mit den Jugendämtern zusammen.", "official")]
    assert set(made(said)["actors"]["forms"]) == {"Jugendämtern", ""}
    tables = made(said, quotable="")
    assert (set(tables["actor_mentions"]["form"]), set(tables["actors"]["forms"])) == ({""}, {""})
    assert tables["actors"].set_index("actor").loc["jugendamt", "n_mentions"] == 1


def test_a_listed_name_whose_first_word_has_a_hyphen_is_found(tmp_path: Path) -> None:
    path = listed(tmp_path, "actors:\n- {name: AWO-Treff Mitte}\n- {name: Treff 60+}\n")
    tables = made([("Wir arbeiten mit dem AWO-Treff Mitte zusammen, auch der Treff 60+ hilft.", "official")], path)
    assert {"AWO-Treff Mitte", "Treff 60+"} <= set(tables["actors"]["label"])


def test_a_group_does_not_work_with_itself() -> None:
    text = "Unser Verein. Da arbeiten wir immer zusammen."
    rows = made([(text, "official")], mentions=[mention(1, len(text))], group="verein")["findings_links"]
    assert not [row for row in rows.itertuples() if row.actor_a == row.actor_b]


def test_what_is_only_suspected_is_no_actor() -> None:
    suspected = {**ORG, "status": "suspected", "replacement": ""}
    assert made([("Das Kaya Haus war voll.", "private")], entities=[suspected])["actors"].empty
    kept = {**ORG, "level": "keep"}
    assert list(made([("Das Kaya Haus war voll.", "private")], entities=[kept])["actors"]["label"]) == ["Kaya Haus"]


def test_hidden_takes_its_place_and_is_dropped(tmp_path: Path) -> None:
    path = listed(tmp_path, "actors:\n- {name: Feuerwehr, hide: ja}\n- {name: X2, forms: ['[Verein 3]'], hide: ja}\n")
    tables = made([("Wir arbeiten mit der Feuerwehr und [Verein 3] zusammen.", "official")], path)
    assert tables["actors"].empty
    assert tables["findings_links"].empty


def test_own_association_stands_for_the_group_only_where_the_group_is_called_so() -> None:
    assert list(made([("In unserem Verein ist viel los.", "private")], group="verein")["actor_mentions"]["actor"]) == ["gruppe-vereine"]
    assert list(made([("In unserem Verein ist viel los.", "private")])["actor_mentions"]["actor"]) == ["verein-ohne-namen"]


def test_faults_of_the_list_come_all_at_once_with_their_lines() -> None:
    text = "actors:\n- {name: A-Haus, kind: person}\n- {name: B-Haus, kind: verien}\n- {nam: C}\n"
    with pytest.raises(Stop) as stop:
        listing.parse(text)
    told = "\n".join(map(str, stop.value.problems))
    assert "actors.yaml:2: Einzelne Menschen gehören nicht" in told
    assert "actors.yaml:3:" in told
    assert "Meinten Sie »verein«?" in told
    assert "Meinten Sie »name«?" in told
    with pytest.raises(Stop, match="steht schon in Zeile 2"):
        listing.parse("actors:\n- {name: Tafel}\n- {name: Y, forms: [tafel]}\n")


@pytest.mark.parametrize("text", ["", "actors:", "actors: []", "# nichts\n"])
def test_an_empty_list_is_none(text: str) -> None:
    assert listing.parse(text) == ()


def test_hostile_names_and_texts(tmp_path: Path) -> None:
    path = listed(tmp_path, "actors:\n- {name: 'A.*(b', forms: ['((((x', '[[[', '<script>alert(1)</script>', '\\d+']}\n")
    text = "A.*(b " + "[[[Verein 1" * 200 + " <script>alert(1)</script> ]]] aaaa" + " mit" * 500
    tables = made([(text, "official")], path)
    assert not any(fault for name, data in tables.items() for fault in check(name, data))
    assert "script>alert(1)</script>" in set(tables["actor_mentions"]["form"])


def test_nothing_at_all() -> None:
    tables = made([], settings=N(answers=N(group="gibtsnicht", district="x"), variables={}, pseudonymise=N(keep=())))
    assert all(data.empty for data in tables.values())
    settings = N(answers=N(group="gibtsnicht", district="x"), variables={}, pseudonymise=N(keep=()))
    assert one("Wir arbeiten mit der Caritas zusammen.", settings=settings) == [("together", "befragte-ohne-angabe", "caritas")]


def test_places_keep_apart_and_are_found_by_their_sentence() -> None:
    rows = [(3, 0, 4, "a"), (1, 2, 6, ""), (3, 6, 9, "b"), (3, 6, 8, "c"), (3, 12, 13, "d"), (2, 3, 12, "e")]
    kept = spans._apart(rows)
    assert [(p.start, p.end, p.key) for p in kept] == [(6, 9, "b"), (12, 13, "d")]  # the hidden one took the place of `a`
    assert [[p.key for p in spans.inside(kept, *at)] for at in ((0, 6), (0, 7), (8, 12), (8, 20), (9, 12))] == [[], ["b"], ["b"], ["b", "d"], []]


def test_sums_by_hand() -> None:
    link = {"actor_a": "a", "actor_b": "b", "kind": "together", "basis": "reviewed", "case": "C1"}
    rows = sums.network([link, link, {**link, "basis": "proposed", "case": "C2"}, {**link, "kind": "missing"}])
    assert [(r["kind"], r["n_reviewed"], r["n_cases_reviewed"], r["n_proposed"], r["n_cases_proposed"]) for r in rows] == [("missing", 1, 1, 0, 0), ("together", 2, 1, 1, 1)]


def test_a_name_within_a_masked_one_reveals_it() -> None:
    known = masks.read(frame("entities", [{**ORG, "name": "Anker e. V.", "forms": "Anker e. V.", "count": 1}]), frame("plan", []))
    entry = listing.ActorEntry(name="Anker", forms=("Anker e. V.",))
    assert masks.shown_as(entry, 3, known) == "[Einrichtung 1]"
    assert masks.shown_as(listing.ActorEntry(name="Beratung im Anker e. V."), 3, known) == "Eintrag 3 in actors.yaml"
    assert masks.shown_as(listing.ActorEntry(name="Beratungsverein", forms=("Anker e. V.",)), 3, known) == "Beratungsverein"


def test_the_drawing_is_always_the_same_and_nothing_lies_on_another() -> None:
    names = {f"a{n}": (f"Einrichtung mit Namen {n}", "Verein, Verband") for n in range(30)}
    edges = [(f"a{n}", f"a{(n * 7 + 1) % 30}", "together", n % 2 == 0) for n in range(30)]
    first = network_places.places(edges, names, {}, 25)
    assert first == network_places.places(edges, names, {}, 25)
    assert (len(first.boxes), first.left_out) == (25, 5)
    for n, a in enumerate(first.boxes):
        assert a.x - a.wide / 2 >= 0
        assert a.x + a.wide / 2 <= network_places.WIDTH
        assert 0 <= a.y - a.high / 2 < a.y + a.high / 2 <= first.height
        assert all(abs(a.x - b.x) >= (a.wide + b.wide) / 2 or abs(a.y - b.y) >= (a.high + b.high) / 2 for b in first.boxes[n + 1 :])
    assert network_places.places([], {}, {}, 25).boxes == []


def desk(tables: dict[str, pd.DataFrame], proposals: bool = True) -> Any:
    return N(
        tables=tables, with_proposals=proposals, group_label="Gruppe", settings=SETTINGS, label={}, rows=lambda name: list(tables[name].itertuples()) if name in tables else [],
        value=lambda variable: lambda value: value.upper(), by_label=sorted,
        passage=lambda r: N(text="W", anchor=f"{r.doc}-{r.turn}", interview="Interview 1", turn=r.turn, clock="", who="X", case=r.case),
    )  # fmt: skip


def test_the_chapter_tells_read_and_proposed_apart() -> None:
    text = "Wir arbeiten mit der Caritas zusammen."
    tables = made([(text, "official")] * 2 + [("Das Jobcenter sitzt nie am Tisch.", "private")], mentions=[mention(1, len(text))])
    shown = chapter(desk(tables))
    assert shown.told.read == "Eine Aussage von einer befragten Person"
    assert shown.told.open == "Zwei Aussagen von zwei Befragten"
    assert [(p.a, p.b, p.read_words, p.open_words) for p in shown.together] == [("Gruppe: Leute", "Caritas", "eine Aussage von einer befragten Person", "eine Aussage von einer befragten Person")]
    assert [(p.a, p.b) for p in shown.absent] == [("Jobcenter", "")]
    only_read = chapter(desk(tables, proposals=False))
    assert (only_read.told.open, only_read.absent, len(network.told(desk(tables, proposals=False)))) == ("", [], 1)


def test_the_chapter_of_nothing() -> None:
    shown = chapter(desk({}))
    assert (shown.n_actors, shown.kinds, shown.heat, network.picture(desk({}))) == (0, [], None, None)
