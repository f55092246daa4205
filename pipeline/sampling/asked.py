"""What somebody typed behind `make sample` and `make double`, checked: who, how, how many."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.lists import CODER
from pipeline.problems import Problem, Stop, did_you_mean
from pipeline.sampling.queues import MODES
from pipeline.tables import CONSENSUS_CODER, MACHINES

ALONE = tuple(mode for mode in MODES if mode != "double")
GERMAN: Mapping[str, str] = {"lernen": "learning", "zufall": "random", "kontrolle": "control"}
USUAL, MOST = 40, 5000
USUAL_SHARE = 0.15
_MODES_TOLD = "MODE=learning (unsichere und verschiedene Stellen), MODE=random (zum Schätzen, ohne Vorschläge) oder MODE=control (seltene und verworfene)."


def coder(text: str, verb: str = "make sample CODER=mk MODE=random") -> str:
    """Who is to read. Raises `Stop` where that is nobody, a machine, or no name."""
    name = text.strip()
    if not name:
        raise Stop(Problem("", 0, "Es fehlt, wer lesen soll.", f"Bitte das Kürzel nennen, etwa: {verb}"))
    if name.casefold() in (*MACHINES, CONSENSUS_CODER):
        raise Stop(Problem("", 0, f"»{name}« ist vergeben und kein Kürzel eines Menschen.", "Bitte ein anderes Kürzel wählen, etwa mk."))
    if not CODER.fullmatch(name):
        what = f"»{name}« taugt nicht als Kürzel: Es beginnt mit einem Buchstaben und hat höchstens 30 Buchstaben, Ziffern, »-« oder »_«."
        raise Stop(Problem("", 0, what, "Bitte ein anderes wählen, etwa mk."))
    return name


def mode(text: str) -> str:
    """The kind of a queue for one person. Raises `Stop` where there is no such kind."""
    name = GERMAN.get(text.strip().lower(), text.strip().lower())
    if not name:
        raise Stop(Problem("", 0, "Es fehlt, wozu gezogen werden soll.", _MODES_TOLD))
    if name == "double":
        raise Stop(Problem("", 0, "Für zwei und mehr Personen zieht ein eigener Befehl.", "make double CODERS=mk,ab SHARE=0.15"))
    if name not in ALONE:
        raise Stop(Problem("", 0, f"MODE kennt »{text.strip()}« nicht. {did_you_mean(name, ALONE)}".strip(), _MODES_TOLD))
    return name


def number(text: str) -> int:
    """How many passages. Raises `Stop` where that is no whole number from 1 to MOST."""
    given = text.strip()
    if not given:
        return USUAL
    if not (given.isascii() and given.isdecimal() and len(given) < 7 and 0 < int(given) <= MOST):
        raise Stop(Problem("", 0, f"N={given} ist keine ganze Zahl von 1 bis {MOST}.", f"Bitte sagen, wie viele Beiträge gelesen werden sollen, etwa N={USUAL}."))
    return int(given)


def coders(text: str) -> list[str]:
    """Who codes independently, in the order given. Raises `Stop` for fewer than two, and for names that cannot be told apart."""
    example = "make double CODERS=mk,ab SHARE=0.15"
    found = [coder(part, example) for part in re.split(r"[,;\s]+", text.strip()) if part]
    if len(found) < 2:
        raise Stop(Problem("", 0, "Doppelt codieren mindestens zwei Personen.", f"Bitte ihre Kürzel mit Komma nennen: {example}"))
    if len({name.casefold() for name in found}) < len(found):
        raise Stop(Problem("", 0, f"Ein Kürzel steht zweimal da: {', '.join(found)}.", "Bitte jede Person einmal nennen."))
    return found


def share(text: str) -> float:
    """The share of passages that several people code: 0.15, 0,15 or 15%. Raises `Stop` where it is none between 0 and 1."""
    given = text.strip()
    if not given:
        return USUAL_SHARE
    plain = re.fullmatch(r"(\d*[.,]?\d+)\s*(%?)", given, re.ASCII)
    value = float(plain[1].replace(",", ".")) / (100 if plain[2] else 1) if plain else 0.0
    if not 0 < value <= 1:
        raise Stop(Problem("", 0, f"SHARE={given} ist kein Anteil zwischen 0 und 1.", "Bitte etwa SHARE=0.15 für 15 von 100 Beiträgen schreiben."))
    return value
