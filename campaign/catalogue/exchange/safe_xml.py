"""XML of strangers: no entities, no document types of their own, no network; bounded before it is parsed; and ours out.

A file may name the document type of its format (`tmx14.dtd`), which is never loaded. Namespaces are taken off: a file
of XLIFF 1.1 or of a program's own dialect means the same as one of 1.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from campaign import limits
from campaign.errors import CampaignError, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: What a file may hold for each row that [limits] allows: elements and ends of elements.
_TAGS_A_ROW = 60

#: What XML 1.0 cannot hold, however it is escaped.
_UNSTORABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def parse(data: bytes, name: str) -> Element:
    """The root of a file, without comments, processing instructions and namespaces.

    Raises:
        CampaignError: no well-formed XML, entities of its own, more than a limit.
    """
    from lxml import etree

    most = limits.limit("import_rows") * _TAGS_A_ROW
    if data.count(b"<") > most:
        raise limits.too_much(name, f"has more than {most:g} tags", "import_rows")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        with limits.in_time(name, "read_seconds"):
            root: Element = etree.fromstring(data, parser)
            own = root.getroottree().docinfo.internalDTD
            if own is not None and (any(own.iterentities()) or any(own.iterelements())):
                raise _no(name, "declares entities or elements of its own, which no program needs to hand on texts")
            for element in root.iter():
                if not isinstance(element.tag, str):
                    where = f"{name}:{element.sourceline or 1}"
                    raise _no(where, f"holds the entity {str(element.text)[:40]}, which is defined nowhere")
                element.tag = element.tag.rpartition("}")[2]
    except etree.XMLSyntaxError as error:
        what = f"is not well-formed: {str(error.msg)[:200]}"
        raise _no(f"{name}:{error.lineno or 1}", what) from error
    except (ValueError, LookupError) as error:
        raise _no(name, f"is not well-formed: {str(error)[:200]}") from error
    return root


def _no(where: str, what: str) -> CampaignError:
    return CampaignError.single(what, where=where, todo="ask who sent it for another file; nothing was changed")


def words(element: Element | None) -> str:
    """All text of an element, its inline elements' too; "" where there is none."""
    return "" if element is None else "".join(map(str, element.itertext()))


def line(element: Element) -> int:
    """The line of the file at which an element begins."""
    return int(element.sourceline or 1)


def storable(texts: Iterable[tuple[str, str]]) -> None:
    """Refuse texts that no XML file can hold, of (where, text).

    Raises:
        CampaignError: every text with a control character or half a letter.
    """
    problems = [
        Problem(where, f"holds the character U+{ord(found[0]):04X}, which no XML file can hold", "delete it")
        for where, text in texts
        if (found := _UNSTORABLE.search(text))
    ]
    if problems:
        raise CampaignError(problems)


#: What begins a line of its own: nothing in which white space is text.
_LINES = ("file", "body", "header", "group", "trans-unit", "unit", "tu", "martifHeader", "text", "termEntry")


def written(root: Element) -> bytes:
    """A file of ours: UTF-8, with its declaration, a sentence a line; the same tree gives the same bytes."""
    from lxml import etree

    root.text = "\n"
    for element in root.iter(*_LINES):
        element.tail = "\n"
        if element.tag in ("file", "body", "group", "text"):
            element.text = "\n"
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
