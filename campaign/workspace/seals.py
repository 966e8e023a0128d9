"""Seals: which events of a ledger somebody signed with a key that the workspace knows as theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from campaign import ssh
from campaign.errors import Problem
from campaign.ledger.ledger import Ledger
from campaign.model.event import Event
from campaign.model.trust import Trust
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.render.texts import Texts
from campaign.ssh import Proof
from campaign.workspace import records
from campaign.workspace.inputs import allowed_signers
from campaign.workspace.loader import Workspace, texts_of

WRONG = "the ssh signature is not one of what it stands for; it proves nothing"
TODO = "let {who} sign again with --ssh-key, and take this line back: campaign review withdraw {locale} {own}"
MISSING = "ssh-keygen is not installed: no ssh signature was looked at"


@dataclass(frozen=True, slots=True)
class Seals:
    """What the seals of a ledger prove: the ids of the events whose author's key is `verified`, and seals that are of
    other words (`wrong`). `unread` says that there are seals and no program that reads them.
    """

    verified: frozenset[str] = frozenset()
    wrong: tuple[Problem, ...] = ()
    unread: bool = False

    def of(self, own: str) -> Proof:
        """What is known of who said an event."""
        return Proof.VERIFIED if own in self.verified else Proof.CLAIMED


def read(project: Project, locale: str, book: Ledger) -> Seals:
    """Look at every seal of a ledger. One counts for what the same name said; one that was withdrawn is not looked at.

    Raises:
        CampaignError: allowed_signers is a link that leads out.
    """
    ended = book.standing(Trust()).ended
    seals = [event for event in book.events if event.verdict is Verdict.SEAL and event.id not in ended]
    if not seals:
        return Seals()
    if not ssh.program():
        return Seals(unread=True)
    path = allowed_signers(project)
    with ThreadPoolExecutor() as threads:
        proofs = list(threads.map(lambda seal: _proof(seal, path if path.is_file() else None), seals))
    verified = {
        own
        for seal, proof in zip(seals, proofs, strict=True)
        for own in (seal.re if proof is Proof.VERIFIED else ())
        if own in book.by_id and book.by_id[own].reviewer == seal.reviewer
    }
    wrong = tuple(
        Problem(
            f"{project.name(project.ledger(locale))}:{book.book.lines[seal.id]}",
            WRONG,
            TODO.format(who=seal.reviewer, locale=locale, own=seal.id[:12]),
        )
        for seal, proof in zip(seals, proofs, strict=True)
        if proof is Proof.WRONG
    )
    return Seals(frozenset(verified), wrong)


def _proof(seal: Event, allowed: Path | None) -> Proof:
    return ssh.verify(ssh.text(seal.re), seal.sig, ssh.principal(seal.reviewer), allowed)


def said(seals: Seals, signatures: Iterable[Event]) -> tuple[str, ...]:
    """Line by line: how many signatures each person's key is behind, and how many only their name."""
    people: dict[str, Counter[Proof]] = {}
    for event in signatures:
        people.setdefault(event.reviewer, Counter())[seals.of(event.id)] += 1
    lines = [f"{name}: {_counted(proofs)}" for name, proofs in sorted(people.items())]
    return (*lines, *([MISSING] if seals.unread else ()))


def _counted(proofs: Counter[Proof]) -> str:
    return ", ".join(f"{proofs[proof]} {proof}" for proof in (Proof.VERIFIED, Proof.CLAIMED) if proofs[proof])


def summed(seals: Seals, signatures: Iterable[Event]) -> str:
    """The same of all of them in one line; "" where nobody signed."""
    return _counted(Counter(seals.of(event.id) for event in signatures))


def counting(book: Ledger, trust: Trust) -> tuple[Event, ...]:
    """Every signature that counts."""
    return tuple(event for signatures in book.standing(trust).signed.values() for event in signatures)


def proven(space: Workspace, locale: str) -> Texts:
    """The texts of a language with the states that they have by signatures of verified keys alone.

    Raises:
        CampaignError: there is no ssh-keygen, or a ledger cannot be read.
    """
    ssh.needed()
    book = records.ledgers(space.project, [locale])[locale]
    verified = read(space.project, locale, book).verified
    campaign = replace(space.campaign, trust=replace(space.campaign.trust, sealed=verified))
    return texts_of(campaign, locale, tuple(space.texts[locale].units.values()), book)
