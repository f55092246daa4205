"""Columns of the lists' canonical forms, as the program writes them."""

from __future__ import annotations

from pipeline.lists import (
    ANCHOR,
    DECISIONS,
    INDUCTIVE,
    LOG,
    MEMOS,
    MINUTES,
    MORE_DECISIONS,
    MORE_REVIEWED,
    NEGATIVE,
    REVIEWED,
    SAMPLING,
    VERSIONS,
)

ACTS = (*DECISIONS, *MORE_DECISIONS)  # also of hand codings
COLUMNS = {
    "decisions.csv": ACTS, "reviewed.csv": (*REVIEWED, *MORE_REVIEWED), "memos.csv": (*MEMOS, *ANCHOR),
    "quotes.csv": ("doc", "raw_sha256", "raw_start", "raw_end", "release", "unique_ok", "pin", "quote", "coder", "date", "note", "before", "after"),
    "codebook_versions.csv": VERSIONS, "codebook_log.csv": LOG, "negative_cases.csv": NEGATIVE, "inductive.csv": INDUCTIVE, "minutes.csv": MINUTES, "sampling.csv": SAMPLING,
}  # fmt: skip
