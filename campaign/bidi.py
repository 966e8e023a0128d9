"""Numbers in plain right-to-left text: keep telephone numbers, service codes and opening hours in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape

LRM, RLM, LRI, RLI, PDI = "\u200e", "\u200f", "\u2066", "\u2067", "\u2069"

_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_STRONG = {"L", "R", "AL"}
_INITIATORS = {"LRI": "L", "RLI": "R", "FSI": "R"}  # what an isolate's first number sees before it
_IN_ISOLATE = re.compile(f"{LRI}[^{PDI}\n]*\\Z")

_DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"  # Latin, Arabic-Indic, Persian and Urdu
_SPACE = "[ \u00a0\u2009\u202f]"
_DASH = "[-\u2010-\u2014]"
_TIME = rf"{_DIGIT}{{1,2}}[:.]{_DIGIT}{{2}}"
_GROUP = rf"(?:{_DIGIT}++(?!:{_DIGIT})|\(\+?{_DIGIT}++\))"  # "5" and "10:00" are two things, not one number
_GAP = rf"(?:{_SPACE}?{_DASH}{_SPACE}?|{_SPACE}|[./])?"
_FREE = rf"(?<!{_DIGIT})(?<![a-z0-9_][-./:@=&#?%~])"  # not a piece of "COVID-19" or of another number
_NUMBER = re.compile(
    # Addresses are passed over whole: the digits in them belong to Latin text.
    r"(?P<address>(?:[a-z][a-z0-9+.-]*://|www\.)\S+|[\w.+-]+@[\w.-]+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?![a-z0-9])(?:[/?#]\S*)?)"
    r"|(?<![a-z_])(?P<number>"
    rf"(?P<code>\*[*#]*{_DIGIT}{{2,}}+(?:[*#]+{_DIGIT}++)*\#*(?!\*)|\#[*#]*{_DIGIT}++(?:(?:[*#]+{_DIGIT}++)+\#*|\#))"
    rf"|{_FREE}(?P<hours>{_TIME}{_SPACE}?{_DASH}{_SPACE}?{_TIME})"
    rf"|(?P<phone>\+{_SPACE}?{_GROUP}(?:{_GAP}{_GROUP})*"
    rf"|{_FREE}{_GROUP}(?:{_GAP}{_GROUP})+)"
    r")(?P<unit>[a-z]*)",
    re.IGNORECASE | re.ASCII,
)
_FEWEST_DIGITS = 5  # of a telephone number in groups; "10-15" is a range that right-to-left readers read as it stands
_GROUPED = re.compile(rf"\+|\(|{_SPACE}|{_DASH}")
_ARABIC_DIGIT = re.compile("[\u0660-\u0669]")  # bidirectional class AN; the digits of Persian and Urdu are EN
_SIGNS = re.compile("[^0-9\u0660-\u0669\u06f0-\u06f9]+")
_KINDS = {"EN": "n", "AN": "n", "CS": "c", "ES": "s", "ET": "t"}


def direct_numbers(text: str, /, *, isolate: bool) -> str:
    """Make each telephone number, service code (*123#) and range of hours read left to right in right-to-left text.

    With `isolate` each of them is put between LRI and PDI: for posts, where the reader's screen knows isolates.
    Without, an LRM goes before those that would be shown in the wrong order: for SMS, one character of 70. At the start
    of a line an RLM goes first, for a lone LRM there would turn the whole line left to right; Arabic-Indic digits take
    an LRM at both ends and on both sides of each sign. Text without right-to-left letters comes back as it is, and so
    does the result of a first call. Raises nothing. Standard: the Unicode Bidirectional Algorithm (UAX #9), rules P2,
    W2, W4, W5, W7, N0, N1 and N2.
    """
    if not _RIGHT_TO_LEFT.search(text):
        return text
    result, end = "", 0
    for match in _NUMBER.finditer(text):
        if match["address"] or (match["phone"] and not _is_phone(match["phone"])):
            continue
        result += text[end : match.start()]
        end = match.end()
        if not isolate:
            result += _marked(match["number"], _strong_before(result)) + match["unit"]
        elif _IN_ISOLATE.search(result):
            result += match.group()
        else:
            result += _isolated(match.group())
    return result + text[end:]


def directed(text: str, values: Iterable[str], /, *, rtl: bool, isolate: bool) -> str:
    """A text with each of these values (links, e-mails, addresses) and each of its numbers in its own direction.

    `rtl` is the direction of the text; isolates and marks are those of `direct_numbers`. Standard: UAX #9.
    """
    odd = {value for value in values if value in text and right_to_left(value) != rtl}
    if odd:
        pattern = "|".join(map(re.escape, sorted(odd, key=len, reverse=True)))
        text = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda found: _kept(found[0], isolate=isolate), text)
    return direct_numbers(text, isolate=isolate) if rtl else text


def _kept(value: str, *, isolate: bool) -> str:
    mark = RLM if right_to_left(value) else LRM
    return isolated_in_post(value) if isolate else f"{mark}{value}{mark}"


def right_to_left(value: str, /) -> bool:
    """Whether the first strong letter of a value is one of a right-to-left script (P2); with none it is not."""
    kinds = (unicodedata.bidirectional(character) for character in value)
    return next((kind for kind in kinds if kind in _STRONG), "L") != "L"


def isolated_in_post(value: str, /) -> str:
    """A value that is filled in, whole between isolates: for posts, whose readers' screens know them."""
    return f"{RLI if right_to_left(value) else LRI}{value}{PDI}"


def marked_in_sms(value: str, /, *, rtl: bool) -> str:
    """The same between marks where the line around it runs the other way: every telephone knows marks.

    Marks cannot hold a value together that runs both ways: it gets a line of its own, which has its direction.
    """
    own = right_to_left(value)
    both = {kind == "L" for kind in map(unicodedata.bidirectional, value) if kind in _STRONG}
    if own != rtl and (len(both) > 1 or (own and any(character.isdigit() for character in value))):
        return f"\n{value}"
    mark = RLM if own else LRM
    return value if own == rtl else f"{mark}{value}{mark}"


def isolated_in_html(value: str, /) -> str:
    """The same as HTML, escaped, in an element of its own direction."""
    return f'<bdi dir="{"rtl" if right_to_left(value) else "ltr"}">{escape(value)}</bdi>'


def number_spans(text: str, /) -> Iterator[tuple[int, int]]:
    """Start and end of each telephone number, service code, range of hours, and web or mail address, in order."""
    for match in _NUMBER.finditer(text):
        if match["address"] or not match["phone"] or _is_phone(match["phone"]):
            yield match.span()


def strip_controls(text: str, /) -> str:
    """Take out the bidirectional controls: ALM, LRM, RLM, embeddings, overrides and isolates (UAX #9, 2)."""
    return _CONTROLS.sub("", text)


def _is_phone(number: str) -> bool:
    return sum(map(str.isdigit, number)) >= _FEWEST_DIGITS and _GROUPED.search(number) is not None


def _isolated(number: str) -> str:
    if _ARABIC_DIGIT.search(number):  # their groups would run from right to left even here
        number = _SIGNS.sub(lambda sign: sign.group() if _binds(sign) else LRM + sign.group(), number)
    return LRI + number + PDI


def _marked(number: str, before: str) -> str:
    if _reads_well(number, before):
        return number
    start = "" if before else RLM
    if _ARABIC_DIGIT.search(number):
        number = _SIGNS.sub(lambda sign: sign.group() if _binds(sign) else LRM + sign.group() + LRM, number)
        return f"{start}{LRM}{number}{LRM}".replace(LRM + LRM, LRM)
    return start + LRM + number


def _reads_well(number: str, before: str) -> bool:
    """Whether a number is shown in reading order after a strong character of class `before`."""
    if before == "L" and not _ARABIC_DIGIT.search(number):  # W7: its digits become left-to-right text
        return True
    shape = "".join(_KINDS.get(unicodedata.bidirectional(c), "x") for c in number)
    if before == "AL" or _ARABIC_DIGIT.search(number):  # W2: after an Arabic letter Latin digits are Arabic numbers too
        return re.fullmatch("n+(?:cn+)*", shape) is not None
    return re.fullmatch("t*n+(?:(?:[cs]|t+)n+)*t*", shape) is not None


def _binds(sign: re.Match[str]) -> bool:
    """Whether a sign between two numbers belongs to them: a single colon, full stop or slash does (W4)."""
    inside = sign.start() > 0 and sign.end() < len(sign.string)
    return inside and len(sign.group()) == 1 and unicodedata.bidirectional(sign.group()) == "CS"


def _strong_before(text: str) -> str:
    """The class of the last strong character of the line, or isolate, so far; empty if there is none."""
    closed = 0  # isolates that end before the number: what is in them does not count (BD9)
    parted = False  # an Arabic number in between counts as right-to-left for the signs after it (N1)
    for character in reversed(text):
        kind = unicodedata.bidirectional(character)
        if kind == "PDI":
            closed += 1
        elif kind in _INITIATORS and closed:
            closed -= 1
        elif kind == "B":
            return ""
        elif not closed and (kind in _STRONG or kind in _INITIATORS):
            found = _INITIATORS.get(kind, kind)
            return "R" if parted and found == "L" else found
        parted = parted or kind == "AN"
    return ""
