"""A laid-out PDF 1.6 becomes one press file that is PDF/X-4, PDF/A-2b and PDF/UA-1 (ISO 15930-7, 19005-2, 14289-1).

The file is rewritten from its page tree: what Typst wrote into Info and XMP does not survive.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from campaign.press import common_base, marks, outlines, xmp
from campaign.press.colour import Colours
from campaign.press.profiles import InkProfile
from campaign.press.streams import Converter

if TYPE_CHECKING:
    import pikepdf

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class PressFile:
    """What a press file is made with: `bleed` in mm, `folds` in mm from the left edge of each page's trim.

    With `outlines` its type becomes paths, and it is no longer PDF/UA. `slug` is said beside the marks.
    `base` is what each page has in common with the other languages, where only the black plate is to be changed.
    """

    title: str
    language: str
    edition: date
    intent: InkProfile
    condition: str
    bleed: float
    folds: tuple[tuple[float, ...], ...] = ()
    marks: bool = False
    outlines: bool = False
    slug: str = ""
    base: common_base.Base = ()


def convert(base: bytes, inks: Colours, what: PressFile) -> bytes:
    """The press file; the same input gives the same bytes.

    Raises:
        CampaignError: a picture that cannot be turned into ink exactly, type that cannot become outlines.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(base)) as pdf:
        converter = None if what.base else Converter(pdf, inks)
        if what.base:
            common_base.convert(pdf, inks, what.base)
        for number, page in enumerate(pdf.pages):
            if converter:
                converter.page(page)
            folds = what.folds[number] if number < len(what.folds) else ()
            _boxes(page, what, folds)
            if "/Annots" in page.obj:
                del page.obj.Annots
        if what.outlines:
            outlines.outline(pdf)
        elif "/StructTreeRoot" in pdf.Root:
            _drop_references(pdf.Root.StructTreeRoot)
        for key in ("/AcroForm", "/OpenAction", "/AA", "/Names", "/PageMode", "/Outlines"):
            if key in pdf.Root:
                del pdf.Root[key]
        _intents(pdf, what)
        _information(pdf, what, hashlib.sha256(base).hexdigest())
        pdf.remove_unreferenced_resources()
        out = io.BytesIO()
        pdf.save(
            out,
            force_version="1.6",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            fix_metadata_version=False,
        )
    return out.getvalue()


def _intents(pdf: pikepdf.Pdf, what: PressFile) -> None:
    """The condition that the file is meant for, named for PDF/X and for PDF/A, with its profile inside (14.11.5)."""
    from pikepdf import Array, Dictionary, Name, String

    profile = pdf.make_stream(what.intent.data, N=4, Alternate=Name.DeviceCMYK)
    pdf.Root.OutputIntents = Array(
        pdf.make_indirect(
            Dictionary(
                Type=Name.OutputIntent,
                S=Name(kind),
                OutputConditionIdentifier=String(what.condition),
                RegistryName=String("http://www.color.org"),
                Info=String(what.intent.description),
                DestOutputProfile=profile,
            )
        )
        for kind in ("/GTS_PDFX", "/GTS_PDFA1")
    )


def _information(pdf: pikepdf.Pdf, what: PressFile, digest: str) -> None:
    """What the file says of itself: Info and XMP say the same, and name nobody (14.3)."""
    from pikepdf import Dictionary, Name, String

    day = String(f"D:{what.edition:%Y%m%d}000000Z")
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            {
                "/Title": String(what.title),
                "/Producer": String("campaign"),
                "/Trapped": Name("/False"),
                "/CreationDate": day,
                "/ModDate": day,
            }
        )
    )
    packet = xmp.packet(what.title, what.language, what.edition, digest, accessible=not what.outlines)
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def _boxes(page: pikepdf.Page, what: PressFile, folds: tuple[float, ...]) -> None:
    """TrimBox as laid out, BleedBox around it, MediaBox with room for marks when they are wanted (14.11.2)."""
    from pikepdf import Array, Dictionary, Name

    trim = [float(value) for value in page.obj.get("/TrimBox", page.obj.MediaBox)]
    page.obj.TrimBox = Array(trim)
    page.obj.BleedBox = Array(_grown(trim, what.bleed))
    page.obj.MediaBox = Array(_grown(trim, what.bleed + (marks.SLUG if what.marks else 0)))
    for key in ("/CropBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]
    if what.marks:
        if "/ColorSpace" not in page.obj.Resources:
            page.obj.Resources.ColorSpace = Dictionary()
        page.obj.Resources.ColorSpace.CampaignMarks = Array(
            [
                Name.Separation,
                Name.All,
                Name.DeviceCMYK,
                Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[1] * 4, N=1),
            ]
        )
        left, bottom, right, top = trim
        # A picture may run on beyond the bleed: here it would cover the marks.
        box = [float(value) for value in page.obj.BleedBox]
        clip = f"q {box[0]:.4f} {box[1]:.4f} {box[2] - box[0]:.4f} {box[3] - box[1]:.4f} re W n"
        page.contents_add(clip.encode(), prepend=True)
        page.contents_add(b"Q " + marks.content((left, bottom, right, top), what.bleed, folds, what.slug))
        page.contents_coalesce()


def _grown(box: list[float], by_mm: float) -> list[float]:
    left, bottom, right, top = box
    return [round(v, 5) for v in (left - by_mm * MM, bottom - by_mm * MM, right + by_mm * MM, top + by_mm * MM)]


def _drop_references(element: pikepdf.Object) -> None:
    """Take the references to annotations out of the structure: PDF/X-4 has no annotations inside the bleed."""
    from pikepdf import Array, Dictionary

    kids = element.get("/K")
    if isinstance(kids, Array):
        kept = [kid for kid in kids if not (isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR")]
        element.K = Array(kept)
        for kid in kept:
            if isinstance(kid, Dictionary):
                _drop_references(kid)
    elif isinstance(kids, Dictionary):
        if kids.get("/Type") == "/OBJR":
            del element.K
        else:
            _drop_references(kids)
