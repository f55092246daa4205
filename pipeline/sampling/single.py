"""A queue for one person: what is drawn from what, and the words about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline import store
from pipeline.problems import Problem, Stop
from pipeline.sampling import control, drawing, informative, queues
from pipeline.sampling.corpus import Corpus, Key
from pipeline.sampling.keeping import Drawn
from pipeline.study import SEED

if TYPE_CHECKING:
    import numpy as np

LEAST_TURNS, LEAST_SENTENCES = 15, 30  # read at random, from which on shares are told (evaluating/drawn_turns, prevalence)
Told = tuple[list[Drawn], list[str]]  # the passages in their order, German lines about them


def draw(corpus: Corpus, coder: str, mode: str, n: int) -> Told:
    """The passages of a new queue. Raises `Stop` where nothing is left to read."""
    rng = drawing.generator(SEED, corpus.run.places.study, mode, coder, sorted(queue.name for queue in corpus.queues))
    return {"random": at_random, "learning": to_learn, "control": to_control}[mode](corpus, n, rng)


def at_random(corpus: Corpus, n: int, rng: np.random.Generator) -> Told:
    """Turns to estimate from: of all that nobody drew at random before, also of those that were read for another purpose."""
    passages = corpus.passages
    earlier = queues.drawn(corpus.queues, ("random",)) | corpus.random
    before = [k for k, one in enumerate(passages) if one.key in earlier]
    if len(before) == len(passages):
        _nothing_left(f"Alle {len(passages)} Beiträge der Befragten sind schon zufällig gezogen.", "Was davon noch offen ist, steht in »make review«.")
    found = drawing.at_random([one.doc for one in passages], before, n, rng)
    drawn = [Drawn(passages[k], passages[k].doc, chance) for k, chance in zip(found.numbers, found.chance, strict=True)]
    lines = [f"Gezogen: {len(drawn)} von {len(passages)} Beiträgen der Befragten, zufällig aus {talks(one.passage.doc for one in drawn)}."]
    lines += _fewer(len(drawn), n)
    lines.append("Wozu: schätzen, wie häufig Kategorien sind und wie gut die Vorschläge. Gelesen wird blind, also ohne Vorschläge und ohne das, was andere codierten.")
    if found.missing:
        lines.append(f"Noch ungleich: Später hinzugekommene Gespräche sind seltener gezogen als die übrigen. Mit {found.missing} weiteren Beiträgen wird es gleich; erst dann gilt die Schätzung.")
    else:
        also = f"; mit den {len(before)} früher gezogenen zählen sie gemeinsam" if before else ""
        lines.append(f"Jeder Beitrag hatte dieselbe Chance ({percent(max(found.chance))}){also}.")
    lines.append("Bitte der Reihe nach und keinen auslassen: Wer vorher aufhört, hat trotzdem eine Zufallsauswahl; wer auswählt, hat keine.")
    again = sum(bool(corpus.readers.get(one.passage.key)) for one in drawn)
    if again:
        lines.append(f"{turns_in_words(again)} davon hat schon jemand zu anderem Zweck gelesen. Sie gehören dazu, sonst schätzte man nur über den Rest.")
    total, sentences = len(drawn) + len(before), sum(len(one.passage.segs) for one in drawn) + sum(len(passages[k].segs) for k in before)
    if total < LEAST_TURNS or sentences < LEAST_SENTENCES:
        lines.append(f"Für eine Schätzung braucht es mindestens {LEAST_TURNS} Beiträge und {LEAST_SENTENCES} Sätze; mit diesen sind es {total} und {sentences}.")
    return drawn, [*lines, *_hidden(corpus)]


def to_learn(corpus: Corpus, n: int, rng: np.random.Generator) -> Told:
    """Turns to learn from: the model is unsure, and they differ from one another and from what was read."""
    from pipeline.learning import frozen
    from pipeline.learning.thresholds import thresholds

    passages, run = corpus.passages, corpus.run
    free = _free(corpus)
    model_file = store.product_path(run.places, "fit", "model.bin")
    model = frozen.read(model_file) if run.study.model.use and model_file.is_file() else None
    codes = model.model.codes if model else ()
    border = thresholds(model.certainty, run.study.model.threshold)[0] if model else 0.5
    doubt = informative.doubts(passages, run.table("chances"), codes, border)
    sense = informative.senses(passages, run.table("vectors"))
    read = [k for k, one in enumerate(passages) if corpus.readers.get(one.key)]
    picked = informative.chosen([one.doc for one in passages], doubt.score, sense, free, read, n)
    drawn = [Drawn(passages[k], f"unsicher: {doubt.code[k]}" if doubt.code[k] else "verschieden") for k in picked]
    how = "bei denen die Vorschläge unsicher sind und die einander wenig gleichen" if doubt.score.any() else "die einander wenig gleichen (noch schlägt kein Modell etwas vor)"
    lines = [f"Gezogen: {turns_in_words(len(drawn))} von {len(free)} noch nicht gelesenen, {how}, aus {talks(one.passage.doc for one in drawn)}."]
    lines += _fewer(len(drawn), n)
    lines.append("Wozu: Aus diesen Beiträgen lernt das Modell am meisten (danach »make learn«). Vorschläge sind zu sehen.")
    lines.append("Nicht zum Zählen: Diese Auswahl sagt nichts darüber, wie häufig etwas ist.")
    return drawn, lines


def to_control(corpus: Corpus, n: int, rng: np.random.Generator) -> Told:
    """Turns that put the coding to the test."""
    passages, run = corpus.passages, corpus.run
    free = _free(corpus)
    found = control.candidates(passages, run.table("codes"), run.table("codings"), run.table("suggestions"), rng)
    picked = control.chosen(found, [one.doc for one in passages], set(free), n)
    drawn = [Drawn(passages[k], why) for k, why in (picked[k] for k in rng.permutation(len(picked)).tolist())]
    kinds = Counter(one.stratum.split(":")[0] for one in drawn)
    words = {"selten": "mit seltenen Kategorien", "verworfen": "mit verworfenen oder nicht zählenden Treffern", "Gegenfall": "mit möglichen Gegenfällen", "ohne Vorschlag": "ohne jeden Vorschlag"}
    told = ", ".join(f"{kinds[kind]} {words[kind]}" for kind in control.KINDS if kinds[kind])
    lines = [f"Gezogen: {turns_in_words(len(drawn))} von {len(free)} noch nicht gelesenen, aus {talks(one.passage.doc for one in drawn)}: {told}."]
    lines += _fewer(len(drawn), n)
    lines.append("Wozu: Fehler der Vorschläge und Gegenbelege finden. Vorschläge sind zu sehen; warum ein Beitrag dabei ist, steht in der Spalte stratum.")
    lines.append("Nicht zum Zählen: Diese Auswahl sagt nichts darüber, wie häufig etwas ist.")
    return drawn, lines


def _free(corpus: Corpus) -> list[int]:
    """Numbers of turns that nobody read as a whole and that are in no queue which somebody has still to work through.

    Above all in none that is read blind: whoever saw its proposals here could not read it without them later.
    """
    waiting: set[Key] = queues.drawn(corpus.queues, left=True)
    free = [k for k, one in enumerate(corpus.passages) if not corpus.readers.get(one.key) and one.key not in waiting]
    if not free:
        open_ = sum(one.key in waiting for one in corpus.passages)
        what = f"Es ist nichts mehr zu ziehen: Von {len(corpus.passages)} Beiträgen der Befragten sind {len(corpus.passages) - open_} gelesen und {open_} schon gezogen und noch offen."
        _nothing_left(what, "Was offen ist, zeigt »make review«.")
    return free


def _nothing_left(what: str, hint: str) -> None:
    raise Stop(Problem("", 0, what, hint))


def _fewer(got: int, wanted: int) -> list[str]:
    return [f"Gewünscht waren {wanted}; mehr ist nicht mehr da."] if got < wanted else []


def _hidden(corpus: Corpus) -> list[str]:
    if not corpus.hidden:
        return []
    return [f"{turns_in_words(corpus.hidden)} wiederholen einen anderen desselben Gesprächs Wort für Wort (etwa »Ja.«); gezogen werden kann nur der erste."]


def turns_in_words(n: int) -> str:
    return "ein Beitrag" if n == 1 else f"{n} Beiträge"


def talks(docs: Iterable[str]) -> str:
    count: Sequence[int] = sorted(Counter(docs).values())
    if len(count) == 1:
        return "einem Gespräch"
    return f"{len(count)} Gesprächen (je {count[0]})" if count[0] == count[-1] else f"{len(count)} Gesprächen (je {count[0]} bis {count[-1]})"


def percent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")
