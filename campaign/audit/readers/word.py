"""Words of a part of a Word document: what its runs show, hidden, struck, deleted and moved-away text left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from lxml import etree

from campaign.audit.readers import lines
from campaign.bidi import LRI, PDI

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad"}
#: Elements that hold what is not on the page: deleted and moved-away text, the second copy of a text box.
_GONE = frozenset((f"{W}del", f"{W}moveFrom", f"{_MC}Fallback"))
_WHITE = frozenset(("FFFFFF", "FEFEFE", "FDFDFD"))
#: How many styles may be based on one another.
_CHAIN = 24
_OFF = frozenset(("0", "false", "off", "none"))


def on(properties: etree._Element | None, name: str) -> bool:
    """Whether an attribute of DrawingML says yes."""
    return properties is not None and properties.get(name, "") in ("1", "true")


def _switch(properties: etree._Element | None, name: str) -> bool | None:
    """What a property that is on or off says (ECMA-376, 17.17.4), None when it is not there."""
    node = properties.find(f"{W}{name}") if properties is not None else None
    return None if node is None else node.get(f"{W}val", "1").lower() not in _OFF


class Words:
    """Reads parts with the styles of their document."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._root = styles
        #: The notes that the body cites, by (kind of note, id).
        self.notes: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def _styles(self) -> Mapping[str, etree._Element]:
        return {style.get(f"{W}styleId", ""): style for style in self._of_root(f"{W}style")}

    @cached_property
    def _usual(self) -> etree._Element | None:
        return None if self._root is None else self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    @cached_property
    def _usual_paragraph(self) -> str:
        usual = (s for s in self._of_root(f"{W}style") if s.get(f"{W}type") == "paragraph" and _is_default(s))
        return next((style.get(f"{W}styleId", "") for style in usual), "")

    def _of_root(self, tag: str) -> Iterator[etree._Element]:
        return iter(()) if self._root is None else iter(self._root.iter(tag))

    def of(self, root: etree._Element) -> str:
        """The text of a part, gathered: a line for each paragraph, those of tables, notes and text boxes too."""
        return "".join(self._lines(root))

    def _lines(self, root: etree._Element) -> Iterator[str]:
        for node in root.iter(f"{W}p", f"{_VML}textpath"):
            if self.hidden(node):
                continue
            if node.tag != f"{W}p":
                yield f"{lines.line_end('auto')}{lines.clean(node.get('string', ''))}{lines.line_end('auto')}"
                continue
            rtl = self._rtl_paragraph(node)
            text = "".join(self._runs(node, rtl=rtl))
            yield f"{lines.line_end('rtl' if rtl else 'ltr')}{text}{lines.line_end('auto')}"

    def hidden(self, node: etree._Element) -> bool:
        """Whether what stands in this place is not on the page."""
        return any(parent.tag in _GONE or self._gone(parent) for parent in node.iterancestors())

    def _gone(self, node: etree._Element) -> bool:
        if node.tag == f"{W}tr":
            return node.find(f"{W}trPr/{W}del") is not None
        if node.tag in (f"{W}footnote", f"{W}endnote"):
            return (node.tag, node.get(f"{W}id", "")) not in self.notes
        if node.tag.endswith(("}inline", "}anchor")):
            shown = next((child for child in node if str(child.tag).endswith("}docPr")), None)
            return on(shown, "hidden")
        return node.tag.startswith(_VML) and "visibility:hidden" in node.get("style", "").replace(" ", "").lower()

    def _rtl_paragraph(self, paragraph: etree._Element) -> bool:
        own = paragraph.find(f"{W}pPr")
        said = _switch(own, "bidi")
        if said is None:
            chain = (_switch(style.find(f"{W}pPr"), "bidi") for style in self._based(self._paragraph_style(paragraph)))
            said = next((one for one in chain if one is not None), None)
        return bool(said)

    def _paragraph_style(self, paragraph: etree._Element) -> str:
        return _value(paragraph.find(f"{W}pPr"), "pStyle") or self._usual_paragraph

    def _based(self, name: str) -> Iterator[etree._Element]:
        """A style and those that it is based on."""
        for _ in range(_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = _value(style, "basedOn")

    def _runs(self, paragraph: etree._Element, *, rtl: bool) -> Iterator[str]:
        # In a right-to-left paragraph Word sets a run that is not marked right-to-left from left to right, together
        # with the runs beside it that are not either.
        opened = False
        for run in paragraph.iter(f"{W}r"):
            if next(run.iterancestors(f"{W}p")) is not paragraph or self.hidden(run) or not self._seen(run, paragraph):
                continue
            text = "".join(self._signs(run, "rtl" if rtl else "ltr"))
            if not text:
                continue
            alone = rtl and not self._switched("rtl", run, paragraph)
            if alone != opened and (text.strip() or not alone):
                yield LRI if alone else PDI
                opened = alone
            yield text
        if opened:
            yield PDI

    def _signs(self, run: etree._Element, side: str) -> Iterator[str]:
        """What stands in a run."""
        for node in run:
            if node.tag == f"{W}t":
                yield lines.clean((node.text or "").replace("\n", " "))
            elif node.tag in (f"{W}br", f"{W}cr"):
                yield lines.line_end(side)
            elif node.tag == f"{W}sym":
                yield _symbol(node.get(f"{W}char", ""))
            elif node.tag == f"{W}fldChar":
                yield _chosen(node)
            else:
                yield _SIGNS.get(node.tag, "")

    def _seen(self, run: etree._Element, paragraph: etree._Element) -> bool:
        if any(self._switched(name, run, paragraph) for name in ("vanish", "strike", "dstrike")):
            return False
        return not (self._colour(run, paragraph) in _WHITE and _on_paper(run, paragraph, self))

    def _switched(self, name: str, run: etree._Element, paragraph: etree._Element) -> bool:
        """A property of a run: its own, or that of its styles, which turn one another round (ECMA-376, 17.7.3)."""
        own = run.find(f"{W}rPr")
        said = _switch(own, name)
        if said is not None:
            return said
        if _switch(self._usual, name):
            return True
        styles = (_value(own, "rStyle"), self._paragraph_style(paragraph))
        return sum(bool(self._inherited(name, style)) for style in styles) == 1

    def _inherited(self, name: str, style: str) -> bool | None:
        found = (_switch(one.find(f"{W}rPr"), name) for one in self._based(style))
        return next((one for one in found if one is not None), None)

    def _colour(self, run: etree._Element, paragraph: etree._Element) -> str:
        own = run.find(f"{W}rPr")
        places = [own, *(one.find(f"{W}rPr") for one in self._based(_value(own, "rStyle")))]
        places += [one.find(f"{W}rPr") for one in self._based(self._paragraph_style(paragraph))]
        return next((colour for place in (*places, self._usual) if (colour := _value(place, "color"))), "").upper()

    def shaded(self, name: str) -> bool:
        """Whether a style sets a ground."""
        return any(any(True for _ in style.iter(f"{W}shd")) for style in self._based(name))


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{W}default", "0") in ("1", "true", "on")


def _value(properties: etree._Element | None, name: str) -> str:
    node = properties.find(f"{W}{name}") if properties is not None else None
    return "" if node is None else str(node.get(f"{W}val", ""))


def _on_paper(run: etree._Element, paragraph: etree._Element, words: Words) -> bool:
    """Whether nothing is laid under a run: no ground of its own, of its paragraph, its table, its box or its page."""
    own, around = run.find(f"{W}rPr"), paragraph.find(f"{W}pPr")
    if any(place is not None and place.find(f"{W}{name}") is not None
           for place in (own, around) for name in ("shd", "highlight")):  # fmt: skip
        return False
    if words.shaded(_value(own, "rStyle")) or words.shaded(_value(around, "pStyle")):
        return False
    under = (f"{W}tbl", f"{W}txbxContent")
    root = run.getroottree().getroot()
    return not any(parent.tag in under for parent in run.iterancestors()) and root.find(f"{W}background") is None


def _symbol(code: str) -> str:
    """A sign of a symbol font: Word puts its place, or the letter itself, into the private area (17.3.3.30)."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    value = value & 0xFF if 0xF000 <= value <= 0xF0FF else value
    return chr(value) if 32 <= value < 0xD800 else ""


def _chosen(node: etree._Element) -> str:
    """What an old form field shows that keeps its value apart: the chosen line of a list."""
    choice = node.find(f"{W}ffData/{W}ddList")
    if choice is None:
        return ""
    entries = [entry.get(f"{W}val", "") for entry in choice.findall(f"{W}listEntry")]
    number = _value(choice, "result") or _value(choice, "default") or "0"
    return lines.clean(entries[int(number)]) if number.isdigit() and int(number) < len(entries) else ""
