"""Printing the report: which browser, how it is called, what is said where it cannot be; and a real print where a browser is installed."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from pipeline import pdf
from pipeline.places import Places
from pipeline.problems import Stop

PAGE = "<!doctype html><html lang=de><title>Bericht</title><style>@page {size: A4}</style><p>Grüße <script>document.write('aus der Seite')</script></p></html>"


@pytest.fixture
def laid_out(tmp_path: Path) -> Places:
    """A study whose folder has a blank and an umlaut, with a report."""
    places = Places("klein", *(tmp_path / "Meine Bücher & mehr" / name for name in ("t", "c", "o", "p")))
    places.outputs.mkdir(parents=True)
    (places.outputs / "report.html").write_text(PAGE, "utf-8")
    return places


def program(folder: Path, body: str) -> Path:
    """A stand-in for a browser."""
    path = folder / "chromium"
    path.write_text(f"#!{sys.executable}\nimport sys, time\nfrom pathlib import Path\ntarget = next(a for a in sys.argv if a.startswith('--print-to-pdf=')).partition('=')[2]\n{body}\n", "utf-8")
    path.chmod(0o755)
    return path


def told(places: Places) -> str:
    with pytest.raises(Stop) as stopped:
        pdf.pdf(places)
    return " ".join(str(problem) for problem in stopped.value.problems)


def test_without_a_report_it_says_what_to_do_first(laid_out: Places) -> None:
    (laid_out.outputs / "report.html").unlink()
    assert "make analyze" in told(laid_out)


def test_without_a_browser_it_says_what_to_install_or_how_to_print_by_hand(laid_out: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "browser", lambda environment, platform: None)
    said = told(laid_out)
    assert "Chromium, Google Chrome oder Microsoft Edge" in said
    assert "Strg+P" in said


@pytest.mark.parametrize(
    ("platform", "variable", "place"),
    [
        ("win32", "PROGRAMFILES(X86)", "Microsoft/Edge/Application/msedge.exe"),
        ("win32", "LOCALAPPDATA", "Google/Chrome/Application/chrome.exe"),
        ("darwin", "HOME", "Applications/Chromium.app/Contents/MacOS/Chromium"),
    ],
)
def test_browsers_at_the_usual_places_are_found(tmp_path: Path, platform: str, variable: str, place: str) -> None:
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_bytes(b"")
    assert pdf.browser({"PATH": "", variable: str(tmp_path)}, platform) == tmp_path / place
    assert pdf.browser({"PATH": "", variable: str(tmp_path / "leer")}, platform) is None


def test_a_browser_on_the_path_comes_first(tmp_path: Path) -> None:
    found = program(tmp_path, "")
    assert pdf.browser({"PATH": str(tmp_path)}, "linux") == found


def test_the_call_is_a_list_with_a_profile_of_its_own_and_a_sandbox_for_all_but_root(tmp_path: Path) -> None:
    page = tmp_path / "a b'; rm -rf ~.html"
    call = pdf.command(Path("/usr/bin/chromium"), page, tmp_path / "x.pdf", tmp_path / "profil", root=False)
    assert call[-1] == page.resolve().as_uri()
    assert "--no-sandbox" not in call
    assert {"--headless=new", "--no-pdf-header-footer", f"--user-data-dir={tmp_path / 'profil'}", "--disable-background-networking"} <= set(call)
    assert "--no-sandbox" in pdf.command(Path("chromium"), page, tmp_path / "x.pdf", tmp_path, root=True)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")
def test_what_the_browser_prints_lies_beside_the_report_and_nothing_else_does(laid_out: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "Path(target).write_bytes(b'%PDF-1.7 x')")
    monkeypatch.setenv("PATH", str(tmp_path))
    (line,) = pdf.pdf(laid_out)
    assert "report.pdf" in line
    assert sorted(path.name for path in laid_out.outputs.iterdir()) == ["report.html", "report.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")
@pytest.mark.parametrize(
    ("body", "said"),
    [("print('kaputt', file=sys.stderr)", "kein PDF geschrieben. Er meldet: kaputt"), ("Path(target).write_bytes(b'<html>')", "kein PDF geschrieben"), ("time.sleep(60)", "noch nicht gedruckt")],
)
def test_a_browser_that_fails_is_told_and_an_old_print_stays(laid_out: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, said: str) -> None:
    program(tmp_path, body)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf.printed, "__defaults__", (3,))
    (laid_out.outputs / "report.pdf").write_bytes(b"%PDF alt")
    assert said in told(laid_out)
    assert (laid_out.outputs / "report.pdf").read_bytes() == b"%PDF alt"
    assert sorted(path.name for path in laid_out.outputs.iterdir()) == ["report.html", "report.pdf"]


def test_a_file_open_in_a_viewer_is_told(laid_out: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "browser", lambda environment, platform: Path("chromium"))
    monkeypatch.setattr(pdf, "printed", lambda *given: b"%PDF neu")
    (laid_out.outputs / "report.pdf").write_bytes(b"%PDF alt")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    said = told(laid_out)
    assert "report.pdf" in said
    assert "PDF anzeigt" in said
    assert "schließen" in said


def test_a_real_browser_prints_a_page_with_its_script_on_a4(laid_out: Places) -> None:
    found = pdf.browser(os.environ, sys.platform)
    if found is None or shutil.which(found) is None:
        pytest.skip("no browser installed")
    pdf.pdf(laid_out)
    from pdfminer.high_level import extract_pages, extract_text

    target = laid_out.outputs / "report.pdf"
    assert "Grüße aus der Seite" in extract_text(target)
    (page,) = extract_pages(target)
    assert (round(page.width), round(page.height)) == (595, 842)
