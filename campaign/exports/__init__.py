"""Files that other people's programs upload: the export formats of SMS by name; and the ZIP that carries them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from campaign.exports.sending import Sending


@dataclass(frozen=True, slots=True)
class ExportSpec:
    """One format: its module, imported when it is asked for, and what help texts call its files.

    The module has `files(sendings, base, edition) -> Mapping[str, bytes]`: the files by their path in the ZIP of a
    country. `base` is the tag of the source language, `edition` an ISO date. It raises CampaignError for a text that
    the receiver would refuse.
    """

    module: str
    words: str


EXPORTS: Mapping[str, ExportSpec] = {
    "gateway": ExportSpec("campaign.exports.gateway", "gateway.csv"),
    "esendex": ExportSpec("campaign.exports.esendex", "esendex.csv"),
    "rapidpro": ExportSpec("campaign.exports.rapidpro", "RapidPro broadcasts and PO files"),
}


def files(sendings: Sequence[Sending], base: str, edition: str) -> dict[str, bytes]:
    """The files of every format, by path.

    Raises:
        CampaignError: a text that a receiver would refuse.
    """
    made: dict[str, bytes] = {}
    for spec in EXPORTS.values():
        made |= importlib.import_module(spec.module).files(sendings, base, edition)
    return made


def words() -> str:
    """What help texts say the formats are."""
    *others, last = (spec.words for spec in EXPORTS.values())
    return f"{', '.join(others)}, and {last}"
