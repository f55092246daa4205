"""What study.yaml names for the council's questions (answers) and this study does not have: categories, variables. A hint, never an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.problems import did_you_mean, read_yaml
from pipeline.study import Answers, Study

Named = tuple[tuple[str | int, ...], str]  # path below answers, what stands there
VARIABLES = ("group", "district")


def advice(file: Path, study: Study, codes: Iterable[str]) -> list[str]:
    """One line for each category and variable that is named and not there, with its line in the file.

    What every study begins with is told only where most of it is there: a codebook that lacks more is another one, and the report says so.
    """
    here = set(codes)
    begins, begins_variables = {code for _, code in _codes(Answers())}, {getattr(Answers(), name) for name in VARIABLES}
    other = 2 * len(begins & here) <= len(begins)
    lined = read_yaml(file) if file.is_file() else None
    told = []
    for path, code in _codes(study.answers):
        if code not in here and not (other and code in begins):
            told.append((path, f"Die Kategorie »{code}« steht nicht im Codebuch. {_hint(code, here)}"))
    for name in VARIABLES:
        variable = getattr(study.answers, name)
        if variable and variable not in study.variables and not (other and variable in begins_variables):
            told.append(((name,), f"Das Merkmal »{variable}« steht nicht unter »variables«. {did_you_mean(variable, study.variables)}"))
    return [f"study.yaml{_line(lined.line(('answers', *path)) if lined and ('answers', path[0]) in lined.lines else 0)}, answers: {path[0]}: {what}".strip() for path, what in told]


def _codes(answers: Answers) -> Iterator[Named]:
    """Every category that is named, with where."""
    for name in type(answers).model_fields:
        given = getattr(answers, name)
        if name == "opposites":
            for code, others in given.items():
                yield (name, code), code
                yield from (((name, code, n), other) for n, other in enumerate(others))
        elif name not in VARIABLES:
            yield from (((name, n), code) for n, code in enumerate(given))


def _hint(code: str, here: set[str]) -> str:
    return did_you_mean(code, sorted(here)) or "Bitte berichtigen oder streichen; sonst fehlt dieser Teil der Antwort."


def _line(line: int) -> str:
    return f", Zeile {line}" if line else " (Vorgabe)"
