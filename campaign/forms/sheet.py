"""The sheet of a form as its layout reads it: two languages in the same rows, in the order of the template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from campaign import languages
from campaign.bidi import right_to_left
from campaign.forms.lexicon import Lexicon, Shown
from campaign.forms.values import Value
from campaign.model.campaign import Campaign
from campaign.model.form import FormTemplate, Line

#: The layout of all sheets.
LAYOUT = "form"
_ICONS = {
    "date": "calendar",
    "time": "clock",
    "time-range": "clock",
    "days": "calendar",
    "place": "house",
    "room": "door",
    "person": "person",
    "case": "document",
    "phone": "phone",
    "amount": "money",
    "choice": "check",
}
_TYPED = ("place", "room", "person", "case")


@dataclass(frozen=True, slots=True)
class Size:
    """A sheet of paper: width, height and margin in mm, type in pt; `beside`: the two languages stand side by side."""

    width: float
    height: float
    margin: float
    type: float
    beside: bool


#: Every size by the ending of its file.
SIZES: Mapping[str, Size] = {
    "a5": Size(148, 210, 10, 9.5, beside=True),
    "a4": Size(210, 297, 15, 11, beside=True),
    "large": Size(210, 297, 15, 18, beside=False),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A row in one language: its label, empty before a choice, and the lines of its value."""

    label: str
    lines: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its slot, the icon before it, and the cell of each language.

    `typed`: its value is a name or a number that is in no language, so no rule of one breaks it.
    """

    slot: str
    icon: str
    cells: tuple[Cell, ...]
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled form in words: `locales` are the reader's language, and the office's beside it where there is one.

    `sentences` are (block, the sentence in each language).
    """

    locales: tuple[str, ...]
    sentences: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[Row, ...]

    @property
    def texts(self) -> Iterator[str]:
        """Every text on it."""
        for _, said in self.sentences:
            yield from said
        for cell in (cell for row in self.rows for cell in row.cells):
            yield cell.label
            for line in cell.lines:
                yield line.text
                yield line.label


def sheet(template: FormTemplate, values: Mapping[str, Value], lexicons: tuple[Lexicon, ...]) -> Sheet:
    """The words of a filled form; a row whose optional value is left out is left out in both languages."""
    sentences = tuple(
        (line.block, tuple(lexicon.say(line.words) for lexicon in lexicons))
        for line in template.lines
        if line.words and not line.slot and line.block != "sms"
    )
    filled = (line for line in template.of("fields") if line.slot in values)
    rows = tuple(_row(line, values[line.slot], lexicons) for line in filled)
    return Sheet(tuple(lexicon.locale for lexicon in lexicons), sentences, rows)


def _row(line: Line, value: Value, lexicons: tuple[Lexicon, ...]) -> Row:
    cells = tuple(_cell(line, value, lexicon) for lexicon in lexicons)
    return Row(line.slot, _ICONS[value.slot.type], cells, value.slot.type in _TYPED)


def _cell(line: Line, value: Value, lexicon: Lexicon) -> Cell:
    if line.choices is not None:
        return Cell("", (Shown(lexicon.say(line.choices[value.text])),))
    assert line.words is not None  # noqa: S101 - a field has a label
    return Cell(lexicon.say(line.words), lexicon.lines(value))


def fonts_of(locales: Iterable[str]) -> tuple[str, ...]:
    """The fonts of these languages, each once."""
    return tuple(dict.fromkeys(font for locale in locales for font in languages.get(locale).fonts))


def data(made: Sheet, size: Size, campaign: Campaign, *, own_id: str, draft: str = "") -> dict[str, object]:
    """What the layout reads; `draft` is a word across every page."""
    sides = [_side(locale, made.locales) for locale in made.locales]
    sizes = asdict(size)
    return {
        "lang": sides[0]["lang"],
        "script": sides[0]["script"],
        "palette": dict(campaign.brand.palette),
        "size": sizes,
        "id": own_id,
        "draft": draft,
        "title": made.sentences[0][1][0],
        "languages": " · ".join(languages.get(locale).autonym for locale in made.locales),
        "fonts": list(fonts_of(made.locales)),
        "reader": sides[0],
        "office": sides[1] if len(sides) > 1 else None,
        "sentences": [{"block": block, **_named(said)} for block, said in made.sentences],
        "rows": [
            {"icon": row.icon, **_named([_told(cell, typed=row.typed) for cell in row.cells])} for row in made.rows
        ],
    }


def _named(both: Iterable[object]) -> dict[str, object]:
    return dict(zip(("reader", "office"), both, strict=False))


def _told(cell: Cell, *, typed: bool) -> dict[str, object]:
    lines = [
        {"text": line.text, "label": line.label, "rtl": right_to_left(line.text), "typed": typed} for line in cell.lines
    ]
    return {"label": cell.label, "lines": lines}


def _side(locale: str, both: tuple[str, ...]) -> dict[str, object]:
    language = languages.get(locale)
    return {
        **language.typography(),
        "script": language.script,
        # A name in the other language's letters has to be shown in either.
        "fonts": list(dict.fromkeys((*language.fonts, *fonts_of(both), *_ALL_LETTERS))),
        "scale": language.scale,
    }


#: Letters in which a name or a place may be written whatever the language of the sheet.
_ALL_LETTERS = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Ethiopic")
