"""Which language a file that came back is in: that of its pack; without a pack the one that the file names."""

from __future__ import annotations

import re

from campaign import languages
from campaign.errors import CampaignError


def language(written: str, packed: str, name: str, todo: str) -> str:
    """The language of a file: that of its pack, which its header may spell as it likes but not contradict.

    `written` is what the file calls it, `packed` the language of the pack, "" where it answers none.

    Raises:
        CampaignError: another language than the pack's, or one that is not known.
    """
    said, bare = languages.resolve(written), re.split("[-_@.]", written.strip())[0]
    known = said or languages.resolve(bare)  # a language in a script that the registry lacks is not the pack's
    if packed and (not known or said == packed or written.strip().casefold() == packed.partition("-")[0]):
        return packed
    if said and not packed:
        return said
    what = f"its header names the language {written[:40]!r}"
    what = f"{what}, its pack was made for {packed}" if packed else f"{what}, which is not known"
    raise CampaignError.single(what, where=name, todo=todo)


def from_source(written: str, source: str, name: str) -> None:
    """Refuse a file that was translated from another language; `written` may say nothing, or "*all*".

    Raises:
        CampaignError: the file names another source language than the campaign's.
    """
    if written.strip() in ("", "*all*") or languages.resolve(written) == source:
        return
    if re.split("[-_]", written.strip())[0].casefold() == source.partition("-")[0]:
        return
    what = f"is translated from {written[:40]!r}, this campaign from {source}"
    raise CampaignError.single(what, where=name, todo="take a file of this pair of languages")
