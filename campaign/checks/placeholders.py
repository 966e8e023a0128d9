"""Placeholders: what the program fills in stands in every text as in the source."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache

from campaign import languages
from campaign.checks.facts import Facts, found, in_form
from campaign.model import plural_rule
from campaign.model.finding import Finding
from campaign.model.language import Language
from campaign.model.placeholders import placeholders
from campaign.model.sentence import Sentence, say, together
from campaign.model.unit import Unit

VALID = re.compile(r"%\(\w+\)s|%%")

# What translators, keyboards and engines make of a placeholder. Foreign percent signs count too; a percent sign with a
# space or a digit before a word ("50 % der", "%50 indirim") is ordinary text in many languages.
MALFORMED = re.compile(
    r"""
      \{\{[^{}]*\}\}                       # {{ phone }}
    | [$%#]?\{[\w .:-]*\}                  # {phone}  {0}  ${phone}  %{phone}
    | [%٪％﹪]\s?[(（][^()（）]*[)）]?\w?   # %(phone)  %( phone )s  %(phone)d  ％（phone）s
    | %(?:\d+\$)?[sdif](?!\w)              # %s  %1$s
    """,
    re.VERBOSE,
)

#: What Jinja2 calls the number of a {% pluralize %}.
COUNTS = frozenset({"count", "num"})


def changed_placeholders(unit: Unit, facts: Facts) -> Iterator[Finding]:
    """Yield a finding for each placeholder that a form lost, repeats, renamed or broke."""
    wanted = Counter(placeholders(unit.plural or unit.source))
    known = wanted | Counter(placeholders(unit.source))
    counts = (COUNTS | (set(placeholders(unit.plural)) - set(placeholders(unit.source)))) & known.keys()
    for index, form in enumerate(unit.forms):
        if not form.strip():
            continue
        have = Counter(placeholders(form))
        for name in sorted(known.keys() | have.keys()):
            if name not in known:
                said = say("%(what)s is not in the source", what=f"%({name})s")
                yield found("placeholder", unit, in_form(unit, index, together(said, *_meant(name, known))))
            elif name in counts and not have[name] and _words_can_say(languages.registry().get(unit.locale), index):
                continue
            elif not have[name] and wanted[name]:
                said = say("%(what)s is missing", what=f"%({name})s")
                yield found("placeholder", unit, in_form(unit, index, said))
            elif have[name] != wanted[name] and have[name]:
                said = say(
                    "%(piece)s stands %(have)s times, in the source %(wanted)s",
                    piece=f"%({name})s",
                    have=have[name],
                    wanted=wanted[name],
                )
                yield found("placeholder", unit, in_form(unit, index, said))
        for piece in broken(form, unit.source + "\n" + unit.plural):
            inner = re.sub(r"\W+", "", piece.rstrip("sd") if piece[:1] in "%٪％﹪" else piece)
            said = say("%(piece)s is no placeholder", piece=piece)
            yield found("placeholder", unit, in_form(unit, index, together(said, *_meant(inner, known))))
        if known and (piece := lone_percent(form, unit.source + "\n" + unit.plural)):
            said = together(say("%(piece)s is no placeholder", piece=piece), say("write %(piece)s", piece="%%"))
            yield found("placeholder", unit, in_form(unit, index, said))


def lone_percent(text: str, source: str) -> str:
    """The first percent sign, with what follows it, that gettext takes for a format beside placeholders; "" for none.

    `msgfmt -c` refuses such a catalogue ("100 % confidentiel" beside `%(phone)s`); what `broken` names is left out.
    """
    rest = VALID.sub("\0", text)
    for piece in broken(text, source):
        rest = rest.replace(piece, "\0")
    found = re.search(r"%[^\S\n]?\w?", rest)
    return found[0] if found else ""


def broken(text: str, source: str) -> list[str]:
    """What looks like a damaged placeholder in the text and does not stand in the source, each once, in order."""
    pieces, known = (MALFORMED.findall(VALID.sub(" ", part)) for part in (text, source))
    return [piece for piece in dict.fromkeys(pieces) if piece not in known]


def _meant(name: str, known: Collection[str]) -> Iterator[Sentence]:
    """Yield what to write instead of a name that is not known, where it is plain what was meant."""
    likely = difflib.get_close_matches(name, sorted(known), n=1) or (sorted(known) if len(known) == 1 else [])
    if likely:
        yield say("write %(piece)s", piece=f"%({likely[0]})s")


@cache
def _words_can_say(language: Language | None, index: int) -> bool:
    """Whether a plural form may say its number in a word ("one language") and so leave the digits out.

    Only a form that CLDR calls zero, one or two, and only where it holds for no larger number: Ukrainian uses its
    "one" for 21 and 31 as well, where "one language" would be wrong.
    """
    if language is None or index >= len(language.categories):
        return False
    if language.categories[index] not in ("zero", "one", "two"):
        return False
    form = plural_rule.parse(language.plural).index
    return max((n for n in range(200) if form(n) == index), default=0) <= 2
