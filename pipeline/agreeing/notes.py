"""What stands beside a figure so that nobody takes it for more than it is: fixed German sentences, joined by `; ` in the column `note`."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language import N_

SEPARATOR = "; "
LEAST_CASES = 5  # respondents below which no interval is told: their draws say nothing of others
LEAST_UNITS = 10
LEAST_GIVEN = 5  # times that a category was given, below which draws hold it now and then, and no interval is told
RARE, COMMON = 0.05, 0.95  # shares of ratings beyond which chance-corrected measures and their rivals part

DEPENDENT = N_("nicht unabhängig: Vorschläge waren zu sehen")
FEW_CASES = N_("weniger als fünf Befragte: keine Spanne")
FEW_UNITS = N_("weniger als zehn Einheiten: kaum aussagekräftig")
FEW_GIVEN = N_("weniger als fünfmal vergeben: kaum aussagekräftig, keine Spanne")
IS_RARE = N_("sehr selten vergeben: Kappa und Alpha fallen niedrig aus, AC1 und der Anteil gleicher Entscheidungen hoch")
IS_COMMON = N_("fast immer vergeben: Kappa und Alpha fallen niedrig aus, AC1 und der Anteil gleicher Entscheidungen hoch")
UNSTEADY = N_("hängt an wenigen Befragten: keine Spanne")
ONE_CATEGORY = N_("alle sagten überall dasselbe: kein Koeffizient bestimmbar")
NO_UNITS = N_("keine Einheit, die zwei beurteilten")
ONE_CODER = N_("nur eine Person: nichts zu vergleichen")
NOTHING_CODED = N_("nichts codiert: kein Koeffizient bestimmbar")


def joined(notes: Iterable[str]) -> str:
    """
    >>> joined(["", "a", "b", "a"])
    'a; b'
    """
    return SEPARATOR.join(dict.fromkeys(note for note in notes if note))
