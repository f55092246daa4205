"""The interview guide: `guide.yaml` -> questions, their wordings, which lead, and which codes each expects."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import model_validator

from pipeline.problems import Problem, Stop, did_you_mean, read_yaml
from pipeline.schema import Strict, Words, YesNo, build

MANY = 5  # unknown codes from which on they are told in one message, where none is known


class Question(Strict):
    """One question of the guide. `leading` says that its wording presupposes an answer."""

    id: str
    text: str
    wordings: Words = ()
    leading: YesNo = False
    leading_words: Words = ()  # a wording that holds one of these is leading, others of this question are not
    expects: Words = ()
    label: str = ""


class Guide(Strict):
    questions: tuple[Question, ...] = ()

    def expected(self) -> dict[str, set[str]]:
        """Question -> codes that an answer to it is expected to hold."""
        return {question.id: set(question.expects) for question in self.questions}

    @model_validator(mode="before")
    @classmethod
    def _nothing(cls, value: Any) -> Any:
        return {"questions": []} if value == {"questions": ""} else value


def load(path: Path) -> Guide:
    """The guide; a missing file is a guide without questions (an open interview). Raises `Stop`."""
    if not path.is_file():
        return Guide()
    lined = read_yaml(path)
    if not lined.data:
        return Guide()
    guide = build(Guide, lined)
    seen: dict[str, int] = {}
    problems = []
    for position, question in enumerate(guide.questions):
        line = lined.line(("questions", position))
        if question.id in seen:
            problems.append(
                lined.problem(
                    ("questions", position), f"Die Frage »{question.id}« steht schon in Zeile {seen[question.id]}."
                )
            )
        seen.setdefault(question.id, line)
    if problems:
        raise Stop(problems)
    return guide


def check_codes(guide: Guide, codes: set[str], file: str, renamed: Mapping[str, str]) -> list[Problem]:
    """Questions that expect codes which the codebook does not have (`renamed`: former id -> that of today); one problem where it is the guide of
    another codebook."""
    wanted = [code for question in guide.questions for code in question.expects]
    if len(wanted) > MANY and not set(wanted) & codes:
        what = "Dieser Leitfaden gehört zu einem anderen Codebuch: Keine der Kategorien unter »expects« steht in Ihrem."
        return [Problem(file, 0, what, "Bitte die Fragen durch Ihre ersetzen, »expects« streichen, oder die Datei weglegen: Sie darf fehlen.")]
    return [
        Problem(
            file,
            0,
            f"Die Frage {question.id} erwartet »{code}«, das im Codebuch nicht steht.",
            f"Sie heißt jetzt »{renamed[code]}«; bitte hier ersetzen." if code in renamed else did_you_mean(code, sorted(codes)),
        )
        for question in guide.questions
        for code in question.expects
        if code not in codes
    ]
