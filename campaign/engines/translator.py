"""A CTranslate2 model with its tokenizer, in batches: what Argos packages and models of one's own have in common.

Sentence by sentence, argostranslate does 4 sentences a second; batches of 32 on the same model do twenty times that
(measured). Only importer of ctranslate2 and sentencepiece.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from campaign.model.hypothesis import Hypothesis

BATCH = 32
BEAM = 4

#: Tokens of the longest sentence: small models know no more places, and the library cuts a longer one in silence.
LONGEST = 250

#: Lengths of sentences, in tokens, that are translated together.
ROOMS = (16, 32, 64, 128, LONGEST)

Encode = Callable[[str], list[str]]
Decode = Callable[[list[str]], str]


def installed() -> bool:
    """Whether the libraries are there (extra `draft`)."""
    return importlib.util.find_spec("ctranslate2") is not None


def pieces(model: Path) -> tuple[Encode, Decode]:
    """How a SentencePiece model cuts a sentence into tokens, and back."""
    import sentencepiece

    processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(model))
    # The processor's own decode: the one of argostranslate turns an underscore into a space (measured).
    return (lambda text: list(processor.encode(text, out_type=str))), (lambda tokens: str(processor.decode(tokens)))


@dataclass(frozen=True, slots=True)
class Marks:
    """Tokens that stand around a sentence: in front of it, behind it, and those with which its translation begins."""

    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


class Translator:
    """One loaded model."""

    def __init__(self, model: Path, encode: Encode, decode: Decode, marks: Marks) -> None:
        import ctranslate2

        self._encode, self._decode, self._marks = encode, decode, marks
        self._model: Any = ctranslate2.Translator(
            str(model), device="cpu", compute_type="auto", inter_threads=os.cpu_count() or 1, intra_threads=1
        )

    def translate(self, texts: Sequence[str], hypotheses: int) -> list[list[Hypothesis]]:
        """Sentences of about one length together: what a sentence becomes must not hang on its neighbours.

        A sentence that is too long for a model has no translation.
        """
        tokens = [[*self._marks.before, *self._encode(text), *self._marks.behind] for text in texts]
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
            target_prefix=[list(self._marks.first)] * len(tokens) if self._marks.first else None,
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
                Hypothesis(self._decode([piece for piece in text if piece not in self._marks.first]), score)
                for text, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]
