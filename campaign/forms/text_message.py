"""The text message of a form: neutral words, then `label: value` lines without a case, a place or a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from campaign import languages
from campaign.bidi import marked_in_sms, strip_controls
from campaign.channels.sms import measured
from campaign.checks.preview import revealing
from campaign.counting.sms import SmsMeasure, plain
from campaign.forms.lexicon import Lexicon
from campaign.forms.values import Value
from campaign.model.campaign import Campaign
from campaign.model.form import Form, FormTemplate


def text(form: Form, template: FormTemplate, values: Mapping[str, Value], lexicon: Lexicon, campaign: Campaign) -> str:
    """The message as a gateway sends it; empty for a form without one."""
    if not form.sms:
        return ""
    rtl = languages.get(lexicon.locale).rtl
    lines = [lexicon.say(line.words) for line in template.of("sms") if line.words]
    labels = {line.slot: line.words for line in template.of("fields") if line.slot in form.sms}
    for slot in form.sms:
        if slot in values and (label := labels[slot]) is not None:
            for line in lexicon.short(values[slot]):
                lines.append(f"{line.label or lexicon.say(label)}: {marked_in_sms(line.text, rtl=rtl)}")
    said = "\n".join(lines)
    return plain(said) if campaign.sms.plain else said


def cost(said: str, campaign: Campaign) -> SmsMeasure:
    """What it costs through the campaign's gateway."""
    return measured(said, campaign.sms)[0]


def faults(said: str, form: Form, values: Mapping[str, Value], lexicon: Lexicon, campaign: Campaign) -> Iterator[str]:
    """What of a message is not as it should be: too long, a value that is not in it, words that endanger its reader."""
    if not said:
        return
    if (parts := cost(said, campaign).segments) > campaign.sms.parts:
        yield f"the text message takes {parts} parts, the campaign allows {campaign.sms.parts}"
    ends = [strip_controls(part) for line in said.split("\n") for part in (line, line.partition(": ")[2])]
    plainly = plain if campaign.sms.plain else str
    for slot in form.sms:
        if slot in values and not {plainly(line.text) for line in lexicon.short(values[slot])} <= {*ends}:
            yield f"the text message does not say {slot}"
    yield from (found.detail for found in revealing(said, lexicon.locale, form.id))
