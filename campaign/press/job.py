"""One job of a printer: an item in one format becomes press PDF, pictures, previews and its preflight."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from campaign import languages
from campaign.model.layout import Layout
from campaign.model.print_profile import PrintProfile
from campaign.model.web_address import MANY
from campaign.press import common_base, folds, raster, tiff, x4
from campaign.press.colour import Colours
from campaign.press.common_base import Base
from campaign.press.preflight import Line, Subject, Verdict, inspect
from campaign.press.profiles import InkProfile
from campaign.typeset.session import Laid

if TYPE_CHECKING:
    from PIL import Image

MM = 72 / 25.4
THUMBNAIL_PX = 420
#: What stands for the audience in the name of a file that all audiences share.
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Order:
    """What is printed, apart from the laid-out pages.

    `numbers` are the telephone numbers as people read them, `contacts` the ids of their records. `shared`: it is one
    for all audiences, so its files name none. `locales` are the languages of a sheet that holds several, which is made
    for a `place`; `locale` is the one that leads.
    """

    country: str
    locale: str
    audience: str
    audience_name: str
    layout: Layout
    title: str
    url: str
    numbers: tuple[str, ...]
    contacts: tuple[str, ...]
    batch: str
    edition: date
    proof: bool
    shared: bool = False
    quantity: int = 0
    locales: tuple[str, ...] = ()
    place: str = ""

    @property
    def tag(self) -> str:
        """Its language, or that it is in several (ISO 639)."""
        return MANY if self.locales else self.locale

    @property
    def tongues(self) -> tuple[str, ...]:
        """Every language that it is in."""
        return self.locales or (self.locale,)

    def stem(self, naming: str) -> str:
        """How the names of its files begin, by a profile's `naming`."""
        whose = EVERYBODY if self.shared else self.place or self.audience
        return naming.format(country=self.country, language=self.tag, audience=whose, format=self.layout.id)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a pack."""

    name: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Its hash, as SHA256SUMS lists it."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A finished job: its files (the press PDF first), the preflight, small pictures of its pages (PNG), and the name
    of the plates that it shares with other languages.
    """

    order: Order
    stem: str
    files: tuple[File, ...]
    lines: tuple[Line, ...]
    thumbnails: tuple[bytes, ...]
    base: str = ""

    @property
    def failed(self) -> tuple[Line, ...]:
        """The lines that a print shop would send back."""
        return tuple(line for line in self.lines if line.verdict is Verdict.FAIL)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An item laid out for the press, with bleed, and its preview in screen colours without bleed; `base` is what it
    has in common with its other languages, where only the black plate is changed.
    """

    order: Order
    laid: Laid
    screen: bytes = field(repr=False)
    base: Base = field(default=(), repr=False)


class Press:
    """The inks of one profile, ready to make jobs."""

    def __init__(self, profile: PrintProfile, inks: Colours, intent: InkProfile) -> None:
        self.profile, self._inks, self._intent = profile, inks, intent

    def file(self, order: Order, laid: Laid, *, marks: bool = False, outlines: bool = False, base: Base = ()) -> bytes:
        """The press PDF of an item that was laid out with bleed."""
        places: dict[int, tuple[float, ...]] = {}
        for page, place in laid.folds:
            places[page] = (*places.get(page, ()), place / MM)
        what = x4.PressFile(
            order.title,
            order.locale,
            order.edition,
            self._intent,
            self.profile.condition,
            self.profile.bleed,
            tuple(places.get(page, ()) for page in range(1, max(places, default=0) + 1)),
            marks,
            outlines,
            f"{order.stem(self.profile.naming)} · {order.layout.name} · {self.profile.condition} · {order.batch}",
            base,
        )
        return x4.convert(laid.pdf, self._inks, what)

    def jobs(self, sheets: Sequence[Sheet]) -> Iterator[PrintJob]:
        """Every file of each job, one job after the other; what starts slowly is started once for all of them.

        Raises:
            CampaignError: a picture that cannot be turned into ink exactly, a program that failed.
        """
        profile = self.profile
        inked = [
            raster.Inked(
                self.file(sheet.order, sheet.laid, outlines=profile.outlines, base=sheet.base),
                sheet.laid.pdf,
                self._size(sheet),
                bool(sheet.base),
            )
            for sheet in sheets
        ]
        drawn = raster.plates(inked, self._inks, self._intent, profile.resolution)
        for sheet, file, pages in zip(sheets, inked, drawn, strict=True):
            yield self._job(sheet, file.press, pages)

    def _size(self, sheet: Sheet) -> tuple[float, float]:
        """Trim with bleed in mm."""
        layout, bleed = sheet.order.layout, self.profile.bleed
        return layout.width + 2 * bleed, layout.height + 2 * bleed

    def _job(self, sheet: Sheet, plain: bytes, pages: tuple[Image.Image, ...]) -> PrintJob:
        profile, order, laid = self.profile, sheet.order, sheet.laid
        layout = order.layout
        stem = order.stem(profile.naming)
        press = plain
        if profile.marks:
            press = self.file(order, laid, marks=True, outlines=profile.outlines, base=sheet.base)
        wide, high = self._size(sheet)
        pixel = raster.pixels(wide, profile.resolution), raster.pixels(high, profile.resolution)
        shown = tuple(raster.pictures(laid.pdf, pixel, profile.resolution))
        lines = inspect(
            Subject(
                press,
                pages,
                layout,
                profile,
                order.url,
                order.numbers,
                tuple((page, round(place / MM, 3)) for page, place in laid.folds),
                folds.expected(layout, rtl=languages.get(order.locale).rtl),
                self.file(order, laid, marks=profile.marks, base=sheet.base) if profile.outlines else b"",
                laid.words,
            )
        )
        files = [File(f"{stem}-press.pdf", press), File(f"{stem}-screen.pdf", sheet.screen)]
        for number, (inked, seen) in enumerate(zip(pages, shown, strict=True), start=1):
            files.append(File(f"{stem}-page-{number}.tif", tiff.tiff(inked, self._intent, profile.resolution)))
            files.append(File(f"{stem}-page-{number}.png", tiff.png(seen, profile.resolution)))
        edge = raster.pixels(profile.bleed, profile.resolution)
        small = tuple(tiff.thumbnail(picture, edge, THUMBNAIL_PX) for picture in shown)
        return PrintJob(order, stem, tuple(files), lines, small, common_base.name(sheet.base))
