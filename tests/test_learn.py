"""`make learn`: what people judged becomes training sentences, anchored and pooled; versions are learnt again from nothing."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from conftest import lay_out, run
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from pipeline import lessons, offsets, store
from pipeline.forget import forget
from pipeline.learn import _material, learn
from pipeline.learning import comparing, frozen
from pipeline.learning.judgements import Judgement, given
from pipeline.learning.telling import told_of
from pipeline.places import Places
from pipeline.tables import from_csv, from_parquet

DAY = date(2026, 6, 2)
HELP = ("Die Nachbarin bringt mir Suppe.", "Die Nachbarn helfen uns beim Tragen.", "Ich klopfe nebenan, wenn was ist.",
        "Der Nachbar nimmt meine Pakete an.")  # fmt: skip
CLUB = ("Wir trainieren montags die Kinder.", "Im Verein leite ich die Jugend.", "Ich stehe am Grill beim Vereinsfest.")
OTHER = ("Das Wetter war schlecht.", "Ich bin hier geboren.", "Früher war das eine Zeche.", "Da fährt jetzt der Bus.", "Mehr weiß ich nicht.")
ACTS = "decision,date,coder,mode,action,code,doc,raw_sha256,raw_start,raw_end,codebook,quote,memo\n"
READ = "doc,raw_sha256,raw_start,raw_end,coder,mode,date,codebook\n"


def silent(title: str, done: int, total: int) -> None:
    pass


def study(root: Path) -> Places:
    """Three interviews of some 25 short sentences in two turns."""
    places = lay_out(root)
    (places.codebooks / "cases.csv").unlink()
    shutil.rmtree(places.transcripts)
    places.transcripts.mkdir()
    for number, name in enumerate(("Anna", "Bernd", "Clara")):
        first = " ".join(f"{text[:-1]}, {tag}." for text in HELP[: 3 + number % 2] + OTHER for tag in (f"sag ich mal {name[0]}",))
        second = " ".join(f"{text[:-1]}, so war das {number + 1} Jahre." for text in CLUB + OTHER[number:])
        text = f"I: Was bedeutet für Sie Integration?\n\nB: {first}\n\nI: Was machen Sie schon im Verein?\n\nB: {second}\n\nI: Danke.\n"
        (places.transcripts / f"{'abc'[number]}.txt").write_text(text, "utf-8")
    return places


def sentences(places: Places) -> list[dict[str, str]]:
    """Every respondent's sentence with its raw anchor, worked out here from the raw texts: nothing but fillers may differ."""
    raw = from_csv(places.private / "tables" / "turns_raw.csv")
    return [
        {"doc": t.doc, "raw_sha256": t.raw_sha256, "raw_start": str(at), "raw_end": str(at + len(text)), "text": text, "all": str(len(t.text))}
        for t in raw.itertuples() if t.role == "respondent"
        for text in (part + "." for part in t.text.rstrip(".").split(". ")) for at in (t.text.index(text),)
    ]  # fmt: skip


def code_of(text: str) -> str:
    return "ENG.nachbar" if text[:12] in {t[:12] for t in HELP} else "ENG.verein" if text[:12] in {t[:12] for t in CLUB} else ""


def judged(places: Places) -> None:
    """`ab` read two interviews whole and `cd` the first turn of one; a hand coding and a queue decision lie in the third."""
    said = sentences(places)
    place = "{doc},{raw_sha256},{raw_start},{raw_end}"
    acts, n = ACTS, 0
    for one in said:
        if one["doc"] != "I003" and code_of(one["text"]):
            n += 1
            acts += f"d{n},2026-06-01,ab,interview,add,{code_of(one['text'])},{place.format(**one)},,,\n"
    third = [one for one in said if one["doc"] == "I003"]
    acts += f"q1,2026-06-01,ab,queue,accept,ENG.nachbar,{place.format(**third[0])},,,\n"
    acts += f"q2,2026-06-01,ab,queue,reject,ENG.verein,{place.format(**third[-1])},,,\n"
    (places.codebooks / "decisions.csv").write_text(acts, "utf-8")
    turns = list(dict.fromkeys((one["doc"], one["raw_sha256"], "0", one["all"]) for one in said))
    read = READ + "".join(f"{','.join(t)},ab,interview,2026-06-01,\n" for t in turns if t[0] != "I003")
    read += f"{','.join(turns[0])},cd,random,2026-06-01,\n" + f"{','.join(turns[-1])},ab,queue,2026-06-01,\n"
    (places.codebooks / "reviewed.csv").write_text(read, "utf-8")
    folder = places.codebooks / "handcoded"
    folder.mkdir()
    rows = "".join(f"{place.format(**one)},ENG.verein,x\n" for one in third if code_of(one["text"]) == "ENG.verein")
    (folder / "ef.csv").write_text("doc,raw_sha256,raw_start,raw_end,code,quote\n" + rows, "utf-8")


def learnt(places: Places) -> list[dict[str, str]]:
    return list(csv.DictReader((places.codebooks / "learned.csv").read_text("utf-8-sig").splitlines()))


def version(places: Places) -> str:
    model = frozen.read(store.product_path(places, "fit", "model.bin"))
    assert model is not None
    return model.version


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def copied(places: Places, root: Path) -> Places:
    kinds = ("transcripts", "codebooks", "outputs", "private")
    new = Places(places.study, *(root / kind / places.study for kind in kinds))
    for kind in kinds:
        shutil.copytree(getattr(places, kind), getattr(new, kind))
    return new


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, list[str]]:
    """The study after a first run of which nothing but one accepted sentence was judged, and what was said of that."""
    places = study(tmp_path_factory.mktemp("wenig"))
    run(places)
    one = sentences(places)[0]
    act = "q1,2026-06-01,ab,queue,accept,ENG.nachbar,{doc},{raw_sha256},{raw_start},{raw_end},,,\n".format(**one)
    (places.codebooks / "decisions.csv").write_text(ACTS + act, "utf-8")
    return places, learn(places, silent, DAY)


@pytest.fixture(scope="module")
def done(few: tuple[Places, list[str]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, list[str]]:
    places = copied(few[0], tmp_path_factory.mktemp("viel"))
    judged(places)
    return places, learn(places, silent, DAY)


def test_with_too_little_the_positives_are_taken_and_what_is_missing_is_said(few: tuple[Places, list[str]]) -> None:
    places, lines = few
    (row,) = learnt(places)
    assert (row["codes"], row["full"], row["mode"], row["coders"]) == ("ENG.nachbar", "no", "queue", "ab")
    text = " ".join(lines)
    assert "Vollständig gelesen sind 0 Sätze; ab 20" in text
    assert "reviewed.csv" in text
    (model,) = csv.DictReader((places.codebooks / "models.csv").read_text("utf-8-sig").splitlines())
    assert (model["version"], model["f1_sentence"], model["sentences"]) == (version(places), "", "0")


def test_every_judged_sentence_is_a_row_with_what_people_gave_it(done: tuple[Places, list[str]]) -> None:
    places, _ = done
    rows = {(r["doc"], r["raw_sha256"], r["raw_start"]): r for r in learnt(places)}
    said = sentences(places)
    third = [one for one in said if one["doc"] == "I003"]
    first_turn = said[0]["raw_sha256"]
    for one in said:
        row = rows.pop((one["doc"], one["raw_sha256"], one["raw_start"]), None)
        if one["doc"] != "I003":
            assert row is not None
            assert row["full"] == "yes"
            assert row["codes"] == code_of(one["text"])  # where `cd` read as well and gave nothing, one of two is half
            assert row["coders"] == ("ab;cd" if one["raw_sha256"] == first_turn else "ab")
            assert row["mode"] == ("interview;random" if one["raw_sha256"] == first_turn else "interview")
        elif one is third[0] or code_of(one["text"]) == "ENG.verein":
            assert row is not None
            assert (row["full"], row["codes"]) == ("no", code_of(one["text"]))
            assert row["coders"] == ("ab" if one is third[0] else "ef")
        else:
            assert row is None  # neither read nor given: a rejection teaches nothing here
    assert not rows
    ruled = [r for r in learnt(places) if r["rules"]]
    assert {r["rules"] for r in ruled} >= {"ENG.nachbar", "ENG.verein"}


def test_rows_find_their_sentence_again(done: tuple[Places, list[str]]) -> None:
    material = _material(done[0])
    found = [lessons.sentences(material, row) for row in learnt(done[0])]
    assert all(len(segs) == 1 for segs in found)
    assert len({segs[0] for segs in found}) == len(found)
    table = from_parquet(store.whole_path(done[0], "lessons"))
    assert (table["known"] == "all").sum() == sum(r["full"] == "yes" for r in learnt(done[0]))


def test_the_new_version_is_named_and_compared_and_entered(done: tuple[Places, list[str]], few: tuple[Places, list[str]]) -> None:
    places, lines = done
    before, now = csv.DictReader((places.codebooks / "models.csv").read_text("utf-8-sig").splitlines())
    assert (now["version"], now["former"]) == (version(places), before["version"])
    assert now["interviews"] == "3"
    assert int(now["sentences"]) == sum(r["full"] == "yes" for r in learnt(places))
    assert all(0 <= float(now[name]) <= 1 for name in ("f1_sentence", "f1_turn", "r_at_5"))
    assert set(now) == {"version", "date", "interviews", "sentences", "anchors", "codebook", "f1_sentence", "f1_turn", "r_at_5", "former"}
    text = "\n".join(lines)
    assert f"Neue Fassung des Modells: {version(places)} (bisher: Fassung {before['version']})" in text
    assert "95-%-Spanne" in text
    assert "Bei nur 2 gelesenen Gesprächen" in text
    assert (places.codebooks / "learned.csv.bak").read_bytes() == (few[0].codebooks / "learned.csv").read_bytes()


def test_a_second_call_changes_no_byte_and_says_so(done: tuple[Places, list[str]]) -> None:
    places, _ = done
    before = contents(places.codebooks), contents(places.outputs)
    lines = learn(places, silent, date(2026, 7, 1))
    assert (contents(places.codebooks), contents(places.outputs)) == before
    assert lines[-1].startswith("Nichts Neues")


@pytest.mark.long
def test_a_version_is_learnt_again_from_nothing(done: tuple[Places, list[str]], tmp_path: Path) -> None:
    places = copied(done[0], tmp_path)
    run(places)  # other folders
    codings, name = (places.outputs / "tables" / "codings.csv").read_bytes(), version(places)
    shutil.rmtree(places.outputs)
    shutil.rmtree(places.private / "work")
    run(places)
    assert version(places) == name == version(done[0])
    assert (places.outputs / "tables" / "codings.csv").read_bytes() == codings


@pytest.mark.long
def test_a_forgotten_interview_is_learnt_no_more(done: tuple[Places, list[str]], tmp_path: Path) -> None:
    places = copied(done[0], tmp_path)
    shutil.copy(places.codebooks / "learned.csv", places.codebooks / "learned.csv.bak")
    handed = places.codebooks / "handcoded" / "ef.csv"
    one = sentences(places)[0]
    handed.write_text(handed.read_text("utf-8") + "{doc},{raw_sha256},{raw_start},{raw_end},ENG.nachbar,{text}\n".format(**one), "utf-8")
    german = "Dokument;sha256;start;end;Kategorie;Zitat\n" + "{doc};{raw_sha256};{raw_start};{raw_end};ENG.nachbar;\n".format(**one)
    (places.codebooks / "handcoded" / "gh.csv").write_text(german, "utf-8")
    forget(places, "I001", "I001")
    assert (places.codebooks / "handcoded" / "gh.csv").read_text("utf-8") == german.splitlines(keepends=True)[0]
    left = contents(places.codebooks)
    for name in ("learned.csv", "learned.csv.bak", "handcoded/ef.csv", "decisions.csv", "reviewed.csv"):
        assert b"I001" not in left[name], name
        assert b"I003" in left[name], name
    assert {row["doc"] for row in learnt(places)} == {"I002", "I003"}
    assert left["learned.csv"] == left["learned.csv.bak"]
    assert set(from_parquet(store.whole_path(places, "lessons"))["doc"]) == {"I002", "I003"}
    model = frozen.read(store.product_path(places, "fit", "model.bin"))
    assert model is not None
    assert model.learnt["interviews"] == 2
    assert model.version != version(done[0])
    # Who learns now finds nothing new: what is left in the lists is what is left in the lessons.
    assert learn(places, silent, DAY)[-1].startswith("Geschrieben")
    assert (places.codebooks / "learned.csv").read_bytes() == left["learned.csv"]


def test_where_the_new_version_cannot_be_learnt_the_former_lessons_stay(done: tuple[Places, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = copied(done[0], tmp_path)
    calls: list[int] = []

    def broken(*_: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.learn.analyze", broken)
    (places.codebooks / "decisions.csv").write_text(ACTS, "utf-8")
    before = (places.codebooks / "learned.csv").read_bytes()
    with pytest.raises(KeyboardInterrupt):
        learn(places, silent, DAY)
    assert (places.codebooks / "learned.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("readers", "said", "codes"),
    [
        ("", [("A", "ab", "accept")], ["A"]),
        ("", [("A", "ab", "accept"), ("A", "cd", "reject")], ["A"]),
        ("", [("A", "ab", "accept"), ("A", "cd", "reject"), ("A", "ef", "reject")], []),
        ("", [("A", "ab", "accept"), ("A", "ab", "reject")], []),
        ("", [("A", "ab", "add"), ("A", "ab", "reject")], ["A"]),  # rejected was a proposal; what one gave stays
        ("ab cd ef", [("A", "ab", "add"), ("B", "cd", "add"), ("B", "ef", "add")], ["B"]),
        ("ab", [("A", "cd", "add")], ["A"]),
        ("ab cd", [("A", "ef", "accept")], []),
    ],
)
def test_a_code_is_given_by_half_of_those_who_judged(readers: str, said: list[tuple[str, str, str]], codes: list[str]) -> None:
    one = Judgement(readers=set(readers.split()))
    for row in said:
        one.say(*row)
    assert given(one) == codes


def test_two_versions_are_held_against_the_same_sentences() -> None:
    rng = np.random.default_rng(1)
    truth = rng.random((60, 2)) < 0.4
    doc, turn = np.repeat(list("abcdef"), 10), np.tile(np.repeat([1, 2], 5), 6)
    chances = np.where(truth, 0.9, 0.1)
    right = comparing.Told(("A", "B"), chances, truth)
    half = comparing.Told(("B",), chances[:, 1:], truth[:, 1:])  # the former version did not serve A
    found = comparing.compare(right, half, truth, doc, turn, 1)
    assert (found.f1_sentence, found.f1_turn, found.r_at_5) == (1, 1, 1)
    assert found.former_sentence == pytest.approx(2 * truth[:, 1].sum() / (truth.sum() + truth[:, 1].sum()))
    assert (found.better, found.worse) == (("A",), ())
    assert float(found.sentence.low) > 0
    lines = "\n".join(told_of(found, "neu", "alt", True, 6))
    assert "Besser wurde (die Spanne schließt 0 aus): A" in lines
    assert "wohl besser" in lines
    rare = comparing.compare(right, half, truth & (np.arange(60) < 30)[:, None], np.repeat(list("aabbbc"), 10), turn, 1)
    assert (rare.judged, rare.better, rare.worse) == (0, (), ())  # three interviews are too few to call it a difference
    assert "Keine kommt in 4 gelesenen Gesprächen vor" in "\n".join(told_of(rare, "neu", "alt", True, 3))
    back = comparing.compare(half, right, truth[:, 1:], doc, turn, 1)
    assert back.better == back.worse == ()


def test_one_interview_tells_nothing_of_others() -> None:
    truth = np.array([[True], [False]])
    told = comparing.Told(("A",), np.array([[0.9], [0.1]]), truth)
    found = comparing.compare(told, told, truth, np.array(["a", "a"]), np.array([1, 1]), 1)
    lines = "\n".join(told_of(found, "neu", "alt", False, 1))
    assert "ohne Spanne" in lines
    assert "erst ein Gespräch" in lines


@drawn(st.text("ab .", min_size=1, max_size=30), st.data())
@settings(max_examples=200, deadline=None)
def test_a_span_led_back_and_forth_holds_itself(text: str, data: st.DataObject) -> None:
    work = offsets.draft(text)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    edits = [offsets.Edit(a, b, data.draw(st.text("xyz", max_size=3)), "r") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    work = offsets.apply(work, edits)
    made = [(c.start, c.end, c.new_start, c.new_end) for c in offsets.changes(work)]
    start = data.draw(st.integers(0, len(work.text)))
    end = data.draw(st.integers(start, len(work.text)))
    low, high = offsets.through([made], start, end)
    assert 0 <= low <= len(text)
    own = [i for i in work.source[start:end] if i != offsets.INSERTED]
    if own:  # an original character is in the span: the way there and back keeps it all
        assert low <= own[0]
        assert own[-1] < high
        first, last = offsets.forward(made, low, high)
        assert first <= start
        assert end <= last
