"""Signatures: which units of an item nobody signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campaign.checks.rules import finding
from campaign.model.cover import ADDRESS, EMERGENCY, FACTS, FORM, HELPLINE, LAYOUT, PAGE, SOUND, STYLE, Change
from campaign.model.finding import Finding
from campaign.model.frame import COLOURS, EXIT, FONTS, ICONS, INKS, LOGO, ORGANISATION, PICTURE, SPELLING
from campaign.model.sentence import Sentence, say, shortened
from campaign.model.state import State
from campaign.model.used_unit import UsedUnit

#: What is said of a sentence in each state.
_OWN = {
    State.MISSING: say('missing: not translated: "%(source)s"'),
    State.DRAFT: say('draft: a draft that nobody signed: "%(source)s"'),
    State.STALE: say('stale: signed for an earlier source text: "%(source)s"'),
}
#: The same of one that shows the source text instead of its own.
_STAND_IN = {
    State.MISSING: say('missing: not translated, the source text stands in: "%(source)s"'),
    State.DRAFT: say('draft: a draft that nobody signed, the source text stands in: "%(source)s"'),
    State.STALE: say('stale: signed for an earlier source text, the source text stands in: "%(source)s"'),
    State.SIGNED: say('signed: signed, the source text stands in: "%(source)s"'),
}

#: What each part of an item is called that is not as somebody signed it.
_PARTS = {
    FACTS: say("a number or a promise"),
    FORM: say("the order of its sentences, or which ones it shows,"),
    ADDRESS: say("the address of its page"),
    PICTURE: say("the picture"),
    LOGO: say("the logo"),
    ORGANISATION: say("the organisation"),
    COLOURS: say("the colours"),
    INKS: say("the inks of the colours"),
    ICONS: say("an icon"),
    FONTS: say("a font"),
    EXIT: say("where the quick exit leads"),
    SPELLING: say("how the SMS is spelt"),
    PAGE: say("the template of the page"),
    STYLE: say("the style sheet of the page"),
    SOUND: say("the recording"),
}
_HELPLINES = say("which helplines it names, or their order,")
_LOOK = say("how it looks")


def unsigned_findings(used: Iterable[UsedUnit], locale: str, where: str) -> Iterator[Finding]:
    """Yield a finding for each unit, once, that is not signed or that shows the source text instead of its own."""
    for unit in dict.fromkeys(used):
        if unit.state is State.SIGNED and not unit.fallback:
            continue
        said = (_STAND_IN if unit.fallback else _OWN)[unit.state].given(source=shortened(unit.source))
        yield finding("unsigned", locale, where, said)


def changed_findings(used: Iterable[UsedUnit], locale: str, where: str, changes: Iterable[Change]) -> Iterator[Finding]:
    """Yield a finding for each part of an item that is not as it was approved, when its every sentence is signed.

    What a sentence lacks is said by `unsigned_findings`. Where nobody approved another state of the item, too few
    people approved this one.
    """
    if all(unit.state is State.SIGNED for unit in used):
        said = [say("stale: %(part)s changed since it was signed", part=part) for part in map(_part, changes)]
        too_few = say("stale: too few people signed it as it is now")
        yield from (finding("unsigned", locale, where, each) for each in dict.fromkeys(said or [too_few]))


def objected_findings(locale: str, where: str, names: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each person who said that an item is not right, and whom nobody answered."""
    for name in names:
        said = say("objection: %(name)s said that it is not right, and nobody answered", name=name)
        yield finding("unsigned", locale, where, said)


def unseen_findings(locale: str, where: str) -> tuple[Finding, ...]:
    """The finding for an item that must be signed as a whole and is signed sentence by sentence."""
    said = say("unseen: every sentence is signed, and nobody signed it as a whole, as it is laid out")
    return (finding("unsigned", locale, where, said),)


def unproved_findings(locale: str, where: str) -> tuple[Finding, ...]:
    """The finding for an item that is signed, but not by enough people whose key is verified (`[review] ssh`)."""
    said = say("no key: signed, but not by enough people whose ssh key is verified")
    return (finding("unsigned", locale, where, said),)


def _part(change: Change) -> Sentence:
    kind, _, which = change.name.partition(":")
    if kind in (HELPLINE, EMERGENCY):
        return _contact(change)
    if kind == LAYOUT:
        return say("the layout %(layout)s", layout=which)
    return _PARTS.get(kind, _LOOK)


def _lettered(*values: str) -> bool:
    """Whether a link, an e-mail or an address is among what reached a contact."""
    return any(map(str.isalpha, "".join(values)))


def _reached(part: str) -> tuple[str, str]:
    """The id of a contact and what reaches it: an address has commas of its own."""
    name, _, rest = part.partition(",")
    return name, rest.rpartition(",")[0]


def _contact(change: Change) -> Sentence:
    """What is not as it was about a contact: its part says its id, its number, and the hash of what is promised."""
    (old, number), (new, now) = map(_reached, (change.then, change.now))
    if old != new:
        return _HELPLINES
    if number != now and _lettered(number, now):
        return say("%(contact)s, from %(old)s to %(new)s,", contact=old, old=number, new=now)
    if number != now:
        return say("the number of %(contact)s, from %(old)s to %(new)s,", contact=old, old=number, new=now)
    return say("what is said of %(contact)s", contact=old)
