"""Making very many values that all stay, without the garbage collector looking through them again and again."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def bulk() -> Iterator[None]:
    """Leave the garbage collector out, also as a decorator: a third of the time of reading 24 000 entries (measured).

    For code that makes no cycles; what is no longer used is freed as always.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
