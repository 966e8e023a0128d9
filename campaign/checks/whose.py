"""Whose language: a sentence, or a whole catalogue, that is in another language of the same script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campaign import languages, sentence_ends
from campaign.checks.facts import Facts, found, in_form
from campaign.checks.placeholders import VALID
from campaign.checks.rules import finding
from campaign.identify import names
from campaign.identify.claims import alike, claims, rival
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say, shortened
from campaign.model.unit import Unit

#: A sentence is in another language when so many of its words, and such a part of them, are among the commonest of
#: that one and not of its own, and hardly any the other way round.
FEWEST, SHARE, ALONE = 3, 0.3, 5.0
#: A catalogue is longer: a smaller part of its words says as much, and a few may go the other way.
FEWEST_OF_ALL, SHARE_OF_ALL, ODDS = 6, 0.12, 3.0


def strange_sentences(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a warning for each sentence of a unit that is in another language of the same script."""
    if facts.language is None:
        return
    for index, form in enumerate(unit.forms):
        if claims(VALID.sub(" ", form)).beyond(unit.locale) < FEWEST:
            continue
        # What stayed as it is in the source is another finding.
        copied = {part.casefold() for source in (unit.source, unit.plural) for part in _parts(source)}
        for sentence in _parts(form):
            if sentence.casefold() in copied:
                continue
            other = rival(unit.locale, claims(sentence), fewest=FEWEST, share=SHARE, odds=ALONE)
            if other:
                name = languages.get(other).english
                said = say('"%(said)s" is in %(language)s', said=shortened(sentence), language=name)
                yield found("script", unit, in_form(unit, index, said), severity=Severity.WARNING)


def _parts(text: str) -> tuple[str, ...]:
    return sentence_ends.split(VALID.sub(" ", text))


def strange_catalogue(locale: str, where: str, header: str, forms: Iterable[str]) -> Iterator[Finding]:
    """Yield an error for a catalogue whose `Language` header or whole text is another language than its folder."""
    folder, own = f"{languages.get(locale).english} ({locale})", names.tag(header.replace("@", "-"))
    if own and own != locale and own not in alike(locale) and own.partition("-")[0] != locale:
        said = say(
            "the folder is %(language)s, the file says that its language is %(other)s: put it right",
            language=folder,
            other=header,
        )
        yield finding("script", locale, where, said)
    text = VALID.sub(" ", "\n".join(forms))
    if other := rival(locale, claims(text), fewest=FEWEST_OF_ALL, share=SHARE_OF_ALL, odds=ODDS):
        name = languages.get(other).english
        said = say("the folder is %(language)s, the text is in %(other)s: put it right", language=folder, other=name)
        yield finding("script", locale, where, said)
