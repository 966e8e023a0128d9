"""Translation memory: what was said before for the same sentence, or for one much like it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from campaign.model.unit import Unit
from campaign.project import Project

#: How alike (difflib ratio) two sources must be for the old text to be shown as a suggestion.
SIMILAR = 0.85


def accepted(project: Project, locale: str) -> Path:
    """The PO file of the pairs of old leaflets that somebody accepted for a language."""
    return project.inside(project.catalogue(locale).parents[1] / "memory.po")


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier text: `ratio` is 1.0 for the same source; `unit` is where it stands."""

    unit: Unit
    ratio: float
    signed: bool = False

    @property
    def percent(self) -> int:
        """How alike the sources are; less than 100 unless they are the same."""
        return 100 if self.ratio == 1 else min(99, round(100 * self.ratio))


class Memory:
    """The translated units of one language; the signed ones answer first."""

    def __init__(self, units: Iterable[Unit], signed: Iterable[str] = ()) -> None:
        self._signed = frozenset(signed)
        known = [unit for unit in units if unit.translated and not unit.previous]
        # sorted() is stable: among equals the file's order decides.
        self._units = sorted(known, key=lambda unit: (unit.key not in self._signed, unit.fuzzy))
        self._exact: dict[tuple[str, str], list[Unit]] = {}
        for unit in self._units:
            self._exact.setdefault((unit.source, unit.plural), []).append(unit)

    def __len__(self) -> int:
        return len(self._units)

    def exact(self, unit: Unit) -> Match | None:
        """The text of the same source and plural, whatever its context; never the words that the unit has itself."""
        known, own = self._exact.get((unit.source, unit.plural), ()), (unit.key, unit.locale, unit.forms)
        found = next((each for each in known if (each.key, each.locale, each.forms) != own), None)
        return Match(found, 1.0, found.key in self._signed) if found else None

    def similar(self, unit: Unit, least: float = SIMILAR) -> Match | None:
        """The text of the most alike source, the same one left out; None below `least`."""
        best, best_ratio = None, least
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(unit.source)
        length = len(unit.source)
        for known in self._units:
            shorter, longer = sorted((length, len(known.source)))
            # The longest ratio that two lengths allow, before anything is compared: this runs while a person waits.
            if 2 * shorter < best_ratio * (shorter + longer):
                continue
            if known.source == unit.source or bool(known.plural) != bool(unit.plural):
                continue
            matcher.set_seq1(known.source)
            bounds = (matcher.quick_ratio, matcher.ratio)  # from cheap to exact
            if all(bound() >= best_ratio for bound in bounds) and (best is None or matcher.ratio() > best_ratio):
                best, best_ratio = known, matcher.ratio()
        return Match(best, best_ratio, best.key in self._signed) if best else None
