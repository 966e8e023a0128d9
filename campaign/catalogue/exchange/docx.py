"""The Word pack: a bilingual table for each item, with tracked changes on, for people who correct and comment in Word.

Standard: ECMA-376 (Office Open XML), part 1. The name of a sentence is a bookmark of its row (`mark`): nobody sees it,
and Word and LibreOffice keep it. What the program writes beside the tables is marked too: what others add is known.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources

from campaign import languages
from campaign.catalogue.exchange.answers import Row
from campaign.catalogue.exchange.sheet import FIELDS, ILLEGAL
from campaign.model.digest import digest

#: The columns of a table by what they hold.
NUMBER, SOURCE, TEXT, NOTE, STATE = COLUMNS = ("no.", "source", "text", "note", "state")
WIDTHS = (700, 5000, 5000, 3200, 1400)  # twentieths of a point

HELP = (
    "Each table is one item. A sentence stands where it is first shown; below its heading an item names the others.",
    "Correct the words under “text”. Changes are tracked: everybody sees who changed what.",
    "Say what is wrong with Word's comments: each becomes a remark on its sentence, under your name.",
    "Words like %(phone)s are filled in later: keep each one exactly. Leave “source” as it is, and comment on it.",
    "Nothing here is a signature. A changed text is a draft until somebody of the campaign has signed it.",
)
OTHERS = "Sentences that no item shows"

#: The role that stands in the file: who comments on a text that others wrote.
ROLE = "second reader"

#: What a Word file says that it is, and the part that holds its text.
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
BODY = "word/document.xml"

_ROW, _OWN = "campaign_", "campaign_p_"
_MARK = re.compile(r"campaign_(?P<key>[0-9a-f]{12})(?:_(?P<form>\d{1,3}))?")
_OWN_MARK = re.compile(r"campaign_p_(?P<hash>[0-9a-f]{8})_\d+")

_PLACE = re.compile(r"(%\(\w+\)s)")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_OFFICE}"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Part:
    """An item of a pack: its title, and its rows, which other items before it may have shown; the last has no title."""

    title: str
    rows: tuple[Row, ...]


def mark(key: str, form: int | None) -> str:
    """The bookmark of the row of a sentence, or of one of its plural forms."""
    return f"{_ROW}{key}" if form is None else f"{_ROW}{key}_{form}"


def marked(bookmark: str) -> tuple[str, int | None] | None:
    """The sentence and the plural form that a bookmark of a row names."""
    found = _MARK.fullmatch(bookmark)
    return (found["key"], int(found["form"]) if found["form"] else None) if found else None


def own(bookmark: str, text: str) -> bool:
    """Whether a bookmark says that this program wrote a text beside the tables, as it stands there."""
    found = _OWN_MARK.fullmatch(bookmark)
    return bool(found and found["hash"] == _hash(text))


def _hash(text: str) -> str:
    return digest(" ".join(text.split()))[:8]


def write(parts: Sequence[Part], locale: str, campaign: str, source: str, pack: str) -> bytes:
    """The file. `source` is the source language's tag; the same parts give the same bytes."""
    stream = io.BytesIO()
    body = "".join(_Body(locale, source).document(parts, campaign, pack))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_FRAME, "word/styles.xml": _styles(locale, source), BODY: body}.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _HEAD + text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _Body:
    """Writes the document of a language; counts bookmarks and sentences."""

    def __init__(self, locale: str, source: str) -> None:
        self._locale, self._source = languages.get(locale), languages.get(source)
        self._marks = 0
        self._numbers: dict[str, int] = {}

    def document(self, parts: Sequence[Part], campaign: str, pack: str) -> Iterator[str]:
        """The body, piece by piece."""
        yield f"<w:document {_NAMES}><w:body>"
        yield self._own(f"{campaign} · {self._locale.autonym}", "Title")
        for line in HELP:
            yield self._own(line, "Help")
        yield from self._fields(pack)
        for part in parts:
            yield self._own(part.title or OTHERS, "Heading1")
            before = [self._numbers[row.unit.key] for row in part.rows if row.unit.key in self._numbers]
            new = [row for row in part.rows if row.unit.key not in self._numbers]
            if before:
                yield self._own(f"Also shows: {_ranges(before)}", "Help")
            if new:
                yield from self._table(new)
        yield (
            '<w:p/><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="850" w:right="720"'
            ' w:bottom="850" w:left="720" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr></w:body></w:document>'
        )

    def _bookmark(self, name: str, inner: str) -> str:
        self._marks += 1
        start = f'<w:bookmarkStart w:id="{self._marks}" w:name="{name}"/>'
        return f'{start}{inner}<w:bookmarkEnd w:id="{self._marks}"/>'

    def _own(self, text: str, style: str) -> str:
        """A paragraph beside the tables that is known again."""
        inner = self._bookmark(f"{_OWN}{_hash(text)}_{self._marks + 1}", _runs(text, rtl=False))
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'

    def _fields(self, pack: str) -> Iterator[str]:
        yield _grid((5000, 7000))
        for name, words in FIELDS.items():
            value = {"pack": pack, "role": ROLE}.get(name, "")
            cells = (_cell(_paragraph(words, "Cell"), 5000), _cell(_paragraph(value, "Cell"), 7000))
            yield f"<w:tr>{''.join(cells)}</w:tr>"
        yield "</w:tbl>"

    def _table(self, rows: Iterable[Row]) -> Iterator[str]:
        yield _grid(WIDTHS)
        heads = (_cell(_paragraph(name, "Head"), width) for name, width in zip(COLUMNS, WIDTHS, strict=True))
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"
        for row in rows:
            number = self._numbers.setdefault(row.unit.key, len(self._numbers) + 1)
            for index, text in enumerate(row.unit.forms):
                yield self._row(row, number, index, text)
        yield "</w:tbl>"

    def _row(self, row: Row, number: int, index: int, text: str) -> str:
        unit = row.unit
        category = self._locale.categories[index] if unit.plural else ""
        name = self._bookmark(mark(unit.key, index if unit.plural else None), _runs(str(number), rtl=False))
        said = unit.plural if unit.plural and category != "one" else unit.source
        note = "\n".join(filter(None, (*row.objections(), unit.context, unit.notes, category and f"({category})")))
        paragraphs = (
            f'<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>{name}</w:p>',
            _paragraph(said, "Source", rtl=self._source.rtl),
            _paragraph(text, "Words", rtl=self._locale.rtl),
            _paragraph(note, "Small"),
            _paragraph(row.state.value, "Small"),
        )
        cells = (_cell(inner, width) for inner, width in zip(paragraphs, WIDTHS, strict=True))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _ranges(numbers: Iterable[int]) -> str:
    """Numbers as people write them: 1–3, 7."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def _grid(widths: Sequence[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )


def _cell(inner: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'


def _paragraph(text: str, style: str, *, rtl: bool = False) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:bidi/>" * rtl}</w:pPr>{_runs(text, rtl=rtl)}</w:p>'


def _runs(text: str, *, rtl: bool) -> str:
    """The words of a text; placeholders run from left to right everywhere, and no spelling checker looks at them."""
    pieces = enumerate(_PLACE.split(ILLEGAL.sub("\ufffd", text)))
    return "".join(_run(piece, place=bool(at % 2), rtl=rtl) for at, piece in pieces if piece)


def _run(text: str, *, place: bool, rtl: bool) -> str:
    look = '<w:rPr><w:rStyle w:val="Placeholder"/></w:rPr>' if place else "<w:rPr><w:rtl/></w:rPr>" if rtl else ""
    words = escape(text, quote=False).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    words = words.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _styles(locale: str, source: str) -> str:
    whole = resources.files("campaign.catalogue.exchange").joinpath("pack_styles.xml").read_text(encoding="utf-8")
    return whole.replace("{locale}", locale).replace("{source}", source)


#: The parts that are the same in every pack; trackRevisions is what makes Word keep who changed what.
_FRAME: Mapping[str, str] = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{BODY}" ContentType="{TYPE}document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{TYPE}styles+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{TYPE}settings+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
        f' Target="{BODY}"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/></Relationships>'
    ),
    "word/settings.xml": (
        f'<w:settings {_NAMES}><w:trackRevisions/><w:defaultTabStop w:val="720"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    ),
}
