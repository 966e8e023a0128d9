"""What the history says against files that are about to leave: other bytes, an earlier release, a recall."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from campaign.checks.rules import finding
from campaign.errors import CampaignError, Problem
from campaign.ledger.releases import History, Recall, Release
from campaign.manifest import Entry
from campaign.model.finding import Finding
from campaign.model.sentence import Sentence, say

#: By the path of a file: why it may not leave.
Refused = Mapping[str, tuple[Finding, ...]]

_CUT = say("%(list)s has no line of it: lines are missing there")
_OTHER = say("%(list)s has other hashes for it: it was changed after its release, or lines are missing there")
_EARLIER = say("%(list)s has a later release of it: build again")
_ANOTHER = say("%(list)s says that it is a file of something else: build again")
_RECALLED = say("was recalled on %(day)s by %(name)s (%(reason)s): correct what is wrong with it")

_TODO = "restore the history from a copy; if files were changed, delete the edition and release it again"


@dataclass(frozen=True, slots=True)
class Released:
    """The history, asked about files; `name` is its file as people read it.

    `recalls` are by (batch, hash) and by (content, hash) of what was recalled.
    """

    name: str
    last: Mapping[str, Release]
    known: Collection[tuple[str, str]]
    recalls: Mapping[tuple[str, str], Recall]

    @classmethod
    def of(cls, past: History, name: str) -> Released:
        """A history in the form in which it is asked."""
        known = {(release.path, release.sha256) for release in past.releases}
        recalls = {(recall.batch, recall.sha256): recall for recall in past.recalls}
        # Another word elsewhere gives another batch: a file that shows the same as before is the one that was recalled.
        for release in past.releases:
            if release.content and (recall := recalls.get((release.batch, release.sha256))):
                recalls[release.content, release.sha256] = recall
        return cls(name, past.out(), known, recalls)

    def refused(self, entries: Iterable[Entry], fresh: Collection[str] = ()) -> Refused:
        """Why some of these files may not leave, by path; `fresh` are those that are not released yet."""
        return {entry.path: found for entry in entries if (found := tuple(self._findings(entry, fresh)))}

    def content(self, entry: Entry) -> str:
        """The hash of what a file's item showed when it was released; earlier versions told the manifest alone."""
        release = self.last.get(entry.path)
        return release.content if release and release.content and release.sha256 == entry.sha256 else entry.content

    def unknown(self, entries: Iterable[Entry]) -> tuple[tuple[Entry, Sentence], ...]:
        """The files that were never released with these bytes, each with what the history has instead."""
        return tuple((entry, said) for entry in entries if (said := self._unlike(entry)))

    def whole(self, entries: Iterable[Entry]) -> None:
        """Raise CampaignError when an edition holds files that were never released with these bytes."""
        if problems := [Problem(entry.path, str(said), _TODO) for entry, said in self.unknown(entries)]:
            raise CampaignError(problems)

    def _findings(self, entry: Entry, fresh: Collection[str]) -> Iterator[Finding]:
        if entry.path not in fresh and (said := self._unlike(entry) or self._moved_on(entry)):
            yield finding("file-changed", entry.locale, entry.path, said)
        keys = (entry.batch, entry.sha256), (entry.content, entry.sha256)
        if recall := next((self.recalls[key] for key in keys if key in self.recalls), None):
            said = _RECALLED.given(day=recall.on, name=recall.by, reason=recall.reason)
            yield finding("file-changed", entry.locale, entry.path, said)

    def _unlike(self, entry: Entry) -> Sentence | None:
        if (entry.path, entry.sha256) in self.known:
            return None
        return (_OTHER if entry.path in self.last else _CUT).given(list=self.name)

    def _moved_on(self, entry: Entry) -> Sentence | None:
        release = self.last[entry.path]
        if release.sha256 != entry.sha256:
            return _EARLIER.given(list=self.name)
        place = (entry.audience, entry.locale, entry.country, entry.channel, entry.format)
        return None if place == release.place and entry.batch == release.batch else _ANOTHER.given(list=self.name)
