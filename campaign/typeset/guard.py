"""The independent reader: what the finished PDF says about its own text, without asking the layout that made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pypdfium2

from campaign.typeset import calls
from campaign.typeset.rows import placed_lines, rows
from campaign.typeset.session import Fit

MM = 72 / 25.4


class TextBox(NamedTuple):
    """One run of text on a page: its bounds in pt from the top left of the trim, and the reader's handle of it;
    a tuple, because a page has hundreds.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    handle: int = 0

    def inside(self, left: float, top: float, right: float, bottom: float, slack: float = 0.75) -> bool:
        """Whether the run lies inside these bounds (pt)."""
        return (
            self.left >= left - slack
            and self.top >= top - slack
            and self.right <= right + slack
            and self.bottom <= bottom + slack
        )


def opened(pdf: bytes) -> pypdfium2.PdfDocument:
    """A PDF to read text in, its colour profiles hidden.

    Making a transform of each takes pdfium longer than all else (4 of 5.7 ms a leaflet, measured); no text needs it.
    """
    return pypdfium2.PdfDocument(pdf.replace(b"/ICCBased", b"/Without_"))


def text_boxes(
    document: Iterable[pypdfium2.PdfPage],
) -> tuple[tuple[TextBox, ...], tuple[tuple[float, float], ...]]:
    """Every text run of an opened PDF, and each page's trim (width, height) in pt."""
    boxes, sizes = [], []
    for number, page in enumerate(document, start=1):
        left_trim, bottom_trim, right_trim, top_trim = page.get_trimbox()
        sizes.append((right_trim - left_trim, top_trim - bottom_trim))
        runs = tuple(calls.text_objects(calls.objects(page)))
        # What is marked as decoration (ISO 32000-1, 14.8.2.2.2), such as a watermark, may run off the page.
        places = calls.bounds(runs)
        marked = calls.marked(runs, "Artifact")
        for run, artifact, known, place in zip(runs, marked, places.known, places.rows(), strict=True):
            if known and not artifact:
                left, bottom, right, top = place
                in_trim = left - left_trim, top_trim - top, right - left_trim, top_trim - bottom
                boxes.append(TextBox(number, *in_trim, run))
    return tuple(boxes), tuple(sizes)


def document_information(pdf: bytes) -> dict[str, str]:
    """What a PDF says about itself (ISO 32000-1, 14.3.3): Title, Author, Creator, Producer and so on."""
    return dict(opened(pdf).get_metadata_dict())


def visual_lines(pdf: bytes) -> tuple[str, ...]:
    """The lines of a PDF as the eye meets them, left to right, whatever their direction: for reading numbers again.

    Text extraction reorders right-to-left lines by guesswork and turns numbers round (measured), so the characters are
    put in order by their origins: one line per baseline, a space where the page sets one or a gap is wider than a
    tenth of the line's height, a new line where it is wider than that height.
    """
    return tuple(line.text for page in opened(pdf) for line in placed_lines(page, page.get_textpage()))


def visual_places(pdf: bytes, text: str) -> tuple[TextBox, ...]:
    """Where a text stands as the eye meets it, spaces left out of account: one box each time."""
    wanted, found = "".join(text.split()), []
    pages = enumerate(opened(pdf), start=1)
    for number, whole in (
        (n, row) for n, page in pages for turned, _, row in rows(page, page.get_textpage()) if not turned
    ):
        row = [character for character in whole if character.text != " "]
        line = "".join(character.text for character in row)
        start = line.find(wanted)
        while start >= 0:
            part = row[start : start + len(wanted)]
            found.append(
                TextBox(
                    number,
                    part[0].left,
                    min(character.top for character in part),
                    part[-1].right,
                    max(character.bottom for character in part),
                )
            )
            start = line.find(wanted, start + 1)
    return tuple(found)


def outside(document: Iterable[pypdfium2.PdfPage], frames: Sequence[Fit], safe_mm: float) -> tuple[str, ...]:
    """Where text of an opened PDF left its place: beyond the safe margin of the trim, or half out of its frame.

    Runs that start in no frame (folio, numerals) are held to the safe margin only.
    """
    pages = tuple(document)
    boxes, sizes = text_boxes(pages)
    faults = []
    for box in boxes:
        width, height = sizes[box.page - 1]
        margin = safe_mm * MM
        if not box.inside(margin, margin, width - margin, height - margin):
            place = f"at {box.left / MM:.0f},{box.top / MM:.0f} mm"
            faults.append(f"page {box.page}: {_said(pages, box)} {place} leaves the safe margin")
        middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        for frame in frames:
            if (
                frame.page == box.page
                and frame.x <= middle[0] <= frame.x + frame.w
                and frame.y <= middle[1] <= frame.y + frame.h
            ):
                # Swashes (J, Arabic tanween) overhang a frame by a part of their size; layouts leave more.
                slack = max(2.0, min(9.0, 0.2 * frame.size))
                if not box.inside(frame.x, frame.y, frame.x + frame.w, frame.y + frame.h, slack):
                    faults.append(f"page {box.page}: {_said(pages, box)} leaves the frame {frame.id!r}")
                break
    return tuple(dict.fromkeys(faults))


def _said(pages: Sequence[pypdfium2.PdfPage], box: TextBox) -> str:
    (said,) = calls.object_texts([box.handle], pages[box.page - 1].get_textpage())
    return repr(said.strip()[:40])
