"""The words of a file: in the language that they should be in, nothing left untranslated, about as long as expected."""

from __future__ import annotations

from collections.abc import Iterator

from campaign import languages
from campaign.audit import language as lid
from campaign.audit.document import Document
from campaign.audit.profile import Profile, words
from campaign.checks.rules import finding, shortened
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say

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


def wrong_language(
    file: str, own: str, guessed: lid.Guess, document: Document, reference: Profile
) -> Iterator[Finding]:
    """Yield findings for another language or script than `own`, and for sentences of the reference left as they are."""
    known = languages.registry().get(own)
    if known and lid.fits(own, guessed) is False:
        other = lid.tag_of(guessed)
        name = languages.registry()[other].english if other in languages.registry() else other
        said = say("wrong language: the file goes by %(language)s, its text is in %(other)s letters")
        if name and guessed.code:
            said = say("wrong language: the file goes by %(language)s, its text is in %(other)s")
        else:
            name = guessed.script
        yield finding("script", own, file, said.given(language=f"{known.english} ({own})", other=name))
    elif own and lid.fits(own, guessed) is None and guessed.letters >= lid.FEWEST_FOR_LANGUAGE and not lid.installed():
        said = say("language not checked, only the script: pip install 'campaign[audit]'")
        yield finding("script", own, file, said, severity=Severity.WARNING)
    locale = own or lid.tag_of(guessed)
    if locale and reference.language:
        translated = locale.partition("-")[0] != reference.language.partition("-")[0]
    else:  # without an identifier only another script is surely another language
        translated = bool(guessed.script and reference.script) and guessed.script != reference.script
    if translated:
        text = words(document.prose)
        left = [sentence for sentence in reference.sentences if f" {sentence} " in text]
        for sentence in left[:3]:
            said = say('left in the language of the reference: "%(said)s"', said=shortened(sentence))
            yield finding("script", locale, file, said)
        if len(left) > 3:
            yield finding("script", locale, file, say("and %(count)s more sentences left in it", count=len(left) - 3))


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
