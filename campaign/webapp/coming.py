"""Looks that come after the page that shows them: made one after another, of each browser what it wanted last.

No request waits for the compiler. A page comes with the looks that are known and a ticket; who shows it asks again with
the ticket until all of them are there.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.errors import Problem
from campaign.ledger.queue import Line
from campaign.model.finding import Finding
from campaign.review.look import Look
from campaign.review.preview import Previews, Wish
from campaign.review.snapshot import Sheet

log = logging.getLogger("campaign.review")

#: How many tickets are good at once, the latest.
TICKETS = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page shows: so many looks, and what was found about the text that is tried in them."""

    browser: str
    sheet: Sheet
    wishes: tuple[Wish, ...]
    line: Line | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The looks that are there, and the ticket to ask for the others with; no ticket where there are no others."""

    looks: tuple[Look, ...]
    ticket: str = ""


class Coming:
    """The looks that browsers wait for. Its methods may be called from several threads.

    `patience` is how long an answer waits for looks, in seconds: nobody's page should.
    """

    def __init__(self, previews: Previews, patience: float = 0.0) -> None:
        self._previews, self.patience = previews, patience
        self._changed = threading.Condition()
        self._tickets: OrderedDict[str, Asked] = OrderedDict()
        self._wanted: OrderedDict[str, tuple[Wish, ...]] = OrderedDict()
        self._works = False

    def ask(self, asked: Asked) -> Answer:
        """What is there of it; the rest is made, and what this browser wanted before is not any more."""
        ticket = secrets.token_urlsafe(16)
        for wish in asked.wishes:
            self._previews.forget(wish)
        with self._changed:
            self._tickets[ticket] = asked
            if len(self._tickets) > TICKETS:
                self._tickets.popitem(last=False)
        return self.again(ticket, asked)

    def asked(self, ticket: str) -> Asked | None:
        """What a ticket stands for, while it is good."""
        return self._tickets.get(ticket)

    def again(self, ticket: str, asked: Asked) -> Answer:
        """What is there by now."""
        end = time.monotonic() + self.patience
        with self._changed:
            while True:
                looks = [self._previews.known(wish) for wish in asked.wishes]
                missing = tuple(wish for wish, look in zip(asked.wishes, looks, strict=True) if look is None)
                if missing:
                    self._want(asked.browser, missing)
                left = end - time.monotonic()
                if not missing or left <= 0:
                    return Answer(tuple(filter(None, looks)), ticket if missing else "")
                self._changed.wait(left)

    def _want(self, browser: str, wishes: Sequence[Wish]) -> None:
        self._wanted[browser] = tuple(wishes)
        if not self._works:
            self._works = True
            threading.Thread(target=self._work, name="looks", daemon=True).start()

    def _work(self) -> None:
        """Make what is wanted, a look of each browser in turn, until nothing is."""
        while True:
            with self._changed:
                if not self._wanted:
                    self._works = False
                    return
                browser, (wish, *rest) = self._wanted.popitem(last=False)
                if rest:
                    self._wanted[browser] = tuple(rest)
            try:
                self._previews.made(wish)
            except Exception:  # nobody who waits for another look may wait for ever
                log.exception("failed to show %s", wish.job.name)
                self._previews.failed(wish, Problem(wish.job.name, "cannot be shown", "tell the campaign's staff"))
            with self._changed:
                self._changed.notify_all()
