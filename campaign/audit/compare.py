"""A file against the reference: what is missing, changed, reversed, cut, in native digits, in the wrong language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.audit.difference import cut_number, difference, likeness, number_likeness, reversed_number
from campaign.audit.document import Document
from campaign.audit.profile import Profile, linked
from campaign.audit.wording import damaged, too_short, wrong_language
from campaign.checks.rules import finding
from campaign.identify import guess as lid
from campaign.identify.names import declared
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say
from campaign.reading import addresses, phones
from campaign.reading.fold import Folded, fold
from campaign.reading.seek import Seen, Wanted, seek
from campaign.reading.shown import turned, unmarked
from campaign.reading.spots import EMAIL, PHONE, WEB, numbers, spots

#: From this likeness on, a contact that is not in the reference is a changed one of it.
_ALIKE = {"phone": 0.7, "short": 0.5, "email": 0.75, "web": 0.7}
#: How many lines on the rest of an address may stand.
_REACH = 12


@dataclass(frozen=True, slots=True)
class _Place:
    """Something in the file that may be a wrong contact."""

    kind: str
    text: str
    written: str
    start: int
    end: int
    link: bool = False
    sure: bool = False


def compare(file: str, document: Document, reference: Profile, tag: str = "") -> tuple[str, tuple[Finding, ...]]:
    """(language, findings) of a file. `tag` is the language it should be in, empty to go by its name and itself.

    The language is the declared one, or else what the text is recognised as; empty when neither says.
    """
    folded = fold(document.text)
    links = fold("\n".join(filter(None, map(linked, document.links))))
    guessed = lid.guess(document.prose)
    own = tag or declared(file, document.language)
    locale = own or lid.tag_of(guessed)
    found = [
        *_contacts(file, locale, document, folded, links, reference),
        *wrong_language(file, own, guessed, document, reference),
        *damaged(file, locale, document),
        *too_short(file, locale, guessed, reference),
    ]
    return locale, tuple(dict.fromkeys(found))


def _contacts(
    file: str, locale: str, document: Document, folded: Folded, links: Folded, reference: Profile
) -> Iterator[Finding]:
    seen, dialled = seek(reference.wanted, folded), seek(reference.wanted, links)
    if document.visual:
        joined = seek(reference.wanted, fold("\n".join(_over_line_ends(folded.text))))
        address = [wanted.kind in (EMAIL, WEB) for wanted in reference.wanted]
        seen = tuple(b if own and not a else a for own, a, b in zip(address, seen, joined, strict=True))
    places = _places(folded, seen, link=False) + _places(links, dialled, link=True)
    missing = [
        index for index, count in enumerate(reference.counts) if not seen[index] and not (dialled[index] and not count)
    ]
    pairs = _pairs([(index, reference.wanted[index]) for index in missing], places)
    marks = () if document.visual else unmarked(document.text)
    extensions = {spot.end: spot.extension for spot in spots(folded) if spot.extension}
    for index, wanted in enumerate(reference.wanted):
        if index in pairs:
            yield _wrong(file, locale, wanted, pairs[index])
        elif index in missing and not dialled[index] and reference.letters:
            said = say("missing: %(contact)s does not stand in the file", contact=wanted.name)
            yield finding("contact-changed", locale, file, said)
        yield from _marks(file, locale, wanted, seen[index], folded, marks)
        yield from _extensions(file, locale, wanted, seen[index], extensions)
        if reference.letters and seen[index] and len(seen[index]) != reference.counts[index] > 0:
            said = say(
                "count: %(contact)s stands %(have)s times, in the reference %(wanted)s",
                contact=wanted.name,
                have=len(seen[index]),
                wanted=reference.counts[index],
            )
            yield finding("contact-changed", locale, file, said, severity=Severity.WARNING)
    paired = set(pairs.values())
    for place in places:
        if place.sure and place not in paired and place.kind in (PHONE, EMAIL):
            # A link that dials another number than the reader sees is a fault; one more helpline may be right.
            severity = Severity.ERROR if place.link and place.kind == PHONE else Severity.WARNING
            said = say("extra: %(contact)s is not in the reference")
            if place.link:
                said = say("link: %(contact)s is not in the reference")
            contact = place.written.strip()
            yield finding("contact-changed", locale, file, said.given(contact=contact), severity=severity)


def _over_line_ends(text: str) -> Iterator[str]:
    """What may be an address that a line end parts in right-to-left text: there a line ends at its left edge, and the
    next one begins at its right edge. Marks above and below letters make lines of their own in between.
    """
    lines = [line.split() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        if line[0].isascii() and re.search(r"[@./]", line[0]):
            for later in lines[number + 1 : number + _REACH]:
                if later[-1].isascii() and len(later[-1]) > 1:
                    yield line[0] + later[-1]


def _places(folded: Folded, seen: tuple[tuple[Seen, ...], ...], *, link: bool) -> list[_Place]:
    """What is left when every right contact is taken away."""
    taken = [(place.start, place.end) for group in seen for place in group]

    def free(start: int, end: int) -> bool:
        return not any(start < b and a < end for a, b in taken)

    found = [
        _Place(s.kind, s.text, s.written, s.start, s.end, link, True) for s in spots(folded) if free(s.start, s.end)
    ]
    for start, end in numbers(folded):
        if free(start, end) and not any(p.start < end and start < p.end for p in found):
            found.append(_Place("number", folded.text[start:end], folded.source(start, end), start, end, link))
    return found


def _pairs(missing: list[tuple[int, Wanted]], places: list[_Place]) -> dict[int, _Place]:
    """Each missing contact with what stands there instead, the likeliest pair first, each place used once."""
    scored = sorted(
        ((_score(wanted, place), index, number) for index, wanted in missing for number, place in enumerate(places)),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    pairs: dict[int, _Place] = {}
    used: set[int] = set()
    for score, index, number in scored:
        if score > 0 and index not in pairs and number not in used:
            pairs[index] = places[number]
            used.add(number)
    return pairs


def _score(wanted: Wanted, place: _Place) -> float:
    if wanted.kind in (EMAIL, WEB):
        alike = likeness(_bare(wanted), _bare(place)) if place.kind in (EMAIL, WEB) else 0.0
        return alike if alike >= _ALIKE[wanted.kind] else 0.0
    if place.kind in (EMAIL, WEB):
        return 0.0
    if reversed_number(wanted.text, place.text):
        return 3.0
    if cut_number(wanted.text, place.text):
        return 2.0
    alike = number_likeness(wanted.text, place.text)
    return alike if alike >= _ALIKE[wanted.kind] else 0.0


def _bare(found: Wanted | _Place) -> str:
    return "".join(addresses.web_key(found.text)) if found.kind == WEB else addresses.email_key(found.text)


def _wrong(file: str, locale: str, wanted: Wanted, place: _Place) -> Finding:
    written = " ".join(place.written.split())
    if wanted.kind in (EMAIL, WEB):
        said = say("changed: %(difference)s", difference=difference(wanted.text, place.text))
    elif reversed_number(wanted.text, place.text):
        said = say("reversed: %(written)s instead of %(contact)s", written=written, contact=wanted.name)
    elif cut_number(wanted.text, place.text):
        lost = _lost(wanted.text, place.text)
        said = say("truncated: %(written)s instead of %(contact)s, %(lost)s digits lost")
        if lost == 1:
            said = say("truncated: %(written)s instead of %(contact)s, %(lost)s digit lost")
        said = said.given(written=written, contact=wanted.name, lost=lost)
    else:
        said = say("changed: %(difference)s", difference=_digits_changed(wanted.name, place.text.strip()))
    if place.link:
        said = say("%(detail)s in a link", detail=said)
    return finding("contact-changed", locale, file, said)


def _digits_changed(right: str, wrong: str) -> str:
    """The difference; without the spaces where the two are grouped in different ways: only digits count."""
    if re.sub(r"\d+", "0", right) == re.sub(r"\d+", "0", wrong):
        return difference(right, wrong)
    return difference(re.sub(r"[^\d+]", "", right), re.sub(r"[^\d+]", "", wrong))


def _lost(right: str, written: str) -> int:
    """How many digits of a number are lost."""
    have = phones.digits(written)
    plain = [form.lstrip("+") for form in phones.forms(right)]
    return min((len(p) - len(have) for p in plain if p.startswith(have) or p.endswith(have)), default=1)


def _marks(
    file: str, locale: str, wanted: Wanted, seen: tuple[Seen, ...], folded: Folded, marks: tuple[int, ...]
) -> Iterator[Finding]:
    """What is wrong with how a right contact stands in the text."""
    for place in seen:
        if place.native:
            said = say("native digits: %(written)s cannot be dialled as it stands; write %(contact)s")
            yield finding("contact-changed", locale, file, said.given(written=place.written, contact=wanted.name))
        if place.without_plus:
            said = say("changed: %(written)s lacks the plus sign of %(contact)s")
            yield finding("contact-changed", locale, file, said.given(written=place.written, contact=wanted.name))
        if place.broken:
            said = say("changed: a space breaks %(contact)s: %(written)s", contact=wanted.name, written=place.written)
            yield finding("contact-changed", locale, file, said)
        if place.abuts:
            said = say("abutting letters: no space between %(contact)s and the word beside it", contact=wanted.name)
            yield finding("contact-changed", locale, file, said, severity=Severity.WARNING)
    if any(turned(folded, place.start, place.end, marks) for place in seen):
        said = say(
            "reversed: %(contact)s would be shown from the wrong end in right-to-left text; "
            "put a left-to-right mark (U+200E) before it",
            contact=wanted.name,
        )
        yield finding("contact-changed", locale, file, said, severity=Severity.WARNING)


def _extensions(
    file: str, locale: str, wanted: Wanted, seen: tuple[Seen, ...], extensions: dict[int, str]
) -> Iterator[Finding]:
    """An extension that is another one than the reference's, or is lost."""
    for place in seen:
        if wanted.extension and extensions.get(place.end, "") != wanted.extension:
            written = extensions.get(place.end)
            said = say("changed: extension none instead of %(extension)s of %(contact)s")
            if written:
                said = say("changed: extension %(written)s instead of %(extension)s of %(contact)s")
            said = said.given(written=written or "", extension=wanted.extension, contact=wanted.name)
            yield finding("contact-changed", locale, file, said)
