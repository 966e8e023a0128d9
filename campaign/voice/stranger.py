"""A stranger's recording as samples, decoded in a process of its own that can open nothing and has little of all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from campaign.errors import CampaignError
from campaign.voice.sound import Pcm

#: The longest recording in seconds; its bytes (a minute of 16 bit at 48 kHz is 5.8 MB); time and memory of the child.
MOST_SECONDS, MOST_BYTES = 60, 8_000_000
_CPU_SECONDS, _WALL_SECONDS, _MEMORY = 10, 20, 2_000_000_000

_CHILD = Path(__file__).with_name("child.py")


def decoded(data: bytes, name: str) -> Pcm:
    """The samples of a recording (mono, 48 kHz); `name` is the file's, for whoever has to mend it.

    Raises:
        CampaignError: it is too large or too long, no recording of a known kind, damaged, or it holds something else.
    """
    if len(data) > MOST_BYTES:
        raise _refused(name, f"has more than {MOST_BYTES / 1e6:g} MB")
    limits = map(str, (MOST_BYTES, MOST_SECONDS, _CPU_SECONDS, _MEMORY))
    try:
        done = subprocess.run(  # noqa: S603 - the child is ours, what it reads is bounded there
            [sys.executable, "-I", str(_CHILD), *limits],
            input=data,
            capture_output=True,
            timeout=_WALL_SECONDS,
            env={"OPENBLAS_NUM_THREADS": "1"},
            cwd=_CHILD.parent,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused(name, f"takes more than {_WALL_SECONDS} seconds to read") from None
    if done.returncode == 3:
        raise _refused(name, done.stderr[-200:].decode("utf-8", "replace"))
    if done.returncode:
        raise _refused(name, "breaks the program that reads it, or takes more time or memory than it may")
    if not done.stdout:
        raise _refused(name, "is empty")
    return np.frombuffer(done.stdout[: len(done.stdout) // 2 * 2], "<i2")


def _refused(name: str, what: str) -> CampaignError:
    todo = "record it again: up to a minute, as WAV, Ogg, WebM, M4A, MP3, FLAC or AMR"
    return CampaignError.single(what, where=name, todo=todo)
