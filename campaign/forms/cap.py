"""A public emergency as a CAP 1.2 alert (OASIS): one `info` for each language whose words are signed.

Never for a form about one person: an alert is for everybody, and is kept by whoever relays it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from campaign.errors import CampaignError
from campaign.forms.lexicon import Lexicon
from campaign.forms.sheet import Sheet, sheet
from campaign.forms.values import Value
from campaign.model.campaign import Campaign
from campaign.model.form import Form, FormTemplate

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"


def alert(
    form: Form,
    template: FormTemplate,
    values: Mapping[str, Value],
    lexicons: tuple[Lexicon, ...],
    campaign: Campaign,
    *,
    own_id: str,
    sent: datetime,
    exercise: bool,
) -> bytes:
    """The alert as XML. What only the authority knows (urgency, severity, certainty) says `Unknown`.

    Raises:
        CampaignError: the form is no public emergency.
    """
    from lxml import etree

    if form.personal or not form.emergency:
        todo = "an alert is for everybody: set personal = false and emergency = true, if that is what it is"
        raise CampaignError.single("is no public emergency", where=f"campaign.toml: forms.{form.id}", todo=todo)
    root = etree.Element(f"{{{NAMESPACE}}}alert", nsmap={None: NAMESPACE})

    def add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
        child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
        child.text = text or None
        return child

    # The offset is written out: CAP 1.2 does not take Z (3.3.2).
    moment = sent.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    head = {
        "identifier": own_id,
        "sender": urlsplit(campaign.base_url).hostname or "campaign",
        "sent": moment,
        "status": "Exercise" if exercise else "Actual",
        "msgType": "Alert",
        "scope": "Public",
    }
    for name, text in head.items():
        add(root, name, text)
    made = sheet(template, values, lexicons)
    for number, lexicon in enumerate(lexicons):
        info = add(root, "info")
        for name, text in _info(made, number, lexicon.locale, values).items():
            add(info, name, text)
        add(add(info, "area"), "areaDesc", _place(values) or campaign.name)
    made_xml: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made_xml


def _info(made: Sheet, number: int, locale: str, values: Mapping[str, Value]) -> Mapping[str, str]:
    said = {block: [texts[number] for each, texts in made.sentences if each == block] for block, _ in made.sentences}
    lines = []
    for row in made.rows:
        cell = row.cells[number]
        for at, line in enumerate(cell.lines):
            label = line.label or (cell.label if at == 0 else "")
            lines.append(f"{label}: {line.text}" if label else line.text)
    contact = next((value.contact for value in values.values() if value.contact), None)
    info = {
        "language": locale,
        "category": "Safety",
        "event": said["title"][0],
        "urgency": "Unknown",
        "severity": "Unknown",
        "certainty": "Unknown",
        "headline": said["title"][0],
        "description": "\n".join((*said.get("intro", ()), *lines)),
        "instruction": "\n".join(said.get("closing", ())),
        "contact": f"{contact.name} {contact.display}" if contact else "",
    }
    return {name: text for name, text in info.items() if text}


def _place(values: Mapping[str, Value]) -> str:
    return next((value.text for value in values.values() if value.slot.type == "place"), "")
