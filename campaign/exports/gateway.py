"""gateway.csv: every SMS of a country, one row for each message and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from campaign.exports import table
from campaign.exports.sending import Sending

FILE = "gateway.csv"

#: Content guide, section 7.
COLUMNS = (
    "lang_bcp47",
    "lang_iso639_3",
    "message_id",
    "text",
    "encoding",
    "units",
    "segments",
    "sender_id",
    "opt_out",
    "not_before",
    "not_after",
)


def files(sendings: Sequence[Sending], base: str, edition: str) -> Mapping[str, bytes]:
    """The file by its path; see `exports.ExportSpec`."""
    return {FILE: gateway_csv(sendings)}


def gateway_csv(sendings: Iterable[Sending], /) -> bytes:
    """The file. `units` is the sum over all parts: septets in GSM-7, UTF-16 code units in UCS-2."""
    return table.write(
        COLUMNS,
        (
            (
                sending.locale,
                sending.iso639_3,
                sending.message_id,
                sending.text,
                sending.cost.encoding,
                sum(sending.cost.units),
                sending.cost.segments,
                sending.sender,
                sending.opt_out,
                sending.not_before,
                sending.not_after,
            )
            for sending in sendings
        ),
    )
