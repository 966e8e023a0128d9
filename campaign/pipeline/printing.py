"""Packs for printers: gate, lay out with bleed, make and inspect press files, one ZIP a country and language."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press as Bleed
from campaign.channels.leaflet import Leaflet, shown
from campaign.config.tables import suggestion
from campaign.errors import CampaignError, Problem
from campaign.executors import executor
from campaign.model import Campaign, Message, PrintProfile
from campaign.model import Job as Item
from campaign.pipeline import workspace
from campaign.pipeline.bench import RELEASE, REVIEW, Gate, make_gate
from campaign.pipeline.facts import facts
from campaign.pipeline.selection import Group, Selection
from campaign.press import pack, profiles
from campaign.press.colour import Inks
from campaign.press.extra import need_libraries
from campaign.press.job import Job, Order, Press
from campaign.project import Project, write_atomic
from campaign.render import Renderer, Texts
from campaign.typeset.session import Typesetter

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Packed:
    """One ZIP: where it lies, how many jobs it holds, and the preflight lines that failed (only in proofs)."""

    path: Path
    jobs: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One job to make."""

    group: Group
    layout: str
    proof: bool


class PrintRoom:
    """One worker's warm tools: renderer, compiler, inks."""

    def __init__(
        self, project: Project, campaign: Campaign, texts: Mapping[str, Texts], profile: PrintProfile, gate: Gate | None
    ) -> None:
        self._campaign, self._texts, self._profile, self._gate = campaign, texts, profile, gate
        self._renderer, self._typesetter = Renderer(project, campaign), Typesetter(project)
        self._leaflet = Leaflet(campaign, self._typesetter, review=gate is None)
        convert, intent = (profiles.read(project.profiles, name) for name in (profile.convert, profile.intent))
        self._press = Press(profile, Inks(convert, campaign.brand.chosen_inks()), intent)

    def message(self, group: Group) -> Message:
        """The message of a group."""
        return self._renderer.message(group.audience, group.locale, group.country, self._texts[group.locale])

    def problems(self, task: Task, message: Message) -> Iterator[Problem]:
        """Why a job may not go to a printer."""
        if self._gate is None:
            return
        group, layout = task.group, self._campaign.layouts[task.layout]
        where = f"{group.country}/{group.locale}/{group.audience}/{layout.id}"
        contacts = *(helpline.contact for helpline in layout.helplines(message)), message.emergency
        used = message.used(*shown(layout, message))
        # Every format is a form of the leaflet: what was approved is the leaflet with its facts.
        item, told = Item(group.country, group.locale, group.audience, "leaflet"), facts(self._leaflet, message)
        for finding in self._gate.refused(item, used, contacts, told, where):
            yield Problem(f"{where}: {finding.code}", finding.detail, "have it signed, or make a proof with --proof")

    def job(self, task: Task) -> Job:
        """Make one job.

        Raises:
            CampaignError: a text that does not fit, a picture that cannot be printed.
        """
        campaign, message = self._campaign, self.message(task.group)
        layout, review = campaign.layouts[task.layout], self._gate is None

        screen = set_item(
            self._typesetter,
            layout.id,
            message,
            campaign,
            review=review,
            press=Bleed(0, proof=True) if task.proof else None,
        ).pdf
        item = set_item(
            self._typesetter,
            layout.id,
            message,
            campaign,
            review=review,
            press=Bleed(self._profile.bleed, proof=task.proof),
        )
        order = Order(
            message.country,
            message.locale,
            message.audience,
            campaign.audiences[message.audience].name,
            layout,
            message.line("title"),
            message.url,
            (*(helpline.contact.display for helpline in layout.helplines(message)), message.emergency.display),
            message.batch,
            campaign.edition,
            task.proof,
        )
        return self._press.job(order, item, screen)


_room: PrintRoom | None = None


def prepare(
    project: Project, campaign: Campaign, texts: Mapping[str, Texts], profile: PrintProfile, gate: Gate | None
) -> None:
    """Set up this process's print room; every worker runs it once."""
    global _room
    _room = PrintRoom(project, campaign, texts, profile, gate)


def run_task(task: Task) -> Job:
    """Make one job with this process's print room."""
    assert _room is not None  # noqa: S101 - prepare ran first
    return _room.job(task)


def pack_printer(
    project: Project,
    *,
    selection: Selection,
    formats: tuple[str, ...],
    profile: str,
    proof: bool,
    workers: int,
    today: date,
    progress: Progress,
) -> tuple[Packed, ...]:
    """Write one ZIP for each country and language into output/packs.

    Without `proof` everything in it must be signed, verified, unexpired, and pass preflight.

    Raises:
        CampaignError: unknown names, a bad colour profile, anything unsigned, failed preflight; then no ZIP is written.
    """
    need_libraries()
    space = workspace.load(project)
    chosen = selection.resolve(space.campaign)
    wanted = _known("--format", formats, space.campaign.layouts)
    told = space.campaign.profiles[_known("--profile", (profile,) if profile else (), space.campaign.profiles)[0]]
    gate = None if proof else make_gate(space, today)
    room = PrintRoom(project, space.campaign, space.texts, told, gate)
    tasks: list[Task] = []
    problems: list[Problem] = []
    for group in chosen.groups():
        message = room.message(group)
        for name in wanted:
            if space.campaign.layouts[name].offered(message):
                tasks.append(Task(group, name, proof))
                problems += room.problems(tasks[-1], message)
    if not tasks:
        raise CampaignError.single(
            "no audience has what this format needs", where="--format", todo="choose another format or audience"
        )
    if problems:
        raise CampaignError(dict.fromkeys(problems))
    return _packs(project, space.campaign, tasks, (project, space.campaign, space.texts, told, gate), workers, progress)


def _packs(
    project: Project,
    campaign: Campaign,
    tasks: Sequence[Task],
    tools: tuple[Project, Campaign, Mapping[str, Texts], PrintProfile, Gate | None],
    workers: int,
    progress: Progress,
) -> tuple[Packed, ...]:
    profile, proof, done, written = tools[3], tools[4] is None, 0, []
    with tempfile.TemporaryDirectory(prefix="campaign-packs-") as folder:
        with executor(min(workers, len(tasks)), prepare, tools) as pool:
            made = zip(tasks, pool.map(run_task, tasks), strict=True)
            for (country, locale), group in groupby(
                made, key=lambda pair: (pair[0].group.country, pair[0].group.locale)
            ):
                jobs = []
                for _, job in group:
                    jobs.append(job)
                    done += 1
                    progress(done, len(tasks))
                failed = tuple(
                    f"{job.files[0].name}: {line.check}: {line.measured} (limit {line.limit}), {line.where}"
                    for job in jobs
                    for line in job.failed
                )
                kind = "_PROOF" if proof else ""
                name = f"printer_{country}_{locale}_{profile.id}{kind}.zip"
                files = (
                    *pack.papers(Typesetter(project), campaign.name, jobs, profile),
                    *(f for j in jobs for f in j.files),
                )
                with Path(folder, name).open("wb") as stream:
                    pack.write(stream, files, campaign.edition)
                written.append(Packed(project.packs(REVIEW if proof else RELEASE) / name, len(jobs), failed))
        bad = [line for packed in written for line in packed.failed]
        if bad and not proof:
            raise CampaignError(
                Problem(line, "fails preflight", "correct the cause, or look at it with --proof") for line in bad
            )
        for packed in written:
            write_atomic(packed.path, Path(folder, packed.path.name).read_bytes())
    return tuple(written)


def _known(option: str, asked: tuple[str, ...], known: Mapping[str, object]) -> tuple[str, ...]:
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise CampaignError(
            Problem(
                f"{option} {name}",
                f"is not in campaign.toml{suggestion(name, known)}",
                f"use one of {', '.join(known)}",
            )
            for name in unknown
        )
    return tuple(name for name in known if not asked or name in asked)
