"""A tiny Argos package with random weights, always the same bytes: a transformer of one layer, 32 wide."""

from __future__ import annotations

import io
import json
import string
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

WIDTH, HEADS, LAYERS, PIECES = 32, 4, 1, 200
WORDS = (
    "call",
    "help",
    "free",
    "right",
    "doctor",
    "passport",
    "work",
    "house",
    "number",
    "today",
    "safe",
    "you",
    "the",
)


def write_folder(folder: Path, tokens: Sequence[str] = (), *, ended: bool = False) -> Path:
    """Write a model with these tokens of languages in its vocabulary, as the converters of CTranslate2 do."""
    folder.mkdir(parents=True)
    processor = _tokenizer(folder / "sentencepiece.model")
    spec = _model(processor, tokens)
    spec.config.add_source_eos = ended
    spec.save(str(folder))
    return folder


def write(path: Path, source: str, target: str, version: str = "1.0") -> Path:
    """Write the package of a pair of Argos codes."""
    with tempfile.TemporaryDirectory() as folder:
        processor = _tokenizer(Path(folder) / "sentencepiece.model")
        _model(processor).save(_made(Path(folder) / "model"))
        metadata = {
            "package_version": version,
            "argos_version": "1.9.0",
            "from_code": source,
            "from_name": source,
            "to_code": target,
            "to_name": target,
            "links": [],
            "target_prefix": "",
        }
        (Path(folder) / "metadata.json").write_text(json.dumps(metadata))
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).rglob("*")):
                if file.is_file():
                    archive.write(file, f"{path.stem}/{file.relative_to(folder).as_posix()}")
    return path


def _made(folder: Path) -> str:
    folder.mkdir()
    return str(folder)


def _tokenizer(path: Path) -> object:
    import random

    import sentencepiece

    lottery, stream = random.Random(3), io.BytesIO()
    lines = [" ".join(lottery.choices(WORDS, k=8)) for _ in range(2000)]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=stream,
        vocab_size=PIECES,
        hard_vocab_limit=False,
        character_coverage=1.0,
        required_chars=string.ascii_letters + string.digits + string.punctuation,
        normalization_rule_name="identity",
        num_threads=1,
        minloglevel=2,
    )
    path.write_bytes(stream.getvalue())
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def _model(processor: object, tokens: Sequence[str] = ()) -> object:
    import numpy
    from ctranslate2 import specs

    numbers = numpy.random.default_rng(0)
    vocabulary = [*(processor.id_to_piece(n) for n in range(processor.get_piece_size())), *tokens]

    def matrix(rows: int, columns: int) -> numpy.ndarray:
        return numbers.normal(0, (2 / (rows + columns)) ** 0.5, (rows, columns)).astype(numpy.float32)

    def linear(spec: object, rows: int, columns: int) -> None:
        spec.weight, spec.bias = matrix(rows, columns), numpy.zeros(rows, numpy.float32)

    def norm(spec: object) -> None:
        spec.gamma, spec.beta = numpy.ones(WIDTH, numpy.float32), numpy.zeros(WIDTH, numpy.float32)

    def feed(spec: object) -> None:
        norm(spec.layer_norm)
        linear(spec.linear_0, 4 * WIDTH, WIDTH)
        linear(spec.linear_1, WIDTH, 4 * WIDTH)

    spec = specs.TransformerSpec.from_config(
        LAYERS, HEADS, pre_norm=True, activation=specs.Activation.RELU, alignment_layer=-1, alignment_heads=HEADS
    )
    words, angles = matrix(len(vocabulary), WIDTH), numpy.arange(256)[:, None] / 10000 ** (numpy.arange(WIDTH) / WIDTH)
    places = numpy.sin(angles).astype(numpy.float32)
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = spec.decoder.projection.weight = words
    spec.decoder.projection.bias = numpy.zeros(len(vocabulary), numpy.float32)
    spec.encoder.position_encodings.encodings = spec.decoder.position_encodings.encodings = places
    norm(spec.encoder.layer_norm)
    norm(spec.decoder.layer_norm)
    for layer in (*spec.encoder.layer, *spec.decoder.layer):
        norm(layer.self_attention.layer_norm)
        linear(layer.self_attention.linear[0], 3 * WIDTH, WIDTH)
        linear(layer.self_attention.linear[1], WIDTH, WIDTH)
        feed(layer.ffn)
    for layer in spec.decoder.layer:
        norm(layer.attention.layer_norm)
        linear(layer.attention.linear[0], WIDTH, WIDTH)
        linear(layer.attention.linear[1], 2 * WIDTH, WIDTH)
        linear(layer.attention.linear[2], WIDTH, WIDTH)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = "<unk>", "<s>", "</s>"
    spec.config.decoder_start_token = spec.config.bos_token
    spec.validate()
    spec.optimize(quantization="int8")
    return spec
