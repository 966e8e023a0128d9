"""One message as its readers get it, on one page of pictures and texts: made at once, and again as files are saved."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign import languages, reports
from campaign import manifest as manifests
from campaign.cache import Cache
from campaign.config.tables import suggestion
from campaign.editions.build import Report, build
from campaign.errors import CampaignError, Problem
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.project import Project
from campaign.workspace.selection import Selection

#: Pixels per point of the pictures of pages: an A5 page is some 500 pixels wide.
_SCALE = 1.2
#: What a change of is seen by `--watch`.
_WATCHED = ("campaign.toml", "contacts.toml", "templates", "locales", "assets", "glossary")


@dataclass(frozen=True, slots=True)
class Shown:
    """A file of the item by its name: pictures of its pages (PNG, base64), its text, or an address to frame."""

    name: str
    pictures: tuple[str, ...] = ()
    text: str = ""
    frame: str = ""


def chosen(campaign: Campaign, item: str, channels: Sequence[str]) -> Selection:
    """The item that `es/seasonal-workers` means: a country, a language and an audience in any order, each optional.

    What is left out is the first of the campaign; of the languages the first that is not the source's.

    Raises:
        CampaignError: a part is none of them; the nearest is named.
    """
    others = [tag for tag in campaign.languages if tag != campaign.source_language] or list(campaign.languages)
    found = {"country": campaign.countries[0], "language": others[0], "audience": next(iter(campaign.audiences))}
    axes = {"country": campaign.countries, "language": campaign.languages, "audience": tuple(campaign.audiences)}
    problems = []
    for part in filter(None, item.split("/")):
        axis = next((axis for axis, names in axes.items() if part in names), "")
        if axis:
            found[axis] = part
        else:
            known = [name for names in axes.values() for name in names]
            what = f"{part!r} is no country, language or audience of the campaign{suggestion(part, known)}"
            problems.append(Problem(item, what, "name one like: es/seasonal-workers"))
    if problems:
        raise CampaignError(problems)
    return Selection((found["country"],), (found["language"],), (found["audience"],), tuple(channels))


def make(project: Project, wanted: Selection, today: date) -> Report:
    """Build the item into the review edition.

    Raises:
        CampaignError: the workspace cannot be read.
    """
    return build(
        project,
        edition=Edition.REVIEW,
        selection=wanted,
        workers=1,
        today=today,
        progress=lambda done, total: None,
        cache=Cache.default(),
    )


def page(
    project: Project, wanted: Selection, report: Report | None, error: CampaignError | None, *, turn: bool
) -> Path:
    """Write the page that shows the item, or what is wrong with it; `turn`: a browser reads it again by itself."""
    problems = wrong(report, error)
    (country,), (locale,), (audience,) = wanted.countries, wanted.locales, wanted.audiences
    path = place(project)
    language = languages.get(locale)
    reports.write(
        path,
        "preview",
        title=f"{country} · {language.autonym} · {audience}",
        tag=language.tag,
        direction="rtl" if language.rtl else "ltr",
        problems=problems,
        shown=[] if error else list(_shown(project, wanted)),
        turn=turn,
    )
    return path


def wrong(report: Report | None, error: CampaignError | None) -> list[str]:
    """Why an item is not made, a text for each reason."""
    problems = [] if error is None else list(map(str, error.problems))
    for item in (*report.refused, *report.lacking) if report else ():
        reasons = dict.fromkeys((*(finding.detail for finding in item.refused), *map(str, item.problems)))
        problems += [f"{item.job.name}: {reason}" for reason in reasons]
    return problems


def place(project: Project) -> Path:
    """Where the page lies: beside the editions, whose folders hold only what was built."""
    return project.inside(project.root / "output" / "preview.html")


def files(project: Project, wanted: Selection, edition: Edition = Edition.REVIEW) -> list[Path]:
    """The files of the item that lie in the edition, in order."""
    (country,), (locale,), (audience,) = wanted.countries, wanted.locales, wanted.audiences
    manifest = manifests.read(project.manifest(edition), project.name(project.manifest(edition)))
    return [
        project.built(edition, entry.path)
        for entry in manifest.entries
        if (entry.country, entry.locale, entry.audience) == (country, locale, audience)
        and (not wanted.channels or entry.channel in wanted.channels)
    ]


def state(project: Project) -> str:
    """A hash of the names, sizes and times of the files that a preview depends on."""
    seen = hashlib.sha256()
    for name in _WATCHED:
        top = project.inside(project.root / name)
        inner = (path for _, path in project.below(top, links_out=True)) if top.is_dir() else [top]
        for path in inner:
            if path.exists():
                about = path.stat()
                seen.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _shown(project: Project, wanted: Selection) -> Iterator[Shown]:
    order = (".pdf", ".html", ".png")  # print first, then the page, cards, and texts
    for path in sorted(
        files(project, wanted), key=lambda path: order.index(path.suffix) if path.suffix in order else 9
    ):
        if path.suffix == ".pdf":
            yield Shown(path.name, tuple(_pages(path)))
        elif path.suffix in (".png", ".jpg") and "-page-" not in path.name:  # pages come with their PDF
            yield Shown(path.name, (base64.b64encode(path.read_bytes()).decode(),))
        elif path.suffix == ".txt" and not path.name.endswith("-alt.txt"):
            yield Shown(path.name, text=path.read_text(encoding="utf-8"))
        elif path.name.endswith(".html"):
            yield Shown(path.name, frame=path.relative_to(place(project).parent).as_posix())


def _pages(path: Path) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        for sheet in document:
            stream = io.BytesIO()
            sheet.render(scale=_SCALE).to_pil().save(stream, "PNG")
            yield base64.b64encode(stream.getvalue()).decode()
    finally:
        document.close()
