"""The text layer is the text: what is copied, searched and read aloud from a finished PDF, in every script."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import struct
import subprocess
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops, ImageFilter
from tongues import spoken

from campaign import languages
from campaign.channels.layout import set_item
from campaign.channels.layout_data import Press, data
from campaign.channels.layout_words import Fault, faults, word_faults
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset import elements, fonts, guard, session
from campaign.typeset.mending.face import Face
from campaign.typeset.mending.glyf import TrueType
from campaign.typeset.mending.mend import mend, needed
from campaign.typeset.mending.stream import number, pieces
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

#: Scripts that Typst parts letters of, each in its own way; and two that it does not.
PARTED = ("ar", "ur", "bn", "km", "my", "hi", "yo", "vi")
WHOLE = ("de", "ti")


@pytest.fixture(scope="module")
def bench(wide):
    """The wide campaign with one warm compiler: (campaign, typesetter, message in a language)."""
    space = loader.load(Project(wide))
    english = Renderer(space.project, space.campaign).message("disability-learning", "en", "BE", space.texts["en"])
    extra = space.project.assets / "fonts"
    return space.campaign, Typesetter(space.project), lambda tag: spoken(english, tag, extra)


@pytest.fixture
def unmended(monkeypatch):
    """Files as Typst writes them."""
    monkeypatch.setattr(session, "needed", lambda values: False)


def values_of(bench, tag, layout="leaflet-a5", press=None):
    """What a layout gets of the message in a language."""
    campaign, _, message = bench
    return data(message(tag), campaign, review=False, layout=campaign.layouts[layout], press=press)


def read(pdf):
    """What readers get of a PDF."""
    document = guard.opened(pdf)
    return elements.told(document, document)


def drawn(pdf):
    """Every page at 400 dpi, ink white on black."""
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=400 / 72, grayscale=True).to_pil().convert("L")
        yield picture.point(lambda value: 255 * (value < 128))


def poppler(pdf, folder):
    """The text of each page as poppler gives it; where it marks another direction, a word ends."""
    (folder / "file.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-q", folder / "file.pdf", "-"], capture_output=True, check=True)
    return [re.sub("[\u202a-\u202e]", " ", page) for page in done.stdout.decode().split("\f")[:-1]]


@pytest.mark.parametrize("press", [None, Press(3.0)], ids=["screen", "press"])
@pytest.mark.parametrize("tag", [*PARTED, *WHOLE, "pa", "he", "th", "ja"])
@pytest.mark.sample(4)
def test_two_readers_give_back_the_words_that_were_set(bench, tmp_path, tag, press):
    """Each text whole, each letter once, in reading order: in pdfium (Chrome, Edge) and poppler (Evince, Okular)."""
    values = values_of(bench, tag, press=press)
    pdf = bench[1].lay_out("leaflet-a5", values, version="1.6" if press else "1.7").pdf
    assert word_faults(read(pdf), values) == ()
    if shutil.which("pdftotext"):
        assert faults(poppler(pdf, tmp_path), (), values) == ()


@pytest.mark.parametrize("layout", ["leaflet-a5", "easy-read-a4"])
@pytest.mark.parametrize("tag", languages.registry())
@pytest.mark.sample(9)
def test_every_language_is_read_back(bench, tmp_path, tag, layout):
    """Every language of the registry, with names from CLDR in place of the sentences."""
    _, typesetter, _ = bench
    values = values_of(bench, tag, layout)
    pdf = typesetter.lay_out(layout, values).pdf
    assert word_faults(read(pdf), values) == ()
    if shutil.which("pdftotext"):
        assert faults(poppler(pdf, tmp_path), (), values) == ()


@pytest.mark.parametrize("tag", ["ar", "ckb", "bn", "km", "hi"])
def test_a_letter_said_twice_is_refused(bench, unmended, tag):
    """As Typst writes them the files are not released: the letters of Arabic come twice, those of Bengali apart."""
    campaign, typesetter, message = bench
    with pytest.raises(CampaignError, match=r"which no sentence says|does not say a text whole"):
        set_item(typesetter, "poster-a3", message(tag), campaign, review=False)


@pytest.mark.parametrize("tag", ["ar", "ur", "bn", "my"])
@pytest.mark.sample(1)
def test_no_ink_moves(bench, unmended, tag):
    """The same picture at 400 dpi, to a pixel: letters are put together, not set anew."""
    _, typesetter, _ = bench
    before = typesetter.lay_out("leaflet-a5", values_of(bench, tag)).pdf
    after = mend(before)
    assert after.unknown == 0
    for old, new in zip(drawn(before), drawn(after.pdf), strict=True):
        ink = sum(old.histogram()[128:])
        for one, other in ((old, new), (new, old)):
            beyond = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(3)))
            # The edge of a curve may fall on the other side of half a pixel.
            assert sum(beyond.histogram()[128:]) < ink / 50_000


def test_the_same_file_gives_the_same_bytes(bench, unmended):
    """So that a build can be repeated."""
    pdf = bench[1].lay_out("leaflet-a5", values_of(bench, "ar")).pdf
    assert mend(pdf).pdf == mend(pdf).pdf


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Straße, Œuvre, naïve", False),
        ("Ελλάδα", False),
        ("Україна", False),
        ("ትግርኛ", False),
        ("中文 日本語が 한국어", False),
        ("العربية", True),
        ("עברית", True),
        ("বাংলা", True),
        ("ẹ̀kọ́", True),
        ("Tiếng Việt được", False),
        ("chữa trị", True),
        ("Ụlọ akwụkwọ", True),
        ("ภาษาที่", True),
    ],
)
def test_only_what_has_parted_letters_is_mended(text, parted):
    """Most languages take the fast way out."""
    assert needed(text) is parted


def test_a_space_behind_a_vietnamese_letter_is_read(bench):
    """Noto Sans draws "ị" as an i and a dot; the space behind it, at the end of a text object, is read all the same."""
    campaign, typesetter, message = bench
    item = message("vi")
    item = replace(item, blocks={**item.blocks, "closing": ("Có mã này, bác sĩ sẽ chữa trị cho bạn.",)})
    pages = pypdfium2.PdfDocument(set_item(typesetter, "leaflet-a5", item, campaign, review=False).pdf)
    assert "chữa trị cho bạn." in " ".join(pages[1].get_textpage().get_text_range().split())


def test_the_fonts_of_a_mended_file_are_sound(bench):
    """Every added glyph can be drawn, is as wide as the PDF says, and its font's table of limits knows it."""
    pdf = bench[1].lay_out("leaflet-a5", values_of(bench, "ur")).pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = {font.objgen: font for page in document.pages for font in page.obj.Resources.Font.values()}
        added = 0
        for font in fonts.values():
            inner = font.DescendantFonts[0]
            program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
            order, glyphs, upem = program.getGlyphOrder(), program.getGlyphSet(), program["head"].unitsPerEm
            widths = list(inner.W)
            if not isinstance(widths[-1], pikepdf.Array):
                continue
            first, last = int(widths[-2]), [float(width) for width in widths[-1]]
            assert first + len(last) == len(order) == program["maxp"].numGlyphs
            for name, width in zip(order[first:], last, strict=True):
                added += 1
                assert abs(glyphs[name].width * 1000 / upem - width) < 0.01
                pen = BoundsPen(glyphs)
                glyphs[name].draw(pen)
                glyph = program["glyf"][name]
                if pen.bounds:
                    assert abs(pen.bounds[0] - glyph.xMin) <= 1 and program["hmtx"][name][1] == glyph.xMin
                if glyph.isComposite():
                    assert len(glyph.components) <= program["maxp"].maxComponentElements
        assert added > 100


@given(st.floats(-1e6, 1e6))
def test_a_number_never_has_an_exponent(value):
    """poppler drops the text of a page that has one."""
    written = number(value)
    assert re.fullmatch(r"-?\d+(\.\d{1,4})?", written)
    assert abs(float(written) - value) <= 0.0001


def test_a_space_that_was_added_may_become_one_that_breaks_no_number():
    """Of "116 111" beside Nastaliq the space is of another font: it is added, and then holds the figures together."""
    path = fonts.faces(None)[("Noto Sans", "regular")]
    with pikepdf.new() as document:
        program = document.make_stream(path.read_bytes())
        cid = pikepdf.Dictionary(FontDescriptor=pikepdf.Dictionary(FontFile2=program), DW=600)
        font = pikepdf.Dictionary(DescendantFonts=[cid], ToUnicode=document.make_stream(b""))
        face = Face(font, TrueType(path.read_bytes()))
        space = face.add(((), " ", 260))
        held = face.add((((space, 0, 0),), "\u00a0", 260))
        assert held != space and face.says[held] == "\u00a0"
        face.write()
        made = TTFont(io.BytesIO(program.read_bytes()))
    assert made["maxp"].numGlyphs == held + 1
    assert made["glyf"][made.getGlyphName(held)].numberOfContours == 0


def test_a_text_object_says_what_the_codes_of_its_own_font_say():
    """The same bytes in another file, whose font has other letters or widths, are not taken for those of the first."""
    path = fonts.faces(None)[("Noto Sans", "regular")]
    content = b"q 1 0 0 -1 10 20 cm\nBT 0 Tr/f0 10 Tf 1 0 0 -1 0 0 Tm(\\000\\001)Tj\nET\nQ\n"
    for text, width in (("a", 500), ("b", 500), ("a", 600)):
        with pikepdf.new() as document:
            cid = pikepdf.Dictionary(W=pikepdf.Array([1, pikepdf.Array([width])]))
            says = f"1 beginbfchar\n<0001> <{ord(text):04X}>\nendbfchar".encode()
            font = pikepdf.Dictionary(DescendantFonts=[cid], ToUnicode=document.make_stream(says))
            ((_, _, piece),) = pieces(content, {b"/f0": Face(font, TrueType(path.read_bytes()))})
        assert [said for said, *_ in piece.body.letters] == [text]
        assert piece.body.end == width / 100


@given(st.binary(max_size=200))
def test_a_damaged_font_is_no_traceback(font):
    """Whatever is embedded: it is refused by one of the errors that a font that cannot be mended gives."""
    with contextlib.suppress(ValueError, KeyError, struct.error):
        TrueType(font)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ('text(words.split(" ").slice(1).join(" "))', "does not say a text whole"),
        ('text(words.split(" ").slice(0, -1).join(" "))', "does not say a text whole"),
        ('text(words.split(" ").rev().join(" "))', "does not say a text whole"),
        ('text(words + " " + words.split(" ").last())', "does not say a text whole"),
        ('text(words + " " + words)', ""),
        ("underline(words)", ""),
        ("highlight(words)", ""),
        ("strong(words)", ""),
        ("none", ""),
    ],
    ids=["first word lost", "last lost", "turned", "last twice", "twice", "underlined", "marked", "bold", "left out"],
)
@pytest.mark.parametrize("locale", ["de", "ar"])
@pytest.mark.sample(4)
def test_a_text_stands_whole_on_its_page_or_not_at_all(workspace, rewrite, locale, shown, said):
    """A layout that shows half a sentence is refused by name; one that shows it twice, otherwise or not at all is not."""
    plain = f'[#let words = json("/data.json").lead.first(); #par({shown})]'
    rewrite(workspace.layouts / "leaflet-a5.typ", "for part in d.lead { par(part) }", plain)
    space = loader.load(workspace)
    message = Renderer(workspace, space.campaign).message("migrants", locale, "BE", space.texts[locale])
    if said:
        with pytest.raises(CampaignError, match=rf"leaflet-a5[\s\S]*{said}"):
            set_item(Typesetter(workspace), "leaflet-a5", message, space.campaign, review=False)
    else:
        set_item(Typesetter(workspace), "leaflet-a5", message, space.campaign, review=False)


def told(script, *texts):
    """The values of a layout that shows these texts."""
    return {"script": script, "dir": "rtl" if script in ("Arab", "Aran", "Hebr") else "ltr", "texts": list(texts)}


def test_a_text_may_go_on_over_pages_and_lines():
    """A page has a foot of its own between the halves of a text."""
    values = told("Latn", "Somebody keeps your passport.", "page foot", "You have rights.")
    assert (
        faults(["page foot 1/2\nSomebody\nkeeps", "page foot 2/2\nyour pass\nport.\nYou have rights."], (), values)
        == ()
    )
    assert faults(["page foot\nSomebody keeps", "page foot\nYou have rights."], (), values) == (
        Fault(2, "yourpassport", False),
    )


def test_a_line_with_more_latin_than_arabic_words_may_be_read_from_its_left():
    """pdfium does so; a word that is lost there is seen all the same."""
    values = told("Arab", "لغات أخرى: Nederlands, Français, English")
    assert faults(["Nederlands, Français, English :أخرى لغات"], (), values) == ()
    assert faults(["Nederlands, Français, English :لغات"], (), values) != ()


def test_words_of_the_same_letters_stay_those_that_were_set():
    """Persian "they do" and "does not do" have the same letters, and joiners in them: neither is read for the other."""
    does, not_do = "دعوت می\u200cکنند", "باور نمی\u200cکند"
    values = told("Arab", does, not_do)
    assert faults([f"{does}\n{not_do}".replace("\u200c", "")], (), values) == ()
    assert faults([f"{does}\n{does}".replace("\u200c", "")], (), told("Arab", not_do)) != ()
    turned = told("Arab", "خانه\u200cها: Nederlands, Français")
    assert faults(["Nederlands, Français :هاخانه"], (), turned) == ()


@pytest.mark.parametrize(
    ("script", "name", "read"),
    [
        ("Arab", "قُرْآن", "\u0622\u0646\u0652\u0631\u064f\u0642"),
        ("Hebr", "יִידִישׁ", "\u05c1\u05d9\u05e9\u05b4\u05d9\u05d3\u05b4\u05d9"),
        ("Hebr", "לשׁון", "\u05d5\u05df\u05c1\u05dc\u05e9"),
    ],
)
def test_vowel_signs_in_such_a_line_are_read_from_its_left_too(script, name, read):
    """pdfium gives the letters between two signs in their order, the stretches from the left; lost signs are seen."""
    values = told(script, f"{name} · Batch Of Days")
    assert faults([f"Days Of Batch · {read} "], (), values) == ()
    assert faults([f"Days Of Batch · {read[1:]} "], (), values) != ()
    assert faults([f"Days Of Batch · {read[::-1]} "], (), values) != ()
    assert faults([read], (), told(script, name)) == (Fault(1, read, False),)


#: Own names with vowel signs and points, as dictionaries and schools write them.
POINTED = {"ar": "لَا إِلَٰهَ", "he": "לָשׁוֹן יִידִישׁ", "fa": "بَلوٗچی", "ur": "اُردُو سَرائیکی"}


@pytest.mark.breadth
@pytest.mark.parametrize("tag", POINTED)
@pytest.mark.parametrize("latin", ["Of 4", "Of E3QMG4 Edition 2026-11-24"])
def test_the_own_name_of_a_language_may_have_vowel_signs(bench, tag, latin):
    """Beside few Latin words and many: the foot of a leaflet is in one line with them."""
    values = values_of(bench, tag)
    values["language"] = {**values["language"], "autonym": POINTED[tag], "english": latin}
    assert word_faults(read(bench[1].lay_out("leaflet-a5", values).pdf), values) == ()


def test_the_two_words_of_a_watermark_may_be_read_as_one():
    """They lie on their side, one below the other, and a reader puts no space between: that is no strange word."""
    values = {"script": "Telu", "dir": "ltr", "draft": {"word": "యూ", "english": "DRAFT"}, "title": "హక్కులు"}
    assert faults(["హక్కులు\nయూDRAFT"], (), values) == ()
    assert faults(["హక్కులు\nయూDRAFTS"], (), values)
