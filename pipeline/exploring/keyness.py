"""What is typical of some sentences or people: words more frequent there than with the rest, or than in general German."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pipeline.evaluating.likelihood import log_likelihood
from pipeline.exploring import reference
from pipeline.exploring.material import Material
from pipeline.exploring.part import Cell, Column, Key, Part, few, per_ten_thousand
from pipeline.exploring.statistics import against_share, log_ratio, paired, unpaired
from pipeline.exploring.surface import surfaces

SAID = 2  # times a word must be said to be named
WEAK = 1.0  # G2 below which a word is as frequent here as there
RARE_HERE = 5  # times a word must be said elsewhere to be named as rare here
MOST, MOST_RARE, TESTED = 800, 200, 300
MEASURES = (
    "G2: wie deutlich der Unterschied ist (Log-Likelihood nach Rayson; negativ: hier seltener); Log Ratio: wie groß er ist (1: doppelt so oft, "
    "2: viermal so oft). Ein Wort einer einzelnen Person ist kein Befund; »Befragte« und »Bef. sonst« zählen Personen."
)


def against_rest(material: Material, here: np.ndarray, there: np.ndarray, key: Callable[[str], Key], names: tuple[str, str], test: bool) -> Part:
    """Words of the tokens `here` beside the tokens `there` (bool a token, words only), each with its people.

    `names` says what is compared with what. With `test` every content word also bears a p over people.
    """
    a, b = material.counts(here), material.counts(there)
    size_a, size_b = int(here.sum()), int(there.sum())
    strength, ratio = log_likelihood(a, b, size_a, size_b), log_ratio(a, b, size_a, size_b)
    people, others = material.cases_of(here), material.cases_of(there)
    content = _content_lemmas(material)
    chosen = _chosen(a, b, strength, content)
    p, told = _tested(material, here, there, chosen[content[chosen]], people) if test else ({}, "")
    written = surfaces(material, chosen)
    rows: list[tuple[Cell, ...]] = [
        (
            written[n], "" if content[n] else "Funktionswort", int(a[n]), int(people[n]), per_ten_thousand(int(a[n]), size_a), int(b[n]),
            int(others[n]), per_ten_thousand(int(b[n]), size_b), round(float(strength[n]), 2), round(float(ratio[n]), 2),
            *((p.get(n),) if test else ()), _hint(int(a[n]), int(people[n])),
        )
        for n in chosen.tolist()
    ]  # fmt: skip
    columns = (
        Column("Wort", 20), Column("Wortart"), Column("hier", 5), Column("Befragte", 8), Column("je 10.000"), Column("sonst", 5),
        Column("Bef. sonst", 10), Column("je 10.000 sonst"), Column("G2", 7, digits=1), Column("Log Ratio", 9, digits=1),
        *((Column("p", 6, digits=3),) if test else ()), Column("Hinweis", 21),
    )  # fmt: skip
    sizes = (
        f"Hier: {names[0]} ({size_a} Wörter, {_number(material, here)} Befragte). "
        f"Vergleich: {names[1]} ({size_b} Wörter, {_number(material, there)} Befragte)."
    )
    keys = [key(str(material.lemmas[n])) for n in chosen.tolist()]
    return Part("Gegenüber den anderen", columns, rows, keys, (sizes, MEASURES, *filter(None, [told])))


def _content_lemmas(material: Material) -> np.ndarray:
    """bool a lemma: some type of it says what is spoken of."""
    found = np.zeros(len(material.lemmas), dtype=bool)
    found[material.lemma_of_kind[material.content_kind]] = True
    return found


def _number(material: Material, mask: np.ndarray) -> int:
    return len(np.unique(material.token_case[mask]))


def _hint(said: int, people: int) -> str:
    return few(people) if said else "hier nie gesagt"


def _chosen(a: np.ndarray, b: np.ndarray, strength: np.ndarray, content: np.ndarray) -> np.ndarray:
    """Numbers of lemmas worth naming: content words before function words, the most typical first, what is rare here last."""
    over = np.flatnonzero((strength >= WEAK) & (a >= SAID))
    over = over[np.lexsort((over, -strength[over], ~content[over]))][:MOST]
    under = np.flatnonzero((strength <= -WEAK) & (b >= RARE_HERE))
    under = under[np.lexsort((under, strength[under]))][:MOST_RARE]
    return np.concatenate([over, under[np.lexsort((under, -strength[under]))]])


def _tested(material: Material, here: np.ndarray, there: np.ndarray, chosen: np.ndarray, people: np.ndarray) -> tuple[dict[int, float], str]:
    """Lemma -> p over people, and in words how it was found; empty where there are too few people to test."""
    size = len(material.cases)
    words_here, words_there = (np.bincount(material.token_case[mask], minlength=size) for mask in (here, there))
    both = (words_here > 0) & (words_there > 0)
    within = both.sum() * 2 >= (words_here > 0).sum()
    inside = words_here > words_there
    spoke = (words_here > 0) | (words_there > 0)
    enough = both.sum() >= 3 if within else min(inside.sum(), (spoke & ~inside).sum()) >= 3
    if not enough:
        return {}, "Kein p-Wert: Für einen Test braucht es auf beiden Seiten mindestens drei Befragte."
    chosen = chosen[np.argsort(-people[chosen], kind="stable")]
    chosen = chosen[people[chosen] > 1][:TESTED]
    rates_here, rates_there = (_rates(material, mask, chosen, words) for mask, words in ((here, words_here), (there, words_there)))
    if within:
        values = paired((rates_here - rates_there)[:, both])
        how = f"die {int(both.sum())} Befragten, die hier und anderswo sprechen, jede Person mit sich selbst verglichen"
    else:
        values = unpaired(np.where(inside, rates_here, rates_there)[:, spoke], inside[spoke])
        how = f"{int(inside.sum())} gegen {int((spoke & ~inside).sum())} Befragte"
    told = (
        f"p: Test über Personen, nicht über Wörter ({how}; 999 zufällige Zuordnungen mit festem Anfang, je Wort, ohne Ausgleich für die "
        "vielen Wörter). Zum Ordnen, nicht zum Beweisen; ohne p: nur eine Person, Funktionswort oder nicht getestet."
    )
    return dict(zip(chosen.tolist(), np.round(values, 3).tolist(), strict=True)), told


def _rates(material: Material, mask: np.ndarray, lemmas: np.ndarray, words: np.ndarray) -> np.ndarray:
    """How often each person says each lemma, by 1,000 of the person's words there; lemmas x people."""
    place = np.full(len(material.lemmas), -1, dtype=np.int64)
    place[lemmas] = np.arange(len(lemmas))
    there = mask & (place[material.lemma] >= 0)
    size = len(material.cases)
    flat = np.bincount(place[material.lemma[there]] * size + material.token_case[there], minlength=len(lemmas) * size)
    return 1000 * flat.reshape(len(lemmas), size) / np.maximum(words, 1)


def against_german(material: Material, here: np.ndarray, key: Callable[[str], Key], name: str) -> Part:
    """Content words of the tokens `here` beside general German."""
    a, size, people = material.counts(here), int(here.sum()), material.cases_of(here)
    asked = np.flatnonzero((a >= SAID) & _content_lemmas(material))
    share, known = reference.shares(material, asked)
    strength = against_share(a[asked], max(1, size), share)
    order = np.lexsort((asked, -strength))
    order = order[strength[order] >= WEAK][:MOST]
    written = surfaces(material, asked[order])
    ratio = np.log2(a[asked] / max(1, size) / share)
    rows: list[tuple[Cell, ...]] = []
    for n in order.tolist():
        lemma = int(asked[n])
        rows.append(
            (
                written[lemma], int(a[lemma]), int(people[lemma]), per_ten_thousand(int(a[lemma]), size),
                round(float(np.log10(share[n]) + 9), 2) if known[n] else None, round(float(strength[n]), 2), round(float(ratio[n]), 2),
                few(int(people[lemma])) + ("" if known[n] else (", " if people[lemma] < 3 else "") + "nicht in der Liste"),
            )
        )  # fmt: skip
    columns = (
        Column("Wort", 20), Column("hier", 6), Column("Befragte", 8), Column("je 10.000"), Column("Zipf", 5, digits=1),
        Column("G2", 8, digits=1), Column("Log Ratio", 9, digits=1), Column("Hinweis", 42),
    )  # fmt: skip
    notes = (
        f"Hier: {name} ({size} Wörter, {_number(material, here)} Befragte). Vergleich: {reference.NAME}. Nur Inhaltswörter.",
        "Zipf: wie geläufig ein Wort im Deutschen ist (3: einmal in einer Million Wörtern, 6: tausendmal). " + MEASURES,
    )
    return Part("Gegenüber dem Deutschen", columns, rows, [key(str(material.lemmas[asked[n]])) for n in order.tolist()], notes)
