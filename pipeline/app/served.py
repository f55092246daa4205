"""What the server gives out: four files of outputs/<study>/ by name, the report with a script that keeps it alive. Nothing else, ever."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from pipeline.pages import TEMPLATES, policy_hash

REPORT = "report.html"
FILES: Mapping[str, str] = {
    REPORT: "text/html; charset=utf-8",
    "codebook_diff.html": "text/html; charset=utf-8",
    "tables.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_OPEN = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")  # a link might lead anywhere, and a pipe would never be read to its end
_META = re.compile(rb"""<meta\b(?=[^>]*\bhttp-equiv=["']?content-security-policy["'\s])[^>]*\bcontent="([^"]*)"[^>]*>\s*""", re.IGNORECASE)
_END = re.compile(rb"</head\b", re.IGNORECASE)


def read(folder: Path, name: str) -> bytes | None:
    """A file's content; None where it is none of ours, not there, or no plain file (a link might lead anywhere)."""
    if name not in FILES:
        return None
    try:
        handle = os.open(folder / name, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _OPEN))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        plain = stat.S_ISREG(os.fstat(handle).st_mode) and not (folder / name).is_symlink()
        return file.read() if plain else None


def mark(data: bytes | None) -> str:
    """A name for the report's content; empty where there is none."""
    return hashlib.sha256(data).hexdigest()[:16] if data is not None else ""


def live(kind: str) -> str:
    """Script (`js`) or style (`css`) that only this server adds."""
    return (TEMPLATES / "app" / f"live.{kind}").read_text("utf-8")


def policy(allowed: str, script: str = "", style: str = "") -> str:
    """A page's policy as a header: with `script` and `style`, these may be used as well, and the page may ask this server.

    >>> policy("default-src 'none'; script-src 'sha256-a'", "'sha256-b'", "'sha256-c'")
    "default-src 'none'; script-src 'sha256-a' 'sha256-b'; style-src 'sha256-c'; connect-src 'self'; frame-ancestors 'none'"
    """
    parts = {part.split()[0]: part.split()[1:] for part in allowed.split(";") if part.strip()}
    for name, more in (("script-src", script), ("style-src", style)):
        if more:
            parts[name] = [*(source for source in parts.get(name, []) if source != "'none'"), more]
    if script:
        parts["connect-src"] = ["'self'"]
    parts["frame-ancestors"] = ["'none'"]
    return "; ".join(" ".join([name, *sources]) for name, sources in parts.items())


def page(data: bytes, words: Mapping[str, object], alive: bool) -> tuple[bytes, str]:
    """A page and its policy as a header, out of the page's own; `alive` adds the script, with `words` to say."""
    end = _END.search(data)
    found = _META.search(data, 0, end.start() if end else len(data))
    allowed = html.unescape(found[1].decode()) if found else "default-src 'none'"
    if not alive:
        return data, policy(allowed)
    # The page's own policy forbids every connection; left in it, it would hold beside the header's.
    body = data[: found.start()] + data[found.end() :] if found else data
    script, style = live("js"), live("css")
    island = json.dumps(words, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    added = f'<style>{style}</style>\n<script type="application/json" id="live-worte">{island}</script>\n<script>{script}</script>\n'.encode()
    at = body.rfind(b"</body>")
    body = body[:at] + added + body[at:] if at >= 0 else body + added
    return body, policy(allowed, f"'{policy_hash(script)}'", f"'{policy_hash(style)}'")
