"""The rules that a finding breaks: each with its severity, its words for a mediator, and where it comes from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from campaign.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `words` say it to a person who is no programmer, `source` says why we keep it."""

    code: str
    severity: Severity
    words: str
    source: str

    def __str__(self) -> str:
        return f"{self.words} (Source: {self.source}.)"


_LEAFLETS = "public leaflets with reversed, truncated and misspelt contacts"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            Rule(
                "placeholder",
                Severity.ERROR,
                "Words like %(phone)s are filled in later: keep each one exactly, as often as in the source.",
                "gettext",
            ),
            Rule(
                "markup",
                Severity.ERROR,
                "A text holds plain words: no tags, no code and no invisible characters that the source does not have.",
                "gettext",
            ),
            Rule(
                "plural-form",
                Severity.ERROR,
                "A sentence with a number needs a text for every plural form of the language.",
                "gettext; CLDR plural rules",
            ),
            Rule(
                "unsigned",
                Severity.ERROR,
                "Nothing is released before a mediator signed exactly these words; every change voids the signature.",
                "health authorities forbid unreviewed machine translation; Amelie D2.4 on cultural mediators",
            ),
            Rule(
                "contact-expired",
                Severity.ERROR,
                "Every contact was checked by a named person on a date, and the check still holds.",
                "national numbers changed between editions (08000 116 016 became 116 016)",
            ),
            Rule(
                "claim-unbacked",
                Severity.ERROR,
                "Words like free, anonymous, confidential, day and night or in your language come from the record of "
                "a contact only; take them out of this text.",
                "helplines publish exceptions to confidentiality",
            ),
            Rule(
                "script",
                Severity.ERROR,
                "The text is written in the letters of its language, and nothing is left in the source language.",
                "mixed-language posters published by mistake in 2020",
            ),
            Rule(
                "glyph",
                Severity.ERROR,
                "The fonts can print every character of the text; a missing one prints as a box or not at all.",
                "a missing glyph is silent in print files, so that a digit of a number can vanish",
            ),
            Rule(
                "clipped",
                Severity.ERROR,
                "All of the text is visible: nothing is cut off, and nothing covers it.",
                "content guide, section 3: nothing is cut or covered",
            ),
            Rule(
                "contact-changed",
                Severity.ERROR,
                "Phone number, e-mail and web address are the same in every language and in the finished file.",
                _LEAFLETS,
            ),
            Rule(
                "short",
                Severity.WARNING,
                "The text is about as long as the reference: a much shorter one may have lost a part.",
                "public leaflets that lost their last page or column in one language",
            ),
            Rule(
                "file-unreadable",
                Severity.ERROR,
                "The file can be read: whole, of a known kind, and not made to harm the program that reads it.",
                "what nobody can read nobody can check",
            ),
            Rule(
                "file-changed",
                Severity.ERROR,
                "A built file has the bytes that were checked when it was built; build again instead of editing it.",
                "what a printer gets must be what a mediator signed",
            ),
            Rule(
                "length",
                Severity.WARNING,
                "The text fits: the parts of an SMS that the campaign pays for, the limit of the platform, the layout.",
                "content guide, section 3: the campaign's budget and the published limits of the platforms",
            ),
        )
    }
)


def finding(code: str, locale: str, where: str, detail: str, *, severity: Severity | None = None) -> Finding:
    """A finding that quotes its rule; `severity` softens or hardens the rule's own for one case."""
    rule = RULES[code]
    return Finding(code, severity or rule.severity, locale, printable(where), printable(detail), str(rule))


def printable(text: str) -> str:
    """The text with control characters and lone surrogates spelt out: a finding must survive any terminal and JSON."""
    # The categories of what cannot be printed: control, format (bidi controls hide), surrogate.
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in ("Cc", "Cs") or _directs(c) else c for c in text)


def _directs(character: str) -> bool:
    """Whether the character would turn the direction of the finding's own words."""
    return "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"


def shortened(text: str, length: int = 60) -> str:
    """The text on one line, cut with an ellipsis to at most `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
