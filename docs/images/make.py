"""The small pictures of the README, made from what `make demo` built. Run it with: make images."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "output" / "review" / "BE"
GREY = "#8A8A8A"

SHEETS = {
    "leaflets.png": (
        330,
        [
            f"{item}/leaflet-a5-page-{page}.png"
            for item in ("ar/migrants", "ti/unaccompanied-children")
            for page in (1, 2)
        ],
    ),
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
    whole = Image.new("RGB", (len(pictures) * (width + 10) + 10, max(p.height for p in pictures) + 20), GREY)
    for number, picture in enumerate(pictures):
        whole.paste(picture, (10 + number * (width + 10), 10))
    return whole


def main() -> None:
    """Write every sheet."""
    for name, (width, files) in SHEETS.items():
        picture = sheet(width, files).quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        picture.save(Path(__file__).with_name(name), optimize=True)


if __name__ == "__main__":
    main()
