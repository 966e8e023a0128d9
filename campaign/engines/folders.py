"""Models of one's own: a folder with a CTranslate2 model and its SentencePiece models, copied in and kept by name.

What belongs to a model is copied file by file into the folder of models. A folder of strangers is read within bounds,
and tried in a process of its own before it counts.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import stat
import tempfile
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from campaign.engines import layouts, packages, trial
from campaign.errors import CampaignError, Problem
from campaign.project import locked

MODEL, CONFIG, RECORD = "model.bin", "config.json", "model.json"
_SHARED, _SOURCE, _TARGET = "shared_vocabulary", "source_vocabulary", "target_vocabulary"
_ENDINGS = (".json", ".txt")
#: Names under which SentencePiece models lie: OPUS-MT's two, Argos and MADLAD-400, NLLB, T5.
_PIECES = ("sentencepiece.model", "sentencepiece.bpe.model", "spiece.model", "flores200_sacrebleu_tokenizer_spm.model")
SOURCE_PIECES, TARGET_PIECES = "source.spm", "target.spm"

#: Bytes: the largest models that run on a desk have 12 GB; vocabularies and tokenizers of 250,000 pieces have 10 MB.
_MOST = {MODEL: 20_000_000_000, CONFIG: 1_000_000}
_MOST_OTHER = 60_000_000
_MOST_FILES = 1000
_MOST_RECORD = 200_000
_LONGEST_LICENCE = 60
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True)
class Model:
    """A model as its record has it. `source` and `target` are tags, empty where its tokens name its languages.

    `tokens` are those of its vocabulary, `token` is the one of `target` where it was named by hand; `ended` says that
    the library ends each sentence by itself. `size` is in bytes; `version` is the beginning of the hash of its files.
    """

    name: str
    layout: str
    licence: str
    version: str
    size: int
    source: str = ""
    target: str = ""
    token: str = ""
    tokens: tuple[str, ...] = ()
    ended: bool = False

    def pair(self, source: str, target: str) -> tuple[str, str] | None:
        """The tokens of two languages, empty where it needs none; None where it does not translate this pair."""
        if (self.source and self.source != source) or (self.target and self.target != target) or source == target:
            return None
        if self.layout == layouts.PAIR:
            return "", ""
        start = layouts.token(self.layout, self.tokens, source)
        end = self.token or layouts.token(self.layout, self.tokens, target)
        return (start, end) if end and (start or not layouts.LAYOUTS[self.layout].reads) else None

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return home() / self.name


def home() -> Path:
    """The folder of models of one's own, beside the Argos packages."""
    return packages.home() / "own"


def installed() -> tuple[Model, ...]:
    """Every model that was added, by name; a folder that holds none never breaks the others."""
    if not home().is_dir():
        return ()
    found = (read(path) for path in sorted(home().iterdir()) if not path.name.startswith("."))
    return tuple(model for model in found if model)


def read(folder: Path) -> Model | None:
    """The model in a folder of ours, or None when it is none."""
    try:
        with (folder / RECORD).open("rb") as file:
            told = json.loads(file.read(_MOST_RECORD))
        model = Model(**{**told, "tokens": tuple(told["tokens"]), "name": folder.name})
        texts = (model.layout, model.licence, model.version, model.source, model.target, model.token, *model.tokens)
        right = all(isinstance(text, str) for text in texts) and isinstance(model.size, int)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    known = model.layout == layouts.PAIR or model.layout in layouts.LAYOUTS
    return model if right and known and (folder / MODEL).is_file() else None


def pieces(folder: Path) -> tuple[Path, Path]:
    """The SentencePiece models of the source and of the translation."""
    source, target = folder / SOURCE_PIECES, folder / TARGET_PIECES
    return source, target if target.is_file() else source


def add(folder: Path, licence: str, *, source: str = "", target: str = "", token: str = "", name: str = "") -> Model:
    """Copy a model in. `source` and `target` are tags of languages, `token` names the target in the vocabulary.

    Raises:
        CampaignError: every fault of the folder and of what was said of it; then nothing is added.
    """
    where = folder.name or str(folder)
    name = name or re.sub(r"[^A-Za-z0-9._-]+", "-", folder.resolve().name).strip("-.")
    try:
        files, faults = _files(folder)
    except OSError as error:
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=where, todo="check it") from error
    faults += _said(name, licence)
    if faults:
        raise CampaignError(Problem(where, what, todo) for what, todo in faults)
    vocabulary = _vocabulary(next(p for n, p in files.items() if n.startswith((_SHARED, _SOURCE))), where)
    layout, tokens = layouts.found(vocabulary)
    model = Model(name, layout, " ".join(licence.split()), "", 0, source, target, token, tokens, _ended(files[CONFIG]))
    if missing := _languages(model, vocabulary):
        raise CampaignError.single(missing[0], where=where, todo=missing[1])
    return _copied(model, files, where)


def _files(folder: Path) -> tuple[dict[str, Path], list[tuple[str, str]]]:
    """The files of a model by the names that they get, and why there is none."""
    inner = folder if (folder / MODEL).exists() else folder / "model"
    places = [place for place in dict.fromkeys((folder, inner)) if place.is_dir()]
    here = {path.name: path for place in places for path in islice(place.iterdir(), _MOST_FILES)}
    convert = "convert it with a tool of CTranslate2 (ct2-transformers-converter, ct2-opus-mt-converter)"
    faults: list[tuple[str, str]] = []
    files = {known: here[known] for known in (MODEL, CONFIG) if known in here}
    faults += [(f"holds no {known}", convert) for known in (MODEL, CONFIG) if known not in here]
    shared, *each = (
        next((kind + end for end in _ENDINGS if kind + end in here), "") for kind in (_SHARED, _SOURCE, _TARGET)
    )
    chosen = [shared] if shared else each
    files |= {file: here[file] for file in chosen if file}
    if not all(chosen):
        faults.append((f"holds no {_SHARED}.json, and not both of {_SOURCE}.json and {_TARGET}.json", convert))
    cutters = [here[file] for file in _PIECES if file in here]
    if SOURCE_PIECES in here and TARGET_PIECES in here:
        files |= {file: here[file] for file in (SOURCE_PIECES, TARGET_PIECES)}
    elif len(cutters) == 1:
        files[SOURCE_PIECES] = cutters[0]
    else:
        todo = f"put {SOURCE_PIECES} and {TARGET_PIECES} beside it, or one of {', '.join(_PIECES)}"
        faults.append((f"holds {len(cutters)} SentencePiece models", todo))
    faults += [fault for file, path in files.items() for fault in _unfit(file, path)]
    return files, faults


def _unfit(file: str, path: Path) -> list[tuple[str, str]]:
    """Why a file is not read: it is a link or a device, or has more bytes than any such file."""
    told, most = path.lstat(), _MOST.get(file, _MOST_OTHER)
    if not stat.S_ISREG(told.st_mode):
        return [(f"{path.name} is no file but a link, a folder or a device", "put the file itself in its place")]
    if not 0 < told.st_size <= most:
        return [(f"{path.name} has {told.st_size} bytes; it has 1 to {most}", "convert the model again")]
    return []


def _said(name: str, licence: str) -> list[tuple[str, str]]:
    faults = []
    if not _NAME.fullmatch(name):
        faults.append((f"{name!r} is no name for a model", "give it one with --name: letters, digits, dots, hyphens"))
    elif (home() / name).exists():
        faults.append((f"a model {name} is there already", f"run: campaign models remove {name}, or give a --name"))
    if not licence.strip() or len(licence) > _LONGEST_LICENCE or not licence.isprintable():
        faults.append((f"{licence[:80]!r} is no licence", "name it in at most 60 characters, like CC-BY-4.0"))
    return faults


def _vocabulary(path: Path, where: str) -> frozenset[str]:
    """The pieces of a vocabulary: a list in JSON, or one a line."""
    try:
        text = path.read_text(encoding="utf-8")
        words = json.loads(text) if path.suffix == ".json" else text.split("\n")
        if not isinstance(words, list):
            raise ValueError("is no list")
        return frozenset(word for word in words if isinstance(word, str))
    except (ValueError, RecursionError) as error:
        what = f"{path.name} cannot be read: {error}"
        raise CampaignError.single(what, where=where, todo="convert the model again") from error


def _ended(path: Path) -> bool:
    """Whether the library puts the end of a sentence behind each source by itself."""
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("add_source_eos") is True


def _languages(model: Model, vocabulary: frozenset[str]) -> tuple[str, str] | None:
    """What is not known of a model's languages, and what to do."""
    if model.token and (model.token not in vocabulary or not model.target or model.layout == layouts.PAIR):
        todo = "give a token that it has, and its language with --to"
        return f"its vocabulary names no language {model.token!r}", todo
    if model.layout == layouts.PAIR:
        if not model.source or not model.target:
            return "does not say which languages it translates", "say it: --from en --to lg"
        return None
    known, layout = layouts.by_language(model.layout, model.tokens), layouts.LAYOUTS[model.layout]
    if not layout.reads and model.layout == "opus" and not model.source:
        return "does not say which language it reads", "say it: --from en"
    for tag, token in ((model.source if layout.reads else "", ""), (model.target, model.token)):
        if tag and not token and not layouts.token(model.layout, model.tokens, tag):
            some = ", ".join(sorted(model.tokens)[:20])
            return f"has no token for {tag}", f"name one of its own with --token; it has {len(model.tokens)}: {some}"
    return None if known or model.token else ("names no language of the registry", "describe one in campaign.toml")


def _copied(model: Model, files: dict[str, Path], where: str) -> Model:
    try:
        home().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home(), prefix=".add-") as temporary:
            place = Path(temporary) / model.name
            place.mkdir()
            total, hashes = 0, []
            for file, path in sorted(files.items()):
                shutil.copyfile(path, place / file, follow_symlinks=False)
                total += (place / file).stat().st_size
                with (place / file).open("rb") as stream:
                    hashes.append(f"{file} {hashlib.file_digest(stream, 'sha256').hexdigest()}")
            version = hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:12]
            whole = replace(model, version=version, size=total)
            (place / RECORD).write_text(json.dumps(asdict(whole), ensure_ascii=False, indent=1), encoding="utf-8")
            trial.run("own", place, where, tokens=_some_pair(model))
            with locked(home() / "models", str(home())):
                place.rename(home() / model.name)
    except OSError as error:
        raise CampaignError.single(
            f"cannot be copied ({error.strerror or error}); nothing was added",
            where=where,
            todo="check free space and permissions, or choose another folder with CAMPAIGN_MODELS",
        ) from error
    return whole


def _some_pair(model: Model) -> tuple[str, str]:
    """The tokens of the pair that a model is for, or of the first one that it knows."""
    known = layouts.by_language(model.layout, model.tokens) if model.tokens else {}
    source = model.source or ("en" if "en" in known else next(iter(known), "en"))
    target = model.target or next((tag for tag in known if tag != source), "")
    return model.pair(source, target) or ("", "")


def remove(name: str) -> bool:
    """Take a model away by its name; whether it was there."""
    model = next((known for known in installed() if known.name == name), None)
    if model:
        packages.bury(model.folder)
    return model is not None
