"""What a request works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from campaign.review.assist import Aids
from campaign.review.preview import Previews
from campaign.review.session import Desk


@dataclass(frozen=True, slots=True)
class Review:
    """What the routes work with: the desk, the previews, the aids, the languages that may be opened, and today."""

    desk: Desk
    previews: Previews
    aids: Aids
    locales: tuple[str, ...]
    read_only: bool
    today: Callable[[], date]
