"""The pack of voice messages: for messengers and radio, for telephone systems by language and name, for RapidPro."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from campaign import languages
from campaign.exports import calls, table
from campaign.exports.calls import Spoken
from campaign.manifest import Entry
from campaign.model.output_path import packed

#: The media type of sounds for telephones, which no other form of a voice message has; the whole message among them.
_TELEPHONE, _WHOLE = "audio/wav", "voice.wav"
_COLUMNS = ("language", "lang_bcp47", "audience", "name", "file", "type", "bytes")


def files(entries: Sequence[Entry], data: Mapping[str, bytes], base: str) -> Mapping[str, bytes]:
    """The files of a pack by their place in it. `base` is the source language's tag.

    Raises:
        CampaignError: RapidPro cannot tell two languages apart, or takes no text as long as this.
    """
    placed = {heard_at(entry): data[entry.path] for entry in entries}
    return {
        **placed,
        **calls.flows(tuple(_spoken(entries, data)), base),
        "voice.csv": table.write(_COLUMNS, _rows(entries)),
    }


def heard_at(entry: Entry) -> str:
    """Where a file lies in the pack: a sound for telephones where their systems look for it."""
    if entry.media_type == _TELEPHONE:
        return calls.prompt(entry.country, entry.locale, entry.audience, entry.path)
    return packed(entry.path)


def _spoken(entries: Sequence[Entry], data: Mapping[str, bytes]) -> Iterator[Spoken]:
    """The messages, with where their sounds lie."""
    by_item: dict[tuple[str, str, str], dict[str, Entry]] = defaultdict(dict)
    for entry in entries:
        by_item[entry.country, entry.locale, entry.audience][PurePosixPath(entry.path).name] = entry
    for (country, locale, audience), own in by_item.items():
        lines = [entry for name, entry in own.items() if entry.media_type == _TELEPHONE and name != _WHOLE]
        prompts = sorted(lines, key=lambda entry: (len(entry.path), entry.path))
        whole, sent = (heard_at(own[name]) if name in own else "" for name in (_WHOLE, "voice.ogg"))
        words = data[own["voice.txt"].path].decode() if "voice.txt" in own else ""
        first = words.split("\n\n")[0].strip()
        yield Spoken(country, locale, audience, tuple(map(heard_at, prompts)), whole, sent, first)


def _rows(entries: Sequence[Entry]) -> Iterator[tuple[str | int, ...]]:
    """A row for each sound: of which message in which language it is, and the name under which it is played."""
    for entry in entries:
        if entry.media_type.startswith(("audio/", "video/")):
            language, place = languages.get(entry.locale), heard_at(entry)
            name = f"{entry.country.lower()}-{entry.audience}-{PurePosixPath(entry.path).stem}"
            yield language.english, language.tag, entry.audience, name, place, entry.media_type, entry.size
