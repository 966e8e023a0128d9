"""Telephone numbers: every way of dialling the same one, and how a text writes it."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

#: What stands between the digits of one number: spaces, dots, slashes, brackets, hyphens, a line break.
_BETWEEN = r"[ \n./()\-]{0,4}"
_TRUNK = re.compile(r"\(0\)")
_NO_DIGIT = re.compile(r"[^0-9]+")

#: A number of at least this many digits is a telephone number; a shorter one is a short code.
FEWEST = 7


def digits(text: str) -> str:
    """The digits of a folded text, without the (0) that stands for the national prefix in international numbers."""
    if text.lstrip(" (").startswith(("+", "00")):
        text = _TRUNK.sub("", text)
    return re.sub(r"[^0-9]", "", text)


def digits_of(text: str) -> str:
    """Every digit of a folded text, one after the other."""
    return _NO_DIGIT.sub("", text)


@lru_cache(maxsize=4096)
def forms(number: str) -> frozenset[str]:
    """Every form of a folded number as digits to dial: `+` and digits (E.164), and the national form.

    A national number or short code has only itself. Validity and national prefixes come from libphonenumber.
    """
    plain = digits(number)
    lead = number.lstrip(" (")
    if lead.startswith("+") or (lead.startswith("00") and len(plain) > FEWEST + 2):
        abroad = plain if lead.startswith("+") else plain[2:]
        return frozenset({f"+{abroad}", *_national(abroad)}) if abroad else frozenset()
    return frozenset({plain}) if plain else frozenset()


def _national(abroad: str) -> Collection[str]:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(f"+{abroad}")
    except phonenumbers.NumberParseException:
        return ()
    if not phonenumbers.is_possible_number(parsed):
        return ()
    national = re.sub(r"[^0-9]", "", str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)))
    # In North America the calling code 1 is the national prefix as well, and is often written: 1-800-555-0199.
    return (national, f"1{national}") if parsed.country_code == 1 else (national,)


def possible(number: str) -> bool:
    """Whether a folded international number has as many digits as its country's numbers have."""
    import phonenumbers

    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(f"+{digits(number)}")))
    except phonenumbers.NumberParseException:
        return False


def same(one: str, other: str) -> bool:
    """Whether two folded numbers reach the same telephone: national and international form are equal."""
    return bool(forms(one) & forms(other))


@lru_cache(maxsize=1024)
def calling_code(number: str) -> str:
    """The calling code of an international number, "39" for +390669812300; "" for a national one or no number."""
    import phonenumbers

    if not number.startswith("+"):
        return ""
    try:
        return str(phonenumbers.parse(number).country_code)
    except phonenumbers.NumberParseException:
        return ""


def pattern(number: str) -> re.Pattern[str]:
    """What finds a number in a folded text, whatever its spacing and in its international or national form.

    Groups: `bare` holds an international number whose plus sign is missing.
    """
    ways: list[str] = []
    for form in sorted(forms(number), key=lambda form: (not form.startswith("+"), form)):
        plain = form.lstrip("+")
        if len(plain) < FEWEST:
            # The same sign between all digits or none: "116-016" and "1 1 2", never the end of one number and the
            # start of the next.
            parts = [rf"{plain[:half]}[ \n.\-]?{plain[half:]}" for half in (2, 3) if 0 < half < len(plain)]
            spelt = plain[0] + rf"(?P<s{len(ways)}>[ .\-])" + rf"(?P=s{len(ways)})".join(plain[1:])
            ways.append("|".join([*parts, spelt] if len(plain) > 3 else [plain, spelt]))
        elif form.startswith("+"):
            trunk = rf"(?:\(0\){_BETWEEN})?"
            ways.append(rf"(?:\+|(?<!\d)00|(?<!\d)011){_BETWEEN}{_spread(plain, trunk)}")
        else:
            ways.append(_spread(plain))
    return re.compile(rf"(?<![\d+])(?:{'|'.join(ways)})(?!\d)")


def _spread(plain: str, trunk: str = "") -> str:
    """The digits with whatever people put between them; `trunk` may stand after the calling code (1 to 3 digits)."""
    return "".join(
        digit + ("" if index == len(plain) - 1 else _BETWEEN + (trunk if index < 3 else ""))
        for index, digit in enumerate(plain)
    )


@lru_cache(maxsize=1024)
def bare_pattern(number: str) -> re.Pattern[str] | None:
    """What finds an international number without its plus sign; None for a national number."""
    abroad = next((form[1:] for form in forms(number) if form.startswith("+")), "")
    return re.compile(rf"(?<![\d+])(?<!\+ )(?<!\+\(){_spread(abroad)}(?!\d)") if abroad else None
