"""Digits that nobody dials: dates, times and spans of time, prices and percentages, accounts, addresses of machines."""

from __future__ import annotations

import re
from functools import lru_cache

_TIME = r"(?:[01]?\d|2[0-4])[:.h][0-5]\d"
_MONEY = r"[%‰٪€$£¥₹₽₺₴₦৳៛฿₪₫]"
_CODE = (
    "EUR|USD|GBP|CHF|UAH|RUB|TRY|BGN|RON|PLN|HUF|CZK|SEK|DKK|NOK|BDT|INR|PKR|IRR|AFN|ERN|ETB|SOS|KES|NGN|XAF|XOF|MAD|EGP|SYP|"
    "euros?|Euro|Eur|evro|ευρώ|евро|євро|гривень|يورو|یورو|ইউরো|ዩሮ|dollars?|Dollar|доллар|درهم|ريال|টাকা|रुपये|روپے|lei|kr"
)
#: Measures that people write behind a number; what follows one is counted or measured, not called.
_UNIT = "km²?|m²|cm|mm|kg|mg|ml|kWh?|MB|GB|kB|Mbit|°C?|hrs?|min|ppm|px|dpi|pt"
_NUMBER = r"\d{1,3}(?:[ .,'’]\d{2,3})*(?:[.,]\d{1,2})?|\d[\d.,]{0,12}"
NOT_CALLED = re.compile(
    r"(?<![\d.:/+-])(?:"
    rf"{_TIME}(?![\d:]|[./-]\d)(?: ?(?:-|to|bis|a|à|до|−) ?{_TIME})?"
    rf"|{_TIME} ?- ?{_TIME}"
    r"|24 ?/ ?7(?!\d)|24 ?h\b"
    r"|\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}([./-])\d{1,2}\1(?:19|20)\d{2}(?!\d)|(?:19|20)\d{2}([./])\d{1,2}\2\d{1,2}(?!\d)"
    r"|(?:19|20)\d{2} ?[-/] ?(?:19|20)?\d{2}(?!\d|[ ./-]\d)"
    rf"|(?:{_NUMBER}) ?{_MONEY}|(?:{_NUMBER}) ?(?:{_CODE})(?![^\W\d_])|(?:{_NUMBER}) ?(?:{_UNIT})(?![^\W\d_])"
    # Thousands (or lakhs) parted by commas or apostrophes.
    r"|[1-9]\d{0,2}(?:[,'’]\d{2,3})*[,'’]\d{3}(?![\d,'’])"
    # Octets of a machine's address (IPv4), a version with more than two parts.
    r"|(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d{1,5}|/\d{1,2})?(?![.\d])"
    r")"
    rf"|{_MONEY} ?(?:{_NUMBER})|(?<![^\W\d_])(?:{_CODE}) ?(?:{_NUMBER})(?!\d)"
    # IBAN (ISO 13616): two letters, two check digits, letters and digits in fours.
    r"|(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])"
    # Hexadecimal: UUID (RFC 9562), addresses of network cards and IPv6, hashes and ids with letters among their digits.
    r"|(?<![A-Za-z0-9])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9:])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![A-Za-z0-9:])"
    r"|(?<![A-Za-z0-9:])(?:[0-9A-Fa-f]{1,4}:{1,2}){2,7}[0-9A-Fa-f]{1,4}(?![A-Za-z0-9:])"
    r"|(?<![A-Za-z0-9])0x[0-9A-Fa-f]{2,64}|(?<![A-Za-z0-9])(?=[0-9a-f]*[a-f][0-9a-f]*\d)(?=[0-9a-f]*\d)[0-9a-f]{7,64}(?![A-Za-z0-9])"
    # Books, papers and parcels that carry numbers of their own.
    r"|(?<![A-Za-z])(?:ISBN|ISSN|DOI|IBAN|BIC|SWIFT|VAT|KvK|BCE|KBO|SIRET|SIREN|RPPS|ISO|RFC|IP)(?:-1[03])?"
    r"[ :.#]{0,3}(?:[A-Z]{2})?[\dX](?:[\dX ./-]{0,40}[\dX])?"
)


_CODES = re.compile(r"(?:112|911|116\d{3})(?:,(?:112|911|116\d{3}))+")


#: A line without a digit is looked through for none of all this.
_LINE = re.compile(r"[^\n\d]*\d[^\n]*")


@lru_cache(maxsize=8)
def hidden(text: str) -> str:
    """The folded text with all digits blanked that nobody dials; every other character keeps its place."""
    return _LINE.sub(lambda line: NOT_CALLED.sub(_blank, line[0]), text)


def _blank(match: re.Match[str]) -> str:
    return match[0] if _CODES.fullmatch(match[0]) else "\x1f" * len(match[0])


def values(text: str) -> frozenset[str]:
    """The digits of every number of a folded text, with and without what parts its groups."""
    runs = re.findall(r"\d+(?:[ .,'’\u066c]\d+)*", text)
    return frozenset(re.sub(r"\D", "", run) for run in runs) | frozenset(re.findall(r"\d+", text))
