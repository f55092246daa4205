"""Numbers that mean one person or file: accounts, tax, insurance, identity cards, number plates, file references."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.naming import checksums
from pipeline.naming.base import Found
from pipeline.naming.cues import UNIT_BEHIND, before, behind, found, last, question
from pipeline.naming.plates import CODES
from pipeline.naming.spoken import Run, runs

_IBAN = re.compile(r"(?<![\w])[A-Z]{2} ?\d{2}(?:[ -]?[A-Z0-9]){11,30}(?!\w)", re.I)
_NUMBER = re.compile(r"(?<![\w.,:/-])\d(?:[ /-]?\d){8,15}(?![\w]|[.,:]\d)")
_PENSION = re.compile(r"(?<!\w)\d{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Z] ?\d{2} ?\d(?!\w)", re.I)
_SIGNS = re.compile(r"(?<!\w)(?:[A-Z][A-Z0-9]{8}\d|DE ?\d{9})(?!\w)")
_COURT = re.compile(r"(?<![\w/.-])\d{1,4} (?:[A-Z][A-Za-z]{0,3}|[A-Z]{1,3}) \d{1,6}/\d{2}(?: [A-Z])?(?!\w|[/.]\d)")
_PLATE = re.compile(r"(?<![\w-])(?P<district>[A-ZÄÖÜ]{1,3})(?P<sign>[- ]| - |: ?)(?P<letters>[A-Z]{1,2})[ -]?(?P<figures>[1-9]\d{0,3})(?:[EH])?(?![\w-])", re.I)  # fmt: skip
# Letters and figures in three groups or more: 33-1-AFG-20457; or spelled one by one: H K B P G 1.
_GROUPED = re.compile(r"(?<![\w/.-])(?=[\w/.-]{0,40}[A-Z])[A-Z0-9]{1,10}(?:[-/.][A-Z0-9]{1,12}){2,6}(?![\w/-])")
_SPELLED = re.compile(r"(?<!\w)[A-ZÄÖÜ](?: [A-ZÄÖÜ]){2,5}(?: \d{1,4}){1,4}(?!\w)")
_CAR = re.compile(r"\b(?:kennzeichen|nummernschild\w{0,2}|autonummer|auto\w{0,2}|wagen\w{0,1}|nummernschilder\w?|"
                  r"fahrzeug\w{0,2}|golf|polo|passat|bmw|mercedes|benz|daimler|audi|opel|corsa|astra|vw|ford|fiesta|focus|fiat|toyota|skoda|octavia|seat|renault|"
                  r"peugeot|dacia|touran|caddy|sprinter|porsche|volvo|pkw|suv|cabrio|anhänger|transporter|mofa|moped|transit|bulli|taxi|lkw|kombi|motorrad|roller)\b", re.I)  # fmt: skip
_PAPER_SIZES = frozenset({"DIN"})

CUE = re.compile(
    r"\b(?:(?:kunden|mitglieds?|versicherten|versicherungs|versichertenausweis|sozialversicherungs|rentenversicherungs|renten|kranken\w{0,12}|"
    r"personal|matrikel|ausweis|personalausweis|pass|reisepass|konto|vorgangs|vertrags|steuer|steueridentifikations|identifikations|bg|"
    r"bedarfsgemeinschafts?|fall|patienten|akten|rechnungs|auftrags|antrags|stamm|dienst|kassen|führerschein|registrier\w{0,5}|"
    r"schüler|buchungs|sendungs|azr|ausländer|zähler|kreditkarten|karten|betriebs)-?\s?(?:num+ern?|nr\b\.?)"
    r"|(?:geschäfts|akten|kassen|diktat|unser)\s?-?zeichen|az\b\.?|steuer-?\s?id|tax-?id|idnr\.?|iban|bic|sv-?(?:num+er|nr\.?)|"
    r"(?:personal)?ausweis mit der num+er|\w{3,20}(?<!telefon)(?<!handy)(?<!haus)(?<!zimmer)(?<!mobil)(?<!durchwahl)(?<!rück)(?<!haus)(?<!tages)(?<!start)(?<!lotto)(?<!ruf)(?<!fax)num+er|kennung|kundenkonto|aktz\.?)",
    re.I,
)
# After a cue: a token with figures, perhaps in several groups, also with letters and strokes.
_VALUE = re.compile(r"(?<!\w)(?=[^\s]*\d|(?-i:[A-Z]{1,5})[ -]?\d)[A-Z0-9](?:[A-Z0-9./-]*[A-Z0-9])?(?: (?:[A-Za-z]{1,3} )?(?=[A-Z0-9./-]*\d)[A-Z0-9](?:[A-Z0-9./-]*[A-Z0-9])?){0,7}(?!\w)", re.I)  # fmt: skip
_GOES_ON = re.compile(r"(?: (?:strich|minus|bindestrich|schrägstrich|slash|punkt|von) [A-Z0-9]{1,10}){1,4}(?!\w)", re.I)
_GAP = 45
_FEWEST = 3


def find(text: str, turn_before: str = "") -> Iterator[Found]:
    """Mentions of identifying numbers; `turn_before` is what was said before, perhaps the question for one."""
    if any(sign.isdecimal() for sign in text):
        yield from _accounts(text)
        yield from _checked(text)
        yield from _plates(text)
        for match in _GROUPED.finditer(text):
            figures = sum(map(str.isdecimal, match.group()))
            if figures >= 4 and any(map(str.isalpha, match.group())):
                yield found(text, match.start(), match.end(), "id", "grouped")
        for match in _SPELLED.finditer(text):
            near = bool(_CAR.search(before(text, match.start()) + " " + behind(text, match.end())))
            yield found(text, match.start(), match.end(), "id", "spelled", near)
        for match in _COURT.finditer(text):
            yield found(text, match.start(), match.end(), "id", "court-file")
    yield from _after_cues(text, turn_before)


def _accounts(text: str) -> Iterator[Found]:
    for match in _IBAN.finditer(text):
        places = [i for i in range(match.start(), match.end()) if text[i].isalnum()]
        number = "".join(text[i] for i in places).upper()
        length = checksums.IBAN_LENGTHS.get(number[:2], 0)
        # A word may follow that looks like one more group: `… 3192 06 das`.
        if 0 < length <= len(number):
            good = checksums.iban(number[:length])
            if not good and (text[match.start()].islower() or sum(map(str.isdecimal, number[:length])) < length - 8):
                continue
            yield found(text, match.start(), places[length - 1] + 1, "id", "iban" if good else "iban-form", good)


def _checked(text: str) -> Iterator[Found]:
    for match in _PENSION.finditer(text):
        good = checksums.pension_number(match.group().replace(" ", "").upper())
        yield found(text, match.start(), match.end(), "id", "pension" if good else "pension-form", good)
    for match in _SIGNS.finditer(text):
        number = match.group().replace(" ", "")
        for rule, passes in (
            ("health-insurance", checksums.health_number),
            ("identity-card", checksums.identity_card),
            ("vat-id", checksums.vat_id),
        ):
            if passes(number):
                yield found(text, match.start(), match.end(), "id", rule)
                break
    for match in _NUMBER.finditer(text):
        number = "".join(filter(str.isdecimal, match.group()))
        if checksums.tax_id(number):
            yield found(text, match.start(), match.end(), "id", "tax-id")
        elif checksums.bank_card(number):
            yield found(text, match.start(), match.end(), "id", "bank-card")


def _plates(text: str) -> Iterator[Found]:
    for match in _PLATE.finditer(text):
        district = match["district"].upper()
        hyphenated = match["sign"] == "-" and match["district"].isupper() and match["letters"].isupper()
        if district in _PAPER_SIZES or (district not in CODES and not hyphenated):
            continue
        near = bool(_CAR.search(before(text, match.start()) + " " + behind(text, match.end())))
        if near or hyphenated:
            yield found(
                text,
                match.start(),
                match.end(),
                "id",
                "plate-cue" if near else "plate",
                near or len(match["figures"]) > 1,
            )


def _after_cues(text: str, turn_before: str) -> Iterator[Found]:
    spoken: list[Run] | None = None
    starts = [match.end() for match in CUE.finditer(text)]
    if last(CUE, question(turn_before)):
        starts.insert(0, 0)
    for start in starts:
        value = _VALUE.search(text, start, min(len(text), start + _GAP + 60))
        if value and value.start() - start <= _GAP and _is_value(text, start, value):
            more = _GOES_ON.match(text, value.end())
            yield found(text, value.start(), more.end() if more else value.end(), "id", "id-cue")
            continue
        spoken = list(runs(text)) if spoken is None else spoken
        at = bisect_left(spoken, start, key=lambda run: run.start)
        if at < len(spoken) and spoken[at].start - start <= _GAP and _said_number(spoken[at]):
            yield found(text, spoken[at].start, spoken[at].end, "id", "id-spoken")


def _said_number(run: Run) -> bool:
    return run.words and len(run.digits) >= 4 and len(run.groups) >= 3


def _is_value(text: str, cue_end: int, value: re.Match[str]) -> bool:
    figures = sum(sign.isdecimal() for sign in value.group())
    if figures < _FEWEST or UNIT_BEHIND.match(text, value.end()) or re.fullmatch(r"(?:19|20)\d\d", value.group()):
        return False
    # Another sentence begins in between: the number is none of the cue's.
    return value.start() - cue_end == len(before(text, value.start(), value.start() - cue_end))
