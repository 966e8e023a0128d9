"""A small job that everything about print can be tried on: the palm card in Arabic, and how to spoil it."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
import pytest

from campaign import languages
from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press as Bleed
from campaign.model.campaign import Campaign
from campaign.model.layout import Layout
from campaign.model.message import Message
from campaign.model.print_profile import PrintProfile
from campaign.press import folds, profiles, raster, x4
from campaign.press.colour import Inks
from campaign.press.preflight import Line, Subject, Verdict, inspect
from campaign.press.profiles import InkProfile
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Laid, Typesetter
from campaign.workspace import loader

PROFILE = PrintProfile("standard")


@dataclass(frozen=True)
class Room:
    """the wide campaign's print room."""

    project: Project
    campaign: Campaign
    renderer: Renderer
    typesetter: Typesetter
    texts: object
    inks: Inks
    intent: InkProfile

    def message(self, audience: str = "migrants", locale: str = "ar") -> Message:
        """A message for Belgium."""
        return self.renderer.message(audience, locale, "BE", self.texts[locale])

    def laid(self, layout: str, message: Message, *, bleed: float = 3.0, proof: bool = False) -> Laid:
        """The message laid out for the press, without the DRAFT mark."""
        press = Bleed(bleed, proof=proof)
        return set_item(self.typesetter, layout, message, self.campaign, review=False, press=press)

    def press(
        self, laid: Laid, message: Message, *, marks: bool = False, places: tuple = (), outlines: bool = False
    ) -> bytes:
        """The press file."""
        title, made_on = message.line("title"), self.campaign.edition
        what = x4.PressFile(title, message.locale, made_on, self.intent, "FOGRA39", 3.0, places, marks, outlines)
        return x4.convert(laid.pdf, self.inks, what)

    def pages(self, pdf: bytes, base: bytes, layout: Layout, bleed: float = 3.0) -> tuple:
        """The pixels of ink at 300 pixels per inch."""
        size = layout.width + 2 * bleed, layout.height + 2 * bleed
        files = [raster.Inked(pdf, base, size)]
        return next(raster.plates(files, self.inks, self.intent, PROFILE.resolution))

    def subject(self, layout: str, message: Message) -> Subject:
        """A good job, ready to be inspected."""
        table, laid = self.campaign.layouts[layout], self.laid(layout, message)
        pdf = self.press(laid, message)
        return Subject(
            pdf,
            self.pages(pdf, laid.pdf, table),
            table,
            PROFILE,
            message.url,
            (*(h.contact.display for h in table.helplines(message)), message.emergency.display),
            tuple((page, place * 25.4 / 72) for page, place in laid.folds),
            folds.expected(table, rtl=languages.get(message.locale).rtl),
            words=laid.words,
        )


@pytest.fixture(scope="session")
def room(wide) -> Room:
    """The print room of the wide campaign, warm."""
    project = Project(wide)
    space = loader.load(project)
    convert, intent = (profiles.read(project, name) for name in ("ISOcoated_v2_300_bas.icc", "FOGRA39L_coated.icc"))
    return Room(
        project,
        space.campaign,
        Renderer(project, space.campaign),
        Typesetter(project),
        space.texts,
        Inks(convert),
        intent,
    )


@pytest.fixture(scope="session")
def card(room) -> Subject:
    """The palm card in Arabic: the smallest good job."""
    return room.subject("palm-card", room.message())


@pytest.fixture(scope="session")
def spoiled():
    """`spoiled(pdf, drawing)` adds drawing operators to the last page; `change(page, pdf)` may do more."""

    def spoil(pdf: bytes, drawing: str = "", change=None) -> bytes:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            page = document.pages[-1]
            if change:
                change(page, document)
            page.contents_add(f"q {drawing} Q".encode())
            out = io.BytesIO()
            document.save(out)
        return out.getvalue()

    return spoil


@pytest.fixture(scope="session")
def failures():
    """`failures(subject)` are the lines that fail, by check."""

    def run(subject: Subject) -> dict[str, Line]:
        return {line.check: line for line in inspect(subject) if line.verdict is Verdict.FAIL}

    return run
