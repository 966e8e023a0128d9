"""Spots: every contact that a text holds, without knowing which ones to look for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from campaign.reading import addresses, amounts, cues, links, phones
from campaign.reading.fold import Folded

PHONE, SHORT, EMAIL, WEB = KINDS = ("phone", "short", "email", "web")

#: A stretch of digits with what people put between them; a plus sign at the end is a number shown in reverse.
_RUN = re.compile(r"(?:\+[ ]?|\(\+?)?\d{1,32}(?:[ ./()\-]{1,3}\d{1,32}|\(\d{1,32}\)){0,24}(?:[ ]?\+(?![\d]))?")
_FIGURE = re.compile(r"\d")
_CUT = re.compile(r" +[-/] +| {2,}|(?<=\d{5}) (?=0\d)|(?<=\d{5}) (?=\(0)")
_EXTENSION = re.compile(
    r"[ ,;]{0,2}(?:ext(?:ension|\.)?|x|app\.|poste|durchw(?:ahl|\.)|dw\.?|int(?:erno|\.)|wew\.|доб\.|#)[ .:]{0,2}"
    r"(?P<digits>\d{1,6})(?!\d)",
    re.IGNORECASE,
)
#: Codes that stand side by side, in brackets or parted by a slash, a comma or a word ("112/911").
_KNOWN = r"(?:112|911|116[ .-]?\d{3})"
#: The end of a second number that shares its beginning with the first: "-33 or -34", "16 90 / 91".
_SECOND = regex.compile(
    r"(?:[ ,;]{0,2}(?:[\p{L}\p{M}]{1,12}[.]? )?[-](?P<dashed>\d{1,4})|[ ]?/[ ]?(?P<slashed>\d{1,4}))"
    r"(?![\d:.,]?\d|[ ]?(?:/|-|h\b|[%€$£]))"
)


_SHARED = re.compile(r"(?P<first>[^/]*[ .](?P<last>\d{2,4}))/(?P<tail>\d{2,4})")
#: A national number of so many digits is whole: what a slash joins to it is another one.
_LONGEST_WITHOUT_AREA = 9


@dataclass(frozen=True, slots=True)
class Spot:
    """A contact found at text[start:end] of a folded text: `text` as folded, `written` as the file has it."""

    kind: str
    text: str
    written: str
    start: int
    end: int
    extension: str = ""


@lru_cache(maxsize=8)  # a file is read for what it shows, for what it lacks and for what stands instead
def spots(folded: Folded) -> tuple[Spot, ...]:
    """Every telephone number, short code, e-mail and web address, in order of place.

    A short code (2 to 6 digits) counts when it is a known emergency or European 116 number, or when a word like
    "call" stands near it, in any language: any other short number may be a price or a year. A second number that is
    written by its last digits ("16 90 / 91") has its whole number as `text`.
    """
    text = folded.text
    found = [Spot(EMAIL, a.text, folded.source(a.start, a.end), a.start, a.end) for a in addresses.emails(text)]
    masked = mask(text, [(spot.start, spot.end) for spot in found])
    for a in addresses.webs(masked):
        number = links.dialled(a.text)
        found.append(Spot(PHONE if number else WEB, number or a.text, folded.source(a.start, a.end), a.start, a.end))
    masked = mask(masked, [(spot.start, spot.end) for spot in found])
    if _FIGURE.search(masked):
        found += _figures(masked, folded)
    return tuple(sorted(found, key=lambda spot: spot.start))


def _figures(masked: str, folded: Folded) -> Iterator[Spot]:
    done = 0
    for start, end, extension, stop in runs(masked):
        run = masked[start:end]
        plain = phones.digits(run)
        if start < done:
            continue
        if only_codes(run):
            yield from (Spot(SHORT, masked[s:e], folded.source(s, e), s, e) for s, e in _codes(masked, start, end))
        elif (phones.FEWEST <= len(plain) <= 17 and not _each(run) and not _sum(masked, start, end)) or (
            run.startswith("+") and len(plain) >= 6
        ):
            if shared := _shared_end(run):
                run, extension = run[:shared], ""
                stop = end = start + shared
            yield Spot(PHONE, run, folded.source(start, stop), start, end, extension)
            for second, begin, done in _seconds(masked, run, stop):
                yield Spot(PHONE, second, folded.source(begin, done), begin, done)
        else:
            yield from (
                Spot(SHORT, masked[s:e], folded.source(s, e), s, e)
                for s, e in _codes(masked, start, end)
                if _is_code(masked, s, e)
            )


def _shared_end(run: str) -> int:
    """Where a number ends that a slash joins to the last digits of a second one ("16 90/91"); 0 where none does.

    A slash stands between the groups of one number as well: then the whole is one that can be, or the first is none.
    """
    match = _SHARED.fullmatch(run)
    if match is None or len(match["last"]) != len(match["tail"]):
        return 0
    first = match["first"]
    if run.startswith("+"):
        return len(first) if phones.possible(first) and not phones.possible(run) else 0
    return len(first) if len(phones.digits(first)) >= _LONGEST_WITHOUT_AREA else 0


def _seconds(masked: str, number: str, end: int) -> Iterator[tuple[str, int, int]]:
    """(whole number, start, end) of each number behind one that is written by its last digits only."""
    last = re.search(r"\d+\Z", number)
    while last and (match := _SECOND.match(masked, end)):
        tail = match["dashed"] or match["slashed"]
        # A slash parts ends of the same length only: behind it may stand a code of its own.
        if (match["slashed"] and len(tail) != len(last[0])) or len(tail) > len(last[0]) or tail in emergency_numbers():
            return
        name = "dashed" if match["dashed"] else "slashed"
        yield number[: len(number) - len(tail)] + tail, match.start(name), match.end()
        end = match.end()


def seconds(folded: Folded) -> tuple[Spot, ...]:
    """The second numbers of a text that are written by their last digits only."""
    if "/" not in folded.text and "-" not in folded.text:
        return ()
    return tuple(s for s in spots(folded) if s.kind == PHONE and len(s.text) > s.end - s.start and s.end - s.start < 5)


@lru_cache(maxsize=8)
def numbers(folded: Folded) -> tuple[tuple[int, int], ...]:
    """The places of every stretch of three digits or more that is no date, time, price or part of an address."""
    masked = mask(folded.text, [(a.start, a.end) for a in addresses.emails(folded.text)])
    masked = mask(masked, [(a.start, a.end) for a in addresses.webs(masked)])
    found = []
    for start, end, _, _ in runs(masked):
        for part in re.finditer(r"[^/]+", masked[start:end]) if _each(masked[start:end]) else (None,):
            a, b = (start + part.start(), start + part.end()) if part else (start, end)
            if len(phones.digits(masked[a:b])) >= 3:
                found.append((a, b))
    return tuple(found)


def figures(folded: Folded) -> tuple[str, ...]:
    """The digits of each number of three digits or more that is no contact, date, time or price; years are left out."""
    taken = [(spot.start, spot.end) for spot in spots(folded)]
    free = (
        folded.text[start:end] for start, end in numbers(folded) if not any(start < b and a < end for a, b in taken)
    )
    each = (phones.digits(part) for run in free for part in (run.split("-") if _SPAN.fullmatch(run) else (run,)))
    return tuple(dict.fromkeys(one for one in each if not re.fullmatch(r"(?:1[89]|2[01])\d\d", one)))


def _each(run: str) -> bool:
    """Whether codes are parted by slashes: each of them is a number ("1522/1552", "1522/911")."""
    parts = run.split("/")
    return re.fullmatch(r"\d{3,6}(?:/\d{3,6})+", run) is not None and all(map(code_pair, parts, parts[1:]))


def code_pair(one: str, other: str) -> bool:
    """Whether two numbers that a slash parts are two codes: of the same length, or one of them a well-known one."""
    if len(one) == len(other):
        return len(one) < 5
    return max(len(one), len(other)) < 5 and bool({one, other} & emergency_numbers())


def runs(masked: str) -> Iterator[tuple[int, int, str, int]]:
    """(start, end, extension, end of the extension) of each stretch of digits, dates and times left out."""
    hidden = amounts.hidden(masked)
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


def mask(text: str, places: list[tuple[int, int]]) -> str:
    """The text with these places blanked; every other character keeps its place."""
    pieces, last = [], 0
    for start, end in sorted(places):
        if start >= last:
            pieces += [text[last:start], "\x1f" * (end - start)]
            last = end
    return "".join((*pieces, text[last:]))


def only_codes(run: str) -> bool:
    """Whether well-known short codes stand side by side ("112 116 016", "112/911")."""
    return re.fullmatch(rf"\(?{_KNOWN}(?:\)?[ ]?[ /,|(][ ]?{_KNOWN})*\)?", run) is not None


#: Two numbers of three or four digits: years, pages, or a telephone number of seven digits.
_SPAN = re.compile(r"[(]?[1-9]\d{2,3}-[1-9]\d{2,3}")


def _sum(text: str, start: int, end: int) -> bool:
    """Whether the digits are one amount in thousands or a span, and no word says that they are a number to call."""
    run = text[start:end]
    if re.fullmatch(r"[1-9]\d{0,2}(?:[ .]000)+", run):
        return True
    amount = re.fullmatch(r"[1-9]\d{0,2}(?:([ .])\d{3})(?:\1\d{3})+", run) or _SPAN.fullmatch(run)
    return amount is not None and not cues.announced(text, start, end)


def _codes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The short codes in a stretch of digits: those of 116 stand in two groups as well ("116 016")."""
    for match in re.finditer(r"(?<!\d)(?:116[ .-]?\d{3}|\d{2,6})(?!\d)", text[start:end]):
        yield start + match.start(), start + match.end()


def _is_code(text: str, start: int, end: int) -> bool:
    plain = phones.digits(text[start:end])
    if not 2 <= len(plain) <= 6:
        return False
    if re.fullmatch(r"116\d{3}", plain):
        return not re.search(r"\d[ .,/-]?\Z", text[max(0, start - 2) : start])
    if re.fullmatch(r"(?:19|20)\d\d", plain) or _joined(text, start, end):
        return False
    if len(plain) == 2:
        return called_somewhere(plain) and _two(text, start, end)
    return plain in emergency_numbers() or cues.announced(text, start, end)


def _joined(text: str, start: int, end: int) -> bool:
    """Whether other digits make one number of it: an amount, a date, a pair of which one is no code ("3/112")."""
    before = re.search(r"(\d+)([ .,/-])\Z", text[max(0, start - 8) : start])
    after = re.match(r"([ .,/-])(\d+)", text[end : end + 8])
    for sign, beside in ((before and before[2], before and before[1]), (after and after[1], after and after[2])):
        if not sign or not beside:
            continue
        if sign == "/" and code_pair(text[start:end], beside):
            continue  # "112/911", "1522/1523"
        if sign == " " and len(beside) < 3 and re.match(r" \d{1,2}[ ]?[^\W\d]", text[end : end + 5]):
            continue  # "112 24 hours"
        if sign == " " and (beside in emergency_numbers() or re.fullmatch(r"116\d{3}", beside)):
            continue
        return True
    return False


#: Other numbers in a row with one, and what stands between them ("15, 17 ou 18").
_LISTED = regex.compile(
    r"(?:\d{2,3}[ ]?(?:\([^()\n]{1,30}\))?[ ]?(?:,|/|-|[\p{L}\p{M}]{1,6})[ ]?(?:[\p{L}\p{M}]{1,3} )?)+\Z"
)
#: The rest of a word that says that a number is called, and up to two short words more.
_NEAR = regex.compile(r"[\p{L}\p{M}]*(?:[ :]{1,2}[\p{L}\p{M}]{1,4}['’]?){0,2}[ :(]{1,3}")


def _two(text: str, start: int, end: int) -> bool:
    """Whether a number of two digits is called: a word for it stands directly beside it, and nothing is counted."""
    before = text[max(0, start - cues.BEFORE) : start]
    listed = _LISTED.search(before)
    lead = before[: listed.start()] if listed else before
    called = cues.words("call")
    near = max((match.end() for match in called.finditer(lead)), default=-1)
    gap = lead[near:] if near >= 0 else ""
    # Up to two short words may stand between ("appelez le 15", "call us on 15"), and the rest of the word itself.
    close = near >= 0 and _NEAR.fullmatch(gap) is not None
    counted = re.match(r" [^\W\d_]", text[end : end + 2]) and re.search(
        r"\b(?:in|within|after|for|every|dans|nach|in|za|через|za)[ ]\Z", before, re.IGNORECASE
    )
    return bool((close or cues.words("behind").match(text[end : end + 12].lstrip(" '’"))) and not counted)


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


@cache
def called_somewhere(code: str) -> bool:
    """Whether a number is an emergency number of any country (15 and 17 in France), as libphonenumber lists them."""
    import phonenumbers

    return any(phonenumbers.is_emergency_number(code, region) for region in phonenumbers.SUPPORTED_REGIONS)
