"""The clips of a workspace on the disk: who reads, with whose consent, and which take of each stretch of words counts.

recordings/<language>/<voice>/ holds voice.json (who, consent, dictation), takes.jsonl (a line for each take that was
kept; the last of a clip counts) and a FLAC file for each take, named by the hash of its samples. None of it belongs
into version control: a voice identifies a person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from campaign import limits
from campaign.errors import CampaignError
from campaign.model.digest import digest
from campaign.project import Project, locked, write_atomic

if TYPE_CHECKING:
    from campaign.voice.script import Script

FOLDER = "recordings"
#: What a person can agree that their voice is used for, each with the words that say it.
USES: Mapping[str, str] = {
    "messengers": "voice messages in messengers; whoever has one can pass it on, and nobody can take it back",
    "web": "the web page, for everybody who has the address",
    "radio": "radio stations, as often as they like within the time that was agreed",
    "telephone": "prompts of a telephone line",
    "video": "short films for status and reels; platforms keep them and show them to whom they like",
}
#: The same in a word or two, as a page offers it.
_SHORT = ("messengers", "web page", "radio", "telephone prompts", "films")
SHORT: Mapping[str, str] = dict(zip(USES, _SHORT, strict=True))
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_HASH = re.compile(r"[0-9a-f]{64}")
_TODO = "restore it from a copy, or record again"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Take:
    """One recording that was kept: `key` names the words, `sound` its samples (SHA-256), `seconds` how long it is.

    `by` is who kept it, `tool` what processed it, `findings` what was wrong with it all the same. Only what a person
    read becomes a take: a synthetic voice has no such type (voice/drafted.py).
    """

    key: str
    words: str
    sound: str
    seconds: float
    by: str
    tool: str
    digit: str = ""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to: on which day, until when, for what, for which campaign; withdrawn on a day or not."""

    given: str
    until: str
    uses: tuple[str, ...]
    scope: str
    withdrawn: str = ""

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return not self.withdrawn and self.given <= on.isoformat() <= self.until


@dataclass(frozen=True, slots=True)
class Dictation:
    """What a second person wrote down of the digits that they heard; `digits` is the hash of the clips then."""

    by: str
    on: str
    digits: str


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of a language. `name` is a pseudonym, which the ledger holds; `reader` is the person, who stays here.

    `takes` are the last of each clip.
    """

    locale: str
    name: str
    reader: str = ""
    consent: Consent | None = None
    dictation: Dictation | None = None
    takes: Mapping[str, Take] = field(default_factory=dict)

    def missing(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of the clips that it has not read; all of them once consent was withdrawn."""
        gone = self.consent is not None and bool(self.consent.withdrawn)
        return tuple(key for key in dict.fromkeys(keys) if gone or key not in self.takes)

    def digits(self, script: Script) -> str:
        """The hash of its digit clips, empty while one is missing."""
        keys = [each.key for each in script.digits]
        return "" if self.missing(keys) else digest(*(self.takes[key].sound for key in keys))[:32]


@dataclass(frozen=True, slots=True)
class Reading:
    """A script in a voice that read all of it. There is no other way to a sound that can be released."""

    script: Script
    voice: Voice

    @property
    def value(self) -> str:
        """What a signature covers of it, as one word: voice, clips, digits, what it may be used for, what made it."""
        takes = [self.voice.takes[key] for key in self.script.keys]
        said = [repr(part) for part in self.script.parts]
        uses = "+".join(self.voice.consent.uses) if self.voice.consent else ""
        tools = "+".join(sorted({take.tool for take in takes}))
        clips = digest(*said, *(take.sound for take in takes))[:16]
        return ",".join((self.voice.name, clips, self.voice.digits(self.script), uses, tools))


class Recordings:
    """The recordings of a workspace. A language is read again when its files changed."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[str, tuple[tuple[object, ...], tuple[Voice, ...]]] = {}

    def voices(self, locale: str) -> tuple[Voice, ...]:
        """The voices of a language, by name.

        Raises:
            CampaignError: a file of them cannot be read, or leads out of the workspace.
        """
        stamp = tuple(
            (str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in index(self._project, locale)
        )
        if locale not in self._known or self._known[locale][0] != stamp:
            self._known[locale] = stamp, tuple(_voices(self._project, locale))
        return self._known[locale][1]

    def voice(self, locale: str, name: str) -> Voice:
        """A voice of a language; one that nobody made yet has nothing.

        Raises:
            CampaignError: it is no name, or a file cannot be read.
        """
        named(name)
        return next((voice for voice in self.voices(locale) if voice.name == name), Voice(locale, name))

    def reading(self, script: Script) -> Reading | None:
        """The script in the voice that read all of it; of several the first by name. None while nobody did."""
        return next((Reading(script, v) for v in self.voices(script.locale) if not v.missing(script.keys)), None)


def named(name: str) -> str:
    """The name of a voice, once it is sure that it is one.

    Raises:
        CampaignError: it is none.
    """
    if not _NAME.fullmatch(name):
        raise CampaignError.single(
            f"{name!r} is no name of a voice", where="--voice", todo="take a pseudonym of small letters and digits: v1"
        )
    return name


def home(project: Project, locale: str, name: str = "") -> Path:
    """The folder of a language's voices, or of one of them."""
    return project.inside(project.root / FOLDER / locale / name)


def index(project: Project, locale: str = "*") -> list[Path]:
    """The files that say what is there; the sounds themselves are known by their hashes."""
    folder = project.inside(project.root / FOLDER)
    return sorted(
        path for name in ("voice.json", "takes.jsonl") for path in project.files(folder, f"{locale}/*/{name}")
    )


def keep(project: Project, voice: Voice, take: Take, flac: bytes) -> None:
    """Keep a take: the sound first, then the line that makes it count. Of two people who save at once nothing is lost.

    Raises:
        CampaignError: a file cannot be written, or another program holds it.
    """
    folder = home(project, voice.locale, named(voice.name))
    path = project.inside(folder / "takes.jsonl")
    _hide(project)
    with locked(path, project.name(path)):
        write_atomic(project.inside(folder / f"{take.sound}.flac"), flac)
        line = json.dumps(asdict(take), ensure_ascii=False) + "\n"
        before = path.read_bytes() if path.is_file() else b""
        write_atomic(path, before + line.encode())


def was_kept(project: Project, voice: Voice, take: Take) -> bool:
    """Whether these very samples were kept for this voice before, whatever counts now."""
    return project.inside(home(project, voice.locale, named(voice.name)) / f"{take.sound}.flac").is_file()


def change(project: Project, locale: str, name: str, act: Callable[[Voice], Voice]) -> Voice:
    """Change what is said of a voice (not its takes), and give it as it is then.

    Raises:
        CampaignError: its file cannot be read or written.
    """
    path = project.inside(home(project, locale, named(name)) / "voice.json")
    _hide(project)
    with locked(path, project.name(path)):
        voice = act(Recordings(project).voice(locale, name))
        said = {
            "reader": voice.reader,
            "consent": asdict(voice.consent) if voice.consent else None,
            "dictation": asdict(voice.dictation) if voice.dictation else None,
        }
        write_atomic(path, (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())
    return voice


def _hide(project: Project) -> None:
    """Keep git away from the recordings: what was pushed once nobody takes back."""
    path = project.inside(project.root / FOLDER / ".gitignore")
    if not path.exists():
        write_atomic(path, b"*\n")


def flac(project: Project, voice: Voice, take: Take) -> bytes:
    """The file of a take.

    Raises:
        CampaignError: it is not here: recordings are not in version control.
    """
    path = home(project, voice.locale, voice.name) / f"{take.sound}.flac"
    try:
        limits.sized(path, project.name(path), "text_mb")
        return project.inside(path).read_bytes()
    except OSError as error:
        raise CampaignError.single("is not here", where=project.name(path), todo=_TODO) from error


def _voices(project: Project, locale: str) -> Iterator[Voice]:
    for path in sorted({file.parent for file in index(project, locale)}):
        if _NAME.fullmatch(path.name):
            yield _voice(project, locale, path)


def _voice(project: Project, locale: str, folder: Path) -> Voice:
    voice = Voice(locale, folder.name)
    about, takes = project.inside(folder / "voice.json"), project.inside(folder / "takes.jsonl")
    if about.is_file():
        said = _read(project, about, lambda text: _about(json.loads(text)))
        voice = replace(voice, reader=said.reader, consent=said.consent, dictation=said.dictation)
    if takes.is_file():
        found = _read(project, takes, lambda text: [_take(json.loads(line)) for line in text.splitlines()])
        voice = replace(voice, takes={take.key: take for take in found})
    return voice


def _read(project: Project, path: Path, parse: Callable[[str], Value]) -> Value:
    name = project.name(path)
    try:
        limits.sized(path, name, "text_mb")
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CampaignError.single("is damaged", where=name, todo=_TODO) from error


def _about(said: Mapping[str, object]) -> Voice:
    """The records of voice.json; what another version of the program wrote beside them is passed over."""
    consent, dictation = said.get("consent"), said.get("dictation")
    agreed = heard = None
    if isinstance(consent, Mapping):
        given, until, scope, withdrawn = (
            str(consent.get(name, "")) for name in ("given", "until", "scope", "withdrawn")
        )
        agreed = Consent(given, until, tuple(use for use in USES if use in consent["uses"]), scope, withdrawn)
    if isinstance(dictation, Mapping):
        heard = Dictation(*(str(dictation[name]) for name in ("by", "on", "digits")))
    return Voice("", "", str(said.get("reader", "")), agreed, heard)


def _take(said: Mapping[str, object]) -> Take:
    known = {each.name: said[each.name] for each in fields(Take) if each.name in said}
    sound, seconds, findings = str(known["sound"]), known["seconds"], known.get("findings", ())
    if not _HASH.fullmatch(sound) or not isinstance(seconds, int | float) or not isinstance(findings, list | tuple):
        raise ValueError("no take")
    texts = {name: str(known.get(name, "")) for name in ("key", "words", "by", "tool", "digit")}
    return Take(**texts, sound=sound, seconds=float(seconds), findings=tuple(map(str, findings)))
