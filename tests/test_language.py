"""English is complete: every text of the program has a translation with the same places for values, and none is left over."""

from __future__ import annotations

import pytest

from pipeline.language import _, current, extract, ngettext, spoken


def test_every_text_has_an_english_form() -> None:
    assert len(extract.messages()) > 10
    assert [f"{m.path}:{m.line}: {m.forms[0]}" for m in extract.missing("en")] == []


def test_no_translation_is_left_over() -> None:
    assert extract.idle("en") == []


def test_values_stand_in_both_languages() -> None:
    assert extract.unlike("en") == []


def test_a_language_holds_inside_its_block_alone() -> None:
    assert (_("Überblick"), current()) == ("Überblick", "de")
    with spoken("en"):
        assert (_("Überblick"), current()) == ("Overview", "en")
        with spoken("de"):
            assert _("Überblick") == "Überblick"
        assert _("Überblick") == "Overview"
    assert _("Überblick") == "Überblick"


def test_what_no_catalogue_knows_stays_as_it_is() -> None:
    with spoken("en"):
        assert _("gibt es nicht im Katalog") == "gibt es nicht im Katalog"
        assert ngettext("Ding ohne Katalog", "Dinge ohne Katalog", 2) == "Dinge ohne Katalog"


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(FileNotFoundError), spoken("xx"):
        pass
