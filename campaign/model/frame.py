"""What the files of an item stand in beside their words: layouts, pages, and what these show of the campaign."""

from __future__ import annotations

from dataclasses import dataclass

#: What a layout or a page can show beside sentences, contacts and addresses.
PICTURE, LOGO, ORGANISATION, COLOURS, ICONS, FONTS = "picture", "logo", "organisation", "colours", "icons", "fonts"
#: The inks that the brand's colours are printed in, where the quick exit of a page leads, how the SMS is spelt.
INKS, EXIT, SPELLING = "inks", "exit", "spelling"


@dataclass(frozen=True, slots=True)
class Frame:
    """`layouts` are names of templates/layouts without their ending, `pages` and `styles` files of templates/channels.

    `uses` names what the pages show of the campaign; what a layout shows is read from its file.
    """

    layouts: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    uses: frozenset[str] = frozenset()
