"""From bytes to text: encoding by strict tests first and scores last, one kind of newline, no invisible signs, NFC."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.reading import Unreadable

# The longer marks come first: UTF-32-LE begins with the mark of UTF-16-LE.
BOMS = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
SINGLE_BYTE = ("cp1252", "mac_roman", "cp850")
SAMPLE = 200_000  # bytes looked at for scores; more does not change a verdict
NUL_SHARE = 0.4  # of the even or odd bytes, from which on a text is taken for UTF-16
ENOUGH = 10_000  # code points, from which on German without a single umlaut is written otherwise
BINARY_SHARE = 0.05  # of control bytes, from which on a file is no text at all

GERMAN = frozenset("äöüÄÖÜß")
NEIGHBOURS = frozenset("éèêëáàâãóòôíìîïúùûçñÉÈÁÀÇÑšžŠŽøåæœ")  # plausible in names, no evidence either way
SIGNS = frozenset("„“”‚‘’–—…«»‹›€§°·•´²³½¼©®\u00a0")

NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
INVISIBLE = re.compile("[\ufeff\u200b\u2060\u00ad\ufffe\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
TRANSLITERATED = re.compile(r"\b(?:fuer|ueber|waere|wuerde|koennen|muessen|natuerlich|dafuer|zurueck|Strasse|aelter\w*|moech\w+)\b")
MOJIBAKE = re.compile("Ã[¤¶¼Ÿ„–œƒ\u009f\u0084\u0096\u009c]|â€[žœ“”\u009d\u0093™¦]")


@dataclass(frozen=True)
class Decoded:
    """`text` with `\\n` only, in NFC; `encoding` by its Python name, `a+b` for a mixed file; German `warnings`."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Bytes of any text file as text. Raises `Unreadable` (code `unsupported`) for what is no text."""
    text, encoding, warnings = _decode(data)
    text, more = clean(text)
    return Decoded(text, encoding, tuple(warnings + more))


def clean(text: str) -> tuple[str, list[str]]:
    """Newlines to `\\n`, invisible and control signs out, NFC; and what was found, in German.

    >>> clean("Ja\\u00ad\\r\\nnein")
    ('Ja\\nnein', ['1 unsichtbares Zeichen entfernt (weiche Trennstriche, Schreibrichtung und Ähnliches).'])
    """
    warnings = []
    text, invisible = INVISIBLE.subn("", NEWLINES.sub("\n", text.removeprefix("\ufeff")))
    if invisible:
        what = "unsichtbares Zeichen" if invisible == 1 else "unsichtbare Zeichen"
        warnings.append(f"{invisible} {what} entfernt (weiche Trennstriche, Schreibrichtung und Ähnliches).")
    text, controls = CONTROL.subn("", text)
    if controls:
        warnings.append(f"{controls} Steuerzeichen entfernt; bitte prüfen, ob die Datei vollständig ist.")
    lost = text.count("\ufffd")
    if lost:
        lines = [str(n) for n, line in enumerate(text.split("\n"), 1) if "\ufffd" in line]
        where = ", ".join(lines[:5]) + (" und weiteren" if len(lines) > 5 else "")
        warnings.append(f"{lost} Zeichen sind verloren (»\ufffd«, Zeile {where}); bitte die Vorlage neu speichern.")
    broken = len(MOJIBAKE.findall(text))
    if broken:
        text = _repaired(text)
        left = len(MOJIBAKE.findall(text))
        what = "Umlaute oder Anführungszeichen waren verstümmelt"
        mended = "wurden wiederhergestellt" if not left else f"wurden bis auf {left} wiederhergestellt"
        warnings.append(f"{broken} {what} und {mended}; bitte prüfen.")
    elif len(text) > ENOUGH and not GERMAN.intersection(text) and len(TRANSLITERATED.findall(text)) > len(text) / 600:
        warnings.append("Die Datei hat keine Umlaute; sie schreibt wohl ae, oe, ue. Es wurde nichts umgeschrieben.")
    return unicodedata.normalize("NFC", text), warnings


def placeless(warnings: Iterable[str]) -> list[str]:
    """Warnings without numbers of lines, for formats in which lines mean nothing to people.

    >>> placeless(["6 Zeichen sind verloren (»x«, Zeile 1, 2, 3, 4, 5 und weiteren); bitte neu speichern."])
    ['6 Zeichen sind verloren (»x«); bitte neu speichern.']
    """
    return [_LINES.sub("", warning) for warning in warnings]


_LINES = re.compile(r", Zeile \d+(?:, \d+){0,9}(?: und weiteren)?")


def _repaired(text: str) -> str:
    """Lines whose UTF-8 was read as CP1252 on the way, once or twice, as they were written; all others untouched."""
    import ftfy

    config = ftfy.TextFixerConfig(
        uncurl_quotes=False, fix_character_width=False, normalization="NFC", unescape_html=False, fix_line_breaks=False,
        fix_latin_ligatures=False, remove_terminal_escapes=False, remove_control_chars=False,
    )  # fmt: skip
    lines = text.split("\n")
    # Only to a fixed point of few steps: a line that does not become better stays as it stands.
    return "\n".join(ftfy.fix_encoding(line, config) if MOJIBAKE.search(line) else line for line in lines)


def _decode(data: bytes) -> tuple[str, str, list[str]]:
    for mark, name in BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name), name, []
            except UnicodeDecodeError:
                if name != "utf-8":
                    cut = "Die Datei bricht mitten in einem Zeichen ab."
                    return data[len(mark) :].decode(name, "replace"), name, [cut]
                data = data[len(mark) :]
                break
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace"), wide, []
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        _refuse_binary(data)
        return _by_line(data)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte of European text is NUL."""
    sample = data[:4000]
    if len(sample) < 4 or b"\x00" not in sample:
        return ""
    even, odd = sample[0::2].count(0) / len(sample[0::2]), sample[1::2].count(0) / len(sample[1::2])
    if max(even, odd) < NUL_SHARE or min(even, odd) > NUL_SHARE / 2:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _refuse_binary(data: bytes) -> None:
    sample = data[:SAMPLE]
    controls = sum(sample.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32)))
    if len(sample) >= 32 and controls > BINARY_SHARE * len(sample):
        raise Unreadable("skipped", "unsupported", "Das ist keine Textdatei.", "Bitte als DOCX oder TXT speichern.")


def _by_line(data: bytes) -> tuple[str, str, list[str]]:
    """Lines that are valid UTF-8 as such, all others in the single-byte encoding that fits them best."""
    lines = re.split(b"(?<=\n)|(?<=\r)(?!\n)", data)
    decoded: list[str | None] = []
    proven = 0
    for line in lines:
        try:
            decoded.append(line.decode("utf-8"))
            proven += not line.isascii() and _plausible(decoded[-1] or "")
        except UnicodeDecodeError:
            decoded.append(None)
    broken = b"".join(line for line, text in zip(lines, decoded, strict=True) if text is None)
    name = best_single_byte(broken)
    if not proven:
        return data.decode(name, "replace"), name, []
    whole = "".join(line.decode(name, "replace") if t is None else t for line, t in zip(lines, decoded, strict=True))
    warning = "Die Datei mischt zwei Zeichenkodierungen; sie wurde Zeile für Zeile gelesen. Bitte die Umlaute prüfen."
    return whole, f"utf-8+{name}", [warning]


def _plausible(text: str) -> bool:
    return any(sign in GERMAN or sign in SIGNS for sign in text)


def best_single_byte(data: bytes) -> str:
    """The single-byte encoding in which the bytes look most like German.

    >>> best_single_byte("größer über".encode("cp850"))
    'cp850'
    """
    sample = data[:SAMPLE]
    return max(SINGLE_BYTE, key=lambda name: (_score(sample.decode(name, "replace")), -SINGLE_BYTE.index(name)))


def _score(text: str) -> float:
    score = 0.0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        sign, i = match.group(), match.start()
        inside = text[i - 1 : i].isalpha() and text[i + 1 : i + 2].isalpha()
        touching = text[i - 1 : i].isalpha() or text[i + 1 : i + 2].isalpha()
        if sign in GERMAN:
            score += 2 if touching else -0.5
        elif sign in SIGNS:
            score += -2 if inside else 0.5
        elif sign in NEIGHBOURS:
            score += 0 if touching else -1
        else:
            score -= 5 if sign == "\ufffd" or unicodedata.category(sign) == "Cc" else 2
    return score
