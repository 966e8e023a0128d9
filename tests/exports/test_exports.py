"""Files that others upload: every character kept, no formula, no recipient, the shapes that were published."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage import pypo

from campaign.errors import CampaignError
from campaign.exports import archive, table
from campaign.exports.esendex import esendex_csv
from campaign.exports.gateway import COLUMNS, gateway_csv
from campaign.exports.rapidpro import broadcasts, translations
from campaign.exports.sending import Sending
from campaign.model.sms_plan import SmsPlan

PLAN = SmsPlan(senders={"BE": "+3232011690"}, opt_outs={"BE": "STOP 8010"}, not_before="09:00", not_after="20:00")
TEXTS = {
    "en": 'Say "hello", call +32 3 201 16 90',
    "ar": "للاتصال: \u200e+32 3 201 16 90",
    "bn": "ফোন করুন +32 3 201 16 90",
    "ti": "ደውሉ 112\nቀዳማይ",
}
CELLS = st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"))


def sendings(texts=TEXTS, audience="migrants"):
    """A message in several languages."""
    return [Sending.of("BE", locale, audience, text, PLAN) for locale, text in texts.items()]


def test_the_gateway_file_has_the_published_columns_and_keeps_every_character():
    """UTF-8 with a byte order mark, CRLF, the columns in order, the texts with every mark."""
    data = gateway_csv(sendings())
    assert data.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    rows = table.read(data)
    assert {row["lang_bcp47"]: row["text"] for row in rows} == TEXTS
    assert rows[1] == {
        "lang_bcp47": "ar",
        "lang_iso639_3": "ara",
        "message_id": "be-migrants",
        "text": TEXTS["ar"],
        "encoding": "UCS-2",
        "units": str(len(TEXTS["ar"])),
        "segments": "1",
        "sender_id": "3232011690",
        "opt_out": "STOP 8010",
        "not_before": "09:00",
        "not_after": "20:00",
    }


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_a_table_read_back_is_what_was_written(cells):
    """Quotes, line ends, formulas, apostrophes, any script: the reader gets the same text."""
    columns = [f"c{number}" for number in range(len(cells))]
    assert list(table.read(table.write(columns, [cells]))[0].values()) == cells


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_a_table_with_semicolons_is_one_as_well(cells):
    """A gateway that wants semicolons gets every character too, and none of its cells ends early."""
    columns = [f"c{number}" for number in range(len(cells))]
    written = table.write(columns, [cells], delimiter=";")
    assert written.decode("utf-8-sig").startswith(";".join(columns))
    assert list(table.read(written, delimiter=";")[0].values()) == cells


@given(CELLS)
def test_no_cell_is_a_formula(cell):
    """No spreadsheet program computes a cell; one that is harmless is not touched."""
    written = table.neutral(cell)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert table.restored(written) == cell
    if not cell.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r")):
        assert written == cell


def test_esendex_gets_its_field_names_and_no_recipient():
    """from, body, type and characterset as the message dispatcher names them; nothing named to or recipient."""
    rows = table.read(esendex_csv(sendings()))
    assert list(rows[0]) == ["reference", "from", "type", "characterset", "body"]
    assert [(row["reference"], row["characterset"], row["type"]) for row in rows[:2]] == [
        ("be-migrants-en", "GSM", "SMS"),
        ("be-migrants-ar", "Unicode", "SMS"),
    ]
    assert [row["body"] for row in rows] == list(TEXTS.values())


def test_a_broadcast_has_the_shape_that_rapidpro_publishes():
    """text by ISO 639-3 code, each 1 to 640 characters; base_language is one of them; no contacts, groups or urns."""
    files = broadcasts(sendings() + sendings({"fr": "Appelez le 112"}, "carers"), "en")
    assert list(files) == ["be-migrants.json", "be-carers.json"]
    for data in files.values():
        body = json.loads(data)
        assert set(body) == {"text", "base_language"}
        assert body["base_language"] in body["text"]
        assert all(re.fullmatch("[a-z]{3}", code) and 0 < len(text) <= 640 for code, text in body["text"].items())
    assert json.loads(files["be-migrants.json"])["text"] == {
        "eng": TEXTS["en"],
        "ara": TEXTS["ar"],
        "ben": TEXTS["bn"],
        "tir": TEXTS["ti"],
    }
    assert json.loads(files["be-carers.json"])["base_language"] == "fra"


def test_a_text_that_rapidpro_would_refuse_is_named():
    """641 characters are one too many; two languages with one code cannot be in one broadcast: both are said at once."""
    texts = {"en": "a" * 641, "pt": "um", "pt-BR": "dois"}
    with pytest.raises(CampaignError) as caught:
        broadcasts(sendings(texts), "en")
    said = str(caught.value)
    assert "BE/en/migrants/sms: has 641 characters, RapidPro takes 640: 1 too many" in said
    assert "pt and pt-BR are both por" in said


def test_rapidpro_finds_the_language_of_a_po_file():
    """The header holds Language-3; every source text has its translation; the base has no file."""
    files = translations(sendings() + sendings({"en": "Call 112", "ar": "للاتصال: 112"}, "carers"), "en", "2026-11-24")
    assert set(files) == {"ara.po", "ben.po", "tir.po"}
    store = pypo.pofile.parsestring(files["ara.po"])
    assert store.parseheader()["Language-3"] == "ara"
    assert store.units[0].isfuzzy()
    assert {str(unit.source): str(unit.target) for unit in store.units[1:]} == {
        TEXTS["en"]: TEXTS["ar"],
        "Call 112": "للاتصال: 112",
    }
    tigrinya = pypo.pofile.parsestring(files["tir.po"])
    assert str(tigrinya.units[1].target) == TEXTS["ti"]
    assert translations(sendings({"ar": "x"}), "en", "2026-11-24") == {}


def test_an_archive_is_the_same_bytes_whatever_the_order_and_the_clock():
    """Two packs of the same files are equal; names are sorted and the time is no time."""
    one, two = archive.zipped({"b": b"2", "a.png": b"1"}), archive.zipped({"a.png": b"1", "b": b"2"})
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as read:
        assert read.namelist() == ["a.png", "b"]
        assert {info.date_time for info in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
