"""One worker's print room: from an item and a format to a finished job, gated when it is for the press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press as Bleed
from campaign.channels.leaflet import Leaflet, printed, shown
from campaign.editions.release_gate import Gate
from campaign.errors import CampaignError, Problem
from campaign.executors.context import WorkerContext, tools
from campaign.model.campaign import Campaign
from campaign.model.job import Job
from campaign.model.message import Message
from campaign.model.print_profile import PrintProfile
from campaign.press import profiles
from campaign.press.colour import Inks
from campaign.press.job import Order, Press, PrintJob, Sheet
from campaign.project import Project
from campaign.render.messages import Messages
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts
from campaign.typeset.session import Typesetter
from campaign.workspace.facts import facts
from campaign.workspace.selection import Group


@dataclass(frozen=True, slots=True)
class Task:
    """One job to make."""

    group: Group
    layout: str
    proof: bool

    def __str__(self) -> str:
        return f"{self.group}/{self.layout}"


@dataclass(frozen=True, slots=True)
class PrintContext(WorkerContext):
    """What jobs are printed from; proofs have no gate."""

    project: Project
    campaign: Campaign
    texts: Mapping[str, Texts]
    profile: PrintProfile
    gate: Gate | None


class PrintRoom:
    """One worker's warm tools: renderer, compiler, inks.

    `renderer` is one that renders the same messages for the caller as well.
    """

    def __init__(self, context: PrintContext, renderer: Renderer | None = None) -> None:
        self._campaign, self._texts, self._gate = context.campaign, context.texts, context.gate
        project, self._profile = context.project, context.profile
        self._renderer, self.typesetter = renderer or Messages(project, self._campaign), Typesetter(project)
        self._leaflet = Leaflet(self._campaign, self.typesetter, review=self._gate is None)
        names = self._profile.convert, self._profile.intent
        convert, intent = (profiles.read(project, name) for name in names)
        self._press = Press(self._profile, Inks(convert, self._campaign.brand.chosen_inks()), intent)

    def message(self, group: Group) -> Message:
        """The message of a group."""
        return self._renderer.message(group.audience, group.locale, group.country, self._texts[group.locale])

    def problems(self, task: Task, message: Message) -> Iterator[Problem]:
        """Why a job may not go to a printer."""
        if self._gate is None:
            return
        group, layout = task.group, self._campaign.layouts[task.layout]
        where = f"{group.country}/{group.locale}/{group.audience}/{layout.id}"
        used = message.used(*shown(layout, message))
        contacts = printed(layout, message)
        # Every format is a form of the leaflet: what was approved is the leaflet with its facts.
        item, promises = Job(group.country, group.locale, group.audience, "leaflet"), facts(self._leaflet, message)
        for finding in self._gate.refused(item, used, contacts, promises, where):
            yield Problem(f"{where}: {finding.code}", finding.detail, "have it signed, or make a proof with --proof")

    def units(self, task: Task) -> tuple[str, ...]:
        """The keys of the units that a job shows."""
        message = self.message(task.group)
        return tuple(unit.key for unit in message.used(*shown(self._campaign.layouts[task.layout], message)))

    def jobs(self, tasks: Sequence[Task]) -> Iterator[PrintJob]:
        """Make the jobs, in this order.

        Raises:
            CampaignError: texts that do not fit, all of them; a picture that cannot be printed.
        """
        sheets: list[Sheet] = []
        problems: list[Problem] = []
        for task in tasks:
            try:
                sheets.append(self.sheet(task))
            except CampaignError as error:
                problems += error.problems
        if problems:
            raise CampaignError(problems)
        yield from self._press.jobs(sheets)

    def sheet(self, task: Task) -> Sheet:
        """Lay out one job, for the press and for the screen. Raises CampaignError when a text does not fit."""
        campaign, message = self._campaign, self.message(task.group)
        layout, review = campaign.layouts[task.layout], self._gate is None

        screen = set_item(
            self.typesetter,
            layout.id,
            message,
            campaign,
            review=review,
            press=Bleed(0, proof=True) if task.proof else None,
        ).pdf
        item = set_item(
            self.typesetter,
            layout.id,
            message,
            campaign,
            review=review,
            press=Bleed(self._profile.bleed, proof=task.proof),
        )
        contacts = printed(layout, message)
        order = Order(
            message.country,
            message.locale,
            message.audience,
            campaign.audiences[message.audience].name,
            layout,
            message.line("title"),
            message.url,
            tuple(contact.display for contact in contacts),
            tuple(contact.id for contact in contacts),
            message.batch,
            campaign.edition,
            task.proof,
        )
        return Sheet(order, item, screen)


def run_tasks(tasks: Sequence[Task]) -> tuple[PrintJob, ...]:
    """Make some jobs with this process's print room."""
    return tuple(tools(PrintContext, PrintRoom).jobs(tasks))
