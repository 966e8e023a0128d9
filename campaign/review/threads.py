"""What people said of a sentence or an item, as threads: what was said first, the replies, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campaign.ledger.standing import Objection, subject
from campaign.model.event import Event
from campaign.model.spot import Spot, spot
from campaign.model.subject import ITEM
from campaign.model.verdict import ASKING, Verdict
from campaign.review.snapshot import Sheet


@dataclass(frozen=True, slots=True)
class Thread:
    """An objection, a question or a remark with its replies.

    `became` is what became of it, None of a remark; `settled` who answered or took it back, and when. `assigned` shall
    look at it. `spot` is the point of a picture that is meant. `current` says that it is about the words as they are.
    """

    about: Event
    became: Objection | None = None
    settled: Event | None = None
    replies: tuple[Event, ...] = ()
    assigned: str = ""
    spot: Spot | None = None
    current: bool = True

    @property
    def open(self) -> bool:
        """Whether somebody must still answer."""
        return self.current and self.became is Objection.OPEN


def threads(sheet: Sheet, key: str) -> tuple[Thread, ...]:
    """The threads of a sentence (its key) or of an item (its name in the ledger): objections, questions, and remarks
    that somebody replied to or that an item got. Oldest first.
    """
    events = sheet.history(key)
    roots = {event.id: event for event in events if event.verdict in ASKING or _is_remark(event)}
    replies: dict[str, list[Event]] = {own: [] for own in roots}
    belongs = {own: own for own in roots}
    for event in events:
        root = next((belongs[own] for own in event.re if own in belongs), "")
        if event.verdict is Verdict.COMMENT and root:
            belongs[event.id] = root
            replies[root].append(event)
    found = (_thread(sheet, event, events, tuple(replies[own])) for own, event in roots.items())
    return tuple(each for each in found if each.became or each.replies or key.startswith(ITEM))


def _is_remark(event: Event) -> bool:
    return event.verdict is Verdict.COMMENT and not event.re


def _thread(sheet: Sheet, event: Event, events: tuple[Event, ...], replies: tuple[Event, ...]) -> Thread:
    line, stands = sheet.lines.get(event.unit_key), sheet.standing
    words = line is not None and (line.source_hash, line.text_hash) == (event.source_hash, event.text_hash)
    became = _became(sheet, event)
    return Thread(
        event,
        became,
        _settled(sheet, event, events, became),
        replies,
        stands.assigned.get(event.id, ""),
        spot(event.at),
        words or event.unit_key.startswith(ITEM),
    )


def _became(sheet: Sheet, event: Event) -> Objection | None:
    if event.verdict not in ASKING:
        return None
    if event.verdict is Verdict.REJECT:
        return sheet.standing.objections.get(event.id, Objection.WITHDRAWN)
    if event.id in sheet.standing.ended:
        return Objection.WITHDRAWN
    asked = sheet.standing.questions.get(subject(event), ())
    return Objection.OPEN if event in asked else Objection.ANSWERED


def _settled(sheet: Sheet, event: Event, events: tuple[Event, ...], became: Objection | None) -> Event | None:
    """Who answered by a signature that counts, or took back what they said."""
    how = {Objection.ANSWERED: Verdict.SIGN, Objection.WITHDRAWN: Verdict.WITHDRAW}.get(became or Objection.OPEN)
    ended = sheet.standing.ended
    return next((e for e in events if e.verdict is how and event.id in e.re and e.id not in ended), None)


def open_threads(sheet: Sheet) -> tuple[Thread, ...]:
    """Everything of a language that somebody must still answer, oldest first."""
    asked = {event.unit_key: None for each in _asked(sheet) for event in each}
    found = [thread for key in asked for thread in threads(sheet, key) if thread.open]
    return tuple(sorted(found, key=lambda thread: (thread.about.on, thread.about.id)))


def _asked(sheet: Sheet) -> Iterator[tuple[Event, ...]]:
    yield from sheet.standing.against.values()
    yield from sheet.standing.questions.values()


def named(sheet: Sheet, key: str) -> str:
    """What a sentence or an item is called to people: its source, or country/language/audience/channel."""
    if key.startswith(ITEM):
        country, _, rest = key.removeprefix(ITEM).partition("/")
        return f"{country}/{sheet.locale}/{rest}"
    return sheet.lines[key].unit.source if key in sheet.lines else key
