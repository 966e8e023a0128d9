"""A log file on request: what ran, with which versions, what was said; never what people typed about themselves."""

from __future__ import annotations

import logging
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from campaign import __version__
from campaign.errors import CampaignError

#: Options whose values are a person or in a person's own words: the log names the option and not its value.
PERSONAL = ("--name", "--comment", "--role", "--reason", "--how", "--to", "--for", "--answer", "--whose")


def start(path: str, arguments: Sequence[str]) -> None:
    """Append to this file from now on; only its owner may read it.

    Raises:
        CampaignError: the file cannot be written.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        handler = logging.FileHandler(Path(path), encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise CampaignError.single(
            f"cannot be written ({error.strerror})", where=f"--log {path}", todo="name another file"
        ) from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log = logging.getLogger("campaign")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.info("campaign %s, Python %s, %s", __version__, platform.python_version(), platform.platform())
    log.info("arguments: %s", " ".join(without_personal(arguments)))


def without_personal(arguments: Sequence[str]) -> list[str]:
    """The arguments with the values of personal options left out."""
    shown, hide = [], False
    for argument in arguments:
        option, equals, _ = argument.partition("=")
        shown.append("…" if hide else f"{option}=…" if equals and option in PERSONAL else argument)
        hide = argument in PERSONAL
    return shown
