"""SMS: the text as it is sent, and what it costs (3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from campaign import languages
from campaign.bidi import directed, strip_controls
from campaign.channels.draft import marked
from campaign.channels.sms_layout import numbers_whole
from campaign.channels.whole import straddling
from campaign.checks.preview import revealing
from campaign.checks.rules import finding
from campaign.counting.sms import ShiftProfile, SmsMeasure, costly, measure, parts, plain
from campaign.model.artefact import Artefact
from campaign.model.campaign import Campaign
from campaign.model.contact import Contact
from campaign.model.finding import Finding
from campaign.model.frame import SPELLING, Frame
from campaign.model.message import Message
from campaign.model.sentence import say
from campaign.model.sms_plan import SmsPlan

if TYPE_CHECKING:
    from campaign.typeset.session import Typesetter

__all__ = ["Sms", "SmsMeasure", "measure"]

SHOWN = ("text:sms",)

_PART = say(
    "takes %(saved)s part fewer with plain characters: replace %(characters)s; or set plain = true in [sms]",
)
_PARTS = say(
    "takes %(saved)s parts fewer with plain characters: replace %(characters)s; or set plain = true in [sms]",
)


class Sms:
    """The SMS channel: `sms.txt`, and `sms.json` with encoding, segments, units and where each part ends."""

    name = "sms"

    def __init__(self, campaign: Campaign, _typesetter: Typesetter, *, review: bool) -> None:
        self._plan, self._review = campaign.sms, review

    def shows(self, message: Message, /) -> tuple[str, ...]:
        """Only the text itself; no claim of a contact is in it."""
        return SHOWN

    def contacts(self, message: Message, /) -> tuple[Contact, ...]:
        """The first helpline and the emergency number."""
        return message.helplines[0].contact, message.emergency

    def frame(self, _message: Message, /) -> Frame:
        """A text message has no look, but the gateway may want plain letters."""
        return Frame(uses=frozenset({SPELLING}))

    def export(self, message: Message, /) -> Iterator[Artefact]:
        """The text of a message. Its cost is measured without the mark that a draft begins with."""
        text, units = sendable(message, self._plan), message.used(*SHOWN)
        cost, cut = measured(text, self._plan)
        report = {
            "encoding": cost.encoding,
            "segments": cost.segments,
            "units": list(cost.units),
            "parts": list(cut),
            "segments_whole_graphemes": measured(text, replace(self._plan, whole_graphemes=True))[0].segments,
            "single_shift": cost.single_shift,
            "locking_shift": cost.locking_shift,
        }
        shown = marked(text, message, units) if self._review else text
        found = tuple(_findings(text, cost, cut, message, self._plan))
        yield Artefact("sms.txt", "text/plain", shown.encode(), units, "sms", found)
        yield Artefact(
            "sms.json",
            "application/json",
            (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode(),
            units,
            "sms",
        )


def sendable(message: Message, plan: SmsPlan) -> str:
    """The text as a gateway sends it: numbers directed where right-to-left text needs it, plain when the plan asks, and
    laid out so that no number is cut between two parts, where spaces can help it.
    """
    rtl = languages.get(message.locale).rtl
    text = directed(message.texts["sms"], message.lettered, rtl=rtl, isolate=False)
    if plan.plain:
        text = plain(text)
    return numbers_whole(text, lambda laid: measured(laid, plan)[1], rtl=rtl)


def measured(text: str, plan: SmsPlan) -> tuple[SmsMeasure, tuple[str, ...]]:
    """What a text costs through the campaign's gateway, and its parts.

    The gateway's own way of cutting counts: between graphemes only when the plan says so.
    """
    profile = None
    if plan.single_shift or plan.locking_shift:
        profile = ShiftProfile(plan.single_shift, plan.locking_shift)
    bits, whole = plan.reference_bits, plan.whole_graphemes
    return (
        measure(text, reference_bits=bits, whole_graphemes=whole, profile=profile),
        parts(text, reference_bits=bits, whole_graphemes=whole, profile=profile),
    )


def _findings(text: str, cost: SmsMeasure, cut: Sequence[str], message: Message, plan: SmsPlan) -> Iterator[Finding]:
    where = f"{message.audience}/sms"
    if cost.segments > plan.parts:
        said = say(
            "takes %(parts)s parts (%(encoding)s), the campaign allows %(allowed)s",
            parts=cost.segments,
            encoding=cost.encoding,
            allowed=plan.parts,
        )
        yield finding("length", message.locale, where, said)
    if cost.encoding == "UCS-2" and (easy := plain(text)) != text:
        saved = cost.segments - measured(easy, plan)[0].segments
        if saved > 0:
            dear = dict.fromkeys((found.character, found.plain) for found in costly(text))
            words = ", ".join(f"{character!r} by {better!r}" for character, better in dear)
            said = (_PARTS if saved > 1 else _PART).given(saved=saved, characters=words)
            yield finding("length", message.locale, where, said)
    for run in straddling(cut):
        said = say('"%(said)s" is cut where one part ends and the next begins', said=strip_controls(run))
        yield finding("length", message.locale, where, said)
    yield from revealing(text, message.locale, where)
