"""The cue sheet of a voice message: which clip stands where, to the sample. What captions and the proof go by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

RATE = 48_000
TEXT, DIGIT = "text", "digit"


@dataclass(frozen=True, slots=True)
class Cue:
    """A clip in a message: `what` are its words or its digit, `start` and `end` are samples at 48 kHz.

    `number` counts the numbers of the message, `contact` names whose it is, `block` counts the blocks; `sound` is the
    take that stands there.
    """

    kind: str
    what: str
    start: int
    end: int
    block: int
    sound: str
    number: int = 0
    contact: str = ""


@dataclass(frozen=True, slots=True)
class CueSheet:
    """The cues of a message in order; `length` is that of the whole in samples, `voice` the pseudonym of who reads."""

    voice: str
    locale: str
    length: int
    cues: tuple[Cue, ...]

    def spoken(self) -> tuple[tuple[str, str], ...]:
        """Each number as it is said, digit by digit, with its contact."""
        found: dict[int, list[Cue]] = {}
        for cue in self.cues:
            if cue.kind == DIGIT:
                found.setdefault(cue.number, []).append(cue)
        return tuple((cues[0].contact, "".join(cue.what for cue in cues)) for cues in found.values())

    def block(self, number: int) -> CueSheet:
        """The cues of one block, counted from where its first begins."""
        own = [cue for cue in self.cues if cue.block == number]
        first = own[0].start
        moved = (Cue(**{**asdict(cue), "start": cue.start - first, "end": cue.end - first}) for cue in own)
        return CueSheet(self.voice, self.locale, own[-1].end - first, tuple(moved))


def dump(sheet: CueSheet) -> bytes:
    """The sheet as JSON, a line for each cue."""
    head = {"voice": sheet.voice, "locale": sheet.locale, "rate": RATE, "length": sheet.length}
    rows = ",\n  ".join(json.dumps(asdict(cue), ensure_ascii=False) for cue in sheet.cues)
    opened = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{opened},\n "cues": [\n  {rows}\n ]\n}}\n'.encode()


def load(data: bytes) -> CueSheet:
    """The sheet that `dump` wrote.

    Raises:
        ValueError: it is none.
    """
    try:
        said: Mapping[str, object] = json.loads(data)
        cues = said["cues"]
        if not isinstance(cues, list) or not isinstance(said["length"], int):
            raise ValueError("no cue sheet")
        return CueSheet(str(said["voice"]), str(said["locale"]), said["length"], tuple(map(_cue, cues)))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no cue sheet") from error


def _cue(said: Mapping[str, object]) -> Cue:
    cue = Cue(**{each.name: said[each.name] for each in fields(Cue)})  # type: ignore[arg-type]
    counts = (cue.start, cue.end, cue.block, cue.number)
    if not all(isinstance(value, int) and value >= 0 for value in counts) or cue.end < cue.start:
        raise ValueError("no cue")
    return cue


def vtt(sheet: CueSheet, written: Mapping[str, str]) -> str:
    """The captions (WebVTT): each stretch when it is heard, each number whole, as it is printed.

    `written` maps the id of a contact to its number as people read it.
    """
    lines = ["WEBVTT", ""]
    for start, end, text in captions(sheet.cues, written):
        safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        lines += [f"{_stamp(start)} --> {_stamp(end)}", safe, ""]
    return "\n".join(lines)


def captions(cues: Sequence[Cue], written: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """First and last sample of each caption, and its words."""
    for cue in cues:
        if cue.kind == TEXT:
            yield cue.start, cue.end, cue.what
        elif cue is _first(cues, cue.number):
            last = [each for each in cues if each.kind == DIGIT and each.number == cue.number][-1]
            yield cue.start, last.end, written.get(cue.contact, "")


def _first(cues: Iterable[Cue], number: int) -> Cue:
    return next(cue for cue in cues if cue.kind == DIGIT and cue.number == number)


def _stamp(samples: int) -> str:
    ms = samples * 1000 // RATE
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
