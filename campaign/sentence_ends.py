"""Where a sentence ends and what parts its clauses, in every script: the one table that all rooms read.

Which signs end a sentence is Unicode's property Sentence_Terminal (UAX #44); with it goes the ellipsis. Thai and Lao
write no such sign, Greek asks with a semicolon, Armenian puts its question and exclamation marks inside the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import regex

#: Each sign of a script as the Latin mark that does the same work.
LATIN: Mapping[str, str] = MappingProxyType(
    dict.fromkeys("।॥۔。．｡﹒။၊։።።៕។᠃꓿", ".")
    | dict.fromkeys("؟？﹖፧՞", "?")
    | dict.fromkeys("！﹗՜", "!")
    | dict.fromkeys("：﹕፦፡៖", ":")
    | dict.fromkeys("；﹔؛፤", ";")
    | dict.fromkeys("，،、､፣՝", ",")
    | {"（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}", "…": "…"}
)

#: Languages that write no full stop.
UNPOINTED = frozenset({"th", "lo"})

#: Pieces of regular expressions of `regex`: one sign that ends a sentence; quotation marks and brackets that may close
#: after it; one sign that parts clauses.
END = r"[\p{Sentence_Terminal}…]"
CLOSER = r"[\"'’”“»«›‹)\]\p{Pe}\p{Pf}]"
CLAUSE = r"[\p{Sentence_Terminal}….,;:" + "".join(sign for sign, mark in LATIN.items() if mark in ",;:") + "]"

#: The place behind a sentence where the script puts no space: danda, Burmese, Khmer, Ethiopic and ideographic stops.
TIGHT = (
    rf"(?<=[\u0964\u0965\u104b\u1362\u1367\u1368\u17d4\u17d5\u3002\uff01\uff0e\uff1f\uff61]{CLOSER}{{0,3}})"
    rf"(?!{END}|{CLOSER}|\s|$)"
)

#: What may follow an address without belonging to it.
TAIL = "".join(dict.fromkeys(".,;:!?…·*)\"'»”’］」』】〉》" + "".join(LATIN)))

#: A break after a sentence: the spaces behind its end and what closes there; where a script writes no space, the place
#: behind them. A Latin mark without a space after it is no end: it stands in a number, an address, an abbreviation.
BREAK = regex.compile(rf"(?<={END}{CLOSER}{{0,3}})\s+|{TIGHT}")
_LINE = regex.compile(rf"{BREAK.pattern}|\s*\n\s*")
_PART = regex.compile(rf"{_LINE.pattern}|(?<=[:;])\s+")
_FINISHED = regex.compile(rf"{END}{CLOSER}*$")


def plain(text: str, locale: str = "") -> str:
    """The text with the marks of every script as the Latin ones that do the same work, character for character."""
    return (text.translate(_GREEK) if _is_greek(locale) else text).translate(_PLAIN)


def asked(text: str, locale: str) -> str:
    """The text with a question mark at its end, where its language asks with a word and ends the question
    with its full stop.
    """
    pattern = _ASKED.get(locale.partition("-")[0])
    return pattern.sub(r"\1?", text) if pattern else text


def split(text: str) -> tuple[str, ...]:
    """The sentences of a text and the lines of it, without the spaces between them."""
    return tuple(part for part in map(str.strip, _LINE.split(text)) if part)


def parts(text: str) -> tuple[str, ...]:
    """The sentences of a text, cut once more behind colons and semicolons: what may have stayed in another language."""
    return tuple(part for part in map(str.strip, _PART.split(text)) if part)


def count(text: str, locale: str = "") -> int:
    """How many sentences a text ends with a mark."""
    asked = text.translate(_GREEK) if _is_greek(locale) else text
    return sum(_FINISHED.search(part) is not None for part in split(asked))


def _is_greek(locale: str) -> bool:
    """Whether a language asks with a semicolon and parts clauses with a raised point."""
    return locale.partition("-")[0] == "el"


_PLAIN = str.maketrans(dict(LATIN))
_GREEK = str.maketrans({";": "?", "\u037e": "?", "·": ";", "\u0387": ";"})
#: The end of a question before the sign that ends it, in languages that write their full stop there.
_ASKED: Mapping[str, regex.Pattern[str]] = {
    "my": regex.compile(r"((?:လား|လဲ|နည်း|တုန်း|တုံး)\s*)။(?=\P{L}*$)"),
    "ja": regex.compile(r"(か)。(?=\P{L}*$)"),
    # Thai and Lao end a question with its word alone. Those that also mean "nothing" or "nobody" are left out.
    "th": regex.compile(r"(ไหม|มั้ย|หรือไม่|หรือเปล่า|หรือยัง|อย่างไร|ยังไง|เมื่อไร|เมื่อไหร่|เท่าไร|เท่าไหร่|ทำไม)\s*$"),
    "lo": regex.compile(r"(ບໍ່?|ແນວໃດ|ເມື່ອໃດ|ເທົ່າໃດ|ເປັນຫຍັງ)\s*$"),
    "km": regex.compile(r"((?:ទេ|ឬ|អី|ណា|ប៉ុន្មាន|ម៉េច)\s*)។(?=\P{L}*$)"),
    "hy": regex.compile(r"(՞[^։]*)։(?=\P{L}*$)"),
    "ti": regex.compile(r"((?:ዲ\p{L}+|ድዩ|ድያ|ወይ|ኣሎዶ)\s*)።(?=\P{L}*$)"),
    "am": regex.compile(r"((?:ወይ|እንዴ|ነው ወይ)\s*)።(?=\P{L}*$)"),
}
