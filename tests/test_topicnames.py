"""Topics keep the names people gave them, whatever the number; merged, split, hidden; phrases and quotes of what was really said."""

from __future__ import annotations

import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from conftest import lay_out
from conftest import run as analyze

from pipeline import tables
from pipeline.adopt import adopt
from pipeline.annotate import each as annotate
from pipeline.crossing.bearing import bearing
from pipeline.crossing.cells import topic_codes
from pipeline.editable import render
from pipeline.study import Study, Topics
from pipeline.topicnames.edits import parse
from pipeline.topicnames.labels import NO_WORDS, three_words
from pipeline.topicnames.matching import likeness, match
from pipeline.topicnames.phrases import Runs
from pipeline.topicnames.quotes import LONGEST, SHORTEST
from pipeline.topicnames.spoken import gather
from pipeline.topics import whole

Frames = dict[str, Any]  # table -> frame

# Sentences by theme; {} is filled with a running word so that no two are the same.
SAID = {
    "H01": [
        "Wir trinken immer {} Kaffee nach dem Freitagsgebet, und dann reden alle in der Moschee.",
        "Der {} Kaffee nach den Freitagsgebeten in der Moschee ist für unsere Nachbarn offen.",
        "In der Moschee gibt es {} Tee, und die Nachbarn kommen gern zum Freitagsgebet dazu.",
    ],
    "H02": [
        "Im Garten haben wir {} Beete, eine Laube und hinten am Zaun die Tomaten.",
        "Die Tomaten im Garten gießt {} der Nachbar, wenn ich die Laube streiche.",
    ],
    "H03": [
        "Das Amt schickt {} Briefe mit Formularen, und den Antrag versteht dann keiner.",
        "Für den Antrag beim Amt braucht man {} Stempel, sonst geht das Formular zurück.",
    ],
}  # fmt: skip
TERMS = {
    "H01": "Kaffee Freitagsgebet Moschee Tee Nachbar".split(),
    "H02": "Garten Tomate Beet Laube Zaun".split(),
    "H03": "Amt Antrag Formular Brief Stempel".split(),
}
FILL = "heute gestern morgens abends sonntags freitags oft manchmal meistens selten früher inzwischen".split()
SHARES = {"H01": 5, "H02": 3, "H03": 2}


def made(docs: int = 4, swap: bool = False, silent: str = "") -> Frames:
    """A corpus whose themes are known. `swap` gives the themes other numbers, as a new run may; `silent` may not be quoted."""
    names = {"H01": "H03", "H02": "H01", "H03": "H02"} if swap else {name: name for name in SAID}
    turns, speakers, themes_of = [], [], []
    for d in range(1, docs + 1):
        doc = f"I{d:03d}"
        speakers.append({"doc": doc, "speaker": "B", "role": "respondent", "confidence": 1.0, "turns": 1, "words": 1, "case": doc, "quotable": "no" if doc == silent else "yes"})
        turn = 0
        for theme, share in SHARES.items():
            for n in range(share * 2):
                turn += 1
                text = SAID[theme][n % len(SAID[theme])].format(FILL[(n + d) % len(FILL)])
                turns.append({"doc": doc, "turn": turn, "speaker": "B", "case": doc, "role": "respondent", "t_source": "none", "text": text})
                themes_of.append((doc, turn, names[theme]))
    data = {"turns": tables.frame("turns", turns), "speakers": tables.frame("speakers", speakers)}
    parts = annotate(data["turns"], SimpleNamespace(annotate=Study().annotate))
    data |= {name: tables.frame(name, parts[name]) for name in ("segments", "tokens", "types")}
    of = {(doc, turn): theme for doc, turn, theme in themes_of}
    case = {doc: doc for doc, _, _ in themes_of}
    dice = random.Random(7)
    rows = [
        {"doc": s.doc, "turn": s.turn, "seg": s.seg, "case": case[s.doc], "question": "", "theme": of[s.doc, s.turn],
         "weight": round(0.5 + 0.4 * dice.random(), 3), "second": "H09", "second_weight": round(0.1 + 0.3 * dice.random(), 3)}
        for s in data["segments"].itertuples()
    ]  # fmt: skip
    data["segment_themes"] = tables.frame("segment_themes", rows)
    data["themes"] = tables.frame("themes", [
        {"theme": names[t], "n_segments": 1, "stability": 0.8, "steady": 0.9, "halves": 0.5, "worded": 0.6, "firm": "yes", "coherence": 0.2, "echo": 0.0, "echo_question": "", "x": 0.1, "y": 0.2} for t in SAID
    ])  # fmt: skip
    data["theme_terms"] = tables.frame("theme_terms", [
        {"theme": names[t], "rank": r, "term": w, "weight": 1 / r} for t, words in TERMS.items() for r, w in enumerate(words, 1)
    ])  # fmt: skip
    return data


@pytest.fixture(scope="module")
def corpus() -> Frames:
    return made()


def run(data: Frames, folder: Path, text: str = "") -> Frames:
    path = folder / "topics.yaml"
    path.write_text(text, "utf-8")
    found = whole(**data, settings=SimpleNamespace(topics=Topics()), topics_file=path)
    return {name: tables.frame(name, rows) for name, rows in found.items()}


def entry(theme: str, *lines: str) -> str:
    return "\n    ".join([f"  - terms: [{', '.join(TERMS[theme])}]", *lines]) + "\n"


def labels(found: Frames) -> dict[str, str]:
    return dict(zip(found["topics"]["topic"], found["topics"]["label"], strict=True))


def test_without_a_file_topics_are_the_themes_by_size(corpus: Frames, tmp_path: Path) -> None:
    found = run(corpus, tmp_path)
    assert found["topics"]["topic"].tolist() == ["T01", "T02", "T03"]
    assert found["topics"]["n_segments"].tolist() == [40, 24, 16]
    assert found["topics"]["words"].tolist()[1:] == ["Garten · Tomate · Beet", "Amt · Antrag · Formular"]
    assert found["topics"]["n_cases"].tolist() == found["topics"]["n_docs"].tolist() == [4, 4, 4]
    assert found["topics"]["largest_case_share"].tolist() == [0.25] * 3
    assert found["topics"]["share"].sum() == pytest.approx(1)
    assert set(found["segment_topics"]["seg"]) == set(corpus["segment_themes"]["seg"])
    for name, data in found.items():
        assert tables.check(name, data) == []


def test_the_phrase_is_found_in_all_its_forms_and_names_the_topic(corpus: Frames, tmp_path: Path) -> None:
    found = run(corpus, tmp_path)
    first = found["topic_phrases"][found["topic_phrases"]["topic"] == "T01"]
    assert first["phrase"].iloc[0] == "Kaffee nach dem Freitagsgebet"
    texts = corpus["turns"]["text"]
    assert first["n_segments"].iloc[0] == texts.str.contains("Kaffee nach de[mn] Freitagsgebet").sum()
    assert first["n_cases"].iloc[0] == 4
    assert labels(found)["T01"].endswith("(Kaffee nach dem Freitagsgebet)")
    assert found["topic_phrases"].groupby("topic").size().max() <= 5


SPOKEN = {
    "verbs": ("Gestern konnte mein {} Auto stehen bleiben, da will man der Straße helfen und mit dem Auto parken.", "Auto Straße"),
    "nominal": ("Der runde Tisch redet {} über parkende Autos, über den Kaffee nach dem Freitagsgebet und die Fahrt nach Gelsenkirchen.", "Tisch Auto Kaffee Fahrt"),
}  # fmt: skip


@pytest.mark.parametrize("small", [False, True])
def test_phrases_are_nominal(corpus: Frames, small: bool) -> None:
    """Also where a verb is taken for a noun; interviews all in small letters keep their nouns."""
    docs = corpus["turns"]["doc"].tolist()
    texts = [SPOKEN["verbs" if n % 2 else "nominal"][0].format("") for n in range(len(docs))]
    turns = corpus["turns"].assign(text=texts)
    data = remade(corpus, turns)
    themes = data["segments"][["doc", "turn", "seg"]].assign(case=lambda d: d["doc"], question="", theme="H01", weight=0.5, second="", second_weight=0.0)
    kinds = data["types"].copy()
    taken = kinds["form"].isin(["stehen", "helfen"])
    assert taken.sum() >= 2
    kinds.loc[taken, ["pos", "tag"]] = ["NOUN", "NN"]
    if small:
        kinds["form"] = kinds["form"].str.lower()
    spoken = gather(turns, data["segments"], data["tokens"], kinds, data["speakers"], themes)
    runs = Runs(spoken)
    said = {runs._surface(n) for n in range(len(runs.first))}
    assert {"runde Tisch", "parkende Autos", "Kaffee nach dem Freitagsgebet", "Fahrt nach Gelsenkirchen"} <= said
    assert ("Auto stehen" in said) is ("Straße helfen" in said) is small
    assert "Auto parken" not in said
    if not small:
        assert not [phrase for phrase in said if phrase[-1:] and phrase.split()[-1][0].islower()]


def test_what_one_person_says_ranks_behind_and_names_nothing(corpus: Frames, tmp_path: Path) -> None:
    turns = corpus["turns"].copy()
    alone = turns["doc"] == "I001"
    turns["text"] = [t if a else t.replace("Kaffee nach", "Kaffee, eben").replace("Freitagsgebet,", "Freitagsgebet;") for t, a in zip(turns["text"], alone, strict=True)]
    data = remade(corpus, turns)
    found = run(data, tmp_path)
    phrases = found["topic_phrases"][found["topic_phrases"]["topic"] == "T01"]
    cases = phrases["n_cases"].tolist()
    mine = phrases[phrases["phrase"].str.startswith("Kaffee nach")]
    assert mine["n_cases"].tolist() == [1]
    assert sorted(cases, key=lambda n: n < 2) == cases
    assert "Kaffee nach" not in labels(found)["T01"]
    silent = data["speakers"].assign(quotable=["no" if d == "I001" else "yes" for d in data["speakers"]["doc"]])
    assert not run({**data, "speakers": silent}, tmp_path)["topic_phrases"]["phrase"].str.startswith("Kaffee nach").any()


def silenced(data: Frames, *docs: str) -> Frames:
    return {**data, "speakers": data["speakers"].assign(quotable=["no" if d in docs else "yes" for d in data["speakers"]["doc"]])}


def test_phrases_are_those_of_people_who_may_be_quoted(corpus: Frames, tmp_path: Path) -> None:
    """Two silent people with one phrase show nothing, though they are two."""
    turns = corpus["turns"].copy()
    two = turns["doc"].isin(["I001", "I002"])
    turns["text"] = [t if a else t.replace("Kaffee nach", "Kaffee, eben").replace("Freitagsgebet,", "Freitagsgebet;") for t, a in zip(turns["text"], two, strict=True)]
    data = remade(corpus, turns)
    shown = run(data, tmp_path)
    assert shown["topic_phrases"].set_index("phrase").loc["Kaffee nach dem Freitagsgebet", "n_cases"] == 2
    assert "Kaffee nach dem Freitagsgebet" in labels(shown)["T01"]
    nothing = run(silenced(data, "I001", "I002"), tmp_path)
    assert not nothing["topic_phrases"]["phrase"].str.contains("Kaffee nach").any()
    assert nothing["topic_phrases"]["phrase"].str.len().min() > 0
    assert "Kaffee nach" not in edited(nothing, tmp_path)
    one = run(silenced(data, "I001"), tmp_path)  # a second person says it, but only one may be quoted: shown, and no name
    assert one["topic_phrases"].set_index("phrase").loc["Kaffee nach dem Freitagsgebet", "n_cases"] == 2
    assert "Kaffee nach" not in labels(one)["T01"]


def test_the_wording_shown_is_of_people_who_may_be_quoted(corpus: Frames, tmp_path: Path) -> None:
    turns = corpus["turns"].copy()
    often = turns["doc"] != "I004"
    for form in ("Kaffee nach dem Freitagsgebet", "Kaffee nach den Freitagsgebeten"):
        turns["text"] = [t.replace(form, f"Kaffee nach {'dem Freitagsgebet' if o else 'den Freitagsgebeten'}") for t, o in zip(turns["text"], often, strict=True)]
    data = remade(corpus, turns)
    common, rare = "Kaffee nach dem Freitagsgebet", "Kaffee nach den Freitagsgebeten"
    assert common in set(run(data, tmp_path)["topic_phrases"]["phrase"])
    phrases = run(silenced(data, "I001", "I002", "I003"), tmp_path)["topic_phrases"].set_index("phrase")
    assert common not in phrases.index
    assert phrases.loc[rare, "n_cases"] == 4


def test_people_in_no_list_of_cases_are_one_an_interview(corpus: Frames, tmp_path: Path) -> None:
    unknown = corpus["segment_themes"].assign(case=["" if d in ("I001", "I002") else c for d, c in zip(corpus["segment_themes"]["doc"], corpus["segment_themes"]["case"], strict=True)])
    turns = corpus["turns"].assign(speaker=[f"B{n % 2}" if d == "I001" else "B" for n, d in enumerate(corpus["turns"]["doc"])])
    topics = run({**corpus, "segment_themes": unknown, "turns": turns}, tmp_path)["topics"]
    assert topics["n_cases"].tolist() == [4, 4, 4]
    assert topics["largest_case_share"].tolist() == [0.25] * 3
    codes = tables.frame("codes", [{"order": 0, "code": "X", "parent": "", "level": 0, "label": "X", "coded": "yes", "through": "yes", "since": "1"}])
    all_of = unknown.merge(corpus["segments"][["seg", "start", "end"]], on="seg")
    rows = [{"coding": f"c{n}", "doc": s.doc, "turn": s.turn, "start": s.start, "end": s.end, "code": "X", "case": s.case, "coder": "model", "status": "proposed", "prompt": "asked"}
            for n, s in enumerate(all_of.itertuples())]  # fmt: skip
    none = {name: tables.frame(name, []) for name in ("reviewed", "chances")}
    known = bearing(unknown, corpus["segments"], codes, tables.frame("codings", rows), none["reviewed"], none["chances"], [], False)
    assert set(known.case) == {"I001", "I002", "I003", "I004"}
    assert [row["n_cases"] for row in topic_codes(known, ["T"], np.ones((len(known.seg), 1), dtype=bool))] == [4]


def remade(data: Frames, turns: Any) -> Frames:
    parts = annotate(turns, SimpleNamespace(annotate=Study().annotate))
    return {**data, "turns": turns, **{name: tables.frame(name, parts[name]) for name in ("segments", "tokens", "types")}}


def test_quotes_stand_where_they_say_and_read_well(corpus: Frames, tmp_path: Path) -> None:
    found = run(corpus, tmp_path)
    texts = {(t.doc, t.turn): t.text for t in corpus["turns"].itertuples()}
    spans = {s.seg: (s.start, s.end) for s in corpus["segments"].itertuples()}
    topic_of = dict(zip(found["segment_topics"]["seg"], found["segment_topics"]["topic"], strict=True))
    for q in found["topic_quotes"].itertuples():
        text = texts[q.doc, q.turn][q.start : q.end]
        assert spans[q.seg] == (q.start, q.end)
        assert topic_of[q.seg] == q.topic
        assert SHORTEST <= len(text) <= LONGEST
        assert not text.endswith("?")
    for _, quotes in found["topic_quotes"].groupby("topic"):
        typical = quotes[quotes["kind"] == "typical"]
        assert typical["rank"].tolist() == [1, 2, 3]
        assert typical["case"].nunique() == 3
        assert quotes["seg"].nunique() == 4
        fit = corpus["segment_themes"].set_index("seg")
        clear = fit["weight"] - fit["second_weight"]
        least = quotes[quotes["kind"] == "atypical"]["seg"].iloc[0]
        assert clear[least] < clear[typical["seg"]].min()


def test_nobody_is_quoted_who_may_not_be(tmp_path: Path) -> None:
    found = run(made(silent="I002"), tmp_path)
    assert "I002" not in set(found["topic_quotes"]["doc"])
    assert len(found["topic_quotes"]) == 12


def test_a_name_stays_with_its_topic_when_an_interview_is_added(corpus: Frames, tmp_path: Path) -> None:
    text = "topics:\n" + entry("H02", "name: Grünes") + entry("H03", "name: Papierkram")
    before, after = run(corpus, tmp_path, text), run(made(docs=5, swap=True), tmp_path, text)
    assert before["topics"]["n_segments"].sum() < after["topics"]["n_segments"].sum()
    for found in (before, after):
        names = found["topics"].set_index("label")
        assert names.loc["Grünes", "words"] == "Garten · Tomate · Beet"
        assert names.loc["Papierkram", "words"] == "Amt · Antrag · Formular"
        assert names["named"].tolist().count("yes") == 2
        assert found["topic_edits"]["status"].tolist() == ["found", "found"]
        assert found["topic_edits"]["action"].tolist() == ["rename", "rename"]


def test_a_theme_that_drifted_is_found_but_to_be_looked_at(corpus: Frames, tmp_path: Path) -> None:
    text = "topics:\n  - {name: Grünes, terms: [Hecke, Garten, Rasen, Tomate, Gras]}\n"
    edits = run(corpus, tmp_path, text)["topic_edits"]
    assert edits["status"].tolist() == ["weak"]
    assert 0.3 <= edits["likeness"].iloc[0] < 0.5


def test_a_lost_entry_is_told_with_its_likeliest_topic_and_kept(corpus: Frames, tmp_path: Path) -> None:
    text = "topics:\n  - {name: Kegeln, terms: [Kegel, Bahn, Kugel, Pokal, Tomate], memo: wichtig}\n"
    found = run(corpus, tmp_path, text)
    edit = found["topic_edits"].iloc[0]
    assert (edit["status"], edit["topic"], edit["name"]) == ("lost", "T02", "Kegeln")
    assert 0 < edit["likeness"] < 0.3
    assert found["topics"]["named"].tolist() == ["no"] * 3
    written = edited(found, tmp_path)
    assert written.index("Nicht wiedergefunden") < written.index("name: Kegeln")
    assert parse(written)[-1].entry.memo == "wichtig"


def test_for_an_entry_that_is_like_nothing_no_topic_is_proposed(corpus: Frames, tmp_path: Path) -> None:
    found = run(corpus, tmp_path, "topics:\n  - {name: Kegeln, terms: [Kegel, Bahn, Kugel]}\n")
    edit = found["topic_edits"].iloc[0]
    assert (edit["status"], edit["topic"], edit["likeness"]) == ("lost", "", 0)
    assert "kein ähnliches Thema" in edited(found, tmp_path).split("name: Kegeln")[0]


def test_the_same_name_merges(corpus: Frames, tmp_path: Path) -> None:
    text = "topics:\n" + entry("H02", "name: Draußen", "memo: eins") + entry("H03", "name: draußen", "memo: zwei")
    found = run(corpus, tmp_path, text)
    one = found["topics"].set_index("label").loc["Draußen"]
    assert one["n_segments"] == 40
    assert one["memo"] == "eins\n\nzwei"
    assert one["stability"] == 0.8
    assert found["topic_edits"]["action"].tolist() == ["rename+merge+memo"] * 2
    assert found["topic_edits"]["topic"].nunique() == 1
    terms = found["topic_terms"]
    assert {"Garten", "Amt"} <= set(terms[terms["topic"] == one["topic"]]["term"][:3])


def test_a_split_parts_sentences_by_words_and_the_rest_stays(corpus: Frames, tmp_path: Path) -> None:
    parts = "split: [{name: Beim Tee, terms: [Tee]}, {name: Leer, terms: [Xylophon]}]"
    found = run(corpus, tmp_path, "topics:\n" + entry("H01", "name: Moschee", parts))
    sizes = found["topics"].set_index("label")["n_segments"]
    with_tea = corpus["turns"]["text"].str.contains("Tee,").sum()
    assert sizes["Beim Tee"] == with_tea
    assert sizes["Moschee"] == 40 - with_tea
    assert "Leer" not in sizes
    edit = found["topic_edits"].iloc[0]
    assert edit["status"] == "weak"
    assert edit["terms"] == "Kaffee, Freitagsgebet, Moschee, Tee, Nachbar · Teil ohne Satz: »Leer«"
    assert len(found["segment_topics"]) == found["segment_topics"]["seg"].nunique() == 80
    left = found["topics"].set_index("label").loc["Moschee", "topic"]
    terms = found["topic_terms"]
    assert "Tee" not in terms[terms["topic"] == left]["term"].tolist()


def test_what_a_split_leaves_of_an_unnamed_topic_has_a_label(corpus: Frames, tmp_path: Path) -> None:
    """Both words of the theme go to the part; the sentences that hold none of them, nor stand beside such, are left."""
    words = corpus["theme_terms"][(corpus["theme_terms"]["theme"] != "H03") | corpus["theme_terms"]["term"].isin(["Brief"])]
    text = "topics:\n  - terms: [Brief]\n    split: [{name: Post, terms: [Brief]}]\n"
    found = run({**corpus, "theme_terms": words}, tmp_path, text)
    left = found["topics"][found["topics"]["words"] == ""]
    assert left["label"].tolist() == [NO_WORDS]
    assert left["named"].tolist() == ["no"]
    assert "Post" in labels(found).values()
    again = run({**corpus, "theme_terms": words}, tmp_path, edited(found, tmp_path))  # and the file to edit still holds the split
    assert labels(again) == labels(found)


def test_a_merged_topic_is_firm_where_all_its_themes_are(corpus: Frames, tmp_path: Path) -> None:
    themes = corpus["themes"].assign(firm=["no" if t == "H03" else "yes" for t in corpus["themes"]["theme"]])
    data = {**corpus, "themes": themes}
    assert run(data, tmp_path)["topics"]["firm"].tolist() == ["yes", "yes", "no"]
    both = run(data, tmp_path, "topics:\n" + entry("H02", "name: Draußen") + entry("H03", "name: draußen"))
    assert both["topics"].set_index("label").loc["Draußen", "firm"] == "no"
    firm = run(data, tmp_path, "topics:\n" + entry("H01", "name: Draußen") + entry("H02", "name: draußen"))
    assert firm["topics"].set_index("label").loc["Draußen", "firm"] == "yes"


def test_only_a_topic_that_echoes_a_question_is_told_to(corpus: Frames, tmp_path: Path) -> None:
    themes = corpus["themes"].assign(echo_question="L2", echo=[{"H01": 0.33, "H02": 0.5, "H03": 0.0}[t] for t in corpus["themes"]["theme"]])
    lines = [line for line in edited(run({**corpus, "themes": themes}, tmp_path), tmp_path).splitlines() if line.startswith("  # T0")]
    assert [("wiederholt vor allem die Frage L2" in line) for line in lines] == [False, True, False]


def test_hidden_topics_count_on(corpus: Frames, tmp_path: Path) -> None:
    found = run(corpus, tmp_path, "topics:\n" + entry("H03", "hide: ja"))
    assert found["topics"]["hidden"].tolist() == ["no", "no", "yes"]
    assert found["topics"]["n_segments"].sum() == 80
    assert found["topic_edits"]["action"].tolist() == ["hide"]


def test_words_in_another_form_find_their_topic(corpus: Frames, tmp_path: Path) -> None:
    found = run(corpus, tmp_path, "topics:\n  - {name: Grün, terms: [GÄRTEN, tomaten, Lauben]}\n")
    assert found["topic_edits"]["status"].tolist() == ["found"]


def test_the_same_answer_twice_and_for_shuffled_rows(corpus: Frames, tmp_path: Path) -> None:
    text = "topics:\n" + entry("H01", "name: A", "split: [{name: B, terms: [Tee]}]") + entry("H02", "name: C")
    path = tmp_path / "topics.yaml"
    path.write_text(text, "utf-8")
    settings = SimpleNamespace(topics=Topics())
    first = whole(**corpus, settings=settings, topics_file=path)
    assert first == whole(**corpus, settings=settings, topics_file=path)
    shuffled = {name: data.sample(frac=1, random_state=3).reset_index(drop=True) for name, data in corpus.items()}
    assert first == whole(**shuffled, settings=settings, topics_file=path)


def test_too_little_material_gives_empty_tables(corpus: Frames, tmp_path: Path) -> None:
    none = {name: corpus[name].iloc[:0] for name in ("themes", "theme_terms", "segment_themes")}
    found = run({**corpus, **none}, tmp_path, "topics:\n" + entry("H01", "name: Später"))
    assert [len(found[name]) for name in ("topics", "topic_terms", "segment_topics", "topic_phrases", "topic_quotes")] == [0] * 5
    assert found["topic_edits"]["status"].tolist() == ["lost"]
    written = edited(found, tmp_path)
    assert [p.entry.name for p in parse(written)] == ["Später"]


def edited(found: Frames, folder: Path) -> str:
    names = ("topics", "topic_terms", "topic_edits")
    frames = {name: found[name] for name in names} | {"topic_new": tables.frame("topic_new", [])}
    return render(SimpleNamespace(), folder / "topics.yaml", **frames)["editable/topics.yaml"].decode()


def test_the_file_to_edit_says_what_is_and_changes_nothing_when_it_comes_back(corpus: Frames, tmp_path: Path) -> None:
    text = "topics:\n" + entry("H02", 'name: "Grün: drin & draußen"', "memo: 'a \"b\" #c'", "hide: ja") + entry("H01", "split: [{name: Tee, terms: [Tee]}]")
    found = run(corpus, tmp_path, text)
    written = edited(found, tmp_path)
    again = run(corpus, tmp_path, written)
    for name in ("topics", "topic_terms", "segment_topics", "topic_quotes", "topic_phrases"):
        assert again[name].equals(found[name]), name
    assert len(again["topic_edits"]) == 3
    assert edited(again, tmp_path) == written
    assert "T01 · 28 Sätze von 4 Befragten" in written
    assert not any(quote.split(",")[0] in written for quote in corpus["turns"]["text"])


def test_proposals_for_the_codebook_are_yaml_with_where_they_come_from(corpus: Frames, tmp_path: Path) -> None:
    found = run(corpus, tmp_path)
    new = [{"topic": "T02", "n_cases": 4, "snippet": "  - id: NEU.garten\n    label: Garten\n"}, {"topic": "T03", "n_cases": 4, "snippet": ""}]
    frames = {name: found[name] for name in ("topics", "topic_terms", "topic_edits")}
    text = render(SimpleNamespace(), tmp_path / "topics.yaml", **frames, topic_new=tables.frame("topic_new", new))["editable/new_codes.yaml"].decode()
    from pipeline.problems import parse_yaml

    assert parse_yaml(text, "new_codes.yaml").data == [{"id": "NEU.garten", "label": "Garten"}]
    assert "# aus T02: Garten" in text


def test_words_that_lead_two_topics_are_shown_once_where_possible() -> None:
    nouns = {"Haus", "Hund", "Katze", "Bus", "Halt", "Plan"}
    first = [("Haus", 5.0), ("Hund", 3.0), ("Katze", 1.0), ("gehen", 9.0)]
    second = [("Bus", 5.0), ("Haus", 3.0), ("Halt", 1.0), ("Plan", 0.5)]
    assert three_words([first, second], nouns) == [["Haus", "Hund", "Katze"], ["Bus", "Halt", "Plan"]]
    assert three_words([[("Haus", 1.0)], [("Haus", 2.0)]], nouns) == [["Haus"], ["Haus"]]
    assert three_words([[("gehen", 9.0), ("Haus", 1.0)]], nouns) == [["Haus", "gehen"]]


def test_entries_are_matched_all_together() -> None:
    """The second entry is most like theme A, but A is the first one's; each theme has one entry."""
    themes = {"A": ["Kaffee", "Tee", "Moschee", "Gebet"], "B": ["Tee", "Kuchen", "Kaffee", "Torte"]}
    placed = parse("topics:\n  - {name: eins, terms: [Kaffee, Tee, Moschee, Gebet]}\n  - {name: zwei, terms: [Kaffee, Tee]}\n")
    assert [m.theme for m in match(placed, themes, str)] == ["A", "B"]
    assert match(placed, {}, str)[0].status == "lost"


def test_among_themes_with_the_same_words_their_order_decides() -> None:
    placed = parse("topics:\n  - {name: Nachbarn, terms: [Nachbar, Haus, Straße]}\n")
    themes = {"A": "Viertel Streit Familie Straße Haus Leute Stadt Nachbar".split(), "B": "Nachbar Haus Straße Hof Zaun".split()}
    for named in (themes, {"B": themes["A"], "A": themes["B"]}):  # whichever comes first
        (one,) = match(placed, named, str)
        assert named[one.theme][0] == "Nachbar"
        assert (one.nearest, one.likeness, one.status, one.rival) == (one.theme, 1.0, "found", "")


def test_an_entry_that_fits_two_themes_as_well_is_to_be_looked_at() -> None:
    placed = parse("topics:\n  - {name: Hof, terms: [Haus, Hund, Hof]}\n")
    even = {"A": ["Haus", "Hund", "Hof", "Tor"], "B": ["Hund", "Haus", "Hof", "Zaun"]}
    (one,) = match(placed, even, str)
    assert (one.theme, one.status, one.rival) == ("A", "weak", "B")
    (one,) = match(placed, even | {"B": ["Hund", "Haus", "Zaun"]}, str)  # one word fewer: clearly less alike
    assert (one.theme, one.status, one.rival) == ("A", "found", "")


def test_an_entry_whose_better_theme_is_another_s_is_to_be_looked_at() -> None:
    themes = {"A": ["Kaffee", "Tee", "Moschee", "Gebet"], "B": ["Kuchen", "Torte", "Tee", "Kaffee"]}
    text = "topics:\n  - {{name: eins, terms: [Kaffee, Tee, Moschee, Gebet]}}\n  - {{name: {}, terms: [Kaffee, Tee]}}\n"
    found = match(parse(text.format("zwei")), themes, str)
    assert [(m.theme, m.status, m.rival) for m in found] == [("A", "found", ""), ("B", "weak", "A")]
    assert [m.status for m in match(parse(text.format("Eins")), themes, str)] == ["found", "found"]  # one topic either way


def test_what_an_entry_fits_as_well_is_told(corpus: Frames, tmp_path: Path) -> None:
    words = corpus["theme_terms"].assign(term=[{"Amt": "Garten", "Antrag": "Tomate"}.get(w, w) for w in corpus["theme_terms"]["term"]])
    edit = run({**corpus, "theme_terms": words}, tmp_path, "topics:\n  - {name: Grün, terms: [Garten, Tomate]}\n")["topic_edits"].iloc[0]
    assert (edit["topic"], edit["status"], edit["terms"]) == ("T02", "weak", "Garten, Tomate · passt ebenso zu T03")


def test_a_name_goes_before_an_entry_without_one_but_does_not_move_to_a_neighbour() -> None:
    named = "  - {name: Hof, terms: [Haus, Hund, Hof, Tor]}\n"
    placed = parse(f"topics:\n  - {{terms: [Haus, Hund, Garten]}}\n{named}")
    assert [m.theme for m in match(placed, {"A": ["Haus", "Hund", "Garten"]}, str)] == ["", "A"]
    placed = parse(f"topics:\n  - {{terms: [Hund, Garten, Zaun]}}\n{named}")
    found = match(placed, {"A": ["Garten", "Zaun", "Hund", "Tor"]}, str)
    assert [m.theme for m in found] == ["A", ""]
    assert [m.status for m in found] == ["found", "lost"]
    assert found[1].nearest == "A"


def test_likeness_is_a_share_of_words() -> None:
    assert likeness(["Beet", "Zaun"], {"zaun": 1, "beet": 2}) == 1
    assert likeness(["Zaun"], {"kaffee": 1}) == 0


def interview(number: int, more: str = "") -> str:
    """A transcript; of the theme `more` it has five times as much."""
    said = [
        SAID[theme][n % len(SAID[theme])].format(FILL[(n + number) % len(FILL)])
        for theme, share in SHARES.items() for n in range(share * (10 if theme == more else 2))
    ]  # fmt: skip
    return "".join(f"I: Und sonst?\n\nB: {text}\n\n" for text in said)


@pytest.mark.long
def test_a_whole_run_keeps_names_though_numbers_change(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    for old in [*places.transcripts.iterdir(), places.codebooks / "cases.csv"]:
        old.unlink()
    (places.codebooks / "study.yaml").write_text("topics: {number: 3, min_segments: 20, min_interviews: 3}\nmodel: {use: nein}\n", "utf-8")
    for number in range(4):
        (places.transcripts / f"Gespraech {number}.txt").write_text(interview(number), "utf-8")
    analyze(places, "editable")
    file = places.outputs / "editable" / "topics.yaml"
    before = {p.entry.terms[0]: p for p in parse(file.read_text("utf-8"))}
    assert list(before)[1] == "Beet"
    file.write_text(file.read_text("utf-8").replace("- name: \n    terms: [Beet,", "- name: Grünes\n    terms: [Beet,"), "utf-8")
    assert "»Grünes«" in adopt(places, str(file))[0]
    for number in (7, 8):
        (places.transcripts / f"Gespraech {number}.txt").write_text(interview(number, "H02"), "utf-8")
    assert not any("aufgehoben" in line for line in analyze(places, "editable").notes)
    assert [path.name for path in file.parent.glob("topics*")] == ["topics.yaml"]
    topics = tables.from_csv(places.outputs / "tables" / "topics.csv")
    assert topics["label"].tolist()[0] == "Grünes"
    assert topics["named"].tolist() == ["yes", "no", "no"]
    assert "Beet" in topics["words"].iloc[0]
    now = file.read_text("utf-8")
    assert "# T01 " in now.split("- name: Grünes")[0].splitlines()[-2]
    assert "nichts Neues" in adopt(places, str(file))[0]
