"""The compiler's process as this one sees it: started when it is first asked, stopped when it takes too much."""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass, field

from campaign import limits
from campaign.errors import CampaignError
from campaign.typeset.compiling import Set, Setting, Shot

#: A proxy that nothing can listen at, for every address: the compiler has no switch against downloads.
_PROXIES = {"https_proxy": "http://127.0.0.1:0", "HTTPS_PROXY": "http://127.0.0.1:0", "no_proxy": "", "NO_PROXY": ""}
_START = "from campaign.typeset.compiling import main; main()"


@dataclass(slots=True)
class _Process:
    """One process, the limits that it keeps and the process that it works for."""

    running: subprocess.Popen[bytes]
    kept: tuple[float, float]
    owner: int = field(default_factory=os.getpid)
    late: bool = False
    ready: bool = False

    def ask(self, asked: Setting | Shot) -> Set:
        """Its answer. Raises EOFError when it ended over the question."""
        assert self.running.stdin is not None and self.running.stdout is not None  # noqa: S101 - Popen was given pipes
        if not self.ready:
            pickle.load(self.running.stdout)  # noqa: S301 - as below
            self.ready = True
        timer = threading.Timer(self.kept[0], self._stop)
        timer.daemon = True
        timer.start()
        try:
            pickle.dump(asked, self.running.stdin, pickle.HIGHEST_PROTOCOL)
            self.running.stdin.flush()
            answer: Set = pickle.load(self.running.stdout)  # noqa: S301 - from the process that we started
        except (BrokenPipeError, pickle.UnpicklingError) as error:
            raise EOFError from error
        finally:
            timer.cancel()
        return answer

    def _stop(self) -> None:
        self.late = True
        self.running.kill()

    def end(self) -> None:
        """Stop it, whatever it does."""
        self.running.kill()
        self.running.wait()
        for stream in (self.running.stdin, self.running.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()


_processes: dict[str, _Process] = {}
_lock = threading.Lock()


def compiled(asked: Setting | Shot, where: str) -> Set:
    """What the compiler makes of it; `where` is the layout, for errors. One question at a time in a process.

    Raises:
        CampaignError: it took more time or memory than [limits] allow, or broke the compiler.
    """
    with _lock:
        process = _process()
        try:
            return process.ask(asked)
        except EOFError:
            process.end()
            _processes.clear()
            raise _refused(process, where) from None
        except BaseException:  # Ctrl-C: the answer that is on its way must not be taken for the next one
            process.end()
            _processes.clear()
            raise


def _refused(process: _Process, where: str) -> CampaignError:
    seconds, megabytes = process.kept
    if process.late:
        return limits.too_much(where, f"takes more than {seconds:g} seconds to set", "layout_seconds")
    return limits.too_much(where, f"takes more than {megabytes:g} MB to set, or breaks the compiler", "layout_mb")


def _process() -> _Process:
    """The process that runs with the limits in force; one of a process that this was forked from is not ours."""
    kept = (limits.limit("layout_seconds"), limits.limit("layout_mb"))
    known = _processes.get("compiler")
    if known and (known.owner != os.getpid() or known.kept != kept or known.running.poll() is not None):
        if known.owner == os.getpid():
            known.end()
        _processes.clear()
    if not _processes:
        _processes["compiler"] = _Process(_started(kept), kept)
    return _processes["compiler"]


def _started(kept: tuple[float, float]) -> subprocess.Popen[bytes]:
    # Few arenas: each would reserve memory that nobody uses.
    environment = {
        **os.environ,
        **_PROXIES,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "MALLOC_ARENA_MAX": "2",
    }
    return subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, "-c", _START, *map(str, kept)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


@atexit.register
def _close() -> None:
    """Let it end with the program."""
    for process in _processes.values():
        if process.owner == os.getpid():
            process.end()
