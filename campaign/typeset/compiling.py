"""The compiler in a process of its own: it does what it is asked on its standard input until that ends.

A layout is a program, and Typst cannot be stopped from inside: a loop in it would hang the command and every other
thread, a list in it could take all the memory. Here both cost a process that is started anew (`apart`).
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

import typst

#: What frames say of themselves, and where they lie; where the sheet folds. A layout that asks for its places while it
#: is set (`here()`) is set twice; those of older workspaces do, and what they say counts. `up`: what of a frame is
#: above its place, in pt.
_REPORT = """(frames: query(<fit>).map(it => {
  let (at, frame) = (it.location().position(), it.value)
  let up = frame.remove("up", default: 0)
  (page: at.page, x: at.x.pt(), y: at.y.pt() - up, ..frame)
}), folds: query(<fold>).map(it => it.value))"""

#: Seconds that a process works on without the one that asked and was to stop it.
ORPHAN = 5


@dataclass(frozen=True, slots=True)
class Setting:
    """Set a layout: the root that it sees, the folders of its fonts, its file, the version of the PDF; and draw its
    pages at these pixels per inch, all in one question.

    `values` are for a layout that reads them from `sys.inputs`: they are never in a file, and nothing keeps them.
    """

    root: str
    fonts: tuple[str, ...]
    layout: str
    version: Literal["1.6", "1.7"]
    shots: tuple[float, ...] = ()
    values: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Shot:
    """The pages that were set last in a root, as PNG at so many pixels per inch."""

    root: str
    ppi: float


@dataclass(frozen=True, slots=True)
class Set:
    """What came of it: the PDF, a report of its frames and folds (JSON), and its pages at each of the pixels per inch
    that could be drawn; or the pages; or the compiler's own error.
    """

    pdf: bytes = b""
    report: str = '{"frames": [], "folds": []}'
    shots: tuple[tuple[float, tuple[bytes, ...]], ...] = ()
    pages: tuple[bytes, ...] = ()
    error: str = ""
    hints: tuple[str, ...] = ()


@dataclass(slots=True)
class _Bench:
    """Warm compilers by root."""

    compilers: dict[str, typst.Compiler] = field(default_factory=dict)

    def do(self, asked: Setting | Shot) -> Set:
        try:
            if isinstance(asked, Shot):
                return Set(pages=_drawn(self.compilers[asked.root], asked.ppi))
            return self._set(self._compiler(asked), asked)
        except typst.TypstError as error:
            return Set(error=error.message or "the compiler gave up", hints=tuple(error.hints))

    def _set(self, compiler: typst.Compiler, asked: Setting) -> Set:
        pdf = compiler.compile(input=asked.layout, format="pdf", pdf_standards=[asked.version, "ua-1"])
        report = compiler.eval(_REPORT)
        assert isinstance(pdf, bytes)  # noqa: S101 - a PDF is always one file
        shots = []
        with contextlib.suppress(typst.TypstError):  # whoever asks for the pages alone is told
            for ppi in asked.shots:
                shots.append((ppi, _drawn(compiler, ppi)))
        return Set(pdf, str(report), tuple(shots))

    def _compiler(self, asked: Setting) -> typst.Compiler:
        if asked.values:
            return _compiler(asked)
        if asked.root not in self.compilers:
            self.compilers = {root: warm for root, warm in self.compilers.items() if os.path.isdir(root)}  # noqa: PTH112
            self.compilers[asked.root] = _compiler(asked)
        return self.compilers[asked.root]


def _compiler(asked: Setting) -> typst.Compiler:
    packages = f"{asked.root}/packages"
    return typst.Compiler(
        root=asked.root,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(asked.fonts)),
        ignore_system_fonts=True,
        sys_inputs={"values": asked.values} if asked.values else {},
        package_path=packages,
        package_cache_path=packages,
    )


def _drawn(compiler: typst.Compiler, ppi: float) -> tuple[bytes, ...]:
    """The pages that were set last, as PNG."""
    made = compiler.compile(format="png", ppi=ppi)
    return (made,) if isinstance(made, bytes) else tuple(made or ())


def main() -> None:
    """Answer until nobody asks any more; the arguments are the seconds of one answer and the megabytes of all."""
    seconds, megabytes = float(sys.argv[1]), float(sys.argv[2])
    asks, answers = _streams()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by whoever asks
    _limit_memory(int(megabytes * 1_000_000))
    bench = _Bench()
    pickle.dump(Set(), answers)  # ready: the time of the first answer begins now
    answers.flush()
    while True:
        try:
            asked = pickle.load(asks)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        _alarm(seconds + ORPHAN)
        answer = bench.do(asked)
        _alarm(0)
        try:
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
        except BrokenPipeError:
            return


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """Where questions come from and answers go to; what anything else prints goes nowhere."""
    asks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123 - a device
        os.dup2(nowhere.fileno(), 0)
        os.dup2(nowhere.fileno(), 1)
    return asks, answers


def _alarm(seconds: float) -> None:
    """End this process at the system's hand, also in the middle of the compiler, where Python hears nothing."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(size: int) -> None:
    """What the process may write to, not what it maps: fonts and the reserves of threads cost nothing (Linux)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
