"""One job of a printer: an item in one format becomes press PDF, pictures, previews and its preflight."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from campaign import languages
from campaign.model import Layout, PrintProfile
from campaign.press import folds, raster, tiff, x4
from campaign.press.colour import Inks
from campaign.press.preflight import Line, Subject, Verdict, inspect
from campaign.press.profiles import InkProfile
from campaign.typeset.session import Laid

MM = 72 / 25.4
THUMBNAIL_PX = 420


@dataclass(frozen=True, slots=True)
class Order:
    """What is printed, apart from the laid-out pages; `numbers` are the telephone numbers as people read them."""

    country: str
    locale: str
    audience: str
    audience_name: str
    layout: Layout
    title: str
    url: str
    numbers: tuple[str, ...]
    batch: str
    edition: date
    proof: bool


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
class Job:
    """A finished job: its files (the press PDF first), the preflight, and small pictures of its pages (PNG)."""

    order: Order
    stem: str
    files: tuple[File, ...]
    lines: tuple[Line, ...]
    thumbnails: tuple[bytes, ...]

    @property
    def failed(self) -> tuple[Line, ...]:
        """The lines that a print shop would send back."""
        return tuple(line for line in self.lines if line.verdict is Verdict.FAIL)


class Press:
    """The inks of one profile, ready to make jobs."""

    def __init__(self, profile: PrintProfile, inks: Inks, intent: InkProfile) -> None:
        self.profile, self._inks, self._intent = profile, inks, intent

    def file(self, order: Order, laid: Laid, *, marks: bool) -> bytes:
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
        )
        return x4.convert(laid.pdf, self._inks, what)

    def job(self, order: Order, laid: Laid, screen: bytes) -> Job:
        """Every file of a job; `screen` is the preview in screen colours without bleed.

        Raises:
            CampaignError: a picture that cannot be turned into ink exactly, a program that failed.
        """
        profile, layout = self.profile, order.layout
        stem = profile.naming.format(
            country=order.country, language=order.locale, audience=order.audience, format=layout.id
        )
        plain = self.file(order, laid, marks=False)
        press = self.file(order, laid, marks=True) if profile.marks else plain
        size = layout.width + 2 * profile.bleed, layout.height + 2 * profile.bleed
        pages = tuple(raster.plates(plain, laid.pdf, self._inks, self._intent, size, profile.resolution))
        pixel = raster.pixels(size[0], profile.resolution), raster.pixels(size[1], profile.resolution)
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
            )
        )
        files = [File(f"{stem}-press.pdf", press), File(f"{stem}-screen.pdf", screen)]
        for number, (inked, seen) in enumerate(zip(pages, shown, strict=True), start=1):
            files.append(File(f"{stem}-page-{number}.tif", tiff.tiff(inked, self._intent, profile.resolution)))
            files.append(File(f"{stem}-page-{number}.png", tiff.png(seen, profile.resolution)))
        edge = raster.pixels(profile.bleed, profile.resolution)
        small = tuple(tiff.thumbnail(picture, edge, THUMBNAIL_PX) for picture in shown)
        return Job(order, stem, tuple(files), lines, small)
