"""Placeholders on a page: the exact text, drawn as what a reader will see, never broken and never turned round."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import request
from markupsafe import Markup, escape

from campaign.ledger.queue import Line
from campaign.model.job import Job
from campaign.review.samples import samples as of_campaign
from campaign.review.snapshot import Sheet
from campaign.webapp import current

_PIECE = re.compile(r"%\((\w+)\)s")


def jobs(sheet: Sheet, line: Line) -> list[Job]:
    """One item per channel that shows the sentence, of the audience and country that are being looked at."""
    audience, country = current.filters().get("audience"), request.args.get("country", "")
    found: dict[str, Job] = {}
    for item in sheet.used_by.get(line.unit.key, ()):
        fits = (not audience or item.job.audience == audience) and (not country or item.job.country == country)
        if fits or item.job.channel not in found:
            known = found.get(item.job.channel)
            if known is None or (audience and known.audience != audience):
                found[item.job.channel] = item.job
    return list(found.values())


def samples(sheet: Sheet, line: Line | None = None) -> dict[str, str]:
    """What readers see in place of each placeholder: of the items that show the sentence, or of the first country."""
    shown = jobs(sheet, line) if line else []
    country = shown[0].country if shown else sheet.campaign.countries[0]
    audience = shown[0].audience if shown else next(iter(sheet.campaign.audiences))
    return of_campaign(sheet.campaign, country, audience)


def drawn(text: str, known: Mapping[str, str]) -> Markup:
    """A text with its placeholders as pieces that stay whole."""
    made, end = [], 0
    for match in _PIECE.finditer(text):
        says = known.get(match[1], "…")
        piece = Markup('<code class="piece" dir="ltr" data-says="{}">{}</code>').format(says, match[0])
        made += [escape(text[end : match.start()]), piece]
        end = match.end()
    return Markup("").join([*made, escape(text[end:])])
