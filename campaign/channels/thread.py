"""A text that is longer than one post: cut into a thread, numbered, nothing that belongs together taken apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

import regex
from unicode_segmentation_rs import graphemes

from campaign import sentence_ends
from campaign.channels.whole import spans
from campaign.counting.platforms import Platform
from campaign.errors import CampaignError, Problem
from campaign.model.sentence import Sentence, say

#: The places to cut at, from the best to the least good: after a paragraph, a line, a sentence, a clause, a word. Where
#: a script puts no space between words, a clause ends at its comma.
_BREAKS = (
    regex.compile(r"\n\s*\n\s*"),
    regex.compile(r"\n\s*"),
    sentence_ends.BREAK,
    regex.compile(r"(?<=[:;؛፤፦；：])\s+|(?<=[，、；：])(?!\s)"),
    regex.compile(r"\s+"),
)
#: A line of Chinese or Japanese begins with none of these (JIS X 4051).
_NEVER_FIRST = regex.compile(
    rf"{sentence_ends.END}|{sentence_ends.CLOSER}|[，、；：・ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々]"
)


class TooLongError(CampaignError):
    """A text that no thread of a platform takes: `said` is why, as a finding says it."""

    def __init__(self, said: Sentence, todo: str) -> None:
        self.said = said
        super().__init__(Problem("", str(said), todo))

    def __reduce__(self) -> tuple[type[TooLongError], tuple[Sentence, str]]:
        return type(self), (self.said, self.problems[0].todo)


def thread(text: str, platform: Platform, /) -> tuple[str, ...]:
    """The posts of a text: one when it fits, else several that each end with a line `1/3`.

    Raises:
        TooLongError: a number, address or hashtag alone is longer than a post, or the platform has no threads.
    """
    cost = platform.cost(text, post=True)
    if cost.fits:
        return (text,)
    if not platform.threads:
        over = cost.over or cost.bytes_over
        said = say(
            "counts %(length)s on %(platform)s, the limit is %(limit)s: %(over)s too many",
            length=cost.length,
            platform=platform.name,
            limit=cost.limit,
            over=over,
        )
        raise TooLongError(said, "shorten the text")
    digits = 1
    while True:
        room = "\n" + "9" * digits + "/" + "9" * digits
        cut = pieces(text, lambda piece: platform.cost(piece.strip() + room, post=True).fits)  # noqa: B023 - used at once
        if len(cut) < 10**digits:
            return tuple(f"{piece.strip()}\n{number}/{len(cut)}" for number, piece in enumerate(cut, 1))
        digits += 1


def pieces(text: str, fits: Callable[[str], bool], /) -> tuple[str, ...]:
    """Cut a text into pieces that fit; joined again they are the text, to the last space.

    A cut goes between paragraphs, lines, sentences, clauses or words, in this order of liking, as long as the piece is
    at least half as long as it could be; inside a word only where nothing else fits, and then between graphemes
    (UAX #29). Never inside a number, an address or a hashtag.

    Raises:
        TooLongError: such a run alone does not fit.
    """
    kept = spans(text)
    between = _between(text, kept)
    found, start = [], 0
    while start < len(text):
        if fits(text[start:]):
            found.append(text[start:])
            break
        end = _best(text, start, between, fits) or _inside(text, start, kept, fits)
        if not end:
            first = next((span for span in kept if span[0] >= start), (start, start + 1))
            run = repr(text[first[0] : first[1]][:60])
            raise TooLongError(say("%(said)s alone is longer than one post", said=run), "shorten it")
        found.append(text[start:end])
        start = end
    return tuple(found) or ("",)


def _between(text: str, kept: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """(place, rank) of every break between words, best rank first when a place has several; in order."""
    ranks: dict[int, int] = {}
    whole = set(_ends(text, 0))  # a mark may combine with a space
    for rank, pattern in enumerate(_BREAKS):
        for match in pattern.finditer(text):
            if match.end() < len(text) and match.end() in whole and not _within(match.end(), kept):
                ranks.setdefault(match.end(), rank)
    return sorted(ranks.items())


def _within(place: int, kept: tuple[tuple[int, int], ...]) -> bool:
    at = bisect_right(kept, (place, -1)) - 1
    return any(start < place < end for start, end in kept[max(at, 0) : at + 2])


def _best(text: str, start: int, between: list[tuple[int, int]], fits: Callable[[str], bool]) -> int:
    """The best break whose piece fits; 0 when none does."""
    fitting = []
    for place, rank in between[bisect_right(between, (start, len(_BREAKS))) :]:
        if not fits(text[start:place]):
            break
        fitting.append((place, rank))
    if not fitting:
        return 0
    half = start + (fitting[-1][0] - start) // 2
    return min((item for item in fitting if item[0] >= half), key=lambda item: (item[1], -item[0]))[0]


def _inside(text: str, start: int, kept: tuple[tuple[int, int], ...], fits: Callable[[str], bool]) -> int:
    """The last break between graphemes whose piece fits, rather not before a mark that begins no line; 0 when none."""
    best = better = 0
    for place in _ends(text, start):
        if _within(place, kept):
            continue
        if not fits(text[start:place]):
            break
        best = place
        if not _NEVER_FIRST.match(text, place):
            better = place
    return better or best


def _ends(text: str, start: int) -> Iterator[int]:
    return (start + length for length in accumulate(map(len, graphemes(text[start:], True))))
