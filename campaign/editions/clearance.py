"""Clearance: whether finished files may leave, by the texts, ledgers, contacts, settings and history of this moment."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from campaign.checks.rules import finding
from campaign.editions.aggregates import parts_of
from campaign.editions.formats import Answer, ask_sheet
from campaign.editions.history_check import Refused, Released
from campaign.editions.release_gate import leaving_gate
from campaign.editions.state import job_of
from campaign.editions.worker import Bench, BuildContext
from campaign.errors import CampaignError, Problem
from campaign.ledger import releases
from campaign.ledger.releases import PRINTER
from campaign.manifest import Entry
from campaign.model.edition import Edition
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.model.layout import Layout
from campaign.model.message import Message
from campaign.model.sentence import quoted, say
from campaign.model.web_address import MANY
from campaign.project import Project, locked
from campaign.render.messages import Messages
from campaign.workspace import loader
from campaign.workspace.inputs import Inputs
from campaign.workspace.selection import Group, Selection

#: What to do about a finding of each rule; about others, to correct what it names.
_TODO = {
    "unsigned": "have it signed, then release again: campaign build --release; for a printer: or make a proof, --proof",
    "contact-expired": "check it, correct contacts.toml, and build again: campaign build --release",
    "file-changed": "build again: campaign build --release",
}


@contextlib.contextmanager
def still(project: Project, locales: Iterable[str]) -> Iterator[None]:
    """Keep ledgers, contacts and history as they are: nobody signs, rejects, checks or recalls while files leave.

    A language without a folder has no signature, and nothing of it leaves.

    Raises:
        CampaignError: another program holds one of them.
    """
    ledgers = (project.ledger(locale) for locale in sorted({*locales}))
    paths = (*(path for path in ledgers if path.parent.is_dir()), project.contacts, project.history)
    with contextlib.ExitStack() as held:
        for path in paths:
            held.enter_context(locked(path, project.name(path)))
        yield


def may_go_out(
    project: Project,
    entries: Sequence[Entry],
    today: date,
    *,
    whole: Collection[Entry] = (),
    fresh: Collection[str] = (),
) -> Refused:
    """Why some of these finished files may not leave, by path: all is read again from the disk, and asked again.

    A file leaves when its item would be released now, showing the same, and when the history has exactly these bytes as
    the last release of its path. `fresh` are the paths of files that are not released yet; `whole` are the files of the
    edition, where some of the entries are made of many. Whoever writes next holds the workspace `still` meanwhile, or
    asks by `cleared`.

    Raises:
        CampaignError: the workspace or the history cannot be read, or a setting still is an example.
    """
    past = Released.of(releases.read(project.history, project.name(project.history)), project.name(project.history))
    refused = {path: list(found) for path, found in past.refused(entries, fresh).items()}
    parts = {entry.path: parts_of(entry, whole) for entry in entries}
    now = _Now(project, today, {tag for each in parts.values() for part in each for tag in part.tongues})
    for path, each in parts.items():
        contents = ((part, part.content if part.path in fresh else past.content(part)) for part in each)
        if found := [one for part, content in contents for one in now.findings(part, content)]:
            refused.setdefault(path, []).extend(found)
    return {path: tuple(dict.fromkeys(found)) for path, found in refused.items()}


@contextlib.contextmanager
def cleared(project: Project, entries: Sequence[Entry], whole: Collection[Entry], today: date) -> Iterator[None]:
    """Keep the workspace still while finished files of an edition leave; `whole` are all of its files.

    Asking takes seconds: it is done before, and once more when anything changed since, so that nobody who signs waits.

    Raises:
        CampaignError: what may not go out, or files of the edition that were never released with these bytes.
    """
    inputs, name = Inputs.of(project), project.name(project.history)
    refused = may_go_out(project, entries, today, whole=whole)
    with still(project, {entry.locale for entry in whole} - {MANY}):
        past = Released.of(releases.read(project.history, name), name)
        past.whole(whole)
        if inputs.differing():
            refused = may_go_out(project, entries, today, whole=whole)
        if found := dict.fromkeys((*problems(refused), *problems(past.refused(entries)))):
            raise CampaignError(found)
        yield


def problems(refused: Refused) -> tuple[Problem, ...]:
    """Each thing that keeps files from leaving, once, with what to do about it."""
    again = "correct it, then release again: campaign build --release"
    found = (one for findings in refused.values() for one in findings)
    named = (Problem(f"{one.where}: {one.code}", one.detail, _TODO.get(one.code, again)) for one in found)
    return tuple(dict.fromkeys(named))


class _Now:
    """The workspace as it is at this moment, asked about the items of files."""

    def __init__(self, project: Project, today: date, locales: Collection[str]) -> None:
        self._space = loader.load(project)
        messages = Messages(project, self._space.campaign)
        self._gate = leaving_gate(self._space, today, [tag for tag in self._space.texts if tag in locales], messages)
        self._bench = Bench(BuildContext.of(self._space, Edition.RELEASE, self._gate), messages)
        self._all = Selection().resolve(self._space.campaign)
        self._answers: dict[tuple[Job, str, tuple[str, ...]], Answer | None] = {}

    def findings(self, entry: Entry, content: str) -> Iterator[Finding]:
        """What is to be said against a file whose item showed this when it was made."""
        layout = entry.format if entry.channel == PRINTER else ""
        key = job_of(entry), layout, entry.tongues
        if key not in self._answers:
            self._answers[key] = self._answer(*key)
        answer = self._answers[key]
        if answer is None:
            said = say("%(item)s is not in campaign.toml any more: build again", item=job_of(entry).name)
            yield finding("file-changed", entry.locale, entry.path, said)
            return
        yield from answer[1]
        if not answer[1] and answer[0] != content:
            said = say("shows something else than what would be released now: build again")
            yield finding("file-changed", entry.locale, entry.path, said)

    def _answer(self, job: Job, layout: str, locales: tuple[str, ...]) -> Answer | None:
        """What an item shows and why it may not leave; None when the campaign has no such item."""
        campaign = self._space.campaign
        if layout:
            panels = [Job(job.country, locale, job.audience, "leaflet") for locale in locales]
            if layout not in campaign.layouts or not all(map(self._all.has, panels)):
                return None
            return self._format(panels, campaign.layouts[layout])
        if not self._all.has(job):
            return None
        (item,) = self._bench.items(Group(job.country, job.locale, job.audience, (job.channel,)), dry=True)
        return item.content, (*item.refused, *(_unmade(problem, job) for problem in item.failed))

    def _format(self, panels: Sequence[Job], layout: Layout) -> Answer:
        messages, render = list[Message](), self._bench.renderer.message
        for job in panels:
            try:
                messages.append(render(job.audience, job.locale, job.country, self._space.texts[job.locale]))
            except CampaignError as error:
                return "", tuple(_unmade(problem, job) for problem in error.problems)
        return ask_sheet(self._gate, self._bench.covers, self._bench.channels["leaflet"], layout, messages)


def _unmade(problem: Problem, job: Job) -> Finding:
    """Why an item cannot be made any more."""
    return finding(problem.rule or "unsigned", job.locale, problem.where, quoted(problem.what))
