"""glossary/<lang>.csv: the agreed word for each term, the forbidden ones, and the names that stay as they are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from campaign import delimited, languages
from campaign.catalogue import inflection
from campaign.config.tables import suggestion
from campaign.errors import CampaignError, Problem
from campaign.folded import foldings
from campaign.foreign import read_bytes
from campaign.project import Project

COLUMNS = ("term", "translation", "gender", "note", "do_not_translate", "forbidden")
GENDERS = ("", "m", "f", "n")
YES, NO = ("yes", "true", "1", "x"), ("", "no", "false", "0")

#: Between several accepted (or several forbidden) forms in one cell.
SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Term:
    """One row: `forms` are the accepted translations, the preferred one first; `keep` says do not translate."""

    term: str
    forms: tuple[str, ...] = ()
    gender: str = ""
    note: str = ""
    keep: bool = False
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a language; `names` are those that no language translates. `source` is the language of the terms."""

    locale: str
    terms: tuple[Term, ...] = ()
    source: str = "en"

    @property
    def names(self) -> tuple[str, ...]:
        """What stays as it is."""
        return tuple(term.term for term in self.terms if term.keep)

    def hits(self, source: str) -> tuple[Term, ...]:
        """The terms that stand in a source text, in the order of the glossary."""
        return tuple(term for term in self.terms if occurs(term.term, source, self.source))


def occurs(term: str, text: str, language: str = "en") -> re.Match[str] | None:
    """The first place of a term as words of a text in its language, in small letters or capitals, in the plural too."""
    if language != "en":
        said = used(term, text, language)
        return re.search(re.escape(said), text) if said else None
    ends = rf"{re.escape(term)}(?:s|es)?" + (rf"|{re.escape(term[:-1])}ies" if term[-1:] in ("y", "Y") else "")
    return re.search(rf"(?<!\w)(?:{ends})(?!\w)", text, re.IGNORECASE)


def used(form: str, text: str, locale: str = "") -> str:
    """A form as a text writes it, its words in this order, with what inflection gives them; "" where it does not."""
    for folding in foldings(text) if form.strip() else ():
        if match := inflection.pattern(form, locale).search(folding.folded):
            return folding.written(match.start(), match.end())
    return ""


def path_name(locale: str) -> str:
    """The glossary file of a language below the workspace."""
    return f"glossary/{locale}.csv"


def load(project: Project, locale: str, source: str = "en") -> Glossary:
    """The terms of a language, with the source language's list (its notes and its names) behind them.

    Raises:
        CampaignError: every problem of both files, with file and line.
    """
    problems: list[Problem] = []
    rows: list[Term] = []
    for tag in dict.fromkeys((locale, source)):
        path = project.glossary(tag)
        if path.exists():
            try:
                rows += read(read_bytes(path, path_name(tag)), path_name(tag))
            except CampaignError as error:
                problems += error.problems
    if problems:
        raise CampaignError(problems)
    merged: dict[str, Term] = {}
    for row in rows:
        merged.setdefault(row.term.casefold(), row)
    return Glossary(languages.get(locale).tag, tuple(merged.values()), source)


def read(data: bytes, name: str) -> list[Term]:
    """The rows of a glossary file, as any spreadsheet program saves it (`delimited`).

    Raises:
        CampaignError: unknown or missing columns, and every wrong row with its line.
    """
    rows = delimited.read(data, name, COLUMNS[0])
    width = len(rows[0][1]) if rows else 0
    header = tuple(cell.strip() for cell in rows[0][1]) if rows else ()
    while header and not header[-1]:  # columns that were emptied: programs write them to the end
        header = header[:-1]
    problems = [
        Problem(f"{name}:1", f"has the unknown column {column!r}{suggestion(column, COLUMNS)}", "correct or delete it")
        for column in header
        if column not in COLUMNS
    ]
    problems += [
        Problem(f"{name}:1", f"lacks the column {column!r}", f"the first line is {','.join(COLUMNS)}")
        for column in COLUMNS[:2]
        if column not in header
    ]
    if problems:
        raise CampaignError(problems)
    terms: dict[str, Term] = {}
    for line, cells in rows[1:]:
        if len(cells) > width or any(cell.strip() for cell in cells[len(header) :]):
            problems.append(
                Problem(f"{name}:{line}", "has more cells than the first line", 'put "quotes" around commas')
            )
            continue
        row = dict(zip(header, (" ".join(cell.split()) for cell in cells), strict=False))
        faults = list(_faults(row))
        if row.get("term", "").casefold() in terms:
            faults.append(f"names {row['term']!r} a second time")
        problems += [Problem(f"{name}:{line}", fault, "correct this row") for fault in faults]
        if not faults:
            terms[row["term"].casefold()] = Term(
                row["term"],
                _several(row.get("translation", "")),
                row.get("gender", ""),
                row.get("note", ""),
                row.get("do_not_translate", "").casefold() in YES,
                _several(row.get("forbidden", "")),
            )
    if problems:
        raise CampaignError(problems)
    return list(terms.values())


def _faults(row: dict[str, str]) -> list[str]:
    faults = []
    if not row.get("term"):
        faults.append("has no term")
    if row.get("gender", "") not in GENDERS:
        faults.append(f"has the gender {row['gender']!r}; it is m, f, n or empty")
    keep = row.get("do_not_translate", "").casefold()
    if keep not in YES + NO:
        faults.append(f"says {keep!r} in do_not_translate; it is yes or empty")
    if keep in YES and row.get("translation"):
        faults.append("has a translation, and says do_not_translate")
    both = {form.casefold() for form in _several(row.get("translation", ""))} & {
        form.casefold() for form in _several(row.get("forbidden", ""))
    }
    if both:
        faults.append(f"both accepts and forbids {', '.join(sorted(both))}")
    if any(ord(c) < 32 or 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in "".join(row.values())):
        faults.append("holds a control character")
    return faults


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.strip() for form in cell.split(SEPARATOR) if form.strip()))


def faults(term: Term) -> list[str]:
    """Why a term cannot stand in a glossary file."""
    row = dict(zip(COLUMNS, _cells(term), strict=True))
    wrong = _faults(row)
    if any(SEPARATOR in form for form in (*term.forms, *term.forbidden)):
        wrong.append(f"has a word with {SEPARATOR!r}, which stands between words here")
    if any(_FORMULA.match(cell) for cell in row.values()):
        wrong.append("looks like a formula, which a spreadsheet program would calculate")
    return wrong


#: How cells begin that spreadsheet programs calculate.
_FORMULA = re.compile(r"[=@]|[+-].*[(!|]")


def _cells(term: Term) -> tuple[str, ...]:
    forms, forbidden = (SEPARATOR.join(words) for words in (term.forms, term.forbidden))
    return term.term, forms, term.gender, term.note, "yes" if term.keep else "", forbidden


def written(terms: Iterable[Term]) -> bytes:
    """A glossary file of these terms, as `read` reads it."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(map(_cells, terms))
    return text.getvalue().encode()
