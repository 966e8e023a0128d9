"""The files of agreed words turned round when messages are written in another language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from campaign.catalogue import glossary
from campaign.catalogue.glossary import Term, occurs
from campaign.foreign import read_bytes
from campaign.project import Project, write_atomic


def turn(project: Project, old: str, new: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Put the agreed word of the language `new` in the place of each term of the language `old`, in every file.

    `pairs` are the sentences in both. A word that stands in one of them for something else ("sans papiers" for
    "undocumented" and in "without papers") cannot be what a term is found by. A term without a word of `new` has
    nothing to be found by: its rows are left out. Names stay.
    """
    held, sentences = dict(_files(project)), tuple(pairs)
    said = {}
    for row in held.get(new, ()):
        sure = (form for form in row.forms if _meant(row.term, old, form, new, sentences))
        if form := next(sure, ""):
            said[row.term.casefold()] = form
    agreed = {row.term.casefold(): row for row in held.get(new, ()) if row.term.casefold() in said}
    first = held.get(old, [])
    notes = {row.term.casefold(): row.note for row in first}
    held[old] = [Term(said[key], (row.term,), note=notes.get(key, "")) for key, row in agreed.items()]
    held[new] = [*_source_list(first, agreed, said), *(row for row in held.get(new, ()) if row.keep)]
    for locale, rows in held.items():
        turned = rows if locale in (old, new) else _turned(rows, said)
        path = project.glossary(locale)
        if wanted := tuple({row.term.casefold(): row for row in reversed([*turned])}.values())[::-1]:
            write_atomic(path, glossary.written(wanted))
        else:
            path.unlink(missing_ok=True)


def _files(project: Project) -> Iterator[tuple[str, list[Term]]]:
    for path in project.files(project.root / "glossary", "*.csv"):
        yield path.stem, glossary.read(read_bytes(path, project.name(path)), project.name(path))


def _meant(term: str, old: str, form: str, new: str, sentences: Iterable[tuple[str, str]]) -> bool:
    """Whether every sentence with this form is about the term."""
    return all(occurs(term, before, old) for before, after in sentences if occurs(form, after, new))


def _source_list(first: Iterable[Term], agreed: Mapping[str, Term], said: Mapping[str, str]) -> Iterator[Term]:
    """What every language starts from: terms with notes, and names."""
    for row in first:
        word = agreed.get(row.term.casefold())
        if row.keep:
            yield row
        elif word is not None:
            no = f"Not: {', '.join(word.forbidden)}." if word.forbidden else ""
            yield Term(said[row.term.casefold()], note=" ".join(part for part in (row.note, no) if part))


def _turned(rows: Iterable[Term], said: Mapping[str, str]) -> Iterator[Term]:
    for row in rows:
        if row.keep:
            yield row
        elif word := said.get(row.term.casefold()):
            yield replace(row, term=word)
