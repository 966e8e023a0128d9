"""Terms: the glossary's form stands, the forbidden one does not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from campaign.catalogue import inflection
from campaign.checks import wordlist
from campaign.checks.facts import Facts, found
from campaign.model.finding import Finding
from campaign.model.sentence import say
from campaign.model.unit import Unit


def unapproved_terms(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each glossary term of the source without an approved form, and for each forbidden form."""
    sources, forms = wordlist.foldings(unit.source, unit.plural), wordlist.foldings(*unit.forms)
    translated = bool(forms) and not set(unit.forms) <= {unit.source, unit.plural}
    for term in facts.terms:
        for bad in term.forbidden:
            if said := _first(bad, forms, unit.locale):
                forbidden = say('"%(said)s" is forbidden by the glossary', said=said)
                if term.approved:
                    forbidden = say(
                        '"%(said)s" is forbidden by the glossary: write %(words)s',
                        said=said,
                        words=" or ".join(term.approved),
                    )
                yield found("term", unit, forbidden)
        if not translated or not term.approved or not _first(term.source, sources):
            continue
        if not any(_first(good, forms, unit.locale) for good in term.approved):
            lacking = say(
                '"%(term)s" has none of its approved forms: write %(words)s',
                term=term.source,
                words=" or ".join(term.approved),
            )
            yield found("term", unit, lacking)


def _first(form: str, texts: list[wordlist.Folding], locale: str = "") -> str | None:
    for text in texts:
        if match := _pattern(form, locale).search(text.folded):
            return text.written(match.start(), match.end())
    return None


@lru_cache(maxsize=4096)
def _pattern(form: str, locale: str) -> regex.Pattern[str]:
    """Each word of a form with what inflection gives it (`catalogue.inflection`): its last letters may change, more may
    follow, and clitics stand before it.

    Short words too (Pass, Passes): whoever reads the warning sees a word too many. `catalogue.glossary.used` must not:
    for it a word too many (lote, lotear) means that a draft goes out without the agreed one, so its bounds are tighter.
    """
    rules = inflection.of(locale)
    if not rules.spaced:
        return regex.compile(r"\s*".join(map(regex.escape, wordlist.folded(form).split())), regex.IGNORECASE)
    stems = []
    for word in map(rules.bare, wordlist.folded(form).split()):
        short = word if len(word) < 5 else word[:-1] if len(word) < 8 else word[:-2]
        stem = rules.whole(word) if rules.stacked else regex.escape(short)
        stems.append(wordlist.folded(rules.before) + stem + rf"[\p{{L}}\p{{M}}']{{0,{rules.behind}}}")
    return regex.compile(r"(?<![\p{L}\p{M}])(?:" + r"[\s\-]+".join(stems) + r")(?![\p{L}\p{M}])", regex.IGNORECASE)
