"""Sheets for the printer of an office: pages several on a sheet, little ink, right on both sides of the paper."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaign.errors import CampaignError
from campaign.model.layout import Layout
from campaign.press.colour import BLACK, Ink, lightness
from campaign.press.job import File, Order, PrintJob
from campaign.press.preflight.subject import judge
from campaign.press.streams import Converter
from campaign.typeset.session import Laid

if TYPE_CHECKING:
    from PIL import Image

MM = 72 / 25.4
#: Sheets of paper, upright: width and height in mm.
PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
#: A sheet counts as filled from here: half a millimetre is lost where A4 is cut into A5.
FILLED = 0.985
#: From here on (mm) the edge of a sheet has room for marks, and no line need be drawn on what is cut apart.
ROOM = 6.0
#: A poster is made smaller down to this part, A3 to A4 and Tabloid to Letter; its type stays as large as readers need.
LEAST = 0.6
#: A third of what the leaflets of a print shop take (63 %, all four plates).
MOST_INK = 21.0
#: How much black the darkest ground gets, and the darkest line of a drawing; type is black.
GROUND, LINE = 0.3, 0.45


@dataclass(frozen=True, slots=True)
class Office:
    """How an office prints: on which paper (empty: the one that a format fills), and whether in colour."""

    paper: str = ""
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """How a format lies on a sheet: columns and rows; `turned` by a quarter, its head to the right on the front.

    `scale`: the part of its size to which a poster is made smaller.
    """

    paper: str
    columns: int
    rows: int
    turned: bool
    scale: float = 1.0

    @property
    def copies(self) -> int:
        """How many lie on a sheet."""
        return self.columns * self.rows


def plan(layout: Layout, paper: str = "") -> Plan:
    """The most that fit on a sheet; on A4 unless the format fills Letter and nothing else was asked for.

    A format that is larger than the paper is made smaller.

    Raises:
        CampaignError: not even one fits, made as small as it may be.
    """
    ways = [(name, turned) for name in ((paper,) if paper else PAPERS) for turned in (False, True)]
    fitting = [each for each in (_most(layout, *way) for way in ways) if each.copies]
    if not fitting:
        fitting = [each for each in (_reduced(layout, *way) for way in ways) if each.scale >= LEAST]
    if not fitting:
        raise CampaignError.single(
            f"is {layout.width:g} x {layout.height:g} mm, larger than the paper of an office",
            where=f"campaign.toml: layouts.{layout.id}",
            todo="leave it to a print shop: campaign pack printer",
        )

    def liking(each: Plan) -> tuple[bool, float, bool, int, bool]:
        width, height = PAPERS[each.paper]
        used = each.copies * each.scale**2 * layout.width * layout.height / (width * height)
        return used >= FILLED, each.scale, each.paper == (paper or "A4"), each.copies, not each.turned

    return max(fitting, key=liking)


def fits(layout: Layout, paper: str = "") -> bool:
    """Whether an office can print a format."""
    try:
        return bool(plan(layout, paper))
    except CampaignError:
        return False


def _most(layout: Layout, paper: str, turned: bool) -> Plan:
    width, height = (layout.height, layout.width) if turned else (layout.width, layout.height)
    columns, rows = (int((whole + 0.1) // part) for whole, part in zip(PAPERS[paper], (width, height), strict=True))
    return Plan(paper, columns, rows, turned)


def _reduced(layout: Layout, paper: str, turned: bool) -> Plan:
    width, height = (layout.height, layout.width) if turned else (layout.width, layout.height)
    return Plan(paper, 1, 1, turned, min(PAPERS[paper][0] / width, PAPERS[paper][1] / height))


class LowInk:
    """Colours for a printer of an office: black type, pale grounds, grey lines, QR codes as they are."""

    def of(self, red: float, green: float, blue: float) -> Ink:
        """A ground: black stays black (a QR code), everything else is as pale as `GROUND` at most."""
        light = lightness(red, green, blue)
        if light < 0.02:
            return BLACK
        return (0.0, 0.0, 0.0, round(GROUND * (1 - light), 4))

    def line(self, red: float, green: float, blue: float) -> Ink:
        """A line of a drawing. A white one was drawn on a dark ground, which is pale now."""
        light = lightness(red, green, blue)
        if light > 0.98 or light < 0.02:
            return BLACK
        return (0.0, 0.0, 0.0, round(max(GROUND, LINE * (1 - light) + 0.1), 4))

    def type(self, ink: Ink) -> Ink:
        """Type is black, whatever it was on its ground."""
        return BLACK if len(ink) == 4 else ink

    def picture(self, picture: Image.Image) -> Image.Image:
        """A photograph, pale enough for type beside it to stay the strongest thing."""
        from PIL import Image, ImageChops

        grey = ImageChops.invert(picture.convert("L")).point([round(level * 2 * GROUND) for level in range(256)])
        none = Image.new("L", picture.size)
        return Image.merge("CMYK", (none, none, none, grey))


def sheets(pdf: bytes, layout: Layout, office: Office, title: str) -> bytes:
    """Finished pages (no bleed) on sheets that are printed on both sides and turned over at their long edge.

    A column on the left of the front lies on the right of the back; a page that lies on its side has its head to the
    right on the front and to the left on the back, so that both sides of what is cut out stand the same way up.

    Raises:
        CampaignError: the format is larger than the paper, or has a picture that cannot be printed.
    """
    import pikepdf

    how = plan(layout, office.paper)
    width, height = (side * MM for side in PAPERS[how.paper])
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as made:
        if not office.colour:
            converter = Converter(source, LowInk())
            for page in source.pages:
                converter.page(page)
        forms = [made.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for form in forms:
            for key in ("/StructParents", "/StructParent"):
                if key in form:
                    del form[key]
        for number, form in enumerate(forms):
            content = _side(how, layout, (width, height), back=number % 2 == 1)
            page = made.add_blank_page(page_size=(width, height))
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Item=form))
            page.obj.Contents = made.make_stream(content)
        made.docinfo["/Title"] = title
        out = io.BytesIO()
        made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def job(order: Order, laid: Laid, office: Office, naming: str) -> PrintJob:
    """A finished job: one file, its pages on sheets. Raises CampaignError as `sheets`."""
    stem = order.stem(naming)
    data = sheets(laid.pdf, order.layout, office, order.title)
    ink = average_ink(data)
    limit = f"{MOST_INK:g} %"
    # A picture of an organisation's own may be dark: its owner sees it before a cartridge is empty.
    line = judge("average ink", "file", f"{ink:.0f} %", limit, ink <= MOST_INK or office.colour, soft=True)
    return PrintJob(order, stem, (File(f"{stem}-office.pdf", data),), (line,), ())


def _side(how: Plan, layout: Layout, sheet: tuple[float, float], *, back: bool) -> bytes:
    """One side of a sheet: the same page in every place, and where to cut."""
    wide, high = (layout.height, layout.width) if how.turned else (layout.width, layout.height)
    part = how.scale
    cell = wide * MM * part, high * MM * part
    left, bottom = (
        (whole - count * side) / 2 for whole, count, side in zip(sheet, (how.columns, how.rows), cell, strict=True)
    )
    out = []
    matrix: tuple[float, ...]
    for row in range(how.rows):
        for column in range(how.columns):
            x = left + (how.columns - 1 - column if back else column) * cell[0]
            y = bottom + row * cell[1]
            if not how.turned:
                matrix = (part, 0, 0, part, x, y)
            elif back:
                matrix = (0, part, -part, 0, x + cell[0], y)
            else:
                matrix = (0, -part, part, 0, x, y + cell[1])
            out.append("q " + " ".join(f"{value:.4f}" for value in matrix) + " cm /Item Do Q")
    if how.copies > 1 or min(left, bottom) > ROOM * MM:
        out.append(_cuts(how, sheet, cell, (left, bottom)))
    return "\n".join(out).encode()


def _cuts(how: Plan, sheet: tuple[float, float], cell: tuple[float, float], start: tuple[float, float]) -> str:
    """Where to cut: short lines beside the cells where the sheet has room for them, else dashes across the sheet."""
    lines, dashes = [], []
    for axis, count in ((0, how.columns), (1, how.rows)):
        other = 1 - axis
        for number in range(count + 1):
            at = start[axis] + number * cell[axis]
            if start[other] >= ROOM * MM:
                ends = (
                    (start[other] - 5 * MM, start[other] - 2 * MM),
                    (sheet[other] - start[other] + 2 * MM, sheet[other] - start[other] + 5 * MM),
                )
                lines += [_line(axis, at, low, high) for low, high in ends]
            elif 0 < number < count:
                dashes.append(_line(axis, at, 0, sheet[other]))
    drawn = f"{' '.join(lines)} S " if lines else ""
    dashed = f"0.5 G [3 3] 0 d {' '.join(dashes)} S" if dashes else ""
    return f"/Artifact BMC q 0.4 w {drawn}{dashed} Q EMC"


def _line(axis: int, at: float, low: float, high: float) -> str:
    one, other = ((at, low), (at, high)) if axis == 0 else ((low, at), (high, at))
    return f"{one[0]:.3f} {one[1]:.3f} m {other[0]:.3f} {other[1]:.3f} l"


def average_ink(pdf: bytes) -> float:
    """How much of a sheet is ink, in percent of one plate; the mean of all sides."""
    import pypdfium2
    from PIL import ImageStat

    pages = [page.render(scale=0.7).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]
    return sum(100 * (255 - ImageStat.Stat(page).mean[0]) / 255 for page in pages) / len(pages)
