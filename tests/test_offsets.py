"""The offset map, by property: whatever is edited, the original can be rebuilt and every span leads back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.offsets import Draft, Edit, apply, back, changes, draft, forward, through


@st.composite
def edited(draw: st.DrawFn) -> Draft:
    work = draft(draw(st.text(alphabet="abcäß \n.(", max_size=40)))
    for _ in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, len(work.text)), max_size=6)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        work = apply(work, [Edit(a, b, draw(st.text(alphabet="xyz", max_size=3)), "r") for a, b in pairs])
    return work


@given(edited())
def test_original_can_be_rebuilt_from_text_and_changes(work: Draft) -> None:
    text = work.text
    for c in reversed(changes(work)):
        assert text[c.new_start : c.new_end] == c.after
        text = text[: c.new_start] + c.before + text[c.new_end :]
    assert text == work.original


@given(edited())
def test_map_is_monotone_and_kept_characters_lead_to_themselves(work: Draft) -> None:
    spans = [(c.start, c.end, c.new_start, c.new_end) for c in changes(work)]
    assert spans == sorted(spans)
    for at, index in enumerate(work.source):
        if index >= 0:
            assert back(spans, at, at + 1) == (index, index + 1)
            assert forward(spans, index, index + 1) == (at, at + 1)
            assert work.original[index] == work.text[at]


@given(edited(), st.data())
def test_any_span_leads_to_a_span(work: Draft, data: st.DataObject) -> None:
    spans = [(c.start, c.end, c.new_start, c.new_end) for c in changes(work)]
    start = data.draw(st.integers(0, len(work.text)))
    end = data.draw(st.integers(start, len(work.text)))
    a, b = back(spans, start, end)
    assert 0 <= a <= b <= len(work.original)


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [(0, 3, "Das"), (8, 13, "schön"), (4, 13, "war äh schön"), (0, 7, "Das war")],
)
def test_deleted_words_inside_come_back_and_at_the_border_do_not(start: int, end: int, wanted: str) -> None:
    work = apply(draft("Das war äh schön."), [Edit(8, 11, "", "filler")])
    a, b = back([(c.start, c.end, c.new_start, c.new_end) for c in changes(work)], start, end)
    assert work.original[a:b] == wanted


def test_two_maps_in_a_row() -> None:
    first = apply(draft("Äh, Frau Kaya kam."), [Edit(0, 4, "", "filler")])
    second = apply(draft(first.text), [Edit(5, 9, "Demir", "list")])
    steps = [[(c.start, c.end, c.new_start, c.new_end) for c in changes(w)] for w in (first, second)]
    start, end = through(steps, second.text.index("Demir"), second.text.index("Demir") + 5)
    assert "Äh, Frau Kaya kam."[start:end] == "Kaya"


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply(draft("abcdef"), [Edit(0, 3, "", "a"), Edit(2, 4, "", "b")])
