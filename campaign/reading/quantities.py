"""Quantities: the numbers of a text by value, however the language groups them and tells the time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from campaign.catalogue import date_words
from campaign.folded import folded
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
#: English words for numbers: a translation may write them in figures.
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


def differences(source: str, text: str, language: str = "en") -> tuple[list[str], list[str]]:
    """(missing, extra): the numbers of a folded source that a folded text lacks, and those that it has beside them.

    Both are empty when the values are the same: thousands grouped in any way, decimal commas, times in twelve or
    twenty-four hours, millions and lakhs, numbers that the source spells in its language.
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
    spelt = Counter(spelt_out(source, language)) if extra else Counter[str]()
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


#: Words for numbers in other languages that messages are written in, folded; longer ones are written in figures.
_NUMBER_WORDS: Mapping[str, Mapping[str, int]] = {
    "es": {
        "uno": 1, "una": 1, "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
        "nueve": 9, "diez": 10, "once": 11, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40,
        "cien": 100, "mil": 1000, "primer": 1, "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercero": 3,
        "mediodia": 12, "media": 30, "cuarto": 15, "ambos": 2, "ambas": 2,
    },
    "fr": {
        "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
        "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cent": 100,
        "mille": 1000, "premier": 1, "premiere": 1, "deuxieme": 2, "troisieme": 3, "midi": 12, "minuit": 0, "demie": 30,
        "quart": 15,
    },
    "de": {
        "eins": 1, "ein": 1, "eine": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7,
        "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwolf": 12, "zwanzig": 20, "dreißig": 30, "dreissig": 30,
        "vierzig": 40, "hundert": 100, "tausend": 1000, "erste": 1, "ersten": 1, "zweite": 2, "zweiten": 2, "dritte": 3,
        "mittag": 12, "mitternacht": 0, "halb": 30, "viertel": 15, "beide": 2,
    },
    "it": {
        "uno": 1, "una": 1, "un": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8,
        "nove": 9, "dieci": 10, "undici": 11, "dodici": 12, "quindici": 15, "venti": 20, "trenta": 30, "quaranta": 40,
        "cento": 100, "mille": 1000, "primo": 1, "prima": 1, "secondo": 2, "seconda": 2, "terzo": 3, "mezzogiorno": 12,
        "mezzanotte": 0, "mezza": 30, "quarto": 15, "entrambi": 2,
    },
    "pt": {
        "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8,
        "nove": 9, "dez": 10, "onze": 11, "doze": 12, "quinze": 15, "vinte": 20, "trinta": 30, "quarenta": 40,
        "cem": 100, "mil": 1000, "primeiro": 1, "primeira": 1, "segundo": 2, "segunda": 2, "terceiro": 3,
        "meia": 30, "quarto": 15, "ambos": 2,
    },
    "nl": {
        "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10,
        "elf": 11, "twaalf": 12, "vijftien": 15, "twintig": 20, "dertig": 30, "veertig": 40, "honderd": 100,
        "duizend": 1000, "eerste": 1, "tweede": 2, "derde": 3, "middernacht": 0, "half": 30, "kwart": 15, "beide": 2,
    },
    "ro": {
        "unu": 1, "un": 1, "una": 1, "o": 1, "doi": 2, "doua": 2, "trei": 3, "patru": 4, "cinci": 5, "sase": 6,
        "sapte": 7, "opt": 8, "noua": 9, "zece": 10, "douazeci": 20, "treizeci": 30, "patruzeci": 40, "suta": 100,
        "mie": 1000, "prima": 1, "primul": 1, "jumatate": 30, "sfert": 15,
    },
}  # fmt: skip


@cache
def _said_in(language: str) -> Mapping[str, str]:
    """The words of a language for numbers, and of its months where an entry of theirs is one word; folded."""
    months = {
        folded(name).casefold(): str(number) for number, name in enumerate(date_words.of(language).months, start=1)
    }
    spelt = {word: str(value) for word, value in _NUMBER_WORDS.get(language.partition("-")[0], {}).items()}
    return {**months, **spelt}


def spelt_out(source: str, language: str = "en") -> Iterator[str]:
    """The values of the numbers that a text of this language spells out, those of its months and of its words for hours
    too; in other languages than English each word by itself.
    """
    if language.partition("-")[0] != "en":
        words = _said_in(language)
        yield from (words[word] for word in re.findall(r"\w+", folded(source).casefold()) if word in words)
        return
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
