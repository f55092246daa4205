"""The verb `explore`: from what was asked for to lines for the screen and a workbook. Reads finished tables, runs no stage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import inputs, store
from pipeline.current import stale
from pipeline.exploring import screen
from pipeline.exploring.names import NONE, OURS, file_name
from pipeline.exploring.overview import EXPLAINED, categories
from pipeline.exploring.part import Answer
from pipeline.lists import LISTS, read_list
from pipeline.places import Places
from pipeline.problems import Problem, Stop, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.exploring.material import Material
    from pipeline.exploring.meaning import Reader
    from pipeline.exploring.memos import Edit
    from pipeline.exploring.space import Kept

FOLDER = "explore"
ASKS = ("WORD", "CODE", "GROUP", "LIKE", "NONE", "FILE")
NO = ("", "nein", "no", "0")
NOTHING_YET = Problem("", 0, "Es gibt noch keine Ergebnisse, in denen sich suchen ließe.", "Bitte zuerst »make analyze« starten.")


def explore(places: Places, asked: Mapping[str, str], today: date | None = None) -> list[str]:
    """Lines to print. Raises `Stop` where nothing was run yet, where nothing such is there, or where a file refuses."""
    asked = {name: value.strip() for name, value in asked.items() if value.strip()}
    wanted = [name for name in ASKS if name in asked and not (name == "NONE" and asked[name].lower() in NO)]
    if len(wanted) > 1:
        raise Stop(Problem("", 0, f"Bitte nur eines auf einmal: {' oder '.join(wanted)}.", "»make explore« allein erklärt, was es gibt."))
    day = (today or date.today()).isoformat()
    if wanted == ["FILE"]:
        with store.lock(places):
            return _read_back(places, Path(asked["FILE"]).expanduser(), day)
    finished = _finished(places)
    if not finished and wanted:
        raise Stop(NOTHING_YET)
    if not finished:
        return [*EXPLAINED, "", str(NOTHING_YET)]
    with store.lock(places):
        late = [line for one in stale(places) for line in (one, "")]
        if not wanted:
            part = categories(_table(places, "codes"), _table(places, "findings_codes"))
            return [*EXPLAINED, "", *screen.broken(late), *screen.lines(part, "", len(part.rows))]
        return [*screen.broken(late), *_answered(places, _ANSWERS[wanted[0]](places, asked), day)]


def remove(places: Places, still: Collection[str]) -> None:
    """Delete the workbooks that this verb wrote: they hold what transcripts said that may be gone by now.

    Notes written there and not read back are kept in `memos.csv`, but for those beside lines of interviews that are not
    among `still`. Raises `Stop` where a file refuses, after all others went.
    """
    folder = places.outputs / FOLDER
    ours = sorted(p for p in folder.iterdir() if p.is_file() and OURS.fullmatch(p.name)) if folder.is_dir() else []
    left = []
    for path in ours:
        with suppress(Stop):  # damaged, or open elsewhere: what was said must not stay for a note's sake
            edits = [edit for edit in _edits(places, path) if not edit.key.doc or edit.key.doc in still]
            _merge(places, edits, date.today().isoformat())
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            what = f"Die Datei lässt sich nicht löschen ({error.strerror})."
            left.append(Problem(places.show(path), 0, what, "Ist sie noch in Excel geöffnet? Bitte schließen und noch einmal starten."))
    if left:
        raise Stop(left)
    if ours:
        with suppress(OSError):  # something of theirs lies there
            folder.rmdir()


def _finished(places: Places) -> bool:
    tables = ("turns", "questions", "cases", "speakers", "codes", "findings_codes", "findings_mentions")
    files = [places.outputs / "tables" / f"{name}.csv" for name in tables]
    return all(path.is_file() for path in (*files, store.product_path(places, "index", "index.bin")))


def _table(places: Places, name: str) -> pd.DataFrame:
    from pipeline.tables import from_csv

    return from_csv(places.outputs / "tables" / f"{name}.csv")


def _material(places: Places) -> Material:
    from pipeline import study
    from pipeline.exploring.material import Variable, gather
    from pipeline.index import belongs, opened

    settings = study.load(places.codebooks / "study.yaml")
    names = settings.findings.groups or tuple(name for name, v in settings.variables.items() if v.values)
    groups = tuple(Variable(n, settings.variables[n].label or n, settings.variables[n].values) for n in names)
    turns, questions, cases, speakers = (_table(places, name) for name in ("turns", "questions", "cases", "speakers"))
    index = opened(store.product_path(places, "index", "index.bin"))
    if index is None:
        raise Stop(NOTHING_YET)
    if not belongs(index, turns):
        raise Stop(Problem("", 0, "Die Ergebnisse passen nicht zusammen.", "Bitte »make analyze« noch einmal starten."))
    material = gather(index, turns, questions, cases, speakers, groups)
    return replace(material, groups=tuple(group for group in groups if group.name in material.values))


def _book(places: Places) -> Any:
    from pipeline import codebook

    try:
        return codebook.load(places.codebooks / "codebook.yaml")
    except Stop as stop:
        raise Stop([Problem(places.show(places.codebooks / p.file), p.line, p.what, p.hint) for p in stop.problems]) from stop


def _word(places: Places, asked: Mapping[str, str]) -> Answer:
    from pipeline.exploring import concordance
    from pipeline.exploring.collocations import collocations
    from pipeline.exploring.query import hits, query_of

    word, sort = " ".join(asked["WORD"].split()), asked.get("SORT", "right").lower()
    if sort not in concordance.SORTS:
        raise Stop(Problem("", 0, f"SORT kennt »{sort}« nicht.", did_you_mean(sort, concordance.SORTS)))
    part = asked.get("PART", "").lower() not in NO
    query = query_of(word, part, _book(places).lists if "$" in word else {})
    material = _material(places)
    found = hits(material, query)
    parts = [
        concordance.kwic(material, found, sort), concordance.by_group(material, found, word), concordance.by_case(material, found, word),
        collocations(material, found, word),
    ]  # fmt: skip
    inside = " (auch in Zusammensetzungen)" if part else ""
    nothing = [] if len(found) else [f"»{word}« sagt niemand der Befragten. Andere Formen: * am Ende oder PART=ja."]
    return Answer(file_name("wort", word + ("_teil" if part else ""), f"{word}|{part}"), f"Das Wort »{word}«{inside}", parts, nothing)


def _code(places: Places, asked: Mapping[str, str]) -> Answer:
    from pipeline.exploring import code, coded

    codes = _table(places, "codes")
    name = coded.checked(asked["CODE"], codes)
    label = dict(zip(codes["code"], codes["label"], strict=True))[name]
    book = _book(places)
    material = _material(places)
    parts, lines, remarks = code.parts(material, name, codes, _table(places, "findings_mentions"), book, _reader(places, material))
    closing = [f"Zum Einfügen unter »match:« von {name} in {places.show(places.codebooks / 'codebook.yaml')}:", *lines, ""] if lines else []
    return Answer(file_name("kategorie", name, name), f"Die Kategorie {name} ({label})", parts, remarks, closing)


def _group(places: Places, asked: Mapping[str, str]) -> Answer:
    from pipeline.exploring import group

    material = _material(places)
    name, words, parts = group.parts(material, asked["GROUP"])
    return Answer(file_name("gruppe", name, name), words, parts)


def _none(places: Places, asked: Mapping[str, str]) -> Answer:
    from pipeline.exploring import coded, passages

    book = _book(places)
    material = _material(places)
    mask = coded.sentences(material, _table(places, "findings_mentions"))
    examples = [(entry.id, example.text) for entry in book.codes for example in entry.entry.examples]
    labels = {entry.id: entry.entry.label for entry in book.codes}
    parts = [passages.uncoded(material, mask, examples, labels, _reader(places, material)), passages.shares(material, mask)]
    return Answer(NONE, "Stellen ohne Kategorie", parts)


def _kept(places: Places, material: Material) -> Kept:
    """What the last run made of every sentence, as it lies there."""
    from pipeline.exploring.space import Files, Kept

    docs = inputs.read_state(places).get("stages", {}).get("embed", {}).get("docs", {})
    said = {doc for doc, spoken in zip(material.docs, material.spoken.tolist(), strict=True) if spoken}
    pieces = [store.piece_path(places, "vectors", doc, key) for doc, key in sorted(docs.items()) if doc in said]
    chances, anchors = (store.whole_path(places, name) for name in ("chances", "anchors"))
    return Kept(material, Files(pieces, chances, anchors, store.product_path(places, "fit", "model.bin")))


def _like(places: Places, asked: Mapping[str, str]) -> Answer:
    from pipeline import study
    from pipeline.exploring import like, wanted
    from pipeline.leaking.originals import masking
    from pipeline.tables import from_parquet

    codes = _table(places, "codes")
    material = _material(places)
    one = wanted.wanted(asked["LIKE"], codes, material)
    kept, mentions = _kept(places, material), _table(places, "findings_mentions")
    borne = like.bearing(kept, mentions, codes)
    if one.kind == wanted.CODE:
        label = dict(zip(codes["code"], codes["label"], strict=True))[one.text]
        parts = like.of_category(kept, one.text, codes, mentions, _table(places, "decisions"), borne, masking(from_parquet(store.whole_path(places, "entities"))))
        return Answer(file_name("aehnlich", one.text, one.text), f"Sätze wie die der Kategorie {one.text} ({label})", parts)
    if one.kind == wanted.PLACE:
        place = material.index.seg_ids[one.segment]
        title = f"Sätze wie {wanted.shown(material, one.segment)}"
        return Answer(file_name("aehnlich", wanted.short_place(place), place), title, [like.to_sentence(kept, one.segment, borne)])
    settings = study.load(places.codebooks / "study.yaml")
    parts = [like.to_text(kept, one.text, settings.model.encoder, (settings.annotate.model, settings.annotate.region), borne)]
    return Answer(file_name("aehnlich", one.text, one.text), f"Sätze wie »{one.text}«", parts)


def _reader(places: Places, material: Material) -> Reader:
    """Today's encoder, with the last run's vectors where it made them."""
    from pipeline import study
    from pipeline.exploring.meaning import Reader, same_encoder

    encoder = study.load(places.codebooks / "study.yaml").model.encoder
    with suppress(Stop):  # no vectors yet: sentences are read anew
        kept = _kept(places, material)
        return Reader(encoder, kept if same_encoder(kept, encoder) else None)
    return Reader(encoder)


_ANSWERS = {"WORD": _word, "CODE": _code, "GROUP": _group, "LIKE": _like, "NONE": _none}


def _answered(places: Places, answer: Answer, day: str) -> list[str]:
    from pipeline.exploring import memos, sheet

    path = places.outputs / FOLDER / f"{answer.name}.xlsx"
    told = _merge(places, _edits(places, path), day) if path.is_file() else []
    notes = memos.shown(read_list(places.codebooks / "memos.csv", LISTS["memos.csv"]))
    back = f"Notizen bitte in die Spalte Memo; make explore FILE={places.show(path)} liest sie ein. Intern: enthält, was Befragte sagen."
    store.write(path, sheet.build(answer.parts, answer.title, [*answer.remarks, back], notes, places.study))
    lines = screen.broken([answer.title, *answer.remarks, ""])
    for part in answer.parts:
        lines += screen.lines(part, places.show(path)) if any(column.width for column in part.columns) else []
    return [*lines, *answer.closing, *told, f"Alles in {places.show(path)}; Notizen dort in die Spalte »Memo«."]


def _edits(places: Places, path: Path) -> list[Edit]:
    """What people wrote into a workbook of ours since; nothing where nobody saved it."""
    from pipeline.exploring import memos, sheet

    return [] if sheet.untouched(path) else memos.edits(path, places.show(path), places.study)


def _read_back(places: Places, path: Path, day: str) -> list[str]:
    from pipeline.exploring import memos

    told = _merge(places, memos.edits(path, str(path), places.study), day)
    return told or ["Keine Notiz ist neu oder geändert; memos.csv bleibt, wie sie ist."]


def _merge(places: Places, edits: list[Edit], day: str) -> list[str]:
    """Enter edits into the study's notes, the list as it was kept beside; says what changed, nothing where nothing did."""
    from pipeline.exploring import memos

    path = places.codebooks / "memos.csv"
    rows = read_list(path, LISTS["memos.csv"])
    merged = memos.merged(rows, edits, day)
    if not merged.added and not merged.gone:
        return []
    if path.is_file():
        store.write(path.with_name("memos.csv.bak"), path.read_bytes())
    store.write(path, memos.to_bytes(merged.rows))
    return [f"Notizen in {places.show(path)}: {merged.added} neu, {merged.gone} gestrichen, {len(merged.rows)} insgesamt."]
