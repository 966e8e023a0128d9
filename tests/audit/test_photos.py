"""A photograph of a leaflet: QR codes and numbers are compared, what was not read is named, and it is never called right."""

from __future__ import annotations

import io

import pytest
import segno
from PIL import Image, ImageDraw

from campaign.audit import pictures

WORDS = {"fr": "Appelez le", "de": "Rufen Sie", "pl": "Zadzwon"}


def photo(path, number, code, tag):
    """A leaflet as a camera sees it: words, a number, a QR code."""
    made = Image.new("RGB", (900, 700), "white")
    ImageDraw.Draw(made).text((40, 40), f"{WORDS[tag]} {number}", fill="black", font_size=44)
    ImageDraw.Draw(made).text((40, 130), "116 000", fill="black", font_size=44)
    data = io.BytesIO()
    segno.make(code).save(data, kind="png", scale=8)
    made.paste(Image.open(data).convert("RGB"), (300, 250))
    made.save(path, quality=90)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
@pytest.mark.parametrize("tag", WORDS)
@pytest.mark.sample(4)
def test_a_photo_is_never_called_right(cli, tmp_path, leaflet, tag, ending):
    """With the right number and code nothing wrong is seen; the address in words is named as not read."""
    (tmp_path / "en.txt").write_text(leaflet("en"), encoding="utf-8")
    photo(tmp_path / f"a-{tag}.{ending}", "+32 3 201 16 90", "https://www.payoke-line.org/rights", tag)
    ended = cli.run("audit", "en.txt", f"a-{tag}.{ending}", at=tmp_path)
    assert ended.code == 0
    assert "nothing wrong seen" in ended.out and "] ok" not in ended.out
    assert "its QR codes (1)" in ended.out and "look there for" in ended.out and "help@payoke-line.org" in ended.out


@pytest.mark.slow
@pytest.mark.skipif(not pictures.tesseract(), reason="tesseract is not installed")
@pytest.mark.parametrize("tag", WORDS)
@pytest.mark.sample(2)
def test_a_changed_number_on_a_photo_is_an_error(cli, tmp_path, leaflet, tag):
    """Two digits turned round."""
    (tmp_path / "en.txt").write_text(leaflet("en"), encoding="utf-8")
    photo(tmp_path / f"a-{tag}.jpg", "+32 3 201 16 09", "https://www.payoke-line.org/rights", tag)
    ended = cli.run("audit", "en.txt", f"a-{tag}.jpg", at=tmp_path)
    assert ended.code == 1 and "changed: +32 3 201 16 " in ended.out


def test_without_tesseract_that_is_said(cli, tmp_path, leaflet, monkeypatch):
    """Only the codes are compared then."""
    (tmp_path / "en.txt").write_text(leaflet("en"), encoding="utf-8")
    photo(tmp_path / "a-fr.jpg", "+32 3 201 16 90", "https://www.payoke-line.org/rights", "fr")
    monkeypatch.setattr(pictures, "tesseract", lambda: None)
    from campaign.audit.readers.picture import read_picture

    made = read_picture((tmp_path / "a-fr.jpg").read_bytes())
    assert made.text == "" and made.links == ("https://www.payoke-line.org/rights",)
    assert "tesseract, which reads numbers, is missing" in str(made.unread[0])
