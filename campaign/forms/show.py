"""A form with values of nobody, as a draft: what mediators see before they sign it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaign.forms import samples as values_of
from campaign.forms.filled import Desk, Filled, make
from campaign.model.artefact import Artefact
from campaign.model.form import Form
from campaign.model.job import Job
from campaign.workspace.loader import Workspace

#: The day of every sample: the same one, so that the same frame looks the same.
DAY = date(2026, 12, 11)
_MARK = "DRAFT"
#: Pixels per inch of a picture of a sheet.
_PPI = 80


def samples(desk: Desk, form: Form, locales: tuple[str, ...], country: str, sizes: tuple[str, ...]) -> Iterator[Filled]:
    """The plain sheet, then each of the worst ones.

    Raises:
        CampaignError: one cannot be made.
    """
    contacts = tuple(contact for contact in desk.space.campaign.contacts if contact.serves(country))
    every = (values_of.plain(form, contacts, DAY), *values_of.worst(form, contacts, DAY))
    for number, values in enumerate(every):
        own_id = f"SAMPLE-{form.id}-{locales[0]}-{number}"
        yield make(desk, form, values, locales, own_id=own_id, sizes=sizes, draft=_MARK)


def pictures(space: Workspace, job: Job, *, final: bool) -> Iterator[Artefact]:
    """What whoever signs a form looks at: the pages of a plain sheet and of the worst one, and both text messages.

    Raises:
        CampaignError: a sheet cannot be made.
    """
    desk, form = Desk.of(space), space.campaign.forms[job.audience]
    locales = tuple(dict.fromkeys((job.locale, space.campaign.source_language)))
    contacts = tuple(contact for contact in space.campaign.contacts if contact.serves(job.country))
    first, *_ = values_of.worst(form, contacts, DAY)
    for name, values in (("plain", values_of.plain(form, contacts, DAY)), ("worst", first)):
        mark = "" if final else _MARK
        made = make(desk, form, values, locales, own_id=f"SAMPLE-{name}", sizes=("a4",), draft=mark, ppi=_PPI)
        for number, page in enumerate(made.pages["a4"], start=1):
            yield Artefact(f"{name}-page-{number}.png", "image/png", page, made.used[job.locale])
        if made.sms:
            yield Artefact(f"{name}-sms.txt", "text/plain", made.sms.encode(), made.used[job.locale])
