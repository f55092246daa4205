"""Opening zip containers (DOCX, ODT …) without trusting them: sizes are checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from pipeline.reading import Unreadable, damaged

MAX_MEMBERS = 5_000
MAX_TOTAL = 200_000_000  # bytes, unpacked
RATIO_FROM = 5_000_000  # bytes, from which on the packing ratio of a part is looked at
MAX_RATIO = 200
MAX_TAGS = 4_000_000  # in one part; a three-hour interview has some 300,000, and lxml needs about 100 bytes for each

Element = etree._Element


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The container after its checks. Raises `Unreadable` (damaged, bomb, encrypted)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise damaged() from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_TOTAL:
        raise _bomb()
    if any(m.file_size > RATIO_FROM and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members):
        raise _bomb()
    if any(m.flag_bits & 1 for m in members):
        raise encrypted()
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of one part by its fixed name, or None. Raises `Unreadable` (damaged)."""
    try:
        return archive.read(name)
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise damaged() from error


def parse_xml(data: bytes) -> Element:
    """The root of a part, read without entities, DTD or network. Raises `Unreadable` (damaged, bomb)."""
    head = data[:65_536].replace(b"\x00", b"")  # so that UTF-16 hides nothing
    if b"<!DOCTYPE" in head and b"<!ENTITY" in head:
        raise damaged("Die Datei enthält Entitäten, die in einem Transkript nicht vorkommen.")
    if data.count(b"<") > MAX_TAGS:
        raise _bomb()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False, collect_ids=False
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error


def encrypted() -> Unreadable:
    """The refusal of a file with a password."""
    advice = "Bitte ohne Passwort speichern und im geschützten Ordner des Projekts ablegen."
    return Unreadable("failed", "encrypted", "Die Datei ist mit einem Passwort geschützt.", advice)


def _bomb() -> Unreadable:
    advice = "Bitte den Text in ein neues, leeres Dokument kopieren und als DOCX speichern."
    return Unreadable("failed", "bomb", "Die Datei wird beim Entpacken unmäßig groß.", advice)
