"""How an item looks to a reader, and the latest looks that were made."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from campaign.counting.sms import SmsMeasure
from campaign.counting.x import X_LIMIT
from campaign.errors import Problem
from campaign.model.artefact import Artefact
from campaign.model.finding import Finding
from campaign.model.job import Job


@dataclass(frozen=True, slots=True)
class Look:
    """An item as it would be built for review. `problems` say why it cannot be shown whole; then it has the files of
    those formats alone that can, and nobody can sign it.

    `marked` are the texts of the pointed-out sentence as this item fills them in; `cut` is the part of the first
    picture around it; `sms` (with the `parts` that the campaign pays for) and `weight` (with its `limit` on X) are the
    cost of the text without the mark of a draft.
    """

    job: Job
    artefacts: tuple[Artefact, ...] = ()
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    marked: tuple[str, ...] = ()
    cut: Artefact | None = None
    sms: SmsMeasure | None = None
    parts: int = 0
    weight: int | None = None
    limit: int = X_LIMIT

    @property
    def files(self) -> tuple[Artefact, ...]:
        """Everything that a page can ask for."""
        return (*self.artefacts, self.cut) if self.cut else self.artefacts


class Shelf:
    """The latest looks by what they show; so many are kept. Several threads may call its methods."""

    def __init__(self, most: int = 24) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._looks: OrderedDict[Hashable, Look] = OrderedDict()
        self._files: dict[Hashable, dict[str, Artefact]] = {}

    def get(self, key: Hashable) -> Look | None:
        """The look that shows this, if it is there."""
        with self._lock:
            if key in self._looks:
                self._looks.move_to_end(key)
            return self._looks.get(key)

    def put(self, key: Hashable, look: Look) -> None:
        """Keep a look; the one that nobody asked for longest makes room."""
        files = {file_name(artefact): artefact for artefact in look.files}
        with self._lock:
            self._looks[key], self._files[key] = look, files
            while len(self._looks) > self.most:
                del self._files[self._looks.popitem(last=False)[0]]

    def drop(self, key: Hashable) -> None:
        """Keep a look no longer."""
        with self._lock:
            self._looks.pop(key, None)
            self._files.pop(key, None)

    def file(self, name: str) -> Artefact | None:
        """The file of a kept look, by its `file_name`."""
        with self._lock:
            return next((files[name] for files in self._files.values() if name in files), None)

    def looks(self) -> tuple[Look, ...]:
        """Everything that is kept, longest untouched first."""
        with self._lock:
            return tuple(self._looks.values())


def file_name(artefact: Artefact) -> str:
    """What a page calls a file of a look: the hash of its bytes."""
    return hashlib.sha256(artefact.data).hexdigest()[:32]
