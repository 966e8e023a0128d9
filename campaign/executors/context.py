"""What a worker works on: one value, handed to its process before the first job, and the tools it warms for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast


@dataclass(frozen=True, slots=True)
class WorkerContext:
    """The same for every job: a plain value that can be sent anywhere. Each kind of work has a context of its own."""

    def arrive(self) -> WorkerContext:
        """The context as this process can use it; called once in each process, before its first job."""
        return self


Context = TypeVar("Context", bound=WorkerContext)
Tools = TypeVar("Tools")


@dataclass(slots=True)
class _Holder:
    context: WorkerContext = field(default_factory=WorkerContext)
    #: What each thread warmed: a compiler is never shared between threads.
    warm: threading.local = field(default_factory=threading.local)


_process = _Holder()


def hold(context: WorkerContext) -> None:
    """Say what this process works on from now on."""
    _process.context = context.arrive()


def held(kind: type[Context]) -> Context:
    """What this process works on.

    Raises:
        TypeError: it was told to do another kind of work, which is an error of the program.
    """
    if not isinstance(_process.context, kind):
        raise TypeError(f"this process works on {type(_process.context).__name__}, not on {kind.__name__}")
    return _process.context


def tools(kind: type[Context], warm: Callable[[Context], Tools]) -> Tools:
    """This thread's tools for what the process works on; made by `warm` at the first job of a thread."""
    context = held(kind)
    if getattr(_process.warm, "context", None) is not context:
        _process.warm.tools, _process.warm.context = warm(context), context
    return cast(Tools, _process.warm.tools)
