"""What a reader gets out of a file: its text in reading order, its links, the language that it says it is in."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.model.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Document:
    """One file read.

    text      for contacts: line by line, in reading order. A line is read from the side of its first strong letter
              (UAX #9, P2), a mark stands first where the file says another side. `visual` says that nothing is left to
              turn: what runs from the left stands as the eye meets it
    prose     for the language: the same words in logical order
    links     targets of links (tel:, mailto:, https:)
    anchors   (target, the text that is tapped) of each link whose text is known
    language  the language tag that the file itself declares, empty when it says none
    unread    what a person must look at, because no program reads it: pages that are pictures, fonts without letters
    picture   the whole file is a picture: that something is not read in it proves nothing
    """

    text: str
    prose: str
    links: tuple[str, ...] = ()
    language: str = ""
    visual: bool = False
    anchors: tuple[tuple[str, str], ...] = ()
    unread: tuple[Sentence, ...] = ()
    picture: bool = False


#: A file with more text than this is refused: the longest booklet has a tenth of it.
MOST_CHARACTERS = 1_000_000


class UnreadableError(Exception):
    """A file that is damaged, too large, or made to do harm; the message says which."""
