"""What a delivered ZIP says outside of this workspace: on which heads of the ledgers it relied, in its comment.

Whoever cuts a ledger and the history of releases alike cannot cut what a printer, a gateway or a web host was given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from campaign.errors import CampaignError
from campaign.ledger import entry

#: Heads by language.
Heads = Mapping[str, tuple[str, ...]]

#: Of a ledger with more heads the first ones are told: a comment holds 65 535 bytes, and two are rare.
MOST = 20

_KEY = "campaign-ledger-heads"
_END, _LONGEST = b"PK\x05\x06", 22 + 65_535


def comment(heads: Heads) -> bytes:
    """The comment of a ZIP that relied on these heads; none when it relied on nothing."""
    told = {locale: list(known)[:MOST] for locale, known in sorted(heads.items()) if known}
    return json.dumps({_KEY: told}, separators=(",", ":")).encode() if told else b""


def read(path: Path) -> Heads:
    """The heads that a ZIP tells; nothing of a draft, of a pack of an earlier version, or of another file.

    Raises:
        CampaignError: the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - _LONGEST))
            tail = stream.read()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise CampaignError.single(what, where=str(path), todo="check the file and its permissions") from error
    at = tail.rfind(_END)
    record = entry.parsed(tail[at + 22 :]) if at >= 0 else None
    told = record.get(_KEY) if record else None
    if not isinstance(told, dict):
        return {}
    return {str(locale): heads for locale, each in told.items() if (heads := entry.texts(each))}
