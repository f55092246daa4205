"""The leak check: no original form may stand in what is about to be written, nor in a path. And masking, for messages.

A leak or a clash stops the run; a warning is told. No finding holds a name: what was found is shown as `K…a`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from pipeline.leaking import visible
from pipeline.leaking.forms import Forms, Original, index
from pipeline.leaking.lookup import LEAK, WARN, Hit, hits
from pipeline.leaking.masking import context, mask, masked, shown
from pipeline.leaking.pieces import pieces
from pipeline.leaking.spelling import folded, inflected
from pipeline.leaking.telling import Finding, gathered, message, sourced

__all__ = ["CLASH", "LEAK", "WARN", "Finding", "Original", "Report", "check", "gathered", "mask", "message", "sourced"]

CLASH = "clash"
MOST_WORDS = 12  # of a replacement that are looked at
VERSION = 4  # counts up with every change of the rules, so that nothing is taken from an older cache
_SIGNS = re.compile("[ÃÅ]|Ä[±°Ÿž‡]")  # what umlauts and Turkish letters look like when misread
_RARE = ("Ã", "Å", "Ä±", "Ä°", "ÄŸ", "Äž", "Ä‡")
_HEAD, _TAIL = re.compile(r"[^\s<>\"]*$"), re.compile(r"[^\s<>\"]+")
MOST_LETTERS = 40


@dataclass(frozen=True)
class Report:
    """All findings in order of weight and path, the cache for next time, and the paths of which no text was read."""

    findings: tuple[Finding, ...]
    cache: dict[str, Any]
    unread: tuple[str, ...]

    @property
    def failed(self) -> bool:
        return any(finding.level in (LEAK, CLASH) for finding in self.findings)


def check(
    originals: Sequence[Original], outputs: Mapping[str, bytes], cache: Mapping[str, Any],
    replacements: Set[str] = frozenset(), bundled: Set[str] | None = None, own: Set[str] = frozenset(),
) -> Report:  # fmt: skip
    """Look for every original in every output.

    `outputs`: path below outputs/<study>/ -> bytes. `cache`: what an earlier report gave. `replacements`: all texts put
    in place of originals; one that equals an original is a clash, and its places are not told one by one. `bundled`:
    digests of scripts and styles that are the program's own (`visible.block_digest`); by default those beside it. `own`: paths that
    the program itself names and that can give nobody away, whatever letters they hold (`findings_summaries.csv` holds a Marie).
    """
    known = visible.bundled() if bundled is None else bundled
    ordered = sorted(set(originals), key=lambda o: (o.form, o.entity, o.kind, o.wordlike, o.titles))
    clashing = _clashing(ordered, replacements)
    quiet = frozenset(w for text in replacements for word in folded(text) for w in (word, *inflected(word)))
    forms = index([o for o in ordered if o not in clashing], quiet)
    mark = _digest(
        [
            VERSION,
            [[o.form, o.kind, o.wordlike, o.titles, o.entity] for o in forms.originals],
            sorted(replacements),
            sorted(known),
        ]
    )
    findings = [Finding(CLASH, "", "", shown(o.form), o.entity, "replacement", 1) for o in clashing]
    kept: dict[str, Any] = {}
    unread = []
    for path, data in sorted(outputs.items()):
        findings += [] if path in own else _in_path(forms, path)
        told_path = path if path in own else masked(forms, path)
        key = hashlib.sha256(f"{mark}{path.rpartition('.')[2].lower()}\n".encode() + data).hexdigest()
        if key not in kept:
            kept[key] = cache[key] if key in cache else _in_pieces(forms, path, data, known, mark, cache, kept)
        told = kept[key]
        if told is None:
            unread.append(told_path)
        findings += [Finding(path=told_path, **row) for row in told or ()]
    order = {LEAK: 0, CLASH: 1, WARN: 2}
    findings.sort(key=lambda f: (order[f.level], f.path, f.entity, f.rule, f.place, f.context))
    return Report(tuple(findings), kept, tuple(unread))


def _clashing(originals: Sequence[Original], replacements: Set[str]) -> list[Original]:
    """Originals that a replacement puts back into the text, whole or as a part; a common word inside a mark (`[…]`) is none."""
    whole = {folded(text) for text in replacements}
    names = _parts(text for text in replacements if not text.startswith("["))
    marks = _parts(text for text in replacements if text.startswith("["))
    found = []
    for original in originals:
        words = folded(original.form)
        if words and (words in whole or words in names or (words in marks and not original.wordlike)):
            found.append(original)
    return found


def _parts(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Every run of neighbouring words of some texts."""
    found = set()
    for text in texts:
        words = folded(text)[:MOST_WORDS]
        found |= {words[a:b] for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
    return found


def _in_path(forms: Forms, path: str) -> list[Finding]:
    """In a path every form is a leak, wordlike or not, and inside longer words too."""
    text = visible.of_path(path)
    seen = {hit.number: WARN if hit.rule == "one-letter" else LEAK for hit in hits(forms, text, anything=True)}
    run = text.replace(" ", "").casefold()
    for number, words in enumerate(forms.words):
        if len(words) == 1 and len(words[0]) >= 5 and words[0] in run and not forms.originals[number].wordlike:
            seen[number] = LEAK
    told = masked(forms, path) if seen else path
    return [
        Finding(level, told, "", shown(forms.originals[n].form), forms.originals[n].entity, "path", 1)
        for n, level in sorted(seen.items())
    ]


def _in_pieces(
    forms: Forms, path: str, data: bytes, known: Set[str], mark: str, cache: Mapping[str, Any], kept: dict[str, Any]
) -> list[dict[str, Any]] | None:
    """Findings in one file; a large page or table is looked at piece by piece, and pieces seen before are not looked at again."""
    ending = f".{path.rpartition('.')[2].lower()}"
    cut = pieces(ending, data)
    if len(cut) == 1:
        return _in_file(forms, path, data, known)
    rows: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for piece in cut:
        first = "first" if piece.before == 0 else "later"
        key = hashlib.sha256(f"{mark}{ending}{first}\n".encode() + piece.data).hexdigest()
        if key not in kept:
            kept[key] = cache[key] if key in cache else _in_file(forms, path, piece.data, known, skip=piece.before > 0)
        if kept[key] is None:
            return None
        for row in kept[key]:
            line = int(row["place"].split()[1]) + max(0, piece.before - 1)
            one = rows.setdefault(("", row["entity"], row["level"], row["rule"]), {**row, "place": f"Zeile {line}", "count": 0})
            one["count"] += row["count"]
    return [rows[key] for key in sorted(rows)]


def _in_file(forms: Forms, path: str, data: bytes, known: Set[str], skip: bool = False) -> list[dict[str, Any]] | None:
    """Findings in one file as plain rows without its path; one row an entity, level and rule, with the first place.

    `skip`: what lies wholly in the first line was told with the piece before.
    """
    texts = visible.readings(path, data, known)
    if texts is None:
        return None
    rows: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for part, text in texts:
        counted: dict[tuple[str, str, str, str], int] = {}
        where: Callable[[int], str] | None = None
        told = text.find("\n") if skip else -1
        for hit in [*hits(forms, text), *_mojibake(forms, text)]:
            if hit.end <= told:
                continue
            entity = forms.originals[hit.number].entity
            key = (part, entity, hit.level, hit.rule)
            counted[key] = counted.get(key, 0) + 1
            if key not in rows:
                where = where or visible.places(data, part, text)
                rows[key] = {
                    "level": hit.level, "place": where(hit.start), "context": context(forms, text, hit.start, hit.end),
                    "entity": entity, "rule": hit.rule, "count": 0,
                }  # fmt: skip
        for key, count in counted.items():
            # Two readings of one part see the same words: the larger count is the true one.
            rows[key]["count"] = max(rows[key]["count"], count)
    return [rows[key] for key in sorted(rows)]


def _mojibake(forms: Forms, text: str) -> list[Hit]:
    """Names whose letters were read in a wrong code page: words with the signs of it are mended and looked at."""
    found = []
    known: dict[str, Hit | None] = {}
    for match in _SIGNS.finditer(text) if any(sign in text for sign in _RARE) else ():
        head = _HEAD.search(text[max(0, match.start() - MOST_LETTERS) : match.start()])
        tail = _TAIL.match(text, match.start(), match.start() + MOST_LETTERS)
        word = (head.group() if head else "") + (tail.group() if tail else "")
        if word not in known:
            known[word] = next(hits(forms, _mended(word)), None)
        hit = known[word]
        if hit and hit.level == LEAK:
            found.append(Hit(match.start(), match.start() + 1, hit.number, LEAK, "mojibake"))
    return found


def _mended(word: str) -> str:
    try:
        return word.encode("cp1252").decode()
    except UnicodeError:
        return ""


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
