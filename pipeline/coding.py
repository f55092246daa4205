"""Stage 6, coding: sentences, questions and codebook -> codings, and suggestions that do not count, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline import codebook as codebooks
from pipeline import decided, guide
from pipeline.coders import CODERS, Coder, coding_id, model
from pipeline.coders.human import apply_decisions, apply_reading, fill_in
from pipeline.coders.judging import judged
from pipeline.coders.material import Material, Turn, gather
from pipeline.coders.placing import locate, people, unplaced
from pipeline.coders.rule import rule_hits
from pipeline.leaking.originals import masking
from pipeline.lists import LISTS, read_list
from pipeline.matchers.index import load
from pipeline.sampling.withheld import counting
from pipeline.tables import CODED_ROLES, MACHINES

if TYPE_CHECKING:
    import pandas as pd


def whole(
    turns: pd.DataFrame, cases: pd.DataFrame, changes: pd.DataFrame, replacements: pd.DataFrame, questions: pd.DataFrame,
    entities: pd.DataFrame, anchors: pd.DataFrame, scores: pd.DataFrame, llm_codings: pd.DataFrame, settings: SimpleNamespace, index_file: Path, model_file: Path,
    codebook_file: Path, guide_file: Path, decisions_file: Path, versions_file: Path, reviewed_file: Path, handcoded_folder: Path, queues_folder: Path,
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    """The whole corpus coded by every coder; people's decisions set the status of proposals."""
    book = codebooks.load(codebook_file)
    expected = guide.load(guide_file).expected()
    material = gather(load(index_file), turns, questions, cases, changes, replacements, expected, [], CODED_ROLES, tuple(settings.variables))
    heard = counting(queues_folder, decided.acts(decisions_file, handcoded_folder), read_list(reviewed_file, LISTS["reviewed.csv"]), material.by_hash)
    said = people(material, book, heard.acts, heard.reviewed, read_list(versions_file, LISTS["codebook_versions.csv"]))
    material, reviewed = said.material, said.reviewed
    material = replace(
        material, judged=judged(material.index, scores, anchors, model_file, settings), heard=llm_codings.to_dict("records"),
        mask=masking(entities),
    )  # fmt: skip
    known = set(book.by_id())
    rows = coded(material, book, reviewed)
    codings = distinct([row for row in rows if not row.get("reason")])
    return {
        "codes": _codes(book),
        "rules": _rules(book, material),
        "codings": codings,
        "suggestions": distinct([row for row in rows if row.get("reason")]),
        "chances": model.chances(material, book),
        "decisions": _decisions(material, known),
        "reviewed": _reviewed(material, reviewed),
        "unplaced": unplaced(material, said.split, reviewed, known),
    }


def coded(
    material: Material, book: codebooks.Codebook, reviewed: list[dict[str, str]], coders: Iterable[Coder] = tuple(CODERS.values())
) -> list[dict[str, Any]]:
    """Rows of all coders with what people decided and read, each with its id; those with a `reason` are suggestions."""
    known = set(book.by_id())
    rows = [row for coder in coders for row in coder(material, book) if row["code"] in known]
    apply_decisions(material, [row for row in rows if not row.get("reason")])
    _confirm(rows, set(material.judged.codes) if material.judged else set())
    apply_reading(material, reviewed, rows)
    fill_in(rows, MACHINES)
    for row in rows:
        row["coding"] = coding_id(row)
    return rows


def _confirm(rows: list[dict[str, Any]], served: set[str]) -> None:
    """With a model, rule hits are evidence: one that the model does not follow is a suggestion, unless a person decided on it."""
    likely = {(r["doc"], r["turn"], r["code"], r["seg"]) for r in rows if r["coder"] == "model" and not r["reason"]}
    turns = {key[:3] for key in likely}
    for row in rows:
        if row["coder"] == "rule" and not row["reason"] and row["status"] == "proposed" and row["code"] in served:
            key = row["doc"], row["turn"], row["code"]
            # A rule for whole turns says nothing of which sentence it is.
            if (*key, row["seg"]) not in likely and not (row["start"] == 0 and key in turns):
                row["reason"] = "das Modell folgt dem Treffer nicht"


def distinct(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # The same decision may have been recorded twice; a passage is coded once by one coder.
    return list({row["coding"]: row for row in rows}.values())


def lacking(code: codebooks.Code) -> bool:
    """Whether a denial is a saying of the category, as a lack is (`counts`: negated): "wir haben keinen Raum" says that one is needed."""
    return "negated" in code.entry.counts or any("negated" in rule.counts and "affirmed" not in rule.counts for rule in code.rules)


def _codes(book: codebooks.Codebook) -> list[dict[str, Any]]:
    return [
        {
            "order": number, "code": c.id, "parent": c.parent, "level": c.level, "label": c.entry.label,
            "definition": c.entry.definition, "coded": "yes" if c.coded else "no",
            "through": "yes" if c.entry.through_children else "no", "color": c.entry.color, "since": c.entry.since, "was": "+".join(c.entry.was),
            "lack": "yes" if lacking(c) else "no",
        }
        for number, c in enumerate(book.codes)
    ]  # fmt: skip


def _rules(book: codebooks.Codebook, material: Material) -> list[dict[str, Any]]:
    rows = []
    for rule, hits in rule_hits(material, book):
        rows.append(
            {
                "rule": rule.id, "code": rule.code, "kind": rule.kind, "pattern": rule.pattern, "line": rule.line,
                "hits": len(hits), "counted": sum(hit.good for hit in hits),
            }
        )  # fmt: skip
    return rows


def _decisions(material: Material, known: set[str]) -> list[dict[str, Any]]:
    """People's acts that still hold, numbered in the order in which they count."""
    rows = []
    for order, decision in enumerate(material.decisions):
        place = locate(material, decision)
        if place and decision["code"] in known:
            rows.append({**decision, "order": order, **_today(place, decision)})
    return rows


def _reviewed(material: Material, reviewed: list[dict[str, str]]) -> list[dict[str, Any]]:
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in reviewed:
        place = locate(material, row)
        if place:
            turn, start, end = place
            rows[turn.doc, turn.turn, start, end, row["coder"], row["mode"], row["codes"]] = {**row, **_today(place, row)}
    return list(rows.values())


def _today(place: tuple[Turn, int, int], row: dict[str, str]) -> dict[str, Any]:
    turn, start, end = place
    return {"turn": turn.turn, "start": start, "end": end, "raw_start": int(row["raw_start"]), "raw_end": int(row["raw_end"])}
