"""Invitations to a shared desk, and the browsers that came in by them. Values in, values out: `register` keeps them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from campaign.errors import CampaignError, Problem
from campaign.model.trust import ROLES
from campaign.people import may_be_one, name_fault, tidy

#: How long a browser that asks for nothing stays in: mediators work on evenings, with holidays between.
IDLE = timedelta(days=14)
#: How seldom it is written down that a browser is still there.
SEEN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who may come in, as whom, into which languages, and through which day.

    secret    SHA-256 of what the link holds; the link itself is kept nowhere
    until     the last day, as the machine of the desk counts days
    made, used, revoked    moments (UTC); empty where it did not happen
    """

    id: str
    name: str
    role: str
    languages: tuple[str, ...]
    until: date
    secret: str
    made: str
    used: str = ""
    revoked: str = ""

    def holds(self, on: date) -> bool:
        """Whether it was not taken back and has not ended."""
        return not self.revoked and on <= self.until


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that came in: SHA-256 of what its cookie holds, by which invitation, since when, when seen last."""

    secret: str
    invitation: str
    since: str
    seen: str


@dataclass(frozen=True, slots=True)
class Guests:
    """Everybody of a desk: invitations and browsers; `key` seals cookies and forms, `url` is the public address."""

    key: str
    url: str = ""
    invitations: tuple[Invitation, ...] = ()
    browsers: tuple[Browser, ...] = ()

    def invitation(self, id_: str) -> Invitation | None:
        """The invitation with this id."""
        return next((each for each in self.invitations if each.id == id_), None)

    def linked(self, link: str) -> Invitation | None:
        """The invitation of a link. Hashes are compared: no time to measure."""
        hashed = hashed_secret(link)
        return next((each for each in self.invitations if each.secret == hashed), None)

    def browser(self, cookie: str) -> Browser | None:
        """The browser of a cookie."""
        hashed = hashed_secret(cookie)
        return next((each for each in self.browsers if each.secret == hashed), None)

    def person(self, cookie: str, now: datetime, on: date) -> tuple[Browser, Invitation] | None:
        """Who sits at a browser; nobody where the invitation ended or was taken back, or after too long."""
        browser = self.browser(cookie) if cookie else None
        invitation = self.invitation(browser.invitation) if browser else None
        if browser is None or invitation is None or not invitation.holds(on):
            return None
        return (browser, invitation) if now - datetime.fromisoformat(browser.seen) <= IDLE else None


def hashed_secret(secret: str) -> str:
    """What is kept of a secret of 256 random bits: nobody finds it by trying, so a quick hash will do."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def moment(now: datetime) -> str:
    """A moment as it is written down: UTC, to the second."""
    return now.astimezone(UTC).isoformat(timespec="seconds")


def at(guests: Guests, url: str) -> Guests:
    """The guests of a desk that is reached at this address."""
    return replace(guests, url=url)


def invite(
    guests: Guests,
    name: str,
    role: str,
    languages: tuple[str, ...],
    until: date,
    *,
    known: Collection[str],
    now: datetime,
    on: date,
) -> tuple[Guests, Invitation, str]:
    """One person more: the guests with them, the invitation, and the secret of the link, which is kept nowhere.

    known    the languages of the campaign

    Raises:
        CampaignError: everything that is wrong with name, role, languages or day, or that it could be another guest.
    """
    name = tidy(name)
    problems = [
        Problem("--name", fault, "give the name or pseudonym that signs") for fault in (name_fault(name),) if fault
    ]
    if role not in ROLES:
        problems.append(Problem("--role", f"{role!r} is no role", f"use one of {', '.join(ROLES)}"))
    for tag in languages:
        if tag not in known:
            todo = f"use one of {', '.join(known)}"
            problems.append(Problem("--lang", f"{tag!r} is no language of this campaign", todo))
    if until < on:
        problems.append(Problem("--until", f"{until.isoformat()} is over", "give a day to come"))
    others = sorted({each.name for each in guests.invitations if each.name != name and each.holds(on)})
    for other in [other for other in others if may_be_one(other, name)]:
        todo = "give exactly the same name for the same person, or another one that nobody takes for it"
        problems.append(Problem("--name", f"could be taken for {other}, who is invited too", todo))
    if problems:
        raise CampaignError(problems)
    secret, taken = secrets.token_urlsafe(32), {each.id for each in guests.invitations}
    id_ = next(id_ for id_ in iter(lambda: secrets.token_hex(3), "") if id_ not in taken)
    made = Invitation(id_, name, role, tuple(dict.fromkeys(languages)), until, hashed_secret(secret), moment(now))
    return replace(guests, invitations=(*guests.invitations, made)), made, secret


def enter(guests: Guests, link: str, *, now: datetime, on: date) -> tuple[Guests, Invitation, str] | None:
    """Use a link: the guests with one browser more, its invitation, what the cookie holds; None: it opens nothing."""
    invitation = guests.linked(link)
    if invitation is None or invitation.used or not invitation.holds(on):
        return None
    cookie, used = secrets.token_urlsafe(32), replace(invitation, used=moment(now))
    invitations = tuple(used if each is invitation else each for each in guests.invitations)
    there = tuple(each for each in guests.browsers if now - datetime.fromisoformat(each.seen) <= IDLE)
    browser = Browser(hashed_secret(cookie), used.id, moment(now), moment(now))
    return replace(guests, invitations=invitations, browsers=(*there, browser)), used, cookie


def seen(guests: Guests, browser: Browser, *, now: datetime) -> Guests:
    """The guests, once a browser asked for something."""
    later = replace(browser, seen=moment(now))
    return replace(guests, browsers=tuple(later if each.secret == browser.secret else each for each in guests.browsers))


def leave(guests: Guests, browser: Browser) -> Guests:
    """The guests without a browser."""
    return replace(guests, browsers=tuple(each for each in guests.browsers if each.secret != browser.secret))


def revoke(guests: Guests, ids: Iterable[str], *, now: datetime) -> tuple[Guests, tuple[Invitation, ...]]:
    """Take invitations back, and end what came in by them: the guests, and those that held before.

    Raises:
        CampaignError: each id that is no invitation's.
    """
    asked = tuple(dict.fromkeys(ids))
    todo = "take one that campaign review invitations lists"
    if problems := [Problem(id_, "is no invitation", todo) for id_ in asked if guests.invitation(id_) is None]:
        raise CampaignError(problems)
    ended = tuple(each for each in guests.invitations if each.id in asked and not each.revoked)
    invitations = tuple(replace(each, revoked=moment(now)) if each in ended else each for each in guests.invitations)
    there = tuple(each for each in guests.browsers if each.invitation not in asked)
    return replace(guests, invitations=invitations, browsers=there), ended
