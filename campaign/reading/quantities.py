"""Quantities: the numbers of a text by value, however the language groups them and tells the time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from campaign.reading import cues

#: What a language writes between hours and minutes ("18 h 30", "18 Uhr 30", "18 год. 30 хв.").
_HOUR = r"h|heures?|Uhr|uur|ore|horas|ч|час(?:а|ов)?|год(?:ин[аиі])?|ώρα|saat|点|點|時|时|시|টা|টায়|बजकर|बजे"
#: One number with what may part its groups (space, comma, full stop, apostrophe), or a time of day.
_TOKEN = re.compile(
    r"(?P<time>(?<![\d.,])(?:[01]?\d|2[0-4])"
    rf"(?:[:.h][ ]?|[ ]?(?:{_HOUR})[.]?[ ]?)[0-5]\d(?![\d:]|[.,]\d))"
    r"|(?P<number>\d+(?:[.,'’٫٬]\d+)*(?: \d{3}(?![\d]))*(?:[.,]\d+)?)"
)
_PLAIN = re.compile(r"\d+(?:[.,'’]\d+)*")
#: Words that multiply the number before them.
_SCALES = {
    "thousand": 1000, "million": 10**6, "billion": 10**9,
    "লাখ": 10**5, "লক্ষ": 10**5, "लाख": 10**5, "لاکھ": 10**5, "ਲੱਖ": 10**5, "લાખ": 10**5, "lakh": 10**5,
    "কোটি": 10**7, "करोड़": 10**7, "کروڑ": 10**7, "crore": 10**7, "万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8,
    "亿": 10**8,
}  # fmt: skip
_SCALE = re.compile(r"[ ]?(" + "|".join(_SCALES) + r")", re.IGNORECASE)
#: English words for numbers (the usual source): a translation may write them in figures.
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "once": 1,
    "twice": 2, "both": 2, "dozen": 12
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_BIG = {"hundred": 100, "thousand": 1000, "million": 10**6}
#: Words that others write as a figure: months of a date, hours and parts of an hour.
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_FIGURES = {
    **{name: str(number) for number, name in enumerate(_MONTHS, start=1)},
    "noon": "12", "midday": "12", "midnight": "0", "half": "30", "quarter": "15",
}  # fmt: skip
#: The whole day and the whole week, as some languages say it: "24 h sur 24, 7 j/7".
_ROUND_THE_CLOCK = re.compile(r"\b(24|7)[ ]?[^\W\d_]{0,7}[.]?[ ]?(?:/|sur|de|su|из|з|από|of|out of|van)[ ]?\1\b")
_WORD = re.compile(r"[a-z]+")

Values = frozenset[str]


def differences(source: str, text: str) -> tuple[list[str], list[str]]:
    """(missing, extra): the numbers of a folded source that a folded text lacks, and those that it has beside them.

    Both are empty when the values are the same: thousands grouped in any way, decimal commas, times in twelve or
    twenty-four hours, millions and lakhs, numbers that the source spells.
    """
    if re.findall(r"\d+", source) == re.findall(r"\d+", text):
        return [], []
    source, text = (_ROUND_THE_CLOCK.sub(r"\1", each) for each in (source, text))
    best: tuple[list[str], list[str]] | None = None
    for one in (True, False):
        for other in (True, False):
            found = _unmatched(list(_quantities(source, spaced=one)), list(_quantities(text, spaced=other)))
            if best is None or sum(map(len, found)) < sum(map(len, best)):
                best = found
            if not found[0] and not found[1]:
                return found
    missing, extra = best or ([], [])
    spelt = Counter(spelt_out(source)) if extra else Counter[str]()
    return missing, [number for number in extra if not _taken(spelt, number)]


def _taken(spelt: Counter[str], number: str) -> bool:
    value = number.replace(",", "").lstrip("0") or "0"
    if not spelt[value]:
        return False
    spelt[value] -= 1
    return True


def _unmatched(wanted: list[tuple[str, Values]], have: list[tuple[str, Values]]) -> tuple[list[str], list[str]]:
    rest, missing = list(have), []
    for written, values in wanted:
        match = next((index for index, (_, other) in enumerate(rest) if values & other), None)
        if match is None:
            missing.append(written)
        else:
            del rest[match]
    return missing, [written for written, _ in rest]


def _quantities(text: str, *, spaced: bool) -> Iterator[tuple[str, Values]]:
    """(as written, every value that it may have) of each number; `spaced` joins groups that a space parts."""
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match["time"]:
            hour, minute = re.findall(r"\d+", match["time"])
            yield from _split(match["time"], {*_hours(text, match.start(), at, hour, minute), *_values(match["time"])})
            continue
        number = match["number"]
        if " " in number and (not spaced or not _values(number)):
            number = _PLAIN.match(number)[0]  # type: ignore[index]  # it begins with a digit
            at = match.start() + len(number)
        values = _values(number)
        if number.isdecimal() and len(number) <= 2:
            values = {*values, *_hours(text, match.start(), at, number, "00")}
        if scale := _SCALE.match(text, at):
            values = {
                *values,
                *(_plain(float(value) * _SCALES[scale[1].lower()]) for value in values if ":" not in value),
            }
        yield from _split(number, values)


def _split(written: str, values: set[str]) -> Iterator[tuple[str, Values]]:
    """A number with its values; its digits one by one where it is no number (a date, a version)."""
    if values:
        yield written.replace(" ", "\u00a0") if " " in written else written, frozenset(values)
    else:
        for part in re.findall(r"\d+", written):
            yield part, frozenset({_plain(int(part))})


def _hours(text: str, start: int, end: int, hour: str, minute: str) -> set[str]:
    """What a time may be: with its half of the day where a word for it stands beside."""
    values = {int(hour)}
    if int(hour) <= 12 and cues.near("after_noon", text, start, end):
        values.add(int(hour) % 12 + 12)
    if int(hour) == 12 and cues.near("before_noon", text, start, end):
        values.add(0)
    if int(hour) <= 12 and cues.near("from_sunrise", text, start, end):
        values |= {(int(hour) + 6) % 24, (int(hour) + 18) % 24}
    times = {f"{value}:{minute}" for value in values}
    return times | ({str(value) for value in values} if minute == "00" else set())


def _values(number: str) -> set[str]:
    """Every value of a written number; none when what parts its digits makes no number of them."""
    parts = re.findall(r"\d+", number)
    signs = re.findall(r"\D", number)
    if not signs:
        return {_plain(int(number))} if len(number) < 300 else {number}
    found = set()
    kinds = set(signs)
    grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
    lakhs = len(parts[-1]) == 3 and all(len(part) == 2 for part in parts[1:-1]) and len(parts[0]) <= 2
    if len(kinds) == 1 and (grouped or lakhs):
        found.add(_plain(int("".join(parts))))
    if len(signs) == 1 and signs[0] in ".,٫":
        found.add(_decimal(parts[0], parts[1]))
    whole = parts[1:-1]
    if len(kinds) == 2 and signs[-1] in ".,٫" and signs.count(signs[-1]) == 1 and all(len(p) in (2, 3) for p in whole):
        found.add(_decimal("".join(parts[:-1]), parts[-1]))
    return found


def _decimal(whole: str, part: str) -> str:
    tail = part.rstrip("0")
    return f"{int(whole)}.{tail}" if tail else str(int(whole))


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def spelt_out(source: str) -> Iterator[str]:
    """The values of the numbers that an English text spells out, those of its months and of its words for hours too."""
    total = part = 0
    said = False
    said_words = _WORD.findall(source.lower())
    yield from (_FIGURES[word] for word in said_words if word in _FIGURES)
    for word in [*said_words, ""]:
        if word in _ONES or word in _TENS:
            if said and (part % 10 or (part % 100 and _ONES.get(word, 20) > 9)):
                yield str(total + part)
                total = part = 0
            part += _ONES.get(word, 0) or _TENS[word]
            said = True
        elif word in _BIG:
            part = (part or 1) * _BIG[word]
            if _BIG[word] >= 1000:
                total, part = total + part, 0
            said = True
        elif word != "and" and said:
            yield str(total + part)
            total, part, said = 0, 0, False
