"""PDF pages are read as they are seen: what is hidden, turned, laid over, noted or only a picture is told apart."""

from __future__ import annotations

import io

import pikepdf
import pytest
import typst
from PIL import Image, ImageDraw

from campaign.audit.compare import compare
from campaign.audit.document import UnreadableError
from campaign.audit.profile import of_document
from campaign.audit.readers.eye import logical
from campaign.audit.readers.pdf import read_pdf
from campaign.audit.readers.text import read_text
from campaign.model.finding import Severity
from campaign.typeset.fonts import load

PHONE, WRONG = "+32 3 201 16 90", "+32 3 201 16 09"
TAGS = ("fr", "uk", "ti", "ar")
FONTS = '("Noto Sans", "Noto Sans Arabic", "Noto Sans Bengali", "Noto Sans Ethiopic", "Noto Sans CJK SC")'


def typeset(source, tag="en"):
    """A PDF by Typst."""
    side = "rtl" if tag in ("ar", "fa", "ur") else "ltr"
    head = f'#set text(lang: "{tag}", dir: {side}, font: {FONTS})\n#show regex("[+]?[0-9][0-9 ]+[0-9]"): it => box(text(dir: ltr, it))\n'
    return bytes(typst.compile((head + source).encode(), font_paths=load(None)))


def leaflet_pdf(leaflet, tag, made="", edit=None):
    """A leaflet without its telephone number, and after it what `made` sets; `edit` changes the finished file."""
    text = leaflet(tag, phone="…").replace("@", "\\@").replace("\u200e", "")
    data = typeset(f"{text}\n\n{made}", tag)
    if edit is None:
        return data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def details(leaflet, tag, data):
    """What the audit says of it."""
    reference = of_document("en.txt", read_text(leaflet("en").encode()))
    return [found.detail for found in compare(f"leaflet-{tag}.pdf", read_pdf(data), reference)[1]]


def drawn(text, operators="", layer=None):
    """An edit that writes text on the first page by hand: Helvetica, 12 pt, from 60,60."""

    def edit(pdf):
        page = pdf.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name.Hand)
        before, after = "", ""
        if layer is not None:
            group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("old")))
            view = pikepdf.Dictionary(
                OFF=pikepdf.Array([] if layer else [group]), ON=pikepdf.Array([group] if layer else [])
            )
            pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([group]), D=view)
            page.add_resource(group, pikepdf.Name.Properties, pikepdf.Name.Layer)
            before, after = "/OC /Layer BDC ", " EMC"
        stream = f"{before}q BT /Hand 12 Tf {operators} 60 60 Td ({text}) Tj ET Q{after}"
        page.contents_add(stream.encode("latin-1"))

    return edit


def noted(**entries):
    """An edit that puts a note on the first page."""

    def edit(pdf):
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=pikepdf.Array([60, 60, 300, 90]), F=4)
        for name, value in entries.items():
            note[f"/{name}"] = value(pdf) if callable(value) else value
        note = pdf.make_indirect(note)
        page = pdf.pages[0]
        page.Annots = pikepdf.Array([note])
        if entries["Subtype"] == pikepdf.Name.Widget:
            pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([note]))

    return edit


def look(text):
    """The appearance of a note."""

    def stream(pdf):
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        made = pdf.make_stream(f"q BT /Hand 12 Tf 4 8 Td ({text}) Tj ET Q".encode())
        made.Type, made.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        made.BBox = pikepdf.Array([0, 0, 240, 30])
        made.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Hand=font))
        return pikepdf.Dictionary(N=made)

    return stream


def cropped(pdf):
    """Cut the page above what was written by hand."""
    width, height = (float(n) for n in list(pdf.pages[0].MediaBox)[2:])
    pdf.pages[0].CropBox = pikepdf.Array([0, 90, width, height])


def both(*edits):
    """One edit after the other."""
    return lambda pdf: [edit(pdf) for edit in edits]


NAME = pikepdf.Name
HIDES = {
    "white on white": ("#text(fill: white)[{}]", None),
    "nearly white": ("#text(fill: rgb(253, 253, 252))[{}]", None),
    "blue on blue": ("#box(fill: navy, inset: 4pt, text(fill: navy)[{}])", None),
    "laid over": ("#block[{}#place(top, dy: -4pt, rect(width: 100%, height: 20pt, fill: white))]", None),
    "cut off": ("#box(width: 2cm, height: 1cm, clip: true, place(dx: 4cm)[{}])", None),
    "layer switched off": ("", lambda text: drawn(text, layer=False)),
    "layer switched off, under other text": ("", lambda text: both(drawn(text, layer=False), drawn("Bonjour, bonjour"))),
    "invisible": ("", lambda text: drawn(text, "3 Tr")),
    "outside the page": ("", lambda text: both(drawn(text), cropped)),
    "hidden field": ("", lambda text: noted(Subtype=NAME.Widget, FT=NAME.Tx, T=pikepdf.String("t"), V=pikepdf.String(text), F=2)),
    "comment": ("", lambda text: noted(Subtype=NAME.Text, Contents=pikepdf.String(text))),
}  # fmt: skip
SHOWS = {
    "plain": ("{}", None),
    "upside down": ("#rotate(180deg)[{}]", None),
    "up the side": ("#place(rotate(90deg, reflow: true)[{}])", None),
    "down the side": ("#place(rotate(-90deg, reflow: true)[{}])", None),
    "askew": ("#v(3cm)#rotate(33deg)[{}]", None),
    "white on blue": ("#box(fill: navy, inset: 4pt, text(fill: white)[{}])", None),
    "grey": ("#text(fill: rgb(190, 190, 190))[{}]", None),
    "layer switched on": ("", lambda text: drawn(text, layer=True)),
    "by hand": ("", drawn),
    "field": ("", lambda text: noted(Subtype=NAME.Widget, FT=NAME.Tx, T=pikepdf.String("t"), V=pikepdf.String(text), AP=look(text))),
    "field without a look": ("", lambda text: noted(Subtype=NAME.Widget, FT=NAME.Tx, T=pikepdf.String("t"), V=pikepdf.String(text), DA=pikepdf.String("/Helv 12 Tf 0 g"))),
    "free text": ("", lambda text: noted(Subtype=NAME.FreeText, Contents=pikepdf.String(text), AP=look(text))),
    "free text without a look": ("", lambda text: noted(Subtype=NAME.FreeText, Contents=pikepdf.String(text))),
    "stamp": ("", lambda text: noted(Subtype=NAME.Stamp, AP=look(text))),
}  # fmt: skip


def planted(how, number):
    """What Typst sets, and the edit, with the number in its place."""
    source, edit = how
    return source.replace("{}", number), edit and edit(number)


@pytest.mark.slow
@pytest.mark.parametrize("how", HIDES)
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.sample(22)
def test_what_no_eye_sees_is_missing(leaflet, tag, how):
    """A number that leaves no ink is missing, and a wrong one without ink does no harm."""
    data = leaflet_pdf(leaflet, tag, *planted(HIDES[how], PHONE))
    assert details(leaflet, tag, data) == [f"missing: {PHONE} does not stand in the file"]
    source, edit = planted(HIDES[how], WRONG)
    assert details(leaflet, tag, leaflet_pdf(leaflet, tag, f"{PHONE}\n\n{source}", edit)) == []


@pytest.mark.slow
@pytest.mark.parametrize("how", SHOWS)
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.sample(28)
def test_what_the_eye_sees_is_read(leaflet, tag, how):
    """Turned text, fields, notes and layers are read, right or wrong."""
    assert details(leaflet, tag, leaflet_pdf(leaflet, tag, *planted(SHOWS[how], PHONE))) == []
    (said,) = details(leaflet, tag, leaflet_pdf(leaflet, tag, *planted(SHOWS[how], WRONG)))
    assert said == "changed: +32 3 201 16 [→0]9[0→]"


def test_struck_text_is_not_read(leaflet):
    """A viewer's line through a number takes it out."""
    data = leaflet_pdf(
        leaflet,
        "fr",
        "",
        both(drawn(PHONE), noted(Subtype=NAME.StrikeOut, QuadPoints=pikepdf.Array([58, 75, 200, 75, 58, 55, 200, 55]))),
    )
    assert details(leaflet, "fr", data) == [f"missing: {PHONE} does not stand in the file"]


def picture():
    """A photograph of words."""
    made = Image.new("L", (600, 300), 255)
    ImageDraw.Draw(made).text((40, 100), PHONE, fill=0, font_size=40)
    data = io.BytesIO()
    made.save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize("tag", TAGS)
def test_a_page_that_is_a_picture_is_said_as_that(leaflet, tag, tmp_path):
    """What may stand on it is to be looked for there; it is not called missing. With nothing to look for it is a warning."""
    text = leaflet(tag, phone="…").replace("@", "\\@").replace("\u200e", "")
    whole = leaflet(tag).replace("@", "\\@").replace("\u200e", "")
    (tmp_path / "p.png").write_bytes(picture())
    head = f'#set text(lang: "{tag}", font: {FONTS})\n#show regex("[+]?[0-9][0-9 ]+[0-9]"): it => box(text(dir: ltr, it))\n'
    for body, severity, said in (
        (text, Severity.ERROR, f"page 2 is only a picture, its text cannot be read: look there for {PHONE}"),
        (whole, Severity.WARNING, "page 2 is only a picture, its text cannot be read"),
    ):
        (tmp_path / "a.typ").write_text(f'{head}{body}\n#pagebreak()\n#image("p.png", width: 100%)', encoding="utf-8")
        data = bytes(typst.compile(tmp_path / "a.typ", font_paths=load(None)))
        reference = of_document("en.txt", read_text(leaflet("en").encode()))
        (found,) = compare(f"leaflet-{tag}.pdf", read_pdf(data), reference)[1]
        assert (found.code, found.severity, found.detail) == ("file-unreadable", severity, said)


def test_words_behind_a_scan_are_read_with_a_warning(tmp_path):
    """Programs that scan lay what they read behind the picture: it is compared, and a person is asked to look."""
    (tmp_path / "p.png").write_bytes(picture())
    (tmp_path / "a.typ").write_text(
        '#set page(margin: 0pt)\n#image("p.png", width: 100%, height: 100%, fit: "stretch")'
    )
    with pikepdf.open(io.BytesIO(typst.compile(tmp_path / "a.typ"))) as pdf:
        drawn(f"Appelez {PHONE}", "3 Tr")(pdf)
        pdf.save(out := io.BytesIO())
    read = read_pdf(out.getvalue())
    assert PHONE in read.text
    assert [str(said) for said in read.unread] == ["page 1 is a picture; compared is what a machine read in it"]


def without_letters(pdf):
    """Fonts that do not say which letters they draw."""
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            if "/ToUnicode" in font:
                del font["/ToUnicode"]


@pytest.mark.parametrize("tag", ("fr", "uk", "ar"))
def test_a_font_without_a_way_back_to_letters_is_said_as_that(leaflet, tag):
    """The words are there for the eye only: nothing is called missing."""
    if tag != "ar":  # Typst says the letters of Arabic a second time
        with pytest.raises(UnreadableError, match="fonts that do not say which letters"):
            read_pdf(leaflet_pdf(leaflet, tag, PHONE, without_letters))
    said = details(leaflet, tag, leaflet_pdf(leaflet, tag, PHONE, both(without_letters, drawn("Bonjour. " * 4))))
    assert said[0].startswith("page 1 has text in a font that does not say which letters it draws: look there for ")


def test_a_password_is_said_as_that(leaflet):
    """Not damaged: locked."""
    with pikepdf.open(io.BytesIO(typeset("Hello"))) as pdf:
        pdf.save(out := io.BytesIO(), encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UnreadableError, match="needs a password"):
        read_pdf(out.getvalue())


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("3 +32 :مويلا", "اليوم: 3 +32"),
        ("90 16 201 3 +32 ىلع", "على 90 16 201 3 +32"),
        (".هنم -aide ىلإ", "إلى aide- منه."),
        ("exam- ةءارق", "قراءة exam-"),
        (".112 وأ (116 000) ىلع", "على (116 000) أو 112."),
        ("Call 112", "Call 112"),
    ],
)
def test_a_line_is_put_in_the_order_in_which_it_is_read(seen, read):
    """Letters are turned, numbers stay as the eye meets them, reversed ones too."""
    assert logical(seen, rtl=True) == read
