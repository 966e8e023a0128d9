"""Argos Translate models, batched: each package's own tokenizer and CTranslate2, no settings and no downloads.

Sentence by sentence, argostranslate does 4 sentences a second; batches of 32 on the same model do twenty times that
(measured). It also splits sentences with a model that it downloads in silence; whoever calls this splits them first.
Only importer of ctranslate2, sentencepiece and argostranslate.tokenizer (the one module of it without settings).
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Sequence
from typing import Any

from campaign import languages
from campaign.engines import packages
from campaign.engines.packages import Package
from campaign.model.hypothesis import Hypothesis

PIVOT = "en"
BATCH = 32
BEAM = 4

#: Tokens of the longest sentence: small models know no more places, and the library cuts a longer one in silence.
LONGEST = 250

#: Lengths of sentences, in tokens, that are translated together.
ROOMS = (16, 32, 64, 128, LONGEST)


def available(source: str, target: str) -> bool:
    """Whether the libraries are installed and a package, or two by way of English, leads from source to target."""
    return importlib.util.find_spec("ctranslate2") is not None and bool(route(source, target))


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
        ", ".join(dict.fromkeys(package.licence for package in mine)),
        len(mine) > 1,
    )


class Argos:
    """One or two packages, ready to translate."""

    name = "argos"

    def __init__(self, route: tuple[Package, ...]) -> None:
        self.model = "+".join(package.folder.name for package in route)
        self.version = "+".join(package.version for package in route)
        self._steps = [_Step(package) for package in route]

    def translate(self, texts: Sequence[str], /, *, hypotheses: int = 1) -> list[list[Hypothesis]]:
        """Up to `hypotheses` translations of each sentence; by way of English only the best is carried on."""
        current = list(texts)
        for step in self._steps[:-1]:
            current = [best[0].text if best else "" for best in step.translate(current, 1)]
        return self._steps[-1].translate(current, hypotheses)


class _Step:
    """One loaded package."""

    def __init__(self, package: Package) -> None:
        import ctranslate2

        self._prefix = package.target_prefix
        self._encode, self._decode = _tokenizer(package)
        self._model: Any = ctranslate2.Translator(
            str(package.folder / "model"),
            device="cpu",
            compute_type="auto",
            inter_threads=os.cpu_count() or 1,
            intra_threads=1,
        )

    def translate(self, texts: Sequence[str], hypotheses: int) -> list[list[Hypothesis]]:
        """Sentences of about one length together: what a sentence becomes must not hang on its neighbours.

        A sentence that is too long for a model has no translation.
        """
        tokens = [self._encode(text) for text in texts]
        rooms = [next((room for room in ROOMS if len(one) <= room), 0) for one in tokens]
        found: list[list[Hypothesis]] = [[] for _ in texts]
        for room in sorted(set(rooms) - {0}):
            places = [place for place, own in enumerate(rooms) if own == room]
            for place, offers in zip(places, self._batch([tokens[p] for p in places], room, hypotheses), strict=True):
                found[place] = offers
        return found

    def _batch(self, tokens: list[list[str]], room: int, hypotheses: int) -> list[list[Hypothesis]]:
        results = self._model.translate_batch(
            tokens,
            target_prefix=[[self._prefix]] * len(tokens) if self._prefix else None,
            beam_size=max(BEAM, hypotheses),
            num_hypotheses=hypotheses,
            # Divided by the length once: the score is the mean log-probability per token.
            length_penalty=1,
            return_scores=True,
            replace_unknowns=True,
            max_batch_size=BATCH,
            # A model that repeats itself would go on for minutes.
            max_decoding_length=min(3 * room, LONGEST),
        )
        return [
            [
                Hypothesis(self._text(pieces), score)
                for pieces, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    def _text(self, pieces: list[str]) -> str:
        return self._decode([piece for piece in pieces if piece != self._prefix])


def _tokenizer(package: Package) -> tuple[Callable[[str], list[str]], Callable[[list[str]], str]]:
    """How a package cuts a sentence into tokens, and back."""
    model = package.folder / "sentencepiece.model"
    if model.is_file():
        import sentencepiece

        pieces: Any = sentencepiece.SentencePieceProcessor(model_file=str(model))
        # The processor's own decode: the one of argostranslate turns an underscore into a space (measured).
        return (lambda text: pieces.encode(text, out_type=str)), (lambda tokens: str(pieces.decode(tokens)))
    from argostranslate.tokenizer import BPETokenizer

    moses: Any = BPETokenizer(package.folder / "bpe.model", package.source, package.target)
    return moses.encode, moses.decode
