"""What both versions of XLIFF have in common: sentences by unit key, states, plural forms, and what came back.

A sentence has the key of its unit as its id, a plural form the key and its number. States say how far a text is; that
it is final says only a signature of the ledger, and no file brings one in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from campaign import languages
from campaign.catalogue.exchange.answers import LONGEST, Answer, Row
from campaign.catalogue.store import ORIGIN
from campaign.model.state import State
from campaign.model.unit import unit_key

#: How a file names the pack that it is: in the attribute that says what it was made from.
PACK = re.compile(r"campaign\.po\?pack=([0-9a-f]{16})")

#: Who wrote a note: ours, which come back as they went out, and all others.
OURS = frozenset({"developer", "programmer", "source code", "context", "location", "form", "campaign"})

#: The ids of a sentence and of a plural form, in the writing of any version (`[0]` is gettext's, as XLIFF has it).
_ID = re.compile(r"([0-9a-f]{12})(?:[\[.#]([0-9]{1,2})\]?)?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to hand on: its row, the comments of translators, and whether its text goes with it."""

    row: Row
    comments: tuple[str, ...] = ()
    text: bool = True

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """What people said of it, by whose note it is: comments, and what is open against it, which is ours."""
        ours = (("campaign", text) for text in self.row.objections())
        return *(("translator", text) for text in self.comments), *ours

    @property
    def state(self) -> str:
        """new, needs-review, translated or final: what XLIFF calls its state."""
        unit, said = self.row.unit, self.row.state
        if not self.text or not any(form.strip() for form in unit.forms):
            return "new"
        if said is State.SIGNED:
            return "final"
        return "needs-review" if unit.fuzzy or said is not State.DRAFT or not unit.translated else "translated"

    @property
    def forms(self) -> tuple[str, ...]:
        """The texts that go with it, empty ones where they do not."""
        return self.row.unit.forms if self.text else tuple("" for _ in self.row.unit.forms)


def original(pack: str) -> str:
    """What a file says that it was made from."""
    return f"campaign.po?pack={pack}" if pack else "campaign.po"


def pack(written: str) -> str:
    """The number of the pack that a file names; "" where it names none."""
    found = PACK.search(written)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A text as a file has it: `fuzzy` None where its state says nothing; `fault` is why it cannot be taken."""

    id: str
    context: str
    source: str
    target: str
    fuzzy: bool | None
    notes: tuple[str, ...] = ()
    line: int = 1
    fault: str = ""


@dataclass(slots=True)
class _Gathered:
    """The segments of one sentence, by plural form; None for a sentence without."""

    forms: dict[int | None, Segment] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def answers(segments: Sequence[Segment], locale: str) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """The answers of a file, and why others of it cannot be taken."""
    gathered: dict[str, _Gathered] = {}
    for segment in segments:
        key, form = _named(segment)
        mine = gathered.setdefault(key, _Gathered())
        before = mine.forms.setdefault(form, segment)
        where = f"line {segment.line}: {segment.source[:60]!r}"
        if segment.fault:
            mine.faults.append(f"{where} {segment.fault}")
        elif before is not segment and before.target != segment.target:
            mine.faults.append(f"{where} stands twice, with two texts (first at line {before.line})")
        elif len(segment.target) > LONGEST:
            mine.faults.append(f"{where} has more than {LONGEST} characters")
    count = languages.get(locale).nplurals
    taken, refused = [], list[str]()
    for key, mine in gathered.items():
        refused += mine.faults or _incomplete(mine, count)
        if not mine.faults and not _incomplete(mine, count):
            taken.append(_answer(key, mine, count))
    return tuple(taken), tuple(refused)


def is_id(written: str) -> bool:
    """Whether an id is one that we gave."""
    return bool(_ID.fullmatch(written))


def _named(segment: Segment) -> tuple[str, int | None]:
    """The key of a sentence and the number of a plural form. A file that kept no ids is known by its sources."""
    if found := _ID.fullmatch(segment.id):
        return found[1], int(found[2]) if found[2] else None
    return unit_key(segment.context, segment.source, ""), None


def _incomplete(mine: _Gathered, count: int) -> list[str]:
    """What plural forms lack; further ones without a text are how programs fill up."""
    numbers = {number for number, segment in mine.forms.items() if number is None or number < count or segment.target}
    if numbers in ({None}, set(range(count))):
        return []
    first = next(iter(mine.forms.values()))
    return [f"line {first.line}: {first.source[:60]!r} has other plural forms than its language, which has {count}"]


def _answer(key: str, mine: _Gathered, count: int) -> Answer:
    numbered = sorted((number or 0, segment) for number, segment in mine.forms.items())
    segments = [segment for number, segment in numbered][:count]
    forms = tuple(segment.target for segment in segments)
    said = [segment.fuzzy for segment in segments if segment.fuzzy is not None]
    first = segments[0]
    return Answer(
        key,
        "",
        "",
        forms if any(map(str.strip, forms)) else None,
        fuzzy=any(said) if said else None,
        notes=tuple(dict.fromkeys(note for segment in segments for note in segment.notes)),
        place=f"line {first.line}: {first.source[:60]!r}",
        sources=tuple(segment.source for segment in segments),
    )


def comments(notes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The lines that translators wrote, of notes by who wrote them; those that the program writes go out anew."""
    for whose, texts in notes.items():
        for text in texts if whose not in OURS else ():
            for said in text.splitlines():
                if said.strip() and not said.startswith(ORIGIN):
                    yield " ".join(said.split())
