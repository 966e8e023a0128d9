"""What readers see in place of a placeholder, for whoever reviews a text."""

from __future__ import annotations

from campaign.model.campaign import Campaign
from campaign.model.placeholders import placeholders
from campaign.model.unit import Unit


def samples(campaign: Campaign, country: str, audience: str) -> dict[str, str]:
    """Each placeholder's name with what stands there in an item of this country and audience."""
    contact = campaign.contacts_for(country, audience)[0]
    return {
        "phone": contact.display,
        "reach": contact.display,
        "helpline": contact.name,
        "emergency": campaign.emergency_for(country).display,
        "url": f"{campaign.base_url}/…",
        "edition": campaign.edition.isoformat(),
        "batch": "KVFFK7",
        "count": "3",
        "num": "3",
    }


def chips(unit: Unit, known: dict[str, str]) -> list[tuple[str, str]]:
    """The placeholders of a sentence as they are written, each with what readers will see."""
    names = dict.fromkeys(placeholders(f"{unit.source} {unit.plural}"))
    return [(f"%({name})s", known.get(name, "…")) for name in names]
