"""The rules that a finding breaks: each with its severity, its words for a mediator, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from campaign.checks.rule import Rule
from campaign.model.finding import Finding, Severity
from campaign.model.sentence import Sentence, printable

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
                waivable=True,
            ),
            Rule(
                "number",
                Severity.ERROR,
                "The numbers are those of the source, in whatever digits: a changed hour, age or amount misleads.",
                "public leaflets with truncated numbers",
                waivable=True,
            ),
            Rule(
                "promise",
                Severity.ERROR,
                "No promise that nobody can keep: nobody can promise safety, papers or what the police will do.",
                "WHO ethical and safety recommendations for interviewing trafficked women (2003), principle 3",
                waivable=True,
            ),
            Rule(
                "status-condition",
                Severity.ERROR,
                "Health care and help are there whatever the reader's papers: the text says so and sets no condition.",
                "Amelie D2.4, section 3",
                waivable=True,
            ),
            Rule(
                "child-contact",
                Severity.ERROR,
                "A text for children names first a number for children, and uses words that children use.",
                "Council of Europe handbook on child participation",
                waivable=True,
            ),
            Rule(
                "register",
                Severity.ERROR,
                "Children are spoken to as children and adults as adults, in the language's own forms of address.",
                "Council of Europe handbook on child participation",
                waivable=True,
            ),
            Rule(
                "image",
                Severity.ERROR,
                "Pictures show no chains, bars, handcuffs, injuries or cowering people; each is described in words; a "
                "person who can be recognised has agreed, and the agreement is on record.",
                "image guides of OVC and OTIP; WHO (2003), principle 6",
                waivable=True,
            ),
            Rule(
                "contrast",
                Severity.ERROR,
                "Text stands out from its ground at least 4.5 to 1, large text 3 to 1, on screen and in ink on paper.",
                "WCAG 2.2, 1.4.3; computed on paper for press colours",
            ),
            Rule(
                "metadata",
                Severity.ERROR,
                "A file that leaves the house names no author, no place on a disk and no camera.",
                "content guide, section 3: people who help are not to be found through a file",
            ),
            Rule(
                "voice",
                Severity.ERROR,
                "A voice message is read by a person who agreed to it, and another person listened to all of it.",
                "a voice identifies a person; who reads does not hear their own slips",
            ),
            Rule(
                "sound",
                Severity.ERROR,
                "The finished sound says what was signed: every digit of every number, at an even loudness.",
                "recordings sent by hand, whose numbers nobody compared with what is printed; ITU-R BS.1770",
            ),
            Rule(
                "stigma",
                Severity.WARNING,
                "No word labels the reader or goes with blame: write about people and what happened to them.",
                "WHO on stigma (2020); CLEAR Global on labelling",
                waivable=True,
            ),
            Rule(
                "plain",
                Severity.WARNING,
                "Sentences of at most 20 words (Easy Read: 15), active, without idioms, office words and unexplained "
                "abbreviations; a child of about 11 can read the text.",
                "Inclusion Europe, Information for all; NSW Multicultural Health Communication Service",
                waivable=True,
            ),
            Rule(
                "term",
                Severity.WARNING,
                "The same thing has the same word everywhere: the glossary's approved form, never one that it forbids.",
                "Inclusion Europe, Information for all",
                waivable=True,
            ),
            Rule(
                "gender",
                Severity.WARNING,
                "The text speaks to women and men: a neutral form, or both forms.",
                "UN guidelines for gender-inclusive language",
                waivable=True,
            ),
            Rule(
                "instruct",
                Severity.WARNING,
                "The text says what to do, not only what not to do.",
                "Easy Read standards (Inclusion Europe, Information for all)",
                waivable=True,
            ),
            Rule(
                "negation",
                Severity.WARNING,
                "A no, not or never of the source is in the text too, and none that the source does not have.",
                "lost and added negations in machine drafts",
                waivable=True,
            ),
            Rule(
                "modality",
                Severity.WARNING,
                "What readers can do, must do or nobody may do is the same in every language.",
                "drafts in which a right became its opposite",
                waivable=True,
            ),
            Rule(
                "imperative",
                Severity.WARNING,
                "What the source tells readers to do, the text tells them to do: no mere advice, no permission.",
                "CDC Clear Communication Index, calls to action; drafts in which an order became advice",
                waivable=True,
            ),
            Rule(
                "person",
                Severity.WARNING,
                "A sentence that speaks to the reader does so in every language, and not about somebody else.",
                "drafts in which you became they",
                waivable=True,
            ),
            Rule(
                "false-friend",
                Severity.WARNING,
                "A word means what that of the source means here: none that only looks like it, none of its other "
                "meanings.",
                "machine drafts in which a trade union became a union and a court hearing the sense of hearing",
                waivable=True,
            ),
            Rule(
                "same-source",
                Severity.WARNING,
                "What the source says in the same words is the same in the text too, wherever it stands.",
                "Inclusion Europe, Information for all: the same word for the same thing",
                waivable=True,
            ),
            Rule(
                "preview",
                Severity.WARNING,
                "The first 30 characters of a text message endanger nobody when a locked telephone shows them.",
                "discreet-format practice of helplines",
                waivable=True,
            ),
            Rule(
                "statistic",
                Severity.WARNING,
                "A figure about people says where it comes from and from which year it is.",
                "campaign guides",
                waivable=True,
            ),
            Rule(
                "repetition",
                Severity.WARNING,
                "No word stands twice in a row by mistake.",
                "translate-toolkit, doublewords",
                waivable=True,
            ),
            Rule(
                "punctuation",
                Severity.WARNING,
                "Brackets and the mark at the end are those of the source, as the language writes them.",
                "translate-toolkit, brackets and endpunc",
                waivable=True,
            ),
            Rule(
                "own-marks",
                Severity.WARNING,
                "Marks are those of the language wherever they stand, with a space behind them where its script "
                "puts one.",
                "CLDR, exemplar punctuation",
                waivable=True,
            ),
        )
    }
)


def finding(code: str, locale: str, where: str, said: Sentence, *, severity: Severity | None = None) -> Finding:
    """A finding that quotes its rule; `severity` softens or hardens the rule's own for one case."""
    rule = RULES[code]
    return Finding(code, severity or rule.severity, locale, printable(where), said.msgid, said.params, str(rule))
