"""Addresses on the net: e-mail, pages and names of accounts, typed or said in words (`k punkt meier at web punkt de`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.naming.base import Found
from pipeline.naming.cues import found

_ENDINGS = "de com org net eu info at ch tr pl ru ua it fr nl uk be ro sy tv me io app biz online shop berlin nrw ruhr koeln hamburg bayern gmbh example test invalid".split()  # fmt: skip
_TLD = "|".join(sorted(_ENDINGS, key=len, reverse=True))
_SAID_TLD = r"(?:de|com|org|net|eu|info|d ?e|c ?o ?m|example|tr|pl|nrw|ruhr|berlin|koeln|köln|online|shop|at|ch|it|fr|nl|uk|io|tv)"
_PROVIDERS = "gmx web gmail googlemail outlook hotmail yahoo icloud posteo freenet aol live arcor t-online mailbox protonmail".split()
_DOT, _DASH, _AT = (
    r"(?:punkt|dot)",
    r"(?:minus|strich|bindestrich|unterstrich|underscore|slash)",
    r"(?:at|ät|aet|klammeraffe|klammer ?affe|äd)",
)
_PIECE = r"[\w-]{1,40}"
_TYPED = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w-])")
_BRACKETS = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}} ?[(\[{{] ?{_AT} ?[)\]}}] ?[\w-]{{1,63}}(?:(?:\.| ?[(\[{{] ?{_DOT} ?[)\]}}] ?)[\w-]{{1,63}}){{1,4}}",
    re.I,
)
# Said: the part behind the sign; the part before it is walked back word by word.
_SAID = re.compile(
    rf"\s(?:{_AT}|@)\s(?:(?P<host>{_PIECE}(?:\s(?:{_DOT}|{_DASH})\s{_PIECE}){{0,5}}?)\s?(?:{_DOT}\s|\.)(?P<tld>{_SAID_TLD})|"
    rf"(?P<known>{'|'.join(_PROVIDERS)}))(?!\w)",
    re.I,
)
_URL = re.compile(r"(?<![\w@])(?:https?://[^\s<>\"'»«]{3,300}|www\.[^\s<>\"'»«]{3,300})", re.I)
_DOMAIN = re.compile(rf"(?<![\w@.-])(?:[\w-]{{2,63}}\.){{1,4}}(?:{_TLD})(?![\w-]|\.\w)(?:/[^\s<>\"'»«]{{0,200}})?")
_SAID_URL = re.compile(
    rf"(?<!\w)(?:(?:www|w w w|we we we|dreimal w|dreimal weh)\s(?:{_DOT}\s)?)?(?P<host>{_PIECE}(?:\s{_DASH}\s{_PIECE}|\s{_DOT}\s{_PIECE}){{0,6}}?)"
    rf"\s{_DOT}\s{_SAID_TLD}(?:\s(?:slash|schrägstrich)\s{_PIECE}){{0,3}}(?!\w)",
    re.I,
)
# Sites that everybody uses say nothing of anybody, as long as no page of theirs is named.
_EVERYBODYS = frozenset(f"{name}.{tld}" for name in "google facebook instagram youtube tiktok amazon ebay wikipedia twitter whatsapp netflix "
                        "booking zalando kleinanzeigen ebay-kleinanzeigen immobilienscout24 bahn spiegel tagesschau gmx web".split()
                        for tld in ("de", "com", "org", "net"))  # fmt: skip
_PLATFORM = r"(?:insta(?:gram)?|tiktok|tik tok|facebook|twitter|snap(?:chat)?|youtube|twitch|telegram|discord|linkedin|xing|mastodon|bluesky|threads|steam)"
_HANDLE = re.compile(r"(?<![\w.@])@(?=[\w.]*[^\W\d_])[\w](?:[\w.-]{0,28}\w)?(?![\w@])")
# Without a cue: an underscore in a word, or letters with a year behind them.
_SHAPED = re.compile(
    r"(?<![\w@./-])(?!(\w+)_\1(?!\w))(?:[a-zäöüßçşğı]{2,20}[\w.]{0,10}_[\w.]{0,20}\w|[a-zäöüß]{3,20}\d{2,4}|\w{2,20} (?:unterstrich|underscore) \w{1,20}(?: (?:unterstrich|underscore|punkt) \w{1,20}){0,3})(?![\w@]| punkt)",
    re.I,
)
_LAUGHED = re.compile(r"\w[.,!?]?@(?!\w)|@\([^)]{0,10}\)@")
_ACCOUNT = r"(?P<name>(?:@|(?:at|ät)\s)?[\w](?:[\w.-]{0,29}\w)?(?:\s(?:punkt|underscore|unterstrich|minus|bindestrich)\s[\w-]{1,30}){0,5})"
_FILL = r"(?:(?:äh|ähm|also|mich|da|halt|einfach|nur|als|so|@)\s){0,3}"
_ACCOUNT_CUES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:auf|bei|in|über)\s{_PLATFORM}\s(?:heiße|heisse|heißt|heisst|nenne|nennt|bin|ist)\s(?:ich|er|sie|der|die|wir)\s{_FILL}{_ACCOUNT}",
        rf"\b{_PLATFORM}[ -]?(?:name|account|profil|kanal|seite)?\s(?:ist|heißt|heisst|lautet)\s{_FILL}{_ACCOUNT}",
        rf"\b(?:nutzer|benutzer|user|nick|account|profil|kanal|gamer)-?name\s(?:ist|war|heißt|lautet|auf \w+ ist)\s{_FILL}{_ACCOUNT}",
        rf"\b(?:heiße|heisse|heißt|bin|ist|findest|findet)\s(?:ich|er|sie|mich|ihn)?\s?(?:auf|bei|in)\s{_PLATFORM}\s(?:als|unter|unter dem namen)?\s?{_FILL}{_ACCOUNT}",
    )
)
_NO_ACCOUNT = frozenset("anders auch nicht noch immer ja dann so da genau oft viel nie kaum aktiv dabei drauf ganz wie einfach schon und "
                        "unterwegs gut jetzt ein eine der die das mein meine gar wirklich voll echt ich er sie bekannt weg raus mit auf "
                        "jemand was aber halt total sehr mal wieder gerade privat öffentlich kein keiner eigentlich unter als".split())  # fmt: skip
# Before an address said in words: what is no part of it.
_NO_PIECE = frozenset("ist war lautet heißt also mail e-mail email mailadresse adresse unter an äh ähm ja und oder die das der den dem einfach auf "
                      "bei schreib schreiben sie mir uns ihm ihr mal bitte dann meine mein deine ihre seine unsere über per so da gern "
                      "gerne als von einen eine ein doch nur immer noch jetzt sich ich wir".split())  # fmt: skip
_BACK = re.compile(r"(?P<word>[\w.+-]{1,40})\s$")


def find(text: str) -> Iterator[Found]:
    """Mentions of e-mail addresses, pages and accounts."""
    if "@" in text:
        for match in _TYPED.finditer(text):
            yield found(text, match.start(), match.end(), "email", "email")
        laughed = bool(_LAUGHED.search(text))  # `@nein@` is laughing speech in one notation
        for match in _HANDLE.finditer(text):
            yield found(text, match.start(), match.end(), "handle", "handle", not laughed)
    for match in _BRACKETS.finditer(text):
        yield found(text, match.start(), match.end(), "email", "email-brackets")
    for match in _SAID.finditer(text):
        start = _local_part(text, match.start())
        if start < match.start():
            yield found(text, start, match.end(), "email", "email-spoken")
    for match in _SHAPED.finditer(text):
        yield found(
            text,
            match.start(),
            match.end(),
            "handle",
            "handle-shape",
            any(sign.isdecimal() for sign in match.group()) or " " in match.group(),
        )
    yield from _pages(text)
    yield from _accounts(text)


def _local_part(text: str, end: int) -> int:
    """Where the part before the at sign begins: words joined by punkt, minus …, and up to two more in front."""
    start, free = end, 2
    for _ in range(12):
        back = _BACK.search(text[max(0, start - 41) : start] + (" " if start == end else ""))
        if not back:
            break
        word = back["word"].lower()
        joining = re.fullmatch(f"{_DOT}|{_DASH}", word) is not None
        joined = re.match(rf"(?:{_DOT}|{_DASH})\s", text[start:], re.I) is not None
        if not joining and not joined and start != end:
            free -= 1
        if free < 0 or word in _NO_PIECE or (not joining and word.endswith(".")):
            break
        start = start - len(back["word"]) - (0 if start == end else 1)
    return start


def _pages(text: str) -> Iterator[Found]:
    for match in _URL.finditer(text):
        end = match.start() + len(match.group().rstrip(".,;:!?)…"))
        yield found(text, match.start(), end, "url", "url")
    for match in _DOMAIN.finditer(text):
        page = match.group().rstrip(".,;:!?)…")
        if page.lower() not in _EVERYBODYS and any(sign.isalpha() for sign in page.split(".")[0]):
            yield found(text, match.start(), match.start() + len(page), "url", "domain")
    for match in _SAID_URL.finditer(text):
        if (
            re.sub(rf"\s{_DOT}\s", ".", match.group().lower()) not in _EVERYBODYS
            and match["host"].lower() not in _NO_PIECE
        ):
            yield found(text, match.start(), match.end(), "url", "url-spoken")


def _accounts(text: str) -> Iterator[Found]:
    for cue in _ACCOUNT_CUES:
        for match in cue.finditer(text):
            name = match["name"]
            shaped = bool(re.search(r"[\d_@]|\w\.\w|\s(?:punkt|underscore|unterstrich)\s|[a-zß][A-Z]", name))
            if name.lower() in _NO_ACCOUNT or (not shaped and name[0].isupper() and "bin" in match.group().lower()):
                continue
            yield found(
                text,
                match.start("name"),
                match.end("name"),
                "handle",
                "handle-cue",
                shaped or "hei" in match.group().lower(),
            )
