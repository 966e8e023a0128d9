"""A finished sheet read again by another engine: every text stands where it was set, whole, its figures in order."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import regex

from campaign.forms.sheet import Sheet
from campaign.reading.order import visual
from campaign.typeset import guard
from campaign.typeset.rows import Line, placed_lines
from campaign.typeset.session import Fit

#: Text keeps this distance from the edge of the paper (mm).
SAFE_MM = 5.0
_LETTER = regex.compile(r"[\p{L}\p{N}]")
#: What reads from left to right in every line: figures and Latin letters, with the signs that belong to them.
_ORDERED = regex.compile(r"[0-9A-Za-z/.:,%+–-]")
#: What a line may end with: a word with its space, or a part of one that ends with a hyphen or a slash.
_PIECE = regex.compile(r"[^\s/–-]*[/–-]\s*|[^\s/–-]+\s*|\s+")
_FIGURE = regex.compile(r"[0-9A-Za-z]")
#: pt by which the lines of a text may lie outside its frame: marks above and below letters.
_SLACK = 3.0


def expected(sheet: Sheet) -> Mapping[str, str]:
    """The text that stands in each frame of a sheet, from its top down."""
    sentences, after, found = dict[str, str](), dict[str, str](), dict[str, str]()
    for number, (block, said) in enumerate(sheet.sentences):
        for side, text in zip(("reader", "office"), said, strict=False):
            (after if block == "closing" else sentences)[f"s{number}.{side}"] = text
    for number, row in enumerate(sheet.rows):
        for side, cell in zip(("reader", "office"), row.cells, strict=False):
            if cell.label:
                found[f"r{number}.{side}.label"] = cell.label
            for at, line in enumerate(cell.lines):
                found[f"r{number}.{side}.{at}"] = line.text
                if line.label:
                    found[f"r{number}.{side}.{at}.label"] = line.label
    return {**sentences, **found, **after}


def faults(pdf: bytes, frames: Iterable[Fit], sheet: Sheet) -> Iterator[str]:
    """What of a sheet does not say what was filled in, by the names of frames, never by their values."""
    document = guard.opened(pdf)
    pages = tuple(document)
    known = {frame.id: frame for frame in frames}
    wanted = expected(sheet)
    yield from (f"{name} is not on the sheet" for name in wanted.keys() - known.keys())
    yield from (f"{name} does not fit" for name, frame in known.items() if not frame.fits)
    boxes, sizes = guard.text_boxes(pages)
    margin = SAFE_MM * guard.MM
    for box in boxes:
        width, height = sizes[box.page - 1]
        if not box.inside(margin, margin, width - margin, height - margin):
            yield f"page {box.page}: text leaves the paper's safe margin"
            break
    lines = {number: placed_lines(page, page.get_textpage()) for number, page in enumerate(pages, start=1)}
    before = (0, 0.0)
    for name, text in wanted.items():
        frame = known.get(name)
        if frame is None:
            continue
        if not _same(_inside(lines.get(frame.page, ()), frame), text):
            yield f"{name} reads otherwise than it was filled in"
        if name.endswith(("reader", "reader.0")):
            if (frame.page, frame.y) < before:
                yield f"{name} stands above what comes before it"
            before = (frame.page, frame.y)


def _inside(lines: Iterable[Line], frame: Fit) -> list[str]:
    """The lines that stand in a frame, from its top down; what a gap parts on one baseline is one line."""
    found: dict[float, list[Line]] = {}
    own = (
        line
        for line in lines
        if frame.x - _SLACK <= (line.left + line.right) / 2 <= frame.x + frame.w + _SLACK
        and frame.y - _SLACK <= (line.top + line.bottom) / 2 <= frame.y + frame.h + _SLACK
    )
    for line in own:
        found.setdefault(round(line.base, 1), []).append(line)
    return [" ".join(piece.text for piece in sorted(row, key=lambda piece: piece.left)) for row in found.values()]


def _same(lines: list[str], text: str) -> bool:
    """Whether lines as the eye meets them say a text: all of its letters, and its figures in the order of the eye."""
    if _letters("".join(lines)) != _letters(text):
        return False
    return not _FIGURE.search(text) or _wrapped(lines, _PIECE.findall(text))


def _letters(text: str) -> Counter[str]:
    return Counter(_LETTER.findall(unicodedata.normalize("NFKD", text)))


def _wrapped(lines: list[str], pieces: list[str]) -> bool:
    """Whether figures and Latin letters stand in each line as Unicode shows those words of the text."""
    # Portuguese and others repeat a hyphen in the next line.
    both = zip(["", *lines], lines, strict=False)
    lines = [line[1:] if before.endswith("-") and line.startswith("-") else line for before, line in both]
    whole, at = "".join(pieces), 0
    base = next((kind for kind in map(unicodedata.bidirectional, whole) if kind in ("L", "R", "AL")), "L")
    for line in lines:
        count = Counter(_ORDERED.findall(line))
        end = at
        while end < len(pieces) and Counter(_ORDERED.findall("".join(pieces[at : end + 1]))) <= count:
            end += 1
        chunk = "".join(pieces[at:end])
        lead = "\u200e" if base == "L" else "\u200f"
        shown = "".join((lead + chunk)[place] for place, _ in visual(lead + chunk))
        if _ORDERED.findall(shown) != _ORDERED.findall(line):
            return False
        at = end
    return at == len(pieces)
