"""The data contract: every table with its columns, types, key, the one stage that writes it and where it may lie."""

from __future__ import annotations

from pipeline.contract.answers import ANSWERS
from pipeline.contract.material import MATERIAL
from pipeline.contract.review import REVIEW
from pipeline.contract.table import PRIVATE, PUBLIC, WORK, Table

ROLES = ("interviewer", "respondent", "third", "unknown", "none")
CODED_ROLES = ("respondent", "unknown")  # whose words may be coded; the interviewer's never are
STATUSES = ("proposed", "accepted", "rejected")
PROMPTS = ("spontaneous", "asked", "leading", "assent")
ABOUT = ("self", "own group", "other group", "institution", "all")
STANCES = ("affirmed", "negated", "hypothetical", "reported", "past")
KINDS = ("asked", "probe", "none")
QUEUE = "queue"  # mode of a review that looked at the machine's suggestions alone: not read for all codes
BLIND = ("random", "double")  # modes in which people read without proposals: drawn at random to estimate, and by two independently
CONSENSUS, CONSENSUS_CODER = "consensus", "konsens"  # mode and coder of what a meeting settled: it counts before what single coders said
READING_MODES = ("interview", "queue", "learning", "control", "random", "double", CONSENSUS)
EVERYBODY, PEOPLE, MACHINE = "alle", "menschen", "maschine"  # in the columns `a` and `b` of the table agreement, beside single coders
WITHDRAW = "withdraw"  # the action that takes back what its coder said
MACHINES = ("rule", "model", "llm")  # coders that are no people

TABLES: dict[str, Table] = {**MATERIAL, **ANSWERS, **REVIEW}

__all__ = [
    "ABOUT", "BLIND", "CODED_ROLES", "CONSENSUS", "CONSENSUS_CODER", "EVERYBODY", "KINDS", "MACHINE", "MACHINES", "PEOPLE", "PRIVATE", "PROMPTS", "PUBLIC", "QUEUE", "READING_MODES", "ROLES",
    "STANCES", "STATUSES", "TABLES", "WITHDRAW", "WORK", "Table",
]  # fmt: skip
