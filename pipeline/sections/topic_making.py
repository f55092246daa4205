"""How sure topics are and how they came about: figures in words, the number of topics, models compared, what became of people's edits."""

from __future__ import annotations

from math import ceil, floor
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pipeline.charts import layout as pictures
from pipeline.language import _, ngettext
from pipeline.topic_words import ACTIONS, MODELS, STATES, SURE, comma, hundred
from pipeline.wording import capital, number

if TYPE_CHECKING:
    import pandas as pd

BARELY = 0.25  # share of a topic's sentences with one of its words below which the words hardly tell what it is about
WORDS_ONLY = ("lsa", "nmf", "lda")
ALIKE, EMPTY = "passt ebenso zu ", "Teil ohne Satz: "  # how reasons in the table of edits begin, as in topics.py


def making(tables: dict[str, pd.DataFrame], items: list[SimpleNamespace]) -> SimpleNamespace:
    """Curves, stability by topic, models and edits; lists are empty where there is nothing."""
    shown = {t.topic: t.short for t in items}
    rows = list(tables["topic_numbers"].itertuples())
    chosen = next((r.number for r in rows if r.chosen == "yes"), 0)
    fixed = next((int(r.value) for r in tables["topic_notes"].itertuples() if r.note == "set"), 0)
    marks = _marks(chosen, fixed, nothing := not _any_firm(tables))
    models = [
        SimpleNamespace(
            name=_(MODELS[r.model]) if r.model in MODELS else r.model, used=r.used == "yes", number=r.number, coherence=r.coherence, stability=r.stability,
            outside=f"{r.outside * 100:.0f}" if r.outside == r.outside else "–", agreement=r.agreement,
        )
        for r in tables["topic_models"].itertuples()
    ]  # fmt: skip
    return SimpleNamespace(
        numbers=rows, chosen=chosen, chosen_words=_themes(chosen), set=fixed, set_words=_themes(fixed), curves=_curves(rows, marks), marks=marks, by_chance=_by_chance(rows, tables["topic_notes"]) if nothing else "", why_used=_why_used(tables["topic_models"]), models=sorted(models, key=lambda m: not m.used),
        stable=sorted(items, key=lambda t: (-t.stability if t.stability == t.stability else 9, t.topic)),
        edits=[_edit(e, shown) for e in tables["topic_edits"].itertuples() if e.action != "none"],
    )  # fmt: skip


def _themes(n: int) -> str:
    return ngettext("ein Thema", "{n} Themen", n).format(n=number(n)) if n else ""


def _any_firm(tables: dict[str, pd.DataFrame]) -> bool:
    """Whether both halves of the interviews tell any topic more surely than chance does."""
    return any(r.value > 0 for r in tables["topic_notes"].itertuples() if r.note == "firm") or bool((tables["topics"]["firm"] == "yes").any())


def _marks(chosen: int, fixed: int, nothing_firm: bool) -> dict[int, str]:
    """Number -> what it is called on the curve. What the material would choose where nothing is firm is the smallest number by default.

    >>> _marks(4, 0, False), _marks(4, 8, False), _marks(4, 8, True), _marks(8, 8, False)
    ({4: 'gewählt'}, {4: 'von sich aus', 8: 'festgelegt'}, {8: 'festgelegt'}, {8: 'festgelegt'})
    """
    own = _("(von sich aus)").strip("()")  # in brackets, as elsewhere it is said of people
    if not fixed:
        return {chosen: _("gewählt")} if chosen else {}
    return ({chosen: own} if chosen and not nothing_firm else {}) | {fixed: _("festgelegt")}


def _by_chance(rows: list[Any], notes: pd.DataFrame) -> str:
    """Where no topic is firm: that no number can be said to be carried."""
    limit = next((float(r.value) for r in notes.itertuples() if r.note == "limit"), float("nan"))
    known = [(r.number, r.stability) for r in rows if r.stability == r.stability]
    if not known:
        return ""
    smallest, best = min(n for n, _ in known), max(known, key=lambda pair: pair[1])
    if not best[1] <= limit:  # this sentence has to hold for the curve beside it
        return _("Bei der Zahl, nach der gesucht wurde, finden die Hälften kein Thema sicherer wieder, als es durch Zufall vorkommt; ob das Material eine andere trägt, ist offen.")
    if limit == limit:
        found = _("Bei keiner der versuchten Zahlen stimmen die Hälften im Mittel mehr überein, als der Zufall erklärt (bis {limit}); das Material trägt von sich aus keine.")
    else:
        found = _("Bei keiner der versuchten Zahlen stimmen die Hälften im Mittel mehr überein, als der Zufall erklärt; das Material trägt von sich aus keine.")
    sentences = [found.format(limit=comma(limit))]
    if best[0] == smallest:
        sentences.append(_("Am höchsten liegt die Kurve bei {n}, der kleinsten Zahl, die versucht wurde.").format(n=number(smallest)))
    return " ".join(sentences)


def _why_used(models: pd.DataFrame) -> str:
    """Why the model of words and meaning is used although one of words alone looks steadier; measured, see docs/themen.md."""
    steady = {r.model: r.stability for r in models.itertuples()}
    used = next((r.model for r in models.itertuples() if r.used == "yes"), "")
    if used != "joint" or not any(steady.get(m, 0) > steady[used] for m in WORDS_ONLY):
        return ""
    return _(
        "Modelle, die nur Wörter kennen, sehen hier stabiler aus; verwendet wird trotzdem das für Wörter und Sinn, weil seine Themen bei Interviews mit bekannten "
        "Kategorien diese weit besser auseinanderhielten (gemessen, siehe docs/themen.md), während ein einziges häufiges Wort ein stabiles, aber leeres Thema ergibt."
    )


def worded(share: float, sentences: int, words: int) -> str:
    """How many of a topic's sentences hold one of its words.

    >>> worded(0.16, 212, 10)
    'Eines der zehn Wörter steht in 34 der 212 Sätze; die übrigen liegen dem Sinn nach nahe. Was sie verbindet, sagen die Wörter kaum: bitte die Sätze lesen.'
    >>> worded(1.0, 4, 10), worded(float("nan"), 4, 10)
    ('Eines der zehn Wörter steht in allen Sätzen.', '')
    """
    if share != share or not words:
        return ""
    n = round(share * sentences)
    if n == sentences:
        return _("Eines der {words} Wörter steht in allen Sätzen.").format(words=number(words))
    if n:
        found = _("Eines der {words} Wörter steht in {n} der {sentences} Sätze; die übrigen liegen dem Sinn nach nahe.")
    else:
        found = _("Eines der {words} Wörter steht in keinem der {sentences} Sätze; sie liegen dem Sinn nach nahe.")
    told = [found.format(words=number(words), n=n, sentences=sentences)]
    if share < BARELY:
        told.append(_("Was sie verbindet, sagen die Wörter kaum: bitte die Sätze lesen."))
    return " ".join(told)


def stability(words: float, sentences: float = float("nan")) -> str:
    """How much of a topic stays when interviews are left out one by one: mean shares of its ten words and of its sentences."""
    if words != words:
        return _("Was von dem Thema bliebe, wenn ein Interview fehlte, wurde nicht gemessen.")
    kept = comma(round(10 * words, 1), 1).removesuffix(",0").removesuffix(".0")
    kept = number(int(kept)) if kept.isdigit() else kept
    if sentences == sentences:
        told = _("Stabilität ({value}): Lässt man je ein Interview weg, bleiben von den zehn Wörtern im Mittel {kept} und {placed} von 100 Sätzen gleich.")
    else:
        told = _("Stabilität ({value}): Lässt man je ein Interview weg, bleiben von den zehn Wörtern im Mittel {kept} gleich.")
    return told.format(value=comma(words), kept=kept, placed=hundred(sentences))


def halves(value: float, firm: bool, limit: float) -> str:
    """Whether two halves of the interviews, searched apart, tell the topic (Cohen's kappa of its sentences), beside what chance reaches."""
    if value != value:
        return ""
    figure = _("Probe ({value}; ohne wirkliche Themen erreicht der Zufall hier bis zu {limit})") if limit == limit else _("Probe ({value})")
    if firm:
        told = _("{figure}: Sucht man in zwei Hälften der Gespräche getrennt, findet jede das Thema wieder.")
    else:
        told = _(
            "{figure}: Sucht man in zwei Hälften der Gespräche getrennt, stimmen sie bei diesem Thema nicht mehr überein als durch Zufall. "
            "Es ist ein Anlass zum Lesen, nichts zum Berichten."
        )
    return told.format(figure=figure.format(value=comma(value), limit=comma(limit)))


def coherence(value: float) -> str:
    """Whether a topic's words occur together (NPMI, −1 to 1)."""
    if value != value:
        return ""
    if value >= 0.2:
        told = _("Zusammenhang der Wörter ({value}): Sie stehen viel öfter beieinander als durch Zufall.")
    elif value >= 0.05:
        told = _("Zusammenhang der Wörter ({value}): Sie stehen öfter beieinander als durch Zufall.")
    else:
        told = _("Zusammenhang der Wörter ({value}): Sie stehen nicht öfter beieinander als durch Zufall; das Thema hält der Sinn seiner Sätze zusammen, nicht der Wortlaut.")
    return told.format(value=comma(value))


def _curves(rows: list[Any], marks: dict[int, str]) -> list[SimpleNamespace]:
    """Stability and coherence over the number of topics, each on a scale of its own; none where one number alone was looked at."""
    if len(rows) < 2:
        return []
    kinds = [(_("Übereinstimmung zweier Hälften"), [(r.number, r.stability) for r in rows], True), (_("Zusammenhang der Wörter"), [(r.number, r.coherence) for r in rows], False)]
    found = []
    for title, values, from_zero in kinds:
        known = [v for _n, v in values if v == v]
        if known:
            low, high = (0.0, 1.0) if from_zero else (floor(min(known) * 10) / 10, ceil(max(known) * 10) / 10)
            drawn = pictures.line(values, low, high if high > low else low + 0.1)
            at = [x for x, _y, n in drawn.points if n in marks]
            found.append(SimpleNamespace(title=title, line=drawn, at=at, values=dict(values)))
    return found


def _edit(e: Any, shown: dict[str, str]) -> SimpleNamespace:
    """An entry of topics.yaml, what became of it, and what to do."""
    terms, *reasons = e.terms.split(" · ")
    look = _("Bitte die Zitate ansehen, ob noch dasselbe gemeint ist. Wenn ja: die Wörter (terms) aus der neuen editable/topics.yaml übernehmen.")
    hints = {
        "found": "", "weak": " ".join([*map(_reason, reasons), *([look] if e.likeness < SURE or not reasons else [])]),
        "lost": _("Das Thema gibt es in diesem Lauf nicht mehr; der Eintrag ändert nichts. Bitte einem heutigen Thema zuordnen (dessen Wörter unter terms eintragen) oder streichen."),
    }  # fmt: skip
    return SimpleNamespace(
        line=e.line, name=e.name or _("(ohne Namen)"), action=", ".join(_(ACTIONS[a]) if a in ACTIONS else a for a in e.action.split("+")), topic=e.topic if e.topic in shown else "",
        label=shown.get(e.topic, ""), likeness=e.likeness, status=capital(_(STATES[e.status]) if e.status in STATES else e.status), lost=e.status == "lost", weak=e.status == "weak",
        hint=hints.get(e.status, ""), terms=terms.replace("\n", ", "),
    )  # fmt: skip


def _reason(told: str) -> str:
    """Why an entry's topic is not sure, and what to do.

    >>> _reason("passt ebenso zu T04")
    'Der Eintrag passt ebenso zu T04: bitte Wörter in terms ergänzen, die nur eines der beiden hat.'
    """
    if told.startswith(ALIKE):
        return _("Der Eintrag passt ebenso zu {topic}: bitte Wörter in terms ergänzen, die nur eines der beiden hat.").format(topic=told.removeprefix(ALIKE))
    why = _("Teil ohne Satz: {names}").format(names=told.removeprefix(EMPTY)) if told.startswith(EMPTY) else told
    return _("{why}: bitte andere Wörter für ihn wählen.").format(why=why)
