"""The sentences of an organisation's old leaflets: Word, PDF, web page or plain text, in one language each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from campaign import languages, sentence_ends
from campaign.audit import readers
from campaign.audit.bounded import alone
from campaign.audit.document import UnreadableError
from campaign.bidi import strip_controls
from campaign.errors import CampaignError
from campaign.identify import guess as identified
from campaign.scripts import UNSPACED_LETTERS
from campaign.translation.alignment import Segment, segment

#: What stands before a line of a list and is no word of it.
_BULLET = regex.compile(r"^\s*(?:[•●▪▫◦‣⁃○■□❖➢➤✓✔*·–—-]|\(?\p{Nd}{1,2}[.)])\s+")
#: Letters that no space parts: a line that goes on there goes on without one.
_UNSPACED = regex.compile(f"[{UNSPACED_LETTERS}]")
#: A line of a page is full when it is so long, compared with the longest of so many lines around it.
FULL, AROUND = 0.7, 3
#: A heading has at most so many characters.
HEADING = 90


def read(path: Path, locale: str) -> tuple[Segment, ...]:
    """The sentences of a leaflet, in reading order.

    Raises:
        CampaignError: a file that cannot be read, is damaged or hostile, holds no text, or is in another language.
    """
    try:
        document = alone(readers.read, path)
    except UnreadableError as error:
        todo = "give a Word document (.docx), a PDF, a web page or a text file that a reader can open"
        raise CampaignError.single(str(error), where=path.name, todo=todo) from error
    found = segments(document.prose, locale, wrapped=path.suffix.casefold() == ".pdf")
    if not found:
        raise CampaignError.single("holds no sentence", where=path.name, todo="name the file that holds the text")
    seen = identified.guess(document.prose)
    if identified.fits(locale, seen) is False:
        other, names = identified.other(locale, seen), languages.get(locale).english
        what = f"is not in {names}" + (
            f" but in {languages.get(other).english}" if other in languages.registry() else ""
        )
        todo = "name the leaflet in the source language first, then the one in the other language"
        raise CampaignError.single(what, where=path.name, todo=todo)
    return found


def segments(text: str, locale: str, *, wrapped: bool) -> tuple[Segment, ...]:
    """The sentences of a text by lines; `wrapped` says that its lines are those of a page, not paragraphs."""
    lines = [strip_controls(line).strip() for line in text.splitlines()]
    found: list[Segment] = []
    for paragraph in _unwrapped(lines) if wrapped else lines:
        whole = _BULLET.sub("", paragraph).strip()
        parts = sentence_ends.split(whole) if any(letter.isalnum() for letter in whole) else ()
        short = len(parts) == 1 and len(whole) <= HEADING
        unended = short and not sentence_ends.count(whole, locale)
        heading = None if unended and locale in sentence_ends.UNPOINTED else unended
        found += [
            segment(part, locale, heading=heading, ends=at == len(parts)) for at, part in enumerate(parts, start=1)
        ]
    return tuple(found)


def _unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """The paragraphs of a page: a full line goes on in the next one, unless a list goes on there."""
    whole = ""
    for at, line in enumerate(lines):
        if whole and (not line or _BULLET.match(line)):
            yield whole
            whole = ""
        tight = whole and line and _UNSPACED.match(whole[-1]) and _UNSPACED.match(line[0])
        whole = f"{whole}{'' if tight or not whole else ' '}{line}"
        longest = max(map(len, lines[max(at - AROUND, 0) : at + AROUND + 1]))
        if whole and len(line) < FULL * longest:
            yield whole
            whole = ""
    if whole:
        yield whole
