"""The batch of a message: what is printed, named so that people can read it aloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campaign.model.blocks import shown_by
from campaign.model.campaign import Campaign
from campaign.model.digest import digest
from campaign.model.message import Helpline

#: Batch ids are read aloud: no 0/O, 1/I/L, 2/Z, 5/S, 8/B.
_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"


def batch(campaign: Campaign, blocks: Mapping[str, tuple[str, ...]], helplines: Sequence[Helpline], url: str) -> str:
    """Six letters and digits that name what is printed: the same words, numbers and edition give the same batch."""
    words = [campaign.edition.isoformat(), url, *(line for name in shown_by("leaflet") for line in blocks[name])]
    words += [part for helpline in helplines for part in (helpline.contact.value, *helpline.lines)]
    number, letters = int(digest(*words), 16), ""
    for _ in range(6):
        number, index = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[index]
    return letters
