"""What a pack holds and what comes back: rows out, answers in; the same for every kind of file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from campaign.model.digest import digest
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict

#: How files write the verdicts that they offer, and how people read them, in English; what shows them translates them.
ANSWERS = {
    "good": Verdict.SIGN,
    "changed": Verdict.CHANGE,
    "reject": Verdict.REJECT,
    "unsure": Verdict.UNSURE,
}
WORDS = {
    "good": "Good to publish",
    "changed": "I changed it",
    "reject": "Not right, because…",
    "unsure": "I don't know",
}

#: The longest text that is taken, in characters.
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of a pack; `asked` is what was said against it and is open: the answer, by whom, why."""

    unit: Unit
    state: State
    asked: tuple[tuple[str, str, str], ...] = ()

    def objections(self, translate: Callable[[str], str] = str) -> tuple[str, ...]:
        """What is open, line by line; `translate` gives the name of the answer in a language."""
        said = (f"{translate(WORDS[answer])} ({name}) {why}".rstrip() for answer, name, why in self.asked)
        # An earlier ledger may hold what no file of XML can.
        return tuple("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in each) for each in said)

    @property
    def token(self) -> str:
        """Short hash of the sentence, its source and the text that the pack shows: what an answer is about."""
        return token(self.unit.key, self.unit.source_hash, self.unit.text_hash)


def token(key: str, source_hash: str, text_hash: str) -> str:
    """The token of a sentence with this source and this text."""
    return digest(key, source_hash, text_hash)[:16]


@dataclass(frozen=True, slots=True)
class Answer:
    """One sentence of a file that came back.

    `seen` is the text hash that the person was shown, empty where the file does not say; `forms` is None where they
    gave no text; `fuzzy` and `notes` (translator's comments) are what a catalogue adds, `origin` where a memory has the
    text from. `shown` and `sources` are the current texts and the sources that the file shows, a row or form each;
    `silent` says that it answers nothing about them. `by` is who says this where that is not who sent the file; a
    `remark` is about a sentence, whichever text it has. The `key` may be empty in a free file: then the sources say
    which sentence it is.
    """

    key: str
    source_hash: str
    seen: str
    forms: tuple[str, ...] | None
    verdict: Verdict = Verdict.CHANGE
    comment: str = ""
    fuzzy: bool | None = None
    notes: tuple[str, ...] = ()
    place: str = ""
    shown: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    silent: bool = False
    by: str = ""
    remark: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair of somebody's memory: `signed` says who signed it there, `on` the day of its last change (ISO), if known.

    `key` and `plural` (a category) are what a memory of this program says about a sentence.
    """

    source: str
    text: str
    context: str = ""
    key: str = ""
    plural: str = ""
    signed: tuple[str, ...] = ()
    on: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody read aloud in a pack, and what they agreed to: on which day (ISO), until when, for which uses.

    `recordings` are a stranger's files, each with the name of its clip.
    """

    given: str
    until: str
    uses: tuple[str, ...]
    recordings: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back. `pack` is the number of the pack that it answers, empty when it answers none.

    `free` says that people could do what they liked with it: which sentence a row is about is asked of its source too.
    `memory` are the pairs of a translation memory, which answers nothing and proposes. `heard` was read aloud.
    """

    locale: str
    pack: str
    name: str
    role: str
    answers: tuple[Answer, ...]
    refused: tuple[str, ...] = ()
    free: bool = False
    memory: tuple[Proposal, ...] = ()
    heard: Heard | None = None
