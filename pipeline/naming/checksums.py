"""Check figures of German numbers: what passes is no chance (one in ten or one in a hundred numbers would).

Sources: ISO 13616 and ISO 7064 MOD 97-10 (IBAN); ISO 7064 MOD 11,10 as the Federal Central Tax Office uses it (tax id,
VAT id); VKVV, section 2 (pension insurance number); section 290 SGB V (health insurance number); ICAO Doc 9303
(identity card); ISO 7812 annex B, Luhn (bank cards).
"""

from __future__ import annotations

from itertools import cycle

# Lengths from the IBAN registry: Europe and countries that people in Germany come from.
IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BY": 28, "CH": 21, "CY": 28, "CZ": 28,
    "DE": 22, "DK": 18, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GE": 22, "GR": 27, "HR": 21, "HU": 28,
    "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20, "LV": 21,
    "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25,
    "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "TN": 24, "TR": 26, "UA": 29, "XK": 20,
}  # fmt: skip


def iban(number: str) -> bool:
    """Whether an IBAN without blanks, in capitals, has its country's length and check figures.

    >>> iban("DE89370400440532013000"), iban("DE88370400440532013000")
    (True, False)
    """
    if not (number.isascii() and number.isalnum() and IBAN_LENGTHS.get(number[:2]) == len(number)):
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def _mod_11_10(digits: str) -> bool:
    rest = 10
    for sign in digits[:-1]:
        total = (rest + int(sign)) % 10 or 10
        rest = total * 2 % 11
    return (11 - rest) % 10 == int(digits[-1])


def tax_id(number: str) -> bool:
    """Whether eleven figures are a German tax id: among the first ten one figure stands two or three times, no other twice.

    >>> tax_id("86095742719"), tax_id("86095742710"), tax_id("11111111111")
    (True, False, False)
    """
    if not (number.isascii() and number.isdecimal() and len(number) == 11 and number[0] != "0"):
        return False
    often = sorted(number[:10].count(sign) for sign in set(number[:10]))
    return often[-1] in (2, 3) and often[-2] == 1 and _mod_11_10(number)


def vat_id(number: str) -> bool:
    """Whether `DE` and nine figures are a German VAT id.

    >>> vat_id("DE136695976"), vat_id("DE136695978")
    (True, False)
    """
    return number[:2] == "DE" and len(number) == 11 and number[2:].isdecimal() and _mod_11_10(number[2:])


def _weighted(digits: str, weights: str) -> int:
    """Sum of the cross sums of figure times weight."""
    return sum(sum(divmod(int(sign) * int(weight), 10)) for sign, weight in zip(digits, cycle(weights), strict=False))


def _letter(sign: str) -> str:
    return f"{ord(sign) - 64:02d}"


def pension_number(number: str) -> bool:
    """Whether a number is a Sozialversicherungsnummer: area, birth date, initial, serial, check figure.

    >>> pension_number("15070649C103"), pension_number("15070649C104")
    (True, False)
    """
    if not (
        len(number) == 12 and number[8:9] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" and (number[:8] + number[9:]).isdecimal()
    ):
        return False
    day, month = int(number[2:4]), int(number[4:6])
    if not (0 < day % 50 <= 31 and 0 < month <= 12):
        return False
    return _weighted(number[:8] + _letter(number[8]) + number[9:11], "212571212121") % 10 == int(number[11])


def health_number(number: str) -> bool:
    """Whether a letter and nine figures are a Krankenversichertennummer.

    >>> health_number("A123456780"), health_number("A123456781")
    (True, False)
    """
    if not (len(number) == 10 and number[0] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" and number[1:].isdecimal()):
        return False
    return _weighted(_letter(number[0]) + number[1:9], "12") % 10 == int(number[9])


def identity_card(number: str) -> bool:
    """Whether nine signs with a check figure behind them are the number of a German identity card or passport.

    >>> identity_card("T220001293"), identity_card("T220001294")
    (True, False)
    """
    if not (len(number) == 10 and number[0] in "CFGHJKLMNPRTVWXYZ" and number.isascii() and number.isalnum()):
        return False
    if not number[9].isdecimal() or number != number.upper():
        return False
    return sum(int(sign, 36) * int(w) for sign, w in zip(number[:9], "731" * 3, strict=True)) % 10 == int(number[9])


def bank_card(number: str) -> bool:
    """Whether sixteen figures pass Luhn's check.

    >>> bank_card("4111111111111111"), bank_card("4111111111111112")
    (True, False)
    """
    if not (number.isascii() and number.isdecimal() and len(number) == 16):
        return False
    return _weighted(number, "21") % 10 == 0
