"""The index file, the vocabulary, and hits on arrays."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from conftest import run
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.codebook import load as load_book
from pipeline.coders.hits import find, names, stances_of
from pipeline.matchers.index import load
from pipeline.matchers.mapped import pack, unpack, views
from pipeline.matchers.vocabulary import fold, lookup_arrays, lookup_from
from pipeline.passages import material_of
from pipeline.places import Places


def test_arrays_come_back_as_views_of_the_file(tmp_path: Path) -> None:
    arrays = {"a": np.arange(7, dtype=np.int32), "b": np.zeros((0,), dtype=np.int8), "c": np.array([[1.5, 2], [3, 4]])}
    path = tmp_path / "index.bin"
    path.write_bytes(pack(arrays))
    found = unpack(path)
    assert {name: data.tolist() for name, data in found.items()} == {name: data.tolist() for name, data in arrays.items()}
    assert not found["a"].flags.writeable
    assert not found["a"].flags.owndata
    assert pack(arrays) == pack(dict(reversed(arrays.items())))


def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not an index file"):
        views(memoryview(b"\xff" * 64))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("abcäß", min_size=1, max_size=5), min_size=1, max_size=12), st.text("abcäß*?", min_size=1, max_size=4))
def test_wildcards_find_what_a_pattern_says(words: list[str], pattern: str) -> None:
    folded = [fold(word) for word in words]
    lookup = lookup_from(lookup_arrays(((word, n) for n, word in enumerate(folded)), "x"), "x")
    # One letter as it was written may be two of the folded word.
    said = re.compile("".join({"*": ".*", "?": "(?:.|ae|oe|ue|ss)"}.get(sign, sign) for sign in fold(pattern)))
    wanted = {n for n, word in enumerate(folded) if said.fullmatch(word)}
    assert set(lookup.select(fold(pattern)).tolist()) == wanted


def test_the_index_of_a_run_is_the_one_of_its_texts(finished: Places) -> None:
    from pipeline import tables

    index = load(finished.outputs / "work" / "index" / "index.bin")
    turns = tables.from_csv(finished.outputs / "tables" / "turns.csv")
    assert index.turn_keys == list(zip(turns["doc"], turns["turn"], strict=True))
    texts = turns["text"].tolist()
    for place in range(0, len(index), 7):
        surface = texts[index.turn[place]][index.start[place] : index.end[place]]
        assert fold(surface) == index.vocabulary["form"][index.kind[place]]
        assert surface.lower() == index.spelt["form"][index.kind[place]]
        assert surface == index.surfaces[index.surface[place]]
        assert index.before[place + 1] - index.before[place] == any(map(str.isalnum, surface))
    for kind in range(0, len(index.firsts) - 1, 5):
        places = index.order[index.firsts[kind] : index.firsts[kind + 1]]
        assert (index.kind[places] == kind).all()
        assert (np.diff(places) > 0).all()


def test_an_edited_rule_asks_only_for_what_is_new(tmp_path: Path) -> None:
    made = material_of(["Die Nachbarn helfen uns.", "Das Fest im Park."])
    path = tmp_path / "codebook.yaml"
    path.write_text("codes: [{id: A, label: a, match: [{lemma: helfen}, {phrase: Fest Park, gap: 3}]}]", "utf-8")
    kept = find(made.corpus, load_book(path).rules(), {})
    before = {query: id(hits.words) for query, hits in kept.items()}
    path.write_text("codes: [{id: A, label: a, match: [{lemma: helfen}, {phrase: Fest Park, gap: 3}, {term: Nachbarn}]}]", "utf-8")
    find(made.corpus, load_book(path).rules(), kept)
    assert len(kept) == 3
    assert {query: id(hits.words) for query, hits in kept.items() if query in before} == before


def test_a_cue_among_the_matched_words_does_not_count() -> None:
    index = material_of(["Wir haben keinen Raum."]).index
    kein, raum = 2, 3
    assert names(int(stances_of(index, np.array([[raum]]))[0][0])) == ["negated"]
    assert names(int(stances_of(index, np.array([[kein, raum]]))[0][0])) == ["affirmed"]


def test_hits_on_arrays_agree_with_the_rules_for_single_words() -> None:
    """What the engine reads off its arrays is what `stances.stance` says of the same words."""
    from pipeline.german import analyse
    from pipeline.german import load as load_german
    from pipeline.stances import Word, read, stance

    text = "Früher gab es hier keinen Raum, aber die Leute sagen, man könnte einen mieten. Angeblich hilft da jemand."
    analysis = analyse(load_german(), text)
    sentences: list[list[Word]] = [[] for _ in analysis.sentences]
    for token in analysis.tokens:
        sentences[token.sentence].append(Word(token.form, token.norm, token.tag, token.lemma, token.pos))
    marks, index = read(sentences), material_of([text]).index
    for place in range(len(index)):
        assert set(names(int(stances_of(index, np.array([[place]]))[0][0]))) == stance(marks, [place]), analysis.tokens[place].form


@pytest.mark.usefixtures("ran")
def test_withdrawn_interviews_leave_the_index(places: Places) -> None:
    path = places.outputs / "work" / "index" / "index.bin"
    assert b"suppe" in path.read_bytes()
    (places.transcripts / "a_verein.txt").unlink()
    run(places)
    assert b"suppe" not in path.read_bytes()
