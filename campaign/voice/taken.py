"""A recording that was processed and is kept nowhere yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaign.voice.recordings import Take

if TYPE_CHECKING:
    from campaign.voice.sound import Pcm


@dataclass(frozen=True, slots=True)
class Taken:
    """The clip, its file, and the take that names it."""

    take: Take
    samples: Pcm
    flac: bytes
