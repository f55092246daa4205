"""Exploring: figures worked out by hand, lines that may not be shown, notes that survive, and the verb as people call it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import lay_out, run

from pipeline.codebook import Query, Rule
from pipeline.evaluating.likelihood import log_likelihood
from pipeline.explore import explore, remove
from pipeline.exploring import (
    coded,
    collocations,
    concordance,
    group,
    keyness,
    memos,
    passages,
    screen,
    sheet,
    suggestions,
    synonyms,
    thesaurus,
)
from pipeline.exploring.material import Material, Variable, gather
from pipeline.exploring.meaning import Reader
from pipeline.exploring.part import Column, Key, Part, few
from pipeline.exploring.query import hits, query_of
from pipeline.exploring.statistics import association, log_ratio, paired, unpaired
from pipeline.matchers.index import Index, build
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.wording import NOT_QUOTABLE

DAY = date(2026, 4, 1)
LEMMAS = {"räume": "Raum", "raums": "Raum", "hilft": "helfen", "helfen": "helfen", "singt": "singen", "singen": "singen"}
SMALL = {"der": "DET", "die": "DET", "und": "CCONJ", "wir": "PRON", "ist": "AUX", "kein": "DET"}
PARTS = {"Jugendraum": "jugend|raum", "Raumnot": "raum|not"}


def corpus(*spoken: tuple[str, str, str], quotable: tuple[str, ...] = ("A", "B", "C", "D", "E", "F"), **values: dict[str, str]) -> Material:
    """Material of (speaker, role, text): a turn each, sentences end at a full stop, all in interview I001."""
    turns, segments, tokens, types = [], [], [], {}
    for number, (speaker, role, text) in enumerate(spoken, 1):
        case = speaker if role == "respondent" else ""
        turns.append({"doc": "I001", "turn": number, "speaker": speaker, "case": case, "role": role, "text": text})
        at = 0
        for n, sentence in enumerate(text.split(". "), 1):
            seg, sentence = f"I001.{number}.{n}", sentence.removesuffix(".") + "."
            segments.append({"seg": seg, "doc": "I001", "turn": number, "start": at, "end": at + len(sentence)})
            start = at
            for word in [*sentence.removesuffix(".").split(), "."]:
                start = text.find(word, start) if word != "." else at + len(sentence) - 1
                kind = types.setdefault(word, len(types))
                tokens.append({"doc": "I001", "turn": number, "seg": seg, "start": start, "end": start + len(word), "type": kind})
                start += len(word)
            at += len(sentence) + 1
    rows = [
        {
            "type": n, "form": w, "norm": w, "lemma": LEMMAS.get(w.lower(), w), "tag": "", "parts": PARTS.get(w, ""),
            "pos": "PUNCT" if w == "." else SMALL.get(w.lower(), "NOUN"), "head": PARTS.get(w, "").rpartition("|")[2],
        }
        for w, n in types.items()
    ]  # fmt: skip
    scopes = pd.DataFrame(tokens)[["doc", "turn", "start"]].assign(clause=0, negated=-1, hypothetical=-1, reported=-1, past=-1, doubt=-1, about=-1)
    names = sorted({s for s, role, _ in spoken if role == "respondent"})
    cases = pd.DataFrame([{"case": s, "doc": "I001", "speaker": s, **{v: by[s] for v, by in values.items()}} for s in names])
    speakers = pd.DataFrame([{"doc": "I001", "speaker": s, "quotable": "yes" if s in quotable else "no"} for s in names])
    arrays = build(pd.DataFrame(turns), pd.DataFrame(segments), pd.DataFrame(tokens), pd.DataFrame(rows), scopes)
    groups = tuple(Variable(name, name.title(), {}) for name in values)
    return gather(Index(arrays), pd.DataFrame(turns), pd.DataFrame(columns=["doc", "turn", "question"]), cases, speakers, groups)


def respondents(*texts: str, **more: object) -> Material:
    return corpus(*(("ABCDEF"[n], "respondent", text) for n, text in enumerate(texts)), **more)  # type: ignore[arg-type]


def search(material: Material, word: str, part: bool = False) -> np.ndarray:
    return hits(material, query_of(word, part, {}))


def table(part: Part) -> dict[str, dict[str, object]]:
    """Rows by their first cell."""
    return {str(row[0]): dict(zip((c.heading for c in part.columns), row, strict=True)) for row in part.rows}


# figures

def test_log_likelihood_is_the_worked_example_of_the_lancaster_course() -> None:
    # 52 times in 50,000 words against 57 times in 75,000: G2 is 2.65, over-used in the first.
    assert log_likelihood(np.array([52]), np.array([57]), 50_000, 75_000)[0] == pytest.approx(2.65, abs=0.005)


def test_log_likelihood_by_hand_and_its_sign() -> None:
    # expected 5 and 15: 2 * (10 ln 2 + 10 ln 2/3)
    there, back = log_likelihood(np.array([10, 0]), np.array([10, 4]), 1000, 3000)
    assert there == pytest.approx(5.7536, abs=1e-4)
    assert back == pytest.approx(-2 * 4 * np.log(4 / 3), abs=1e-9)
    assert log_likelihood(np.array([3]), np.array([9]), 1000, 3000)[0] == pytest.approx(0.0, abs=1e-12)


def test_log_ratio_doubles_and_a_word_never_said_elsewhere_counts_as_half() -> None:
    assert log_ratio(np.array([4]), np.array([2]), 100, 100)[0] == 1.0
    assert log_ratio(np.array([4]), np.array([0]), 100, 100)[0] == 3.0


def test_association_gives_the_figures_of_nltk() -> None:
    from nltk.metrics.association import BigramAssocMeasures as Nltk

    for both, near, word, total in ((8, 40, 20, 1000), (3, 500, 9, 16_000), (1, 10, 1, 50), (4, 4, 4, 100)):
        strength, pmi = association(np.array([both]), near, np.array([word]), total)
        assert strength[0] == pytest.approx(Nltk.likelihood_ratio(both, (near, word), total), abs=1e-6)
        assert pmi[0] == pytest.approx(Nltk.pmi(both, (near, word), total), abs=1e-9)
    assert association(np.array([8]), 40, np.array([20]), 1000)[1][0] == pytest.approx(np.log2(10))


def test_permutation_over_people_finds_the_share_of_draws_as_extreme() -> None:
    rates = np.array([[9.0, 9.0, 9.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]])
    inside = np.array([True, True, True, False, False, False])
    clear, none = unpaired(rates, inside)
    # of the 20 ways to choose three of six, two are as extreme
    assert clear == pytest.approx(0.1, abs=0.03)
    assert none == 1.0
    assert unpaired(rates, inside).tolist() == [clear, none]


def test_paired_permutation_changes_signs_of_people() -> None:
    # five people all say it more often here: 2 of 32 arrangements of signs are as extreme
    assert paired(np.array([[1.0, 2.0, 3.0, 4.0, 5.0]]))[0] == pytest.approx(2 / 32, abs=0.025)


# words in context

def test_kwic_finds_forms_of_a_lemma_in_respondents_words_only() -> None:
    material = corpus(("I", "interviewer", "Raum und Raum."), ("A", "respondent", "Der Raum ist Keller. Die Räume und Saal."))
    part = concordance.kwic(material, search(material, "raum"), "doc")
    assert [row[4:] for row in part.rows] == [("Der", "Raum", "ist Keller. Die Räume und Saal."), ("Der Raum ist Keller. Die", "Räume", "und Saal.")]
    assert [key.key for key in part.keys] == ["I001.2.4", "I001.2.25"]


def test_kwic_sorts_by_what_follows_or_precedes_with_umlauts_in_their_place() -> None:
    material = respondents("Der Raum Zebra.", "Die Raum Ärger.", "Kein Raum Bank.")

    def order(sort: str) -> list[object]:
        return [row[6] for row in concordance.kwic(material, search(material, "Raum"), sort).rows]

    assert order("right") == ["Ärger.", "Bank.", "Zebra."]
    assert order("left") == ["Zebra.", "Ärger.", "Bank."]
    assert order("doc") == ["Zebra.", "Ärger.", "Bank."]


def test_kwic_by_group_puts_people_alike_together() -> None:
    material = respondents("Raum eins.", "Raum zwei.", "Raum drei.", gruppe={"A": "rat", "B": "amt", "C": "rat"})
    rows = concordance.kwic(material, search(material, "Raum"), "group").rows
    assert [row[3] for row in rows] == ["amt", "rat", "rat"]


def test_phrases_wildcards_and_parts_of_compounds_mean_what_they_mean_in_the_codebook() -> None:
    material = respondents("Kein Raum. Jugendraum und Raumnot. Kein großer Raum.")
    assert len(search(material, "kein Raum")) == 2
    assert len(search(material, "*raum")) == 3
    assert len(search(material, "Raum")) == 2
    assert len(search(material, "Raum", part=True)) == 4


@pytest.mark.parametrize(("word", "part"), [("***", False), ("kein Raum", True), ("a " * 13, False), ("$unbekannt", False)])
def test_a_search_that_cannot_be_is_refused_with_a_reason(word: str, part: bool) -> None:
    with pytest.raises(Stop):
        query_of(word, part, {})


def test_who_may_not_be_quoted_is_not_shown_and_stands_last() -> None:
    material = respondents("Raum Geheim.", "Raum Offen.", quotable=("B",))
    part = concordance.kwic(material, search(material, "Raum"), "right")
    assert [row[4:] for row in part.rows] == [("", "Raum", "Offen."), ("", NOT_QUOTABLE, "")]
    assert "Geheim" not in str(part)


def test_frequency_stands_beside_people_and_words_of_each_group() -> None:
    material = respondents("Raum Raum und Saal.", "Saal und Saal.", "Raum.", gruppe={"A": "amt", "B": "amt", "C": "rat"})
    rows = [row[1:] for row in concordance.by_group(material, search(material, "Raum"), "Raum").rows]
    assert rows[0] == ("", 3, 2, 3, 8, 3750.0, "nur bei zwei Personen")
    assert rows[1] == ("amt", 2, 1, 2, 7, 2857.14, "nur bei einer Person")
    assert rows[2] == ("rat", 1, 1, 1, 1, 10_000.0, "nur bei einer Person")
    by_case = concordance.by_case(material, search(material, "Raum"), "Raum")
    assert [(row[0], row[3], row[4]) for row in by_case.rows] == [("A", 2, 4), ("C", 1, 1), ("B", 0, 3)]


def test_collocations_stay_within_the_sentence_and_five_words() -> None:
    material = respondents("Lärm Raum. Keller Raum Dach.", "Raum a1 a2 a3 a4 a5 weit. Keller Raum Dach. Raum. Dach.", "Amt Bus Bahn Post Kino Heft Zug Kran.")
    left, right = collocations.neighbours(material, search(material, "Raum"))
    words = [material.lemmas[n] for n in material.lemma[np.concatenate([left, right])]]
    assert words.count("keller") == 2
    assert words.count("dach") == 2  # the third one has a sentence of its own
    assert "weit" not in words
    row = table(collocations.collocations(material, search(material, "Raum"), "Raum"))["Dach"]
    assert (row["zusammen"], row["davor"], row["danach"], row["Befragte"], row["gesamt"]) == (2, 0, 2, 2, 3)
    assert row["PMI"] is None  # too rare to be shown


# what is typical

def test_keyness_counts_people_and_marks_words_of_one() -> None:
    material = respondents("Garten Garten Garten und Beet.", "Garten und Beet.", "Schule und Heft.", "Schule und Heft.")
    here = material.word & np.isin(material.token_case, [0, 1])
    part = keyness.against_rest(material, here, material.word & ~here, lambda w: Key("group", w), ("a", "b"), test=False)
    rows = table(part)
    assert (rows["Garten"]["hier"], rows["Garten"]["Befragte"], rows["Garten"]["sonst"], rows["Garten"]["Hinweis"]) == (4, 2, 0, few(2))
    assert rows["Garten"]["G2"] == pytest.approx(round(2 * 4 * np.log(14 / 8), 2))
    assert next(iter(rows)) == "Garten"


def test_p_needs_three_people_on_either_side() -> None:
    few_people = respondents("Garten Beet.", "Garten Beet.", "Schule.", "Schule.", gruppe={"A": "x", "B": "x", "C": "y", "D": "y"})
    part = group.parts(few_people, "gruppe:x")[2][0]
    assert all(row[10] is None for row in part.rows)
    assert any("mindestens drei Befragte" in note for note in part.notes)
    enough = respondents(*["Garten Beet."] * 3, *["Schule Heft."] * 3, gruppe={c: "x" if c in "ABC" else "y" for c in "ABCDEF"})
    rows = table(group.parts(enough, "gruppe:x")[2][0])
    assert rows["Garten"]["p"] == pytest.approx(0.1, abs=0.03)
    assert rows["Garten"]["Befragte"] == 3


def test_general_german_is_the_reference_that_wordfreq_gives() -> None:
    import wordfreq

    from pipeline.exploring.reference import zipf

    words = ["Haus", "Straße", "Mieterhöhung", "hamse"]
    assert zipf(words) == {word: wordfreq.zipf_frequency(word, "de") for word in words}
    material = respondents("Zeche Zeche Haus Haus.", "Zeche Haus.", "Zeche Haus.")
    part = keyness.against_german(material, material.word, lambda w: Key("group", w), "alle")
    assert [row[0] for row in part.rows] == ["Zeche", "Haus"]
    assert "wordfreq" in part.notes[0]


def test_a_group_may_be_a_question_an_interview_or_a_variable_by_its_label() -> None:
    material = respondents("Garten.", "Schule.", gruppe={"A": "Süd", "B": "Nord"})
    assert group.turns_of(material, "Gruppe: süd")[0].tolist() == [True, False]
    assert group.turns_of(material, "doc:I001")[0].tolist() == [True, True]
    for wrong in ("gruppe:west", "grupe:Süd", "Süd", "question:L4"):
        with pytest.raises(Stop):
            group.turns_of(material, wrong)


# suggestions and passages

def suggested(material: Material, marked: list[int], rules: str = "") -> dict[str, suggestions.Found]:
    inside = np.zeros(len(material.index.seg_turn), dtype=bool)
    inside[marked] = True
    known = np.zeros(len(material.index), dtype=bool)
    if rules:
        known[search(material, rules).ravel()] = True
    found = suggestions.tried(material, inside, known, suggestions.candidates(material, inside))
    return {f"{one.candidate.kind} {one.candidate.written}": one for one in found}


GARDENS = ("Garten und Zaun.", "Garten und Hecke.", "Garten und Laube.", "Schule und Heft. Amt. Garten.", "Heft. Amt. Bus. Bahn. Post. Kino.")


def test_suggestions_count_what_the_rule_would_really_find() -> None:
    found = suggested(respondents(*GARDENS), [0, 1, 2])
    one = found["lemma Garten"]
    assert (one.coded, one.people, one.risk, one.fresh) == (3, 3, 1, 3)


def test_what_a_rule_of_the_category_already_matches_is_not_suggested() -> None:
    assert "lemma Garten" not in suggested(respondents(*GARDENS), [0, 1, 2], rules="Garten")


def test_compounds_and_pairs_are_suggested_and_the_snippet_is_yaml_the_codebook_takes() -> None:
    material = respondents("Jugendraum fehlt hier.", "Raumnot überall.", "kein Dach.", "kein Dach.", "Amt. Bus. Bahn. Post. Kino. Heft. Dach. Zug. Kran.")
    found = suggested(material, [0, 1, 2, 3])
    assert found["compound Raum"].coded == 2
    assert (found["phrase kein Dach"].coded, found["phrase kein Dach"].risk) == (2, 0)
    from pipeline.codebook.entries import CodeEntry
    from pipeline.problems import parse_yaml

    lines = suggestions.snippet(list(found.values()))
    read = parse_yaml("match:\n" + "\n".join(lines), "x").data
    entry = CodeEntry.model_validate({"id": "X", "label": "X", **read})
    assert {rule.kind for rule in entry.match} >= {"compound", "phrase"}


def test_sentences_of_a_mention_and_codes_below_a_parent() -> None:
    material = respondents("Eins. Zwei. Drei.")
    mention = pd.DataFrame([{"doc": "I001", "turn": 1, "start": 0, "end": 11, "code": "A.b"}])
    assert coded.sentences(material, mention).tolist() == [True, True, False]
    codes = pd.DataFrame({"code": ["A", "A.b", "A.b.c", "B"], "parent": ["", "A", "A.b", ""], "through": ["yes", "no", "yes", "yes"]})
    assert coded.family("A", codes) == ["A", "A.b"]
    assert coded.checked("a.B", codes) == "A.b"
    with pytest.raises(Stop):
        coded.checked("C", codes)


def test_passages_without_a_category_are_long_enough_and_the_richest_come_first() -> None:
    material = respondents("Zu kurz. Und der Garten und die Schule. Garten Schule Amt Bus Bahn. Garten Schule Amt Bus Kino.")
    marked = np.array([False, False, True, False])
    assert passages.open_sentences(material, marked).tolist() == [3, 1]
    part = passages.shares(material, marked)
    assert part.rows == [("I001", 1, 18, 13, 72.2)]


def test_near_passages_are_found_by_meaning_and_hidden_where_they_may_not_be_quoted() -> None:
    material = respondents(
        "Wir haben leider überhaupt keinen Raum dafür.", "Gestern schien den ganzen Tag die Sonne.", "Uns fehlt einfach ein Raum dafür.", quotable=("A", "B")
    )
    part = passages.near(material, np.zeros(3, dtype=bool), np.zeros(3, dtype=bool), ["Wir haben keinen Raum."], Reader())
    assert part.rows[0][2] in (1, 3)
    assert {row[5] for row in part.rows if row[2] == 3} == {NOT_QUOTABLE}
    assert [row[0] for row in part.rows] == sorted((row[0] for row in part.rows), reverse=True)


def test_the_thesaurus_is_read_by_its_index(tmp_path: Path) -> None:
    entries = ["haus|2\n-|Gebäude|Bau (fachsprachlich)|Ding (Oberbegriff)\n-|Heim|Haus\n", "zaun|1\n-|Gatter|Einfriedung\n"]
    data, index, at = "UTF-8\n", ["UTF-8", "2"], len(b"UTF-8\n")
    for entry in entries:
        index.append(f"{entry.partition('|')[0]}|{at}")
        data, at = data + entry, at + len(entry.encode())
    (tmp_path / "th.dat").write_text(data, "utf-8")
    (tmp_path / "th.idx").write_text("\n".join(index) + "\nkaputt|999999\n", "utf-8")
    found = thesaurus.synonyms(["Haus", "Zaun", "fehlt", "kaputt"], tmp_path / "th")
    assert found == {"Haus": ["Gebäude", "Bau", "Heim"], "Zaun": ["Gatter", "Einfriedung"]}
    assert not thesaurus.installed(tmp_path / "anders")


def test_synonyms_that_nobody_looks_for_yet_are_told_with_how_often_they_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    material = respondents("Stube Stube.", "Stube und Saal.")
    rules = [Rule("r", "X", "lemma", "Raum", 1, Query("lemma", (("Raum",),)), frozenset(), (), (), (), 1.0, "sentence")]
    monkeypatch.setattr(thesaurus, "installed", lambda: True)
    monkeypatch.setattr(thesaurus, "synonyms", lambda words: {"Raum": ["Stube", "Saal", "Gemach", "Raum"]} if words == ["Raum"] else {})
    known = np.zeros(len(material.index), dtype=bool)
    part = synonyms.part(material, "X", rules, known, [])
    assert part is not None
    assert [row[:4] for row in part.rows] == [("Stube", "Raum", 3, 2), ("Saal", "Raum", 1, 1), ("Gemach", "Raum", 0, 0)]
    monkeypatch.setattr(thesaurus, "installed", lambda: False)
    assert synonyms.part(material, "X", rules, known, []) is None


# screen and workbook

def example(rows: list[tuple[str, float]], keys: list[Key]) -> Part:
    return Part("Probe", (Column("Wort", 10), Column("G2", 6, digits=1)), rows, keys)


def test_lines_on_the_screen_are_aligned_whatever_the_letters() -> None:
    part = example([("Übergröße", 1.25), ("e\u0301te\u0301", 10.0), ("日本", -2.0), ("viel zu langes Wort", 0.0)], [Key("word", "x")] * 4)
    shown = screen.lines(part, "x.xlsx")[2:-1]
    assert {screen.width(line) for line in shown} == {18}
    assert shown[3].startswith("viel zu l…")


def test_the_workbook_has_equal_bytes_text_stays_text_and_the_last_column_is_the_note(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    part = example([("=1+1", 2.0), ("http://x", 1.0)], [Key("word", "a"), Key("kwic", "I001.2.3", "I001")])
    first = sheet.build([part], "T", [], {("word", "a"): "Notiz"}, "klein")
    assert first == sheet.build([part], "T", [], {("word", "a"): "Notiz"}, "klein")
    (tmp_path / "x.xlsx").write_bytes(first)
    page = load_workbook(tmp_path / "x.xlsx")["Probe"]
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][-1] == "Memo"
    assert (rows[1][0], page["A2"].data_type, rows[1][-1], rows[2][-1]) == ("=1+1", "s", "Notiz", None)
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref
    assert sheet.untouched(tmp_path / "x.xlsx")


def edit(key: str, before: str, after: str) -> memos.Edit:
    return memos.Edit(Key("word", key), before, after)


def test_notes_are_merged_row_by_row_and_nothing_of_others_is_lost() -> None:
    rows = [{"kind": "word", "key": "a", "memo": "alt", "coder": "MK", "date": "x"}, {"kind": "word", "key": "a", "memo": "inzwischen", "coder": "SV", "date": "y"}]
    done = memos.merged(rows, [edit("a", "alt", "neu"), edit("b", "", "dazu")], "2026-04-01")
    assert [(r["key"], r["memo"], r["coder"]) for r in done.rows] == [("a", "inzwischen", "SV"), ("a", "neu", ""), ("b", "dazu", "")]
    assert (done.added, done.gone) == (2, 1)
    assert memos.shown(done.rows)["word", "a"] == "inzwischen ‖ neu"
    again = memos.merged(done.rows, [edit("a", "inzwischen ‖ neu", "inzwischen ‖ neu")], "2026-05-01")
    assert again.rows == done.rows


# the verb


@pytest.fixture
def own(finished: Places, tmp_path: Path) -> Places:
    """The finished tiny study, to be written to."""
    places = lay_out(tmp_path)
    for name in ("outputs", "private"):
        shutil.copytree(getattr(finished, name), getattr(places, name))
    return places


def note(path: Path, sheet_name: str, row: int, words: object) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    page = book[sheet_name]
    page.cell(row, page.max_column).value = words
    book.save(path)


def workbook(places: Places, start: str) -> Path:
    return next((places.outputs / "explore").glob(f"{start}_*.xlsx"))


def test_before_the_first_run_it_says_what_to_do(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    with pytest.raises(Stop, match="make analyze"):
        explore(places, {"WORD": "Raum"})
    alone = "\n".join(explore(places, {}))
    assert "make analyze" in alone
    assert "CODE=" in alone


def test_alone_it_explains_and_lists_categories_with_counts(finished: Places) -> None:
    told = explore(finished, {})
    counted = pd.read_csv(finished.outputs / "tables" / "findings_codes.csv", encoding="utf-8-sig").set_index("code")
    for code in ("ENG", "ENG.nachbar", "BED.raum"):
        line = next(line for line in told if line.startswith(f"{code} "))
        assert line.split()[-2:] == [str(counted["n_mentions"][code]), str(counted["n_cases"][code])]


@pytest.mark.parametrize("asked", [{"WORD": "Raum", "PART": "ja"}, {"CODE": "eng"}, {"GROUP": "gruppe:verein"}, {"NONE": "ja"}])
def test_every_question_is_answered_on_screen_and_in_a_workbook_twice_the_same(own: Places, asked: dict[str, str]) -> None:
    told = explore(own, asked, DAY)
    assert max(map(screen.width, told[:-1])) <= screen.WIDTH
    path = next((own.outputs / "explore").iterdir())
    before = path.read_bytes()
    assert explore(own, asked, DAY) == told
    assert path.read_bytes() == before
    assert not (own.codebooks / "memos.csv").exists()


def test_results_that_are_out_of_date_say_so(own: Places) -> None:
    assert not explore(own, {"WORD": "Raum"})[0].startswith("Achtung")
    book = own.codebooks / "codebook.yaml"
    book.write_text(book.read_text("utf-8").replace("lemma: trainieren", "lemma: Kind"), "utf-8")
    late = explore(own, {"WORD": "Raum"})[0]
    assert late.startswith("Achtung: Die Ergebnisse sind nicht aktuell (")
    assert "Codebuch anwenden" in late


def test_a_note_goes_to_the_list_and_comes_back_and_survives_another_run(own: Places) -> None:
    explore(own, {"WORD": "Raum"}, DAY)
    path = workbook(own, "wort")
    note(path, "Im Zusammenhang", 2, "wichtig; sehr")
    told = explore(own, {"FILE": str(path)}, DAY)
    assert "1 neu" in told[0]
    text = (own.codebooks / "memos.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == "kind;key;memo;coder;date;doc"
    assert '"wichtig; sehr";;2026-04-01;I001' in text
    run(own)
    explore(own, {"WORD": "Raum"}, DAY)
    from openpyxl import load_workbook

    assert [row[-1] for row in load_workbook(path)["Im Zusammenhang"].iter_rows(values_only=True)][1] == "wichtig; sehr"
    note(path, "Im Zusammenhang", 2, None)
    explore(own, {"FILE": str(path)}, DAY)
    assert "wichtig" not in (own.codebooks / "memos.csv").read_text("utf-8-sig")
    assert "wichtig" in (own.codebooks / "memos.csv.bak").read_text("utf-8-sig")


def test_a_note_that_was_not_read_back_is_kept_when_the_workbook_is_written_anew(own: Places) -> None:
    explore(own, {"WORD": "Raum"}, DAY)
    note(workbook(own, "wort"), "Nach Gruppen", 2, 42)
    told = explore(own, {"WORD": "Raum"}, DAY)
    assert any("1 neu" in line for line in told)
    assert "word;Raum:alle;42;" in (own.codebooks / "memos.csv").read_text("utf-8-sig")


def test_removing_takes_our_workbooks_keeps_notes_and_other_files(own: Places) -> None:
    explore(own, {"WORD": "Raum"}, DAY)
    explore(own, {"NONE": "ja"}, DAY)
    mine = own.outputs / "explore" / "meine Notizen.xlsx"
    mine.write_bytes(b"x")
    note(workbook(own, "wort"), "Nach Gruppen", 2, "bleibt")
    note(workbook(own, "wort"), "Im Zusammenhang", 2, "von I001")
    remove(own, {"I002", "I003"})
    assert [p.name for p in (own.outputs / "explore").iterdir()] == ["meine Notizen.xlsx"]
    kept = (own.codebooks / "memos.csv").read_text("utf-8-sig")
    assert "bleibt" in kept
    assert "von I001" not in kept
    mine.unlink()
    remove(own, ())


def test_when_all_transcripts_are_gone_no_note_beside_their_lines_is_kept(own: Places) -> None:
    explore(own, {"WORD": "Raum"}, DAY)
    note(workbook(own, "wort"), "Nach Gruppen", 2, "bleibt")
    note(workbook(own, "wort"), "Im Zusammenhang", 2, "von I001")
    for path in own.transcripts.iterdir():
        path.unlink()
    with pytest.raises(Stop, match="keine Transkripte"):
        run(own)
    assert not (own.outputs / "explore").exists()
    kept = (own.codebooks / "memos.csv").read_text("utf-8-sig")
    assert "bleibt" in kept
    assert "von I001" not in kept


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"WORD": "Raum", "CODE": "ENG"}, "nur eines"), ({"CODE": "ENG.nachbr"}, "Meinten Sie"), ({"WORD": "Raum", "SORT": "rechts"}, "SORT"),
        ({"GROUP": "gruppe:stadt"}, "kommt bei"), ({"FILE": "gibt/es/nicht.xlsx"}, "gibt es nicht"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_answered_in_words(own: Places, asked: dict[str, str], says: str) -> None:
    with pytest.raises(Stop, match=says):
        explore(own, asked)


def test_files_that_are_no_workbook_of_ours_are_refused(own: Places, tmp_path: Path) -> None:
    from openpyxl import Workbook

    for name in ("leer.xlsx", "text.xlsx"):
        (tmp_path / name).write_bytes(b"" if name == "leer.xlsx" else b"PK\x03\x04kaputt")
    Workbook().save(tmp_path / "fremd.xlsx")
    part = example([("a", 1.0)], [Key("word", "a")])
    (tmp_path / "andere.xlsx").write_bytes(sheet.build([part], "T", [], {}, "andere Studie"))
    for name in ("leer", "text", "fremd", "andere"):
        with pytest.raises(Stop):
            explore(own, {"FILE": str(tmp_path / f"{name}.xlsx")})


def test_the_door_takes_the_words_behind_the_verb(own: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.__main__ import main

    for name in ("STUDY", "TRANSCRIPTS", "CODEBOOKS", "OUTPUTS", "PRIVATE", "WORD", "PART", "SORT", "CODE", "GROUP", "NONE", "FILE"):
        monkeypatch.setenv(name, "")  # set, so that what the door sets is undone after the test
    monkeypatch.chdir(own.codebooks.parent.parent)
    assert main(["explore", f"STUDY={own.study}", "WORD=Raum", "SORT=left"]) == 0
    assert "Das Wort »Raum«" in capsys.readouterr().out
    assert main(["explore", "WORD=", "CODE=gibt.es.nicht"]) == 1
    assert "gibt es nicht" in capsys.readouterr().err


def test_people_without_consent_are_never_quoted_anywhere(own: Places) -> None:
    path = own.outputs / "tables" / "speakers.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",yes", ",no"), "utf-8-sig")
    from openpyxl import load_workbook

    for asked in ({"WORD": "Nachbar*"}, {"CODE": "ENG"}, {"NONE": "ja"}):
        told = "\n".join(explore(own, asked))
        cells = [str(c) for p in (own.outputs / "explore").glob("*.xlsx") for s in load_workbook(p) for r in s.iter_rows(values_only=True) for c in r]
        for words in ("Suppe mit", "helfen uns", "jeden Mittwoch", "Raum haben wir"):
            assert words not in told
            assert not any(words in cell for cell in cells)
