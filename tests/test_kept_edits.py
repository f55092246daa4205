"""What somebody changed in the proposed `topics.yaml` stays until it is adopted, and no longer; sentences of interviews are never kept."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import forget, freshness, publish
from pipeline.__main__ import _say
from pipeline.leaks import LEAK, Finding
from pipeline.places import Places
from pipeline.run import Outcome

PROPOSED = b"# T01 (zehn Stellen)\ntopics:\n  - name:\n    terms: [Beet, Zaun]\n  - name:\n    terms: [Amt, Brief]\n"
NEXT = PROPOSED.replace(b"zehn", b"elf")
EDITED = PROPOSED.replace(b"- name:\n    terms: [Beet", b"- name: Garten\n    terms: [Beet")
SAME = "topics:\n  - {terms: [Zaun, Beet], name: Garten}\n"  # the same said, laid out otherwise


@pytest.fixture
def file(places: Places) -> Path:
    path = places.outputs / "editable" / "topics.yaml"
    path.parent.mkdir(parents=True)
    return path


def ends(places: Places, file: Path, there: bytes, proposed: bytes = PROPOSED) -> tuple[list[str], list[str]]:
    """A run ends that finds `there` in place of what the run before wrote; (files beside, notes)."""
    file.write_bytes(there)
    known = {str(file): freshness.digest(proposed)}
    outcome = Outcome()
    publish._keep_edits(SimpleNamespace(places=places, state={"results": known}), outcome, file, NEXT)  # type: ignore[arg-type]
    assert outcome.warnings == []  # these are places that look like a name
    return sorted(p.name for p in file.parent.iterdir() if p != file), outcome.notes


def test_edits_that_are_not_adopted_are_kept_and_told(places: Places, file: Path) -> None:
    beside, told = ends(places, file, EDITED)
    assert beside == [f"topics.{freshness.digest(EDITED)[:8]}.yaml"]
    assert (file.parent / beside[0]).read_bytes() == EDITED
    assert "nicht übernommen" in told[0]
    assert beside[0] in told[0]


def test_kept_edits_are_told_on_a_line_of_their_own(places: Places, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, told = ends(places, file, EDITED)
    _say(places, Outcome(notes=told), "")
    assert "einem ersetzten Namen gleichen" not in capsys.readouterr().out
    _say(places, Outcome(notes=told, warnings=["tables/x.csv"]), "")
    lines = capsys.readouterr().out.splitlines()
    heading = next(n for n, line in enumerate(lines) if "einem ersetzten Namen gleichen" in line)
    assert lines[heading].startswith("1 Stelle ")
    assert told[0] in lines  # not indented as what stands below the heading
    assert f"  {told[0]}" not in lines


def test_line_ends_of_another_system_are_no_edit(places: Places, file: Path) -> None:
    assert ends(places, file, PROPOSED.replace(b"\n", b"\r\n")) == ([], [])
    (places.codebooks / "topics.yaml").write_text(SAME, "utf-8")
    assert ends(places, file, EDITED.replace(b"\n", b"\r\n")) == ([], [])


def test_what_was_adopted_is_neither_kept_nor_told(places: Places, file: Path) -> None:
    (places.codebooks / "topics.yaml").write_text(SAME, "utf-8")
    assert ends(places, file, EDITED) == ([], [])


@pytest.mark.parametrize(
    "own",
    ["topics: []\n", SAME.replace("Garten", "Beete"), SAME.replace("name: Garten", "name: Garten, hide: ja"), SAME.replace("Zaun", "Laube")],
)
def test_what_the_study_says_otherwise_is_kept(places: Places, file: Path, own: str) -> None:
    (places.codebooks / "topics.yaml").write_text(own, "utf-8")
    beside, told = ends(places, file, EDITED)
    assert (len(beside), len(told)) == (1, 1)


def test_a_name_taken_out_is_an_edit(places: Places, file: Path) -> None:
    (places.codebooks / "topics.yaml").write_text(SAME, "utf-8")
    beside, told = ends(places, file, PROPOSED, proposed=EDITED)
    assert (len(beside), len(told)) == (1, 1)


@pytest.mark.parametrize("there", [PROPOSED, NEXT, PROPOSED + b"# nur ein Kommentar\n", PROPOSED.replace(b"[Amt, Brief]", b"[Amt]")])
def test_where_nobody_said_anything_nothing_is_kept(places: Places, file: Path, there: bytes) -> None:
    assert ends(places, file, there) == ([], [])


@pytest.mark.parametrize("there", [b"topics:\n  - nmae: x\n    terms: [a]\n", "topics:\n  - name: Gärten\n".encode("latin-1"), b"topics: [" * 9])
def test_what_cannot_be_read_is_kept(places: Places, file: Path, there: bytes) -> None:
    beside, told = ends(places, file, there)
    assert (file.parent / beside[0]).read_bytes() == there
    assert len(told) == 1


def test_a_kept_file_goes_once_it_is_adopted_unless_somebody_worked_on_it(places: Places, file: Path) -> None:
    kept, _ = ends(places, file, EDITED)
    assert ends(places, file, EDITED)[0] == kept  # the same edits again: one file
    worked = file.with_name("topics.deadbeef.yaml")
    worked.write_bytes(EDITED)
    assert ends(places, file, PROPOSED)[0] == sorted([*kept, worked.name])
    (places.codebooks / "topics.yaml").write_text(SAME, "utf-8")
    assert ends(places, file, PROPOSED)[0] == [worked.name]


def test_of_proposed_categories_nothing_is_kept(places: Places, file: Path) -> None:
    codes = file.with_name("new_codes.yaml")
    codes.write_bytes(b"- id: x\n")
    run = SimpleNamespace(places=places, state={"results": {str(codes): freshness.digest(b"- id: y\n")}})
    publish._keep_edits(run, Outcome(), codes, b"- id: z\n")  # type: ignore[arg-type]
    assert [p.name for p in file.parent.iterdir()] == ["new_codes.yaml"]


def test_forgetting_an_interview_takes_what_was_kept(places: Places, file: Path) -> None:
    kept, _ = ends(places, file, EDITED)
    forget._remove_derived(places)
    assert kept
    assert not file.parent.exists()


@pytest.mark.parametrize(("path", "strict"), [("tables/topic_new.csv", True), ("editable/new_codes.yaml", True), ("tables/codes.csv", False), ("editable/topics.yaml", False)])
def test_a_name_in_what_was_said_is_no_word_of_the_codebook(path: str, strict: bool) -> None:
    """Though the name stands in the codebook as well."""
    finding = Finding(LEAK, path, "Zeile 3", "K…a", "P7", "form", 1)
    assert publish._is_own(finding, {"P7"}) is not strict
