"""Fixtures: a tiny fictional study in a folder of its own, and a finished run of it."""

from __future__ import annotations

import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.freshness import fingerprint
from pipeline.inputs import STATE, transcripts
from pipeline.places import Places
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


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Places]) -> Places:
    """What `make` lays out and runs in a folder: made once for all tests; where they run in several processes, these share it."""
    import fcntl

    base = factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "gemeinsam" / name
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "places.pickle").exists():
            shutil.rmtree(root / "run", ignore_errors=True)  # what a run that broke off left
            (root / "places.pickle").write_bytes(pickle.dumps(make(root / "run")))
    found: Places = pickle.loads((root / "places.pickle").read_bytes())
    return found


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The tiny study after a run; tests only read it."""

    def make(root: Path) -> Places:
        done = lay_out(root)
        run(done)
        return done

    return once(tmp_path_factory, "fertig", make)


@pytest.fixture
def ran(places: Places, finished: Places) -> None:
    """`places` after its first run: copying takes a fraction of the time. `test_runner` holds that it comes to the same."""
    carry(finished, places)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The demo study after a run; tests only read it."""

    def make(root: Path) -> Places:
        repo = HERE.parent
        done = Places("demo", repo / "transcripts" / "demo", repo / "codebooks" / "demo", root / "outputs", root / "private")
        run(done)
        return done

    return once(tmp_path_factory, "demo", make)


# A transcript that tries to do something in a page, a workbook or a terminal.
HOSTILE = """I: Was machen Sie schon im Verein?

B: Wir trainieren </script><script>alert(1)</script> die <img src=x onerror=alert(2)> Kinder & "andere" 'auch' {{ 7*7 }} {% raw %}.

B: =HYPERLINK("http://example.org";"klick") und +49 und @SUM(A1) und -2+3 trainieren wir.

B: \u202etxet nehcildnief\u202c <style>body{display:none}</style> trainieren &lt;b&gt; wir. <svg onload=alert(3)>
"""


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The tiny study with a hostile transcript after a run; tests only read it."""

    def make(root: Path) -> Places:
        done = lay_out(root)
        (done.transcripts / "feind.txt").write_text(HOSTILE, "utf-8")
        run(done)
        return done

    return once(tmp_path_factory, "feind", make)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all browser tests of a session; they are skipped where none is installed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        started = driver.chromium.launch(executable_path=chromium, args=flags)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., tuple[Any, list[str]]]]:
    """Opens a run's report, or any file: `opened(places, width=360, dark=True)` -> the page, and a list of what goes wrong in it.

    Faults are errors and warnings of the console, requests for anything but files, and dialogs; further words are settings of the browser's
    context. Pages are closed at the end of the test.
    """
    contexts = []

    def open_page(where: Places | Path, width: int = 1280, dark: bool = False, address: str = "", **more: Any) -> tuple[Any, list[str]]:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", **more)
        contexts.append(context)
        page, faults = context.new_page(), []
        page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda r: faults.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
        page.on("dialog", lambda d: faults.append("dialog"))
        path = where if isinstance(where, Path) else where.outputs / "report.html"
        page.goto(path.as_uri() + address)
        # The page glides to where a click leads, and until it stands no other click is taken.
        page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
        return page, faults

    yield open_page
    for context in contexts:
        context.close()
