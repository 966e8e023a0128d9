"""The files and settings that items stand in, as hashes: layouts, pages, styles, pictures, logo, fonts, colours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import tinycss2
from jinja2 import Environment, TemplateSyntaxError

from campaign.model.campaign import Campaign
from campaign.model.cover import short
from campaign.model.frame import COLOURS, EXIT, FONTS, ICONS, INKS, LOGO, ORGANISATION, PICTURE, SPELLING, Frame
from campaign.model.layout import Layout
from campaign.project import Project
from campaign.provenance import harmless
from campaign.typeset import fonts
from campaign.typeset.taken_in import reached, sources

#: What a layout shows of the campaign, by the word with which it asks for it; its colours and fonts it always has.
_ASKS = {"illustration": PICTURE, "logo": LOGO, "organisation": ORGANISATION, "icons/": ICONS}
#: A picture that a layout takes by itself, or under a name which nobody can see in its text.
_ANY_PICTURE = re.compile(r'illustrations/|logos/|\bimage\(\s*(?!\s|bytes\(|path\b)|\bread\(\s*(?!\s|"icons/|drawn\b)')
#: A comment of a page; one with quotes or tags in it may be something else.
_COMMENT = re.compile(r"<!--[^<>\"'{}]*-->")
_NAMED = re.compile(r"""\{%[-+]?\s*(?:include|extends|import|from)\s+(?:"([^"]+)"|'([^']+)'|\S)""")


@dataclass(frozen=True, slots=True)
class Design:
    """A layout: the hash of what it is made of, and what it shows of the campaign."""

    value: str
    uses: frozenset[str]


class Frames:
    """The files and settings of one workspace, each read once: make another one when they may have changed."""

    def __init__(self, project: Project, campaign: Campaign) -> None:
        self._project, self._campaign = project, campaign
        self._designs: dict[str, Design] = {}
        self._pages: dict[str, str] = {}
        self._values: dict[tuple[str, ...], str] = {}

    def design(self, layout: str) -> Design:
        """The design of a layout; that of one without a file is of nothing.

        Raises:
            CampaignError: a file of the layouts or a picture is a link that leads out of the workspace.
        """
        if layout not in self._designs:
            text = reached(layout, sources(self._layouts, layout))
            table = self._campaign.layouts.get(layout)
            free = _ANY_PICTURE.search(text) is not None
            asked = {use for word, use in _ASKS.items() if word in text or free}
            value = short(text, _measures(table) if table else "", self._beside, self._pictures if free else "")
            self._designs[layout] = Design(value, frozenset({COLOURS, FONTS, *asked}))
        return self._designs[layout]

    @property
    def everything(self) -> Frame:
        """Of a channel that does not say what its files stand in."""
        layouts = [name.removesuffix(".typ") for name in self._layouts if name.endswith(".typ")]
        pages, styles = (tuple(name for name in self._texts if name.endswith(end)) for end in (".j2", ".css"))
        return Frame(tuple(layouts), pages, styles, frozenset({*_ASKS.values(), COLOURS, FONTS, EXIT, SPELLING, INKS}))

    def page(self, name: str) -> str:
        """The hash of a page template and of those that it takes in, without its comments and white space."""
        if name not in self._pages:
            names, todo = dict[str, str](), [name]
            while todo:
                file = todo.pop()
                if file not in names:
                    names[file] = text = self._text(file)
                    found = list(_NAMED.finditer(text))
                    todo += [match[1] or match[2] for match in found if match[1] or match[2]]
                    if any(not match[1] and not match[2] for match in found):  # a name that is not written out
                        todo += [other for other in self._texts if other.endswith(".j2")]
            parts = (part for file in sorted(names) for part in (file, _bare_page(names[file])))
            self._pages[name] = short(*parts)
        return self._pages[name]

    def style(self, name: str) -> str:
        """The hash of a style sheet without its comments and white space, then of what can change words in it."""
        if name not in self._pages:
            sheet = self._text(name)
            self._pages[name] = f"{short(_bare_css(sheet))},{short(harmless.bare(sheet))}"
        return self._pages[name]

    def value(self, use: str, audience: str, families: Iterable[str], locale: str = "") -> str:
        """The hash of what a layout or a page shows of the campaign; `families` are the fonts of the item.

        A language that the workspace describes is set as it says there: the description belongs to the fonts.
        """
        described = (repr(own) for own in self._campaign.own_languages if own.tag == locale and use == FONTS)
        key = use, audience, *families, *described
        if key not in self._values:
            self._values[key] = self._value(use, audience, key[2:])
        return self._values[key]

    def _value(self, use: str, audience: str, looks: Iterable[str]) -> str:
        campaign, brand = self._campaign, self._campaign.brand
        accent = brand.accents[campaign.audiences[audience].accent] if audience else ""  # a form has none
        found: Mapping[str, Callable[[], str]] = {
            PICTURE: lambda: short(_hash(self._asset(f"illustrations/{campaign.audiences[audience].illustration}"))),
            LOGO: lambda: short(brand.logo, _hash(self._asset(f"logos/{brand.logo}"))),
            ORGANISATION: lambda: short(brand.organisation),
            COLOURS: lambda: short(repr(sorted(brand.palette.items())), accent),
            INKS: lambda: short(repr(sorted(brand.inks.items()))),
            ICONS: lambda: self._icons,
            FONTS: lambda: short(*(part for name in sorted(looks) for part in self._of_a_font(name))),
            EXIT: lambda: short(campaign.exit_url),
            SPELLING: lambda: short(repr(campaign.sms.plain)),
        }
        return found[use]()

    def _of_a_font(self, name: str) -> tuple[str, ...]:
        """The hashes of a family's files; of a described language, its description."""
        return (name,) if name.startswith("Language(") else self._fonts.get(name, ())

    @cached_property
    def _layouts(self) -> Mapping[str, Path]:
        return dict(self._project.below(self._project.layouts))

    @cached_property
    def _texts(self) -> Mapping[str, Path]:
        return dict(self._project.below(self._project.channel_texts))

    def _text(self, name: str) -> str:
        """A file of templates/channels; empty where there is none: whoever renders it says so."""
        return self._texts[name].read_text(encoding="utf-8", errors="replace") if name in self._texts else ""

    def _asset(self, name: str) -> Path:
        return self._project.inside(self._project.assets / name)

    def _all(self, folder: str) -> Iterator[str]:
        """The names and hashes of the files of a folder of assets/."""
        return (part for name, path in self._project.below(self._asset(folder)) for part in (name, _hash(path)))

    @cached_property
    def _pictures(self) -> str:
        """Every picture and logo: a layout that takes pictures by itself may show any of them."""
        return short(*self._all("illustrations"), "", *self._all("logos"))

    @cached_property
    def _icons(self) -> str:
        return short(*self._all("icons"))

    @cached_property
    def _beside(self) -> str:
        """The files beside the layouts that are none: a layout may read them."""
        others = (each for each in self._layouts.items() if not each[0].endswith(".typ"))
        return short(*(part for name, path in others for part in (name, _hash(path))))

    @cached_property
    def _fonts(self) -> Mapping[str, tuple[str, ...]]:
        """The hashes of the workspace's own font files, by family; the program's fonts are no part of a campaign."""
        return {family: tuple(sorted(map(_hash, paths))) for family, paths in fonts.own(self._project.fonts).items()}


def _measures(table: Layout) -> str:
    """What the table of a format says of how it looks and what it prints."""
    return repr((table.width, table.height, table.pages, table.panels, table.min_text, table.contacts, table.shows))


def _hash(path: Path) -> str:
    """The hash of the bytes of a file; empty where there is none."""
    try:
        known = path.stat()
    except OSError:
        return ""
    return _bytes_hash(path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=1024)
def _bytes_hash(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _bare_page(template: str) -> str:
    """A page template without what says nothing: its comments, and more than one space."""
    try:
        tokens = [(kind, value) for _, kind, value in Environment().lex(template)]  # noqa: S701 - nothing is rendered
    except TemplateSyntaxError:  # whoever renders it says what is wrong
        return template
    return " ".join("".join(_COMMENT.sub("", value) for kind, value in tokens if "comment" not in kind).split())


def _bare_css(sheet: str) -> str:
    """A style sheet without what says nothing: comments, and more than one space."""
    return " ".join(tinycss2.serialize(tinycss2.parse_component_value_list(sheet, skip_comments=True)).split())
