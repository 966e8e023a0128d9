"""Social media: a post for each platform, and cards in four sizes with their descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from campaign import languages, raster
from campaign.bidi import directed
from campaign.channels.draft import marked
from campaign.channels.layout import set_item
from campaign.channels.layout_data import card_data
from campaign.channels.thread import TooLongError, thread
from campaign.checks.rules import finding
from campaign.counting.hashtag import safe_hashtag
from campaign.counting.platforms import Platform, platforms
from campaign.counting.x import weighted_length
from campaign.errors import CampaignError
from campaign.model.artefact import Artefact
from campaign.model.campaign import Campaign
from campaign.model.contact import Contact
from campaign.model.finding import Finding, Severity
from campaign.model.frame import Frame
from campaign.model.message import Message
from campaign.model.sentence import say
from campaign.model.unfit import Unfit
from campaign.model.used_unit import UsedUnit
from campaign.reading.fold import fold
from campaign.reading.seek import Wanted, may_show, seek, wanted
from campaign.typeset.kept import Picture
from campaign.typeset.session import Typesetter

__all__ = ["Social", "safe_hashtag", "weighted_length"]

#: The cards by name: width and height in pixels. A layout of this name sets each at half as many points.
CARDS = {
    "card-1080x1080": (1080, 1080),
    "card-1080x1350": (1080, 1350),
    "card-1080x1920": (1080, 1920),
    "card-1200x630": (1200, 630),
}
PPI = 144

#: What the platforms take at the least, and what loads on a slow connection (content guide, section 7).
CARD_BYTES = 1_000_000

CARD = ("title", "alt", "label:logo_alt")


class Social:
    """The social channel: `<platform>.txt` (or `<platform>-1.txt` … for a thread), `card-*.png`, `card-*-alt.txt`."""

    name = "social"

    def __init__(self, campaign: Campaign, typesetter: Typesetter, *, review: bool) -> None:
        self._campaign, self._typesetter, self._review = campaign, typesetter, review

    def shows(self, message: Message, /) -> tuple[str, ...]:
        """The posts, the descriptions, and what the cards show with their first helpline."""
        return *(f"text:{platform.id}" for platform in posted(message)), "text:alt", *self._card(message)

    def contacts(self, message: Message, /) -> tuple[Contact, ...]:
        """The first helpline, and the emergency number where a text gives it."""
        texts = dict.fromkeys(message.texts[name] for name in (*(p.id for p in posted(message)), "alt"))
        urgent = [message.emergency] if any(_gives_emergency(message, text) for text in texts) else []
        return message.helplines[0].contact, *urgent

    def frame(self, _message: Message, /) -> Frame:
        """The layouts of the cards."""
        return Frame(layouts=tuple(CARDS))

    @staticmethod
    def _card(message: Message) -> tuple[str, ...]:
        return *CARD, f"contact:{message.helplines[0].contact.id}"

    def export(self, message: Message, /) -> Iterator[Artefact | Unfit]:
        """The posts and the cards of a message; a card whose text cannot be shown whole is said to be unfit."""
        for platform in posted(message):
            yield from self._posts(message, platform)
        values = card_data(message, self._campaign, self._card(message), review=self._review)
        for layout, size in CARDS.items():
            try:
                yield from tuple(self._picture(message, values, layout, size))
            except CampaignError as error:
                yield Unfit(layout, error.problems)

    def _posts(self, message: Message, platform: Platform) -> Iterator[Artefact]:
        text, units = _directed(message.texts[platform.id], message), message.used(f"text:{platform.id}")
        posts, findings = post(text, platform, message)
        numbers = _numbers(message, platform.id)
        for number, part in enumerate(posts, 1):
            name = platform.id if len(posts) == 1 else f"{platform.id}-{number}"
            yield self._text(f"{name}.txt", part, message, units, platform.id, findings if number == 1 else (), numbers)
        if platform.title is not None:
            title = message.line("title")
            over = platform.cost(title).length - platform.title
            late = _too_long(message, f"{platform.name} title", over, platform.title) if over > 0 else ()
            yield self._text(
                f"{platform.id}-title.txt", title, message, message.used("title"), f"{platform.id}-title", late
            )

    def _text(
        self,
        path: str,
        text: str,
        message: Message,
        units: tuple[UsedUnit, ...],
        kind: str,
        findings: tuple[Finding, ...],
        contacts: tuple[str, ...] = (),
    ) -> Artefact:
        shown = marked(text, message, units) if self._review else text
        return Artefact(path, "text/plain", shown.encode(), units, kind, findings, contacts)

    def _picture(
        self, message: Message, values: Mapping[str, object], layout: str, size: tuple[int, int]
    ) -> Iterator[Artefact]:
        def make() -> Picture:
            few = PPI * raster.THUMB / max(size)
            laid = set_item(
                self._typesetter,
                layout,
                message,
                self._campaign,
                review=self._review,
                values=values,
                shots=(few, PPI),
            )
            where = f"{message.locale}/{message.audience} ({layout})"
            small = laid.pages(few)[0]
            return raster.finished(laid.pages(PPI)[0], size, CARD_BYTES, where), small

        # A new word in a post leaves the cards as they are.
        picture, small = self._typesetter.picture(layout, values, make)
        first = (message.helplines[0].contact.id,)
        shown = message.used(*self._card(message))
        yield Artefact(f"{layout}.png", "image/png", picture, shown, layout, (), first, small)
        alt = _directed(message.texts["alt"], message)
        findings = tuple(
            found
            for platform in platforms().values()
            if platform.alt is not None and (over := len(alt) - platform.alt) > 0
            for found in _too_long(message, f"{platform.name} image description", over, platform.alt)
        )
        units, numbers = message.used("text:alt"), _numbers(message, "alt")
        yield self._text(f"{layout}-alt.txt", alt, message, units, f"{layout}-alt", findings, numbers)


def posted(message: Message) -> tuple[Platform, ...]:
    """The platforms that a message has a post for: those for which the workspace has a template."""
    return tuple(platform for platform in platforms().values() if platform.id in message.texts)


def post(text: str, platform: Platform, message: Message) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The posts of a text on a platform, and what to know about them: a thread is a warning, no fit an error."""
    where = f"{message.audience}/{platform.id}"
    cost = platform.cost(text, post=True)
    try:
        posts = thread(text, platform)
    except TooLongError as error:
        return (text,), (finding("length", message.locale, where, error.said, severity=Severity.ERROR),)
    if len(posts) == 1:
        return posts, ()
    costs = ", ".join(str(platform.cost(part, post=True).length) for part in posts)
    said = say(
        "counts %(length)s on %(platform)s, the limit is %(limit)s: %(over)s too many; it goes out as %(posts)s posts "
        "of %(costs)s",
        length=cost.length,
        platform=platform.name,
        limit=cost.limit,
        over=cost.over or cost.bytes_over,
        posts=len(posts),
        costs=costs,
    )
    return posts, (finding("length", message.locale, where, said),)


def _numbers(message: Message, text: str) -> tuple[str, ...]:
    """The ids of the contacts that a text must show: the first helpline, the emergency number where it gives it."""
    urgent = (message.emergency.id,) if _gives_emergency(message, message.texts[text]) else ()
    return message.helplines[0].contact.id, *urgent


def _gives_emergency(message: Message, text: str) -> bool:
    """Whether a text gives the emergency number by itself, not as figures of the helpline's ("+380 3112 30000")."""
    first, emergency = message.helplines[0].contact, message.emergency
    return _shows(wanted(first), wanted(emergency), text)


@lru_cache(maxsize=512)  # asked of each text for the item, for its files, for what a signature covers
def _shows(other: Wanted, number: Wanted, text: str) -> bool:
    """Whether a text shows a number by itself, not as figures of the other one."""
    folded = fold(text)
    return may_show(number, folded) and bool(seek([other, number], folded)[1])


def _too_long(message: Message, what: str, over: int, limit: int) -> tuple[Finding, ...]:
    said = say(
        "the %(what)s counts %(length)s, the limit is %(limit)s: %(over)s too many",
        what=what,
        length=limit + over,
        limit=limit,
        over=over,
    )
    return (finding("length", message.locale, f"{message.audience}/social", said, severity=Severity.ERROR),)


def _directed(text: str, message: Message) -> str:
    """Numbers and addresses of the other direction in isolates: the reader's screen knows them."""
    return directed(text, message.lettered, rtl=languages.get(message.locale).rtl, isolate=True)
