"""Names of the workbooks that are written here, and which files are ours."""

from __future__ import annotations

import re
from hashlib import blake2b

from pipeline.matchers.vocabulary import fold

NONE = "ohne_kategorie"
# No others: people may keep their own beside them.
OURS = re.compile(rf"(?:(?:wort|kategorie|gruppe|aehnlich)_[a-z0-9._-]+_[0-9a-f]{{6}}|{NONE})\.xlsx|\.[a-z0-9._-]+\.xlsx\.\d+\.tmp")


def file_name(kind: str, name: str, whole: str) -> str:
    """A name (without ending) that says what is in the file; the letters at the end tell apart what reads the same.

    >>> file_name("wort", "Straße", "Straße|False")[:13], bool(OURS.fullmatch(file_name("wort", "../x", "y") + ".xlsx"))
    ('wort_strasse_', True)
    """
    plain = re.sub(r"[^a-z0-9.-]+", "_", fold(name)).strip("_.-")[:50] or "x"
    return f"{kind}_{plain}_{blake2b(whole.encode(), digest_size=3).hexdigest()}"
