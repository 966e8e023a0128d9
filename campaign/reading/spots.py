"""Spots: every contact that a text holds, without knowing which ones to look for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from campaign.reading import addresses, phones
from campaign.reading.fold import Folded

PHONE, SHORT, EMAIL, WEB = KINDS = ("phone", "short", "email", "web")

#: A stretch of digits with what people put between them; a plus sign at the end is a number shown in reverse.
_RUN = re.compile(r"(?:\+[ ]?|\(\+?)?\d{1,32}(?:[ ./()\-]{1,3}\d{1,32}|\(\d{1,32}\)){0,24}(?:[ ]?\+(?![\d]))?")
_CUT = re.compile(r" +[-/] +| {2,}|(?<=\d{5}) (?=0\d)|(?<=\d{5}) (?=\(0)")
_EXTENSION = re.compile(
    r"[ ,;]{0,2}(?:ext(?:ension|\.)?|x|app\.|poste|durchw(?:ahl|\.)|dw\.?|int(?:erno|\.)|wew\.|доб\.|#)[ .:]{0,2}"
    r"(?P<digits>\d{1,6})(?!\d)",
    re.IGNORECASE,
)
# Dates, times and spans of time, percentages and prices, years: digits that are no contact.
_OTHER = re.compile(
    r"(?<![\d.:/+-])(?:"
    r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?![\d:]|[./-]\d)(?: ?(?:-|to|bis|a) ?(?:[01]?\d|2[0-4])[:.h][0-5]\d)?"
    r"|(?:[01]?\d|2[0-4])[:.h][0-5]\d ?- ?(?:[01]?\d|2[0-4])[:.h][0-5]\d"
    r"|24 ?/ ?7|24 ?h\b"
    r"|\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}([./-])\d{1,2}\1(?:19|20)\d{2}(?!\d)|(?:19|20)\d{2}/\d{1,2}/\d{1,2}(?!\d)"
    r"|\d[\d.,]{0,12} ?[%٪€$£]|(?:19|20)\d{2} ?- ?(?:19|20)?\d{2}(?!\d|[ ./-]\d)"
    r")|[€$£] ?\d[\d.,]{0,12}|(?<=[%٪])\d{1,3}(?!\d)"
)
_CUE = re.compile(
    r"call|ring|dial|phone|\btel\b|\btel\.|\btext\b|hotline|helpline|\bline\b|number|emergency|☎|📞|📱|appel|numéro|"
    r"anruf|wählen|notruf|nummer|bel(?:len)?\b|llam|número|chiam|numero|τηλ|καλέστε|звон|тел|اتصل|رقم|تماس",
    re.IGNORECASE,
)
_CUE_REACH = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A contact found at text[start:end] of a folded text: `text` as folded, `written` as the file has it."""

    kind: str
    text: str
    written: str
    start: int
    end: int
    extension: str = ""


def spots(folded: Folded) -> tuple[Spot, ...]:
    """Every telephone number, short code, e-mail and web address, in order of place.

    A short code (3 to 6 digits) counts when it is a known emergency or European 116 number, or when a word like
    "call" stands near it: any other short number may be a price or a year.
    """
    text = folded.text
    found = [Spot(EMAIL, a.text, folded.source(a.start, a.end), a.start, a.end) for a in addresses.emails(text)]
    masked = _mask(text, [(spot.start, spot.end) for spot in found])
    webs = [Spot(WEB, a.text, folded.source(a.start, a.end), a.start, a.end) for a in addresses.webs(masked)]
    masked = _mask(masked, [(spot.start, spot.end) for spot in webs])
    for start, end, extension, stop in runs(masked):
        run = text[start:end]
        plain = phones.digits(run)
        if _only_codes(run):
            found += (Spot(SHORT, masked[s:e], folded.source(s, e), s, e) for s, e in _codes(masked, start, end))
        elif (phones.FEWEST <= len(plain) <= 17 and not _sum(run)) or (run.startswith("+") and len(plain) >= 6):
            found.append(Spot(PHONE, run, folded.source(start, stop), start, end, extension))
        else:
            found += (
                Spot(SHORT, masked[s:e], folded.source(s, e), s, e)
                for s, e in _codes(masked, start, end)
                if _is_code(masked, s, e)
            )
    return tuple(sorted([*found, *webs], key=lambda spot: spot.start))


def numbers(folded: Folded) -> Iterator[tuple[int, int]]:
    """The places of every stretch of three digits or more that is no date, time, price or part of an address."""
    masked = _mask(folded.text, [(a.start, a.end) for a in addresses.emails(folded.text)])
    masked = _mask(masked, [(a.start, a.end) for a in addresses.webs(masked)])
    for start, end, _, _ in runs(masked):
        if len(phones.digits(masked[start:end])) >= 3:
            yield start, end


def runs(masked: str) -> Iterator[tuple[int, int, str, int]]:
    """(start, end, extension, end of the extension) of each stretch of digits, dates and times left out."""
    hidden = _OTHER.sub(lambda match: "\x1f" * len(match[0]), masked)
    for match in _RUN.finditer(hidden):
        begin = match.start()
        for cut in [*_CUT.finditer(match[0]), None]:
            end = match.start() + cut.start() if cut else match.end()
            if end > begin:
                while end > begin and hidden[end - 1] in " ./(-":
                    end -= 1
                suffix = _EXTENSION.match(hidden, end)
                yield begin, end, suffix["digits"] if suffix else "", suffix.end() if suffix else end
            begin = match.start() + cut.end() if cut else begin


def _mask(text: str, places: list[tuple[int, int]]) -> str:
    """The text with these places blanked; every other character keeps its place."""
    pieces, last = [], 0
    for start, end in sorted(places):
        if start >= last:
            pieces += [text[last:start], "\x1f" * (end - start)]
            last = end
    return "".join((*pieces, text[last:]))


def _only_codes(run: str) -> bool:
    """Whether well-known short codes stand side by side ("112 116 016")."""
    return re.fullmatch(r"(?:112|911|116[ .-]?\d{3})(?: (?:112|911|116[ .-]?\d{3}))*", run) is not None


def _sum(run: str) -> bool:
    """Whether the digits are one amount with thousands parted by dots ("1.000.000")."""
    return re.fullmatch(r"\d{1,3}(?:\.000)+", run) is not None


def _codes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The short codes in a stretch of digits: those of 116 stand in two groups as well ("116 016")."""
    for match in re.finditer(r"(?<!\d)(?:116[ .-]?\d{3}|\d{3,6})(?!\d)", text[start:end]):
        yield start + match.start(), start + match.end()


def _is_code(text: str, start: int, end: int) -> bool:
    plain = phones.digits(text[start:end])
    if not 3 <= len(plain) <= 6 or re.search(r"\d[ ./-]?\Z", text[max(0, start - 2) : start]):
        return False
    if re.fullmatch(r"116\d{3}", plain):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", plain) or re.match(r"[.,/-]\d", text[end : end + 2]):
        return False
    line = text[max(text.rfind("\n", 0, start) + 1, start - _CUE_REACH) : start]
    clause = re.split(r"[;.!?。؛।።] ", line)[-1]
    return plain in emergency_numbers() or _CUE.search(clause) is not None


@cache
def emergency_numbers() -> frozenset[str]:
    """Numbers of police, ambulance and fire brigade that are called anywhere in Europe or widely beyond (ITU-T E.161.1
    names 112 and 911; the rest are European emergency and helpline codes that libphonenumber lists).
    """
    import phonenumbers

    codes = ("112", "911", "999", "113", "114", "115", "117", "118", "119", "155", "158", "166", "190", "192", "193")
    regions = ("BE", "DE", "GR", "IT", "FR", "NL", "ES", "PT", "RO", "BG", "UA", "PL", "GB", "US", "AT", "CH", "TR")
    return frozenset(
        code for code in codes if any(phonenumbers.is_emergency_number(code, region) for region in regions)
    )
