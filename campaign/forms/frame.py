"""The frame of a form: all that is signed of it before anybody fills it in, and what makes a signature on it stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from campaign import languages
from campaign.catalogue import date_words, form_templates
from campaign.forms.sheet import LAYOUT
from campaign.model.campaign import Campaign
from campaign.model.cover import FORM as ORDER
from campaign.model.cover import LAYOUT as DESIGN
from campaign.model.cover import Cover, short
from campaign.model.form import Form, FormTemplate
from campaign.model.job import Job
from campaign.project import Project
from campaign.workspace.facts import ItemView
from campaign.workspace.frames import Frames

#: How the ledger calls what is neither leaflet nor message: the item of a form is `item:<country>/<form>/form`.
CHANNEL = "form"


def job(form: Form, locale: str, country: str) -> Job:
    """The name of a frame among the items of a language."""
    return Job(country, locale, form.id, CHANNEL)


def keys(form: Form, template: FormTemplate, locale: str) -> tuple[str, ...]:
    """The keys of all that a frame can show: its sentences, and the words of dates that its slots need."""
    types = {slot.type for slot in form.slots.values()}
    dated, timed = "date" in types, bool(types & {"time", "time-range"})
    words = date_words.needed(locale).items()
    dates = (key for key, word in words if (timed if word.context == "clock" else dated))
    return tuple(dict.fromkeys((*(words.key for words in template.words), *dates)))


def covers(project: Project, campaign: Campaign, locale: str, frames: Frames | None = None) -> Mapping[str, Cover]:
    """What a signature on each form covers beside its words: its lines and slots in their order, and how it looks.

    Raises:
        CampaignError: a template of a form is broken, or a file leads out of the workspace.
    """
    frames = frames or Frames(project, campaign)
    design = frames.design(LAYOUT)
    fonts = languages.get(locale).fonts
    found = {}
    for form in campaign.forms.values():
        template = form_templates.read(project, form)
        parts = {
            ORDER: short(*_order(form, template)),
            f"{DESIGN}:{LAYOUT}": design.value,
            **{use: frames.value(use, "", fonts, locale) for use in sorted(design.uses)},
        }
        found[form.id] = Cover("", parts, frozenset(parts))
    return found


def _order(form: Form, template: FormTemplate) -> Iterator[str]:
    """The lines of a form in their order, with the types of its slots: a limit of a value changes no frame."""
    for line in template.lines:
        yield from (line.block, line.slot, form.slots[line.slot].type if line.slot else "")
        yield from (part for words in line.every for part in (words.context, words.source))
        yield from line.choices or ()
    yield from form.sms


def views(project: Project, campaign: Campaign, locale: str) -> Iterator[ItemView]:
    """The frames of a language as items, one a country: they are the same in all, so one signature is for all."""
    if not campaign.forms:
        return
    known = covers(project, campaign, locale)
    for form in campaign.forms.values():
        shown = keys(form, form_templates.read(project, form), locale)
        for country in campaign.countries:
            yield ItemView(job(form, locale, country), shown, known[form.id])
