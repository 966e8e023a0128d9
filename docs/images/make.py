"""The small pictures of the README, made from what `make demo` built. Run it with: make images."""

from __future__ import annotations

import tomllib
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "output" / "review" / "BE"
GREY = "#8A8A8A"
AUDIENCES = tuple(tomllib.loads((ROOT / "campaign.toml").read_text(encoding="utf-8"))["audiences"])
#: How many pictures stand side by side before the next row.
ROW = len(AUDIENCES)

SHEETS = {
    "leaflets.png": (
        330,
        [
            f"{item}/leaflet-a5-page-{page}.png"
            for item in ("ar/migrants", "ti/unaccompanied-children")
            for page in (1, 2)
        ],
    ),
    # All seventeen side by side, page 1 above page 2: found in a rack by number, tab, picture and colour.
    "rack.png": (104, [f"de/{item}/leaflet-a5-page-{page}.png" for page in (1, 2) for item in AUDIENCES]),
    "leaflets-more.png": (
        330,
        [f"{item}/leaflet-a5-page-{page}.png" for item in ("bn/domestic-workers", "uk/homeless") for page in (1, 2)],
    ),
    "cards.png": (
        330,
        [
            f"{item}/card-1080x1080.png"
            for item in ("en/seasonal-workers", "fa/poor-prospects", "el/children-out-of-school", "de/women-children")
        ],
    ),
}


def sheet(width: int, files: list[str]) -> Image.Image:
    """The pictures side by side, each this many pixels wide."""
    pictures = []
    for file in files:
        with Image.open(BUILT / file) as picture:
            height = round(picture.height * width / picture.width)
            pictures.append(picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS))
    gap, high = max(4, width // 33), max(p.height for p in pictures)
    across, rows = min(ROW, len(pictures)), -(-len(pictures) // ROW)
    whole = Image.new("RGB", (across * (width + gap) + gap, rows * (high + gap) + gap), GREY)
    for number, picture in enumerate(pictures):
        whole.paste(picture, (gap + number % ROW * (width + gap), gap + number // ROW * (high + gap)))
    return whole


def main() -> None:
    """Write every sheet."""
    for name, (width, files) in SHEETS.items():
        picture = sheet(width, files).quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        picture.save(Path(__file__).with_name(name), optimize=True)


if __name__ == "__main__":
    main()
