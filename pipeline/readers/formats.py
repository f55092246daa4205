"""Which format a file is: by what stands in it first, then by its name; and what to do where it cannot be read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from pipeline.reading import Unreadable

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
    "coma": "xml", "xml": "xml", "tei": "xml", "fodt": "fodt", "textgrid": "textgrid", "pages": "pages", "qdpx": "qdpx",
    "zip": "zip",
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
RTF = re.compile(rb"(?:\xef\xbb\xbf)?[\s\x00]{0,32}\{\\rtf")  # also behind a byte order mark or blanks
WEBVTT = re.compile(r"\s{0,200}WEBVTT(?![^\s-])")
SUBTITLES = re.compile(
    r"\s{0,200}(?:\d{1,6}[ \t]{0,9}\r?\n[ \t]{0,9})?-?(?:\d{1,4}:)?\d{1,3}:\d{1,2}(?P<sign>[.,]?)\d{0,9}[ \t]{0,9}(?:-{2,3}|[–—])(?:>|&gt;)"
)
SBV = re.compile(r"\s{0,200}\d{1,3}:\d{2}:\d{2}\.\d{1,4},\d{1,3}:\d{2}:\d{2}\.\d{1,4}[ \t]{0,9}(?:\r?\n|\r)")
TSV = re.compile(r"(?i)\s{0,200}start\tend\ttext[ \t]{0,9}(?:\r?\n|\r)")
JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:\{|"))')
HTML = re.compile(
    r"(?is)\s{0,200}(?:<\?xml[^>]{0,200}\?>\s{0,200})?(?:<!--.{0,400}?-->\s{0,200})?"
    r"<(?:!doctype\s{1,5}html|html|head|body|meta\s{1,5}(?:charset|http-equiv|name))\b"
)
XML = re.compile(
    r"\s{0,200}(?:<\?xml|<(?:[A-Za-z][\w.-]{0,30}:)?(?:basic-transcription|segmented-transcription|ANNOTATION_DOCUMENT"
    r"|folker-transcription|TEI|teiCorpus|richtext)[\s>/])"
)
TEXTGRID = re.compile(r'\s{0,200}(?:File type\s{0,4}=\s{0,4})?"ooTextFile(?: short)?"[^"]{0,200}"TextGrid"')
FLAT_ODT = re.compile(r"<office:document[\s>]")
TRANSANA = re.compile(r"(?m)^\s*\u00a4[ \t]*(?:<\d{1,9}>|\(\d{1,2}:)")

NAMES = {
    "txt": "Textdatei", "md": "Markdown-Datei", "docx": "Word-Datei", "rtf": "RTF-Datei", "html": "HTML-Seite",
    "pdf": "PDF-Datei", "doc": "alte Word-Datei (.doc)", "odt": "OpenDocument-Datei", "fodt": "OpenDocument-Datei",
    "vtt": "Untertiteldatei (VTT)", "srt": "Untertiteldatei (SRT)", "sbv": "Untertiteldatei (SBV)", "tsv": "Whisper-Tabelle",
    "json": "JSON-Datei", "xml": "XML-Datei", "textgrid": "Praat-Datei", "transana": "Transana-Datei",
}  # fmt: skip
AS_DOCX = "Bitte als DOCX oder TXT speichern und diese Datei ablegen."
ADVICE = {
    "doc": ("Das alte Word-Format (.doc) wird nicht gelesen.", "Bitte in Word öffnen und als DOCX speichern."),
    "pages": ("Pages-Dateien werden nicht gelesen.", "Bitte in Pages nach Word (DOCX) exportieren."),
    "qdpx": (
        "REFI-QDA-Projekte werden hier nicht gelesen.",
        "Bitte die einzelnen Transkripte als DOCX oder TXT ausgeben.",
    ),
    "audio": ("Ton- und Filmaufnahmen werden nicht gelesen.", "Bitte transkribieren und das Transkript ablegen."),
    "image": ("Bilder werden nicht gelesen.", "Bitte den Text abschreiben oder erkennen lassen und als DOCX ablegen."),
    "archive": ("Archive werden nicht gelesen.", "Bitte entpacken und die Transkripte einzeln ablegen."),
    "zip": ("Archive werden nicht gelesen.", "Bitte entpacken und die Transkripte einzeln ablegen."),
}


ENDINGS = EXTENSIONS.keys() | COMPANIONS | SOUND | PICTURES


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
        return "tsv" if extension(path) == "tsv" and TSV.match(_text(head)) else named
    found = next((name for magic, name in MAGIC if head.startswith(magic)), "rtf" if RTF.match(head) else "")
    if not found and b"%PDF-" in head[:1024]:
        found = "pdf"
    if found == "zip":
        return _zip(path, head, named)
    return found or _by_text(_text(head), named) or named


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


def _text(head: bytes) -> str:
    """The first bytes as text, good enough to recognise a format: UTF-16 by its mark or by every second byte being 0."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    sample = head[:400]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if (
            len(sample) >= 8
            and sample[start::2].count(0) > 0.4 * len(sample) / 2
            and sample[1 - start :: 2].count(0) == 0
        ):
            return head[: len(head) // 2 * 2].decode(name, "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _by_text(text: str, named: str) -> str:
    if "\x00" in text[:200]:
        return named if named in ("txt", "md") else "" if named == "docx" else named  # binary
    subtitles = SUBTITLES.match(text)
    if subtitles:
        return named if named in ("srt", "vtt") else "srt" if subtitles["sign"] == "," else "vtt"
    for pattern, name in ((HTML, "html"), (WEBVTT, "vtt"), (SBV, "sbv"), (TSV, "tsv"), (TEXTGRID, "textgrid")):
        if pattern.match(text):
            return name
    if XML.match(text):
        return "fodt" if FLAT_ODT.search(text[:4000]) else "xml"
    if JSON.match(text) and named != "md":
        return "json"
    return "transana" if TRANSANA.search(text[:4000]) else ""


def refuse(kind: str) -> Unreadable:
    """Why a format without a reader is skipped, and what to do."""
    if kind == "companion":
        return Unreadable("skipped", "companion", "Das ist eine Begleitdatei und kein Transkript.")
    reason, advice = ADVICE.get(kind, ("Dieses Dateiformat ist nicht bekannt.", AS_DOCX))
    return Unreadable("skipped", "unsupported", reason, advice)


def mismatch(path: Path, kind: str) -> str:
    """A warning where name and content differ, else ``."""
    named = by_name(path)
    if not named or named == kind or named == "companion" or kind == "transana" or {named, kind} == {"txt", "md"}:
        return ""
    return f"Die Endung passt nicht zum Inhalt: Das ist eine {NAMES.get(kind, kind)}. Sie wurde so gelesen."
