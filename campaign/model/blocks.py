"""The blocks of a message: the one list that templates, layouts, pages, checks, worksheets and documentation follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """What the lines of a block are on a page."""

    LINE = "line"
    PARAGRAPHS = "paragraphs"
    LIST = "list"
    IDEAS = "ideas"


class Mark(Enum):
    """What stands before each item of a list."""

    DOT = "dot"
    SHIELD = "shield"
    NUMERAL = "numeral"


#: The channels whose items show the blocks of a page.
PAGES = ("leaflet", "web")


@dataclass(frozen=True, slots=True)
class BlockSpec:
    """One block of a message: `{% block <name> %}` in templates/messages.

    `note` and `limits` say to writers what it is and how long it may be. A block with a `heading` (the name of the
    block above it) is a section: layouts and the web page print the sections in the order of the list, `front` ones on
    the first page of a leaflet, and leave out one without lines. `printed`: every format shows it unless its table says
    otherwise; else only a format that names it does. `channels` are those whose items can show it as it stands.
    `readable`: running text, which reading ease is measured on. `instructs`: a sentence in it may say what not to do
    and then has to say what to do. `elsewhere`: where people meet it when no leaflet prints it.
    """

    name: str
    note: str
    limits: str = ""
    shape: Shape = Shape.LINE
    mark: Mark | None = None
    heading: str = ""
    front: bool = False
    printed: bool = True
    readable: bool = False
    instructs: bool = False
    channels: tuple[str, ...] = PAGES
    elsewhere: str = ""

    @property
    def is_list(self) -> bool:
        """Whether each of its lines is an item of a list."""
        return self.shape is Shape.LIST

    @property
    def names(self) -> tuple[str, ...]:
        """Its heading, when it has one, and the block."""
        return (self.heading, self.name) if self.heading else (self.name,)


TITLE, SMS, POST, ALT, EASY = "title", "sms", "post", "alt", "easy"
_SENTENCES = "sentences up to 20 words"

BLOCKS = (
    BlockSpec(TITLE, "headline of the leaflet and of the card", "at most 12 words", channels=(*PAGES, "social")),
    BlockSpec(
        "lead",
        "how traffickers approach this group in an emergency",
        _SENTENCES,
        Shape.PARAGRAPHS,
        readable=True,
    ),
    BlockSpec(
        "signs", "warning signs", _SENTENCES, Shape.LIST, Mark.DOT, heading="signs_title", front=True, readable=True
    ),
    BlockSpec("rights", "rights", _SENTENCES, Shape.LIST, Mark.SHIELD, heading="rights_title", readable=True),
    BlockSpec(
        "steps",
        "what to do now",
        _SENTENCES,
        Shape.LIST,
        Mark.NUMERAL,
        heading="steps_title",
        readable=True,
        instructs=True,
    ),
    BlockSpec("closing", "last sentence of the leaflet", readable=True),
    BlockSpec(
        SMS,
        "the text message; its first 30 characters show on a locked screen, and `build` warns of words that endanger "
        "there (`campaign/data/rules/preview.toml`)",
        "`[sms] parts` in campaign.toml",
        printed=False,
        instructs=True,
        channels=("sms",),
        elsewhere="text message",
    ),
    BlockSpec(
        POST,
        "the short post; number, link and hashtags follow it",
        "280 weighted characters with them",
        printed=False,
        instructs=True,
        channels=("social",),
        elsewhere="post on X",
    ),
    BlockSpec(
        ALT,
        "what the picture shows and why; headline and number are put before it",
        "300 characters with them (LinkedIn)",
        channels=(*PAGES, "social"),
        elsewhere="description of the picture",
    ),
    BlockSpec(
        EASY,
        "Easy Read lines, `[icon] sentence`, one idea each",
        "sentences up to 15 words",
        Shape.IDEAS,
        printed=False,
        instructs=True,
        channels=("leaflet",),
        elsewhere="Easy Read",
    ),
)

#: Every block by the name that templates give it, headings before what they stand above.
NAMES = tuple(name for spec in BLOCKS for name in spec.names)
HEADINGS = tuple(spec.heading for spec in BLOCKS if spec.heading)
SECTIONS = tuple(spec for spec in BLOCKS if spec.heading)
#: What a format shows unless its table says otherwise.
PRINTED = tuple(name for spec in BLOCKS if spec.printed for name in spec.names)
READABLE = tuple(spec.name for spec in BLOCKS if spec.readable)
INSTRUCTING = frozenset(spec.name for spec in BLOCKS if spec.instructs)
ELSEWHERE = {spec.name: spec.elsewhere for spec in BLOCKS if spec.elsewhere}


def shown_by(channel: str) -> Iterator[str]:
    """The names of the blocks and headings that items of a channel can show as they stand."""
    return (name for spec in BLOCKS if channel in spec.channels for name in spec.names)
