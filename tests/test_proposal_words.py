"""What is said beside proposals, in both languages."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipeline import fit
from pipeline.language import spoken
from pipeline.sections.proposals import note_words


@pytest.mark.parametrize(("able", "anchors", "use"), [(True, 0, False), (False, 3, True), (True, 3, True)])
def test_every_note_on_the_models_learning_has_words_in_both_languages(able: bool, anchors: int, use: bool) -> None:
    row = SimpleNamespace(note=fit._note(able, anchors, use), n_anchors=anchors)
    assert row.note
    assert note_words(row) == row.note
    with spoken("en"):
        assert note_words(row) not in ("", row.note)


def test_no_note_has_no_words() -> None:
    with spoken("en"):
        assert note_words(SimpleNamespace(note=fit._note(True, fit.FEW, True), n_anchors=fit.FEW)) == ""
