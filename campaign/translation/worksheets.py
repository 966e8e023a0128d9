"""Write the worksheets of a language: a PDF to print and an XLSX to fill in, in output/worksheets."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from campaign import installed, languages
from campaign.catalogue import glossary
from campaign.catalogue.memory import Memory
from campaign.channels.layout import set_item
from campaign.errors import CampaignError
from campaign.model.state import State
from campaign.project import Project, write_atomic
from campaign.protocols import Progress
from campaign.render.renderer import Renderer
from campaign.typeset.places import find
from campaign.typeset.session import Laid, Typesetter
from campaign.worksheets import printed, table
from campaign.worksheets.printed import Picture
from campaign.worksheets.rows import RELATED, Row, rows
from campaign.workspace import loader
from campaign.workspace.loader import Workspace

PICTURE_PPI = 110.0
PAGE_MM = (148.0, 210.0)


@dataclass(frozen=True, slots=True)
class Made:
    """How many rows a worksheet has, and its files."""

    rows: int
    files: tuple[Path, ...]


def write(project: Project, locale: str, progress: Progress = lambda done, total: None) -> Made:
    """Write both worksheets of a language; sentences that are signed already are left out.

    Raises:
        CampaignError: not a language to translate into, everything is signed, a file that cannot be read or written,
            or the library for XLSX is missing.
    """
    space = loader.load(project)
    source = space.campaign.source_language
    if locale not in space.texts or locale == source:
        languages.get(locale)
        raise CampaignError.single(
            f"{locale} is not a language to translate into",
            where="campaign.toml: languages",
            todo="add its tag there" if locale not in space.texts else "name another language",
        )
    found = _rows(space, locale)
    if not found:
        raise CampaignError.single(
            "every sentence is signed already", where=locale, todo="nothing is left to translate"
        )
    folder = project.worksheets(locale)
    with tempfile.TemporaryDirectory(prefix="campaign-worksheet-") as temporary:
        root = Path(temporary)
        pictures = _pictures(space, found, root, progress)
        setter = _typesetter(project, root)
        values = printed.data(locale, space.campaign.name, found, pictures)
        pdf = setter.lay_out("worksheet", values).pdf
        shown = [section for section in dict.fromkeys(row.section for row in found) if section in pictures]
        laid = setter.lay_out("worksheet-places", {**values, "places-only": True})
        numbered = dict(zip(shown, laid.pages(PICTURE_PPI), strict=False))
    paths = tuple(project.inside(folder / f"worksheet-{locale}.{kind}") for kind in ("pdf", "xlsx"))
    try:
        sheet = table.workbook(
            locale, found, numbered, _places(found, pictures), datetime.combine(space.campaign.edition, time())
        )
    except ImportError as error:
        raise CampaignError.single(
            "the library for XLSX files is not installed", where=locale, todo=f"run: {installed.command_for('review')}"
        ) from error
    for path, data in zip(paths, (pdf, sheet), strict=True):
        write_atomic(path, data, durable=False)
    return Made(len(found), paths)


def _rows(space: Workspace, locale: str) -> list[Row]:
    """The units of the templates, each as the language has it (also before there is a catalogue)."""
    texts, source = space.texts[locale], space.campaign.source_language
    nplurals = languages.get(locale).nplurals
    empty = (loader.in_language(unit, locale, nplurals) for unit in loader.source_units(space.project, locale))
    units = [texts.units.get(unit.key, unit) for unit in empty]
    signed = [key for key, state in texts.states.items() if state is State.SIGNED]
    related = {tag: Memory(space.texts[tag].units.values()) for tag in RELATED.get(locale, ()) if tag in space.texts}
    return rows(
        units,
        texts.states,
        languages.get(locale).categories,
        glossary.load(space.project, locale, source),
        Memory(texts.units.values(), signed),
        {tag: memory for tag, memory in related.items() if tag != source},
    )


def _pictures(space: Workspace, found: Sequence[Row], root: Path, progress: Progress) -> dict[str, Picture]:
    """For each section a leaflet in the source language and the places of its rows on it.

    An audience's section shows its own leaflet, a shared section the one on which most of its sentences stand.
    """
    chunks: dict[str, dict[int, str]] = {}
    for row in found:
        chunks.setdefault(row.section, {})[row.number] = "" if row.elsewhere else _chunk(row.source)
    best: dict[str, Picture] = {}
    for audience, (laid, names) in _leaflets(space, root, progress):
        for section, wanted in chunks.items():
            if section != audience and section in space.campaign.audiences:
                continue
            where = find(laid.pdf, wanted.values())
            places = {number: where[chunk] for number, chunk in wanted.items() if chunk in where}
            if len(places) > (len(best[section].places) if section in best else 0):
                best[section] = Picture(names, *PAGE_MM, places, audience.replace("-", " "))
    return best


def _leaflets(space: Workspace, root: Path, progress: Progress) -> Iterator[tuple[str, tuple[Laid, tuple[str, ...]]]]:
    """Each audience's leaflet, laid out, with its pages written as pictures below the layouts' root."""
    campaign, source = space.campaign, space.campaign.source_language
    renderer, setter = Renderer(space.project, campaign), Typesetter(space.project)
    (root / "assets" / "illustrations").mkdir(parents=True)
    for done, audience in enumerate(campaign.audiences, start=1):
        message = renderer.message(audience, source, campaign.countries[0], space.texts[source])
        laid = set_item(setter, "leaflet-a5", message, campaign, review=False)
        names = []
        for page, data in enumerate(laid.pages(PICTURE_PPI), start=1):
            names.append(f"illustrations/{audience}-{page}.png")
            (root / "assets" / names[-1]).write_bytes(data)
        yield audience, (laid, tuple(names))
        progress(done, len(campaign.audiences))


def _chunk(source: str) -> str:
    """The longest stretch of a source without placeholders: what can be found on the page as it is."""
    return max((part.strip() for part in re.split(r"%\(\w+\)s|%%", source)), key=len)


def _typesetter(project: Project, root: Path) -> Typesetter:
    """A typesetter that sees the layouts, the fonts and the pictures of the leaflets, and nothing else."""
    for folder in (project.layouts, project.fonts):
        for name, path in project.below(folder):
            copy = root / project.name(folder) / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return Typesetter(Project(root))


def _places(found: Sequence[Row], pictures: dict[str, Picture]) -> dict[str, str]:
    """Key -> where its sentence is seen, in words."""
    places = {}
    for row in found:
        picture = pictures.get(row.section)
        place = picture.places.get(row.number) if picture else None
        on_leaflet = f"leaflet, page {place.page}, number {row.number} in the picture of {row.section}" if place else ""
        places[row.key] = row.elsewhere or on_leaflet
    return places
