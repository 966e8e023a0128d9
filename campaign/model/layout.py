"""One printed format."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.model.message import Helpline, Message

#: The smallest type in pt where a format says nothing else.
MIN_TEXT = 6.0

#: Pixels per inch of what is shown on a screen: two for each point of the layout.
SCREEN_PPI = 144.0


@dataclass(frozen=True, slots=True)
class Layout:
    """One printed format, as a table of campaign.toml describes it; its design is templates/layouts/<id>.typ.

    `width` and `height` are the trim of one page in mm, `pages` how many it has (0: as many as the text needs).
    `panels` are the widths of the folded panels in mm as a left-to-right reader sees the outside sheet.
    `min_text` is the smallest type in pt that readers of this format can read; `contacts` how many helplines it prints
    (0: all). `needs` are blocks without which it is not offered, `shows` the blocks and labels that it prints.
    `shared`: one for all audiences of a language and country, unless somebody asks for an audience's own.
    `languages` are the fewest and the most languages that stand on one sheet together; `screen`: it is shown and not
    printed, its pictures have `SCREEN_PPI`.
    """

    id: str
    name: str
    width: float
    height: float
    pages: int = 0
    panels: tuple[float, ...] = ()
    min_text: float = MIN_TEXT
    contacts: int = 0
    needs: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    build: bool = False
    paper: str = ""
    quantity: int = 0
    shared: bool = False
    languages: tuple[int, int] = (1, 1)
    screen: bool = False

    def offered(self, message: Message) -> bool:
        """Whether a message has what this format needs, and its audience this format."""
        had = not message.formats or self.id in message.formats
        return had and all(message.blocks.get(name) for name in self.needs)

    @property
    def several(self) -> bool:
        """Whether it is a sheet of several languages: made for a place, not for a language."""
        return self.languages != (1, 1)

    def holds(self, count: int) -> bool:
        """Whether so many languages stand on a sheet of it."""
        fewest, most = self.languages
        return fewest <= count <= most

    @property
    def coded(self) -> bool:
        """Whether it prints the code that leads to the page: only then its description stands in it."""
        return "label:qr_alt" in self.shows

    def helplines(self, message: Message) -> tuple[Helpline, ...]:
        """The helplines that it prints."""
        return message.printed[: self.contacts or None]
