"""What in people's lists belongs to an interview: which rows go, and where only its number is cut from a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline import cuts, key_rows, persons_gone, registry, traces
from pipeline.forms.corrections import OWN
from pipeline.forms.sheet import SHEETS
from pipeline.inputs import transcripts
from pipeline.lists import KEY
from pipeline.places import Places
from pipeline.problems import Problem, Stop, did_you_mean
from pipeline.registry import Doc, same_file
from pipeline.wording import LARGE, interview

ALIKE = 0.5  # share of the shorter text's runs from which on two files look like one conversation
FEW = 20  # runs, below which nothing is said about likeness
SINGLE = ("doc", "file", "source", "interview", "dokument")  # columns that name one interview
SEVERAL = ("docs", "sources", "interviews")  # columns that name any number
_JOINED = re.compile(r"[;,+|\s]+")
_ID = re.compile(r"(?i)[A-Z]\d{3,}")
BY_PEOPLE = {sheet.name: sheet.key for sheet in SHEETS if sheet.adding}  # lists to which people add rows of their own
QUOTING = ("quotes", "merge_conflicts")  # lists whose rows go where any cell holds the interview's words: nobody wrote these by themselves
NOTES = "memos"  # the list of notes, each beside something that its kind and key name
BY_CASE = tuple(sheet.name for sheet in SHEETS if "case" in sheet.key)  # lists whose rows are about a person: everything that person said
_TEXTS = (("private", "turns_raw"), ("private", "turns_clean"), ("outputs", "turns"))


@dataclass(frozen=True)
class Target:
    """The interview, with the files that repeat it word for word.

    `cases`: who speaks in it -> whether in other interviews as well. `runs` are hashes of its runs of words that no other interview has; `alike` ids of others that share most of its
    text. `words` and `elsewhere` are its own words and those of all others, to tell which names only it holds; `people` finds these.
    """

    name: str
    docs: tuple[Doc, ...]
    others: tuple[Doc, ...]
    files: tuple[Path, ...]
    names: tuple[str, ...]
    runs: set[int]
    alike: tuple[str, ...]
    words: str
    elsewhere: str
    cases: dict[str, bool] = field(default_factory=dict)
    people: persons_gone.Names = field(default_factory=persons_gone.Names)


@dataclass(frozen=True)
class Change:
    """A list as it is to be: rows that went, cells from which the interview's number was cut."""

    path: Path
    data: bytes
    gone: int
    cut: int


def find(places: Places, wanted: str, progress: Callable[[str, int, int], None]) -> Target:
    """The interview that is meant, by id or file. Raises `Stop` where none or several could be."""
    docs = _docs(places)
    meant = [doc for doc in docs if same_file(wanted, doc.doc, doc.file)]
    if not meant and _ID.fullmatch(wanted.strip()):
        meant = [Doc(wanted.strip().upper(), "", "")]  # its file went before; its rows may be left
    if len(meant) != 1:
        ids = ", ".join(doc.doc for doc in meant)
        what = f"»{wanted}« meint mehrere Gespräche: {ids}." if meant else f"Das Gespräch »{wanted}« gibt es nicht."
        hint = "Bitte die Nummer nennen, etwa: make forget DOC=I003"
        raise Stop(
            Problem("", 0, what, hint if meant else f"{did_you_mean(wanted, [d.doc for d in docs])} {hint}".strip())
        )
    texts, sums = _texts(places, docs, progress)
    one = meant[0]
    same = [
        d
        for d in docs
        if d != one and ((d.sha256 and d.sha256 == one.sha256) or (sums.get(d.doc, 1) == sums.get(one.doc, 2)))
    ]
    gone = (one, *same)
    others = tuple(doc for doc in docs if doc not in gone)
    runs = {doc.doc: _runs(texts.get(doc.doc, ())) for doc in (*docs, one)}
    own = set().union(*(runs[doc.doc] for doc in gone))
    rest = set().union(*(runs[doc.doc] for doc in others))
    guide = places.codebooks / "guide.yaml"
    asked = set().union(*(traces.runs(text) for text in (traces.texts_of(guide) or ()))) if guide.is_file() else set()
    sizes = {doc.doc: min(len(own), len(runs[doc.doc])) for doc in others}
    alike = [id_ for id_, size in sizes.items() if size >= FEW and len(own & runs[id_]) > ALIKE * size]
    target = Target(
        one.doc, gone, others, tuple(_files(places, gone)), tuple(_names(gone, others)), own - rest - asked, tuple(alike),
        "\n".join(text for doc in gone for text in texts.get(doc.doc, ())),
        "\n".join(text for doc in others for text in texts.get(doc.doc, ())), _cases(places, gone),
    )  # fmt: skip
    return replace(target, people=_people(places, target))


def _people(places: Places, target: Target) -> persons_gone.Names:
    """Names that the key loses with this interview, read before it does; the last run's table says which are German words too."""
    rows = []
    for path in traces.files((places.private,)):
        sheet = cuts.read(path.read_bytes()) if _is_key(path) or path == places.private / "tables" / "entities.csv" else None
        for row in (sheet.row(record) for record in sheet.records) if sheet else ():
            rows.append(({name: cell.text for name, cell in row.items()}, _goes(row, target) or key_rows.only_here(row, target.words, target.elsewhere)))
    return persons_gone.found(rows, target.words, target.elsewhere)


def _is_key(path: Path) -> bool:
    return ".csv" in path.name.lower() and path.name.lower().startswith(KEY.name.removesuffix(".csv"))


def _cases(places: Places, docs: Iterable[Doc]) -> dict[str, bool]:
    """Cases of these interviews, as the last run has them -> whether they speak in others too."""
    path = places.outputs / "tables" / "cases.csv"
    sheet = cuts.read(path.read_bytes()) if path.is_file() else None
    rows = [sheet.row(record) for record in sheet.records] if sheet else []
    gone = {doc.doc for doc in docs}
    here = {row["case"].text for row in rows if row["doc"].text in gone}
    return {case: any(row["case"].text == case and row["doc"].text not in gone for row in rows) for case in sorted(here)}


def _docs(places: Places) -> list[Doc]:
    """The interviews that lie there, and those that the list still names."""
    known = registry.read(places.private / "documents.csv")
    try:
        here = registry.numbered(transcripts(places), places.private)
    except Stop:
        here = []
    ids = {doc.doc for doc in here}
    return [*here, *(doc for doc in known if doc.doc not in ids)]


def _texts(
    places: Places, docs: list[Doc], progress: Callable[[str, int, int], None]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """What each interview says, as its file stands now and as the last run had it; and the hash of its words."""
    texts: dict[str, list[str]] = {doc.doc: [] for doc in docs}
    sums: dict[str, str] = {}
    for number, doc in enumerate(docs, 1):
        said = traces.spoken(places.transcripts / doc.file) if (places.transcripts / doc.file).is_file() else None
        if said:
            texts[doc.doc] += said[0]
            sums[doc.doc] = said[1]
        progress("Transkripte durchsehen", number, len(docs))
    for place, table in _TEXTS:
        path = getattr(places, place) / "tables" / f"{table}.csv"
        sheet = cuts.read(path.read_bytes()) if path.is_file() else None
        for row in map(sheet.row, sheet.records) if sheet else ():
            if "doc" in row and "text" in row:
                texts.setdefault(row["doc"].text, []).append(row["text"].text)
    return texts, sums


def _runs(texts: Iterable[str]) -> set[int]:
    return set().union(*(traces.runs(unicodedata.normalize("NFC", text)) for text in texts))


def _files(places: Places, docs: Iterable[Doc]) -> list[Path]:
    top = places.transcripts.resolve()
    found = [places.transcripts / doc.file for doc in docs if doc.file]
    # The list of interviews is a file that can be edited: nothing outside the folder is ever deleted for it.
    return [path for path in found if path.is_file() and path.parent.resolve().is_relative_to(top)]


def _names(docs: Iterable[Doc], others: Iterable[Doc]) -> list[str]:
    """Ids, checksums, file names; a bare stem only where it is telling (`03 Beratungsstelle`, not `Anna`).

    What also is the name of a file that stays is left out.
    """
    names = []
    stay = "\n".join(unicodedata.normalize("NFC", doc.file).casefold() for doc in others)
    for doc in docs:
        file, stem = Path(doc.file).name, Path(doc.file).stem
        telling = re.search(r"[^\W\d_]{4}", re.sub(r"(?i)interview|transkript|gespräch", "", stem)) and re.search(
            r"[\W\d_]", stem
        )
        names += [doc.doc, file, stem if telling else "", doc.sha256, *_labels(doc)]
    return [name for name in names if name and not traces.pattern([name]).search(stay)]


def changes(places: Places, target: Target) -> list[Change]:
    """Every list below codebooks/ and private/ that loses something, in order of paths; copies of lists too."""
    derived = (places.private / "work", places.private / "tables")
    found = []
    for path in traces.files((places.codebooks, places.private)):
        if ".csv" not in path.name.lower() or any(folder in path.parents for folder in derived):
            continue
        sheet = cuts.read(path.read_bytes())
        change = _change(path, sheet, target) if sheet else None
        found += [change] if change else []
    return found


def _change(path: Path, sheet: cuts.Sheet, target: Target) -> Change | None:
    key = _is_key(path)
    quotes, about, notes = (path.name.lower().startswith(name) for name in (QUOTING, BY_CASE, NOTES))
    gone, instead = [], list[tuple[cuts.Cell, str]]()
    for record in sheet.records:
        row = sheet.row(record)
        if _goes(row, target) or (key and key_rows.only_here(row, target.words, target.elsewhere)) or (quotes and _quotes(row, target)) or (about and _about(row, target)) or (notes and _noted(row, target)) or _tells(path, row, target):
            gone.append(record)
            continue
        cells = [row[column] for column in SEVERAL if column in row and _mine(row[column].text, target)]
        instead += [(cell, _without(sheet.text[cell.start : cell.end], target)) for cell in cells]
        instead += key_rows.without_forms(row, target.words, target.elsewhere) if key else []
    return Change(path, sheet.without(gone, instead), len(gone), len(instead)) if gone or instead else None


def _goes(row: dict[str, cuts.Cell], target: Target) -> bool:
    """Whether a row is of this interview and of no other."""
    single = [row[column].text for column in SINGLE if column in row and row[column].text]
    parts = [part for column in SEVERAL if column in row for part in _JOINED.split(row[column].text) if part]
    named = any(_means(cell, target.docs) for cell in single) or bool(parts and all(_mine(p, target) for p in parts))
    others = any(_means(cell, target.others) for cell in single) or any(not _mine(part, target) for part in parts)
    return named and not others


def _tells(path: Path, row: dict[str, cuts.Cell], target: Target) -> bool:
    """Whether a row that people added by themselves, in which no interview stands, holds a name that only this one had."""
    key = next((key for name, key in BY_PEOPLE.items() if path.name.lower().startswith(name)), ("?",))
    own = all(name in row and row[name].text.lstrip("'")[:1] in ("", OWN) for name in key)
    return own and any(target.people.named.search(unicodedata.normalize("NFC", cell.text)) for cell in row.values())


def _about(row: dict[str, cuts.Cell], target: Target) -> bool:
    """Whether a row is about somebody who speaks in this interview and in no other."""
    case = row["case"].text if "case" in row else ""
    return target.cases.get(case) is False or (case not in target.cases and _mine(case, target))


def _noted(row: dict[str, cuts.Cell], target: Target) -> bool:
    """Whether a note stands beside this interview, a place in it, or somebody who speaks in no other."""
    kind, key = (row[name].text if name in row else "" for name in ("kind", "key"))
    if kind in ("interview", "reading"):
        return _means(key, target.docs) and not _means(key, target.others)
    if kind in ("passage", "kwic"):
        return _mine(key.partition(".")[0], target)
    return kind == "case" and (target.cases.get(key) is False or (key not in target.cases and _mine(key, target)))


def shared(places: Places, target: Target) -> list[tuple[Path, int]]:
    """Rows that stay, about somebody who speaks in other interviews as well: what they say may come from either. File and line."""
    both = {case for case, elsewhere in target.cases.items() if elsewhere}
    found = []
    for path in traces.files((places.codebooks,)) if both else ():
        sheet = cuts.read(path.read_bytes()) if path.name.lower().startswith(BY_CASE) and ".csv" in path.name.lower() else None
        for record in sheet.records if sheet else ():
            row = sheet.row(record) if sheet else {}
            found += [(path, record.line)] if "case" in row and row["case"].text in both else []
    return found


def _means(cell: str, docs: Iterable[Doc]) -> bool:
    cell = unicodedata.normalize("NFC", cell)
    for doc in docs:
        file = unicodedata.normalize("NFC", Path(doc.file).name)
        words = [doc.doc, file, *_labels(doc)]
        if same_file(cell, doc.doc, doc.file or doc.doc) or traces.pattern(words).search(cell):
            return True
    return False


def _labels(doc: Doc) -> list[str]:
    """What the report calls an interview, and people after it.

    >>> _labels(Doc("I003", "", ""))
    ['Interview 3', 'Workshop 3']
    """
    names = [interview(doc.doc, people) for people in (1, LARGE + 1)]
    return names if names[0].partition(" ")[2].isdecimal() else []


def _mine(cell: str, target: Target) -> bool:
    return bool(traces.pattern(doc.doc for doc in target.docs).search(cell))


def _without(raw: str, target: Target) -> str:
    """A cell of several numbers, as it stands in the file, without the interview's."""
    ids = "|".join(re.escape(doc.doc) for doc in target.docs)
    left = re.sub(rf"(?i)(?<![^\W_])(?:{ids})(?![^\W_])[;,+|\s]*", "", raw)
    return re.sub(r'[;,+|\s]+("?)$', r"\1", left)


def _quotes(row: dict[str, cuts.Cell], target: Target) -> bool:
    return any(not traces.runs(cell.text).isdisjoint(target.runs) for cell in row.values())
