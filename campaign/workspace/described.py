"""Which words describe which picture: those for people who cannot see belong to the one that they were written for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from campaign.catalogue import extract
from campaign.config.tables import Table, parse
from campaign.errors import CampaignError, Problem
from campaign.model.campaign import Campaign
from campaign.model.digest import digest
from campaign.project import Project, write_atomic

_HEAD = """\
# Which picture each text for people who cannot see it was written for. Written by campaign extract, never by hand:
# a picture that changes without its words is an error of campaign check.
[words]
"""
_PLACE = re.compile(r"\[([^/\]]+)/([^\]]+)\]")

#: By the hash of words: the hashes of the pictures that they describe.
Ties = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Described:
    """A picture that readers see, by its file, and the source of the words for who cannot see it."""

    file: str
    picture: str
    words: str

    @property
    def key(self) -> str:
        """What the words are known by."""
        return digest(self.words)[:12]


def place(project: Project) -> Path:
    """Where it is noted: beside campaign.pot, for `extract` writes both."""
    return project.inside(project.pot.parent / "described.toml")


def shown(project: Project, campaign: Campaign) -> Iterator[Described]:
    """The logo and the picture of each audience, with their words; what has no file or no words has nothing to tie."""
    words = _words(project)
    places = [("labels", "logo_alt", project.inside(project.assets / "logos" / campaign.brand.logo))] + [
        (audience.id, "alt", project.inside(project.illustrations / audience.illustration))
        for audience in campaign.audiences.values()
    ]
    for stem, block, file in places:
        if (text := words.get((stem, block))) and file.is_file():
            yield Described(project.name(file), _hash(file), text)


def _words(project: Project) -> Mapping[tuple[str, str], str]:
    """The sentences of each block and label that describes a picture, by template and name."""
    found: dict[tuple[str, str], str] = {}
    for message in extract.extract(project):
        for note in message.notes:
            found_in = _PLACE.match(note)
            if found_in and found_in[2] in ("alt", "logo_alt"):
                held = found.get((found_in[1], found_in[2]))
                found[found_in[1], found_in[2]] = f"{held}\n{message.source}" if held else message.source
    return found


def _hash(path: Path) -> str:
    return digest(path.read_bytes().hex())[:12]


def ties(project: Project) -> Ties:
    """What was written for what; nothing where no `extract` has noted it yet.

    Raises:
        CampaignError: the file is none of ours.
    """
    path = place(project)
    if not path.exists():
        return {}
    problems: list[Problem] = []
    document = Table(parse(path, project.name(path)), "", project.name(path), problems)
    inner = document.table("words")
    found = {key: inner.texts(key, ()) for key in inner.keys()}  # noqa: SIM118 - a Table is no mapping
    inner.close()
    document.close()
    if problems:
        raise CampaignError(problems)
    return found


def note(project: Project, campaign: Campaign, fits: tuple[str, ...] = ()) -> None:
    """Tie words that are new to the pictures that they stand beside; `fits` are files whose words are right for them
    as they are now.

    Raises:
        CampaignError: a file of `fits` is no picture that readers see.
    """
    seen = tuple(shown(project, campaign))
    files = {each.file for each in seen}
    if strange := [file for file in fits if file not in files]:
        todo = f"one of: {', '.join(sorted(files))}"
        raise CampaignError(Problem("--fits", f"{file} is no picture with words", todo) for file in strange)
    known = dict(ties(project))
    for each in seen:
        if each.key not in known or each.file in fits:
            beside = (other.picture for other in seen if other.key == each.key)
            known[each.key] = tuple(dict.fromkeys(beside))
    lines = [_line(key, known[key]) for key in sorted(known)]
    text = _HEAD + "".join(f"{line}\n" for line in lines)
    path = place(project)
    if known and not (path.exists() and path.read_bytes() == text.encode()):
        write_atomic(path, text.encode())


def _line(key: str, pictures: tuple[str, ...]) -> str:
    return f"{key} = [" + ", ".join(f'"{picture}"' for picture in pictures) + "]"


def strangers(project: Project, campaign: Campaign) -> Iterator[Described]:
    """The pictures whose words were written for another one.

    Raises:
        CampaignError: the file of ties is none of ours.
    """
    known = ties(project)
    for each in shown(project, campaign) if known else ():
        if each.picture not in known.get(each.key, (each.picture,)):
            yield each
