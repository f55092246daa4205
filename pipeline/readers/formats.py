"""Which format a file is: by what stands in it first, then by its name; and what to do where it cannot be read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from pipeline.readers.reading import Unreadable

HEAD_BYTES = 65_536
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

MAGIC = (
    (b"{\\rtf", "rtf"), (b"%PDF-", "pdf"), (OLE, "doc"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"),
    (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"ID3", "audio"), (b"OggS", "audio"),
    (b"fLaC", "audio"), (b"RIFF", "audio"), (b"\x1a\x45\xdf\xa3", "audio"), (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"), (b"Rar!", "archive"),
)  # fmt: skip
MEMBERS = (
    ("word/document.xml", "docx"), ("word/document2.xml", "docx"), ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsx"), ("ppt/presentation.xml", "pptx"),
    ("project.qde", "qdpx"), ("Index/Document.iwa", "pages"),
)  # fmt: skip
EXTENSIONS = {
    "txt": "txt", "text": "txt", "md": "md", "markdown": "md", "docx": "docx", "docm": "docx", "dotx": "docx",
    "doc": "doc", "rtf": "rtf", "odt": "odt", "pdf": "pdf", "html": "html", "htm": "html", "vtt": "vtt", "srt": "srt",
    "sbv": "sbv", "json": "json", "otr": "json", "exb": "xml", "exs": "xml", "eaf": "xml", "flk": "xml", "fln": "xml",
    "xml": "xml", "tei": "xml", "textgrid": "textgrid", "pages": "pages", "qdpx": "qdpx", "zip": "zip",
}  # fmt: skip
COMPANIONS = frozenset({
    "csv", "tsv", "xlsx", "xls", "ods", "pptx", "ppt", "yaml", "yml", "toml", "ini", "cfg", "bib", "ris", "py", "r",
    "ipynb", "js", "css", "log", "lock", "sav", "dta", "mx22", "mx24",
})  # fmt: skip
SOUND = frozenset({
    "mp3", "wav", "m4a", "ogg", "flac", "aac", "wma", "mp4", "mov", "avi", "mkv", "webm", "opus", "amr", "ds2", "dss",
})  # fmt: skip
PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "svg", "webp", "heic"})
COMPANION_NAMES = re.compile(
    r"(?i)^(?:readme|liesmich|licen[cs]e|lizenz|copying|changelog|notice|citation|authors|contributing)(?:$|[._-])"
)
SUBTITLES = re.compile(rb"\s*\d{1,6}[ \t]*\r?\n[ \t]*-?\d{1,2}:\d{2}:\d{2}[,.]\d{1,4}[ \t]*-->")
JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*(?:\{|"))')
HTML = re.compile(rb"(?i)\s*(?:<!--.{0,200}-->\s*)?<(?:!doctype html|html|head|body)\b", re.DOTALL)

NAMES = {"txt": "Textdatei", "md": "Markdown-Datei", "docx": "Word-Datei", "rtf": "RTF-Datei", "html": "HTML-Seite",
         "pdf": "PDF-Datei", "doc": "alte Word-Datei (.doc)", "odt": "OpenDocument-Datei"}  # fmt: skip
AS_DOCX = "Bitte als DOCX oder TXT speichern und diese Datei ablegen."
ADVICE = {
    "pdf": ("PDF wird nicht gelesen.", AS_DOCX),
    "rtf": ("RTF wird nicht gelesen.", "Bitte in Word oder LibreOffice öffnen und als DOCX speichern."),
    "doc": ("Das alte Word-Format (.doc) wird nicht gelesen.", "Bitte in Word öffnen und als DOCX speichern."),
    "odt": ("OpenDocument wird nicht gelesen.", "Bitte in LibreOffice als DOCX speichern."),
    "pages": ("Pages-Dateien werden nicht gelesen.", "Bitte in Pages nach Word (DOCX) exportieren."),
    "html": ("HTML wird nicht gelesen.", "Bitte im Programm, aus dem die Datei stammt, als DOCX oder TXT ausgeben."),
    "vtt": ("Untertitel (VTT) werden nicht gelesen.", AS_DOCX),
    "srt": ("Untertitel (SRT) werden nicht gelesen.", AS_DOCX),
    "sbv": ("Untertitel (SBV) werden nicht gelesen.", AS_DOCX),
    "json": ("JSON wird nicht gelesen.", "Bitte das Transkript als DOCX oder TXT ausgeben."),
    "xml": ("XML-Transkripte werden nicht gelesen.", "Bitte im Transkriptionsprogramm als TXT oder DOCX ausgeben."),
    "textgrid": ("TextGrid wird nicht gelesen.", "Bitte in Praat als TXT ausgeben."),
    "qdpx": ("REFI-QDA-Projekte werden nicht gelesen.", "Bitte die einzelnen Transkripte als DOCX oder TXT ausgeben."),
    "audio": ("Ton- und Filmaufnahmen werden nicht gelesen.", "Bitte transkribieren und das Transkript ablegen."),
    "image": ("Bilder werden nicht gelesen.", "Bitte den Text abschreiben oder erkennen lassen und als DOCX ablegen."),
    "archive": ("Archive werden nicht gelesen.", "Bitte entpacken und die Transkripte einzeln ablegen."),
    "zip": ("Archive werden nicht gelesen.", "Bitte entpacken und die Transkripte einzeln ablegen."),
}


def extension(path: Path) -> str:
    """The extension, small and without its dot."""
    return path.suffix.lower().lstrip(".")


def by_name(path: Path) -> str:
    """What the name promises; `companion` for what lies beside transcripts, `` for nothing known."""
    ext = extension(path)
    if COMPANION_NAMES.match(path.name) or ext in COMPANIONS:
        return "companion"
    if ext in SOUND or ext in PICTURES:
        return "audio" if ext in SOUND else "image"
    return EXTENSIONS.get(ext, "")


def detect(path: Path, head: bytes) -> str:
    """The format's name, by content (`head`: the first bytes) and then by name; `` for what is unknown.

    For zip containers the list of parts is read from the file itself. Never raises.
    """
    named = by_name(path)
    if named == "companion":
        return named
    found = next((name for magic, name in MAGIC if head.startswith(magic)), "")
    if not found and b"%PDF-" in head[:1024] and named == "pdf":
        found = "pdf"
    if found == "zip":
        return _zip(path, head, named)
    return found or _by_text(head, named) or named


def _zip(path: Path, head: bytes, named: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            for name, kind in MEMBERS:
                if name in names:
                    return kind
            if "mimetype" in names and b"opendocument.text" in head[:200]:
                return "odt"
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        # The list of parts stands at the end; where it is gone, the first parts' names tell what it was.
        return "docx" if b"word/" in head or b"[Content_Types].xml" in head else named or "zip"
    return named if named in ("docx", "odt", "pages") else "zip"


def _by_text(head: bytes, named: str) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in text[:200]:
        return named if named in ("txt", "md") else "" if named == "docx" else named  # UTF-16, or binary
    if HTML.match(text):
        return "html"
    if text.startswith(b"WEBVTT"):
        return "vtt"
    if SUBTITLES.match(text):
        return "srt"
    if text.lstrip().startswith(b"<?xml"):
        return "xml"
    if JSON.match(text) and named != "md":
        return "json"
    return ""


def refuse(kind: str) -> Unreadable:
    """Why a format without a reader is skipped, and what to do."""
    if kind == "companion":
        return Unreadable("skipped", "companion", "Das ist eine Begleitdatei und kein Transkript.")
    reason, advice = ADVICE.get(kind, ("Dieses Dateiformat ist nicht bekannt.", AS_DOCX))
    return Unreadable("skipped", "unsupported", reason, advice)


def mismatch(path: Path, kind: str) -> str:
    """A warning where name and content differ, else ``."""
    named = by_name(path)
    if not named or named == kind or {named, kind} == {"txt", "md"}:
        return ""
    return f"Die Endung passt nicht zum Inhalt: Das ist eine {NAMES.get(kind, kind)}. Sie wurde so gelesen."
