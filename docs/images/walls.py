"""The sheets of several languages side by side, as drafts. Run it with: python docs/images/walls.py."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from campaign.channels.sheet import Panel, set_sheet
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

ROOT = Path(__file__).resolve().parents[2]
#: Each sheet with its languages, whether it has strips, and how wide it is shown in pixels.
SHEETS = (
    ("wall-a3", ("nl", "ar", "ur", "ti", "bn", "zh-Hans", "de", "el", "vi"), True, 560),
    ("pair-a5", ("ar", "de"), False, 200),
    ("sticker", ("fr", "ar", "ti", "zh-Hans"), False, 400),
    ("slide-16x9", ("nl", "ar", "ur", "ti", "bn", "zh-Hans", "de", "el"), False, 400),
)
PPI, GAP = 144, 8


def pages(root: Path) -> list[Image.Image]:
    """The pages of each sheet, small. Raises CampaignError where one is refused."""
    space = loader.load(Project(root))
    campaign, renderer, typesetter = space.campaign, Renderer(space.project, space.campaign), Typesetter(space.project)
    found = []
    for name, tags, strips, wide in SHEETS:
        panels = [Panel(renderer.message("migrants", tag, "BE", space.texts[tag]), True) for tag in tags]
        laid = set_sheet(typesetter, panels, campaign, campaign.layouts[name], strips=strips, shots=(PPI,))
        for page in laid.pages(PPI):
            drawn = Image.open(io.BytesIO(page)).convert("RGB")
            found.append(drawn.resize((wide, round(drawn.height * wide / drawn.width)), Image.Resampling.LANCZOS))
    return found


def main() -> None:
    """Write the picture: the poster on the left, the others beside it."""
    wall, front, back, sticker, slide = pages(ROOT)
    whole = Image.new("RGB", (wall.width + sticker.width + 3 * GAP, 2 * wall.height), "#8A8A8A")
    left, top = 2 * GAP + wall.width, GAP
    whole.paste(wall, (GAP, GAP))
    whole.paste(front, (left, top))
    whole.paste(back, (left + front.width, top))
    whole.paste(sticker, (left, top + front.height + GAP))
    whole.paste(slide, (left, top + front.height + sticker.height + 2 * GAP))
    bottom = max(wall.height, front.height + sticker.height + slide.height + 2 * GAP) + 2 * GAP
    picture = whole.crop((0, 0, whole.width, bottom)).quantize(96, dither=Image.Dither.NONE)
    picture.save(Path(__file__).with_name("walls.png"), optimize=True)


if __name__ == "__main__":
    main()
