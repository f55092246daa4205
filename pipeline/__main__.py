"""The door: `python -m pipeline VERB`. The only place that prints and exits.

Exit status: 0 done (also with warnings about single files), 1 something that a person must
mend, 2 wrong call, 3 an error of the program, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.places import TRACE, Places, find
from pipeline.problems import Problem, Stop
from pipeline.verbs import HELP, PLAIN, VARIABLES

if TYPE_CHECKING:
    from pipeline.run import Outcome

def main(arguments: list[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # old Windows consoles know no umlauts
    verb = words[0] if words else "help"
    if verb not in VERBS and verb not in FOR_DEVELOPERS:
        from pipeline.problems import did_you_mean

        print(f"»{verb}« gibt es nicht. {did_you_mean(verb, VERBS)}\n", file=sys.stderr)
        _help()
        return 2
    try:
        if verb == "help":
            return _help()
        # NAME=value works behind the verb as it does with make, and as environment variables.
        given = dict(word.split("=", 1) for word in words[1:] if word.partition("=")[0] in VARIABLES)
        rest = [word for word in words[1:] if word.partition("=")[0] not in VARIABLES]
        os.environ.update(given)
        if verb == "new" and rest:
            os.environ["STUDY"] = rest[0]
        if verb == "adopt" and rest:
            os.environ["FILE"] = " ".join(rest)
        return {**VERBS, **FOR_DEVELOPERS}[verb](find(Path.cwd(), os.environ, verb), rest)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("pipeline"):
            raise
        print(f"Es fehlt das Paket »{error.name}«.", file=sys.stderr)
        print("Bitte »make analyze« benutzen oder: pip install --require-hashes -r pipeline/locks/core.txt", file=sys.stderr)
        return 1
    except Stop as stop:
        _complain(stop.problems)
        return 1
    except BrokenPipeError:  # `… | head`: who reads has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as error:
        # Not what the error says: that may be a name or a sentence out of a transcript, and terminals are copied into messages.
        print(f"\nDas Programm hat einen Fehler gemacht ({type(error).__name__}).", file=sys.stderr)
        print(f"{_keep_trace(verb)} Frühere Ergebnisse sind unverändert.", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("\nAbgebrochen. Fertige Teile bleiben; der nächste Lauf macht dort weiter.", file=sys.stderr)
        return 130


def _keep_trace(verb: str) -> str:
    """Where the trace of an unforeseen error went: beside the study's private things, because it may hold names."""
    import traceback

    try:
        path = find(Path.cwd(), os.environ, verb).private / TRACE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(traceback.format_exc(), "utf-8")
        return f"Einzelheiten für die Entwicklung stehen in {path}."
    except (OSError, Stop):
        return traceback.format_exc()


def _complain(problems: list[Problem]) -> None:
    print(f"\n{_count(len(problems), 'Hindernis', 'Hindernisse')}:", file=sys.stderr)
    for problem in problems[:60]:
        print(f"  {_harmless(str(problem))}", file=sys.stderr)
    if len(problems) > 60:
        print(f"  … und {len(problems) - 60} weitere", file=sys.stderr)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


class _Bars:
    """One progress bar a stage on a screen, one line a stage where the output goes to a file."""

    def __init__(self) -> None:
        self.title = ""
        self.bar: Any = None

    def __call__(self, title: str, done: int, total: int) -> None:
        if title != self.title:
            self.close()
            self.title = title
            if sys.stderr.isatty():
                from tqdm import tqdm

                self.bar = tqdm(
                    total=total,
                    desc=f"{title:<28}",
                    bar_format="{desc} {bar:24} {n_fmt}/{total_fmt} {elapsed}",
                    file=sys.stderr,
                )
            else:
                print(f"{title} …", file=sys.stderr, flush=True)
        if self.bar is not None:
            self.bar.update(done - self.bar.n)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()
            self.bar = None


def _analyze(places: Places, rest: list[str], only: str = "") -> int:
    from pipeline.runner import analyze

    print(f"Studie »{places.study}«: Transkripte aus {places.show(places.transcripts)}")
    bars = _Bars()
    try:
        outcome = analyze(places, bars, only)
    finally:
        bars.close()
    _say(places, outcome, only)
    return 0


def _say(places: Places, outcome: Outcome, only: str) -> None:
    if outcome.fresh:
        print(f"Alles ist aktuell ({outcome.seconds:.1f} s). Bericht: {places.show(places.outputs / 'report.html')}")
        return
    unread = [d for d in outcome.documents if d["status"] != "ok"]
    print(f"\n{_count(len(outcome.documents) - len(unread), 'Transkript', 'Transkripte')} gelesen in {outcome.seconds:.1f} s.")
    if unread:
        print(f"{_count(len(unread), 'Datei', 'Dateien')} nicht gelesen (steht auch im Bericht):")
        for d in unread:
            print(f"  {d['doc']} {d['file']}: {d['reason']} {d['advice']}")
    warned = [d for d in outcome.documents if d["status"] == "ok" and d["warnings"]]
    for d in warned[:20]:
        print(f"  Hinweis zu {d['doc']} {d['file']}: {d['warnings'].splitlines()[0]}")
    if outcome.warnings:
        print(f"{_count(len(outcome.warnings), 'Stelle', 'Stellen')} in den Ergebnissen, die einem ersetzten Namen gleichen (bitte nachsehen):")
        for line in outcome.warnings[:8]:
            print(f"  {line}")
    _print(outcome.notes)
    _print(outcome.effect)
    if not outcome.worked:
        print("Kein Schritt musste wiederholt werden.")
    if not only:
        print(f"\nBericht: {places.show(places.outputs / 'report.html')} (im Browser öffnen)")
        print(f"Tabellen: {places.show(places.outputs / 'tables.xlsx')}")


def _stage(places: Places, rest: list[str]) -> int:
    from pipeline.problems import did_you_mean
    from pipeline.stages import BY_NAME

    name = rest[0] if rest else os.environ.get("NAME", "")
    if name not in BY_NAME:
        print(f"Bitte einen Schritt nennen: make stage NAME=… ({', '.join(BY_NAME)}). {did_you_mean(name, BY_NAME)}", file=sys.stderr)
        return 2
    return _analyze(places, [], only=name)


def _status(places: Places, rest: list[str]) -> int:
    from pipeline.inputs import transcripts
    from pipeline.status import blocked, status

    files = transcripts(places)
    print(f"Studie »{places.study}«")
    for stage, why in status(places, files):
        print(f"  {stage.name:<13} {stage.title:<28} {'aktuell' if not why else '; '.join(why)}")
    for problem in blocked(places, files):
        print(problem)
    return 0


def _formats(places: Places, rest: list[str]) -> int:
    from pipeline.formats import HEAD, overview
    from pipeline.inputs import checked, transcripts

    transcripts(places)  # says what is wrong where there are none
    study = checked(places)
    print(f"{places.show(places.transcripts)}\n\n{HEAD}", flush=True)
    slowest, count = 0.0, 0
    for line, seconds in overview(places.transcripts, study):
        print(line, flush=True)
        slowest, count = max(slowest, seconds), count + 1
    print(f"\n{_count(count, 'Datei', 'Dateien')}, die langsamste in {slowest:.1f} s.")
    return 0


def _new(places: Places, rest: list[str]) -> int:
    from pipeline.new import lay_out

    return _print(lay_out(Path.cwd(), places))


def _check(places: Places, rest: list[str]) -> int:
    from pipeline.check import check

    problems, advice, codebook, summary = check(places)
    _print([summary, *(f"  Hinweis: {line}" for line in advice), *codebook])
    if problems:
        _complain(problems)
        return 1
    return _print(["Alles in Ordnung, bis auf die Hinweise oben." if advice else "Alles in Ordnung."])


def _explore(places: Places, rest: list[str]) -> int:
    from pipeline.explore import ASKS, explore

    return _print(explore(places, {name: os.environ.get(name, "") for name in (*ASKS, "PART", "SORT")}))


def _with_bars(work: Callable[[Any], list[str]]) -> int:
    """Lines of a longer work that tells how far it is."""
    bars = _Bars()
    try:
        lines = work(bars)
    finally:
        bars.close()
    return _print(lines)


def _long(verb: str, places: Places, rest: list[str]) -> int:
    return _with_bars(lambda bars: getattr(import_module(f"pipeline.{verb}"), verb)(places, bars))


def _plain(verb: str, places: Places, rest: list[str]) -> int:
    """A verb that is one function from a folder and what stands behind it to lines."""
    module, function, variables = PLAIN[verb]
    values = [os.environ.get(name, "") for name in variables]
    if len(variables) == 1 and rest:
        values = [" ".join(rest)]
    return _print(getattr(import_module(module), function)(places, *values))


def _watch(places: Places, rest: list[str]) -> int:
    from pipeline.watch import watch

    watch(places, partial(print, flush=True), os.environ.get("PORT", ""))
    return 0


def _review(places: Places, rest: list[str]) -> int:
    from pipeline.review import review

    review(places, partial(print, flush=True), os.environ.get("CODER", "") or " ".join(rest), os.environ.get("PORT", ""))
    return 0


def _schema(places: Places, rest: list[str]) -> int:
    from pipeline.editor_schema import write

    return _print(write(Path.cwd() / "codebooks"))


def _catalogue(places: Places, rest: list[str]) -> int:
    from pipeline.language.extract import template

    return _print(template("en"))


def _print(lines: Iterable[str]) -> int:
    for line in lines:
        print(_harmless(line))
    return 0


def _harmless(text: str) -> str:
    """Words of files and lists, without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() or sign in "\n\t\u00ad\u00a0\u202f" else "\ufffd" for sign in text)


def _forget(places: Places, rest: list[str]) -> int:
    from pipeline.forget import forget

    doc = rest[0] if rest else os.environ.get("DOC", "")
    if not doc:
        print("Bitte ein Gespräch nennen: make forget DOC=I003", file=sys.stderr)
        return 2
    _print(forget(places, doc))
    # Typed, not given on the command line: what deletes for good must not sit in a shell's history.
    typed = input("> ").strip() if sys.stdin.isatty() else sys.stdin.readline().strip()
    return _with_bars(lambda bars: forget(places, doc, typed, bars)) if typed else 0


def _fresh(places: Places, rest: list[str]) -> int:
    from pipeline import store

    with store.lock(places):
        removed = store.remove_caches(places)
    print(f"{_count(removed, 'Zwischenergebnis', 'Zwischenergebnisse')} gelöscht. Der nächste Lauf rechnet alles neu.")
    return 0


def _help(*_: object) -> int:
    print("Gemeinsamer Nenner: vom Interviewtranskript zum Bericht, in dem jede Zahl zu ihren Zitaten führt.\n")
    print("  make VERB   (ohne make: python -m pipeline VERB)\n")
    for verb, text in HELP.items():
        print(f"  {verb:<9} {text}")
    print("  test      alle Prüfungen des Programms (nur make)\n  browser   die Prüfungen im Browser, wo einer da ist (nur make)\n  long      lange Prüfungen: ganze Läufe von vorn (nur make)\n  bench     Geschwindigkeit messen (nur make)")
    print("\nOrdner einer Studie: transcripts/NAME, codebooks/NAME, outputs/NAME, private/NAME.\nEinzelne Ordner anders: make analyze TRANSCRIPTS=… CODEBOOKS=… OUTPUTS=… PRIVATE=…")
    return 0


VERBS: Mapping[str, Callable[[Places, list[str]], int]] = {
    "analyze": _analyze, "status": _status, "stage": _stage, "formats": _formats, "new": _new, "check": _check, "explore": _explore,
    **{verb: partial(_long, verb) for verb in ("learn", "evaluate")}, "forget": _forget, "fresh": _fresh, "help": _help,
    "watch": _watch, "review": _review, **{verb: partial(_plain, verb) for verb in PLAIN},
}  # fmt: skip
FOR_DEVELOPERS: Mapping[str, Callable[[Places, list[str]], int]] = {"schema": _schema, "catalogue": _catalogue}  # not in the overview

if __name__ == "__main__":
    sys.exit(main())
