"""Every format in nine languages on one sheet, a row each. Run it with: make formats.

Arabic, Urdu, Tigrinya, Bengali, Chinese, Thai, German, Greek, Vietnamese: right to left, Nastaliq, tall marks above and
below, signs without spaces, long words. A language without a catalogue in the workspace is set in words of CLDR.
`--root` takes another workspace, `--out` another file.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from PIL import Image

from campaign.channels.layout import set_item
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "layout"))
from tongues import spoken  # noqa: E402 - it lies beside the tests

LANGUAGES = ("ar", "ur", "ti", "bn", "zh-Hans", "th", "de", "el", "vi")
#: Formats in this order, with the audience that has all that they show.
FORMATS = ("leaflet-a5", "trifold-a4", "palm-card", "poster-a3", "large-print-a4", "easy-read-a4")
AUDIENCE = "disability-learning"
#: Pictures are drawn at 150 dots an inch and shown this many pixels high.
PPI, HIGH, GAP = 150, 130, 5


def rows(root: Path) -> list[list[Image.Image]]:
    """The pages of each language, small. Raises CampaignError where a format is refused."""
    space = loader.load(Project(root))
    renderer, typesetter, source = (
        Renderer(space.project, space.campaign),
        Typesetter(space.project),
        space.campaign.source_language,
    )
    found = []
    for tag in LANGUAGES:
        known = tag in space.campaign.languages
        message = renderer.message(AUDIENCE, tag if known else source, "BE", space.texts[tag if known else source])
        message = message if known else spoken(message, tag, space.project.fonts)
        pages = []
        for name in FORMATS:
            if space.campaign.layouts[name].offered(message):
                laid = set_item(typesetter, name, message, space.campaign, review=True, shots=(PPI,))
                pages += [Image.open(io.BytesIO(page)).convert("RGB") for page in laid.pages(PPI)]
        found.append(
            [page.resize((round(page.width * HIGH / page.height), HIGH), Image.Resampling.LANCZOS) for page in pages]
        )
    return found


def sheet(found: list[list[Image.Image]]) -> Image.Image:
    """The rows below each other."""
    across = max(sum(page.width + GAP for page in row) for row in found) + GAP
    whole = Image.new("RGB", (across, len(found) * (HIGH + GAP) + GAP), "#8A8A8A")
    for number, row in enumerate(found):
        left = GAP
        for page in row:
            whole.paste(page, (left, GAP + number * (HIGH + GAP)))
            left += page.width + GAP
    return whole


def main() -> None:
    """Write the sheet."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--root", type=Path, default=ROOT)
    options.add_argument("--out", type=Path, default=Path(__file__).with_name("formats.png"))
    given = options.parse_args()
    picture = sheet(rows(given.root)).quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    picture.save(given.out, optimize=True)


if __name__ == "__main__":
    main()
