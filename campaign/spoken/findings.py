"""What a check found, in the language of whoever reads it.

A finding is an English sentence with the values in it, for terminals and JSON. For a mediator the sentence that it was
made from is found again among DETAILS, and said in the mediator's language with the same values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from campaign.spoken import FINDINGS, texts

#: The sentences of the findings that a mediator meets. `%(name)s` stands for a value, which is never translated.
DETAILS = (
    "%(contact)s is the first number that children see: put one for children first (116 111, 116 000, 112)",
    '"%(said)s" makes help depend on papers: take the condition out',
    '"%(said)s" in the source makes help depend on papers',
    "the source says whatever your papers, the text does not speak of papers",
    'speaks of health care ("%(said)s") and nowhere says that it holds whatever the papers',
    "%(contact)s is not verified: call it, read the organisation's page, then add %(fields)s",
    "%(contact)s was valid until %(day)s: check it again",
    "%(contact)s has a verified_on in the future: %(day)s",
    "reads like a text for the age of %(age)s, about 11 is wanted (Flesch-Kincaid): shorter words and sentences",
    "reading ease %(ease)s, below %(limit)s is hard (%(formula)s): shorter words and sentences",
    "the picture has no description: fill the block alt",
    'a locked screen shows "%(said)s": begin with harmless words',
    "takes %(parts)s parts (%(encoding)s), the campaign allows %(allowed)s",
    "takes %(saved)s part fewer with plain characters: replace %(characters)s; or set plain = true in [sms]",
    "takes %(saved)s parts fewer with plain characters: replace %(characters)s; or set plain = true in [sms]",
    '"%(said)s" is cut where one part ends and the next begins',
    "counts %(length)s on %(platform)s, the limit is %(limit)s: %(over)s too many; it goes out as %(posts)s posts of "
    "%(costs)s",
    "the %(what)s counts %(length)s, the limit is %(limit)s: %(over)s too many",
    "%(what)s is missing",
    "%(what)s is not in the source",
    "the e-mail %(address)s is missing",
    "the e-mail %(address)s is missing, it became %(became)s",
    "the e-mail %(address)s is not in the source",
    "the web address %(address)s is missing",
    "the web address %(address)s is missing, it became %(became)s",
    "the web address %(address)s is not in the source",
    "the number %(number)s is missing",
    "the number %(number)s is reversed: %(became)s",
    "the number %(number)s is truncated: %(became)s",
    "the number %(number)s became %(became)s",
    "the number %(number)s is not in the source",
    "the number %(number)s is in digits that telephones do not have: write %(digits)s",
    "no font of %(language)s (%(fonts)s) has %(characters)s",
    '"%(said)s" promises what nobody can keep: say what the reader can do or ask for',
    '"%(said)s" in the source promises what nobody can keep: say what the reader can do or ask for',
    '"%(said)s" labels people: write "a person who …" or "you"',
    '"%(said)s" speaks to men only: use a neutral form or both forms',
    '"%(said)s" is a word for adults: say it as a child would',
    'the picture shows "%(said)s": show a way to help instead',
    "the tag %(piece)s is not in the source",
    "the tag %(piece)s of the source is missing",
    "the entity %(piece)s is not in the source",
    "the code %(piece)s is not in the source",
    "the code %(piece)s of the source is missing",
    "the text holds %(character)s; delete it",
    '"%(said)s" of the source has no counterpart: does it say the opposite?',
    "%(piece)s stands %(have)s times, in the source %(wanted)s",
    "%(piece)s is no placeholder",
    "write %(piece)s",
    "a sentence of %(count)s words, at most %(limit)s: make two of it",
    "says only what not to do: add what the reader can do instead",
    "has %(have)s forms, the source has no plural",
    "has %(have)s plural forms; %(language)s has %(wanted)s (%(categories)s)",
    "plural form %(index)s (%(category)s) is empty",
    "plural form %(index)s is empty",
    'left in the source language: "%(said)s"',
    'the Latin letter %(letter)s inside the word "%(word)s"',
    "not in %(script)s letters: %(words)s",
    '%(letter)s is not a letter of %(language)s, in "%(word)s"',
    '"%(said)s" is forbidden by the glossary',
    '"%(said)s" is forbidden by the glossary: write %(words)s',
    '"%(term)s" has none of its approved forms',
    '"%(term)s" has none of its approved forms: write %(words)s',
    '"%(said)s" stands twice in a row',
    "brackets are not as in the source",
    "line breaks are not as in the source",
    "the last mark is not as in the source",
    '"%(said)s" promises that it costs nothing',
    '"%(said)s" promises that nobody asks for a name',
    '"%(said)s" promises that nobody else learns of it',
    '"%(said)s" promises that somebody answers day and night',
    '"%(said)s" promises that somebody speaks the reader\'s language',
    '"%(said)s" in the source promises that it costs nothing',
    '"%(said)s" in the source promises that nobody asks for a name',
    '"%(said)s" in the source promises that nobody else learns of it',
    '"%(said)s" in the source promises that somebody answers day and night',
    '"%(said)s" in the source promises that somebody speaks the reader\'s language',
)

#: What stands before a finding about one form of a plural.
FORM = "plural form %(index)s:"

_NAMES = re.compile(r"%\((\w+)\)s")


def rule(words: str, tag: str) -> str:
    """A rule's words in a language; as they are where nobody wrote them."""
    return _NAMES.sub(lambda name: _isolated(name[0], tag), texts(tag, FINDINGS).gettext(words))


def detail(text: str, tag: str) -> str | None:
    """The detail of a finding in a language, None where its sentence has no words there: show it as it is then."""
    if tag == "en":
        return text
    if found := _said(text, tag):
        return found
    if form := _pattern(f"{FORM} ").match(text):
        rest = detail(text[form.end() :], tag)
        return None if rest is None else f"{_filled(FORM, form.groupdict(), tag)} {rest}"
    head, semicolon, tail = text.partition("; ")
    parts = [_said(head, tag), detail(tail, tag)] if semicolon else []
    return "; ".join(part for part in parts if part) if parts and all(parts) else None


def _said(text: str, tag: str) -> str | None:
    for template, values in _made_from(text):
        if texts(tag, FINDINGS).gettext(template) != template:
            return _filled(template, values, tag)
    return None


def _made_from(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The sentences that a text can be made from, the one with most words of its own first."""
    for template in _longest_first():
        if match := _pattern(template).fullmatch(text):
            yield template, match.groupdict()


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(DETAILS, key=lambda template: -len(_NAMES.sub("", template))))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = _NAMES.split(template)
    # Odd parts are names. "; " joins details, so no value holds it.
    patterns = (f"(?P<{part}>(?:(?!; ).)+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
    return re.compile("".join(patterns), re.DOTALL)


def _filled(template: str, values: dict[str, str], tag: str) -> str:
    sentence = texts(tag, FINDINGS).gettext(template)
    return _NAMES.sub(lambda name: _isolated(values[name[1]], tag), sentence)


def _isolated(value: str, tag: str) -> str:
    """A value that keeps its own direction, and the sentence around it its own, where one of them is right-to-left."""
    turned = tag == "ar" or any(unicodedata.bidirectional(character) in ("R", "AL") for character in value)
    return f"\u2068{value}\u2069" if turned else value
