"""What a reader waits for: filters in a report of many quotes, and new figures after a save while `make watch` runs. Needs Chromium and Playwright.

    python benchmarks/browser.py FOLDER      of a finished run laid out as t, c, o, p (transcripts, codebooks, outputs, private)
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPO = Path(__file__).parent.parent
Row = tuple[str, str, str, str]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
EDITS = ("Gart*n", "Fenst*r", "Brück*", "Stad*t", "Kind*r")  # from rare to frequent
SHORT = {"TRANSCRIPTS": "t", "CODEBOOKS": "c", "OUTPUTS": "o", "PRIVATE": "p"}

# Filters one after the other through the page's address, each until the list is drawn anew; milliseconds.
_FILTER = """async (addresses) => {
  const status = document.querySelector('#belege [role=status]'), times = [];
  for (const one of addresses) {
    const before = performance.now();
    location.hash = one;
    await new Promise((done) => { new MutationObserver((_, seen) => { seen.disconnect(); done(); }).observe(status, { childList: true, characterData: true, subtree: true }); setTimeout(done, 3000); });
    times.push(performance.now() - before);
    await new Promise((done) => setTimeout(done, 150));
  }
  return times;
}"""
_SEEN = """() => { window.seen = 0; new MutationObserver(() => { if (document.querySelector('.live-new')) { window.seen = window.seen || Date.now(); } })
  .observe(document.body, { subtree: true, attributes: true, attributeFilter: ['class'] }); }"""


def rows(folder: Path) -> list[Row]:
    """Rows for the table of `make bench`; none, with a word on the screen, where no browser is installed."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("No Chromium here: nothing is measured in a browser.")
        return []
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        found = [*_filters(browser, folder), *_live(browser, folder)]
        browser.close()
    return found


def _filters(browser: Any, folder: Path) -> Iterator[Row]:
    report = folder / "o" / "report.html"
    page = browser.new_page()
    page.set_default_timeout(120_000)
    started = time.perf_counter()
    page.goto(report.as_uri())
    opened = time.perf_counter() - started
    text = report.read_text("utf-8")
    n = len(re.findall(r'"m[0-9a-f]{12}"', text.partition('id="zitate"')[2].partition("</script>")[0]))
    addresses = list(dict.fromkeys(re.findall(r'href="#(belege\?code=[^"]+)"', text)))[:40]
    page.wait_for_timeout(3000)  # texts are folded for the search in idle time
    page.evaluate("() => { location.hash = 'belege'; }")
    page.wait_for_timeout(1500)
    times = page.evaluate(_FILTER, [a.replace("&amp;", "&") for a in addresses])
    page.close()
    size = report.stat().st_size / 1e6
    yield f"report with {n:,} quotes in a browser", f"open {opened:.1f} s, a filter {statistics.median(times):.0f} ms", "<= 100 ms a filter", f"slowest {max(times):.0f} ms; {size:.1f} MB"


@contextmanager
def _watching(folder: Path) -> Iterator[str]:
    """`make watch` on a run; gives its address."""
    places = {"STUDY": "bench", "BROWSER": "/bin/false", **{name: str(folder / short) for name, short in SHORT.items()}}
    server = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "watch"], cwd=REPO, env={**os.environ, **places}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines: list[str] = []
    assert server.stdout is not None
    threading.Thread(target=lambda: lines.extend(server.stdout or ()), daemon=True).start()
    try:
        while not (found := re.search(r"http://\S+", "".join(lines))):
            if server.poll() is not None:
                raise RuntimeError("".join(lines)[-2000:])
            time.sleep(0.1)
        yield found[0]
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()


def _live(browser: Any, folder: Path) -> Iterator[Row]:
    """A word more in a rule, saved: the time until a figure of the page is another."""
    path = folder / "c" / "codebook.yaml"
    before = path.read_text("utf-8")
    lines = before.split("\n")
    rules = [n for n, line in enumerate(lines) if line.strip().startswith("- term: [")]
    waits: list[float] = []
    try:
        with _watching(folder) as address:
            page = browser.new_page()
            page.set_default_timeout(120_000)
            page.goto(address)
            page.wait_for_timeout(15_000)  # the server gets ready behind the page
            page.evaluate(_SEEN)
            for k, word in enumerate(EDITS):
                edited = list(lines)
                at = rules[k * (len(rules) - 1) // (len(EDITS) - 1)]
                edited[at] = edited[at].replace("[", f'["{word}", ', 1)
                for text in ("\n".join(edited), before):
                    if (wait := _save(page, path, text)) is not None:
                        waits.append(wait)
    finally:
        path.write_text(before, "utf-8")
    if waits:
        told = f"median of {len(waits)} saves, slowest {max(waits):.2f} s"
        yield "save the codebook -> new figure in the browser", f"{statistics.median(waits):.2f} s", "<= 0.5 s", told


def _save(page: Any, path: Path, text: str) -> float | None:
    """Seconds until a figure changed; None where the edit changes none that the page shows, or the whole run's page came in between."""
    from playwright.sync_api import Error

    try:
        return _waited(page, path, text)
    except Error:
        page.wait_for_load_state()
        page.wait_for_timeout(3000)
        page.evaluate(_SEEN)
        return None


def _waited(page: Any, path: Path, text: str) -> float | None:
    page.evaluate("() => { for (const one of document.querySelectorAll('.live-new')) { one.classList.remove('live-new'); } window.seen = 0; }")
    started = time.time()
    path.write_text(text, "utf-8")
    while time.time() - started < 20:
        if seen := page.evaluate("() => window.seen"):
            page.wait_for_timeout(4000)  # quotes follow
            return float(seen) / 1000 - started
        time.sleep(0.02)
    return None


if __name__ == "__main__":
    for one in rows(Path(sys.argv[1])):
        print(" | ".join(one))
