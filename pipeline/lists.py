"""Lists that researchers keep as CSV: cases, decisions, reviewed passages, names to replace.

Excel saves CSV with semicolons and in Windows' code page; both are read as they come. A list that cannot be used stops
the run with its row numbers, before any stage.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from pipeline.places import Places, folder_files
from pipeline.problems import Problem, Stop, did_you_mean
from pipeline.tables import MACHINES, WITHDRAW

MAX_BYTES = 50_000_000
CODER = re.compile(r"[^\W\d_][\w-]{0,29}")  # the short name of a person who codes
KINDS = ("person", "place", "street", "org", "office", "phone", "email", "url", "birthdate", "id", "handle")

DECISIONS = (
    "decision", "date", "coder", "mode", "action", "code", "doc", "raw_sha256", "raw_start", "raw_end", "codebook",
    "quote", "memo",
)  # fmt: skip
REVIEWED = ("doc", "raw_sha256", "raw_start", "raw_end", "coder", "mode", "date", "codebook")
PSEUDONYMS = ("form", "replacement")  # the short form of the key, as people begin it
KEY_ROWS = ("entity", "kind", "name", "forms", "status", "level", "replacement")
CASES = ("file", "speaker", "case")
MEMOS = ("kind", "key", "memo", "coder", "date")
POPULATION = ("variable", "value", "n", "source")  # the town's own figures
MEMO_KINDS = ("kwic", "word", "code", "group", "passage", "case", "interview", "reading", "coding", "project", "method")  # what a note stands beside
ANCHOR = ("doc", "raw_sha256", "raw_start", "raw_end", "quote", "before", "after")  # a place in the raw text, with what stands there and around it
MORE_DECISIONS = ("stance", "about", "time", "before", "after", "replaces")  # columns of decisions.csv that may be missing
MORE_REVIEWED = ("codes", "quote", "time", "action")  # and of reviewed.csv
QUEUE_ROWS = (
    "queue", "mode", "coder", "order", "doc", "raw_sha256", "raw_start", "raw_end", "stratum", "chance", "codes", "date", "quote",
)  # fmt: skip
VERSIONS = ("version", "date", "codes")
LOG = ("entry", "date", "coder", "code", "what", "why", "alternative", "version")
LOG_KINDS = ("new", "renamed", "merged", "split", "defined", "dropped", "other")
NEGATIVE = ("entry", "date", "coder", "code", *ANCHOR, "why", "consequence")
INDUCTIVE = ("entry", "date", "coder", *ANCHOR, "paraphrase", "generalisation", "reduction", "note")
MINUTES = ("entry", "date", "coder", "present", "passages", "readings", "agreed", "open")
SAMPLING = ("entry", "date", "coder", "whom", "contrast", "why", "status", "note")
CONFLICTS = (
    "list", "what", "id", "id_theirs", "coder", "code", "doc", "raw_sha256", "raw_start", "raw_end", "quote", "ours", "theirs", "time_ours", "time_theirs", "counts",
)  # what `make merge` found said differently in two copies of a project
SAMPLING_STATES = ("planned", "asked", "done", "declined")


@dataclass(frozen=True)
class Listing:
    """Columns a list must have, whole numbers among them, allowed words by column, and its name."""

    name: str
    required: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unique: str = ""
    filled: tuple[str, ...] = ()
    one_line: bool = False  # a line break inside a cell is an open quotation mark, not text
    aliases: tuple[tuple[str, str], ...] = ()  # other names that a column may bear -> its name
    people: tuple[str, ...] = ()  # whole numbers that may be written with marks at the thousands
    again: bool = False  # rows may say again exactly what another one says, as a list that was pasted twice does
    together: tuple[str, ...] = ()  # columns that together name a row: no two rows may be alike in all of them


_ALL = (
    Listing("cases.csv", CASES, words=(("voice", ("private", "official")),), one_line=True),
    Listing(
        "decisions.csv", DECISIONS, ("raw_start", "raw_end"), (("action", ("accept", "reject", "add", WITHDRAW)),), "decision",
        filled=("decision",), again=True,
    ),
    Listing("reviewed.csv", REVIEWED, ("raw_start", "raw_end"), (("action", ("", WITHDRAW)),)),
    Listing("codebook_versions.csv", VERSIONS, unique="version", filled=("version", "codes")),
    Listing("codebook_log.csv", LOG, words=(("what", LOG_KINDS),), unique="entry", filled=("entry", "what")),
    Listing("negative_cases.csv", NEGATIVE, ("raw_start", "raw_end"), unique="entry", filled=("entry", "code")),
    Listing("inductive.csv", INDUCTIVE, ("raw_start", "raw_end"), unique="entry", filled=("entry",)),
    Listing("minutes.csv", MINUTES, unique="entry", filled=("entry",)),
    Listing("sampling.csv", SAMPLING, words=(("status", SAMPLING_STATES),), unique="entry", filled=("entry",)),
    Listing(
        "quotes.csv", ("doc", "raw_sha256", "raw_start", "raw_end", "release", "quote"), ("raw_start", "raw_end"),
        (("release", ("ja", "nein", "")), ("unique_ok", ("ja", "nein", "")), ("pin", ("ja", "nein", ""))),
    ),
    Listing("merge_conflicts.csv", CONFLICTS),
    Listing("memos.csv", MEMOS, words=(("kind", MEMO_KINDS),), filled=("kind", "key")),
    Listing("population.csv", POPULATION, ("n",), people=("n",), filled=("variable", "value"), together=("variable", "value")),
)
LISTS = {listing.name: listing for listing in _ALL}
ANCHORS = Listing("anchors", ("codes", "text"), filled=("text",), aliases=(("code", "codes"), ("sentence", "text"), ("satz", "text")))
QUEUES = Listing("queues", QUEUE_ROWS, ("order", "raw_start", "raw_end"), filled=("queue", "coder", "doc"))
LEARNED = Listing("learned.csv", ("doc", "raw_sha256", "raw_start", "raw_end", "codes", "mode"), ("raw_start", "raw_end"))
HANDCODED = Listing(
    "handcoded", ("doc", "raw_sha256", "raw_start", "raw_end", "code", "quote"), ("raw_start", "raw_end"),
    filled=("doc", "raw_sha256", "code"),
    aliases=(
        ("dokument", "doc"), ("interview", "doc"), ("kategorie", "code"), ("zitat", "quote"), ("text", "quote"), ("notiz", "memo"),
        ("datum", "date"), ("haltung", "stance"), ("kennung", "decision"), ("start", "raw_start"), ("end", "raw_end"), ("sha256", "raw_sha256"),
    ),
)  # fmt: skip
MODELS = Listing("models.csv", ("version", "date"))
FAIRNESS = Listing("fairness.csv", ("content", "code", "question", "variety", "text"), filled=("content", "code", "variety", "text"))
KEY = Listing("pseudonyms.csv", PSEUDONYMS, unique="form", filled=PSEUDONYMS, one_line=True)
LONG_KEY = Listing(
    "pseudonyms.csv", KEY_ROWS, filled=("forms",), one_line=True,
    words=(
        ("status", ("", "suspected", "proposed", "confirmed", "rejected")), ("level", ("", "keep", "generalise", "pseudonym", "mask")),
        ("kind", ("", *KINDS)),
    ),
)  # fmt: skip


def read_list(path: Path, listing: Listing, exact: Sequence[str] = ()) -> list[dict[str, str]]:
    """Rows as dicts with lower-case column names and `line` (the row's line in the file); none where there is no file.

    `exact`: columns whose cells keep the blanks at their ends, for whoever writes them again. Raises `Stop` with every problem and its line.
    """
    if not path.is_file():
        return []
    found = records(_text(path, listing.name), listing)
    rows = [
        {**dict(zip(found.names, (cell.strip() for cell in cells), strict=True)), "line": str(line)} for line, cells in found.rows
    ]
    for row in rows:
        row.update({name: _THOUSANDS.sub("", row[name]) for name in listing.people if _GROUPED.fullmatch(row[name])})
    if problems := _row_problems(rows, listing):
        raise Stop(problems)
    for name in (name for name in exact if name in found.names):
        at = found.names.index(name)
        for row, (_, cells) in zip(rows, found.rows, strict=True):
            row[name] = cells[at]
    return rows


class Records(NamedTuple):
    """What stands in a list, cell by cell: `heads` as they are written, `names` in small letters with their aliases resolved, and
    of every row the line it ends in and its cells as they stand, as many as there are names."""

    heads: list[str]
    names: list[str]
    rows: list[tuple[int, list[str]]]
    separator: str


def records(text: str, listing: Listing) -> Records:
    """Cells of a list's text (line ends `\\n`). Raises `Stop` with every problem that keeps its cells from being told apart."""
    text = text.lstrip("\n")
    told = re.match(r"(?i)sep=(.)\n", text)  # a line that Excel writes and understands
    header = text[told.end() :].split("\n", 1)[0] if told else text.split("\n", 1)[0]
    separator = told.group(1) if told else max(",;\t", key=header.count)
    text = "\n" + text[told.end() :] if told else text
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    heads: list[str] = []
    names: list[str] = []
    problems: list[Problem] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not names:
                heads = [cell.strip() for cell in cells]
                given = [head.lower() for head in heads]
                names = [dict(listing.aliases).get(n, n) if dict(listing.aliases).get(n, n) not in given else n for n in given]
                problems += _header_problems(names, listing, reader.line_num)
            elif len(cells) > len(names):
                what = f"Diese Zeile hat {len(cells)} Felder, die Kopfzeile {len(names)}."
                problems.append(Problem(listing.name, reader.line_num, what, "Texte mit Trennzeichen gehören in Anführungszeichen."))
            else:
                rows.append((reader.line_num, cells + [""] * (len(names) - len(cells))))
    except csv.Error as error:
        what = f"Diese Zeile ist keine gültige CSV-Zeile ({error})."
        if "unexpected end" in str(error):
            what = "Ein Anführungszeichen in dieser Liste wird nie geschlossen; alle Zeilen dahinter gingen verloren."
        hint = 'Ein Anführungszeichen im Text schreibt man doppelt: "".'
        problems.append(Problem(listing.name, reader.line_num, what, hint))
    if problems:
        raise Stop(problems)
    return Records(heads, names, rows, separator)


_THOUSANDS = re.compile("[. \u00a0\u202f'’]")
_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:{_THOUSANDS.pattern}[0-9]{{3}})+")  # 14.200 people can only be fourteen thousand
_LOST = re.compile(r"\w\?\w|\ufffd")  # what Excel makes of a letter that its old format does not know


def read_key(path: Path) -> list[dict[str, str]]:
    """The list of names in its short form (`form`, `replacement`) or as the program keeps it (`entity`, `forms` …)."""
    if not path.is_file():
        return []
    head = _text(path, path.name).lstrip("\n").split("\n", 1)[0].lower()
    rows = read_list(path, KEY if "replacement" in head and "forms" not in head else LONG_KEY)
    lost = [row for row in rows if any(_LOST.search(row.get(c) or "") for c in ("form", "forms", "name", "replacement"))]
    if lost:
        what = "Ein Name enthält ein Fragezeichen mitten im Wort: Beim Speichern sind Buchstaben verloren gegangen."
        hint = "Beim Speichern in Excel »CSV UTF-8 (durch Trennzeichen getrennt)« wählen und die Namen dieser Zeilen berichtigen."
        raise Stop([Problem(path.name, int(row["line"]), what, hint) for row in lost])
    return rows


def _text(path: Path, name: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Stop(
            Problem(name, 0, f"Die Datei lässt sich nicht lesen ({error.strerror}).", "Ist sie noch in Excel geöffnet?")
        ) from error
    if len(raw) > MAX_BYTES:
        raise Stop(Problem(name, 0, "Die Datei ist zu groß."))
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        if raw.startswith(b"\xef\xbb\xbf"):  # its mark says that it is UTF-8: read as anything else every umlaut would be lost
            raise Stop(damaged(name, raw, error)) from error
        text = raw.decode("cp1252", errors="replace")  # what Excel on Windows saves as plain CSV
    # Transcripts are read in NFC; a list that was typed on a Mac may hold umlauts in two parts.
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))


def damaged(name: str, raw: bytes, error: UnicodeDecodeError) -> Problem:
    """A sign in a list of UTF-8 that is none."""
    return Problem(name, raw.count(b"\n", 0, error.start) + 1, "In dieser Zeile ist ein Zeichen beschädigt.", "Bitte dort berichtigen oder die vorige Fassung aus backup/ nehmen.")


def _header_problems(names: list[str], listing: Listing, line: int) -> list[Problem]:
    # Where the key has lost its header, its first line holds somebody's name: no message repeats it.
    secret = listing in (KEY, LONG_KEY)
    hint = f"In der ersten Zeile stehen die Namen der Spalten: {', '.join(listing.required)}." if secret else ""
    problems = [
        Problem(listing.name, line, f"Die Spalte »{column}« fehlt.", hint or did_you_mean(column, [name for name in names if name not in listing.required]))
        for column in listing.required
        if column not in names
    ]
    doubled = sorted({n for n in names if n and names.count(n) > 1})
    return problems + [Problem(listing.name, line, f"Die Spalte »{name}« steht zweimal da.") for name in doubled]


def _row_problems(rows: list[dict[str, str]], listing: Listing) -> list[Problem]:
    problems = []
    seen: dict[str, dict[str, str]] = {}
    problems += _alike(rows, listing)
    for row in rows:
        line = int(row["line"])
        for column in listing.numbers:
            if not (row[column].isascii() and row[column].isdecimal() and len(row[column]) <= 9):
                hint = "Bitte nur Ziffern schreiben, etwa 14200 (oder 14.200)." if column in listing.people else ""
                problems.append(Problem(listing.name, line, f"»{column}« braucht eine ganze Zahl, da steht »{row[column]}«.", hint))
        broken = [name for name, cell in row.items() if "\n" in cell] if listing.one_line else []
        if broken:
            what = f"»{broken[0]}« geht über mehrere Zeilen; wohl ein Anführungszeichen, das nicht geschlossen wird."
            problems.append(Problem(listing.name, line, what, "Bitte die Anführungszeichen in und über dieser Zeile prüfen."))
        for column in listing.filled:
            if not row[column]:
                problems.append(
                    Problem(listing.name, line, f"»{column}« ist leer.", "Bitte ausfüllen oder die Zeile streichen.")
                )
        if row.get("coder", "").casefold() in MACHINES:
            what = f"»{row['coder']}« ist der Name einer Maschine und kein Kürzel eines Menschen."
            problems.append(Problem(listing.name, line, what, "Bitte ein anderes Kürzel wählen."))
        for column, words in listing.words:
            # Several stances are joined by a plus sign; columns beside the required ones may be empty.
            given = row.get(column, "").split("+")
            if not set(given) <= set(words) and (column in listing.required or given != [""]):
                problems.append(
                    Problem(
                        listing.name, line, f"»{column}« kennt »{row[column]}« nicht.", did_you_mean(row[column], words)
                    )
                )
        before = seen.setdefault(row[listing.unique], row) if listing.unique else row
        if before is not row and not (listing.again and {**before, "line": ""} == {**row, "line": ""}):
            problems.append(Problem(listing.name, line, f"»{row[listing.unique]}« steht schon in Zeile {before['line']}."))
    return problems


def _alike(rows: list[dict[str, str]], listing: Listing) -> list[Problem]:
    """Rows that say the same thing twice, in one spelling or another: which of the two holds, nobody can know."""
    problems = []
    seen: dict[tuple[str, ...], str] = {}
    for row in rows if listing.together else ():
        key = tuple(row[name].casefold() for name in listing.together)
        if key in seen and all(key):
            words = ", ".join(row[name] for name in listing.together)
            problems.append(Problem(listing.name, int(row["line"]), f"»{words}« steht schon in Zeile {seen[key]}.", "Bitte eine der beiden Zeilen streichen."))
        seen.setdefault(key, row["line"])
    return problems


def check_lists(places: Places) -> list[Problem]:
    """Problems of all lists of a study, with the path as a person would type it; hand codings are told by `decided.problems`."""
    problems = []
    drawn = [replace(QUEUES, name=f"queues/{path.name}") for path in folder_files(places.codebooks / "queues")]
    for listing, folder in (*((x, places.codebooks) for x in (*LISTS.values(), LEARNED, MODELS, FAIRNESS, *drawn)), (KEY, places.private)):
        try:
            read_key(folder / listing.name) if listing is KEY else read_list(folder / listing.name, listing)
        except Stop as stop:
            problems += [Problem(places.show(folder / p.file), p.line, p.what, p.hint) for p in stop.problems]
    return problems
