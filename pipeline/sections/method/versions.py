"""Facts on the program: its version, locked versions of the libraries, Python's minor version, settings that are not the default."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.language import _
from pipeline.method.defaults import differing
from pipeline.sections.method.evidence import Evidence, Grid, Told
from pipeline.wording import decimal

NAME = "Gemeinsamer Nenner"
LOCK = Path(__file__).parents[2] / "locks" / "core.txt"
LIBRARIES = {
    "spacy": "spaCy", "hanta": "HanTa", "simplemma": "simplemma", "wordfreq": "wordfreq", "scikit-learn": "scikit-learn", "numpy": "NumPy", "scipy": "SciPy",
    "pandas": "pandas", "pyarrow": "pyarrow", "altair": "Altair", "lxml": "lxml", "pdfminer-six": "pdfminer.six", "phonenumbers": "phonenumbers",
    "pydantic": "pydantic", "jinja2": "Jinja2", "python-docx": "python-docx", "xlsxwriter": "XlsxWriter",
}  # fmt: skip
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*python_full_version\s*(<|>=)\s*'3\.(\d+)')?", re.M)


def python() -> str:
    """Python as `3.12`: the third figure changes no result."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


@cache
def locked() -> dict[str, str]:
    """Library -> version from the lock file, for the Python that runs; never from what happens to be installed."""
    found: dict[str, str] = {}
    minor = sys.version_info.minor
    for name, version, sign, bound in _PINNED.findall(LOCK.read_text("utf-8")):
        if not sign or (minor < int(bound) if sign == "<" else minor >= int(bound)):
            found[name.lower()] = version
    return found


def libraries() -> list[tuple[str, str]]:
    """(name, version) of the libraries that bear on results."""
    return [(word, locked()[name]) for name, word in LIBRARIES.items() if name in locked()]


def software(e: Evidence) -> Told:
    """The program with what does the linguistic and statistical work."""
    known = dict(libraries())
    main = ", ".join(f"{name} {known[name]}" for name in ("spaCy", "HanTa", "simplemma", "scikit-learn", "pandas") if name in known)
    told = _("Ausgewertet wurde mit {name} {version} (Python {python}; {libraries}), auf dem Rechner der Forschenden und ohne Netz.")
    if e.desk.settings.llm.use and e.desk.settings.llm.host:
        told = _("Ausgewertet wurde mit {name} {version} (Python {python}; {libraries}); ein Sprachmodell auf einem anderen Rechner las die pseudonymisierten Beiträge.")
    return Told(told.format(name=NAME, version=__version__, python=python(), libraries=main))


def software_grid(e: Evidence) -> Grid:
    rows = [(NAME, __version__), ("Python", python()), *libraries()]
    return Grid(_("Programme und ihre Fassungen, wie sie das Projekt festlegt"), (_("Programm"), _("Fassung")), rows)


def settings_text(e: Evidence) -> str:
    n = len(differing(e.desk.settings))
    return _("Einstellungen, die vom Vorgabewert abweichen (study.yaml):") if n else _("Alle Einstellungen, die auf Ergebnisse wirken, stehen auf dem Vorgabewert (study.yaml).")


def settings_grid(e: Evidence) -> Grid:
    rows = [(s.key, _shown(s.value), _shown(s.default)) for s in differing(e.desk.settings)]
    return Grid(_("Einstellungen, die vom Vorgabewert abweichen"), (_("Einstellung"), _("hier"), _("Vorgabe")), rows)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, float):
        return decimal(value).rstrip("0").rstrip(".,")
    return str(value) if value != "" else _("leer")
