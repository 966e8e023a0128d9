"""Pictures: each is described, and nobody can be recognised without having agreed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

import regex

from campaign.checks.rules import finding
from campaign.model.finding import Finding
from campaign.model.message import Message
from campaign.model.sentence import say
from campaign.model.unit import blank

#: A photograph comes in one of these; a drawing of ours is an SVG without a picture in it.
PHOTOGRAPHS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".heic", ".avif", ".gif", ".bmp"})
_EMBEDDED = regex.compile(rb"<(?:\w+:)?image[\s/>]|<(?:\w+:)?feImage[\s/>]", regex.IGNORECASE)


def undescribed_picture(message: Message) -> Iterator[Finding]:
    """Yield a finding for a message without an image description."""
    if blank(message.line("alt")):
        said = say("the picture has no description: fill the block alt")
        yield finding("image", message.locale, message.audience, said)


def strange_words(pictures: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Yield a finding for each picture, by file and words, whose words were written for another one."""
    for file, words in pictures:
        said = say(
            'the words for it describe another picture: "%(words)s". Write words for this one, or say that they fit: '
            "campaign extract --fits %(file)s",
            words=words,
            file=file,
        )
        yield finding("image", "", file, said)


def unconsented_pictures(pictures: Iterable[tuple[str, bytes]], consents: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each photograph, by name and bytes, for which assets/consents.toml has no record.

    No program can say whether a person in it can be recognised, so each one needs a record; it may say that nobody can.
    """
    for name, data in pictures:
        photograph = PurePosixPath(name).suffix.lower() in PHOTOGRAPHS or _EMBEDDED.search(data)
        if photograph and name not in consents:
            said = say(
                "is a photograph without a consent record: add it to assets/consents.toml, also when it shows nobody"
            )
            yield finding("image", "", name, said)
