"""Word files are read as they are printed: every header and note, boxes, diagrams, fields; not what is hidden or taken out."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from campaign.audit.compare import compare
from campaign.audit.document import UnreadableError
from campaign.audit.profile import of_document
from campaign.audit.readers.docx import read_docx
from campaign.audit.readers.text import read_text

docx = pytest.importorskip("docx", reason="python-docx is in the extra audit")

PHONE, WRONG = "+32 3 201 16 90", "+32 3 201 16 09"
TAGS = ("fr", "uk", "bn", "ar")
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(leaflet, tag, body="", parts=(), styles="", settings=None):
    """A leaflet without its telephone number, and after it `body` (XML); `parts` are (kind, name, XML) beside it."""
    document = docx.Document()
    for line in leaflet(tag, phone="…").replace("\u200e", "").split(". "):
        paragraph = document.add_paragraph()
        if tag == "ar":
            paragraph._p.get_or_add_pPr().append(paragraph._p.makeelement(docx.oxml.ns.qn("w:bidi"), {}))
        for number, piece in enumerate(line.split("116 000")):
            if number:
                paragraph.add_run("116 000")
            paragraph.add_run(piece).font.rtl = tag == "ar"
    for kind, name, xml in parts:
        uri = docx.opc.packuri.PackURI(f"/word/{name}.xml")
        part = docx.opc.part.Part(
            uri, f"application/{kind}+xml", f"<w:x {SPACES}>{xml}</w:x>".encode(), document.part.package
        )
        relation = document.part.relate_to(part, f"{OFFICE}/{kind}")
        body = body.replace(f"@{name}@", relation)
    if styles:
        for style in etree.fromstring(f"<w:x {SPACES}>{styles}</w:x>"):
            document.styles.element.append(style)
    if settings:
        body = body.replace("@link@", document.part.relate_to(settings, f"{OFFICE}/hyperlink", is_external=True))
    last = document.element.body[-1]
    for element in etree.fromstring(f"<w:x {SPACES}>{body}</w:x>"):
        last.addprevious(element)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def details(leaflet, tag, data):
    """What the audit says of it."""
    reference = of_document("en.txt", read_text(leaflet("en").encode()))
    return [found.detail for found in compare(f"leaflet-{tag}.docx", read_docx(data), reference)[1]]


def p(text, run="", paragraph=""):
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


STYLE = '<w:style w:type="{}" w:styleId="{}">{}<w:rPr>{}</w:rPr></w:style>'
BOX = "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wp:docPr id='9' name='b'{}/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
DIAGRAM = "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='8' name='d'{}/><a:graphic><a:graphicData><dgm:relIds r:dm='@data1@'/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
POINTS = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"

#: (body, parts, styles), {} for the number.
HIDES = {
    "hidden": (p("{}", "<w:vanish/>"), (), ""),
    "hidden by a style": (p("{}", '<w:rStyle w:val="S"/>'), (), STYLE.format("character", "S", "", "<w:vanish/>")),
    "hidden by what a style is based on": (p("{}", "", '<w:pStyle w:val="S"/>'), (), STYLE.format("paragraph", "S", '<w:basedOn w:val="T"/>', "") + STYLE.format("paragraph", "T", "", "<w:vanish/>")),
    "struck": (p("{}", "<w:strike/>"), (), ""),
    "struck twice": (p("{}", "<w:dstrike/>"), (), ""),
    "deleted": ("<w:p><w:del><w:r><w:delText>{}</w:delText></w:r></w:del></w:p>", (), ""),
    "deleted, kept as text": ("<w:p><w:del><w:r><w:t>{}</w:t></w:r></w:del></w:p>", (), ""),
    "moved away": ("<w:p><w:moveFrom><w:r><w:t>{}</w:t></w:r></w:moveFrom></w:p>", (), ""),
    "row taken out": ("<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("{}") + "</w:tc></w:tr></w:tbl>", (), ""),
    "white on white": (p("{}", '<w:color w:val="FFFFFF"/>'), (), ""),
    "hidden box": (BOX.format(" hidden='1'", p("{}"), p("{}")), (), ""),
    "hidden diagram": (DIAGRAM.format(" hidden='1'"), (("diagramData", "data1", POINTS),), ""),
    "code of a field": ("<w:p><w:r><w:instrText>QUOTE {}</w:instrText></w:r></w:p>", (), ""),
    "comment": ("<w:p/>", (("comments", "comments", "<w:comment w:id='1'>" + p("{}") + "</w:comment>"),), ""),
    "note that nothing cites": ("<w:p/>", (("footnotes", "footnotes", "<w:footnote w:id='2'>" + p("{}") + "</w:footnote>"),), ""),
}  # fmt: skip
SHOWS = {
    "plain": (p("{}"), (), ""),
    "not hidden after all": (p("{}", '<w:vanish w:val="0"/><w:rStyle w:val="S"/>'), (), STYLE.format("character", "S", "", "<w:vanish/>")),
    "styles that undo one another": (p("{}", '<w:rStyle w:val="S"/>', '<w:pStyle w:val="T"/>'), (), STYLE.format("character", "S", "", "<w:vanish/>") + STYLE.format("paragraph", "T", "", "<w:vanish/>")),
    "inserted": ("<w:p><w:ins><w:r><w:t>{}</w:t></w:r></w:ins></w:p>", (), ""),
    "moved here": ("<w:p><w:moveFrom><w:r><w:t>{}</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>{}</w:t></w:r></w:moveTo></w:p>", (), ""),
    "white on black": (p("{}", '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>'), (), ""),
    "white in a table": ("<w:tbl><w:tr><w:tc>" + p("{}", '<w:color w:val="FFFFFF"/>') + "</w:tc></w:tr></w:tbl>", (), ""),
    "box": (BOX.format("", p("{}"), p("{}")), (), ""),
    "old WordArt": ("<w:p><w:r><w:pict><v:shape><v:textpath string='{}'/></v:shape></w:pict></w:r></w:p>", (), ""),
    "diagram": (DIAGRAM.format(""), (("diagramData", "data1", POINTS),), ""),
    "content control": ("<w:sdt><w:sdtContent>" + p("{}") + "</w:sdtContent></w:sdt>", (), ""),
    "form field": ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>FORMTEXT</w:instrText></w:r><w:r><w:t>{}</w:t></w:r></w:p>', (), ""),
    "list to choose from": ('<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="x"/><w:listEntry w:val="{}"/></w:ddList></w:ffData></w:fldChar></w:r></w:p>', (), ""),
    "footnote": ('<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>', (("footnotes", "footnotes", "<w:footnote w:id='2'>" + p("{}") + "</w:footnote>"),), ""),
    "endnote": ('<w:p><w:r><w:endnoteReference w:id="3"/></w:r></w:p>', (("endnotes", "endnotes", "<w:endnote w:id='3'>" + p("{}") + "</w:endnote>"),), ""),
    "header": ("<w:p/>", (("header", "header7", p("{}")),), ""),
    "footer of even pages": ("<w:p/>", (("footer", "footer8", p("{}")),), ""),
}  # fmt: skip


def planted(how, number):
    """The same with a number in its place."""
    body, parts, styles = how
    return (
        body.replace("{}", number),
        tuple((kind, name, xml.replace("{}", number)) for kind, name, xml in parts),
        styles,
    )


@pytest.mark.slow
@pytest.mark.parametrize("how", HIDES)
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.sample(10)
def test_what_is_not_printed_is_missing(leaflet, tag, how):
    """A number that is hidden or taken out is missing, and a wrong one does no harm."""
    assert details(leaflet, tag, word(leaflet, tag, *planted(HIDES[how], PHONE))) == [
        f"missing: {PHONE} does not stand in the file"
    ]
    body, parts, styles = planted(HIDES[how], WRONG)
    assert details(leaflet, tag, word(leaflet, tag, p(PHONE) + body, parts, styles)) == []


@pytest.mark.slow
@pytest.mark.parametrize("how", SHOWS)
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.sample(10)
def test_what_is_printed_is_read_once(leaflet, tag, how):
    """The right number is found, one time; a wrong one is an error."""
    assert details(leaflet, tag, word(leaflet, tag, *planted(SHOWS[how], PHONE))) == []
    said = details(leaflet, tag, word(leaflet, tag, *planted(SHOWS[how], WRONG)))
    assert [one.startswith("changed: +32 3 201 16 ") for one in said] == [True]


LINKS = {
    "link": '<w:p><w:hyperlink r:id="@link@"><w:r><w:t>{}</w:t></w:r></w:hyperlink></w:p>',
    "drawing": "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='x'><a:hlinkClick r:id='@link@'/></wp:docPr></wp:inline></w:drawing><w:t>{}</w:t></w:r></w:p>",
    "field": '<w:p><w:r><w:instrText> HYPERLINK "tel:</w:instrText></w:r><w:r><w:instrText>+3232011609" </w:instrText></w:r><w:r><w:t>{}</w:t></w:r></w:p>',
    "simple field": "<w:p><w:fldSimple w:instr='HYPERLINK \"tel:+3232011609\"'><w:r><w:t>{}</w:t></w:r></w:fldSimple></w:p>",
}  # fmt: skip


@pytest.mark.parametrize("how", LINKS)
@pytest.mark.parametrize("tag", TAGS)
def test_a_link_that_dials_another_number_is_an_error(leaflet, tag, how):
    """Whatever Word makes of a link."""
    said = details(leaflet, tag, word(leaflet, tag, LINKS[how].replace("{}", PHONE), settings="tel:+3232011609"))
    assert said == ["link: +3232011609 is not in the reference, the reader sees +32 3 201 16 90"]


def test_runs_that_are_set_together_are_one_stretch():
    """Word splits a number into runs at every edit: in a right-to-left paragraph they stay side by side."""
    runs = "".join(f"<w:r><w:t xml:space='preserve'>{piece}</w:t></w:r>" for piece in ("+32 ", "3 201 ", "16 90"))
    body = f"<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>اتصل </w:t></w:r>{runs}</w:p>"
    text = read_docx(word(lambda tag, **_: "x", "ar", body)).text
    assert "اتصل \u2066+32 3 201 16 90\u2069" in text


def test_a_document_of_pictures_is_said_as_that():
    """No text, only a scan."""
    data = io.BytesIO(word(lambda tag, **_: "", "fr"))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/media/scan.png", b"x")
    with pytest.raises(UnreadableError, match="only pictures"):
        read_docx(data.getvalue())


@pytest.mark.parametrize("depth", [250, 20_000])
def test_nesting_without_end_is_bounded(depth):
    """Tables in tables, styles based on each other in a ring."""
    styles = "".join(STYLE.format("paragraph", a, f'<w:basedOn w:val="{b}"/>', "") for a, b in ("AB", "BA"))
    nested = (
        "<w:tbl><w:tr><w:tc>" * (depth // 3)
        + p("{}", "", '<w:pStyle w:val="A"/>')
        + "</w:tc></w:tr></w:tbl>" * (depth // 3)
    )
    data = io.BytesIO(word(lambda tag, **_: "x", "fr", styles=styles))
    made = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "word/document.xml":
                part = part.replace(b"<w:body>", b"<w:body>" + nested.encode())
            new.writestr(entry, part)
    try:
        assert "x" in read_docx(made.getvalue()).text
    except UnreadableError as error:
        assert depth > 250 and "damaged" in str(error)
