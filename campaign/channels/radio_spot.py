"""What a radio station reads out: the words line by line, each number with the words of its digits, said twice."""

from __future__ import annotations

from collections.abc import Iterator

from campaign import languages
from campaign.bidi import directed
from campaign.checks.rules import finding
from campaign.model.finding import Finding
from campaign.model.message import Message
from campaign.model.sentence import say
from campaign.voice import length
from campaign.voice.script import DIGITS, Number, Script, read, told
from campaign.words import SPOT

#: What a radio spot takes, in seconds, and how much more a presenter makes up for.
SECONDS, _SPARE = 30, 5


def written(message: Message) -> str:
    """The text of a spot: its lines whole, below a number the words of its digits; a number or address alone twice."""
    lines = list[str]()
    for line in message.texts[SPOT].split("\n"):
        spoken = read(line, message)
        spelled = [_spelled(number, spoken) for number in dict.fromkeys(spoken.numbers)]
        alone = told(line, message.helplines[0].contact)
        lines += [line.strip(), *spelled] * (2 if alone else 1 if spoken.words else max(len(spoken.numbers), 1))
    text = "\n".join(lines)
    return directed(text, message.lettered, rtl=languages.get(message.locale).rtl, isolate=True)


def _spelled(number: Number, spoken: Script) -> str:
    words = dict(zip(DIGITS, spoken.digit_words, strict=True))
    return " · ".join(" ".join(words[sign] for sign in group) for group in number.groups)


def too_long(spoken: Script, where: str) -> Iterator[Finding]:
    """That it takes longer than a spot has, read calmly."""
    takes = length.seconds(spoken)
    if takes > SECONDS + _SPARE:
        said = say("takes about %(seconds)s s to read out: a radio spot has %(most)s s")
        yield finding("length", spoken.locale, where, said.given(seconds=round(takes), most=SECONDS))
