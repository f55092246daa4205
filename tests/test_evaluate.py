"""`make evaluate`: what is told of finished figures, which cautions stand beside them, and that it runs on a study."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline import evaluate, study
from pipeline.places import Places
from pipeline.study import Study, Variable
from pipeline.tables import frame

STUDY = Study(variables={"ort": Variable(label="Wohnort", values={"n": "Norden"})})


def tables(interviews: int = 9, learnt: int = 0) -> dict[str, pd.DataFrame]:
    rows: list[dict[str, Any]] = []
    for unit, n in (("sentence", 300), ("turn", 90)):
        for part, value in (("all", ""), ("ort", "n"), ("question_free", "")):
            rows += [
                {"measure": name, "unit": unit, "part": part, "value": value, "n": 40, "estimate": 0.5, "low": 0.4, "high": 0.625}
                for name in ("precision", "recall", "f1", "r_at_5", "map")
            ]
            rows.append({"measure": "n_sentences", "unit": unit, "part": part, "value": value, "n": n, "estimate": n})
            rows.append({"measure": "n_interviews", "unit": unit, "part": part, "value": value, "n": interviews, "estimate": interviews})
    rows += [{"measure": "n_sentences", "unit": "sentence", "part": "learnt", "value": "yes", "n": learnt, "estimate": learnt}]
    rows += [{"measure": "recall", "unit": "sentence", "part": "prior", "value": "off", "n": 7, "estimate": 0.25}]
    codes = [
        {"order": n, "code": code, "n_sentences": 300, "n_true": true, "n_proposed": 5, "n_both": both, "recall": both / max(true, 1)}
        for n, (code, true, both) in enumerate([("A", 20, 15), ("B", 12, 1), ("C", 3, 0), ("D", 0, 0)])
    ]  # fmt: skip
    shares = [
        {"order": 1, "code": "A", "n_reviewed": 300, "estimate": 0.1234, "low": 0.05, "high": 0.2, "method": "turns-tuned", "reason": ""},
        {"order": 2, "code": "B", "n_reviewed": 300, "estimate": 0.2, "low": 0.1, "high": 0.3, "method": "turns-tuned", "reason": ""},
    ]
    fair = [
        {"part": "all", "variety": "ruhr", "n": 60, "recall": 0.5, "gap": 0.1, "told": "Ruhrdeutsch wird seltener erkannt."},
        {"part": "all", "variety": "standard", "n": 60, "recall": 0.6, "gap": 0.0, "told": ""},
    ]
    return {
        "quality": frame("quality", rows), "quality_codes": frame("quality_codes", codes), "quality_calibration": frame("quality_calibration", []),
        "quality_prevalence": frame("quality_prevalence", shares), "quality_fairness": frame("quality_fairness", fair),
    }  # fmt: skip


def told(found: dict[str, pd.DataFrame], settings: Study = STUDY) -> str:
    return "\n".join(evaluate.told(found, lambda code: f"<{code}>", settings))


def test_figures_stand_with_their_interval_and_what_they_are_a_share_of() -> None:
    text = told(tables())
    assert "Gemessen an 300 gelesenen Sätzen aus 9 Gesprächen" in text
    assert "(Trefferquote, recall): 0,50 (0,40 bis 0,62; n = 40 vergebene Kategorien)" in text
    assert "Redebeitrag für Redebeitrag (90):" in text
    assert "Wohnort, Norden: 0,50" in text
    assert "wenn sie nicht danach fragt: 0,25 (ohne Spanne: nur ein Gespräch; n = 7 vergebene Kategorien)" in text
    assert "<B>: 1 von 12 gefunden, 5 Vorschläge" in text
    assert text.index("<B>: 1 von 12") < text.index("<A>: 15 von 20")
    assert "<C>" not in text  # three codings say nothing of a category
    assert "1 von 4 Kategorien kommen in den gelesenen Sätzen nicht vor" in text
    assert text.index("<B>: 0,200 (0,100 bis 0,300)") < text.index("<A>: 0,123 (0,050 bis 0,200)")
    assert "zufällig gezogenen Beiträgen:" in text
    assert "all (60 Inhalte): ruhr 0,50 (0,10), standard 0,60 (0,00)\n  Ruhrdeutsch wird seltener erkannt." in text
    assert "nan" not in text.replace("einander", "")


def test_cautions_stand_where_they_belong_and_nowhere_else() -> None:
    few, fictional, learnt = "nur ein Hinweis", "obere Grenze", "hat das Modell gelernt"
    assert [word in told(tables(9)) for word in (few, fictional, learnt)] == [False, False, False]
    assert [word in told(tables(7)) for word in (few, fictional, learnt)] == [True, False, False]
    assert [word in told(tables(8, 50), STUDY.model_copy(update={"fictional": True})) for word in (few, fictional, learnt)] == [False, True, True]
    assert "Aus 50 davon hat das Modell gelernt" in told(tables(8, 50))


def test_without_anything_read_it_says_what_to_do_and_why_shares_are_refused() -> None:
    found = {name: frame(name, []) for name in tables()}
    found["quality_prevalence"] = frame("quality_prevalence", [{"order": n, "code": c, "n_reviewed": 0, "method": "sample", "reason": "Keine Stichprobe."} for n, c in enumerate("AB")])
    text = told(found)
    assert "Niemand hat Stellen ganz gelesen" in text
    assert text.count("Keine Stichprobe.") == 1
    assert "Nicht geprüft: Es gibt keine Liste fairness.csv" in text
    assert "Genauigkeit" not in text


def test_it_brings_results_up_to_date_and_reads_them(finished: Places) -> None:
    lines = evaluate.evaluate(finished, lambda title, done, total: None)
    assert lines[0] == "Wie gut die Vorschläge sind"
    assert any("quality_codes.csv" in line for line in lines)
    assert study.load(finished.codebooks / "study.yaml").title
