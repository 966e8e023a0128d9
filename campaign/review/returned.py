"""A file that came back: which kind it is, by what it holds, and what it says. What comes in is hostile until read."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from campaign import delimited, limits
from campaign.audit.bounded import readers
from campaign.audit.document import UnreadableError
from campaign.catalogue.exchange import (
    html,
    mail,
    po,
    safe_xml,
    segments,
    sheet,
    spreadsheet,
    tmx,
    unpacked,
    whose,
    word,
    word_answers,
    word_tables,
    xliff,
    xliff2,
)
from campaign.catalogue.exchange.answers import Returned
from campaign.catalogue.exchange.sheet import Cell, Table, no
from campaign.errors import CampaignError
from campaign.identify.names import declared

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: How the files of the exchange standards are called; programs have endings of their own for XLIFF.
XML = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf", ".tmx", ".tbx", ".xml")

Read = TypeVar("Read")

#: How files of Word and Excel before 2007 begin ([MS-CFB]).
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

CORRECT = "correct the target language in the file"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a workspace knows about a file before it is read.

    `whose` gives the language that a pack was made for, by its number, "" where no pack has it; `language` is that of a
    file that does not say it, `source` that of the campaign's own words, `known` those that it translates into.
    """

    whose: Callable[[str], str]
    language: str
    source: str
    known: tuple[str, ...]


def read(file: Path, asked: Asked) -> Returned:
    """What a file says.

    Raises:
        CampaignError: it is none that is known, is damaged or dangerous, or nobody knows in which language it is.
    """
    limits.sized(file, str(file), "import_mb")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=str(file)) from error
    if data.startswith(_COMPOUND):
        raise no(file.name, "is in the form of Word or Excel before 2007: save it as .docx or .xlsx")
    if (form := word.is_text(data)) == "odt":
        raise no(file.name, "is an OpenDocument text: save it as a Word document (.docx)")
    if form:
        tables = _apart(word_tables.gather, data, file.name, word.KIND)
        return word_answers.read(tables, file.name, asked.whose, asked.language)
    if data.startswith(b"PK"):
        return sheet.read(
            _apart(spreadsheet.tables, data, file.name, "worksheet"), file.name, asked.whose, asked.language
        )
    if data.lstrip()[:1] == b"{":
        with contextlib.suppress(ValueError, RecursionError):
            json.loads(data)
            return html.read(data, file.name)
    if file.suffix.casefold() == ".po":
        return po.read(file, file.name, asked.whose)
    if file.suffix.casefold() in XML:
        return _standard(data, file.name, asked)
    if (answers := mail.find(data, file.name)) is not None:
        return html.read(answers, file.name)
    if data.lstrip()[:1] == b"{":
        return html.read(data, file.name)
    if file.suffix.casefold() in (".csv", ".tsv", ".txt") and (rows := _rows(data, file.name)):
        table = Table(declared(file.name, "") or file.stem, rows)
        return sheet.read([table], file.name, asked.whose, asked.language)
    raise CampaignError.single(
        "is no answer file (.json), text with answers in it, worksheet (.xlsx, .ods, .csv), Word document (.docx), "
        "catalogue (.po, .xlf) or memory (.tmx)",
        where=file.name,
        todo="take the file that the HTML pack made, not the pack itself",
    )


def _standard(data: bytes, name: str, asked: Asked) -> Returned:
    """A file of an exchange standard: XLIFF of either version, or TMX."""
    root = safe_xml.parse(data, name)
    if root.tag == "xliff":
        return _xliff(root, name, asked)
    if root.tag == "tmx":
        locale = tmx.language(root, name, asked.known, asked.language)
        memory = tmx.read(root, name, asked.source, locale)
        return Returned(locale, "", "", po.ROLE, (), memory=memory)
    if root.tag in ("martif", "tbx"):
        todo = "take it into the glossary: campaign catalogue import"
        raise CampaignError.single("is a glossary, and answers nothing", where=name, todo=todo)
    todo = "save it as XLIFF 1.2 or 2.0, or TMX 1.4"
    raise CampaignError.single(f"begins with <{root.tag[:40]}>, which is no exchange of texts", where=name, todo=todo)


def _xliff(root: Element, name: str, asked: Asked) -> Returned:
    """The texts of an XLIFF file: of one pack, in one language, from the campaign's own."""
    later = str(root.get("version", "")).startswith("2") or xliff2.NAMESPACE in str(root.nsmap)
    files = [*(xliff2.files(root) if later else xliff.files(root))]
    packs = {segments.pack(original) for original, _, _ in files} - {""}
    if not files or len(packs) > 1:
        what = "holds texts of two packs" if packs else "holds no file"
        raise CampaignError.single(what, where=name, todo="ask who sent it; import each pack by itself")
    number = next(iter(packs), "")
    for _, source, _ in files:
        whose.from_source(source, asked.source, name)
    spelt, packed = dict.fromkeys(target or asked.language for _, _, target in files), asked.whose(number)
    locales = dict.fromkeys(whose.language(target, packed, name, CORRECT) for target in spelt)
    if len(locales) != 1:
        what = f"holds several languages: {', '.join(locales)}"
        raise CampaignError.single(what, where=name, todo="import a file for each language")
    (locale,) = locales
    answers, refused = segments.answers([*(xliff2.read(root) if later else xliff.read(root))], locale)
    return Returned(locale, number, "", po.ROLE, answers, refused)


def _apart(task: Callable[[tuple[bytes, str]], Read], data: bytes, name: str, kind: str) -> Read:
    """What a file holds, read in a process of its own: what unpacks it believes what the file says."""
    unpacked.look_inside(data, name, kind)  # most of what is hostile is refused without one
    with readers(1) as pool:
        (answer,) = pool.run(task, [(data, name)])
    if isinstance(answer, UnreadableError):
        raise CampaignError.single(str(answer), where=name, todo=f"ask who sent it; export a new {kind}")
    return answer


def _rows(data: bytes, name: str) -> dict[int, list[Cell]]:
    """The rows of a worksheet that was saved as text; none where the file is no such table."""
    try:
        rows = delimited.read(data, name, sheet.KEY)
    except CampaignError:
        return {}
    return {number: [Cell(cell) for cell in cells] for number, cells in rows}
