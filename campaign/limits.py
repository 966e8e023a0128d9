"""How much a file may be, make or take: the table [limits] of campaign.toml, and the refusal of what is more."""

from __future__ import annotations

import contextlib
import ctypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path

from campaign.errors import CampaignError


def _limit(usual: float, least: float, most: float) -> float:
    made: float = field(default=usual, metadata={"least": least, "most": most})
    return made


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit by its key: `_mb` in millions of bytes, `_seconds` of wall time, all others a number of things.

    settings     campaign.toml (always the usual limit), contacts.toml, consents.toml
    text         a template, a style sheet, a glossary, weights.csv
    catalogue    a PO file: its bytes, entries, and the characters of one text
    template     how long one message or page may take, and how long a text and how many pieces it may make
    drawing      an SVG: its bytes, and the elements that come of it once every `use` is drawn
    picture      a photograph
    profile      an ICC profile
    import       a file that comes back from a reviewer: its bytes, its bytes unpacked, rows, merged cells
    read         reading a stranger's file in a process of its own: time and memory (`review import`, `audit`)
    layout       setting one item in a layout, in a process of its own: time and memory
    """

    settings_mb: float = _limit(2, 0.01, 50)
    text_mb: float = _limit(5, 0.01, 100)
    catalogue_mb: float = _limit(10, 0.01, 200)
    catalogue_entries: float = _limit(50_000, 10, 1_000_000)
    catalogue_characters: float = _limit(20_000, 100, 1_000_000)
    template_seconds: float = _limit(10, 0.1, 600)
    template_characters: float = _limit(4_000_000, 1000, 50_000_000)
    template_pieces: float = _limit(200_000, 1000, 5_000_000)
    drawing_mb: float = _limit(2, 0.001, 50)
    drawing_elements: float = _limit(100_000, 10, 2_000_000)
    picture_megapixels: float = _limit(40, 0.1, 500)
    profile_mb: float = _limit(8, 0.1, 100)
    import_mb: float = _limit(20, 0.01, 200)
    import_unpacked_mb: float = _limit(60, 0.1, 1000)
    import_rows: float = _limit(60_000, 10, 1_000_000)
    import_merged_cells: float = _limit(100_000, 0, 5_000_000)
    read_seconds: float = _limit(20, 0.5, 600)
    read_mb: float = _limit(3000, 500, 64_000)
    layout_seconds: float = _limit(60, 0.5, 3600)
    layout_mb: float = _limit(2000, 200, 64_000)


#: The keys with the least and the most that each may be.
BOUNDS = {item.name: (item.metadata["least"], item.metadata["most"]) for item in fields(Limits)}

_inforce = [Limits()]


def hold(limits: Limits) -> None:
    """Say which limits this process keeps from now on: those of the workspace that it works in."""
    _inforce[0] = limits


def held() -> Limits:
    """The limits in force; the usual ones until a workspace was read."""
    return _inforce[0]


def limit(key: str) -> float:
    """One limit in force, as its table has it."""
    value: float = getattr(held(), key)
    return value


def too_much(where: str, what: str, key: str) -> CampaignError:
    """The refusal of a file that is more than a limit, with the key that may be raised."""
    todo = f"make it smaller; if you trust who made it, raise {key} ({limit(key):g}) in [limits] of campaign.toml"
    return CampaignError.single(what, where=where, todo=todo)


def sized(path: Path, name: str, key: str) -> None:
    """Look at the size of a file before it is read; one that is not there is somebody else's problem.

    Raises:
        CampaignError: it has more bytes than the limit `key` (in MB), or is no file but a device or a pipe.
    """
    try:
        size = path.stat().st_size
    except OSError:
        return
    if path.exists() and not path.is_file() and not path.is_dir():
        raise CampaignError.single("is no file but a device or a pipe", where=name, todo="put a file in its place")
    if size > limit(key) * 1_000_000:
        raise too_much(name, f"has {size / 1_000_000:.1f} MB, at most {limit(key):g} are read", key)


class TimeIsUpError(Exception):
    """What ran takes longer than it may."""


class _StopError(BaseException):
    """Raised from outside; what runs cannot catch it by mistake."""


@contextlib.contextmanager
def clock(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so many seconds.

    Raises:
        TimeIsUpError: it was still running. Raised in this thread between two steps of Python: each step must be short.
    """
    thread, lock, over = threading.get_ident(), threading.Lock(), False
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def stop() -> None:
        with lock:
            if not over:
                raise_in(ctypes.c_ulong(thread), ctypes.py_object(_StopError))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    except _StopError:
        raise TimeIsUpError from None
    finally:
        with lock:
            over = True
        timer.cancel()


@contextlib.contextmanager
def in_time(where: str, key: str) -> Iterator[None]:
    """Stop what reads a file after the limit `key` (in seconds).

    Raises:
        CampaignError: it was still running; names the file and the key.
    """
    try:
        with clock(limit(key)):
            yield
    except TimeIsUpError:
        raise too_much(where, f"takes more than {limit(key):g} seconds", key) from None
