"""From mentions in all interviews to entities: one row a person, place or thing, with all its spellings and one replacement.

A person's given name and surname are called the same wherever they stand: whoever shares a name in the interviews shares
one in the results, so that families stay families. Whether two bearers of one first name are one person only people
know; they split and merge rows in the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.naming.base import SURE
from pipeline.naming.bodies import bare_name
from pipeline.naming.choose import Chooser
from pipeline.naming.key import DECLARED, Row

BARE = "bare"  # rule of a mention that says a body's bare name; its core is the full one
PREFIX = {"person": "P", "place": "O", "street": "S", "org": "E", "office": "F"}
FEMALE = frozenset(
    {"frau", "fr.", "abla", "tante", "oma", "schwester", "pastorin", "pfarrerin", "nachbarin", "kollegin", "mutter"}
)
MALE = frozenset({"herr", "herrn", "hr.", "abi", "onkel", "opa", "bruder", "imam", "hodscha", "pastor", "pfarrer", "nachbar", "vater"})


_BEFORE_SURNAME = frozenset({"frau", "herr", "herrn", "hr.", "fr.", "familie", "dr.", "prof.", "eheleute", "frau dr.", "herr dr."})


@dataclass(frozen=True)
class Mention:
    """One row of `found`, with its interview."""

    doc: str
    turn: int
    start: int
    end: int
    kind: str
    surface: str
    core: str
    certainty: str
    rule: str = ""
    sex: str = ""
    culture: str = ""
    title: str = ""


@dataclass
class _Draft:
    row: Row
    forms: dict[str, None] = field(default_factory=dict)  # in order of appearance
    docs: set[str] = field(default_factory=set)
    count: int = 0
    sure: bool = False
    titled: bool = False  # somebody said `Frau …`: a person, whatever else the word names
    sex: str = ""
    culture: str = ""
    surname: str = ""
    given: str = ""


def build(
    mentions: Iterable[Mention], key: Iterable[Row], chooser: Chooser, here: frozenset[str], keep: frozenset[str],
    is_given: Callable[[str], bool], unread: frozenset[str] = frozenset(), declared: frozenset[str] = frozenset(),
) -> list[Row]:  # fmt: skip
    """All entities with their replacements, in order of first appearance behind those of the key.

    `here` are the ids of all interviews: rows of the key whose interviews are all gone are gone with them. `keep` are
    forms (small) that stay as they are, such as districts that the study reports by; of `declared` ones the study's settings
    say so, which holds against the key as well.
    """
    drafts = _of_key(key, here)
    for row in (draft.row for draft in drafts):
        if row.replacement:
            chooser.claim(row.replacement)
            _remember(row, chooser, is_given)
    by_form: dict[tuple[str, str], _Draft] = {}
    for draft in drafts:
        for form in draft.row.forms:
            for kind in {draft.row.kind, ""} if draft.row.kind else {""}:
                by_form.setdefault((kind, form.casefold()), draft)
    for mention in mentions:
        draft = _match(mention, by_form, drafts, is_given)
        _add(draft, mention, by_form)
    _number(drafts)
    drafts = [draft for draft in drafts if draft.count or not draft.row.docs or _kept(draft.row, unread)]
    # Before the first name is given: nobody may be called as somebody who comes later.
    chooser.avoid(form for draft in drafts for form in draft.forms)
    return [_finished(draft, chooser, keep | declared, declared, is_given) for draft in drafts]


def _kept(row: Row, unread: frozenset[str]) -> bool:
    """Whether a row stays that nothing was found for this time: people decided on it, or its interview was not readable."""
    return row.listed and (row.decided or bool(unread.intersection(row.docs)))


def _of_key(key: Iterable[Row], here: frozenset[str]) -> list[_Draft]:
    drafts = []
    for row in key:
        if row.docs and not here.intersection(row.docs):
            continue  # all its interviews were removed: nothing of it stays
        given, surname = _parts(row.name) if row.kind == "person" else ("", "")
        drafts.append(
            _Draft(row, dict.fromkeys(row.forms), sex=row.sex, culture=row.culture, surname=surname, given=given)
        )
    return drafts


def _parts(name: str) -> tuple[str, str]:
    """Given name(s) and surname of a full name; a single word is neither for sure."""
    words = name.split()
    particles = {"van", "von", "de", "der", "den", "el", "al", "bin", "abu", "zu", "da", "di"}
    cut = next((n for n, word in enumerate(words) if n and word.casefold() in particles), len(words) - 1)
    return (" ".join(words[:cut]), " ".join(words[cut:])) if len(words) > 1 else ("", "")


def _match(
    mention: Mention, by_form: Mapping[tuple[str, str], _Draft], drafts: list[_Draft], is_given: Callable[[str], bool]
) -> _Draft:
    sex = _sex_of(mention.title) or mention.sex
    exact = by_form.get((mention.kind, mention.core.casefold())) or by_form.get(("", mention.core.casefold()))
    if exact and (not sex or not exact.sex or exact.sex == sex or mention.kind != "person" or exact.row.decided):
        return exact
    given, surname = _parts(mention.core) if mention.kind == "person" else ("", "")
    if mention.kind == "person" and not surname:
        word = mention.core.casefold()
        fits = [
            d for d in drafts
            if d.row.kind == "person" and word in (d.surname.casefold(), d.given.casefold())
            and (not sex or not d.sex or d.sex == sex)
        ]  # fmt: skip
        mine = [d for d in fits if mention.doc in d.docs] or fits
        if mine:
            return mine[0]
        if not is_given(mention.core) or mention.title.casefold() in _BEFORE_SURNAME:
            surname = mention.core
        else:
            given = mention.core
    draft = _Draft(Row("", mention.kind, mention.core), sex=sex, culture=mention.culture, surname=surname, given=given)
    drafts.append(draft)
    return draft


def _sex_of(title: str) -> str:
    word = title.casefold()
    return "f" if word in FEMALE else "m" if word in MALE else ""


def _add(draft: _Draft, mention: Mention, by_form: dict[tuple[str, str], _Draft]) -> None:
    draft.forms.setdefault(mention.core, None)
    if mention.rule == BARE and mention.certainty == SURE:
        draft.forms.setdefault(bare_name(mention.core), None)
    by_form.setdefault((mention.kind, mention.core.casefold()), draft)
    draft.docs.add(mention.doc)
    draft.count += 1
    draft.sure |= mention.certainty == SURE
    draft.titled |= mention.certainty == SURE and bool(mention.title)
    draft.sex = draft.sex or _sex_of(mention.title) or mention.sex
    draft.culture = draft.culture or mention.culture


def _number(drafts: list[_Draft]) -> None:
    """Ids for new rows: the next free number of their kind. A number once given is never given again."""
    last: dict[str, int] = {}
    for draft in drafts:
        letter, digits = draft.row.entity[:1], draft.row.entity[1:]
        if digits.isdecimal():
            last[letter] = max(last.get(letter, 0), int(digits))
    for draft in drafts:
        if not draft.row.entity:
            letter = PREFIX.get(draft.row.kind, "N")
            last[letter] = last.get(letter, 0) + 1
            draft.row = replace(draft.row, entity=f"{letter}{last[letter]:03d}")


def _stays(draft: _Draft, keep: frozenset[str], declared: frozenset[str]) -> None:
    """Takes the forms that stay from a row that is replaced; where all do, the row stays, against an earlier key with a note.

    What people put into the key goes before the word in a header, and study.yaml before both. `Frau Lindenau` is
    replaced though a district has her name.
    """
    row = draft.row
    stay = {form for form in draft.forms if form.casefold() in (declared if row.listed else keep)}
    if not stay or row.level == "keep" or row.status == "rejected" or (row.kind == "person" and draft.titled):
        return
    if len(stay) < len(draft.forms):
        draft.forms = {form: None for form in draft.forms if form not in stay}
        return
    noted = row.listed and row.replacement and DECLARED not in row.note
    draft.row = replace(row, level="keep", note=" ".join(filter(None, (row.note, DECLARED if noted else ""))))


def _finished(
    draft: _Draft, chooser: Chooser, keep: frozenset[str], declared: frozenset[str], is_given: Callable[[str], bool]
) -> Row:
    _stays(draft, keep, declared)
    row = draft.row
    status = row.status
    if not row.listed:
        status = "proposed" if draft.sure else "suspected"
    elif status == "suspected" and draft.sure:
        status = "proposed"
    level = row.level if row.listed or row.level == "keep" else "pseudonym" if row.kind == "person" else "mask"
    row = replace(
        row, kind=row.kind or "person", forms=tuple(draft.forms), docs=tuple(sorted(draft.docs)), count=draft.count,
        status=status, level=level, sex=draft.sex, culture=draft.culture,
    )  # fmt: skip
    masked = row.replacement.startswith("[")
    if row.replacement and ((row.level == "mask" and not masked) or (row.level == "pseudonym" and masked and not row.everywhere and row.kind == "person")):
        row = replace(row, replacement="")  # the level was changed: the program's old word no longer fits
    if not row.replacement and row.replaced:
        row = replace(row, replacement=_replacement(row, draft, chooser, is_given))
    return row


def _replacement(row: Row, draft: _Draft, chooser: Chooser, is_given: Callable[[str], bool]) -> str:
    if row.kind != "person" or row.level in ("mask", "generalise"):
        return chooser.mask(row.kind, row.name)
    parts = []
    for words, kind in ((draft.given, "given"), (draft.surname, "surname")):
        # `Hans Peter` is one given name; a pseudonym needs no second.
        parts += [chooser.part(words, kind, row.sex, row.culture)] if words else []
    if not parts:
        parts = [chooser.part(row.name, "given" if is_given(row.name) else "surname", row.sex, row.culture)]
    return " ".join(parts)


def _remember(row: Row, chooser: Chooser, is_given: Callable[[str], bool]) -> None:
    """Names that the key gives hold for every bearer of the same part."""
    if row.kind not in ("person", "") or row.level != "pseudonym" or row.replacement.startswith("["):
        return
    given, surname = _parts(row.name)
    new_given, new_surname = _parts(row.replacement)
    if surname and new_surname:
        chooser.remember(given, "given", new_given)
        chooser.remember(surname, "surname", new_surname)
    elif not surname and not new_surname:
        chooser.remember(row.name, "given" if is_given(row.name) else "surname", row.replacement)
