"""Packs for places: sheets of several languages for print shops and screens, as far as the least finished one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

from campaign import languages
from campaign.bidi import direct_numbers
from campaign.channels.layout_data import Press as Bleed
from campaign.channels.leaflet import printed, shown
from campaign.channels.sheet import Panel, leads_to, set_sheet
from campaign.delivery.handover import Handover, leaves
from campaign.delivery.printer_worker import PrintContext, PrintRoom
from campaign.delivery.printer_zip import Printed, PrinterZip, chosen_of, refusals, refuse, sent_back
from campaign.delivery.printer_zip_check import TYPES
from campaign.delivery.slides import Slide, turning
from campaign.editions.clearance import problems, still
from campaign.editions.formats import Answer, ask_sheet, state_of
from campaign.editions.leaving import refused_now
from campaign.editions.release_gate import leaving_gate
from campaign.errors import CampaignError, Problem
from campaign.executors.context import hold
from campaign.manifest import Entry
from campaign.model.edition import Edition
from campaign.model.layout import SCREEN_PPI, Layout
from campaign.model.message import Message
from campaign.model.state import State
from campaign.model.wall import Wall
from campaign.press import pack
from campaign.press.job import File, Order, PrintJob, Sheet
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

    def messages(self, task: WallTask, tags: Sequence[str]) -> list[Message]:
        """The message of each of these languages."""
        wall = task.wall
        return [self._room.message(Group(wall.country, tag, wall.audience, ("leaflet",))) for tag in tags]

    def answer(self, task: WallTask, tags: Sequence[str]) -> Answer:
        """What a sheet of these languages shows, and why it may not leave."""
        gate = self._context.gate
        assert gate is not None  # noqa: S101 - proofs are not asked
        return ask_sheet(gate, self._room.covers, self._room.leaflet, task.layout, self.messages(task, tags))

    def jobs(self, task: WallTask) -> list[PrintJob]:
        """A finished sheet, or the slides of a place. Raises CampaignError when one cannot be made."""
        return self._slides(task) if task.layout.screen else list(self._room.press.jobs([self._sheet(task)]))

    def entry(self, task: WallTask, job: PrintJob) -> Entry:
        """The file of a finished job that leaves, as the history knows it: of a sheet its press file."""
        tags, file = job.order.tongues, job.files[0]
        names = [(message, shown(task.layout, message)) for message in self.messages(task, tags)]
        keys = sorted({unit.key for message, blocks in names for unit in message.used(*blocks)})
        return leaves(job.order, file, keys, self.answer(task, tags)[0], TYPES[Path(file.name).suffix])

    def _sheet(self, task: WallTask) -> Sheet:
        profile = self._context.profile
        screen = self._laid(task, task.wall.languages, Bleed(0, True, profile.min_text) if task.proof else None).pdf
        laid = self._laid(task, task.wall.languages, Bleed(profile.bleed, task.proof, profile.min_text))
        return Sheet(self._order(task), laid, screen)

    def _slides(self, task: WallTask) -> list[PrintJob]:
        """One slide of all languages, one of each, and the page that turns them; each a job of its own."""
        order, wall, found = self._order(task), task.wall, list[PrintJob]()
        slides, press = list[Slide](), Bleed(0, True) if task.proof else None
        groups = [wall.languages, *((tag,) for tag in wall.languages)] if len(wall.languages) > 1 else [wall.languages]
        for number, tags in enumerate(groups, start=1):
            (png,) = self._laid(task, tags, press, (SCREEN_PPI,)).pages(SCREEN_PPI)
            first = self.messages(task, tags)[0]
            own = order if len(tags) > 1 else replace(order, locale=first.locale, locales=(), batch=first.batch)
            stem = f"{wall.country}_{wall.id}_{number:02}_{own.tag}"
            found.append(PrintJob(own, stem, (File(f"{stem}-slide.png", png),), (), ()))
            words = (first.line("title") if len(tags) == 1 else "", *order.numbers)
            rtl = len(tags) == 1 and languages.get(first.locale).rtl
            text = " · ".join(filter(None, words))
            slides.append(Slide(png, direct_numbers(text, isolate=True) if rtl else text, own.tag, rtl=rtl))
        page = File(f"{wall.country}_{wall.id}-slides.html", turning(slides, order.title))
        return [*found, PrintJob(order, page.name, (page,), (), ())]

    def _laid(self, task: WallTask, tags: Sequence[str], press: Bleed | None, shots: Sequence[float] = ()) -> Laid:
        panels = [Panel(each, task.proof and not self._signed(task, each)) for each in self.messages(task, tags)]
        campaign, typesetter = self._context.campaign, self._room.typesetter
        strips = task.wall.strips
        return set_sheet(typesetter, panels, campaign, task.layout, strips=strips, press=press, shots=shots)

    def _signed(self, task: WallTask, message: Message) -> bool:
        texts = self._context.texts[message.locale]
        return state_of(texts, self._room.covers, self._room.leaflet, task.layout, message) is State.SIGNED

    def _order(self, task: WallTask) -> Order:
        campaign, wall = self._context.campaign, task.wall
        messages = self.messages(task, wall.languages)
        first = messages[0]
        contacts = printed(task.layout, first)
        return Order(
            wall.country,
            first.locale,
            wall.audience,
            wall.name,
            task.layout,
            contacts[0].display,
            leads_to(messages, campaign),
            tuple(contact.display for contact in contacts),
            tuple(contact.id for contact in contacts),
            first.batch,
            campaign.edition,
            task.proof,
            quantity=task.layout.quantity,
            locales=wall.languages if len(wall.languages) > 1 else (),
            place=wall.id,
        )


def pack_walls(
    project: Project, *, walls: tuple[str, ...], profile: str, proof: bool, today: date, progress: Progress
) -> Printed:
    """Write into output/packs a ZIP for the print shop of each place, and one for its screens.

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
    zips = [zipped for wall in chosen for zipped in _zips(context, wall, made, handover)]
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
        why = () if task.proof else room.answer(task, task.wall.languages)[1]
        if why:
            refused += problems({str(task): why})
            continue
        try:
            jobs = room.jobs(task)
        except CampaignError as error:
            refused += error.problems
            continue
        refused += refusals(jobs, proof=task.proof)
        made += [(task, job) for job in jobs if task.proof or not job.failed]
        progress(done, len(tasks))
    return made, refused


def _zips(
    context: PrintContext, wall: Wall, made: Sequence[tuple[WallTask, PrintJob]], handover: Handover | None
) -> Iterator[tuple[PrinterZip, bytes]]:
    """The ZIPs of one place with their bytes: for the print shop, and for whoever runs the screens."""
    project, profile, campaign = context.project, context.profile, context.campaign
    mine = [(task, job) for task, job in made if task.wall == wall]
    if sheets := [job for task, job in mine if not task.layout.screen]:
        papers = pack.papers(Typesetter(project), campaign.name, sheets, profile)
        stem = f"wall_{wall.country}_{wall.id}_{profile.id}"
        yield _zip(context, stem, f"printer, profile {profile.id}", sheets, papers, handover)
    if slides := [job for task, job in mine if task.layout.screen]:
        papers = pack.screen_papers(campaign.name, wall.name, slides, profile)
        yield _zip(context, f"screen_{wall.country}_{wall.id}", "screen", slides, papers, handover)


def _zip(
    context: PrintContext,
    stem: str,
    receiver: str,
    jobs: Sequence[PrintJob],
    papers: tuple[File, ...],
    handover: Handover | None,
) -> tuple[PrinterZip, bytes]:
    """One ZIP and its bytes; the history is told what is in it."""
    project, stream = context.project, BytesIO()
    files = (*papers, *(file for job in jobs for file in job.files))
    pack.write(stream, files, context.campaign.edition, handover.comment if handover else b"")
    name = f"{stem}{'' if handover else '_PROOF'}.zip"
    place = project.inside(project.packs(Edition.RELEASE if handover else Edition.REVIEW) / name)
    if handover:
        handover.pack(Path(name), receiver, (file.sha256 for file in files))
    return PrinterZip(place, len(jobs), tuple(line for job in jobs for line in sent_back(job))), stream.getvalue()
