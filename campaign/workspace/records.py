"""The records that a release relies on, looked at as a whole: is every line of them what its author wrote, and here?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from campaign.errors import CampaignError, Problem
from campaign.ledger import issued, last_seen, ledger, releases
from campaign.ledger.ledger import Ledger
from campaign.ledger.releases import History
from campaign.ledger.witness import Heads
from campaign.project import Project

#: What to do where lines are missing that somebody relied on.
FIND = "get them back from another copy: campaign ledger merge FILE"
OLDER = "after an older branch was checked out that is so: campaign ledger verify --accept; else " + FIND


def ledgers(project: Project, locales: Iterable[str]) -> dict[str, Ledger]:
    """The ledger of each language.

    Raises:
        CampaignError: a file cannot be read.
    """
    return {locale: ledger.read(project.ledger(locale), project.name(project.ledger(locale))) for locale in locales}


def faults(project: Project, books: Mapping[str, Ledger]) -> tuple[Problem, ...]:
    """Everything that is wrong with the records. Reviewing goes on meanwhile; nothing is released or packed.

    Bad lines, and lines that are not here although a release, a delivery or a pack relied on them or this copy saw
    them.
    """
    return _look(project, books)[0]


def look(project: Project, books: Mapping[str, Ledger]) -> tuple[Problem, ...]:
    """What `faults` finds, and keep what is here as seen by this copy: a line that came with `git pull` was seen too.

    Of a history that cannot be read nothing is kept: what is wrong with it is said as long as it is so.
    """
    found, past = _look(project, books)
    _keep(project, books, past)
    return found


def _look(project: Project, books: Mapping[str, Ledger]) -> tuple[tuple[Problem, ...], History]:
    found: list[Problem] = []
    history, seen = project.name(project.history), last_seen.read(project.root)
    try:
        past = releases.read(project.history, history)
    except CampaignError as error:
        past = History()
        found += error.problems
    else:
        if past.torn:
            found.append(Problem(history, "the last line is torn", "run: campaign ledger merge"))
        found += _forgotten(history, past.known, seen.get(history, ()))
    for locale, book in books.items():
        name, packs = project.name(project.ledger(locale)), project.review_packs(locale)
        found += book.problems(name)
        sent = issued.read(packs, project.name(packs))
        found += (flaw.problem(project.name(packs)) for flaw in sent.damage)
        anchors = [(own, on, "a release or delivery") for each in past.relied for own, on in _relied(each, locale)]
        anchors += [(own, on, "a review pack") for own, on in issued.heads(sent)]
        found += _cut(name, book, anchors)
        found += _forgotten(name, book.book.records, seen.get(name, ()))
    return tuple(found), past


def gone(project: Project, books: Mapping[str, Ledger], pack: str, told: Heads) -> Iterator[Problem]:
    """What a delivered ZIP relied on and is not here: its name, and the heads that it tells."""
    for locale, heads in sorted(told.items()):
        if locale not in books:
            yield Problem(pack, f"relied on signatures in {locale!r}, which is no language of this workspace", FIND)
        elif missing := {own for own in heads if own not in books[locale].book.records}:
            name = project.name(project.ledger(locale))
            yield Problem(pack, f"it was delivered, and relied in {name} on {_events(missing)}", FIND)


def _relied(relied: releases.Relied, locale: str) -> Iterator[tuple[str, str]]:
    return ((own, relied.on) for own in relied.heads.get(locale, ()))


def _cut(name: str, book: Ledger, anchors: Iterable[tuple[str, str, str]]) -> Iterator[Problem]:
    """Anchors that are not here, once for each kind and day."""
    gone: dict[tuple[str, str], set[str]] = defaultdict(set)
    for own, on, what in anchors:
        if own not in book.book.records:
            gone[on, what].add(own)
    for (on, what), ids in sorted(gone.items()):
        yield Problem(name, f"was cut or edited: {what} of {on} relied on {_events(ids)}", FIND)


def _forgotten(name: str, known: Iterable[str], seen: Iterable[str]) -> Iterator[Problem]:
    if gone := set(seen).difference(known):
        yield Problem(name, f"lines are missing there that this copy saw before: {_events(gone)}", OLDER)


def _events(ids: Iterable[str]) -> str:
    first, *more = sorted(ids)
    return f"line {first[:12]}…, which is not here" if not more else f"{1 + len(more)} lines, which are not here"


def note(project: Project, books: Mapping[str, Ledger], *, all_there_is: bool = False) -> None:
    """Keep what the records hold now as seen by this copy; `all_there_is` forgets what it saw before.

    Raises:
        CampaignError: the history is damaged.
    """
    _keep(project, books, releases.read(project.history, project.name(project.history)), all_there_is=all_there_is)


def _keep(project: Project, books: Mapping[str, Ledger], past: History, *, all_there_is: bool = False) -> None:
    seen = [(project.name(project.ledger(locale)), book.heads, book.book.records) for locale, book in books.items()]
    last_seen.note_all(
        project.root,
        [
            (name, heads, None if all_there_is else known)
            for name, heads, known in (*seen, (project.name(project.history), past.heads, past.known))
            if heads or all_there_is
        ],
    )
