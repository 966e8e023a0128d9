"""One warm Typst compiler: layouts and assets in, PDF, PNG and fit reports out. The only module that compiles.

Layouts read their data as JSON from `/data.json`: text stays literal and is never evaluated. Not from `sys.inputs`,
which belong to Typst's library: with other inputs it knows nothing any more of what it set before (measured). The
compiler sees a copy of the layouts and pictures in a temporary root, because Typst follows links inside its root to the
outside.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import typst

from campaign.errors import CampaignError, Problem
from campaign.inside import below
from campaign.project import Project
from campaign.typeset import fonts, pictures
from campaign.typeset.kept import Picture, Pictures
from campaign.typeset.mending.mend import mend, needed
from campaign.typeset.taken_in import sources

#: A proxy that nothing can listen at, for every address.
_PROXIES = {"https_proxy": "http://127.0.0.1:0", "HTTPS_PROXY": "http://127.0.0.1:0", "no_proxy": "", "NO_PROXY": ""}

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

    def __init__(self, project: Project, kept: Pictures | None = None) -> None:
        self.project, self._kept = project, kept
        self.fonts = project.fonts
        #: The layout files that were used since the set was last cleared: an item's key covers them.
        self.used: set[str] = set()
        self._texts: dict[str, Mapping[str, str]] = {}

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

    @cached_property
    def _compiler(self) -> typst.Compiler:
        root = Path(self._root.name)
        return typst.Compiler(
            root=root,
            font_paths=fonts.load(self.fonts),
            ignore_system_fonts=True,
            package_path=root / "packages",
            package_cache_path=root / "packages",
        )

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

    def lay_out(self, layout: str, data: Mapping[str, object], *, version: Literal["1.6", "1.7"] = "1.7") -> Laid:
        """Lay out one item; `version` is the PDF version (PDF/X-4 needs 1.6).

        Raises:
            CampaignError: no such layout, a layout error, a character without a glyph.
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
        (Path(self._root.name) / DATA).write_text(values, encoding="utf-8")
        try:
            with _no_network():
                pdf = self._compiler.compile(input=str(path), format="pdf", pdf_standards=[version, "ua-1"])
            frames = json.loads(self._compiler.eval("query(<fit>).map(it => it.value)"))
            folds = json.loads(self._compiler.eval("query(<fold>).map(it => it.value)"))
        except typst.TypstError as error:
            where, todo = f"templates/layouts/{layout}.typ", "correct the layout or the text"
            if "failed to download" in error.message:
                raise CampaignError.single(_FETCHES[0], where=where, todo=_FETCHES[1]) from error
            if gone := _SOUGHT.search(error.message):
                name = Path(gone[1]).as_posix().rpartition(f"{Path(self._root.name).name}/")[2]
                place = "assets" if name.startswith(PICTURES) else "templates/layouts"
                what, todo = f"there is no {place}/{name}", "put the file back, or correct the layout"
                raise CampaignError.single(what, where=where, todo=todo) from error
            raise CampaignError(Problem(where, error.message, "; ".join(error.hints) or todo)) from error
        assert isinstance(pdf, bytes)  # noqa: S101 - a PDF is always one file
        return Laid(
            mend(pdf).pdf if needed(values) else pdf,
            tuple(Fit(**frame) for frame in frames),
            tuple((fold["page"], fold["x"]) for fold in folds),
            self._compiler,
        )


@contextlib.contextmanager
def _no_network() -> Iterator[None]:
    """Lead the compiler's downloads nowhere: it has no switch for that, and a layout can put a name together."""
    before = {name: os.environ.get(name) for name in _PROXIES}
    os.environ.update(_PROXIES)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@dataclass(frozen=True, slots=True)
class Laid:
    """One laid-out item: its PDF, its text frames, and where it folds (page, pt from the left edge of the trim).

    `words` are short hashes of what each page says, once somebody read it again.
    `pages` must be asked before the next item is laid out.
    """

    pdf: bytes
    frames: tuple[Fit, ...]
    folds: tuple[tuple[int, float], ...]
    _compiler: typst.Compiler
    words: tuple[str, ...] = ()

    def pages(self, ppi: float) -> tuple[bytes, ...]:
        """Each page as PNG, cropped to trim, at this many pixels per inch."""
        data = self._compiler.compile(format="png", ppi=ppi)
        return (data,) if isinstance(data, bytes) else tuple(data or ())
