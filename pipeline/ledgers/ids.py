"""Ids and times of what is written: unique over copies of a project, so that they can be united."""

from __future__ import annotations

import secrets
from datetime import datetime


def new_id(who: str, now: datetime) -> str:
    """`<coder>-<YYYYMMDDTHHMMSS>-<6 hex>`."""
    return f"{who}-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def moment(now: datetime) -> str:
    """The column `time`: ISO with milliseconds and, where `now` has one, zone."""
    return now.isoformat(timespec="milliseconds")
