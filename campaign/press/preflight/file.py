"""The file as a whole: version, output intent, boxes, pages, annotations, fonts, metadata, folds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from campaign.press.preflight.subject import Line, Subject, judge

if TYPE_CHECKING:
    import pikepdf

MM = 72 / 25.4
#: Boxes agree to a hundredth of a millimetre.
EXACT_MM = 0.01
#: What a released file may say about itself.
INFO = {"/Title", "/Producer", "/Trapped", "/CreationDate", "/ModDate"}
_PERSONAL = re.compile(
    rb"dc:creator|xmp:CreatorTool|photoshop:|exif:|tiff:Artist|stRef:|xmpMM:History|/home/|\\Users\\"
)


def file_lines(subject: Subject) -> Iterator[Line]:
    """The checks of the file's structure."""
    import pikepdf

    with pikepdf.open(io.BytesIO(subject.pdf)) as pdf:
        yield judge("PDF version", "file", pdf.pdf_version, "1.6 (PDF/X-4)", pdf.pdf_version == "1.6")
        yield _intent(pdf)
        wanted = subject.layout.pages
        pages = len(pdf.pages)
        yield judge("pages", "file", str(pages), str(wanted or "at least 1"), pages == wanted if wanted else pages > 0)
        for number, page in enumerate(pdf.pages, start=1):
            yield from _boxes(subject, page.obj, f"page {number}")
        annotations = sum(len(page.obj.get("/Annots", [])) for page in pdf.pages)
        yield judge("annotations", "file", str(annotations), "0", annotations == 0)
        yield from _fonts(pdf)
        yield from _metadata(pdf)
    yield from _folds(subject)


def _intent(pdf: pikepdf.Pdf) -> Line:
    listed = pdf.Root.get("/OutputIntents")
    intents = [] if listed is None else list(listed)
    kinds = {str(intent.get("/S")) for intent in intents}
    spaces = {bytes(i.DestOutputProfile.read_bytes()[16:20]) for i in intents if "/DestOutputProfile" in i}
    names = ", ".join(sorted({str(intent.get("/OutputConditionIdentifier")) for intent in intents}))
    passed = {"/GTS_PDFX", "/GTS_PDFA1"} <= kinds and spaces == {b"CMYK"}
    return judge("output intent", "file", names or "none", "CMYK profile inside, for PDF/X and PDF/A", passed)


def _boxes(subject: Subject, page: pikepdf.Object, where: str) -> Iterator[Line]:
    boxes = {
        name: [float(value) / MM for value in page[name]]
        for name in ("/TrimBox", "/BleedBox", "/MediaBox")
        if name in page
    }
    if set(boxes) != {"/TrimBox", "/BleedBox", "/MediaBox"}:
        yield judge("boxes", where, ", ".join(sorted(boxes)), "TrimBox, BleedBox, MediaBox", False)
        return
    trim, bleed, media = boxes["/TrimBox"], boxes["/BleedBox"], boxes["/MediaBox"]
    size = trim[2] - trim[0], trim[3] - trim[1]
    wanted = subject.layout.width, subject.layout.height
    near = all(abs(one - other) <= EXACT_MM for one, other in zip(size, wanted, strict=True))
    yield judge("trim", where, f"{size[0]:.2f} x {size[1]:.2f} mm", f"{wanted[0]:g} x {wanted[1]:g} mm", near)
    edges = [trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]]
    least = min(edges)
    exact = all(abs(edge - subject.profile.bleed) <= EXACT_MM for edge in edges)
    yield judge("bleed box", where, f"{least:.2f} mm", f"{subject.profile.bleed:g} mm", exact)
    whole = all(m <= b + EXACT_MM for m, b in zip(media[:2], bleed[:2], strict=True)) and all(
        m >= b - EXACT_MM for m, b in zip(media[2:], bleed[2:], strict=True)
    )
    yield judge("media box", where, "holds the bleed" if whole else "cuts the bleed", "holds the bleed", whole)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Line]:
    loose, type3, whole, count = [], 0, [], 0
    for item in pdf.objects:
        # Only what is a font: a Type 0 font's file hangs on its descendant.
        if not hasattr(item, "get") or item.get("/Type") != "/Font":
            continue
        if item.get("/Subtype") == "/Type3":
            type3 += 1
        if item.get("/Subtype") in ("/Type0", "/Type3"):
            continue
        count += 1
        name, descriptor = str(item.get("/BaseFont", "?")), item.get("/FontDescriptor")
        if descriptor is None or not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            loose.append(name)
        if not re.match(r"/[A-Z]{6}\+", name):
            whole.append(name)
    good = f"all {count}" if count else "no fonts"
    yield judge("fonts embedded", "file", ", ".join(loose) or good, "all", not loose)
    yield judge("fonts subset", "file", ", ".join(whole) or good, "all", not whole, soft=True)
    yield judge("Type 3 fonts", "file", str(type3), "0", type3 == 0)


def _metadata(pdf: pikepdf.Pdf) -> Iterator[Line]:
    extra = sorted(set(pdf.docinfo.keys()) - INFO)
    packet = bytes(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else b""
    found = [match.decode() for match in _PERSONAL.findall(packet)]
    said = b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in packet
    yield judge(
        "metadata", "file", ", ".join(extra + found) or "title and dates only", "nothing personal", not extra + found
    )
    yield judge("XMP", "file", "PDF/X-4" if said else "no PDF/X version", "says PDF/X-4", said)


def _folds(subject: Subject) -> Iterator[Line]:
    if not subject.expected_folds and not subject.folds:
        return

    def shown(folds: tuple[tuple[int, float], ...]) -> str:
        return "; ".join(f"page {page}: {place:.1f} mm" for page, place in sorted(folds)) or "none"

    pairs = zip(sorted(subject.folds), sorted(subject.expected_folds), strict=False)
    passed = len(subject.folds) == len(subject.expected_folds) and all(
        one[0] == other[0] and abs(one[1] - other[1]) <= 0.1 for one, other in pairs
    )
    yield judge("folds", "file", shown(subject.folds), shown(subject.expected_folds), passed)
