"""`make why QUOTE="…"`: which codes a passage got and why, which it nearly got, and what people decided."""

from __future__ import annotations

import re
from typing import Any

from pipeline import tables
from pipeline.codebook import Codebook, load
from pipeline.coders.material import Material, Turn
from pipeline.coders.nearly import nearly
from pipeline.coders.rule import code
from pipeline.inputs import checked
from pipeline.passages import finished, material_of
from pipeline.places import Places
from pipeline.problems import Problem, Stop
from pipeline.tables import CODED_ROLES

MOST_PLACES, MOST_NEAR = 5, 8
STANCES = {"affirmed": "bejaht", "negated": "verneint", "hypothetical": "gedacht oder gewünscht", "reported": "berichtet", "past": "von früher"}
ABOUT = {"self": "sich selbst", "own group": "die eigene Gruppe", "other group": "andere", "institution": "eine Einrichtung", "all": "alle", "": "nicht erkannt"}
PROMPTS = {"asked": "auf Nachfrage", "leading": "auf eine nahelegende Frage", "spontaneous": "von sich aus", "assent": "bloße Zustimmung"}


def why(places: Places, quote: str) -> list[str]:
    """German lines that explain a passage of the last run, or the quote as free text where it is in no transcript."""
    if not re.search(r"\w", quote):
        raise Stop(Problem("", 0, "Bitte eine Stelle nennen.", 'Etwa: make why QUOTE="ein paar Wörter daraus"'))
    study = checked(places)
    book = load(places.codebooks / "codebook.yaml")
    material = finished(places, study)
    spots = _spots(material, quote) if material else []
    if not spots or material is None:
        head = "Diese Wörter stehen in keinem Transkript; sie werden als freier Text geprüft." if material else "Noch ist nichts ausgewertet; die Wörter werden als freier Text geprüft."
        alone = material_of([quote], study)
        return [head, "", *_told(alone, book, alone.turns[0], 0, len(quote), [], free=True)]
    path = places.outputs / "tables" / "decisions.csv"
    decisions = tables.from_csv(path).to_dict("records") if path.is_file() else []
    lines = [f"{len(spots)} Stellen gefunden, {MOST_PLACES} davon werden erklärt; ein längeres Zitat trifft genauer."] if len(spots) > MOST_PLACES else []
    for turn, start, end in spots[:MOST_PLACES]:
        lines += [*_told(material, book, turn, start, end, decisions), ""]
    return lines[:-1]


def _spots(material: Material, quote: str) -> list[tuple[Turn, int, int]]:
    """Where the words of the quote stand, whatever signs and blanks are between them."""
    words = re.findall(r"\w+", quote)
    if not words:
        return []
    sought = re.compile(r"\W+".join(map(re.escape, words)), re.IGNORECASE)
    return [(turn, m.start(), m.end()) for turn in material.turns for m in sought.finditer(turn.text)]


def _told(
    material: Material, book: Codebook, turn: Turn, start: int, end: int, decisions: list[dict[str, Any]], free: bool = False
) -> list[str]:
    index = material.index
    low, high = int(index.turn_first[turn.number]), int(index.turn_first[turn.number + 1])
    segments = sorted({int(index.segment[p]) for p in range(low, high) if index.start[p] < end and start < index.end[p]})
    if not segments:
        return ["Darin steht kein Wort."]
    first, last = int(index.seg_start[segments[0]]), int(index.seg_end[segments[-1]])
    place = "" if free else f"{turn.doc}, Beitrag {turn.turn}{', Frage ' + turn.question if turn.question else ''}: "
    lines = [f"{place}»{turn.text[first:last]}«"]
    if turn.role not in CODED_ROLES:
        return [*lines, "  Das sagt nicht die befragte Person; solche Rede wird nie codiert."]
    rows = [r for r in code(material, book) if (r["doc"], r["turn"]) == (turn.doc, turn.turn) and r["start"] < last and first < r["end"]]
    known = {rule.id: rule for rule in book.rules()}
    lines += [line for row in rows for line in _row(row, known)] or ["  Keine Regel trifft hier."]
    lines += [f"  entschieden: {d['coder']} hat {d['code']} {_ACTIONS.get(d['action'], d['action'])}." for d in decisions
              if (d["doc"], int(d["turn"])) == (turn.doc, turn.turn) and int(d["start"]) < last and first < int(d["end"])]  # fmt: skip
    inside = [p for p in range(low, high) if segments[0] <= int(index.segment[p]) <= segments[-1]]
    given = {row["code"] for row in rows if not row["reason"]}
    near = [n for n in nearly(material, book, inside[0], inside[-1] + 1) if n.rule.code not in given]
    lines += [f"  fast {n.rule.code}, Regel »{n.rule.pattern}« (Zeile {n.rule.line}): {n.why}" for n in near[:MOST_NEAR]]
    return [*lines, *([f"  … und {len(near) - MOST_NEAR} weitere fast"] if len(near) > MOST_NEAR else [])]


_ACTIONS = {"accept": "angenommen", "reject": "verworfen", "add": "selbst vergeben"}


def _row(row: dict[str, Any], known: dict[str, Any]) -> list[str]:
    rule = known[row["rule"]]
    state = f"zählt nicht: {row['reason']}" if row["reason"] else "codiert"
    stance = ", ".join(STANCES[s] for s in row["stance"].split("+"))
    lines = [
        f"  {row['code']} {state}",
        f"    Regel »{rule.pattern}« ({rule.kind}, Zeile {rule.line}) wegen »{row['matched']}«{'; ' + row['evidence'] if row['evidence'] else ''}",
        f"    Haltung: {stance}{' (' + row['cue'] + ')' if row['cue'] else ''}; über: {ABOUT[row['about']]}; Anlass: {PROMPTS[row['prompt']]}",
    ]
    return lines
