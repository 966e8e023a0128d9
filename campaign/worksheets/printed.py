"""A worksheet as the JSON of its Typst layout: the pictures with the numbers, the sentences, room to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign import languages
from campaign.typeset.places import Place
from campaign.worksheets.rows import Row

#: Characters that a hand writes in one line of the answer column, and lines to spare.
LINE, SPARE = 28, 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A leaflet's pages as files below the layout's root, their size in mm, and the place of each row's number."""

    pages: tuple[str, ...]
    width: float
    height: float
    places: Mapping[int, Place]
    name: str


def data(locale: str, name: str, rows: Sequence[Row], pictures: Mapping[str, Picture]) -> dict[str, object]:
    """What the layout worksheet.typ reads; lengths are mm."""
    sections: dict[str, list[Row]] = {}
    for row in rows:
        sections.setdefault(row.section, []).append(row)
    return {
        "campaign": name,
        "language": _language(locale),
        "sections": [
            {
                "name": section.replace("-", " "),
                "picture": _picture(pictures.get(section)),
                "rows": [_row(row, locale) for row in mine],
            }
            for section, mine in sections.items()
        ],
    }


def _row(row: Row, locale: str) -> dict[str, object]:
    return {
        "number": row.number,
        "key": row.key,
        "context": row.context.partition("] ")[2],
        "elsewhere": row.elsewhere,
        "source": row.source,
        "current": row.current,
        "terms": list(row.terms),
        "helps": [
            {"text": h.text, "label": f"{languages.get(h.locale).english} {h.label}".strip(), **_language(h.locale)}
            for h in row.helps
        ],
        "lines": len(row.source) // LINE + 1 + SPARE,
    }


def _picture(picture: Picture | None) -> dict[str, object] | None:
    if picture is None:
        return None
    marks = [{"number": n, "page": p.page, "x": p.x, "y": p.y} for n, p in sorted(picture.places.items())]
    return {
        "pages": list(picture.pages),
        "width": picture.width,
        "height": picture.height,
        "name": picture.name,
        "marks": marks,
    }


def _language(locale: str) -> dict[str, object]:
    language = languages.get(locale)
    return {
        "tag": locale,
        "english": language.english,
        "autonym": language.autonym,
        **language.typography(),
    }
