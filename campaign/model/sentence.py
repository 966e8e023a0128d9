"""A sentence of the program as data: its English words for gettext, and the values that stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

_NAMES = re.compile(r"%\((\w+)\)s")

# What cannot be printed: controls and surrogates (Unicode categories Cc, Cs), and what would turn the direction of the
# sentence's own words.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`msgid` are the words, in which `%(name)s` stands for a value; `params` are the values by name.

    The words stand in a call of `say`, where Babel finds them; nothing else makes a sentence but what reads one again.
    """

    msgid: str
    params: tuple[tuple[str, str | Sentence], ...] = ()

    def __str__(self) -> str:
        return self.told(str, str)

    def told(self, words: Callable[[str], str], value: Callable[[str], str]) -> str:
        """The sentence with its own words and those of the sentences in it passed through `words`, values through
        `value`.
        """
        params = dict(self.params)

        def filled(match: re.Match[str]) -> str:
            known = params.get(match[1], match[0])
            return known.told(words, value) if isinstance(known, Sentence) else value(known)

        return _NAMES.sub(filled, words(self.msgid))

    def given(self, **values: object) -> Sentence:
        """The sentence with these values beside those that it has."""
        return replace(self, params=self.params + tuple((name, _value(value)) for name, value in values.items()))

    def as_data(self) -> dict[str, object]:
        """The sentence for a cache on the disk, as JSON has it."""
        params = {name: value.as_data() if isinstance(value, Sentence) else value for name, value in self.params}
        return {"msgid": self.msgid, "params": params}


def say(msgid: str, /, **values: object) -> Sentence:
    """A sentence with its values; Babel takes its words from the call, so they stand there as they are.

    A value is shown as `str` has it, control characters spelt out; a sentence among the values keeps its own words.
    """
    return Sentence(msgid).given(**values)


def together(first: Sentence, *others: Sentence) -> Sentence:
    """Sentences as one, with a semicolon between them."""
    if not others:
        return first
    return say("%(first)s; %(rest)s", first=first, rest=together(*others))


def quoted(text: str) -> Sentence:
    """What another program or a file says, in its own words."""
    return say("%(text)s", text=text)


def read(data: Mapping[str, object]) -> Sentence:
    """A sentence from what `as_data` gave.

    Raises:
        KeyError, TypeError: it is no sentence.
    """
    msgid, params = data["msgid"], data["params"]
    if not isinstance(msgid, str) or not isinstance(params, Mapping):
        raise TypeError("no sentence")
    return Sentence(msgid, tuple((str(name), _read(value)) for name, value in params.items()))


def _read(value: object) -> str | Sentence:
    if isinstance(value, Mapping):
        return read(value)
    if not isinstance(value, str):
        raise TypeError("no value of a sentence")
    return value


def printable(text: str) -> str:
    """The text with control characters and lone surrogates spelt out: a finding must survive any terminal and JSON."""
    return _HIDDEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def _value(value: object) -> str | Sentence:
    return value if isinstance(value, Sentence) else printable(str(value))


def shortened(text: str, length: int = 60) -> str:
    """The text on one line, cut with an ellipsis to at most `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
