"""German of interviews: what is measured on labelled cases, and what must hold for any text."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.german import Analysis, TokenInfo, analyse, load
from pipeline.german.colloquial import REGIONS, normal_form
from pipeline.german.compounds import parts
from pipeline.german.negation import FORMS, LEMMAS
from pipeline.german.stopwords import STOPWORDS
from pipeline.problems import Stop

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parent.parent


def case(name: str) -> dict[str, Any]:
    return json.loads((CASES / f"german_{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def nlp() -> Any:
    return load()


def token(nlp: Any, text: str, form: str) -> TokenInfo:
    return next(t for t in analyse(nlp, text).tokens if t.form == form)


# Tags and lemmas ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "tag_floor", "lemma_floor"), [("dev", 0.99, 0.995), ("test", 0.97, 0.985)])
def test_tags_and_lemmas_reach_what_was_measured(nlp: Any, part: str, tag_floor: float, lemma_floor: float) -> None:
    total = tags = lemmas = 0
    for row in case("tags")[part]:
        gold = [item.split(" ") for item in row["tokens"]]
        found = analyse(nlp, row["text"]).tokens
        assert [t.form for t in found] == [form for form, _, _ in gold]
        total += len(gold)
        tags += sum(t.tag == tag for t, (_, tag, _) in zip(found, gold, strict=True))
        lemmas += sum(t.lemma == lemma for t, (_, _, lemma) in zip(found, gold, strict=True))
    print(f"{part}: {total} tokens, tag {tags / total:.4f}, lemma {lemmas / total:.4f}")
    assert total >= 250
    assert tags / total >= tag_floor
    assert lemmas / total >= lemma_floor


@pytest.mark.parametrize(
    ("text", "form", "tag"),
    [
        pytest.param("Die ham uns von oben herab behandelt.", "herab", "APZR", marks=pytest.mark.xfail(strict=True)),
        pytest.param("Das sind alles Leute, die sich kennen.", "alles", "PIS", marks=pytest.mark.xfail(strict=True)),
        pytest.param(
            "Ist es schlimm, wenn mal einer zu spät kommt?", "einer", "PIS", marks=pytest.mark.xfail(strict=True)
        ),
        pytest.param(
            "Ich fühl mich da alleingelassen.", "alleingelassen", "VVPP", marks=pytest.mark.xfail(strict=True)
        ),
        pytest.param("Wir kannten keinen Menschen.", "kannten", "VVFIN", marks=pytest.mark.xfail(strict=True)),
        pytest.param(
            "In der Schule haben sie mich oft ausgelacht.", "mich", "PPER", marks=pytest.mark.xfail(strict=True)
        ),
        ("Was die mit uns machen, das geht nicht.", "machen", "VVFIN"),
        ("Was die mit uns machen, das geht nicht.", "die", "PDS"),
        ("Wir haben kein Termin bekommen.", "bekommen", "VVPP"),
        ("Ich weiß, wie sie das verstehen.", "verstehen", "VVFIN"),
        ("Ich will das verstehen.", "verstehen", "VVINF"),
        ("Das ist viel zu teuer.", "zu", "PTKA"),
        ("Er sagt immer nein.", "nein", "PTKANT"),
    ],
)
def test_tag(nlp: Any, text: str, form: str, tag: str) -> None:
    assert token(nlp, text, form).tag == tag


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("Die Häuser sind alt.", "Häuser", "Haus"), ("Mit denen rede ich.", "denen", "der"), ("Ich sehe keinen.", "keinen", "kein"),
        ("Das hilft mir.", "mir", "ich"), ("Das hilft uns.", "uns", "wir"), ("Meine Mutter.", "Meine", "mein"),
        ("Eine Frau kam.", "Eine", "ein"), ("Die Studierenden kamen.", "Studierenden", "Studierende"),
        ("Jugendliche kamen.", "Jugendliche", "Jugendliche"), ("Ein Jugendlicher kam.", "Jugendlicher", "Jugendliche"),
        ("Mit den Jugendlichen.", "Jugendlichen", "Jugendliche"), ("Der Lehrer kam.", "Lehrer", "Lehrer"), ("Am Abend.", "Abend", "Abend"), ("In meinem Alter.", "Alter", "Alter"), ("Das Schlimmste kam.", "Schlimmste", "Schlimmste"),
        ("Die SPD war da.", "SPD", "SPD"), ("Die Lehrer*innen streiken.", "Lehrer*innen", "Lehrer:in"),
        ("Die Straßen Bochums sind voll.", "Bochums", "Bochum"), ("Ich kenne Thomas.", "Thomas", "Thomas"),
        ("Die Corona-Auflagen nerven.", "Corona-Auflagen", "Corona-Auflage"), ("Die Daten fehlen.", "Daten", "Daten"),
        ("Haste das?", "Haste", "haben"), ("Wir gehn aufm Hof.", "aufm", "auf"),
    ],
)  # fmt: skip
def test_lemma(nlp: Any, text: str, form: str, lemma: str) -> None:
    assert token(nlp, text, form).lemma == lemma


@pytest.mark.parametrize(
    ("text", "form", "pos"),
    [
        ("Ich habe das gemacht.", "habe", "AUX"), ("Ich habe Zeit.", "habe", "VERB"), ("Das wird gemacht.", "wird", "AUX"),
        ("Er wird Lehrer.", "wird", "VERB"), ("Er wird kommen.", "wird", "AUX"), ("Ich bin müde.", "bin", "AUX"),
        ("Wir haben viel zu tun.", "haben", "VERB"), ("Ich hätte das machen müssen.", "hätte", "AUX"),
        ("Ich habe Angst, weil er gegangen ist.", "habe", "VERB"), ("Ob er das Geld hat, weiß keiner.", "hat", "VERB"),
        ("Ob er das bezahlt hat, weiß keiner.", "hat", "AUX"), ("Ich hab, äh, geschlafen.", "hab", "AUX"),
    ],
)  # fmt: skip
def test_auxiliary_or_full_verb(nlp: Any, text: str, form: str, pos: str) -> None:
    assert token(nlp, text, form).pos == pos


@pytest.mark.parametrize(
    ("text", "form", "lemma"),
    [
        ("Sie bringt sich auch ein.", "bringt", "einbringen"), ("Da rufste an.", "rufste", "anrufen"),
        ("Die kennt sich aus mit dem Amt.", "kennt", "auskennen"), ("Er hatte eine Jacke an.", "hatte", "anhaben"),
        ("Ich nehme an, dass er kommt.", "nehme", "annehmen"), ("Das hängt davon ab, ob er kommt.", "hängt", "abhängen"),
        ("Er bringt Kuchen und Kaffee mit.", "bringt", "mitbringen"),
        # none: not known, another verb between, another word class, a clause between
        ("Er kommt gleich.", "kommt", "kommen"), ("Das ist los.", "ist", "sein"), ("Er sagt was dazu.", "sagt", "sagen"),
        ("Ich gehe auf den Hof.", "gehe", "gehen"), ("Er weiß, dass sie geht, und ruft an.", "weiß", "wissen"),
        ("Ich denke, er kommt mit.", "denke", "denken"), ("Er isst ein.", "isst", "essen"),
    ],
)  # fmt: skip
def test_separable_verbs_are_joined_only_where_they_are_known(nlp: Any, text: str, form: str, lemma: str) -> None:
    assert token(nlp, text, form).lemma == lemma


def test_the_particle_of_a_separable_verb_keeps_its_own_lemma(nlp: Any) -> None:
    particle = token(nlp, "Sie bringt sich auch ein.", "ein")
    assert (particle.lemma, particle.tag, particle.pos) == ("ein", "PTKVZ", "ADP")


# Sentences ------------------------------------------------------------------------------------------------------------


def borders(row: str) -> set[int]:
    place, found = 0, set()
    for piece in row.split("¦")[:-1]:
        place += len(piece)
        found.add(place)
    return found


@pytest.mark.parametrize(("part", "precision", "recall"), [("dev", 0.96, 1.0), ("test", 1.0, 0.86)])
def test_sentence_borders(nlp: Any, part: str, precision: float, recall: float) -> None:
    hits = made = wanted = 0
    for row in case("sentences")[part]:
        found = {start for start, _ in analyse(nlp, row.replace("¦", "")).sentences[1:]}
        hits, made, wanted = hits + len(found & borders(row)), made + len(found), wanted + len(borders(row))
    print(f"{part}: {wanted} borders, precision {hits / made:.3f}, recall {hits / wanted:.3f}")
    assert hits / made >= precision
    assert hits / wanted >= recall


@pytest.mark.parametrize(
    "row",
    [
        "Das gilt z. B. hier, bzw. ca. 5 Mal. ¦Frau Dr. Meier weiß es.",
        "Am 3. Mai war ich da. ¦Ich war 12. ¦Sie war 15.",
        "Er sagte: „Nein.“ ¦Dann ging er.",
        "Das war (...) schlimm. ¦Und so … schwierig.",
        "Zeile eins\n¦zeile zwei",
        "Wir zogen um usw. ¦Dann kam sie.",
    ],
)
def test_borders_of_a_row(nlp: Any, row: str) -> None:
    assert {start for start, _ in analyse(nlp, row.replace("¦", "")).sentences[1:]} == borders(row)


def test_long_speech_is_cut_and_short_speech_is_not(nlp: Any) -> None:
    piece = "und dann hab ich dem Nachbarn in der Straße nochmal alles genau erklärt "
    long = analyse(nlp, "ich war damals ja noch bei der Post beschäftigt " + piece * 8)
    assert len(long.sentences) > 3
    assert len(analyse(nlp, "ich war damals ja noch bei der Post beschäftigt " + piece * 2).sentences) == 1


# Normal forms and fillers ---------------------------------------------------------------------------------------------


def entries_of_the_list() -> list[list[str]]:
    lines = (ROOT / "pipeline/german/colloquial.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def test_the_list_of_colloquial_forms_is_well_made() -> None:
    rows = entries_of_the_list()
    assert len(rows) >= 300
    assert all(len(row) == 4 and row[0] == row[0].lower() and row[0] != row[1] and "’" not in row[0] for row in rows)
    assert {word for row in rows for word in row[2].split(",") if word} <= {"klein", "nur-klein", "kontext", *REGIONS}
    keys = [(row[0], row[1]) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("text", "region", "form", "norm"),
    [
        ("Haste das?", "", "Haste", "Hast du"), ("da hamse recht", "", "hamse", "haben sie"), ("Isset schlimm?", "", "Isset", "Ist es"),
        ("das is nich so", "", "nich", "nicht"), ("ich glaub schon", "", "glaub", "glaube"), ("Wie geht's?", "", "geht's", "geht es"),
        ("Wie geht’s?", "", "geht’s", "geht es"), ("auf'm Hof", "", "auf'm", "auf dem"), ("da rufste an", "", "rufste", "rufst du"), ("das beste", "", "beste", "beste"), ("so'n Mist", "", "so'n", "so ein"),
        ("das hab' ich", "", "hab'", "habe"), ("ne gute Sache", "", "ne", "eine"), ("Ne, will ich nicht.", "", "Ne", "Nein"),
        ("Ist schwer, ne?", "", "ne", "ne"), ("ich musste gehen", "", "musste", "musste"), ("da musste mal gucken", "", "musste", "musst du"),
        ("Anne sagt was", "ruhr", "Anne", "Anne"), ("anne Ecke", "ruhr", "anne", "an die"), ("anne Ecke", "", "anne", "anne"),
        ("Die Sonne scheint", "ruhr", "Sonne", "Sonne"), ("et is so", "rhein", "et", "es"), ("et al is so", "", "et", "et"),
        ("isch hab Zeit", "", "isch", "ich"), ("das isch so", "", "isch", "ist"), ("des Hauses", "bairisch", "des", "des"),
        ("des ist so", "", "des", "das"), ("sie wollt nicht", "", "wollt", "wollte"), ("wollt ihr das", "", "wollt", "wollt"),
        ("Es war 20 grad warm", "", "grad", "grad"), ("ich war grad da", "", "grad", "gerade"), ("die UN kommt", "", "UN", "UN"),
        ("das ist Annas", "", "Annas", "Annas"), ("Mir ham Zeit", "", "Mir", "Wir"), ("mir haben die geholfen", "bairisch", "mir", "wir"),
    ],
)  # fmt: skip
def test_normal_form(text: str, region: str, form: str, norm: str) -> None:
    from pipeline.german.tokens import tokens

    words = [text[start:end] for start, end in tokens(text)]
    assert (normal_form(words, words.index(form), region) or form) == norm


def test_standard_german_has_no_other_normal_form(nlp: Any) -> None:
    text = (
        "Des Weiteren musste sie warten. Die Sonne schien, und inner­halb der Woche kamen mir Zweifel. Er ging mal weg. "
        "Ihr könnt gehen, wenn ihr wollt. Das ist ein Obst aus der Mitte der Stadt. Wir hassen das nicht. Iss was! "
        "Der weiße Bus hielt am Watt. Der Grad der Wärme war hoch. Ohne Zweifel las sie im Haus."
    ).replace("­", "")
    assert [t.form for t in analyse(nlp, text).tokens if t.norm != t.form] == []


def test_several_words_in_one_token_have_the_verb_s_lemma_and_tag(nlp: Any) -> None:
    found = token(nlp, "Da hamse uns was versprochen.", "hamse")
    assert (found.norm, found.tag, found.lemma) == ("haben sie", "VAFIN", "haben")
    assert token(nlp, "Er sitzt aufm Hof.", "aufm").tag == "APPRART"


@pytest.mark.parametrize(
    ("text", "form", "filler", "pos"),
    [
        ("Ja, äh, das war so.", "äh", True, "INTJ"), ("Das ist schwer, ne?", "ne", True, "INTJ"), ("Mhm.", "Mhm", True, "INTJ"),
        ("Schwer, gell, sehr schwer.", "gell", True, "INTJ"), ("Das ist so, oder?", "oder", True, "INTJ"),
        ("Ich hab ne Idee.", "ne", False, "DET"), ("Kaffee oder Tee?", "oder", False, "CCONJ"), ("Das stimmt, nicht.", "nicht", False, "PART"),
        ("Ach, das war schön.", "Ach", False, "INTJ"), ("Das ist eh klar.", "eh", False, "ADV"), ("M-m.", "M-m", False, "INTJ"),
        ("Das ist halt so.", "halt", False, "ADV"), ("Es sind 5 mm Platz.", "mm", False, "NOUN"),
    ],
)  # fmt: skip
def test_fillers_only_where_they_are(nlp: Any, text: str, form: str, filler: bool, pos: str) -> None:
    found = token(nlp, text, form)
    assert found.filler is filler
    if form != "mm":
        assert found.pos == pos


# Compounds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "floor", "heads_floor"), [("dev", 0.96, 0.97), ("test", 0.95, 0.95)])
def test_parts_of_compounds(part: str, floor: float, heads_floor: float) -> None:
    rows = [row.split(" = ") for row in case("compounds")[part]["compounds"]]
    right = sum(parts(noun) == tuple(gold.split()) for noun, gold in rows)
    heads = sum(parts(noun)[-1:] == tuple(gold.split()[-1:]) for noun, gold in rows)
    print(f"{part}: {len(rows)} compounds, parts {right / len(rows):.3f}, heads {heads / len(rows):.3f}")
    assert right / len(rows) >= floor
    assert heads / len(rows) >= heads_floor


def test_other_nouns_are_not_split() -> None:
    data = case("compounds")
    nouns = data["dev"]["simple"] + data["test"]["simple"]
    assert len(nouns) >= 35
    assert [noun for noun in nouns if parts(noun)] == []


@pytest.mark.parametrize(
    ("noun", "wanted"),
    [
        ("Mieterhöhung", ("Miete", "Erhöhung")), ("Sprachkurs", ("Sprache", "Kurs")), ("Wohngeld", ("wohnen", "Geld")),
        ("Hauptbahnhof", ("Haupt", "Bahnhof")), ("Corona-Auflage", ("Corona", "Auflage")), ("Hochzeit", ()), ("Freitag", ()),
        pytest.param("Steinkohle", ("Stein", "Kohle"), marks=pytest.mark.xfail(strict=True)),
        pytest.param("Hinterhof", ("hinter", "Hof"), marks=pytest.mark.xfail(strict=True)),
        pytest.param("Putzfrau", ("putzen", "Frau"), marks=pytest.mark.xfail(strict=True)),
    ],
)  # fmt: skip
def test_parts(noun: str, wanted: tuple[str, ...]) -> None:
    assert parts(noun) == wanted


# What must hold for any text ------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["äh", "ich", "hab's", "z. B.", "3. Mai", "…", "(...)", "„", "“", ".", "?", "\n", "  ", "\t", "hamse", "😀", "e\u0301", "Lehrer:innen",
     "ge-", "[unv.]", "'", "’ne", "\u00a0", "İ", "ok", "-", "12:30", "bringt", "ein", "und dann", ",", "\r\n", "\u2028", "a" * 50]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join), st.text(max_size=60)
)


def check(text: str, found: Analysis) -> None:
    last = 0
    for t in found.tokens:
        assert text[t.start : t.end] == t.form
        assert t.start >= last
        last = t.end
        begin, end = found.sentences[t.sentence]
        assert begin <= t.start < t.end <= end
        assert all((t.lemma, t.tag, t.pos, t.norm))
        assert t.head == (t.parts[-1] if t.parts else "")
    covered = "".join(t.form for t in found.tokens)
    assert covered == "".join(text.split()) or any(c.isspace() or not c.isprintable() for c in covered)
    for (begin, end), after in zip(found.sentences, [*(s for s, _ in found.sentences[1:]), len(text)], strict=False):
        assert begin < end <= after
        assert text[begin:end] == text[begin:end].strip()


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_offsets_hold_for_any_text(text: str) -> None:
    check(text, analyse(load_once(), text))


def load_once() -> Any:
    if not hasattr(load_once, "nlp"):
        load_once.nlp = load()  # type: ignore[attr-defined]
    return load_once.nlp  # type: ignore[attr-defined]


def test_the_same_text_gives_the_same_result_whatever_was_read_before(nlp: Any) -> None:
    texts = [row["text"] for part in ("dev", "test") for row in case("tags")[part]]
    first = [analyse(nlp, text) for text in texts]
    again = load()
    assert [analyse(again, text) for text in reversed(texts)][::-1] == first


def test_empty_and_blank_texts(nlp: Any) -> None:
    assert analyse(nlp, "") == Analysis([], [])
    assert analyse(nlp, " \n\t ") == Analysis([], [])


# The spaCy pipeline ---------------------------------------------------------------------------------------------------


def test_the_component_does_the_work(nlp: Any) -> None:
    doc = nlp("Haste die Mieterhöhung gesehn, ne?")
    assert nlp.pipe_names == ["interview_sentences", "interview_german"]
    assert [t.tag_ for t in doc] == ["VAFIN", "ART", "NN", "VVPP", "$,", "ITJ", "$."]
    assert doc[0].norm_ == "Hast du"
    assert doc[2]._.parts == ("Miete", "Erhöhung")
    assert doc[2]._.head_part == "Erhöhung"
    assert [t.i for t in doc if t._.filler] == [5]
    assert len(list(doc.sents)) == 1


def test_another_pipeline_keeps_its_own_tags(tmp_path: Path) -> None:
    import spacy

    other = spacy.blank("de")
    ruler = other.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "mieterhöhung"}]], {"TAG": "MINE", "POS": "NOUN", "LEMMA": "Mieterhöhung"})
    other.to_disk(tmp_path / "model")
    found = analyse(load(str(tmp_path / "model")), "Äh, die Mieterhöhung is da. Ja.")
    noun = next(t for t in found.tokens if t.form == "Mieterhöhung")
    assert (noun.tag, noun.head) == ("MINE", "Erhöhung")
    assert found.tokens[0].filler
    assert next(t for t in found.tokens if t.form == "is").norm == "ist"
    assert len(found.sentences) == 2


def test_a_model_that_is_not_installed_is_a_problem_to_mend() -> None:
    with pytest.raises(Stop, match="nicht installiert"):
        load("de_gibt_es_nicht")
    with pytest.raises(Stop, match="Region »mars« ist unbekannt"):
        load(region="mars")


def test_our_search_finds_what_hanta_finds() -> None:
    from HanTa.HanoverTagger import HanoverTagger

    from pipeline.german.tagger import tagger

    model = HanoverTagger("morphmodel_ger.pgz")
    for row in case("tags")["dev"]:
        words = [item.split(" ")[0] for item in row["tokens"]]
        theirs = model.tag_sent(words)
        assert tagger().tag(words) == [tag for _, _, tag in theirs]
        assert [tagger().lemma(word, tag) for word, _, tag in theirs] == [lemma for _, lemma, _ in theirs]


def test_the_dictionary_is_read_as_simplemma_reads_it() -> None:
    from simplemma.strategies.dictionaries.dictionary_factory import _load_dictionary_from_disk

    from pipeline.german.words import Stream, dictionary, listed

    everything = _load_dictionary_from_disk("de")
    assert isinstance(dictionary(), Stream), "simplemma's file has changed: reading it is slower now"
    keys = list(everything)[::997]
    assert [listed(key.decode()) for key in keys] == [everything[key].decode() for key in keys]
    assert listed("Häusergehen") == ""
    with pytest.raises(ValueError, match="another make"):
        Stream(b"SMFC2\x00\x00")


def test_every_tag_has_a_universal_part_of_speech() -> None:
    from pipeline.german.stts import UPOS
    from pipeline.german.tagger import tagger

    assert set(tagger()._numbers) <= set(UPOS)


# Lists and imports ----------------------------------------------------------------------------------------------------


def test_words_of_the_stop_list_are_lower_case_and_no_topic() -> None:
    assert all(word == word.lower() for word in STOPWORDS)
    assert {"äh", "halt", "genau", "sozusagen", "ne", "gell", "nicht", "nich", "der", "unv"} <= STOPWORDS
    assert not STOPWORDS & {"miete", "arbeit", "schule", "kinder", "nachbar", "deutsch", "angst", "amt", "geld"}


@pytest.mark.parametrize(
    "form", ["nich", "net", "nix", "nüscht", "keen", "nie", "niemanden", "keinem", "nirgends", "nit"]
)
def test_dialect_negation_is_reached_by_normal_form_and_lemma(nlp: Any, form: str) -> None:
    found = token(nlp, f"Das hilft {form} so.", form)
    assert found.norm.lower() in FORMS
    assert found.lemma in LEMMAS


@pytest.mark.parametrize("module", ["pipeline.german", "pipeline.german.stopwords", "pipeline.german.negation"])
def test_importing_is_cheap(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('spacy', 'HanTa', 'simplemma', 'numpy', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_speed(nlp: Any) -> None:
    text = " ".join(row["text"] for part in ("dev", "test") for row in case("tags")[part])
    analyse(nlp, text)
    begin, tokens = time.process_time(), 0
    for _ in range(5):
        tokens += len(analyse(nlp, text).tokens)
    speed = tokens / (time.process_time() - begin)
    print(f"{speed:.0f} tokens per second with known words")
    assert speed > 3000  # measured: 14,000; a machine under load is slower
