"""All knobs of a study: `codebooks/<study>/study.yaml` as one frozen, typed object. Every knob has a default."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from pipeline.problems import Lined, Problem, Stop, read_yaml
from pipeline.schema import Strict, Words, YesNo, build
from pipeline.tables import TABLES

RESERVED = frozenset(column for table in TABLES.values() for column in table.columns) | {"n", "line", "q", "side"}
SEED = 20260401  # fixed: results must be the same tomorrow

RoleName = Literal["interviewer", "respondent", "third", "unknown", "none"]


class Variable(Strict):
    """A case variable: what is known of a respondent beside the words."""

    label: str = ""
    values: dict[str, str] = Field(default_factory=dict)  # value in the files -> words in the report
    aliases: Words = ()  # other names of this variable in headers and tables


NotationName = Literal["auto", "dresing-pehl", "kuckartz", "gat2", "tiq", "hiat", "jefferson", "unknown"]


class OneFile(Strict):
    """What holds for a single file, above all that is recognised or set for all."""

    roles: dict[str, RoleName] = Field(default_factory=dict)
    notation: NotationName = "auto"
    read: Literal["auto", "ja", "nein"] = "auto"  # ja: a transcript, whatever it looks like; nein: leave it out


class Ingest(Strict):
    roles: dict[str, RoleName] = Field(default_factory=dict)
    notation: NotationName = "auto"
    files: dict[str, OneFile] = Field(default_factory=dict)
    max_mb: float = Field(default=20, gt=0, le=500)
    max_seconds: float = Field(default=30, ge=1, le=3600)
    max_memory_mb: int = Field(default=1000, ge=300, le=32_000)


class Clean(Strict):
    machine_text: Literal["drop", "flag", "keep"] = "drop"
    fillers: Literal["drop", "keep"] = "drop"
    repetitions: Literal["drop", "keep"] = "drop"


class Pseudonymise(Strict):
    phones: YesNo = True
    emails: YesNo = True
    region: str = Field(default="DE", min_length=2, max_length=2)
    keep: Words = ()  # names that may stand in the results: the town, its districts, public bodies


class Annotate(Strict):
    model: str = ""
    region: Literal["", "ruhr", "rhein", "berlin", "nord", "bairisch", "alemannisch"] = ""


class Questions(Strict):
    embeddings: YesNo = True
    threshold: float = Field(default=0.3, ge=0, le=1)


class Coding(Strict):
    overlap: float = Field(default=0.6, gt=0, le=1)  # two codes that share more of their sentences are named by the check


class Model(Strict):
    use: YesNo = True
    encoder: str = ""  # empty: the bundled one; else a name, `spacy:MODEL` or a folder
    suggestions: int = Field(default=5, ge=0, le=10)  # best codes shown beside every sentence
    threshold: float = Field(default=0, ge=0, lt=1)  # how sure a proposal must be; 0: as learnt


class Llm(Strict):
    use: YesNo = False
    url: str = "http://127.0.0.1:11434/v1"
    model: str = ""
    host: str = ""  # another host than this machine, named a second time on purpose; the report says so
    timeout: float = Field(default=120, ge=1, le=3600)
    retries: int = Field(default=2, ge=0, le=10)


class Topics(Strict):
    model: Literal["joint", "embedding", "lsa", "nmf", "lda"] = "joint"
    number: int = Field(default=0, ge=0, le=60)  # 0: as many as the material carries, else from 2 on
    min_segments: int = Field(default=300, ge=20)
    min_interviews: int = Field(default=8, ge=3, le=100)
    neighbours: float = Field(default=0.8, ge=0, le=1)
    terms: int = Field(default=10, ge=3, le=40)


class Findings(Strict):
    groups: Words = ()
    small: int = Field(default=3, ge=0, le=20)
    identifying: Words = ()  # variables by which somebody may be recognised; empty: all
    tests: YesNo = False  # exact tests over respondents, only on request


class Answers(Strict):
    """Which variables and categories the council's questions are answered from; a category stands for all below it."""

    group: str = "gruppe"  # the variable whose values are the groups that are compared
    district: str = "sozialraum"  # the variable whose values are districts
    potentials: Words = ("POT",)
    bridges: Words = ("POT.bruecke",)
    engagement: Words = ("ENG",)
    limits: Words = ("ENG.huerde", "BED.engagement")
    reasons: Words = ("SEG",)
    withdrawal: Words = ("SEG.rueckzug",)
    rejection: Words = ("SEG.diskriminierung", "SEG.vorurteil", "SEG.schliessung", "SEG.meiden", "WIL.verwehrt")
    restriction: Words = (
        "SEG.wohnen", "SEG.arbeit", "SEG.bildung", "SEG.sprache.zugang", "SEG.information", "SEG.politik.recht", "SEG.begegnung",
    )  # fmt: skip
    no_separation: Words = ("ZUS.keine_trennung", "ZUS.nebeneinander")
    needs: Words = ("BED",)
    offers: Words = ("POT.orga", "ENG.projekt", "ENG.verein", "ENG.gemeinde", "ENG.ehrenamt")
    cooperation: Words = ("AKT.koop",)
    missing: Words = ("AKT.luecke",)
    wishes: Words = ("WUN",)
    goals: Words = ("INT", "WIL", "ZUS", "WUN.anerkennung", "WUN.teilhabe")
    costs: Words = ("ENG.huerde", "BED.engagement")
    welcome: Words = ("WIL.erfahren",)
    unwelcome: Words = ("WIL.verwehrt",)
    together: Words = ("ZUS.gut",)
    conflict: Words = ("ZUS.konflikt",)
    affected: Words = ("SEG.diskriminierung", "SEG.sprache.umgang", "SEG.schliessung", "SEG.politik.recht", "WIL.verwehrt")
    frames: Words = ("DEU",)  # shown as words that were used, never counted as a reason or in common
    opposites: dict[str, Words] = Field(
        default_factory=lambda: {
            "ZUS.gut": ("ZUS.konflikt",), "ZUS.konflikt": ("ZUS.gut",), "ZUS.keine_trennung": ("SEG",), "WIL.erfahren": ("WIL.verwehrt",),
            "WIL.verwehrt": ("WIL.erfahren",), "INT.anpassung": ("INT.gegenseitig", "INT.ablehnung"), "INT.gegenseitig": ("INT.anpassung",),
            "INT.ablehnung": ("INT.anpassung",),
        }
    )  # fmt: skip


class Review(Strict):
    """How people read: whether an interview is first read without proposals, and how agreement is measured."""

    first_reading: YesNo = True
    tolerance: float = Field(default=0.9, gt=0, le=1)  # share of two segments that must be shared for them to be the same
    replicates: int = Field(default=1000, ge=0, le=20_000)  # of the bootstrap over cases; 0: no intervals


class Report(Strict):
    subtitle: str = ""
    client: str = ""
    institute: str = ""
    counts: Literal["reviewed", "proposals"] = "proposals"  # what counts as a result: people's codings, or proposals beside them


class Study(Strict):
    """Everything that a study sets; sections are named like the stages that read them."""

    title: str = "Auswertung der Interviews"
    language: Literal["de", "en"] = "de"
    fictional: YesNo = False
    variables: dict[str, Variable] = Field(default_factory=dict)
    ingest: Ingest = Ingest()
    clean: Clean = Clean()
    pseudonymise: Pseudonymise = Pseudonymise()
    annotate: Annotate = Annotate()
    questions: Questions = Questions()
    coding: Coding = Coding()
    model: Model = Model()
    llm: Llm = Llm()
    topics: Topics = Topics()
    findings: Findings = Findings()
    answers: Answers = Answers()
    review: Review = Review()
    report: Report = Report()

    @field_validator("variables", mode="before")
    @classmethod
    def _bare_variables(cls, value: Any) -> Any:
        # `alter:` with nothing behind it is a declared variable without further words.
        return {k: ({} if v == "" else v) for k, v in value.items()} if isinstance(value, dict) else value


def load(path: Path) -> Study:
    """The study's settings; a missing file means all defaults. Raises `Stop` with all problems and their lines."""
    if not path.is_file():
        return Study()
    lined = read_yaml(path)
    if not lined.data:
        return Study()
    study = build(Study, lined)
    problems = list(_meaning(study, lined))
    if problems:
        raise Stop(problems)
    return study


def _meaning(study: Study, lined: Lined) -> list[Problem]:
    problems = []
    named = [("groups", study.findings.groups), ("identifying", study.findings.identifying)]
    for key, position, name in ((k, n, v) for k, names in named for n, v in enumerate(names)):
        if name not in study.variables:
            problems.append(
                lined.problem(
                    ("findings", key, position),
                    f"Das Merkmal »{name}« ist nicht unter »variables« genannt.",
                    "Bitte dort eintragen oder hier streichen.",
                )
            )
    for name in study.variables:
        if name in RESERVED:
            what = f"»{name}« heißt schon eine Spalte der Tabellen."
            problems.append(lined.problem(("variables", name), what, f"Bitte anders nennen, etwa »{name}_angabe«."))
        if not name.isidentifier() or name.lower() != name:
            problems.append(
                lined.problem(
                    ("variables", name), f"»{name}« taugt nicht als Name eines Merkmals.",
                    "Bitte klein und ohne Leerzeichen schreiben, etwa »sozialraum«.",
                )
            )  # fmt: skip
    return problems
