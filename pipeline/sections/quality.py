"""The chapter on how good proposals are: what the model learnt from, figures with intervals, calibration, each category, fairness."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.charts import heat as charts
from pipeline.language import N_, _, ngettext
from pipeline.sections.proposals import Proposals, careful, note_words
from pipeline.wording import capital, decimal, interval, number, per_cent

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.sections.material import Names

FEW_INTERVIEWS = 8
MEASURES = {
    "precision": N_("Vorschläge, die zutreffen"), "recall": N_("von dem, was Menschen vergaben, vorgeschlagen"),
    "r_at_5": N_("von dem, was Menschen vergaben, unter den fünf besten"), "f1": N_("beides zusammen (F1)"),
    "map": N_("Güte der Reihenfolge (mittlere Average Precision)"), "precision_at_20": N_("beste Kategorie trifft zu, bei den sichersten 20\u202f% der Sätze"),
    "precision_at_40": N_("… bei den sichersten 40\u202f%"), "precision_at_60": N_("… bei den sichersten 60\u202f%"),
    "top_error": N_("Abweichung der genannten von der wirklichen Sicherheit"), "coverage": N_("Auswahl enthält das Richtige (angestrebt 90\u202f%)"),
    "set_size": N_("so viele Kategorien hat eine solche Auswahl"),
}  # fmt: skip
_SHORT = ("precision", "recall", "r_at_5", "f1")
_SHARES = {"precision", "recall", "r_at_5", "coverage"}  # shares of n single cases
_PLAIN = {"set_size"}  # counts, no shares


def chapter(tables: dict[str, pd.DataFrame], names: Names, settings: SimpleNamespace, known: Proposals) -> dict[str, Any]:
    """All of the chapter; lists are empty where nothing was measured."""
    cells = {(r.unit, r.part, r.value, r.measure): r for r in tables["quality"].itertuples()}
    return {
        "quality": SimpleNamespace(
            learnt=_learnt(tables["model_codes"], settings), cautions=_cautions(cells, settings), overall=known.overall(),
            units=_units(cells), size=_size(cells), prior=_prior(cells), groups=_groups(tables["quality"], cells, names),
            curve=charts.curve([(r.score, r.true, r.n) for r in tables["quality_calibration"].itertuples()]),
            bins=[(per_cent(r.score), per_cent(r.true), r.n) for r in tables["quality_calibration"].itertuples() if r.n],
            codes=_codes(tables, known), common_why=known.same_reason, refused=_refused(tables, known), unserved=_unserved(tables), fairness=known.why_withheld(),
            checked=len(tables["quality_fairness"]) > 0, varieties=_varieties(tables["quality_fairness"]),
        )
    }  # fmt: skip


def _learnt(codes: pd.DataFrame, settings: SimpleNamespace) -> list[str]:
    """From what the model learnt, and which version it is."""
    if not settings.model.use or not len(codes):
        return [_("Für diese Studie schlägt kein Modell vor (study.yaml, model.use); Vorschläge stammen nur von den Regeln des Codebuchs.")]
    served = int((codes["served"] == "yes").sum())
    if codes["n_reviewed"].any():
        told = _(
            "Das Modell schlägt {served} der {codes} Kategorien vor. Gelernt hat es aus Ankersätzen ({anchors} je Kategorie) "
            "und aus gelesenen Sätzen dieser und früherer Studien ({read} je Kategorie)."
        )
    else:
        told = _(
            "Das Modell schlägt {served} der {codes} Kategorien vor. Gelernt hat es aus Ankersätzen ({anchors} je Kategorie) "
            "und noch aus keinem gelesenen Satz dieser Studie."
        )
    said = [told.format(served=served, codes=len(codes), anchors=_range(codes["n_anchors"]), read=_range(codes["n_reviewed"]))]
    version, encoder = (next(iter(codes[name]), "") if name in codes.columns else "" for name in ("version", "encoder"))
    encoder = encoder or settings.model.encoder or _("das mitgelieferte")
    if version:
        told = _("Fassung des Modells: {version}. Sprachmodell für die Satzvektoren: {encoder}.")
    else:
        told = _("Sprachmodell für die Satzvektoren: {encoder}.")
    return [*said, told.format(version=version, encoder=encoder)]


def _range(values: pd.Series) -> str:
    low, high = int(values.min()), int(values.max())
    return str(low) if low == high else _("{low} bis {high}").format(low=low, high=high)


def _cautions(cells: dict[tuple[str, str, str, str], Any], settings: SimpleNamespace) -> list[str]:
    found = []
    size = cells.get(("sentence", "all", "", "n_interviews"))
    if size is not None and size.n < FEW_INTERVIEWS:
        told = ngettext(
            "Gemessen ist an einem Gespräch. Unter acht Gesprächen sagen Unterschiede von weniger als drei Hundertsteln nichts, und die Spannen sind eher zu schmal.",
            "Gemessen ist an {n} Gesprächen. Unter acht Gesprächen sagen Unterschiede von weniger als drei Hundertsteln nichts, und die Spannen sind eher zu schmal.", size.n,
        )  # fmt: skip
        found.append(told.format(n=number(size.n)))
    if settings.fictional:
        found.append(
            _(
                "Die Gespräche sind erfunden und die Ankersätze von ähnlicher Hand geschrieben: Bei wirklichen Gesprächen ist weniger zu erwarten als "
                "hier steht. Die Zahlen sind Obergrenzen."
            )
        )
    return found


def _told(row: Any) -> str:
    """An estimate with its interval; – where it was not measured."""
    if row is None or row.estimate != row.estimate:
        return "–"
    if row.measure in _PLAIN:
        return _("{value} ({low} bis {high})").format(value=decimal(row.estimate, 1), low=decimal(row.low, 1), high=decimal(row.high, 1))
    bounds = careful(row.estimate, row.low, row.high, row.n) if row.measure in _SHARES else (row.low, row.high)
    return f"{per_cent(row.estimate)} ({interval(*bounds)})" if row.low == row.low else per_cent(row.estimate)


def _units(cells: dict[tuple[str, str, str, str], Any]) -> list[SimpleNamespace]:
    """A line a measure: for sentences, for turns, and both without what rests on the question."""
    columns = [("sentence", "all"), ("turn", "all"), ("sentence", "question_free"), ("turn", "question_free")]
    lines = []
    for measure, words in MEASURES.items():
        own = [cells.get((unit, part, "", measure)) for unit, part in columns]
        if any(row is not None for row in own):
            lines.append(SimpleNamespace(words=capital(_(words)), cells=[_told(row) for row in own], n=[r.n if r is not None else 0 for r in own]))
    return lines


def _size(cells: dict[tuple[str, str, str, str], Any]) -> str:
    """What was measured on, in words."""
    sentences, turns, docs = (cells.get((unit, "all", "", m)) for unit, m in (("sentence", "n_sentences"), ("turn", "n_sentences"), ("sentence", "n_interviews")))
    told = ((sentences, _("{n} Sätzen")), (turns, _("{n} Beiträgen")), (docs, _("{n} Gesprächen")))
    parts = [words.format(n=row.n) for row, words in told if row is not None]
    return ", ".join(parts)


def _prior(cells: dict[tuple[str, str, str, str], Any]) -> list[tuple[str, str, str, int]]:
    words = {"on": _("was die Frage erwarten lässt"), "off": _("was die Frage nicht erwarten lässt")}
    found = []
    for value, told in words.items():
        recall, five = (cells.get(("sentence", "prior", value, m)) for m in ("recall", "r_at_5"))
        if recall is not None:
            found.append((told, _told(recall), _told(five), recall.n))
    return found


def _groups(quality: pd.DataFrame, cells: dict[tuple[str, str, str, str], Any], names: Names) -> list[SimpleNamespace]:
    parts = quality[~quality["part"].isin(["all", "prior", "question_free", "learnt"]) & (quality["unit"] == "sentence")]
    found = []
    for part, value in sorted(set(zip(parts["part"], parts["value"], strict=True))):
        variable = names.variables.get(part)
        own = [cells.get(("sentence", part, value, m)) for m in _SHORT]
        size = cells.get(("sentence", part, value, "n_sentences"))
        label = (variable.label if variable else "") or (_("Sprache") if part == "language" else part)
        found.append(
            SimpleNamespace(
                variable=label, value=names.value(part, value), cells=[_told(row) for row in own], n=size.n if size is not None else 0
            )
        )  # fmt: skip
    return found


def _codes(tables: dict[str, pd.DataFrame], known: Proposals) -> list[SimpleNamespace]:
    """A line a category that the model serves or should: what it learnt from, what was measured, how common it is."""
    labels = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    lines = []
    for code, own in known.model.items():
        q, share = known.codes.get(code), known.shares.get(code)
        common = "–" if share is None or known.same_reason else share.reason or interval(share.low, share.high)
        lines.append(
            SimpleNamespace(
                code=code, label=labels.get(code, code), anchors=own.n_anchors, lessons=own.n_reviewed, note=note_words(own),
                read=_("{n} von {of}").format(n=q.n_both, of=q.n_proposed) if q is not None and q.n_proposed else "–", true=q.n_true if q is not None else "–",
                precision=_bounds(q, "precision"), recall=_bounds(q, "recall"), common=common, refused=bool(share is not None and share.reason and not known.same_reason),
            )
        )  # fmt: skip
    return lines


def _refused(tables: dict[str, pd.DataFrame], known: Proposals) -> list[tuple[str, str]]:
    """Why it is not told how common single categories are: (reason, categories by name), where others are told."""
    labels = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    found: dict[str, list[str]] = {}
    for code, share in known.shares.items():
        if share.reason and not known.same_reason:
            found.setdefault(share.reason, []).append(labels.get(code, code))
    return [(reason, ", ".join(names)) for reason, names in found.items()]


def _bounds(row: Any, name: str) -> str:
    """An interval; – where fewer than a handful of passages would carry it."""
    if row is None:
        return "–"
    low, high = getattr(row, f"{name}_low"), getattr(row, f"{name}_high")
    n = row.n_proposed if name == "precision" else row.n_true
    return "–" if low != low or n < 5 else interval(*careful(getattr(row, name), low, high, n))


def _unserved(tables: dict[str, pd.DataFrame]) -> str:
    """Categories for which the model proposes nothing, by name."""
    labels = dict(zip(tables["codes"]["code"], tables["codes"]["label"], strict=True))
    codes = tables["model_codes"]
    return ", ".join(labels.get(code, code) for code in codes.loc[codes["served"] != "yes", "code"])


_VARIETIES = {"standard": N_("Standarddeutsch"), "ruhr": N_("Ruhrdeutsch"), "learner": N_("Lernerdeutsch"), "youth": N_("Jugendsprache")}


def _varieties(fairness: pd.DataFrame) -> list[tuple[str, str, int]]:
    """(variety, share of contents whose code is proposed, contents), over all contents."""
    rows = fairness[fairness["part"] == "all"]
    return [(_(_VARIETIES[r.variety]) if r.variety in _VARIETIES else r.variety, per_cent(r.recall), r.n) for r in rows.itertuples()]
