"""Text to paste: paragraphs on method in German and English, and the citation of the program."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

from pipeline import __version__
from pipeline.language import _, spoken
from pipeline.method.answers import MethodFile
from pipeline.sections.method import agreed, coding, processing, results, sample, versions
from pipeline.sections.method.evidence import Evidence, sentences
from pipeline.sections.method.versions import NAME

YEAR = "2026"  # of the version, as in LICENSE
AUTHOR = "Gemeinsamer Nenner contributors"


def paragraphs(e: Evidence) -> list[SimpleNamespace]:
    """The text in both languages, German first."""
    found = []
    for language, title in (("de", "Deutsch"), ("en", "English")):
        # What people wrote stands in their language alone.
        own = e if language == e.desk.settings.language else replace(e, file=MethodFile())
        with spoken(language):
            found.append(SimpleNamespace(language=language, title=title, text=_text(own)))
    return found


def _text(e: Evidence) -> str:
    """Four short paragraphs: sample, preparation, coding, analysis."""
    groups = (
        (sample.people_asked, sample.dates, sample.modes, sample.access, sample.languages, sample.guide),
        (processing.notations, processing.cleaning, processing.names),
        (coding.codebook, coding.coders, coding.reading, coding.mentions, coding.proposals, agreed.double),
        (results.topics, results.saturation, results.counter, versions.software),
    )  # fmt: skip
    told = (" ".join(sentences(*(fact(e).text for fact in facts)).split()) for facts in groups)
    return "\n\n".join(text for text in told if text)


def citation(e: Evidence) -> SimpleNamespace:
    """The program as a source, for a list of references, and as BibTeX."""
    what = _("Auswertung von Interviews")
    apa = f"{AUTHOR} ({YEAR}). {NAME}: {what} (Version {__version__}) [Computer software]."
    bibtex = "\n".join((
        f"@software{{gemeinsamer_nenner_{re.sub(r'[^0-9]+', '_', __version__)},", f"  author = {{{{{AUTHOR}}}}},", f"  title = {{{NAME}}},", f"  year = {{{YEAR}}},",
        f"  version = {{{__version__}}},", f"  note = {{Codebook {e.book.version}, Python {versions.python()}}}", "}",
    ))  # fmt: skip
    return SimpleNamespace(apa=apa, bibtex=bibtex)
