"""How pages are made: the templates' folder, Jinja's settings, the pages' style and script, and the names by which a page allows them."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Everything that is put into a page is escaped; a name that is not there is a mistake in the template. Made once: it keeps what it compiled."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from pipeline import language
    from pipeline.addresses import to_quotes

    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"]
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(language._, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals["address"] = to_quotes
    return made


@cache
def style() -> str:
    """The style of all pages: the files of `templates/css/` in the order of their names."""
    return "\n".join(path.read_text("utf-8") for path in sorted((TEMPLATES / "css").glob("*.css")))


@cache
def script() -> str:
    """The report's script: the files of `templates/js/` in the order of their names, each a function of its own."""
    return "\n".join(path.read_text("utf-8") for path in sorted((TEMPLATES / "js").glob("*.js")))


@cache
def early() -> str:
    """The script that runs before anything is drawn: it sets the theme."""
    return (TEMPLATES / "early.js").read_text("utf-8")


def print_frame(title: str, note: str, pages: str) -> str:
    """The style of printed pages' margins: `title` runs above all but the first, `note` and the number (`{page}`, `{pages}`) stand below."""
    numbered = re.sub(r"\{(page|pages)\}", r'" counter(\1) "', '"' + pages.replace('"', "") + '"')
    return (
        f"@page {{ @top-left {{ content: {_quoted(title)}; }} @bottom-left {{ content: {_quoted(note)}; }} @bottom-right {{ content: {numbered}; }} }} "
        '@page :first { @top-left { content: ""; } }'
    )


def _quoted(text: str) -> str:
    """Text as a string of CSS: every sign but letters and digits is told by its number, so that none can end string or style.

    >>> _quoted('a"b')
    '"a\\\\22 b"'
    """
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"'


def policy_hash(text: str) -> str:
    """The content security policy's name for an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
