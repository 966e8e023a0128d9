"""The shipped leaflets: the first page holds all that the longest record of a helpline promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign.channels.layout import set_item
from campaign.render.renderer import Renderer
from campaign.typeset.session import Typesetter
from campaign.workspace.loader import Workspace

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", *sorted(path.name for path in (ROOT / "locales").iterdir() if path.is_dir()))


@pytest.mark.slow
@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.breadth
def test_the_first_page_has_room_for_four_promises(space: Workspace, locale: str) -> None:
    """Free, anonymous, interpreters, day and night: Italy's helpline promises all four, under the steps of a call."""
    message = Renderer(space.project, space.campaign).message("migrants", locale, "IT", space.texts[locale])
    assert len(message.printed[0].claims) == 4 and message.pictograms
    laid = set_item(Typesetter(space.project), "leaflet-a5", message, space.campaign, review=True)
    (frame,) = [frame for frame in laid.frames if frame.id == "helpline"]
    assert frame.fits and frame.page == 1
