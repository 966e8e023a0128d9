"""A sheet of several languages, each part told of one message; proved part by part as an item of its language is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from pypdfium2 import PdfPage

from campaign import languages
from campaign.channels import layout as single
from campaign.channels.layout_data import TEXTS, Press, data, families, smallest
from campaign.channels.layout_tags import tag_faults
from campaign.channels.layout_words import TURNED, Fault, faults, letters, said
from campaign.errors import CampaignError, Problem
from campaign.model.campaign import Campaign
from campaign.model.layout import Layout
from campaign.model.message import Message
from campaign.model.web_address import MANY
from campaign.qr import code
from campaign.typeset import collisions, fonts, guard, layer
from campaign.typeset.elements import Told, told
from campaign.typeset.session import Fit, Laid, Typesetter
from campaign.typeset.within import ASKEW, texts_within

#: What parts the number of a panel from the name of its frame.
_OF = ":"
#: The frames of a sheet that hold a text of the message under a name of their own.
_TEXTS = {"line": "title"}


@dataclass(frozen=True, slots=True)
class Panel:
    """One language of a sheet; `draft`: nobody signed all that stands in it, and it says so."""

    message: Message
    draft: bool


def leads_to(messages: Sequence[Message], campaign: Campaign) -> str:
    """The address that the code of a sheet leads to: the page on which readers choose their language; of one language
    alone its own page. Empty where print carries no code.
    """
    first = messages[0]
    if not first.coded:
        return ""
    return campaign.page(first.country, MANY, first.audience) if len(messages) > 1 else first.url


def sheet_data(
    panels: Sequence[Panel], campaign: Campaign, layout: Layout, *, strips: bool, press: Press | None = None
) -> dict[str, object]:
    """The values of a sheet: those of its first language, and under `tongues` those of each."""
    first, own = panels[0].message, replace(press, proof=False) if press else None
    url = leads_to([panel.message for panel in panels], campaign)
    drafts = any(panel.draft for panel in panels)
    values = data(first, campaign, review=drafts, layout=layout, press=press)
    return {
        **values,
        "qr": asdict(code(url)) if url else None,
        "url": url,
        "qr_alt": first.labels["qr_alt"].replace(first.url, url) if url else "",
        "strips": strips,
        # Names of pictures, no longer the sentences of that name: nothing may set them as text.
        "steps": [icon for icon, _ in first.pictograms],
        "texts": [name for name in TEXTS if name != "steps"],
        "tongues": [data(p.message, campaign, review=p.draft, layout=layout, press=own) for p in panels],
    }


def set_sheet(
    typesetter: Typesetter,
    panels: Sequence[Panel],
    campaign: Campaign,
    layout: Layout,
    *,
    strips: bool = False,
    press: Press | None = None,
    shots: Sequence[float] = (),
) -> Laid:
    """Lay out a sheet, and check it as `layout.set_item` does an item: each part with the words of its own language.

    Raises:
        CampaignError: the languages have different numbers, a character has no glyph, or a text does not fit; names
            language, sheet and text.
    """
    _one_number(panels, layout)
    values = sheet_data(panels, campaign, layout, strips=strips, press=press)
    where = [f"{panel.message.locale}/{panel.message.audience} ({layout.id})" for panel in panels]
    missing = [
        single.glyph_problem(character, panel.message, place)
        for panel, place in zip(panels, where, strict=True)
        for character in fonts.missing(
            typesetter.fonts, families(panel.message), single.texts_of(panel.message, layout)
        )
    ]
    if missing:
        raise CampaignError(missing)
    laid = typesetter.lay_out(layout.id, values, version="1.6" if press else "1.7", shots=shots)
    document = guard.opened(laid.pdf)
    pages = tuple(document)
    read = told(document, pages)
    problems = [_clipped(frame, panels, campaign, where) for frame in laid.frames if not frame.fits]
    problems = problems or list(_faults(laid.frames, pages, read, values, layout, where, press))
    if problems:
        raise CampaignError(problems)
    return replace(laid, words=layer.words(read.pages))


def _one_number(panels: Sequence[Panel], layout: Layout) -> None:
    """A sheet shows one number large: that of the first helpline of each of its languages."""
    helplines = ((panel.message.locale, layout.helplines(panel.message)) for panel in panels)
    numbers = {lines[0].contact.display: locale for locale, lines in helplines if lines}
    if len(numbers) != 1:
        told_ = ", ".join(f"{number} ({locale})" for number, locale in numbers.items()) or "none that paper may show"
        raise CampaignError.single(
            f"has one number for all languages, and they have {told_}",
            where=f"layouts.{layout.id}",
            todo="leave out languages with another number, or make two walls",
        )


def _clipped(frame: Fit, panels: Sequence[Panel], campaign: Campaign, where: Sequence[str]) -> Problem:
    """A frame whose text does not fit, and who can shorten it."""
    number, _, name = frame.id.rpartition(_OF)
    whose = int(number) if number else 0
    message = panels[whose].message
    if name in ("name", "strip"):  # what it is called and what is printed on it nobody can shorten
        what = f"there is no room for {languages.get(message.locale).autonym!r}, even at {frame.size:g} pt"
        return Problem(where[whose], what, "leave a language out of this place", "clipped")
    problem = single.clipped(replace(frame, id=_TEXTS.get(name, name)), message, campaign, where[whose])
    return replace(problem, todo=f"{problem.todo}; or leave a language out of this place") if number else problem


def _faults(
    frames: Sequence[Fit],
    pages: Sequence[PdfPage],
    read: Told,
    values: Mapping[str, object],
    layout: Layout,
    where: Sequence[str],
    press: Press | None,
) -> Iterator[Problem]:
    """What is wrong with the finished sheet."""
    file, place = f"templates/layouts/{layout.id}.typ", where[0]
    outside = guard.outside(pages, frames, single.SAFE_MM)
    touching = collisions.faults(pages, smallest(layout, press))
    for fault in dict.fromkeys((*outside, *touching)):
        yield Problem(place, fault, f"move it in {file}, or leave a language out", "clipped")
    if layout.pages and len(pages) != layout.pages:
        yield Problem(place, f"takes {len(pages)} pages, the format has {layout.pages}", f"correct {file}")
    for number, said_there in _said(frames, pages, values, len(where)):
        yield single.said_otherwise(said_there, layout.id, where[number])
    todo = "set each part in its own language (`in-its-own` of several.typ)"
    for wrong in (*tag_faults(read, {**values, "sections": None, "lang": MANY}), *_spoken(read, values)):
        yield Problem(file, wrong, todo)


def _said(
    frames: Sequence[Fit], pages: Sequence[PdfPage], values: Mapping[str, object], count: int
) -> Iterator[tuple[int, Fault]]:
    """Where the words in the frames of a panel are not those of its language, and others not those of the sheet."""
    own = [(frame.id.partition(_OF)[0], frame) for frame in frames if _OF in frame.id]
    texts = defaultdict[str, list[str]](list)
    for page, characters in enumerate(pages, start=1):
        boxes = [(whose, (f.x, f.y, f.x + f.w, f.y + f.h)) for whose, f in own if f.page == page]
        found = texts_within(characters, boxes)
        for whose in ("", *map(str, range(count))):
            texts[whose].append(found.get(whose, ""))
        if strange := _watermark(found.get(ASKEW, ""), values["draft"]):
            yield 0, Fault(page, strange, True)
    tongues = values["tongues"]
    assert isinstance(tongues, list)  # noqa: S101 - sheet_data made it
    for number, tongue in enumerate(tongues):
        yield from ((number, fault) for fault in faults(texts[str(number)], (), tongue, turned=TURNED, shared=True))
    sheet = {name: value for name, value in values.items() if name != "tongues"}
    yield from ((0, fault) for fault in faults(texts[""], (), sheet, turned=TURNED))


def _watermark(text: str, draft: object) -> str:
    """What lies across a page and is not the mark of a draft; in the order of a reader, who knows no turned lines."""
    marks = [str(draft[name]) for name in ("word", "english")] if isinstance(draft, Mapping) else []
    own = letters(said("".join(dict.fromkeys(marks))))
    return text if letters(said(text)) not in ("", own) else ""


def _spoken(read: Told, values: Mapping[str, object]) -> Iterator[str]:
    """The languages of a sheet in which no element says their headline: a voice would read it as another language."""
    said_in = defaultdict[str, Counter[str]](Counter)
    for element in read.elements:
        said_in[element.language.partition("-")[0]].update(said(element.text))
    for text, language in read.texts:
        said_in[language.partition("-")[0]].update(said(text))
    tongues = values["tongues"]
    assert isinstance(tongues, list)  # noqa: S101 - sheet_data made it
    for tongue in tongues:
        name, title = str(tongue["lang"]), Counter(said(str(tongue["title"])))
        if not title <= said_in[name]:
            yield f"{str(tongue['title'])!r} does not say that it is in {name}"
