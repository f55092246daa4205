"""Filled below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ROUTES: Mapping[str, Any] = {}
WRITES: Mapping[str, Any] = {}
