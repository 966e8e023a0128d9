"""Clarity: which items of the CDC Clear Communication Index a message meets, of those that a program can count.

Source: Centers for Disease Control and Prevention, The CDC Clear Communication Index (2014, user guide 2019), whose
numbers stand here. Its other items (3, 10, 11, 13, 15, 16, 18 to 20) ask for a person's judgement; 17 asks for sums.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from campaign import sentence_ends
from campaign.checks import wordlist
from campaign.folded import foldings
from campaign.model.blocks import ALT, HEADINGS, READABLE, SECTIONS, TITLE, Mark
from campaign.model.message import Message

#: A main statement has at most so many words; the shipped headlines follow the same limit.
STATEMENT = 12
_STEPS = tuple(spec.name for spec in SECTIONS if spec.mark is Mark.NUMERAL)


@dataclass(frozen=True, slots=True)
class Clarity:
    """`met` and `unmet` are the numbers of the items that a message meets and does not; others were not counted."""

    met: tuple[int, ...]
    unmet: tuple[int, ...]

    @property
    def score(self) -> float:
        """The part of the counted items that is met, 0 to 100; the index calls 90 and more easy to understand."""
        counted = len(self.met) + len(self.unmet)
        return 100 * len(self.met) / counted if counted else 0.0


def clarity(message: Message, source_language: str) -> Clarity:
    """The counted items of a message; what needs the words of a language is left out where nobody listed them."""
    answers = {number: count(message, source_language) for number, (_, count) in ITEMS.items()}
    return Clarity(*(tuple(number for number, answer in answers.items() if answer is kind) for kind in (True, False)))


def _one_statement(message: Message, source_language: str) -> bool:
    lines = message.blocks.get(TITLE, ())
    return len(lines) == 1 and (message.locale != source_language or len(lines[0].split()) <= STATEMENT)


def _on_top(message: Message, source_language: str) -> bool:
    return bool(message.blocks.get(TITLE)) and bool(message.blocks.get("lead"))


def _picture(message: Message, source_language: str) -> bool:
    return bool(message.line(ALT).strip())


def _steps(message: Message) -> tuple[str, ...]:
    """What a page tells its readers to do, step by step."""
    return tuple(line for block in _STEPS for line in message.blocks.get(block, ()))


def _called_to_act(message: Message, source_language: str) -> bool | None:
    """An order in the source; in a translation a step that does not only advise."""
    words, kind = wordlist.words("imperative", message.locale), "softened"
    if message.locale == source_language:
        kind = "order"
    if words is None:
        return None
    parts = [part for line in _steps(message) for part in sentence_ends.split(line)]
    return any(words.has(kind, foldings(part)) is (kind == "order") for part in parts)


def _active(message: Message, source_language: str) -> bool | None:
    return _without("passive", message, (*message.blocks.get(TITLE, ()), *_steps(message)))


def _everyday(message: Message, source_language: str) -> bool | None:
    lines = [line for block in READABLE for line in message.blocks.get(block, ())]
    idioms, jargon = _without("idiom", message, lines), _without("jargon", message, lines)
    return None if idioms is None or jargon is None else idioms and jargon


def _without(kind: str, message: Message, lines: tuple[str, ...] | list[str]) -> bool | None:
    words = wordlist.words("plain", message.locale)
    return None if words is None else not words.has(kind, foldings(*lines))


def _lists(message: Message, source_language: str) -> bool:
    return any(len(message.blocks.get(spec.name, ())) > 1 for spec in SECTIONS)


def _headings(message: Message, source_language: str) -> bool:
    return all(
        message.blocks.get(heading) for heading in HEADINGS if message.blocks.get(heading.removesuffix("_title"))
    )


def _recommends(message: Message, source_language: str) -> bool:
    return bool(_steps(message))


def _how(message: Message, source_language: str) -> bool:
    """A step that says whom to call, or when."""
    numbers = {helpline.contact.display for helpline in message.helplines} | {message.emergency.display}
    return any(number in line for line in _steps(message) for number in numbers)


#: Number of the index: what it asks, and how it is counted (None: not in this language).
ITEMS: Mapping[int, tuple[str, Callable[[Message, str], bool | None]]] = MappingProxyType(
    {
        1: ("one main message statement", _one_statement),
        2: ("the main message is at the top", _on_top),
        4: ("a visual that supports it, described", _picture),
        5: ("a call to action", _called_to_act),
        6: ("active voice in main message and call to action", _active),
        7: ("words that the readers use", _everyday),
        8: ("bulleted or numbered lists", _lists),
        9: ("chunks with headings", _headings),
        12: ("a behavioural recommendation", _recommends),
        14: ("specific directions how to follow it", _how),
    }
)
