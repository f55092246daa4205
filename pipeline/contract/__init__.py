"""The data contract: every table with its columns, types, key, the one stage that writes it and where it may lie."""

from __future__ import annotations

from pipeline.contract.answers import ANSWERS
from pipeline.contract.material import MATERIAL
from pipeline.contract.table import PRIVATE, PUBLIC, WORK, Table

ROLES = ("interviewer", "respondent", "third", "unknown", "none")
CODED_ROLES = ("respondent", "unknown")  # whose words may be coded; the interviewer's never are
STATUSES = ("proposed", "accepted", "rejected")
PROMPTS = ("spontaneous", "asked", "leading", "assent")
ABOUT = ("self", "own group", "other group", "institution", "all")
STANCES = ("affirmed", "negated", "hypothetical", "reported", "past")
KINDS = ("asked", "probe", "none")
QUEUE = "queue"  # mode of a review that looked at the machine's suggestions alone: not read for all codes
MACHINES = ("rule", "model", "llm")  # coders that are no people

TABLES: dict[str, Table] = {**MATERIAL, **ANSWERS}

__all__ = [
    "ABOUT", "CODED_ROLES", "KINDS", "MACHINES", "PRIVATE", "PROMPTS", "PUBLIC", "QUEUE", "ROLES", "STANCES", "STATUSES", "TABLES", "WORK", "Table",
]  # fmt: skip
