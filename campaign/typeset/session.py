"""Layouts and assets in, PDF, PNG and fit reports out: what the one warm compiler sees, and what it says of it.

Layouts read their data as JSON from `/data.json`: text stays literal and is never evaluated. Not from `sys.inputs`,
which belong to Typst's library: with other inputs it knows nothing any more of what it set before (measured). The
compiler sees a copy of the layouts and pictures in a temporary root, because Typst follows links inside its root to the
outside.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from campaign.errors import CampaignError, Problem
from campaign.inside import below
from campaign.project import Project
from campaign.typeset import fonts, pictures
from campaign.typeset.apart import compiled
from campaign.typeset.compiling import Set, Setting, Shot
from campaign.typeset.kept import Picture, Pictures, Recent
from campaign.typeset.mending.mend import mend, needed
from campaign.typeset.taken_in import sources

PICTURES = ("illustrations", "icons", "logos")

#: The file of the root that a layout reads its data from.
DATA = "data.json"

#: A package of Typst's universe, which the compiler would fetch; not in a line that is a comment.
_PACKAGE = re.compile(r'(?m)^(?!\s*//).*"@[\w-]+/')
_FETCHES = ("takes in a package from the network", "copy what it needs of the package into templates/layouts")

#: A file that a layout names and that is not there: Typst says where it looked, which is in our temporary root.
_SOUGHT = re.compile(r"file not found \(searched at (.+)\)")


@dataclass(frozen=True, slots=True)
class Fit:
    """A text frame as it was laid out: place and size in pt from the page's top left; `size` is the type's, in pt."""

    id: str
    fits: bool
    size: float
    page: int
    x: float
    y: float
    w: float
    h: float


class Typesetter:
    """Compiles the layouts of a workspace. Not shared between threads (Typst answers `Already borrowed`)."""

    def __init__(self, project: Project, kept: Pictures | Recent | None = None) -> None:
        self.project, self._kept = project, kept
        self.fonts = project.fonts
        #: The layout files that were used since the set was last cleared: an item's key covers them.
        self.used: set[str] = set()
        self._texts: dict[str, Mapping[str, str]] = {}
        #: Layouts that took too much: not tried again for every item.
        self._stopped: dict[str, CampaignError] = {}

    @cached_property
    def _root(self) -> tempfile.TemporaryDirectory[str]:
        folder = tempfile.TemporaryDirectory(prefix="campaign-layout-")
        root = Path(folder.name)
        for name, path in self.project.below(self.project.layouts):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(path.read_bytes())
        for name in PICTURES:
            found = self.project.files(self.project.assets / name, "*")
            pictures.copy(found, root / name, f"assets/{name}")
        (root / "packages").mkdir()  # for the compiler to find no package in
        return folder

    def _sources(self, layout: str) -> Mapping[str, str]:
        """The texts of a layout file and of every layout that it takes in, by name; read once, as the root stays."""
        if layout not in self._texts:
            root = Path(self._root.name)
            self._texts[layout] = sources(dict(below(root, root, [])), layout)
        return self._texts[layout]

    def picture(self, layout: str, data: Mapping[str, object], make: Callable[[], Picture]) -> Picture:
        """The finished picture of one item, large and small, made by `make` unless an earlier build made it so.

        Raises what `make` raises.
        """
        self.used |= self._sources(layout).keys()
        return self._kept.picture(layout, data, make) if self._kept else make()

    def lay_out(
        self,
        layout: str,
        data: Mapping[str, object],
        *,
        version: Literal["1.6", "1.7"] = "1.7",
        shots: Sequence[float] = (),
        unwritten: bool = False,
    ) -> Laid:
        """Lay out one item; `version` is the PDF version (PDF/X-4 needs 1.6), `shots` at how many pixels per inch its
        pages will be asked for. `unwritten`: the layout reads its data from `sys.inputs`, and no file holds it, not
        even one that a killed program leaves behind.

        Raises:
            CampaignError: no such layout, a layout error or one that takes too much, a character without a glyph.
        """
        path = Path(self._root.name) / f"{layout}.typ"
        if not path.is_file():
            raise CampaignError.single(
                "no such layout", where=f"templates/layouts/{layout}.typ", todo="add the layout file"
            )
        sources = self._sources(layout)
        self.used |= sources.keys()
        if fetched := sorted(name for name, text in sources.items() if _PACKAGE.search(text)):
            raise CampaignError(Problem(f"templates/layouts/{name}", *_FETCHES) for name in fetched)
        values = json.dumps(data, ensure_ascii=False)
        if not unwritten:
            (Path(self._root.name) / DATA).write_text(values, encoding="utf-8")
        where = f"templates/layouts/{layout}.typ"
        if layout in self._stopped:
            raise self._stopped[layout]
        try:
            asked = Setting(
                self._root.name,
                fonts.folders(self.fonts),
                str(path),
                version,
                tuple(shots),
                values if unwritten else "",
            )
            made = compiled(asked, where)
        except CampaignError as error:
            self._stopped[layout] = error
            raise
        if made.error:
            raise self._broken(made, where)
        report = json.loads(made.report)
        return Laid(
            mend(made.pdf).pdf if needed(values) else made.pdf,
            tuple(Fit(**frame) for frame in report["frames"]),
            tuple((fold["page"], fold["x"]) for fold in report["folds"]),
            self._root,
            where,
            dict(made.shots),
        )

    def _broken(self, made: Set, where: str) -> CampaignError:
        """What the compiler objects to, in our words where they help more."""
        todo = "correct the layout or the text"
        if "failed to download" in made.error:
            return CampaignError.single(_FETCHES[0], where=where, todo=_FETCHES[1])
        if gone := _SOUGHT.search(made.error):
            name = Path(gone[1]).as_posix().rpartition(f"{Path(self._root.name).name}/")[2]
            if name.startswith(PICTURES):
                return pictures.missing(f"assets/{name}")
            return CampaignError.single(f"there is no templates/layouts/{name}", where=where, todo="put the file back")
        return CampaignError(Problem(where, made.error, "; ".join(made.hints) or todo))


@dataclass(frozen=True, slots=True)
class Laid:
    """One laid-out item: its PDF, its text frames, and where it folds (page, pt from the left edge of the trim).

    `words` are short hashes of what each page says, once somebody read it again.
    `pages` that were not asked for when it was laid out must be asked before the next item is.
    """

    pdf: bytes
    frames: tuple[Fit, ...]
    folds: tuple[tuple[int, float], ...]
    _root: tempfile.TemporaryDirectory[str]
    _where: str
    _shots: Mapping[float, tuple[bytes, ...]]
    words: tuple[str, ...] = ()

    def pages(self, ppi: float) -> tuple[bytes, ...]:
        """Each page as PNG, cropped to trim, at this many pixels per inch.

        Raises:
            CampaignError: it cannot be drawn, or takes more time or memory than [limits] allow.
        """
        if drawn := self._shots.get(ppi):
            return drawn
        made = compiled(Shot(self._root.name, ppi), self._where)
        if made.error or not made.pages:
            raise CampaignError.single(
                f"cannot be drawn at {ppi:g} pixels per inch ({made.error or 'no page came of it'})",
                where=self._where,
                todo="make the page smaller",
            )
        return made.pages
