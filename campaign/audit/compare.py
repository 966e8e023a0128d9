"""A file against the reference: what is missing, changed, reversed, cut, in native digits, in the wrong language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from campaign.audit.difference import by_place, cut_number, difference, likeness, number_likeness, reversed_number
from campaign.audit.document import Document
from campaign.audit.profile import Profile, words
from campaign.audit.taps import strange_links, taps
from campaign.audit.wording import damaged, own_language, too_short, wrong_language
from campaign.checks.rules import finding
from campaign.identify import guess as lid
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say
from campaign.reading import addresses, amounts, phones
from campaign.reading.fold import Folded, alike, fold, named
from campaign.reading.seek import Seen, Wanted, seek
from campaign.reading.shown import turned
from campaign.reading.spots import EMAIL, PHONE, SHORT, WEB, Spot, figures, numbers, spots

#: From this likeness on, a contact that is not in the reference is a changed one of it.
_ALIKE = {"phone": 0.7, "short": 0.5, "email": 0.75, "web": 0.7}


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
    guessed = lid.guess(document.prose)
    # A line of names and addresses is the same in every language, and says nothing about this one.
    lines = document.prose.splitlines()
    told = lid.guess("\n".join(line for line in lines if words(line) not in reference.kept))
    told = told if told.letters >= lid.FEWEST_FOR_SCRIPT else guessed
    own, misled = own_language(file, tag, told, document, reference)
    locale = own or lid.tag_of(told)
    found = [
        *misled,
        *_contacts(file, locale, document, folded, reference),
        *_figures(file, locale, folded, reference),
        *wrong_language(file, own, told, document, reference),
        *damaged(file, locale, document),
        *(() if document.unread else too_short(file, locale, guessed, reference)),
    ]
    return locale, tuple(dict.fromkeys(found))


def _contacts(file: str, locale: str, document: Document, folded: Folded, reference: Profile) -> Iterator[Finding]:
    seen, tapped = seek(reference.wanted, folded), taps(document, reference.wanted)
    found = spots(folded)
    places = _places(folded, seen, found)
    missing = [
        index
        for index, count in enumerate(reference.counts)
        if not seen[index] and not (tapped.counts[index] and not count)
    ]
    links = [_Place(t.kind, t.text, t.text, 0, 0, link=True) for t in tapped.strange]
    pairs = _pairs([(index, reference.wanted[index]) for index in missing], [*places, *links])
    unreal = _unreal([reference.wanted[index] for index in missing], folded)
    extensions = {spot.end: spot.extension for spot in found if spot.extension}
    for index, wanted in enumerate(reference.wanted):
        if wanted in unreal:
            said = say("in signs that cannot be dialled: %(written)s; write %(contact)s")
            said = said.given(written=named(unreal[wanted]), contact=wanted.name)
            yield finding("contact-changed", locale, file, said)
        elif index in pairs:
            yield _wrong(file, locale, wanted, pairs[index])
        elif index in missing and not tapped.counts[index] and reference.letters and not document.unread:
            said = say("missing: %(contact)s does not stand in the file", contact=wanted.name)
            yield finding("contact-changed", locale, file, said)
        yield from _marks(file, locale, wanted, seen[index], folded, visual=document.visual)
        yield from _extensions(file, locale, wanted, seen[index], extensions)
        yield from _counted(file, locale, wanted, len(seen[index]), reference.counts[index] if reference.letters else 0)
    lost = [reference.wanted[index].name for index in missing if index not in pairs and not tapped.counts[index]]
    yield from _unread(file, locale, document, lost if reference.letters else [])
    paired = set(pairs.values())
    for place in places:
        if place.sure and place not in paired and place.kind in (PHONE, EMAIL):
            # One more helpline may be right.
            said = say("extra: %(contact)s is not in the reference", contact=named(place.written.strip()))
            yield finding("contact-changed", locale, file, said, severity=Severity.WARNING)
    strange = [t for t, place in zip(tapped.strange, links, strict=True) if place not in paired]
    yield from strange_links(file, locale, document, reference.wanted, strange)


def _unreal(missing: Sequence[Wanted], folded: Folded) -> dict[Wanted, str]:
    """The numbers that stand in the file only in signs that look like their digits, each with how it is written."""
    dialled = [wanted for wanted in missing if wanted.kind in (PHONE, SHORT)]
    text = alike(folded.text) if dialled else folded.text
    if text == folded.text:
        return {}
    places = seek(dialled, replace(folded, text=text))
    return {wanted: seen[0].written for wanted, seen in zip(dialled, places, strict=True) if seen}


def _counted(file: str, locale: str, wanted: Wanted, have: int, count: int) -> Iterator[Finding]:
    # "15" and "17" stand for an age as well: only that they stand is compared.
    if have and have != count > 0 and len(phones.digits(wanted.text)) != 2:
        said = say("count: %(contact)s stands %(have)s times, in the reference %(wanted)s")
        said = said.given(contact=wanted.name, have=have, wanted=count)
        yield finding("contact-changed", locale, file, said, severity=Severity.WARNING)


def _figures(file: str, locale: str, folded: Folded, reference: Profile) -> Iterator[Finding]:
    """Numbers that nothing announces as ones to call and that may be codes all the same ("…, or 1522")."""
    if not reference.figures:
        return
    have = figures(folded)
    known = {*amounts.values(folded.text), *have}
    spare = [number for number in have if number not in reference.figures]
    for number in (one for one in reference.figures if one not in known):
        became = next(
            (one for one in spare if len(one) == len(number) and _ALIKE["short"] <= likeness(number, one)), ""
        )
        if became:
            spare.remove(became)
            yield finding(
                "contact-changed", locale, file, say("changed: %(difference)s", difference=by_place(number, became))
            )
        else:
            said = say("not compared: %(number)s of the reference does not stand in the file; is it a number to call?")
            yield finding("contact-changed", locale, file, said.given(number=number), severity=Severity.WARNING)


def _unread(file: str, locale: str, document: Document, lost: Sequence[str]) -> Iterator[Finding]:
    """What a person must look at, an error while a contact is looked for that may stand there."""
    for said in document.unread:
        if lost:
            whole = say("%(what)s: look there for %(contacts)s", what=said, contacts=", ".join(lost))
            severity = Severity.WARNING if document.picture else None
            yield finding("file-unreadable", locale, file, whole, severity=severity)
        else:
            yield finding("file-unreadable", locale, file, said, severity=Severity.WARNING)


def _places(folded: Folded, seen: tuple[tuple[Seen, ...], ...], contacts: Sequence[Spot]) -> list[_Place]:
    """What is left when every right contact is taken away."""
    taken = [(place.start, place.end) for group in seen for place in group]

    def free(start: int, end: int) -> bool:
        return not any(start < b and a < end for a, b in taken)

    found = [_Place(s.kind, s.text, s.written, s.start, s.end, sure=True) for s in contacts if free(s.start, s.end)]
    for start, end in numbers(folded):
        if free(start, end) and not any(p.start < end and start < p.end for p in found):
            found.append(_Place("number", folded.text[start:end], folded.source(start, end), start, end))
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
    written = named(" ".join(place.written.split()))
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
    file: str, locale: str, wanted: Wanted, seen: tuple[Seen, ...], folded: Folded, *, visual: bool
) -> Iterator[Finding]:
    """What is wrong with how a right contact stands in the text."""
    for place in seen:
        if place.native:
            said = say("native digits: %(written)s cannot be dialled as it stands; write %(contact)s")
            yield finding(
                "contact-changed", locale, file, said.given(written=named(place.written), contact=wanted.name)
            )
        if place.without_plus:
            said = say("changed: %(written)s lacks the plus sign of %(contact)s")
            yield finding(
                "contact-changed", locale, file, said.given(written=named(place.written), contact=wanted.name)
            )
        if place.broken:
            said = say(
                "changed: a space breaks %(contact)s: %(written)s", contact=wanted.name, written=named(place.written)
            )
            yield finding("contact-changed", locale, file, said)
        if place.abuts:
            said = say("abutting letters: no space between %(contact)s and the word beside it", contact=wanted.name)
            yield finding("contact-changed", locale, file, said, severity=Severity.WARNING)
    # Native digits are another fault, and stand in another order by themselves.
    judged = () if visual or wanted.kind in (EMAIL, WEB) else (place for place in seen if not place.native)
    shown = (turned(folded, place.start, place.end) for place in judged)
    if wrong := next(filter(None, shown), ""):
        said = say(
            "reversed: %(contact)s would be shown from the wrong end in right-to-left text: shown as %(shown)s; "
            "put a left-to-right mark (U+200E) before it"
        )
        if "\u05be" in wrong:  # the Hebrew hyphen is a right-to-left letter: no mark helps
            said = say(
                "reversed: %(contact)s would be shown from the wrong end in right-to-left text: shown as %(shown)s; "
                "write hyphens (-) or spaces for the maqaf (U+05BE)"
            )
        # What the eye meets is judged: who dials it reaches nobody, or somebody else.
        yield finding("contact-changed", locale, file, said.given(contact=wanted.name, shown=wrong.strip()))


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
