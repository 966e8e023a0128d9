"""SMS: the text as it is sent, and what it costs (3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from campaign import languages
from campaign.bidi import direct_numbers
from campaign.channels.draft import marked
from campaign.checks.rules import finding
from campaign.counting.sms import SmsMeasure, measure, parts
from campaign.model import Artefact, Campaign, Contact, Message

__all__ = ["Sms", "SmsMeasure", "measure"]

BLOCKS = ("sms",)


class Sms:
    """The SMS channel: `sms.txt`, and `sms.json` with encoding, segments and units."""

    name = "sms"

    def __init__(self, campaign: Campaign, *, review: bool) -> None:
        self._campaign, self._review = campaign, review

    def shows(self, message: Message, /) -> tuple[str, ...]:
        """Only the text itself; no claim of a contact is in it."""
        return BLOCKS

    def contacts(self, message: Message, /) -> tuple[Contact, ...]:
        """The first helpline and the emergency number."""
        return message.helplines[0].contact, message.emergency

    def export(self, message: Message, /) -> Iterator[Artefact]:
        """The text of a message. Its cost is measured without the mark that a draft begins with."""
        text = message.texts["sms"]
        if languages.get(message.locale).rtl:
            text = direct_numbers(text, isolate=False)
        cost, units = measure(text), message.used(*BLOCKS)
        findings = []
        if cost.segments > self._campaign.sms_parts:
            findings.append(
                finding(
                    "length",
                    message.locale,
                    f"{message.audience}/sms",
                    f"takes {cost.segments} parts ({cost.encoding}), the campaign allows {self._campaign.sms_parts}",
                )
            )
        report = {
            "encoding": cost.encoding,
            "segments": cost.segments,
            "units": list(cost.units),
            "parts": list(parts(text)),
        }
        shown = marked(text, message) if self._review else text
        yield Artefact("sms.txt", "text/plain", shown.encode(), units, "sms", tuple(findings))
        yield Artefact(
            "sms.json",
            "application/json",
            (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode(),
            units,
            "sms",
        )
