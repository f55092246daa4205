"""Fixtures: a tiny fictional study in a folder of its own, and a finished run of it."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from pipeline.freshness import fingerprint
from pipeline.inputs import STATE, transcripts
from pipeline.places import Places
from pipeline.problems import Stop
from pipeline.run import Outcome
from pipeline.runner import analyze
from pipeline.stages import STAGES

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


def carry(done: Places, places: Places) -> Places:
    """Give `places` what a run left of `done`, the same study in other folders, as if that run had been in `places`."""
    for kind in ("outputs", "private"):
        shutil.copytree(getattr(done, kind), getattr(places, kind), dirs_exist_ok=True)
    path = places.private / "work" / STATE
    text = path.read_text("utf-8")
    # The state names files by their whole paths, and its fingerprint holds the two folders.
    for old, new in ((done.outputs, places.outputs), (done.private, places.private), (_mark(done), _mark(places))):
        assert _in_json(old) in text
        text = text.replace(_in_json(old), _in_json(new))
    path.write_text(text, "utf-8")
    return places


def _mark(places: Places) -> str:
    return fingerprint(places, STAGES, transcripts(places))


def _in_json(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)[1:-1]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return lay_out(tmp_path)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The tiny study after a run; tests only read it."""
    done = lay_out(tmp_path_factory.mktemp("fertig"))
    run(done)
    return done


@pytest.fixture
def ran(places: Places, finished: Places) -> None:
    """`places` after its first run: copying takes a fraction of the time. `test_runner` holds that it comes to the same."""
    carry(finished, places)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The demo study after a run; tests only read it. Where tests run in several processes, these share it."""
    base, repo = tmp_path_factory.getbasetemp(), HERE.parent
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    done = Places(
        "demo", repo / "transcripts" / "demo", repo / "codebooks" / "demo", root / "outputs", root / "private"
    )
    while True:
        try:
            run(done)  # after the first process, the others find all up to date
            return done
        except Stop as stop:
            if "läuft schon ein Durchgang" not in str(stop):
                raise
            time.sleep(0.2)
