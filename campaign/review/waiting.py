"""Who waits for whom: what changed since a person was here, what waits for them, who reads what until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from campaign import languages
from campaign.ledger.queue import Line
from campaign.model.campaign import Campaign
from campaign.model.event import Event
from campaign.model.reviewer import Reviewer
from campaign.model.sentence import Sentence, say
from campaign.model.state import State
from campaign.model.verdict import Verdict
from campaign.review.snapshot import Sheet
from campaign.review.threads import Thread, open_threads
from campaign.spoken import PACK, texts


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a person will find in a language.

    `changed` are sentences that they decided about and that have other words now, or of which somebody said something
    since they were here; `replies` what was said to them since. `assigned` are threads that somebody asked them to look
    at, `asked` the other open ones that are not theirs. `second` are sentences that somebody signed and that need them,
    `unsigned` those that nobody signed; `mine` are those that they signed and that wait for somebody else.
    """

    name: str
    locale: str
    changed: tuple[Line, ...] = ()
    replies: tuple[Event, ...] = ()
    assigned: tuple[Thread, ...] = ()
    asked: tuple[Thread, ...] = ()
    second: tuple[Line, ...] = ()
    unsigned: tuple[Line, ...] = ()
    mine: tuple[Line, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is anything for this person to do."""
        parts = (self.changed, self.replies, self.assigned, self.asked, self.second, self.unsigned)
        return any(parts)


def waiting(sheet: Sheet, name: str) -> Waiting:
    """What waits for a person in a language, by exactly this name."""
    own = [event for event in sheet.ledger.events if event.reviewer == name]
    decided = {event.unit_key for event in own if event.verdict in (Verdict.SIGN, Verdict.REJECT, Verdict.CHANGE)}
    ids = {event.id for event in own}
    unseen = sheet.ledger.unseen(own[-1].id) if own else frozenset[str]()
    news = [event for event in sheet.ledger.events if event.id in unseen and event.reviewer != name]
    stirred = {event.unit_key for event in news if event.verdict is not Verdict.SIGN}
    found = open_threads(sheet)
    others = [line for line in sheet.lines.values() if line.state is not State.SIGNED and not line.signed_by(name)]
    return Waiting(
        name,
        sheet.locale,
        tuple(line for key, line in sheet.lines.items() if key in decided and (key in stirred or _moved(line, name))),
        tuple(event for event in news if not ids.isdisjoint(event.re)),
        tuple(thread for thread in found if thread.assigned == name),
        tuple(thread for thread in found if thread.assigned != name and thread.about.reviewer != name),
        tuple(line for line in others if line.waits),
        tuple(line for line in others if not line.waits),
        tuple(line for line in sheet.lines.values() if line.waits and line.signed_by(name)),
    )


def _moved(line: Line, name: str) -> bool:
    """Whether a sentence has other words than this person last decided about."""
    decided = (Verdict.SIGN, Verdict.CHANGE)
    mine = [event for event in line.events if event.reviewer == name and event.verdict in decided]
    return bool(mine) and mine[-1].text_hash != line.text_hash


def readers(campaign: Campaign, locale: str, today: date) -> tuple[Reviewer, ...]:
    """Who of reviewers.toml may sign in a language on a day."""
    trust, on = campaign.trusted(locale), today.isoformat()
    listed = trust.reviewers or ()
    return tuple(each for each in listed if any(trust.may_sign(each.name, role, on) for role in each.roles))


def nobody(campaign: Campaign, locale: str, today: date) -> Sentence | None:
    """Why nobody can sign a language as its reviewer today; None where somebody can, or no people are listed at all."""
    if locale in campaign.trust.back_translated:
        return say(
            "nobody reviews this language: two people who know it read a back-translation ([review] back_translated "
            "in campaign.toml)"
        )
    listed = campaign.trusted(locale).reviewers
    if listed is None or readers(campaign, locale, today):
        return None
    ends = [each.until for each in listed if each.until and each.until < today.isoformat()]
    if not ends:
        return say("nobody of reviewers.toml reads this language: nothing of it can be signed")
    return say("nobody of reviewers.toml reads this language since %(day)s: nothing of it can be signed", day=max(ends))


def letter(campaign: Campaign, found: Waiting, speaks: str = "en") -> str:
    """A text for whoever coordinates to send to a person, in the language `speaks` of `campaign.spoken`.

    It names no sentence, so that it may travel openly.
    """
    _ = texts(speaks, PACK).gettext
    counted = (
        (found.assigned, _("which somebody asked you to look at: %(number)s")),
        (found.replies, _("replies to what you said: %(number)s")),
        (found.changed, _("sentences that changed since you were here: %(number)s")),
        (found.asked, _("open objections and questions of others: %(number)s")),
        (found.second, _("sentences that wait for a second person: %(number)s")),
        (found.unsigned, _("sentences that nobody signed yet: %(number)s")),
    )
    lines = [f"- {words % {'number': len(what)}}" for what, words in counted if what]
    lines = lines or [f"- {_('nothing at present')}"]
    dear = _("Dear %(name)s,") % {"name": found.name}
    head = _("in %(campaign)s (%(language)s) this waits for you:") % {
        "campaign": campaign.name,
        "language": languages.get(found.locale).autonym,
    }
    return "\n".join((dear, "", head, "", *lines, "", _("Thank you!"), ""))
