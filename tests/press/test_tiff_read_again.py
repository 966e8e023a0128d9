"""The CMYK pictures for image workflows, read again as `verify` reads a picture: the code, and the digits."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from campaign.audit.proof import prove
from campaign.manifest import Entry
from campaign.model.artefact import Artefact
from campaign.model.job import Job
from campaign.press import tiff


@pytest.fixture(scope="module")
def inside(room, card):
    """The finished TIFF of the inside of the Arabic palm card, and its entry."""
    data = tiff.tiff(card.pages[1], room.intent, 300)
    artefact = Artefact("palm-card-page-2.tif", "image/tiff", data, (), "palm-card")
    return data, Entry.of(
        Job("BE", "ar", "migrants", "leaflet"), artefact, artefact.path, "", "", ("be-payoke", "be-emergency")
    )


def test_the_code_of_a_cmyk_picture_is_read_and_held_to_its_item(room, inside):
    """It leads to the page of its language; the same picture under another language's name is an error."""
    data, entry = inside
    proof = prove(entry, data, room.campaign, ocr=False)
    assert (proof.how, proof.codes, proof.findings) == ("picture", (room.message().url,), ())
    wrong = prove(replace(entry, locale="de"), data, room.campaign, ocr=False)
    assert ["the QR code leads to" in found.detail for found in wrong.findings] == [True]


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed (apt-get install tesseract-ocr)"
)
@pytest.mark.breadth
def test_the_digits_of_a_cmyk_picture_are_read(room, inside):
    """Four inks or three lights, the number is the same; another number is not seen in it."""
    data, entry = inside
    assert dict(prove(entry, data, room.campaign, ocr=True).found) == {"be-payoke": 1}
    contacts = tuple(
        replace(c, number="+3232011691", display="+32 3 201 16 91") if c.id == "be-payoke" else c
        for c in room.campaign.contacts
    )
    assert "be-payoke" not in prove(entry, data, replace(room.campaign, contacts=contacts), ocr=True).found


def test_a_torn_picture_is_named(room, inside):
    """Half a TIFF is no proof."""
    data, entry = inside
    proof = prove(entry, data[: len(data) // 2], room.campaign, ocr=False)
    assert [found.code for found in proof.findings] == ["file-unreadable"]
