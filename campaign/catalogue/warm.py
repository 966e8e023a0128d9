"""One PO file kept open between edits: parsed once, parsed again only when its bytes are no longer the known ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.catalogue import store
from campaign.catalogue.store import Edit
from campaign.errors import CampaignError, Problem
from campaign.model.unit import Unit
from campaign.project import locked

if TYPE_CHECKING:
    from translate.storage.pypo import pofile, pounit


class WarmCatalogue:
    """The units of one PO file, and edits of it. Every look compares the file's bytes: nobody's edit is missed.

    Parsing ten thousand entries takes a second, comparing their bytes a millisecond. Not shared between threads.
    """

    def __init__(self, path: Path, name: str, locale: str) -> None:
        self._path, self._name, self._locale = path, name, locale
        self._data: bytes | None = None
        self._store: pofile
        self._entries: dict[str, pounit] = {}
        self._units: dict[str, Unit] = {}

    def units(self) -> Mapping[str, Unit]:
        """The units by key, in file order, as the file is now; an unchanged file gives the same object.

        Raises:
            CampaignError: the file cannot be read.
        """
        self._look()
        return self._units

    def edit(self, edits: Mapping[str, Edit], *, seen: Mapping[str, str] | None = None) -> None:
        """Put new texts into the file, by unit key, in one step that is all or nothing; see `edit`."""
        with locked(self._path, self._name):
            self._look()
            problems = [
                Problem(self._name, f"no unit has the key {key}", "run: campaign update")
                for key in edits
                if key not in self._entries
            ]
            for key, change in edits.items():
                if key in self._entries:
                    problems += store.misfits(self._entries[key], change, self._name)
            for key, text_hash in (seen or {}).items():
                if key in self._units and self._units[key].text_hash != text_hash:
                    what = f"{self._units[key].source[:60]!r} was changed by someone else meanwhile"
                    problems.append(Problem(self._name, what, "look at the new text and try again"))
            if problems:
                raise CampaignError(problems)
            self._data = None  # until the file is written: a failed write must not leave changed entries in memory
            for key, change in edits.items():
                store.apply(self._entries[key], change)
            self._data = store.write(self._path, self._store)
            changed = {key: store.unit_of(self._entries[key], self._locale) for key in edits}
            self._units = {key: changed.get(key, unit) for key, unit in self._units.items()}

    def _look(self) -> None:
        try:
            data = self._path.read_bytes()
        except OSError:
            data = None  # parse says in words what is wrong
        if data is not None and data == self._data:
            return
        self._data = None
        self._store = store.parse(self._path, self._name, self._locale)
        self._entries, self._units = {}, {}
        for entry in store.live(self._store):
            unit = store.unit_of(entry, self._locale)
            self._entries[unit.key], self._units[unit.key] = entry, unit
        self._data = data


def edit(
    path: Path, name: str, locale: str, edits: Mapping[str, Edit], *, seen: Mapping[str, str] | None = None
) -> None:
    """Put new texts into a PO file, by unit key, in one step that is all or nothing.

    `seen` maps a key to the `text_hash` that the editor was shown; a unit that changed since is refused.

    Raises:
        CampaignError: unknown keys, texts that do not fit, units that changed meanwhile, or a file that cannot be read;
            the file stays as it was.
    """
    WarmCatalogue(path, name, locale).edit(edits, seen=seen)
