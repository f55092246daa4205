"""Transcripts in XML: the root element tells which program's reader takes the file."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.readers import eaf, exb, folker, tei, transana
from pipeline.readers.elements import name, parse
from pipeline.readers.zipped import Element
from pipeline.reading import Reading, Unreadable

READERS: dict[str, Callable[[Element, list[str]], Reading]] = {
    root: module.read_root for module in (exb, eaf, folker, tei, transana) for root in module.ROOTS
}
COMA = "Corpus"  # EXMARaLDA's corpus manager


def read(data: bytes) -> Reading:
    """A transcript of EXMARaLDA, ELAN, FOLKER, OrthoNormal, Transana, or in spoken TEI. Raises `Unreadable`."""
    root, warnings = parse(data)
    found = READERS.get(name(root))
    if found is not None:
        return found(root, warnings)
    if name(root) == COMA:
        advice = "Bitte die Transkriptionen (.exb) selbst ablegen."
        raise Unreadable(
            "skipped", "not_transcript", "Die Datei beschreibt ein Korpus und ist kein Transkript.", advice
        )
    advice = "Gelesen werden EXMARaLDA, ELAN, FOLKER, Transana und TEI; sonst bitte als DOCX oder TXT ausgeben."
    raise Unreadable(
        "skipped", "not_transcript", "Diese XML-Datei ist kein Transkript, das gelesen werden kann.", advice
    )
