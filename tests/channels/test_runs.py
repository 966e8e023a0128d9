"""Runs of a text, and the QR code: what a layout sets in a way of its own."""

from __future__ import annotations

import re

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from campaign.channels.phrases import phrases
from campaign.channels.runs import Setting, runs
from campaign.qr import code

NUMBERS = ("+32 3 201 16 90", "112", "9:00–17:00", "+32 3 201 16")


@pytest.mark.parametrize(
    ("text", "rtl", "expected"),
    [
        ("", False, ()),
        ("Call +32 3 201 16 90 now", False, (("", "Call "), ("number", "+32 3 201 16 90"), ("", " now"))),
        ("112", False, (("number", "112"),)),
        ("No paper is needed to be safe.", False, (("", "No paper is needed to "), ("pair", "be safe."))),
        ("Nobody may keep your passport.", False, (("", "Nobody may keep your passport."),)),
        ("اتصل بنا من أي هاتف.", True, (("", "اتصل بنا من "), ("pair", "أي هاتف."))),
        ("اتصل بمنظمة Payoke now.", True, (("", "اتصل بمنظمة "), ("latin", "Payoke now"), ("", "."))),
        ("اتصل بمنظمة Payoke.", True, (("", "اتصل بمنظمة Payoke."),)),
        ("Edition 112 · Batch", True, (("latin", "Edition "), ("latin-number", "112"), ("latin", " · Batch"))),
        ("Edition 112 · Batch", False, (("", "Edition "), ("number", "112"), ("", " · Batch"))),
        ("नमस्ते दुनिया और लोग ।", False, (("", "नमस्ते दुनिया और "), ("pair", "लोग ।"))),
        ("Avez-vous peur ? Appelez.", False, (("", "Avez-vous "), ("pair", "peur ?"), ("", " Appelez."))),
        (
            "Er sagt « Papiere » zu ihr.",
            False,
            (("", "Er sagt "), ("pair", "« Papiere »"), ("", " "), ("pair", "zu ihr.")),
        ),
        ("Call 112.", False, (("", "Call "), ("number", "112"), ("", "."))),
        ("+32 3 201 16 90 · PAG-ASA", False, (("number", "+32 3 201 16 90"), ("", " · "), ("number", "PAG-ASA"))),
        ("Tests auf COVID-19.", False, (("", "Tests auf "), ("number", "COVID-19"), ("", "."))),
        ("Ein COVID-19-Test beruhigt.", False, (("", "Ein COVID-19-Test beruhigt."),)),
        ("اتصل بمنظمة PAG-ASA.", True, (("", "اتصل بمنظمة "), ("latin-number", "PAG-ASA"), ("", "."))),
        ("Hívd a 112-es telefonszámot.", False, (("", "Hívd a "), ("pair", "112-es"), ("", " telefonszámot."))),
        ("Ċempel lill-112 issa.", False, (("", "Ċempel "), ("pair", "lill-112"), ("", " issa."))),
        ("Die 112-Notrufnummer gilt.", False, (("", "Die "), ("pair", "112-"), ("", "Notrufnummer gilt."))),
    ],
)
def test_numbers_and_a_short_last_pair_are_runs(text, rtl, expected):
    """The longest number wins; a pair is two short words with a mark behind, in the script of the text."""
    assert runs(text, Setting(NUMBERS, rtl=rtl)) == expected


def test_a_marked_sentence_keeps_its_number():
    """A preview marks a whole sentence, and the number in it stays one."""
    text = "Call 112 first. Then wait."
    inner = (("", "Call "), ("number", "112"), ("", " first."))
    assert runs(text, Setting(NUMBERS, ("Call 112 first.",))) == (("mark", inner), ("", " "), ("pair", "Then wait."))


@given(
    st.text("a1 2.–:9+ء手机。«»?।", max_size=30),
    st.lists(st.text("a1 2", min_size=1, max_size=4), max_size=4),
    st.booleans(),
)
def test_no_letter_is_lost(text, marked, rtl):
    """The runs of a text, joined, are the text."""

    def joined(parts):
        return "".join(part if isinstance(part, str) else joined(part) for _, part in parts)

    for script in ("Latn", "Hans", "Jpan"):
        assert joined(runs(text, Setting(NUMBERS, marked, script, rtl=rtl))) == text


def test_chinese_and_japanese_break_between_phrases():
    """A word stays whole, a mark stands behind its word, and no sign or two stand alone in a last line."""
    chinese = phrases("不要交出你的手机。请打电话求助。", "Hans")
    assert all(any(word in part for part in chinese) for word in ("手机", "电话"))
    assert not [part for part in chinese if part[0] in "，。！？"]
    assert sum(sign.isalpha() for sign in chinese[-1]) >= 3
    assert "権利が" in phrases("あなたには権利があります。", "Jpan")
    kinds = dict(reversed(run) for run in runs("请拨打112求助，不要等。", Setting(("112",), script="Hans")))
    assert kinds["112"] == "number" and "pair" in kinds.values()


@pytest.mark.parametrize(
    "url", ["https://example.org/help/be/ar/migrants", "https://x.org/a", "https://пример.org/" + "a" * 120]
)
def test_a_drawn_code_leads_to_its_address(url):
    """The path, painted, is read back by a decoder, and the code is no larger than another encoder's."""
    made = code(url)
    picture = Image.new("L", (made.modules + 8, made.modules + 8), 255)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", made.path):
        picture.paste(0, (int(x) + 4, int(y) + 4, int(x) + 4 + int(width), int(y) + 5))
    read = zxingcpp.read_barcodes(picture.resize((picture.width * 6, picture.height * 6)))
    assert [found.text for found in read] == [url]
    assert made.modules <= len(segno.make(url, error="m", micro=False).matrix)


def test_a_number_at_the_end_of_an_untranslated_text_stays_there():
    """An English line in a Hebrew leaflet is read from left to right to its last figure; one inside keeps its box."""
    found = runs("Edition 2026-11-24 · Batch YCCND9", Setting(("2026-11-24", "YCCND9"), script="Hebr", rtl=True))
    assert found == (("latin", "Edition "), ("latin-number", "2026-11-24"), ("latin", " · Batch YCCND9"))


def test_a_design_of_an_older_workspace_can_set_every_run():
    """Its style.typ sets kinds that it does not know as the text that they are: no run but a mark holds others."""
    setting = Setting(NUMBERS, ("Payoke now 112",), script="Arab", rtl=True)
    for text in ("اتصل بمنظمة Payoke now 112.", "Edition 112 · Batch", "اتصل Payoke now 112 أو لا"):
        assert all(isinstance(body, str) for kind, body in runs(text, setting) if kind != "mark")
