"""Runs `campaign …` in processes that are forked from one that has imported it: what a test pays is the command alone.

A request on standard input is a line of JSON: arguments, folder, variables, output, stdin, kill_at. The answers are lines: the
process id, then the exit code (negative: the signal).
"""

from __future__ import annotations

import gc
import importlib
import io
import json
import os
import pkgutil
import signal
import sys
from typing import Any

#: What commands import when they need it. None of them starts a thread when it is imported: a fork would lose it.
LATE = (
    "campaign.channels.registry", "decimal", "filelock", "fontTools.ttLib", "phonenumbers", "PIL.Image",
    "pretix_fontpackfree", "stringprep", "translate.storage.pypo",
)  # fmt: skip

#: What counts as a write (audit events); a file opened for writing counts as well.
EVENTS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.copyfile"}


def counted(kill_at: int) -> list[int]:
    """Count this process's writes in the list that is given back, and SIGKILL it at the write with this number."""
    writes = [0]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in EVENTS or (event == "open" and isinstance(arguments[2], int) and arguments[2] & 3):
            writes[0] += 1
            if writes[0] == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return writes


def run(request: dict[str, Any]) -> None:
    """Become the command of a request; the number of its writes goes into the file `output`.writes."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    out = os.open(request["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(out, stream)
    sys.stdin = io.StringIO(request["stdin"])  # the pipe is that of the requests
    os.chdir(request["folder"])
    os.environ.update(request["variables"])
    sys.argv[1:] = request["arguments"]
    writes = counted(request["kill_at"])
    from campaign.cli.main import main

    try:
        main(request["arguments"])
    finally:
        number = str(writes[0])
        with open(f"{request['output']}.writes", "w", encoding="ascii") as stream:  # noqa: PTH123
            stream.write(number)


def answer(number: int) -> None:
    """A line on standard output."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def serve() -> None:
    """Answer requests until standard input ends. Nothing here starts a thread before the fork."""
    from campaign import cli, delivery, editions, forms, reporting, review, translation, workspace

    for package in (cli, delivery, editions, forms, reporting, review, translation, workspace):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    for name in LATE:
        importlib.import_module(name)
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if not pid:
            return run(request)
        answer(pid)
        _, status = os.waitpid(pid, 0)
        answer(os.waitstatus_to_exitcode(status))
    return None


if __name__ == "__main__":
    serve()
