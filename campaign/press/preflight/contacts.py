"""Telephone numbers, read twice: from the text of the press file, and from its pixels by OCR."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator

from campaign.press.extra import tesseract
from campaign.press.preflight.subject import Line, Subject, Verdict, judge
from campaign.press.raster import pixels
from campaign.typeset import guard

#: OCR reads capitals of this height (pixels) best; larger type is scaled down to it.
OCR_HEIGHT = 60
#: Below this size in pt OCR misreads digits now and then at 300 ppi: the text is still compared.
OCR_MIN_PT = 9.0


def contact_lines(subject: Subject) -> Iterator[Line]:
    """The checks of every number."""
    lines = "\n".join(guard.visual_lines(subject.pdf))
    program = tesseract()
    for number in subject.numbers:
        groups = r"\s*".join(map(re.escape, number.split()))
        read = bool(re.search(rf"(?<!\d){groups}(?!\d)", lines))
        yield judge("number in the text", "file", number if read else "not found", number, read)
        places = [box for box in guard.visual_places(subject.pdf, number) if box.bottom - box.top >= OCR_MIN_PT]
        if not places:
            continue
        place = max(places, key=lambda box: box.bottom - box.top)
        if program is None:
            yield Line("number in the pixels", f"page {place.page}", "Tesseract is not installed", number, Verdict.SKIP)
            continue
        seen = _read(program, subject, place)
        wanted = re.sub(r"\D", "", number)
        yield judge("number in the pixels", f"page {place.page}", seen or "nothing", wanted, seen == wanted)


def _read(program: str, subject: Subject, box: guard.TextBox) -> str:
    """The digits that OCR sees in a box of a page."""
    from PIL import Image, ImageOps, ImageStat

    scale = subject.profile.resolution / 72
    edge = pixels(subject.profile.bleed, subject.profile.resolution)
    page = subject.pages[box.page - 1]
    part = page.crop(
        (
            round(edge + box.left * scale) - 2,
            round(edge + box.top * scale),
            round(edge + box.right * scale) + 2,
            round(edge + box.bottom * scale),
        )
    )
    grey = part.convert("RGB").convert("L")
    if ImageStat.Stat(grey).median[0] < 128:  # white type on colour
        grey = ImageOps.invert(grey)
    grey = ImageOps.autocontrast(grey)
    factor = OCR_HEIGHT / grey.height
    grey = grey.resize((max(1, round(grey.width * factor)), OCR_HEIGHT), Image.Resampling.LANCZOS)
    data = io.BytesIO()
    ImageOps.expand(grey, 20, 255).save(data, "PNG")
    command = [program, "-", "-", "--psm", "7", "-l", "eng", "-c", "tessedit_char_whitelist=+0123456789"]
    try:
        done = subprocess.run(command, input=data.getvalue(), capture_output=True, check=False, timeout=60)  # noqa: S603
    except subprocess.TimeoutExpired:
        return ""
    return re.sub(r"\D", "", done.stdout.decode(errors="replace"))
