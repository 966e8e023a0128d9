"""What a whole message must have, and what its files must not: contacts for children, care for all, pictures, metadata."""

import struct
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from campaign.checks import check_message
from campaign.checks.contrast import contrast_findings, ratio
from campaign.checks.metadata import metadata_findings
from campaign.checks.pictures import unconsented_pictures
from campaign.checks.readability import reading
from campaign.config.load import ACCENTS, PALETTE
from campaign.model.artefact import Artefact
from campaign.model.brand import Brand
from campaign.model.used_unit import UsedUnit
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.workspace import loader


@pytest.fixture(scope="module")
def space(wide):
    """The wide campaign."""
    return loader.load(Project(wide))


@pytest.fixture(scope="module")
def message(space):
    """audience, language -> its message for Belgium."""
    renderer = Renderer(space.project, space.campaign)
    return lambda audience, locale="en": renderer.message(audience, locale, "BE", space.texts[locale])


def findings(space, message):
    """Code and detail of the findings about a message."""
    found = check_message(message, space.campaign.audiences[message.audience], "en")
    return [(f.code, f.detail) for f in found]


def test_a_child_sees_a_number_for_children_first(space, message):
    """The first number of a child's leaflet is 116 000 or its like; another one stops the release."""
    right = message("unaccompanied-children")
    wrong = replace(right, helplines=right.helplines[::-1])

    assert findings(space, right) == []
    ((code, detail),) = findings(space, wrong)
    assert code == "child-contact"
    assert "put one for children first" in detail


@pytest.mark.slow
def test_health_care_is_there_whatever_the_papers(space, message):
    """A message that speaks of a doctor and nowhere says so is found, once for all languages."""
    whole = message("migrants", "de")
    silent = replace(whole, units={"rights": (UsedUnit("k", whole.units["rights"][0].state, source="See a doctor."),)})

    assert findings(space, whole) == []
    assert findings(space, silent) == [
        ("status-condition", 'speaks of health care ("doctor") and nowhere says that it holds whatever the papers')
    ]
    assert [f.locale for f in check_message(silent, space.campaign.audiences["migrants"], "en")] == [""]


def test_a_picture_without_a_description_is_found(space, message):
    """People who cannot see it must know what it shows."""
    whole = message("migrants")
    blank = replace(whole, blocks={**whole.blocks, "alt": ("\u200e",)})

    assert findings(space, blank) == [("image", "the picture has no description: fill the block alt")]


@pytest.mark.slow
def test_a_text_of_offices_is_too_hard(space, message):
    """English for about 11 years; in other languages nothing that its own formula calls hard."""
    offices = "The implementation of regulations necessitates comprehensive administrative collaboration. " * 10
    german = "Die Inanspruchnahme behördlicher Unterstützungsleistungen setzt Antragstellung voraus. " * 10
    for locale, text, words in (("en", offices, "reads like a text for the age of"), ("de", german, "reading ease")):
        whole = message("migrants", locale)
        hard = replace(whole, blocks={**whole.blocks, "lead": (text,)})
        ((code, detail),) = findings(space, hard)
        assert code == "plain"
        assert words in detail


def test_readability_is_not_measured_where_nobody_fitted_a_formula():
    """A Greek text gets no figure, and a short one gets none either."""
    assert reading("Μια λέξη. " * 100, "el") is None
    assert reading("Too short.", "en") is None
    assert reading("You can see a doctor. " * 30, "en").ease > 90


def test_a_turkish_syllable_has_one_vowel():
    """Ateşman's figure by hand: sentences of three words and eleven syllables."""
    assert reading("Doktor isteyebilirsiniz bugün. " * 20, "tr").ease == pytest.approx(
        198.825 - 2.610 * 3 - 40.175 * 11 / 3
    )


def test_a_photograph_needs_a_consent_record():
    """Also one that is hidden inside a drawing; a drawing of shapes needs none."""
    pictures = [
        ("assets/illustrations/a.jpg", b""),
        ("assets/illustrations/b.svg", b'<svg><image href="data:image/png;base64,AA"/></svg>'),
        ("assets/illustrations/c.svg", b'<svg><path d="M0 0"/></svg>'),
        ("assets/illustrations/d.png", b""),
    ]
    found = list(unconsented_pictures(pictures, {"assets/illustrations/d.png"}))

    assert [f.where for f in found] == ["assets/illustrations/a.jpg", "assets/illustrations/b.svg"]
    assert {f.code for f in found} == {"image"}


def test_colours_that_nobody_can_read_are_found():
    """White on yellow is named with its ratio; the shipped brand has no finding."""
    brand = Brand("", "campaign.svg", PALETTE, ACCENTS)
    pale = replace(brand, accents={**ACCENTS, "coral": "#FFEE00"})

    assert list(contrast_findings(brand)) == []
    (found,) = contrast_findings(pale)
    assert (found.code, found.where) == ("contrast", "campaign.toml: brand.accents")
    assert "1.20 to 1" in found.detail


def test_contrast_is_that_of_wcag():
    """Black on white is 21, the grey of the standard's own example 4.5."""
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def picture(form: str, **options) -> bytes:
    """A small picture with what its camera or program would say about it."""
    stream = BytesIO()
    Image.new("RGB", (4, 4)).save(stream, form, **options)
    return stream.getvalue()


def exif(tag: int) -> Image.Exif:
    """EXIF with one tag."""
    tags = Image.Exif()
    tags[tag] = "A. Haddad"
    return tags


def behind_pixels(png: bytes, kind: bytes, said: bytes) -> bytes:
    """The picture with one more chunk between its pixels and its end."""
    chunk = struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))
    return png[:-12] + chunk + png[-12:]


def pdf(information: bytes, rest: bytes = b"") -> bytes:
    """The smallest PDF with this information about itself; a reader rebuilds the table it lacks."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj 4 0 obj<<" + information + b">>endobj\n"
        b"trailer<</Root 1 0 R/Info 4 0 R>>\n" + rest + b"\n%%EOF"
    )


@pytest.mark.parametrize(
    ("media_type", "data", "said"),
    [
        ("image/jpeg", picture("JPEG", exif=exif(315)), "carries EXIF"),
        ("image/png", picture("PNG", exif=exif(315)), "carries EXIF"),
        ("image/png", behind_pixels(picture("PNG"), b"tEXt", b"Author\0A. Haddad"), "carries the text Author"),
        ("image/png", behind_pixels(picture("PNG"), b"eXIf", exif(315).tobytes()[6:]), "carries EXIF"),
        ("image/tiff", picture("TIFF", tiffinfo={315: "A. Haddad"}), "carries EXIF"),
        ("image/jpeg", picture("JPEG", comment=b"by A. Haddad"), "carries the text comment"),
        ("text/plain", b"made in /home/haddad/leaflets", "names a place on a disk, /home/haddad/leaflets"),
        ("text/html", b'<img src="file:///C:/Users/haddad/a.png">', "names a place on a disk"),
        ("application/pdf", pdf(b"/Author (A. Haddad)"), 'the PDF says Author "A. Haddad"'),
        ("application/pdf", pdf(b"/Title (/home/haddad/x.typ)"), "names a place on a disk"),
        ("application/pdf", pdf(b"", b"%<dc:creator>A. Haddad</dc:creator>"), 'names the creator "A. Haddad"'),
    ],
)
def test_a_file_that_names_a_person_or_a_disk_is_found(media_type, data, said):
    """EXIF, comments, paths and creators."""
    details = [f.detail for f in metadata_findings(Artefact("x", media_type, data, ()), "BE/en/x", "en")]
    assert any(said in detail for detail in details), details


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("image/jpeg", picture("JPEG", dpi=(300, 300))),
        ("image/png", picture("PNG", dpi=(144, 144))),
        ("image/tiff", picture("TIFF", dpi=(300, 300), compression="tiff_lzw")),
        ("application/pdf", pdf(b"/Title (Your rights) /Producer (x) /Subject (A bag) /Keywords (leaflet, de)")),
        ("application/pdf", pdf(b"", b"%<dc:creator><rdf:Seq></rdf:Seq></dc:creator>")),
        ("text/plain", b"Call 112. https://example.org/home/help"),
    ],
)
def test_a_clean_file_passes(media_type, data):
    """Resolution and addresses name nobody."""
    assert list(metadata_findings(Artefact("x", media_type, data, ()), "BE/en/x", "en")) == []


def test_only_the_organisation_of_the_campaign_may_be_the_author():
    """Its name is printed on the item anyway; the name of a person beside it is still found."""
    creators = b"%<dc:creator>Aid &amp; Shelter</dc:creator><dc:creator>A. Haddad</dc:creator>"
    file = Artefact("x", "application/pdf", pdf(b"/Author (Aid & Shelter)", creators), ())
    assert [f.detail for f in metadata_findings(file, "BE/en/x", "en", "Aid & Shelter")] == [
        'the PDF names the creator "A. Haddad": take it out before anybody gets the file'
    ]
