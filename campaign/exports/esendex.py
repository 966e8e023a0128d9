"""esendex.csv: texts under the field names of Esendex's message dispatcher (from, body, type, characterset).

There is no `to`: recipients are added where they are kept, in Esendex. `reference` names message and language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from campaign.exports import table
from campaign.exports.sending import Sending

COLUMNS = ("reference", "from", "type", "characterset", "body")
CHARACTER_SETS = {"GSM-7": "GSM", "UCS-2": "Unicode"}


def files(sendings: Sequence[Sending], base: str, edition: str) -> Mapping[str, bytes]:
    """The file by its path; see `exports.ExportSpec`."""
    return {"esendex.csv": esendex_csv(sendings)}


def esendex_csv(sendings: Iterable[Sending], /) -> bytes:
    """The file."""
    return table.write(
        COLUMNS,
        (
            (
                f"{sending.message_id}-{sending.locale}",
                sending.sender,
                "SMS",
                CHARACTER_SETS[sending.cost.encoding],
                sending.text,
            )
            for sending in sendings
        ),
    )
