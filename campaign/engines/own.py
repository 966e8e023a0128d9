"""Models of the organisation's own, by CTranslate2: OPUS-MT, MADLAD-400, NLLB, M2M-100, any for one pair."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from campaign.engines import folders, layouts, translator
from campaign.engines.folders import Model
from campaign.engines.translator import Marks, Translator
from campaign.model.hypothesis import Hypothesis

NAME = "ctranslate2"


def available(source: str, target: str) -> bool:
    """Whether the libraries are installed and a model was added that translates this pair."""
    return translator.installed() and route(source, target) is not None


def route(source: str, target: str) -> Model | None:
    """The model for a pair: one for just this pair before one for many."""
    able = [model for model in folders.installed() if model.pair(source, target)]
    return min(able, key=lambda model: (not model.target, not model.source, model.name), default=None)


def load(source: str, target: str) -> Own:
    """The engine; the pair was checked with `available`."""
    model = route(source, target)
    assert model is not None  # noqa: S101 - `available` said so
    return Own(model, model.folder, *(model.pair(source, target) or ("", "")))


def described(source: str, target: str) -> tuple[str, str, str, int, str, bool]:
    """Engine, model, version, size in bytes, licence, and whether it goes by way of English; nothing is loaded."""
    model = route(source, target)
    assert model is not None  # noqa: S101 - `available` said so
    return NAME, model.name, model.version, model.size, model.licence, False


def on_trial(folder: Path, source_token: str, target_token: str) -> Own:
    """The model in a folder that was not added yet."""
    model = folders.read(folder)
    assert model is not None  # noqa: S101 - it was copied a moment ago
    return Own(model, folder, source_token, target_token)


class Own:
    """One loaded model and the tokens of its pair."""

    name = NAME

    def __init__(self, model: Model, folder: Path, source_token: str, target_token: str) -> None:
        self.model, self.version, self.licence = model.name, model.version, model.licence
        source, target = folders.pieces(folder)
        encode, _ = translator.pieces(source)
        _, decode = translator.pieces(target)
        layout = layouts.LAYOUTS.get(model.layout)
        if layout:
            marks = layout.marks(source_token, target_token, ended=model.ended)
        else:  # two tokenizers are Marian's, which was taught where a sentence ends
            marks = Marks(behind=() if model.ended or source == target else (layouts.END,))
        self._translator = Translator(folder, encode, decode, marks)

    def translate(self, texts: Sequence[str], /, *, hypotheses: int = 1) -> list[list[Hypothesis]]:
        """Up to `hypotheses` translations of each sentence, best first."""
        return self._translator.translate(texts, hypotheses)
