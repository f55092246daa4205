"""Fixtures: a tiny fictional study in a folder of its own, and a finished run of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.places import Places
from pipeline.run import Outcome
from pipeline.runner import analyze

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"


def lay_out(root: Path, name: str = "klein") -> Places:
    """The tiny study under `root`, laid out as a project is."""
    places = Places(
        name, root / "transcripts" / name, root / "codebooks" / name, root / "outputs" / name, root / "private" / name
    )
    shutil.copytree(HERE / "study" / "transcripts", places.transcripts)
    shutil.copytree(HERE / "study" / "codebooks", places.codebooks)
    return places


def run(places: Places, only: str = "") -> Outcome:
    return analyze(places, lambda title, done, total: None, only)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return lay_out(tmp_path)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The tiny study after a run; tests only read it."""
    done = lay_out(tmp_path_factory.mktemp("fertig"))
    run(done)
    return done


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The demo study after a run; tests only read it."""
    root, repo = tmp_path_factory.mktemp("demo"), HERE.parent
    done = Places(
        "demo", repo / "transcripts" / "demo", repo / "codebooks" / "demo", root / "outputs", root / "private"
    )
    run(done)
    return done
