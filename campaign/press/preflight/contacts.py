"""The words of a press file, and its telephone numbers, read twice: from the text, and from its pixels by OCR."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.press.extra import tesseract
from campaign.press.preflight.subject import Line, Subject, Verdict, judge
from campaign.press.raster import pixels
from campaign.reading.fold import fold
from campaign.reading.seek import spread
from campaign.typeset import guard, layer

if TYPE_CHECKING:
    from PIL import Image

#: OCR reads capitals of this height (pixels) best; larger type is scaled down to it.
OCR_HEIGHT = 60
#: Below this size in pt OCR misreads digits now and then at 300 ppi: the text is still compared.
OCR_MIN_PT = 9.0


def contact_lines(subject: Subject) -> Iterator[Line]:
    """The checks of the text layer and of every number."""
    if subject.words:
        found = layer.words(layer.page_texts(guard.opened(subject.readable)))
        other = [str(n) for n, each in enumerate(zip_longest(found, subject.words), start=1) if each[0] != each[1]]
        measured = f"page {', '.join(other)} says something else" if other else "as set"
        yield judge("words", "file", measured, "the words that were set", not other)
    lines = "\n".join(guard.visual_lines(subject.readable))
    layered = ""
    if any(map(_lettered, subject.numbers)):
        layered = fold("\n".join(layer.page_texts(guard.opened(subject.readable)))).text
    program = tesseract()
    places = {number: _largest(subject, number) for number in subject.numbers}
    boxes = [place for number, place in places.items() if place and not _lettered(number)]
    seen = dict(zip(boxes, _read(program, subject, boxes), strict=True)) if program and boxes else {}
    for number, place in places.items():
        lettered = _lettered(number)
        groups = spread(number) if lettered else r"\s*".join(map(re.escape, number.split()))
        # What stands in place of a number breaks over lines, and its letters are compared as text: OCR knows digits.
        read = bool(re.search(rf"(?<!\d){groups}(?!\d)", layered if lettered else lines))
        yield judge("number in the text", "file", number if read else "not found", number, read)
        if place is None or lettered:
            continue
        where = f"page {place.page}"
        if program is None:
            yield Line("number in the pixels", where, "Tesseract is not installed", number, Verdict.SKIP)
            continue
        wanted = re.sub(r"\D", "", number)
        yield judge("number in the pixels", where, seen[place] or "nothing", wanted, seen[place] == wanted)


def _lettered(value: str) -> bool:
    """Whether it is a link, an e-mail or an address that stands in place of a number."""
    return any(map(str.isalpha, value))


def _largest(subject: Subject, number: str) -> guard.TextBox | None:
    """Where a number stands in the largest type, if that is large enough for OCR."""
    places = [box for box in guard.visual_places(subject.readable, number) if box.bottom - box.top >= OCR_MIN_PT]
    return max(places, key=lambda box: box.bottom - box.top, default=None)


def _read(program: str, subject: Subject, boxes: Sequence[guard.TextBox]) -> list[str]:
    """The digits that OCR sees in each box; the program starts once for all of them."""
    with tempfile.TemporaryDirectory(prefix="campaign-ocr-") as folder:
        names = [Path(folder, f"{number}.png") for number in range(len(boxes))]
        for name, box in zip(names, boxes, strict=True):
            _cut(subject, box).save(name)
        list_file = Path(folder, "boxes.txt")
        list_file.write_text("\n".join(map(str, names)) + "\n", encoding="utf-8")
        command = [program, str(list_file), "-", "--psm", "7", "-l", "eng"]
        command += ["-c", "tessedit_char_whitelist=+0123456789"]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=60 * len(boxes))  # noqa: S603
        except subprocess.TimeoutExpired:
            return [""] * len(boxes)
    pages = done.stdout.decode(errors="replace").split("\f")
    return [re.sub(r"\D", "", page) for page in (*pages, *[""] * len(boxes))[: len(boxes)]]


def _cut(subject: Subject, box: guard.TextBox) -> Image.Image:
    """The pixels of a box, black on white, as tall as OCR reads best."""
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
    return ImageOps.expand(grey, 20, 255)
