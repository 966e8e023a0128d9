"""Runs: the stretches of a text that a layout sets in a way of their own: numbers, what no line break parts, marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from campaign.channels import phrases

#: A run is its kind and its text; a marked run holds runs of its own. Kinds: "", "number", "pair" (never parted), the
#: same from left to right in a text of the other direction ("latin", "latin-number", "latin-pair"), "mark". Whatever a
#: style.typ of an older workspace does not know is a text that it sets plainly.
Run = tuple[str, "str | tuple[Run, ...]"]

#: A short last word with the word before it, so that it never stands on a line alone; a mark that closes with the word
#: before it, and one that opens with the word behind it, where a plain space stands between. In scripts that run from
#: right to left words of the script alone: a box is no part of a run against the reading direction.
_CLOSING = r"[।॥។៕៖၊။?!:;؟؛%»›\p{Pe}\p{Pf}]"
_OPENING = r"[«‹\p{Ps}\p{Pi}]"
_KEPT = {
    rtl: regex.compile(
        rf"\b{letter}\S{{0,5}} {letter}\S{{0,5}}\p{{P}}$"
        rf"|{letter}[\p{{L}}\p{{M}}]{{0,19}} {_CLOSING}+(?=\s|$)"
        rf"|(?<=^|\s){_OPENING} {letter}[\p{{L}}\p{{M}}]{{0,19}}(?: {_CLOSING}+(?=\s|$))?"
    )
    for rtl, letter in ((False, r"\p{L}"), (True, r"[\p{Arabic}\p{Hebrew}]"))
}
#: Where a mark stands beside a space. Without one only the last two words can be such a run: so many characters.
_BESIDE = regex.compile(rf" {_CLOSING}|{_OPENING} ")
_LAST_LONGEST = 15
#: Two Latin words or more in a right-to-left text, with what stands between them; and what makes a text right-to-left.
_LATIN = regex.compile(r"\p{Latin}[\p{Latin}\p{M}\p{N}]*(?:[ .,:;·'’&@/+–-]+[\p{Latin}\p{N}][\p{Latin}\p{M}\p{N}]*)+")
_RIGHT_TO_LEFT = regex.compile(r"[\p{Arabic}\p{Hebrew}]")
_LEFT_TO_RIGHT = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}]")
#: Names and numbers with a hyphen, which a line break would make two of: PAG-ASA, COVID-19, 2026-11-24. Whole words:
#: of COVID-19-Test a box would be a part, and a line may end beside a box.
_PART = r"(?:[\p{Lu}&&[\p{Latin}\p{Greek}\p{Cyrillic}]]|\p{Nd})+"
_WORD = r"[\p{L}\p{M}\p{N}‐-]"
_NAME = regex.compile(rf"(?<!{_WORD}){_PART}(?:[‐-]{_PART})+(?!{_WORD})", regex.V1)
#: A longer one may be wider than a narrow frame.
_NAME_LONGEST = 16
#: What belongs to a number and stands beside it without a space: an ending (112-es, 112-ന്, 112s), what a hyphen joins
#: to it.
_BEFORE = regex.compile(rf"(?<!{_WORD})[\p{{L}}\p{{M}}]{{1,6}}[‐-]\Z")
_BEFORE_LONGEST = 7
_BEHIND = regex.compile(
    rf"(?:[‐-][\p{{L}}\p{{M}}]{{1,8}}(?!{_WORD})|[‐-]|[\p{{Latin}}\p{{Greek}}\p{{Cyrillic}}]{{1,4}}(?!{_WORD}))?"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the runs of a text depend on: `numbers` are read from left to right and never broken, `marked` is what a
    preview points out; `script` is that of the language, and `rtl` says that it runs from right to left. `places` are
    addresses, which break between their words and keep the direction of their own script.
    """

    numbers: Sequence[str] = ()
    marked: Sequence[str] = ()
    script: str = "Latn"
    rtl: bool = False
    places: Sequence[str] = ()


def special(texts: Iterable[str], setting: Setting) -> Mapping[str, tuple[Run, ...]]:
    """The runs of each text that has others than plain ones."""
    sought = (*setting.numbers, *setting.marked, *setting.places)
    plain = Setting(script=setting.script, rtl=setting.rtl)
    found = {}
    for text in dict.fromkeys(texts):
        parts = _runs(text, _of(text, setting) if any(map(text.__contains__, sought)) else plain)
        if any(kind for kind, _ in parts):
            found[text] = parts
    return found


def runs(text: str, setting: Setting) -> tuple[Run, ...]:
    """The runs of a text, in order."""
    return _runs(text, _of(text, setting))


def _of(text: str, setting: Setting) -> Setting:
    """What of a setting a text can depend on."""
    numbers, marked, places = (
        tuple([each for each in some if each in text]) for some in (setting.numbers, setting.marked, setting.places)
    )
    return Setting(numbers, marked, setting.script, setting.rtl, places)


@lru_cache(maxsize=16384)  # the texts of a message stand in each of its formats, most of them in each country
def _runs(text: str, setting: Setting) -> tuple[Run, ...]:
    if setting.rtl and not _RIGHT_TO_LEFT.search(text) and _LEFT_TO_RIGHT.search(text):
        # Not translated yet: it has a direction of its own, down to its full stop.
        return tuple(_latin(_closed(tuple(_marked(text, setting)))))
    return tuple(_marked(text, setting))


def _latin(found: Iterable[Run]) -> Iterator[Run]:
    """Runs that are read from left to right."""
    for kind, body in found:
        if isinstance(body, str):
            yield f"latin-{kind}" if kind else "latin", body
        else:
            yield kind, tuple(_latin(body))


def _closed(found: tuple[Run, ...]) -> tuple[Run, ...]:
    """A number at the end as part of the words before it: a box there is out of reach of the direction (measured)."""
    if len(found) < 2 or found[-1][0] != "number" or found[-2][0]:
        return found
    return (*found[:-2], ("", f"{found[-2][1]}{found[-1][1]}"))


def _marked(text: str, setting: Setting) -> Iterator[Run]:
    done = 0
    for is_mark, part in _split(text, setting.marked):
        done += len(part)
        inner = _directed(part, setting, last=done == len(text))
        if is_mark:
            yield "mark", tuple(inner)
        else:
            yield from inner


def _directed(text: str, setting: Setting, *, last: bool) -> Iterator[Run]:
    """The runs of a part of a text; `last`: it ends with it."""
    places = [place for place in setting.places if setting.rtl and not _RIGHT_TO_LEFT.search(place)]
    done = 0
    for is_place, part in _split(text, places):
        done += len(part)
        if is_place:
            yield "latin", part
        else:
            yield from _other(part, setting, last=last and done == len(text))


def _other(text: str, setting: Setting, *, last: bool) -> Iterator[Run]:
    """The runs of what is no address."""
    done = 0
    for found in _LATIN.finditer(text) if setting.rtl and _RIGHT_TO_LEFT.search(text) else ():
        yield from _numbered(text[done : found.start()], setting, last=False)
        yield from _latin(_numbered(found[0], setting, last=False))
        done = found.end()
    yield from _numbered(text[done:], setting, last=last)


def _numbered(text: str, setting: Setting, *, last: bool) -> Iterator[Run]:
    done = 0
    numbers = (*setting.numbers, *names(text))
    joined = () if setting.rtl else _joined(text, numbers)
    for is_number, part in _split(text, (*numbers, *joined)):
        done += len(part)
        if is_number:
            yield "number" if part in numbers else "pair", part
        elif phrases.has(setting.script) and not part.isascii():
            for piece in regex.split(r"(\s+)", part):
                whole = phrases.phrases(piece, setting.script) if piece.strip() else (piece,)
                yield from (
                    ("pair" if not each.isspace() and 1 < len(each) <= phrases.LONGEST else "", each)
                    for each in whole
                    if each
                )
        else:
            yield from _paired(part, setting.rtl, last=last and done == len(text))


def names(text: str) -> tuple[str, ...]:
    """The names and numbers of a text whose hyphen ends no line."""
    found = _NAME.findall(text) if "-" in text or "‐" in text else ()
    return tuple(name for name in found if len(name) <= _NAME_LONGEST)


def _joined(text: str, numbers: Sequence[str]) -> Iterator[str]:
    """The numbers of a text with what is joined to them: a line may end on both sides of a box."""
    at = done = 0
    for is_number, part in _split(text, numbers):
        start, at = at, at + len(part)
        if is_number and start >= done:
            before = _BEFORE.search(text, max(done, start - _BEFORE_LONGEST), start)
            behind = _BEHIND.match(text, at)
            done = behind.end() if behind else at
            yield text[before.start() if before else start : done]


def _paired(text: str, rtl: bool, *, last: bool) -> Iterator[Run]:
    done = 0
    start = 0 if _BESIDE.search(text) else max(0, len(text) - _LAST_LONGEST)
    for found in _KEPT[rtl].finditer(text, start):
        if found.end() == len(text) and not last and found[0][-1].isalnum():
            continue
        if found.start() > done:
            yield "", text[done : found.start()]
        yield "pair", found[0]
        done = found.end()
    if done < len(text):
        yield "", text[done:]


def _split(text: str, wanted: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """A text in pieces, each with whether it is wanted: the leftmost first, of several there the longest."""
    wanted = [each for each in wanted if each in text]
    start = 0
    while found := [(at, -len(each), each) for each in wanted if (at := text.find(each, start)) >= 0]:
        at, _, each = min(found)
        if at > start:
            yield False, text[start:at]
        yield True, each
        start = at + len(each)
    if start < len(text):
        yield False, text[start:]
