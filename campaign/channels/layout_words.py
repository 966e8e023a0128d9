"""The words of a finished PDF are those that were set: none lost or said twice, and none of the layout's own."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from campaign.channels.frames import UNSPACED
from campaign.channels.layout_data import TOLD
from campaign.provenance.remainder import bare, texts_in
from campaign.typeset.elements import Told

#: Parts letters of one word (zero width non-joiner); no reader gives it back.
_JOINER = "\u200c"
_HYPHEN = regex.compile(r"(?<=\p{L})[-\u2010\u2011](?=\p{L})")
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}\p{Sc}\p{So}]+")
#: What a right-to-left line holds that is read the other way, and where it parts from the words beside it.
_LATIN = regex.compile(r"[\p{Latin}0-9]")
_RUN = regex.compile(r"\p{M}*\p{Latin}[\p{Latin}\p{M}]*|\d+|[^\p{Latin}\d]+")
#: A word by its letters and its marks (vowel signs, points), which pdfium takes for neutral ones.
_MARKED = regex.compile(r"\p{M}+|\P{M}+")
#: Scripts whose lines a PDF breaks within words.
_BROKEN = frozenset((*UNSPACED, "Kore"))
#: Scripts whose marks pdfium takes for right-to-left letters: it turns their words round; and Nastaliq, whose slanting
#: lines it reads into each other (both measured in its release 5.15).
TURNED = frozenset({"Guru", "Aran"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a finished PDF says something else than was set: a word that no value has, or a text that is not whole."""

    page: int
    text: str
    foreign: bool


def word_faults(told: Told, values: Mapping[str, object]) -> tuple[Fault, ...]:
    """Where a PDF, and what it tells a screen reader, says otherwise than the values of its layout: `faults`."""
    return faults(told.pages, told.alternatives, values, turned=TURNED)


def faults(
    pages: Sequence[str],
    spoken: Iterable[tuple[int, str]],
    values: Mapping[str, object],
    *,
    turned: Container[str] = (),
    shared: bool = False,
) -> tuple[Fault, ...]:
    """Every word of pages, and of what they tell a screen reader (page, text), that no value of the layout holds; and
    where a page says a text otherwise than whole and in its order: a letter twice, a word lost or moved.

    The numbers of a list and of pages are a layout's own. `turned` are the scripts whose words a reader turns round:
    there the order is not judged. `shared`: lines hold words of other languages beside these.
    """
    shown = tuple(texts_in({name: value for name, value in values.items() if name not in TOLD}))
    texts = {bare(text) for text in shown}
    draft = values.get("draft")
    if isinstance(draft, Mapping):
        # The two words of the watermark lie on their side, one below the other: readers take them for one.
        texts.add(bare(f"{draft['word']}{draft['english']}"))
    script, right_to_left = str(values["script"]), values["dir"] == "rtl"
    if right_to_left and (joined := _joined(shown)):
        known_words = frozenset(word for text in shown for word in _words(text))
        pages = ["\n".join(_put_right(line, joined, known_words) for line in page.splitlines()) for page in pages]
    known = _Words(texts, script, right_to_left=right_to_left, turned=script in turned)
    foreign = [
        Fault(number, word, True)
        for number, page in enumerate(pages, start=1)
        for word in dict.fromkeys(known.strange(_words(page)))
    ]
    foreign += [
        Fault(number, text, True)
        for number, text in dict.fromkeys(spoken)
        if bare(text) not in texts and any(known.strange(_words(text)))
    ]
    if foreign or script in turned:
        return tuple(foreign)
    whole = _Whole(texts, right_to_left=right_to_left, shared=shared)
    return tuple(Fault(number, text, False) for number, text in whole.parts(pages))


def _joined(texts: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Words that a joiner parts, by their letters: a line that is read from its left has their halves turned."""
    words = (word for text in texts if _JOINER in text for word in text.split() if _JOINER in word)
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for word in (word for each in words for word in _words(each)):
        found[letters(word)] |= {word}
    return found


def _put_right(line: str, joined: Mapping[str, frozenset[str]], known: Container[str]) -> str:
    """A line with the halves of such words in their order. A word that was set stays as it is, and so does one whose
    letters two of them have (Persian "they do" and "does not do").
    """

    def right(found: regex.Match[str]) -> str:
        word = str(found[0])
        others = joined.get(letters(word), frozenset())
        return next(iter(others)) if len(others) == 1 and word not in known else word

    return _WORD.sub(right, bare(line))


class _Words:
    """The words of the values that a layout was given."""

    def __init__(self, texts: Iterable[str], script: str, *, right_to_left: bool, turned: bool) -> None:
        # A word with a hyphen of its own (rendez-vous) that is parted there comes back without it.
        self._right_to_left = right_to_left
        self._words = {word for text in texts for word in self._runs(_spelt(text))}
        self._broken = script in _BROKEN
        self._joined = "\n".join("".join(_words(text)) for text in texts) if self._broken else ""
        self._turned = turned
        sort = self._turned or right_to_left
        self._letters = {letters(word) for word in self._words} if sort else set()

    def strange(self, found: tuple[str, ...]) -> Iterator[str]:
        """Words that are in no value, nor the first or the last part of one that stands on two lines."""
        found = self._runs(found)
        for before, word, after in zip(["", *found], found, [*found[1:], ""], strict=False):
            if word in self._words:
                continue
            whole = any(map(self._known, (word, before + word, word + after))) or _numeral(word)
            if not (whole or self._halved(word, found)):
                yield word

    def _halved(self, word: str, found: Sequence[str]) -> bool:
        """Whether the rest of a Latin word stands elsewhere on a right-to-left page: readers move its halves apart."""
        if not (self._right_to_left and _LATIN.search(word)):
            return False
        rests = {known.removeprefix(word) for known in self._words if known.startswith(word)}
        rests |= {known.removesuffix(word) for known in self._words if known.endswith(word)}
        return not rests.isdisjoint(found)

    def _runs(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """In right-to-left lines readers put no space where a number or a Latin word touches the next one."""
        return tuple([run for word in words for run in _parted(word)]) if self._right_to_left else words

    def _known(self, word: str) -> bool:
        if self._one(word):
            return True
        # Where lines lean, readers put no space between two Latin words that end and begin side by side.
        cuts = range(1, len(word)) if self._turned and _LATIN.match(word) else ()
        return any(self._one(word[:cut]) and self._one(word[cut:]) for cut in cuts)

    def _one(self, word: str) -> bool:
        if word in self._words or (self._broken and word in self._joined):
            return True
        if self._right_to_left and _turned(word) in self._words:
            return True  # in a line of more Latin words: `_Whole`
        # In a right-to-left line a reader turns a code such as T36PMN round, letters and figures by themselves.
        turned = self._turned or (self._right_to_left and _LATIN.search(word))
        return bool(turned) and letters(word) in self._letters


class _Whole:
    """The texts that a layout was given, to see whether pages are made of them and of nothing else.

    Of a right-to-left page what readers turn round is left out on both sides: Latin letters and figures. A line in
    which Latin words are in the majority pdfium reads from its left end, and so the vowel signs of a word and what
    stands between them; both ways are right then. So they are of a line that languages of both directions share.
    """

    def __init__(self, texts: Iterable[str], *, right_to_left: bool, shared: bool) -> None:
        self._right_to_left, self._shared = right_to_left, shared
        self._texts: dict[str, list[str]] = defaultdict(list)
        for text in {self._letters(_words(text)) for text in texts}:
            if text:
                self._texts[text[0]].append(text)

    def _letters(self, words: Sequence[str]) -> str:
        text = "".join(words)
        return _without_latin(text) if self._right_to_left else text

    def parts(self, pages: Iterable[str]) -> Iterator[tuple[int, str]]:
        """(page, text) where a page goes on with something that no text begins with; a text may go on over pages."""
        begun: set[str] = set()
        for number, page in enumerate(pages, start=1):
            states, joined = {""}, ""
            for line in page.splitlines():
                joined += self._letters(_words(line))
                after: set[str] = set()
                furthest = 0
                for letters in self._readings(line):
                    reached, states_after = self._read(letters, states, begun)
                    furthest = max(furthest, reached)
                    after |= states_after
                if not after:
                    yield number, self._letters(_words(line))[furthest:] or line
                    return
                states = after
            if begun and not any(rest in joined or rest.startswith(joined[-len(rest) :]) for rest in begun):
                yield number, min(begun)
                return
            begun = set() if "" in states else states
        if "" not in states:
            yield number, min(states)

    def _readings(self, line: str) -> set[str]:
        words = _words(line)
        ways = [words]
        if self._right_to_left and any(_LATIN.search(word) for word in words):
            ways += [words[::-1], tuple(map(_turned, words[::-1]))]
        elif self._shared:
            ways.append(words[::-1])
        return {self._letters(way) for way in ways}

    def _read(self, line: str, states: Iterable[str], begun: Iterable[str]) -> tuple[int, set[str]]:
        """How far a line is made of texts, and what of the last one is to come after it; `states` are what of the last
        one was to come before, `begun` what an earlier page left to come.
        """
        left = {rest[len(line) :] for rest in states if len(rest) > len(line) and rest.startswith(line)}
        reached, furthest = [False] * (len(line) + 1), 0
        for rest in states:
            if line.startswith(rest):
                reached[len(rest)] = True
        for at, character in enumerate(line):
            if not reached[at]:
                continue
            furthest, onward = at, line[at:]
            if character.isdecimal():
                reached[at + 1] = True
            for text in (*self._texts.get(character, ()), *(rest for rest in begun if rest[0] == character)):
                if line.startswith(text, at):
                    reached[at + len(text)] = True
                elif text.startswith(onward):
                    left.add(text[len(line) - at :])
        return furthest, left | ({""} if reached[-1] else set())


@lru_cache(maxsize=65536)
def letters(word: str) -> str:
    """The letters of a word in an order of their own."""
    return "".join(sorted(word))


@lru_cache(maxsize=65536)
def _parted(word: str) -> tuple[str, ...]:
    """A word in pieces: Latin letters, figures, and all others."""
    return tuple(_RUN.findall(word))


@lru_cache(maxsize=16384)  # as `_words`, and the lines of a page
def _without_latin(text: str) -> str:
    return _LATIN.sub("", text)


@lru_cache(maxsize=65536)
def _turned(word: str) -> str:
    """A word whose letters and vowel signs stand in the order of the other direction, each stretch in its own."""
    parts = _MARKED.findall(word)
    return unicodedata.normalize("NFC", "".join(reversed(parts))) if len(parts) > 1 else word


def said(text: str) -> str:
    """What of a text is read, without anything between."""
    return "".join(_words(text))


@lru_cache(maxsize=4096)  # the texts of a message stand in each of its formats, most of the others in every message
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", bare(text))))


@lru_cache(maxsize=4096)
def _spelt(text: str) -> tuple[str, ...]:
    """The words of a text, those with a hyphen of their own without it as well."""
    return _words(text) + _words(_HYPHEN.sub("", text))


def _numeral(word: str) -> bool:
    """Whether a word numbers a line of a list or a page: one or two figures."""
    return len(word) <= 2 and word.isdecimal()
