"""The verb `pdf`: the report printed by a headless browser on this machine, where there is one.

The browser is one that people have anyway; nothing is downloaded. Its PDF holds the time of printing, so `report.pdf` is no part of a
run and of what must be equal byte for byte.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.store import write

SECONDS = 180  # how long printing may take
REPORT, PDF = "report.html", "report.pdf"
_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge",
)  # fmt: skip
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_OWN_PRINT = "Der Bericht lässt sich auch in jedem Browser drucken: report.html öffnen, Strg+P (Mac: Cmd+P), als Ziel »Als PDF speichern«."


def pdf(places: Places) -> list[str]:
    """Print the report of the last run to `report.pdf` beside it; returns what to tell. Raises `Stop` where that cannot be."""
    page = places.outputs / REPORT
    if not page.is_file():
        raise Stop(Problem(str(page), 0, "Es gibt noch keinen Bericht zum Drucken.", "Bitte zuerst »make analyze« starten."))
    found = browser(os.environ, sys.platform)
    if found is None:
        raise Stop(Problem("", 0, "Zum Drucken als PDF fehlt ein Browser: Chromium, Google Chrome oder Microsoft Edge.", f"Bitte einen davon installieren. {_OWN_PRINT}"))
    target = places.outputs / PDF
    data = printed(found, page, places.outputs)
    try:
        write(target, data)
    except Stop as stopped:
        if isinstance(stopped.__cause__, PermissionError) and target.exists():
            hint = "Ist sie noch in einem Programm geöffnet, das PDF anzeigt? Bitte schließen und noch einmal starten."
            raise Stop(Problem(str(target), 0, "Die Datei lässt sich nicht ersetzen.", hint)) from stopped
        raise
    return [_told(target, found)]


def _told(target: Path, found: Path) -> str:
    size = f"{target.stat().st_size / 1e6:.1f}".replace(".", ",")
    return f"{target} ({size} MB, gedruckt mit {found.stem})"


def browser(environment: Mapping[str, str], platform: str) -> Path | None:
    """The first browser that can print without a window: on the search path, else at the usual places of the system."""
    for name in _NAMES:
        if path := shutil.which(name, path=environment.get("PATH", "")):
            return Path(path)
    return next((place for place in _usual(environment, platform) if place.is_file()), None)


def _usual(environment: Mapping[str, str], platform: str) -> Iterator[Path]:
    if platform == "darwin":
        for folder in (Path("/Applications"), Path(environment.get("HOME", "/")) / "Applications"):
            yield from (folder / f"{name}.app" / "Contents" / "MacOS" / name for name in _MAC)
    if platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if environment.get(variable):
                yield from (Path(environment[variable]) / part for part in _WINDOWS)
    if platform.startswith("linux"):
        yield Path("/snap/bin/chromium")


def command(program: Path, page: Path, target: Path, profile: Path, root: bool) -> list[str]:
    """The call of the browser, as a list: nothing in it passes through a shell.

    Its own profile keeps it apart from a browser that people have open; without background traffic it asks nothing of the network.
    """
    return [
        str(program), "--headless=new", *(["--no-sandbox"] if root else []), "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
        f"--user-data-dir={profile}", "--virtual-time-budget=20000", "--no-pdf-header-footer", f"--print-to-pdf={target}", page.resolve().as_uri(),
    ]  # fmt: skip


def printed(program: Path, page: Path, beside: Path, seconds: float = SECONDS) -> bytes:
    """The page as PDF. The profile lies beside the page: browsers in a closed package (snap) see no folder of the system's."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # the only user for whom the browser's own sandbox does not work
    with tempfile.TemporaryDirectory(prefix="pdf-", dir=beside, ignore_cleanup_errors=True) as folder:
        target = Path(folder).resolve() / "bericht.pdf"
        try:
            done = subprocess.run(command(program, page, target, Path(folder).resolve() / "profil", root), capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired as error:
            what = f"Der Browser ({program.name}) hat nach {seconds:.0f} Sekunden noch nicht gedruckt und wurde beendet."
            raise Stop(Problem(str(page), 0, what, f"Bitte noch einmal versuchen. {_OWN_PRINT}")) from error
        except OSError as error:
            raise Stop(Problem(str(program), 0, f"Der Browser lässt sich nicht starten ({error.strerror}).", _OWN_PRINT)) from error
        data = target.read_bytes() if target.is_file() else b""
    if not data.startswith(b"%PDF"):
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        said = f" Er meldet: {lines[-1][:200]}" if lines else ""
        raise Stop(Problem(str(page), 0, f"Der Browser ({program.name}) hat kein PDF geschrieben.{said}", _OWN_PRINT))
    return data
