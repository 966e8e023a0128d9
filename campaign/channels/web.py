"""The web page: one self-contained, accessible HTML file per message, and the page that links its languages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from campaign import languages
from campaign.bidi import directed, right_to_left
from campaign.channels.draft import DRAFT, line
from campaign.errors import CampaignError
from campaign.model.artefact import Artefact
from campaign.model.blocks import SECTIONS, Mark, shown_by
from campaign.model.brand import Brand, tinted
from campaign.model.campaign import Campaign
from campaign.model.contact import Contact
from campaign.model.frame import COLOURS, EXIT, FONTS, ICONS, ORGANISATION, PICTURE, Frame
from campaign.model.labels import labels_of
from campaign.model.language import Language
from campaign.model.message import Helpline, Message
from campaign.model.web_address import MANY, PAGE, link
from campaign.pages import Pages, embedded
from campaign.project import Project
from campaign.typeset.pictures import drawing, missing
from campaign.typeset.session import Typesetter
from campaign.typeset.subset import subsets

if TYPE_CHECKING:
    from campaign.channels.voice import Voice

#: The file beside a page in which it is heard.
LISTEN = "listen.mp3"

#: What a page may take: it must load on a slow connection that is paid by the megabyte.
MOST_BYTES = 150_000

#: Scripts that old or cheap telephones cannot show, or show in an encoding of their own (Burmese): here the page
#: brings a font.
EMBEDDED = frozenset({"Ethi", "Khmr", "Laoo", "Mymr", "Nkoo", "Tfng", "Thaa", "Tibt"})

#: How many languages the title of a chooser names.
FEW = 3

#: The quick exit: the page that opens takes the place of this one, so that "back" does not lead here. Without it the
#: link opens the same page as any link does.
LEAVE = (
    'document.querySelector("a.exit").addEventListener("click",function(e){'
    "e.preventDefault();location.replace(this.href)})"
)

SHOWN = (*shown_by("web"), *(f"label:{name}" for name in labels_of("web")))
#: How HTML lists what stands behind each mark; a section without a mark is paragraphs.
LISTS = {None: "", Mark.DOT: "ul", Mark.SHIELD: "ul", Mark.NUMERAL: "ol"}


class Web:
    """The web channel: `index.html`, and `listen.mp3` beside it where a signed voice message may be heard."""

    name = "web"

    def __init__(self, campaign: Campaign, typesetter: Typesetter, *, review: bool) -> None:
        self._campaign, self._project, self._review = campaign, typesetter.project, review
        self._typesetter = typesetter
        self._pages = Pages(typesetter.project)

    def shows(self, message: Message, /) -> tuple[str, ...]:
        """Every printed block and label, and each helpline with its claims."""
        contacts = [helpline.contact for helpline in message.helplines]
        extra = [
            *("label:write_sms" for contact in contacts[:1] if any(c.answers_sms for c in contacts)),
            *("label:write_whatsapp" for contact in contacts[:1] if any(c.answers_whatsapp for c in contacts)),
        ]
        return *SHOWN, *extra, *(f"contact:{contact.id}" for contact in contacts)

    def contacts(self, message: Message, /) -> tuple[Contact, ...]:
        """Every helpline and the emergency number."""
        return *(helpline.contact for helpline in message.helplines), message.emergency

    def frame(self, message: Message, /) -> Frame:
        """The page and its style; the fonts where the page brings them."""
        brings = {FONTS} if languages.get(message.locale).script in EMBEDDED else set[str]()
        brings |= {ICONS} if message.pictograms else set()
        return Frame((), ("page.j2",), ("page.css",), frozenset({PICTURE, ORGANISATION, COLOURS, EXIT, *brings}))

    def export(self, message: Message, /) -> Iterator[Artefact]:
        """The page of a message.

        Raises:
            CampaignError: no picture, a broken template, or a page over its budget of bytes.
        """
        language = languages.get(message.locale)
        contacts = self.contacts(message)
        blocks = {name: [_directed(line, message) for line in lines] for name, lines in message.blocks.items()}
        values: dict[str, object] = {
            "lang": language.tag,
            "dir": "rtl" if language.rtl else "ltr",
            "title": message.line("title"),
            "lead": blocks["lead"],
            "blocks": blocks,
            "sections": [
                {
                    "name": spec.name,
                    "title": " ".join(blocks[spec.heading]),
                    "lines": blocks[spec.name],
                    "list": LISTS[spec.mark],
                }
                for spec in SECTIONS
                if blocks[spec.name]
            ],
            "labels": {name: _directed(text, message) for name, text in message.labels.items()},
            "helplines": [_Line(h, [_directed(line, message) for line in h.lines]) for h in message.helplines],
            "emergency": message.emergency,
            "alt": message.line("alt"),
            "picture": self._picture(message),
            "pictograms": [{"picture": self._icon(icon), "text": text} for icon, text in message.pictograms],
            "url": message.url,
            "sound": LISTEN if message.sound else "",
            "exit_url": self._campaign.exit_url,
            "languages_path": link(self._campaign.folder(message.country, MANY, message.audience)),
            "whatsapp": "https://wa.me/",
            "neutral": message.labels["neutral"] or language.autonym,
            "autonym": language.autonym,
            "english": language.english,
            "organisation": self._campaign.brand.organisation,
            "draft": self._review,
            "draft_english": (DRAFT, line(message.used(*self.shows(message)))),
            "dialled": [contact.digits for contact in contacts],
        }
        numbers = {text: link for contact in contacts for text, link in contact.taps.items()}
        numbers |= dict.fromkeys((self._campaign.edition.isoformat(), message.batch), "")
        data = self._pages.render("page.j2", self._style(message, language), values, numbers, LEAVE).encode()
        _dials(data)
        if len(data) > MOST_BYTES:
            raise CampaignError.single(
                f"the web page takes {len(data)} bytes, at most {MOST_BYTES} are allowed",
                where=f"{message.locale}/{message.audience}",
                todo="use a simpler illustration or shorter texts",
            )
        yield Artefact(PAGE, "text/html", data, message.used(*self.shows(message)), "web")
        if message.sound:
            yield from self._spoken.beside_page(message)

    @cached_property
    def _spoken(self) -> Voice:
        """The channel that the sound beside a page comes from."""
        from campaign.channels.voice import Voice

        return Voice(self._campaign, self._typesetter, review=self._review)

    def _picture(self, message: Message) -> str:
        """The illustration of an audience."""
        audience = self._campaign.audiences[message.audience]
        tones = tinted(self._campaign.brand.accents[audience.accent])
        return self._drawn(self._project.illustrations, audience.illustration, tones)

    def _icon(self, name: str) -> str:
        """An icon; the words beside it say the same."""
        return self._drawn(self._project.assets, f"icons/{name}.svg", tinted(self._campaign.brand.palette["primary"]))

    def _drawn(self, folder: Path, name: str, tones: Mapping[bytes, bytes]) -> str:
        """A picture as a data address: in an `img` no script of an SVG runs and nothing is fetched. The colours of the
        program's own drawings become `tones`.
        """
        path = self._project.inside(folder / name)
        if not path.is_file():
            raise missing(self._project.name(path))
        try:
            drawn = drawing(path.read_bytes())
            for colour, tone in tones.items():
                drawn = drawn.replace(colour, tone)
            return embedded(drawn, "image/svg+xml")
        except ValueError as error:
            what, _, todo = str(error).partition("; ")
            raise CampaignError.single(what, where=self._project.name(path), todo=todo) from error

    def _style(self, message: Message, language: Language) -> str:
        accent = self._campaign.brand.accents[self._campaign.audiences[message.audience].accent]
        shown = [line for name in self.shows(message) for line in message.shown(name)]
        text = "".join([*shown, language.autonym, *message.labels.values()])
        faces = _faces(self._project, language, text)
        return faces + _variables(self._campaign.brand, [language], accent) + self._pages.style("page.css")


@dataclass(frozen=True, slots=True)
class _Line:
    """A helpline as the template reads it, its claims directed."""

    helpline: Helpline
    lines: Sequence[str]

    @property
    def contact(self) -> Contact:
        """The record."""
        return self.helpline.contact

    @property
    def dir(self) -> str:
        """The direction of its first way."""
        return "rtl" if right_to_left(self.contact.display) else "ltr"

    @property
    def kind(self) -> str:
        """What the number is for."""
        return self.helpline.kind


@dataclass(frozen=True, slots=True)
class Choice:
    """A page to choose: its language and its title."""

    locale: str
    title: str


def chooser(
    project: Project, campaign: Campaign, country: str, audience: str, choices: Sequence[Choice], *, review: bool
) -> bytes:
    """The page that links every language's page of a message, each in its own name and with its own title.

    Its title, which a browser remembers, names nothing but languages.
    """
    pages, source = Pages(project), languages.get(campaign.source_language)
    accent = campaign.brand.accents[campaign.audiences[audience].accent]
    offered = [languages.get(choice.locale) for choice in choices]
    faces = "".join(
        _faces(project, language, language.autonym + choice.title)
        for language, choice in zip(offered, choices, strict=True)
    )
    style = faces + _variables(campaign.brand, [source, *offered], accent)
    values = {
        "lang": source.tag,
        "dir": "rtl" if source.rtl else "ltr",
        "name": campaign.name,
        "neutral": " · ".join(language.autonym for language in offered[:FEW]),
        "draft": review,
        "pages": [
            {
                "path": link(campaign.folder(country, choice.locale, audience)),
                "lang": choice.locale,
                "dir": "rtl" if languages.get(choice.locale).rtl else "ltr",
                "autonym": languages.get(choice.locale).autonym,
                "title": choice.title,
            }
            for choice in choices
        ],
    }
    return pages.render("languages.j2", style + pages.style("page.css"), values, {}).encode()


def title_of(page: bytes) -> str:
    """The headline of a built page. Its `title` is kept by browsers and names no subject."""
    found = re.search(rb"<h1[^>]*>([^<]*)</h1>", page)
    return html.unescape(found[1].decode("utf-8", "replace")) if found else ""


def _faces(project: Project, language: Language, text: str) -> str:
    """The font of a script that telephones lack, cut to the characters of this text, as CSS; else nothing."""
    if language.script not in EMBEDDED:
        return ""
    return "".join(
        f'@font-face{{font-family:"{_own(language)}";font-weight:{weight};'
        f'src:url({embedded(data, "font/woff")}) format("woff")}}\n'
        for weight, data in subsets(project.fonts, language.fonts[0], text)
    )


def _own(language: Language) -> str:
    return f"Page {language.tag}"


def _variables(brand: Brand, shown: Sequence[Language], accent: str) -> str:
    """The colours, the fonts and the line height of a page in these languages, the first its own, as CSS variables."""
    language = shown[0]
    colours = "".join(f"--{role}:{colour};" for role, colour in brand.palette.items())
    own = [_own(other) for other in shown if other.script in EMBEDDED]
    family = ", ".join(f'"{name}"' for name in (*own, *language.fonts))
    # Typst's leading is the gap between two lines, CSS's line height the distance of their baselines.
    return (
        f":root{{{colours}--white:#FFFFFF;--accent:{accent};--family:{family}, system-ui, sans-serif;"
        f"--leading:{1.22 + 0.45 * language.leading:.2f};--tight:{0.98 + 0.45 * language.leading:.2f}}}\n"
    )


def _dials(page: bytes) -> None:
    """Refuse a page that would dial nothing."""
    if b'href="tel:"' in page:
        what = "the page has telephone links alone, and a contact of it has no number"
        todo = "take page.j2 and page.css from a fresh workspace (campaign init), or write contact.link there"
        raise CampaignError.single(what, where="templates/channels/page.j2", todo=todo)


def _directed(text: str, message: Message) -> str:
    return directed(text, message.lettered, rtl=languages.get(message.locale).rtl, isolate=True)
