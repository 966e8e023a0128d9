"""A press page as pixels of ink: Ghostscript where it is installed, otherwise pdfium and our own conversion."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.errors import CampaignError
from campaign.press.colour import Inks
from campaign.press.extra import ghostscript
from campaign.press.profiles import InkProfile

if TYPE_CHECKING:
    from PIL import Image

#: A page takes a second; a hostile picture must not hold the press for ever.
TIMEOUT_S = 300


def pixels(mm: float, resolution: int) -> int:
    """A length in mm as whole pixels at this many pixels per inch."""
    return round(mm / 25.4 * resolution)


def plates(
    press: bytes, base: bytes, inks: Inks, intent: InkProfile, size_mm: tuple[float, float], resolution: int
) -> Iterator[Image.Image]:
    """Each page as a CMYK picture of trim and bleed; every way gives this size, mode and black text on one plate.

    `press` is the press file without marks, `base` the laid-out file that it was made from.

    Raises:
        CampaignError: Ghostscript failed.
    """
    size = pixels(size_mm[0], resolution), pixels(size_mm[1], resolution)
    program = ghostscript()
    if program:
        yield from _ghostscript(program, press, intent, size, resolution)
    else:
        yield from (inks.picture(picture) for picture in pictures(base, size, resolution))


def pictures(pdf: bytes, size: tuple[int, int], resolution: int) -> Iterator[Image.Image]:
    """Each page in sRGB, trim and bleed, at exactly this size in pixels."""
    import pypdfium2
    from PIL import Image

    for page in pypdfium2.PdfDocument(pdf):
        drawn = page.render(scale=resolution / 72).to_pil().convert("RGB")
        if drawn.size != size:  # at most one pixel of rounding
            whole = Image.new("RGB", size, "white")
            whole.paste(drawn)
            drawn = whole
        yield drawn


def _ghostscript(
    program: str, press: bytes, intent: InkProfile, size: tuple[int, int], resolution: int
) -> Iterator[Image.Image]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own pages: an A3 poster has more pixels than Pillow trusts a stranger with
    with tempfile.TemporaryDirectory(prefix="campaign-press-") as folder:
        source, profile = Path(folder, "page.pdf"), Path(folder, "intent.icc")
        source.write_bytes(press)
        profile.write_bytes(intent.data)
        command = [
            *(program, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc", f"-r{resolution}"),
            *(f"-g{size[0]}x{size[1]}", "-dFIXEDMEDIA", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"),
            # Both profiles, the same: K stays K (with one of them left out Ghostscript mixes black from four inks).
            *(f"-sOutputICCProfile={profile}", f"-sDefaultCMYKProfile={profile}", f"--permit-file-read={profile}"),
            *(f"-sOutputFile={folder}/%d.tif", str(source)),
        ]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=TIMEOUT_S)  # noqa: S603
        except subprocess.TimeoutExpired as error:
            raise CampaignError.single(
                f"Ghostscript took longer than {TIMEOUT_S} s", where="press file", todo="simplify the pictures"
            ) from error
        if done.returncode:
            words = done.stdout.decode(errors="replace").strip().splitlines()
            raise CampaignError.single(
                f"Ghostscript failed: {words[0] if words else 'no reason given'}",
                where="press file",
                todo="update Ghostscript, or remove it from the PATH to use the built-in conversion",
            )
        for number in range(1, len(list(Path(folder).glob("*.tif"))) + 1):
            yield Image.open(io.BytesIO(Path(folder, f"{number}.tif").read_bytes()))
