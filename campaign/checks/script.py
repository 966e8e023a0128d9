"""Script: letters of the language, nothing left in the source language."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import groupby

import regex

from campaign import languages, sentence_ends
from campaign.checks.facts import WORD, Facts, found, in_form, unknown_language
from campaign.checks.leftover import left_words
from campaign.checks.markup import CODE, ENTITY, TAG
from campaign.checks.placeholders import MALFORMED, VALID
from campaign.checks.whose import strange_sentences
from campaign.identify.claims import alike, claims, close
from campaign.identify.damage import damage, presented
from campaign.identify.letters import arabic_names, repaired, wrong
from campaign.model.finding import Finding, Severity
from campaign.model.language import Language
from campaign.model.sentence import Sentence, say, together
from campaign.model.unit import Unit
from campaign.reading import addresses
from campaign.scripts import SCRIPTS

# They put no space between words, so a Latin letter can stand beside theirs ("T恤") and is no slip of the keyboard.
_UNSPACED = frozenset({"Hans", "Hant", "Jpan", "Khmr", "Kore", "Laoo", "Mymr", "Thai"})

_LATIN = regex.compile(r"\p{Script=Latin}")
_NEUTRAL = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]")
#: Names of files and of hosts: one that the source has as well is no word of any language.
_DOTTED = regex.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}\b(?:/\S*)?")
_SIGN = regex.compile(r"(?<![\w-])(?:--?[A-Za-z][\w-]*(?:=\w+)?|(?=\w*[_0-9])[A-Za-z_0-9]+)(?!\w)")

# Latin capitals that stand for a name wherever they are read: IP, PDF, NGO.
_ACRONYM = regex.compile(r"[[\p{Lu}]&&[\p{Script=Latin}]]{2,5}", regex.VERSION1)
# One to three Latin words in brackets behind a word: how readers may meet it ("линия (hotline)").
_GLOSS = regex.compile(r"(?<=[\p{L}\p{M}»”\"] ?)[(（]([\p{Script=Latin}'’\-]+(?: [\p{Script=Latin}'’\-]+){0,2})[)）]")

#: English words with a large letter that are no names: each language has its own for them.
_LARGE = regex.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|I|God|Christmas|Easter|Ramadan|M(?:r|rs|s)|Dr|Street|Road|Room|Europe(?:an)?|English|French|"
    r"German(?:y)?|Dutch|Arabic|Persian|Bengali|Ukrainian|Russian|Belgi(?:an|um)|France|Greek|Italian|Romanian|Turkish"
)

#: Languages that write every noun with a large letter: there it makes no name.
_NOUNS_LARGE = frozenset({"de", "lb"})
#: What some languages write as an ordinary word, and others in Latin capitals ("een sms", "SMS").
_SIGNS = frozenset({"sms", "pdf", "gps", "usb", "sim", "whatsapp"})

#: Fewer words than this are too often the same in two languages ("Hotel, Restaurant").
_COPY_WORDS = 3
#: Close languages can say a sentence of so many words in the same ones, when such a part of them is common in both.
_SHARED = ((4, 0.25), (8, 0.4))


def foreign_letters(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield findings for text in another script, for letters of a neighbour language, and for text left as it was."""
    if facts.language is None:
        said = say("not checked: %(reason)s", reason=unknown_language(unit.locale))
        yield found("script", unit, said, severity=Severity.WARNING)
        return
    sources = [part for part in (unit.source, unit.plural) if part]
    # What stands in the source as a name may stand in the text: the reader meets the same sign on the door.
    allowed = facts.names.union(*(_proper(source, facts.source_language) for source in sources))
    for index, form in enumerate(unit.forms):
        if broken := tuple(damage(form, unit.locale, "\n".join(sources))):
            yield from (found("script", unit, in_form(unit, index, said)) for said in broken)
            continue
        if piece := presented(form, unit.locale):
            said = say(
                '"%(said)s" is written in the joined forms of old fonts: run campaign fix letters %(tag)s',
                said=piece,
                tag=unit.locale,
            )
            yield found("script", unit, in_form(unit, index, said))
            form = repaired(form, unit.locale)
        text = _prose(unicodedata.normalize("NFC", form), sources)
        for left, severity in _left(text, sources, allowed, unit.locale, facts):
            said = say('left in the source language: "%(said)s"', said=left)
            yield found("script", unit, in_form(unit, index, said), severity=severity)
            # The same words need not be named again for their letters.
            text = _without(text, left)
        yield from left_words(unit, facts, index, text, allowed)
        if SCRIPTS[facts.language.script] != ("Latin",):
            allowed_here = allowed | _acronyms(text, sources, allowed)
            for gloss in _GLOSS.findall(text):
                if any(word.casefold() not in allowed_here for word in WORD.findall(gloss)):
                    said = say(
                        '"%(said)s" stands in brackets in Latin letters: do readers meet the word so?', said=gloss
                    )
                    yield found("script", unit, in_form(unit, index, said), severity=Severity.WARNING)
            text = _GLOSS.sub(" ", text)
        else:
            allowed_here = allowed
        words = [word for word in WORD.findall(text) if word.casefold() not in allowed_here]
        for said in _foreign(words, facts.language, allowed_here):
            yield found("script", unit, in_form(unit, index, said))
        arabic = {word for name in arabic_names(text) for word in WORD.findall(name)}
        for said, severity in _neighbours([word for word in words if word not in arabic], facts.language):
            yield found("script", unit, in_form(unit, index, said), severity=severity)
    yield from strange_sentences(unit, facts)


def _prose(text: str, sources: Collection[str]) -> str:
    """The words of a text: without placeholders, addresses, markup and what other rules call damaged."""
    text = addresses.without(VALID.sub(" ", text), sources)
    for pattern in (TAG, ENTITY, MALFORMED, CODE):
        text = pattern.sub(" ", text)
    # A sign that the source has as well, such as --help or GL_ON, is no word of any language.
    text = _SIGN.sub(lambda match: " " if any(match[0] in source for source in sources) else match[0], text)
    # "stop.please" looks like a domain; only one that the source has as well is left alone.
    return _DOTTED.sub(lambda match: " " if any(match[0] in source for source in sources) else match[0], text)


@lru_cache(maxsize=4096)  # every language asks about the same source
def _proper(source: str, language: str) -> frozenset[str]:
    """The words of a source that every language may keep: QR, WhatsApp, COVID-19, and what is not in the source's own
    letters. All casefolded.
    """
    prose = _prose(unicodedata.normalize("NFC", source), ())
    shouting = prose == prose.upper()  # "DRAFT" is a word, not a name
    named = () if shouting or language in _NOUNS_LARGE else _named(prose)
    own = _letters_of((*SCRIPTS[languages.get(language).script], "Common", "Inherited"))
    return frozenset(
        word.casefold()
        for word in WORD.findall(prose)
        if not own.fullmatch(word)
        or (not shouting and word[1:] != word[1:].lower())
        or word in named
        or word.casefold() in _SIGNS
    )


def _named(prose: str) -> frozenset[str]:
    """The names in a source: large letters at the beginning, but not because a sentence begins there ("from Caritas").

    A line in which nearly every word has one is a heading, and says nothing.
    """
    names: set[str] = set()
    for sentence in sentence_ends.parts(prose):
        words = WORD.findall(sentence)
        large = [word for word in words[1:] if word[0].isupper() and not _LARGE.fullmatch(word)]
        if len(large) * 2 < len(words):
            names.update(large)
    return frozenset(names)


def _acronyms(text: str, sources: Collection[str], allowed: Collection[str]) -> frozenset[str]:
    """The acronyms of a text, casefolded: capitals that are no word of the source and stand beside no other Latin word,
    as the words of a shouted sentence do.
    """
    words = WORD.findall(text)
    if not any(map(_ACRONYM.fullmatch, words)):
        return frozenset()
    ordinary = {word.casefold() for source in sources for word in WORD.findall(source)}
    strange = [bool(_LATIN.search(word)) and word.casefold() not in allowed for word in words]
    return frozenset(
        word.casefold()
        for index, word in enumerate(words)
        if _ACRONYM.fullmatch(word)
        and word.casefold() not in ordinary
        and not any(strange[max(0, index - 1) : index] + strange[index + 1 : index + 2])
    )


def _left(
    text: str, sources: Collection[str], allowed: Collection[str], locale: str, facts: Facts
) -> Iterator[tuple[str, Severity]]:
    """The first sentence of the source, of three words or more, that stands unchanged in a text of this language; of
    two languages that share sentences the first that is surely the source's, else the first that may be.
    """
    if facts.is_source(locale):
        return
    spoken, asked = f" {_spoken(text)} ", ""
    for source in sources:
        for sentence, words in _sentences(source):
            if f" {words} " in spoken and sum(word not in allowed for word in words.split()) >= _COPY_WORDS:
                severity = _sure(words, locale, facts.source_language)
                if severity is Severity.ERROR:
                    yield " ".join(sentence.split()), severity
                    return
                asked = asked or (sentence if severity else "")
    if asked:
        yield " ".join(asked.split()), Severity.WARNING


def _sure(words: str, locale: str, source: str) -> Severity | None:
    """How sure it is that words of the source are none of this language.

    "Guarda este número" is Spanish and Portuguese: of a sentence in the common words of both, and none that only the
    source has, nobody can say that it was left; a longer one, or one without such words, asks for a look.
    """
    if source in alike(locale):
        return None
    known = claims(words)
    if source not in close(locale) or known.against(source, locale):
        return Severity.ERROR
    shared = known.own(locale) / max(1, known.words)
    return None if any(known.words <= most and shared >= part for most, part in _SHARED) else Severity.WARNING


@lru_cache(maxsize=4096)  # every language asks about the same source
def _sentences(source: str) -> tuple[tuple[str, str], ...]:
    """The source as a whole and each sentence of it, with its words as `_spoken` gives them."""
    return tuple(
        (sentence, _spoken(_prose(unicodedata.normalize("NFC", sentence), ())))
        for sentence in dict.fromkeys((source, *sentence_ends.parts(source)))
    )


def _spoken(text: str) -> str:
    return " ".join(word.casefold() for word in WORD.findall(text))


def _without(text: str, sentence: str) -> str:
    known = set(_spoken(sentence).split())
    return " ".join(word for word in WORD.findall(text) if word.casefold() not in known)


def _foreign(words: Collection[str], language: Language, allowed: Collection[str]) -> Iterator[Sentence]:
    """What to say about words in another script, and about single Latin letters inside a word."""
    names = SCRIPTS[language.script]
    whole: dict[str, None] = {}
    for word in words:
        if _letters_of((*names, "Common", "Inherited")).fullmatch(word):
            continue
        for script, run in _runs(word, names):
            if not script or run.casefold() in allowed:
                continue
            if script != "Latin" or len(regex.findall(r"\p{L}", run)) > 1:
                whole[word] = None
            elif run != word and language.script not in _UNSPACED:
                letter = f"{run} (U+{ord(run[0]):04X})"
                yield say('the Latin letter %(letter)s inside the word "%(word)s"', letter=letter, word=word)
    if whole:
        strange = ", ".join(f'"{word}"' for word in whole)
        yield say("not in %(script)s letters: %(words)s", script=names[0], words=strange)


def _runs(word: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The stretches of a word by script: "" for the language's own, "Latin", or "other"."""
    own = _letters_of(names)

    def script(character: str) -> str:
        if own.match(character):
            return ""
        return "Latin" if _LATIN.match(character) else "other"

    # Marks and signs of no script go with whatever stands around them.
    letters = [character for character in word if not _NEUTRAL.match(character)]
    return [(name, "".join(run)) for name, run in groupby(letters, key=script)]


@cache
def _letters_of(names: tuple[str, ...]) -> regex.Pattern[str]:
    """One letter or more of these Unicode scripts."""
    return regex.compile("[" + "".join(rf"\p{{Script={name}}}" for name in names) + "]+")


def _neighbours(words: Collection[str], language: Language) -> Iterator[tuple[Sentence, Severity]]:
    """What to say about letters of the same script that the language does not have: one of a neighbour's keyboard that
    looks the same is a warning.
    """
    known = wrong(language.tag)
    instead = known.instead
    for letter in sorted(set().union(*map(str.lower, words)) & instead.keys()) if instead else ():
        example = next(word for word in words if letter in word.lower())
        said = say(
            '%(letter)s is not a letter of %(language)s, in "%(word)s"',
            letter=f"{letter} (U+{ord(letter):04X} {unicodedata.name(letter)})",
            language=language.english,
            word=example,
        )
        todo = [say("write %(piece)s", piece=instead[letter])] if instead[letter] else []
        if letter in known.keyboard and len(instead[letter]) == 1:
            todo.append(say("or run: campaign fix letters %(tag)s", tag=language.tag))
        yield together(said, *todo), Severity.WARNING if letter in known.keyboard else Severity.ERROR
