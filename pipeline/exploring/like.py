"""Passages like this one: the sentences of respondents that are most like a text, a sentence, or a category's training sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.encoders import vector
from pipeline.exploring import coded
from pipeline.exploring.likeness import Likeness, Near, Point, like, of_code, of_row, of_text
from pipeline.exploring.material import Material
from pipeline.exploring.meaning import same_encoder
from pipeline.exploring.part import Cell, Column, Key, Part, people
from pipeline.exploring.screen import text
from pipeline.exploring.space import Kept, bag_of
from pipeline.exploring.wanted import short_place
from pipeline.problems import Problem, Stop

if TYPE_CHECKING:
    import pandas as pd

REVIEWED = "reviewed"  # basis of a mention that a person decided on
SHORTEST = 3  # words of a sentence that is shown: »Nie.« is like anything
MOST = 300
DIFFERS = Problem(
    "study.yaml", 0, "Der Satzvergleich (»model.encoder«) ist heute ein anderer als beim letzten Lauf.", "Bitte »make analyze« starten.")  # fmt: skip
HIDDEN = " {n} davon stammen von Personen ohne Einwilligung in Zitate; ihr Wortlaut bleibt verborgen."
_LEFT_OUT = f"Sätze unter {SHORTEST} Wörtern fehlen. Ein Hinweis der Maschine, keine Codierung."


class Bearing(NamedTuple):
    """What a finished run says of sentences: `own` people's categories and `proposed` ones by sentence; how sure, by sentence and
    category, where the model knows it."""

    own: Mapping[int, Sequence[str]]
    proposed: Mapping[int, Sequence[str]]
    sure: Callable[[int, str], float | None]


def bearing(kept: Kept, mentions: pd.DataFrame, codes: pd.DataFrame) -> Bearing:
    """A category that stands only for one below it in the same sentence is left out."""
    order = {code: n for n, code in enumerate(codes["code"])}
    parents = dict(zip(codes["code"], codes["parent"], strict=True))
    number = {code: n for n, code in enumerate(kept.codes)}

    def sure(segment: int, code: str) -> float | None:
        row = kept.place.get(segment)
        return float(kept.chances[row, number[code]]) if code in number and row is not None else None

    def lists(rows: pd.DataFrame) -> dict[int, list[str]]:
        names: dict[int, set[str]] = {}
        for code, own in rows.groupby("code", sort=True):
            for segment in np.flatnonzero(coded.sentences(kept.material, own)).tolist():
                names.setdefault(segment, set()).add(str(code))
        return {segment: sorted(_lowest(found, parents), key=lambda c: order.get(c, -1)) for segment, found in names.items()}

    reviewed = mentions["basis"] == REVIEWED
    own, proposed = lists(mentions[reviewed]), lists(mentions[~reviewed])
    return Bearing(own, {segment: [c for c in names if c not in own.get(segment, ())] for segment, names in proposed.items()}, sure)


def _lowest(names: set[str], parents: Mapping[str, str]) -> set[str]:
    above = set()
    for name in names:
        at = parents.get(name, "")
        while at:
            above.add(at)
            at = parents.get(at, "")
    return names - above


def to_text(kept: Kept, given: str, encoder: str, german: tuple[str, str], borne: Bearing) -> Part:
    """Sentences like a text. `german` is (model, region) as `german.load` takes them.

    Raises `Stop` where today's encoder is not the one that made the kept vectors, or knows none of the text's words.
    """
    if not same_encoder(kept, encoder):
        raise Stop(DIFFERS)
    point = vector(given, encoder)
    if not point.any():
        raise Stop(Problem("", 0, f"Von »{given[:60]}« kennt der Satzvergleich kein Wort.", "Bitte anders sagen, oder mit WORD= suchen."))
    return _part(kept, of_text(kept, point, bag_of(given, *german)), borne, -1)


def to_sentence(kept: Kept, segment: int, borne: Bearing) -> Part:
    return _part(kept, of_row(kept, kept.place[segment]), borne, segment)


def _part(kept: Kept, point: Point, borne: Bearing, itself: int) -> Part:
    found = like(kept, point)
    rows = _best(kept, found.total, (kept.rows != itself) & (kept.size >= SHORTEST))
    kin = "" if found.kin is None else ", Kategorien (wie sehr beide nach dem Modell in dieselben fallen)"
    note = f"Die {len(rows)} ähnlichsten Sätze {{who}}. »Ähnlich« (0 bis 1) ist das Mittel aus Sinn, gemeinsamen Wörtern{kin}. {_LEFT_OUT}"
    parts = [Column("Sinn", digits=2), Column("Wörter", digits=2), *([Column("Kategorie gemeinsam", digits=2)] if found.kin is not None else [])]
    return _table(kept, "Ähnliche Sätze", rows, found.total, (parts, lambda row: _parts_of(found, row)), borne, note)


def _parts_of(found: Likeness, row: int) -> tuple[Cell, ...]:
    both = float(found.sense[row]), float(found.words[row])
    return both if found.kin is None else (*both, float(found.kin[row]))


def of_category(
    kept: Kept, code: str, codes: pd.DataFrame, mentions: pd.DataFrame, decisions: pd.DataFrame, borne: Bearing,
    masked: Callable[[str], str] = str,
) -> list[Part]:  # fmt: skip
    """Candidates without the category first, then the sentences that bear it; what counts below it counts for it.

    `masked` takes names of people interviewed out of training sentences.
    """
    family = coded.family(code, codes)
    anchors = kept.anchors
    found = of_code(kept, family, anchors)
    if found is None:
        what = f"Zu {code} hat der letzte Lauf weder Ankersätze noch Beispiele noch eine Definition."
        raise Stop(Problem("", 0, what, "Bitte im Codebuch eintragen, dann »make analyze« starten."))
    mask = coded.sentences(kept.material, coded.of_codes(mentions, [code]))
    rejected = coded.sentences(kept.material, decisions[(decisions["action"] == "reject") & (decisions["code"] == code)])
    long, here, no = kept.size >= SHORTEST, mask[kept.rows], rejected[kept.rows]
    columns = [Column("Ankersätze", digits=2), Column("sicher", 6, digits=2), Column("nächster Ankersatz")]
    shown = list(anchors["text"])
    how = "»Ähnlich«: Nähe zu den drei nächsten Ankersätzen der Kategorie, um die Nähe zu Sätzen ohne Kategorie gemindert" + (
        "; ein Drittel macht aus, wie sicher das Modell ist (»sicher«, 0 bis 1)." if found.chance is not None else
        ". Das Modell kennt die Kategorie nicht; die Angabe »sicher« fehlt."
    )  # fmt: skip

    def table(title: str, chosen: np.ndarray, told: str) -> Part:
        rows = _best(kept, found.total, chosen)
        which = f"Die {len(rows)} ähnlichsten" if len(rows) < int(chosen.sum()) else f"{len(rows)}"
        return _table(kept, title, rows, found.total, (columns, lambda row: _near_of(found, shown, row, masked)), borne, f"{which} Sätze {{who}} {told} {how} {_LEFT_OUT}")

    turned = int((no & ~here & long).sum())
    less = f" ({turned}, für die Menschen sie ablehnten, {'fehlt' if turned == 1 else 'fehlen'})" if turned else ""
    return [
        table("Kandidaten ohne diese Kategorie", ~here & ~no & long, f"ohne diese Kategorie{less}."),
        table("Sätze mit dieser Kategorie", here & long, "mit dieser Kategorie."),
    ]


def _near_of(found: Near, shown: Sequence[str], row: int, masked: Callable[[str], str]) -> tuple[Cell, ...]:
    chance = None if found.chance is None else float(found.chance[row])
    return float(found.anchors[row]), chance, masked(shown[int(found.nearest[row])])


def _best(kept: Kept, total: np.ndarray, chosen: np.ndarray) -> list[int]:
    """The rows with the greatest likeness, those of equal likeness in the order of their places."""
    rows = np.flatnonzero(chosen)
    return [int(row) for row in rows[np.lexsort((rows, -total[rows]))][:MOST]]


def _table(
    kept: Kept, title: str, rows: Sequence[int], total: np.ndarray, more: tuple[Sequence[Column], Callable[[int], tuple[Cell, ...]]],
    borne: Bearing, note: str,
) -> Part:  # fmt: skip
    material, index = kept.material, kept.material.index
    cells, keys = [], []
    extra, parts_of = more
    for row in rows:
        segment = int(kept.rows[row])
        turn = int(index.seg_turn[segment])
        who = [v.word(material.values[v.name][turn]) for v in material.groups]
        cells.append(
            (
                float(total[row]), short_place(index.seg_ids[segment]), material.cases[int(material.case[turn])], material.questions[turn],
                *parts_of(row), material.sentence(segment), ", ".join(borne.own.get(segment, ())), _proposals(borne, segment),
                *_around(material, segment), *who, material.docs[turn], material.numbers[turn],
            )
        )  # fmt: skip
        keys.append(Key("passage", material.key(turn, int(index.seg_start[segment])), material.docs[turn]))
    columns = (
        Column("ähnlich", 7, digits=2), Column("Stelle", 11), Column("Fall", 7), Column("Frage", 5), *extra, Column("Satz", 32),
        Column("Kategorien", 13), Column("Vorschläge", 15), Column("davor"), Column("danach"), *(Column(v.label) for v in material.groups),
        Column("Interview"), Column("Beitrag"),
    )  # fmt: skip
    crowd = len({int(material.case[index.seg_turn[kept.rows[row]]]) for row in rows})
    hidden = sum(not material.quotable[index.seg_turn[kept.rows[row]]] for row in rows)
    notes = note.format(who=f"von {people(crowd)}") + (HIDDEN.format(n=hidden) if hidden else "")
    return Part(title, columns, cells, keys, (notes,))


def _proposals(borne: Bearing, segment: int) -> str:
    """Proposed categories, each with how sure the model is of it."""
    found = ((name, borne.sure(segment, name)) for name in borne.proposed.get(segment, ()))
    return ", ".join(name if sure is None else f"{name} {text(sure, 2)}" for name, sure in found)


def _around(material: Material, segment: int) -> tuple[str, str]:
    """The sentences before and behind, of the same interview, by whoever said them; none beside what may not be quoted."""
    turns = material.index.seg_turn
    if not material.quotable[turns[segment]]:
        return "", ""
    doc = material.docs[int(turns[segment])]
    near = (segment - 1, segment + 1)
    told = [material.sentence(n) if 0 <= n < len(turns) and material.docs[int(turns[n])] == doc else "" for n in near]
    return told[0], told[1]
