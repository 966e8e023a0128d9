"""Seek: where a text shows a contact that is known already, however the text writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from campaign.model.contact import ADDRESS, CHAT, NUMBER, Contact
from campaign.reading import addresses, links, phones
from campaign.reading.addresses import Address
from campaign.reading.fold import Folded, fold, latin
from campaign.reading.letters import JOINING
from campaign.reading.spots import EMAIL, PHONE, SHORT, WEB, code_pair, emergency_numbers, mask, seconds

#: The kind of an address to walk in: no text of strangers is searched for one.
PLACE = "place"

_ABROAD = re.compile(r"(?<!\d)(?:\+|00)[ (]{0,2}[1-9][0-9 ./()\-]{6,24}[0-9]")


_JOINED = re.compile(r"(?<![\d:.,/h-])(\d{1,6})[ ./-]\Z")
_CALLING_CODE = re.compile(r"\+[ ]?\(?(?:\d{1,4}\)?[ \n./()\-]{0,4}(?:0\)[ \n./()\-]{0,4})?)?\Z")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A contact to look for: `text` is a folded telephone number (with + where it is international), a short code, an
    e-mail or a web address, or the place where people walk in, whose letters are all its own.
    """

    kind: str
    text: str
    shown: str = ""
    extension: str = ""

    @property
    def name(self) -> str:
        """The contact as a person reads it."""
        return self.shown or self.text


@dataclass(frozen=True, slots=True)
class Seen:
    """One place where a contact stands, and what is wrong with how it stands there."""

    start: int
    end: int
    written: str
    native: bool = False
    abuts: bool = False
    without_plus: bool = False
    broken: bool = False


def seek(wanted: Sequence[Wanted], folded: Folded) -> tuple[tuple[Seen, ...], ...]:
    """Every place of each contact in a text, in the order of `wanted`.

    Spaces, no-break spaces, brackets, dots, slashes, line ends within it and the national or international form make
    no difference. Native digits, letters that touch it and a missing plus sign are noted. Longer numbers are looked
    for first: what belongs to one is no part of a shorter one.
    """
    if not wanted:
        return ()
    found: list[tuple[Seen, ...]] = [()] * len(wanted)
    text, mails, pages = folded.text, tuple(addresses.emails(folded.text)), tuple(addresses.webs(folded.text))
    for index, one in enumerate(wanted):
        if one.kind == PLACE:
            found[index] = _placed(one, text, folded)
        elif one.kind in (EMAIL, WEB):
            found[index] = _addressed(one, mails if one.kind == EMAIL else pages, text, folded)
    # The digits of an address are not dialled, but those of a link that dials are.
    taken = [(a.start, a.end) for a in (*mails, *pages)] + [(s.start, s.end) for group in found for s in group]
    text = mask(text, taken)
    ends = seconds(folded)
    others = [(a.start, a.end, number) for a in pages if (number := links.dialled(a.text))]
    others += [(spot.start, spot.end, spot.text) for spot in ends]
    longest = sorted(
        (i for i, one in enumerate(wanted) if one.kind in (PHONE, SHORT)), key=lambda i: -len(wanted[i].text)
    )
    for index in longest:
        one = wanted[index]
        found[index] = (
            *_numbers(one, text, folded),
            *(_seen(folded, start, end) for start, end, number in others if phones.same(number, one.text)),
        )
        for seen in found[index]:
            text = text[: seen.start] + "\x1f" * (seen.end - seen.start) + text[seen.end :]
    return tuple(found)


def may_show(wanted: Wanted, folded: Folded) -> bool:
    """Whether a text has the digits of a code of two or three in a row, whatever stands between them: without them it
    shows no such code. Of all else that is not told so quickly, and the answer is yes.
    """
    return wanted.kind != SHORT or len(wanted.text) > 3 or wanted.text in phones.digits_of(folded.text)


def _addressed(wanted: Wanted, known: Sequence[Address], text: str, folded: Folded) -> tuple[Seen, ...]:
    if wanted.kind == EMAIL:
        key: object = addresses.email_key(wanted.text)
        same = [(a.start, a.end) for a in known if addresses.email_key(a.text) == key]
        plain = wanted.text.lower()
    else:
        key = addresses.web_key(wanted.text)
        same = [(a.start, a.start + len(own)) for a in known if (own := _own(a.text, key))]
        plain = re.sub(r"^(?:https?://)?(?:www\.)?", "", wanted.text.lower()).rstrip("/")
    found = tuple(Seen(start, end, folded.source(start, end)) for start, end in same)
    return found or _scattered(plain, text, folded)


def _own(address: str, key: object) -> str:
    """The part of an address that is the one looked for: words of a script without spaces may follow it."""
    if addresses.web_key(address) == key:
        return address
    for match in re.finditer(r"[^\x00-\x7f]", address):
        part = address[: match.start()]
        if JOINING.match(match[0]) and "." in part and addresses.web_key(part) == key:
            return part
    return ""


def _numbers(wanted: Wanted, text: str, folded: Folded) -> tuple[Seen, ...]:
    found = [
        _seen(folded, m.start(), m.end())
        for m in phones.pattern(wanted.text).finditer(text)
        if not _abroad_before(text, m.start(), m[0], wanted)
    ]
    if wanted.kind == SHORT:
        return tuple(seen for seen in found if _alone(text, seen))
    if not wanted.text.startswith("+"):
        # The international form of a national number is not known from it: the other way round it is.
        found += [_seen(folded, *m.span()) for m in _ABROAD.finditer(text) if phones.same(m[0], wanted.text)]
    bare = phones.bare_pattern(wanted.text) if not found else None
    if bare:
        found = [_seen(folded, m.start(), m.end(), without_plus=True) for m in bare.finditer(text)]
    return tuple(found)


def _abroad_before(text: str, start: int, number: str, wanted: Wanted) -> bool:
    """Whether the calling code of another country, or other digits of one number, stand before its national form.

    What stands before a short code `_alone` judges.
    """
    if number.startswith(("+", "00")):
        return False
    before = text[max(0, start - 16) : start]
    if _CALLING_CODE.search(before):
        return True
    joined = _JOINED.search(before)
    if joined is None or wanted.kind == SHORT:
        return False
    # The calling code with other digits before it (1039 06 … for 0039 06 …) is a prefix that was mistyped.
    code = phones.calling_code(wanted.text)
    if code and joined[1].endswith(code) and joined[1] != code:
        return True
    # A form with its national prefix begins a number by itself.
    return not number.lstrip("(").startswith("0") and joined[1] not in emergency_numbers()


def _seen(folded: Folded, start: int, end: int, *, without_plus: bool = False) -> Seen:
    written = folded.source(start, end)
    before, after = folded.text[start - 1 : start], folded.text[end : end + 1]
    abuts = any(c.isalpha() and not JOINING.match(c) for c in (before, after) if c)
    return Seen(start, end, written, not latin(written), abuts, without_plus)


def _alone(text: str, seen: Seen) -> bool:
    """Whether a short code is no piece of a longer number, date or amount.

    Nothing but a space may part it from other digits, or a slash from another code, and there are fewer than four of
    them beside it.
    """
    before, after = text[max(0, seen.start - 16) : seen.start], text[seen.end : seen.end + 16]
    own = text[seen.start : seen.end]
    if not _code_beside(re.search(r"(?<!\d)(\d+)[/|]\Z", before), own) and re.search(r"\d[.,:/-]\Z", before):
        return False
    if not _code_beside(re.match(r"[/|](\d+)(?!\d)", after), own) and re.match(r"[.,:/-]\d", after):
        return False
    left = re.search(r"((?:\d+[ ]?)+) \Z|(\d+ )\Z", re.sub(r"24 ?/ ?7(?!\d)|\d{1,2}[:.h]\d\d", "\x1f", before))
    right = re.match(r" ((?:\d+[ ]?)+)", re.sub(r"24 ?/ ?7(?!\d)|24 ?h|\d{1,2}[:.h]\d\d", "\x1f", after))
    beside = "".join(match[0] for match in (left, right) if match)
    return len(re.sub(r"\D", "", beside)) < 4


def _code_beside(match: re.Match[str] | None, own: str) -> bool:
    """Whether what a slash parts from a code is another code."""
    return match is not None and code_pair(own, match[1])


def _scattered(key: str, text: str, folded: Folded) -> tuple[Seen, ...]:
    """An address that a line end parts is whole to the eye; one that a space parts is broken."""
    if not key or len(key) > 300:
        return ()
    # What sets the line may have put a hyphen at its end.
    spread = r"(?:-? ?\n ?|[ \n]{0,3})".join(map(re.escape, key))
    found = []
    for match in re.finditer(rf"(?<![\w@]){spread}(?![\w@])", text, re.IGNORECASE):
        broken = " " in re.sub(r" *\n *", "", match[0])
        found.append(Seen(match.start(), match.end(), folded.source(match.start(), match.end()), broken=broken))
    return tuple(found)


def spread(place: str) -> str:
    """The pattern of an address in a folded text: its words and signs in their order, spaces as a file gives them."""
    parts = re.findall(r"\w+|[^\w\s]", fold(place).text)
    pattern = re.escape(parts[0])
    for before, after in pairwise(parts):
        words = before[-1].isalnum() and after[0].isalnum()
        pattern += (r"\s+" if words else r"\s*") + re.escape(after)
    return rf"(?<!\w){pattern}(?!\w)"


def _placed(wanted: Wanted, text: str, folded: Folded) -> tuple[Seen, ...]:
    """An address to walk in: the same letters, whatever lines it stands on."""
    places = (match.span() for match in re.finditer(spread(wanted.text), text))
    return tuple(Seen(start, end, folded.source(start, end)) for start, end in places)


def wanted(contact: Contact) -> Wanted:
    """What to look for where readers must see a contact."""
    if contact.way == NUMBER:
        return wanted_phone(contact.number, contact.display)
    return Wanted({CHAT: WEB, ADDRESS: PLACE}.get(contact.way, EMAIL), contact.value, contact.display)


def wanted_phone(number: str, shown: str = "") -> Wanted:
    """The telephone number or short code to look for, from its folded or recorded form."""
    kind = PHONE if number.startswith("+") or len(phones.digits(number)) >= phones.FEWEST else SHORT
    return Wanted(kind, number, shown or number)


__all__ = ["EMAIL", "PHONE", "PLACE", "SHORT", "WEB", "Seen", "Wanted", "may_show", "seek", "wanted", "wanted_phone"]
