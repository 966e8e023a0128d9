"""Packs for places: sheets of several languages for a print shop, each as far as its least finished language."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from campaign.channels.layout_data import Press as Bleed
from campaign.channels.leaflet import printed, shown
from campaign.channels.sheet import Panel, chooser, set_sheet
from campaign.delivery.handover import Handover
from campaign.delivery.printer_worker import PrintContext, PrintRoom
from campaign.delivery.printer_zip import Printed, PrinterZip, chosen_of, refusals, refuse, sent_back
from campaign.editions.clearance import problems, still
from campaign.editions.formats import Answer, ask_sheet, state_of
from campaign.editions.leaving import refused_now
from campaign.editions.release_gate import leaving_gate
from campaign.errors import CampaignError, Problem
from campaign.executors.context import hold
from campaign.ledger.releases import PRINTER
from campaign.manifest import Entry
from campaign.model.edition import Edition
from campaign.model.layout import Layout
from campaign.model.message import Message
from campaign.model.state import State
from campaign.model.wall import Wall
from campaign.model.web_address import MANY
from campaign.press import pack
from campaign.press.job import Order, PrintJob, Sheet
from campaign.project import Project, write_atomic
from campaign.protocols import Progress
from campaign.render.messages import Messages
from campaign.typeset.session import Laid, Typesetter
from campaign.workspace import loader
from campaign.workspace.inputs import Inputs
from campaign.workspace.selection import Group


@dataclass(frozen=True, slots=True)
class WallTask:
    """One sheet to make: for which place, and in which format."""

    wall: Wall
    layout: Layout
    proof: bool

    def __str__(self) -> str:
        return f"{self.wall.country}/{self.wall.id}/{self.layout.id}"


class WallRoom:
    """Makes the sheets of places with the tools of a print room."""

    def __init__(self, context: PrintContext, room: PrintRoom) -> None:
        self._context, self._room = context, room

    def messages(self, task: WallTask) -> list[Message]:
        """The message of each of its languages."""
        wall = task.wall
        return [self._room.message(Group(wall.country, tag, wall.audience, ("leaflet",))) for tag in wall.languages]

    def answer(self, task: WallTask) -> Answer:
        """What a sheet shows, and why it may not leave."""
        gate = self._context.gate
        assert gate is not None  # noqa: S101 - proofs are not asked
        return ask_sheet(gate, self._room.covers, self._room.leaflet, task.layout, self.messages(task))

    def job(self, task: WallTask) -> PrintJob | CampaignError:
        """One finished sheet, or why it cannot be made."""
        try:
            return next(self._room.press.jobs([self._sheet(task)]))
        except CampaignError as error:
            return error

    def entry(self, task: WallTask, job: PrintJob) -> Entry:
        """The press file of a finished sheet as the history knows it."""
        file, order = job.files[0], job.order
        units = {unit.key for message in self.messages(task) for unit in message.used(*shown(task.layout, message))}
        return Entry(
            path=file.name,
            media_type="application/pdf",
            size=len(file.data),
            sha256=file.sha256,
            audience=order.audience,
            locale=MANY,
            country=order.country,
            channel=PRINTER,
            format=task.layout.id,
            state=State.SIGNED.value,
            units=tuple(sorted(units)),
            states={State.SIGNED.value: len(units)},
            fallbacks=(),
            batch=order.batch,
            content=self.answer(task)[0],
            contacts=order.contacts,
            locales=task.wall.languages,
        )

    def _sheet(self, task: WallTask) -> Sheet:
        profile = self._context.profile
        screen = self._laid(task, Bleed(0, True, profile.min_text) if task.proof else None).pdf
        return Sheet(self._order(task), self._laid(task, Bleed(profile.bleed, task.proof, profile.min_text)), screen)

    def _laid(self, task: WallTask, press: Bleed | None) -> Laid:
        panels = [Panel(message, task.proof and not self._signed(task, message)) for message in self.messages(task)]
        campaign, typesetter = self._context.campaign, self._room.typesetter
        return set_sheet(typesetter, panels, campaign, task.layout, strips=task.wall.strips, press=press)

    def _signed(self, task: WallTask, message: Message) -> bool:
        texts = self._context.texts[message.locale]
        return state_of(texts, self._room.covers, self._room.leaflet, task.layout, message) is State.SIGNED

    def _order(self, task: WallTask) -> Order:
        first, campaign, wall = self.messages(task)[0], self._context.campaign, task.wall
        contacts = printed(task.layout, first)
        return Order(
            wall.country,
            first.locale,
            wall.audience,
            wall.name,
            task.layout,
            contacts[0].display,
            chooser(first, campaign),
            tuple(contact.display for contact in contacts),
            tuple(contact.id for contact in contacts),
            first.batch,
            campaign.edition,
            task.proof,
            quantity=task.layout.quantity,
            locales=wall.languages,
            place=wall.id,
        )


def pack_walls(
    project: Project, *, walls: tuple[str, ...], profile: str, proof: bool, today: date, progress: Progress
) -> Printed:
    """Write one ZIP for each place into output/packs.

    Without `proof` every language of a sheet must be signed, verified and unexpired: a sheet of which one may not go
    out is left out and told with its reasons. So is one whose text does not fit, or that fails preflight.

    Raises:
        CampaignError: there are no places, unknown names, a bad colour profile, or not one sheet that can be printed;
            then no ZIP is written.
    """
    inputs, space = Inputs.of(project), loader.load(project)
    campaign = space.campaign
    if not campaign.walls:
        what, todo = "names no place: a sheet of several languages is made for one", "add a table [walls.<id>]"
        raise CampaignError(Problem(project.name(project.config), what, f"{todo}: docs/how-to/walls.md"))
    chosen = [campaign.walls[name] for name in chosen_of("wall", walls, campaign.walls)]
    locales = list(dict.fromkeys(tag for wall in chosen for tag in wall.languages))
    print_profile = campaign.profiles[chosen_of("--profile", (profile,) if profile else (), campaign.profiles)[0]]
    messages = Messages(project, campaign)
    gate = None if proof else leaving_gate(space, today, locales, messages)
    handover = None if proof else Handover(project, today, locales)
    context = PrintContext(project, campaign, space.texts, print_profile, gate)
    hold(context)
    room = WallRoom(context, PrintRoom(context, messages))
    tasks = [WallTask(wall, campaign.layouts[name], proof) for wall in chosen for name in wall.formats]
    made, refused = _made(room, tasks, progress)
    zips = [_zip(context, wall, made, handover) for wall in chosen if any(task.wall == wall for task, _ in made)]
    if not zips:
        raise CampaignError(refused)
    entries = [room.entry(task, job) for task, job in made] if handover else []
    with still(project, locales) if handover else nullcontext():
        if handover:
            refuse(refused_now(inputs, entries, {entry.path for entry in entries}, today))
            handover.press_files(entries, space)
            handover.remember()
        for zipped, data in zips:
            write_atomic(zipped.path, data)
    return Printed(tuple(zipped for zipped, _ in zips), tuple(refused))


def _made(
    room: WallRoom, tasks: Sequence[WallTask], progress: Progress
) -> tuple[list[tuple[WallTask, PrintJob]], list[Problem]]:
    """The finished sheets, and why others are not among them."""
    made, refused = list[tuple[WallTask, PrintJob]](), list[Problem]()
    for done, task in enumerate(tasks, start=1):
        why = () if task.proof else room.answer(task)[1]
        if why:
            refused += problems({str(task): why})
            continue
        job = room.job(task)
        refused += refusals([job], proof=task.proof)
        if isinstance(job, PrintJob) and (task.proof or not job.failed):
            made.append((task, job))
        progress(done, len(tasks))
    return made, refused


def _zip(
    context: PrintContext,
    wall: Wall,
    made: Sequence[tuple[WallTask, PrintJob]],
    handover: Handover | None,
) -> tuple[PrinterZip, bytes]:
    """The ZIP of one place, and its bytes."""
    jobs, project, profile = [job for task, job in made if task.wall == wall], context.project, context.profile
    papers = pack.papers(Typesetter(project), context.campaign.name, jobs, profile)
    files, stream = (*papers, *(file for job in jobs for file in job.files)), BytesIO()
    pack.write(stream, files, context.campaign.edition, handover.comment if handover else b"")
    name = f"wall_{wall.country}_{wall.id}_{profile.id}{'' if handover else '_PROOF'}.zip"
    place = project.inside(project.packs(Edition.RELEASE if handover else Edition.REVIEW) / name)
    if handover:
        handover.pack(Path(name), f"printer, profile {profile.id}", (file.sha256 for file in files))
    return PrinterZip(place, len(jobs), tuple(line for job in jobs for line in sent_back(job))), stream.getvalue()
