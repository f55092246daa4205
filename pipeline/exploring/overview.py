"""`make explore` alone: what can be asked, and which categories there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.exploring.part import Column, Part

if TYPE_CHECKING:
    import pandas as pd

EXPLAINED = (
    "Im Material suchen. Nur die Worte der Befragten zählen. Die ersten 20 Zeilen stehen hier, alles in einer Arbeitsmappe.",
    "",
    '  make explore WORD="Raum"           ein Wort oder eine Wortfolge im Zusammenhang, wer es wie oft sagt, was dabeisteht;',
    "                                     * und ? wie im Codebuch, PART=ja auch in Zusammensetzungen, SORT=left|doc|group",
    "  make explore CODE=SEG.wohnen       was für eine Kategorie typisch ist, Vorschläge für ihre Regeln, ähnliche Stellen",
    "  make explore GROUP=gruppe:jugend   was für eine Gruppe typisch ist; auch question:L4 oder doc:I003",
    '  make explore LIKE="keiner sagt mir was"  Sätze, die dem Sinn nach ähnlich sind, auch ohne ein gemeinsames Wort; ebenso',
    "                                     LIKE=I003.14.2 (wie dieser Satz) oder LIKE=SEG.information (wie die Ankersätze)",
    "  make explore NONE=ja               Stellen, die noch keine Kategorie tragen",
    "",
    "  make explore FILE=….xlsx           liest die Spalte »Memo« einer bearbeiteten Mappe in memos.csv ein",
)


def categories(codes: pd.DataFrame, counted: pd.DataFrame) -> Part:
    """Every category in the codebook's order with its mentions and people, as the report counts them."""
    by_code = counted.set_index("code")
    rows = [
        (c.code, c.label, int(by_code["n_mentions"].get(c.code, 0)), int(by_code["n_cases"].get(c.code, 0)))
        for c in codes.itertuples()
    ]
    columns = (Column("Kategorie", 34), Column("Bezeichnung", 46), Column("Nennungen", 9), Column("Befragte", 8))
    return Part("Kategorien", columns, rows, ())
