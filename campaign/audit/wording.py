"""The words of a file: in the language that they should be in, nothing left untranslated, about as long as expected."""

from __future__ import annotations

from collections.abc import Iterator

from campaign import installed, languages
from campaign.audit.document import Document
from campaign.audit.profile import Profile, sentences, words
from campaign.checks.rules import finding
from campaign.identify import guess as lid
from campaign.identify.claims import claims, rival
from campaign.identify.damage import damage
from campaign.identify.names import declared
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say, shortened
from campaign.scripts import SCRIPTS

#: Letters of a text in this script against the same text in a Latin one (an estimate of how dense the script writes).
_DENSITY = {
    "Han": 0.3,
    "Hangul": 0.45,
    "Hiragana": 0.45,
    "Katakana": 0.45,
    "Ethiopic": 0.55,
    "Hebrew": 0.7,
    "Arabic": 0.75,
}
_SHORT = 0.4
#: A sentence is in a language when so many of its words, and such a part, are its commonest and hardly another's.
_FEWEST, _SHARE, _ODDS = 4, 0.3, 100.0
_SAMPLE = 20_000  # characters: damage stands in the whole of a file
#: Characters of a sentence that a finding quotes.
_SHOWN = 100


def wrong_language(
    file: str, own: str, guessed: lid.Guess, document: Document, reference: Profile
) -> Iterator[Finding]:
    """Yield findings for another language or script than `own`, and for sentences of the reference left as they are."""
    known = languages.registry().get(own)
    if known and lid.fits(own, guessed) is False:
        other = lid.other(own, guessed) or lid.tag_of(guessed)
        name = languages.registry()[other].english if other in languages.registry() else other
        said = say("wrong language: the file goes by %(language)s, its text is in %(other)s letters")
        if name and guessed.script in SCRIPTS[known.script]:
            said = say("wrong language: the file goes by %(language)s, its text is in %(other)s")
        else:
            name = guessed.script
        yield finding("script", own, file, said.given(language=f"{known.english} ({own})", other=name))
    elif own and lid.fits(own, guessed) is None and guessed.letters >= lid.FEWEST_FOR_LANGUAGE and not lid.installed():
        said = say("language not checked, only the script; to check it: %(command)s")
        yield finding(
            "script", own, file, said.given(command=installed.command_for("audit")), severity=Severity.WARNING
        )
    locale = own or lid.tag_of(guessed)
    if locale and reference.language:
        translated = locale.partition("-")[0] != reference.language.partition("-")[0]
    else:  # without an identifier only another script is surely another language
        translated = bool(guessed.script and reference.script) and guessed.script != reference.script
    if translated:
        yield from _left(file, locale, document, reference)


def own_language(
    file: str, tag: str, guessed: lid.Guess, document: Document, reference: Profile
) -> tuple[str, tuple[Finding, ...]]:
    """The language that a file should be in, and a warning where what it says of itself is not so.

    `tag` was asked for, the file's name was chosen by a person; what stands in the file is often left by the program
    that made it (`/Lang en`). Where it contradicts the text, and the text is not one left in the language of the
    reference, the text says.
    """
    if own := tag or declared(file, ""):
        return own, ()
    own, text = declared(file, document.language), lid.tag_of(guessed)
    known = languages.registry()
    untranslated = text.partition("-")[0] == reference.language.partition("-")[0]
    if own not in known or text not in known or untranslated or lid.fits(own, guessed) is not False:
        return own, ()
    said = say("the file says that its language is %(language)s, its text is in %(other)s: put the mark right")
    said = said.given(language=f"{known[own].english} ({own})", other=known[text].english)
    return text, (finding("script", text, file, said, severity=Severity.WARNING),)


def damaged(file: str, locale: str, document: Document) -> Iterator[Finding]:
    """Yield a finding for each way in which the words are no text any more: lost letters, old fonts, marks of tools."""
    for said in damage(document.prose[:_SAMPLE], locale):
        yield finding("script", locale, file, said)


def _left(file: str, locale: str, document: Document, reference: Profile) -> Iterator[Finding]:
    """Yield a finding for each sentence that stayed as it is in the reference, and for each that is in its language in
    other words; the longest first.
    """
    text = words(document.prose)
    left = [said for said in reference.sentences if words(said) in text and not reference.named(said)]
    for sentence in sorted(left, key=len, reverse=True):
        said = say('left in the language of the reference: "%(said)s"', said=shortened(words(sentence), _SHOWN))
        yield finding("script", locale, file, said)
    if locale not in languages.registry() or reference.language not in languages.registry():
        return
    copied = {words(sentence) for sentence in left}
    other = [
        sentence
        for sentence in sentences(document.prose, reference.language)
        if words(sentence) not in copied
        and not reference.named(sentence)
        and _in_language(sentence, reference.language, locale)
    ]
    for sentence in sorted(other, key=len, reverse=True):
        said = say('in the language of the reference: "%(said)s"', said=shortened(words(sentence), _SHOWN))
        yield finding("script", locale, file, said, severity=Severity.WARNING)


def _in_language(sentence: str, language: str, instead: str) -> bool:
    """Whether a sentence is surely in one language and not in the other, which may be of another script."""
    found = claims(sentence)
    if SCRIPTS[languages.get(language).script] == SCRIPTS[languages.get(instead).script]:
        return rival(instead, found, fewest=_FEWEST, share=_SHARE, odds=_ODDS) == language
    return found.own(language) >= max(_FEWEST, _SHARE * found.words) and not found.own(instead)


def too_short(file: str, locale: str, guessed: lid.Guess, reference: Profile) -> Iterator[Finding]:
    """Yield a finding for a text that is much shorter than the reference lets expect in its script."""
    if reference.letters < 200:
        return
    expected = reference.letters * _DENSITY.get(guessed.script, 1.0) / _DENSITY.get(reference.script, 1.0)
    if guessed.letters < _SHORT * expected:
        part = 100 * guessed.letters / expected
        said = say(
            "has %(letters)s letters, about %(percent)s % of what the reference lets expect",
            letters=guessed.letters,
            percent=f"{part:.0f}",
        )
        yield finding("short", locale, file, said)
