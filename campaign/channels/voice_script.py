"""The script to read from, as the JSON of its layout: every stretch in the order of the message, large."""

from __future__ import annotations

from campaign import languages
from campaign.model.campaign import Campaign
from campaign.model.message import Message
from campaign.voice.script import Number, Part, Script, Words


def script_data(message: Message, script: Script, campaign: Campaign) -> dict[str, object]:
    """What voice-script.typ reads."""
    language = languages.get(message.locale)
    numbered = {words.key: at for at, words in enumerate(script.words, start=1)}
    written = {h.contact.id: h.contact.display for h in message.helplines}
    written[message.emergency.id] = message.emergency.display

    def part(each: Part) -> dict[str, object] | None:
        if isinstance(each, Words):
            return {"number": numbered[each.key], "text": each.words, "spoken": False}
        if isinstance(each, Number):
            return {"number": 0, "text": written[each.contact], "spoken": True}
        return None

    return {
        "campaign": campaign.name,
        "audience": campaign.audiences[message.audience].name,
        "country": message.country,
        "language": {"english": language.english, "autonym": language.autonym, **language.typography()},
        "blocks": [[found for each in block.parts if (found := part(each))] for block in script.blocks],
        "digits": [
            {"sign": sign, "word": each.words} for sign, each in zip((*"0123456789", "+"), script.digits, strict=True)
        ],
    }
