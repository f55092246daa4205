"""Entities, the key, replacements, the worklist and the leak check, over whole runs of a small study."""

from __future__ import annotations

import csv
import socket
from pathlib import Path

import pytest
from conftest import carry, lay_out, run

from pipeline.leaking.spelling import folded
from pipeline.lists import read_key
from pipeline.names import doubted
from pipeline.naming import key, lexicon
from pipeline.naming.choose import Chooser, words
from pipeline.naming.entities import Mention, build
from pipeline.naming.plan import called, forms, steps
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.tables import from_csv

NAMES = {("f", "tr"): ("Hatice", "Emine"), ("m", "tr"): ("Osman", "Kemal"), ("surname", "tr"): ("Demir", "Şahin"),
         ("f", "de"): ("Ingrid",), ("m", "de"): ("Konrad",), ("surname", "de"): ("Weber", "Lang")}  # fmt: skip
GIVEN = {"fatma", "mehmet", "ali", "sabine"}
TALK = """Datum: 18.03.2026
Interviewpartnerin: Frau Yıldız

I: Wie leben Sie hier zusammen?

B: Ach, meine Nachbarin, die Frau Kowalczyk, die hilft. Und die Fatma auch, Fatma Özdemir heißt die. Özdemirs wohnen gegenüber.

I: Wie erreicht man Sie?

B: Unter 0209 5550123, oder kaya@example.org. Frau Kowalczyk wohnt in der Lindenstraße 12. Fatmas Sohn, der Mehmet, ist im Verein.
"""


def mention(doc: str, core: str, **more: str) -> Mention:
    kind = more.pop("kind", "person")
    surface = more.pop("surface", core)
    certainty = more.pop("certainty", "sure")
    return Mention(
        doc,
        1,
        0,
        len(surface),
        kind,
        surface,
        core,
        certainty,
        "x",
        more.get("sex", ""),
        more.get("culture", "tr"),
        more.get("title", ""),
    )


def made(
    *mentions: Mention, listed: list[key.Row] | None = None, here: str = "I001 I002", keep: str = ""
) -> dict[str, key.Row]:
    chooser = Chooser({"emine"}, NAMES)
    rows = build(
        mentions,
        listed or [],
        chooser,
        frozenset(here.split()),
        frozenset(keep.split()),
        lambda w: w.casefold() in GIVEN,
    )
    return {row.name: row for row in rows}


def test_names_keep_sex_and_culture_and_families_stay_families() -> None:
    rows = made(
        mention("I001", "Fatma Kaya", sex="f"),
        mention("I001", "Mehmet Kaya", sex="m"),
        mention("I002", "Sabine Schulz", sex="f", culture="de"),
    )
    assert {name: row.replacement for name, row in rows.items()} == {
        "Fatma Kaya": "Hatice Demir", "Mehmet Kaya": "Osman Demir", "Sabine Schulz": "Ingrid Weber",
    }  # fmt: skip
    assert [row.entity for row in rows.values()] == ["P001", "P002", "P003"]


def test_a_first_name_and_a_surname_belong_to_the_full_name() -> None:
    rows = made(
        mention("I001", "Fatma Kaya", sex="f"), mention("I001", "Fatma", sex="f"), mention("I001", "Kaya", title="Frau")
    )
    assert list(rows) == ["Fatma Kaya"]
    row = rows["Fatma Kaya"]
    assert (row.forms, row.count) == (("Fatma Kaya", "Fatma", "Kaya"), 3)
    assert [called(row, form, form) for form in row.forms] == ["Hatice Demir", "Hatice", "Demir"]
    assert "Kaya" in made(mention("I001", "Fatma Kaya", sex="f"), mention("I001", "Kaya", title="Herr"))


def test_no_pseudonym_is_a_word_of_the_material() -> None:
    names = [f"{n}tma" for n in "abc"]
    chooser = Chooser({"hatice"}, NAMES)
    rows = build(
        [mention("I001", n, sex="f") for n in names], [], chooser, frozenset({"I001"}), frozenset(), lambda w: True
    )
    assert [row.replacement for row in rows] == ["Emine", "Ingrid", "[Person 1]"]


def test_no_pseudonym_is_a_form_that_stands_in_the_material_with_an_ending_only() -> None:
    rows = made(mention("I001", "Sabine", sex="f"), mention("I002", "Hatice", sex="f", surface="Hatices"))
    assert [row.replacement for row in rows.values()] == ["Ingrid", "Demir"]
    suspected = mention("I002", "Hatice", sex="f", surface="Hatices", certainty="suspected")
    assert made(mention("I001", "Sabine", sex="f"), suspected)["Sabine"].replacement == "Ingrid"  # people may confirm her


def test_no_pseudonym_is_a_form_that_people_wrote_ahead_into_the_key() -> None:
    ahead = key.rows([{"form": "Hatice", "replacement": "Zehra"}])
    assert made(mention("I001", "Sabine", sex="f"), listed=ahead)["Sabine"].replacement == "Ingrid"


@pytest.mark.parametrize("spelt", ["Ipek", "IPEK", "ipek", "İPEK", "I\u0307pek"])
def test_no_pseudonym_is_a_name_of_the_material_spelt_with_another_dot(spelt: str) -> None:
    assert Chooser({spelt}, {("f", "tr"): ("İpek", "Emine")}).part("Fatma", "given", "f", "tr") == "Emine"


def test_no_mask_is_a_form() -> None:
    rows = made(mention("I001", "Alte Mühle", kind="org"), mention("I001", "Einrichtung 1", kind="org"), mention("I001", "2", kind="id"))
    assert rows["Alte Mühle"].replacement == "[Einrichtung 3]"


def test_names_are_compared_as_the_leak_check_compares_them() -> None:
    names = {name for given in lexicon.pools().values() for name in given}
    assert [name for name in sorted(names) if words(name) != folded(name)] == []


def test_what_people_wrote_into_the_key_wins_and_survives() -> None:
    first = made(
        mention("I001", "Fatma Kaya", sex="f"),
        mention("I001", "Sommer", certainty="suspected"),
        mention("I001", "Gelsenau", kind="place"),
    )
    listed = key.rows(csv.DictReader(key.to_bytes(first.values()).decode("utf-8-sig").splitlines(), delimiter=";"))
    changed = [
        row.__class__(**{**row.__dict__, "replacement": "Zehra Aydın", "status": "confirmed"}) if row.name == "Fatma Kaya"
        else row.__class__(**{**row.__dict__, "level": "keep"}) if row.kind == "place" else row
        for row in listed
    ]  # fmt: skip
    again = made(
        mention("I001", "Fatma Kaya", sex="f"), mention("I001", "Gelsenau", kind="place"), mention("I002", "Kaya", title="Herr", sex="m"),
        listed=changed,
    )  # fmt: skip
    assert again["Fatma Kaya"].replacement == "Zehra Aydın"
    assert again["Kaya"].replacement == "Aydın"
    assert not again["Gelsenau"].replaced
    assert "Sommer" not in again  # suspected, and no longer found


def test_rows_of_removed_interviews_go_and_rows_written_ahead_stay() -> None:
    listed = [key.Row("P007", "person", "Fatma", ("Fatma",), docs=("I009",), listed=True, replacement="Emine")]
    ahead = key.rows([{"form": "Kaya", "replacement": "Demir"}])
    assert list(made(listed=[*listed, *ahead])) == ["Kaya"]


def test_rows_merged_by_hand_are_one() -> None:
    rows = key.rows([
        {"entity": "P001", "kind": "person", "name": "Fatma", "forms": "Fatma", "status": "", "level": "", "replacement": "Emine"},
        {"entity": "P001", "kind": "person", "name": "", "forms": "Fatoş | Fatma", "status": "", "level": "", "replacement": ""},
    ])  # fmt: skip
    assert [(row.forms, row.replacement, row.status) for row in rows] == [(("Fatma", "Fatoş"), "Emine", "confirmed")]


def replaced(text: str, *rows: key.Row, mentions: tuple[Mention, ...] = (), lower: bool = False) -> str:
    known = forms(rows, lambda word: word in ("Sommer", "Rosa"))
    for step in reversed(steps(text, mentions, known, lower)):
        text = text[: step.start] + step.after + text[step.end :]
    return text


KAYA = key.Row("P001", "person", "Fatma Kaya", ("Fatma Kaya", "Fatma", "Kaya"), replacement="Hatice Demir")
SOMMER = key.Row("P002", "person", "Sommer", ("Sommer",), replacement="Winter")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Frau Kayas Haus", "Frau Demirs Haus"),
        ("die Fatma Kaya und Fatma", "die Hatice Demir und Hatice"),
        ("die Kaya-Familie", "die Demir-Familie"),
        ("das Kayak im Keller", "das Kayak im Keller"),
        ("im Sommer", "im Sommer"),
        ("FATMA sagt", "Hatice sagt"),
    ],
)
def test_every_place_of_a_form_is_replaced_with_its_ending(text: str, wanted: str) -> None:
    assert replaced(text, KAYA, SOMMER) == wanted


def test_a_word_that_is_a_name_is_replaced_where_it_was_recognised_or_where_people_say_so() -> None:
    text = "Frau Sommer kam im Sommer."
    seen = (Mention("I001", 1, 5, 11, "person", "Sommer", "Sommer", "sure", title="Frau"),)
    assert replaced(text, SOMMER, mentions=seen) == "Frau Winter kam im Sommer."
    everywhere = key.Row("P002", "person", "Sommer", ("Sommer",), replacement="Winter", everywhere=True)
    assert replaced(text, everywhere) == "Frau Winter kam im Winter."


def test_in_lower_case_talk_the_replacement_is_lower_case() -> None:
    assert replaced("die fatma kaya hat gesagt", KAYA, lower=True) == "die hatice demir hat gesagt"


def talked(root: Path) -> Places:
    places = lay_out(root)
    for path in places.transcripts.iterdir():
        path.unlink()
    (places.transcripts / "Interview Kowalczyk.txt").write_text(TALK, "utf-8")
    return places


@pytest.fixture
def study(tmp_path: Path) -> Places:
    return talked(tmp_path)


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The study after a run; tests only read it."""
    places = talked(tmp_path_factory.mktemp("schluessel"))
    run(places)
    return places


@pytest.fixture
def ran_study(study: Places, keyed: Places) -> None:
    """`study` after its first run."""
    carry(keyed, study)


def texts(places: Places) -> str:
    names = ("turns", "documents", "cases", "speakers", "codings")
    return "\n".join((places.outputs / "tables" / f"{name}.csv").read_text("utf-8") for name in names)


def test_a_whole_run_lets_no_name_out_and_keeps_a_key_that_only_its_owner_reads(keyed: Places) -> None:
    for name in ("Kowalczyk", "Fatma", "Özdemir", "Mehmet", "Yıldız", "5550123", "kaya@example.org", "Lindenstraße"):
        assert name not in texts(keyed), name
        assert name not in (keyed.outputs / "report.html").read_text("utf-8"), name
    path = keyed.private / "pseudonyms.csv"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Kowalczyk" in path.read_text("utf-8")
    assert (keyed.private / "arbeitsliste.xlsx").is_file()


def test_a_form_that_stands_nowhere_without_its_ending_is_nobodys_pseudonym(study: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = {("surname", "pl"): ("Paul", "Nowak"), ("surname", "de"): ("Paul", "Lang"), ("m", "de"): ("Paul", "Konrad"), ("f", "de"): ("Ute", "Anke")}
    monkeypatch.setattr(lexicon, "pools", lambda: pool)
    (study.transcripts / "zwei.txt").write_text("I: Wer ist in der Klasse?\n\nB: Da gibt es vier Pauls und keine einzige Aylin.\n", "utf-8")
    run(study)  # the leak check stops where a replacement is somebody's name
    rows = read_key(study.private / "pseudonyms.csv")
    assert [row["status"] for row in rows if row["forms"] == "Paul"] == ["proposed"]
    assert not any("Paul" in row["replacement"] for row in rows)


@pytest.mark.usefixtures("ran_study")
def test_the_key_is_kept_and_without_it_the_same_names_are_given_again(study: Places) -> None:
    path = study.private / "pseudonyms.csv"
    before = path.read_bytes()
    (study.codebooks / "guide.yaml").write_text("questions: []\n", "utf-8")
    run(study)
    assert path.read_bytes() == before
    assert run(study).fresh
    first = texts(study)  # the questions of the guide change what the model proposes
    path.unlink()
    run(study)
    assert (path.read_bytes(), texts(study)) == (before, first)


@pytest.mark.usefixtures("ran_study")
def test_edits_of_the_key_change_what_depends_on_them(study: Places) -> None:
    path = study.private / "pseudonyms.csv"
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    (row,) = [r for r in rows if "Kowalczyk" in r["forms"]]
    new = path.read_text("utf-8-sig").replace(f";{row['replacement']};", ";Nowakowska;")
    path.write_text(new, "utf-8")
    run(study)
    assert "Nowakowska" in texts(study)
    path.write_text(new.replace(";proposed;pseudonym;Nowakowska;", ";rejected;pseudonym;Nowakowska;"), "utf-8")
    run(study)
    assert "Frau Kowalczyk" in texts(study)


def test_a_removed_interview_takes_its_names_with_it(study: Places) -> None:
    (study.transcripts / "zwei.txt").write_text(
        "I: Wer hilft?\n\nB: Der Hüseyin, der hilft immer beim Verein.\n", "utf-8"
    )
    run(study)
    assert "Hüseyin" in (study.private / "pseudonyms.csv").read_text("utf-8")
    (study.transcripts / "zwei.txt").unlink()
    run(study)
    for folder in (study.private, study.outputs):
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix != ".xlsx":
                assert "Hüseyin".encode() not in path.read_bytes(), path


@pytest.mark.usefixtures("ran_study")
def test_a_name_that_would_leave_stops_the_run_and_earlier_results_stay(study: Places) -> None:
    before = (study.outputs / "report.html").read_bytes()
    with (study.codebooks / "cases.csv").open("a", encoding="utf-8") as handle:
        handle.write("Interview Kowalczyk,B,Kowalczyk,private,verein\n")
    with pytest.raises(Stop) as stop:
        run(study)
    assert "Kowalczyk" not in str(stop.value)
    assert "K…k" in str(stop.value)
    assert (study.outputs / "report.html").read_bytes() == before


def test_a_whole_run_opens_no_socket(study: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert run(study).worked


def test_times_lead_from_a_quote_to_its_second(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    cues = [("B", 0, "Frau Kowalczyk sagt,"), ("B", 4, "äh, der Jugendtrainer"), ("B", 9, "macht das gut.")]
    body = "\n\n".join(f"00:00:{at:02d}.000 --> 00:00:{at + 3:02d}.000\n<v {who}>{said}</v>" for who, at, said in cues)
    (places.transcripts / "zeit.vtt").write_text(f"WEBVTT\n\n{body}\n", "utf-8")
    run(places)
    turns = from_csv(places.outputs / "tables" / "turns.csv")
    moments = from_csv(places.outputs / "tables" / "moments.csv")
    (doc,) = set(moments["doc"])
    text = turns[turns["doc"] == doc]["text"].iloc[0]
    assert "Kowalczyk" not in text
    found = [(text[m.start :].strip()[:5], m.t_start) for m in moments.itertuples()]
    assert found == [(text[:5], 0.0), ("der J", 4.0), ("macht", 9.0)]


def test_words_of_dialect_are_no_names() -> None:
    texts = {("I001", 1): "Abber dat is so. Dat is abber schön. Die Tuba hilft."}
    titled = mention("I001", "Abber", title="Frau")
    found = [mention("I001", "Abber"), mention("I001", "Tuba"), titled, mention("I001", "von den Neuen")]
    assert [m.certainty for m in doubted(found, texts)] == ["suspected", "sure", "sure", "suspected"]


def test_a_key_whose_letters_were_lost_stops_before_a_name_is_missed(tmp_path: Path) -> None:
    path = tmp_path / "pseudonyms.csv"
    path.write_text("form;replacement\nKaya;Demir\nG?lay;Ayşe\n", "utf-8")
    with pytest.raises(Stop) as stop:
        read_key(path)
    assert [p.line for p in stop.value.problems] == [3]
    assert "lay" not in str(stop.value.problems[0])  # names stay out of messages
    assert "UTF-8" in str(stop.value.problems[0])


def test_a_key_without_header_is_refused_without_repeating_a_name(tmp_path: Path) -> None:
    path = tmp_path / "pseudonyms.csv"
    path.write_text("Kaya;Demir\nGülay;Ayşe\n", "utf-8")
    with pytest.raises(Stop) as stop:
        read_key(path)
    assert not any(name in str(p) for p in stop.value.problems for name in ("Kaya", "Demir"))


def test_a_replacement_that_is_somebodys_name_stops_and_says_where_to_change_it(tmp_path: Path) -> None:
    places = lay_out(tmp_path)
    (places.transcripts / "d_neu.txt").write_text(TALK, "utf-8")
    (places.private).mkdir(parents=True, exist_ok=True)
    (places.private / "pseudonyms.csv").write_text("form;replacement\nKowalczyk;Özdemir\n", "utf-8")
    with pytest.raises(Stop) as stop:
        run(places)
    assert any("die Zeile suchen, die ihn unter »replacement« hat" in str(p) for p in stop.value.problems)
    assert not any("Özdemir" in str(p) for p in stop.value.problems)
