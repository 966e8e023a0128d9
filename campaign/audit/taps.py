"""Taps: what the links of a file dial, write to and open, against the contacts of the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.audit.difference import likeness, number_likeness
from campaign.audit.document import Document
from campaign.checks.rules import finding
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say
from campaign.reading import addresses, phones
from campaign.reading.fold import fold, named
from campaign.reading.links import Target, targets
from campaign.reading.seek import Wanted
from campaign.reading.spots import EMAIL, PHONE, SHORT, WEB, Spot, spots

#: From this likeness on, the host of a link is a changed one of the reference.
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Taps:
    """`counts` says how often a link leads to each contact looked for; `strange` are what else links lead to."""

    counts: tuple[int, ...]
    strange: tuple[Target, ...]


def taps(document: Document, wanted: Sequence[Wanted]) -> Taps:
    """What the links of a file lead to."""
    counts, strange = [0] * len(wanted), []
    for target in (target for link in document.links for target in targets(link)):
        known = [index for index, one in enumerate(wanted) if same(target, one)]
        for index in known:
            counts[index] += 1
        if not known:
            strange.append(target)
    return Taps(tuple(counts), tuple(dict.fromkeys(strange)))


def same(target: Target, contact: Wanted | Spot) -> bool:
    """Whether a link leads to this contact."""
    if target.kind == PHONE:
        return contact.kind in (PHONE, SHORT) and phones.same(target.text, contact.text)
    if target.kind != contact.kind:
        return False
    if target.kind == EMAIL:
        return addresses.email_key(target.text) == addresses.email_key(contact.text)
    return addresses.web_key(target.text) == addresses.web_key(contact.text)


def strange_links(
    file: str, locale: str, document: Document, wanted: Sequence[Wanted], strange: Sequence[Target]
) -> Iterator[Finding]:
    """Yield findings for links that lead to something else than the text shows: a tap must do what the reader sees."""
    said = set()
    for link, text in document.anchors:
        for target in targets(link):
            if (shown := _shown_instead(target, text)) and target not in said:
                said.add(target)
                yield _wrong(file, locale, target, shown)
    hosts = {addresses.web_key(one.text)[0] for one in wanted if one.kind == WEB}
    for target in strange:
        if target in said or (target.kind == WEB and addresses.web_key(target.text)[0] in hosts):
            continue
        near = _nearest(target, wanted)
        if near and (target.kind != PHONE or near.kind in (PHONE, SHORT)):
            yield _wrong(file, locale, target, near.name)
        elif target.kind != WEB or hosts:
            severity = Severity.ERROR if target.kind == PHONE else Severity.WARNING
            detail = say("link: %(contact)s is not in the reference", contact=named(target.text))
            yield finding("contact-changed", locale, file, detail, severity=severity)


def _wrong(file: str, locale: str, target: Target, shown: str) -> Finding:
    detail = say("link: %(link)s is not in the reference, the reader sees %(contact)s")
    return finding("contact-changed", locale, file, detail.given(link=named(target.text), contact=named(shown)))


def _shown_instead(target: Target, text: str) -> str:
    """The contact that the text of a link shows, where the link leads to another one of its kind."""
    kinds = (PHONE, SHORT) if target.kind == PHONE else (target.kind,)
    shown = [spot for spot in spots(fold(text)) if spot.kind in kinds]
    if not shown or any(same(target, spot) for spot in shown):
        return ""
    if target.kind == WEB:
        hosts = {addresses.web_key(spot.text)[0] for spot in shown}
        if addresses.web_key(target.text)[0] in hosts:  # a deeper page of the host that is shown
            return ""
    return shown[0].written


def _nearest(target: Target, wanted: Sequence[Wanted]) -> Wanted | None:
    """The contact that a strange link looks most like; for a number the first one that the reader sees."""
    kinds = (PHONE, SHORT) if target.kind == PHONE else (target.kind,)
    scored = [(_likeness(target, one), -index, one) for index, one in enumerate(wanted) if one.kind in kinds]
    score, _, best = max(scored, key=lambda entry: entry[:2], default=(0.0, 0, None))
    return best if best and (score >= _ALIKE or target.kind == PHONE) else None


def _likeness(target: Target, contact: Wanted) -> float:
    if target.kind == PHONE:
        return number_likeness(contact.text, target.text)
    if target.kind == EMAIL:
        return likeness(addresses.email_key(contact.text), addresses.email_key(target.text))
    return likeness(addresses.web_key(contact.text)[0], addresses.web_key(target.text)[0])
