"""PO files in and out through translate-toolkit, the one library that changes only what it is told to change.

Only importer of translate.storage. Specification: the GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from campaign import languages, limits
from campaign.catalogue import dialect, faults, plural_order
from campaign.errors import CampaignError, Problem
from campaign.model.unit import Unit
from campaign.project import write_atomic

if TYPE_CHECKING:
    from translate.storage.pypo import pofile, pounit

ORIGIN = "origin: "

#: What a draft says about itself, one short comment line each: Poedit and msgmerge leave such lines as they are.
NOTES = (ORIGIN, "confidence: ", "glossary: ", "suggestion: ")

#: No language has more than six plural forms.
MOST_FORMS = 50

#: A PO file can hold neither a NUL nor a lone surrogate.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Edit(NamedTuple):
    """A new text for a unit: every form, whether it still waits for review, and the origin to note (or none).

    `notes` are further lines for the translator's comments. A new origin takes away old lines that begin with NOTES.
    """

    forms: tuple[str, ...]
    fuzzy: bool
    origin: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The units of one language, in file order."""

    locale: str
    units: tuple[Unit, ...]

    def by_key(self) -> dict[str, Unit]:
        """The units by key."""
        return {unit.key: unit for unit in self.units}


def read(path: Path, name: str, locale: str) -> Catalogue:
    """The catalogue of a language.

    Raises:
        CampaignError: unreadable text, PO syntax, duplicate messages, a wrong number of plural forms or another order
            of them that cannot be settled: every problem with file and line.
    """
    return Catalogue(locale, tuple(unit_of(unit, locale) for unit in live(parse(path, name, locale))))


def parse(path: Path, name: str, locale: str | Callable[[Mapping[str, str]], str]) -> pofile:
    """The PO file as translate-toolkit's object, refused when it could not be written back without loss.

    Any dialect is read (`dialect`); plural forms stand in the registry's order afterwards (`plural_order`).
    `locale` may be what finds the language by the fields of the header; without one, plural forms stay as they are.
    """
    from translate.storage import base, pypo

    written = dialect.read(path, name)
    _bounded(written.lines, name)
    try:
        with limits.in_time(name, "read_seconds"):
            store: pofile = pypo.pofile.parsestring(written.text.encode("utf-8"))
    except (base.ParseError, ValueError, LookupError, AttributeError) as error:
        found = re.search(r"line (\d+)", str(error))
        number = written.number(int(found[1])) if found else faults.odd_line(written)
        what = f"is not a valid PO file: {(str(error).splitlines() or [''])[0]}"
        raise CampaignError.single(what, where=f"{name}:{number}", todo=faults.CORRECT) from error
    problems = faults.find(store, name, written)
    if not problems:
        problems = faults.twice(store, name, written)
        known = locale if isinstance(locale, str) else locale(header(store))
        if known:
            wrong = [*plural_order.settle(store, name, known, written)]
            problems += wrong or faults.forms(store, name, known, written)
    if problems:
        raise CampaignError(sorted(problems, key=lambda problem: int(problem.where.rpartition(":")[2])))
    return store


def _bounded(lines: Iterable[str], name: str) -> None:
    """Refuse what would take gigabytes once it is parsed: entries without number, and texts that no reader reads."""
    entries = characters = forms = 0
    most, longest = limits.limit("catalogue_entries"), limits.limit("catalogue_characters")
    for number, line in enumerate(lines, start=1):
        opens = line.startswith("msg")
        entries += line.startswith("msgid ")
        characters = len(line) if opens or line[:1] != '"' else characters + len(line)
        forms = forms + 1 if line.startswith("msgstr[") else forms * (not opens)
        if forms > MOST_FORMS:
            what = f"has an entry with more than {MOST_FORMS} plural forms"
            raise CampaignError.single(what, where=f"{name}:{number}", todo=faults.CORRECT)
        if entries > most:
            raise limits.too_much(f"{name}:{number}", f"has more than {most:g} entries", "catalogue_entries")
        if characters > longest and line[:1] != "#":
            what = f"has a text of more than {longest:g} characters"
            raise limits.too_much(f"{name}:{number}", what, "catalogue_characters")


def header(store: pofile) -> dict[str, str]:
    """The fields of a PO file's header."""
    return {str(field): str(value).strip() for field, value in store.parseheader().items()}


def language(path: Path, name: str) -> str:
    """What a PO file says in its `Language` header; empty when it says nothing.

    Raises:
        CampaignError: the file cannot be read.
    """
    said = re.search(r'^"Language:[ \t]*([^\\"]*)', dialect.read(path, name).text, re.MULTILINE)
    return said[1].strip() if said else ""


def live(store: pofile) -> list[pounit]:
    """The units that are neither header nor obsolete; a comment at the end of the file is none either."""
    return [unit for unit in store.units if unit.msgid and not unit.isheader() and not unit.isobsolete()]


def identity(unit: pounit) -> tuple[str, str, str]:
    """(context, source, plural source) of a PO entry."""
    strings = unit.source.strings if unit.hasplural() else [str(unit.source)]
    return unit.getcontext(), str(strings[0]), str(strings[1]) if len(strings) > 1 else ""


def unit_of(unit: pounit, locale: str) -> Unit:
    """A PO entry as a value."""
    context, source, plural = identity(unit)
    notes = unit.getnotes(origin="translator").split("\n")
    origin = next((note.removeprefix(ORIGIN) for note in notes if note.startswith(ORIGIN)), "")
    return Unit(
        locale=locale,
        context=context,
        source=source,
        plural=plural,
        forms=_forms(unit, locale),
        fuzzy=bool(unit.isfuzzy()),
        origin=origin,
        where=" ".join(unit.getlocations()),
        notes=unit.getnotes(origin="developer"),
        previous=previous(unit) if unit.isfuzzy() else None,
    )


def _forms(unit: pounit, locale: str) -> tuple[str, ...]:
    if not unit.hasplural():
        return (str(unit.target or ""),)
    strings = [str(text) for text in unit.target.strings]
    return tuple(strings + [""] * (languages.get(locale).nplurals - len(strings)))


def previous(unit: pounit) -> tuple[str, str, str] | None:
    """What the `#|` lines say: (context, source, plural source) that the text was made for, or None."""
    parts = [_unquoted(lines) for lines in (unit.prev_msgctxt, unit.prev_msgid, unit.prev_msgid_plural)]
    # As msgmerge writes it: no previous context means that there was none.
    return (parts[0], parts[1], parts[2]) if parts[1] else None


def _unquoted(lines: list[str]) -> str:
    from translate.storage.pypo import unquotefrompo

    return str(unquotefrompo(lines)) if lines else ""


def misfits(unit: pounit, change: Edit, name: str) -> Iterator[Problem]:
    """Why a new text cannot stand in this entry."""
    place, count = f"{name}: {str(unit.source)[:60]!r}", len(unit.target.strings) if unit.hasplural() else 1
    if len(change.forms) != count:
        yield Problem(place, f"takes {count} plural forms, not {len(change.forms)}", "give one text for each form")
    if UNSTORABLE.search("".join((*change.forms, change.origin, *change.notes))):
        yield Problem(place, "the new text holds a NUL or a lone surrogate", "type the text again")


def apply(unit: pounit, change: Edit) -> None:
    """Put a new text into one PO entry; an entry whose text and flag stay the same is not touched."""
    forms = list(change.forms)
    if forms != (unit.target.strings if unit.hasplural() else [str(unit.target or "")]):
        unit.target = forms if unit.hasplural() else forms[0]
    if change.fuzzy != bool(unit.isfuzzy()):
        unit.markfuzzy(change.fuzzy)
    if not change.fuzzy and unit.prev_msgid:
        unit.prev_msgctxt, unit.prev_msgid, unit.prev_msgid_plural = [], [], []
    if change.origin:
        old = tuple(f"# {note}" for note in NOTES)
        unit.othercomments = [line for line in unit.othercomments if not line.startswith(old)]
    lines = (
        f"# {' '.join(note.split())}\n"
        for note in (*([ORIGIN + change.origin] if change.origin else []), *change.notes)
    )
    unit.othercomments += [line for line in lines if line not in unit.othercomments]


def write(path: Path, store: pofile) -> bytes:
    """Write a PO file in one step, unless it holds these bytes already; its bytes."""
    data = bytes(store)
    if not path.exists() or path.read_bytes() != data:
        write_atomic(path, data)
    return data


def new(locale: str, project_name: str, revision: str) -> pofile:
    """An empty PO (or, without a locale, POT) file with its header; `revision` is an ISO date, never the clock."""
    from translate.storage import pypo

    store = pypo.pofile(noheader=True)
    fields = {
        "Project-Id-Version": project_name,
        "Report-Msgid-Bugs-To": "",
        "PO-Revision-Date": f"{revision} 00:00+0000",
        "Last-Translator": "Automatically generated",
        "Language-Team": languages.get(locale).english if locale else "",
        "Language": gettext_tag(locale),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if locale:
        fields["Plural-Forms"] = languages.get(locale).plural
    unit = pypo.pounit(encoding="UTF-8")
    unit.source = ""
    unit.target = "".join(f"{key}: {value}\n" for key, value in fields.items())
    store.units.append(unit)
    return store


def bilingual(header: Mapping[str, str], pairs: Iterable[tuple[str, str, str]]) -> bytes:
    """A PO file for another program, of (where, source, text); `header` is written as it is, in this order."""
    from translate.storage import pypo

    store = pypo.pofile(noheader=True)
    for where, source, text in (("", "", "".join(f"{key}: {value}\n" for key, value in header.items())), *pairs):
        unit = pypo.pounit(encoding="UTF-8")
        unit.source, unit.target = source, text
        if where:
            unit.addlocation(where)
        else:
            unit.markfuzzy()
        store.units.append(unit)
    return bytes(store)


def gettext_tag(tag: str) -> str:
    """A BCP 47 tag as gettext's Language header writes it: sr-Cyrl -> sr@cyrillic, zh-Hans -> zh_CN, pt-BR -> pt_BR."""
    special = {"sr-Cyrl": "sr@cyrillic", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW"}
    return special.get(tag, tag.replace("-", "_"))
