"""A form for the programs of others, with places for its values: WhatsApp message templates, a RapidPro flow.

Both say what the text message says, the sentence of the choice and the last one of the sheet; every word is signed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from campaign import languages
from campaign.errors import CampaignError, Problem
from campaign.exports.whatsapp import UTILITY, Template, name
from campaign.forms import gate, samples
from campaign.forms.filled import Desk
from campaign.forms.lexicon import Lexicon
from campaign.forms.show import DAY
from campaign.model.form import Form, FormTemplate

_SPACE = uuid.UUID("5b7a1f0e-0a57-5c0e-9d0b-2c8c7c1d0f25")


@dataclass(frozen=True, slots=True)
class Body:
    """What one language says for one choice: lines, where a slot stands after its label; `samples` of the slots."""

    locale: str
    option: str
    lines: tuple[tuple[str, str], ...]
    samples: Mapping[str, str]

    def text(self, place: Mapping[str, str]) -> str:
        """The lines with a place for each slot."""
        return "\n".join(f"{said}: {place[slot]}" if slot else said for said, slot in self.lines)


def bodies(desk: Desk, form: Form, country: str, today: date) -> tuple[tuple[Body, ...], tuple[Problem, ...]]:
    """A body for each language whose words are signed and for each choice; and why other languages have none.

    Raises:
        CampaignError: a form without a text message, or a broken template.
    """
    template = desk.template(form)
    if not form.sms:
        what, todo = "has no text message", "this form is paper alone; or write {% block sms %}"
        raise CampaignError.single(what, where=f"campaign.toml: forms.{form.id}", todo=todo)
    contacts = tuple(each for each in desk.space.campaign.contacts if each.serves(country))
    values = samples.plain(form, contacts, DAY)
    made, left = list[Body](), list[Problem]()
    for locale in desk.space.campaign.languages:
        lexicon = Lexicon(desk.space.texts[locale])
        own = [
            Body(
                locale,
                option,
                tuple(_lines(form, template, option, lexicon)),
                {slot: lexicon.short(values[slot])[0].text for slot in form.sms if slot in values},
            )
            for option in _options(template)
        ]
        if refused := gate.refused(desk.space, form, country, {locale: lexicon.used}, (), today):
            left.append(Problem(locale, f"left out: {len(refused)} things are not signed or wrong", refused[0].todo))
        else:
            made += own
    return tuple(made), tuple(left)


def _options(template: FormTemplate) -> tuple[str, ...]:
    choice = next((line.choices for line in template.lines if line.choices), None)
    return tuple(choice) if choice else ("",)


def _lines(form: Form, template: FormTemplate, option: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for line in template.of("sms"):
        if line.words:
            yield lexicon.say(line.words), ""
    for line in template.of("fields"):
        if line.choices and option in line.choices:
            yield lexicon.say(line.choices[option]), ""
    for line in template.of("fields"):
        if line.words and line.slot in form.sms:
            yield lexicon.say(line.words), line.slot
    # A template may not end with a place: the last sentence of the sheet, or that of the message again.
    last = [line.words for line in (*template.of("sms"), *template.of("closing")) if line.words]
    yield lexicon.say(last[-1]), ""


def whatsapp(form: Form, made: tuple[Body, ...]) -> Iterator[Template]:
    """The templates of a form, one for each choice and language; places are numbered in order and have samples."""
    for body in made:
        slots = _slots(body)
        places = {slot: f"{{{{{number}}}}}" for number, slot in enumerate(slots, start=1)}
        named, samples_of = name(form.id, body.option), tuple(body.samples[slot] for slot in slots)
        yield Template(named, body.locale, UTILITY, body.text(places), samples_of)


def _slots(body: Body) -> tuple[str, ...]:
    return tuple(slot for _, slot in body.lines if slot in body.samples)


def rapidpro(form: Form, made: tuple[Body, ...], base: str) -> Mapping[str, object]:
    """A flow for each choice (RapidPro, flow specification 13): the signed text of each language.

    The values are asked for when the flow is started: `@trigger.params.day`.
    """
    flows = []
    for option in dict.fromkeys(body.option for body in made):
        same = {body.locale: body for body in made if body.option == option}
        first = same.get(base) or next(iter(same.values()))
        node, action, leave = (str(uuid.uuid5(_SPACE, f"{form.id} {option} {part}")) for part in ("n", "a", "e"))
        texts = {
            languages.get(locale).iso639_3: body.text({slot: f"@trigger.params.{slot}" for slot in form.sms})
            for locale, body in same.items()
        }
        code = languages.get(first.locale).iso639_3
        flows.append(
            {
                "uuid": str(uuid.uuid5(_SPACE, f"{form.id} {option}")),
                "name": " ".join(filter(None, (form.name, option))),
                "spec_version": "13.1.0",
                "language": code,
                "type": "messaging",
                "revision": 1,
                "expire_after_minutes": 10080,
                "localization": {tag: {action: {"text": [text]}} for tag, text in texts.items() if tag != code},
                "nodes": [
                    {
                        "uuid": node,
                        "actions": [
                            {
                                "uuid": action,
                                "type": "send_msg",
                                "text": texts[code],
                                "attachments": [],
                                "quick_replies": [],
                            }
                        ],
                        "exits": [{"uuid": leave, "destination_uuid": None}],
                    }
                ],
                "_ui": {"nodes": {node: {"type": "execute_actions", "position": {"left": 100, "top": 100}}}},
            }
        )
    kinds = ("campaigns", "triggers", "fields", "groups")
    return {"version": "13", "site": "", "flows": flows, **{kind: [] for kind in kinds}}
