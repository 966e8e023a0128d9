"""Plural forms in the order of the language registry, whatever order the program that wrote a PO file keeps.

The Plural-Forms header says which number takes which form. Two headers that put the numbers from 0 to 200 into the
same groups say the same in another order: the forms change places. A form that no such number takes (the "many" of
French, for whole millions) is left out. Anything else is refused: nobody can know which words are for which number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from campaign import languages
from campaign.catalogue import faults
from campaign.catalogue.dialect import Written
from campaign.errors import Problem
from campaign.model import plural_rule
from campaign.model.plural_rule import PluralRule

if TYPE_CHECKING:
    from translate.storage.pypo import pofile, pounit

HEADER = "Plural-Forms"

#: How gettext counts where a file does not say it.
SILENT = "nplurals=2; plural=(n != 1);"


def settle(store: pofile, name: str, locale: str, written: Written) -> Iterator[Problem]:
    """Put the plural forms of a parsed file into the registry's order, in place, and say so in its header.

    Yields what stops it: a formula that cannot be read, that groups the numbers otherwise, or entries with another
    number of forms than the file's own header states.
    """
    language = languages.get(locale)
    own = plural_rule.parse(language.plural)
    said = " ".join(str(store.parseheader().get(HEADER, "")).split())
    plurals = [(unit, line) for unit, line in faults.places(store, written) if unit.hasplural()]
    spoken = [(unit, line) for unit, line in plurals if _has_text(unit)]
    try:
        theirs = plural_rule.parse(said or SILENT)
    except ValueError as error:
        theirs, why = None, f"cannot be read ({error})"
    if theirs and (_same(theirs, own) or _is_of(str(store.parseheader().get("Language", "")), theirs, locale)):
        return
    where = f"{name}:{_line(written)}"
    todo = f"put the forms into the order of {language.english} here: {language.plural}"
    if theirs is None and spoken:
        yield Problem(where, f"its {HEADER} {said[:200]!r} {why}", todo)
        return
    groups = _groups(own.table(), theirs.table()) if theirs else ()
    for unit, line in plurals:
        forms = [str(text) for text in unit.target.strings]
        if not _has_text(unit):
            unit.target = [""] * own.forms
        elif theirs and said and list(unit.msgstr) != list(range(theirs.forms)):
            if not unit.isobsolete():
                what = (
                    f"{str(unit.source)[:60]!r} has the plural forms {list(unit.msgstr)}, its header counts by {said}"
                )
                yield Problem(f"{name}:{line}", what, f"write msgstr[0] to msgstr[{theirs.forms - 1}]")
        elif theirs and len(forms) == theirs.forms and (ordered := _ordered(forms, groups)) is not None:
            unit.target = ordered
        elif not unit.isobsolete():
            what = (
                f"counts plural forms by {said or f'nothing (which is {SILENT})'}, {language.english} ({locale}) "
                f"by {language.plural}: the texts cannot be put in order"
            )
            yield Problem(where, what, todo)
            return
    store.updateheader(add=True, **{HEADER: language.plural})


def _same(one: PluralRule, other: PluralRule) -> bool:
    return one.forms == other.forms and one.table() == other.table()


def _is_of(written: str, theirs: PluralRule, locale: str) -> bool:
    """Whether the file is another language's in its name and in its counting: `check` says so, in plainer words."""
    tag = languages.resolve(written)
    return tag not in ("", locale) and _same(theirs, plural_rule.parse(languages.get(tag).plural))


def _has_text(unit: pounit) -> bool:
    return any(str(text) for text in unit.target.strings)


def _line(written: Written) -> int:
    found = (n for n, line in zip(written.numbers, written.lines, strict=True) if line.startswith(f'"{HEADER}:'))
    return next(found, 1)


def _groups(own: Sequence[int], theirs: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """For each form of the language, the forms that the file has for the same numbers."""
    pairs = sorted(set(zip(own, theirs, strict=True)))
    return tuple(tuple(other for mine, other in pairs if mine == form) for form in range(max(own) + 1))


def _ordered(forms: Sequence[str], groups: Sequence[Sequence[int]]) -> list[str] | None:
    """The texts in the language's order; None where two of them are for one form, or one is for two."""
    used = [other for group in groups for other in group]
    if len(set(used)) != len(used) or any(len({forms[other] for other in group}) != 1 for group in groups):
        return None
    return [forms[group[0]] for group in groups]
