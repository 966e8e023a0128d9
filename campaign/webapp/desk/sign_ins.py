"""Who came in, went out, or was turned away, and when: a private file that is only added to."""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from campaign.errors import CampaignError
from campaign.webapp.desk.register import LOG


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line: when (UTC), what, by which invitation, whose, from which network.

    The network is the address without its last part (/24, IPv6: /48): it tells two cities apart and finds no person.
    """

    at: str
    what: str
    invitation: str
    name: str
    network: str = ""


def note(folder: Path, line: SignIn) -> None:
    """Add a line, on the disk before this returns.

    Raises:
        CampaignError: it cannot be written.
    """
    path = folder / LOG
    data = (json.dumps(asdict(line), ensure_ascii=False) + "\n").encode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        todo = "check free space and permissions"
        raise CampaignError.single(f"cannot be written ({error.strerror})", where=str(path), todo=todo) from error


def read(folder: Path) -> Iterator[SignIn]:
    """Every line, oldest first; a line that was cut when the machine stopped is left out.

    Raises:
        CampaignError: the file cannot be read.
    """
    path = folder / LOG
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    except OSError as error:
        todo = "check permissions"
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=str(path), todo=todo) from error
    for line in lines:
        try:
            yield SignIn(**json.loads(line))
        except (ValueError, TypeError):
            continue


def network(address: str) -> str:
    """The network of an address; empty where it is none."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    known = getattr(known, "ipv4_mapped", None) or known
    return str(ipaddress.ip_network(f"{known}/{24 if known.version == 4 else 48}", strict=False))
