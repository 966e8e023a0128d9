"""Coverage: which rules nobody can check, or measure, in a language yet; no finding must not look like "checked"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from campaign import languages
from campaign.checks import wordlist
from campaign.checks.readability import formula
from campaign.checks.rules import finding
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import say

#: Word list -> the rule that needs it in every language, and in the source language only.
LISTS: Mapping[str, str] = MappingProxyType(
    {
        "claims": "claim-unbacked",
        "promise": "promise",
        "conditions": "status-condition",
        "stigma": "stigma",
        "gender": "gender",
        "negation": "negation",
        "modality": "modality",
        "imperative": "imperative",
        "person": "person",
        "false_friends": "false-friend",
        "leftover": "script",
        "preview": "preview",
        "child": "child-contact",
        "register": "register",
        "image": "image",
    }
)
SOURCE_LISTS: Mapping[str, str] = MappingProxyType({"plain": "plain", "instruct": "instruct", "statistic": "statistic"})

#: They do not mark the gender of whom they speak to (WALS, chapters 30, 31 and 44), so nothing can be masculine-only.
GENDERLESS = frozenset(
    {"az", "bn", "ckb", "et", "fa", "ff", "fi", "fil", "hu", "hy", "id", "ig", "ja", "ka", "kk", "km", "ko", "ky"}
    | {"ln", "lo", "mn", "my", "om", "pcm", "prs", "si", "sw", "te", "th", "tr", "ug", "uz", "vi", "wo", "yo"}
    | {"zh-Hans", "zh-Hant"}
)
#: They speak to one person with the same words, be it a child or an adult (WALS, chapter 45).
ONE_ADDRESS = frozenset({"en", "da", "ff", "he", "ig", "nb", "pcm", "so", "sv", "sw", "wo"})
#: The source has no translation in which a negation, a must, an order or a register could be lost.
_OF_TRANSLATIONS = frozenset({"negation", "modality", "register", "imperative", "person", "false_friends", "leftover"})
_NOTHING_TO_LIST: Mapping[str, frozenset[str]] = MappingProxyType({"gender": GENDERLESS, "register": ONE_ADDRESS})


def unchecked(locale: str, source_language: str = "en") -> Iterator[Finding]:
    """Yield one warning for each rule that says nothing about a language: no words are listed, or no formula fitted."""
    known = languages.registry().get(locale)
    name = known.english if known else locale
    lists = {**LISTS, **SOURCE_LISTS} if locale == source_language else LISTS
    for listed, code in lists.items():
        if listed in _OF_TRANSLATIONS and locale == source_language:
            continue
        if locale in _NOTHING_TO_LIST.get(listed, ()):
            continue
        if listed == "leftover" and _other_script(locale, source_language):
            continue
        if wordlist.words(listed, locale) is None:
            said = say(
                "not checked: nobody listed the words of %(language)s yet (%(file)s)",
                language=name,
                file=f"data/rules/{listed}.toml".replace("rules/claims", "claims"),
            )
            yield finding(code, locale, name, said, severity=Severity.WARNING)
    if formula(locale) is None:
        said = say("not measured: nobody fitted a readability formula to %(language)s", language=name)
        yield finding("plain", locale, name, said, severity=Severity.WARNING)


def _other_script(locale: str, source_language: str) -> bool:
    """Whether two languages are written in different scripts, so that letters alone tell what was left over."""
    known = languages.registry()
    return locale in known and source_language in known and known[locale].script != known[source_language].script
