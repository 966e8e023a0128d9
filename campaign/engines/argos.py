"""Argos Translate models, batched: each package's own tokenizer and CTranslate2, no settings and no downloads.

argostranslate splits sentences with a model that it downloads in silence; whoever calls this splits them first. Only
importer of argostranslate.tokenizer (the one module of it without settings).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from campaign import languages
from campaign.engines import PIVOT, packages, translator
from campaign.engines.packages import Package
from campaign.engines.translator import Decode, Encode, Marks, Translator, pieces
from campaign.model.hypothesis import Hypothesis


def available(source: str, target: str) -> bool:
    """Whether the libraries are installed and a package, or two by way of English, leads from source to target."""
    return translator.installed() and bool(route(source, target))


def route(source: str, target: str) -> tuple[Package, ...]:
    """The packages to apply one after the other; empty when there is no way."""
    start, end = (languages.get(tag).argos for tag in (source, target))
    if not start or not end:
        return ()
    pairs = {(package.source, package.target): package for package in packages.installed()}
    if (start, end) in pairs:
        return (pairs[start, end],)
    if (start, PIVOT) in pairs and (PIVOT, end) in pairs:
        return pairs[start, PIVOT], pairs[PIVOT, end]
    return ()


def load(source: str, target: str) -> Argos:
    """The engine; the pair was checked with `available`."""
    return Argos(route(source, target))


def described(source: str, target: str) -> tuple[str, str, str, int, str, bool]:
    """Engine, model, version, size in bytes, licence, and whether it goes by way of English; nothing is loaded."""
    mine = route(source, target)
    return (
        Argos.name,
        "+".join(package.folder.name for package in mine),
        "+".join(package.version for package in mine),
        sum(package.size for package in mine),
        licences(mine),
        len(mine) > 1,
    )


def licences(route: tuple[Package, ...]) -> str:
    """The licences of the packages, as far as they say."""
    return ", ".join(dict.fromkeys(package.licence for package in route))


class Argos:
    """One or two packages, ready to translate."""

    name = "argos"

    def __init__(self, route: tuple[Package, ...]) -> None:
        self.model = "+".join(package.folder.name for package in route)
        self.version = "+".join(package.version for package in route)
        self.licence = licences(route)
        self._steps = [_translator(package) for package in route]

    def translate(self, texts: Sequence[str], /, *, hypotheses: int = 1) -> list[list[Hypothesis]]:
        """Up to `hypotheses` translations of each sentence; by way of English only the best is carried on."""
        current = list(texts)
        for step in self._steps[:-1]:
            current = [best[0].text if best else "" for best in step.translate(current, 1)]
        return self._steps[-1].translate(current, hypotheses)


def _translator(package: Package) -> Translator:
    first = (package.target_prefix,) if package.target_prefix else ()
    return Translator(package.folder / "model", *_tokenizer(package), Marks(first=first))


def _tokenizer(package: Package) -> tuple[Encode, Decode]:
    """How a package cuts a sentence into tokens, and back; older ones have byte pairs of their own."""
    model = package.folder / "sentencepiece.model"
    if model.is_file():
        return pieces(model)
    from argostranslate.tokenizer import BPETokenizer

    moses: Any = BPETokenizer(package.folder / "bpe.model", package.source, package.target)
    return moses.encode, moses.decode
