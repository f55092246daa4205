"""`make evaluate`: how good the proposals are, how sure, how common codes are and how fair the model is, in plain German lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isnan
from typing import TYPE_CHECKING, Any

from pipeline import study
from pipeline.places import Places
from pipeline.runner import analyze
from pipeline.tables import from_csv

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[str, int, int], None]
FEW_INTERVIEWS = 8  # below, bounds are a hint (pipeline/evaluating/intervals)
ENOUGH = 10  # codings by people from which on a single category is told
MOST = 8  # categories in a list
# Measure -> what its figure is, what the number beside it counts.
SENTENCES = {
    "precision": ("Von den vorgeschlagenen Kategorien haben Menschen ebenso vergeben (Genauigkeit, precision)", "Vorschläge"),
    "recall": ("Von den Kategorien, die Menschen vergaben, schlug das Modell vor (Trefferquote, recall)", "vergebene Kategorien"),
    "f1": ("Beides zusammen (F1)", "Sätze"),
    "r_at_5": ("Von den vergebenen Kategorien standen unter den fünf wahrscheinlichsten", "vergebene Kategorien"),
    "map": ("Rangfolge über alle Kategorien (mAP)", "Sätze"),
    "precision_at_20": ("Beim sichersten Fünftel der Sätze traf die wahrscheinlichste Kategorie zu", "Sätze im Ganzen"),
    "top_error": ("So weit liegt die angezeigte Wahrscheinlichkeit im Mittel daneben (Kalibrierungsfehler)", "Sätze"),
    "coverage": ("Im Bündel der möglichen Kategorien liegen von den vergebenen (versprochen: 0,90)", "vergebene Kategorien"),
    "set_size": ("So viele Kategorien hat ein solches Bündel im Mittel", "Sätze mit Kategorie"),
}  # fmt: skip
UNITS = {"sentence": "Satz für Satz", "turn": "Redebeitrag für Redebeitrag"}
PRIOR = {"on": "wenn die Frage nach der Kategorie fragt", "off": "wenn sie nicht danach fragt"}
NOTHING = (
    "Noch ist nichts zu messen: Niemand hat Stellen ganz gelesen, also für alle Kategorien entschieden.",
    "Bitte einige zufällig gezogene Beiträge oder ganze Gespräche lesen (reviewed.csv mit mode random oder interview), dann noch einmal starten.",
    "Wer nur Vorschläge annimmt oder verwirft (mode queue), sagt nicht, was das Modell übersah.",
)
TABLES = ("quality", "quality_codes", "quality_calibration", "quality_prevalence", "quality_fairness")


def evaluate(places: Places, progress: Progress) -> list[str]:
    """Bring results up to date and tell the figures. Raises `Stop` for what a person must mend."""
    analyze(places, progress)
    settings = study.load(places.codebooks / "study.yaml")
    tables = {name: from_csv(places.outputs / "tables" / f"{name}.csv") for name in (*TABLES, "codes")}
    names = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    return told(tables, lambda code: f"{code} ({names[code]})" if names.get(code) else code, settings)


def told(tables: dict[str, pd.DataFrame], name: Callable[[str], str], settings: study.Study) -> list[str]:
    """All lines, from finished tables."""
    found = tables["quality"]
    lines = ["Wie gut die Vorschläge sind", ""]
    lines += [*_head(found, settings.fictional), *_figures(found), *_groups(found, settings), *_codes(tables["quality_codes"], name)] if len(found) else NOTHING
    lines += ["", "Wie häufig Kategorien vorkommen", "", *_prevalence(tables["quality_prevalence"], name)]
    lines += ["", "Ob das Modell in jeder Sprechweise gleich gut findet", "", *_fairness(tables["quality_fairness"])]
    return [*lines, "", f"Alle Zahlen stehen in {', '.join(f'{one}.csv' for one in TABLES)} und im Bericht."]


def figure(row: Any, of: str) -> str:
    """A figure as it may be quoted, with its interval and what it is a share of.

    >>> from types import SimpleNamespace as S
    >>> figure(S(estimate=0.5, low=0.25, high=0.75, n=40), "Sätze"), figure(S(estimate=2.0, low=float("nan"), high=float("nan"), n=1), "Sätze")
    ('0,50 (0,25 bis 0,75; n = 40 Sätze)', '2,00 (ohne Spanne: nur ein Gespräch; n = 1 Sätze)')
    """
    if isnan(row.estimate):
        return f"nicht zu sagen (n = {row.n} {of})"
    spread = "ohne Spanne: nur ein Gespräch" if isnan(row.low) else f"{comma(row.low)} bis {comma(row.high)}"
    return f"{comma(row.estimate)} ({spread}; n = {row.n} {of})"


def comma(value: float, places: int = 2) -> str:
    """
    >>> comma(0.125), comma(0.0004, 3)
    ('0,12', '0,000')
    """
    return f"{value:.{places}f}".replace(".", ",")


def _of(found: pd.DataFrame, unit: str, part: str, value: str = "") -> dict[str, Any]:
    rows = found[(found["unit"] == unit) & (found["part"] == part) & (found["value"] == value)]
    return {row.measure: row for row in rows.itertuples()}


def _head(found: pd.DataFrame, fictional: bool) -> Iterator[str]:
    every = _of(found, "sentence", "all")
    interviews, learnt = every["n_interviews"].n, _of(found, "sentence", "learnt", "yes")
    yield f"Gemessen an {every['n_sentences'].n} gelesenen Sätzen aus {interviews} {'Gespräch' if interviews == 1 else 'Gesprächen'}, nur an Kategorien, die das Modell kennt."
    if number := learnt["n_sentences"].n if learnt else 0:
        yield f"Aus {number} davon hat das Modell gelernt; für diese zählt, was ein Modell sagt, das ihr Gespräch nicht kannte."
    yield "In Klammern steht die Spanne, in der die Zahl mit anderen Gesprächen dieser Art in 95 von 100 Fällen läge."
    if interviews < FEW_INTERVIEWS:
        yield f"Achtung: Bei weniger als {FEW_INTERVIEWS} Gesprächen ist die Spanne nur ein Hinweis; sie kann viel zu eng sein."
    if fictional:
        yield "Vorsicht: Das Material ist erfunden. An wirklichen Gesprächen kann das Modell schlechter sein; lesen Sie die Zahlen als obere Grenze."


def _figures(found: pd.DataFrame) -> Iterator[str]:
    for unit, title in UNITS.items():
        rows = _of(found, unit, "all")
        yield from ("", f"{title} ({rows['n_sentences'].n}):")
        for measure, (text, of) in SENTENCES.items():
            if measure in rows:
                yield f"  {text}: {figure(rows[measure], of.replace('Sätze', 'Beiträge') if unit == 'turn' else of)}"
    yield ""
    for value, text in PRIOR.items():
        if row := _of(found, "sentence", "prior", value).get("recall"):
            yield f"  Trefferquote, {text}: {figure(row, 'vergebene Kategorien')}"
    if free := _of(found, "sentence", "question_free").get("f1"):
        yield f"  F1 ohne die Frage davor, als wüsste das Modell nicht, wonach gefragt war: {figure(free, 'Sätze')}"


def _groups(found: pd.DataFrame, settings: study.Study) -> Iterator[str]:
    fixed = {"all", "prior", "question_free", "learnt"}
    rows = found[(found["unit"] == "sentence") & (found["measure"] == "recall") & ~found["part"].isin(fixed)]
    if len(rows):
        yield from ("", "Trefferquote nach Gruppen (wo sie weit auseinander liegt, vergleichen Vorschläge keine Gruppen):")
    for row in rows.itertuples():
        known = settings.variables.get(row.part)
        label, value = (known.label or row.part, known.values.get(row.value, row.value)) if known else ("Sprache", row.value)
        yield f"  {label}, {value}: {figure(row, 'vergebene Kategorien')}"


def _codes(found: pd.DataFrame, name: Callable[[str], str]) -> Iterator[str]:
    often = found[found["n_true"] >= ENOUGH].sort_values(["recall", "order"])
    if len(often):
        yield from ("", f"Am seltensten gefunden werden (unter Kategorien, die Menschen in mindestens {ENOUGH} gelesenen Sätzen vergaben):")
    for row in often.head(MOST).itertuples():
        yield f"  {name(row.code)}: {row.n_both} von {row.n_true} gefunden, {row.n_proposed} Vorschläge"
    never = int((found["n_true"] == 0).sum())
    if never:
        yield f"  {never} von {len(found)} Kategorien kommen in den gelesenen Sätzen nicht vor; über sie sagt diese Messung nichts."


def _prevalence(found: pd.DataFrame, name: Callable[[str], str]) -> Iterator[str]:
    sure = found[found["reason"] == ""]
    yield from sorted(set(found["reason"]) - {""})
    if len(sure):
        first = sure.iloc[0]
        how = "zufällig gezogenen" if first["method"].startswith(("turns", "sample")) else "ganz gelesenen Gesprächen, stellvertretend für alle,"
        yield f"Geschätzter Anteil an allen Sätzen der Befragten, aus {first['n_reviewed']} Sätzen in {how} {'Beiträgen' if how.startswith('zuf') else ''}".rstrip() + ":"
        if first["method"].startswith("turns"):
            yield "  Sätze eines Beitrags gleichen einander; die Spannen sind entsprechend weiter als bei einzeln gezogenen Sätzen."
    for row in sure.sort_values(["estimate", "order"], ascending=[False, True]).head(MOST).itertuples():
        yield f"  {name(row.code)}: {comma(row.estimate, 3)} ({comma(row.low, 3)} bis {comma(row.high, 3)})"


def _fairness(found: pd.DataFrame) -> Iterator[str]:
    if not len(found):
        yield "Nicht geprüft: Es gibt keine Liste fairness.csv mit Inhalten in mehreren Sprechweisen, oder kein Modell."
        return
    yield "Gleiche Inhalte in mehreren Sprechweisen; so oft erkannt, in Klammern der Abstand zur besten Sprechweise (»@5«: unter den fünf besten):"
    for part, rows in found.groupby("part", sort=False):
        shares = ", ".join(f"{row.variety} {comma(row.recall)} ({comma(row.gap)})" for row in rows.itertuples())
        yield f"  {part} ({rows['n'].iloc[0]} Inhalte): {shares}"
    yield from (f"  {text}" for text in found["told"] if text)
