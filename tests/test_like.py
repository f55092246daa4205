"""Passages like this one: by meaning without a shared word, by place, by category; who may not be quoted is not; odd calls in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import lay_out
from test_explore import respondents

from pipeline.encoders import vector
from pipeline.encoders.kept import to_text
from pipeline.explore import explore
from pipeline.exploring import like, likeness, wanted
from pipeline.exploring.material import Material
from pipeline.exploring.meaning import same_encoder
from pipeline.exploring.part import Part
from pipeline.exploring.space import Files, Kept
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.tables import to_parquet
from pipeline.wording import NOT_QUOTABLE

NO_ONE = like.Bearing({}, {}, lambda segment, code: None)
SAID = ("Niemand erklärte mir den Weg.", "Gestern schien die Sonne am Strand.", "Wir grillen gern im Garten.", "Der Zug fährt um acht ab.")


def kept(material: Material, folder: Path) -> Kept:
    """What a run would keep of it, without a model."""
    index, rows = material.index, []
    for n, seg in enumerate(index.seg_ids):
        turn = int(index.seg_turn[n])
        text = material.texts[turn][index.seg_start[n] : index.seg_end[n]]
        rows.append({"doc": "I001", "turn": material.numbers[turn], "seg": seg, "vector": to_text(vector(text))})
    (folder / "v.parquet").write_bytes(to_parquet(pd.DataFrame(rows)))
    return Kept(material, Files([folder / "v.parquet"], folder / "c", folder / "a", folder / "m"))


def column(part: Part, heading: str) -> list[object]:
    return [row[[c.heading for c in part.columns].index(heading)] for row in part.rows]


def test_a_text_finds_its_paraphrase_that_shares_no_word(tmp_path: Path) -> None:
    part = like.to_text(kept(respondents(*SAID), tmp_path), "keiner hat gesagt wo ich hin muss", "", ("", ""), NO_ONE)
    assert column(part, "Satz")[0] == SAID[0]
    assert column(part, "Wörter")[0] == 0.0
    assert column(part, "ähnlich") == sorted(column(part, "ähnlich"), reverse=True)  # type: ignore[type-var]


def test_a_sentence_does_not_find_itself_and_what_is_equally_like_stands_by_place(tmp_path: Path) -> None:
    material = respondents(SAID[0], SAID[1], SAID[0], SAID[0], SAID[2])
    part = like.to_sentence(kept(material, tmp_path), 0, NO_ONE)
    assert column(part, "Stelle")[:2] == ["I001.3.1", "I001.4.1"]
    assert "I001.1.1" not in column(part, "Stelle")
    assert column(part, "Wörter")[0] == 1.0


def test_who_may_not_be_quoted_is_not_shown_nor_what_stands_beside(tmp_path: Path) -> None:
    hidden = "Niemand erklärte mir den Weg. Geheime Sache im Keller."
    material = respondents(hidden, "Niemand zeigte mir einen Weg.", "Offene Sache im Garten.", quotable=("B", "C"))
    part = like.to_text(kept(material, tmp_path), "keiner hat mir den Weg gesagt", "", ("", ""), NO_ONE)
    assert "Geheime" not in str(part)
    assert "erklärte" not in str(part)
    by_place = dict(zip(column(part, "Stelle"), zip(column(part, "Satz"), column(part, "davor"), strict=True), strict=True))
    assert by_place["I001.1.1"] == (NOT_QUOTABLE, "")
    assert by_place["I001.2.1"] == ("Niemand zeigte mir einen Weg.", NOT_QUOTABLE)
    assert "2 davon" in part.notes[0]


def test_a_category_is_near_its_training_sentences_and_far_from_those_of_none(tmp_path: Path) -> None:
    one = kept(respondents(*SAID), tmp_path)
    texts = {"Keiner sagt mir, wohin.": "X.a", "Es gibt keine Auskunft über den Weg.": "X.a", "Der Strand ist schön.": "", "Wir essen Kuchen.": ""}
    anchors = pd.DataFrame(
        [
            {"anchor": n, "kind": "anchor", "codes": code, "used": "yes", "text": text, "words": text.lower().rstrip(".").replace(",", ""), "vector": to_text(vector(text))}
            for n, (text, code) in enumerate(texts.items())
        ]
    )  # fmt: skip
    near = likeness.of_code(one, ["X", "X.a"], anchors)
    assert near is not None
    assert near.total.argmax() == 0
    assert near.chance is None
    assert anchors["codes"][near.nearest[0]] == "X.a"
    assert likeness.of_code(one, ["Y"], anchors) is None


def test_the_maths_of_nearness_by_hand() -> None:
    assert likeness._best(np.array([[0.1, 0.4, 0.2, 0.3], [0.0, 0.0, 0.9, 0.0]])).tolist() == pytest.approx([0.3, 0.3])
    assert likeness._best(np.zeros((2, 0))).tolist() == [0.0, 0.0]


def test_vectors_of_another_encoder_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = kept(respondents(*SAID), tmp_path)
    assert same_encoder(one, "")
    monkeypatch.setattr(like, "same_encoder", lambda kept, encoder: encoder == "")
    with pytest.raises(Stop, match="make analyze"):
        like.to_text(one, "irgendwas", "anders", ("", ""), NO_ONE)
    one.raw = np.ones((len(one.rows), 3), dtype=np.float32)
    assert not same_encoder(one, "")


CODES = pd.DataFrame({"code": ["SEG", "SEG.information", "ENG"]})


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("SEG.information", "code"), ("seg.INFORMATION", "code"), ("ENG", "code"), ("eng", "text"), ("I001.1.1", "place"),
        ("i001.0001.001", "place"), ("z.B. so", "text"), ('=HYPERLINK("x")', "text"), ("../../etc/passwd los", "text"), ("\x1b[31mrot\x07", "text"),
    ],
)  # fmt: skip
def test_what_is_meant_is_told_from_how_it_looks(given: str, kind: str) -> None:
    found = wanted.wanted(given, CODES, respondents(*SAID))
    assert found.kind == kind
    assert "\x1b" not in found.text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("SEG.informaton", "Meinten Sie »SEG.information«"), ("I009.1.1", "Interview »I009« gibt es nicht"), ("I001.99.1", "keinen Beitrag 99"),
        ("I001.1.7", "keinen Satz 7"), ("I001.1.99999999999999999999", "gibt es nicht"), ("…!?", "kein Wort"), ("12 34", "kein Wort"),
        ("x " * 900, "höchstens 1000"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_in_words(given: str, says: str) -> None:
    with pytest.raises(Stop, match=says):
        wanted.wanted(given, CODES, respondents(*SAID))


# the verb


@pytest.fixture
def own(finished: Places, tmp_path: Path) -> Places:
    places = lay_out(tmp_path)
    for name in ("outputs", "private"):
        shutil.copytree(getattr(finished, name), getattr(places, name))
    return places


def cells(places: Places) -> list[list[str]]:
    from openpyxl import load_workbook

    books = sorted((places.outputs / "explore").glob("aehnlich_*.xlsx"))
    return [[str(c) for c in row] for book in books for page in load_workbook(book) for row in page.iter_rows(values_only=True)]


@pytest.mark.parametrize("given", ["=1+1 keiner hilft uns \x1b[2J", "ENG.nachbar"])
def test_every_kind_is_answered_on_screen_and_in_a_workbook_twice_the_same(own: Places, given: str) -> None:
    told = explore(own, {"LIKE": given})
    assert max(map(len, told[:-1])) <= 110
    assert not any("\x1b" in line for line in told)
    path = next((own.outputs / "explore").iterdir())
    before = path.read_bytes()
    assert explore(own, {"LIKE": given}) == told
    assert path.read_bytes() == before
    assert any("passage" in row for row in cells(own))


def test_a_category_shows_those_without_it_first(own: Places) -> None:
    told = "\n".join(explore(own, {"LIKE": "ENG.nachbar"}))
    assert told.index("Kandidaten ohne diese Kategorie") < told.index("Sätze mit dieser Kategorie")
    mentions = pd.read_csv(own.outputs / "tables" / "findings_mentions.csv", encoding="utf-8-sig")
    bear = {f"{m.doc}.{m.turn}." for m in mentions[mentions["code"] == "ENG.nachbar"].itertuples()}
    marked = [row for row in cells(own) if any(cell.startswith("ENG.nachbar") for cell in row[4:])]
    assert marked
    assert all(any(row[1].startswith(place) for place in bear) for row in marked)


def test_people_without_consent_are_never_quoted(own: Places) -> None:
    path = own.outputs / "tables" / "speakers.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",yes", ",no"), "utf-8-sig")
    for given in ("die Nachbarn helfen uns mit Suppe", "ENG.nachbar"):
        told = "\n".join(explore(own, {"LIKE": given})[1:])
        for words in ("Suppe mit", "jeden Mittwoch", "Raum haben wir"):
            assert words not in told
            assert not any(words in cell for row in cells(own) for cell in row)


def test_without_vectors_it_says_what_to_do_and_other_answers_go_on(own: Places) -> None:
    for path in (own.outputs / "work" / "embed").iterdir():
        path.unlink()
    with pytest.raises(Stop, match="make analyze"):
        explore(own, {"LIKE": "keiner hilft uns"})
    assert explore(own, {"CODE": "ENG"})


def test_only_one_question_at_a_time_and_alone_it_is_explained(own: Places) -> None:
    with pytest.raises(Stop, match="nur eines"):
        explore(own, {"LIKE": "Raum", "CODE": "ENG"})
    assert any("LIKE=" in line for line in explore(own, {}))
