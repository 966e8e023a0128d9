"""How a campaign sends SMS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from campaign.model.place import country_of


@dataclass(frozen=True, slots=True)
class SmsPlan:
    """How the campaign sends SMS: its budget, and what its gateway can do.

    `parts` is the most parts a text may take. `plain` asks for plain characters in place of those that make a Latin
    text dear. `reference_bits` (8 or 16) is the width of the reference in concatenated parts, `whole_graphemes` says
    that the gateway cuts between graphemes only. The shift tables are the national ones of 3GPP TS 23.038 that the
    gateway can announce. `senders` and `opt_outs` are by country; `not_before` and `not_after` are hours of the day
    (HH:MM).
    """

    parts: int = 3
    plain: bool = False
    reference_bits: int = 8
    whole_graphemes: bool = False
    single_shift: tuple[str, ...] = ()
    locking_shift: tuple[str, ...] = ()
    senders: Mapping[str, str] = field(default_factory=dict)
    opt_outs: Mapping[str, str] = field(default_factory=dict)
    not_before: str = ""
    not_after: str = ""

    def sender(self, place: str) -> str:
        """Who sends to readers of a place: what is said for a region, else for its country."""
        return self.senders.get(place, self.senders.get(country_of(place), ""))

    def opt_out(self, place: str) -> str:
        """What readers of a place send to get no more texts."""
        return self.opt_outs.get(place, self.opt_outs.get(country_of(place), ""))
