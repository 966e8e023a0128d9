"""The tables of a spreadsheet, whichever of the two standards its program writes; run in a process of its own."""

from __future__ import annotations

from campaign.bulk import bulk
from campaign.catalogue.exchange import ods, workbook
from campaign.catalogue.exchange.sheet import Table


@bulk()
def tables(file: tuple[bytes, str]) -> list[Table]:
    """The tables of a file (its bytes, its name) whose parts were looked at before (`unpacked.look_inside`).

    Raises:
        CampaignError: no spreadsheet, or too many rows.
    """
    return ods.tables(*file) if ods.is_ods(file[0]) else workbook.tables(*file)
