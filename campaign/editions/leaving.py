"""The last step of a release: what may not go out at this very moment is taken out, and the rest is written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from campaign import manifest as manifests
from campaign.checks.rules import finding
from campaign.editions.aggregates import Collector
from campaign.editions.clearance import may_go_out, still
from campaign.editions.history_check import Refused, Released
from campaign.editions.item import Item
from campaign.editions.plan import BuildPlan, Planner
from campaign.editions.publish import Made, add_to_history
from campaign.editions.state import LastBuild, Record, job_of
from campaign.editions.worker import BuildContext
from campaign.executors import executor
from campaign.ledger import releases
from campaign.manifest import Entry
from campaign.model.finding import Finding
from campaign.model.job import Job
from campaign.model.sentence import say
from campaign.model.state import State
from campaign.project import Project
from campaign.workspace.inputs import Inputs
from campaign.workspace.loader import Workspace

#: Workers read these while they make items; all else they were told when the build began.
READ_LATE = ("templates/", "assets/")


def as_released(project: Project, last: LastBuild, record: Record) -> LastBuild:
    """The last release as the history has it: what was released again since, or recalled, counts as not built.

    Raises:
        CampaignError: files of it were never released with these bytes: they were changed, or the history was cut.
    """
    name = project.name(project.history)
    past = Released.of(releases.read(project.history, name), name)
    entries = last.entries(last.lines)
    past.whole(entries)
    gone = {entry.path for entry in entries if past.content(entry) != entry.content} | past.refused(entries).keys()
    for job in {job_of(entry) for entry in entries if entry.path in gone}:
        record.items.pop(job, None)
    return last.without(gone) if gone else last


def refused_now(inputs: Inputs, entries: Sequence[Entry], new: Collection[str], today: date) -> Refused:
    """Why some of these files, which nobody released yet, may not leave; the gate was asked about them with `inputs`.

    `new` are the paths of what was made since. Whoever asks holds the workspace `still`.

    Raises:
        CampaignError: the workspace or the history cannot be read.
    """
    project, fresh = inputs.project, {entry.path for entry in entries}
    differing = inputs.differing()
    if not differing:  # the gate would say what it said then
        name = project.name(project.history)
        return Released.of(releases.read(project.history, name), name).refused(entries, fresh)
    late = next((name for name in differing if name.startswith(READ_LATE)), "")
    if late and (unsure := [entry for entry in entries if entry.path in new]):
        said = say("%(file)s was changed while this was made: build again", file=late)
        return {e.path: (finding("file-changed", e.locale, e.path, said),) for e in unsure}
    return may_go_out(project, entries, today, whole=entries, fresh=fresh)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A release that was made from `inputs` as `plan` says, and is about to leave."""

    space: Workspace
    inputs: Inputs
    context: BuildContext
    planner: Planner
    plan: BuildPlan
    today: date

    def leave(self, made: Made, publish: Callable[[Made], None]) -> tuple[Made, tuple[Item, ...]]:
        """Write history and manifest for what may go out now; what was published, and the retained items that may not.

        Ledgers, contacts and history stay as they are between asking and writing. What is refused among the items that
        were made says so in `made`.

        Raises:
            CampaignError: the workspace cannot be read any more, or another program holds it.
        """
        late: list[Item] = []
        while True:
            with still(self.space.project, self.space.texts):
                refused = self._refused(made)
                if not refused:
                    add_to_history(self.space, map(manifests.entry_of, made.files.values()), self.today)
                    publish(made)
                    return made, tuple(late)
            late += self._retained(_jobs(made, refused))
            made = self._without(made, refused)

    def _refused(self, made: Made) -> Refused:
        entries = [manifests.entry_of(line) for line in made.files.values()]
        new = {entry.path for entry in entries if job_of(entry) in self.plan.reasons}
        return refused_now(self.inputs, entries, new, self.today)

    def _retained(self, refused: Mapping[Job, tuple[Finding, ...]]) -> Iterator[Item]:
        """The items of an earlier build that must go; they are not retained any more."""
        for job, found in refused.items():
            if job in self.plan.retained:
                self.plan.retained = {other: lines for other, lines in self.plan.retained.items() if other != job}
                yield Item(job, State.STALE, refused=found)

    def _without(self, made: Made, refused: Refused) -> Made:
        finished = dict(made.finished)
        for job, found in _jobs(made, refused).items():
            if job in finished:
                finished[job] = (replace(finished[job][0], refused=found), {})
        single = self.plan.lines(finished.values())
        if single.keys() == made.files.keys() - made.aggregates.keys():  # only collected files are refused
            aggregates = {path: file for path, file in made.aggregates.items() if path not in refused}
        else:
            project, last = self.space.project, self.planner.last
            known, ingredients = self.planner.record.others, self.context.ingredients
            assert ingredients is not None  # noqa: S101 - every build has them
            collector = Collector(project, self.space.campaign, ingredients, last, known)
            with executor(1, self.context) as pool:
                aggregates = collector.collect(single, pool)
        files = single | {path: file.line for path, file in aggregates.items()}
        return replace(made, finished=finished, aggregates=aggregates, files=files)


def _jobs(made: Made, refused: Refused) -> dict[Job, tuple[Finding, ...]]:
    """Why each item may not leave, by the files of it that may not."""
    found: dict[Job, list[Finding]] = defaultdict(list)
    for path, findings in refused.items():
        found[job_of(manifests.entry_of(made.files[path]))] += findings
    return {job: tuple(dict.fromkeys(findings)) for job, findings in found.items()}
