"""The first address of the review page: it opens one browser, once, soon after it was made, and nobody else sees it."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

#: How long an address that nobody opened is good, in seconds.
PATIENCE = 600.0
#: How long a browser that asks for nothing stays in, in seconds: a working day.
IDLE = 12 * 3600.0

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<title>Review</title><meta http-equiv="refresh" content="0;url={address}"></head>
<body><p><a href="{address}">Review</a></p></body></html>
"""


class Tokens:
    """The tokens that were given out and not used yet. Only hashes are kept and looked up: no time to measure."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[bytes, float] = {}

    def give(self, token: str = "") -> str:
        """A token that opens the page once, within PATIENCE; a random one unless it is given."""
        token = token or secrets.token_urlsafe(24)
        self._until[_hash(token)] = self._clock() + PATIENCE
        return token

    def known(self, token: str) -> bool:
        """Whether the token would open the page now."""
        return self._until.get(_hash(token), 0.0) > self._clock()

    def take(self, token: str) -> bool:
        """Use a token: whether it opens the page. The same one never does again, whatever two threads ask at once."""
        return self._until.pop(_hash(token), 0.0) > self._clock()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


@contextmanager
def redirect_file(address: str) -> Iterator[Path]:
    """A file that leads a browser to an address, there until the block ends.

    A command line is seen by every user of the machine (`ps`), the arguments of a browser too: they hold the name of
    this file, which only its owner can read, and not the address.
    """
    with tempfile.TemporaryDirectory(prefix="campaign-review-", ignore_cleanup_errors=True) as folder:  # mode 0700
        path = Path(folder, "review.html")
        path.touch(mode=0o600)
        path.write_text(_PAGE.format(address=escape(address)), encoding="utf-8")
        yield path
