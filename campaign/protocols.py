"""What a back end of each axis offers: a translation engine, a channel, an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from campaign.model.artefact import Artefact
from campaign.model.contact import Contact
from campaign.model.frame import Frame
from campaign.model.hypothesis import Hypothesis
from campaign.model.message import Message
from campaign.model.unfit import Unfit

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Called with how many are done, and of how many.
Progress = Callable[[int, int], None]


class Channel(Protocol):
    """One way out: turns a message into files in memory and touches no disk."""

    name: str

    def shows(self, message: Message, /) -> tuple[str, ...]:
        """The blocks, `label:`s and `contact:`s of a message that its files show: their units make the item's state."""

    def contacts(self, message: Message, /) -> tuple[Contact, ...]:
        """The contacts whose numbers its files print."""

    def export(self, message: Message, /) -> Iterable[Artefact | Unfit]:
        """The artefacts of this message; one format that cannot be shown whole (clipped, no glyph) costs no other.

        Raises:
            CampaignError: when nothing of the message can be shown whole, or a limit is hard.
        """


@runtime_checkable
class Framed(Protocol):
    """A channel that says what its files stand in. Of one that does not, every layout, page and picture counts."""

    def frame(self, message: Message, /) -> Frame:
        """The layouts and pages that a message is set in: a signature covers them."""


@runtime_checkable
class Heard(Protocol):
    """A channel whose items are heard: a signature covers the sound too."""

    def spoken(self, message: Message, /) -> Mapping[str, str]:
        """What a signature covers of the sound, by the names of `model/cover`: of the message in its own words."""


@runtime_checkable
class Glanced(Protocol):
    """A channel whose files take long: what of them is looked at, or listened to, before somebody signs."""

    def glance(self, message: Message, /) -> Iterable[Artefact | Unfit]:
        """Some of the artefacts. Raises CampaignError as `export` does."""


class TranslationEngine(Protocol):
    """An offline engine for one pair of languages. All that it says of itself goes into the origin of every draft."""

    name: str
    model: str
    version: str
    licence: str

    def translate(self, texts: Sequence[str], /, *, hypotheses: int = 1) -> list[list[Hypothesis]]:
        """Up to `hypotheses` translations of each sentence, best first; one list per text, in the same order."""


class Executor(Protocol):
    """Runs jobs somewhere: results come in job order."""

    def map(self, task: Callable[[Task], Result], jobs: Iterable[Task], /) -> Iterator[Result]:
        """Yield `task(job)` for each job, in order; the first exception of a job is raised here."""
