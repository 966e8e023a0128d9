"""Results that are dear to make, kept between builds by the hash of what they were made from; checked and bounded.

A folder of files: `<kind>/<first two digits>/<key>/<variant>`. Safe to delete, to share between checkouts, and to have
killed: an entry is written in one step and begins with the hash of the rest; one that does not match is deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import CampaignError
from campaign.project import write_atomic

#: Three gigabytes: each language of the reference campaign in four countries takes about a tenth of one (measured).
LIMIT = 3_000_000_000


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries and how many bytes it may hold. A cache that cannot be read or written is only slow."""

    folder: Path
    limit: int = LIMIT

    @classmethod
    def default(cls) -> Cache | None:
        """The user's cache, where the system keeps such; CAMPAIGN_CACHE names another folder, or `off` for none."""
        named = os.environ.get("CAMPAIGN_CACHE", "")
        if named == "off":
            return None
        if named:
            return cls(Path(named))
        import platformdirs

        return cls(Path(platformdirs.user_cache_dir("campaign", appauthor=False)) / "made")

    def get(self, kind: str, key: str) -> Iterator[bytes]:
        """The variants under a key whose bytes are whole; each is marked as used now."""
        place = self._place(kind, key)
        try:
            paths = sorted(place.iterdir())
        except OSError:
            return
        for path in paths:
            try:
                head, _, data = path.read_bytes().partition(b"\n")
            except OSError:
                continue
            if hashlib.sha256(data).hexdigest().encode() != head:
                if not path.name.startswith("."):
                    path.unlink(missing_ok=True)
                continue
            with contextlib.suppress(OSError):
                os.utime(path)
            yield data

    def put(self, kind: str, key: str, variant: str, data: bytes) -> None:
        """Keep an entry; where there is no room or no right to write, nothing is kept."""
        head = hashlib.sha256(data).hexdigest().encode()
        with contextlib.suppress(CampaignError):
            write_atomic(self._place(kind, key) / variant, head + b"\n" + data, durable=False)

    def drop(self, kind: str, key: str) -> None:
        """Forget every variant under a key."""
        shutil.rmtree(self._place(kind, key), ignore_errors=True)

    def _place(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / key

    def trim(self) -> None:
        """When the limit is passed, delete what was used longest ago until nine tenths are left.

        Looks at most once in ten minutes: a large folder takes longer to look through than one item takes to make.
        """
        looked = self.folder / "looked"
        with contextlib.suppress(OSError):
            if abs(time.time() - looked.stat().st_mtime) < 600:
                return
        with contextlib.suppress(OSError):
            looked.touch()
        found = []
        for place, _, names in os.walk(self.folder):
            for name in names:
                with contextlib.suppress(OSError):
                    stat = (path := Path(place, name)).stat()
                    found.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in found)
        if total <= self.limit:
            return
        for _, size, path in sorted(found, key=lambda entry: entry[0]):
            if total <= 0.9 * self.limit:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                path.parent.rmdir()
            total -= size
