"""A press page as pixels of ink: Ghostscript where it is installed, otherwise pdfium and our own conversion."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.errors import CampaignError
from campaign.press.colour import Colours
from campaign.press.extra import ghostscript
from campaign.press.profiles import InkProfile

if TYPE_CHECKING:
    from PIL import Image

#: A page takes a second; a hostile picture must not hold the press for ever.
TIMEOUT_S = 300
#: No page of ours has more: A3 with bleed at 300 pixels per inch has 18 million.
MOST_PIXELS = 80_000_000


def pixels(mm: float, resolution: int) -> int:
    """A length in mm as whole pixels at this many pixels per inch."""
    return round(mm / 25.4 * resolution)


@dataclass(frozen=True, slots=True)
class Inked:
    """A press file without marks, the laid-out file it was made from, and its trim with bleed: width, height in mm;
    `common`: only its black plate is its own.
    """

    press: bytes = field(repr=False)
    base: bytes = field(repr=False)
    size_mm: tuple[float, float]
    common: bool = False


def plates(
    files: Sequence[Inked], inks: Colours, intent: InkProfile, resolution: int
) -> Iterator[tuple[Image.Image, ...]]:
    """The pages of each file as CMYK pictures; every way gives this size, mode and black text on one plate.

    Ghostscript is started once for all of them.

    Raises:
        CampaignError: Ghostscript failed.
    """
    program = ghostscript()
    if not program and any(file.common for file in files):
        raise CampaignError.single(
            "a base common to all languages is drawn by Ghostscript alone",
            where="campaign.toml: common_base",
            todo="install Ghostscript, or use a print profile without common_base",
        )
    if program:
        yield from _ghostscript(program, files, intent, resolution)
    else:
        for file in files:
            drawn = pictures(file.base, _size(file, resolution), resolution)
            yield tuple(inks.picture(picture) for picture in drawn)


def _size(file: Inked, resolution: int) -> tuple[int, int]:
    return pixels(file.size_mm[0], resolution), pixels(file.size_mm[1], resolution)


def pictures(pdf: bytes, size: tuple[int, int], resolution: int) -> Iterator[Image.Image]:
    """Each page in sRGB, trim and bleed, at exactly this size in pixels."""
    import pypdfium2

    for page in pypdfium2.PdfDocument(pdf):
        yield _exactly(page.render(scale=resolution / 72).to_pil().convert("RGB"), size)


def shots(pdf: bytes, resolution: int = 200) -> Iterator[bytes]:
    """Each page of a file that may come from anywhere as an RGB PNG, for reading what it shows.

    Raises:
        ValueError: no PDF, or a page of more pixels than `MOST_PIXELS`.
    """
    import pypdfium2

    try:
        pages = list(pypdfium2.PdfDocument(pdf))
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"is damaged: {error}") from error
    for page in pages:
        if page.get_width() * page.get_height() * (resolution / 72) ** 2 > MOST_PIXELS:
            raise ValueError("has a page of too many pixels")
        out = io.BytesIO()
        page.render(scale=resolution / 72).to_pil().convert("RGB").save(out, "PNG")
        yield out.getvalue()


def _exactly(drawn: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture at this size: rounding leaves at most one pixel, which is white paper like what lies around it."""
    from PIL import Image

    if drawn.size == size:
        return drawn
    whole = Image.new(drawn.mode, size, "white" if drawn.mode == "RGB" else (0, 0, 0, 0))
    whole.paste(drawn)
    return whole


def _ghostscript(
    program: str, files: Sequence[Inked], intent: InkProfile, resolution: int
) -> Iterator[tuple[Image.Image, ...]]:
    import pypdfium2
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own pages: an A3 poster has more pixels than Pillow trusts a stranger with
    with tempfile.TemporaryDirectory(prefix="campaign-press-") as folder:
        profile = Path(folder, "intent.icc")
        profile.write_bytes(intent.data)
        sources = [Path(folder, f"{number}.pdf") for number in range(len(files))]
        for source, file in zip(sources, files, strict=True):
            source.write_bytes(file.press)
        command = [
            *(program, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc", f"-r{resolution}"),
            *("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"),
            # Both profiles, the same: K stays K (with one of them left out Ghostscript mixes black from four inks).
            *(f"-sOutputICCProfile={profile}", f"-sDefaultCMYKProfile={profile}", f"--permit-file-read={profile}"),
            *(f"-sOutputFile={folder}/%d.tif", *map(str, sources)),
        ]
        limit = TIMEOUT_S * len(files)
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=limit)  # noqa: S603
        except subprocess.TimeoutExpired as error:
            raise CampaignError.single(
                f"Ghostscript took longer than {limit} s", where="press file", todo="simplify the pictures"
            ) from error
        counts = [len(pypdfium2.PdfDocument(file.press)) for file in files]
        if done.returncode or len(list(Path(folder).glob("*.tif"))) != sum(counts):
            words = done.stdout.decode(errors="replace").strip().splitlines()
            raise CampaignError.single(
                f"Ghostscript failed: {words[0] if words else 'pages are missing'}",
                where="press file",
                todo="update Ghostscript, or remove it from the PATH to use the built-in conversion",
            )
        first = 1
        for file, count in zip(files, counts, strict=True):
            pages = [Path(folder, f"{number}.tif") for number in range(first, first + count)]
            yield tuple(_exactly(Image.open(io.BytesIO(p.read_bytes())), _size(file, resolution)) for p in pages)
            first += count
