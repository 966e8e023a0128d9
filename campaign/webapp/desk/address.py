"""The public address of a shared desk: what links begin with, and what Host and Origin must say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from campaign.errors import CampaignError

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"https://(?P<host>{_LABEL}(\.{_LABEL})*)(:(?P<port>[1-9][0-9]{{0,4}}))?/?")


@dataclass(frozen=True, slots=True)
class Address:
    """Host and port as browsers write them: lower case, no port where it is 443."""

    host: str

    @property
    def origin(self) -> str:
        """What a browser calls it in `Origin`."""
        return f"https://{self.host}"

    @classmethod
    def read(cls, text: str) -> Address:
        """The address that a person wrote.

        Raises:
            CampaignError: it is no https address of a host alone.
        """
        found = _ADDRESS.fullmatch(text.lower())
        port = int(found["port"] or 443) if found else 0
        if found is None or port > 65535:
            raise CampaignError.single(
                f"{text[:200]!r} is no address of a shared desk",
                where="--url",
                todo="write https:// and the name that browsers use, in ASCII, without a path: https://review.example.org",
            )
        return cls(found["host"] if port == 443 else f"{found['host']}:{port}")
