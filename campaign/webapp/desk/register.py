"""The private folder of a shared desk: desk.json holds its guests, sign-ins.jsonl who came in. Never a workspace."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from campaign.errors import CampaignError
from campaign.project import Project, locked, write_atomic
from campaign.webapp.desk.invitations import Browser, Guests, Invitation

#: The file of guests and the file of sign-ins.
FILE, LOG = "desk.json", "sign-ins.jsonl"


def home(project: Project) -> Path:
    """The private folder of a workspace's desk, made where it is not there: CAMPAIGN_DESK, or among the user's data.

    Raises:
        CampaignError: it cannot be made, lies in the workspace, where git would keep it, or others may look into it.
    """
    if given := os.environ.get("CAMPAIGN_DESK"):
        folder = Path(given).expanduser().resolve()
    else:
        from platformdirs import user_data_path

        name = hashlib.sha256(str(project.root).encode()).hexdigest()[:8]
        folder = user_data_path("campaign", appauthor=False) / "desks" / f"{project.root.name}-{name}"
    if project.root in (folder, *folder.parents):
        todo = "name a folder outside of it in CAMPAIGN_DESK"
        raise CampaignError.single("lies in the workspace, which is shared", where=str(folder), todo=todo)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = folder.stat().st_mode
    except OSError as error:
        todo = "choose another folder with CAMPAIGN_DESK"
        raise CampaignError.single(f"cannot be made ({error.strerror})", where=str(folder), todo=todo) from error
    if os.name == "posix" and mode & 0o077:
        todo = f"run: chmod 700 {folder}"
        raise CampaignError.single("other people of this machine may look into it", where=str(folder), todo=todo)
    return folder


class Register:
    """The guests of a desk on the disk: read again when somebody changed them, changed under a lock, in one step."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._lock = threading.Lock()
        self._known: tuple[tuple[int, int, int], Guests] | None = None

    def guests(self) -> Guests:
        """Everybody, as the file is now.

        Raises:
            CampaignError: it cannot be read, or is none of ours.
        """
        with self._lock:
            try:
                found = self.path.stat()
            except FileNotFoundError:
                return Guests("")
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
            if self._known is None or self._known[0] != stamp:
                self._known = stamp, _read(self.path)
            return self._known[1]

    def change(self, step: Callable[[Guests], Guests]) -> Guests:
        """Change the guests as they are at this moment; what the step raises changes nothing.

        Raises:
            CampaignError: the file cannot be read or written, or another program held it for ten seconds.
        """
        with locked(self.path, str(self.path)):
            before = self.guests()
            if not before.key:
                before = Guests(secrets.token_hex(32))
            after = step(before)
            if after != before or not self.path.exists():
                data = json.dumps(asdict(after), ensure_ascii=False, indent=1, default=date.isoformat) + "\n"
                write_atomic(self.path, data.encode(), mode=0o600)
        return after


def _read(path: Path) -> Guests:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        invitations = tuple(
            Invitation(**{**each, "languages": tuple(each["languages"]), "until": date.fromisoformat(each["until"])})
            for each in found.pop("invitations")
        )
        browsers = tuple(Browser(**each) for each in found.pop("browsers"))
        return Guests(**found, invitations=invitations, browsers=browsers)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        todo = "bring it back from a backup; without it nobody is invited and nobody is in"
        raise CampaignError.single(
            f"cannot be read as the guests of a desk ({error})", where=str(path), todo=todo
        ) from error
