"""What an answer file says of recordings: consent, and a stranger's files, whose shape and size alone are looked at."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import date

from campaign.catalogue.exchange.answers import Heard
from campaign.errors import CampaignError

#: The longest recording in bytes, and how many a file may hold.
MOST_BYTES, MOST = 8_000_000, 3000
_FIELDS, _RECORDING = {"given", "until", "uses", "recordings"}, {"key", "data"}
_KEY = re.compile(r"[0-9a-f]{32}")


def read(said: object, name: str) -> Heard:
    """The recordings of an answer file. Raises CampaignError where they are not as the page makes them."""
    try:
        return _read(said)
    except (ValueError, TypeError, binascii.Error) as error:
        raise CampaignError.single(
            f"holds recordings that this program did not make ({error})",
            where=name,
            todo="ask for the answer file again, or for the recordings as files: campaign voice import",
        ) from error


def _read(said: object) -> Heard:
    if not isinstance(said, Mapping) or set(said) != _FIELDS:
        raise ValueError("other fields")
    uses, sent = said["uses"], said["recordings"]
    if not isinstance(uses, list) or not all(isinstance(use, str) for use in uses):
        raise ValueError("what the voice may be used for")
    given, until = (date.fromisoformat(said[name]).isoformat() for name in ("given", "until"))
    if not isinstance(sent, list) or not 0 < len(sent) <= MOST:
        raise ValueError(f"none, or more than {MOST}")
    recordings = tuple(_recording(each) for each in sent)
    if len({key for key, _ in recordings}) != len(recordings):
        raise ValueError("two of one line")
    return Heard(given, until, tuple(uses), recordings)


def _recording(said: object) -> tuple[str, bytes]:
    if not isinstance(said, Mapping) or set(said) != _RECORDING:
        raise ValueError("other fields")
    key, data = said["key"], said["data"]
    if not isinstance(key, str) or not _KEY.fullmatch(key) or not isinstance(data, str):
        raise ValueError("the line that one is of")
    if len(data) > MOST_BYTES * 4 // 3 + 4:
        raise ValueError(f"one has more than {MOST_BYTES / 1e6:g} MB")
    return key, base64.b64decode(data, validate=True)
