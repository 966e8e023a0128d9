"""One worker's print room: from an item and a format to a finished job, gated when it is for the press."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from campaign import config, languages
from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press as Bleed
from campaign.channels.leaflet import Leaflet, printed, shown
from campaign.delivery.handover import leaves
from campaign.editions.formats import Answer, ask_format
from campaign.editions.release_gate import Gate
from campaign.errors import CampaignError
from campaign.executors.context import WorkerContext, tools
from campaign.manifest import Entry
from campaign.model.campaign import Campaign
from campaign.model.finding import Finding
from campaign.model.message import Message
from campaign.model.print_profile import PrintProfile
from campaign.model.used_unit import UsedUnit
from campaign.press import common_base, conditions, office, profiles, quantities
from campaign.press.colour import Colours, Inks, OneInk
from campaign.press.common_base import Base
from campaign.press.job import Order, Press, PrintJob, Sheet
from campaign.press.office import Office
from campaign.project import Project
from campaign.render.messages import Messages
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts
from campaign.typeset.session import Laid, Typesetter
from campaign.workspace.facts import Covers
from campaign.workspace.selection import Group


@dataclass(frozen=True, slots=True)
class Task:
    """One job to make; `shared`: it is one for all audiences."""

    group: Group
    layout: str
    proof: bool
    shared: bool = False

    def __str__(self) -> str:
        return f"{self.group}/{self.layout}"


@dataclass(frozen=True, slots=True)
class PrintContext(WorkerContext):
    """What jobs are printed from; proofs have no gate. With `office` they are sheets for an office's own printer."""

    project: Project
    campaign: Campaign
    texts: Mapping[str, Texts]
    profile: PrintProfile
    gate: Gate | None
    office: Office | None = None


class PrintRoom:
    """One worker's warm tools: renderer, compiler, inks.

    `renderer` is one that renders the same messages for the caller as well.
    """

    def __init__(self, context: PrintContext, renderer: Renderer | None = None) -> None:
        config.hold(context.campaign)
        self._campaign, self._texts, self._gate = context.campaign, context.texts, context.gate
        project, self._profile, self._office = context.project, context.profile, context.office
        self._project = project
        self._bases: dict[tuple[str, str, str, bool, bool], Base] = {}
        self._quantities = quantities.read(project, self._profile.quantities, self._campaign)
        self._renderer, self.typesetter = renderer or Messages(project, self._campaign), Typesetter(project)
        self.leaflet = Leaflet(self._campaign, self.typesetter, review=self._gate is None)
        self.covers = Covers(project, self._campaign, self._renderer)
        if not self._office:
            _ = self.press  # a profile that cannot be read stops before anything is made

    @cached_property
    def press(self) -> Press:
        """The inks of the profile. Raises CampaignError when one of its files cannot be used."""
        names = self._profile.convert, self._profile.intent
        convert, intent = (profiles.read(self._project, name) for name in names)
        conditions.agree(self._profile, convert, intent)
        brand = self._campaign.brand.chosen_inks()
        inks: Colours = OneInk() if self._profile.one_ink else Inks(convert, brand)
        return Press(conditions.bounded(self._profile), inks, intent)

    def message(self, group: Group) -> Message:
        """The message of a group."""
        return self._renderer.message(group.audience, group.locale, group.country, self._texts[group.locale])

    def refused(self, task: Task) -> tuple[Finding, ...]:
        """Why a job may not go to a printer; a proof always may."""
        return self._asked(task)[1] if self._gate else ()

    def entry(self, task: Task, job: PrintJob) -> Entry:
        """The press file of a finished job as an edition would list it."""
        keys = [unit.key for unit in self._units(task)]
        return leaves(job.order, job.files[0], keys, self._asked(task)[0])

    def _asked(self, task: Task) -> Answer:
        assert self._gate is not None  # noqa: S101 - proofs are not asked
        layout = self._campaign.layouts[task.layout]
        return ask_format(self._gate, self.covers, self.leaflet, layout, self.message(task.group))

    def _units(self, task: Task) -> tuple[UsedUnit, ...]:
        """The units that a job shows."""
        message = self.message(task.group)
        return message.used(*shown(self._campaign.layouts[task.layout], message))

    def jobs(self, tasks: Sequence[Task]) -> Iterator[PrintJob | CampaignError]:
        """Make the jobs, in this order; in place of one whose text does not fit, why: it costs no other job.

        Raises:
            CampaignError: a picture that cannot be printed.
        """
        if self._office:
            yield from (self._office_job(task, self._office) for task in tasks)
            return
        sheets: list[Sheet | CampaignError] = []
        for task in tasks:
            try:
                sheets.append(self.sheet(task))
            except CampaignError as error:
                sheets.append(error)
        made = self.press.jobs([sheet for sheet in sheets if isinstance(sheet, Sheet)])
        for sheet in sheets:
            yield sheet if isinstance(sheet, CampaignError) else next(made)

    def _office_job(self, task: Task, how: Office) -> PrintJob | CampaignError:
        """One job on the paper of an office, or why it cannot be printed there."""
        try:
            layout = self._campaign.layouts[task.layout]
            readable = max(layout.min_text, self._profile.min_text) / office.plan(layout, how.paper).scale
            laid = self._laid(task, Bleed(0, task.proof, round(readable, 2)))
            return office.job(self._order(task), laid, how, self._profile.naming)
        except CampaignError as error:
            return error

    def sheet(self, task: Task) -> Sheet:
        """Lay out one job, for the press and for the screen. Raises CampaignError when a text does not fit."""
        screen = self._laid(task, Bleed(0, True, self._profile.min_text) if task.proof else None).pdf
        item = self._laid(task, Bleed(self._profile.bleed, task.proof, self._profile.min_text))
        return Sheet(self._order(task), item, screen, self._base(task) if self._profile.common_base else ())

    def _base(self, task: Task) -> Base:
        """What an item has in common in all languages of the campaign: their colours lie on common plates.

        A folded sheet is mirrored for right-to-left languages, and Nastaliq takes room from the picture: these have a
        base of their own.
        """
        group, folded = task.group, bool(self._campaign.layouts[task.layout].panels)

        def drawn_as(locale: str) -> tuple[bool, bool]:
            language = languages.get(locale)
            return folded and language.rtl, language.script == "Aran"

        key = group.country, group.audience, task.layout, *drawn_as(group.locale)
        if key not in self._bases:
            pdfs = []
            for locale in self._campaign.languages:
                if drawn_as(locale) != drawn_as(group.locale):
                    continue
                each = replace(task, group=replace(group, locale=locale))
                with contextlib.suppress(CampaignError):  # one that does not fit is refused when it is printed
                    pdfs.append(self._laid(each, Bleed(self._profile.bleed, task.proof, self._profile.min_text)).pdf)
            self._bases[key] = common_base.common(pdfs)
        return self._bases[key]

    def _laid(self, task: Task, press: Bleed | None) -> Laid:
        message, review = self.message(task.group), self._gate is None
        return set_item(self.typesetter, task.layout, message, self._campaign, review=review, press=press)

    def _order(self, task: Task) -> Order:
        campaign, message = self._campaign, self.message(task.group)
        layout = campaign.layouts[task.layout]
        contacts = printed(layout, message)
        return Order(
            message.country,
            message.locale,
            message.audience,
            "" if task.shared else campaign.audiences[message.audience].name,
            layout,
            # Whoever opens the file reads its title: it says no more than the page does.
            message.line("title") if "title" in layout.shows else message.labels["neutral"] or layout.name,
            message.url if message.coded and layout.coded else "",
            tuple(contact.display for contact in contacts),
            tuple(contact.id for contact in contacts),
            message.batch,
            campaign.edition,
            task.proof,
            task.shared,
            self._quantities.quantity(message.country, message.locale, message.audience, layout.id) or layout.quantity,
        )


def run_tasks(tasks: Sequence[Task]) -> tuple[PrintJob | CampaignError, ...]:
    """Make some jobs with this process's print room."""
    return tuple(tools(PrintContext, PrintRoom).jobs(tasks))
